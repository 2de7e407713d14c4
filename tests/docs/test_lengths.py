"""How long modules and functions are: a module has one subject, and a function is read without turning a page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from docs.rooms import ROOT

LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 40
HOMES = [ROOT / "src", *sorted((ROOT / "plugins").glob("*/src"))]


def lengths(text: str) -> dict[str, int]:
    """The lines of each function of a module from its ``def`` to its end, without those of its docstring."""
    found: dict[str, int] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node, clean=False) is not None else None
            docstring = (told.end_lineno or 0) - told.lineno + 1 if told is not None else 0
            found[f"{node.lineno} {node.name}"] = (node.end_lineno or 0) - node.lineno + 1 - docstring
    return found


def test_lines_are_counted_without_docstrings() -> None:
    """Nested functions and methods are counted too, and a docstring of any length is not."""
    text = (
        'class One:\n    def long(self):\n        """Three\n\n        lines."""\n        def one():\n            pass\n'
    )
    assert lengths(text) == {"2 long": 3, "6 one": 2}


@pytest.mark.slow  # the same under every Python
@pytest.mark.parametrize("folder", HOMES, ids=[str(folder.relative_to(ROOT)) for folder in HOMES])
def test_nothing_is_too_long(folder: Path) -> None:
    """No module has over 400 lines, and no function over 40 beside its docstring: cut along a seam of the subject."""
    too_long: list[str] = []
    paths = sorted(folder.rglob("*.py"))
    assert paths
    for path in paths:
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        if (lines := len(text.splitlines())) > LINES_OF_A_MODULE:
            too_long.append(f"{name}: {lines} lines")
        too_long += [f"{name}:{at}: {n} lines" for at, n in lengths(text).items() if n > LINES_OF_A_FUNCTION]
    assert not too_long, too_long
