"""The results of a lazy table: each output as an expression of the sums and ranks that were worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from careassure.frame.expressions import WHOLE, Case, Quotient, any_of, as_expression, chain, in_words, rounded
from careassure.frame.lazy import Lazy
from careassure.frame.outputs import OutputColumn
from careassure.frame.walk import SIDES, Side, ends_of, invert, together
from careassure.methods.margin import Stretches, stretches_of
from careassure.methods.plan import Amount, Headline, LadderPlan, NodePlan, Test


class Results:
    """The outputs of a plan that was worked out.

    Args:
        lazy: The plan in its table.
    """

    def __init__(self, lazy: Lazy) -> None:
        self.lazy = lazy

    def all(self) -> dict[str, nw.Expr]:
        """The wanted columns as expressions of the table as it is by now."""
        return {output.name: self._result(output) for output in self.lazy.columns}

    def _result(self, output: OutputColumn) -> nw.Expr:
        key = output.key
        if output.kind == "text":
            return nw.lit(output.text)
        if output.kind == "truth":
            test = next(test for flag, test in self.lazy.plan.flags if f"flag {flag}" == key)
            return self._flag(test)
        if key.startswith("margin"):
            return self._margin(output)
        if key.startswith(("score", "percentage")):
            return self._percentage(key, WHOLE[output.bits])
        if key.startswith("profile"):
            return self._place(output)
        return self._grade_of(output)

    def _words(
        self, output: OutputColumn, cases: Sequence[Case], otherwise: int | None, blank: nw.Expr | None = None
    ) -> nw.Expr:
        """The words of grades, none where ``blank`` holds."""
        blanks: list[Case] = [] if blank is None else [(blank, None)]
        return in_words(self.lazy.frame, [*blanks, *cases], otherwise, output.words)

    def _words_of(self, output: OutputColumn, rank: nw.Expr, blanks: Sequence[nw.Expr]) -> nw.Expr:
        """The words of ranks, none where any of ``blanks`` holds."""
        last = len(output.words) - 1
        return self._words(output, [(rank == place, place) for place in range(last)], last, any_of(blanks))

    def _place(self, output: OutputColumn) -> nw.Expr:
        """The grade of a theme or statement."""
        side, _, target = output.key.partition(" ")
        place = next(node.source for node in self.lazy.plan.nodes if node.target == target)
        bounds, absent = self.lazy.bounds[place], self.lazy.absent[place]
        blanks = [absent] if absent is not None else []
        if side == "profile" and not bounds.same:
            blanks.append(bounds.low != bounds.high)
        return self._words_of(output, bounds.high if side == "profile_high" else bounds.low, blanks)

    def _grade_of(self, output: OutputColumn) -> nw.Expr:
        """The overall grade."""
        overall = self.lazy.plan.overall
        if overall is None:
            return self._words(output, [], None)
        must, may = ends_of(overall)
        absent = self.lazy.absent[overall.source]
        if output.key == "suggested":
            suggest = self.lazy.suggests()
            return self._words(output, [], None) if suggest is None else self._suggest(output, overall, suggest)
        if output.key == "low" or self.lazy.is_one(overall):
            return self._words(output, *self.lazy.rungs(must, "low"), absent)
        if output.key == "high":
            return self._words(output, *self.lazy.rungs(may, "high"), absent)
        return self._words(output, *self.lazy.agreed(must, may), absent)

    def _suggest(self, output: OutputColumn, overall: NodePlan, suggest: LadderPlan) -> nw.Expr:
        """The grade that is suggested, between the bounds; none where the worst and the best suggest others."""
        bounds = self.lazy.bounds[overall.source]
        absent = self.lazy.absent[overall.source]
        worst, best = (self.lazy.climb(overall, suggest, side) for side in SIDES)
        rank = chain([(worst < bounds.low, bounds.low), (worst > bounds.high, bounds.high)], worst)
        return self._words_of(output, rank, [worst != best, *([] if absent is None else [absent])])

    def _flag(self, test: Test) -> nw.Expr:
        low, high = self.lazy.holds(test, "low"), self.lazy.holds(test, "high")
        if isinstance(low, bool):
            low = nw.lit(low)
        open_ = together([high, invert(low)], empty=True)
        return low if open_ is False else nw.when(~as_expression(open_)).then(low)

    def _percentage(self, key: str, kind: Any) -> nw.Expr:  # noqa: ANN401
        headline = self.lazy.plan.headline
        shown = key.startswith("score")
        if headline is None or (shown and headline.rounding == "none"):
            return nw.lit(None, dtype=kind)
        part = headline.part
        side: Side = "high" if "_high" in key else "low"
        if key.endswith("denominator"):
            found = self._over(headline.whole)
        else:
            found = self._score(headline, side) if shown else self.lazy.value(part, side, 100)
        absent = self.lazy.all_absent(headline.inputs)
        blanks = [absent] if absent is not None else []
        if not ("_low" in key or "_high" in key or self.lazy.same(part)):
            blanks.append(self._differs(headline, shown=shown))
        blank = any_of(blanks)
        found = found.cast(kind)
        return found if blank is None else nw.when(~blank).then(found)

    def _score(self, headline: Headline, side: Side) -> nw.Expr:
        """The percentage as it is displayed, rounded."""
        quotient = self._quotient(headline)
        if quotient is None:
            value, over = self.lazy.value(headline.part, side, 100), self._over(headline.whole)
            return rounded(value.cast(nw.Int64), over.cast(nw.Int64), headline.rounding)
        steps, ends = self.lazy.steps(headline.part, side), self.lazy.span(headline.part)
        return quotient.rounded(steps, *ends, headline.rounding)

    def _quotient(self, headline: Headline) -> Quotient | None:
        """The percentage as a quotient of the column of one sum by one number; None where it is more than that."""
        part, whole = headline.part, headline.whole
        if not isinstance(whole, int) or part.known or not self.lazy.whole(part):
            return None
        form = self.lazy.form(part)
        return Quotient.of(100 * form.slope, 100 * (form.offset - form.slope * self.lazy.lift(part)), whole)

    def _differs(self, headline: Headline, *, shown: bool) -> nw.Expr:
        """Where the percentage, or what is displayed of it, is another at worst than at best."""
        quotient = self._quotient(headline)
        if headline.part.known and not shown:
            return self.lazy.value(headline.part, "low") != self.lazy.value(headline.part, "high")
        if not shown or (quotient is not None and quotient.tells_apart(headline.rounding)):
            return self.lazy.steps(headline.part, "low") != self.lazy.steps(headline.part, "high")
        return self._score(headline, "low") != self._score(headline, "high")

    def _over(self, whole: Amount | int) -> nw.Expr:
        """What the percentage is divided by: 1 in the place of 0."""
        if isinstance(whole, int):
            return nw.lit(whole)
        value = self.lazy.value(whole, "low")
        return chain([(value < 1, 1)], value)

    def _margin(self, output: OutputColumn) -> nw.Expr:
        """The way to the grade below or above, in points or as that grade; none where a score is not known."""
        stretches = stretches_of(self.lazy.plan.fitted)
        if stretches is None:
            raise ValueError("this plan has no margins")
        points = self._points(stretches.leaves)
        found = (
            self._grade_beside(output, stretches, points) if output.kind == "grade" else _way(output, stretches, points)
        )
        unsure = any_of([where for where in self.lazy.unsure if where is not None])
        return found if unsure is None else nw.when(~unsure).then(found)

    def _points(self, leaves: Sequence[str]) -> nw.Expr:
        """The sum of the values of some scores."""
        sources = self.lazy.plan.sources
        by_id = {source.id: place for place, source in enumerate(sources) if source.given}
        places = [by_id[leaf] for leaf in leaves]
        points = nw.lit(sum(sources[p].scale.lowest.value - self.lazy.above[p] for p in places), dtype=nw.Int64)
        for place in places:
            points = points + self.lazy.bounds[place].low.cast(nw.Int64)
        return points

    def _grade_beside(self, output: OutputColumn, stretches: Stretches, points: nw.Expr) -> nw.Expr:
        """The grade above or below the stretch in which some points lie."""
        ends = [start for start, _ in stretches.starts[1:]]
        ranks: list[int | None] = [rank for _, rank in stretches.starts]
        beside = [*ranks[1:], None] if output.key.endswith("above") else [None, *ranks[:-1]]
        cases: list[Case] = [(points < end, rank) for end, rank in zip(ends, beside, strict=False)]
        return self._words(output, cases, beside[-1])


def _way(output: OutputColumn, stretches: Stretches, points: nw.Expr) -> nw.Expr:
    """How many points it is to the end of the stretch in which some points lie, or out of it at its start."""
    starts = [start for start, _ in stretches.starts[1:]]
    if output.key.endswith("up"):
        ways = [(points < end, nw.lit(end) - points) for end in starts]
    else:
        ways = [(points >= start, points - start + 1) for start in reversed(starts)]
    return chain(ways, nw.lit(None, dtype=nw.Int64)).cast(WHOLE[output.bits])
