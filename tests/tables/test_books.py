"""A spreadsheet of which several sheets are read is read as each sheet alone is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from careassure.errors import InvalidTableError, ReadError
from careassure.tables.opening import open_book, open_table, sheets_in
from careassure.tables.table import Options, TableFile
from tables.spreadsheets import ods_parts, ods_table, zip_file

HIDDEN = '<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>'
MERGED = (
    '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>x</text:p>'
    "</table:table-cell></table:table-row>"
)


def document(path: Path) -> Path:
    """A document: rows are hidden in one table, cells are merged in another, two have one name, one has no headers."""
    tables = [
        ods_table("Title", "A|B", "1|2", name="First"),
        ods_table("C|D", HIDDEN, "3|4", "5|6", name="Rows"),
        ods_table("E|F", MERGED, "7|8", name="Cells"),
        ods_table("G|H", "9|10", name="Twice"),
        ods_table("G|H", "11|12", name="Twice"),
        ods_table("I|I", "13|14", name="Headers"),
        ods_table(name="Empty"),
    ]
    return zip_file(path / "a.ods", ods_parts("".join(tables)))


def workbook(path: Path) -> Path:
    """A workbook of the same kind."""
    book = openpyxl.Workbook()
    for name, rows in {
        "Rows": [["C", "D"], [1, 2], [3, 4]],
        "Cells": [["E", "F"], [5, 6], [7, 8]],
        "Empty": [],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["Rows"].row_dimensions[2].hidden = True
    book["Cells"].merge_cells("A2:A3")
    book.save(path / "a.xlsx")
    return path / "a.xlsx"


def told(read: Callable[[], TableFile]) -> object:
    """What a table is, or why it is none."""
    try:
        table = read()
        return table.layout, list(table.read())
    except (ReadError, InvalidTableError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("make", [document, workbook])
def test_each_sheet_of_a_book_is_what_it_is_alone(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """Headers, notes, rows, problems and refusals of a sheet are the same in a book as where it alone is opened."""
    path = make(tmp_path)
    with open_book(path) as book:
        assert book is not None
        assert book.names() == sheets_in(path)
        for name in ("First", "Rows", "Cells", "Twice", "Headers", "Empty", "rows", "None"):
            for row in (None, 1, 2, 9):
                alone = told(lambda: open_table(path, Options(sheet=name, header_row=row)))  # noqa: B023
                assert told(lambda: book.table(name, row)) == alone  # noqa: B023


def test_what_is_no_spreadsheet_is_no_book(tmp_path: Path) -> None:
    """Delimited text has no sheets; a file that is not there is refused as it is elsewhere."""
    (tmp_path / "a.csv").write_text("A,B\n1,2\n")
    with open_book(tmp_path / "a.csv") as book:
        assert book is None
    with pytest.raises(ReadError, match="there is no such file"), open_book(tmp_path / "b.ods"):
        pass


def test_an_old_workbook_is_a_book() -> None:
    """A workbook of Excel 97 is read sheet by sheet as well."""
    path = Path(__file__).parents[1] / "fuzz" / "data" / "scores.xls"
    with open_book(path) as book:
        assert book is not None
        assert [told(lambda: book.table(name)) for name in book.names()] == [  # noqa: B023
            told(lambda: open_table(path, Options(sheet=name)))  # noqa: B023
            for name in sheets_in(path)
        ]
