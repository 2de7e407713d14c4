"""Lazy tables: a plan as expressions that the engine works out, be it Polars, DuckDB, Ibis or Spark.

The work is done in stages, since an engine works an expression out anew wherever it stands: the scores, then level by
level the sums that grades rest on and the grades, each in columns that are dropped at the end. With two themes of two
scores each::

    scores          a b c d
    sums            _0 = a + b    _1 = c + d
    grades          _2 = (_0 >= 3) + (_0 >= 5)    _3 = ...
    sum of grades   _4 = _2 + _3
    results         rating = when _4 >= 4 then "good" otherwise "requires-improvement"

The last grade is seldom kept as a rank: its words are told by the conditions themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

import narwhals.stable.v2 as nw

from careassure.frame.expressions import Case, Frame, chain, fits, literal, smallest
from careassure.frame.outputs import OutputColumn
from careassure.frame.reading import Read
from careassure.frame.walk import SIDES, Bounds, Side, Walk, invert, together
from careassure.methods.plan import Amount, FactPlan, LadderPlan, MethodPlan, NodePlan, Source
from careassure.model.scale import Scale


class Lazy(Walk[nw.Expr]):
    """Works a plan out in a lazy table, stage by stage, in columns that are dropped at the end.

    Args:
        plan: The plan, which was proved to be settled.
        frame: The table.
        reads: What the table says of each leaf of the plan.
        facts: The facts: a column, or what is so for every row.
        columns: The columns that are wanted.
        stem: What the names of columns begin with that are made on the way.
    """

    def __init__(
        self,
        plan: MethodPlan,
        frame: Frame,
        reads: Sequence[Read | None],
        facts: dict[str, str | bool],
        columns: Sequence[OutputColumn],
        stem: str,
    ) -> None:
        super().__init__(plan, [column.key for column in columns])
        self.frame = frame
        self.facts = facts
        self.columns = columns
        self.above = [0] * len(plan.sources)
        """By how much a column of scores lies above its ranks."""
        self._names = (f"{stem}{number}" for number in count())
        self._made: dict[str, nw.Expr] = {}
        self._sums: dict[tuple[Amount, Side], nw.Expr] = {}
        self.bounds = [Bounds.one(nw.lit(0))] * len(plan.sources)
        self.absent = [None] * len(plan.sources)
        self.unsure = [None] * len(plan.sources)
        given = [place for place, source in enumerate(plan.sources) if source.given]
        for place, read in zip(given, reads, strict=True):
            self._load(place, plan.sources[place], read)
        self._add_made()

    # -- columns that are made on the way -------------------------------------------------------------

    def _keep(self, expression: nw.Expr) -> nw.Expr:
        """Something as a column of its own, which is there once `_add_made` was called."""
        name = next(self._names)
        self._made[name] = expression
        return nw.col(name)

    def _add_made(self) -> None:
        """Add the columns of a stage to the table."""
        if self._made:
            self.frame = self.frame.with_columns(**self._made)
            self._made = {}

    def kind(self, scale: Scale) -> Any:  # noqa: ANN401
        """The type of columns of ranks: eight bits where engines are the quicker for it."""
        return nw.Int8 if self.frame.implementation.is_polars() and fits(nw.Int8, 0, len(scale)) else nw.Int32

    def _load(self, place: int, source: Source, read: Read | None) -> None:
        """A score at worst and at best: a plain column as it is, by ``above`` over its ranks, else its ranks."""
        if read is None:
            self.bounds[place] = Bounds(nw.lit(source.unknown[0]), nw.lit(source.unknown[1]), same=False)
            self.unsure[place] = nw.lit(True)
            return
        if read.plain is not None and read.odd is None:
            plain = read.plain
            self.above[place] = plain.lowest
            self.unsure[place] = read.unknown
            ends = [plain.filled(self.frame, end) for end in source.unknown]
            self.bounds[place] = (
                Bounds.one(plain.cell) if read.unknown is None else Bounds(ends[0], ends[1], same=False)
            )
            return
        kind = self.kind(source.scale)
        cases = read.open(source)
        low = self._keep(chain([(where, span[0]) for where, span in cases if span[0]], read.rank).cast(kind))
        high = [(where, span[1]) for where, span in cases]
        self.bounds[place] = (
            Bounds(low, self._keep(chain(high, read.rank).cast(kind)), same=False) if high else Bounds.one(low)
        )
        left_out = read.left_out(source)
        if left_out is not None:
            self.absent[place] = self._keep(left_out)
        if read.unsure is not None:
            self.unsure[place] = self._keep(read.unsure)

    # -- sums and conditions --------------------------------------------------------------------------

    def steps(self, amount: Amount, side: Side) -> nw.Expr:
        """The column of a sum, which is the X of its simplest form and more by `lift`."""
        return self._sums[amount, "low" if self.same(amount) else side]

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

    def _prepare(self, amounts: Sequence[Amount]) -> None:
        """Make the columns of some sums, but for those of what is known, which need none."""
        for amount in dict.fromkeys(amount for amount in amounts if not amount.known):
            for side in SIDES if not self.same(amount) else SIDES[:1]:
                if (amount, side) not in self._sums:
                    self._sums[amount, side] = self._keep(self._add_up(amount, side))
        self._add_made()

    def _add_up(self, amount: Amount, side: Side) -> nw.Expr:
        spark = self.frame.implementation.is_pyspark()
        kind = smallest(*self.span(amount), of=(nw.Int32, nw.Int64) if spark else (nw.Int8, nw.Int32, nw.Int64))
        total: nw.Expr | None = None
        for place, at, factor in self.form(amount).terms:
            cell = self.bounds[place].at(side)
            if at:
                reached = cell >= at + self.above[place]
                term = nw.when(reached).then(self.literal(factor, kind)).otherwise(self.literal(0, kind))
            else:
                # What fits into eight bits fits into the column's own type, which is the quickest to add up. Spark
                # adds whatever it is to a number of 32 bits without being told to.
                own = kind == nw.Int8 or (spark and kind == nw.Int32 and total is not None)
                term = cell if own else cell.cast(kind)
                term = term if factor == 1 else term * self.literal(factor, kind)
            total = term if total is None else total + term
        return self.literal(0, kind) if total is None else total

    def literal(self, number: int, kind: Any) -> nw.Expr:  # noqa: ANN401
        """A whole number of a kind."""
        return literal(self.frame, number, kind)

    def scaled(self, amount: Amount, side: Side, times: int) -> nw.Expr:
        """What a sum of everything comes to, ``times`` as much, in a kind of number that holds all on the way."""
        form = self.form(amount)
        slope = times * form.slope
        offset = times * form.offset - slope * self.lift(amount)
        most = sum(max(map(abs, adds)) for _, adds in amount.parts)
        steps = max(map(abs, self.span(amount)))
        reach = abs(slope) * steps + abs(offset) + abs(times) * most  # nothing on the way is further from 0
        return self.steps(amount, side).cast(smallest(-reach, reach, of=(nw.Int32, nw.Int64))) * slope + offset

    def constant(self, number: int) -> nw.Expr:
        """A number for every row."""
        return nw.lit(number, dtype=nw.Int64)

    def counted(self, where: nw.Expr, number: int) -> nw.Expr:
        """A number where something holds, and 0 elsewhere."""
        return chain([(where, number)], 0)

    def fact(self, test: FactPlan) -> nw.Expr | bool:
        """Where a fact has a value."""
        where = self.facts.get(test.name, test.default)
        if isinstance(where, bool):
            return where is test.value
        holds = nw.when(nw.col(where).is_null()).then(nw.lit(test.default)).otherwise(nw.col(where))
        return holds if test.value else ~holds

    # -- places that get a grade ----------------------------------------------------------------------

    def work_out(self) -> None:
        """The grades of everything that the results rest on, level by level."""
        level: dict[int, int] = {}
        by_level: dict[int, list[NodePlan]] = {}
        for node in self.plan.nodes:
            if node.source in self.needed:
                level[node.source] = 1 + max((level.get(place, 0) for place in node.inputs), default=0)
                by_level.setdefault(level[node.source], []).append(node)
        for _, nodes in sorted(by_level.items()):
            wanted = [
                rung
                for node in nodes
                for ladder in node.ladders
                if any(self.wanted(node, ladder, side) for side in SIDES)
                for rung in ladder.rungs
            ]
            self._prepare(self.plan.amounts_of(wanted))
            for node in nodes:
                self.grade(node)
            self._add_made()
        flags = any(key.startswith("flag ") for key in self.outputs)
        rest = self.plan.amounts_of([test for _, test in self.plan.flags]) if flags else []
        headline = self.plan.headline
        if headline is not None and any(key.startswith(("score", "percentage")) for key in self.outputs):
            rest += [a for a in (headline.part, headline.whole) if isinstance(a, Amount)]
        self._prepare(rest)

    def _is_ranked(self, node: NodePlan) -> bool:
        """Whether the ranks of a node are looked at; those of the overall grade seldom are, but for its words."""
        if node is not self.plan.overall or self.suggests() is not None:
            return True
        amounts = self.plan.amounts_of([test for _, test in self.plan.flags])
        return any(place == node.source for amount in amounts for place, _ in amount.parts)

    def grade(self, node: NodePlan) -> None:
        """Work out the lowest and the highest grade of a place, in columns of their own."""
        place = node.source
        if self._is_ranked(node):
            super().grade(node)
            bounds = self.bounds[place]
            low = self._keep(bounds.low)
            self.bounds[place] = Bounds(low, low if bounds.same else self._keep(bounds.high), bounds.same)
        absent = self.all_absent(node.inputs)
        self.absent[place] = None if absent is None else self._keep(absent)

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

    def climb(self, node: NodePlan, ladder: LadderPlan, side: Side) -> nw.Expr:
        """How many rungs of a ladder hold; none where the place is left out."""
        cases, least = self.rungs(ladder, side)
        kind = self.kind(node.scale)
        rank = chain([(where, self.literal(rank, kind)) for where, rank in cases], self.literal(least, kind))
        absent = self.absent[node.source]
        return rank if absent is None else chain([(absent, self.literal(0, kind))], rank)

    def agreed(self, must: LadderPlan, may: LadderPlan) -> tuple[list[Case], int | None]:
        """Cases of the rank on which the worst and the best agree: the one is reached at worst, the next not at best.

        What is reached at worst is reached at best too, so this is where both are the same rank.
        """
        reached: list[nw.Expr | bool] = [True, *(self.holds(rung, "low") for rung in must.rungs)]
        above: list[nw.Expr | bool] = [*(invert(self.holds(rung, "high")) for rung in may.rungs), True]
        cases: list[Case] = []
        for rank, ends in reversed(list(enumerate(zip(reached, above, strict=True)))):
            agreed = together(ends, empty=True)
            if agreed is True:
                return cases, rank
            if not isinstance(agreed, bool):
                cases.append((agreed, rank))
        return cases, None
