"""Work a plan out over NumPy arrays, a block of rows at a time, with whole numbers only.

A block is small enough to stay in the processor's cache between the steps, which is what makes this quick. All arrays
of a block have the shape ``(rows of the block,)``; ranks are bytes from 0, the lowest grade, upwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from attrs import field, frozen
from numpy.typing import DTypeLike

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
    read_numbers,
    some,
)
from careassure.frame.scratch import Scratch
from careassure.frame.sheet import Sheet
from careassure.frame.short import Short, Terms, kind_of, sole_sum
from careassure.frame.walk import SIDES, Bounds, Side, Walk, ends_of, invert, together
from careassure.methods.margin import stretches_of
from careassure.methods.plan import Amount, FactPlan, LadderPlan, MethodPlan, NodePlan, Reaches, Source

BLOCK = 262_144
"""Rows that are worked out together; measured best among powers of two."""

NOTHING = np.zeros(0, np.uint8)


@frozen(eq=False)
class Kernel:
    """A plan made ready for arrays.

    Args:
        plan: The plan.
        outputs: Which results are wanted, by the keys of their columns.
        refuse: Whether a score that is missing makes a row bad.
        block: Rows that are worked out together; None for `BLOCK`, or twice as many where one sum is all that is kept.
        bits: How many bits the columns of whole numbers have, by their keys; 64 where nothing is said.
    """

    plan: MethodPlan
    outputs: tuple[str, ...]
    refuse: bool = False
    block: int | None = None
    bits: Mapping[str, int] = field(factory=dict[str, int])

    def run(self, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int) -> Rated:
        """Work the plan out.

        Args:
            leaves: One for each source of the plan that is given, in its order, each of the shape ``(rows,)``.
            facts: The facts that are known, each one for all rows or of the shape ``(rows,)``.
            rows: How many rows there are.
        """
        block = Block(self, leaves, facts, rows)
        sheet = Sheet(self.outputs, self.bits, rows)
        for start in range(0, max(rows, 1), block.size or 1):  # once even for no rows, to have the columns
            block.work(start, min(start + block.size, rows))
            sheet.write(block)
        return sheet.rated()


class Block(Walk[Array]):
    """A plan worked out for a block of rows: scores, sums, conditions, grades.

    Args:
        kernel: What is wanted.
        leaves: What is known of each score that is given, each of the shape ``(all rows,)``.
        facts: The facts that are known.
        rows: How many rows there are in all.
    """

    def __init__(
        self, kernel: Kernel, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int
    ) -> None:
        super().__init__(kernel.plan, kernel.outputs)
        self.refuse = kernel.refuse
        self.leaves = leaves
        self.facts = facts
        self.stretches = stretches_of(self.plan.fitted) if self._asks_for("margin") else None
        self.points = _points(self.plan, self.stretches.leaves) if self.stretches is not None else None
        self.sole = sole_sum(self, leaves, self.points)
        self.short = [Short.of(data, source.scale) for data, source in zip(leaves, self.plan.leaves, strict=True)]
        self.size = min(kernel.block or (2 * BLOCK if self.sole is not None else BLOCK), rows)
        self.scratch = Scratch(self.size)
        self.start = self.stop = 0
        self.forget()

    @property
    def rows(self) -> int:
        """How many rows the block has."""
        return self.stop - self.start

    def _asks_for(self, kind: str) -> bool:
        return any(name.startswith(kind) for name in self.outputs)

    def forget(self) -> None:
        """Begin a block with nothing known."""
        places = len(self.plan.sources)
        self.bounds = [Bounds.one(NOTHING)] * places
        self.absent = [None] * places
        self.unsure = [None] * places
        self.bad: Mask | None = None
        self.open: Mask | None = None
        self.brief = False
        self.known = True
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
            for place, data in zip(given, self.leaves, strict=True):
                self._load(place, data, self.scratch.of(("ranks", place), self.rows))
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
            unknown = self._read(data, source, ranks, place)
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

    def _read(self, data: Numbers, source: Source, ranks: Array, place: int = 0) -> Mask | None:
        """Fill the ranks of a column of numbers in, and say where nothing is known, in memory of its place."""
        blank = data.blank[self.start : self.stop] if data.blank is not None else None
        values = data.values[self.start : self.stop]
        unknown, odd = read_numbers(values, blank, source.scale, ranks, partial(self._room, place))
        self._mark_bad(odd)
        return unknown

    def _room(self, place: int, name: str, kind: DTypeLike) -> Array:
        """Memory for what is read of a place."""
        return self.scratch.of((name, place), self.rows, kind)

    def _add_as_read(self, terms: Terms) -> None:
        """Add scores up as they are read, where the results hang on nothing but the sum of all ranks.

        Every blank adds nothing at worst and the highest rank at best, so that blanks only need to be counted::

            given   3 . 4 .    total 5    blanks 2    best 5 + 2 * 3 = 11
        """
        total, ranks, blanks = (self.scratch.of(name, self.rows) for name in ("total", "ranks", "blanks"))
        total.fill(0)
        lift = 0
        top: int | None = None
        span, room = slice(self.start, self.stop), partial(self._room, 0)
        for data, source, short in zip(self.leaves, self.plan.leaves, self.short, strict=True):
            assert isinstance(data, Numbers)  # noqa: S101
            found = short.add(span, total, ranks, room) if short is not None and self.rows else None
            if found is None:
                found = self._read(data, source, ranks), 0
                np.add(total, ranks, out=total)
            unknown, high = found
            lift += high  # what every rank was taken too high is taken off below
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
            self.known = False
            self.bounds = [Bounds(NOTHING, NOTHING, same=False)] * len(self.bounds)

    def differ(self, one: Array, other: Array) -> Mask | None:
        """Where two arrays differ, to be looked at before it is asked again; None where that is nowhere."""
        return some(np.not_equal(one, other, out=self.scratch.of("differ", self.rows, np.bool_)))

    def _mark_bad(self, mask: Mask | None) -> None:
        if mask is not None:  # a copy, since the mask may stand in memory that is used again
            self.bad = mask.copy() if self.bad is None else self.bad | mask

    # -- sums and conditions --------------------------------------------------------------------------

    def same(self, amount: Amount) -> bool:
        """Whether a sum is the same at worst and at best in every row."""
        return self.known if self.sole is not None else super().same(amount)

    def whole(self, amount: Amount) -> bool:
        """Whether nothing that is added up is left out: numbers never are."""
        return self.sole is not None or super().whole(amount)

    def at_least(self, numbers: Array, least: int) -> Array:
        """Where numbers come to so much; in memory that is used again where the answer is needed once."""
        return np.greater_equal(
            numbers, least, out=self.scratch.of("truth", self.rows, np.bool_) if self.brief else None
        )

    def _key(self, amount: Amount, side: Side) -> tuple[Terms, Side]:
        """What a sum is kept by: those of the same terms have the same X, and one side does where both are the same."""
        return self.form(amount).terms, "low" if self.same(amount) else side

    def steps(self, amount: Amount, side: Side) -> Array:
        """The X of a sum in its simplest form, in the smallest kind of number that holds it."""
        form = self.form(amount)
        key = self._key(amount, side)
        if key not in self._steps:
            kind = kind_of(form)
            found = self.scratch.of(("steps", key), self.rows, kind)
            found.fill(0)
            reached, times = self.scratch.of("reached", self.rows, np.bool_), self.scratch.of("times", self.rows, kind)
            for place, at, factor in form.terms:
                term = self.bounds[place].at(key[1])
                if at:
                    term = np.greater_equal(term, at, out=reached).view(np.uint8)
                if factor != 1:
                    term = np.multiply(term, kind(factor), out=times, dtype=kind)
                np.add(found, term, out=found, casting="unsafe")
            self._steps[key] = found
        return self._steps[key]

    def places(self, amount: Amount, side: Side) -> Array:
        """The X of a sum as NumPy wants to have it to look things up by."""
        key = self._key(amount, side)
        if key not in self._places:
            self._places[key] = self.scratch.of(("places", key), self.rows, np.intp)
            np.copyto(self._places[key], self.steps(amount, side))
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
            rank = self.scratch.of(key, self.rows)
            below: Array | bool = True
            for number, rung in enumerate(ladder.rungs):
                self.brief = ladder.nested and isinstance(rung, Reaches)
                holds = self.holds(rung, key[2])
                if not ladder.nested:
                    self._mark_broken(node, together([holds, invert(below)], empty=True))
                    holds = together([below, holds], empty=True)
                reached = holds if isinstance(holds, bool) else holds.view(np.uint8)
                np.add(rank if number else np.uint8(0), reached, out=rank)
                below = holds
            self.brief = False
            if not ladder.rungs:
                rank.fill(0)
            absent = self.absent[node.source]
            self._climbed[key] = rank if absent is None else np.where(absent, np.uint8(0), rank)
        return self._climbed[key]

    def _mark_broken(self, node: NodePlan, mask: Array | bool) -> None:
        absent = self.absent[node.source]
        found = np.full(self.rows, mask) if isinstance(mask, bool) else mask
        self.broken = either(self.broken, some(found if absent is None else found & ~absent))


def _points(plan: MethodPlan, leaves: Sequence[str]) -> Amount:
    """The sum of the ranks of some scores."""
    places = {source.id: place for place, source in enumerate(plan.sources) if source.given}
    found = [(place, tuple(range(len(plan.sources[place].scale)))) for place in sorted(places[leaf] for leaf in leaves)]
    return Amount(tuple(found))
