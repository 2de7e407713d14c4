"""Exact ranges of numbers: what a printed figure can stand for, and what follows from several of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from attrs import frozen

from careassure.model.showing import short_repr


@frozen
class Span:
    """The numbers from one to another.

    Args:
        low: The least; None where there is none.
        high: The greatest; None where there is none.
        low_open: Whether the least is itself left out.
        high_open: Whether the greatest is itself left out.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    __repr__ = short_repr

    def holds(self, number: Fraction) -> bool:
        """Whether a number lies in it."""
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below

    def meets(self, low: Fraction, high: Fraction) -> bool:
        """Whether any number from one to another, both counted in, lies in it."""
        above = self.low is None or high > self.low or (high == self.low and not self.low_open)
        below = self.high is None or low < self.high or (low == self.high and not self.high_open)
        return above and below


Range = tuple[Fraction, Fraction]
"""The least and the greatest that a figure can be."""


def added(one: Range, other: Range) -> Range:
    """The range of a sum.

    >>> added((Fraction(1), Fraction(2)), (Fraction(3), Fraction(5)))
    (Fraction(4, 1), Fraction(7, 1))
    """
    return one[0] + other[0], one[1] + other[1]


def negated(one: Range) -> Range:
    """The range of a number with the other sign."""
    return -one[1], -one[0]


def multiplied(one: Range, other: Range) -> Range:
    """The range of a product."""
    corners = [a * b for a, b in product(one, other)]
    return min(corners), max(corners)


def divided(one: Range, other: Range) -> Range | None:
    """The range of a quotient; None where what it is divided by can be 0."""
    if other[0] <= 0 <= other[1]:
        return None
    corners = [a / b for a, b in product(one, other)]
    return min(corners), max(corners)
