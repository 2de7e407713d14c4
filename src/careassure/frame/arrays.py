"""Columns as arrays: how scores come in, how results go out, and how numbers become ranks.

Every array here has one entry for each row, the shape ``(rows,)``, unless it says otherwise. Columns stay apart, one
array each: that is how every library keeps them, and a matrix of ``(rows, scores)`` would be a copy of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import DTypeLike, NDArray

from careassure.model.scale import NOT_RATED_REASONS, NotRated, Scale

NO_GRADE = 255
"""Stands for no grade among ranks."""

UNKNOWN, BAD, STATE = -1, -2, -3
"""Stand among the ranks of `Codes` for a score not known, for something that is not a score, and, from there down, for
the states of carrying no grade, one for each reason."""

MOST_QUICK = 120
"""Up to this value scales of numbers are read in eight bits."""

REASONS = tuple(sorted(NOT_RATED_REASONS, key=lambda reason: NotRated(reason).withheld))
"""Those of scores that are only not shown come last, so that one comparison tells them."""

WITHHELD = STATE - sum(not NotRated(reason).withheld for reason in REASONS)
"""The code of the first state of a score that is only not shown; the others of them lie below."""

Array: TypeAlias = NDArray[Any]
Mask: TypeAlias = NDArray[np.bool_]


@frozen(eq=False)
class Bits:
    """Where a column has nothing, eight rows to a byte as PyArrow keeps it: unpacked for the rows that are asked for.

    Args:
        there: Bytes whose bits say, the lowest first, where there is something.
        first: How many bits come before those of the first row.
        rows: How many rows there are.
    """

    there: Array
    first: int
    rows: int

    def __getitem__(self, span: slice) -> Mask:
        """Where some rows that follow each other have nothing, of the shape ``(rows of the span,)``."""
        start, stop, _ = span.indices(self.rows)
        start, stop = start + self.first, max(start, stop) + self.first
        found = np.unpackbits(~self.there[start // 8 : (stop + 7) // 8], bitorder="little")
        return found[start % 8 : start % 8 + stop - start].view(np.bool_)


@frozen(eq=False)
class Numbers:
    """A column of numbers as it came: values of the scale, or anything else that a table may hold.

    Args:
        values: Whole numbers of any width, or floats in which NaN is a blank; of the shape ``(rows,)``.
        blank: Where there is nothing, of as many rows; None where that is nowhere, or for floats.
    """

    values: Array
    blank: Mask | Bits | None = None


@frozen(eq=False)
class Codes:
    """A column that was read already.

    Args:
        ranks: The rank of each score, or `UNKNOWN`, `BAD`, or a state's code; of the shape ``(rows,)``.
    """

    ranks: NDArray[np.int8]


Room: TypeAlias = Callable[[str, DTypeLike], Array]
"""Gives an array of as many rows as there are, for a purpose and of a kind of numbers."""

LeafData: TypeAlias = Numbers | Codes | None
"""What is known of a score, row by row; None: nothing at all."""


@frozen(eq=False)
class FactData:
    """What is known of a fact, row by row.

    Args:
        holds: Whether it holds, of the shape ``(rows,)``.
        blank: Where nothing is said, of the same shape; None where that is nowhere.
    """

    holds: Mask
    blank: Mask | None = None


@frozen(eq=False)
class Column:
    """A column of results.

    Args:
        values: Numbers, ranks as bytes (`NO_GRADE` for none) or true and false; of the shape ``(rows,)``.
        blank: Where there is no result, of the same shape; None where that is nowhere, or for ranks.
    """

    values: Array
    blank: Mask | None = None


@frozen(eq=False)
class Rated:
    """What came out.

    Args:
        columns: The results by name.
        bad: The numbers of the bad rows, rising, of the shape ``(bad rows,)``: rows that hold something that is not a
            score, or where a score is missing that may not be.
        broken: A row in which the rungs of the method are not nested, or None.
    """

    columns: dict[str, Column]
    bad: NDArray[np.intp]
    broken: int | None = None


def code_of_state(state: NotRated) -> int:
    """The code of a state."""
    return STATE - REASONS.index(state.reason)


def state_of_code(code: int) -> NotRated:
    """The state that a code stands for."""
    return NotRated(REASONS[STATE - code])


def read_numbers(
    values: Array, blank: Mask | None, scale: Scale, ranks: Array, room: Room | None = None
) -> tuple[Mask | None, Mask | None]:
    """Turn values of a scale into ranks.

    Args:
        values: Numbers as they came, of the shape ``(rows,)``.
        blank: Where there is nothing, beside NaN; of the same shape.
        scale: The scale.
        ranks: Bytes of the same shape, filled with the ranks; 0 where there is none.
        room: Gives memory for the steps between, and for what is returned; new memory where None.

    Returns:
        Where nothing is known, and where there is something that is not a score; None where that is nowhere.
    """
    room = room or (lambda _, kind: np.empty(len(ranks), kind))
    unknown = some(blank) if blank is not None else None
    floats = values.dtype.kind == "f"
    if values.dtype.kind == "b" or not scale.numeric:
        unknown = either(unknown, some(np.isnan(values))) if floats else unknown
        ranks.fill(0)
        return unknown, np.ones(len(ranks), np.bool_) if unknown is None else some(~unknown)
    odd: Mask | None
    if not 0 <= scale.lowest.value <= scale.highest.value <= MOST_QUICK:
        unknown = either(unknown, some(np.isnan(values))) if floats else unknown
        odd = _look_up(values, scale, ranks)
    else:
        odd = None
        if floats:
            values, nothing, odd = in_eight_bits(values, room)
            unknown = either(unknown, nothing)
        odd = either(odd, _step(values, scale, ranks))
    if unknown is not None:
        keep = np.subtract(unknown.view(np.uint8), np.uint8(1), out=room("keep", np.uint8))
        ranks &= keep  # no bits where nothing is known, else all
        odd = odd & ~unknown if odd is not None else None
    if ranks.max(initial=0) >= len(scale):
        odd = either(odd, ranks >= len(scale))
    odd = some(odd) if odd is not None else None
    if odd is not None:
        ranks[odd] = 0
    return unknown, odd


def in_eight_bits(values: Array, room: Room) -> tuple[Array, Mask | None, Mask | None]:
    """Floats as whole numbers of eight bits, where they are NaN, and where they are no such number but not NaN.

    NaN is what most often differs from its whole number: where as many differ as are NaN, it is all that does.

    Args:
        values: Floats, of the shape ``(rows,)``.
        room: Gives memory.
    """
    whole = room("whole", np.int8)
    with np.errstate(invalid="ignore"):
        np.copyto(whole, values, casting="unsafe")
    differs = np.not_equal(whole, values, out=room("differs", np.bool_))  # NaN differs from every number
    count = np.count_nonzero(differs)
    if not count:
        return whole, None, None
    nothing = np.isnan(values, out=room("nothing", np.bool_))
    if np.count_nonzero(nothing) == count:
        return whole, nothing, None
    return whole, some(nothing), differs & ~nothing


def _step(values: Array, scale: Scale, ranks: Array) -> Mask | None:
    """Turn small values of a scale into ranks, quickly. What is found to be odd is told; more may show in the ranks.

    Args:
        values: Whole numbers, of the shape ``(rows,)``.
        scale: A scale of numbers from 0 to `MOST_QUICK`.
        ranks: Bytes of the same shape, filled with the ranks.
    """
    size, lowest, highest = len(scale), scale.lowest.value, scale.highest.value
    if highest - lowest != size - 1:  # there are gaps
        table = np.full(highest + 3, NO_GRADE, np.uint8)
        table[[grade.value + 1 for grade in scale]] = range(size)
        np.take(table, np.clip(values, -1, highest + 1).astype(np.intp) + 1, out=ranks)
        return None
    if values.dtype.itemsize == 1:  # what lies below the scale wraps to far above it
        np.subtract(values.view(np.uint8), np.uint8(lowest), out=ranks)
        return None
    wide = values - values.dtype.type(lowest)
    np.copyto(ranks, wide, casting="unsafe")
    unsigned = wide.view(np.dtype(f"u{wide.dtype.itemsize}"))
    return unsigned >= size if unsigned.max(initial=0) >= size else None


def _look_up(values: Array, scale: Scale, ranks: Array) -> Mask:
    """Turn any values of a scale into ranks; those that the column's type cannot tell exactly are none of it."""
    kind = values.dtype
    if kind.kind == "f":
        there = [grade for grade in scale if _exactly(grade.value, kind)]
    else:
        there = [grade for grade in scale if grade.value <= np.iinfo(kind).max]
    if not there:
        ranks.fill(0)
        return np.ones(len(ranks), np.bool_)
    known = np.array([grade.value for grade in there], kind)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    np.take(np.array([grade.rank for grade in there], np.uint8), places, out=ranks)
    return np.asarray(known[places] != values)


def _exactly(value: int, kind: np.dtype[Any]) -> bool:
    """Whether a type of floats holds a number as it is."""
    with np.errstate(over="ignore"):
        try:
            found = kind.type(value)
        except OverflowError:
            return False
    return bool(np.isfinite(found)) and int(found) == value


def some(mask: Mask) -> Mask | None:
    """A mask, or None where it holds nowhere."""
    return mask if mask.any() else None


def either(one: Mask | None, other: Mask | None) -> Mask | None:
    """Where one mask holds or the other."""
    return other if one is None else one if other is None else one | other
