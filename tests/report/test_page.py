"""The page of published results."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.analysis.reconcile import Reconciliation
from careassure.model.assessment import Assessment, Disagreement, Stated
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.statements import Statement, Theme
from careassure.model.trace import Step
from careassure.report.page import TITLE, reconciliation_page

from .parsed import Node, assert_stands_alone, parse

RESULTS = ca.reconcile()
PAGE = parse(reconciliation_page(RESULTS))
RATINGS = ca.framework("cqc-la").scale("cqc-rating")


def page_of(*assessments: Assessment) -> Node:
    return parse(reconciliation_page(ca.reconcile(assessments)))


def rows(page: Node) -> list[Node]:
    return [row for table in page.all("table", "sheet") for body in table.all("tbody") for row in body.all("tr")]


def row_of(page: Node, council: str) -> Node:
    (found,) = [row for row in rows(page) if row.one("th").words.startswith(council)]
    return found


def cell(row: Node, head: str) -> str:
    return next(node for node in row.all("td") if node.attributes.get("data-head") == head).words


def name_of(row: Node) -> str:
    return str(row.one("th").children[0]).removesuffix(" ")


def camden(**changes: Any) -> Assessment:
    return evolve(ca.published("Camden")[-1], **changes)


def test_page_stands_alone() -> None:
    """The page says what it is and in which language, and loads and runs nothing."""
    assert_stands_alone(PAGE)
    assert PAGE.one("html").attributes["lang"] == "en-GB"
    assert PAGE.one("h1").words == TITLE
    assert PAGE.one("head").one("title").text == TITLE
    assert {"charset": "utf-8"} in [node.attributes for node in PAGE.all("meta")]


def test_same_results_give_the_same_page_in_any_order() -> None:
    """The page follows from the results alone, whatever their order."""
    assert reconciliation_page(RESULTS) == reconciliation_page(RESULTS[::-1])


def test_answer_counts_every_status() -> None:
    """The numbers at the top are those of the three groups, and every result is in one of them."""
    counts = Counter(result.status for result in RESULTS)
    tiles = [int(node.text) for node in PAGE.one("ul", "tiles").all("b")]
    assert tiles == [counts["agrees"], counts["differs"], counts["cannot be checked"]]
    assert sum(tiles) == len(rows(PAGE)) == len(RESULTS)
    lead = PAGE.one("p", "lead").words
    assert lead == (
        f"Of {len(RESULTS)} published results, {counts['agrees']} agree with the scores published beside them, "
        f"none differs, and {counts['cannot be checked']} cannot be checked."
    )


def test_method_and_versions_are_named() -> None:
    """The method, its version and the version of careassure stand in the first paragraph after the answer."""
    first = PAGE.one("main").all("p")[1].words
    assert "“CQC's single-word rating of a council” (single-word, version 1, from careassure" in first
    assert ca.__version__ in first


def test_table_has_every_result_by_council_then_date() -> None:
    """Every council appears with its region and date, in order, and each row has its nine scores."""
    heads = [row.one("th").words for row in rows(PAGE)]
    names = [name_of(row) for row in rows(PAGE)]
    assert sorted(names) == sorted(result.assessment.council.name for result in RESULTS)
    assert heads == sorted(heads)
    assert all(len(row.all("td", "s")) == 9 for row in rows(PAGE))
    swindon = [row for row in rows(PAGE) if row.one("th").words.startswith("Swindon")]
    dates = [cell(row, "Published") for row in swindon]
    assert dates == ["2025 superseded by the result of 2026", "2026 replaces the result of 2025"]
    assert cell(row_of(PAGE, "Bromley"), "Published") == "January 2026 report withdrawn on 2 February 2026"
    assert cell(row_of(PAGE, "Birmingham"), "Published") == "17 November 2023 pilot: indicative only"


@pytest.mark.parametrize("result", [item for item in RESULTS if item.assessment.complete][::7])
def test_scores_in_the_table_are_those_of_the_assessment(result: Reconciliation) -> None:
    """Each score stands in its own cell, with a class for its level, so that colour is not the only sign."""
    row = row_of(PAGE, result.assessment.council.name)
    for node, (leaf, score) in zip(row.all("td", "s"), result.assessment.marks, strict=True):
        assert isinstance(score, Grade), leaf
        assert node.words == str(score.value)
        assert f"l{score.rank}" in node.classes


def test_row_tells_the_printed_and_the_worked_out_result() -> None:
    """A row has what was printed, what follows, how near it is, the check, and how sure it is."""
    row = row_of(PAGE, "Camden")
    told = {head: cell(row, head) for head in ("Printed", "Worked out", "How near", "Check", "How sure")}
    assert told == {
        "Printed": "Outstanding 89 out of 100",
        "Worked out": "Outstanding 89 out of 100 (88.89 %)",
        "How near": "no higher rating 1 point down: Good",
        "Check": "✓ agrees",
        "How sure": "press",
    }
    assert [node.words for node in row.all("a")] == ["1", "2"]
    assert row.all("a")[0].attributes["aria-label"] == "Source 1 for Camden, 28 February 2025"


def test_missing_scores_are_said_to_those_who_listen() -> None:
    """A score that was not seen is a dot for the eye and words for the ear."""
    node = row_of(PAGE, "Leeds").all("td", "s")[0]
    assert node.words == "·not seen"
    assert node.one("span", "unseen").text == "not seen"
    assert cell(row_of(PAGE, "Leeds"), "Worked out") == "no scores seen"


def test_heads_name_every_statement_in_full() -> None:
    """Each score has a short head with the full title behind it, under the theme that it belongs to."""
    framework = ca.framework("cqc-la")
    head = PAGE.one("table", "sheet").one("thead")
    assert [node.attributes["title"] for node in head.all("abbr")] == [item.title for item in framework.statements]
    assert [node.words for node in head.all("th", "theme")] == [theme.title for theme in framework.themes]
    assert all(node.attributes["scope"] in ("col", "colgroup") for node in head.all("th"))
    assert all(row.one("th").attributes["scope"] == "row" for row in rows(PAGE))
    assert PAGE.one("table", "sheet").one("caption").words


def test_every_difference_between_sources_is_listed() -> None:
    """Each figure on which sources differ stands there with what is used, settled or not."""
    section = PAGE.by_id("differences")
    found = [(result, item) for result in RESULTS for item in result.assessment.disagreements]
    listed = section.one("tbody").all("tr")
    assert len(listed) == len(found) > 0
    assert Counter(cell(row, "Settled") for row in listed) == Counter(
        "yes" if item.resolved else "no, it stays open" for _, item in found
    )
    for result, item in found:
        assert any(row.one("th").words == result.assessment.label and item.note in row.words for row in listed)
    assert "Requires improvement" in section.words
    assert "requires_improvement" not in section.words
    assert "None. Every result that could be checked agrees." in section.words


def test_results_that_differ_are_listed() -> None:
    """A printed rating that the scores do not give is counted at the top and listed with both ratings."""
    page = page_of(camden(stated=Stated(RATINGS["good"], 80)), ca.published("York")[-1])
    assert [node.text for node in page.one("ul", "tiles").all("b")] == ["1", "1", "0"]
    assert "printed Good, worked out Outstanding" in page.by_id("differences").words
    assert "None. Every" not in page.by_id("differences").words
    assert "differs" in row_of(page, "Camden").classes
    assert cell(row_of(page, "Camden"), "Check") == "≠ differs"


def test_what_cannot_be_checked_is_grouped_and_counted() -> None:
    """The counts of the groups add up, and every such result is named once."""
    section = PAGE.by_id("unchecked")
    found = [result for result in RESULTS if result.status == "cannot be checked"]
    counts = [int(node.words.rpartition(": ")[2]) for node in section.all("h3")]
    assert counts == [35, 3, 3]
    items = [node.words for node in section.all("li")]
    assert len(items) == sum(counts) == len(found)
    assert all(any(item.startswith(result.assessment.label) for item in items) for result in found)
    assert section.all("h3")[2].words == "Only some of the nine scores were seen: 3"


def test_sources_and_licence_are_complete() -> None:
    """Every reference of the method, the licence and the meaning of each word for sureness are given."""
    section = PAGE.by_id("sources")
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in section.words
    for reference in RESULTS[0].outcome.trace.references:
        assert section.words.count(reference.title) == 1
    for word in {result.assessment.confidence for result in RESULTS}:
        rows_of_it = sum(result.assessment.confidence == word for result in RESULTS)
        assert f"{word} ({rows_of_it} rows): " in section.words
    assert "own (" not in section.words
    assert "The table is not complete" in section.words
    assert "A rating is one word for nine scores" in section.words


def test_contents_lead_to_every_section() -> None:
    """The list of contents names each section by its heading."""
    links = {(node.attributes["href"] or "")[1:]: node.words for node in PAGE.one("nav").all("a")}
    assert links == {node.attributes["id"]: node.one("h2").words for node in PAGE.all("section")}


def test_empty_page_says_so() -> None:
    """Without results the page is whole and says that there are none."""
    page = parse(reconciliation_page([]))
    assert_stands_alone(page)
    assert page.one("p", "lead").words == "There are no results."
    assert not page.all("svg")
    assert not page.all("table")
    assert len(page.all("section")) == 5


def test_states_flags_and_partial_scores_are_shown() -> None:
    """A score that was withheld, a flag that is certain and a rating that was not seen are said in the row."""
    scores: list[object] = [1, NotRated("insufficient_evidence"), None, 3, 3, 3, 3, 3, 3]
    page = page_of(Assessment.of("Camden", scores, sources=["a letter"], stated=Stated(None, 70)))
    row = row_of(page, "Camden")
    assert [node.words for node in row.all("td", "s")][:3] == ["1", "n/rInsufficient evidence to rate", "·not seen"]
    assert "Flag: A statement is scored 1" in cell(row, "Why")
    assert cell(row, "Printed") == "no rating seen 70 out of 100"
    assert re.search(
        r"Good \d+ to \d+ out of 100|Requires improvement.* \d+ to \d+ out of 100", cell(row, "Worked out")
    )
    assert cell(row, "Published") == "not known"
    assert cell(row, "Sources") == "a letter"
    assert not row.all("a")


def test_statements_made_of_parts_show_what_they_come_to() -> None:
    """Where categories are scored, a statement shows its own score, the range it can have, or that none was seen."""
    framework = ca.framework("cqc-la", version="2023")
    first, second, *_ = framework.statements
    parts = {statement.id: {part.id: 3 for part in statement.parts} for statement in (first, second)}
    parts[second.id].popitem()
    page = page_of(Assessment.of("Camden", parts, framework=framework))
    shown = [node.words for node in row_of(page, "Camden").all("td", "s")]
    assert shown[0] == "3"
    assert re.fullmatch(r"\d to \d|\d", shown[1])
    assert shown[2:] == ["·not seen"] * 7


def test_two_versions_have_a_table_and_a_ladder_each() -> None:
    """Results under different versions of the framework stand in tables of their own, each with its ladder."""
    old = Assessment.of("York", [3] * 9, framework="cqc-la", version="2023")
    page = page_of(camden(), old)
    assert len(page.all("table", "sheet")) == len(page.all("svg", "ladder")) == 2
    assert "(evidence-category 1)" in page.by_id("ladder").words


HOSTILE = "<script>alert(\"1\")</script> & 'x' </table><img src=x onerror=y> \x00\x1b\u202e"
SHOWN = HOSTILE.replace("\x00", "\\x00").replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")


def test_hostile_words_stay_words() -> None:
    """Markup in any field is shown as it was written and never becomes part of the page."""
    difference = Disagreement("equity", HOSTILE, HOSTILE, source=HOSTILE, note=HOSTILE)
    body = evolve(ca.council("Camden"), name=HOSTILE, region=HOSTILE)
    page = page_of(
        camden(council=body, notes=HOSTILE, sources=(HOSTILE,), disagreements=(difference,), id=HOSTILE),
        camden(council=evolve(body, code="x"), supersedes=HOSTILE, marks=tuple((k, None) for k, _ in camden().marks)),
    )
    assert_stands_alone(page)
    assert name_of(rows(page)[0]) == SHOWN.strip(" ")
    shown = " ".join(SHOWN.split())
    assert page.by_id("differences").words.count(shown) == 5
    assert any(shown in node.text for node in page.one("svg", "ladder").all("title"))
    assert not [node for node in page.walk() if node.tag == "img"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//example.org/x",
        "http:",
        "https:///path",
        "http://[broken",
        "file:///etc/passwd",
        "a book",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    """Anything that is not an http or https address is shown as words."""
    difference = Disagreement("equity", "3", "2", source=address)
    page = page_of(camden(sources=(address,), disagreements=(difference,)))
    assert_stands_alone(page)
    assert not row_of(page, "Camden").all("a")
    assert not page.by_id("differences").all("a")


def test_address_with_quotes_stays_inside_its_attribute() -> None:
    """A quotation mark in an address does not end the attribute."""
    address = "https://example.org/?a=\"><script>b</script>&c='d'"
    (found,) = row_of(page_of(camden(sources=(address,))), "Camden").all("a")
    assert found.attributes["href"] == address
    assert set(found.attributes) == {"href", "rel", "aria-label"}


def test_many_statements_make_a_table_that_moves_by_itself() -> None:
    """A framework with more statements than a page is wide has its table in a frame that scrolls."""
    scale = Scale.of("words", "Words", ("low", "Low"), ("middle", "Middle"), ("high", "High"))
    statements = tuple(Statement(f"topic_{at}", f"Topic {at}") for at in range(20))
    framework = Framework("other", "1", "Another", "Someone", (scale,), "words", (Theme("all", "All", statements),))
    grades = [scale.grades[at % 3] for at in range(20)]
    assessment = Assessment.of("Camden", grades, framework=framework)
    outcome = Outcome(assessment, "none", "1", "A profile", Step("outcome", "none", "A profile"))
    page = parse(reconciliation_page([Reconciliation(assessment, outcome, "cannot be checked", "nothing to compare")]))
    frame = page.one("div", "wide")
    assert frame.attributes["tabindex"] == "0"
    assert [node.words for node in row_of(frame, "Camden").all("td", "s")] == [str(grade) for grade in grades]
    assert page.one("h1").words == "Published results, worked out again: Another"
    assert cell(row_of(page, "Camden"), "Worked out") == "no overall rating: the profile is the result"
    assert not page.all("svg")
