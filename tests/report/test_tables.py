"""Rows as tables, CSV and JSON, whatever stands in them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from careassure.model.safe_text import columns, guarded, one_line, printable
from careassure.report.tables import csv_text, json_text, text_table

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\x9b\u202e\u200b\n\r\t \uff1d中é=+-@'\""),
    max_size=12,
)
VALUES = TEXTS | st.integers() | st.booleans() | st.none()
ROWS = st.lists(TEXTS, min_size=1, max_size=4, unique_by=one_line).flatmap(
    lambda heads: st.lists(st.fixed_dictionaries(dict.fromkeys(heads, VALUES)), min_size=1, max_size=4)
)
MIXED = st.lists(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3), min_size=1, max_size=3)


def words(value: object) -> list[str]:
    """The words that a cell has in a table."""
    return [word for word in one_line("" if value is None else str(value)).split(" ") if word]


def cut(line: str, widths: list[int]) -> list[str]:
    """A line of a table cut at its columns, as a terminal shows it."""
    cells: list[str] = []
    at = 0
    for width in widths:
        cell = ""
        while at < len(line) and columns(cell + line[at]) <= width:
            cell, at = cell + line[at], at + 1
        assert line[at : at + 2].strip(" ") == ""
        cells, at = [*cells, cell], at + 2
    assert line[at:] == ""
    return cells


@given(ROWS, st.integers(1, 200))
def test_columns_stand_below_each_other(rows: list[dict[str, object]], width: int) -> None:
    """Whatever its cells hold, every word of each stands in the cell's own column, and nothing steers a terminal.

    Where there is no room for columns each cell has lines of its own, behind its head.
    """
    text = text_table(rows, width=width)
    assert printable(text, keep="\n") == text
    lines = text.removesuffix("\n").split("\n")
    ruler = next((at for at, line in enumerate(lines) if re.fullmatch("-+(  -+)*", line)), None)
    if ruler is None or sum(map(len, rulers := lines[ruler].split("  "))) + 2 * (len(rulers) - 1) != columns(
        lines[ruler]
    ):
        return
    widths = [len(part) for part in lines[ruler].split("  ")]
    if len(widths) != len(rows[0]) or columns(lines[ruler]) > width:
        return
    for at, head in enumerate(rows[0]):
        everything = [*words(head), *(word for row in rows for word in words(row[head]))]
        body = [cut(line, widths)[at] for line in (*lines[:ruler], *lines[ruler + 1 :])]
        assert [word for cell in body for word in cell.split(" ") if word] == everything


@given(ROWS, st.integers(60, 200))
def test_a_table_fits_its_window_and_loses_no_word(rows: list[dict[str, object]], width: int) -> None:
    """No line is wider than the window but for one word with its head, and every word of each cell is there."""
    text = text_table(rows, width=width)
    lines = text.removesuffix("\n").split("\n")
    for line in lines:
        assert columns(line) <= width or len(line.split()) <= 2
    heads = [word for head in rows[0] if any(words(row[head]) for row in rows) for word in words(head)]
    cells = [word for row in rows for cell in row.values() for word in words(cell)]
    found = [word for line in lines for word in line.split(" ") if word]
    assert not Counter([*heads, *cells]) - Counter(found)


WORDY = st.text(st.sampled_from("abcdefgh "), min_size=1, max_size=80)
NUMBERS = st.integers(-(10**9), 10**9).map("{:,}".format) | st.integers(0, 1000).map(lambda n: f"{n / 10} %")


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=9, unique=True).flatmap(
        lambda heads: st.lists(st.fixed_dictionaries(dict.fromkeys(heads, WORDY | NUMBERS)), min_size=1, max_size=4)
    ),
    st.integers(60, 200),
)
def test_a_number_is_never_broken(rows: list[dict[str, object]], width: int) -> None:
    """In columns or one below the other, each number stands on one line, with its sign."""
    text = text_table(rows, width=width)
    for row in rows:
        for cell in row.values():
            if any(sign.isdigit() for sign in str(cell)):
                assert str(cell) in text


def test_a_table_without_room_has_a_line_for_each_cell() -> None:
    """Each row is a record: its heads at the side, its cells behind them, a blank line between two."""
    heads = [f"Column {number}" for number in range(9)]
    rows: list[dict[str, object]] = [dict.fromkeys(heads, "something"), {heads[0]: "a b c " * 12, heads[2]: 1_000}]
    text = text_table(rows, width=60)
    assert text == "".join(f"{head}  something\n" for head in heads) + (
        "\nColumn 0  a b c a b c a b c a b c a b c a b c a b c a b c a\n"
        "          b c a b c a b c a b c\n"
        "Column 2  1000\n"
    )
    assert text_table([{"x" * 40: "some words", "b" * 40: "y"}], width=60) == (
        f"{'x' * 40}\n  some words\n{'b' * 40}\n  y\n"
    )


@given(MIXED)
def test_csv_has_every_cell_under_its_head(rows: list[dict[str, object]]) -> None:
    """Every value stands under its own head, whichever keys a row has, and a spreadsheet works no cell out."""
    (heads, *cells) = csv.reader(io.StringIO(csv_text(rows), newline=""))
    names = list(dict.fromkeys(key for row in rows for key in row))
    assert heads == [guarded(name) for name in names]
    for row, line in zip(rows, cells, strict=True):
        values = [row.get(name) for name in names]
        assert line == [guarded("" if value is None else str(value)) for value in values]
        assert not any(guarded(cell) != cell and cell[0] != "'" for cell in line)


@given(MIXED)
def test_json_holds_the_values_and_steers_nothing(rows: list[dict[str, object]]) -> None:
    """JSON gives the same values again, and what would steer a terminal stands in it as JSON's own escapes."""
    text = json_text(rows)
    assert json.loads(text) == rows
    assert printable(text, keep="\n") == text
