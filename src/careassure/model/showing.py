"""How values show themselves: on one line, in at most 200 characters, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import attrs

from careassure.model.safe_text import one_line

REPR_WIDTH = 200
"""The most characters in which a value shows itself."""
_LONGEST_PART = 40
_BRACKETS = {tuple: ("(", ")"), list: ("[", "]"), set: ("{", "}"), frozenset: ("{", "}"), dict: ("{", "}")}


def short_repr(self: object) -> str:
    """What a value of attrs shows of itself: all of its fields where that is short, or else a part of each.

    Set it as the ``__repr__`` of a class. One that holds another of these asks it for no more than there is room for,
    so that showing the top of a deep tree takes no longer than showing a leaf.
    """
    whole = _fields(self, REPR_WIDTH)
    if whole is not None:
        return whole
    name = type(self).__name__
    room = REPR_WIDTH - len(name) - len("(, ...)")
    parts: list[str] = []
    for field, inner in _shown_fields(self):
        own = field.repr(inner) if callable(field.repr) else None
        text = _fitting(own, _LONGEST_PART) if own is not None else _text(inner, _LONGEST_PART)
        part = f"{field.name}={_summary(inner) if text is None else text}"
        if len(part) + 2 > room:
            parts.append("...")
            break
        parts.append(part)
        room -= len(part) + 2
    return f"{name}({', '.join(parts)})"


def clipped(text: str) -> str:
    """A text that a value shows for itself, in angle brackets, on one line and not too long.

    >>> clipped("<Outcome of Camden>"), len(clipped("<" + "x" * 1000 + ">"))
    ('<Outcome of Camden>', 200)
    """
    line = one_line(text)
    return line if len(line) <= REPR_WIDTH else f"{line[: REPR_WIDTH - 4]}...>"


def format_words(value: object, form: str) -> str:
    """A value in an f-string, as its words are: with a width, say. Set it as the ``__format__`` of a class."""
    return format(str(value), form)


def _shown_fields(value: object) -> Iterable[tuple[attrs.Attribute[object], object]]:
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]
        if field.repr is not False:
            yield field, getattr(value, field.name, None)


def _fields(value: object, room: int) -> str | None:
    """All fields of a value; None where there is no room for them."""
    opening = f"{type(value).__name__}("
    parts: list[str] = []
    for field, inner in _shown_fields(value):
        left = _left(room, opening, parts, f"{field.name}=")
        text = _fitting(field.repr(inner), left) if callable(field.repr) else _text(inner, left)
        if text is None:
            return None
        parts.append(f"{field.name}={text}")
    return _fitting(f"{opening}{', '.join(parts)})", room)


def _left(room: int, opening: str, parts: list[str], begun: str) -> int:
    """The room that is left after what is written so far, with a bracket that closes it."""
    return room - len(f"{opening}{', '.join([*parts, begun])})")


def _text(value: object, room: int) -> str | None:
    """A value as it shows itself; None where there is no room for it."""
    if room <= 0:
        return None
    if type(value).__repr__ is short_repr:
        return _fields(value, room)
    if isinstance(value, str | bytes) and len(value) > room:
        return None
    if isinstance(value, tuple | list | set | frozenset | dict) and type(value) in _BRACKETS:
        return _items(value, room)
    try:
        return _fitting(repr(value), room)
    except Exception:  # noqa: BLE001  (a value of somebody else may do anything; a number may be too long to be written)
        return None


def _items(values: tuple[object, ...] | list[object] | set[object] | frozenset[object] | dict[object, object],
           room: int) -> str | None:  # fmt: skip
    opening, closing = _BRACKETS[type(values)]
    if len(values) > room:
        return None
    parts: list[str] = []
    for item in values:
        text = _text(item, _left(room, opening, parts, ""))
        if text is not None and isinstance(values, dict):
            inner = _text(values[item], _left(room, opening, parts, f"{text}: "))
            text = None if inner is None else f"{text}: {inner}"
        if text is None:
            return None
        parts.append(text)
    if not values and isinstance(values, set | frozenset):
        return _fitting(repr(values), room)
    comma = "," if isinstance(values, tuple) and len(values) == 1 else ""
    text = f"{opening}{', '.join(parts)}{comma}{closing}"
    return _fitting(f"frozenset({text})" if isinstance(values, frozenset) else text, room)


def _summary(value: object) -> str:
    """A value in a few characters, where it is too long for more."""
    if isinstance(value, str):
        return f"{one_line(repr(''.join(islice(value, 20))))[:30]}..."
    if type(value) in _BRACKETS and isinstance(value, tuple | list | set | frozenset | dict):
        opening, closing = _BRACKETS[type(value)]
        return f"{opening}{len(value):,} of them{closing}"
    return one_line(f"<{type(value).__name__}>")[:_LONGEST_PART]


def _fitting(text: str, room: int) -> str | None:
    line = one_line(text)
    return line if len(line) <= room else None
