"""Lazy tables: a plan as expressions that the engine works out, be it Polars, DuckDB, Ibis or Spark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import narwhals.stable.v2 as nw

from careassure.frame.expressions import Truth, chain, fits, smallest
from careassure.frame.linear import Linear, linear
from careassure.frame.outputs import OutputColumn
from careassure.frame.reading import Frame, Read
from careassure.frame.truths import SIDES, Side, invert, together
from careassure.methods.plan import (
    Amount,
    Every,
    FactPlan,
    LadderPlan,
    MethodPlan,
    NodePlan,
    Opposite,
    Reaches,
    Some,
    Test,
)
from careassure.model.scale import Scale

Case = tuple[nw.Expr, int | None]
"""Where a grade is given, and its rank; None: it is left blank."""


class Lazy:
    """Works a plan out in a lazy table, stage by stage, in columns that are dropped at the end.

    Args:
        plan: The plan.
        frame: The table.
        reads: What the table says of each leaf of the plan.
        facts: The facts: a column, or what is so for every row.
        outputs: The columns that are wanted.
        stem: What the names of columns begin with that are made on the way.
    """

    def __init__(
        self,
        plan: MethodPlan,
        frame: Frame,
        reads: Sequence[Read | None],
        facts: dict[str, str | bool],
        outputs: Sequence[OutputColumn],
        stem: str,
    ) -> None:
        self.plan = plan
        self.frame = frame
        self.facts = facts
        self.outputs = outputs
        self.names = (f"{stem}{number}" for number in count())
        self.low: list[nw.Expr] = []
        self.high: list[nw.Expr] = []
        self.absent: list[nw.Expr | None] = []
        self.above: list[int] = []
        self.unsure: list[nw.Expr | None] = []
        self.sums: dict[tuple[Amount, Side], nw.Expr] = {}
        self.forms: dict[Amount, Linear] = {}
        self._read(reads)

    # -- columns that are made on the way -------------------------------------------------------------

    def keep(self, made: dict[str, nw.Expr]) -> None:
        """Add columns to the table."""
        if made:
            self.frame = self.frame.with_columns(**made)

    def name(self) -> str:
        """A name for a column that is made on the way."""
        return next(self.names)

    def kind(self, scale: Scale) -> Any:  # noqa: ANN401
        """The type of columns of ranks: eight bits where engines are the quicker for it."""
        return nw.Int8 if self.frame.implementation.is_polars() and fits(nw.Int8, 0, len(scale)) else nw.Int32

    def _read(self, reads: Sequence[Read | None]) -> None:
        """All scores at worst and at best: plain columns as they are, by ``above`` over their ranks, else ranks."""
        made: dict[str, nw.Expr] = {}

        def keep(expression: nw.Expr) -> nw.Expr:
            name = self.name()
            made[name] = expression
            return nw.col(name)

        given = iter(reads)
        for source in self.plan.sources:
            read = next(given) if source.given else None
            self.above.append(0)
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
            kind = self.kind(source.scale)
            if read.plain is not None and read.odd is None:
                plain, blanks = read.plain, read.unknown is not None
                self.low.append(plain.filled(source.unknown[0]) if blanks else plain.cell)
                self.high.append(plain.filled(source.unknown[1]) if blanks else self.low[-1])
                self.above[-1] = plain.lowest
                self.unsure[-1] = read.unknown
                continue
            cases = [(where, span) for where, span in ((read.unknown, source.unknown), (read.state, source.state))
                     if where is not None and span is not None]  # fmt: skip
            low = keep(chain([(where, span[0]) for where, span in cases if span[0]], read.rank).cast(kind))
            self.low.append(low)
            open_ = [(where, span[1]) for where, span in cases]
            self.high.append(keep(chain(open_, read.rank).cast(kind)) if open_ else low)
            if source.state is None and read.state is not None:
                self.absent[-1] = keep(read.state)
            if read.unsure is not None:
                self.unsure[-1] = keep(read.unsure)
        self.keep(made)

    # -- sums and conditions --------------------------------------------------------------------------

    def form(self, amount: Amount) -> Linear:
        """A sum in its simplest form."""
        if amount not in self.forms:
            self.forms[amount] = linear(amount)
        return self.forms[amount]

    def same(self, amount: Amount) -> bool:
        """Whether a sum is the same at worst and at best in every row."""
        return all(self.low[place] is self.high[place] for place, _ in amount.parts)

    def steps(self, amount: Amount, side: Side) -> nw.Expr:
        """The X of a sum in its simplest form; what it is above that, `lift` tells."""
        key: tuple[Amount, Side] = (amount, "low" if self.same(amount) else side)
        return self.sums[key]

    def lift(self, amount: Amount) -> int:
        """By how much the column of a sum lies above X: plain columns are added up as they are."""
        return sum(factor * self.above[place] for place, at, factor in self.form(amount).terms if not at)

    def span(self, amount: Amount) -> tuple[int, int]:
        """Between what the column of a sum lies, and all that comes up while it is added up."""
        least = most = 0
        for place, at, factor in self.form(amount).terms:
            above = self.above[place]
            ends = (0, factor) if at else (factor * above, factor * (above + len(self.plan.sources[place].scale) - 1))
            least, most = least + min(0, *ends), most + max(0, *ends)
        return least, most

    def prepare(self, amounts: Sequence[Amount]) -> None:
        """Make the columns of some sums, but for those of what is known, which need none."""
        made: dict[str, nw.Expr] = {}
        for amount in dict.fromkeys(amount for amount in amounts if not amount.known):
            for side in SIDES if not self.same(amount) else SIDES[:1]:
                if (amount, side) in self.sums:
                    continue
                name = self.name()
                made[name] = self._add_up(amount, side)
                self.sums[amount, side] = nw.col(name)
        self.keep(made)

    def _add_up(self, amount: Amount, side: Side) -> nw.Expr:
        kind = smallest(*self.span(amount), of=(nw.Int8, nw.Int32, nw.Int64))
        total: nw.Expr | None = None
        for place, at, factor in self.form(amount).terms:
            cell = (self.low if side == "low" else self.high)[place]
            if at:
                reached = cell >= at + self.above[place]
                term = nw.when(reached).then(nw.lit(factor, dtype=kind)).otherwise(nw.lit(0, dtype=kind))
            else:
                # What fits into eight bits fits into the column's own type, which is the quickest to add up.
                term = cell if kind == nw.Int8 else cell.cast(kind)
                term = term if factor == 1 else term * nw.lit(factor, dtype=kind)
            total = term if total is None else total + term
        return nw.lit(0, dtype=kind) if total is None else total

    def value(self, amount: Amount, side: Side, times: int = 1) -> nw.Expr:
        """What a sum comes to, with what is left out or not known taken off where it has to be.

        Args:
            amount: The sum.
            side: At worst or at best.
            times: What it is multiplied by.
        """
        if amount.known:
            total = nw.lit(0, dtype=nw.Int64)
            for place, adds in amount.parts:
                missing = self.unsure[place] if side == "low" else self.absent[place]
                term = nw.lit(times * adds[0]) if missing is None else chain([(missing, 0)], times * adds[0])
                total = total + term
            return total
        form = self.form(amount)
        slope = times * form.slope
        offset = times * form.offset - slope * self.lift(amount)
        most = sum(max(map(abs, adds)) for _, adds in amount.parts)
        steps = max(map(abs, self.span(amount)))
        reach = abs(slope) * steps + abs(offset) + abs(times) * most  # nothing on the way is further from 0
        total = self.steps(amount, side).cast(smallest(-reach, reach, of=(nw.Int32, nw.Int64))) * slope + offset
        for place, adds in amount.parts:
            absent = self.absent[place]
            if absent is not None and adds[0]:
                total = total - chain([(absent, times * adds[0])], 0)
        return total

    def _reaches(self, test: Reaches, side: Side) -> Truth:
        amount = self.plan.amounts[test.index]
        if amount.known or any(self.absent[place] is not None for place, _ in amount.parts):
            return self.value(amount, side) >= test.least
        form = self.form(amount)
        least = form.reaching(test.least)
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
            wanted = [test for node in nodes for ladder in self._wanted(node) for test in ladder.rungs]
            self.prepare(self.plan.amounts_of(wanted))
            made: dict[str, nw.Expr] = {}
            for node in nodes:
                made |= self._grade(node)
            self.keep(made)
        rest = self.plan.amounts_of([test for _, test in self.plan.flags]) if flags else []
        headline = self.plan.headline
        if headline is not None and any(output.key.startswith(("score", "percentage")) for output in self.outputs):
            rest += [a for a in (headline.part, headline.whole) if isinstance(a, Amount)]
        self.prepare(rest)

    def bounds(self, node: NodePlan) -> tuple[LadderPlan, LadderPlan]:
        """The ladders of the lowest and of the highest grade that a node can have."""
        by_name = {ladder.name: ladder for ladder in node.ladders}
        return by_name.get("must", node.ladders[0]), by_name.get("may", node.ladders[0])

    def suggested(self) -> LadderPlan | None:
        """The ladder of the grade that is suggested; None where there is none, or where none is asked for."""
        if self.plan.overall is None or all(output.key != "suggested" for output in self.outputs):
            return None
        return next((ladder for ladder in self.plan.overall.ladders if ladder.name == "suggest"), None)

    def _wanted(self, node: NodePlan) -> list[LadderPlan]:
        """The ladders of a node that results rest on."""
        suggested = self.suggested() if node is self.plan.overall else None
        return [*self.bounds(node), *([suggested] if suggested is not None else [])]

    def is_known(self, node: NodePlan) -> bool:
        """Whether a node has the same grade at worst and at best in every row."""
        must, may = self.bounds(node)
        return must is may and all(self.low[place] is self.high[place] for place in node.inputs)

    def _is_ranked(self, node: NodePlan) -> bool:
        """Whether the ranks of a node are looked at; those of the overall grade seldom are, but for its words."""
        if node is not self.plan.overall or self.suggested() is not None:
            return True
        amounts = self.plan.amounts_of([test for _, test in self.plan.flags])
        return any(place == node.source for amount in amounts for place, _ in amount.parts)

    def _grade(self, node: NodePlan) -> dict[str, nw.Expr]:
        must, may = self.bounds(node)
        made: dict[str, nw.Expr] = {}
        absent = self.all_absent(node.inputs)

        def keep(expression: nw.Expr) -> nw.Expr:
            name = self.name()
            made[name] = expression
            return nw.col(name)

        def grade(ladder: LadderPlan, side: Side) -> nw.Expr:
            rank = self.climb(ladder, side, node.scale)
            return keep(rank if absent is None else chain([(absent, nw.lit(0, dtype=self.kind(node.scale)))], rank))

        if self._is_ranked(node):
            known = self.is_known(node)
            self.low[node.source] = grade(must, "low")
            self.high[node.source] = self.low[node.source] if known else grade(may, "high")
        self.absent[node.source] = None if absent is None else keep(absent)
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

    def rungs(self, ladder: LadderPlan, side: Side) -> tuple[list[tuple[nw.Expr, int]], int]:
        """Cases of the rank that a ladder gives, the highest first, and the rank where none holds.

        The nesting of the rungs was proved, so the highest that holds tells.
        """
        cases: list[tuple[nw.Expr, int]] = []
        least = 0
        for rank, rung in enumerate(ladder.rungs, 1):
            holds = self.holds(rung, side)
            if holds is True:
                least = rank
                cases = []
            elif not isinstance(holds, bool):
                cases.append((holds, rank))
        return cases[::-1], least

    def climb(self, ladder: LadderPlan, side: Side, scale: Scale) -> nw.Expr:
        """How many rungs hold."""
        cases, least = self.rungs(ladder, side)
        kind = self.kind(scale)
        return chain([(where, nw.lit(rank, dtype=kind)) for where, rank in cases], nw.lit(least, dtype=kind))

    def agreed(self, must: LadderPlan, may: LadderPlan) -> tuple[list[Case], int | None]:
        """Cases of the rank on which the worst and the best agree: the one is reached at worst, the next not at best.

        What is reached at worst is reached at best too, so this is where both are the same rank.
        """
        reached: list[Truth] = [True, *(self.holds(rung, "low") for rung in must.rungs)]
        above: list[Truth] = [*(invert(self.holds(rung, "high")) for rung in may.rungs), True]
        cases: list[Case] = []
        for rank, ends in reversed(list(enumerate(zip(reached, above, strict=True)))):
            agreed = together(ends, empty=True)
            if agreed is True:
                return cases, rank
            if not isinstance(agreed, bool):
                cases.append((agreed, rank))
        return cases, None
