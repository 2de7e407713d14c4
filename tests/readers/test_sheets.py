"""A workbook with several tables: the sheet that a reader knows is read, and nothing is guessed between two."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import careassure as ca
from careassure.errors import ReadError, UnknownFileError
from careassure.tables import Figure, Options, read_file

SUMMARY: list[list[Any]] = [["Measure", "Rows"], ["3A", 1], ["3B", 2]]
VALUES: list[list[Any]] = [
    ["Values of a measure"],
    ["area_code", "area_name", "period", "indicator", "unit", "value"],
    ["E09000007", "Camden", "2024-25", "3A", "%", 61],
    ["E09000003", "Barnet", "2024-25", "3A", "%", "[c]"],
]
OTHER: list[list[Any]] = [["area", "value"], ["Leeds", 7], ["York", 8]]


def book(folder: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets in their order."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "book.xlsx"
    made.save(path)
    return path


@pytest.mark.parametrize("order", [("Summary", "Values", "More"), ("Values", "More", "Summary")])
def test_the_sheet_that_a_reader_knows_is_read(order: tuple[str, ...], tmp_path: Path) -> None:
    """Wherever it stands; a note says what was not read."""
    rows = {"Summary": SUMMARY, "Values": VALUES, "More": SUMMARY[:2] + SUMMARY[:1]}
    found = read_file(book(tmp_path, **{name: rows[name] for name in order}))
    assert found.reader == "tidy-indicators"
    assert [row.area for row in found.rows if isinstance(row, Figure)] == ["E09000007", "E09000003"]
    assert any("The sheet 'Values' is read: of " in note and "'Summary'" in note for note in found.notes)
    assert ca.read(tmp_path / "book.xlsx") == found


def test_a_person_has_the_last_word(tmp_path: Path) -> None:
    """Two sheets that readers know: both are named. One that is named and unknown is not exchanged for another."""
    path = book(tmp_path, Summary=SUMMARY, Values=VALUES, Other=OTHER)
    with pytest.raises(UnknownFileError, match="readers know several of its sheets: 'Values' and 'Other'"):
        read_file(path)
    assert read_file(path, Options(sheet="Other")).reader == "area-values"
    with pytest.raises(UnknownFileError, match="no reader knows this table, with the columns 'Measure' and 'Rows'"):
        read_file(path, Options(sheet="Summary"))


def test_nothing_that_a_reader_knows(tmp_path: Path) -> None:
    """Then it is said what there is, as before."""
    with pytest.raises(ReadError, match="it has several sheets with tables: 'Summary' and 'More'"):
        read_file(book(tmp_path, Summary=SUMMARY, More=SUMMARY))
    with pytest.raises(UnknownFileError, match="no reader knows this table"):
        read_file(book(tmp_path, Summary=SUMMARY, Notes=[["A note"]]))
