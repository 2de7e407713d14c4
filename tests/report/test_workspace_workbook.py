"""A workbook that holds a workspace: it reads back without loss, with what was changed in it."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from careassure.errors import InvalidInputError, InvalidWorkspaceError, ReadError, WriteError
from careassure.workspaces.as_tables import read_value, value_text
from careassure.workspaces.workspace import Workspace
from helpers import few
from libreoffice import converted
from workspaces.folders import DAY, add, example, write
from workspaces.strategies import workspaces

from .test_hostile_papers import TEXTS


def there_and_back(folder: Path, kind: str = "xlsx") -> Workspace:
    """A workspace that went through a workbook, without its folder."""
    book = folder.parent / f"book.{kind}"
    ca.report.workbook(book, workspace=ca.workspaces.read(folder, today=DAY))
    return evolve(ca.workspaces.init_from(folder.parent / "back", book, today=DAY), folder="")


@pytest.mark.slow
@settings(max_examples=8)
@given(workspaces(), st.sampled_from(("xlsx", "ods")))
def test_a_workspace_reads_back_from_its_workbook_without_loss(workspace: Workspace, kind: str) -> None:
    """Every sound workspace that goes through a workbook is the same value afterwards; ends of lines are its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = write(Path(place) / "w", workspace)
        for file in folder.glob("*.csv"):  # what a cell cannot hold is refused, see below
            text = file.read_bytes().decode().replace("\x0c", " ").replace("\x85", " ")
            file.write_bytes(text.replace("\r\n", "\n").replace("\r", "\n").encode())
        before = evolve(ca.workspaces.read(folder, today=DAY), folder="")
        assert there_and_back(folder, kind) == before


def test_what_a_cell_cannot_hold_is_refused_with_its_place(tmp_path: Path) -> None:
    """A text with a form feed, and one that is too long for a cell, are refused with their places; no file is made."""
    folder = example(tmp_path / "w")
    add("actions.csv", id="P8", title="a\x0cb", statements="equity")(folder)
    add("actions.csv", id="P9", title="x" * 40_000, statements="equity")(folder)
    with pytest.raises(InvalidInputError) as caught:
        ca.report.workbook(tmp_path / "b.xlsx", workspace=ca.workspaces.read(folder, today=DAY))
    assert [str(problem.where) for problem in caught.value.problems] == [
        "actions.csv, row 6, column Title", "actions.csv, row 7, column Title",
    ]  # fmt: skip
    assert not (tmp_path / "b.xlsx").exists()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook of the example."""
    path = tmp_path / "b.xlsx"
    ca.report.workbook(path, workspace=ca.workspaces.read(example(tmp_path / "w"), today=DAY))
    return path


def typed(path: Path, sheet: str, row: dict[str, Any], match: str = "") -> int:
    """Type cells into the row of a sheet in which some cell is the match; into a new row where there is none."""
    made = openpyxl.load_workbook(path)
    page: Any = made[sheet]
    (area,) = page.tables.values()
    top = int(re.findall(r"\d+", area.ref)[0])
    heads = [cell.value for cell in page[top]]
    rows = [cells[0].row for cells in page.iter_rows(min_row=top + 1) if match in [cell.value for cell in cells]]
    number = rows[0] if match else page.max_row + 1
    for head, value in row.items():
        page.cell(number, heads.index(head) + 1, value)
    made.save(path)
    return int(number)


def test_a_changed_score_becomes_an_entry_of_its_own(book: Path, tmp_path: Path) -> None:
    """A score that was changed stands as a new entry from its day on; the old one stays as it was."""
    typed(book, "Scores", {"Score": 4, "Since": dt.date(2026, 9, 30), "Confidence": "high", "Role": "head",
                           "Reason": "Interpreters are there."}, "Equity in experience and outcomes")  # fmt: skip
    before = ca.workspaces.read(tmp_path / "w", today=DAY)
    after = ca.workspaces.init_from(tmp_path / "back", book, today=DAY)
    assert after.scores[:-1] == before.scores
    new = after.scores[-1]
    assert (str(new.date), new.statement, new.score, new.confidence) == ("2026-09-30", "equity", 4, "high")
    assert new.reason == "Interpreters are there."


def test_a_changed_score_needs_its_day(book: Path, tmp_path: Path) -> None:
    """A score that was changed without a day, and a cell that is no score, are told together; nothing is made."""
    row = typed(book, "Scores", {"Score": 4}, "Equity in experience and outcomes")
    other = typed(book, "Scores", {"Score": "brilliant"}, "Safeguarding")
    with pytest.raises(InvalidWorkspaceError) as caught:
        ca.workspaces.init_from(tmp_path / "back", book, today=DAY)
    assert [str(problem.where) for problem in caught.value.problems] == [
        f"b.xlsx, sheet Scores, row {row}, column Since", f"b.xlsx, sheet Scores, row {other}, column Score",
    ]  # fmt: skip
    assert not (tmp_path / "back").exists()


def test_evidence_that_was_typed_comes_along_and_faults_have_their_cell(book: Path, tmp_path: Path) -> None:
    """A new row of evidence is part of the workspace; one that is wrong is named by its sheet, row and column."""
    typed(book, "Evidence", {"Id": "E99", "Summary": "New.", "Category": "staff", "Statements": "Safeguarding"})
    after = ca.workspaces.init_from(tmp_path / "back", book, today=DAY)
    assert (after.evidence[-1].id, after.evidence[-1].statements) == ("E99", ("safeguarding",))
    row = typed(book, "Evidence", {"Id": "E98", "Summary": "", "Statements": "Nothing"})
    with pytest.raises(InvalidWorkspaceError) as caught:
        ca.workspaces.init_from(tmp_path / "again", book, today=DAY)
    places = {str(problem.where) for problem in caught.value.problems}
    assert {f"b.xlsx, sheet Evidence, row {row}, column {head}" for head in ("summary", "statements")} <= places


def test_a_fault_in_a_changed_score_is_named_by_the_sheet_of_scores(book: Path, tmp_path: Path) -> None:
    """A day in the future beside a changed score is told by the row of the sheet into which it was typed."""
    row = typed(book, "Scores", {"Score": 4, "Since": "2031-01-01"}, "Equity in experience and outcomes")
    with pytest.raises(InvalidWorkspaceError) as caught:
        ca.workspaces.init_from(tmp_path / "back", book, today=DAY)
    assert [str(problem.where) for problem in caught.value.problems] == [
        f"b.xlsx, sheet Scores, row {row}, column date"
    ]


def test_what_holds_no_workspace_is_refused(tmp_path: Path) -> None:
    """A workbook without a workspace, and a folder that is in use, are refused with what to do."""
    ca.report.workbook(tmp_path / "plain.ods")
    with pytest.raises(ReadError, match="it holds no workspace"):
        ca.workspaces.init_from(tmp_path / "back", tmp_path / "plain.ods")
    assert not (tmp_path / "back").exists()
    with pytest.raises(WriteError, match="it exists and is not empty"):
        ca.workspaces.init_from(tmp_path, tmp_path / "plain.ods")


def test_the_commands_make_and_read_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The workbook of a folder is made by one command and read by another, and the two folders rate alike."""
    ca.workspaces.init_example(tmp_path / "w")
    assert main(["workbook", str(tmp_path / "b.ods"), str(tmp_path / "w")]) == 0
    assert main(["init", str(tmp_path / "back"), "--from", str(tmp_path / "b.ods")]) == 0
    assert "the workspace of Exampleshire" in capsys.readouterr().out
    results = []
    for name in ("w", "back"):
        assert main(["assess", str(tmp_path / name)]) == 0
        results.append(capsys.readouterr().out)
    assert results[0] == results[1]
    assert main(["init", str(tmp_path / "c"), "--from", str(tmp_path / "b.ods"), "--council", "York"]) == 2


@few
@given(st.text(max_size=20) | st.integers(-5, 3000) | st.booleans() | st.lists(st.text(max_size=5), max_size=3))
def test_a_setting_reads_back_as_it_was(value: object) -> None:
    """Whatever a setting is, its text stands for the same value, and for one of the same type."""
    found = read_value(value_text(value))
    assert (type(found), found) == (type(value), value)


def test_files_that_the_settings_name_come_along(tmp_path: Path) -> None:
    """A framework of the council's own and a method in the folder are in the workbook, line by line."""
    plugin = Path(__file__).parents[2] / "plugins/careassure-ofsted/src/careassure_ofsted"
    own = tmp_path / "own.toml"
    own.write_bytes((plugin / "ofsted-sccif.framework.toml").read_bytes())
    ca.workspaces.init(tmp_path / "w", "Our house", body="home", framework=own, today=DAY)
    ca.report.workbook(tmp_path / "b.ods", plugin / "sccif.method.toml", workspace=tmp_path / "w")
    after = ca.workspaces.init_from(tmp_path / "back", tmp_path / "b.ods", today=DAY)
    assert evolve(after, folder="") == evolve(ca.workspaces.read(tmp_path / "w", today=DAY), folder="")
    assert (tmp_path / "back" / "own.toml").read_text().rstrip() == own.read_text().rstrip()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_that_libreoffice_saved_holds_the_same_workspace(tmp_path: Path, kind: str) -> None:
    """LibreOffice opens the workbook and saves it, and the workspace in it is the same."""
    folder = example(tmp_path / "w")
    before = ca.workspaces.read(folder, today=DAY)
    (tmp_path / "books").mkdir()
    path = tmp_path / "books" / f"b.{kind}"
    ca.report.workbook(path, workspace=before)
    (saved,) = converted([path], kind)
    after = ca.workspaces.init_from(tmp_path / "back", saved, today=DAY)
    assert evolve(after, folder="") == evolve(before, folder="")


UNSEEN = ("a code for a terminal", "a turned order", "a zero", "half a letter")
SEEN = [name for name in TEXTS if name not in (*UNSEEN, "a very long word")]


def written(folder: Path, name: str, number: int = 97) -> None:
    """Write a text into each free cell of a new row of two tables."""
    text = TEXTS[name]
    add("evidence.csv", id=f"E{number}", category="staff", summary=text, source=text, role=text, statements="equity")(
        folder
    )
    add("actions.csv", id=f"P{number}", title=text, owner=text, statements="equity")(folder)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_cannot_be_seen_is_refused(name: str, tmp_path: Path) -> None:
    """A text that steers something unseen is refused before there is a workbook of it."""
    folder = example(tmp_path / "w")
    if name == "half a letter":  # which no file holds
        with pytest.raises(UnicodeEncodeError):
            written(folder, name)
        return
    written(folder, name)
    with pytest.raises((InvalidWorkspaceError, ReadError)):
        ca.workspaces.read(folder, today=DAY)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_people_write_reads_back(kind: str, tmp_path: Path) -> None:
    """Each text that steers something comes back as it was from a workbook that holds them all."""
    folder = example(tmp_path / "w")
    for number, name in enumerate(SEEN, 60):
        written(folder, name, number)
    before = evolve(ca.workspaces.read(folder, today=DAY), folder="")
    summaries = [each.summary.strip() for each in before.evidence[-len(SEEN) :]]
    assert summaries == [TEXTS[name].strip() for name in SEEN]
    assert there_and_back(folder, kind) == before
