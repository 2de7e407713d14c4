"""CQC's single-word rating of a council, sentence by sentence."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.methods.complete import complete_nodes
from careassure.methods.fit import fit
from careassure.methods.states import view_of
from helpers import built_in_methods

from .cqc import LOWEST_TOTALS, council, rating_of
from .effort import runs

nine = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def spread(total: int) -> list[int]:
    """Nine scores with this sum, as level as can be."""
    return [total // 9 + (place < total % 9) for place in range(9)]


def uneven(total: int) -> list[int]:
    """Nine scores with this sum, as far apart as can be, the highest first."""
    scores = [1] * 9
    for place in range(9):
        scores[place] += min(3, total - sum(scores))
    return scores


@pytest.mark.parametrize("total", range(9, 37))
def test_the_sum_of_the_scores_alone_gives_the_rating(total: int) -> None:
    """Nine scores with the same sum give the same rating, however they are spread."""
    for scores in (spread(total), spread(total)[::-1], uneven(total), uneven(total)[::-1]):
        outcome = council(scores)
        assert sum(scores) == total
        assert str(outcome.rating) == rating_of(total)
        assert outcome.percentage == Fraction(100 * total, 36)


def test_every_one_of_the_262144_combinations_has_the_rating_of_its_sum() -> None:
    """Each of the four to the power of nine combinations is rated by its points of 36 and nothing else."""
    method, framework = built_in_methods()[1], cqc_la()[-1]
    fitted = fit(method, framework)
    overall = fitted.nodes[-1]
    view, lowered = view_of(fitted, overall), complete_nodes(fitted)["overall"]
    words = [grade.label for grade in fitted.scale(overall)]
    by_state = {state: view.rank(overall.ladders[0], state, {}) for state in view.states()}
    expected = [words.index(rating_of(total)) if total >= 9 else -1 for total in range(37)]
    assert len(view.inputs) == 9
    gains = [[gain[0] for gain in gains] for gains in view.gains]
    rows = 0
    for ranks in product(range(4), repeat=9):
        amount = sum(map(list.__getitem__, gains, ranks))
        assert by_state[amount,] == lowered.rank((amount,), {}) == expected[9 + sum(ranks)]
        rows += 1
    assert rows == 262_144


@given(nine, st.permutations(range(9)))
@runs(0.5)
def test_every_statement_counts_equally(scores: list[int], order: list[int]) -> None:
    """Exchanging the scores of any statements changes neither percentage nor rating."""
    one, other = council(scores), council([scores[place] for place in order])
    assert (one.percentage, one.rating, one.score) == (other.percentage, other.rating, other.score)


@pytest.mark.parametrize(
    ("word", "least", "most"),
    [("Inadequate", 25, 38), ("Requires improvement", 39, 62), ("Good", 63, 87), ("Outstanding", 88, 100)],
)
def test_the_printed_score_lies_in_the_band_of_its_rating(word: str, least: int, most: int) -> None:
    """The percentage, rounded up, is 25 to 38, 39 to 62, 63 to 87, or 88 and above."""
    for total in range(9, 37):
        outcome = council(spread(total))
        assert outcome.score is not None
        assert (str(outcome.rating) == word) == (least <= outcome.score <= most)


def test_the_percentage_runs_from_25_to_100() -> None:
    """All ones make 25 per cent and all fours make 100."""
    assert council([1] * 9).percentage == 25
    assert council([4] * 9).percentage == 100


@pytest.mark.parametrize(
    ("total", "score", "word"),
    [
        (13, 37, "Inadequate"),
        (14, 39, "Requires improvement"),
        (22, 62, "Requires improvement"),
        (23, 64, "Good"),
        (29, 81, "Good"),
        (31, 87, "Good"),
        (32, 89, "Outstanding"),
    ],
)
def test_the_percentage_is_rounded_up_before_it_is_banded(total: int, score: int, word: str) -> None:
    """A part of a per cent counts as a whole one, as 14 of 36, which is 38.9 and makes 39, shows."""
    outcome = council(uneven(total))
    assert (outcome.score, str(outcome.rating)) == (score, word)


def test_a_score_of_1_does_not_cap_the_rating() -> None:
    """Eight fours and a one are outstanding, and the one is reported beside the rating."""
    outcome = council([4, 4, 4, 4, 4, 4, 1, 4, 4])
    assert (str(outcome.rating), outcome.score) == ("Outstanding", 92)
    assert [(flag.id, flag.certain) for flag in outcome.flags] == [("score-of-1", True)]


@given(nine)
@runs(0.5)
def test_a_score_of_1_is_always_reported(scores: list[int]) -> None:
    """The notice is given when, and only when, some statement is scored 1."""
    assert [flag.id for flag in council(scores).flags] == ["score-of-1"] * (1 in scores)


def test_a_missing_score_may_be_a_1() -> None:
    """While a score is missing and none is known to be 1, the notice is possible but not certain."""
    assert [flag.certain for flag in council([None, 3, 3, 3, 3, 3, 3, 3, 3]).flags] == [False]
    assert [flag.certain for flag in council([None, 1, 3, 3, 3, 3, 3, 3, 3]).flags] == [True]


@pytest.mark.parametrize("total", range(9, 37))
def test_the_margin_is_the_distance_to_the_next_band(total: int) -> None:
    """One point of score is one point of the sum, so the margin is the way to the next band's first or last sum."""
    margin = council(spread(total)).margin
    starts = sorted(LOWEST_TOTALS.values())
    above = [start for start in starts if start > total]
    below = [start for start in starts if start <= total and start > 9]
    assert margin.up == (min(above) - total if above else None)
    assert margin.down == (total - max(below) + 1 if below else None)
    assert str(margin.above) == (rating_of(min(above)) if above else "None")
    assert str(margin.below) == (rating_of(max(below) - 1) if below else "None")


def test_no_theme_gets_a_grade() -> None:
    """Themes only group the statements: the method works no grade out for them."""
    outcome = council([4, 4, 4, 1, 1, 2, 2, 3, 3])
    themes = [entry for entry in outcome.profile if entry.level == "theme"]
    assert len(themes) == 4
    assert all(entry.grade is None for entry in themes)
    assert [str(outcome.profile[s.id].grade) for s in ca.framework("cqc-la").statements][3:5] == [
        "significant shortfalls"
    ] * 2
