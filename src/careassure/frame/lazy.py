"""Lazy tables: a plan as expressions that the engine works out, be it Polars, DuckDB, Ibis or Spark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from math import ceil
from typing import Any, Literal

import narwhals.stable.v2 as nw

from careassure.frame.linear import Linear, linear
from careassure.frame.outputs import OutputColumn
from careassure.frame.reading import Frame, Read, Value, any_of, chain
from careassure.methods.distance import stretches_of
from careassure.methods.lower import Every, FactPlan, Opposite, Reaches, Some
from careassure.methods.lower import Plan as Test
from careassure.methods.plan import Amount, LadderPlan, MethodPlan, NodePlan
from careassure.model.rounding import Rounding

Side = Literal["low", "high"]
Truth = nw.Expr | bool
SIDES: tuple[Side, Side] = ("low", "high")


class Lazy:
    """Works a plan out in a lazy table, stage by stage, in columns that are dropped at the end.

    Args:
        plan: The plan.
        frame: The table.
        reads: What the table says of each leaf of the plan.
        facts: The facts: a column, or what is so for every row.
        outputs: The columns that are wanted.
        words: How a grade is written in this engine.
    """

    def __init__(
        self,
        plan: MethodPlan,
        frame: Frame,
        reads: Sequence[Read | None],
        facts: dict[str, str | bool],
        outputs: Sequence[OutputColumn],
        words: Callable[[nw.Expr, Sequence[str]], nw.Expr],
    ) -> None:
        self.plan = plan
        self.frame = frame
        self.facts = facts
        self.outputs = outputs
        self.words = words
        self.names = (f"_careassure_{number}" for number in count())
        self.made: list[str] = []
        self.low: list[nw.Expr] = []
        self.high: list[nw.Expr] = []
        self.absent: list[nw.Expr | None] = []
        self.plain: list[tuple[nw.Expr, int] | None] = []
        self.unsure: list[nw.Expr | None] = []
        self.sums: dict[tuple[Amount, Side], nw.Expr] = {}
        self.forms: dict[Amount, Linear] = {}
        self._read(reads)

    # -- columns that are made on the way -------------------------------------------------------------

    def keep(self, made: dict[str, nw.Expr]) -> None:
        """Add columns to the table."""
        if made:
            self.frame = self.frame.with_columns(**made)
            self.made += made

    def name(self) -> str:
        """A name for a column that is made on the way."""
        return next(self.names)

    def _read(self, reads: Sequence[Read | None]) -> None:
        """The ranks of all scores, at worst and at best."""
        made: dict[str, nw.Expr] = {}

        def keep(expression: nw.Expr) -> nw.Expr:
            name = self.name()
            made[name] = expression
            return nw.col(name)

        given = iter(reads)
        for source in self.plan.sources:
            read = next(given) if source.given else None
            self.plain.append(None)
            self.unsure.append(None)
            self.absent.append(None)
            if not source.given:
                self.low.append(nw.lit(0))
                self.high.append(nw.lit(0))
                continue
            if read is None:
                self.low.append(nw.lit(source.unknown[0]))
                self.high.append(nw.lit(source.unknown[1]))
                self.unsure[-1] = nw.lit(True)
                continue
            if read.plain is not None and read.unknown is None and read.odd is None:
                self.plain[-1] = read.plain
                self.low.append(read.plain[0].cast(nw.Int32) - read.plain[1])
                self.high.append(self.low[-1])
                continue
            cases = [(where, span) for where, span in ((read.unknown, source.unknown), (read.state, source.state))
                     if where is not None and span is not None]  # fmt: skip
            low = keep(chain([(where, span[0]) for where, span in cases if span[0]], read.rank).cast(nw.Int32))
            self.low.append(low)
            open_ = [(where, span[1]) for where, span in cases]
            self.high.append(keep(chain(open_, read.rank).cast(nw.Int32)) if open_ else low)
            if source.state is None and read.state is not None:
                self.absent[-1] = keep(read.state)
            if read.unsure is not None:
                self.unsure[-1] = keep(read.unsure)
        self.keep(made)

    # -- sums and conditions --------------------------------------------------------------------------

    def _form(self, amount: Amount) -> Linear:
        if amount not in self.forms:
            self.forms[amount] = linear(amount)
        return self.forms[amount]

    def _same(self, amount: Amount) -> bool:
        return all(self.low[place] is self.high[place] for place, _ in amount.parts)

    def steps(self, amount: Amount, side: Side) -> nw.Expr:
        """The X of a sum in its simplest form; what it is above that, `lift` tells."""
        key: tuple[Amount, Side] = (amount, "low" if self._same(amount) else side)
        return self.sums[key]

    def lift(self, amount: Amount) -> int:
        """By how much the column of a sum lies above X: plain columns are added up as they are."""
        lift = 0
        for place, at, factor in self._form(amount).terms:
            plain = self.plain[place]
            lift += factor * plain[1] if plain is not None and not at else 0
        return lift

    def prepare(self, amounts: Sequence[Amount]) -> None:
        """Make the columns of some sums."""
        made: dict[str, nw.Expr] = {}
        for amount in dict.fromkeys(amounts):
            for side in SIDES if not self._same(amount) else SIDES[:1]:
                if (amount, side) in self.sums:
                    continue
                name = self.name()
                made[name] = self._add_up(amount, side)
                self.sums[amount, side] = nw.col(name)
        self.keep(made)

    def _add_up(self, amount: Amount, side: Side) -> nw.Expr:
        ranks = self.low if side == "low" else self.high
        narrow = self._form(amount).most + self.lift(amount) < 128  # it fits into the smallest kind of number
        total: nw.Expr | None = None
        for place, at, factor in self._form(amount).terms:
            plain = self.plain[place]
            if not at:
                term = plain[0] if plain is not None else ranks[place]
                term = term if narrow else term.cast(nw.Int32)
                term = term if factor == 1 else term * factor
            else:
                cell, bound = (plain[0], at + plain[1]) if plain is not None else (ranks[place], at)
                term = nw.when(cell >= bound).then(nw.lit(factor)).otherwise(nw.lit(0))
            total = term if total is None else total + term
        return nw.lit(0) if total is None else total

    def value(self, amount: Amount, side: Side) -> nw.Expr:
        """What a sum comes to, with what is left out or not known taken off where it has to be."""
        if amount.known:
            total = nw.lit(0)
            for place, adds in amount.parts:
                unsure = self.unsure[place]
                term = nw.lit(adds[0]) if unsure is None else chain([(unsure, 0)], adds[0])
                total = total + term
            return total
        form = self._form(amount)
        steps = self.steps(amount, side).cast(nw.Int64) - self.lift(amount)
        total = steps * form.slope + form.offset
        for place, adds in amount.parts:
            absent = self.absent[place]
            if absent is not None and adds[0]:
                total = total - chain([(absent, adds[0])], 0)
        return total

    def _reaches(self, test: Reaches, side: Side) -> Truth:
        amount = self.plan.amounts[test.index]
        if amount.known or any(self.absent[place] is not None for place, _ in amount.parts):
            return self.value(amount, side) >= test.least
        form = self._form(amount)
        least = ceil(Fraction(test.least - form.offset, form.slope))
        if least <= 0 or least > form.most:
            return least <= 0
        return self.steps(amount, side) >= least + self.lift(amount)

    def holds(self, test: Test, side: Side) -> Truth:
        """Where a condition holds at worst or at best."""
        match test:
            case Reaches():
                return self._reaches(test, side)
            case Opposite(part):
                return invert(self.holds(part, "high" if side == "low" else "low"))
            case Every(parts):
                return together([self.holds(part, side) for part in parts], empty=True)
            case Some(parts):
                return together([self.holds(part, side) for part in parts], empty=False)
            case FactPlan(name, value, default):
                where = self.facts.get(name, default)
                if isinstance(where, bool):
                    return where is value
                holds = nw.when(nw.col(where).is_null()).then(nw.lit(default)).otherwise(nw.col(where))
                return holds if value else ~holds

    # -- nodes ----------------------------------------------------------------------------------------

    def work_out(self) -> None:
        """The grades of everything that the results rest on, level by level."""
        flags = any(output.key.startswith("flag ") for output in self.outputs)
        profile = any(output.key.startswith("profile") for output in self.outputs)
        needed = self.plan.needed(flags=flags, profile=profile)
        level: dict[int, int] = {}
        by_level: dict[int, list[NodePlan]] = {}
        for node in self.plan.nodes:
            if node.source in needed:
                level[node.source] = 1 + max((level.get(place, 0) for place in node.inputs), default=0)
                by_level.setdefault(level[node.source], []).append(node)
        for _, nodes in sorted(by_level.items()):
            self.prepare([a for node in nodes for ladder in node.ladders for a in self.plan.amounts_of(ladder.rungs)])
            made: dict[str, nw.Expr] = {}
            for node in nodes:
                made |= self._grade(node)
            self.keep(made)
        headline = self.plan.headline
        rest = [a for a in (headline.part, headline.whole) if isinstance(a, Amount) and not a.known] if headline else []
        self.prepare([*rest, *(self.plan.amounts_of([test for _, test in self.plan.flags]) if flags else ())])

    def _grade(self, node: NodePlan) -> dict[str, nw.Expr]:
        by_name = {ladder.name: ladder for ladder in node.ladders}
        must, may = by_name.get("must", node.ladders[0]), by_name.get("may", node.ladders[0])
        known = all(self.low[place] is self.high[place] for place in node.inputs)
        low_name, high_name, absent_name = self.name(), self.name(), self.name()
        made = {low_name: self._climb(must, "low")}
        low = high = nw.col(low_name)
        if must is not may or not known:
            made[high_name] = self._climb(may, "high")
            high = nw.col(high_name)
        absent = self.all_absent(node.inputs)
        if absent is not None:
            made = {name: chain([(absent, 0)], expression) for name, expression in made.items()}
            made[absent_name] = absent
            self.absent[node.source] = nw.col(absent_name)
        self.low[node.source], self.high[node.source] = low, high
        return made

    def all_absent(self, places: Sequence[int]) -> nw.Expr | None:
        """Where all of some sources are left out."""
        found: nw.Expr | None = None
        for place in places:
            absent = self.absent[place]
            if absent is None:
                return None
            found = absent if found is None else found & absent
        return found

    def _climb(self, ladder: LadderPlan, side: Side) -> nw.Expr:
        """How many rungs hold. Their nesting was proved, so the highest that holds tells."""
        cases: list[tuple[nw.Expr, Value]] = []
        least = 0
        for rank, rung in enumerate(ladder.rungs, 1):
            holds = self.holds(rung, side)
            if holds is True:
                least = rank
            elif not isinstance(holds, bool):
                cases.append((holds, rank))
        return chain(cases[::-1], least).cast(nw.Int32)

    # -- results --------------------------------------------------------------------------------------

    def results(self) -> dict[str, nw.Expr]:
        """The wanted columns as expressions of the table as it is by now."""
        return {output.name: self._result(output) for output in self.outputs}

    def _result(self, output: OutputColumn) -> nw.Expr:
        key = output.key
        if output.kind == "text":
            return nw.lit(output.text)
        if output.kind == "truth":
            test = next(test for flag, test in self.plan.flags if f"flag {flag}" == key)
            return self._flag(test)
        if key.startswith("margin"):
            return self._margin(output)
        if key.startswith(("score", "percentage")):
            return self._percentage(key)
        if key.startswith("profile"):
            return self._place(output)
        return self._grade_of(output)

    def _place(self, output: OutputColumn) -> nw.Expr:
        """The grade of a theme or statement."""
        side, _, target = output.key.partition(" ")
        place = next(node.source for node in self.plan.nodes if node.target == target)
        low, high, absent = self.low[place], self.high[place], self.absent[place]
        blanks = [absent] if absent is not None else []
        if side == "profile" and low is not high:
            blanks.append(low != high)
        rank = high if side == "profile_high" else low
        blank = any_of(blanks)
        return self.words(rank if blank is None else chain([(blank, -1)], rank), output.words)

    def _blank(self, kind: Any) -> nw.Expr:  # noqa: ANN401
        return nw.lit(None, dtype=kind)

    def _grade_of(self, output: OutputColumn) -> nw.Expr:
        overall = self.plan.overall
        if overall is None or (
            output.key == "suggested" and all(ladder.name != "suggest" for ladder in overall.ladders)
        ):
            return self.words(nw.lit(-1), output.words)
        low, high = self.low[overall.source], self.high[overall.source]
        absent = self.absent[overall.source]
        rank, blank = {"low": low, "rating": low, "high": high}.get(output.key), absent
        if output.key == "rating" and low is not high:
            blank = low != high if absent is None else absent | (low != high)
        if rank is None:
            suggest = next(ladder for ladder in overall.ladders if ladder.name == "suggest")
            worst, best = self._climb(suggest, "low"), self._climb(suggest, "high")
            rank = chain([(worst < low, low), (worst > high, high)], worst)
            blank = worst != best if absent is None else absent | (worst != best)
        return self.words(rank if blank is None else chain([(blank, -1)], rank), output.words)

    def _flag(self, test: Test) -> nw.Expr:
        low, high = self.holds(test, "low"), self.holds(test, "high")
        if isinstance(low, bool):
            low = nw.lit(low)
        open_ = together([high, invert(low)], empty=True)
        return low if open_ is False else nw.when(~as_expression(open_)).then(low)

    def _percentage(self, key: str) -> nw.Expr:
        headline = self.plan.headline
        kind = nw.Int16 if key.startswith("score") else nw.Int32
        if headline is None or (key.startswith("score") and headline.rounding == "none"):
            return self._blank(kind)
        low, high = (100 * self.value(headline.part, side) for side in SIDES)
        whole = headline.whole
        over = nw.lit(whole) if isinstance(whole, int) else chain(
            [(self.value(whole, "low") < 1, 1)], self.value(whole, "low"))  # fmt: skip
        if key.startswith("score"):
            low, high = (rounded(value, over, headline.rounding) for value in (low, high))
        absent = self.all_absent(headline.inputs)
        blanks = [absent] if absent is not None else []
        open_ = not ("_low" in key or "_high" in key or headline.part.known or self._same(headline.part))
        if open_:
            blanks.append(low != high)
        found = over if key.endswith("denominator") else high if "_high" in key else low
        blank = any_of(blanks)
        found = found.cast(kind)
        return found if blank is None else nw.when(~blank).then(found)

    def _margin(self, output: OutputColumn) -> nw.Expr:
        stretches = stretches_of(self.plan.fitted)
        if stretches is None:
            raise ValueError("this plan has no margins")
        leaves = [(p, s) for p, s in enumerate(self.plan.sources) if s.given]
        places = [next(place for place, source in leaves if source.id == leaf) for leaf in stretches.leaves]
        points = nw.lit(sum(self.plan.sources[place].scale.lowest.value for place in places))
        for place in places:
            points = points + self.low[place]
        starts = [start for start, _ in stretches.starts]
        ranks = [rank for _, rank in stretches.starts]
        bands = list(zip(starts, ranks, starts[1:], ranks[1:], strict=False))
        up = output.key.endswith(("up", "above"))
        cases: list[tuple[nw.Expr, Value]] = []
        if output.kind == "grade":
            cases = [(points < end, upper if up else lower) for (_, lower, end, upper) in bands]
            if not up:
                cases = [(points < starts[1], -1) if len(starts) > 1 else (points >= starts[0], -1)]
                cases += [(points < end, ranks[i]) for i, end in enumerate(starts[2:])]
                rank = chain(cases, ranks[-2] if len(ranks) > 1 else -1)
            else:
                rank = chain(cases, -1)
            found = self.words(rank, output.words)
        elif up:
            found = chain([(points < end, nw.lit(end) - points) for end in starts[1:]], self._blank(nw.Int32)).cast(
                nw.Int16
            )
        else:
            found = chain(
                [(points >= start, points - start + 1) for start in starts[:0:-1]], self._blank(nw.Int32)
            ).cast(nw.Int16)
        unsure = any_of([where for where in self.unsure if where is not None])
        return found if unsure is None else nw.when(~unsure).then(found)


def rounded(parts: nw.Expr, whole: nw.Expr, rounding: Rounding) -> nw.Expr:
    """Whole numbers divided and rounded by whole numbers."""
    if rounding == "up":
        return (parts + whole - 1) // whole
    if rounding == "down":
        return parts // whole
    shown = (2 * parts + whole) // (2 * whole)
    if rounding == "half_even":
        odd_tie = (shown * 2 * whole == 2 * parts + whole) & (shown - 2 * (shown // 2) == 1)
        shown = nw.when(odd_tie).then(shown - 1).otherwise(shown)
    return shown


def invert(truth: Truth) -> Truth:
    """Where a condition does not hold."""
    return not truth if isinstance(truth, bool) else ~truth


def as_expression(truth: Truth) -> nw.Expr:
    """A condition as an expression, even where it is the same for every row."""
    return nw.lit(truth) if isinstance(truth, bool) else truth


def together(truths: Sequence[Truth], *, empty: bool) -> Truth:
    """All (``empty`` true) or any of some conditions."""
    found: Truth = empty
    for truth in truths:
        if isinstance(found, bool):
            found = truth if found is empty else found
        elif isinstance(truth, bool):
            found = found if truth is empty else truth
        else:
            found = found & truth if empty else found | truth
    return found
