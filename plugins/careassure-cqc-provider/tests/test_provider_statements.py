"""Scores of quality statements: evidence categories, percentages, key questions, and the score limiter."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import UnknownFrameworkError
from careassure_cqc_provider import limited

HOME = ca.Body("1-1", "A home", "provider")
NEW = ca.framework("cqc-provider-saf", "2024")
OLD = ca.framework("cqc-provider-saf", "2023")
QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
PLACES = {theme.id: [NEW.statements.index(s) for s in theme.statements] for theme in NEW.themes}


def rating(percentage: Fraction) -> int:
    """The bands, by the whole percentage."""
    return sum(ceil(percentage) >= least for least in (39, 63, 88))


def principles(ranks: list[int]) -> int:
    """The rating principles, told from the bottom."""
    if ranks.count(0) >= 2:
        return 0
    if ranks.count(0) == 1 or ranks.count(1) >= 2:
        return 1
    return 3 if ranks.count(3) >= 2 and ranks.count(1) == 0 else 2


def question(values: list[int], *, limiter: bool = False) -> int:
    rank = rating(Fraction(100 * sum(values), 4 * len(values)))
    if limiter and rank == 2 and min(values) == 1:
        return 1
    if limiter and rank == 3 and min(values) <= 2:
        return 2
    return rank


def new(values: list[object], **facts: bool) -> ca.Assessment:
    return ca.Assessment.of(HOME, values, framework=NEW, facts=facts)


def rank_of(grade: ca.Grade | None) -> int:
    assert grade is not None
    return grade.rank


def test_there_are_34_statements_eight_six_five_seven_and_eight() -> None:
    for framework in (OLD, NEW):
        assert len(framework.statements) == 34
        assert tuple(theme.id for theme in framework.themes) == QUESTIONS
        assert [len(theme.statements) for theme in framework.themes] == [8, 6, 5, 7, 8]
    assert ca.framework("cqc-provider-saf") is NEW
    assert len(OLD.leaves) == 34 * 6


def test_statements_shared_with_the_council_framework_have_the_same_ids() -> None:
    council = {statement.id for statement in ca.framework("cqc-la").statements}
    assert council <= {statement.id for statement in NEW.statements}


thirty_four = st.lists(st.integers(1, 4), min_size=34, max_size=34)


@given(thirty_four)
@settings(deadline=None, max_examples=30)
def test_key_questions_and_overall_follow_from_the_statements(values: list[int]) -> None:
    outcome = ca.assess(new(list(values)))
    found = [rank_of(outcome.profile[key].grade) for key in QUESTIONS]
    assert found == [question([values[place] for place in PLACES[key]]) for key in QUESTIONS]
    assert rank_of(outcome.rating) == principles(found)


@given(thirty_four)
@settings(deadline=None, max_examples=30)
def test_the_reported_limiter_is_read_to_the_letter(values: list[int]) -> None:
    outcome = ca.assess(new(list(values)), limited())
    found = [rank_of(outcome.profile[key].grade) for key in QUESTIONS]
    assert found == [question([values[place] for place in PLACES[key]], limiter=True) for key in QUESTIONS]
    assert rank_of(outcome.rating) == principles(found)


@given(thirty_four, st.integers(0, 33), st.booleans())
@settings(deadline=None, max_examples=30)
def test_a_better_score_never_lowers_a_rating(values: list[int], place: int, with_limiter: bool) -> None:
    raised = [min(v + (i == place), 4) for i, v in enumerate(values)]
    scorer = limited() if with_limiter else None
    before, after = (ca.assess(new(list(scores)), scorer) for scores in (values, raised))
    assert rank_of(after.rating) >= rank_of(before.rating)


def test_no_installed_scorer_applies_the_limiter() -> None:
    assert [outcome.scorer for outcome in ca.compare(new([3] * 34))] == ["saf-2024"]
    assert "saf-2024-limited" not in [item.name for item in ca.scorers()]
    bases = {reference.id: reference.basis for reference in limited().references}
    assert bases["score-limiter"] == "press"


def test_the_limiter_is_known_for_two_versions() -> None:
    assert limited("2023").framework_versions == ("2023",)
    with pytest.raises(UnknownFrameworkError, match="Use 2023 or 2024"):
        limited("2026")


def test_the_limiter_changes_a_key_question_with_a_score_of_one() -> None:
    values: list[object] = [3] * 34
    values[0] = 1
    assert ca.assess(new(values)).profile["safe"].grade == NEW.scale("cqc-rating")["good"]
    assert ca.assess(new(values), limited()).profile["safe"].grade == NEW.scale("cqc-rating")["requires_improvement"]


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=8))
def test_rounding_to_the_nearest_gives_the_same_rating_as_rounding_up(values: list[int]) -> None:
    percentage = Fraction(100 * sum(values), 4 * len(values))
    nearest = Fraction(floor(percentage + Fraction(1, 2)))
    assert rating(percentage) == rating(nearest)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_categories_that_do_not_apply_are_left_out_of_a_statement(values: list[int]) -> None:
    parts = [category.id for category in OLD.categories]
    given_parts: dict[str, object] = dict.fromkeys(parts, "not applicable") | dict(zip(parts, values, strict=False))
    scores: dict[str, object] = dict.fromkeys([s.id for s in OLD.statements], 3) | {"consent": given_parts}
    outcome = ca.assess(ca.Assessment.of(HOME, scores, framework=OLD))
    assert rank_of(outcome.profile["consent"].grade) == rating(Fraction(100 * sum(values), 4 * len(values)))


def test_the_old_scheme_goes_from_categories_to_statements_to_questions_to_the_whole() -> None:
    parts = {category.id: 3 for category in OLD.categories}
    weak = parts | dict.fromkeys(list(parts)[:4], 1)  # 10 of 24: 42 %, a score of 2
    scores = {s.id: weak if s in OLD.theme("caring").statements else parts for s in OLD.statements}
    outcome = ca.assess(ca.Assessment.of(HOME, scores, framework=OLD))
    assert outcome.profile["kindness"].score == 42
    assert str(outcome.profile["kindness"].grade) == "some shortfalls"
    assert outcome.profile["caring"].score == 50
    assert [str(outcome.profile[key].grade) for key in QUESTIONS] == [
        "Good",
        "Good",
        "Requires improvement",
        "Good",
        "Good",
    ]
    assert outcome.result == "Good"


def test_a_key_question_without_any_score_is_left_out_and_a_lone_one_decides() -> None:
    for score, result in ((1, "Inadequate"), (2, "Requires improvement"), (3, "Good")):
        values: list[object] = ["Not rated"] * 34
        for place in PLACES["caring"]:
            values[place] = score
        outcome = ca.assess(new(values))
        assert outcome.result == result
        assert outcome.profile["safe"].grade is None


@pytest.mark.parametrize(
    "fact", ["no_registered_manager", "condition_unmet", "notifications_missing", "information_not_returned"]
)
def test_a_limiter_of_well_led_holds_it_at_requires_improvement(fact: str) -> None:
    assert str(ca.assess(new([4] * 34)).profile["well_led"].grade) == "Outstanding"
    outcome = ca.assess(new([4] * 34, **{fact: True}))
    assert str(outcome.profile["well_led"].grade) == "Requires improvement"
    assert outcome.result == "Good"


def test_a_breach_holds_the_whole_at_requires_improvement() -> None:
    assert ca.assess(new([4] * 34, breach=True)).result == "Requires improvement"


@pytest.mark.parametrize(
    ("method", "version"),
    [
        (ca.scorer("saf-2023").scorer.method, "2023"),  # type: ignore[attr-defined]
        (ca.scorer("saf-2024").scorer.method, "2024"),  # type: ignore[attr-defined]
        (limited("2023"), "2023"),
        (limited("2024"), "2024"),
    ],
    ids=["saf-2023", "saf-2024", "saf-2023-limited", "saf-2024-limited"],
)
def test_the_methods_are_sound(method: ca.Method, version: str) -> None:
    report = ca.check(method, ca.framework("cqc-provider-saf", version))
    assert report.ok, report


def test_only_halves_depend_on_the_rounding() -> None:
    report = ca.check(ca.scorer("saf-2024").scorer.method, NEW)  # type: ignore[attr-defined]
    notes = [finding.what for finding in report.findings if "depend on the rounding" in finding.what]
    assert notes
    assert all("62.5 %" in note and "87.5 %" in note and note.startswith("2 of") for note in notes)
