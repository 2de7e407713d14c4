"""Values compared in full, so that any difference between two can be seen and named.

The classes of the model leave some fields out when they compare; a kit that compared as they do would see as
little. Here everything counts: types, the labels of grades, the fields of subclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from operator import attrgetter, eq
from typing import Any

import attrs

from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

_RESULTS = (
    "low",
    "high",
    "suggested",
    "percentage_low",
    "percentage_high",
    "score_low",
    "score_high",
    "margin",
)


def results(outcome: Outcome | None) -> dict[str, object]:
    """What an outcome says, without the steps that lead there and with nothing depending on order."""
    if outcome is None:
        return {}
    found: dict[str, object] = {name: getattr(outcome, name) for name in _RESULTS}
    for name in ("profile", "flags", "measures"):
        found |= {f"{name} {item.id}": item for item in sorted(getattr(outcome, name), key=lambda item: str(item.id))}
    return found


def inside(assessment: Assessment) -> dict[str, object]:
    """What an assessment was made of."""
    kind: Any = type(assessment)
    return {name: getattr(assessment, name) for name in _fields(kind) or ()}


def difference(one: object, other: object, path: str = "") -> str:
    """The first place where two values differ, with what stands there; empty where they are the same.

    The aliases of grades do not count, nor does the assessment inside an outcome.
    """
    if one is other or (not path and _same(one, other)):
        return ""
    if type(one) is not type(other):
        return _differ(one, other, path)
    if isinstance(one, Grade) and isinstance(other, Grade):
        return "" if _grade(one) == _grade(other) else _differ(_grade(one), _grade(other), path)
    kind: Any = type(one)
    names = _fields(kind)
    if names is not None:
        pairs = [(f".{name}", getattr(one, name, None), getattr(other, name, None)) for name in names]
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        if list(one) != list(other):
            return _differ(list(one), list(other), f"what {path or 'it'} holds")
        pairs = [(f".{key}", one[key], other[key]) for key in one]
    elif isinstance(one, list | tuple) and isinstance(other, Sequence):
        if len(one) != len(other):
            return _differ(len(one), len(other), f"the length of {path or 'it'}")
        pairs = [(f"[{place}]", *pair) for place, pair in enumerate(zip(one, other, strict=True))]
    else:
        return "" if one == other or repr(one) == repr(other) else _differ(one, other, path)
    return next((found for name, a, b in pairs if a is not b and (found := difference(a, b, f"{path}{name}"))), "")


def _same(one: object, other: object) -> bool:
    """Whether `difference` finds nothing: the same comparison without words, since most values are alike."""
    if one is other:
        return True
    kind: Any = type(one)
    return type(other) is type(one) and _comparison(kind)(one, other)


@lru_cache(maxsize=1024)
def _comparison(kind: Any) -> Callable[[Any, Any], bool]:  # noqa: ANN401  (attrs asks for its own kind of class)
    """How two values of a class are compared in full."""
    if kind in _PLAIN:
        return eq
    if kind is Fraction:
        return lambda one, other: one.numerator == other.numerator and one.denominator == other.denominator
    if issubclass(kind, Grade):
        return lambda one, other: _grade(one) == _grade(other)
    names = _fields(kind)
    if names is not None:
        return partial(_same_fields, [attrgetter(name) for name in names])
    if issubclass(kind, Mapping):
        return lambda one, other: list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if issubclass(kind, list | tuple):
        return lambda one, other: len(one) == len(other) and all(map(_same, one, other))
    return lambda one, other: bool(one == other or repr(one) == repr(other))


def _same_fields(fields: list[Callable[[Any], object]], one: object, other: object) -> bool:
    try:
        for field in fields:
            a, b = field(one), field(other)
            if a is not b and not _same(a, b):
                return False
    except AttributeError:
        return False  # one of them is not set: `difference` says what that means
    return True


_PLAIN: frozenset[type] = frozenset((str, int, bool, bytes, type(None)))


def _differ(one: object, other: object, path: str) -> str:
    same = str(one) == str(other)
    return f"{path.removeprefix('.') or 'it'} is {_show(one, typed=same)}, and then {_show(other, typed=same)}"


def _show(value: object, *, typed: bool) -> str:
    text = str(value) if isinstance(value, Grade) else repr(value)
    return f"{text} ({type(value).__name__})" if typed else text


def _grade(grade: Grade) -> tuple[object, ...]:
    return grade.scale, grade.key, grade.label, grade.rank, grade.value


@lru_cache(maxsize=1024)
def _fields(kind: type) -> tuple[str, ...] | None:
    """The fields of a class of values, in order; None for any other class."""
    if not attrs.has(kind):
        return None
    names = tuple(field.name for field in attrs.fields(kind))
    return tuple(name for name in names if name != "assessment") if issubclass(kind, Outcome) else names
