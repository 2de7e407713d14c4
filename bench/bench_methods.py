"""Two methods compared over 4^9 and 4^36 combinations of scores, against trying combinations one by one."""

from __future__ import annotations

import random

from timing import calls, in_turn, in_units

import careassure as ca

FRAMEWORK = ca.framework("cqc-la")
SCALE = FRAMEWORK.scale("cqc-score")
GENERATOR = random.Random(1)
CASES = [ca.Assessment.of("York", [GENERATOR.randint(1, 4) for _ in range(9)]) for _ in range(200)]


def counted() -> None:
    """All 262,144 combinations of the nine scores."""
    assert ca.analysis.diff_methods("single-word", "single-word").verdict == "same"


def counted_older() -> None:
    """All 4^36 combinations of the version with evidence categories."""
    assert ca.analysis.diff_methods("evidence-category", "evidence-category").verdict == "same"


def tried() -> None:
    """Two hundred combinations, by both methods."""
    for case in CASES:
        ca.assess(case), ca.assess(case)


(count, _), (older, _), (two_hundred, _) = in_turn(5, calls(counted, 1), calls(counted_older, 1), calls(tried, 1))
every = two_hundred / len(CASES) * 4**9
print(f"all 4^9 combinations counted: {in_units(count)}; tried one by one they would take {in_units(every)}")
print(f"ratio {every / count:,.0f}, goal at least 1,000: {'met' if every >= 1000 * count else 'MISSED'}")
print(f"all 4^36 combinations counted: {in_units(older)}, goal at most 5 s: {'met' if older <= 5 else 'MISSED'}")
