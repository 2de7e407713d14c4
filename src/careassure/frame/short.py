"""Columns of scores that are small whole numbers, added up as they are read, with no rank kept.

A block of a column is read from memory once; what is asked of it after that, it is asked in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from careassure.frame.arrays import MOST_QUICK, Array, Bits, LeafData, Mask, Numbers, Room, in_eight_bits, some
from careassure.frame.walk import Linear, Walk
from careassure.methods.plan import Amount
from careassure.model.scale import Scale

Terms = tuple[tuple[int, int, int], ...]

_ONE = np.uint8(1)


@frozen(eq=False)
class Short:
    """A column for a scale of whole numbers without gaps that fit into eight bits.

    Args:
        cells: Bytes, or floats in which NaN is a blank; of the shape ``(rows,)``.
        blank: Where there is nothing, of as many rows; None where that is nowhere, or for floats.
        lowest: The lowest value of the scale.
        highest: The highest value.
    """

    cells: Array
    blank: Mask | Bits | None
    lowest: int
    highest: int

    @classmethod
    def of(cls, data: LeafData, scale: Scale) -> Short | None:
        """A column seen so; None where it or its scale is another one."""
        lowest, highest = scale.lowest.value, scale.highest.value
        plain = scale.numeric and 0 <= lowest <= highest <= MOST_QUICK and highest - lowest == len(scale) - 1
        if not isinstance(data, Numbers) or not plain:
            return None
        kind = data.values.dtype
        if kind.kind == "f":
            return cls(data.values, None, lowest, highest) if data.blank is None else None
        if kind.kind not in "iu" or kind.itemsize != 1:
            return None
        return cls(data.values.view(np.uint8), data.blank, lowest, highest)  # what is below 0 is far too high now

    def add(self, span: slice, total: Array, ranks: Array, room: Room) -> tuple[Mask | None, int] | None:
        """Add the ranks of a block to a sum of bytes.

        Args:
            span: The rows of the block; there are some.
            total: The sum, of the shape ``(rows of the block,)``.
            ranks: Memory of the same shape.
            room: Gives memory.

        Returns:
            Where nothing is known, None where that is nowhere, and by how much every rank was taken too high; or None
            and the sum as it was, where the block holds something that is not a score.
        """
        cells = self.cells[span]
        unknown = some(self.blank[span]) if self.blank is not None else None
        if cells.dtype.kind == "f":
            whole, unknown, odd = in_eight_bits(cells, room)
            if odd is not None:
                return None
            cells = whole.view(np.uint8)
        if unknown is None:
            if np.minimum.reduce(cells) < self.lowest or np.maximum.reduce(cells) > self.highest:
                return None
            np.add(total, cells, out=total)  # wraps where it must
            return None, self.lowest
        np.subtract(cells, np.uint8(self.lowest), out=ranks)
        keep = np.subtract(unknown.view(np.uint8), _ONE, out=room("keep", np.uint8))
        np.bitwise_and(ranks, keep, out=ranks)  # no bits where nothing is known, else all
        if np.maximum.reduce(ranks) > self.highest - self.lowest:
            return None
        np.add(total, ranks, out=total)
        return unknown, 0


def sole_sum(walk: Walk[Array], leaves: Sequence[LeafData], points: Amount | None) -> Terms | None:
    """The terms of the one sum of all ranks on which the results hang, where they hang on nothing else.

    Then no rank needs to be kept: each score is added to one sum of eight bits as soon as it is read.

    Args:
        walk: The plan and what is asked of it.
        leaves: What is known of each score that is given.
        points: The sum on which margins hang; None where there are none.
    """
    plan, plain = walk.plan, all(isinstance(data, Numbers) for data in leaves)
    tops = {source.unknown for source in plan.leaves}
    more = any(name.startswith(("flag ", "profile")) for name in walk.outputs)
    if more or len(plan.nodes) != 1 or len(tops) != 1 or not plain:
        return None
    rungs = [rung for ladder in plan.nodes[0].ladders for rung in ladder.rungs]
    headline = plan.headline
    extra = [headline.part, headline.whole] if headline is not None else []
    sums = [*plan.amounts_of(rungs), *(one for one in (*extra, points) if isinstance(one, Amount))]
    every = tuple((place, 0, 1) for place, source in enumerate(plan.sources) if source.given)
    forms = [walk.form(amount) for amount in sums]
    plain = bool(forms) and all(form.terms == every and kind_of(form) is np.uint8 for form in forms)
    return every if plain and not any(low for low, _ in tops) else None


def kind_of(form: Linear) -> type[np.integer[Any]]:
    """The smallest kind of number that holds the X of a sum."""
    if form.most < 2**8:
        return np.uint8
    return np.uint16 if form.most < 2**16 else np.int32 if form.most < 2**31 else np.int64
