"""What every writer keeps apart: certain and possible, printed and worked out, not known and not rated."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from attrs import evolve

import careassure as ca
from careassure.analysis.reconcile import reconcile
from careassure.cli.scored import columns_of
from careassure.model.assessment import Assessment, Stated
from careassure.model.outcome import Outcome
from careassure.report.page import reconciliation_page
from careassure.report.rows import full_row
from careassure.report.tables import csv_text

CQC = ca.framework("cqc-la")
GOOD = next(grade for grade in CQC.scale("cqc-rating").grades if grade.key == "good")
PRINTED = Stated(GOOD, 70)


def made(*scores: object, stated: Stated | None = None) -> Assessment:
    """An assessment of Leeds; the scores that are left out are good ones."""
    found = Assessment.of("Leeds", [*scores, *[3] * (9 - len(scores))], kind="published", published="2025-10-15")
    return evolve(found, stated=stated or Stated())


KINDS = {
    "a 1 is known": made(1),
    "a 1 is possible": made(None),
    "no 1": made(3),
    "nothing known": made(*[None] * 9),
    "nothing known, printed": made(*[None] * 9, stated=PRINTED),
    "known, printed": made(1, stated=PRINTED),
    "possible, printed": made(None, stated=PRINTED),
}
"""Outcomes of every kind, by what is known of them."""


def row_of(text: str) -> dict[str, str]:
    """The one row of a CSV."""
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    return row


def flags_in_words(text: str) -> tuple[bool, bool]:
    """Whether a text says that the notice about a 1 holds, and that it may."""
    words = " ".join(text.split())
    may = "May hold, depending on what is open" in words
    return ("notifies the Secretary of State" in words and not may), may


def flags_in_columns(row: dict[str, str]) -> tuple[bool, bool]:
    """Whether a row has the notice among what is certain, and among what is possible."""
    return "score-of-1" in row["flags"].split(), "score-of-1" in row["flags_possible"].split()


def flags_in_json(data: dict[str, object]) -> tuple[bool, bool]:
    """Whether the JSON of an outcome has the notice as certain, and as possible."""
    flags = data.get("flags") or []
    assert isinstance(flags, list)
    found = [flag["certain"] for flag in flags if flag["id"] == "score-of-1"]
    return found == [True], found == [False]


FLAGS: dict[str, Callable[[Outcome], tuple[bool, bool]]] = {
    "explanation": lambda o: flags_in_words(o.explain()),
    "notebook": lambda o: flags_in_words(o._repr_html_()),
    "notebook of several": lambda o: flags_in_words(ca.compare(o.assessment, "single-word")._repr_html_()),
    "csv": lambda o: flags_in_columns(row_of(csv_text([columns_of(o)]))),
    "csv of the register": lambda o: flags_in_columns(row_of(csv_text([full_row(reconcile([o.assessment])[0])]))),
    "json": lambda o: flags_in_json(json.loads(json.dumps(o.to_dict()))),
    "page": lambda o: flags_in_words(reconciliation_page(reconcile([o.assessment]))),
}


@pytest.mark.parametrize("writer", FLAGS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_that_may_hold_is_never_one_that_holds(kind: str, writer: str) -> None:
    """A council whose scores have a blank has no score of 1: it may have one, and each writer says which."""
    outcome = ca.assess(KINDS[kind])
    expected = (kind.startswith(("a 1 is known", "known")), "possible" in kind or "nothing" in kind)
    assert FLAGS[writer](outcome) == expected


WORDS: dict[str, Callable[[Outcome], str]] = {
    "explanation": lambda o: o.explain(),
    "notebook": lambda o: o._repr_html_(),
    "notebook of several": lambda o: ca.compare(o.assessment, "single-word")._repr_html_(),
    "words of several": lambda o: ca.compare(o.assessment, "single-word").words,
}


@pytest.mark.parametrize("writer", WORDS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_was_printed_stands_beside_what_is_worked_out(kind: str, writer: str) -> None:
    """Where the publisher's result is known, it is told as printed; nobody takes a range for it."""
    assessment = KINDS[kind]
    text = " ".join(WORDS[writer](ca.assess(assessment)).split())
    assert ("printed Good, 70 out of 100" in text) == (assessment.stated == PRINTED)
    assert ("no scores are known" in text) == ("nothing known" in kind)
    if "nothing known" in kind:
        assert "Inadequate to Outstanding" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_rows_keep_the_printed_the_worked_out_and_the_range_apart(kind: str) -> None:
    """A row has the printed result, the range of what follows, and how many scores it rests on, each in its column."""
    assessment = KINDS[kind]
    outcome = ca.assess(assessment)
    row = row_of(csv_text([columns_of(outcome)]))
    printed = ("good", "70") if assessment.stated == PRINTED else ("", "")
    assert (row["printed_rating"], row["printed_score"]) == printed
    assert (row["score_low"], row["score_high"]) == (str(outcome.score_low), str(outcome.score_high))
    assert int(row["scores_known"]) == 9 - len(assessment.missing)
    assert (row["score"] == "") == (outcome.score is None)


def test_not_known_and_not_rated_are_two_things() -> None:
    """A state stands in its words where a score would; what is not known is blank."""
    assessment = made("Not rated", None)
    row = full_row(reconcile([assessment])[0])
    assert (row["assessing_needs"], row["supporting_healthier_lives"]) == ("Not rated", None)


def test_leeds_opens_with_what_was_printed() -> None:
    """Of Leeds no scores were seen: the first words are CQC's, and no range is offered as a result."""
    (*_, leeds) = ca.published("Leeds")
    first, second, *_ = ca.assess(leeds).explain().splitlines()
    assert first == "Leeds, 15 October 2025: printed Good, 70 out of 100"
    assert second == "Worked out: no scores are known"
