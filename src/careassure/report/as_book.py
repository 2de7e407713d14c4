"""A paper as a spreadsheet: its words on the first sheet, and a sheet for each table; pictures give theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from attrs import evolve

from careassure.model.safe_text import one_line
from careassure.report.book import LONGEST_SHEET_NAME, Book, BookSheet, Column, Link
from careassure.report.book import Cell as BookCell
from careassure.report.document import Cell, Document, Figure, Number, Table, source_text, texts_of

BLANK = "A blank cell means that there is nothing to say in its place."
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")


def book(document: Document) -> Book:
    """The paper as a spreadsheet. Numbers are numbers; a column or a row without words is left out.

    Args:
        document: The paper.
    """
    sheets: list[BookSheet] = []
    for block in document.blocks:
        if isinstance(block, Table | Figure):
            sheets += _sheet(block, len(sheets) + 1)
    about = [one_line(text) for text in _sentences(document)]
    if not sheets:
        words = tuple((one_line(text),) for text in document.texts() if text.strip())
        sheets = [BookSheet("1 Words", "What the paper says", (Column("Words"),), words or (("Nothing.",),))]
    sources = tuple(Link(one_line(source_text(at, each)), each.url) for at, each in enumerate(document.sources, 1))
    title = one_line(document.title).strip() or "A paper without a title"
    titles = _apart([title, *(sheet.title for sheet in sheets)])[1:]
    named = tuple(evolve(sheet, title=each) for sheet, each in zip(sheets, titles, strict=True))
    return Book(title, tuple(text for text in about if text.strip()), named, (), sources)


def _sentences(document: Document) -> Iterator[str]:
    """What the paper says outside its tables."""
    for block in document.blocks:
        if not isinstance(block, Table | Figure):
            yield from texts_of(block)


def _sheet(piece: Table | Figure, at: int) -> Iterator[BookSheet]:
    table = piece.table if isinstance(piece, Figure) else piece
    about = [piece.title, piece.alt, *table.notes] if isinstance(piece, Figure) else list(table.notes)
    rows = [row for row in table.rows if any(map(_says, row))]
    kept = [at for at in range(len(table.heads)) if any(_says(row[at]) for row in rows)]
    if not kept:
        rows, kept = [("Nothing.", *([None] * (len(table.heads) - 1)))], [0]
    columns, cells = [], []
    for place in kept:
        column, values = _column(table.heads[place], [row[place] for row in rows])
        columns.append(column)
        cells.append(values)
    heads = _apart([column.head for column in columns])
    title = one_line(table.title).strip() or f"Table {at}"
    yield BookSheet(
        name=f"{at} {_NOT_IN_A_NAME.sub(' ', title)}"[:LONGEST_SHEET_NAME].strip(),
        title=title,
        columns=tuple(Column(head, column.kind) for head, column in zip(heads, columns, strict=True)),
        rows=tuple(zip(*cells, strict=True)),
        about=tuple(line for text in about if (line := one_line(text)).strip()),
        blank=BLANK if any(not _says(row[place]) for row in rows for place in kept) else "",
    )


def _says(cell: Cell) -> bool:
    return cell is not None and bool(one_line(str(cell)).strip())


def _column(head: str, cells: Sequence[Cell]) -> tuple[Column, list[BookCell]]:
    """A column of numbers where all of it is numbers of one unit, which goes to its head; otherwise of words."""
    given = [cell for cell in cells if _says(cell)]
    numbers = [cell for cell in given if isinstance(cell, Number)]
    units = {cell.shown.partition(" ")[2] for cell in numbers}
    if len(numbers) < len(given) or len(units) != 1:
        return Column(head), [one_line(str(cell)) if _says(cell) else None for cell in cells]
    unit = units.pop()
    whole = all(cell.value.denominator == 1 for cell in numbers)
    values: list[BookCell] = [_value(cell, whole) if isinstance(cell, Number) else None for cell in cells]
    return Column(f"{head} ({unit})" if unit else head, "number" if whole else "exact"), values


def _value(cell: Number, whole: bool) -> int | Fraction:
    return int(cell.value) if whole else cell.value


def _apart(heads: Sequence[str]) -> list[str]:
    """Heads, or titles, of which no two are the same, and none is blank."""
    found: list[str] = []
    for at, head in enumerate(heads, 1):
        name = one_line(head).strip() or f"Column {at}"
        while name.casefold() in {other.casefold() for other in found}:
            name = f"{name} ({at})"
        found.append(name)
    return found
