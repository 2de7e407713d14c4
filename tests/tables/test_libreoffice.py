"""What LibreOffice saves is read back as it was made, in every kind of file; and so is what it worked out."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careassure.tables.opening import open_table
from careassure.tables.table import Options
from libreoffice import converted
from tables.spreadsheets import openpyxl_file
from tables.test_workbooks import expected

pytestmark = pytest.mark.slow
KINDS = ["xlsx", "xls", "ods"]
LETTERS = "abcXYZ .,;:'\"&<>%-_()/=+£é—\u4e2d09"


def drawn_rows(seed: int) -> list[list[Any]]:
    """Rows of every kind of value; the same for the same seed."""
    drawn = random.Random(seed)  # noqa: S311
    makers: list[Callable[[], Any]] = [
        lambda: "".join(drawn.choices(LETTERS, k=drawn.randint(1, 12))).strip() or "x",
        lambda: drawn.randint(-(10**9), 10**9),
        lambda: round(drawn.uniform(-1000, 1000), drawn.randint(1, 6)),
        lambda: dt.date(1950, 1, 1) + dt.timedelta(drawn.randint(0, 60_000)),
        lambda: "two\nlines  and spaces",
        lambda: "3",
        lambda: None,
    ]
    width = drawn.randint(2, 9)
    rows = [["x", *(drawn.choice(makers)() for _ in range(width))] for _ in range(drawn.randint(20, 60))]
    return [[f"Column {at}" for at in range(width + 1)], *rows]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[list[Any]]], dict[str, Path]]:
    """Sheets of rows, and the files that LibreOffice made of them."""
    sheets = {f"S{seed}": drawn_rows(seed) for seed in range(40)}
    path = openpyxl_file(
        tmp_path_factory.mktemp("office") / "made.xlsx", {**sheets, "Below": BELOW, "Numbered": NUMBERED}
    )
    return sheets, {kind: converted(path, kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_is_read_back(saved: tuple[dict[str, list[list[Any]]], dict[str, Path]], kind: str) -> None:
    sheets, files = saved
    for name, rows in sheets.items():
        table = open_table(files[kind], Options(sheet=name))
        assert table.layout.kind == kind
        read = [table.layout.headers, *(line.cells for line in table.read())]
        assert read == expected(rows)


BELOW: list[list[Any]] = [
    ["council", "QS1", "QS2"],
    ["York", 3, 4],
    ["Hull", 2, 2],
    ["council", "QS1", "QS2"],
    ["Bury", 1, 1],
    [],
    ["Source: returns"],
    ["These scores were given by the councils themselves."],
    [],
    ["Region", "Average"],
    ["North", 2.5],
]
"""The headers again, notes, and a second table."""
NUMBERED: list[list[Any]] = [[None, "council", "QS1"], [0, "York", 3], [1, "Hull", 2]]
"""Row numbers as programs write them."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_below_is_told_alike(saved: tuple[dict[str, list[list[Any]]], dict[str, Path]], kind: str) -> None:
    table = open_table(saved[1][kind], Options(sheet="Numbered"))
    assert table.layout.notes == ("Column A has no header and numbers the rows. It is left out.",)
    assert [line.cells for line in table.read()] == [("York", "3"), ("Hull", "2")]
    table = open_table(saved[1][kind], Options(sheet="Below"))
    lines = list(table.read())
    assert [line.cells for line in lines if not line.problems] == [
        ("York", "3", "4"),
        ("Hull", "2", "2"),
        ("Bury", "1", "1"),
    ]
    assert [(line.number, line.problems[0].message) for line in lines if line.problems] == [
        (4, "the column headers are repeated"),
        (7, "it looks like a note on the table, not a row of it"),
        (8, "it looks like a note on the table, not a row of it"),
        (10, "a second table seems to begin here, with 2 columns"),
        (11, "it belongs to a second table, which begins in row 10"),
    ]


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A workbook with formulas, errors, formats, hidden and merged cells, worked out by LibreOffice."""
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Scores"
    sheet.append(["Council", "Score", "Date", "Share"])
    sheet.append(["York", "=1+2", dt.date(2025, 11, 30), 0.38])
    sheet.append(["Hull", "=NA()", dt.datetime(2025, 11, 30, 12, 0), "=1/0"])  # noqa: DTZ001
    sheet.append(["Bury", True, dt.date(2025, 11, 1), "=REF!A1"])
    sheet.append(["Leeds", '=A2&" & "', dt.time(12, 30), '=""'])
    sheet.append(["Wigan", "3", dt.timedelta(hours=30), 0.1 + 0.2])
    sheet.append(["Merged"])
    sheet["D2"].number_format = "0%"
    sheet["C4"].number_format = "mmm-yy"
    sheet["A2"].comment = Comment("not part of it", "nobody")
    sheet.merge_cells("A7:B7")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = book.create_sheet("Old")
    other.append(["Council", "Score"])
    other.append(["York", 1])
    other.sheet_state = "hidden"
    path = tmp_path_factory.mktemp("formulas") / "made.xlsx"
    book.save(path)
    return {kind: converted(path, kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_worked_out_is_read_alike(worked_out: dict[str, Path], kind: str) -> None:
    table = open_table(worked_out[kind])
    lines = list(table.read())
    assert [line.cells for line in lines] == [
        ("York", "3", "2025-11-30", "38%"),
        ("Hull", "#N/A", "2025-11-30T12:00:00", "#DIV/0!"),
        ("Bury", "TRUE", "2025-11", "#NAME?"),
        ("Leeds", "York & ", "12:30:00", ""),
        ("Wigan", "3", "30:00:00", lines[4].cells[3]),
        ("Merged", "", "", ""),
    ]
    assert lines[4].cells[3] in {"0.3", "0.30000000000000004"}  # openpyxl writes 15 or 17 digits, by its version
    assert [len(line.problems) for line in lines] == [0, 0, 0, 0, 0, 1]
    assert table.layout.notes == (
        "The sheet 'Scores' is read.",
        "Not read, as they are hidden: 'Old'.",
        "Hidden rows are read too: 3.",
        "Hidden columns are read too: C.",
        "Cells below the headers are merged: A7:B7.",
    )
