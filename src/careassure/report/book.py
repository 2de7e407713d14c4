"""What a spreadsheet says, whatever kind of file it becomes: sheets with one table each, notes and sources.

A book is made of values and sentences, never of positions and colours. `book_layout.py` says where each cell stands, so
that the writers of Excel's and of OpenDocument's files cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import frozen

from careassure.errors import Place as Spot
from careassure.errors import Problem, collecting
from careassure.model.dates import PartialDate
from careassure.model.ids import brief
from careassure.model.showing import short_repr
from careassure.report.formula import Expression, Value

Kind = Literal["text", "number", "exact", "date"]
"""What stands in a column: words; numbers; exact numbers, which get a decimal and the fraction beside it; days."""

LONGEST_SHEET_NAME = 31
"""The most characters of the name of a sheet, in Excel."""
LONGEST_CELL = 32_767
"""The most characters of a cell, in Excel."""
_NOT_IN_A_NAME = frozenset("[]:*?/\\'")


@frozen
class Column:
    """A column of a table.

    Args:
        head: What is written above it; no two of a table are the same.
        kind: What stands in it.
        width: How wide it is, in characters of the sheet's font; found out where None.
        filled_in: Whether a person fills it in: then it may be blank from top to bottom.
    """

    head: str
    kind: Kind = "text"
    width: int | None = None
    filled_in: bool = False

    __repr__ = short_repr


@frozen
class Link:
    """Words that lead somewhere.

    Args:
        text: The words, which say where.
        target: An address on the web, or the name of a sheet.
    """

    text: str
    target: str

    __repr__ = short_repr


@frozen
class Formula:
    """A cell that the spreadsheet works out.

    Args:
        expression: How.
        name: What other formulas call it; empty where none asks for it.
    """

    expression: Expression
    name: str = ""

    __repr__ = short_repr


@frozen
class Input:
    """A cell into which a person types.

    Args:
        name: What formulas call it.
        choices: What may be typed; anything where there are none.
        listed: The list of `Named` cells that hold the choices; empty where they are few and short.
        value: What stands in it.
        prompt: What is said to whoever comes to the cell.
    """

    name: str
    choices: tuple[int | str, ...] = ()
    listed: str = ""
    value: Value = ""
    prompt: str = ""

    __repr__ = short_repr


@frozen
class Named:
    """A cell that others name.

    Args:
        name: What they call it. The ends of a list are called ``LIST first`` and ``LIST last``.
        value: What stands in it.
    """

    name: str
    value: int | str

    __repr__ = short_repr


Cell: TypeAlias = "str | int | Fraction | dt.date | PartialDate | Link | Formula | Input | Named | None"
"""What a cell may hold; None: it is blank."""
Sentence: TypeAlias = "str | Formula"
"""A sentence above a table, which may be worked out."""


@frozen
class BookSheet:
    """A sheet with one table.

    Args:
        name: What stands on its tab: at most 31 characters, another for each sheet.
        title: Its heading.
        columns: The columns of its table.
        rows: The rows, each with a cell for every column.
        about: Sentences above the table.
        blank: What a blank cell of it means; needed where any is blank.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: tuple[Sentence, ...] = ()
    blank: str = ""

    __repr__ = short_repr


@frozen
class Book:
    """A spreadsheet: what it is about, its sheets, and the notes and sources that they name.

    Args:
        title: What it is called.
        about: Sentences on its first sheet.
        sheets: Its sheets.
        notes: Pairs of a number and a note; a sentence or a head refers to it as ``[note 1]``.
        sources: What it rests on: words and the address of each.

    Raises:
        InvalidInputError: Everything that keeps it from being read by everybody: two sheets of one name, rows that are
            blank or too short, blank cells that nothing explains, columns without a head.
    """

    title: str
    about: tuple[Sentence, ...]
    sheets: tuple[BookSheet, ...]
    notes: tuple[tuple[int, str], ...] = ()
    sources: tuple[Link, ...] = ()

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting(f"the spreadsheet {brief(self.title)}") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        names = [sheet.name.casefold() for sheet in self.sheets]
        if not self.title.strip():
            yield Problem("title", "it has no title", "Say what it is about")
        if not self.sheets:
            yield Problem("sheets", "it has no sheet")
        for sheet in self.sheets:
            where = Spot(path=f"sheets.{sheet.name}")
            taken = ["contents", "notes", "sources"]
            if not 0 < len(sheet.name.strip()) <= LONGEST_SHEET_NAME or _NOT_IN_A_NAME & set(sheet.name):
                hint = f"Use at most {LONGEST_SHEET_NAME} letters, digits and spaces"
                yield Problem(where, "this cannot be the name of a sheet", hint)
            if names.count(sheet.name.casefold()) > 1 or sheet.name.casefold() in taken:
                yield Problem(where, "another sheet has that name", "Rename one")
            for message, hint in _faults(sheet):
                yield Problem(where, message, hint)
        numbers = [number for number, _ in self.notes]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Problem("notes", "they are not numbered from 1 on")


def _faults(sheet: BookSheet) -> Iterator[tuple[str, str]]:
    heads = [column.head.strip().casefold() for column in sheet.columns]
    if not sheet.title.strip():
        yield "it has no title", "Say what it shows"
    if not heads:
        yield "its table has no columns", ""
    for head in dict.fromkeys(heads):
        if not head:
            yield "a column has no head", "Say what it holds"
        elif heads.count(head) > 1:
            yield f"two columns have the head {head!r}", "Rename one"
    blank = False
    for number, row in enumerate(sheet.rows, 1):
        if len(row) != len(heads):
            yield f"row {number:,} has {len(row)} cells, and its table {len(heads)} columns", ""
        elif all(is_blank(cell) for cell in row):
            yield f"row {number:,} is blank", "Leave it out"
        blank = blank or any(is_blank(cell) for cell in row)
    for place, column in enumerate(sheet.columns):
        cells = [row[place] for row in sheet.rows if len(row) == len(heads)]
        if cells and not column.filled_in and all(is_blank(cell) for cell in cells):
            yield f"the column {column.head!r} is blank", "Leave it out"
    if blank and not sheet.blank:
        yield "it has blank cells", "Say what a blank cell means"


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell. One that is typed into, or worked out, is not blank."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
