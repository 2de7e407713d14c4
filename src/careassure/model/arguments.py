# ruff: noqa: ANN401  (arguments and annotations may be anything here: that is what is looked at)
"""What is given to a public function, held against its own annotations before anything is done.

One decorator serves them all: what does not fit is refused by an error of ours that names every such argument, and
what fits in another form is brought into the one that the function expects: a `datetime` or a text such as
``2026-04-01`` where a day is meant, one text where several may stand, any iterable where a sequence is meant.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
import sys
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import lru_cache, wraps
from inspect import Parameter, Signature, signature
from os import PathLike
from typing import Any, ForwardRef, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.model.ids import shown
from careassure.model.text import hint_for

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type)

DayLike = dt.date | str
"""A day: a date, a moment (its date) or text such as ``2026-04-01``; see `day_of`."""

MOST_ITEMS = 1_000_000
"""The most items that are taken from an iterable."""

_DATE = dt.date
_NAMESPACES = ("analysis", "figures", "privacy", "report", "samples", "tables", "workspaces")
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


class _MisfitError(Exception):
    """A value that does not fit an annotation."""


def day_of(value: object) -> dt.date:
    """A day: a `datetime.date`, a `datetime.datetime` (its date) or text such as ``2026-04-01``.

    Raises:
        InvalidInputError: It is none of these, or no day that exists.
    """
    try:
        return _day(value)
    except _MisfitError:
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
        try:
            bound = parts.bind(*args, **kwargs)
        except TypeError:
            _refuse_unknown_names(function, parts, kwargs)
            return function(*args, **kwargs)  # which says what is missing
        problems = _misfits(function, parts, bound.arguments)
        if problems:
            raise InvalidInputError(_called(function), problems)
        return function(*bound.args, **bound.kwargs)

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
    hints = _hints(thing)
    for name, value in list(given.items()):
        if name in hints:
            given[name] = _fitted(hints[name], parts.parameters[name], value, problems)
    return problems


@lru_cache(maxsize=1024)
def _parts(function: Callable[..., Any]) -> Signature:
    return signature(function)  # when it is first called: most functions of a module are not


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


def _fitted(hint: Any, part: Parameter, value: Any, problems: list[Problem]) -> Any:
    try:
        if part.kind is Parameter.VAR_POSITIONAL:
            return tuple(_fit(hint, item) for item in value)
        if part.kind is Parameter.VAR_KEYWORD:
            return {name: _fit(hint, item) for name, item in value.items()}
        return _fit(hint, value)
    except _MisfitError as error:
        what_to_do = str(error) or _advice(hint)
        problems.append(Problem(part.name, f"{shown(value)} is not {_words(hint)}", what_to_do))
        return value


def _fit(hint: Any, value: Any) -> Any:
    """The value in the form that an annotation names; raises `_MisfitError`."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint), value)
    if origin is Literal:
        if not any(type(value) is type(choice) and value == choice for choice in get_args(hint)):
            raise _MisfitError(f"Use {' or '.join(map(str, get_args(hint)))}")
        return value
    if origin is type or hint is Callable or origin is Callable:
        return _held(callable(value), value)
    if origin in (Mapping, dict) or hint in (Mapping, dict):
        return _mapping(get_args(hint), value)
    if origin in _MANY or hint in _MANY:
        return _many(get_args(hint), value)
    kind = origin or hint
    if kind in _EXACT:
        return _EXACT[kind](value)
    if not isinstance(kind, type):
        return value
    try:
        return _held(isinstance(value, kind), value)
    except TypeError:  # anything, or a protocol that cannot be asked for
        return value


def _held(fits: bool, value: Any) -> Any:
    if not fits:
        raise _MisfitError
    return value


def _one_of(hints: Sequence[Any], value: Any) -> Any:
    if isinstance(value, str) and any(get_origin(hint) is PathLike for hint in hints):
        return value  # the reader of paths knows which letters a path can hold
    if {*hints} - {type(None)} == {_DATE, str}:  # `DayLike`
        hints = [hint for hint in hints if hint is not str]
    for hint in sorted(hints, key=lambda hint: hint is not type(value)):
        try:
            return _fit(hint, value)
        except _MisfitError:
            continue
    raise _MisfitError


def _mapping(hints: Sequence[Any], value: Any) -> Any:
    _held(isinstance(value, Mapping), value)
    key, item = hints or (Any, Any)
    return {_fit(key, name): _fit(item, inner) for name, inner in value.items()}


def _many(hints: Sequence[Any], value: Any) -> Any:
    if isinstance(value, str):
        return (_fit(hints[0] if hints else Any, value),)
    if hints and isinstance(hints[0], type) and hints[0] not in (Any, object, str) and isinstance(value, hints[0]):
        return (_fit(hints[0], value),)  # one where several may stand
    _held(isinstance(value, Iterable) and not isinstance(value, bytes | bytearray | Mapping), value)
    found: list[Any] = []
    for item in value:
        found.append(item)
        if len(found) > MOST_ITEMS:
            raise _MisfitError(f"Give at most {MOST_ITEMS:,}")
    if len(hints) > 1 and hints[1] is not Ellipsis:
        _held(len(hints) == len(found), value)
        return tuple(_fit(hint, item) for hint, item in zip(hints, found, strict=True))
    return tuple(_fit(hints[0], item) for item in found) if hints else tuple(found)


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, _DATE):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise _MisfitError("There is no such day") from None
    raise _MisfitError


def _whole(value: Any) -> int:
    _held(not isinstance(value, bool), value)
    try:
        found = operator.index(value)  # whole numbers of other libraries too
    except Exception:  # noqa: BLE001  (whatever an object of somebody else raises, it is not a number)
        raise _MisfitError from None
    if not -(2**63) <= found < 2**63:
        raise _MisfitError("At most 64 bits are read")
    return found


def _number(value: Any) -> Any:
    return value if isinstance(value, float) else _whole(value)


def _text(value: Any) -> Any:
    _held(isinstance(value, str), value)
    if not value.isascii() and not value.isprintable():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise _MisfitError("It holds half a character") from None
    return value


def _truth(value: Any) -> Any:
    return _held(isinstance(value, bool), value)


_EXACT: dict[object, Callable[[Any], Any]] = {str: _text, int: _whole, float: _number, bool: _truth, dt.date: _day}


def _advice(hint: Any) -> str:
    """Where one comes by a value of ours that an annotation asks for; empty where it asks for none of them."""
    name = getattr(get_origin(hint) or hint, "__name__", "")
    return ADVICE.get(name) or next((found for inner in get_args(hint) if (found := _advice(inner))), "")


def _words(hint: Any) -> str:
    """What an annotation asks for, in words."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        said = {_words(item) for item in inner}  # how a day or a path is written as text need not be said
        left_out = {type(None), *([str] if {_WORDS[_DATE], _PATH} & said else [])}
        found = dict.fromkeys(_words(item) for item in inner if item not in left_out)
        return " or ".join(found)
    if origin is Literal:
        return "one of its words"
    if origin in (Mapping, dict) or hint in (Mapping, dict):
        return "a table"
    if origin in _MANY or hint in _MANY:
        known = inner and inner[0] is not Any and not isinstance(inner[0], ForwardRef)  # JSON holds JSON
        return f"a list, each of it {_words(inner[0])}" if known else "a list"
    if hint in _WORDS:
        return _WORDS[hint]
    name: str = (origin or hint).__name__
    return _PATH if name == "PathLike" else f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}"
