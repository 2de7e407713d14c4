"""The results of every combination of scores, side by side, so that each can be compared with all of its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import prod
from operator import gt
from typing import Any

from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

_NOTHING = -1
"""Stands where an outcome gives nothing, or has several scales where there should be one."""


class Table:
    """Columns of results, in the order of the combinations, the last leaf changing fastest.

    Args:
        sizes: For each leaf how many scores it can have.
        missing: Whether the first of these is that its score is missing.
    """

    def __init__(self, sizes: Sequence[int], *, missing: bool) -> None:
        self.sizes = tuple(sizes)
        self.missing = missing
        self.size = prod(sizes)
        self._names: list[str] = []
        self._scales: list[Any] = []
        self._columns: list[list[Any]] = []
        self._count = 0

    def add(self, outcome: Outcome | None) -> None:
        """Add the results of the next combination."""
        for column, value in zip(self._columns_of(outcome), self._row(outcome), strict=True):
            column.append(value)
        self._count += 1

    def is_same(self, count: int, outcome: Outcome | None) -> bool:
        """Whether an outcome gives the results that are in the table."""
        return all(column[count] == value for column, value in zip(self._columns, self._row(outcome), strict=True))

    def places(self, count: int) -> tuple[int, ...]:
        """The places of the scores of a combination: 0 is missing, 1 the lowest grade."""
        found: list[int] = []
        for size in reversed(self.sizes):
            count, place = divmod(count, size)
            found.append(place + (not self.missing))
        return tuple(reversed(found))

    def words(self, one: int, other: int) -> str:
        """How the results of two combinations differ."""
        changes = [
            f"{name} is {column[one]} and then {column[other]}"
            for name, column in zip(self._names, self._columns, strict=True)
            if column[one] != column[other]
        ]
        return f"with one score changed, {changes[0] if changes else 'nothing'}"

    def faults(self, name: str) -> Iterator[tuple[int, int]]:
        """Pairs of neighbours of which the second falls (``monotone``), or lies outside the first (``missing``)."""
        seen: list[list[Any]] = []
        for side, column in zip(self._sides(), self._columns, strict=True):
            if any(column == other for other in seen):
                continue  # such as low and high, where nothing is open
            if not self.missing:
                seen.append(column)
            yield from self._falls(column, side) if name == "monotone" else self._leaks(column, side)

    # -- columns --------------------------------------------------------------------------------------

    def _columns_of(self, outcome: Outcome | None) -> list[list[Any]]:
        if not self._columns and outcome is not None:
            places = [f"the profile of {entry.id}" for entry in outcome.profile]
            names = ["the overall", "the percentage", "the score", *places]
            self._names = [f"{name} ({side})" for name in names for side in ("low", "high")]
            self._scales = [None] * len(self._names)
            self._columns = [[_NOTHING] * self._count for _ in self._names]
        return self._columns

    def _sides(self) -> list[str]:
        return ["low", "high"] * (len(self._names) // 2)

    def _row(self, outcome: Outcome | None) -> list[Any]:
        if outcome is None:
            return [_NOTHING] * len(self._columns)
        values: list[Any] = [
            outcome.low,
            outcome.high,
            outcome.percentage_low,
            outcome.percentage_high,
            outcome.score_low,
            outcome.score_high,
        ]
        for entry in outcome.profile.entries:
            values += (entry.low, entry.high)
        if len(values) != len(self._columns):
            values = (values + [None] * len(self._columns))[: len(self._columns)]
        return [
            _NOTHING if value is None else self._rank(place, value) if isinstance(value, Grade) else value
            for place, value in enumerate(values)
        ]

    def _rank(self, place: int, grade: Grade) -> int:
        known = self._scales[place]
        if known is None:
            self._scales[place] = known = grade.scale
        return grade.rank if grade.scale == known else _NOTHING

    # -- neighbours -----------------------------------------------------------------------------------

    def _pairs(self, leaf: int, place: int, other: int) -> Iterator[tuple[range, range]]:
        """Where the combinations stand in which a leaf has one score, and those in which it has another."""
        step = prod(self.sizes[leaf + 1 :])
        whole = step * self.sizes[leaf]
        if step == 1:
            yield range(place, self.size, whole), range(other, self.size, whole)
        else:
            for start in range(0, self.size, whole):
                one, two = start + place * step, start + other * step
                yield range(one, one + step), range(two, two + step)

    def _falls(self, column: list[Any], _side: str) -> Iterator[tuple[int, int]]:
        for leaf, size in enumerate(self.sizes):
            for place, other in pairwise(range(int(self.missing), size)):
                for one, two in self._pairs(leaf, place, other):
                    yield from _above(column, one, two)

    def _leaks(self, column: list[Any], side: str) -> Iterator[tuple[int, int]]:
        if not self.missing:
            return
        for leaf, size in enumerate(self.sizes):
            for place in range(1, size):
                for one, two in self._pairs(leaf, 0, place):
                    found = _above(column, one, two) if side == "low" else _above(column, two, one)
                    yield from ((a, b) if side == "low" else (b, a) for a, b in found)


def _above(column: list[Any], one: range, two: range) -> Iterator[tuple[int, int]]:
    """Where the first of two values is above the second, and both are there."""
    before = column[one.start : one.stop : one.step]
    after = column[two.start : two.stop : two.step]
    if any(map(gt, before, after)):
        for a, b in zip(one, two, strict=True):
            if column[a] > column[b] and _NOTHING not in (column[a], column[b]):
                yield a, b
