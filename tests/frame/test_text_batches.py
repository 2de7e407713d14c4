"""Rows that PyArrow cuts out of a document are those that are read one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError
from careassure.frame import text_batches
from careassure.tables import container, ods_fast
from careassure.tables.opening import open_table
from careassure.tables.table import Block, Line, TableFile
from tables.spreadsheets import ods_parts, ods_table, openpyxl_file, zip_file
from tables.test_ods import ANY_ROWS, BETWEEN, PLAIN_CELLS, cell, number, paragraph, rows, typed

WIDTH = 6
BOOLEAN = 'office:boolean-value="true"'
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
        cells = ([cell or "" for cell in column.to_pylist()] for column in batch.columns)
        assert "" not in [cell for column in batch.columns for cell in column.to_pylist()]
        rows = zip(*cells, strict=True)
        kept.extend(Line(number, row) for number, row in zip(batch.numbers.to_pylist(), rows, strict=True))
        refused.extend(batch.refused)
    return kept, refused


def one_by_one(table: TableFile) -> tuple[list[Line], list[Line]]:
    lines = list(table.read())
    return [line for line in lines if not line.problems], [line for line in lines if line.problems]


TEXTS = st.text("ab <>&'\"é\u4e2d\u00a0\ufeff", max_size=4).map(lambda text: cell(paragraph(text)))
RARE = st.sampled_from([cell(f"<text:p>a{odd}b</text:p>") for odd in ("&#65;", "&#10;", "\n", "&#xe9;", "&amp;lt;")])
WHOLE_ROWS = st.lists(TEXTS, min_size=WIDTH, max_size=WIDTH).map(
    lambda cells: f"<table:table-row>{''.join(cells)}</table:table-row>"
)
MIXED_ROWS = st.tuples(BETWEEN, rows(st.one_of(TEXTS, TEXTS, TEXTS, PLAIN_CELLS, RARE))).map("".join)


FIRST = [*["York|3|2|1||é"] * 24]
"""Rows above those of a test: the first ones are read one by one in every file."""
ODD = st.sampled_from(
    [HEADERS, "Column 0|Column 1|x|y", "| Column 1|Column  2|x", "Source: x", " Note: x|", "© x",
     "é|Column 1|Column\u200b 2",
     "a|b", "a|b|3", "c|3", "York", "\u200b", "\u00a0|", "Column 0|b|c"]
)  # fmt: skip


@pytest.mark.parametrize("size", [100, 5000])
@given(made=st.lists(st.one_of(WHOLE_ROWS, MIXED_ROWS, rows(PLAIN_CELLS), ANY_ROWS, ODD, ODD), max_size=12))
def test_batches_hold_what_lines_hold(made: list[str], size: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = zip_file(tmp_path_factory.mktemp("ods") / "a.ods", ods_parts(ods_table(HEADERS, *FIRST, *made)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(container, "CHUNK", size)
        patch.setattr(ods_fast, "SLAB", size)
        patch.setattr(ods_fast, "CHUNK", size)
        try:
            table = open_table(path)
        except CareAssureError:
            return  # cells without a header, or no rows
        assert in_batches(table) == one_by_one(table)


def made_rows(*odd: str) -> list[str]:
    """Two hundred plain rows, with others among them."""
    made = [f"York &amp; {at}|3||4|{'x' * (at % 3)}|é" for at in range(200)]
    for at, row in enumerate(odd):
        made[150 + 5 * at] = row
    return made


def cut_blocks(table: TableFile, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each block, whether it was cut; that its rows are right is seen to."""
    cut: list[bool] = []
    original = text_batches._Cutter.cut

    def spied(self: text_batches._Cutter, block: Block[Line]) -> object:
        cut.append((found := original(self, block)) is not None)
        return found

    monkeypatch.setattr(text_batches._Cutter, "cut", spied)
    kept, refused = in_batches(table)
    assert (kept, refused) == one_by_one(table)
    assert len(kept) == 200
    return cut


def test_plain_rows_are_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = "<table:table-row><!-- odd -->" + cell("<text:p>a<text:s/>b</text:p>") + "</table:table-row>"
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made_rows(odd)))))
    cut = cut_blocks(table, monkeypatch)
    assert sum(cut) > len(cut) * 0.8
    assert not all(cut[len(cut) // 2 :])


@pytest.mark.parametrize(
    "odd",
    [
        f"<table:table-row>{cell(paragraph('York'))}{number('3.50')}{typed('boolean', BOOLEAN)}</table:table-row>",
        (
            f"<table:table-row>{cell(paragraph('York'))}{number('0.5', 'percentage')}{'<table:table-cell/>' * 4}"
            "</table:table-row>"
        ),
        f'<table:table-row table:style-name="rare">{cell(paragraph("a < b & c"))}</table:table-row>',
        f"<table:table-row>{cell('<text:p>&#65;&amp;lt;&#xe9;</text:p>')}</table:table-row>",
    ],
)
def test_a_row_with_other_cells_is_cut_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    """Numbers, dates, rare tags and rare characters cost the row that has them, and not those around it."""
    made = ods_table(HEADERS, *made_rows(odd, odd, odd))
    cut = cut_blocks(open_table(zip_file(tmp_path / "a.ods", ods_parts(made))), monkeypatch)
    assert all(cut[len(cut) // 2 :])


@pytest.mark.parametrize("place", ["first", "between", "last"])
def test_thousands_of_blank_cells_take_no_room(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes stand for a row of blank cells; a text behind them has no column header."""
    blanks = '<table:table-cell table:number-columns-repeated="16000"/>'
    cells = {"first": [blanks, "a"], "between": ["a", blanks, "b"], "last": ["a", "b", blanks]}[place]
    wide = "".join(each if each == blanks else cell(paragraph(each)) for each in cells)
    made = ["a|b|c|d|e|f"] * 70 + [f"<table:table-row>{wide}</table:table-row>"] * 5
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made))))
    longest = 0
    original = text_batches._unescaped

    def spied(text: bytes) -> bytes | None:
        nonlocal longest
        longest = max(longest, *map(len, text.split(b"\x1e")))
        return original(text)

    monkeypatch.setattr(text_batches, "_unescaped", spied)
    kept, refused = in_batches(table)
    assert (kept, refused) == one_by_one(table)
    assert (len(kept), len(refused)) == ((75, 0) if place == "last" else (70, 5))
    assert 0 < longest < 100


@pytest.mark.parametrize("begin", ["\n  <table:table-row>", "x<table:table-row>", "<table:table-row>\n "])
def test_what_lies_before_a_row_is_no_part_of_its_first_cell(tmp_path: Path, begin: str) -> None:
    made = made_rows()
    made[150] = begin + "".join(map(cell, map(paragraph, "abcdef"))) + "</table:table-row>"
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made))))
    assert in_batches(table) == one_by_one(table)


@pytest.mark.parametrize("mark", ["\x1e", "\x1f", "\r"])
def test_a_mark_in_a_text_is_no_border(tmp_path: Path, mark: str) -> None:
    """No XML may hold the first two, so the true parser refuses them; the quick one gives them as they are."""
    made = [*["a|b|c|d|e|f"] * 70, f"a{mark}b|b|c|d|e|f", *["a|b|c|d|e|f"] * 30]
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table(HEADERS, *made))))
    assert in_batches(table) == one_by_one(table)


def test_other_tables_come_in_batches_too(tmp_path: Path) -> None:
    table = open_table(openpyxl_file(tmp_path / "a.xlsx", {"S": [["A", "B"], ["1", "2"], [None, "é"]]}))
    assert in_batches(table) == ([Line(2, ("1", "2")), Line(3, ("", "é"))], [])
