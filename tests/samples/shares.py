"""What tests of shares draw and compare."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from careassure.samples.intervals import IntervalMethod

PEOPLE = 5_600  # supported long term by an average council
METHODS: tuple[IntervalMethod, ...] = ("wilson", "clopper-pearson", "jeffreys")
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
methods = st.sampled_from(METHODS)
levels = st.sampled_from(LEVELS)


@st.composite
def findings(draw: st.DrawFn, largest: int = 300) -> tuple[int, int]:
    """How many were good, and of how many."""
    sample = draw(st.integers(1, largest))
    return draw(st.integers(0, sample)), sample


@st.composite
def counted(draw: st.DrawFn, largest: int = 60) -> tuple[int, int, int]:
    """How many were good, of how many, from how many."""
    good, sample = draw(findings(largest))
    return good, sample, sample + draw(st.integers(0, largest))


def close(one: Fraction | float, other: Any, tolerance: float = 1e-9) -> bool:
    """Whether two shares are the same up to the rounding of floats."""
    return math.isclose(one, other, rel_tol=tolerance, abs_tol=1e-15)
