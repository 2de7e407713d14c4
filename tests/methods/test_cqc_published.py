"""CQC's published results for councils: the method gives what was printed."""

from __future__ import annotations

import pytest

import careassure as ca

from .cqc import council, rating_of


def points_of(item: ca.Assessment) -> list[int]:
    """The nine scores as numbers."""
    return [grade.value for grade in item.scores.values() if isinstance(grade, ca.Grade)]


COMPLETE = [item for item in ca.published() if item.complete]
RATED = [item for item in COMPLETE if item.stated.rating is not None]
SCORED = [item for item in COMPLETE if item.stated.score is not None]


@pytest.mark.parametrize("item", RATED, ids=lambda item: item.id)
def test_the_method_gives_the_rating_that_was_published(item: ca.Assessment) -> None:
    """Nine published scores give the published rating."""
    assert ca.assess(item).rating == item.stated.rating


@pytest.mark.parametrize("item", SCORED, ids=lambda item: item.id)
def test_the_method_gives_the_score_that_was_published(item: ca.Assessment) -> None:
    """The sum of nine published scores as a percentage, rounded up, is the published score."""
    assert ca.assess(item).score == item.stated.score


def test_there_are_enough_published_results_to_tell() -> None:
    """Dozens of published results, in all four ratings' bands but the rarest, are compared."""
    assert len(RATED) > 30
    assert len(SCORED) > 10
    assert {rating_of(sum(points_of(item))) for item in RATED} >= {"Requires improvement", "Good", "Outstanding"}


@pytest.mark.parametrize(
    ("name", "total", "score", "word"),
    [
        ("York", 14, 39, "Requires improvement"),
        ("Windsor and Maidenhead", 22, 62, "Requires improvement"),
        ("Camden", 32, 89, "Outstanding"),
        ("Wokingham", 29, 81, "Good"),
    ],
)
def test_results_at_the_edges_of_bands(name: str, total: int, score: int, word: str) -> None:
    """Published results next to a band's edge are reproduced: the total that needs rounding, and the nearest others."""
    item = ca.published(name)[-1]
    outcome = ca.assess(item)
    assert sum(points_of(item)) == total
    assert (outcome.score, str(outcome.rating)) == (score, word)


@pytest.mark.parametrize(("lower", "higher"), [(22, 23), (31, 32), (13, 14)])
def test_one_point_parts_two_ratings(lower: int, higher: int) -> None:
    """A single point of score on any one statement can lift a council into the next band."""
    assert rating_of(lower) != rating_of(higher)
    before = [lower // 9 + (place < lower % 9) for place in range(9)]
    for place in (place for place in range(9) if before[place] < 4):
        after = [score + (index == place) for index, score in enumerate(before)]
        assert str(council(before).rating) == rating_of(lower)
        assert str(council(after).rating) == rating_of(higher)
