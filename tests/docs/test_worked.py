"""The worked cases: a table of every figure, and folders that a reader can open."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

WORKED = Path(__file__).parents[2] / "docs" / "worked"
PAGE = (WORKED / "every-figure.md").read_text("utf-8")
REASONS = ("alone", "no base", "no ends", "words", "rule")
FOLDERS = sorted(path.parent.name for path in WORKED.glob("*/workspace.toml"))


def rows() -> list[tuple[str, str, str]]:
    """Each row of the tables of figures."""
    found = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    return [row for row in found if row[0] != "figure" and not row[0].startswith("-")]


def test_every_figure_says_how_it_stands() -> None:
    """A figure is worked out, is printed and says in one of five ways why not more, or does not hold."""
    said = re.compile(rf"worked out: .|printed: ({'|'.join(REASONS)})\b|\*\*does not hold\*\*: .")
    assert rows()
    assert [row for row in rows() if not said.match(row[2])] == []


def test_the_counts_are_those_of_the_tables() -> None:
    """The page says how many figures stand how, and the number is that of its tables."""
    counts = Counter(row[2].split(":")[0].strip("*") for row in rows())
    said = re.search(r"(\d+) rows.+?(\d+) are worked out, (\d+) are printed alone, and (\d+) do not hold", PAGE)
    assert said is not None
    assert [int(number) for number in said.groups()] == [
        counts.total(), counts["worked out"], counts["printed"], counts["does not hold"]
    ]  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_is_checked_on_a_page(folder: str) -> None:
    """Every folder of a worked case is opened by a page, which runs the check and shows that it is sound."""
    pages = [page for page in WORKED.glob("*.md") if f"{folder} is sound: " in page.read_text("utf-8")]
    assert pages
