"""The results of a lazy table: each output as an expression of the sums and ranks that were worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from careassure.frame.expressions import WHOLE, any_of, as_expression, chain
from careassure.frame.lazy import Case, Lazy
from careassure.frame.outputs import OutputColumn
from careassure.frame.quotients import Quotient, rounded
from careassure.frame.reading import Frame
from careassure.frame.truths import SIDES, Side, invert, together
from careassure.methods.margin import stretches_of
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
        return {output.name: self._result(output) for output in self.lazy.outputs}

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
        low, high, absent = self.lazy.low[place], self.lazy.high[place], self.lazy.absent[place]
        blanks = [absent] if absent is not None else []
        if side == "profile" and low is not high:
            blanks.append(low != high)
        return self._words_of(output, high if side == "profile_high" else low, blanks)

    def _grade_of(self, output: OutputColumn) -> nw.Expr:
        """The overall grade."""
        overall = self.lazy.plan.overall
        if overall is None:
            return self._words(output, [], None)
        must, may = self.lazy.bounds(overall)
        absent = self.lazy.absent[overall.source]
        if output.key == "suggested":
            suggest = self.lazy.suggested()
            return self._words(output, [], None) if suggest is None else self._suggest(output, overall, suggest)
        if output.key == "low" or self.lazy.is_known(overall):
            return self._words(output, *self.lazy.rungs(must, "low"), absent)
        if output.key == "high":
            return self._words(output, *self.lazy.rungs(may, "high"), absent)
        return self._words(output, *self.lazy.agreed(must, may), absent)

    def _suggest(self, output: OutputColumn, overall: NodePlan, suggest: LadderPlan) -> nw.Expr:
        """The grade that is suggested, between the bounds; none where the worst and the best suggest others."""
        low, high = self.lazy.low[overall.source], self.lazy.high[overall.source]
        absent = self.lazy.absent[overall.source]
        worst, best = (self.lazy.climb(suggest, side, overall.scale) for side in SIDES)
        rank = chain([(worst < low, low), (worst > high, high)], worst)
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
        if (
            not isinstance(whole, int)
            or part.known
            or any(self.lazy.absent[place] is not None for place, _ in part.parts)
        ):
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
        stretches = stretches_of(self.lazy.plan.fitted)
        if stretches is None:
            raise ValueError("this plan has no margins")
        leaves = [(p, s) for p, s in enumerate(self.lazy.plan.sources) if s.given]
        places = [next(place for place, source in leaves if source.id == leaf) for leaf in stretches.leaves]
        lowest = [self.lazy.plan.sources[place].scale.lowest.value - self.lazy.above[place] for place in places]
        points = nw.lit(sum(lowest), dtype=nw.Int64)
        for place in places:
            points = points + self.lazy.low[place].cast(nw.Int64)
        starts = [start for start, _ in stretches.starts]
        ranks = [rank for _, rank in stretches.starts]
        bands = list(zip(starts, ranks, starts[1:], ranks[1:], strict=False))
        up = output.key.endswith(("up", "above"))
        if output.kind == "grade":
            if up:
                grades: list[Case] = [(points < end, upper) for (_, _, end, upper) in bands]
                last = None
            else:
                grades = [(points < starts[1], None)] if len(starts) > 1 else []
                grades += [(points < end, ranks[i]) for i, end in enumerate(starts[2:])]
                last = ranks[-2] if len(ranks) > 1 else None
            found = self._words(output, grades, last)
        else:
            ways = [(points < end, nw.lit(end) - points) for end in starts[1:]]
            if not up:
                ways = [(points >= start, points - start + 1) for start in starts[:0:-1]]
            found = chain(ways, nw.lit(None, dtype=nw.Int64)).cast(WHOLE[output.bits])
        unsure = any_of([where for where in self.lazy.unsure if where is not None])
        return found if unsure is None else nw.when(~unsure).then(found)


def in_words(frame: Frame, cases: Sequence[Case], otherwise: int | None, words: Sequence[str]) -> nw.Expr:
    """The words of grades as an engine writes them: ordered ones in Polars, text in all others."""
    kind: Any = nw.Enum(words) if frame.implementation.is_polars() else nw.String

    def word(rank: int | None) -> nw.Expr:
        return nw.lit(None if rank is None else words[rank], dtype=kind)

    return chain([(where, word(rank)) for where, rank in cases], word(otherwise))
