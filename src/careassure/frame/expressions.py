"""Small expressions of lazy tables: cases, kinds of whole numbers, and quotients rounded by whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw
from attrs import frozen

from careassure.frame.walk import tells_apart
from careassure.model.rounding import Rounding

Truth: TypeAlias = nw.Expr | bool
"""A condition, or what it comes to for every row."""

Frame: TypeAlias = nw.LazyFrame[Any]
"""A lazy table of any engine."""

Case: TypeAlias = tuple[nw.Expr, int | None]
"""Where a grade is given, and its rank; None: it is left blank."""

Value: TypeAlias = nw.Expr | int | float | str | bool
"""What a case may give."""

KINDS: dict[Any, tuple[int, int]] = {
    kind: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    for kind, bits in ((nw.Int8, 8), (nw.Int16, 16), (nw.Int32, 32), (nw.Int64, 64))
} | {kind: (0, 2**bits - 1) for kind, bits in ((nw.UInt8, 8), (nw.UInt16, 16), (nw.UInt32, 32), (nw.UInt64, 64))}
"""Kinds of whole numbers, and the least and the most that each can hold; of those with a sign the smallest first."""


WHOLE: dict[int, Any] = {16: nw.Int16, 32: nw.Int32, 64: nw.Int64}
"""Kinds of whole numbers with a sign, by their bits."""


def fits(kind: Any, least: int, most: int) -> bool:  # noqa: ANN401
    """Whether a kind is one of whole numbers that can hold all from ``least`` to ``most``."""
    low, high = KINDS.get(kind, (0, -1))
    return low <= least and most <= high


def smallest(least: int, most: int, *, of: Sequence[Any]) -> Any:  # noqa: ANN401
    """The first of some kinds that can hold all numbers from ``least`` to ``most``; the last where none can."""
    return next((kind for kind in of if fits(kind, least, most)), of[-1])


def chain(cases: Sequence[tuple[nw.Expr, Value]], otherwise: Value) -> nw.Expr:
    """The value of the first case that holds."""
    found: nw.Expr = otherwise if isinstance(otherwise, nw.Expr) else nw.lit(otherwise)
    for condition, value in reversed(cases):
        found = nw.when(condition).then(value if isinstance(value, nw.Expr) else nw.lit(value)).otherwise(found)
    return found


def any_of(conditions: Sequence[nw.Expr]) -> nw.Expr | None:
    """Where any condition holds; None for no conditions."""
    found: nw.Expr | None = None
    for condition in conditions:
        found = condition if found is None else found | condition
    return found


def as_expression(truth: Truth) -> nw.Expr:
    """A condition as an expression, even where it is the same for every row."""
    return nw.lit(truth) if isinstance(truth, bool) else truth


def literal(frame: Frame, value: float | str | None, kind: Any) -> nw.Expr:  # noqa: ANN401
    """A value of a kind. In Spark a number of up to 32 bits stays a whole number of 32, which takes in smaller ones.

    Each change of kind is half a dozen calls of Java, and there are hundreds of literals.
    """
    if value is not None and frame.implementation.is_pyspark() and kind in (nw.Int8, nw.Int16, nw.Int32, nw.String):
        return nw.lit(value)
    return nw.lit(value, dtype=kind)


def in_words(frame: Frame, cases: Sequence[Case], otherwise: int | None, words: Sequence[str]) -> nw.Expr:
    """The words of grades as an engine writes them: ordered ones in Polars, text in all others."""
    kind: Any = nw.Enum(words) if frame.implementation.is_polars() else nw.String

    def word(rank: int | None) -> nw.Expr:
        return literal(frame, None if rank is None else words[rank], kind)

    return chain([(where, word(rank)) for where, rank in cases], word(otherwise))


# -- quotients ----------------------------------------------------------------------------------------


@frozen
class Quotient:
    """``(slope * X + offset) / whole`` in lowest terms, for a column X of whole numbers.

    X counts ranks above the lowest, or points where a column is added up as it is; the quotient is a percentage, in
    percent. Nine scores from 1 to 4 with X from 0 to 27 above their least sum of 9 have 100 * (X + 9) / 36 percent,
    in lowest terms (25 * X + 225) / 9.

    Args:
        slope: What X is multiplied by; above 0. Percent of ``whole`` for each point.
        offset: What is added, in the same unit.
        whole: What it is divided by; above 0.
    """

    slope: int
    offset: int
    whole: int

    @classmethod
    def of(cls, slope: int, offset: int, whole: int) -> Quotient:
        """Put into lowest terms: no rounding is changed by a factor that both parts of a fraction have."""
        common = gcd(slope, offset, whole)
        return cls(slope // common, offset // common, whole // common)

    def tells_apart(self, rounding: Rounding) -> bool:
        """Whether different X always give different rounded values."""
        return tells_apart(self.slope, self.whole, rounding)

    def rounded(self, x: nw.Expr, least: int, most: int, rounding: Rounding) -> nw.Expr:
        """The quotient rounded by whole numbers.

        Args:
            x: The column X.
            least: The least that X can be, or less.
            most: The most that X can be, or more.
            rounding: Any rounding but ``none``.
        """
        slope, offset, whole = self.slope, self.offset, self.whole
        if rounding == "up":
            offset += whole - 1
        elif rounding != "down":
            if whole % 2:  # so that a half is a whole number
                slope, offset, whole = 2 * slope, 2 * offset, 2 * whole
            offset += whole // 2
        ends = [slope * least, slope * most]
        ends += [end + offset for end in ends]
        least, most = min(*ends, offset) - whole, max(*ends, slope, offset, whole)
        kind = smallest(least, most, of=(nw.Int16, nw.Int32, nw.Int64))

        def lit(number: int) -> nw.Expr:
            return nw.lit(number, dtype=kind)

        above = x.cast(kind) if slope == 1 else x.cast(kind) * lit(slope)
        above = above + lit(offset) if offset else above
        shown = above // lit(whole) if whole > 1 else above
        if rounding == "half_even":
            # The product lies below ``above`` by less than ``whole``: it fits as well.
            odd_tie = (shown * lit(whole) == above) & (shown - (shown // lit(2)) * lit(2) == lit(1))
            shown = nw.when(odd_tie).then(shown - lit(1)).otherwise(shown)
        return shown


def rounded(parts: nw.Expr, whole: nw.Expr, rounding: Rounding) -> nw.Expr:
    """Whole numbers divided and rounded by whole numbers, both of which may differ from row to row."""
    if rounding == "up":
        return (parts + whole - 1) // whole
    if rounding == "down":
        return parts // whole
    shown = (2 * parts + whole) // (2 * whole)
    if rounding == "half_even":
        odd_tie = (shown * 2 * whole == 2 * parts + whole) & (shown - 2 * (shown // 2) == 1)
        shown = nw.when(odd_tie).then(shown - 1).otherwise(shown)
    return shown
