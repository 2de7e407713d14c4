"""Evaluate a method: climb its ladders with the scores of an assessment, exactly, and keep every step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from careassure.errors import InvalidAssessmentError, InvalidMethodError, Problem
from careassure.methods.conditions import Measure as MeasureRule
from careassure.methods.fit import Fitted, fit
from careassure.methods.margin import margin_of
from careassure.methods.measuring import Interval, Measuring, as_number, before_rounding
from careassure.methods.method import FlagRule, Ladder, Method, Node, Rung
from careassure.methods.states import LEFT_OUT, UNANSWERED
from careassure.model.assessment import Assessment
from careassure.model.outcome import Flag, Margin, Measure, Outcome, Profile, ProfileEntry, entry_of
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.trace import Step, noted


def evaluate(method: Method, assessment: Assessment) -> Outcome:
    """What ``method`` makes of ``assessment``.

    A score that is not known counts as the lowest for ``low`` and as the highest for ``high``, and as not given
    and as given where it is asked what was answered; since every rung is upward closed, the interval is exactly
    what the completions of the assessment can give.

    Raises:
        InvalidMethodError: The method does not fit the assessment's framework, or its rungs are not nested.
        InvalidAssessmentError: A statement is given as a whole on another scale than that of its grade.
    """
    fitted = fit(method, assessment.framework)
    run = _Run(fitted, assessment)
    return run.outcome()


@frozen
class _NodeResult:
    step: Step
    interval: Interval | None
    suggested: Grade | None
    headline: tuple[Step, MeasureRule] | None


class _Run:
    """One evaluation. Holds what has been worked out so far; lives for one call of `evaluate`."""

    def __init__(self, fitted: Fitted, assessment: Assessment) -> None:
        self.fitted = fitted
        self.method = fitted.method
        self.framework = fitted.framework
        self.assessment = assessment
        self.seen = Measuring(fitted, assessment)
        self.titles = fitted.titles

    def outcome(self) -> Outcome:
        headlines = dict(self.fitted.headlines)
        results: dict[str, _NodeResult] = {}
        for node in self.fitted.nodes:
            result = self._node(node, headlines.get(node.target))
            results[node.target] = result
            if node.ladders:
                self.seen.found[node.target] = result.interval
        flags = tuple(self._flag_steps())
        overall = results.get("overall")
        interval = overall.interval if overall else None
        low, high = interval or (None, None)
        exact, shown = self._percentages(overall.headline if overall else None)
        parts = (*(result.step for result in results.values()), *flags)
        return Outcome(
            assessment=self.assessment,
            scorer=self.method.id,
            scorer_version=self.method.version,
            title=self.method.title,
            trace=noted("outcome", self.method.id, self.method.title, low, high, parts, self.method.references),
            low=low,
            high=high,
            suggested=overall.suggested if overall else None,
            percentage_low=exact[0],
            percentage_high=exact[1],
            score_low=shown[0],
            score_high=shown[1],
            margin=self._margin(interval),
            profile=self._profile(results),
            flags=tuple(
                Flag(step.id, step.text, step.low is True, step.references) for step in flags if step.high is True
            ),
            measures=tuple(self._measures()),
        )

    def _percentages(
        self, headline: tuple[Step, MeasureRule] | None
    ) -> tuple[tuple[Fraction | None, Fraction | None], tuple[int | None, int | None]]:
        if headline is None or headline[1].kind not in ("percentage", "share", "answered"):
            return (None, None), (None, None)
        step, rule = headline
        exact = before_rounding(step)
        shown = (int(as_number(step.low)), int(as_number(step.high))) if rule.rounding != "none" else (None, None)
        return (as_number(exact.low), as_number(exact.high)), shown

    def _measures(self) -> Iterator[Measure]:
        """The named numbers that the overall and the flags rest on, in the order in which they were met."""
        for (target, name), step in self.seen.measured.items():
            if target == "overall":
                yield Measure(name, step.text, as_number(step.low), as_number(step.high))

    def _margin(self, interval: Interval | None) -> Margin:
        if interval is None or interval.low != interval.high or any(s is None for s in self.seen.given.values()):
            return Margin()
        ranks = {leaf: pair.low.rank for leaf, pair in self.seen.given.items() if pair and pair.low is pair.high}
        if len(ranks) < len(self.seen.given):
            return Margin()
        return margin_of(self.fitted, interval.low.rank, ranks, self.seen.facts)

    # -- nodes and ladders ----------------------------------------------------------------------------

    def _node(self, node: Node, headline_rule: MeasureRule | None) -> _NodeResult:
        title = "Overall" if node.target == "overall" else self.titles[node.target]
        headline: tuple[Step, MeasureRule] | None = None
        whole = self.seen.given.get(node.target) if "/" not in node.target else None
        statement = self.fitted.statements.get(node.target)
        if statement is not None and statement.parts and node.target in self.seen.given:
            text = f"{title}: given as a whole, without the scores inside it"
            value = (whole.low, whole.high) if whole else (None, None)
            if whole and node.ladders and whole.low.scale != node.scale:
                raise InvalidAssessmentError(
                    f"the assessment of {self.assessment.council}",
                    [Problem(node.target, f"it is given as a whole, and {self.method.id} grades it on {node.scale}",
                             "Give the scores inside it")],
                )  # fmt: skip
            return _NodeResult(noted("note", node.target, text, *value), whole, None, None)
        keys = self.fitted.looked_at(node.target)
        if keys and not any(self.seen.interval(key) for key in keys):
            return _NodeResult(noted("note", node.target, f"{title}: nothing in it carries a grade"), None, None, None)
        steps = tuple(self._ladder(node, ladder) for ladder in node.ladders)
        if headline_rule is not None:
            headline = (self.seen.measure(headline_rule, node.target), headline_rule)
        by_name = {step.id: step for step in steps}
        extra = (headline[0],) if headline is not None else ()
        if not steps:
            return _NodeResult(noted("note", node.target, title, parts=extra), None, None, headline)
        must, may = (by_name.get(name, steps[0]) for name in ("must", "may"))
        low, high = _grade(must, "low"), _grade(may, "high")
        for least, most in ((low, _grade(may, "low")), (_grade(must, "high"), high)) if must is not may else ():
            if least > most:
                what = f"what it must be ({least}) is above what it may be ({most})"
                raise InvalidMethodError(f"the method {self.method.id}", [Problem(node.target, what, "Run its check")])
        step = noted("node", node.target, title, low, high, (*steps, *extra))
        return _NodeResult(step, Interval(low, high), self._suggested(by_name.get("suggest"), low, high), headline)

    def _suggested(self, step: Step | None, low: Grade, high: Grade) -> Grade | None:
        if step is None or step.low != step.high or not isinstance(step.low, Grade):
            return None
        return min(max(step.low, low), high)

    def _ladder(self, node: Node, ladder: Ladder) -> Step:
        scale = self.fitted.scale(node)
        rungs = tuple(
            [self._rung(rung, grade, node.target) for rung, grade in zip(ladder.rungs, scale.grades[1:], strict=True)]
        )
        return noted(
            "ladder",
            ladder.name,
            _LADDERS[ladder.name],
            self._climb(rungs, scale, [rung.low is True for rung in rungs]),
            self._climb(rungs, scale, [rung.high is True for rung in rungs]),
            rungs,
            grade=scale.lowest,
        )

    def _climb(self, rungs: tuple[Step, ...], scale: Scale, held: list[bool]) -> Grade:
        height = held.index(False) if False in held else len(held)
        if True in held[height:]:
            upper = height + held[height:].index(True)
            raise InvalidMethodError(
                f"the method {self.method.id}",
                [Problem(rungs[upper].id, f"it holds although {rungs[height].id} below it does not", "Run its check")],
            )
        return scale.grades[height]

    def _rung(self, rung: Rung, grade: Grade, target: str) -> Step:
        condition = self.seen.condition(rung.when, rung.text, target)
        return noted(
            "rung",
            rung.id,
            rung.text,
            condition.low,
            condition.high,
            (condition,),
            rung.references,
            grade=grade,
        )

    # -- what goes with it ----------------------------------------------------------------------------

    def _flag_steps(self) -> list[Step]:
        steps: list[Step] = []
        for rule in self.fitted.flags:
            condition = self.seen.condition(rule.when, rule.text, "overall")
            if (condition.low, condition.high) == (False, True):
                condition = self._tried(rule, condition)
            steps.append(
                noted("flag", rule.id, rule.text, condition.low, condition.high, (condition,), rule.references)
            )
        return steps

    def _tried(self, rule: FlagRule, condition: Step) -> Step:
        """A notice that is open at its ends, decided by going through the completions where that is needed."""
        from careassure.methods.notices import decided  # what few ratings need is not imported for all
        from careassure.methods.ways import World

        world = World(
            scores=self._possible, grades=self._possible_grades, whole=self._possible_whole,
            is_absent=lambda target: self.seen.found[target] is None,
            fact=lambda asked: self.seen.facts.get(asked.name, asked.default) is asked.value,
        )  # fmt: skip
        low, high = decided(self.fitted, rule.when, world)
        if low is not high:
            return condition
        text = f"{'so' if low else 'not so'} in every way to fill in what is open: {condition.text}"
        return noted("tried", rule.id, text, low, high, (condition,))

    def _possible(self, leaf: str) -> tuple[int, ...]:
        """What a score can be, from the worst to the best."""
        score = self.seen.scores.get(leaf)
        if isinstance(score, Grade):
            return (score.rank,)
        if self.seen.leaves_out(score) or self.seen.left_out_with_its_whole(leaf):
            return (LEFT_OUT,)
        return (UNANSWERED, *range(len(self.fitted.scale_of(leaf, given=True))))

    def _possible_grades(self, target: str) -> tuple[int, ...]:
        interval = self.seen.found[target]
        return (LEFT_OUT,) if interval is None else tuple(range(interval.low.rank, interval.high.rank + 1))

    def _possible_whole(self, statement: str) -> tuple[int, ...] | None:
        """What a statement can be that was given as a whole; None where it was not."""
        is_whole = bool(self.fitted.statements[statement].parts) and statement in self.seen.given
        return self._possible_grades(statement) if is_whole else None

    def _profile(self, results: dict[str, _NodeResult]) -> Profile:
        entries: list[ProfileEntry] = []
        for theme in self.framework.themes:
            entries.append(self._entry(theme.id, theme.title, "theme", results.get(theme.id)))
            entries += [self._entry(s.id, s.title, "statement", results.get(s.id)) for s in theme.statements]
        return Profile(tuple(entries))

    def _entry(self, id: str, title: str, level: str, result: _NodeResult | None) -> ProfileEntry:
        score = self.seen.scores.get(id)
        interval = result.interval if result is not None else self.seen.given.get(id)
        shown = self._percentages(result.headline)[1] if result is not None else (None, None)
        return entry_of(
            id,
            title,
            "theme" if level == "theme" else "statement",
            interval.low if interval else None,
            interval.high if interval else None,
            result.suggested if result is not None else None,
            score if isinstance(score, NotRated) else None,
            shown[0] if shown[0] == shown[1] else None,
        )


_LADDERS = {"only": "", "must": "at the least", "may": "at the most", "suggest": "suggested"}


def _grade(step: Step | None, side: str) -> Grade:
    value = getattr(step, side)
    if not isinstance(value, Grade):
        raise TypeError(f"{value!r} is not a grade")
    return value
