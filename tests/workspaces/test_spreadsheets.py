"""Workspaces that were opened and saved by a spreadsheet: still sound and the same, or each change named."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.samples.cases import Case, CaseAttribute, Code
from careassure.tables.columns import Row
from careassure.workspaces.example import example_files
from careassure.workspaces.rows import case
from careassure.workspaces.workspace import Workspace
from helpers import few

from .folders import DAY, add, example, problems, put, rows

TABLES = sorted(name for name in example_files() if name.endswith(".csv"))
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]
DAY_FORM = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
MONTH_FORM = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")


def read(folder: Path) -> Workspace:
    """A workspace, wherever it is."""
    return evolve(ca.workspaces.read(folder, today=DAY), folder="")


def shown_by_excel(cell: str) -> str:
    """What Excel in Britain writes for what it takes for a date."""
    day, month = DAY_FORM.fullmatch(cell), MONTH_FORM.fullmatch(cell)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return f"{MONTHS[int(month[2]) - 1]}-{month[1][2:]}" if month else cell


def as_excel_keeps(cell: str) -> object:
    """What Excel keeps of what is typed: numbers and dates as such."""
    day, month = DAY_FORM.fullmatch(cell), MONTH_FORM.fullmatch(cell)
    if day:
        return dt.date(*map(int, day.groups()))
    if month:
        return dt.date(int(month[1]), int(month[2]), 1)
    return int(cell) if cell.isdigit() and len(cell) < 10 else cell or None


def workbook(path: Path, table: list[list[str]]) -> None:
    """A table as a workbook, with the number formats that Excel gives by itself."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(table, 1):
        for place, text in enumerate(row, 1):
            kept: Any = as_excel_keeps(text)
            cell = sheet.cell(number, place, kept)
            if MONTH_FORM.fullmatch(text):
                cell.number_format = "mmm-yy"
    book.save(path)


@few
@given(
    st.sampled_from(TABLES), st.sampled_from(",;\t"), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n"]),
    st.booleans(), st.integers(0, 2), st.sampled_from([str, str.upper, str.title]), st.booleans(),
)  # fmt: skip
def test_what_a_spreadsheet_saves_is_the_same_workspace(
    tmp_path_factory: pytest.TempPathFactory,
    file: str,
    separator: str,
    encoding: str,
    end: str,
    dates: bool,
    more: int,
    case: type[str],
    blank: bool,
) -> None:
    """Dates, separators, encodings, ends of lines, empty columns and capitals in headings change nothing."""
    folder = example(tmp_path_factory.mktemp("t") / "w")
    before = read(folder)
    table = rows(folder, file)
    heads = table[0] if file == "cases.csv" else [case(head).replace("_", " ") for head in table[0]]
    saved = [heads, *([shown_by_excel(cell) if dates else cell for cell in row] for row in table[1:])]
    saved = [[*row, *[""] * more] for row in saved] + ([[""] * (len(heads) + more)] if blank else [])
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(saved)
    (folder / file).write_bytes(stream.getvalue().encode(encoding))
    assert read(folder) == before


@pytest.mark.parametrize("file", TABLES)
def test_a_table_may_be_a_workbook(tmp_path: Path, file: str) -> None:
    """A table saved as a workbook, with true dates and numbers, is the same; beside the text it is refused."""
    folder = example(tmp_path / "w")
    before = read(folder)
    book = (folder / file).with_suffix(".xlsx")
    workbook(book, rows(folder, file))
    (problem,) = (problem for problem in problems(folder) if problem.where.file == file)
    assert problem.message == f"the table is in several files: {file} and {book.name}"
    (folder / file).unlink()
    assert read(folder) == before


def test_faults_in_a_workbook_have_its_name(tmp_path: Path) -> None:
    """What is wrong in a workbook is named with its file, row and column."""
    folder = example(tmp_path / "w")
    put("scores.csv", 3, score="7")(folder)
    workbook(folder / "scores.xlsx", rows(folder, "scores.csv"))
    (folder / "scores.csv").unlink()
    (problem,) = problems(folder)
    assert str(problem.where) == "scores.xlsx, row 3, column score"


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    """A date, a name, a score and a word that are wrong in one row are four problems."""
    folder = example(tmp_path / "w")
    put("scores.csv", 2, date="soon", statement="2. Assessing needs", score="9", confidence="sure")(folder)
    found = [str(problem.where).rpartition(" ")[2] for problem in problems(folder)]
    assert sorted(found) == ["confidence", "date", "score", "statement"]


def test_all_faults_of_a_value_are_told_at_once(tmp_path: Path) -> None:
    """A year that is none hides nothing of the rest of its row, and neither does a blank indicator."""
    folder = example(tmp_path / "w")
    wrong = {"year": "soon", "period": "x", "value": "38 [q]", "base": "2.5", "margin_of_error": "-1", "numerator": "z"}
    put("values.csv", 2, **wrong)(folder)
    put("values.csv", 3, indicator="", period="x", area="")(folder)
    add("indicators.csv", code="N1", year="x", title="T", unit="days", polarity="up", source="s", denominator="d",
        date="soon")(folder)  # fmt: skip
    all_of_them = problems(folder)
    told = [problem.where.column for problem in all_of_them if problem.where.file == "indicators.csv"]
    assert sorted(told) == ["date", "polarity", "year"]
    values = (problem.where for problem in all_of_them if problem.where.file == "values.csv")
    found = [(where.row, where.column) for where in values]
    assert sorted(found, key=str) == sorted([*((2, name) for name in wrong), (3, "area"), (3, "indicator"),
                                             (3, "period")], key=str)  # fmt: skip


def test_statements_may_have_their_printed_names(tmp_path: Path) -> None:
    """A statement in a table may be named as papers print it."""
    folder = example(tmp_path / "w")
    before = read(folder)
    name = rows(folder, "scores.csv")[1][1]
    number = 1 + [statement.id for statement in ca.framework("cqc-la").statements].index(name)
    put("scores.csv", 2, statement=f"QS {number}")(folder)
    assert read(folder) == before


def test_a_percentage_may_have_its_sign(tmp_path: Path) -> None:
    """A per cent sign behind a value is read in every table."""
    folder = example(tmp_path / "w")
    before = read(folder)
    value = rows(folder, "values.csv")[1][rows(folder, "values.csv")[0].index("value")]
    put("values.csv", 2, value=f"{value} %")(folder)
    assert read(folder) == before


@pytest.mark.parametrize(
    ("codes", "cell", "meant"),
    [
        (["65-84", "85+"], "85", "85+"),
        (["+85", "85+"], "85", ""),
        (["85", "85+"], "85", "85"),
        (["007", "7a"], "7", "007"),
        (["000", "1"], "0", "000"),
        (["85+"], "86", ""),
        (["x+", "+"], "", ""),
    ],
)
def test_a_code_that_a_spreadsheet_took_for_a_number(codes: list[str], cell: str, meant: str) -> None:
    """Where one code alone becomes that number it is meant; else the cell stays as it is, and is told."""
    attribute = CaseAttribute("band", "Band", [Code(code) for code in codes])
    row = Row("cases.csv", 2, {"id": "C1", "band": cell}, [])
    assert case(row, [attribute]) == Case("C1", [("band", meant or cell)])


def test_codes_that_became_numbers_are_told(tmp_path: Path) -> None:
    """A code that a spreadsheet wrote as a power of ten is named; a nought too many is a link to nothing."""
    folder = example(tmp_path / "w")
    add("measures.csv", id="1.20E+06", title="Waits", direction="lower")(folder)
    (problem,) = problems(folder)
    assert "a code that a spreadsheet took for a number" in problem.message
    folder = example(tmp_path / "v")
    put("readings.csv", 2, measure="01")(folder)
    assert "there is no '01' in measures" in problems(folder)[0].message
