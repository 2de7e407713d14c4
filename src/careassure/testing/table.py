"""The results of every combination of scores, side by side, so that each can be compared with all of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import prod
from operator import attrgetter, gt, is_not
from typing import Any

from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

_NOTHING = -1
"""Stands where an outcome gives nothing, or has several scales where there should be one."""
_AT_ONCE = 5_000
_SCALE, _RANK = attrgetter("scale"), attrgetter("rank")
_LOW, _HIGH = attrgetter("low"), attrgetter("high")


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
        self._filled: list[list[Any]] = []
        self._waiting: list[tuple[Any, ...] | None] = []
        self._count = 0

    def add(self, outcome: Outcome | None) -> None:
        """Add the results of the next combination."""
        if not self._filled and outcome is not None:
            self._begin(outcome)
        self._count += 1
        if self._filled:
            self._waiting.append(_results(outcome))
            if len(self._waiting) == _AT_ONCE:
                self._fill()

    def is_same(self, count: int, outcome: Outcome | None) -> bool:
        """Whether an outcome gives the results that are in the table."""
        columns = self._columns()
        row = _row(_results(outcome), len(columns))
        return all(column[count] == self._in_order(place, (row[place],))[0] for place, column in enumerate(columns))

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
            for name, column in zip(self._names, self._columns(), strict=True)
            if column[one] != column[other]
        ]
        return f"with one score changed, {changes[0] if changes else 'nothing'}"

    def faults(self, name: str) -> Iterator[tuple[int, int]]:
        """Pairs of neighbours of which the second falls (``monotone``), or lies outside the first (``missing``)."""
        seen: list[list[Any]] = []
        for side, column in zip(self._sides(), self._columns(), strict=True):
            if any(column == other for other in seen):
                continue  # such as low and high, where nothing is open
            if not self.missing:
                seen.append(column)
            yield from self._falls(column, side) if name == "monotone" else self._leaks(column, side)

    # -- columns --------------------------------------------------------------------------------------

    def _begin(self, outcome: Outcome) -> None:
        """Name the columns by the first outcome that there is."""
        names = ["the overall", "the percentage", "the score", *(f"the profile of {one.id}" for one in outcome.profile)]
        self._names = [f"{name} ({side})" for name in names for side in ("low", "high")]
        self._scales = [None] * len(self._names)
        self._filled = [[_NOTHING] * self._count for _ in self._names]

    def _fill(self) -> None:
        """Put the rows that wait into the columns: many at once is quick, most of all where low and high are alike."""
        before: tuple[Any, ...] = ()
        found: list[Any] = []
        for place, values in enumerate(self._values()):
            if not place % 2 or any(map(is_not, values, before)) or self._scales[place] != self._scales[place - 1]:
                found = self._in_order(place, values)
            self._scales[place] = self._scales[place] or self._scales[place - place % 2]
            self._filled[place] += found
            before = values
        self._waiting.clear()

    def _columns(self) -> list[list[Any]]:
        self._fill()
        return self._filled

    def _sides(self) -> list[str]:
        return ["low", "high"] * (len(self._names) // 2)

    def _values(self) -> Iterable[tuple[Any, ...]]:
        """What waits, for each column."""
        width = len(self._filled)
        entries = [row[-1] for row in self._waiting if row is not None]
        if len(entries) == len(self._waiting) and set(map(len, entries)) == {width // 2 - 3}:
            yield from list(zip(*self._waiting, strict=True))[:-1]
            for column in zip(*entries, strict=True):
                yield tuple(map(_LOW, column))
                yield tuple(map(_HIGH, column))
        elif self._waiting:
            yield from zip(*[_row(row, width) for row in self._waiting], strict=True)

    def _in_order(self, place: int, values: Sequence[Any]) -> list[Any]:
        """Values of a column as what can be compared: the ranks of grades on one scale, and numbers as they are."""
        kinds = set(map(type, values))
        if kinds == {Grade}:
            scales = set(map(_SCALE, values))
            known = self._scales[place] = self._scales[place] or values[0].scale
            if scales == {known}:
                return list(map(_RANK, values))
        elif len(kinds) == 1 and not isinstance(values[0], Grade):
            return [_NOTHING] * len(values) if values[0] is None else list(values)
        return [self._rank(place, value) for value in values]

    def _rank(self, place: int, value: Any) -> Any:  # noqa: ANN401  (a grade, a number or nothing)
        if not isinstance(value, Grade):
            return _NOTHING if value is None else value
        if self._scales[place] is None:
            self._scales[place] = value.scale
        return value.rank if value.scale == self._scales[place] else _NOTHING

    # -- neighbours -----------------------------------------------------------------------------------

    def _pairs(self, leaf: int, place: int, other: int) -> Iterator[tuple[range, range]]:
        """Where the combinations stand in which a leaf has one score, and those in which it has another."""
        step = prod(self.sizes[leaf + 1 :])
        whole = step * self.sizes[leaf]
        if step * whole <= self.size:  # long strides are fewer than short stretches
            for start in range(step):
                yield range(start + place * step, self.size, whole), range(start + other * step, self.size, whole)
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


def _results(outcome: Outcome | None) -> tuple[Any, ...] | None:
    """The results of an outcome that are compared, and the entries of its profile."""
    if outcome is None:
        return None
    return (
        outcome.low,
        outcome.high,
        outcome.percentage_low,
        outcome.percentage_high,
        outcome.score_low,
        outcome.score_high,
        outcome.profile.entries,
    )


def _row(results: tuple[Any, ...] | None, width: int) -> list[Any]:
    """The same one after the other, as many as there are columns."""
    if results is None:
        return [None] * width
    row = [*results[:-1], *(end for entry in results[-1] for end in (entry.low, entry.high))]
    return (row + [None] * width)[:width]


def _above(column: list[Any], one: range, two: range) -> Iterator[tuple[int, int]]:
    """Where the first of two values is above the second, and both are there."""
    before = column[one.start : one.stop : one.step]
    after = column[two.start : two.stop : two.step]
    if before != after and any(map(gt, before, after)):
        for a, b in zip(one, two, strict=True):
            if column[a] > column[b] and _NOTHING not in (column[a], column[b]):
                yield a, b
