"""Whole numbers divided and rounded in lazy tables, in the smallest kind of number that holds every step."""

from __future__ import annotations

from math import gcd

import narwhals.stable.v2 as nw
from attrs import frozen

from careassure.frame.expressions import smallest
from careassure.model.rounding import Rounding


@frozen
class Quotient:
    """``(slope * X + offset) / whole`` in lowest terms, for a column X of whole numbers.

    Args:
        slope: What X is multiplied by; above 0.
        offset: What is added.
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
        """Whether different X always give different rounded values: each step of X is one or more.

        Rounding halves to even can make one of two numbers that are just one apart, as 1.5 and 2.5.
        """
        return self.slope > self.whole if rounding == "half_even" else self.slope >= self.whole

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
