"""Snapshots: what a value and everything inside it holds, so that a change can be seen, named and undone.

Frozen values can still be changed by ``object.__setattr__``, and a grade or a framework is shared by every assessment
that uses it. A snapshot keeps each object that can be reached with what stood in it, by identity: it sees a change of
any field, also of those that equality leaves out, and puts back what was there. It asks no code of the values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from operator import is_
from types import MemberDescriptorType
from typing import Any, NamedTuple

import attrs
from attrs import frozen

_UNSET = object()
_ATOMS: frozenset[type] = frozenset({str, int, bool, float, bytes, type(None), dt.date, dt.datetime, type(_UNSET)})
"""What cannot be changed and holds nothing that can."""
_HASH = "_attrs_cached_hash"


class _Form(NamedTuple):
    """How objects of a class hold what they hold: slots, each with its place, and perhaps a dictionary."""

    labels: tuple[str, ...]
    places: tuple[MemberDescriptorType, ...]
    has_dict: bool
    kept: tuple[str, ...]
    hashed: bool


class _Held(NamedTuple):
    """One object, its class and what it holds."""

    path: str
    value: Any
    kind: type
    content: tuple[Any, ...]


@frozen(eq=False, repr=False)
class Snapshot:
    """What some values held at one moment. Make one with `of`."""

    _held: tuple[_Held, ...]

    @classmethod
    def of(cls, *values: object) -> Snapshot:
        """Look at values and at everything inside them.

        What they work out once and keep is worked out now, so that it does not look like a change later.
        """
        return cls(tuple(_reached(values)))

    def change(self) -> str:
        """The first thing that is not as it was, in words; empty where all is."""
        return next((_words(held) for held in self._held if not _same(held)), "")

    def restore(self) -> None:
        """Put back everything that is not as it was."""
        for held in self._held:
            if not _same(held):
                _put_back(held)


def _reached(roots: tuple[object, ...]) -> Iterator[_Held]:
    waiting: list[tuple[str, Any]] = [("", root) for root in reversed(roots)]
    seen: set[int] = set()
    while waiting:
        path, value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        kind = type(value)
        if kind is tuple or issubclass(kind, tuple):
            inside = [
                (f"{path}[{place}]", item)
                for place, item in enumerate(tuple.__iter__(value))
                if type(item) not in _ATOMS
            ]
        else:
            _work_out(value, kind)
            content = _content(value, kind)
            yield _Held(path, value, kind, content)
            inside = [
                (path + label, item)
                for label, item in zip(_labels(content, kind), content, strict=True)
                if type(item) not in _ATOMS
            ]
        waiting += inside


def _work_out(value: Any, kind: type) -> None:  # noqa: ANN401  (anything)
    """Have a value work out what it would keep at first use."""
    form = _form(kind)
    for name in form.kept:
        getattr(value, name)
    if form.hashed:
        hash(value)


@lru_cache(maxsize=1024)
def _form(kind: Any) -> _Form:  # noqa: ANN401  (attrs asks for its own kind of class)
    spaces = [type.__dict__["__dict__"].__get__(base) for base in kind.__mro__]
    slots = {name: place for space in spaces for name, place in space.items() if type(place) is MemberDescriptorType}
    fields = {field.name for field in attrs.fields(kind)} if attrs.has(kind) else set(slots)
    return _Form(
        # The hidden dictionary of a mapping is spoken of as the mapping.
        tuple("" if name.startswith("_") else f".{name}" for name in slots),
        tuple(slots.values()),
        bool(kind.__dictoffset__),
        tuple(name for name in slots if name not in fields and name != _HASH),
        _HASH in slots,
    )


def _content(value: Any, kind: type) -> tuple[Any, ...]:  # noqa: ANN401  (anything)
    if kind is dict:
        return (*value, *value.values())
    if kind is list:
        return tuple(value)
    form = _form(kind)
    try:
        found = [place.__get__(value) for place in form.places]
    except AttributeError:
        found = [_read(value, place) for place in form.places]
    if form.has_dict:
        found.append(object.__getattribute__(value, "__dict__"))
    return tuple(found)


def _labels(content: tuple[Any, ...], kind: type) -> tuple[str, ...]:
    if kind is dict:
        return tuple(f"[{key!r}]" for key in content[: len(content) // 2]) * 2
    if kind is list:
        return tuple(f"[{place}]" for place in range(len(content)))
    form = _form(kind)
    return (*form.labels, "") if form.has_dict else form.labels


def _read(value: object, place: MemberDescriptorType) -> object:
    try:
        return place.__get__(value)
    except AttributeError:
        return _UNSET


def _same(held: _Held) -> bool:
    if type(held.value) is not held.kind:
        return False
    content = _content(held.value, held.kind)
    if len(content) != len(held.content):
        return False
    # By identity, and only where that fails by value: most things are the same object.
    return all(map(is_, content, held.content)) or all(map(_alike, content, held.content))


def _alike(now: object, before: object) -> bool:
    return now is before or (type(now) is type(before) and type(now) in _ATOMS and now == before)


def _words(held: _Held) -> str:
    path = held.path.removeprefix(".")
    if type(held.value) is not held.kind:
        return f"{path or 'it'} was of the class {held.kind.__name__} and is no longer"
    now, before = _content(held.value, held.kind), held.content
    if len(now) != len(before):
        return f"{path or 'it'} holds more, or less, than before"
    place = next(place for place, (a, b) in enumerate(zip(now, before, strict=True)) if not _alike(a, b))
    name = f"{held.path}{_labels(before, held.kind)[place]}".removeprefix(".") or "it"
    if all(type(value) in _ATOMS and value is not _UNSET for value in (now[place], before[place])):
        return f"{name} was {_shown(before[place])} and is {_shown(now[place])}"
    return f"{name} is not what it was"


def _shown(value: object) -> str:
    """A plain value, in part where it is long; a number of thousands of digits cannot be written down."""
    return "a very long number" if type(value) is int and value.bit_length() > 10_000 else f"{value!r:.100}"


def _put_back(held: _Held) -> None:
    value = held.value
    if type(value) is not held.kind:
        object.__setattr__(value, "__class__", held.kind)
    if held.kind is dict:
        half = len(held.content) // 2
        value.clear()
        value.update(zip(held.content[:half], held.content[half:], strict=True))
    elif held.kind is list:
        value[:] = held.content
    else:
        form = _form(held.kind)
        if form.has_dict and object.__getattribute__(value, "__dict__") is not held.content[-1]:
            object.__setattr__(value, "__dict__", held.content[-1])
        for place, before in zip(form.places, held.content, strict=False):
            if _read(value, place) is before:
                continue
            if before is _UNSET:
                place.__delete__(value)
            else:
                place.__set__(value, before)
