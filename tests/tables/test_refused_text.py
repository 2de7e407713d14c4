"""Each refusal of `docs/reference/tables-in-files.md`: the file, the row, what is wrong, and a cure."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError
from careassure.tables.opening import open_table
from careassure.tables.table import Options

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "tables-in-files.md"
HEAD = "council,QS1,QS2"


class Refused(NamedTuple):
    """A file, and what is said of it: everything, for a person has nothing else to go by."""

    text: str | bytes
    said: str
    options: Mapping[str, object] = {}


WHOLE: dict[str, Refused] = {
    "empty": Refused("", "t.csv: it is empty. Check that it is the right file"),
    "blank": Refused(" \n\u200b\n,,\n", "t.csv: it is empty. Check that it is the right file"),
    "web page": Refused(
        "<!DOCTYPE html><table>",
        "t.csv: it is a web page, whatever its name ends in. Open it in Excel or LibreOffice, and save it as .xlsx",
    ),
    "XML": Refused(
        '<?xml version="1.0"?>',
        "t.csv: it is XML, not a table that can be read. Open it in Excel or LibreOffice, and save it as .xlsx",
    ),
    "JSON": Refused('{"a": 1}', "FOLDER/t.csv: it is JSON, not delimited text. Give a table"),
    "RTF": Refused(
        r"{\rtf1 x}",
        "FOLDER/t.csv: it is a text document, not delimited text. Copy the table into a spreadsheet, and save that",
    ),
    "PDF": Refused("%PDF-1.7", "t.csv: it is a PDF file. Copy the table into a spreadsheet"),
    "Parquet": Refused(
        b"PAR1xx", "t.csv: it is a Parquet file, and here text or a spreadsheet is read. Save it as CSV UTF-8"
    ),
    "Arrow": Refused(
        b"ARROW1\0\0", "t.csv: it is an Arrow file, and here text or a spreadsheet is read. Save it as CSV UTF-8"
    ),
    "gzip": Refused(b"\x1f\x8b\x08\0", "t.csv: it is packed with gzip. Unpack it first"),
    "7z": Refused(b"7z\xbc\xaf\x27\x1c", "t.csv: it is a 7z archive. Unpack it, and name the table in it"),
    "RAR": Refused(b"Rar!\x1a\x07", "t.csv: it is a RAR archive. Unpack it, and name the table in it"),
    "old Excel": Refused(
        b"\x09\x08\x10\x00xx",
        "t.csv: it was made by an old Excel. Open it in Excel or LibreOffice, and save it as .xlsx",
    ),
    "image": Refused(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff",
        "FOLDER/t.csv: it is not text. Give a table: CSV UTF-8 or a spreadsheet",
    ),
    "not UTF-8": Refused(
        f"{HEAD}\nA,1,2\nSt Example \u2013 north,3,3\n".encode("cp1252"),
        "t.csv, row 3: byte 34 (0x96) is not UTF-8 text. In windows-1252, which Excel often writes, it reads "
        '"St Example \u2013 north,3,3". Save it as "CSV UTF-8", or give --encoding windows-1252',
    ),
    "half a character": Refused(
        codecs.BOM_UTF16_LE + f"{HEAD}\nA,1,2\n".encode("utf-16-le") + b"B",
        't.csv, row 3: byte 47 (0x42) is not UTF-16 text. Save it as "CSV UTF-8", or name its encoding with --encoding',
    ),
    "null": Refused(
        f"{HEAD}\nA,1,2\nB\0,2,2\n",
        "t.csv, row 3: it holds a null character, which text does not. "
        "Check that it is text, and that it is not damaged",
    ),
    "unknown encoding": Refused(
        HEAD, "FOLDER/t.csv: 'windows-1525' is not a known encoding. Did you mean windows-1252 or windows-1250?",
        {"encoding": "windows-1525"},
    ),
    "another mark": Refused(
        f"\ufeff{HEAD}\nA,1,2\n",
        "FOLDER/t.csv: it begins with the mark of UTF-8 text, so it is not windows-1252. Leave out --encoding",
        {"encoding": "windows-1252"},
    ),
    "plain text is not UTF-16": Refused(
        HEAD, "FOLDER/t.csv: it is plain text, not UTF-16. Leave out --encoding", {"encoding": "utf-16"}
    ),
    "separator of two signs": Refused(
        HEAD, "FOLDER/t.csv: ';;' cannot stand between cells. Give one character, such as ; or the word tab",
        {"separator": ";;"},
    ),
    "a quotation mark as separator": Refused(
        HEAD, "FOLDER/t.csv: '\"' cannot stand between cells. Give one character, such as ; or the word tab",
        {"separator": '"'},
    ),
    "sheet of text": Refused(HEAD, "t.csv: it is text, and has no sheets. Leave --sheet out", {"sheet": "One"}),
    "row nought": Refused(HEAD, "t.csv: there is no row 0. Rows are counted from 1", {"header_row": 0}),
    "blank header row": Refused(
        f"{HEAD}\n\nA,1,2\n", "t.csv: row 2 is blank. Name the row that has the column headers", {"header_row": 2}
    ),
    "header row beyond the end": Refused(
        f"{HEAD}\nA,1,2\n",
        "t.csv: row 9 is not there or blank, and so is all below it: its last row is row 2. "
        "Name the row that has the column headers",
        {"header_row": 9},
    ),
    "open quotation mark": Refused(
        f'{HEAD}\nA,1,2\n"B,2,2\nC,3,3\n',
        "t.csv, row 3: a quotation mark opens in this row and is not closed. "
        "Close it, or double it if it belongs to the text",
    ),
    "text behind a quotation mark": Refused(
        f'{HEAD}\nA,1,2\n"B"b,2,2\n',
        "t.csv, row 3: text follows a closing quotation mark. "
        "Close each quotation mark before the separator, and double those inside a cell",
    ),
    "long cell": Refused(
        f"{HEAD}\nA,1,2\n{'x' * 131_073},2,2\n",
        "t.csv, row 3: a cell has more than 131,072 characters. Check for a quotation mark that is not closed",
    ),
    "long row": Refused(
        f"{HEAD}\nA,1,2\n" + '"' + "\n".join(["x" * 1000] * 4_500) + "\n",
        "t.csv, row 3: a cell has more than 131,072 characters. Check for a quotation mark that is not closed",
    ),
    "row of many cells": Refused(
        f"{HEAD}\nA,1,2\n" + "x," * 2_200_000 + "\nB,2,2\n",
        "t.csv, row 3: the row has more than 4,194,304 characters. Check for a quotation mark that is not closed",
    ),
    "many columns": Refused(
        ",".join(f"c{at}" for at in range(16_385)) + "\n",
        "t.csv, row 1: it has 16,385 columns and at most 16,384 are read. Split it, or check its name",
    ),
    "same headers": Refused(
        "council,QS1,QS1\nA,1,2\n",
        "the column headers: t.csv, row 1: columns B and C have the same header, 'QS1'. "
        "Give each column a header of its own",
    ),
    "no headers": Refused(
        "A,3,3,2\nB,2,2,2\n",
        "the column headers: t.csv, row 1: columns B and C have the same header, '3'. "
        "If this row is data, add a row with the column headers above it",
    ),
    "no header above data": Refused(
        "Scores of 2025\n1,3,4\n2,2,2\n",
        "t.csv: row 2 looks like data, and no row above it has as many cells. "
        "Give each column a header in one row, or name the row with --header-row",
    ),
    "column without a header": Refused(
        "council,QS1,\nA,1,\nB,2,x\n",
        "the column headers: t.csv, row 1: column C has no header, but row 3 holds 'x' in it. "
        "If 'QS1' covers several columns, give each its own",
    ),
    "names without a header": Refused(
        ",QS1,QS2\nYork,1,2\n",
        "the column headers: t.csv, row 1: column A has no header, but row 2 holds 'York' in it. "
        "Give the column a header, or delete it",
    ),
    "two tables above each other": Refused(
        "a,b,c\nx,y,z\n" + "council,QS1,QS2,QS3,QS4,QS5,QS6\nA,1,2,3,4,3,2\n" * 1 + "B,1,2,3,4,3,2\n",
        "t.csv: it may hold two tables: one from row 1, one from row 3. "
        "Put each into a file of its own, or give --header-row 1",
    ),
}  # fmt: skip
"""Files that are refused as a whole."""


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_is_refused_with_its_place_and_a_cure(name: str, tmp_path: Path) -> None:
    """Every word that a person is told."""
    case = WHOLE[name]
    path = tmp_path / "t.csv"
    path.write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
    with pytest.raises(CareAssureError) as raised:
        list(open_table(path, Options(**case.options)).read())  # type: ignore[arg-type]
    assert str(raised.value).replace(str(tmp_path), "FOLDER") == case.said


ROWS: dict[str, tuple[str, int, str]] = {
    "a cell too few": (
        "B,2", 3, "it has 2 cells for 3 column headers. Fill in the missing cells",
    ),
    "one cell": (
        "B", 3, "it has 1 cell for 3 column headers. Delete it if it is a note on the table",
    ),
    "a cell too many": (
        "B,2,2,2", 3,
        "it has 4 cells for 3 column headers. Put text that holds the separator in quotation marks",
    ),
    "below blank rows": (
        "\n\nB,2", 5, "it has 2 cells for 3 column headers. Fill in the missing cells",
    ),
    "below a cell of two lines": (
        '"A\nA",3,3\nB,2', 4, "it has 2 cells for 3 column headers. Fill in the missing cells",
    ),
    "a note": ("Source: returns,,", 3, "it looks like a note on the table, not a row of it. Delete it"),
    "the headers again": (HEAD, 3, "the column headers are repeated. Delete this row"),
    "another table": (
        "Region,Lead,Score,Note\nNorth,x,3,y", 3,
        "a second table seems to begin here, with 4 columns. Put each table into a file of its own",
    ),
}  # fmt: skip
"""Rows that are refused below the headers and a good row: the first problem that is told, and its row."""


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_refused_with_its_place_and_a_cure(name: str, tmp_path: Path) -> None:
    """The good row above it is kept."""
    row, number, said = ROWS[name]
    path = tmp_path / "t.csv"
    path.write_text(f"{HEAD}\nA,1,2\n{row}\n", encoding="utf-8")
    lines = list(open_table(path).read())
    assert lines[0].cells == ("A", "1", "2")
    problems = [problem for line in lines for problem in line.problems]
    assert str(problems[0]) == f"t.csv, row {number}: {said}"


@given(
    good=st.lists(st.sampled_from(["A,1,2", "B,2,2", '"C\nc",3,3', "", " , ,"]), max_size=30),
    bad=st.sampled_from(["x,1", "x", "x,1,2,3", "x,1,2,"]),
    at=st.integers(0, 30),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_the_row_is_counted_as_a_spreadsheet_counts(
    good: list[str], bad: str, at: int, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wherever a row of another form stands, among cells of several lines and blank rows, its number is told."""
    at = min(at, len(good))
    rows = [*good[:at], bad, *good[at:], "Z,1,1"]
    path = tmp_path_factory.getbasetemp() / "counted.csv"
    path.write_bytes(end.join([HEAD, *rows, ""]).encode())
    lines = list(open_table(path, Options(",", header_row=1)).read())
    wrong = [line.number for line in lines if line.problems]
    assert wrong == ([] if bad == "x,1,2," else [at + 2])
    assert len(lines) == sum(bool(row.strip(" ,")) for row in rows)


def test_the_page_is_in_the_order_of_the_reader() -> None:
    """The parts of the page that the docstrings of the reader name are there."""
    text = PAGE.read_text(encoding="utf-8")
    parts = ["What a file is", "Delimited text", "Spreadsheets", "Column headers", "Rows below the headers"]
    places = [text.index(f"\n## {part}\n") for part in parts]
    assert places == sorted(places)
