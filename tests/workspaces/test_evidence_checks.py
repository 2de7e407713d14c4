"""Evidence beside scores: its age, where it disagrees, and what follows from it under the version that says so."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate, months_after
from careassure.model.evidence import Claim, Evidence
from careassure.model.scale import Grade
from workspaces.strategies import cqc, several

DIRECT, YEAR_2023 = cqc(), cqc("2023")
IDS = [statement.id for statement in DIRECT.statements]
days = st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31))
months = st.integers(1, 60)
scores = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)


@given(several(DIRECT), days, months)
def test_staleness_sorts_everything_once(items: tuple[Evidence, ...], day: dt.date, limit: int) -> None:
    """Each piece of evidence is fresh, old, unsure or undated, and only one of them."""
    found = ca.workspaces.staleness(items, day, limit)
    groups = [found.fresh, found.old, found.unsure, found.undated]
    assert sorted(name for group in groups for name in group) == sorted(item.id for item in items)
    assert set(found.undated) == {item.id for item in items if item.date is None}


@given(several(DIRECT), days, days, months, months)
def test_evidence_only_gets_older(
    items: tuple[Evidence, ...], one: dt.date, other: dt.date, some: int, more: int
) -> None:
    """As days pass, or the limit shrinks, nothing goes back from old to unsure or from either to fresh."""
    early = ca.workspaces.staleness(items, min(one, other), max(some, more))
    late = ca.workspaces.staleness(items, max(one, other), min(some, more))
    assert set(early.old) <= set(late.old)
    assert set(late.fresh) <= set(early.fresh)
    assert early.limit <= late.limit


@pytest.mark.parametrize(
    ("date", "group"),
    [("2025-04-01", "old"), ("2025-04-02", "fresh"), ("2025-04", "unsure"), ("2025-03", "old"), ("2025", "unsure"),
     ("2025-05", "fresh"), ("2024", "old"), ("2026", "fresh"), (None, "undated")]
)  # fmt: skip
def test_a_month_or_a_year_may_be_unsure(date: str | None, group: str) -> None:
    """Evidence of which only the month or the year is known is unsure where the limit lies within."""
    item = Evidence("e", "seen", "staff", "equity", date=PartialDate.parse(date) if date else None)
    found = ca.workspaces.staleness([item], dt.date(2026, 10, 2), 18)
    assert found.limit == dt.date(2025, 4, 2)
    assert getattr(found, group) == ("e",)


@given(days, st.integers(0, 500))
def test_months_before_keeps_the_day_where_it_can(day: dt.date, count: int) -> None:
    """Some months earlier it is the same day, or the last of the month; the months between are as many as asked."""
    found = months_after(day, -count)
    assert (day.year - found.year) * 12 + day.month - found.month == count
    assert found.day == day.day or (found.day < day.day and (found + dt.timedelta(1)).day == 1)


@pytest.mark.parametrize("count", [0, -1])
def test_an_age_below_one_month_is_refused(count: int) -> None:
    """Evidence cannot be old after no month at all."""
    with pytest.raises(InvalidInputError, match=f"months: {count} is not 1 or more"):
        ca.workspaces.staleness([], dt.date(2026, 1, 1), count)


def test_an_age_of_ages_is_the_beginning_of_time() -> None:
    """A number of months that reaches back before the calendar makes nothing old."""
    assert ca.workspaces.staleness([], dt.date(2026, 1, 1), 10**9).limit == dt.date.min


@given(several(DIRECT), scores)
def test_claims_that_equal_the_score_are_no_contradiction(items: tuple[Evidence, ...], given_scores: list[int]) -> None:
    """Where every piece of evidence speaks for the score that was given, nothing is contradictory."""
    known = dict(zip(IDS, given_scores, strict=True))
    agreeing = [
        evolve(item, says=tuple(Claim(name, known[name]) for name in item.statements if known[name] is not None))
        for item in items
    ]
    assert ca.workspaces.contradictions(ca.Assessment.of("York", given_scores, evidence=agreeing)) == ()


@given(several(DIRECT), scores)
def test_a_contradiction_names_every_claim(items: tuple[Evidence, ...], given_scores: list[int]) -> None:
    """A statement is contradictory when its claims differ among themselves or from its score; each is named once."""
    assessment = ca.Assessment.of("York", given_scores, evidence=items)
    claimed: dict[str, dict[str, set[str]]] = {}
    for item in items:
        for name, grade in item.claims(DIRECT).items():
            claimed.setdefault(name, {}).setdefault(grade.key, set()).add(item.id)
    expected = {}
    for name, by_grade in claimed.items():
        score = assessment.scores[name]
        if len(by_grade) > 1 or (isinstance(score, Grade) and score.key not in by_grade):
            expected[name] = by_grade
    found = ca.workspaces.contradictions(assessment)
    assert {c.statement: {grade.key: set(ids) for grade, ids in c.claims} for c in found} == expected
    assert [c.statement for c in found] == sorted(expected, key=IDS.index)
    for one in found:
        ranks = [grade.rank for grade, _ in one.claims]
        assert ranks == sorted(ranks)
        assert one.among_evidence == (len(ranks) > 1)
        assert one.given == assessment.scores[one.statement]


@given(several(DIRECT), scores)
def test_evidence_never_changes_a_result(items: tuple[Evidence, ...], given_scores: list[int]) -> None:
    """With evidence or without, the method gives the same result, for the same reasons, with the same margin."""
    bare = ca.assess(ca.Assessment.of("York", given_scores))
    held = ca.assess(ca.Assessment.of("York", given_scores, evidence=items))
    assert evolve(held, assessment=bare.assessment) == bare
    assert (held.result, held.trace, held.margin) == (bare.result, bare.trace, bare.margin)


def test_scores_do_not_come_from_evidence_in_the_current_version() -> None:
    """Where statements are scored as a whole, evidence makes no score, and asking for one is refused with why."""
    with pytest.raises(InvalidInputError) as raised:
        ca.workspaces.category_scores([Evidence("e", "seen", "staff", "equity", says=(Claim("equity", 3),))], DIRECT)
    assert "version direct of cqc-la scores statements as a whole" in str(raised.value)
    assert "evidence supports them and never makes one" in str(raised.value)


@given(several(YEAR_2023))
def test_a_category_is_scored_where_its_evidence_agrees(items: tuple[Evidence, ...]) -> None:
    """Under 2023 a category has the score for which all of its evidence speaks, and none where that differs."""
    found = ca.workspaces.category_scores(items, YEAR_2023)
    claimed: dict[tuple[str, str], set[Grade]] = {}
    for item in items:
        for name, grade in item.claims(YEAR_2023).items():
            claimed.setdefault((name, item.category), set()).add(grade)
    used = ("experience", "staff", "partners", "processes")
    expected = {place: next(iter(grades)) for place, grades in claimed.items() if len(grades) == 1 and place[1] in used}
    scale = YEAR_2023.scale("cqc-score")
    assert {(s, c): scale.parse(score) for s, inside in found.items() for c, score in inside.items()} == expected


@given(several(YEAR_2023))
def test_scores_from_evidence_give_a_rating_or_a_range(items: tuple[Evidence, ...]) -> None:
    """What follows from evidence can be rated by the method of that version: blanks make a range, and no error."""
    found = ca.workspaces.category_scores(items, YEAR_2023)
    outcome = ca.assess(ca.Assessment.of("York", found, version="2023"), "evidence-category")
    assert outcome.scorer == "evidence-category"
    assert str(outcome.result)
    assert len(outcome.assessment.missing) == 36 - sum(len(inside) for inside in found.values())


def test_agreed_evidence_for_everything_gives_one_rating() -> None:
    """Where all the evidence of every category speaks for one score, the result is a rating and no range."""
    items = [
        Evidence(f"e{n}", "seen", category, IDS, says=tuple(Claim(name, 3) for name in IDS))
        for n, category in enumerate(["experience", "staff", "partners", "processes"])
    ]
    made = ca.Assessment.of("York", ca.workspaces.category_scores(items, YEAR_2023), version="2023")
    assert ca.assess(made, "evidence-category").result == ca.assess(ca.Assessment.of("York", [3] * 9)).result
