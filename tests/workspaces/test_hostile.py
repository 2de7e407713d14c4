"""Workspaces that try to lead elsewhere, to look like something else, or to take for ever."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.errors import CareAssureError, InvalidWorkspaceError, ReadError
from careassure.io.files import file_inside
from careassure.workspaces.example import EXAMPLE_DAY
from careassure.workspaces.workspace import Settings
from patience import PATIENCE

from .read_once import tables_once

assert tables_once is not None  # a fixture

METHOD = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example."""
    ca.workspaces.init_example(tmp_path / "w")
    return tmp_path / "w"


def named(folder: Path, scorer: str) -> None:
    """Name a scorer in the settings."""
    file = folder / "workspace.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"scorer = '{scorer}'\n{text}", encoding="utf-8")


def rows(folder: Path, table: str, *more: str) -> None:
    """Write a table: its head, then rows."""
    file = folder / f"{table}.csv"
    head = file.read_text(encoding="utf-8").splitlines()[0]
    padded = (row + "," * (head.count(",") - row.count(",")) for row in more)
    file.write_text("\n".join([head, *padded]) + "\n", encoding="utf-8")


def said(folder: Path) -> list[str]:
    """What is wrong with a workspace."""
    with pytest.raises(InvalidWorkspaceError) as raised:
        ca.workspaces.read(folder, today=EXAMPLE_DAY)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize("name", ["mine.toml", "inner/mine.toml", "./mine.toml", "linked.toml"])
def test_a_method_file_in_the_folder_rates(folder: Path, name: str) -> None:
    """A method file in the folder, in a folder in it, or a link to one in it, rates the workspace."""
    for place in ("mine.toml", "inner/mine.toml"):
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).write_text(METHOD.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "linked.toml").symlink_to("mine.toml")
    named(folder, name)
    assert ca.workspaces.assess(ca.workspaces.read(folder, today=EXAMPLE_DAY)).scorer == "single-word"


@pytest.mark.parametrize(
    "name",
    ["../mine.toml", "inner/../../mine.toml", "{}/mine.toml", "/mine.toml", "out.toml", "out/mine.toml", "C:/mine.toml",
     "..\\mine.toml", "\\mine.toml", "round.toml"],
)  # fmt: skip
def test_a_scorer_that_leads_out_of_the_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    """A method file elsewhere, named from the root, by "..", or through a link, is refused when the workspace is read,
    and when it rates."""
    (tmp_path / "mine.toml").write_text(METHOD.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "inner").mkdir()
    (folder / "out.toml").symlink_to(tmp_path / "mine.toml")
    (folder / "out").symlink_to(tmp_path, target_is_directory=True)
    (folder / "round.toml").symlink_to("round.toml")
    sound = ca.workspaces.read(folder, today=EXAMPLE_DAY)
    name = name.format(tmp_path)
    named(folder, name)
    (problem,) = said(folder)
    assert problem.startswith("workspace.toml, scorer: ")
    assert "leads out of the folder" in problem
    with pytest.raises(ReadError, match="leads out of the folder"):
        ca.workspaces.assess(evolve(sound, settings=Settings(scorer=name)))


@pytest.mark.parametrize("name", ["mine.toml", "../mine.toml"])
def test_a_workspace_made_in_code_has_no_folder(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace that was made in code names no file: nothing is read from where the program happens to run."""
    monkeypatch.chdir(folder)
    (folder / "mine.toml").write_text(METHOD.read_text(encoding="utf-8"), encoding="utf-8")
    made = evolve(ca.workspaces.read(folder, today=EXAMPLE_DAY), folder="", settings=Settings(scorer=name))
    with pytest.raises(ReadError, match="there is no folder that it is in"):
        ca.workspaces.assess(made)


@pytest.mark.parametrize("name", ["", "a\0", "\ud800", "x/" * 3000, None, b"x"])
def test_a_name_that_is_no_path_is_inside_nothing(tmp_path: Path, name: Any) -> None:
    """What is no path is refused by the library's own error."""
    with pytest.raises(ReadError):
        file_inside(tmp_path, name)


TWIN = {
    "the same": ("E01", "E01", "appears twice"),
    "case": ("e01", "E01", "could be taken for each other"),
    "Cyrillic": ("\u041501", "E01", "U+0415 (cyrillic capital letter ie)"),
    "full-width": ("\uff2501", "E01", "U+FF25"),
    "composed and not": ("cafe\u0301", "caf\u00e9", "U+00E9"),
    "Turkish": ("\u0130X", "IX", "U+0130"),
    "hyphens": ("E\u20111", "E-1", "U+2011"),
    "spaces": ("E  1", "E 1", "could be taken for each other"),
}


@pytest.mark.parametrize("name", TWIN)
def test_ids_that_look_the_same_are_refused(folder: Path, name: str) -> None:
    """Two ids of one table that look the same are refused with both, and with the letter that tells them apart."""
    one, two, words = TWIN[name]
    rows(folder, "events", f"{one},peer_review,2024-01-01,One", f"{two},peer_review,2024-01-01,Two")
    assert any(words in problem for problem in said(folder) if problem.startswith("events.csv, row 3"))


@pytest.mark.parametrize(
    "letter", ["\u200b", "\u00ad", "\u202e", "\u2060", "\ufeff", "\x1b", "\x07", "\u2028", "\U000e0041"]
)
def test_an_id_holds_nothing_that_cannot_be_seen(folder: Path, letter: str) -> None:
    """A character that is not printed is refused in an id, by its name and number."""
    rows(folder, "events", f"E{letter}01,peer_review,2024-01-01,One")
    (problem,) = [problem for problem in said(folder) if problem.startswith("events.csv")]
    assert f"that cannot be seen, U+{ord(letter):04X}" in problem
    assert problem.isprintable()


def test_an_id_has_a_length(folder: Path) -> None:
    """An id of 100,000 characters is refused in a short message."""
    rows(folder, "events", f"{'E' * 100_000},peer_review,2024-01-01,One")
    (problem,) = [problem for problem in said(folder) if problem.startswith("events.csv")]
    assert "is too long for a name" in problem
    assert len(problem) < 300


@pytest.mark.parametrize("date", ["\u0662\u0660\u0662\u0664-01-01", "\uff12\uff10\uff12\uff14", "\u0661/1/2024"])
def test_digits_of_other_scripts_are_no_date(folder: Path, date: str) -> None:
    """Arabic and full-width digits are no date, as they are no score."""
    rows(folder, "events", f"E01,peer_review,{date},One")
    assert any("is not a date" in problem for problem in said(folder))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("events", "E{0},peer_review,2024-01-01,One"),
        ("scores", "2024-01-01,nothing like {0},3"),
        ("events", "E1,x{0},y,z"),
    ],
)
def test_a_table_of_many_rows_is_read_or_refused_in_time(folder: Path, table: str, row: str) -> None:
    """Thousands of rows, right or wrong, take seconds, and at most a thousand problems are told."""
    rows(folder, table, *(row.format(number) for number in range(2_500)))
    start = time.process_time()
    with pytest.raises(InvalidWorkspaceError) as raised:
        ca.workspaces.read(folder, today=EXAMPLE_DAY)
    assert len(raised.value.problems) <= 1001
    assert time.process_time() - start < 10 * PATIENCE


@pytest.mark.parametrize("more", ["\n" * 1_000_000, "," * 3_000_000])
def test_a_table_without_end_that_holds_nothing_is_read(folder: Path, more: str) -> None:
    """Blank rows and cells beyond number are passed over in time."""
    with (folder / "events.csv").open("a", encoding="utf-8") as stream:
        stream.write(more)
    start = time.process_time()
    ca.workspaces.read(folder, today=EXAMPLE_DAY)
    assert time.process_time() - start < 5 * PATIENCE


@pytest.mark.parametrize("more", ["a,peer_review,2024-01-01,b\n" * 50_001, '"' * 2_000_000])
def test_a_table_without_end_is_refused(folder: Path, more: str) -> None:
    """A table of more rows or cells than a workspace has is refused by number, before it fills the memory."""
    with (folder / "events.csv").open("a", encoding="utf-8") as stream:
        stream.write(more)
    start = time.process_time()
    assert any(problem.startswith("events.csv") for problem in said(folder))
    assert time.process_time() - start < 5 * PATIENCE


@pytest.mark.parametrize("table", ["workspace.toml", "scores.csv", "events.csv"])
def test_a_pipe_in_place_of_a_table_is_refused(folder: Path, table: str) -> None:
    """A pipe in the place of a file of a workspace is refused without waiting."""
    (folder / table).unlink()
    os.mkfifo(folder / table)
    with pytest.raises(CareAssureError, match="it is a pipe, not a file"):
        ca.workspaces.read(folder, today=EXAMPLE_DAY)
