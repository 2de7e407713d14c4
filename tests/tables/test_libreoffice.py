"""What LibreOffice saves is read back as it was made, in every kind of file; and so is what it worked out."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careassure.frame import text_batches
from careassure.tables import container, ods_fast
from careassure.tables.opening import open_table
from careassure.tables.table import Block, Line, Options
from libreoffice import converted
from tables.spreadsheets import openpyxl_file
from tables.test_workbooks import expected

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("libreoffice")]  # which is started once for all of them
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


SHEETS = {f"S{seed}": drawn_rows(seed) for seed in range(40)}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """What it makes of a workbook with these sheets, of one with formulas, and as ODS of one with many rows."""
    home = tmp_path_factory.mktemp("office")
    paths = [
        openpyxl_file(home / "made.xlsx", {**SHEETS, "Below": BELOW, "Numbered": NUMBERED}),
        formulas(home / "formulas.xlsx"),
    ]
    many = openpyxl_file(home / "many.xlsx", {"Many": many_rows()})
    return {kind: converted([*paths, many] if kind == "ods" else paths, kind) for kind in KINDS}


def many_rows() -> list[list[Any]]:
    """Rows as a regulator's table has them, some with a number, a date, a blank, or several lines."""
    drawn = random.Random(12)  # noqa: S311
    makers: list[Callable[[], Any]] = [
        lambda: drawn.choice(["Good", "Requires improvement", "O'Brien & Sons <x>", "Caf\u00e9", "03"]),
        lambda: drawn.choice(["a", "b", None, None]),
        lambda: drawn.choice([3, 2.5, "x"]),
        lambda: drawn.choice([dt.date(2025, 11, 30), "-", "-"]),
    ]
    return [["Id", "Name", "Code", "Mark", "Day"], *([f"1-{at}", *(make() for make in makers)] for at in range(900))]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_is_read_back(saved: dict[str, list[Path]], kind: str) -> None:
    for name, rows in SHEETS.items():
        table = open_table(saved[kind][0], Options(sheet=name))
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
def test_what_stands_below_is_told_alike(saved: dict[str, list[Path]], kind: str) -> None:
    table = open_table(saved[kind][0], Options(sheet="Numbered"))
    assert table.layout.notes == ("Column A has no header and numbers the rows. It is left out.",)
    assert [line.cells for line in table.read()] == [("York", "3"), ("Hull", "2")]
    table = open_table(saved[kind][0], Options(sheet="Below"))
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


def test_many_rows_are_read_back_in_columns(saved: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick way gives what the rows one by one give, which is what was made; and it is taken."""
    for name in ("CHUNK", "SLAB"):
        monkeypatch.setattr(ods_fast, name, 20_000)
    monkeypatch.setattr(container, "CHUNK", 20_000)
    took: list[bool] = []
    cut = text_batches._Cutter.cut

    def spied(self: text_batches._Cutter, block: Block[Line]) -> text_batches.TextBatch | None:
        made = cut(self, block)
        took.append(made is not None)
        return made

    monkeypatch.setattr(text_batches._Cutter, "cut", spied)
    table = open_table(saved["ods"][2])
    assert [table.layout.headers, *(line.cells for line in table.read())] == expected(many_rows())
    found: list[tuple[str, ...]] = []
    for batch in text_batches.text_batches(table):
        assert not batch.refused
        columns = [column.to_pylist() for column in batch.columns]
        found += [tuple(cell or "" for cell in row) for row in zip(*columns, strict=True)]
    assert found == expected(many_rows())[1:]
    assert sum(took) > 1


def formulas(path: Path) -> Path:
    """A workbook with formulas, errors, formats, hidden and merged cells, that LibreOffice has yet to work out."""
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
    book.save(path)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_worked_out_is_read_alike(saved: dict[str, list[Path]], kind: str) -> None:
    table = open_table(saved[kind][1])
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
