"""The examples in this plugin's pages and docstrings print what they show."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

PAGES = [page for name in ("README.md", "docs.md") if (page := Path(__file__).parents[1] / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_examples_on_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried
    assert not failed


@pytest.mark.parametrize("name", ["items", "making", "prioritising"])
def test_examples_in_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(import_module(f"careassure_checklist.{name}"))
    assert tried
    assert not failed
