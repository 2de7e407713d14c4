"""The examples in this plugin's pages print what they show."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGES = [page for name in ("README.md", "docs.md") if (page := Path(__file__).parents[1] / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_examples_on_a_page(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert tried
    assert not failed
