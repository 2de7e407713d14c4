"""SCCIF: every combination of the two judgements."""

from __future__ import annotations

from itertools import product

import careassure as ca

GRADES = ["inadequate", "requires_improvement", "good", "outstanding"]


def ranks(protected: int, leaders: int) -> tuple[int, ...]:
    """The ranks of what the overall is at least, at most and suggested to be."""
    scores = {"helped_protected": GRADES[protected], "leaders": GRADES[leaders]}
    outcome = ca.assess(ca.Assessment.of("A home", scores, framework="ofsted-sccif"))
    assert outcome.scorer == "sccif"
    return tuple(grade.rank for grade in (outcome.low, outcome.high, outcome.suggested) if grade is not None)


def test_helped_and_protected_is_the_limiting_judgement() -> None:
    """With helped and protected inadequate, the overall is inadequate whatever leaders are."""
    assert {ranks(0, leaders) for leaders in range(4)} == {(0, 0, 0)}


def test_inadequate_leaders_are_a_softer_limit() -> None:
    """With leaders inadequate the overall is at most requires improvement, and likely inadequate."""
    assert {ranks(protected, 0) for protected in range(1, 4)} == {(0, 1, 0)}


def test_otherwise_the_overall_lies_between_the_two() -> None:
    """With neither inadequate the overall is assumed to lie between the two, and suggested at the lower."""
    for one, other in product(range(1, 4), repeat=2):
        assert ranks(one, other) == (min(one, other), max(one, other), min(one, other))
