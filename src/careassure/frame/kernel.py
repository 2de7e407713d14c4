"""Work a plan out over NumPy arrays, a block of rows at a time, with whole numbers only.

A block is small enough to stay in the processor's cache between the steps, which is what makes this quick.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import Any, Literal

import numpy as np
from attrs import frozen
from numpy.typing import DTypeLike, NDArray

from careassure.frame.arrays import (
    BAD,
    NO_GRADE,
    STATE,
    UNKNOWN,
    Array,
    Codes,
    Column,
    FactData,
    LeafData,
    Mask,
    Rated,
    either,
    read_numbers,
    some,
)
from careassure.frame.linear import Linear, linear
from careassure.methods.distance import stretches_of
from careassure.methods.lower import Every, FactPlan, Opposite, Reaches, Some
from careassure.methods.lower import Plan as Test
from careassure.methods.plan import Amount, LadderPlan, MethodPlan, NodePlan
from careassure.model.rounding import Rounding

BLOCK = 131_072
"""Rows that are worked out together; measured best among powers of two."""

Side = Literal["low", "high"]


@frozen(eq=False)
class Kernel:
    """A plan made ready for arrays.

    Args:
        plan: The plan.
        outputs: Which results are wanted, by the names of `careassure.frame.outputs`.
        refuse: Whether a score that is missing makes a row bad.
        block: Rows that are worked out together.
    """

    plan: MethodPlan
    outputs: tuple[str, ...]
    refuse: bool = False
    block: int = BLOCK

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


class _Sheet:
    """The results as they are filled in, block by block."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.columns: dict[str, Array] = {}
        self.blanks: dict[str, Mask] = {}

    def room(self, name: str, dtype: DTypeLike, start: int, stop: int) -> Array:
        """The place of a block in a column."""
        if name not in self.columns:
            self.columns[name] = np.empty(self.rows, dtype)
        return self.columns[name][start:stop]

    def put(self, name: str, dtype: DTypeLike, start: int, stop: int, values: Array | int, blank: Mask | None) -> None:
        """Fill a block of a column in."""
        np.copyto(self.room(name, dtype, start, stop), values, casting="unsafe")
        self.blank(name, start, stop, blank)

    def blank(self, name: str, start: int, stop: int, blank: Mask | None) -> None:
        """Say where a block of a column has no result."""
        if blank is not None:
            if name not in self.blanks:
                self.blanks[name] = np.zeros(self.rows, np.bool_)
            self.blanks[name][start:stop] |= blank

    def grades(self, name: str, start: int, stop: int, ranks: Array | int, blank: Mask | None) -> None:
        """Fill a block of grades in."""
        room = self.room(name, np.uint8, start, stop)
        np.copyto(room, ranks, casting="unsafe")
        if blank is not None:
            room[blank] = NO_GRADE


class _Run:
    """One run of a kernel: the sheet of results, and what is known of the block at hand."""

    def __init__(
        self, kernel: Kernel, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int
    ) -> None:
        self.plan = kernel.plan
        self.outputs = kernel.outputs
        self.refuse = kernel.refuse
        self.leaves = leaves
        self.facts = facts
        self.rows = rows
        self.sheet = _Sheet(rows)
        self.bad_rows: list[NDArray[np.intp]] = []
        self.broken_row: int | None = None
        headline = self.plan.headline
        extra = [a for a in (headline.part, headline.whole) if isinstance(a, Amount)] if headline else []
        self.forms = {amount: linear(amount) for amount in (*self.plan.amounts, *extra)}
        kinds = {name.partition(" ")[0].partition("_")[0] for name in self.outputs}
        self.needed = self.plan.needed(flags="flag" in kinds, profile="profile" in kinds)
        size = min(kernel.block, rows)
        self.scratch = [np.empty(size, np.uint8) for source in self.plan.sources if source.given]
        self.stretches = stretches_of(self.plan.fitted) if any(n.startswith("margin") for n in self.outputs) else None
        self.start = self.stop = 0
        self.forget()

    def forget(self) -> None:
        """Begin a block with nothing known."""
        self.low: list[Array] = []
        self.high: list[Array] = []
        self.absent: list[Mask | None] = []
        self.bad: Mask | None = None
        self.unsure: Mask | None = None
        self.unknown: list[Mask | None] = []
        self.broken: Mask | None = None
        self.steps: dict[tuple[Amount, str], Array] = {}
        self.suggested: Array = _NOTHING

    def rated(self) -> Rated:
        columns = {name: Column(self.sheet.columns[name], self.sheet.blanks.get(name)) for name in self.sheet.columns}
        bad = np.concatenate(self.bad_rows) if self.bad_rows else np.empty(0, np.intp)
        return Rated(columns, bad, self.broken_row)

    def work(self, start: int, stop: int) -> None:
        """Work out the rows from ``start`` to before ``stop``."""
        self.start, self.stop = start, stop
        self.forget()
        given = 0
        for source in self.plan.sources:
            if source.given:
                self._load(given, len(self.low))
                given += 1
            else:  # filled in below, by its node
                self.low.append(_NOTHING)
                self.high.append(_NOTHING)
                self.absent.append(None)
                self.unknown.append(None)
        for node in self.plan.nodes:
            if node.source in self.needed:
                self._grade(node)
        self._write()
        self._set_bad_rows_apart()

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
        self.unknown.append(either(unknown, state))
        self.unsure = either(self.unsure, self.unknown[-1])
        low = high = ranks
        for mask, span in ((unknown, source.unknown), (state, source.state)):
            if mask is None or span is None:
                continue
            if span[0]:
                low = np.where(mask, np.uint8(span[0]), low)
            high = np.where(mask, np.uint8(span[1]), high)
        self.low.append(low)
        self.high.append(high)
        self.absent.append(state if source.state is None else None)

    def _mark_bad(self, mask: Mask | None) -> None:
        self.bad = either(self.bad, mask)

    def _all_absent(self, places: Sequence[int]) -> Mask | None:
        """Where all of some sources are left out."""
        masks = [mask for place in places if (mask := self.absent[place]) is not None]
        return some(np.logical_and.reduce(masks)) if masks and len(masks) == len(places) else None

    # -- sums and conditions --------------------------------------------------------------------------

    def _same(self, amount: Amount) -> bool:
        """Whether worst and best are the same for everything that is added up."""
        return all(self.low[place] is self.high[place] for place, _ in amount.parts)

    def _steps(self, amount: Amount, side: Side) -> Array:
        """The X of a sum in its simplest form."""
        key = (amount, "low" if self._same(amount) else side)
        if key not in self.steps:
            ranks = self.low if key[1] == "low" else self.high
            form = self.forms[amount]
            total = np.zeros(0, _bits(form))
            for place, at, factor in form.terms:
                term: Array = ranks[place] if not at else (ranks[place] >= at).view(np.uint8)
                if factor != 1:
                    term = np.multiply(term, _bits(form)(factor), dtype=_bits(form))
                if total.size:
                    np.add(total, term, out=total, casting="unsafe")
                else:
                    total = term.astype(_bits(form))
            self.steps[key] = total if form.terms else np.zeros(self.stop - self.start, _bits(form))
        return self.steps[key]

    def _value(self, amount: Amount, side: Side) -> Array | int:
        """What a sum comes to, with what is left out or not known taken off where it has to be."""
        form = self.forms[amount]
        if amount.known:
            total = np.zeros(self.stop - self.start, np.int32)
            for place, adds in amount.parts:
                unknown = self.unknown[place]
                total += adds[0] if unknown is None else adds[0] * (~unknown)
            return total
        value = self._steps(amount, side).astype(np.int64) * form.slope + form.offset
        for place, adds in amount.parts:
            absent = self.absent[place]
            if absent is not None and adds[0]:
                value -= adds[0] * absent
        return value

    def _reaches(self, test: Reaches, side: Side) -> Array | bool:
        amount = self.plan.amounts[test.index]
        if amount.known or any(self.absent[place] is not None for place, _ in amount.parts):
            return np.asarray(self._value(amount, side) >= test.least)
        form = self.forms[amount]
        least = ceil(Fraction(test.least - form.offset, form.slope))
        if least <= 0:
            return True
        if least > form.most:
            return False
        return np.asarray(self._steps(amount, side) >= _bits(form)(least))

    def _holds(self, test: Test, side: Side) -> Array | bool:
        """Where a condition holds at worst or at best."""
        match test:
            case Reaches():
                return self._reaches(test, side)
            case Opposite(part):
                return _invert(self._holds(part, "high" if side == "low" else "low"))
            case Every(parts):
                return _together([self._holds(part, side) for part in parts], np.logical_and, empty=True)
            case Some(parts):
                return _together([self._holds(part, side) for part in parts], np.logical_or, empty=False)
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
        known = all(self.low[place] is self.high[place] for place in node.inputs)
        same = must is may and known
        climbed = {
            (ladder.name, side): self._climb(ladder, side, absent)
            for ladder in node.ladders
            for side in _SIDES
            if not (known and side == "high") and self._wanted(node, ladder, side)
        }
        low = climbed[must.name, "low"]
        high = climbed[may.name, "low" if known else "high"]
        if not self.plan.settled and must is not may:
            self._mark_broken(low > high, absent)
        if absent is not None:
            low, high = np.where(absent, np.uint8(0), low), np.where(absent, np.uint8(0), high)
            high = low if same else high
        self.low[node.source], self.high[node.source] = low, high
        if ("suggest", "low") in climbed and node is self.plan.overall:
            worst = climbed["suggest", "low"]
            best = climbed.get(("suggest", "high"), worst)
            self.suggested = np.where(worst == best, np.clip(worst, low, high), np.uint8(NO_GRADE))

    def _wanted(self, node: NodePlan, ladder: LadderPlan, side: Side) -> bool:
        """Whether a ladder has to be climbed on a side: for its grade, or to see whether its rungs are nested."""
        used = {"only": _SIDES, "must": ("low",), "may": ("low", "high"), "suggest": ()}[ladder.name]
        suggests = ladder.name == "suggest" and node is self.plan.overall and "suggested" in self.outputs
        return not ladder.nested or side in used or suggests

    def _climb(self, ladder: LadderPlan, side: Side, absent: Mask | None) -> Array:
        """How many rungs hold, from the bottom up."""
        rank = np.zeros(self.stop - self.start, np.uint8)
        below: Array | bool = True
        for rung in ladder.rungs:
            holds = self._holds(rung, side)
            if not ladder.nested:
                self._mark_broken(_together([holds, _invert(below)], np.logical_and, empty=True), absent)
                holds = _together([below, holds], np.logical_and, empty=True)
            rank += holds if isinstance(holds, bool) else holds.view(np.uint8)
            below = holds
        return rank

    def _mark_broken(self, mask: Array | bool, absent: Mask | None) -> None:
        if isinstance(mask, bool):
            mask = np.full(self.stop - self.start, mask)
        if absent is not None:
            mask = mask & ~absent
        self.broken = either(self.broken, some(mask))

    # -- results --------------------------------------------------------------------------------------

    def _write(self) -> None:
        overall = self.plan.overall
        span = (self.start, self.stop)
        names = set(self.outputs)
        if names & {"rating", "low", "high", "suggested"}:
            if overall is None:
                for name in names & {"rating", "low", "high", "suggested"}:
                    self.sheet.grades(name, *span, NO_GRADE, None)
            else:
                self._write_grades(overall, names)
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
                self.sheet.put(name, np.bool_, *span, low, _both(high, _invert(low)))

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
                self.sheet.put(name, _whole_dtype(name), *span, 0, np.ones(self.stop - self.start, np.bool_))
            return
        absent = self._all_absent(headline.inputs)
        same = headline.part.known or self._same(headline.part)
        low = self._percentage("low")
        high = low if same else self._percentage("high")
        whole = headline.whole if isinstance(headline.whole, int) else np.maximum(self._value(headline.whole, "low"), 1)
        open_ = None if same else some(low != high)
        for name in found:
            parts = high if "_high" in name else low
            blank = absent if "_low" in name or "_high" in name else either(absent, open_)
            dtype = _whole_dtype(name)
            if name.startswith("score"):
                if headline.rounding == "none":
                    blank = np.ones(self.stop - self.start, np.bool_)
                shown = _rounded(parts, whole, headline.rounding)
                if name == "score" and not same:
                    blank = either(absent, some(_rounded(low, whole, headline.rounding)
                                                  != _rounded(high, whole, headline.rounding)))  # fmt: skip
                self.sheet.put(name, dtype, *span, shown, blank)
            else:
                self.sheet.put(name, dtype, *span, whole if name.endswith("denominator") else parts, blank)

    def _percentage(self, side: Side) -> Array:
        """100 times the part, in as few bits as it takes."""
        headline = self.plan.headline
        assert headline is not None  # noqa: S101
        form = self.forms[headline.part]
        places = [place for place, _ in headline.part.parts]
        most = 100 * (form.most * form.slope + form.offset)
        if not headline.part.known and most < 60_000 and all(self.absent[place] is None for place in places):
            part = np.multiply(self._steps(headline.part, side), np.uint16(100 * form.slope), dtype=np.uint16)
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
        points = np.full(rows, sum(self.plan.sources[place].scale.lowest.value for place in places), np.int32)
        for place in places:
            points += self.low[place]
        starts = np.array([start for start, _ in stretches.starts])
        ranks = [rank for _, rank in stretches.starts]
        stretch = np.searchsorted(starts, points, side="right") - 1
        last = len(ranks) - 1
        after = np.array([*starts[1:], 0])[stretch]
        before = starts[stretch]
        open_ = self.unsure
        if "margin_up" in names:
            self.sheet.put("margin_up", np.int16, *span, after - points, either(open_, stretch == last))
        if "margin_down" in names:
            self.sheet.put("margin_down", np.int16, *span, points - before + 1, either(open_, stretch == 0))
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
    if isinstance(whole, int) and parts.dtype == np.uint16 and 2 * 60_000 + 2 * whole >= 2**16:
        parts = parts.astype(np.uint32)
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


def _bits(form: Linear) -> type[np.integer[Any]]:
    """The smallest kind of number that holds the X of a sum."""
    return next(kind for kind in (np.uint8, np.uint16, np.int32, np.int64) if form.most <= np.iinfo(kind).max)


def _whole_dtype(name: str) -> DTypeLike:
    return np.int16 if name.startswith("score") else np.int32


_NOTHING = np.zeros(0, np.uint8)
_SIDES: tuple[Side, Side] = ("low", "high")


def _both(one: Array | bool, other: Array | bool) -> Mask | None:
    found = _together([one, other], np.logical_and, empty=True)
    return None if found is False else some(np.atleast_1d(found))


def _invert(mask: Array | bool) -> Array | bool:
    return not mask if isinstance(mask, bool) else ~mask


def _together(masks: Sequence[Array | bool], how: Callable[[Any, Any], Any], *, empty: bool) -> Array | bool:
    """All or any of some conditions, some of which may be the same for every row."""
    found: Array | bool = empty
    for mask in masks:
        if isinstance(found, bool):
            found = mask if found is empty else found
        elif isinstance(mask, bool):
            found = found if mask is empty else mask
        else:
            found = how(found, mask)
    return found
