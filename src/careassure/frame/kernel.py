"""Work a plan out over NumPy arrays, a block of rows at a time, with whole numbers only.

A block is small enough to stay in the processor's cache between the steps, which is what makes this quick. All arrays
of a block have the shape ``(rows of the block,)``; ranks are bytes from 0, the lowest grade, upwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import field, frozen

from careassure.frame.arrays import (
    BAD,
    NO_GRADE,
    STATE,
    UNKNOWN,
    WITHHELD,
    Array,
    Codes,
    FactData,
    LeafData,
    Mask,
    Numbers,
    Rated,
    either,
    is_plain,
    read_numbers,
    some,
)
from careassure.frame.sheet import Sheet
from careassure.frame.walk import SIDES, Bounds, Linear, Side, Walk, ends_of, invert, together
from careassure.methods.margin import stretches_of
from careassure.methods.plan import Amount, FactPlan, LadderPlan, MethodPlan, NodePlan, Source

BLOCK = 262_144
"""Rows that are worked out together; measured best among powers of two."""

NOTHING = np.zeros(0, np.uint8)

Terms = tuple[tuple[int, int, int], ...]


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
            leaves: One for each source of the plan that is given, in its order, each of the shape ``(rows,)``.
            facts: The facts that are known, each one for all rows or of the shape ``(rows,)``.
            rows: How many rows there are.
        """
        block = Block(self, leaves, facts, min(self.block, rows))
        sheet = Sheet(self.outputs, self.bits, rows)
        for start in range(0, max(rows, 1), self.block):  # once even for no rows, to have the columns
            block.work(start, min(start + self.block, rows))
            sheet.write(block)
        return sheet.rated()


class Block(Walk[Array]):
    """A plan worked out for a block of rows: scores, sums, conditions, grades.

    Args:
        kernel: What is wanted.
        leaves: What is known of each score that is given, each of the shape ``(all rows,)``.
        facts: The facts that are known.
        size: The most rows of a block.
    """

    def __init__(
        self, kernel: Kernel, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], size: int
    ) -> None:
        super().__init__(kernel.plan, kernel.outputs)
        self.refuse = kernel.refuse
        self.leaves = leaves
        self.facts = facts
        self.stretches = stretches_of(self.plan.fitted) if self._asks_for("margin") else None
        self.points = _points(self.plan, self.stretches.leaves) if self.stretches is not None else None
        self.sole = self._sole()
        self.scratch = [np.empty(size, np.uint8) for _ in range(3 if self.sole is not None else len(leaves))]
        self.start = self.stop = 0
        self.forget()

    @property
    def rows(self) -> int:
        """How many rows the block has."""
        return self.stop - self.start

    def _asks_for(self, kind: str) -> bool:
        return any(name.startswith(kind) for name in self.outputs)

    def _sole(self) -> Terms | None:
        """The terms of the one sum of all ranks on which the results hang, where they hang on nothing else.

        Then no rank needs to be kept: each score is added to one sum of eight bits as soon as it is read.
        """
        plan, plain = self.plan, all(isinstance(data, Numbers) for data in self.leaves)
        tops = {source.unknown for source in plan.leaves}
        if self._asks_for("flag ") or self._asks_for("profile") or len(plan.nodes) != 1 or len(tops) != 1 or not plain:
            return None
        rungs = [rung for ladder in plan.nodes[0].ladders for rung in ladder.rungs]
        headline = plan.headline
        extra = [headline.part, headline.whole] if headline is not None else []
        sums = [*plan.amounts_of(rungs), *(one for one in (*extra, self.points) if isinstance(one, Amount))]
        every = tuple((place, 0, 1) for place, source in enumerate(plan.sources) if source.given)
        forms = [self.form(amount) for amount in sums]
        plain = bool(forms) and all(form.terms == every and kind_of(form) is np.uint8 for form in forms)
        return every if plain and not any(low for low, _ in tops) else None

    def forget(self) -> None:
        """Begin a block with nothing known."""
        places = len(self.plan.sources)
        self.bounds = [Bounds.one(NOTHING)] * places
        self.absent = [None] * places
        self.unsure = [None] * places
        self.bad: Mask | None = None
        self.open: Mask | None = None
        self.broken: Mask | None = None
        self.suggested: Array | None = None
        self._steps: dict[tuple[Terms, Side], Array] = {}
        self._places: dict[tuple[Terms, Side], Array] = {}
        self._climbed: dict[tuple[int, str, Side], Array] = {}

    def work(self, start: int, stop: int) -> None:
        """Work out the rows from ``start`` to before ``stop``."""
        self.start, self.stop = start, stop
        self.forget()
        if self.sole is not None:
            self._add_as_read(self.sole)
        else:
            given = [place for place, source in enumerate(self.plan.sources) if source.given]
            for place, data, room in zip(given, self.leaves, self.scratch, strict=True):
                self._load(place, data, room[: self.rows])
        for node in self.plan.nodes:
            if node.source in self.needed:
                self.grade(node)

    # -- scores ---------------------------------------------------------------------------------------

    def _load(self, place: int, data: LeafData, ranks: Array) -> None:
        """Read a score of the block: its ranks at worst and at best, and where it is left out."""
        source = self.plan.sources[place]
        unknown: Mask | None = None
        state: Mask | None = None
        withheld: Mask | None = None
        if data is None:
            ranks.fill(0)
            unknown = np.ones(len(ranks), np.bool_)
        elif isinstance(data, Codes):
            codes = data.ranks[self.start : self.stop]
            np.copyto(ranks, np.maximum(codes, 0), casting="unsafe")
            unknown = some(codes == UNKNOWN)
            state = some(codes <= STATE)
            if source.state is None and state is not None:
                withheld = some(codes <= WITHHELD)
                state = state if withheld is None else some(state & ~withheld)
            self._mark_bad(some(codes == BAD))
        else:
            unknown = self._read(data, source, ranks)
        if self.refuse and data is not None:
            self._mark_bad(unknown)
        self.unsure[place] = either(either(unknown, state), withheld)
        if self.points is not None:
            self.open = either(self.open, self.unsure[place])
        self.absent[place] = state if source.state is None else None
        low = high = ranks
        ends = ((unknown, source.unknown), (state, source.state), (withheld, source.withheld))
        cases = [(mask, span) for mask, span in ends if mask is not None and span is not None]
        for mask, span in cases:
            if span[0]:
                low = low | mask.view(np.uint8) * np.uint8(span[0])  # ranks are 0 where there is none
            high = high | mask.view(np.uint8) * np.uint8(span[1])
        self.bounds[place] = Bounds(low, high, not cases)

    def _read(self, data: Numbers, source: Source, ranks: Array) -> Mask | None:
        """Fill the ranks of a column of numbers in, and say where nothing is known."""
        blank = data.blank[self.start : self.stop] if data.blank is not None else None
        unknown, odd = read_numbers(data.values[self.start : self.stop], blank, source.scale, ranks)
        self._mark_bad(odd)
        return unknown

    def _add_as_read(self, terms: Terms) -> None:
        """Add scores up as they are read, where the results hang on nothing but the sum of all ranks.

        Every blank adds nothing at worst and the highest rank at best, so that blanks only need to be counted::

            given   3 . 4 .    total 5    blanks 2    best 5 + 2 * 3 = 11
        """
        total, ranks, blanks = (room[: self.rows] for room in self.scratch)
        total.fill(0)
        lift = 0
        top: int | None = None
        for data, source in zip(self.leaves, self.plan.leaves, strict=True):
            assert isinstance(data, Numbers)  # noqa: S101
            values = data.values[self.start : self.stop]
            if data.blank is None and is_plain(values, source.scale):
                np.add(total, values.view(np.uint8), out=total)  # wraps where it must: the lift is taken off below
                lift += source.scale.lowest.value
                continue
            unknown = self._read(data, source, ranks)
            np.add(total, ranks, out=total)
            if unknown is not None:
                if top is None:
                    blanks.fill(0)
                top = source.unknown[1]
                np.add(blanks, unknown.view(np.uint8), out=blanks)
                if self.refuse:
                    self._mark_bad(unknown)
        if lift:
            np.subtract(total, np.uint8(lift % 256), out=total)
        self._steps[terms, "low"] = total
        if top is not None:
            if self.points is not None:
                self.open = blanks != 0
            blanks *= np.uint8(top)
            blanks += total
            self._steps[terms, "high"] = blanks
            self.bounds = [Bounds(NOTHING, NOTHING, same=False)] * len(self.bounds)

    def _mark_bad(self, mask: Mask | None) -> None:
        self.bad = either(self.bad, mask)

    # -- sums and conditions --------------------------------------------------------------------------

    def _key(self, amount: Amount, side: Side) -> tuple[Terms, Side]:
        """What a sum is kept by: those of the same terms have the same X, and one side does where both are the same."""
        return self.form(amount).terms, "low" if self.same(amount) else side

    def steps(self, amount: Amount, side: Side) -> Array:
        """The X of a sum in its simplest form, in the smallest kind of number that holds it."""
        form = self.form(amount)
        key = self._key(amount, side)
        if key not in self._steps:
            kind = kind_of(form)
            found = np.zeros(self.rows, kind)
            for place, at, factor in form.terms:
                ranks = self.bounds[place].at(key[1])
                term: Array = ranks if not at else (ranks >= at).view(np.uint8)
                if factor != 1:
                    term = np.multiply(term, kind(factor), dtype=kind)
                np.add(found, term, out=found, casting="unsafe")
            self._steps[key] = found
        return self._steps[key]

    def places(self, amount: Amount, side: Side) -> Array:
        """The X of a sum as NumPy wants to have it to look things up by."""
        key = self._key(amount, side)
        if key not in self._places:
            self._places[key] = self.steps(amount, side).astype(np.intp)
        return self._places[key]

    def scaled(self, amount: Amount, side: Side, times: int) -> Array:
        """What a sum of everything comes to, ``times`` as much."""
        form = self.form(amount)
        return self.steps(amount, side).astype(np.int64) * (times * form.slope) + times * form.offset

    def constant(self, number: int) -> Array:
        """A number for every row."""
        return np.full(self.rows, number, np.int64)

    def counted(self, where: Array, number: int) -> Array:
        """A number where something holds, and 0 elsewhere."""
        return number * where.astype(np.int64)

    def fact(self, test: FactPlan) -> Array | bool:
        """Where a fact has a value."""
        data = self.facts.get(test.name, test.default)
        if isinstance(data, bool):
            return data is test.value
        holds = data.holds[self.start : self.stop]
        if data.blank is not None:
            holds = np.where(data.blank[self.start : self.stop], test.default, holds)
        return holds if test.value else ~holds

    def all_absent(self, places: Sequence[int]) -> Mask | None:
        """Where all of some sources are left out; None where that is nowhere."""
        found = super().all_absent(places)
        return None if found is None else some(found)

    # -- places that get a grade ----------------------------------------------------------------------

    def grade(self, node: NodePlan) -> None:
        """Work out the lowest and the highest grade of a place, what is suggested, and what is not nested."""
        super().grade(node)
        must, may = ends_of(node)
        sides = SIDES[:1] if self.is_known(node) else SIDES
        climbed = {
            (ladder.name, side): self.climb(node, ladder, side)
            for ladder in node.ladders
            for side in sides
            if self.wanted(node, ladder, side)
        }
        if not self.plan.settled and must is not may:
            for side in sides:
                self._mark_broken(node, climbed[must.name, side] > climbed[may.name, side])
        if node is self.plan.overall and self.suggests() is not None:
            worst = climbed["suggest", "low"]
            best = climbed.get(("suggest", "high"), worst)
            bounds = self.bounds[node.source]
            self.suggested = np.where(worst == best, np.clip(worst, bounds.low, bounds.high), np.uint8(NO_GRADE))

    def climb(self, node: NodePlan, ladder: LadderPlan, side: Side) -> Array:
        """How many rungs of a ladder hold, from the bottom up; none where the place is left out.

        A rung counts only where all below it hold. Where that is not proved of a ladder, the two are compared.
        """
        key: tuple[int, str, Side] = (node.source, ladder.name, "low" if self.is_known(node) else side)
        if key not in self._climbed:
            rank = np.zeros(self.rows, np.uint8)
            below: Array | bool = True
            for rung in ladder.rungs:
                holds = self.holds(rung, key[2])
                if not ladder.nested:
                    self._mark_broken(node, together([holds, invert(below)], empty=True))
                    holds = together([below, holds], empty=True)
                rank += holds if isinstance(holds, bool) else holds.view(np.uint8)
                below = holds
            absent = self.absent[node.source]
            self._climbed[key] = rank if absent is None else np.where(absent, np.uint8(0), rank)
        return self._climbed[key]

    def _mark_broken(self, node: NodePlan, mask: Array | bool) -> None:
        absent = self.absent[node.source]
        found = np.full(self.rows, mask) if isinstance(mask, bool) else mask
        self.broken = either(self.broken, some(found if absent is None else found & ~absent))


def kind_of(form: Linear) -> type[np.integer[Any]]:
    """The smallest kind of number that holds the X of a sum."""
    if form.most < 2**8:
        return np.uint8
    return np.uint16 if form.most < 2**16 else np.int32 if form.most < 2**31 else np.int64


def _points(plan: MethodPlan, leaves: Sequence[str]) -> Amount:
    """The sum of the ranks of some scores."""
    places = {source.id: place for place, source in enumerate(plan.sources) if source.given}
    found = [(place, tuple(range(len(plan.sources[place].scale)))) for place in sorted(places[leaf] for leaf in leaves)]
    return Amount(tuple(found))
