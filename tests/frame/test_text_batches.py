"""Rows that PyArrow cuts out of a document are those that are read one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError
from careassure.frame import text_batches
from careassure.tables import container
from careassure.tables.opening import open_table
from careassure.tables.table import Line, TableFile
from tables.spreadsheets import ods_parts, ods_table, openpyxl_file, zip_file
from tables.test_ods import ANY_ROWS, PLAIN_CELLS, cell, paragraph, rows

WIDTH = 6
HEADERS = "|".join(f"Column {at}" for at in range(WIDTH))


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few rows, as if the file were large."""
    monkeypatch.setattr(container, "CHUNK", 100)


def in_batches(table: TableFile) -> tuple[list[Line], list[Line]]:
    """The rows of a table, as columns put together again, and those that were refused."""
    kept: list[Line] = []
    refused: list[Line] = []
    for batch in text_batches.text_batches(table):
        cells = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        kept.extend(Line(number, row) for number, row in zip(batch.numbers.to_pylist(), cells, strict=True))
        refused.extend(batch.refused)
    return kept, refused


def one_by_one(table: TableFile) -> tuple[list[Line], list[Line]]:
    lines = list(table.read())
    return [line for line in lines if not line.problems], [line for line in lines if line.problems]


TEXTS = st.text("ab <>&'\"é\u4e2d\u00a0", max_size=4).map(lambda text: cell(paragraph(text)))
WHOLE_ROWS = st.lists(TEXTS, min_size=WIDTH, max_size=WIDTH).map(
    lambda cells: f"<table:table-row>{''.join(cells)}</table:table-row>"
)


FIRST = [*["York|3|2|1||é"] * 24]
"""Rows above those of a test: the first ones are read one by one in every file."""
ODD = st.sampled_from([HEADERS, "Column 0|Column 1|x|y", "Source: x", " Note: x|", "a|b", "a|b|3", "c|3", "York"])


@given(made=st.lists(st.one_of(WHOLE_ROWS, WHOLE_ROWS, rows(PLAIN_CELLS), ANY_ROWS, ODD), max_size=12))
def test_batches_hold_what_lines_hold(made: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = zip_file(tmp_path_factory.mktemp("ods") / "a.ods", ods_parts(ods_table(HEADERS, *FIRST, *made)))
    try:
        table = open_table(path)
    except CareAssureError:
        return  # cells without a header, or no rows
    assert in_batches(table) == one_by_one(table)


def test_plain_rows_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [f"York &amp; {at}|3||4|{'x' * (at % 3)}|é" for at in range(200)]
    made[150] = "<table:table-row><!-- odd -->" + cell("<text:p>a<text:s/>b</text:p>") + "</table:table-row>"
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made))))
    cut: list[bool] = []
    original = text_batches._cut

    def spied(*arguments: object) -> object:
        cut.append((found := original(*arguments)) is not None)  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(text_batches, "_cut", spied)
    kept, refused = in_batches(table)
    assert (kept, refused) == one_by_one(table)
    assert len(kept) == 200
    assert sum(cut) > len(cut) * 0.8


@pytest.mark.parametrize("mark", ["\x1e", "\x1f", "\r"])
def test_a_mark_in_a_text_is_no_border(tmp_path: Path, mark: str) -> None:
    """No XML may hold the first two, so the true parser refuses them; the quick one gives them as they are."""
    made = [*["a|b|c|d|e|f"] * 30, f"a{mark}b|b|c|d|e|f", *["a|b|c|d|e|f"] * 30]
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made))))
    assert in_batches(table) == one_by_one(table)


def test_other_tables_come_in_batches_too(tmp_path: Path) -> None:
    table = open_table(openpyxl_file(tmp_path / "a.xlsx", {"S": [["A", "B"], ["1", "2"], [None, "é"]]}))
    assert in_batches(table) == ([Line(2, ("1", "2")), Line(3, ("", "é"))], [])
