"""The examples in docstrings: each gives what it shows."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import careassure

ROOT = Path(careassure.__file__).parent
WITH_EXAMPLES = [
    ".".join(("careassure", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in sorted(ROOT.rglob("*.py"))
    if ">>>" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_give_what_they_show(module: str) -> None:
    """Every example in the docstrings of a module runs, and gives what stands below it."""
    found = doctest.testmod(import_module(module), verbose=False)
    assert (found.failed, found.attempted > 0) == (0, True)


def test_there_are_examples() -> None:
    """The modules with examples are found."""
    assert len(WITH_EXAMPLES) > 20
