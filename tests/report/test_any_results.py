"""The page for results of any kind, made by chance."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.reconcile import Reconciliation, Status
from careassure.model.assessment import Assessment
from careassure.model.markup import plain
from careassure.model.outcome import Flag, Margin, Outcome, Profile, ProfileEntry
from careassure.model.reference import Reference
from careassure.model.safe_text import printable, shown_in_page
from careassure.model.scale import Scale
from careassure.model.trace import Step
from careassure.report.page import reconciliation_page
from careassure.testing.strategies import assessments, cqc_frameworks, frameworks, grades, states, texts
from helpers import few

from .parsed import assert_stands_alone, parse

pytestmark = pytest.mark.slow

STATUSES: tuple[Status, ...] = get_args(Status)
REFERENCES = st.builds(Reference, texts(), texts(), texts(), texts(), texts())


@st.composite
def entries(draw: st.DrawFn, id: str, scale: Scale) -> ProfileEntry:
    """What a method could say of one statement."""
    low, high = sorted(draw(st.tuples(grades(scale), grades(scale))))
    if draw(st.booleans()):
        return ProfileEntry(id, draw(texts()), "statement", state=draw(st.none() | states()))
    return ProfileEntry(id, draw(texts()), "statement", low, high)


@st.composite
def outcomes(draw: st.DrawFn, assessment: Assessment) -> Outcome:
    """What some scorer could make of an assessment: a rating, a range or a profile, with any words."""
    scale = draw(st.sampled_from(assessment.framework.scales))
    low, high = sorted(draw(st.tuples(grades(scale), grades(scale)))) if draw(st.booleans()) else (None, None)
    scores = sorted(draw(st.tuples(st.integers(0, 100), st.integers(0, 100)))) if draw(st.booleans()) else [None, None]
    points = st.none() | st.integers(1, 3)
    ids = draw(st.lists(st.sampled_from(assessment.framework.statements), unique=True, max_size=3))
    return Outcome(
        assessment,
        scorer=draw(texts()),
        scorer_version=draw(texts()),
        title=draw(texts()),
        trace=Step("outcome", "x", draw(texts()), references=tuple(draw(st.lists(REFERENCES, max_size=2)))),
        low=low,
        high=high,
        percentage_low=Fraction(1, 3),
        percentage_high=draw(st.sampled_from([Fraction(1, 3), Fraction(1, 2)])),
        score_low=scores[0],
        score_high=scores[draw(st.integers(0, 1))] if scores[0] is not None else None,
        margin=Margin(draw(points), draw(points), draw(grades(scale)), draw(grades(scale))),
        profile=Profile(tuple(draw(entries(item.id, scale)) for item in ids)),
        flags=tuple(draw(st.lists(st.builds(Flag, texts(), texts(), st.booleans()), max_size=2))),
        distribution=draw(texts()),
        distribution_version=draw(texts()),
    )


@st.composite
def reconciliations(draw: st.DrawFn) -> Reconciliation:
    """A result of any framework, by any scorer, with any reason."""
    assessment = draw(assessments(frameworks()) | assessments())
    status = draw(st.sampled_from(STATUSES))
    return Reconciliation(assessment, draw(outcomes(assessment)), status, draw(texts()))


def check(results: list[Reconciliation]) -> None:
    page = parse(reconciliation_page(results))
    assert_stands_alone(page)
    rows = [row for table in page.all("table", "sheet") for body in table.all("tbody") for row in body.all("tr")]
    assert len(rows) == len(results)
    assert len(page.all("g", "dot")) == sum(result.outcome.score is not None for result in results)
    tiles = [int(node.text) for node in page.one("ul", "tiles").all("b")]
    assert tiles == [sum(result.status == status for result in results) for status in STATUSES]
    shown = ["".join(child for child in row.one("th").children if isinstance(child, str)) for row in rows]
    assert sorted(shown) == sorted(parse_text(f"{result.assessment.council.name} ") for result in results)
    for table in page.all("table", "sheet"):
        widths = {
            sum(1 for node in row.children if not isinstance(node, str))
            for body in table.all("tbody")
            for row in body.all("tr")
        }
        columns = sum(int(node.attributes.get("colspan") or 1) for node in table.one("thead").all("tr")[0].all("th"))
        assert widths == {columns}


def parse_text(text: str) -> str:
    """The text as a page shows it."""
    return parse(f"<!DOCTYPE html>{plain(text)}").text


@given(st.lists(reconciliations(), max_size=4))
def test_page_is_whole_for_any_results(results: list[Reconciliation]) -> None:
    """Whatever the frameworks, outcomes and words, the page is well formed, stands alone and has every result."""
    check(results)


@given(st.lists(assessments(cqc_frameworks()), max_size=4))
def test_page_is_whole_for_any_cqc_assessments(found: list[Assessment]) -> None:
    """Whatever is known of councils under either version, the page is well formed and has every result."""
    check(list(ca.reconcile(found)))


@given(texts(max_size=80))
def test_escaped_text_is_text(text: str) -> None:
    """Any text stays one piece of text, in which what a page may not hold stands as its code."""
    assert parse_text(text) == shown_in_page(text)


OUTCOMES = (assessments(frameworks()) | assessments()).flatmap(outcomes)


@few
@given(OUTCOMES)
def test_an_explanation_steers_nothing(outcome: Outcome) -> None:
    """Whatever words an outcome has, its explanation and repr show what would steer a terminal."""
    text = outcome.explain()
    for line in (repr(outcome), repr(outcome.assessment)):
        assert printable(line) == line
    assert printable(text, keep="\n") == text
    assert ("\nFlags\n" in text) == bool(outcome.flags)


@few
@given(OUTCOMES)
def test_a_notebook_shows_words_as_words(outcome: Outcome) -> None:
    """Whatever words an outcome has, its HTML for notebooks is well formed, holds them as text, and nothing else."""
    html = outcome._repr_html_()
    assert shown_in_page(html) == html
    page = parse(f"<!DOCTYPE html>{html}")
    names = {"p", "strong", "br", "table", "caption", "tr", "th", "td", "div", "em", "ol", "li", "a",
             "style", "figure", "figcaption", "img", "details", "summary", "thead", "tbody"}  # fmt: skip
    assert {node.tag for node in page.walk()} - names <= {page.tag}
    assert shown_in_page(outcome.title) in page.text
    assert all(shown_in_page(flag.text) in page.text for flag in outcome.flags)
