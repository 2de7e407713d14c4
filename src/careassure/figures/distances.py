"""The middle of exact numbers, how far they lie from it, and the words for a distance.

Distances are counted in MADs: the median of how far numbers lie from their median. Both are medians, so that a few
unusual numbers move neither much.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from attrs import field, frozen

from careassure.errors import Problem, collecting
from careassure.model.arguments import explained
from careassure.model.numbers import exact
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr

Position = Literal[
    "much lower", "lower", "slightly lower", "broadly similar", "slightly higher", "higher", "much higher"
]
"""Where a value lies among those of its peers."""

_HIGHER: tuple[Position, ...] = ("broadly similar", "slightly higher", "higher", "much higher")
_LOWER: tuple[Position, ...] = ("broadly similar", "slightly lower", "lower", "much lower")


@explained
@frozen
class Thresholds:
    """How far from the median of the peers which words begin; the defaults are our own choice.

    Args:
        similar: Up to this many MADs a value is broadly similar.
        slightly: Up to this many it is slightly higher or lower.
        clearly: Up to this many it is higher or lower, and beyond them much higher or lower.
        fewest: With fewer peers that have a value nothing is said about the distance.

    Raises:
        InvalidInputError: They do not rise, or are below 0.
    """

    similar: Fraction = field(default=Fraction(1), converter=exact)
    slightly: Fraction = field(default=Fraction(2), converter=exact)
    clearly: Fraction = field(default=Fraction(3), converter=exact)
    fewest: int = 5

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the thresholds") as problems:
            if not 0 <= self.similar <= self.slightly <= self.clearly:
                given = ", ".join(decimal(value) for value in (self.similar, self.slightly, self.clearly))
                problems.append(
                    Problem("", f"{given} do not rise from 0", "Give similar, slightly and clearly in order")
                )
            if self.fewest < 1:
                problems.append(Problem("fewest", f"{self.fewest} peers have no median", "Give 1 or more"))

    def position(self, distance: Fraction) -> Position:
        """The word for a distance from the median, in MADs; what lies on a threshold has the milder word."""
        size = abs(distance)
        degree = sum(size > limit for limit in (self.similar, self.slightly, self.clearly))
        return (_LOWER if distance < 0 else _HIGHER)[degree]

    @property
    def words(self) -> str:
        """What the words mean, in a sentence."""
        return (
            f"Broadly similar means within {decimal(self.similar)} MAD of the median, slightly within "
            f"{decimal(self.slightly)}, much beyond {decimal(self.clearly)}; these limits are settings, not the "
            "publisher's."
        )


DEFAULT_THRESHOLDS: Final = Thresholds()
"""1, 2 and 3 MADs, and at least five peers: our own choice."""
