"""Tables whose columns are known beforehand: each cell with its place, and nothing passed over.

Spreadsheets change what they open and save. What they make of a date, a heading or an encoding is read as it was meant
where that is certain, and named with its cell where it is not.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TypeVar

from attrs import field, frozen

from careassure.errors import CareAssureError, InvalidInputError, Place, Problem, ReadError
from careassure.io.files import LIMIT, is_there
from careassure.model.cells import value_of
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.model.ids import described, unseen
from careassure.model.safe_text import unguarded
from careassure.model.scores import read_score
from careassure.model.text import fold, hint_for, join
from careassure.model.vocabulary import is_spreadsheet_error
from careassure.tables.headers import NUMBERED
from careassure.tables.opening import open_table
from careassure.tables.table import Line, Options, TableFile
from careassure.tables.written_dates import read_date

SEPARATOR = ";"
"""Between several values in one cell."""

ENDINGS = (".csv", ".xlsx", ".ods", ".xls")
"""What the file of a table may be: text, or a spreadsheet."""

_MOST_DIGITS = 15
_POWER = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+")
"""What a spreadsheet makes of a code such as 12E5."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal, or turn the order of what is read; ends of lines and of pages are text."""
_SPACE = re.compile(r"[\t\n\x0b\x0c\r\x85]")
"""What may stand beside the values in a cell."""
MOST_ROWS = 50_000
"""The most rows of a table."""
MOST_CELLS = 2_000_000
"""The most cells of a table."""
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


def read_exact(text: str) -> Fraction:
    """An exact number, with or without commas between its thousands.

    A per cent sign may stand behind it, or a pound sign before it.

    Raises:
        CareAssureError: It is none.
    """
    pounds = text.startswith("£") and text[1:2].isdigit() and "%" not in text
    found = value_of(text[1:] if pounds else text)
    longest = max(sum(map(str.isdigit, part)) for part in text.split("."))
    if not isinstance(found, Fraction) or longest > _MOST_DIGITS:
        raise CareAssureError(f"{text!r} is not a number", hint="Write digits, such as 86 or 1204.5")
    return found


def files_of(folder: Path, sheet: Sheet) -> list[Path]:
    """The files of a table that a folder has: one, none, or too many."""
    place = os.path.join(folder, sheet.name)  # noqa: PTH118  (four paths for each table take a while)
    return [Path(place + ending) for ending in ENDINGS if is_there(place + ending)]


def read_sheet(folder: Path, sheet: Sheet, problems: list[Problem], extra: Sequence[str] = ()) -> list[Row]:
    """The rows of a table; none where the folder has no such file.

    Args:
        folder: The folder.
        sheet: The table.
        problems: Where problems are collected: heads that are missing, unknown or there twice, rows with more or
            fewer cells than heads, cells that must be filled, and what makes the file unreadable.
        extra: Heads beside the table's own, each of which must be there.
    """
    found = files_of(folder, sheet)
    if len(found) > 1:
        names = join([path.name for path in found])
        problems.append(Problem(Place(found[0].name), f"the table is in several files: {names}", "Keep one of them"))
    if len(found) != 1:
        return []
    file = found[0].name
    try:
        table = _opened(found[0], {fold(name) for name in (*sheet.heads, *extra)})
        lines = list(islice(table.read(), MOST_ROWS + 1))
    except CareAssureError as error:
        problems += _about_file(error, file)
        return []
    heads = _heads(sheet, table.layout.headers, extra)
    if not _heads_fit(sheet, table, heads, problems, extra):
        return []
    if len(lines) > MOST_ROWS or len(lines) * len(heads) > MOST_CELLS:
        problems.append(Problem(Place(file), f"it has more than {MOST_ROWS:,} rows", "Split it"))
        return []
    return [_row(line, sheet, heads, file, problems) for line in lines]


def _opened(path: Path, known: Collection[str]) -> TableFile:
    """A table with its column headers in row 1; they tell what separates cells, which may hold other separators."""
    size = path.stat().st_size if path.is_file() else 0
    if size > LIMIT:
        message = f"it has {size:,} bytes and at most {LIMIT:,} are read"
        raise ReadError(message, where=path.name, hint="Split it, or check its name")
    first = _tried(path, None)
    best, most = first, _known_in(first, known)
    for separator in (",", ";", "\t", "|"):
        if isinstance(best, TableFile) and (best.layout.kind != "delimited" or most == len(best.layout.headers)):
            break
        other = _tried(path, separator)
        if _known_in(other, known) > most:
            best, most = other, _known_in(other, known)
    if isinstance(best, CareAssureError):
        raise best
    return best


def _tried(path: Path, separator: str | None) -> TableFile | CareAssureError:
    try:
        return open_table(path, Options(header_row=1, separator=separator))
    except CareAssureError as error:
        return error


def _known_in(table: TableFile | CareAssureError, known: Collection[str]) -> int:
    """How many of a table's column headers are known."""
    return sum(fold(head) in known for head in table.layout.headers) if isinstance(table, TableFile) else 0


def _about_file(error: CareAssureError, file: str) -> list[Problem]:
    """What is wrong with a file as a whole."""
    if isinstance(error, InvalidInputError):
        return [problem._replace(where=problem.where._replace(file=file)) for problem in error.problems]
    hints = {
        "it is empty": "Put the column headers into row 1, or delete the file",
        "it is a directory": "Move it elsewhere",
    }
    hint = hints.get(error.message, error.hint)
    if "--encoding" in hint:  # which a table among others does not have
        hint = 'Save it as "CSV UTF-8"'
    return [Problem(error.where._replace(file=file), error.message, hint)]


def _heads(sheet: Sheet, given: Sequence[str], extra: Sequence[str]) -> list[str]:
    """The columns that some headers name, whatever their capitals, spaces or hyphens; others as they stand."""
    known = {fold(name): name for name in (*sheet.heads, *extra)}
    own = {*sheet.heads, *extra}
    return [head if head in own else known.get(fold(head), head) for head in given]


def _row(line: Line, sheet: Sheet, heads: Sequence[str], file: str, problems: list[Problem]) -> Row:
    cells = [unguarded(cell.strip()).strip() for cell in line.cells]
    row = Row(file, line.number, dict(zip(heads, cells, strict=False)), problems)
    problems += line.problems
    _check_row(row, sheet, whole=not line.problems)
    return row


def _check_row(row: Row, sheet: Sheet, *, whole: bool) -> None:
    """Say what is wrong with a row before its cells are read."""
    for head, cell in row.cells.items():
        if not cell:
            continue
        _check_letters(row, head, cell, free=head in sheet.free)
        if is_spreadsheet_error(cell):
            row.problem(head, f"it holds {cell}, an error of a spreadsheet", "Write what should be there")
        elif head not in sheet.free and _POWER.fullmatch(cell):
            hint = "Format the column as text, and write the code again"
            row.problem(head, f"{cell!r} may be a code that a spreadsheet took for a number", hint)
    for column in sheet.columns:
        if whole and column.needed and not row.text(column.name):
            row.problem(column.name, "it is blank", f"Give {column.meaning}")


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


def _heads_fit(
    sheet: Sheet, table: TableFile, heads: Sequence[str], problems: list[Problem], extra: Sequence[str]
) -> bool:
    where = table.layout.place(table.layout.header_row)
    known = (*sheet.heads, *extra)
    found: list[Problem] = []
    if NUMBERED in table.layout.notes:
        found.append(Problem(where, "column A has no header", "Give the column a header, or delete it"))
    for head in dict.fromkeys(heads):
        if heads.count(head) > 1:
            found.append(Problem(where, f"the column {head!r} appears twice"))
        if head not in known:
            hint = hint_for(head, known, f"Known: {join(known)}")
            found.append(Problem(where, f"there is no column {head!r} in this table", hint))
    needed = [*(column.name for column in sheet.columns if column.needed), *extra]
    found += [Problem(where, f"the column {name!r} is missing") for name in needed if name not in heads]
    problems += found
    return not found
