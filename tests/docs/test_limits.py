"""The page of limits says what the code holds."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import careassure

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "input-limits.md"
ROW = re.compile(r"^\| .+ \| ([0-9,]+) \| `([\w.]+)\.([A-Z_]+)` \|$", re.MULTILINE)
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
LIMIT = re.compile(r"(?:MOST|LONGEST|LARGEST|DEEPEST)(?:_[A-Z_]+)?|LIMIT")


@pytest.mark.parametrize(("number", "module", "name"), ROWS, ids=[f"{row[1]}.{row[2]}" for row in ROWS])
def test_a_limit_on_the_page_is_the_one_in_the_code(number: str, module: str, name: str) -> None:
    """Each number on the page is that of the constant beside it."""
    assert getattr(import_module(module), name) == int(number.replace(",", ""))


def limits() -> Iterator[tuple[str, str]]:
    """The public limits of what is read: in the readers, the values, the methods and the host."""
    for package in ("io", "model", "methods", "plugins", "tables"):
        found = import_module(f"careassure.{package}")
        for module in pkgutil.iter_modules(found.__path__, f"careassure.{package}."):
            source = import_module(module.name)
            for name in vars(source):
                if LIMIT.fullmatch(name) and re.search(rf"^{name} *=", text(source.__file__), re.MULTILINE):
                    yield module.name, name


def text(file: str | None) -> str:
    """The text of a module."""
    return Path(file or "").read_text(encoding="utf-8")


def test_every_limit_of_what_is_read_is_on_the_page() -> None:
    """No public limit in these packages is left off the page."""
    assert careassure.__version__
    assert {(module, name) for _, module, name in ROWS} >= set(limits())
