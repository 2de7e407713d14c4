"""CQC's method for councils while evidence categories were scored, sentence by sentence."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.methods.fit import fit
from careassure.methods.states import view_of
from helpers import built_in_methods

from .cqc import CATEGORIES, PARTS, STATEMENTS, council, earlier, rating_of
from .effort import runs

Scores = dict[str, dict[str, object]]
NOT_RATED = ca.NotRated("not_rated")


def filled(first: dict[str, object], rest: int = 3) -> Scores:
    """The first statement with these category scores, all others at one level."""
    found: Scores = {name: dict.fromkeys(CATEGORIES, rest) for name in STATEMENTS}
    return found | {STATEMENTS[0]: first}


def by_total(totals: dict[str, int], rest: int) -> Scores:
    """Category scores for each statement that add up to its total."""
    found: Scores = {}
    for name in STATEMENTS:
        total = totals.get(name, rest)
        found[name] = {category: total // 4 + (place < total % 4) for place, category in enumerate(CATEGORIES)}
    return found


def expected_score(total: int, many: int) -> int:
    return next(score for score, (least, most) in PARTS[many].items() if least <= total <= most)


def value_of(outcome: ca.Outcome, statement: str) -> int:
    grade = outcome.profile[statement].grade
    assert grade is not None
    return grade.value


@pytest.mark.parametrize("total", range(4, 17))
def test_the_sum_of_four_categories_gives_the_score_of_the_statement(total: int) -> None:
    """A statement with four scored categories has the score of the band that its points of 16 fall into."""
    levelled = [total // 4 + (place < total % 4) for place in range(4)]
    entry = earlier(filled(dict(zip(CATEGORIES, levelled, strict=True)))).profile[STATEMENTS[0]]
    assert entry.grade is not None
    assert entry.grade.value == expected_score(total, 4)
    assert entry.score == -(-100 * total // 16)


def test_all_256_combinations_of_four_categories() -> None:
    """Whatever the four category scores, their sum alone gives the statement's score."""
    fitted = fit(built_in_methods()[0], cqc_la()[0])
    node = fitted.nodes[0]
    view = view_of(fitted, node)
    for ranks in product(range(4), repeat=4):
        state = (sum(gains[rank][0] for gains, rank in zip(view.gains, ranks, strict=True)),)
        assert view.rank(node.ladders[0], state, {}) + 1 == expected_score(4 + sum(ranks), 4)


@pytest.mark.parametrize("many", [2, 3])
def test_a_category_that_was_not_scored_is_left_out(many: int) -> None:
    """With fewer categories the percentage is of what those could come to, in every combination of their scores."""
    for scores in product(range(1, 5), repeat=many):
        first: dict[str, object] = dict.fromkeys(CATEGORIES, NOT_RATED)
        first.update(zip(CATEGORIES, scores, strict=False))
        assert value_of(earlier(filled(first)), STATEMENTS[0]) == expected_score(sum(scores), many)


@pytest.mark.parametrize(("total", "percentage", "score"), [(10, 63, 3), (14, 88, 4), (9, 57, 2), (13, 82, 3)])
def test_a_statement_percentage_is_rounded_up(total: int, percentage: int, score: int) -> None:
    """A half per cent counts as a whole one: 10 of 16 is a score of 3 and 14 of 16 a score of 4."""
    entry = earlier(by_total({STATEMENTS[0]: total}, 12)).profile[STATEMENTS[0]]
    assert entry.grade is not None
    assert (entry.score, entry.grade.value) == (percentage, score)


def test_west_northamptonshire() -> None:
    """Published percentages of 75, 69, 63 and six of 57 are scores of three, three, three and six twos: 59 overall."""
    outcome = earlier(by_total({"safeguarding": 12, "partnerships": 11, "learning": 10}, 9))
    scores = {name: outcome.profile[name].score for name in STATEMENTS}
    assert (scores["safeguarding"], scores["partnerships"], scores["learning"]) == (75, 69, 63)
    assert list(scores.values()).count(57) == 6
    assert sorted(value_of(outcome, name) for name in STATEMENTS) == [2] * 6 + [3] * 3
    assert (outcome.score, str(outcome.rating)) == (59, "Requires improvement")
    assert outcome.percentage == Fraction(2100, 36)


def test_the_rating_rests_on_the_scores_and_not_on_the_percentages() -> None:
    """Statement percentages are not averaged: nine times 10 of 16 is nine scores of 3, which is 75 per cent."""
    outcome = earlier(by_total({}, 10))
    assert (outcome.percentage, str(outcome.rating)) == (Fraction(75), "Good")


@given(st.lists(st.sampled_from(range(4, 17)), min_size=9, max_size=9))
@runs(0.4)
def test_both_versions_band_the_nine_scores_alike(totals: list[int]) -> None:
    """Once each statement has its score, the rating is that of the method by which statements are scored directly."""
    outcome = earlier(by_total(dict(zip(STATEMENTS, totals, strict=True)), 0))
    scores = [expected_score(total, 4) for total in totals]
    same = council(scores)
    assert [value_of(outcome, name) for name in STATEMENTS] == scores
    assert str(outcome.rating) == str(same.rating) == rating_of(sum(scores))
    assert (outcome.score, [f.id for f in outcome.flags]) == (same.score, [f.id for f in same.flags])


def test_a_statement_scored_as_a_whole_needs_no_categories() -> None:
    """Where only statement scores are known, as in published reports, they stand in for the categories."""
    scores: dict[str, object] = dict(zip(STATEMENTS, [3, 3, 4, 3, 4, 4, 3, 4, 4], strict=True))
    assert (earlier(scores).score, str(earlier(scores).rating)) == (89, "Outstanding")


def test_a_missing_category_leaves_its_statement_open() -> None:
    """A category whose score is not known opens the statement between the scores that it could make."""
    entry = earlier(filled({"experience": 4, "staff": 3, "partners": 2, "processes": None})).profile[STATEMENTS[0]]
    assert entry.low is not None
    assert entry.high is not None
    assert (entry.low.value, entry.high.value) == (3, 3)
    entry = earlier(filled({"experience": 3, "staff": 3, "partners": 2, "processes": None})).profile[STATEMENTS[0]]
    assert entry.low is not None
    assert entry.high is not None
    assert (entry.low.value, entry.high.value) == (2, 3)
