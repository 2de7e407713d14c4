"""The results of a plan as they are filled in, block by block.

What hangs on one sum alone and needs long numbers or a search is worked out once for each number that the sum can be,
and then looked up, row by row: ``results[sum]``. A method of nine scores from 1 to 4 has 28 such results, whatever the
number of rows. Grades are not looked up: three comparisons of bytes take a third of the time of one look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import gcd
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from careassure.frame.arrays import NO_GRADE, Array, Column, Mask, Rated, either, some
from careassure.frame.walk import Side, invert, tells_apart, together
from careassure.methods.margin import Stretches
from careassure.methods.plan import Amount, Headline, NodePlan, Test
from careassure.model.rounding import Rounding

if TYPE_CHECKING:
    from careassure.frame.kernel import Block

MOST_RESULTS = 1 << 16
"""Tables of results have at most so many, which keeps them in the processor's cache."""


class Sheet:
    """The results as they are filled in, block by block.

    Args:
        outputs: Which results are wanted, by the keys of their columns.
        bits: How many bits the columns of whole numbers have, by their keys; 64 where nothing is said.
        rows: How many rows there are in all.
    """

    def __init__(self, outputs: tuple[str, ...], bits: Mapping[str, int], rows: int) -> None:
        self.outputs = outputs
        self.bits = bits
        self.rows = rows
        self._columns: dict[str, Array] = {}
        self._blanks: dict[str, Mask] = {}
        self._bad: list[NDArray[np.intp]] = []
        self._broken: int | None = None
        self._tables: dict[str, Array] = {}

    def rated(self) -> Rated:
        """All that was filled in."""
        columns = {name: Column(values, self._blanks.get(name)) for name, values in self._columns.items()}
        return Rated(columns, np.concatenate(self._bad) if self._bad else np.empty(0, np.intp), self._broken)

    def write(self, block: Block) -> None:
        """Fill the results of a block in; those of its bad rows are left blank."""
        self.span = slice(block.start, block.stop)
        self._write_grades(block)
        self._write_percentages(block)
        if any(name.startswith("margin") for name in self.outputs):
            self._write_margins(block)
        for node in block.plan.nodes:
            for name in (f"profile {node.target}", f"profile_low {node.target}", f"profile_high {node.target}"):
                if name in self.outputs:
                    self._write_place(block, node, name.partition(" ")[0].removeprefix("profile_"), name)
        for flag, test in block.plan.flags:
            if f"flag {flag}" in self.outputs:
                self._write_flag(block, f"flag {flag}", test)
        self._set_bad_rows_apart(block)

    # -- columns --------------------------------------------------------------------------------------

    def _kind(self, name: str) -> np.dtype[Any]:
        """The type of a column of whole numbers."""
        return np.dtype(f"i{self.bits.get(name, 64) // 8}")

    def _room(self, name: str, dtype: DTypeLike) -> Array:
        """The place of the block in a column."""
        if name not in self._columns:
            self._columns[name] = np.empty(self.rows, dtype)
        return self._columns[name][self.span]

    def _put(self, name: str, dtype: DTypeLike, values: Array | int, blank: Mask | None) -> None:
        """Fill the block of a column in."""
        np.copyto(self._room(name, dtype), values, casting="unsafe")
        self._blank(name, blank)

    def _put_nothing(self, block: Block, name: str) -> None:
        """Leave the block of a column of whole numbers without results."""
        self._put(name, self._kind(name), 0, np.ones(block.rows, np.bool_))

    def _blank(self, name: str, blank: Mask | None) -> None:
        """Say where the block of a column has no result."""
        if blank is not None:
            if name not in self._blanks:
                self._blanks[name] = np.zeros(self.rows, np.bool_)
            self._blanks[name][self.span] |= blank

    def _grades(self, name: str, ranks: Array | int, blank: Mask | None) -> None:
        """Fill a block of grades in."""
        room = self._room(name, np.uint8)
        np.copyto(room, ranks, casting="unsafe")
        if blank is not None:
            np.bitwise_or(room, np.negative(blank.view(np.uint8)), out=room)  # -1 has all bits set, as NO_GRADE has

    def _look_up(self, block: Block, name: str, amount: Amount, side: Side, of: Callable[[Array], Array]) -> Array:
        """A result that hangs on one sum: looked up where the block's rows are more than its results can be.

        Args:
            block: The block.
            name: What the table of results is called.
            amount: The sum.
            side: At worst or at best.
            of: Makes the results of some X of the sum, in whole numbers of 64 bits, of any shape.
        """
        results = block.form(amount).most + 1
        if results > MOST_RESULTS or results > self.rows:
            return of(block.steps(amount, side).astype(np.int64))
        if name not in self._tables:
            self._tables[name] = of(np.arange(results))
        table = self._tables[name]
        room = block.scratch.of(("looked up", name, side), block.rows, table.dtype)
        # No X lies beyond the table; to clip spares NumPy a check, and it then fills the room without a copy.
        return np.take(table, block.places(amount, side), out=room, mode="clip")

    # -- grades and notices ---------------------------------------------------------------------------

    def _write_grades(self, block: Block) -> None:
        overall = block.plan.overall
        for name in self.outputs:
            if name not in ("rating", "low", "high", "suggested"):
                continue
            if overall is None:
                self._grades(name, NO_GRADE, None)
            elif name == "suggested":
                found = NO_GRADE if block.suggested is None else block.suggested
                self._grades(name, found, block.absent[overall.source])
            else:
                self._write_place(block, overall, name, name)

    def _write_place(self, block: Block, node: NodePlan, side: str, name: str) -> None:
        """Fill in the grade of a place: ``low``, ``high``, or the one that both are."""
        bounds, absent = block.bounds[node.source], block.absent[node.source]
        if side in ("low", "high"):
            self._grades(name, bounds.high if side == "high" else bounds.low, absent)
        else:
            self._grades(
                name, bounds.low, either(absent, None if bounds.same else block.differ(bounds.low, bounds.high))
            )

    def _write_flag(self, block: Block, name: str, test: Test) -> None:
        low, high = block.holds(test, "low"), block.holds(test, "high")
        self._put(name, np.bool_, low, _both(high, invert(low)))

    # -- percentages ----------------------------------------------------------------------------------

    def _write_percentages(self, block: Block) -> None:
        """Fill in the exact percentage, as the two parts of a fraction, and what is displayed of it."""
        names = [name for name in self.outputs if name.startswith(("score", "percentage"))]
        headline = block.plan.headline
        if not names:
            return
        if headline is None:
            for name in names:
                self._put_nothing(block, name)
            return
        absent = block.all_absent(headline.inputs)
        whole = headline.whole if isinstance(headline.whole, int) else np.maximum(block.value(headline.whole, "low"), 1)
        exact = _Ends(lambda side: self._part(block, headline, side))
        shown = _Ends(lambda side: self._shown(block, headline, exact, whole, side))
        for name in names:
            displayed = name.startswith("score")
            found = shown if displayed else exact
            blank = absent
            if displayed and headline.rounding == "none":
                self._put_nothing(block, name)
                continue
            if not ("_low" in name or "_high" in name):
                blank = either(absent, _open(block, headline, found, displayed=displayed))
            side: Side = "high" if "_high" in name and not block.same(headline.part) else "low"
            if displayed and self._kind(name) == np.int16 and _is_divided(block, headline):
                _divide(block, headline, side, self._room(name, np.int16).view(np.uint16))
                self._blank(name, blank)
                continue
            self._put(name, self._kind(name), whole if name.endswith("denominator") else found.at(side), blank)

    def _part(self, block: Block, headline: Headline, side: Side) -> Array:
        """100 times the part, in few bits where that is enough."""
        part = headline.part
        if not _is_of_one_sum(block, headline):
            return block.value(part, side, 100)
        form = block.form(part)
        if _is_short(block, headline):
            found = block.scratch.of(("part", side), block.rows, np.uint16)
            np.multiply(block.steps(part, side), np.uint16(100 * form.slope), out=found, dtype=np.uint16)
            return np.add(found, np.uint16(100 * form.offset), out=found)
        return self._look_up(block, "part", part, side, lambda x: x * (100 * form.slope) + 100 * form.offset)

    def _shown(self, block: Block, headline: Headline, exact: _Ends, whole: Array | int, side: Side) -> Array:
        """What is displayed: long divisions are looked up, where they hang on one sum."""
        part, form, rounding = headline.part, block.form(headline.part), headline.rounding
        if not _is_of_one_sum(block, headline) or not isinstance(whole, int):
            return _rounded(exact.at(side), whole, rounding)
        if _is_divided(block, headline):
            return _divide(block, headline, side, block.scratch.of(("shown", side), block.rows, np.uint16))
        if _is_short(block, headline):
            return _rounded(exact.at(side), whole, rounding)
        return self._look_up(
            block, "shown", part, side, lambda x: _rounded(x * (100 * form.slope) + 100 * form.offset, whole, rounding)
        )

    # -- margins --------------------------------------------------------------------------------------

    def _write_margins(self, block: Block) -> None:
        """Fill in the points to the grades below and above, and these grades: none where a score is not known."""
        stretches, points = block.stretches, block.points
        if stretches is None or points is None:
            raise ValueError("this plan has no margins")
        lowest = sum(block.plan.sources[place].scale.lowest.value for place, _ in points.parts)
        for name in self.outputs:
            if not name.startswith("margin"):
                continue
            way = name.removeprefix("margin_")
            found = self._look_up(block, name, points, "low", partial(_margin, stretches, way, lowest))
            blank = either(block.open, some(found < 0))
            if way in ("up", "down"):
                self._put(name, self._kind(name), found, blank)
            else:
                self._grades(name, found, blank)

    # -- bad rows -------------------------------------------------------------------------------------

    def _set_bad_rows_apart(self, block: Block) -> None:
        """Leave every result of a bad row blank, and note where it is."""
        if block.broken is not None and self._broken is None:
            broken = block.broken if block.bad is None else block.broken & ~block.bad
            if broken.any():
                self._broken = block.start + int(broken.argmax())
        if block.bad is None:
            return
        self._bad.append(block.start + np.flatnonzero(block.bad))
        for name, values in self._columns.items():
            if values.dtype == np.uint8:
                values[self.span][block.bad] = NO_GRADE
            else:
                self._blank(name, block.bad)


def _both(one: Array | bool, other: Array | bool) -> Mask | None:
    """Where two conditions hold; None where that is nowhere."""
    found = together([one, other], empty=True)
    return None if found is False else some(np.atleast_1d(found))


class _Ends:
    """Something at worst and at best, each worked out when it is first asked for."""

    def __init__(self, of: Callable[[Side], Array]) -> None:
        self._of = of
        self._found: dict[Side, Array] = {}

    def at(self, side: Side) -> Array:
        """One of the ends, of the shape ``(rows of the block,)``."""
        if side not in self._found:
            self._found[side] = self._of(side)
        return self._found[side]


def _open(block: Block, headline: Headline, found: _Ends, *, displayed: bool) -> Mask | None:
    """Where a percentage, or what is displayed of it, is another at worst than at best; None where that is nowhere.

    Where different sums always give different results, the sums are compared, which are shorter.
    """
    part, whole = headline.part, headline.whole
    if block.same(part):
        return None
    slope = 100 * block.form(part).slope
    apart = not displayed or (isinstance(whole, int) and tells_apart(slope, whole, headline.rounding))
    if apart and _is_of_one_sum(block, headline):
        return block.differ(block.steps(part, "low"), block.steps(part, "high"))
    return block.differ(found.at("low"), found.at("high"))


def _is_of_one_sum(block: Block, headline: Headline) -> bool:
    """Whether the part of a percentage is a sum of which nothing is left out or only counted where it is known."""
    return not headline.part.known and block.whole(headline.part)


def _is_short(block: Block, headline: Headline) -> bool:
    """Whether 16 bits are enough for all that comes up: rounding to the nearest doubles 100 times the part."""
    form = block.form(headline.part)
    whole = headline.whole if isinstance(headline.whole, int) else 2**16
    return form.offset >= 0 and 200 * (form.most * form.slope + form.offset) + 2 * whole < 2**16


def _is_divided(block: Block, headline: Headline) -> bool:
    """Whether what is displayed is a sum multiplied, added to and divided in 16 bits, with nothing else to look at."""
    plain = isinstance(headline.whole, int) and headline.rounding not in ("half_even", "none")
    return plain and _is_of_one_sum(block, headline) and _is_short(block, headline)


def _divide(block: Block, headline: Headline, side: Side, room: Array) -> Array:
    """What is displayed, as `_is_divided` says, in 16 bits and in the memory that is given."""
    if not isinstance(headline.whole, int):
        raise TypeError(headline.whole)
    form = block.form(headline.part)
    times, more, divisor = _division(100 * form.slope, 100 * form.offset, headline.whole, headline.rounding)
    np.multiply(block.steps(headline.part, side), np.uint16(times), out=room, dtype=np.uint16)
    np.add(room, np.uint16(more), out=room)
    return np.floor_divide(room, np.uint16(divisor), out=room)


def _rounded(parts: Array, whole: Array | int, rounding: Rounding) -> Array:
    """Whole numbers divided and rounded by whole numbers, of the shape of ``parts``."""
    divisor: Any = parts.dtype.type(whole) if isinstance(whole, int) else whole
    if rounding == "up":
        return np.asarray((parts + (divisor - 1)) // divisor)
    if rounding in ("half_up", "half_even"):
        shown = (2 * parts + divisor) // (2 * divisor)
        if rounding == "half_even":
            tie = (2 * parts + divisor) % (2 * divisor) == 0
            shown = shown - (tie & (shown % 2 == 1))
        return np.asarray(shown)
    return np.asarray(parts // divisor)


def _division(slope: int, offset: int, whole: int, rounding: Rounding) -> tuple[int, int, int]:
    """What turns X into ``slope * X + offset`` divided by ``whole`` and rounded up, down, or to the nearest.

    With 100 X + 900 of 36, rounded up, it is (25 X + 233) // 9: what all three have in common changes nothing, and
    what is then left over of the middle one is too little to reach another whole number.

    Returns:
        A factor, what is added, and what is divided by without a remainder.
    """
    twice = 2 if rounding == "half_up" else 1
    more = {"up": whole - 1, "half_up": whole}.get(rounding, 0)
    common = gcd(twice * slope, twice * whole)
    return twice * slope // common, (twice * offset + more) // common, twice * whole // common


def _margin(stretches: Stretches, way: str, lowest: int, ranks: Array) -> Array:
    """The margin of some sums of ranks, of their shape; -1 where there is none.

    Where grades begin at 9, 14 and 22 points, 15 points lie in the second stretch: 2 points further down and 7 further
    up stand other grades.

    Args:
        stretches: The points with which grades begin.
        way: ``up`` and ``down``: how many points; ``above`` and ``below``: the rank of the grade there.
        lowest: The points where all ranks are 0.
        ranks: Some sums of ranks.
    """
    starts = [start for start, _ in stretches.starts]
    grades = [rank for _, rank in stretches.starts]
    points = ranks + lowest
    stretch = np.searchsorted(np.array(starts), points, side="right") - 1
    if way == "up":
        return np.where(stretch == len(grades) - 1, -1, np.array([*starts[1:], 0])[stretch] - points)
    if way == "down":
        return np.where(stretch == 0, -1, points - np.array(starts)[stretch] + 1)
    return np.array([*grades[1:], -1] if way == "above" else [-1, *grades[:-1]])[stretch]
