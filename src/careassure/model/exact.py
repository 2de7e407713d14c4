"""Whether a value, and everything inside it, is of exactly the class that its type says.

A subclass is refused, for it can give another answer whenever it is asked; so is a fraction that was tampered with.
Nothing here runs code of the value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from math import gcd
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from careassure.model.scale import Grade
from careassure.model.text import join

_MOST_BITS = 10_000
"""A number of more than about 3,000 digits could not be written down."""
_UNSET = object()

_Check = Callable[[Any, set[int]], str]
"""Finds the path to the first fault in a value of the right class, and what it is; empty where there is none."""


def faults(value: object, *, trusted: object = None) -> Iterator[str]:
    """What in a value of the model is not of its type: the first fault, in words; nothing where all is well.

    Args:
        value: A value of one of the library's classes.
        trusted: A value inside it that is not looked at.
    """
    try:
        found = _kinds_of(type(value))(value, {id(trusted)})
    except RecursionError:
        found = " is nested too deeply"
    if found:
        yield found.removeprefix(".") if found.startswith((".", "[")) else f"it{found}"


def class_name(value: object) -> str:
    """The name of a value's class, whatever the class says of itself."""
    return str.__str__(type.__dict__["__name__"].__get__(type(value)))


def _kinds_of(kind: Any) -> _Check:  # noqa: ANN401  (a class)
    return _kinds(kind)[kind]


# -- plain values ------------------------------------------------------------------------------------------------------


def _no_fault(_value: object, _seen: set[int]) -> str:
    return ""


def _text_fault(value: str, _seen: set[int]) -> str:
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        return " is text that cannot be written down"
    return ""


def _number_fault(value: int, _seen: set[int]) -> str:
    return " is a number of thousands of digits" if value.bit_length() > _MOST_BITS else ""


def _fraction_fault(value: Fraction, seen: set[int]) -> str:
    top: object = value.numerator
    bottom: object = value.denominator
    if type(top) is not int or type(bottom) is not int or bottom < 1 or gcd(top, bottom) != 1:
        return " is a fraction that was tampered with"
    return _number_fault(top, seen) or _number_fault(bottom, seen)


_PLAIN: dict[Any, _Check] = {
    str: _text_fault,
    int: _number_fault,
    Fraction: _fraction_fault,
    bool: _no_fault,
    dt.date: _no_fault,
    NoneType: _no_fault,
}
_WORDS: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    Fraction: "a Fraction",
    Grade: "a Grade",
    NoneType: "None",
    dt.date: "a date",
}

# -- types as written --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _kinds(hint: Any) -> dict[type, _Check]:  # noqa: ANN401  (a type as written)
    """The classes that a type allows, each with how to look inside its values."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {kind: check for part in reversed(parts) for kind, check in _kinds(part).items()}
    if origin is Literal:
        return {type(part): _one_of(parts) for part in parts}
    if origin is tuple:
        return {tuple: _every(parts[0]) if parts[1:] == (Ellipsis,) else _each(parts)}
    if attrs.has(hint):
        return {hint: _fields(hint)}
    if issubclass(hint, tuple):
        return {hint: _each(tuple(get_type_hints(hint).values()))}
    return {hint: _PLAIN[hint]}


def _fault(value: object, hint: Any, kinds: dict[type, _Check], seen: set[int]) -> str:  # noqa: ANN401
    check = kinds.get(type(value))
    return _misfit(value, hint) if check is None else check(value, seen)


def _one_of(parts: tuple[object, ...]) -> _Check:
    known = frozenset(parts)
    return lambda value, _seen: "" if value in known else f" is {value!r:.100}, not {join([*map(repr, parts)], 'or')}"


def _every(hint: Any) -> _Check:  # noqa: ANN401  (a type as written)
    def check(value: tuple[object, ...], seen: set[int]) -> str:
        kinds = _kinds(hint)
        for place, item in enumerate(value):
            found = _fault(item, hint, kinds, seen)
            if found:
                return f"[{place}]{found}"
        return ""

    return check


def _each(hints: tuple[Any, ...]) -> _Check:
    def check(value: tuple[object, ...], seen: set[int]) -> str:
        if len(value) != len(hints):
            return f" has {len(value)} members, not {len(hints)}"
        for place, (item, hint) in enumerate(zip(value, hints, strict=True)):
            found = _fault(item, hint, _kinds(hint), seen)
            if found:
                return f"[{place}]{found}"
        return ""

    return check


def _fields(kind: type) -> _Check:
    known: list[tuple[str, Any, dict[type, _Check]]] = []

    def check(value: object, seen: set[int]) -> str:
        if id(value) in seen:
            return ""
        seen.add(id(value))
        if not known:  # at first use: a type can stand inside itself
            known.extend(_members(kind))
        for name, hint, kinds in known:
            member = getattr(value, name, _UNSET)
            inner = kinds.get(type(member))
            if inner is _no_fault:
                continue
            found = inner(member, seen) if inner is not None else _misfit(member, hint)
            if found:
                return f".{name}{found}"
        return ""

    return check


def _members(kind: Any) -> Iterator[tuple[str, Any, dict[type, _Check]]]:  # noqa: ANN401  (a class of attrs)
    hints = get_type_hints(kind)
    for field in attrs.fields(kind):
        yield field.name, hints[field.name], _kinds(hints[field.name])


def _misfit(value: object, hint: Any) -> str:  # noqa: ANN401  (a type as written)
    if value is _UNSET:
        return " is missing"
    # Only what is plain is asked to show itself: code of somebody else could say or do anything.
    plain = _PLAIN.get(type(value))
    shown = type(value) is float or (plain is not None and not plain(value, set()))
    text = f"{value!r:.100}" if shown else f"of the class {class_name(value)}"
    return f" is {text}, not {_word(hint)}"


def _word(hint: Any) -> str:  # noqa: ANN401  (a type as written)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return join([_word(part) for part in parts], "or")
    if origin is Literal:
        return join([repr(part) for part in parts], "or")
    if origin is tuple:
        return "a tuple"
    return _WORDS.get(hint) or f"exactly {hint.__name__}"
