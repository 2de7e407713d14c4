# ruff: noqa: ANN401  (arguments and annotations may be anything here: that is what is looked at)
"""What is given to a public function, held against its own annotations before anything is done.

One decorator serves them all: what does not fit is refused by an error of ours that names every such argument, and
what fits in another form is brought into the one that the function expects: a `datetime` or a text such as
``2026-04-01`` where a day is meant, one text where several may stand, any iterable where a sequence is meant.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Collection, Mapping, MutableMapping
from functools import lru_cache, wraps
from inspect import Parameter, Signature, signature
from typing import Any, ParamSpec, TypeVar, get_type_hints

from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.model.annotations import Fit, MisfitError, advice_for, day_from, fit_of, words_for
from careassure.model.ids import shown
from careassure.model.text import hint_for

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)

DayLike = dt.date | str
"""A day: a date, a moment (its date) or text such as ``2026-04-01``; see `day_of`."""

_NAMESPACES = ("analysis", "figures", "privacy", "report", "samples", "tables", "workspaces")


def day_of(value: object) -> dt.date:
    """A day: a `datetime.date`, a `datetime.datetime` (its date) or text such as ``2026-04-01``.

    Raises:
        InvalidInputError: It is none of these, or no day that exists.
    """
    try:
        return day_from(value)
    except MisfitError:
        problem = Problem("", f"{shown(value)} is not a day", "Write it as year-month-day, such as 2026-04-01")
        raise InvalidInputError("the date", [problem]) from None


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with its arguments held against its annotations first.

    Raises:
        InvalidInputError: From the function: every argument that does not fit. A wrong number or a wrong name of
            arguments stays a `TypeError`.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        parts = _parts(function)
        given = _by_name(function, args, kwargs)
        if given is not None:
            problems = _misfits(function, parts, given)
            if problems:
                raise InvalidInputError(_called(function), problems)
            return named(**given)
        try:
            bound = parts.bind(*args, **kwargs)
        except TypeError:
            _refuse_unknown_names(function, parts, kwargs)
            return function(*args, **kwargs)  # which says what is missing
        problems = _misfits(function, parts, bound.arguments)
        if problems:
            raise InvalidInputError(_called(function), problems)
        return function(*bound.args, **bound.kwargs)

    named: Callable[..., R] = function
    return call


def checked_after(function: Callable[P, R]) -> Callable[P, R]:
    """The function, which looks at its arguments itself; where it fails all the same, the error says why.

    Raises:
        InvalidInputError: From the function: every argument that does not fit its annotation.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CareAssureError:
            raise
        except Exception:  # noqa: BLE001  (what it is about is looked at, and it is tried again)
            parts = signature(function)
            bound = parts.bind(*args, **kwargs)  # a TypeError of its own says what is missing
            problems = _misfits(function, parts, bound.arguments)
            if problems:
                raise InvalidInputError(_called(function), problems) from None
        return function(*bound.args, **bound.kwargs)  # in the form that the annotations name

    return call


def explained(kind: C) -> C:
    """The class; where making one fails on an argument of a wrong type, the error says which and is one of ours.

    The arguments of values are not looked at before: values are made by the thousand while something is rated.
    """
    made: Callable[..., None] = vars(kind)["__init__"]

    @wraps(made)
    def init(self: object, *args: Any, **kwargs: Any) -> None:
        try:
            made(self, *args, **kwargs)
        except CareAssureError:
            raise
        except Exception:
            parts = signature(made)
            bound = parts.bind(self, *args, **kwargs)  # a TypeError of its own says what is missing
            # A list that can be gone through once is used up by now: what it held is in the field.
            held = {name: getattr(self, name, value) for name, value in bound.arguments.items()}
            problems = _misfits(kind, parts, bound.arguments) or _misfits(kind, parts, held)
            if problems:
                raise InvalidInputError(f"a {kind.__name__}", problems) from None
            raise

    type.__setattr__(kind, "__init__", init)
    return kind


def _refuse_unknown_names(function: Callable[..., Any], parts: Signature, given: Mapping[str, Any]) -> None:
    """Refuse a misspelt name of an argument as Python does, by a TypeError, with the name that may have been meant."""
    unknown = min((name for name in given if name not in parts.parameters), default="")
    if unknown and not any(part.kind is Parameter.VAR_KEYWORD for part in parts.parameters.values()):
        problem = Problem("", f"{_called(function)} has no argument {unknown!r}")
        raise TypeError(str(problem._replace(hint=hint_for(unknown, parts.parameters))))


def _called(function: Callable[..., object]) -> str:
    """What the user calls a public function: its name in the namespace that offers it."""
    room, name = f"{function.__module__}.".split(".")[1], function.__qualname__
    own = room if room in _NAMESPACES else ""
    if name not in _offered(f"careassure.{own}"):
        others = (space for space in _NAMESPACES if name in _offered(f"careassure.{space}"))
        own = "" if name in _offered("careassure") else next(others, own)
    return f"careassure.{own}.{name}" if own else f"careassure.{name}"


def _offered(package: str) -> Collection[str]:
    """The public names of a package; none where nobody has used it yet."""
    return getattr(sys.modules.get(package), "__all__", ())


def _misfits(thing: object, parts: Signature, given: MutableMapping[str, Any]) -> list[Problem]:
    """What does not fit the annotations of a function or a class; what does is brought into the form that they name."""
    problems: list[Problem] = []
    fits = _fits(thing)
    for name, value in list(given.items()):
        fit = fits.get(name)
        if fit is not None:
            try:
                given[name] = fit(value)
            except MisfitError as error:
                hint = _hints(thing)[name]
                problems.append(
                    Problem(name, f"{shown(value)} is not {words_for(hint)}", str(error) or advice_for(hint))
                )
    if len(problems) > 1:
        problems.sort(key=lambda problem: list(parts.parameters).index(problem.where.path))
    return problems


def _by_name(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any] | None:
    """What is given for each parameter; None where some parameter takes any number, or the call is not a sound one.

    `Signature.bind` says the same of every call, and takes longer than many a function does.
    """
    names, needed = _names(function)
    given = dict(zip(names, args, strict=False))
    given.update(kwargs)
    sound = len(given) == len(args) + len(kwargs) and needed <= given.keys()
    return given if sound and _parts(function).parameters.keys() >= given.keys() else None


@lru_cache(maxsize=1024)
def _names(function: Callable[..., Any]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The parameters that may be given by their place, in order, and those that must be given.

    Where some parameter takes any number, or no name, nothing fits the second.
    """
    parts = _parts(function).parameters.values()
    if any(part.kind not in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY) for part in parts):
        return (), frozenset({""})
    by_place = tuple(part.name for part in parts if part.kind is Parameter.POSITIONAL_OR_KEYWORD)
    return by_place, frozenset(part.name for part in parts if part.default is Parameter.empty)


@lru_cache(maxsize=1024)
def _parts(function: Callable[..., Any]) -> Signature:
    return signature(function)  # when it is first called: most functions of a module are not


@lru_cache(maxsize=1024)
def _fits(thing: Any) -> dict[str, Fit]:
    """For each parameter with an annotation, what brings a value into its form or raises `MisfitError`."""
    parts = signature(vars(thing)["__init__"] if isinstance(thing, type) else thing).parameters
    return {name: _several(parts[name].kind, fit_of(hint)) for name, hint in _hints(thing).items() if name in parts}


def _several(kind: object, fit: Fit) -> Fit:
    if kind is Parameter.VAR_POSITIONAL:
        return lambda value: tuple(map(fit, value))
    if kind is Parameter.VAR_KEYWORD:
        return lambda value: {name: fit(item) for name, item in value.items()}
    return fit


@lru_cache(maxsize=1024)
def _hints(thing: Any) -> dict[str, Any]:
    try:
        return get_type_hints(thing)
    except NameError:  # a name that only type checkers import: what is in reach is checked
        names = getattr(thing, "__globals__", {})
        found: dict[str, Any] = {}
        for name, text in thing.__annotations__.items():
            try:
                found[name] = eval(text, names)  # noqa: S307  (an annotation in our own code)
            except NameError:
                continue
        return found
