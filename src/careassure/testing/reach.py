"""What the code of a scorer can reach: its own values, and those of its classes, functions and modules.

From the scorer on, everything is followed that its code names: the fields of objects, the globals that a function uses,
what it encloses, its defaults. Other people's modules and the library's frozen values are not looked into.
"""

from __future__ import annotations

import contextvars
import functools
import hashlib
import itertools
import random
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import (
    BuiltinFunctionType,
    CodeType,
    FunctionType,
    GeneratorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

MOST = 20_000
"""So many values are looked at, not more."""

_ATOMS = (type(None), bool, int, float, complex, str, bytes, Fraction, Decimal)
_CACHED: type = type(functools.lru_cache(lambda: None))
_PASSED_OVER = frozenset(
    (
        "__abstractmethods__",
        "__annotations__",
        "__attrs_attrs__",
        "__builtins__",
        "__dict__",
        "__doc__",
        "__file__",
        "__match_args__",
        "__module__",
        "__qualname__",
        "__slots__",
        "__spec__",
        "__warningregistry__",
        "__weakref__",
    )
)


def own_module(value: object) -> str:
    """The first part of the name of the module in which the class of a value stands."""
    return type(value).__module__.partition(".")[0]


def state(scorer: object) -> dict[str, str]:
    """Everything that can be reached from a scorer: the way there, and what stands there in a few words."""
    return {path: _token(value) for path, value in _walk(scorer)}


def constants(scorer: object) -> tuple[frozenset[str], frozenset[int]]:
    """The words and the whole numbers that stand in a scorer's code and values: what it may be looking for."""
    found: set[object] = set()
    for _, value in _walk(scorer):
        if isinstance(value, FunctionType):
            found.update(_in_code(value.__code__))
        elif isinstance(value, _ATOMS):
            found.add(value)
    words = frozenset(value for value in found if isinstance(value, str) and 0 < len(value) <= 60)
    return words, frozenset(value for value in found if type(value) is int and abs(value) < 10_000)


def _in_code(code: CodeType) -> Iterator[object]:
    todo = list(code.co_consts)
    while todo:
        value = todo.pop()
        if isinstance(value, CodeType):
            todo += value.co_consts
        elif isinstance(value, tuple | frozenset):
            todo += value
        elif isinstance(value, str | int):
            yield value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _names(value)


def _walk(root: object) -> Iterator[tuple[str, object]]:
    own = own_module(root)
    seen: dict[int, object] = {}  # kept, so that no number is given to another value
    todo: deque[tuple[str, object]] = deque([("", root)])
    found = 0
    while todo and found < MOST:
        path, value = todo.popleft()
        if not isinstance(value, _ATOMS):
            if id(value) in seen:
                continue
            seen[id(value)] = value
        found += 1
        yield path.lstrip("."), value
        todo.extend((f"{path}{name}", inner) for name, inner in _inside(value, own))


def _inside(value: object, own: str) -> Iterator[tuple[str, object]]:  # noqa: C901  (one branch for each kind of object)
    if isinstance(value, _ATOMS):
        return
    if isinstance(value, FunctionType):
        if value.__module__ and str(value.__module__).partition(".")[0] == own:
            yield from _in_function(value)
    elif isinstance(value, ModuleType):
        if value.__name__.partition(".")[0] == own:
            yield from ((f".{n}", v) for n, v in list(vars(value).items()) if not n.startswith("__"))
    elif isinstance(value, type):
        if value.__module__.partition(".")[0] == own:
            yield from ((f".{n}", v) for n, v in list(vars(value).items()) if n not in _PASSED_OVER)
            yield from ((f".{base.__name__}", base) for base in value.__bases__)
    elif isinstance(value, Mapping):
        yield from ((f"[{_key(key)}]", value[key]) for key in list(value))
        yield from _in_object(value, own)
    elif isinstance(value, list | tuple | deque):
        yield from ((f"[{place}]", item) for place, item in enumerate(list(value)))
        yield from _in_object(value, own)
    elif isinstance(value, set | frozenset):
        yield from ((f"[{_key(item)}]", item) for item in list(value))
    elif isinstance(value, MethodType):
        yield ".__func__", value.__func__
        yield ".__self__", value.__self__
    elif isinstance(value, staticmethod | classmethod):
        yield ".__func__", value.__func__
    elif isinstance(value, property):
        yield from ((f".{name}", getattr(value, name)) for name in ("fget", "fset", "fdel"))
    elif isinstance(value, functools.partial):
        yield from ((".func", value.func), (".args", value.args), (".keywords", value.keywords))
    elif isinstance(value, functools.cached_property):
        yield ".func", value.func
    elif isinstance(value, _CACHED):
        yield ".__wrapped__", getattr(value, "__wrapped__", None)
    elif isinstance(value, GeneratorType):
        frame: Any = value.gi_frame
        yield ".locals", dict(frame.f_locals) if frame else {}
    else:
        yield from _in_object(value, own)


def _in_function(function: FunctionType) -> Iterator[tuple[str, object]]:
    for name in dict.fromkeys(_names(function.__code__)):
        if name in function.__globals__ and name not in _PASSED_OVER:
            yield f".{name}", function.__globals__[name]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=False):
        try:
            yield f".{name}", cell.cell_contents
        except ValueError:  # not filled yet
            continue
    yield ".__defaults__", function.__defaults__
    yield ".__kwdefaults__", function.__kwdefaults__
    yield ".__dict__", vars(function)


def _in_object(value: object, own: str) -> Iterator[tuple[str, object]]:
    kind: Any = type(value)
    if kind.__module__.partition(".")[0] == "careassure" and own != "careassure":
        return  # frozen values, and the business of the check `pure`
    fields: object = getattr(value, "__dict__", None)
    if isinstance(fields, Mapping):
        yield from ((f".{name}", inner) for name, inner in list(fields.items()))
    for name, member in _places(kind):
        try:
            yield f".{name}", member.__get__(value)
        except AttributeError:  # not set yet
            continue
    if not isinstance(value, Mapping | list | tuple | deque):
        yield f".{kind.__name__}", kind


@functools.lru_cache(maxsize=1024)
def _places(kind: Any) -> tuple[tuple[str, MemberDescriptorType], ...]:  # noqa: ANN401  (a class, to be kept by)
    """The places of a class in which its objects hold values; they are the same as long as there is the class."""
    return tuple(
        (name, member)
        for base in kind.__mro__
        for name, member in list(vars(base).items())
        if isinstance(member, MemberDescriptorType) and name not in _PASSED_OVER
    )


def _key(key: object) -> str:
    return repr(key) if isinstance(key, _ATOMS) else f"{type(key).__name__} {_digest(str(_safe(repr, key)))}"


def _token(value: object) -> str:
    """A value in a few words that are others as soon as it is another."""
    kind = type(value).__name__
    if isinstance(value, _ATOMS):
        text = repr(value)
        return f"{text[:60]}... {_digest(text)}" if len(text) > 80 else text
    if isinstance(value, random.Random):
        return f"a source of random numbers {_digest(repr(_safe(value.getstate)))}"
    if isinstance(value, dict | list | tuple | set | frozenset | deque):
        return f"{kind} of {len(value)}"
    if isinstance(value, bytearray | memoryview) or hasattr(type(value), "tobytes"):
        return f"{kind} {_digest(repr(_safe(bytes, value)))}"
    if isinstance(value, _CACHED):
        return f"a cache of {_safe(getattr(value, 'cache_info', tuple))[-1:]}"
    if isinstance(value, contextvars.ContextVar):
        return f"a context variable of {_safe(value.get, None)!r}"
    if isinstance(value, GeneratorType):
        frame: Any = value.gi_frame
        return f"a generator at {frame.f_lasti if frame else 'its end'}"
    if type(value).__module__ == itertools.__name__ or hasattr(type(value), "__length_hint__"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return f"{kind} {_digest(repr(_safe(getattr(value, '__reduce__', tuple))))}"
    return kind


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=6).hexdigest()


def _safe(function: Callable[..., Any] | BuiltinFunctionType, *arguments: object) -> Any:  # noqa: ANN401
    """What a function gives; the kind of the error where it raises one."""
    try:
        return function(*arguments)
    except Exception as error:  # noqa: BLE001  (whatever a value of somebody else's raises when it is looked at)
        return (type(error).__name__,)
