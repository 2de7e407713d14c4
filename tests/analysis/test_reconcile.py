"""Published results worked out again."""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import evolve

import careassure as ca
from careassure.model.assessment import Stated

RESULTS = ca.reconcile()
SCALE = ca.framework("cqc-la").scale("cqc-rating")


def test_every_complete_published_assessment_gets_the_printed_rating_and_score() -> None:
    """Every shipped assessment with nine scores gets the rating that was printed, and every printed score is met."""
    complete = [result for result in RESULTS if result.assessment.complete]
    assert len(complete) == 83
    for result in complete:
        stated = result.assessment.stated
        assert result.outcome.rating == stated.rating, result.assessment.id
        assert stated.score in (None, result.outcome.score), result.assessment.id
        assert result.status == "agrees"


def test_every_printed_score_is_met_or_lies_in_the_range() -> None:
    """A printed score is the score worked out, or lies within what the scores that were seen allow."""
    printed = [result for result in RESULTS if result.assessment.stated.score is not None]
    assert len(printed) >= 22
    for result in printed:
        low, high = result.outcome.score_low, result.outcome.score_high
        assert low is not None
        assert high is not None
        assert low <= (result.assessment.stated.score or 0) <= high


def test_a_printed_score_alone_gives_the_printed_rating() -> None:
    """Where a score was printed without the nine, its band is the printed rating."""
    alone = [result for result in RESULTS if "alone" in result.reason]
    assert len(alone) >= 5
    assert all("alone fits" in result.reason for result in alone)


def test_nothing_is_left_out() -> None:
    """Each assessment is in exactly one of the three groups, and what cannot be checked says why."""
    counts = Counter(result.status for result in RESULTS)
    assert counts == {"agrees": 83, "cannot be checked": 41}
    assert len(RESULTS) == len(ca.published())
    assert all(result.reason for result in RESULTS)


@pytest.mark.parametrize("key", ["inadequate", "requires_improvement", "good"])
def test_a_wrong_printed_rating_differs(key: str) -> None:
    """A printed rating that the scores do not give is reported with both."""
    camden = ca.published("Camden")[-1]
    wrong = evolve(camden, stated=Stated(SCALE[key], 89))
    (result,) = ca.reconcile([wrong])
    assert result.status == "differs"
    assert SCALE[key].label in result.reason
    assert "Outstanding" in result.reason


@pytest.mark.parametrize(("printed", "gap"), [(88, "1 point"), (90, "1 point"), (80, "9 points")])
def test_a_wrong_printed_score_differs_by_so_much(printed: int, gap: str) -> None:
    """A printed score that the scores do not give is reported with how far it is off."""
    camden = ca.published("Camden")[-1]
    (result,) = ca.reconcile([evolve(camden, stated=Stated(camden.stated.rating, printed))])
    assert result.status == "differs"
    assert gap in result.reason


def test_a_partial_assessment_outside_its_range_differs() -> None:
    """A printed result that no completion of the scores gives is a difference, although scores are missing."""
    partial = ca.Assessment.of("York", [1, 1, 1, 1, 1, 1, 1, 1, None], stated=Stated(SCALE["good"], None))
    (result,) = ca.reconcile([partial])
    assert result.status == "differs"


def test_nothing_printed_cannot_be_checked() -> None:
    """An assessment without a printed result cannot be checked."""
    (result,) = ca.reconcile([ca.Assessment.of("York", [2] * 9)])
    assert (result.status, result.reason) == ("cannot be checked", "no printed rating or score was seen")
