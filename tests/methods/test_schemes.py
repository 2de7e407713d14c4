"""Smaller schemes and single rules: weakest link, sums, medians, checklists, triage, profiles without an overall."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from statistics import median_high, median_low

import pytest

from careassure.methods.check import check

from .frames import HEAD, NOT_JUDGED, Frame, Item, plain_frame, scale_of

# ------------------------------------------------------- one grade for several standards, the best written first

HOUSING = plain_frame("consumer: safety openness neighbourhood tenancy", "c4 c3 c2 c1")
HOUSING_METHOD = (
    HEAD
    + """
[[nodes]]
for = "overall"
scale = "r"

[[nodes.rungs]]
grade = "c3"
when = { every = "statements" }
sentence = "None is worse."
reference = "rules"

[[nodes.rungs]]
grade = "c2"
when = { every = "statements" }
sentence = "None is worse."
reference = "rules"

[[nodes.rungs]]
grade = "c1"
when = { every = "statements" }
sentence = "None is worse."
reference = "rules"
"""
)


def test_the_weakest_standard_gives_the_grade() -> None:
    """One failing standard is enough for a failing grade, and C1, though written first, is the best."""
    method = HOUSING.load(HOUSING_METHOD)
    assert check(method, HOUSING.framework).ok
    words = ("c4", "c3", "c2", "c1")
    for ranks in product(range(4), repeat=4):
        outcome = HOUSING.words(method, *(words[rank] for rank in ranks))
        assert str(outcome.rating) == words[min(ranks)]
    best, worst = (HOUSING.words(method, *[word] * 4).rating for word in ("c1", "c4"))
    assert best is not None
    assert worst is not None
    assert best > worst


CAPPED = plain_frame("all: a b c", "low mid high")
CAPPED_METHOD = (
    HEAD
    + """
[measures.mean]
kind = "mean"
over = "scores"
rounding = "half_up"
sentence = "The mean"
reference = "rules"

[[nodes]]
for = "overall"
scale = "r"
bands = { measure = "mean", mid = 2, high = 3, reference = "rules" }

[[nodes.limits]]
not_above = ["c"]
sentence = "Never above c."
reference = "rules"

[[nodes.limits]]
floor = "mid"
when = { area = "a", at_least = "high" }
sentence = "At least mid with a high."
reference = "rules"
"""
)


def test_limits_are_applied_in_their_order() -> None:
    """A mean is kept from rising above one area, and then kept from falling below a floor, which has the last word."""
    method = CAPPED.load(CAPPED_METHOD)
    for a, b, c in product(range(3), repeat=3):
        mean = (2 * (a + b + c) + 3) // 6
        outcome = CAPPED.assess(method, {"a": a, "b": b, "c": c})
        assert outcome.rating is not None
        assert outcome.rating.rank == max(min(mean, c), 1 if a == 2 else 0)


# ------------------------------------------------------- profiles without an overall grade

WALES = plain_frame(
    "service: well_being care leadership environment",
    "requires_significant_improvement requires_improvement good excellent",
)


def test_a_profile_may_be_the_whole_result() -> None:
    """Where a scheme grades each theme and nothing else, the profile is the result and there is no overall."""
    method = WALES.load(HEAD.replace("[references.rules]", "nodes = []\n\n[references.rules]"))
    outcome = WALES.words(method, "good", "excellent", "requires_improvement", None)
    assert outcome.kind == "profile"
    assert outcome.rating is None
    assert outcome.percentage is None
    assert [str(entry.grade) for entry in outcome.profile if entry.level == "statement"] == [
        "good", "excellent", "requires improvement", "None",
    ]  # fmt: skip
    assert outcome.profile["environment"].state == NOT_JUDGED
    assert outcome.trace.audit() == ()


# ------------------------------------------------------- sums and medians

SUM = Frame(
    (Item("all", tuple(Item(name) for name in "abcd")),),
    {"s": scale_of("none", "some", "much", "full", values=range(4)), "r": scale_of("poor", "fair", "good", "best")},
)
SUM_METHOD = (
    HEAD
    + """
[measures.points]
kind = "total"
over = "scores"
weights = { a = 2, b = "1/2" }
sentence = "The points"
reference = "rules"

[[nodes]]
for = "overall"
scale = "r"
bands = { measure = "points", fair = "3.5", good = 7, best = 12, reference = "rules" }
"""
)


def test_points_are_added_up_and_banded() -> None:
    """Scores from nought to three, each with its weight, are added exactly, and the sum falls into a band."""
    method = SUM.load(SUM_METHOD)
    assert check(method, SUM.framework).ok
    for a, b, c, d in product(range(4), repeat=4):
        points = 2 * a + Fraction(b, 2) + c + d
        outcome = SUM.assess(method, {"a": a, "b": b, "c": c, "d": d})
        assert outcome.rating is not None
        assert outcome.rating.rank == (points >= Fraction(7, 2)) + (points >= 7) + (points >= 12)
        assert {measure.id: measure.low for measure in outcome.measures} == {"points": points}


MEDIANS = {"lower": '{ share = "1/2", rounding = "down", plus = 1 }', "upper": '{ share = "1/2", rounding = "up" }'}


@pytest.mark.parametrize("which", ["lower", "upper"])
@pytest.mark.parametrize("n", range(1, 6))
def test_a_median_is_a_count(which: str, n: int) -> None:
    """The middle grade, the lower or the upper of two, is the highest that enough of them reach."""
    frame = plain_frame("all: a b c d e", "w x y z")
    rungs = [
        f'{{ id = "{key}", grade = "{key}", when = {{ count = "scores", at_least = {MEDIANS[which]} }}, '
        f'sentence = "Enough.", reference = "rules" }}'
        for key in "xyz"
    ]
    method = frame.load(f'{HEAD}\n[[nodes]]\nfor = "overall"\nscale = "r"\nrungs = [{", ".join(rungs)}]\n')
    middle = median_low if which == "lower" else median_high
    for ranks in product(range(4), repeat=n):
        outcome = frame.words(method, *("wxyz"[rank] for rank in ranks), *[None] * (5 - n))
        assert outcome.rating is not None
        assert outcome.rating.rank == middle(ranks)
