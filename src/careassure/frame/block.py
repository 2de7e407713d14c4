"""A plan worked out for a block of rows, as arrays of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from careassure.frame.arrays import (
    BAD,
    NO_GRADE,
    STATE,
    UNKNOWN,
    Array,
    Codes,
    FactData,
    LeafData,
    Mask,
    Numbers,
    either,
    is_plain,
    read_numbers,
    some,
)
from careassure.frame.sums import Sum, Terms, sole_terms
from careassure.frame.truths import SIDES, Side, invert, together
from careassure.methods.lower import Every, FactPlan, Opposite, Reaches, Some, Test
from careassure.methods.plan import Amount, LadderPlan, MethodPlan, NodePlan

NOTHING = np.zeros(0, np.uint8)


class Block:
    """A plan worked out for a block of rows: scores, sums, conditions, grades.

    Args:
        plan: The plan.
        outputs: Which results are wanted.
        refuse: Whether a score that is missing makes a row bad.
        size: The most rows of a block.
        leaves: What is known of each score that is given.
        facts: The facts that are known.
    """

    def __init__(
        self,
        plan: MethodPlan,
        outputs: tuple[str, ...],
        *,
        refuse: bool,
        size: int,
        leaves: Sequence[LeafData],
        facts: Mapping[str, bool | FactData],
    ) -> None:
        self.plan = plan
        self.outputs = outputs
        self.refuse = refuse
        self.leaves = leaves
        self.facts = facts
        headline = self.plan.headline
        extra = [a for a in (headline.part, headline.whole) if isinstance(a, Amount)] if headline else []
        self.sums = {amount: Sum.of(amount) for amount in (*self.plan.amounts, *extra)}
        kinds = {name.partition(" ")[0].partition("_")[0] for name in self.outputs}
        self.needed = self.plan.needed(flags="flag" in kinds, profile="profile" in kinds)
        self.margins = "margin" in kinds
        rungs = [rung for node in self.plan.nodes for ladder in node.ladders for rung in ladder.rungs]
        seen = [self.sums[amount] for amount in (*self.plan.amounts_of(rungs), *extra)]
        self.sole = None if kinds & {"flag", "profile", "margin"} else sole_terms(self.plan, seen, leaves)
        self.scratch = [np.empty(size, np.uint8) for _ in range(3 if self.sole is not None else len(leaves))]
        self.start = self.stop = 0
        self.forget()

    def forget(self) -> None:
        """Begin a block with nothing known."""
        places = len(self.plan.sources)
        self.low: list[Array] = [NOTHING] * places
        self.high: list[Array] = [NOTHING] * places
        self.differs = [False] * places
        self.absent: list[Mask | None] = [None] * places
        self.unknown: list[Mask | None] = [None] * places
        self.bad: Mask | None = None
        self.unsure: Mask | None = None
        self.broken: Mask | None = None
        self.steps: dict[tuple[Terms, Side], Array] = {}
        self.suggested: Array = NOTHING

    def work(self, start: int, stop: int) -> None:
        """Work out the rows from ``start`` to before ``stop``."""
        self.start, self.stop = start, stop
        self.forget()
        if self.sole is not None:
            self._add_as_read(self.sole)
        else:
            given = (place for place, source in enumerate(self.plan.sources) if source.given)
            for number, place in enumerate(given):
                self._load(number, place)
        for node in self.plan.nodes:
            if node.source in self.needed:
                self._grade(node)

    # -- scores ---------------------------------------------------------------------------------------

    def _load(self, number: int, place: int) -> None:
        """Read a score of the block: its ranks at worst and at best, and where it is left out."""
        source = self.plan.sources[place]
        data = self.leaves[number]
        ranks = self.scratch[number][: self.stop - self.start]
        unknown: Mask | None = None
        state: Mask | None = None
        if data is None:
            ranks.fill(0)
            unknown = np.ones(len(ranks), np.bool_)
        elif isinstance(data, Codes):
            codes = data.ranks[self.start : self.stop]
            np.copyto(ranks, np.maximum(codes, 0), casting="unsafe")
            unknown = some(codes == UNKNOWN)
            state = some(codes <= STATE)
            self._mark_bad(some(codes == BAD))
        else:
            blank = data.blank[self.start : self.stop] if data.blank is not None else None
            unknown, odd = read_numbers(data.values[self.start : self.stop], blank, source.scale, ranks)
            self._mark_bad(odd)
        if self.refuse and data is not None:
            self._mark_bad(unknown)
        self.unknown[place] = either(unknown, state)
        if self.margins:
            self.unsure = either(self.unsure, self.unknown[place])
        low = high = ranks
        for mask, span in ((unknown, source.unknown), (state, source.state)):
            if mask is None or span is None:
                continue
            if span[0]:
                low = low | mask.view(np.uint8) * np.uint8(span[0])  # ranks are 0 where there is none
            high = high | mask.view(np.uint8) * np.uint8(span[1])
        self.low[place], self.high[place] = low, high
        self.differs[place] = low is not high
        self.absent[place] = state if source.state is None else None

    def _add_as_read(self, terms: Terms) -> None:
        """Add scores up as they are read, where the results hang on nothing but the sum of all ranks."""
        total, ranks, blanks = (room[: self.stop - self.start] for room in self.scratch)
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
            blank = data.blank[self.start : self.stop] if data.blank is not None else None
            unknown, odd = read_numbers(values, blank, source.scale, ranks)
            self._mark_bad(odd)
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
        self.steps[terms, "low"] = total
        if top is not None:
            blanks *= np.uint8(top)
            blanks += total
            self.steps[terms, "high"] = blanks
            self.differs = [True] * len(self.differs)

    def _mark_bad(self, mask: Mask | None) -> None:
        self.bad = either(self.bad, mask)

    def _all_absent(self, places: Sequence[int]) -> Mask | None:
        """Where all of some sources are left out."""
        masks = [mask for place in places if (mask := self.absent[place]) is not None]
        return some(np.logical_and.reduce(masks)) if masks and len(masks) == len(places) else None

    # -- sums and conditions --------------------------------------------------------------------------

    def _same(self, total: Sum) -> bool:
        """Whether worst and best are the same for everything that is added up."""
        return not any(self.differs[place] for place in total.places)

    def _whole(self, total: Sum) -> bool:
        """Whether nothing that is added up is left out."""
        return all(self.absent[place] is None for place in total.places)

    def _steps(self, total: Sum, side: Side) -> Array:
        """The X of a sum in its simplest form."""
        key: tuple[Terms, Side] = (total.form.terms, "low" if self._same(total) else side)
        if key not in self.steps:
            ranks = self.low if key[1] == "low" else self.high
            found = np.zeros(self.stop - self.start, total.bits)
            for place, at, factor in total.form.terms:
                term: Array = ranks[place] if not at else (ranks[place] >= at).view(np.uint8)
                if factor != 1:
                    term = np.multiply(term, total.bits(factor), dtype=total.bits)
                np.add(found, term, out=found, casting="unsafe")
            self.steps[key] = found
        return self.steps[key]

    def _value(self, amount: Amount, side: Side) -> Array:
        """What a sum comes to, with what is left out or not known taken off where it has to be."""
        if amount.known:
            found = np.zeros(self.stop - self.start, np.int64)
            for place, adds in amount.parts:
                missing = self.unknown[place] if side == "low" else self.absent[place]
                found += adds[0] if missing is None else adds[0] * (~missing)
            return found
        total = self.sums[amount]
        value = self._steps(total, side).astype(np.int64) * total.form.slope + total.form.offset
        for place, adds in amount.parts:
            absent = self.absent[place]
            if absent is not None and adds[0]:
                value -= adds[0] * absent
        return value

    def _reaches(self, test: Reaches, side: Side) -> Array | bool:
        amount = self.plan.amounts[test.index]
        total = self.sums[amount]
        if amount.known or not self._whole(total):
            return np.asarray(self._value(amount, side) >= test.least)
        least = total.form.reaching(test.least)
        if least <= 0 or least > total.form.most:
            return least <= 0
        return np.asarray(self._steps(total, side) >= total.bits(least))

    def _holds(self, test: Test, side: Side) -> Array | bool:
        """Where a condition holds at worst or at best."""
        match test:
            case Reaches():
                return self._reaches(test, side)
            case Opposite(part):
                return invert(self._holds(part, "high" if side == "low" else "low"))
            case Every(parts):
                return together([self._holds(part, side) for part in parts], empty=True)
            case Some(parts):
                return together([self._holds(part, side) for part in parts], empty=False)
            case FactPlan(name, value, default):
                return self._fact(name, value, default=default)

    def _fact(self, name: str, value: bool, *, default: bool) -> Array | bool:
        data = self.facts.get(name, default)
        if isinstance(data, bool):
            return data is value
        holds = data.holds[self.start : self.stop]
        if data.blank is not None:
            holds = np.where(data.blank[self.start : self.stop], default, holds)
        return holds if value else ~holds

    # -- nodes ----------------------------------------------------------------------------------------

    def _grade(self, node: NodePlan) -> None:
        """Work out the lowest and the highest grade of a place."""
        by_name = {ladder.name: ladder for ladder in node.ladders}
        absent: Mask | None = None
        if self.plan.sources[node.source].lacking:
            absent = self._all_absent(node.inputs)
        self.absent[node.source] = absent
        must, may = by_name.get("must", node.ladders[0]), by_name.get("may", node.ladders[0])
        known = not any(self.differs[place] for place in node.inputs)
        same = must is may and known
        climbed = {
            (ladder.name, side): self._climb(ladder, side, absent)
            for ladder in node.ladders
            for side in SIDES
            if not (known and side == "high") and self._wanted(node, ladder, side)
        }
        low = climbed[must.name, "low"]
        high = climbed[may.name, "low" if known else "high"]
        if not self.plan.settled and must is not may:
            for side in SIDES[: 1 if known else 2]:
                self._mark_broken(climbed[must.name, side] > climbed[may.name, side], absent)
        if absent is not None:
            low, high = np.where(absent, np.uint8(0), low), np.where(absent, np.uint8(0), high)
            high = low if same else high
        self.low[node.source], self.high[node.source] = low, high
        self.differs[node.source] = low is not high
        if ("suggest", "low") in climbed and node is self.plan.overall:
            worst = climbed["suggest", "low"]
            best = climbed.get(("suggest", "high"), worst)
            self.suggested = np.where(worst == best, np.clip(worst, low, high), np.uint8(NO_GRADE))

    def _wanted(self, node: NodePlan, ladder: LadderPlan, side: Side) -> bool:
        """Whether a ladder has to be climbed on a side: for its grade, or to see whether its rungs are nested."""
        used = {"only": SIDES, "must": ("low",), "may": SIDES, "suggest": ()}[ladder.name]
        suggests = ladder.name == "suggest" and node is self.plan.overall and "suggested" in self.outputs
        bounds = not self.plan.settled and ladder.name in ("must", "may")  # each below the other on either side
        return not ladder.nested or side in used or suggests or bounds

    def _climb(self, ladder: LadderPlan, side: Side, absent: Mask | None) -> Array:
        """How many rungs hold, from the bottom up."""
        rank = np.zeros(self.stop - self.start, np.uint8)
        below: Array | bool = True
        for rung in ladder.rungs:
            holds = self._holds(rung, side)
            if not ladder.nested:
                self._mark_broken(together([holds, invert(below)], empty=True), absent)
                holds = together([below, holds], empty=True)
            rank += holds if isinstance(holds, bool) else holds.view(np.uint8)
            below = holds
        return rank

    def _mark_broken(self, mask: Array | bool, absent: Mask | None) -> None:
        if isinstance(mask, bool):
            mask = np.full(self.stop - self.start, mask)
        if absent is not None:
            mask = mask & ~absent
        self.broken = either(self.broken, some(mask))
