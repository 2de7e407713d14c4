"""Workbooks of Excel come in as they look: two writers that share no code with the reader, and markup by hand."""

from __future__ import annotations

import datetime as dt
import string
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import ReadError
from careassure.tables.opening import open_table
from careassure.tables.table import Options
from tables.spreadsheets import cells, openpyxl_file, xlsx_parts, xlsx_rows, xlsxwriter_file, zip_file

LETTERS = string.ascii_letters + string.digits + " .,;:'\"&<>%-_()/=+£é—\u4e2d\U0001f600"
TEXTS = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip() and "_x" not in text)
NUMBERS = st.integers(-(10**12), 10**12) | st.decimals(-1000, 1000, places=4).map(float)
DATES = st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31))
CELLS = st.none() | TEXTS | NUMBERS | DATES | st.booleans()
ROWS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(TEXTS, *[CELLS] * width).map(list), min_size=1, max_size=5).map(
        lambda rows: [[f"Column {at}" for at in range(width + 1)], *rows]
    )
)


def as_text(value: Any) -> str:
    """What a value is as text, said in another way than the reader does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        text = format(Decimal(str(value)), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return str(value)


def expected(rows: list[list[Any]]) -> list[tuple[str, ...]]:
    return [tuple(map(as_text, row)) for row in rows]


@pytest.mark.parametrize("writer", ["openpyxl", "xlsxwriter"])
@given(rows=ROWS)
def test_what_a_workbook_was_made_of_is_read_back(
    writer: str, rows: list[list[Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("made") / "made.xlsx"
    if writer == "openpyxl":
        openpyxl_file(path, {"Scores": rows})
    else:
        xlsxwriter_file(path, rows)
    assert cells(path) == expected(rows)


def one(tmp_path: Path, cell: str, *, styles: str = "", strings: str = "", book: str = "") -> str:
    """The text of a cell that is written like this."""
    sheet = f"<sheetData><row><c t='str'><v>Head</v></c><c t='str'><v>B</v></c></row><row>{cell}</row></sheetData>"
    return cells(zip_file(tmp_path / "a.xlsx", xlsx_parts(sheet, styles=styles, strings=strings, book=book)))[1][0]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>3</v></c>", "3"),
        ("<c><v>3.0</v></c>", "3"),
        ("<c><v>0.28999999999999998</v></c>", "0.29"),
        ("<c><v>2.9999999999999996</v></c>", "2.9999999999999996"),
        ("<c><v>1E-7</v></c>", "0.0000001"),
        ("<c><v>1.5E3</v></c>", "1500"),
        ("<c><v>-0</v></c>", "0"),
        ("<c><v>45991</v></c>", "45991"),
        ("<c t='str'><v>3</v></c>", "3"),
        ("<c t='str'><v>003</v></c>", "003"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='b'><v>0</v></c>", "FALSE"),
        ("<c t='e'><v>#N/A</v></c>", "#N/A"),
        ("<c t='e'><f>A9</f><v>#REF!</v></c>", "#REF!"),
        ("<c t='d'><v>2025-11-30T00:00:00</v></c>", "2025-11-30"),
        ("<c t='str'><v>a_x000D_b_x005F_</v></c>", "a\rb_"),
        ("<c t='inlineStr'><is><r><t>Re</t></r><r><t>quires</t></r><rPh><t>no</t></rPh></is></c>", "Requires"),
        ("<c><f>1+2</f><v>3</v></c>", "3"),
        ("<x:c xmlns:x='x'><x:v>3</x:v></x:c>", "3"),
    ],
)
def test_a_cell_is_its_exact_text(tmp_path: Path, cell: str, text: str) -> None:
    assert one(tmp_path, cell) == text


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("yyyy-mm-dd", "45991", "2025-11-30"),
        ("dd/mm/yyyy", "45991.5", "2025-11-30T12:00:00"),
        ("mmm-yy", "45962", "2025-11"),  # what Excel makes of a typed 2025-11
        ("mmm-yy", "45991", "2025-11-30"),
        ("d-mmm", "45962", "2025-11-01"),
        ("[$-809]dd mmmm yyyy;@", "45991", "2025-11-30"),
        ("h:mm", "0.5", "12:00:00"),
        ("mm:ss", "0.5", "12:00:00"),
        ("[h]:mm", "1.25", "30:00:00"),
        ("h:mm AM/PM", "0.75", "18:00:00"),
        ("0%", "0.38", "38%"),
        ("0.00%", "0.3333", "33.33%"),
        ("0.00", "2.5", "2.5"),
        ('0 "days"', "3", "3"),
        ('"d"0', "3", "3"),
        ("General", "3", "3"),
        ("[Red]0", "3", "3"),
        ("#,##0;[Red]-#,##0", "1234", "1234"),
        ("yyyy-mm-dd", "0", "1899-12-30"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "60", "1900-02-29"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "99999999", "99999999"),
    ],
)
def test_a_number_is_what_its_format_shows(tmp_path: Path, code: str, number: str, text: str) -> None:
    quoted = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{quoted}"/></numFmts><cellStyleXfs><xf numFmtId="0"/>'
    styles += '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    assert one(tmp_path, f'<c s="1"><v>{number}</v></c>', styles=styles) == text


def test_dates_may_count_from_1904(tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    assert one(tmp_path, "<c><v>44529</v></c>", styles=styles, book='<workbookPr date1904="1"/>') == "2025-11-30"


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    sheet = xlsx_rows("Council|Score", '<row><c t="str"><v>York</v></c><c><f>1+2</f></c></row>', "Hull|4")
    first, second = open_table(zip_file(tmp_path / "a.xlsx", xlsx_parts(sheet))).read()
    (problem,) = first.problems
    assert str(problem) == (
        "a.xlsx, row 2, column Score: the formula has no result in the file. "
        "Open the file in Excel or LibreOffice, save it, and try again"
    )
    assert second.cells == ("Hull", "4")
    assert not second.problems


def test_rows_and_cells_left_out_keep_their_places(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="3"><c r="A3" t="str"><v>Name</v></c><c r="C3" t="str"><v>Score</v></c></row>'
        '<row r="7"><c r="C7"><v>3</v></c></row><row r="9"><c r="A9" t="str"><v>York</v></c></row></sheetData>'
    )
    table = open_table(zip_file(tmp_path / "a.xlsx", xlsx_parts(sheet)))
    assert (table.layout.headers, table.layout.header_row) == (("Name", "Score"), 3)
    assert [(line.number, line.cells) for line in table.read()] == [(7, ("", "3")), (9, ("York", ""))]


@pytest.mark.parametrize("name", ["Scores", "scores", " Scores "])
def test_a_sheet_is_named(tmp_path: Path, name: str) -> None:
    path = openpyxl_file(tmp_path / "a.xlsx", {"Scores": [["A", "B"], [1, 2]], "Old": [["A", "B"], [3, 4]]})
    assert cells(path, Options(sheet=name)) == [("A", "B"), ("1", "2")]
    with pytest.raises(ReadError, match=r"several sheets with tables: 'Scores' and 'Old'\. Choose one with --sheet"):
        open_table(path)
    with pytest.raises(ReadError, match=r"no sheet called 'Scors'\. Its sheets: Scores"):
        open_table(path, Options(sheet="Scors"))


def test_notes_beside_the_one_table_are_told(tmp_path: Path) -> None:
    path = openpyxl_file(tmp_path / "a.xlsx", {"Notes": [["Read this."]], "Blank": [], "S": [["A", "B"], [1, 2]]})
    assert open_table(path).layout.notes == (
        "The sheet 'S' is read.",
        "Not read, as no table was found in them: 'Notes'.",
    )


def test_hidden_and_merged_cells_are_told(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Council", "Year", "Score"], ["York", 1, 3], [None, 2, 4], ["Hull", 1, 2], ["Bury", 1, 1]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("Old")
    hidden.append(["Council", "Score"])
    hidden.append(["York", 1])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    table = open_table(tmp_path / "a.xlsx")
    assert table.layout.notes == (
        "The sheet 'Sheet' is read.",
        "Not read, as they are hidden: 'Old'.",
        "Hidden rows are read too: 4 to 5.",
        "Hidden columns are read too: B.",
        "Cells below the headers are merged: A2:A3.",
    )
    lines = list(table.read())
    assert [line.number for line in lines if line.problems] == [3]
    assert str(lines[1].problems[0]).startswith("a.xlsx, row 3, column Council: the cell is a part of A2:A3, which are")
    assert cells(tmp_path / "a.xlsx", Options(sheet="Old")) == [("Council", "Score"), ("York", "1")]


@pytest.mark.parametrize("area", ["B1:C1", "A1:B1", "B1:C2"])
def test_merged_column_headers_are_refused(tmp_path: Path, area: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [["Council", "Score", "Note"], ["York", 3, 4], ["Hull", 3, 4]]:
        book.active.append(row)
    book.active.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ReadError, match=f"row 1: its column headers lie in merged cells: {area}"):
        open_table(tmp_path / "a.xlsx")
