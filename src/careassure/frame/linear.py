"""Sums in their simplest form, so that an engine has as little to add and compare as can be."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import ceil, gcd

from attrs import frozen

from careassure.methods.plan import Amount


@frozen
class Linear:
    """A sum in its simplest form: ``slope * X + offset``, X a sum of ranks or of tests of ranks.

    Args:
        terms: A source's place, the rank that it has to reach (0: the rank itself counts), and a factor.
    """

    terms: tuple[tuple[int, int, int], ...]
    slope: int
    offset: int
    most: int

    def reaching(self, wanted: int) -> int:
        """The least X with which the sum reaches a number."""
        return ceil(Fraction(wanted - self.offset, self.slope))


def linear(amount: Amount) -> Linear:
    """Put a sum into its simplest form."""
    terms: list[tuple[int, int, int]] = []
    offset = 0
    for place, adds in amount.parts:
        offset += adds[0]
        steps = [after - before for before, after in pairwise(adds)]
        if len(set(steps)) == 1:
            terms += [(place, 0, steps[0])] if steps[0] else []
        else:
            terms += [(place, at, step) for at, step in enumerate(steps, 1) if step]
    slope = gcd(*(factor for _, _, factor in terms)) or 1
    sizes = {place: len(adds) - 1 for place, adds in amount.parts}
    terms = [(place, at, factor // slope) for place, at, factor in terms]
    most = sum(factor * (1 if at else sizes[place]) for place, at, factor in terms)
    return Linear(tuple(terms), slope, offset, most)
