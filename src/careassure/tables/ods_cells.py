"""Rows of an OpenDocument spreadsheet by a true XML parser: right for every file, and slow for very large ones.

The words are those of the OpenDocument format, part 3. Comments, drawings, footnotes and how a word is pronounced are
no part of a cell's text. A formula's error is its text, such as #N/A: LibreOffice notes an empty string beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from careassure.errors import ReadError
from careassure.tables.container import damaged, too_large
from careassure.tables.markup import feed, local
from careassure.tables.sheets import (
    LONGEST_CELL,
    LONGEST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    NOT_WORKED_OUT,
    SheetRow,
    too_long,
    too_wide,
)
from careassure.tables.values import date_text, number_text, period_text

MOST_COPIES = 5_000_000
"""The most cells that hold something and are there by repetition alone."""

_ASIDE = frozenset({"annotation", "note", "ruby-text", "shapes", "forms", "frame", "custom-shape", "tracked-changes"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_VALUES = {"float": "value", "currency": "value", "percentage": "value", "boolean": "boolean-value"}


class Found(NamedTuple):
    """A row as it is written, with how often it is repeated."""

    number: int
    times: int
    cells: list[str]
    faults: tuple[tuple[int, str], ...]


class TableRows:
    """Takes in the rows of one table of a document.

    Args:
        file: The name of the file, for messages.
        wanted: Which table, counted from 0.
        start: How many rows of it were read before.
    """

    def __init__(self, file: str, wanted: int, start: int = 0) -> None:
        self.found: list[Found] = []
        self.done = False
        self._file = file
        self._wanted = wanted
        self._table = -1
        self._parents: list[str] = []
        self._aside = 0
        self.row = start
        self._times = 1
        self._cells: list[str] = []
        self._faults: list[tuple[int, str]] = []
        self._column = 0
        self._cell: dict[str, str] = {}
        self._paragraphs = -1
        self._pieces: list[str] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local(name)
        self._parents.append(name)
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name == "table":
            self._begin_table()
        elif self._table != self._wanted or self.done:
            pass
        elif name == "table-row":
            self._times = self._repeats(attributes, "number-rows-repeated")
            self._cells, self._faults, self._column = [], [], 0
        elif name in _CELLS:
            self._cell = {key.replace("calcext:", "calcext-").rpartition(":")[2]: attributes[key] for key in attributes}
            self._paragraphs, self._size = 0, 0
            self._pieces.clear()
        elif self._paragraphs >= 0:
            self._inside_cell(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        name = local(name)
        self._parents.pop()
        if self._aside:
            self._aside -= 1
        elif self._table != self._wanted or self.done:
            pass
        elif name in _CELLS:
            self._end_cell()
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self.done = self._at_top()

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._paragraphs > 0 and not self._aside and self._parents[-1] not in _CELLS:
            self._add(data)

    def _at_top(self) -> bool:
        return self._parents[-1:] in ([], ["spreadsheet"])

    def _begin_table(self) -> None:
        if self._parents[-2:-1] == ["spreadsheet"]:
            self._table += 1
        elif self._table == self._wanted and not self.done:
            raise ReadError(
                "it has a table inside a cell", where=self._file, hint="Take it out in LibreOffice, and save the file"
            )

    def _inside_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"p", "h"}:
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._add("\n")
        elif name == "s":
            count = next((value for key, value in attributes.items() if local(key) == "c"), "1")
            self._add(" " * (int(count) if count.isdecimal() and len(count) < 7 else 1))
        elif name == "tab":
            self._add("\t")
        elif name == "line-break":
            self._add("\n")

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
        if self._size > LONGEST_CELL:
            raise damaged(self._file, f"a cell in row {self.row + 1:,} has more than {LONGEST_CELL:,} characters")

    def _repeats(self, attributes: dict[str, str], name: str) -> int:
        text = next((value for key, value in attributes.items() if local(key) == name), "1")
        if not text.isdecimal() or len(text) > 8 or int(text) < 1:
            raise damaged(self._file, f"it is damaged: {name} is {text[:20]!r}")
        return int(text)

    def _end_cell(self) -> None:
        cell, times = self._cell, self._repeats(self._cell, "number-columns-repeated")
        text = cell_text(cell, "".join(self._pieces), self._file)
        if self._column + times > MOST_COLUMNS and text:
            raise too_wide(self._file, self.row + 1)
        if text:
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.extend([text] * times)
            if len(text) * times > LONGEST_ROW:
                raise too_large(self._file, f"row {self.row + 1:,} has more than {LONGEST_ROW:,} characters")
        elif "formula" in cell and "value-type" not in cell and not self._paragraphs:
            self._faults.append((self._column, NOT_WORKED_OUT))
        self._paragraphs = -1
        self._column += times

    def _end_row(self) -> None:
        if self._cells or self._faults:
            if self.row + self._times > MOST_ROWS:
                raise too_long(self._file)
            self.found.append(Found(self.row + 1, self._times, self._cells, tuple(self._faults)))
        self.row += self._times


def cell_text(cell: dict[str, str], shown: str, file: str) -> str:
    """The text of a cell.

    Args:
        cell: What is written of it, by names without prefixes.
        shown: The text that it shows.
        file: The name of the file, for messages.

    Raises:
        ReadError: It is said to be a number, and is none.
    """
    kind = cell.get("value-type", "")
    if cell.get("calcext-value-type") == "error":
        return shown or "#VALUE!"
    if kind in {"float", "currency", "percentage"}:
        if shown in {"TRUE", "FALSE"} and cell.get("value") == "10"[shown == "FALSE"]:
            return shown  # a truth value that a formula gives, as LibreOffice writes it
        try:
            return number_text(cell.get("value", shown), "percent" if kind == "percentage" else "number")
        except ValueError:
            raise damaged(file, "it is damaged: a number in it is none") from None
    if kind == "date":
        return date_text(cell.get("date-value", shown), month=_is_month(shown))
    if kind == "time":
        return period_text(cell.get("time-value", shown))
    if kind == "boolean":
        return cell.get("boolean-value", shown).upper()
    return cell.get("string-value") or shown if kind == "string" else shown


def _is_month(shown: str) -> bool:
    """Whether a date is shown as a month and a year, such as Nov-25: its day is not what a person typed."""
    parts = shown.replace("/", " ").replace("-", " ").replace(".", " ").split()
    if len(parts) != 2:
        return False
    word = [part for part in parts if part.isalpha()]
    digits = [part for part in parts if part.isdecimal()]
    if word:
        return len(digits) == 1 and len(digits[0]) in {2, 4} and not shown[:1].isdecimal()
    return sorted(map(len, digits)) in ([1, 4], [2, 4])


def parsed_rows(file: str, chunks: Iterable[bytes], wanted: int, after: int = 0) -> Iterator[SheetRow]:
    """The rows of a table that hold something.

    Args:
        file: The name of the file, for messages.
        chunks: The document's ``content.xml``.
        wanted: Which table, counted from 0.
        after: Rows up to this one are passed over.

    Raises:
        ReadError: It is damaged, or goes beyond the bounds.
    """
    reader = TableRows(file, wanted)
    copies = 0
    for _ in feed(file, chunks, reader):
        for row in reader.found:
            copies += len(row.cells) * (row.times - 1)
            if copies > MOST_COPIES:
                raise too_large(file, f"it repeats cells more than {MOST_COPIES:,} times")
            for number in range(max(row.number, after + 1), row.number + row.times):
                yield SheetRow(number, row.cells, row.faults)
        reader.found.clear()
        if reader.done:
            return
