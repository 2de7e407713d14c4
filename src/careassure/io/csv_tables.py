"""Tables in CSV files: read row by row, each cell with its place, and nothing passed over."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from careassure.errors import CareAssureError, Place, Problem, ReadError
from careassure.io.files import is_there, read_text
from careassure.model.cells import value_of
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.model.ids import described, unseen
from careassure.model.safe_text import unguarded
from careassure.model.scores import read_score
from careassure.model.text import hint_for, join

SEPARATOR = ";"
"""Between several values in one cell."""

_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MOST_DIGITS = 15
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end. `str.splitlines` would also break a row at what is not an end of a line in a table."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal, or turn the order of what is read; ends of lines and of pages are text."""
_SPACE = re.compile(r"[\t\n\x0b\x0c\r\x85]")
"""What may stand beside the values in a cell."""
MOST_ROWS = 50_000
"""The most rows of a table."""
MOST_CELLS = 2_000_000
"""The most cells of a table, counted by its commas."""
T = TypeVar("T")


@frozen
class Column:
    """A column of a table.

    Args:
        name: Its head.
        meaning: What stands in it.
        needed: Whether every row must fill it.
        text: Whether it is free text, which is screened for personal data.
    """

    name: str
    meaning: str
    needed: bool = False
    text: bool = False


@frozen
class Sheet:
    """A table: its file and its columns.

    Args:
        name: The file's name without ``.csv``.
        about: What one row is.
        columns: Its columns, in the order in which a new file has them.
    """

    name: str
    about: str
    columns: tuple[Column, ...]

    @cached_property
    def free(self) -> frozenset[str]:
        """The columns of free text."""
        return frozenset(column.name for column in self.columns if column.text)

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


@frozen(eq=False)
class Row:
    """A row of a table, with its place. A cell that cannot be read adds a problem and counts as blank.

    Args:
        file: The name of the file.
        number: The row's number as a spreadsheet shows it; the heads are row 1.
        cells: What stands in each column, without spaces around it.
        problems: Where problems are collected.
    """

    file: str
    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(repr=False)

    def where(self, column: str = "") -> Place:
        """The place of the row, or of a cell in it."""
        return Place(self.file, self.number, column)

    def problem(self, column: str, message: str, hint: str = "") -> None:
        """Say what is wrong with a cell, or with the row where the column is empty."""
        self.problems.append(Problem(self.where(column), message, hint))

    def text(self, column: str) -> str:
        """A cell as it stands."""
        return self.cells.get(column, "")

    def texts(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, with semicolons between them."""
        found = [part.strip() for part in self.text(column).split(SEPARATOR)]
        names = tuple(part for part in found if part)
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.problem(column, f"{name!r} appears twice", "Keep one of them")
        return tuple(dict.fromkeys(names))

    def choice(self, column: str, allowed: Sequence[str], default: str = "") -> str:
        """One of some words, in any case, with spaces or underscores between its parts."""
        word = self.text(column)
        folded = word.casefold().replace(" ", "_").replace("-", "_")
        if not word or folded in allowed:
            return folded or default
        self.problem(column, f"{word!r} is not known", hint_for(word, allowed, f"Use {join(allowed, 'or')}"))
        return default

    def date(self, column: str) -> PartialDate | None:
        """A year, year-month or year-month-day; also day/month/year, as spreadsheets in England write it."""
        return self._read(column, read_date)

    def number_of(self, column: str) -> Fraction | None:
        """An exact number, such as ``86`` or ``1,204.5``."""
        return self._read(column, read_exact)

    def whole(self, column: str) -> int | None:
        """A whole number."""
        found = self.number_of(column)
        if found is None or found.denominator == 1:
            return None if found is None else int(found)
        self.problem(column, f"{self.text(column)!r} is not a whole number")
        return None

    def score(self, column: str) -> int | str | None:
        """A score as a number or a word; None where the cell is blank."""
        return read_score(self.text(column)) if self.text(column) else None

    def claims(self, column: str) -> tuple[Claim, ...]:
        """Scores by statement, such as ``equity=2; safeguarding=3``."""
        found: list[Claim] = []
        for part in self.texts(column):
            name, equals, score = (piece.strip() for piece in part.partition("="))
            if equals and name and score:
                found.append(Claim(name, read_score(score)))
            else:
                self.problem(column, f"{part!r} does not say which statement has which score",
                             "Write statement=score, such as equity=2")  # fmt: skip
        return tuple(found)

    def _read(self, column: str, read: Callable[[str], T]) -> T | None:
        text = self.text(column)
        if not text:
            return None
        try:
            return read(text)
        except CareAssureError as error:
            problems = getattr(error, "problems", ())
            message, hint = (problems[0].message, problems[0].hint) if problems else (error.message, error.hint)
            self.problem(column, message, hint)
            return None


def read_date(text: str) -> PartialDate:
    """A date as it is written in a table.

    Raises:
        InvalidInputError: It is none.
    """
    match = _DAY_FIRST.fullmatch(text)
    if match:
        day, month, year = (int(part) for part in match.groups())
        try:
            return PartialDate.parse(dt.date(year, month, day))
        except ValueError:
            pass
    return PartialDate.parse(text)


def read_exact(text: str) -> Fraction:
    """An exact number, with or without commas between its thousands and a per cent sign behind it.

    Raises:
        CareAssureError: It is none.
    """
    found = value_of(text)
    longest = max(sum(map(str.isdigit, part)) for part in text.split("."))
    if not isinstance(found, Fraction) or longest > _MOST_DIGITS:
        raise CareAssureError(f"{text!r} is not a number", hint="Write digits, such as 86 or 1204.5")
    return found


def read_sheet(folder: Path, sheet: Sheet, problems: list[Problem], extra: Sequence[str] = ()) -> list[Row]:
    """The rows of a table; none where the folder has no such file.

    Args:
        folder: The folder.
        sheet: The table.
        problems: Where problems are collected: heads that are missing, unknown or there twice, rows with more
            cells than heads, cells that must be filled, and what makes the file unreadable.
        extra: Heads beside the table's own, each of which must be there.
    """
    path = folder / sheet.file
    if not is_there(path):
        return []
    records = _records(path, sheet, problems)
    if not records:
        return []
    heads = [cell.strip() for cell in records[0]]
    if not _heads_fit(sheet, heads, problems, extra):
        return []
    rows: list[Row] = []
    for number, record in enumerate(records[1:], 2):
        cells = [unguarded(cell.strip()).strip() for cell in record]
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            problems.append(Problem(Place(sheet.file), f"it has more than {MOST_ROWS:,} rows", "Split it"))
            return []
        row = Row(sheet.file, number, dict(zip(heads, cells, strict=False)), problems)
        _check_row(row, sheet, cells, heads)
        rows.append(row)
    return rows


def _records(path: Path, sheet: Sheet, problems: list[Problem]) -> list[list[str]]:
    """The cells of a file, row by row; none where it cannot be read."""
    try:
        text = read_text(path)
        _check_size(text, sheet.file)
        return list(csv.reader(_LINE.findall(text), strict=True))
    except csv.Error as error:
        problems.append(
            Problem(Place(sheet.file), f"the CSV is wrong: {error}", "Check for a missing closing quotation mark")
        )
        return []
    except CareAssureError as error:
        hints = {
            "it is empty": "Put the column headers into row 1, or delete the file",
            "it is a directory": "Move it elsewhere",
        }
        problems.append(Problem(Place(sheet.file), error.message, hints.get(error.message, error.hint)))
        return []


def _check_row(row: Row, sheet: Sheet, cells: list[str], heads: list[str]) -> None:
    """Say what is wrong with a row before its cells are read."""
    for head, cell in row.cells.items():
        _check_letters(row, head, cell, free=head in sheet.free)
    if len(cells) > len(heads) and any(cells[len(heads) :]):
        row.problem(
            "",
            f"it has {len(cells):,} cells for {len(heads):,} column headers",
            "Put text with commas in quotation marks",
        )
    for column in sheet.columns:
        if column.needed and not row.text(column.name):
            row.problem(column.name, "it is blank", f"Give {column.meaning}")


def _check_size(text: str, where: str) -> None:
    """Refuse a table that would take far more memory than its file."""
    rows, cells = text.count("\n") + text.count("\r"), text.count(",")
    if rows > 10 * MOST_ROWS or cells > MOST_CELLS:
        raise ReadError(f"it has more than {MOST_ROWS:,} rows", where=where, hint="Split it, or check its name")


def _check_letters(row: Row, head: str, cell: str, *, free: bool) -> None:
    """Say which character in a cell cannot be seen.

    In free text only what could steer what shows it is refused: other marks come with words of many scripts, and with
    what is pasted.
    """
    if cell.isascii() and cell.isprintable():
        return
    found = _CONTROL.search(cell)
    letter = found[0] if found else "" if free else unseen(_SPACE.sub("", cell))
    if letter:
        what = "control character" if unicodedata.category(letter) == "Cc" else "character"
        row.problem(head, f"it holds a {what} that cannot be seen, {described(letter)}", "Retype the cell")


def _heads_fit(sheet: Sheet, heads: list[str], problems: list[Problem], extra: Sequence[str]) -> bool:
    where = Place(sheet.file, 1)
    known = (*sheet.heads, *extra)
    if len(heads) == 1 and any(mark in heads[0] for mark in ";\t"):
        problems.append(Problem(where, "its cells are not separated by commas", "Save it as CSV with commas"))
        return False
    found: list[Problem] = []
    for head in dict.fromkeys(heads):
        if heads.count(head) > 1 and head:
            found.append(Problem(where, f"the column {head!r} appears twice"))
        if head not in known and head:
            hint = hint_for(head, known, f"Known: {join(known)}")
            found.append(Problem(where, f"there is no column {head!r} in this table", hint))
    needed = [*(column.name for column in sheet.columns if column.needed), *extra]
    found += [Problem(where, f"the column {name!r} is missing") for name in needed if name not in heads]
    problems += found
    return not found
