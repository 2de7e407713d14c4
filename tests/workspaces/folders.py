"""Folders with workspaces for tests: the example as files, changes to them, and what reading them says."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path

import careassure as ca
from careassure.errors import InvalidWorkspaceError, Problem
from careassure.io.formats import to_toml
from careassure.model.council import Body
from careassure.model.rounding import decimal
from careassure.samples.cases import Case
from careassure.workspaces.example import EXAMPLE_DAY, example_files
from careassure.workspaces.plan import Measure
from careassure.workspaces.sheets import SHEETS
from careassure.workspaces.workspace import Workspace

DAY = EXAMPLE_DAY
"""The day on which the tests read the example; none of its entries is later."""

Break = Callable[[Path], object]
"""What a test does to a folder."""


def example(folder: Path) -> Path:
    """The example in a new folder, whatever day it is."""
    folder.mkdir()
    for name, text in example_files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def rows(folder: Path, file: str) -> list[list[str]]:
    """A table, its heads first."""
    return list(csv.reader(io.StringIO((folder / file).read_text(encoding="utf-8"), newline="")))


def save(folder: Path, file: str, table: Iterable[Iterable[str]]) -> None:
    """Write a table."""
    with (folder / file).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(table)


def put(file: str, row: int, **cells: str) -> Break:
    """Write other values into cells of a row, counted as a spreadsheet does; a column that is missing is added."""

    def change(folder: Path) -> None:
        table = rows(folder, file)
        for column, value in cells.items():
            if column not in table[0]:
                for number, line in enumerate(table):
                    line.append("" if number else column)
            table[row - 1][table[0].index(column)] = value
        save(folder, file, table)

    return change


def add(file: str, **cells: str) -> Break:
    """Add a row; cells that are not named stay blank."""

    def change(folder: Path) -> None:
        table = rows(folder, file)
        table.append([cells.get(head, "") for head in table[0]])
        save(folder, file, table)

    return change


def again(file: str, row: int, **cells: str) -> Break:
    """Add a copy of a row, with other values in some cells."""

    def change(folder: Path) -> None:
        table = rows(folder, file)
        copy = dict(zip(table[0], table[row - 1], strict=True)) | cells
        table.append([copy[head] for head in table[0]])
        save(folder, file, table)

    return change


def swap(file: str, old: str, new: str) -> Break:
    """Replace a piece of text that stands in a file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def raw(file: str, data: bytes) -> Break:
    """Replace a file by bytes."""
    return lambda folder: (folder / file).write_bytes(data)


def drop(file: str) -> Break:
    """Delete a file."""
    return lambda folder: (folder / file).unlink()


def instead(file: str, make: Break) -> Break:
    """Put something else where a file stood."""

    def change(folder: Path) -> None:
        (folder / file).unlink()
        make(folder / file)

    return change


def problems(folder: Path, day: dt.date = DAY) -> tuple[Problem, ...]:
    """What reading a folder says is wrong with it; nothing where it is sound."""
    try:
        ca.workspaces.read(folder, today=day)
    except InvalidWorkspaceError as error:
        return error.problems
    return ()


def last_row(file: str) -> int:
    """The number of the last row of a table of the example."""
    return len(list(csv.reader(io.StringIO(example_files()[file], newline=""))))


NEEDED = [(sheet.file, column.name) for sheet in SHEETS for column in sheet.columns if column.needed]
"""Every column that each row must fill, with its file."""


def write(folder: Path, workspace: Workspace) -> Path:
    """Write a workspace as its folder."""
    folder.mkdir()
    framework, base = workspace.framework, workspace.base
    months = workspace.settings.stale_after_months
    settings: dict[str, object] = {
        "format": "careassure.workspace/1",
        "council": workspace.council.name,
        "framework": base.id,
        "version": base.version,
        "facts": dict(workspace.facts),
        "cases": {
            item.id: {"title": item.title, "codes": {code.id: code.title for code in item.codes}}
            for item in workspace.attributes
        },
    }
    if isinstance(workspace.council, Body):
        settings["body"] = workspace.council.kind
    if months is not None:
        settings["stale_after_months"] = months
    if workspace.settings.mixed_after_months is not None:
        settings["mixed_after_months"] = workspace.settings.mixed_after_months
    own = {
        statement.id: {"theme": framework.theme_of(statement.id).id, "title": statement.title}
        for statement in framework.statements
        if statement not in base.statements
    }
    if own:
        settings["own"] = {"version": framework.version, "statements": own}
    (folder / "workspace.toml").write_text(to_toml(settings), encoding="utf-8")
    for sheet in SHEETS:
        heads = [*sheet.heads, *(item.id for item in workspace.attributes if sheet.name == "cases")]
        records = getattr(workspace, sheet.name)
        save(folder, sheet.file, [heads, *([cell(item, head) for head in heads] for item in records)])
    return folder


def cell(record: object, head: str) -> str:
    """What stands in a column for a record."""
    value = dict(record.attributes).get(head) if isinstance(record, Case) and head != "id" else getattr(record, head)
    if isinstance(record, Measure) and head == "target" and record.target_change is not None:
        return f"{decimal(abs(record.target_change))}% {'less' if record.target_change < 0 else 'more'}"
    if isinstance(value, tuple):
        return " ; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(decimal(value)) if isinstance(value, Fraction) else str(value)
