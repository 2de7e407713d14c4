"""How large the numbers and rules of a method may be, so that no file takes long or is refused by accident."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

MOST_DIGITS = 1_010
"""A weight or threshold has at most so many digits above and below the line."""
MOST_DIGITS_TOGETHER = 2_500
"""The weights of one measure, made whole numbers, have at most so many digits each: more could not be printed."""
MOST_LIMITS = 100
"""One ladder has at most so many limits."""


def too_long(value: Fraction) -> bool:
    """Whether a number has more digits than a method may have."""
    bound: int = 10**MOST_DIGITS
    return abs(value.numerator) >= bound or value.denominator >= bound


def too_long_together(weights: Iterable[Fraction]) -> bool:
    """Whether weights, made whole numbers, have more digits than a measure may have."""
    found = list(weights)
    scaling = 1
    bound: int = 10**MOST_DIGITS_TOGETHER
    for weight in found:
        scaling = lcm(scaling, weight.denominator)
        if scaling >= bound:
            return True
    return any(abs(weight.numerator) * (scaling // weight.denominator) >= bound for weight in found)
