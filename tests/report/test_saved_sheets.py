"""A spreadsheet of each kind of paper: it meets the checklist, and LibreOffice keeps all of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

import careassure as ca
from careassure.report.as_book import book
from careassure.report.book_file import book_bytes
from libreoffice import converted

from .every_page import papers
from .seen_sheets import seen
from .test_accessible_sheets import CHECKLIST
from .test_live_workbook import OWN_DATA

KINDS = ("xlsx", "ods")
Made = Callable[[str], dict[str, bytes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The spreadsheet of each paper, by the name of the function that makes the paper."""
    found = papers(tmp_path_factory.mktemp("sheets"), ca.reconcile()[:12])
    return lambda kind: {name: book_bytes(book(paper), f".{kind}") for name, paper in found.items()}


Held = dict[str, list[list[tuple[str, str]]]]
"""By the name of each sheet its rows, of each cell its kind and its text."""
HANGS = {*OWN_DATA, "Give tables meaningful names", "All written content needs to meet the accessibility guidelines",
         "Links must be accessible", "Use the accessibility checker"}  # fmt: skip
"""Items that hang on what a paper says; see below for the names of tables."""


def number(value: object) -> str:
    """A number as both programs write it, to twelve digits."""
    return f"{float(str(value)):.12g}"


def trimmed(rows: list[list[tuple[str, str]]]) -> list[list[tuple[str, str]]]:
    """Rows without blanks at their ends, and without blank rows below."""
    for row in rows:
        while row and not row[-1][1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def xlsx_cells(data: bytes) -> Held:
    """What a workbook of Excel holds."""
    found: Held = {}
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        rows = [[("number", number(one)) if isinstance(one, int | float) else ("text", str(one or "")) for one in row]
                for row in sheet.iter_rows(values_only=True)]  # fmt: skip
        found[sheet.title] = trimmed(rows)
    return found


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def of(element: ET.Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def ods_cells(data: bytes) -> Held:
    """What a spreadsheet of OpenDocument holds; what is repeated many times is blank."""
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))  # noqa: S314  (our own)
    found: Held = {}
    for sheet in (item for item in root.iter() if local(item) == "table"):
        rows: list[list[tuple[str, str]]] = []
        for row in (item for item in sheet.iter() if local(item) == "table-row"):
            cells: list[tuple[str, str]] = []
            for cell in (item for item in row if local(item) == "table-cell"):
                text = "\n".join("".join(part.itertext()) for part in cell if local(part) == "p")
                held = ("number", number(of(cell, "value"))) if of(cell, "value-type") == "float" else ("text", text)
                cells += [held] * min(int(of(cell, "number-columns-repeated") or 1), 100)
            rows += [[*cells] for _ in range(min(int(of(row, "number-rows-repeated") or 1), 100))]
        found[of(sheet, "name")] = trimmed(rows)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_spreadsheets_of_papers_meet_the_checklist(made: Made, kind: str) -> None:
    """Every item that does not hang on what a paper says holds for the spreadsheet of each kind of paper."""
    for name, data in made(kind).items():
        whole = seen(data)
        assert [item for item, check in CHECKLIST.items() if item not in HANGS and not check(whole)] == [], name
        links = [cell.text for sheet in whole.sheets for row in sheet.rows for cell in row if cell.link]
        assert len(links) >= len(whole.sheets) - 1
        assert not [text for text in links if text.startswith("http")]
        names = [table for sheet in whole.sheets for table in sheet.tables]
        assert len(set(names)) == len(names) == len(whole.sheets)
        assert all(re.fullmatch(r"table_[a-z0-9_]{4,}", each) for each in names)


DIGITS = re.compile(r"-?[\d,]+(\.\d+)?( %)?")


def test_what_is_a_number_in_every_row_is_no_text(tmp_path: Path) -> None:
    """A column of a paper's table in which every cell is a number holds numbers, so that a sheet can add them up."""
    wrong = []
    for name, paper in papers(tmp_path, ca.reconcile()[:12]).items():
        for table in paper.tables:
            for at, head in enumerate(table.heads[1:], 1):
                column = [row[at] for row in table.rows if row[at] not in (None, "")]
                if column and all(isinstance(cell, str) and DIGITS.fullmatch(cell) for cell in column):
                    wrong.append((name, table.title, head))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_keeps_spreadsheets_of_papers(made: Made, kind: str, tmp_path: Path) -> None:
    """Opened and saved again, each has the same sheets, texts, numbers, tables and title."""
    paths = []
    for name, data in made(kind).items():
        paths.append(tmp_path / f"{name.replace(' ', '_')}.{kind}")
        paths[-1].write_bytes(data)
    for path, saved in zip(paths, converted(paths, kind), strict=True):
        reads = xlsx_cells if kind == "xlsx" else ods_cells
        before, after = reads(path.read_bytes()), reads(saved.read_bytes())
        assert list(after) == list(before), path.name
        for sheet, rows in before.items():
            assert after[sheet] == rows, (path.name, sheet)
        if kind == "xlsx":
            assert tables_of(saved.read_bytes()) == tables_of(path.read_bytes())
        if path.stem == "pack":
            assert "number" in {held for sheet in before for row in before[sheet] for held, _ in row}


def tables_of(data: bytes) -> list[tuple[str, str, tuple[str, ...]]]:
    """The name, the place and the heads of each table."""
    sheets = load_workbook(io.BytesIO(data)).worksheets
    tables = [table for sheet in sheets for table in sheet.tables.values()]
    return [(table.name, table.ref, tuple(column.name for column in table.tableColumns)) for table in tables]
