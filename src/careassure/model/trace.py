"""The trace of an outcome: every step from the scores to the result, each checkable by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, Literal

from attrs import fields, frozen

from careassure.model.reference import Reference
from careassure.model.rounding import ONE, Rounding, apply_rounding
from careassure.model.scale import Grade
from careassure.model.showing import short_repr

StepKind = Literal[
    "input",
    "total",
    "mean",
    "percentage",
    "rounded",
    "test",
    "count",
    "share",
    "at_least",
    "more_than",
    "all",
    "any",
    "not",
    "fact",
    "rung",
    "ladder",
    "node",
    "flag",
    "tried",
    "outcome",
    "note",
]
StepValue = Fraction | Grade | bool | None


@frozen(weakref_slot=False)  # only so can a step be written open, see `noted`
class Step:
    """One step of a calculation. Its ``low`` and ``high`` follow from its parts by its ``kind``.

    ``low`` is the value when every missing score is at its worst and judgement goes against; ``high``
    when every missing score is at its best and judgement goes in favour. They are equal where nothing is open.

    ========== ==================================================================================
    kind       ``low`` (and ``high`` likewise)
    ========== ==================================================================================
    input      a grade that was given, or was found by a node below
    total      the sum of weight times value over its inputs
    mean       the total divided by the sum of weights; 0 where that is 0
    percentage 100 times the total divided by ``maximum``
    rounded    its part, rounded by ``rounding``
    test       whether its input reaches ``grade``
    count      how many of its tests hold
    share      100 times the count divided by the number of tests; 0 where there are none
    at_least   whether its measure is ``threshold`` or more; ``more_than``: above it
    all, any   whether all, or any, of its parts hold
    not        ``low`` is the opposite of its part's ``high``
    fact       whether the fact is so
    rung       its condition: whether ``grade`` is reached
    ladder     the highest grade to which every rung holds; ``grade`` is what holds without any rung
    node       ``low`` of its ladder *must*, ``high`` of its ladder *may*; as its text says where it has no ladder
    flag       its condition
    tried      the same at both ends: what its part comes to in every way to fill in what is open
    outcome    its node *overall*, if it has one
    note       nothing: words only
    ========== ==================================================================================

    Args:
        kind: See the table.
        id: The rule, statement, theme or measure that it is about.
        text: The rule or the finding in a sentence.
        low: Its value at worst.
        high: Its value at best.
        parts: The steps that it follows from.
        references: Where the rule stands.
        grade: The grade that a rung, a test or a ladder is about.
        threshold: What a measure is compared with.
        weight: What an input counts in a sum.
        maximum: The most that a sum could be.
        rounding: How a measure is rounded.
    """

    kind: StepKind
    id: str
    text: str
    low: StepValue = None
    high: StepValue = None
    parts: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    grade: Grade | None = None
    threshold: Fraction | None = None
    weight: Fraction = ONE
    maximum: Fraction | None = None
    rounding: Rounding | None = None

    __repr__ = short_repr

    def walk(self) -> Iterator[Step]:
        """This step and every step below it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def find(self, kind: StepKind, id: str = "") -> Step | None:
        """The first step of that kind, and that id if one is given, or None."""
        return next((step for step in self.walk() if step.kind == kind and id in ("", step.id)), None)

    def audit(self) -> tuple[str, ...]:
        """Work every step out again from its parts; what does not follow, in sentences. Empty when all is well."""
        return tuple(
            f"{step.kind} {step.id}: {side} is {found}, its parts give {expected}"
            for step in self.walk()
            for side, found, expected in _expected(step)
            if found != expected or type(found) is not type(expected)
        )


class _Open:
    """A step while it is written. It has the slots of `Step`, so that it can become one."""

    __slots__ = tuple(each.name for each in fields(Step))


def noted(
    kind: StepKind,
    id: str,
    text: str,
    low: StepValue = None,
    high: StepValue = None,
    parts: tuple[Step, ...] = (),
    references: tuple[Reference, ...] = (),
    grade: Grade | None = None,
    threshold: Fraction | None = None,
    weight: Fraction = ONE,
    maximum: Fraction | None = None,
    rounding: Rounding | None = None,
) -> Step:
    """A step, in a fifth of the time that ``Step(...)`` takes, which was half of the time of a rating.

    A frozen class sets each of its fields past its own lock; an open one just sets them, and is locked at the end.
    """
    step: Any = _Open()
    step.kind = kind
    step.id = id
    step.text = text
    step.low = low
    step.high = high
    step.parts = parts
    step.references = references
    step.grade = grade
    step.threshold = threshold
    step.weight = weight
    step.maximum = maximum
    step.rounding = rounding
    step.__class__ = Step
    found: Step = step
    return found


def _numbers(step: Step, side: str) -> list[Fraction]:
    return [part.weight * getattr(part, side).value for part in step.parts if isinstance(getattr(part, side), Grade)]


def _total(step: Step, side: str) -> Fraction:
    return sum(_numbers(step, side), Fraction(0))


def _weights(step: Step) -> Fraction:
    return sum((part.weight for part in step.parts), Fraction(0))


def _percentage(step: Step, side: str) -> StepValue:
    return 100 * _total(step, side) / step.maximum if step.maximum else None


def _rounded(step: Step, side: str) -> StepValue:
    value = getattr(step.parts[0], side)
    return Fraction(apply_rounding(value, step.rounding)) if step.rounding and isinstance(value, Fraction) else value


def _held(step: Step, side: str) -> int:
    return sum(getattr(part, side) is True for part in step.parts)


def _compared(step: Step, side: str) -> StepValue:
    value = getattr(step.parts[0], side)
    if not isinstance(value, Fraction) or step.threshold is None:
        return None
    return value > step.threshold if step.kind == "more_than" else value >= step.threshold


def _ladder(step: Step, side: str) -> StepValue:
    reached = step.grade
    for rung in step.parts:
        if getattr(rung, side) is not True:
            break
        reached = rung.grade
    return reached


def _node(step: Step, side: str) -> StepValue:
    ladders = {part.id: part for part in step.parts if part.kind == "ladder"}
    ladder = ladders.get("must" if side == "low" else "may") or ladders.get("only")
    found: StepValue = getattr(ladder or step, side)
    return found


def _tested(step: Step, side: str) -> StepValue:
    value = getattr(step.parts[0], side)
    return isinstance(value, Grade) and step.grade is not None and value >= step.grade


def _outcome(step: Step, side: str) -> StepValue:
    return next((getattr(part, side) for part in step.parts if part.kind == "node" and part.id == "overall"), None)


def _tried(step: Step, side: str) -> StepValue:
    """Going through the completions decides what is open at its ends, and nothing else."""
    part = step.parts[0]
    other: StepValue = getattr(step, "high" if side == "low" else "low")
    return other if (part.low, part.high) == (False, True) else getattr(part, side)


_RULES: dict[str, Callable[[Step, str], StepValue]] = {
    "total": _total,
    "mean": lambda step, side: _total(step, side) / (_weights(step) or 1),
    "percentage": _percentage,
    "rounded": _rounded,
    "test": _tested,
    "count": lambda step, side: Fraction(_held(step, side)),
    "share": lambda step, side: Fraction(100 * _held(step, side), len(step.parts) or 1),
    "at_least": _compared,
    "more_than": _compared,
    "all": lambda step, side: all(getattr(part, side) is True for part in step.parts),
    "any": lambda step, side: any(getattr(part, side) is True for part in step.parts),
    "not": lambda step, side: getattr(step.parts[0], "high" if side == "low" else "low") is not True,
    "rung": lambda step, side: getattr(step.parts[0], side),
    "flag": lambda step, side: getattr(step.parts[0], side),
    "tried": _tried,
    "ladder": _ladder,
    "node": _node,
    "outcome": _outcome,
}


def _expected(step: Step) -> Iterator[tuple[str, StepValue, StepValue]]:
    rule = _RULES.get(step.kind)
    if rule is not None:
        yield "low", step.low, rule(step, "low")
        yield "high", step.high, rule(step, "high")
