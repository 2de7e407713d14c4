"""Where everything of a book stands: the same rows and columns in every kind of spreadsheet.

Each sheet has its title in A1, sentences below it in column A, then its table from column A on, and nothing else. The
first sheet says what there is; notes and sources have sheets of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count
from typing import TypeAlias

from attrs import evolve, field, frozen

from careassure.model.dates import PartialDate
from careassure.model.rounding import apply_rounding, decimal
from careassure.model.safe_text import shown_in_page
from careassure.model.text import plural
from careassure.report.book import (
    LONGEST_CELL,
    Book,
    BookSheet,
    Cell,
    Column,
    Formula,
    Input,
    Link,
    Named,
    Sentence,
    is_blank,
)
from careassure.report.formula import Expression, Place, Value, Worked

LEAST_WIDTH, MOST_WIDTH = 10, 60
LONGEST_HEAD = 255
"""The most characters that the head of a table's column has, in Excel: it repairs a file with a longer one."""
_CUT = " ... (cut: the text has {:,} characters, and {} holds {:,})"
_NOTE = re.compile(r"\[note [0-9]+\]")

Laid: TypeAlias = "str | int | Fraction | dt.date | Link | Formula | Input | Named | None"
"""What stands in a cell: texts fit into it, and exact numbers are decimals."""


@frozen(eq=False)
class LaidSheet:
    """A sheet as it is written.

    Args:
        name: What stands on its tab.
        lines: Its title and the sentences below it, from row 1 on.
        heads: The heads of its table; none where it has no table.
        rows: The rows of its table.
        widths: How wide its columns are, in characters.
        table: The name of its table.
    """

    name: str
    lines: tuple[Sentence, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Laid, ...], ...]
    widths: tuple[int, ...]
    table: str

    def lines_of(self, row: int) -> int:
        """How many lines of text a row of its table takes, as far as its texts are known beforehand; row 0: heads."""
        cells: Sequence[Laid] = self.rows[row - 1] if row else self.heads
        return max(
            sum(max(1, -(-len(line) // max(width - 2, 1))) for line in _plain(cell).split("\n"))
            for cell, width in zip(cells, self.widths, strict=True)
        )

    @property
    def top(self) -> int:
        """The row of its heads, counted from 0."""
        return len(self.lines)

    def cells(self) -> Iterator[tuple[Place, Laid]]:
        """Every cell but the heads, with its place."""
        for row, line in enumerate(self.lines):
            yield Place(self.name, row, 0), line
        for row, cells in enumerate(self.rows, self.top + 1):
            for column, cell in enumerate(cells):
                yield Place(self.name, row, column), cell


@frozen(eq=False)
class LaidBook:
    """A book as it is written.

    Args:
        title: What it is called.
        sheets: Its sheets.
        places: Where each cell stands that formulas name.
        worked: What formulas come to.
    """

    title: str
    sheets: tuple[LaidSheet, ...]
    places: dict[str, Place] = field(repr=False)
    worked: Worked = field(repr=False)

    def list_of(self, cell: Input) -> tuple[Place, Place] | None:
        """The first and the last cell of the list that an input names; None where it names none."""
        return (self.places[f"{cell.listed} first"], self.places[f"{cell.listed} last"]) if cell.listed else None

    def value(self, formula: Formula) -> Value:
        """What a formula comes to, as a spreadsheet keeps it."""
        found = self.worked.of(formula.expression)
        if isinstance(found, Fraction):
            return found.numerator if found.denominator == 1 else float(found)
        return found


def laid_out(book: Book) -> LaidBook:
    """Where everything of a book stands."""
    notes: list[tuple[Cell, ...]] = [(f"note {number}", text) for number, text in book.notes]
    more = [
        _listed("Notes", f"Notes to: {book.title}", ("Note", "What it says"), notes),
        _listed("Sources", f"Sources of: {book.title}", ("Source",), [(link,) for link in book.sources]),
    ]
    sheets = [*book.sheets, *(sheet for sheet in more if sheet.rows)]
    found = [_contents(book, sheets), *(_laid(sheet) for sheet in sheets)]
    names = [sheet.table for sheet in found]
    found = [
        evolve(sheet, table=f"{sheet.table}_{at}") if names.count(sheet.table) > 1 else sheet
        for at, sheet in enumerate(found)
    ]
    places: dict[str, Place] = {}
    formulas: dict[str, Expression] = {}
    inputs: dict[str, Value] = {}
    for sheet in found:
        for place, cell in sheet.cells():
            if isinstance(cell, Formula) and cell.name:
                places[cell.name] = place
                formulas[cell.name] = cell.expression
            elif isinstance(cell, Input | Named):
                places[cell.name] = place
                inputs[cell.name] = cell.value
    return LaidBook(book.title, tuple(found), places, Worked(formulas, inputs))


def _listed(name: str, title: str, heads: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> BookSheet:
    return BookSheet(name, title, tuple(Column(head) for head in heads), tuple(rows))


def _contents(book: Book, sheets: list[BookSheet]) -> LaidSheet:
    rows: tuple[tuple[Cell, ...], ...] = tuple((Link(sheet.name, sheet.name), sheet.title) for sheet in sheets)
    columns = (Column("Sheet"), Column("What it holds"))
    about = (*book.about, f"This file has {plural(len(sheets), 'more sheet')}, each with one table.")
    return _laid(BookSheet("Contents", book.title, columns, rows, about))


def _laid(sheet: BookSheet) -> LaidSheet:
    columns, rows = _expanded(sheet)
    lines = (sheet.title, *sheet.about)
    if sheet.rows and sheet.name != "Contents":
        lines += (f"This sheet has one table, with {plural(len(columns), 'column')}.",)
    if not sheet.rows:
        lines += ("There is nothing to list here.",)
    if any(is_blank(cell) for row in sheet.rows for cell in row):
        lines += (f"Some cells are blank: {sheet.blank}",)
    texts = [*(line for line in sheet.about if isinstance(line, str)), *(column.head for column in columns)]
    if any(_NOTE.search(text) for text in texts) and sheet.name != "Notes":
        lines += ("The sheet Notes says what is meant by note 1 and others.",)
    return LaidSheet(
        sheet.name,
        tuple(fitted(line) if isinstance(line, str) else line for line in lines),
        _heads(columns) if rows else (),
        rows,
        tuple(_width(column, [row[place] for row in rows]) for place, column in enumerate(columns)),
        "table_" + re.sub(r"\W+", "_", sheet.name.casefold(), flags=re.ASCII).strip("_"),
    )


def _heads(columns: Sequence[Column]) -> tuple[str, ...]:
    """The heads of columns as a table of Excel may have them: short, and no two alike but for capital letters."""
    found: dict[str, str] = {}
    for column in columns:
        head = name = fitted(column.head, LONGEST_HEAD, "the head of a column")
        more = count(2)
        while name.casefold() in found:
            name = f"{head[: LONGEST_HEAD - 12]} ({next(more)})"
        found[name.casefold()] = name
    return tuple(found.values())


def _expanded(sheet: BookSheet) -> tuple[list[Column], tuple[tuple[Laid, ...], ...]]:
    """The columns and rows, with a decimal and a fraction in the place of each exact number."""
    columns: list[Column] = []
    for column in sheet.columns:
        columns.append(column)
        if column.kind == "exact":
            columns.append(Column(f"{column.head}, as a fraction", width=column.width))
    rows: list[tuple[Laid, ...]] = []
    for row in sheet.rows:
        cells: list[Laid] = []
        for column, cell in zip(sheet.columns, row, strict=True):
            exact = column.kind == "exact"
            cells.append(_rounded(cell) if exact else _fitting(cell))
            if exact:
                cells.append(str(cell) if isinstance(cell, int | Fraction) else None)
        rows.append(tuple(cells))
    return columns, tuple(rows)


def _rounded(cell: Cell) -> Laid:
    """An exact number as a decimal of two places, which is exact too."""
    if isinstance(cell, Fraction):
        return apply_rounding(cell * 100, "half_up") / 100
    return _fitting(cell)


def _fitting(cell: Cell) -> Laid:
    if isinstance(cell, str):
        return fitted(cell) if cell.strip() else None
    if isinstance(cell, PartialDate):
        whole = cell.day is not None and cell.month is not None
        return dt.date(cell.year, cell.month, cell.day) if whole else str(cell)  # type: ignore[arg-type]
    if isinstance(cell, Link):
        return evolve(cell, text=fitted(cell.text))
    return cell


def fitted(text: str, most: int = LONGEST_CELL, what: str = "a cell of a spreadsheet") -> str:
    """A text as it fits into a cell: what XML cannot hold stands as its code, and a long one is cut and says so.

    Args:
        text: The text.
        most: The most characters that it may have.
        what: What holds no more.
    """
    shown = shown_in_page(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(shown) <= most:
        return shown
    said = _CUT.format(len(text), what, most)
    return shown[: most - len(said)] + said


def _width(column: Column, cells: list[Laid]) -> int:
    """As wide as its longest line, up to a bound, and wide enough for its head."""
    if column.width is not None:
        return column.width
    longest = max((len(line) for cell in cells for line in _plain(cell).split("\n")), default=0)
    return min(max(LEAST_WIDTH, len(column.head) + 2, longest + 2), MOST_WIDTH)


def _plain(cell: Laid) -> str:
    match cell:
        case Link(text):
            return text
        case Named(_, value):
            return str(value)
        case Input(_, choices):
            return max(map(str, choices), key=len, default="")
        case Fraction():
            return decimal(cell)
        case None | Formula():
            return ""
        case _:
            return str(cell)
