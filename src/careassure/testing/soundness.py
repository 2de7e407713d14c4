"""Checks of single outcomes: types, ranges, flags, and a trace that adds up and says where its rules stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

import attrs

from careassure.model.assessment import Assessment
from careassure.model.outcome import Margin, Outcome
from careassure.model.reference import Reference
from careassure.model.scale import Grade
from careassure.model.text import join
from careassure.model.trace import Step
from careassure.testing.bench import Bench
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError

# -- types -----------------------------------------------------------------------------------------------


def exact_types(bench: Bench) -> str:
    """Every field holds what its type says: Fractions and whole numbers, never a float, and tuples, never a list."""

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        for fault in type_faults(outcome):
            raise CheckFailedError(fault, where=described(assessment))
        return True

    return bench.each_outcome(one)


def type_faults(outcome: Outcome) -> Iterator[str]:
    """What in an outcome is not of its type, the assessment aside."""
    seen: set[int] = set()
    if all(_test(hint)(getattr(outcome, name), seen) for name, hint in _hints(Outcome).items() if name != "assessment"):
        return
    seen.clear()
    for name, hint in _hints(Outcome).items():
        if name != "assessment":
            yield from _misfits(getattr(outcome, name), hint, name, seen)


@lru_cache(maxsize=1024)
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    fields: Any = attrs.fields(kind)
    return {field.name: hints[field.name] for field in fields}


@lru_cache(maxsize=1024)
def _shape(hint: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401  (a type as written)
    """What a type is made by (``tuple``, ``Literal``, ``Union``, ``attrs``, None for a plain one) and of."""
    origin = get_origin(hint)
    if origin is None:
        return (attrs if attrs.has(hint) else None), (hint,)
    return (Union if origin is UnionType else origin), get_args(hint)


Fits: TypeAlias = Callable[[Any, "set[int]"], bool]
"""Whether a value fits, with all inside it but for what was seen before."""


@lru_cache(maxsize=1024)
def _test(hint: Any) -> Fits:  # noqa: ANN401  (a type as written)
    """Whether `_misfits` finds nothing, as one function made for a type: nearly every value fits."""
    made_by, parts = _shape(hint)
    if made_by is Union:
        choices: list[tuple[Callable[..., bool], Fits]] = [
            (partial(_fits, hint=choice), _test(choice)) for choice in parts
        ]
        exact = {choice: test for choice, (_, test) in zip(parts, choices, strict=True) if isinstance(choice, type)}
        return partial(_test_union, exact, choices)
    if made_by is Literal:
        return lambda value, _seen: value in parts
    if made_by is tuple:
        return partial(_test_tuple, _test(parts[0]))
    if made_by is attrs:
        return partial(_test_fields, hint)
    kind: type = parts[0]
    if kind in (int, bool):
        return lambda value, _seen: type(value) is kind
    return lambda value, _seen: isinstance(value, kind)


def _test_union(
    exact: dict[type, Fits], choices: list[tuple[Callable[..., bool], Fits]], value: object, seen: set[int]
) -> bool:
    test = exact.get(type(value)) or next((test for fits, test in choices if fits(value)), None)
    return test is not None and test(value, seen)


def _test_tuple(test: Fits, value: object, seen: set[int]) -> bool:
    return isinstance(value, tuple) and all(test(item, seen) for item in cast("tuple[object, ...]", value))


def _test_fields(kind: type, value: object, seen: set[int]) -> bool:
    if not isinstance(value, kind):
        return False
    if id(value) in seen:
        return True
    seen.add(id(value))
    return all(test(field(value), seen) for field, test in _tests(kind))


@lru_cache(maxsize=1024)
def _tests(kind: type) -> tuple[tuple[Callable[[Any], Any], Fits], ...]:
    return tuple((attrgetter(name), _test(hint)) for name, hint in _hints(kind).items())


def _misfits(value: object, hint: Any, path: str, seen: set[int]) -> Iterator[str]:  # noqa: ANN401  (a type as written)
    """What does not fit; what stands in several places (``seen``) is looked at in the first alone."""
    made_by, parts = _shape(hint)
    if made_by is Union:
        kinds = [choice for choice in parts if _fits(value, choice)]
        if kinds:
            yield from _misfits(value, kinds[0], path, seen)
        else:
            yield f"{path} is {_show(value)}, not {join([_word(choice) for choice in parts], 'or')}"
    elif not _fits(value, hint):
        yield f"{path} is {_show(value)}, not {_word(hint)}"
    elif made_by is tuple and isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _misfits(item, parts[0], f"{path}[{place}]", seen)
    elif made_by is attrs and id(value) not in seen:
        seen.add(id(value))
        for name, inner in _hints(hint).items():
            yield from _misfits(getattr(value, name), inner, f"{path}.{name}", seen)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401  (a type as written)
    """Whether a value is of a type, whatever is inside it."""
    made_by, parts = _shape(hint)
    if made_by is Literal:
        return value in parts
    kind: type = tuple if made_by is tuple else parts[0]
    return type(value) is kind if kind in (int, bool) else isinstance(value, kind)


def _show(value: object) -> str:
    return f"{value!r} ({type(value).__name__})"


def _word(hint: Any) -> str:  # noqa: ANN401  (a type as written)
    made_by, parts = _shape(hint)
    if made_by is Literal:
        return join([repr(choice) for choice in parts], "or")
    kind: type = tuple if made_by is tuple else parts[0]
    return "None" if kind is NoneType else kind.__name__


# -- ranges ----------------------------------------------------------------------------------------------


def ranges(bench: Bench) -> str:
    """Low is never above high, each result is on one scale, and what is suggested lies between."""
    scales: dict[str, str] = {}
    places: dict[tuple[str, str], int] = {}

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        framework = f"{assessment.framework.id} {assessment.framework.version}"
        for fault in range_faults(outcome):
            raise CheckFailedError(fault, where=described(assessment))
        for where, grade in _grades(outcome):
            if places.setdefault((grade.scale, grade.key), grade.rank) != grade.rank:
                raise CheckFailedError(f"{grade!r} has another place than before", where=described(assessment))
            known = scales.setdefault(f"{framework}: {where}", grade.scale)
            if known != grade.scale:
                raise CheckFailedError(
                    f"{where} is on the scale {grade.scale}, elsewhere on {known}", where=described(assessment)
                )
        return True

    return bench.each_outcome(one)


def range_faults(outcome: Outcome) -> Iterator[str]:
    """What in an outcome is out of order or off its scale."""
    yield from _grade_faults("the overall", outcome.low, outcome.high, outcome.suggested)
    for entry in outcome.profile:
        yield from _grade_faults(f"the profile of {entry.id}", entry.low, entry.high, entry.suggested)
    yield from _number_faults("the percentage", outcome.percentage_low, outcome.percentage_high)
    yield from _number_faults("the score", outcome.score_low, outcome.score_high)
    for measure in outcome.measures:
        yield from _number_faults(f"the measure {measure.id}", measure.low, measure.high)
    for where, grade in _grades(outcome):
        scale = next((s for s in outcome.assessment.framework.scales if s.id == grade.scale), None)
        if scale is not None and (grade not in scale or scale[grade.key].rank != grade.rank):
            yield f"{where}: {grade!r} is not a grade of the framework's scale {scale.id}"
    yield from _margin_faults(outcome.margin, outcome.low, outcome.high)


def _grade_faults(where: str, low: Grade | None, high: Grade | None, suggested: Grade | None) -> Iterator[str]:
    if (low is None) != (high is None):
        yield f"{where} has only one of low and high"
        return
    if low is None or high is None:
        return
    names = {grade.scale for grade in (low, high, *((suggested,) if suggested else ()))}
    if len(names) > 1:
        yield f"{where} is on the scales {join(sorted(names))} at once"
    elif low > high:
        yield f"{where} has low {low} above high {high}"
    elif suggested is not None and not low <= suggested <= high:
        yield f"{where} suggests {suggested}, which is not within {low} to {high}"


def _number_faults(where: str, low: Fraction | int | None, high: Fraction | int | None) -> Iterator[str]:
    if (low is None) != (high is None):
        yield f"{where} has only one of low and high"
    elif low is not None and high is not None and low > high:
        yield f"{where} has low {low} above high {high}"


def _margin_faults(margin: Margin, low: Grade | None, high: Grade | None) -> Iterator[str]:
    for what, points, grade, there in (
        ("down", margin.down, margin.below, low),
        ("up", margin.up, margin.above, high),
    ):
        if (points is None) != (grade is None):
            yield f"the margin {what} has points without a grade, or a grade without points"
        elif points is not None and grade is not None:
            beyond = there is not None and grade.scale == there.scale and (
                grade < there if what == "down" else grade > there
            )  # fmt: skip
            if points < 1 or not beyond:
                yield f"the margin says that {points} points {what} give {grade}, and the result is {there}"


def _grades(outcome: Outcome) -> Iterator[tuple[str, Grade]]:
    for where, grades in (
        ("the overall", (outcome.low, outcome.high, outcome.suggested)),
        *((f"the profile of {entry.id}", (entry.low, entry.high, entry.suggested)) for entry in outcome.profile),
    ):
        yield from ((where, grade) for grade in grades if grade is not None)


# -- flags -----------------------------------------------------------------------------------------------


def flags(bench: Bench) -> str:
    """Each flag is given once, and is one of those that the scorer declares, where it declares any."""
    declared = declared_flags(bench)

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        for fault in flag_faults(outcome, declared):
            raise CheckFailedError(fault, where=described(assessment), hint="Give each once, and name it in flags")
        return True

    looked = bench.each_outcome(one)
    return looked if declared is not None else f"{looked}; it declares no flags"


def flag_faults(outcome: Outcome, declared: frozenset[str] | None) -> Iterator[str]:
    """Which flags of an outcome are given twice, or are none of those that are declared."""
    ids = [flag.id for flag in outcome.flags]
    yield from (f"the flag {name!r} is given twice" for name in dict.fromkeys(ids) if ids.count(name) > 1)
    yield from (f"the flag {name!r} is not declared" for name in ids if declared is not None and name not in declared)


def declared_flags(bench: Bench) -> frozenset[str] | None:
    """The ids of the flags that a scorer says it may give; None where it says nothing."""
    declared: object = getattr(bench.scorer, "flags", None)
    if declared is not None:
        if not isinstance(declared, tuple) or not all(isinstance(name, str) for name in declared):
            raise CheckFailedError(f"its flags are {declared!r}", hint="Declare them as a tuple of ids")
        return frozenset(map(str, declared))
    return frozenset(flag.id for flag in bench.method.flags) if bench.method else None


# -- the trace -------------------------------------------------------------------------------------------

_MEASURES = ("total", "mean", "percentage", "rounded", "count", "share")
_RULES = ("rung", "flag")


def trace(bench: Bench) -> str:
    """Every step follows from its parts, the last is the result, and every number of the result stands in a step."""

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        for fault in trace_faults(assessment, outcome):
            raise CheckFailedError(fault, where=described(assessment))
        return True

    return bench.each_outcome(one)


def trace_faults(assessment: Assessment, outcome: Outcome) -> Iterator[str]:
    """What does not add up in a trace."""
    step = outcome.trace
    try:
        yield from step.audit()
    except Exception as error:  # noqa: BLE001  (a trace can be broken in any way)
        yield f"the trace cannot be worked out again: {type(error).__name__}: {error}"
        return
    if (step.low, step.high) != (outcome.low, outcome.high):
        yield f"the trace ends in {step.low} to {step.high}, the result is {outcome.low} to {outcome.high}"
    steps = list(step.walk())
    found = {(s.id, s.low, s.high) for s in steps if s.kind == "node"}
    for given in steps:
        score = assessment.scores.get(given.id) if given.kind == "input" else None
        same = (given.low, given.high) == (score, score) or (given.id, given.low, given.high) in found
        if isinstance(score, Grade) and not same:
            yield f"the trace reads {given.id} as {given.low}, the assessment says {score}"
    numbers = {(s.low, s.high) for s in steps if isinstance(s.low, Fraction)}
    for name in ("percentage", "score"):
        pair = (getattr(outcome, f"{name}_low"), getattr(outcome, f"{name}_high"))
        if pair != (None, None) and pair not in numbers:
            yield f"no step of the trace gives the {name} {pair[0]} to {pair[1]}"
    for measure in outcome.measures:
        if not any((s.id, s.low, s.high) == (measure.id, measure.low, measure.high) for s in steps):
            yield f"no step of the trace gives the measure {measure.id}"


def cited(bench: Bench) -> str:
    """Every rule, measure and flag is a sentence and names its source."""

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        for fault in uncited(outcome):
            raise CheckFailedError(fault, where=described(assessment))
        return True

    return bench.each_outcome(one)


def uncited(outcome: Outcome) -> Iterator[str]:
    """What in an outcome says nothing, or does not name its source."""
    for flag in outcome.flags:
        yield from _bare(f"the flag {flag.id}", flag.text, flag.references)
    for measure in outcome.measures:
        if not measure.text.strip():
            yield f"the measure {measure.id} says nothing"
    yield from _uncited_steps(outcome.trace, ())


def _uncited_steps(step: Step, above: tuple[Reference, ...]) -> Iterator[str]:
    """Rules need a reference of their own; a measure may rest on that of the rule in which it stands."""
    name = f"the step {step.kind} {step.id}".rstrip()
    if step.kind in _RULES or (step.kind == "node" and step.low is not None and not _ladders(step)):
        yield from _bare(name, step.text, step.references)
    elif step.kind in _MEASURES:
        yield from _bare(name, step.text, step.references or above)
    for part in step.parts:
        yield from _uncited_steps(part, step.references or above)


def _ladders(step: Step) -> bool:
    return any(part.kind == "ladder" for part in step.parts)


def _bare(name: str, text: str, references: tuple[Reference, ...]) -> Iterator[str]:
    if not text.strip():
        yield f"{name} says nothing"
    if not any(reference.title.strip() for reference in references):
        yield f"{name} does not name its source"
