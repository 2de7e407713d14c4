"""Work a plan out over NumPy arrays, a block of rows at a time, with whole numbers only.

A block is small enough to stay in the processor's cache between the steps, which is what makes this quick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from careassure.frame.arrays import (
    NO_GRADE,
    Array,
    Column,
    FactData,
    LeafData,
    Mask,
    Rated,
    either,
    some,
)
from careassure.frame.block import Block
from careassure.frame.sheet import Sheet
from careassure.frame.truths import Side, invert, together
from careassure.methods.margin import stretches_of
from careassure.methods.plan import MethodPlan, NodePlan
from careassure.model.rounding import Rounding

BLOCK = 262_144
"""Rows that are worked out together; measured best among powers of two."""


@frozen(eq=False)
class Kernel:
    """A plan made ready for arrays.

    Args:
        plan: The plan.
        outputs: Which results are wanted, by the keys of their columns.
        refuse: Whether a score that is missing makes a row bad.
        block: Rows that are worked out together.
        bits: How many bits the columns of whole numbers have, by their keys; 64 where nothing is said.
    """

    plan: MethodPlan
    outputs: tuple[str, ...]
    refuse: bool = False
    block: int = BLOCK
    bits: Mapping[str, int] = field(factory=dict[str, int])

    def run(self, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int) -> Rated:
        """Work the plan out.

        Args:
            leaves: One for each source of the plan that is given, in its order.
            facts: The facts that are known.
            rows: How many rows there are.
        """
        run = _Run(self, leaves, facts, rows)
        for start in range(0, max(rows, 1), self.block):  # once even for no rows, to have the columns
            run.work(start, min(start + self.block, rows))
        return run.rated()


class _Run(Block):
    """One run of a kernel: a block at a time, and the sheet of results."""

    def __init__(
        self, kernel: Kernel, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int
    ) -> None:
        super().__init__(
            kernel.plan, kernel.outputs, refuse=kernel.refuse, size=min(kernel.block, rows), leaves=leaves, facts=facts
        )
        self.bits = kernel.bits
        self.sheet = Sheet(rows)
        self.bad_rows: list[NDArray[np.intp]] = []
        self.broken_row: int | None = None
        self.stretches = stretches_of(self.plan.fitted) if self.margins else None

    def rated(self) -> Rated:
        columns = {name: Column(self.sheet.columns[name], self.sheet.blanks.get(name)) for name in self.sheet.columns}
        bad = np.concatenate(self.bad_rows) if self.bad_rows else np.empty(0, np.intp)
        return Rated(columns, bad, self.broken_row)

    def work(self, start: int, stop: int) -> None:
        """Work out the rows from ``start`` to before ``stop``, and write their results."""
        super().work(start, stop)
        self._write()
        self._set_bad_rows_apart()

    # -- results --------------------------------------------------------------------------------------

    def _kind(self, name: str) -> np.dtype[Any]:
        """The type of a column of whole numbers."""
        return np.dtype(f"i{self.bits.get(name, 64) // 8}")

    def _write(self) -> None:
        overall = self.plan.overall
        span = (self.start, self.stop)
        names = set(self.outputs)
        if overall is not None:
            self._write_grades(overall, names)
        else:
            for name in names & {"rating", "low", "high", "suggested"}:
                self.sheet.grades(name, *span, NO_GRADE, None)
        if any(name.startswith(("score", "percentage")) for name in names):
            self._write_percentages()
        if any(name.startswith("margin") for name in names):
            self._write_margin(names)
        for node in self.plan.nodes:
            for side in ("profile", "profile_low", "profile_high"):
                if f"{side} {node.target}" in names:
                    self._write_place(f"{side} {node.target}", node)
        for flag, test in self.plan.flags:
            name = f"flag {flag}"
            if name in names:
                low, high = self._holds(test, "low"), self._holds(test, "high")
                self.sheet.put(name, np.bool_, *span, low, _both(high, invert(low)))

    def _write_place(self, name: str, node: NodePlan) -> None:
        low, high, absent = self.low[node.source], self.high[node.source], self.absent[node.source]
        if name.startswith("profile "):
            absent = either(absent, None if low is high else low != high)
        found = high if name.startswith("profile_high") else low
        self.sheet.grades(name, self.start, self.stop, found, absent)

    def _write_grades(self, overall: NodePlan, names: set[str]) -> None:
        span = (self.start, self.stop)
        low, high, absent = self.low[overall.source], self.high[overall.source], self.absent[overall.source]
        if "rating" in names:
            self.sheet.grades("rating", *span, low, either(absent, None if low is high else low != high))
        if "low" in names:
            self.sheet.grades("low", *span, low, absent)
        if "high" in names:
            self.sheet.grades("high", *span, high, absent)
        if "suggested" in names:
            found = self.suggested if any(ladder.name == "suggest" for ladder in overall.ladders) else NO_GRADE
            self.sheet.grades("suggested", *span, found, absent)

    def _write_percentages(self) -> None:
        span = (self.start, self.stop)
        found = [n for n in self.outputs if n.startswith(("score", "percentage"))]
        headline = self.plan.headline
        if headline is None:
            for name in found:
                self.sheet.put(name, self._kind(name), *span, 0, np.ones(self.stop - self.start, np.bool_))
            return
        absent = self._all_absent(headline.inputs)
        same = self._same(self.sums[headline.part])
        low = self._percentage("low")
        high = low if same else self._percentage("high")
        whole = headline.whole if isinstance(headline.whole, int) else np.maximum(self._value(headline.whole, "low"), 1)
        open_ = None if same else some(low != high)
        shown: tuple[Array, Array] | None = None
        for name in found:
            edge = "_low" in name or "_high" in name
            parts: Array | int = high if "_high" in name else low
            blank = absent if edge else either(absent, open_)
            if name.startswith("score"):
                if headline.rounding == "none":
                    blank = np.ones(self.stop - self.start, np.bool_)
                if shown is None:
                    worst = _rounded(low, whole, headline.rounding)
                    shown = worst, worst if same else _rounded(high, whole, headline.rounding)
                parts = shown["_high" in name]
                if not edge and not same and headline.rounding != "none":
                    blank = either(absent, some(shown[0] != shown[1]))
            elif name.endswith("denominator"):
                parts = whole
            self.sheet.put(name, self._kind(name), *span, parts, blank)

    def _percentage(self, side: Side) -> Array:
        """100 times the part, in few bits where that is enough."""
        headline = self.plan.headline
        assert headline is not None  # noqa: S101
        total = self.sums[headline.part]
        form = total.form
        whole = headline.whole if isinstance(headline.whole, int) else 2**16
        # Rounding to the nearest doubles the part and adds the whole: that has to fit as well.
        fits = 200 * (form.most * form.slope + form.offset) + 2 * whole < 2**16
        if fits and not headline.part.known and self._whole(total):
            part = np.multiply(self._steps(total, side), np.uint16(100 * form.slope), dtype=np.uint16)
            part += np.uint16(100 * form.offset)
            return part
        return 100 * np.asarray(self._value(headline.part, side), np.int64)

    def _write_margin(self, names: set[str]) -> None:
        span = (self.start, self.stop)
        rows = self.stop - self.start
        stretches = self.stretches
        overall = self.plan.overall
        if stretches is None or overall is None:
            raise ValueError("this plan has no margins")
        places = [
            next(p for p, s in enumerate(self.plan.sources) if s.given and s.id == leaf) for leaf in stretches.leaves
        ]
        points = np.full(rows, sum(self.plan.sources[place].scale.lowest.value for place in places), np.int64)
        for place in places:
            points += self.low[place]
        starts = np.array([start for start, _ in stretches.starts], np.int64)
        ranks = [rank for _, rank in stretches.starts]
        stretch = np.searchsorted(starts, points, side="right") - 1
        last = len(ranks) - 1
        after = np.array([*starts[1:], 0])[stretch]
        before = starts[stretch]
        open_ = self.unsure
        if "margin_up" in names:
            self.sheet.put("margin_up", self._kind("margin_up"), *span, after - points, either(open_, stretch == last))
        if "margin_down" in names:
            self.sheet.put(
                "margin_down", self._kind("margin_down"), *span, points - before + 1, either(open_, stretch == 0)
            )
        if "margin_above" in names:
            self.sheet.grades("margin_above", *span, np.array([*ranks[1:], NO_GRADE], np.uint8)[stretch], open_)
        if "margin_below" in names:
            self.sheet.grades("margin_below", *span, np.array([NO_GRADE, *ranks[:-1]], np.uint8)[stretch], open_)

    def _set_bad_rows_apart(self) -> None:
        """Leave every result of a bad row blank, and note where it is."""
        if self.broken is not None and self.broken_row is None:
            broken = self.broken if self.bad is None else self.broken & ~self.bad
            if broken.any():
                self.broken_row = self.start + int(broken.argmax())
        if self.bad is None:
            return
        self.bad_rows.append(self.start + np.flatnonzero(self.bad))
        for name in self.sheet.columns:
            if self.sheet.columns[name].dtype == np.uint8:
                self.sheet.columns[name][self.start : self.stop][self.bad] = NO_GRADE
            else:
                self.sheet.blank(name, self.start, self.stop, self.bad)


def _rounded(parts: Array, whole: Array | int, rounding: Rounding) -> Array:
    """Whole numbers divided and rounded by whole numbers."""
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


def _both(one: Array | bool, other: Array | bool) -> Mask | None:
    found = together([one, other], empty=True)
    return None if found is False else some(np.atleast_1d(found))
