"""A sheet of a workbook of Excel: its rows, and how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from careassure.tables.container import Container, damaged, too_large
from careassure.tables.markup import feed, local
from careassure.tables.sheets import (
    LONGEST_CELL,
    LONGEST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    NOT_WORKED_OUT,
    Area,
    Look,
    SheetRow,
    spans,
    too_long,
    too_wide,
)
from careassure.tables.values import date_text, number_text
from careassure.tables.xlsx_parts import Workbook, shared, unescaped

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


def place_of(text: str) -> tuple[int, int] | None:
    """The row, counted from 1, and the column, counted from 0, of a place such as B7; None where it is none.

    >>> place_of("B7"), place_of("XFD1"), place_of("7")
    ((7, 1), (1, 16383), None)
    """
    found = _PLACE.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


class _Rows:
    """Takes in the rows of a sheet."""

    def __init__(self, file: str, workbook: Workbook) -> None:
        self.found: list[SheetRow] = []
        self._file = file
        self._book = workbook
        self._number = 0
        self._cells: list[str] = []
        self._faults: list[tuple[int, str]] = []
        self._column = -1
        self._size = self._held = 0
        self._kind = self._style = ""
        self._pieces: list[str] = []
        self._on = self._aside = self._formula = self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = local(name)
        if name == "v":
            self._on = self._inside
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "t":
            self._on = self._inside and not self._aside
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        if ":" in name:
            name = local(name)
        if name in {"v", "t"}:
            self._on = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            if any(self._cells) or self._faults:
                self.found.append(SheetRow(self._number, self._cells, tuple(self._faults)))
            self._cells, self._faults = [], []
        elif name == "rPh":
            self._aside = False

    def text(self, data: str) -> None:
        if self._on:
            self._pieces.append(data)
            self._size += len(data)
            if self._size > LONGEST_CELL:
                raise damaged(self._file, f"a cell in row {self._number:,} has more than {LONGEST_CELL:,} characters")

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        after = int(number) if number.isdecimal() and len(number) < 8 else self._number + 1
        if after <= self._number:
            raise damaged(self._file, f"it is damaged: row {after:,} comes after row {self._number:,}")
        if after > MOST_ROWS:
            raise too_long(self._file)
        self._number, self._column, self._held = after, -1, 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = place_of(attributes["r"]) if "r" in attributes else (self._number, self._column + 1)
        if not found or found[0] != self._number or found[1] <= self._column:
            raise damaged(self._file, f"it is damaged: a cell in row {self._number:,} is out of place")
        if found[1] >= MOST_COLUMNS:
            raise too_wide(self._file, self._number)
        self._column = found[1]
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces.clear()
        self._size = 0
        self._formula, self._inside = False, True

    def _end_cell(self) -> None:
        self._inside = False
        text = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        if text or self._formula:
            if not text and self._formula and self._kind != "str":
                self._faults.append((self._column, NOT_WORKED_OUT))
            value = self._value(text) if text else ""
            if value:
                self._held += len(value)
                if self._held > LONGEST_ROW:
                    raise too_large(self._file, f"row {self._number:,} has more than {LONGEST_ROW:,} characters")
                self._cells.extend([""] * (self._column - len(self._cells)))
                self._cells.append(value)

    def _value(self, text: str) -> str:
        kind = self._kind
        if kind == "s":
            return shared(self._book, text, self._file)
        if kind in {"str", "inlineStr"}:
            return unescaped(text)
        if kind == "b":
            return {"0": "FALSE", "1": "TRUE"}.get(text, text)
        if kind == "d":
            return date_text(text)
        if kind == "e":
            return text
        style = int(self._style) if self._style.isdecimal() and len(self._style) < 6 else 0
        shown = self._book.shown[style] if style < len(self._book.shown) else "number"
        try:
            return number_text(text, shown, epoch_1904=self._book.epoch_1904)
        except ValueError:
            raise damaged(self._file, f"it is damaged: a number in row {self._number:,} is none") from None


def rows_of(container: Container, path: str, workbook: Workbook) -> Iterator[SheetRow]:
    """The rows of a sheet that hold something.

    Raises:
        ReadError: It is damaged, or goes beyond the bounds.
    """
    reader = _Rows(container.file, workbook)
    for _ in feed(container.file, container.chunks(path), reader):
        yield from reader.found
        reader.found.clear()


_TAG = re.compile(rb"<(?:\w+:)?(row|col|mergeCell)\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"(?:^|\s)(r|min|max|hidden|ref)\s*=\s*[\"']([^\"']*)")
_LONGEST_TAG = 4096
_MOST_MERGED = 100_000


def look_of(container: Container, path: str) -> Look:
    """Which rows and columns of a sheet are hidden, and which cells are merged. Only to be told to a person.

    Raises:
        ReadError: It is damaged, or goes beyond the bounds.
    """
    rows: list[int] = []
    columns: set[int] = set()
    merged: list[Area] = []
    rest = b""
    for chunk in container.chunks(path):
        text = rest + chunk
        for tag in _TAG.finditer(text):
            if tag[1] == b"row" and b"hidden" not in tag[2]:
                continue
            found = dict(_ATTRIBUTE.findall(tag[2]))
            hidden = found.get(b"hidden") in {b"1", b"true"}
            if tag[1] == b"row":
                if hidden and found.get(b"r", b"").isdigit():
                    rows.append(int(found[b"r"][:8]))
            elif tag[1] == b"col":
                if hidden and found.get(b"min", b"").isdigit() and found.get(b"max", b"").isdigit():
                    columns.update(range(int(found[b"min"][:6]) - 1, min(int(found[b"max"][:6]), MOST_COLUMNS)))
            elif len(merged) < _MOST_MERGED and (area := _area(found.get(b"ref", b"").decode("ascii", "replace"))):
                merged.append(area)
        at = text.rfind(b"<")  # a tag that the next piece ends
        rest = text[at:] if at >= 0 and b">" not in text[at:] and len(text) - at < _LONGEST_TAG else b""
    return Look(spans(sorted(set(rows))), spans(sorted(columns)), tuple(merged))


def _area(text: str) -> Area | None:
    first, _, last = text.partition(":")
    start, end = place_of(first), place_of(last or first)
    return Area(start[0], start[1], end[0], end[1]) if start and end else None
