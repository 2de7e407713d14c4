# ruff: noqa: ANN401  (values and annotations may be anything here: that is what is looked at)
"""What fits an annotation, and in which form: a day may be written as text, one text may stand for several."""

from __future__ import annotations

import datetime as dt
import operator
import re
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from os import PathLike
from typing import Any, ForwardRef, Literal, Union, get_args, get_origin

Fit = Callable[[Any], Any]
"""Brings a value into the form that an annotation names, or raises `MisfitError`."""

MOST_ITEMS = 1_000_000
"""The most items that are taken from an iterable."""

_DATE = dt.date
_PATH = "a path"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MANY = (Iterable, Iterator, Sequence, Collection, list, tuple, set, frozenset)
_WORDS: dict[object, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dt.date: "a day such as 2026-04-01",
    type(None): "nothing",
}

ADVICE = {
    "Application": "Read them with careassure.figures.read_applications",
    "Assessment": "Make one with careassure.Assessment.of, or read one with careassure.read_assessment",
    "CaseList": "Make one with careassure.samples.CaseList, of attributes and cases",
    "Council": "Get one with careassure.council",
    "CountTable": "Make one with careassure.samples.count_cases",
    "Evidenced": "Give an assessment, or the path of a workspace",
    "Evidence": "Make one with careassure.Evidence",
    "Framework": "Get one with careassure.framework",
    "Indicator": "Get one with careassure.figures.indicator",
    "Long": "Make one with careassure.Long",
    "Criterion": "Read them with careassure.figures.read_criteria",
    "DescriptorTable": "Get one with careassure.workspaces.descriptors",
    "Method": "Give the name of a scorer, or the file of a method",
    "Outcome": "Make one with careassure.assess",
    "Options": "Make one with careassure.tables.Options",
    "PluginHost": "Leave it out, and what is installed is used",
    "RatedService": "Read them with careassure.figures.read_services",
    "Reading": "Get one with careassure.tables.read_file",
    "Rules": "Make one with careassure.privacy.Rules",
    "Statement": "Make one with careassure.Statement",
    "Thresholds": "Make one with careassure.figures.Thresholds",
    "SuppressedTable": "Make one with careassure.privacy.suppress",
    "Value": "Make one with careassure.figures.Value",
    "Workspace": "Give the path of its folder",
}
"""Where people come by a value, by its class: said where something else was given for it."""


class MisfitError(Exception):
    """A value that does not fit an annotation."""


def fit_of(hint: Any) -> Fit:
    """What brings a value into the form that an annotation names, or raises `MisfitError`.

    An annotation is taken apart once, and not at each call: `str | None` becomes a function of a value.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(inner)
    if origin is Literal:
        return partial(_word, inner)
    if origin is type or hint is Callable or origin is Callable:
        return _callable
    if origin in (Mapping, dict) or hint in (Mapping, dict):
        return partial(_mapping, *map(fit_of, inner or (Any, Any)))
    if origin in _MANY or hint in _MANY:
        return partial(_many, inner, tuple(map(fit_of, inner)))
    kind = origin or hint
    if kind is Any:
        return _anything
    if kind in _EXACT:
        return _EXACT[kind]
    return partial(_instance, kind) if isinstance(kind, type) else _anything


def _held(fits: bool, value: Any) -> Any:
    if not fits:
        raise MisfitError
    return value


def _anything(value: Any) -> Any:
    return value


def _callable(value: Any) -> Any:
    return _held(callable(value), value)


def _word(words: Sequence[Any], value: Any) -> Any:
    if not any(type(value) is type(choice) and value == choice for choice in words):
        raise MisfitError(f"Use {' or '.join(map(str, words))}")
    return value


def _instance(kind: type, value: Any) -> Any:
    try:
        fits = isinstance(value, kind)
    except TypeError:  # anything, or a protocol that cannot be asked for
        return value
    return _held(fits, value)


def _one_of(hints: Sequence[Any]) -> Fit:
    a_path = any(get_origin(hint) is PathLike for hint in hints)
    if {*hints} - {type(None)} == {_DATE, str}:  # `DayLike`
        hints = [hint for hint in hints if hint is not str]
    fits = [(hint, fit_of(hint)) for hint in hints]

    def fit(value: Any) -> Any:
        if a_path and isinstance(value, str):
            return value  # the reader of paths knows which letters a path can hold
        if value is None and type(None) in hints:
            return None
        for _, each in sorted(fits, key=lambda pair: pair[0] is not type(value)):
            try:
                return each(value)
            except MisfitError:
                continue
        raise MisfitError

    return fit


def _mapping(key: Fit, item: Fit, value: Any) -> Any:
    _held(isinstance(value, Mapping), value)
    return {key(name): item(inner) for name, inner in value.items()}


def _many(hints: Sequence[Any], fits: Sequence[Fit], value: Any) -> Any:
    if isinstance(value, str):
        return (fits[0](value) if fits else value,)
    if hints and isinstance(hints[0], type) and hints[0] not in (Any, object, str) and isinstance(value, hints[0]):
        return (fits[0](value),)  # one where several may stand
    _held(isinstance(value, Iterable) and not isinstance(value, bytes | bytearray | Mapping), value)
    found: list[Any] = []
    for item in value:
        found.append(item)
        if len(found) > MOST_ITEMS:
            raise MisfitError(f"Give at most {MOST_ITEMS:,}")
    if len(hints) > 1 and hints[1] is not Ellipsis:
        _held(len(hints) == len(found), value)
        return tuple(fit(item) for fit, item in zip(fits, found, strict=True))
    return tuple(map(fits[0], found)) if fits else tuple(found)


def day_from(value: Any) -> dt.date:
    """A day from a date, a moment or its text; raises `MisfitError`."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, _DATE):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise MisfitError("There is no such day") from None
    raise MisfitError


def _whole(value: Any) -> int:
    _held(not isinstance(value, bool), value)
    try:
        found = operator.index(value)  # whole numbers of other libraries too
    except Exception:  # noqa: BLE001  (whatever an object of somebody else raises, it is not a number)
        raise MisfitError from None
    if not -(2**63) <= found < 2**63:
        raise MisfitError("At most 64 bits are read")
    return found


def _number(value: Any) -> Any:
    return value if isinstance(value, float) else _whole(value)


def _text(value: Any) -> Any:
    _held(isinstance(value, str), value)
    if not value.isascii() and not value.isprintable():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise MisfitError("It holds half a character") from None
    return value


def _truth(value: Any) -> Any:
    return _held(isinstance(value, bool), value)


_EXACT: dict[object, Fit] = {str: _text, int: _whole, float: _number, bool: _truth, dt.date: day_from}


def advice_for(hint: Any) -> str:
    """Where one comes by a value of ours that an annotation asks for; empty where it asks for none of them."""
    name = getattr(get_origin(hint) or hint, "__name__", "")
    return ADVICE.get(name) or next((found for inner in get_args(hint) if (found := advice_for(inner))), "")


def words_for(hint: Any) -> str:
    """What an annotation asks for, in words."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        said = {words_for(item) for item in inner}  # how a day or a path is written as text need not be said
        left_out = {type(None), *([str] if {_WORDS[_DATE], _PATH} & said else [])}
        found = dict.fromkeys(words_for(item) for item in inner if item not in left_out)
        return " or ".join(found)
    if origin is Literal:
        return "one of its words"
    if origin in (Mapping, dict) or hint in (Mapping, dict):
        return "a table"
    if origin in _MANY or hint in _MANY:
        known = inner and inner[0] is not Any and not isinstance(inner[0], ForwardRef)  # JSON holds JSON
        return f"a list, each of it {words_for(inner[0])}" if known else "a list"
    if hint in _WORDS:
        return _WORDS[hint]
    name: str = (origin or hint).__name__
    return _PATH if name == "PathLike" else f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"
