"""Those who were asked for a number at two dates, one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.vocabulary import Mark

FEW: Final = 10
"""Of fewer than this many a percentage says little: our own choice."""


@frozen
class Member:
    """One who gave a number at both dates.

    Args:
        name: Who.
        before: The number at the first date.
        after: The number at the second.
        few: Below this many at the first date a percentage says little.
        marks: The marks behind the two numbers, such as ``p`` for provisional, each once.
    """

    name: str
    before: Fraction
    after: Fraction
    few: Fraction = Fraction(FEW)
    marks: tuple[Mark, ...] = ()

    __repr__ = short_repr

    @property
    def change(self) -> Fraction:
        """The second number less the first."""
        return self.after - self.before

    @property
    def percent(self) -> Fraction | None:
        """The change as a percentage of the first number; None where that is 0."""
        return 100 * self.change / self.before if self.before else None

    @property
    def small(self) -> bool:
        """Whether the first number is too small for a percentage to say much."""
        return abs(self.before) < self.few


@frozen
class NotCompared:
    """One who did not give a number at both dates.

    Args:
        name: Who.
        before: The number at the first date, or the mark in its place; None for nothing.
        after: The same at the second.
        marks: The marks behind the numbers.
    """

    name: str
    before: Fraction | Suppressed | None = None
    after: Fraction | Suppressed | None = None
    marks: tuple[Mark, ...] = ()

    __repr__ = short_repr

    @property
    def why(self) -> Literal["left", "joined", "withheld", "silent"]:
        """Why not: a number at the first date only, at the second only, a mark in place of a number, or no reply."""
        if isinstance(self.before, Suppressed) or isinstance(self.after, Suppressed):
            return "withheld"
        return "left" if self.before is not None else "joined" if self.after is not None else "silent"
