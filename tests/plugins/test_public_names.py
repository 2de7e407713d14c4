"""The distributions in plugins/ use the library as anybody's plugin does: through its public names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import careassure as ca

SOURCES = sorted((Path(__file__).parents[2] / "plugins").glob("*/src/**/*.py"))
OPEN = {"careassure": ca, **{f"careassure.{name}": getattr(ca, name) for name in ca.__all__}}


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What a module imports of careassure: the module, and the name from it; empty where it is the module itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [(item.name, "") for item in node.names]
        elif isinstance(node, ast.ImportFrom):
            found = [(node.module or "", item.name) for item in node.names]
        else:
            continue
        yield from (pair for pair in found if pair[0].split(".")[0] == "careassure")


def used(path: Path) -> Iterator[str]:
    """Every name that a module takes from careassure as an attribute."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ca":
            yield node.attr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_plugin_of_ours_uses_public_names_alone(path: Path) -> None:
    """Nothing is imported but careassure, its namespaces and public names of these."""
    public = {
        (module, name)
        for module, found in OPEN.items()
        if isinstance(found, ModuleType)
        for name in ("", *getattr(found, "__all__", vars(found)))
    }
    assert set(imported(path)) <= public
    assert set(used(path)) <= set(ca.__all__)


def test_there_are_plugins_to_look_at() -> None:
    """The sources are found, and some of them import the library."""
    assert len({path.parts[path.parts.index("plugins") + 1] for path in SOURCES}) == 5
    assert sum(bool(list(imported(path))) for path in SOURCES) >= 5
