"""Places of 153 councils in nine statements with uncertain scores: at most 100 ms; and a benchmark of what ships."""

from __future__ import annotations

import random

from timing import calls, in_turn, in_units

import careassure as ca
from careassure.analysis.ranks import rank_sets

GENERATOR = random.Random(1)
COUNCILS = [council.name for council in ca.councils()]
RESULTS = [
    ca.Assessment.of(name, [GENERATOR.randint(1, 4) for _ in range(9)], kind="published", published="2025-01")
    for name in COUNCILS
]
SPANS = {
    name: tuple(sorted((GENERATOR.randint(1, 4), GENERATOR.randint(1, 4)))) for name in COUNCILS
}  # fmt: skip


def nine() -> None:
    """The places of all councils in nine statements."""
    for _ in range(9):
        rank_sets(SPANS)  # type: ignore[arg-type]


def whole() -> None:
    """One council beside all others, every score off by one."""
    found = ca.benchmark(RESULTS[0], "all", results=RESULTS, off_by=1)
    assert all(len(place.ranks) == len(COUNCILS) for place in found.places)


for name, call, repeats in (
    ("rank sets of 153 councils in nine statements", nine, 20),
    ("benchmark, 153 councils", whole, 3),
):
    ((seconds, _),) = in_turn(7, calls(call, repeats))
    print(f"{name}: {in_units(seconds)}, goal at most 100 ms: {'met' if seconds <= 0.1 else 'MISSED'}")
