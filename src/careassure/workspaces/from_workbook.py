"""Read a workspace back from the workbook that holds it: what was added or changed there comes along."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from careassure.api.lookup import HostLookup
from careassure.errors import CareAssureError, InvalidWorkspaceError, Place, Problem, ReadError
from careassure.io.files import file_inside, path_of
from careassure.io.formats import to_toml
from careassure.io.writing import whole_folder
from careassure.model.arguments import DayLike, checked
from careassure.model.cells import score_of
from careassure.model.framework import Framework
from careassure.model.text import fold
from careassure.plugins.host import default_host
from careassure.tables.columns import Sheet
from careassure.tables.opening import open_book
from careassure.tables.table import Line
from careassure.workspaces.as_tables import (
    FILES_HEADS,
    FILES_SHEET,
    SETTINGS_HEADS,
    SETTINGS_SHEET,
    name_in_workbook,
    read_value,
)
from careassure.workspaces.folder import workspace_from
from careassure.workspaces.opening import day_or_today, read
from careassure.workspaces.settings_file import SETTINGS
from careassure.workspaces.sheets import SCORES, SHEETS
from careassure.workspaces.starter import csv_text, readme
from careassure.workspaces.workspace import Workspace

if TYPE_CHECKING:
    from careassure.tables.spreadsheet import Book

LIVE_SHEET = "Scores"
LIVE_HEADS = ("Statement", "Score", "Since", "Confidence", "Role", "Reason")
"""The columns of the sheet into which scores are typed, as far as they come back."""
_MOST_ABOVE = 60


@frozen
class _Read:
    """A table of the workbook: its sheet, its heads, and its rows with their numbers."""

    sheet: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(factory=list[tuple[str, ...]])
    numbers: list[int] = field(factory=list[int])


@checked
def init_from(
    path: str | os.PathLike[str], workbook: str | os.PathLike[str], *, today: DayLike | None = None
) -> Workspace:
    """Make the folder of a workspace from a workbook that holds one, see `careassure.report.workbook`.

    Everything in its tables comes along. A score that was changed on the sheet Scores becomes a new entry from the day
    on that stands in its column Since; what stood there before stays as it was.

    Args:
        path: The folder: new, or empty.
        workbook: The workbook, ``.xlsx`` or ``.ods``.
        today: The day it is, as for `read`.

    Raises:
        ReadError: The workbook cannot be read, or holds no workspace.
        InvalidWorkspaceError: Everything that is wrong, each with its sheet, row and column. Nothing is written.
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    day = day_or_today(today)
    with open_book(workbook) as opened:
        book = _Book(path_of(workbook), opened)
        _make(path, book, day)
    return read(path, today=day)


def _make(path: str | os.PathLike[str], book: _Book, day: dt.date) -> None:
    """Make the folder."""
    with whole_folder(path) as part:
        files = book.files()
        _write(part, files)
        found = book.sound(part, day)
        added = list(book.changed(found))
        if book.problems:
            raise InvalidWorkspaceError(book.name, book.problems)
        if added:
            book.tables[SCORES.name].rows.extend(row for row, _ in added)
            book.tables[SCORES.name].numbers.extend(number for _, number in added)
            book.live = len(added)
            _write(part, {SCORES.file: book.table_text(SCORES)})
            found = book.sound(part, day)
        _write(part, {"README.md": readme(str(found.council), found.framework)})


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")


class _Book:
    """A workbook with a workspace in it."""

    def __init__(self, path: str, opened: Book | None) -> None:
        self.path = path
        self.opened = opened
        self.name = os.path.basename(path)  # noqa: PTH119
        self.problems: list[Problem] = []
        self.tables: dict[str, _Read] = {}
        self.live = 0
        """How many of the last entries of the history of scores come from the sheet of scores."""
        if opened is not None:
            opened.names()  # which says what is wrong with its sheets

    def files(self) -> dict[str, str]:
        """The files of the workspace's folder, by name."""
        settings = self._table(SETTINGS_SHEET, SETTINGS_HEADS)
        if settings is None or self._table(name_in_workbook(SCORES), ["date", "statement", "score"]) is None:
            hint = "Make one with: careassure workbook OUT.xlsx FOLDER"
            raise ReadError("it holds no workspace: there is no sheet Settings, or none Score history",
                            where=self.path, hint=hint)  # fmt: skip
        files = {SETTINGS: self._settings(settings)}
        for sheet in SHEETS:
            found = self._table(name_in_workbook(sheet), [column.name for column in sheet.columns if column.needed])
            if found is not None:
                self.tables[sheet.name] = found
                files[sheet.file] = self.table_text(sheet)
        lines: dict[str, list[str]] = {}
        listed = self._table(FILES_SHEET, FILES_HEADS)
        for name, _, text in listed.rows if listed is not None else ():
            lines.setdefault(name, []).append(text)
        for name, texts in lines.items():
            if name.lower().endswith((".toml", ".json")):
                file_inside(".", name)  # which refuses a name that leads out of the folder
                files.setdefault(name, "\n".join(texts) + "\n")
        return files

    def _table(self, sheet: str, needed: Sequence[str]) -> _Read | None:
        """The table on a sheet, wherever its heads stand; None where there is no such sheet, or no such table."""
        if self.opened is None:
            return None
        wanted = {fold(head) for head in needed}
        for row in (None, *range(1, _MOST_ABOVE)):
            try:
                table = self.opened.table(sheet, row)
            except ReadError:
                if row is None:
                    return None  # there is no such sheet, or nothing on it
                continue
            except CareAssureError:
                continue
            if wanted <= {fold(head) for head in table.layout.headers}:
                found = _Read(sheet, table.layout.headers)
                for line in table.read():
                    self._take(found, line)
                return found
        return None

    def _take(self, table: _Read, line: Line) -> None:
        for problem in line.problems:
            column = problem.where.column
            if table.sheet != LIVE_SHEET or fold(column) in {fold(head) for head in LIVE_HEADS}:
                self.problems.append(problem._replace(where=self.place(table, line.number, column)))
        blank = table.sheet != FILES_SHEET  # where the spaces at the start of a line may mean something
        table.rows.append(tuple(cell.strip() if blank else cell for cell in line.cells))
        table.numbers.append(line.number)

    def place(self, table: _Read, row: int, column: str) -> Place:
        """A place in the workbook."""
        return Place(f"{self.name}, sheet {table.sheet}", row, column)

    def _settings(self, table: _Read) -> str:
        data: dict[str, object] = {}
        for (name, text), row in zip((row[:2] for row in table.rows), table.numbers, strict=True):
            try:
                keys = _keys(name)
            except tomllib.TOMLDecodeError:
                self.problems.append(Problem(self.place(table, row, "Setting"), f"{name!r} is not a setting"))
                continue
            inner = data
            for key in keys[:-1]:
                below = inner.setdefault(key, {})
                inner = below if isinstance(below, dict) else {}
            inner[keys[-1]] = read_value(text)
        return to_toml(data)

    def table_text(self, sheet: Sheet) -> str:
        """A table of the workspace as CSV."""
        table = self.tables[sheet.name]
        own = {fold(head): head for head in sheet.heads}
        return csv_text([[own.get(fold(head), head) for head in table.heads], *map(list, table.rows)])

    def sound(self, folder: Path, day: object) -> Workspace:
        """The workspace in a folder that was written from it; what is wrong is said by its place in the workbook."""
        try:
            return workspace_from(folder, HostLookup(default_host()), today=day)  # type: ignore[arg-type]
        except InvalidWorkspaceError as error:
            problems = [problem._replace(where=self._here(problem.where)) for problem in error.problems]
            raise InvalidWorkspaceError(self.name, [*self.problems, *problems]) from None

    def _here(self, where: Place) -> Place:
        """A place in a file of the folder as the place in the workbook."""
        table = self.tables.get(where.file.rpartition(".")[0])
        if table is None or not isinstance(where.row, int):
            sheet = SETTINGS_SHEET if where.file == SETTINGS else table.sheet if table is not None else where.file
            return where._replace(file=f"{self.name}, sheet {sheet}")
        at = where.row - 2
        typed = table.sheet == name_in_workbook(SCORES) and at >= len(table.rows) - self.live
        sheet = LIVE_SHEET if typed else table.sheet
        number = table.numbers[at] if 0 <= at < len(table.numbers) else where.row
        return Place(f"{self.name}, sheet {sheet}", number, where.column, where.path)

    def changed(self, work: Workspace) -> Iterator[tuple[tuple[str, ...], int]]:
        """A new entry for each score that was changed, or is said anew, with the row in which it stands."""
        live = self._table(LIVE_SHEET, LIVE_HEADS)
        if live is None:
            return
        leaves = _leaves(work.framework)
        heads = [fold(head) for head in live.heads]
        now = work.assessment().scores
        history = [fold(head) for head in self.tables[SCORES.name].heads]
        for row, number in zip(live.rows, live.numbers, strict=True):
            cells = dict(zip(heads, row, strict=False))
            part = cells.get("scored in it", "")
            leaf = leaves.get((fold(cells["statement"]), "" if part == "as a whole" else fold(part)))
            if leaf is None:
                told = f"{cells['statement']!r} is not a statement of {work.framework.title}"
                self.problems.append(Problem(self.place(live, number, "Statement"), told))
                continue
            try:
                typed = score_of(cells["score"], work.framework.scale_of(leaf))
            except CareAssureError as error:
                self.problems.append(Problem(self.place(live, number, "Score"), error.message, error.hint))
                continue
            more = [cells[name] for name in ("since", "confidence", "role", "reason")]
            if typed == now.get(leaf) and not any(more):
                continue
            if not more[0]:
                hint = "Give the day in the column Since, such as 2026-10-01"
                told = "the score was changed, or something said of it, and not since when"
                self.problems.append(Problem(self.place(live, number, "Since"), told, hint))
                continue
            statement, _, category = leaf.partition("/")
            entry = {"date": more[0], "statement": statement, "score": cells["score"], "category": category,
                     "confidence": more[1], "role": more[2], "reason": more[3]}  # fmt: skip
            yield tuple(entry.get(head, "") for head in history), number


def _keys(name: str) -> list[str]:
    """The parts of the name of a setting, such as ``cases.age_band.title``."""
    data: object = tomllib.loads(f"{name} = 0")
    keys: list[str] = []
    while isinstance(data, dict):
        (key,) = data
        keys.append(key)
        data = data[key]
    return keys


def _leaves(framework: Framework) -> dict[tuple[str, str], str]:
    """What is scored, by the titles of the statement and of the part in it."""
    found: dict[tuple[str, str], str] = {}
    for statement in framework.statements:
        found[fold(statement.title), ""] = statement.id
        for part in statement.parts:
            found[fold(statement.title), fold(part.title)] = f"{statement.id}/{part.id}"
    return found
