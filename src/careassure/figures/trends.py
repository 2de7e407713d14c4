"""Whether a figure rises or falls over the years, with both ends."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import frozen

from careassure.errors import IncomparableError, Problem, collecting
from careassure.figures.alike import same_people, standing, where_of
from careassure.figures.model import Indicator, Value
from careassure.model.arguments import checked_after, explained
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

Way = Literal["rising", "falling", "unchanged", "up and down"]
"""How a figure moves: each step up or level, each down or level, all level, or both ways."""


@explained
@frozen
class Trend:
    """How a figure of one area moved from its first period to its last.

    Args:
        indicator: What is measured.
        values: The values that are compared, each with a number, by period.
        left_out: The values that are not, each with why: a mark, another scope, replaced, or from before a break.
    """

    indicator: Indicator
    values: tuple[Value, ...]
    left_out: tuple[tuple[Value, str], ...] = ()

    __repr__ = short_repr

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """The numbers, the oldest first."""
        return tuple(value.number for value in self.values if value.number is not None)

    @property
    def change(self) -> Fraction | None:
        """The last number less the first, in the indicator's unit; None with fewer than two."""
        return self.numbers[-1] - self.numbers[0] if len(self.numbers) > 1 else None

    @property
    def way(self) -> Way | None:
        """How it moved; None with fewer than two numbers."""
        if len(self.numbers) < 2:
            return None
        ups = any(later > earlier for earlier, later in pairwise(self.numbers))
        downs = any(later < earlier for earlier, later in pairwise(self.numbers))
        return "up and down" if ups and downs else "rising" if ups else "falling" if downs else "unchanged"

    @property
    def better(self) -> bool | None:
        """Whether the last number lies on the better side of the first; None where that is not said."""
        change = self.change
        if not change or self.indicator.polarity == "context":
            return None
        return (change > 0) == (self.indicator.polarity == "higher")

    @property
    def words(self) -> str:
        """How it moved, in a sentence with both ends, and what was left out."""
        change, way = self.change, self.way
        said: list[str] = []
        if change is None or way is None:
            said.append("One value alone shows no trend." if self.values else "No value shows a trend.")
        else:
            unit = self.indicator.short_unit
            first, last = self.values[0], self.values[-1]
            ends = f"from {first.said(unit, 3)} in {first.period} to {last.said(unit, 3)} in {last.period}"
            by = f", {'up' if change > 0 else 'down'} {self.indicator.gap_said(change)}" if change else ""
            side = {True: ", the better way", False: ", the worse way", None: ""}[self.better]
            said.append(f"{way.capitalize()}: {ends}{by}{side} ({plural(len(self.values), 'value')}).")
        said += [
            f"Challenged, {value.period}, by {value.challenged_by}: {value.challenge.rstrip('.')}."
            for value in self.values
            if value.challenge
        ]
        by_why: dict[str, list[str]] = {}
        for value, why in self.left_out:
            by_why.setdefault(why, []).append(value.period)
        said += [f"Not in the trend, {why}: {join(list(dict.fromkeys(periods)))}." for why, periods in by_why.items()]
        return " ".join(said)

    def to_dict(self) -> dict[str, object]:
        """The trend as plain values; exact numbers are text."""
        return {
            "way": self.way,
            "change": None if self.change is None else str(self.change),
            "better": self.better,
            "values": {value.period: str(value.number) for value in self.values},
            "left_out": [{"period": value.period, "value": str(value.value), "why": why}
                         for value, why in self.left_out],
            "words": self.words,
        }  # fmt: skip

    def __str__(self) -> str:
        return self.words


@checked_after
def trend(indicator: Indicator, values: Iterable[Value], *, like: Value | None = None) -> Trend:
    """Whether a figure of one area rises or falls.

    Values that count others than the newest are left out, and so are marks, what was replaced, and what is older than
    a break in the series. Each is named with why.

    Args:
        indicator: What is measured.
        values: Its values for one area, in any order; one for each period that counts the same people.
        like: The value whose scope and source the others must have; the newest where None.

    Raises:
        IncomparableError: The values are of several areas, or of another measure.
        InvalidInputError: Two values of one period count the same people and have the same source.
    """
    given = sorted(values, key=lambda value: value.period)
    areas = {where_of(value) for value in given}
    if len(areas) > 1:
        raise IncomparableError(f"values of {plural(len(areas), 'area')} are given together", hint="Give those of one")
    keys = {indicator.key, *indicator.aliases}
    for value in given:
        if value.indicator not in keys:
            raise IncomparableError(f"{value.indicator} is not the same measure as {indicator.key}")
    stand = standing(given)
    newest = like or (stand[-1] if stand else None)
    kept: dict[str, list[Value]] = {}
    apart: list[tuple[Value, str]] = []
    for value in given:
        why = _why_not(indicator, value, newest, stand)
        if why:
            apart.append((value, why))
        else:
            kept.setdefault(value.period, []).append(value)
    chosen: list[Value] = []
    with collecting("the values") as problems:
        for period, several in kept.items():
            same = [value for value in several if newest is not None and value.source == newest.source]
            pick, *rest = [*same, *(value for value in several if value not in same)]
            if any(value.source == pick.source for value in rest):
                problems.append(Problem("", f"there are two values for {period}", "Keep one, or say their sources"))
            chosen.append(pick)
            apart += [(value, "from another source") for value in rest]
    return Trend(indicator, tuple(chosen), tuple(apart))


def _why_not(indicator: Indicator, value: Value, newest: Value | None, stand: list[Value]) -> str:
    if not any(value is other for other in stand):
        return "replaced by a later figure"
    if value.number is None:
        return "without a number"
    if indicator.comparable_from is not None and value.period < indicator.comparable_from:
        return f"from before the break of {indicator.comparable_from}"
    if newest is not None and same_people(value, newest) is not True:
        return "who is counted is not the same"
    return ""
