"""A sheet of a workbook of Excel: its rows, and how it looks."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import chain

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
from careassure.tables.values import Shown, date_text, number_text
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
        self._digits = "0"
        self._columns: dict[str, int] = {}
        self._styles: dict[str, Shown] = {}
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
        self._digits = str(after)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        column = self._column_of(attributes.get("r"))
        if column <= self._column:
            raise damaged(self._file, f"it is damaged: a cell in row {self._number:,} is out of place")
        if column >= MOST_COLUMNS:
            raise too_wide(self._file, self._number)
        self._column = column
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._pieces.clear()
        self._size = 0
        self._formula, self._inside = False, True

    def _column_of(self, place: str | None) -> int:
        """The column of a cell, counted from 0; -1 where it is not one of this row."""
        if place is None:
            return self._column + 1
        letters = place.removesuffix(self._digits)
        column = self._columns.get(letters) if letters != place else None
        if column is None:
            found = place_of(place)
            if not found or found[0] != self._number:
                return -1
            column = found[1]
            if letters.isalpha() and letters != place:
                self._columns[letters] = column
        return column

    def _end_cell(self) -> None:
        self._inside = False
        text = self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)
        if text or self._formula:
            if not text and self._formula and self._kind != "str":
                self._faults.append((self._column, NOT_WORKED_OUT))
            value = self._value(text, self._kind, self._style) if text else ""
            if value:
                self._held += len(value)
                if self._held > LONGEST_ROW:
                    raise too_large(self._file, f"row {self._number:,} has more than {LONGEST_ROW:,} characters")
                self._cells.extend([""] * (self._column - len(self._cells)))
                self._cells.append(value)

    def _value(self, text: str, kind: str, style: str) -> str:
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
        shown = self._styles.get(style)
        if shown is None:
            number = int(style) if style.isdecimal() and len(style) < 6 else 0
            shown = self._book.shown[number] if number < len(self._book.shown) else "number"
            if len(style) < 6:
                self._styles[style] = shown
        try:
            return number_text(text, shown, epoch_1904=self._book.epoch_1904)
        except ValueError:
            raise damaged(self._file, f"it is damaged: a number in row {self._number:,} is none") from None

    def take(self, row: re.Match[str], cells: str) -> bool:
        """Take a row in the plain form; False where it is not, and then nothing of it was taken."""
        number = int(row[1])
        if not self._number < number <= MOST_ROWS or ' r="' in row[2] or not _CELLS.fullmatch(cells):
            return False
        before = self._number, self._digits
        self._number, self._digits = number, row[1]
        taken = self._plain(cells)
        if taken is None:
            self._number, self._digits = before
            return False
        if taken:
            self.found.append(SheetRow(number, taken))
        return True

    def _plain(self, cells: str) -> list[str] | None:
        """The cells of a row in the plain form; None where they are out of place or too long: the parser tells."""
        taken: list[str] = []
        last, held = -1, 0
        for letters, digits, style, kind, text in _CELL.findall(cells):
            column = self._columns.get(letters, -1)
            if column < 0:
                found = place_of(f"{letters}1")
                column = self._columns[letters] = found[1] if found else -1
            if digits != self._digits or not last < column < MOST_COLUMNS or len(text) > LONGEST_CELL:
                return None
            last = column
            if text and (value := self._value(text, kind or "n", style)):
                held += len(value)
                if held > LONGEST_ROW:
                    return None
                if column > len(taken):
                    taken.extend([""] * (column - len(taken)))
                taken.append(value)
        return taken


_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})"((?: [A-Za-z0-9:]+="[^"<&]*")*+)(/?)>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?(?: t="(s|n|str|b|e)")?(?:/>|>(?:<v>([^<&]*)</v>)?</c>)'
)
_CELLS = re.compile(
    r'(?:<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,5}")?(?: t="(?:s|n|str|b|e)")?(?:/>|>(?:<v>[^<&]*</v>)?</c>))*+'
)
_BEGIN, _END, _DATA = "<row", "</row>", b"<sheetData>"
_NOT_CUT = (b"<!", b"<?", b"]]>", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""What only a parser reads: comments, and what no XML may hold."""
_CONTROL = bytes(sorted({*range(32), 127} - {9, 10}))
"""Characters that no XML may hold, or that a parser alters."""
_LONGEST_HEAD = 1024**2
_LONGEST_CUT = 16 * 1024**2


def _without_plain(chunks: Iterator[bytes], reader: _Rows) -> Iterator[bytes]:
    """The XML of a sheet without its plain rows, which the reader takes on the way, each in its place.

    To read a cell with a parser takes five calls. Nearly every row of nearly every file has one form, and is cut; the
    parser gets all else, so that a file is as sound as it would be with these rows in it.
    """
    rest = b""
    for chunk in chunks:
        rest += chunk
        if _DATA in rest or len(rest) > _LONGEST_HEAD:
            break
    head, data, rest = rest.partition(_DATA)
    yield head + data
    plain = bool(data) and b"<!" not in head and _is_utf8(head)
    for chunk in chain([b""], chunks):
        rest += chunk
        if plain:
            cut = rest.rfind(_END.encode()) + len(_END)
            if cut < len(_END):
                plain = len(rest) < _LONGEST_CUT
            else:
                plain, left = yield from _cut(rest[:cut], reader)
                rest = left + rest[cut:]
        if not plain:
            yield rest
            rest = b""
    yield rest


def _is_utf8(head: bytes) -> bool:
    """Whether the head of a document says that it is UTF-8, or nothing of it."""
    found = _ENCODING.search(head)
    return head.lstrip(b"\xef\xbb\xbf").startswith(b"<") and (not found or found[1].upper() == b"UTF-8")


def _cut(block: bytes, reader: _Rows) -> Generator[bytes, None, tuple[bool, bytes]]:
    """Take the plain rows of a block; what has to be parsed is given. Returns whether to go on, and what is left."""
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return False, block
    if any(mark in block for mark in _NOT_CUT) or len(block.translate(None, _CONTROL)) < len(block):
        return False, block
    at = lines = 0
    while at < len(text):
        row = _ROW.match(text, at)
        end = (row.end() if row[3] else text.find(_END, row.end()) + len(_END)) if row else -1
        cells = text[row.end() : end - len(_END)] if row and not row[3] else ""
        if row is not None and end >= row.end() and reader.take(row, cells):
            lines += text.count("\n", at, end)
            at = end
            continue
        yield b"\n" * lines  # so that the parser counts lines as if it had seen all
        lines = 0
        if row is None or end < row.end() or _BEGIN in cells:
            return False, text[at:].encode()
        yield text[at:end].encode()
        at = end
    yield b" " + b"\n" * lines  # so that what was taken is handed on
    return True, b""


_ENCODING = re.compile(rb"^[^>]*encoding\s*=\s*[\"']([^\"']*)")


def rows_of(container: Container, path: str, workbook: Workbook) -> Iterator[SheetRow]:
    """The rows of a sheet that hold something.

    Raises:
        ReadError: It is damaged, or goes beyond the bounds.
    """
    reader = _Rows(container.file, workbook)
    for _ in feed(container.file, _without_plain(iter(container.chunks(path)), reader), reader):
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
