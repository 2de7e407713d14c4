"""The public names and their signatures change only on purpose."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from difflib import unified_diff
from functools import cached_property
from pathlib import Path
from types import ModuleType

import pytest

import careassure
from careassure import analysis, errors, figures, privacy, report, samples, tables, testing, workspaces

NAMESPACES: tuple[ModuleType, ...] = (
    careassure,
    analysis,
    errors,
    figures,
    privacy,
    report,
    samples,
    tables,
    testing,
    workspaces,
)
"""The modules whose names are promised."""

KEPT = Path(__file__).with_name("surface.txt")
HOW = """The public surface is another than tests/api/surface.txt says. Is it meant?
If so, renew the file, look at the difference, and say it in CHANGELOG.md:

    SURFACE_REFRESH=1 python -m pytest tests/api/test_surface.py

"""


def surface() -> str:
    """All of it, a line for each name and each member, in the order of the alphabet."""
    return "\n".join(line for module in NAMESPACES for line in _module(module)) + "\n"


def names_of(module: ModuleType) -> list[str]:
    """The public names of a module: those that it announces, or else those of its own that bear no underscore."""
    announced = getattr(module, "__all__", None)
    if announced is not None:
        return sorted(announced)
    return sorted(
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    )


def _module(module: ModuleType) -> Iterator[str]:
    for name in names_of(module):
        value = getattr(module, name)
        where = f"{module.__name__}.{name}"
        if isinstance(value, ModuleType):
            yield f"{where}: a module"
        elif inspect.isclass(value):
            yield f"{where}{_bases(value)}{_signature(value)}"
            yield from (f"    {line}" for line in _members(value))
        elif callable(value):
            yield f"{where}{_signature(value)}"
        else:
            yield f"{where}: {type(value).__name__}"


def _bases(kind: type) -> str:
    return "".join(f" < {base.__name__}" for base in kind.__bases__ if base is not object)


def _members(kind: type) -> Iterator[str]:
    for name in sorted(name for name in dir(kind) if not name.startswith("_")):
        owner = next(base for base in kind.__mro__ if name in vars(base))
        if not owner.__module__.startswith("careassure"):
            continue  # of Exception, str or the like: not ours to promise
        member = inspect.getattr_static(kind, name)
        if isinstance(member, property | cached_property):
            yield f"{name}: a property"
        elif isinstance(member, classmethod | staticmethod) or inspect.isfunction(member):
            yield f"{name}{_signature(getattr(kind, name))}"
        else:
            yield f"{name}: a field"


class _Word(str):
    """An annotation that is shown without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _signature(value: object) -> str:
    try:
        found = inspect.signature(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):  # one that Python itself wrote
        return "(...)"
    parts = [
        part.replace(annotation=_Word(part.annotation)) if isinstance(part.annotation, str) else part
        for part in found.parameters.values()
    ]
    result = found.return_annotation
    return str(found.replace(parameters=parts, return_annotation=_Word(result) if isinstance(result, str) else result))


def test_the_public_surface_is_as_it_was_written_down() -> None:
    """Every public name, signature and member is what the file says: no more, no less."""
    found = surface()
    if os.environ.get("SURFACE_REFRESH"):
        KEPT.write_text(found, encoding="utf-8")
    kept = KEPT.read_text(encoding="utf-8")
    if found != kept:
        lines = unified_diff(kept.splitlines(), found.splitlines(), "written down", "found", lineterm="")
        pytest.fail(HOW + "\n".join(lines))
