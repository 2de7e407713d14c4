"""What the conditions and measures of a method come to in one assessment, with the steps that show it."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Input, Not
from careassure.methods.conditions import Measure as MeasureRule
from careassure.methods.fit import Fitted, Key
from careassure.model.assessment import Assessment
from careassure.model.marks import Score
from careassure.model.rounding import apply_rounding, decimal, whole
from careassure.model.scale import Grade, NotRated
from careassure.model.text import plural
from careassure.model.trace import Step, noted

_SIDES = ("low", "high")


class Interval(NamedTuple):
    """The lowest and the highest grade that something can have."""

    low: Grade
    high: Grade


class Measuring:
    """The measuring of one assessment; what was worked out once is kept.

    Args:
        fitted: The method on its framework.
        assessment: What was found.
    """

    def __init__(self, fitted: Fitted, assessment: Assessment) -> None:
        self.fitted = fitted
        self.leave_out = fitted.method.not_rated == "leave_out"
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
        if self.leaves_out(score):
            return None
        scale = self.fitted.scale_of(leaf, given=True)
        return Interval(scale.lowest, scale.highest)

    def leaves_out(self, score: Score) -> bool:
        """Whether the method leaves a score out. One that is only not shown stays in, and is not known."""
        return self.leave_out and isinstance(score, NotRated) and not score.withheld

    def condition(self, condition: Condition, text: str, target: str) -> Step:
        """Whether a condition holds, at worst and at best; ``text`` is what it says without words of its own."""
        match condition:
            case AtLeast(measure, threshold, strict, own):
                step = self.measure(measure, target)
                wanted = threshold.value(len(before_rounding(step).parts))
                low, high = as_number(step.low), as_number(step.high)
                at_worst = _reaches(low, wanted, strict=strict)
                return noted(
                    "more_than" if strict else "at_least",
                    measure.id,
                    own or f"{step.text.rstrip('.')}: {'more than' if strict else 'at least'} {decimal(wanted)}",
                    at_worst,
                    at_worst if high is low else _reaches(high, wanted, strict=strict),
                    (step,),
                    threshold=wanted,
                )
            case Not(part, own, references):
                inner = self.condition(part, text, target)
                return noted("not", "", own or f"not: {inner.text}", inner.high is not True, inner.low is not True,
                            (inner,), references)  # fmt: skip
            case AllOf(parts, own, references) | AnyOf(parts, own, references):
                steps = tuple(self.condition(part, text, target) for part in parts)
                together = all if isinstance(condition, AllOf) else any
                return noted(
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
                return noted(
                    "fact", name, text if known else f"{text} (not stated, taken as the default)", holds, holds
                )

    def measure(self, rule: MeasureRule, target: str) -> Step:
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
            if (interval := self.interval((item.id, item.given))) is not None
        ]
        text = rule.text or f"{rule.kind} of {plural(len(there), 'score')}"
        if rule.kind == "answered":
            return self._answered(rule, text)
        steps = tuple(self._input(item, interval) for _, item, interval in there)
        weights, scaling = rule.whole  # sums of whole numbers are quick, and as exact
        low = sum(weights[place] * interval.low.value for place, _, interval in there)
        high = sum(weights[place] * interval.high.value for place, _, interval in there)
        if rule.kind == "total":
            return _round(noted("total", rule.id, text, *_both(low, high, scaling), steps, rule.references), rule)
        if rule.kind == "mean":
            total = sum(weights[place] for place, _, _ in there) or scaling
            return _round(noted("mean", rule.id, text, *_both(low, high, total), steps, rule.references), rule)
        scales = self.fitted.scales
        most = sum(weights[place] * scales[interval.low.scale].highest.value for place, _, interval in there) or scaling
        ends, maximum = _both(100 * low, 100 * high, most), Fraction(most, scaling)
        return _round(noted("percentage", rule.id, text, *ends, steps, rule.references, maximum=maximum), rule)

    def _counted(self, rule: MeasureRule) -> Step:
        tests = tuple(
            [
                self._test(item, interval)
                for item in rule.inputs
                if (interval := self.interval((item.id, item.given))) is not None
            ]
        )
        text = rule.text or f"{rule.kind} of {plural(len(tests), 'score')}"
        low, high = [test.low for test in tests].count(True), [test.high for test in tests].count(True)
        if rule.kind == "count":
            return _round(noted("count", rule.id, text, *_both(low, high, 1), tests, rule.references), rule)
        ends = _both(100 * low, 100 * high, len(tests) or 1)
        return _round(noted("share", rule.id, text, *ends, tests, rule.references), rule)

    def _test(self, item: Input, interval: Interval) -> Step:
        """Whether an input reaches a grade; asked for once."""
        key = ((item.id, item.given), item.at)
        found = self.tests.get(key)
        if found is None or not _weighs(found.parts[0], item):
            low, high = interval
            step = self._input(item, interval)
            grade = self.fitted.scales[low.scale].grades[item.at]
            found = noted("test", step.id, step.text, low.rank >= item.at, high.rank >= item.at, (step,), grade=grade)
            self.tests[key] = found
        return found

    def _answered(self, rule: MeasureRule, text: str) -> Step:
        tests = tuple(noted("fact", i.id, self.titles[i.id], *self._replied(i.id)) for i in rule.inputs)
        low, high = (Fraction(100 * sum(getattr(t, side) is True for t in tests), len(tests)) for side in _SIDES)
        return _round(noted("share", rule.id, text, low, high, tests, rule.references), rule)

    def _replied(self, leaf: str) -> tuple[bool, bool]:
        """Whether a score is there, at worst and at best: one that is not known may yet be given, or never be."""
        score = self.scores.get(leaf)
        return isinstance(score, Grade), not self.leaves_out(score) and not self.left_out_with_its_whole(leaf)

    def left_out_with_its_whole(self, leaf: str) -> bool:
        """Whether a score is not there since its statement was given as a whole, in a state that is left out."""
        statement, _, part = leaf.partition("/")
        return bool(part) and leaf not in self.given and statement in self.given and self.given[statement] is None

    def _input(self, item: Input, interval: Interval) -> Step:
        key = (item.id, item.given)
        found = self.inputs.get(key)
        if found is None or not _weighs(found, item):
            found = noted("input", item.id, self.titles[item.id], interval.low, interval.high, weight=item.weight)
            self.inputs[key] = found
        return found

    def interval(self, key: Key) -> Interval | None:
        """What an input can be, at worst and at best; None where it is left out."""
        name, given = key
        if not given and name in self.found:
            return self.found[name]
        if name in self.given:
            return self.given[name]
        if self.left_out_with_its_whole(name):
            return None
        scale = self.fitted.scale_of(name, given=True)
        return Interval(scale.lowest, scale.highest)


def _weighs(step: Step, item: Input) -> bool:
    return step.weight is item.weight or step.weight == item.weight


def _round(step: Step, rule: MeasureRule) -> Step:
    if rule.rounding == "none":
        return step
    low = apply_rounding(as_number(step.low), rule.rounding)
    return noted(
        "rounded",
        step.id,
        step.text,
        low,
        low if step.high is step.low else apply_rounding(as_number(step.high), rule.rounding),
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


def before_rounding(step: Step) -> Step:
    """The step of a measure before it was rounded; its parts are the inputs that are there."""
    return step.parts[0] if step.kind == "rounded" else step


def as_number(value: object) -> Fraction:
    """The number that a step holds."""
    if not isinstance(value, Fraction):
        raise TypeError(f"{value!r} is not an exact number")
    return value
