"""Evaluate a method: climb its ladders with the scores of an assessment, exactly, and keep every step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from careassure.errors import InvalidAssessmentError, InvalidMethodError, Problem
from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Input, Not
from careassure.methods.conditions import Measure as MeasureRule
from careassure.methods.fit import Fitted, Key, fit
from careassure.methods.margin import margin_of
from careassure.methods.method import FlagRule, Ladder, Method, Node, Rung
from careassure.methods.states import LEFT_OUT, UNANSWERED
from careassure.model.assessment import Assessment
from careassure.model.marks import Score
from careassure.model.outcome import Flag, Margin, Measure, Outcome, Profile, ProfileEntry
from careassure.model.rounding import apply_rounding, decimal, whole
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.text import plural
from careassure.model.trace import Step


class Interval(NamedTuple):
    """The lowest and the highest grade that something can have."""

    low: Grade
    high: Grade


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
        self.facts = dict(assessment.facts)
        self.scores = dict(assessment.marks)
        self.given: dict[str, Interval | None] = {leaf: self._given(leaf, score) for leaf, score in assessment.marks}
        self.found: dict[str, Interval | None] = {}
        self.measured: dict[tuple[str, str], Step] = {}
        self.inputs: dict[Key, Step] = {}
        self.tests: dict[tuple[Key, int], Step] = {}
        self.titles = fitted.titles

    def _given(self, leaf: str, score: Score) -> Interval | None:
        if isinstance(score, Grade):
            return Interval(score, score)
        if isinstance(score, NotRated) and self.method.not_rated == "leave_out":
            return None
        scale = self.fitted.scale_of(leaf, given=True)
        return Interval(scale.lowest, scale.highest)

    def outcome(self) -> Outcome:
        headlines = dict(self.fitted.headlines)
        results: dict[str, _NodeResult] = {}
        for node in self.fitted.nodes:
            result = self._node(node, headlines.get(node.target))
            results[node.target] = result
            if node.ladders:
                self.found[node.target] = result.interval
        flags = tuple(self._flag_steps())
        overall = results.get("overall")
        interval = overall.interval if overall else None
        parts = (*(result.step for result in results.values()), *flags)
        headline = overall.headline if overall else None
        exact, shown = self._percentages(headline)
        return Outcome(
            assessment=self.assessment,
            scorer=self.method.id,
            scorer_version=self.method.version,
            title=self.method.title,
            trace=Step(
                "outcome",
                self.method.id,
                self.method.title,
                interval.low if interval else None,
                interval.high if interval else None,
                parts,
                self.method.references,
            ),
            low=interval.low if interval else None,
            high=interval.high if interval else None,
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
        exact = _exact(step)
        shown = (int(_number(step.low)), int(_number(step.high))) if rule.rounding != "none" else (None, None)
        return (_number(exact.low), _number(exact.high)), shown

    def _measures(self) -> Iterator[Measure]:
        """The named numbers that the overall and the flags rest on, in the order in which they were met."""
        for (target, name), step in self.measured.items():
            if target == "overall":
                yield Measure(name, step.text, _number(step.low), _number(step.high))

    def _margin(self, interval: Interval | None) -> Margin:
        if interval is None or interval.low != interval.high or any(s is None for s in self.given.values()):
            return Margin()
        ranks = {leaf: pair.low.rank for leaf, pair in self.given.items() if pair and pair.low is pair.high}
        if len(ranks) < len(self.given):
            return Margin()
        return margin_of(self.fitted, interval.low.rank, ranks, self.facts)

    # -- nodes and ladders ----------------------------------------------------------------------------

    def _node(self, node: Node, headline_rule: MeasureRule | None) -> _NodeResult:
        title = "Overall" if node.target == "overall" else self.titles[node.target]
        headline: tuple[Step, MeasureRule] | None = None
        whole = self.given.get(node.target) if "/" not in node.target else None
        statement = self.fitted.statements.get(node.target)
        if statement is not None and statement.parts and node.target in self.given:
            text = f"{title}: given as a whole, without the scores inside it"
            value = (whole.low, whole.high) if whole else (None, None)
            if whole and node.ladders and whole.low.scale != node.scale:
                raise InvalidAssessmentError(
                    f"the assessment of {self.assessment.council}",
                    [Problem(node.target, f"it is given as a whole, and {self.method.id} grades it on {node.scale}",
                             "Give the scores inside it")],
                )  # fmt: skip
            return _NodeResult(Step("note", node.target, text, *value), whole, None, None)
        keys = self.fitted.looked_at(node.target)
        if keys and not any(self._interval(key) for key in keys):
            return _NodeResult(Step("note", node.target, f"{title}: nothing in it carries a grade"), None, None, None)
        steps = tuple(self._ladder(node, ladder) for ladder in node.ladders)
        if headline_rule is not None:
            headline = (self._measure(headline_rule, node.target), headline_rule)
        by_name = {step.id: step for step in steps}
        extra = (headline[0],) if headline is not None else ()
        if not steps:
            return _NodeResult(Step("note", node.target, title, parts=extra), None, None, headline)
        must, may = (by_name.get(name, steps[0]) for name in ("must", "may"))
        low, high = _grade(must, "low"), _grade(may, "high")
        for least, most in ((low, _grade(may, "low")), (_grade(must, "high"), high)) if must is not may else ():
            if least > most:
                what = f"what it must be ({least}) is above what it may be ({most})"
                raise InvalidMethodError(f"the method {self.method.id}", [Problem(node.target, what, "Run its check")])
        step = Step("node", node.target, title, low, high, (*steps, *extra))
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
        return Step(
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
        condition = self._condition(rung.when, rung.text, target)
        return Step(
            "rung",
            rung.id,
            rung.text,
            condition.low,
            condition.high,
            (condition,),
            rung.references,
            grade=grade,
        )

    # -- conditions and measures ----------------------------------------------------------------------

    def _condition(self, condition: Condition, text: str, target: str) -> Step:
        match condition:
            case AtLeast(measure, threshold, strict, own):
                step = self._measure(measure, target)
                wanted = threshold.value(len(_exact(step).parts))
                low, high = _number(step.low), _number(step.high)
                at_worst = _reaches(low, wanted, strict=strict)
                return Step(
                    "more_than" if strict else "at_least",
                    measure.id,
                    own or f"{step.text}: {'more than' if strict else 'at least'} {decimal(wanted)}",
                    at_worst,
                    at_worst if high is low else _reaches(high, wanted, strict=strict),
                    (step,),
                    threshold=wanted,
                )
            case Not(part, own, references):
                inner = self._condition(part, text, target)
                return Step("not", "", own or f"not: {inner.text}", inner.high is not True, inner.low is not True,
                            (inner,), references)  # fmt: skip
            case AllOf(parts, own, references) | AnyOf(parts, own, references):
                steps = tuple(self._condition(part, text, target) for part in parts)
                together = all if isinstance(condition, AllOf) else any
                return Step(
                    "all" if isinstance(condition, AllOf) else "any",
                    "",
                    own or text,
                    together([step.low for step in steps]),
                    together([step.high for step in steps]),
                    steps,
                    references,
                )
            case FactIs(name, value, default, own):
                known = name in self.facts
                holds = self.facts.get(name, default) is value
                text = own or f"{name.replace('_', ' ')} is {'so' if value else 'not so'}"
                return Step("fact", name, text if known else f"{text} (not stated, taken as the default)", holds, holds)

    def _measure(self, rule: MeasureRule, target: str) -> Step:
        """A measure as seen from a node; a named one is worked out once."""
        if not rule.id:
            return self._work_out(rule)
        key = (target, rule.id)
        if key not in self.measured:
            self.measured[key] = self._work_out(rule)
        return self.measured[key]

    def _work_out(self, rule: MeasureRule) -> Step:
        if rule.kind in ("count", "share"):
            return self._counted(rule)
        there = [
            (place, item, interval)
            for place, item in enumerate(rule.inputs)
            if (interval := self._interval((item.id, item.given))) is not None
        ]
        text = rule.text or f"{rule.kind} of {plural(len(there), 'score')}"
        if rule.kind == "answered":
            return self._answered(rule, text)
        steps = tuple(self._input(item, interval) for _, item, interval in there)
        weights, scaling = rule.whole  # sums of whole numbers are quick, and as exact
        low = sum(weights[place] * interval.low.value for place, _, interval in there)
        high = sum(weights[place] * interval.high.value for place, _, interval in there)
        if rule.kind == "total":
            return _round(Step("total", rule.id, text, *_both(low, high, scaling), steps, rule.references), rule)
        if rule.kind == "mean":
            total = sum(weights[place] for place, _, _ in there) or scaling
            return _round(Step("mean", rule.id, text, *_both(low, high, total), steps, rule.references), rule)
        scales = self.fitted.scales
        most = sum(weights[place] * scales[interval.low.scale].highest.value for place, _, interval in there) or scaling
        ends, maximum = _both(100 * low, 100 * high, most), Fraction(most, scaling)
        return _round(Step("percentage", rule.id, text, *ends, steps, rule.references, maximum=maximum), rule)

    def _counted(self, rule: MeasureRule) -> Step:
        tests = tuple(
            [
                self._test(item, interval)
                for item in rule.inputs
                if (interval := self._interval((item.id, item.given))) is not None
            ]
        )
        text = rule.text or f"{rule.kind} of {plural(len(tests), 'score')}"
        low, high = [test.low for test in tests].count(True), [test.high for test in tests].count(True)
        if rule.kind == "count":
            return _round(Step("count", rule.id, text, *_both(low, high, 1), tests, rule.references), rule)
        ends = _both(100 * low, 100 * high, len(tests) or 1)
        return _round(Step("share", rule.id, text, *ends, tests, rule.references), rule)

    def _test(self, item: Input, interval: Interval) -> Step:
        """Whether an input reaches a grade; asked for once."""
        key = ((item.id, item.given), item.at)
        found = self.tests.get(key)
        if found is None or not _weighs(found.parts[0], item):
            low, high = interval
            step = self._input(item, interval)
            grade = self.fitted.scales[low.scale].grades[item.at]
            found = Step("test", step.id, step.text, low.rank >= item.at, high.rank >= item.at, (step,), grade=grade)
            self.tests[key] = found
        return found

    def _answered(self, rule: MeasureRule, text: str) -> Step:
        tests = tuple(Step("fact", i.id, self.titles[i.id], *self._replied(i.id)) for i in rule.inputs)
        low, high = (Fraction(100 * sum(getattr(t, side) is True for t in tests), len(tests)) for side in _SIDES)
        return _round(Step("share", rule.id, text, low, high, tests, rule.references), rule)

    def _replied(self, leaf: str) -> tuple[bool, bool]:
        """Whether a score is there, at worst and at best: one that is not known may yet be given, or never be."""
        score = self.scores.get(leaf)
        left_out = isinstance(score, NotRated) and self.method.not_rated == "leave_out"
        return isinstance(score, Grade), not left_out and not self._left_out_with_its_whole(leaf)

    def _left_out_with_its_whole(self, leaf: str) -> bool:
        """Whether a score is not there since its statement was given as a whole, in a state that is left out."""
        statement, _, part = leaf.partition("/")
        return bool(part) and leaf not in self.given and statement in self.given and self.given[statement] is None

    def _input(self, item: Input, interval: Interval) -> Step:
        key = (item.id, item.given)
        found = self.inputs.get(key)
        if found is None or not _weighs(found, item):
            found = Step("input", item.id, self.titles[item.id], interval.low, interval.high, weight=item.weight)
            self.inputs[key] = found
        return found

    def _interval(self, key: Key) -> Interval | None:
        name, given = key
        if not given and name in self.found:
            return self.found[name]
        if name in self.given:
            return self.given[name]
        if self._left_out_with_its_whole(name):
            return None
        scale = self.fitted.scale_of(name, given=True)
        return Interval(scale.lowest, scale.highest)

    # -- what goes with it ----------------------------------------------------------------------------

    def _flag_steps(self) -> list[Step]:
        steps: list[Step] = []
        for rule in self.fitted.flags:
            condition = self._condition(rule.when, rule.text, "overall")
            if (condition.low, condition.high) == (False, True):
                condition = self._tried(rule, condition)
            steps.append(Step("flag", rule.id, rule.text, condition.low, condition.high, (condition,), rule.references))
        return steps

    def _tried(self, rule: FlagRule, condition: Step) -> Step:
        """A notice that is open at its ends, decided by going through the completions where that is needed."""
        from careassure.methods.notices import decided  # what few ratings need is not imported for all
        from careassure.methods.ways import World

        world = World(
            scores=self._possible, grades=self._possible_grades, whole=self._possible_whole,
            is_absent=lambda target: self.found[target] is None,
            fact=lambda asked: self.facts.get(asked.name, asked.default) is asked.value,
        )  # fmt: skip
        low, high = decided(self.fitted, rule.when, world)
        if low is not high:
            return condition
        text = f"{'so' if low else 'not so'} in every way to fill in what is open: {condition.text}"
        return Step("tried", rule.id, text, low, high, (condition,))

    def _possible(self, leaf: str) -> tuple[int, ...]:
        """What a score can be, from the worst to the best."""
        score = self.scores.get(leaf)
        if isinstance(score, Grade):
            return (score.rank,)
        left_out = isinstance(score, NotRated) and self.method.not_rated == "leave_out"
        if left_out or self._left_out_with_its_whole(leaf):
            return (LEFT_OUT,)
        return (UNANSWERED, *range(len(self.fitted.scale_of(leaf, given=True))))

    def _possible_grades(self, target: str) -> tuple[int, ...]:
        interval = self.found[target]
        return (LEFT_OUT,) if interval is None else tuple(range(interval.low.rank, interval.high.rank + 1))

    def _possible_whole(self, statement: str) -> tuple[int, ...] | None:
        """What a statement can be that was given as a whole; None where it was not."""
        is_whole = bool(self.fitted.statements[statement].parts) and statement in self.given
        return self._possible_grades(statement) if is_whole else None

    def _profile(self, results: dict[str, _NodeResult]) -> Profile:
        entries: list[ProfileEntry] = []
        for theme in self.framework.themes:
            entries.append(self._entry(theme.id, theme.title, "theme", results.get(theme.id)))
            entries += [self._entry(s.id, s.title, "statement", results.get(s.id)) for s in theme.statements]
        return Profile(tuple(entries))

    def _entry(self, id: str, title: str, level: str, result: _NodeResult | None) -> ProfileEntry:
        score = self.scores.get(id)
        interval = result.interval if result is not None else self.given.get(id)
        shown = self._percentages(result.headline)[1] if result is not None else (None, None)
        return ProfileEntry(
            id,
            title,
            "theme" if level == "theme" else "statement",
            interval.low if interval else None,
            interval.high if interval else None,
            result.suggested if result is not None else None,
            score if isinstance(score, NotRated) else None,
            shown[0] if shown[0] == shown[1] else None,
        )


_SIDES = ("low", "high")
_LADDERS = {"only": "", "must": "at the least", "may": "at the most", "suggest": "suggested"}


def _weighs(step: Step, item: Input) -> bool:
    return step.weight is item.weight or step.weight == item.weight


def _round(step: Step, rule: MeasureRule) -> Step:
    if rule.rounding == "none":
        return step
    low = apply_rounding(_number(step.low), rule.rounding)
    return Step(
        "rounded",
        step.id,
        step.text,
        low,
        low if step.high is step.low else apply_rounding(_number(step.high), rule.rounding),
        (step,),
        step.references,
        rounding=rule.rounding,
    )


def _reaches(found: Fraction, wanted: Fraction, *, strict: bool) -> bool:
    """Whether a number reaches another, by whole numbers, which is quick."""
    mine, least = found.numerator * wanted.denominator, wanted.numerator * found.denominator
    return mine > least if strict else mine >= least


def _both(low: int, high: int, divisor: int) -> tuple[Fraction, Fraction]:
    """Two sums divided by a number; one value where they are the same."""
    worst = Fraction(low, divisor) if divisor != 1 else whole(low)
    return worst, worst if low == high else Fraction(high, divisor)


def _exact(step: Step) -> Step:
    """The step of a measure before it was rounded; its parts are the inputs that are there."""
    return step.parts[0] if step.kind == "rounded" else step


def _number(value: object) -> Fraction:
    if not isinstance(value, Fraction):
        raise TypeError(f"{value!r} is no exact number")
    return value


def _grade(step: Step | None, side: str) -> Grade:
    value = getattr(step, side)
    if not isinstance(value, Grade):
        raise TypeError(f"{value!r} is no grade")
    return value
