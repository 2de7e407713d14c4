"""A workspace that was written reads back as it was, in whatever order and form its rows stand."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidWorkspaceError
from careassure.workspaces.sheets import SHEETS
from careassure.workspaces.workspace import Workspace
from helpers import few

from .folders import DAY, add, example, put, rows, save, swap, write
from .strategies import workspaces


@few
@given(workspaces())
def test_a_workspace_reads_back_equal(workspace: Workspace) -> None:
    """Every sound workspace that is written into files reads back as the same value, with no fault found."""
    with tempfile.TemporaryDirectory() as folder:
        written = write(Path(folder) / "w", workspace)
        assert ca.workspaces.read(written, today=DAY) == workspace
        assert ca.read(written) == workspace


@few
@given(workspaces(), st.randoms(use_true_random=False))
def test_the_order_of_rows_means_nothing(workspace: Workspace, chance: random.Random) -> None:
    """Rows in another order give the same result, the same gaps and the same coverage."""
    tables: dict[str, Any] = {sheet.name: getattr(workspace, sheet.name) for sheet in SHEETS}
    tables = {name: tuple(chance.sample(found, len(found))) for name, found in tables.items()}
    mixed = evolve(workspace, **tables)
    with tempfile.TemporaryDirectory() as folder:
        read = ca.workspaces.read(write(Path(folder) / "w", mixed), today=DAY)
    assert ca.workspaces.assess(read).result == ca.workspaces.assess(workspace).result
    before, after = ca.workspaces.coverage(workspace), ca.workspaces.coverage(read)
    assert {place: set(ids) for place, ids in before.cells} == {place: set(ids) for place, ids in after.cells}
    assert set(before.repeats) == set(after.repeats)
    gaps = [
        sorted((gap.kind, gap.about) for gap in ca.workspaces.status(found, DAY).gaps) for found in (workspace, read)
    ]
    assert gaps[0] == gaps[1]


def same_as_example(folder: Path) -> bool:
    """Whether a folder holds what the example does."""
    plain = ca.workspaces.read(example(folder.parent / "plain"), today=DAY)
    return ca.workspaces.read(folder, today=DAY) == plain


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_ends_of_lines_and_the_mark_at_the_start_change_nothing(tmp_path: Path, end: str, mark: str) -> None:
    """Files as Unix, Windows and old Macs write them, with or without a byte order mark, read as the same."""
    folder = example(tmp_path / "w")
    for sheet in SHEETS:
        path = folder / sheet.file
        path.write_bytes((mark + path.read_text(encoding="utf-8").replace("\n", end)).encode())
    assert same_as_example(folder)


def test_columns_may_stand_in_any_order_and_unused_ones_be_missing(tmp_path: Path) -> None:
    """The order of columns means nothing, a column that need not be filled may be missing, and so may blank rows."""
    folder = example(tmp_path / "w")
    for sheet in SHEETS:
        table = rows(folder, sheet.file)
        used = [at for at, _ in enumerate(table[0]) if any(row[at] for row in table[1:])]
        turned = [[row[at] for at in reversed(used)] for row in table]
        save(folder, sheet.file, [turned[0], [], *turned[1:], ["", " "], []])
    assert same_as_example(folder)


def test_spaces_around_cells_and_heads_mean_nothing(tmp_path: Path) -> None:
    """Spaces around what stands in a cell, around a head and around each of several values are left out."""
    folder = example(tmp_path / "w")
    for sheet in SHEETS:
        table = rows(folder, sheet.file)
        spaced = [[cell.replace("; ", "  ;\t").join(("  ", "\u00a0 ")) for cell in row] for row in table]
        save(folder, sheet.file, spaced)
    assert same_as_example(folder)


def test_titles_and_words_of_people_are_read_as_ids(tmp_path: Path) -> None:
    """A statement may be written by its title, a category by its title, a kind with spaces, in any case."""
    folder = example(tmp_path / "w")
    put("scores.csv", 2, statement="ASSESSING NEEDS", confidence="High")(folder)
    put("evidence.csv", 2, category="Processes", statements="Assessing needs", strength="Strong")(folder)
    put("events.csv", 2, kind="Peer review")(folder)
    put("updates.csv", 2, status="In progress")(folder)
    put("actions.csv", 2, statements="assessing needs ;", moves="Assessing needs = 3")(folder)
    assert same_as_example(folder)


@pytest.mark.parametrize(
    ("written", "meant"), [("1,204.5", "1204.5"), ("81 %", "81"), ("81%", "81"), ("+3", "3"), ("-0.50", "-0.5"),
                           ("1,234,567", "1234567"), ("007", "7")]
)  # fmt: skip
def test_numbers_are_exact(tmp_path: Path, written: str, meant: str) -> None:
    """Numbers may have commas between thousands and a per cent sign, and are kept exactly."""
    folder = example(tmp_path / "w")
    put("readings.csv", 2, value=written)(folder)
    found = ca.workspaces.read(folder, today=DAY).readings[0].value
    assert str(found) == str(type(found)(meant))


def test_other_files_may_lie_beside_the_tables(tmp_path: Path) -> None:
    """Notes, folders named like tables without their ending, and documents in the folder are left alone."""
    folder = example(tmp_path / "w")
    (folder / "evidence").mkdir()
    (folder / "evidence" / "evidence.csv").write_text("not read", encoding="utf-8")
    (folder / "notes.md").write_text("ours", encoding="utf-8")
    (folder / "our papers.xlsx").write_bytes(b"PK")
    assert same_as_example(folder)


def test_links_to_files_are_followed(tmp_path: Path) -> None:
    """A table may be a symbolic link to a file that stands elsewhere, and so may the folder."""
    folder = example(tmp_path / "w")
    (folder / "cases.csv").rename(tmp_path / "elsewhere")
    (folder / "cases.csv").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "linked").symlink_to(folder, target_is_directory=True)
    assert same_as_example(tmp_path / "linked")


def test_tables_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    """Every table but the scores may be missing, and reads as one without rows."""
    folder = example(tmp_path / "w")
    for sheet in SHEETS[1:]:
        (folder / sheet.file).unlink()
    found = ca.workspaces.read(folder, today=DAY)
    assert len(found.scores) == 12
    assert not any(getattr(found, sheet.name) for sheet in SHEETS[1:])


def test_ten_thousand_rows_are_read(tmp_path: Path) -> None:
    """Ten thousand pieces of evidence are read, all of them."""
    folder = example(tmp_path / "w")
    heads, *_ = rows(folder, "evidence.csv")
    cells = {"category": "staff", "statements": "equity"}
    lines = ([cells.get(head, f"N{n}" if head in ("id", "summary") else "") for head in heads] for n in range(10_000))
    save(folder, "evidence.csv", [heads, *lines])
    for file in ("updates.csv", "returns.csv", "follow_ups.csv", "remedies.csv", "promises.csv"):
        save(folder, file, rows(folder, file)[:1])
    found = ca.workspaces.read(folder, today=DAY)
    assert [item.id for item in found.evidence] == [f"N{n}" for n in range(10_000)]
    assert len(ca.workspaces.coverage(found).cell("equity", "staff")) == 10_000


def test_ids_that_differ_are_different(tmp_path: Path) -> None:
    """Ids that look different, in any script, are different ids."""
    folder = example(tmp_path / "w")
    for key in ("p.1", "P\u0661", "P 1"):
        add("actions.csv", id=key, title="another", statements="equity")(folder)
    add("updates.csv", date="2026-05", action="P\u0661", status="complete")(folder)
    found = {
        item.action.id: item.status
        for item in ca.workspaces.progress(ca.workspaces.read(folder, today=DAY), DAY).actions
    }
    assert (found["P1"], found["p.1"], found["P\u0661"], found["P 1"]) == (
        "in_progress", "not_started", "complete", "not_started",
    )  # fmt: skip


def test_formulas_stay_text(tmp_path: Path) -> None:
    """A cell that a spreadsheet would calculate stays the text that it is."""
    folder = example(tmp_path / "w")
    swap("returns.csv", "Groups who may fare worse", '=HYPERLINK("x")'.replace('"', "'"))(folder)
    assert ca.workspaces.read(folder, today=DAY).returns[2].title == "=HYPERLINK('x')"


def test_what_could_steer_a_terminal_is_refused(tmp_path: Path) -> None:
    """A cell with a control character is refused, so that no file can colour or clear its reader's screen."""
    folder = tmp_path / "example"
    ca.workspaces.init_example(folder)
    table = folder / "actions.csv"
    table.write_text(table.read_text().replace("Find out who", "Find \x1b[31mout who"))
    with pytest.raises(InvalidWorkspaceError, match=r"row 3, column title: it holds a control character that"):
        ca.workspaces.read(folder, today=DAY)
