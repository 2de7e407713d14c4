"""Values written out in full, so that any difference between two can be seen and named.

The classes of the model leave some fields out when they compare; a kit that compared as they do would see as
little. Here everything is written: types, the labels of grades, the fields of subclasses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

Image = dict[str, str]
"""What stands at each path of a value, such as ``trace.parts[0].text``."""


def image(value: object) -> Image:
    """A value written out. The aliases of grades and the assessment inside an outcome are left out."""
    return dict(_walk(value, ""))


def results(outcome: Outcome) -> Image:
    """What an outcome says, without the steps that lead there and with nothing depending on order."""
    found: dict[str, object] = {
        name: getattr(outcome, name)
        for name in (
            "low",
            "high",
            "suggested",
            "percentage_low",
            "percentage_high",
            "score_low",
            "score_high",
            "margin",
        )
    }
    for name in ("profile", "flags", "measures"):
        found |= {f"{name} {item.id}": item for item in getattr(outcome, name)}
    return image(found)


def difference(one: Image, other: Image) -> str:
    """The first place where two images differ, with what stands there; empty where they are the same."""
    for path in dict.fromkeys((*one, *other)):
        here, there = one.get(path, "nothing"), other.get(path, "nothing")
        if here != there:
            return f"{path or 'it'} is {here}, and then {there}"
    return ""


def _walk(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Grade):
        yield path, f"{value.key} of {value.scale} ({value.label!r}, place {value.rank}, value {value.value!r})"
    elif attrs.has(type(value)):
        yield path, type(value).__name__
        for name in _fields(value):
            yield from _walk(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping):
        yield path, f"{type(value).__name__} of {len(value)}"
        for key, item in value.items():
            yield from _walk(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        yield path, f"{type(value).__name__} of {len(value)}"
        for place, item in enumerate(value):
            yield from _walk(item, f"{path}[{place}]")
    elif isinstance(value, set | frozenset):
        yield path, f"{type(value).__name__} {sorted(map(repr, value))}"
    else:
        yield path, repr(value) if value is None or isinstance(value, bool | str) else _typed(value)


def _fields(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    names = tuple(field.name for field in attrs.fields(type(value)))
    return tuple(name for name in names if name != "assessment") if isinstance(value, Outcome) else names


def _typed(value: object) -> str:
    return f"{type(value).__name__} {value}"
