"""The records of a workbook of Excel 97 to 2003 (Microsoft's MS-XLS): numbers, errors, and how sheets look.

Texts are not read here: python-calamine does that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from decimal import Decimal

from attrs import Factory, define

from careassure.tables.container import damaged, locked
from careassure.tables.sheets import MOST_COLUMNS, Area, Look, spans
from careassure.tables.values import Shown, number_text, shown_as

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC
_XF, _FORMAT, _DATEMODE = 0x00E0, 0x041E, 0x0022
_ROW, _COLINFO, _MERGED = 0x0208, 0x007D, 0x00E5
_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x0006, 0x0205, 0x0203, 0x027E, 0x00BD
_TEXTS = frozenset({0x00FD, 0x0204, 0x00D6})
"""Cells with text: LABELSST, LABEL, RSTRING."""


@define(eq=False)
class SheetRecords:
    """What the records of a sheet tell.

    Args:
        name: Its name.
        hidden: Whether it is hidden.
        worksheet: Whether it holds cells, and not a chart or macros.
        values: The text of each cell that holds a number, a truth value or an error, by row and column from 0.
        texts: The cells that hold text.
        rows: Its hidden rows, counted from 1.
        columns: Its hidden columns, counted from 0.
        merged: Its merged cells.
    """

    name: str
    hidden: bool
    worksheet: bool
    values: dict[tuple[int, int], str] = Factory(dict)
    texts: set[tuple[int, int]] = Factory(set)
    rows: set[int] = Factory(set)
    columns: set[int] = Factory(set)
    merged: list[Area] = Factory(list)

    @property
    def look(self) -> Look:
        """How it looks."""
        return Look(spans(sorted(self.rows)), spans(sorted(self.columns)), tuple(self.merged))

    @property
    def size(self) -> int:
        """How many cells lie in the rectangle around those that hold something."""
        rows = [row for row, _ in (*self.values, *self.texts)]
        columns = [column for _, column in (*self.values, *self.texts)]
        return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def records_of(file: str, data: bytes) -> tuple[SheetRecords, ...]:
    """The sheets of a workbook, from its records.

    Raises:
        ReadError: It is encrypted or damaged.
    """
    try:
        return _Book(file, data).sheets()
    except (struct.error, IndexError):
        raise damaged(file) from None


class _Book:
    def __init__(self, file: str, data: bytes) -> None:
        self._file = file
        self._data = data
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._epoch_1904 = False

    def _records(self, start: int) -> Iterator[tuple[int, bytes]]:
        """The records from an offset to the end of the part of the file that begins there."""
        depth = 0
        at = start
        while at + 4 <= len(self._data):
            kind, length = struct.unpack_from("<HH", self._data, at)
            at += 4
            depth += (kind == _BOF) - (kind == _EOF)
            yield kind, self._data[at : at + length]
            at += length
            if depth <= 0:
                return
        raise damaged(self._file)

    def sheets(self) -> tuple[SheetRecords, ...]:
        found: list[tuple[int, SheetRecords]] = []
        for kind, body in self._records(0):
            if kind == _FILEPASS:
                raise locked(self._file)
            if kind == _BOUNDSHEET:
                start, state, what, long, wide = struct.unpack_from("<LBBBB", body)
                raw = body[8 : 8 + long * (1 + (wide & 1))]
                name = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
                found.append((start, SheetRecords(name, bool(state & 3), not what)))
            elif kind == _XF:
                self._styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == _FORMAT:
                number, long, wide = struct.unpack_from("<HHB", body)
                raw = body[5 : 5 + long * (1 + (wide & 1))]
                self._codes[number] = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
            elif kind == _DATEMODE:
                self._epoch_1904 = struct.unpack_from("<H", body)[0] == 1
            elif kind == _SST and struct.unpack_from("<L", body, 4)[0] > len(self._data) // 3:
                raise damaged(self._file)  # it claims more texts than there is room for
        for start, sheet in found:
            if sheet.worksheet:
                for kind, body in self._records(start):
                    self._take(sheet, kind, body)
        return tuple(sheet for _, sheet in found)

    def _take(self, sheet: SheetRecords, kind: int, body: bytes) -> None:
        if kind == _ROW:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                sheet.rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLINFO:
            start, end, _, _, look = struct.unpack_from("<5H", body)
            if look & 1:
                sheet.columns.update(range(start, min(end + 1, MOST_COLUMNS)))
        elif kind == _MERGED:
            (count,) = struct.unpack_from("<H", body)
            for at in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * at)
                sheet.merged.append(Area(top + 1, left, bottom + 1, right))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", body)
            for place in range((len(body) - 6) // 6):
                style, number = struct.unpack_from("<HL", body, 4 + 6 * place)
                sheet.values[row, column + place] = self._number(_rk(number), style)
        elif kind in {_FORMULA, _BOOLERR, _NUMBER, _RK} or kind in _TEXTS:
            self._take_cell(sheet, kind, body)

    def _take_cell(self, sheet: SheetRecords, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        place = row, column
        if kind in _TEXTS:
            sheet.texts.add(place)
        elif kind == _BOOLERR:
            value, is_error = struct.unpack_from("<BB", body, 6)
            sheet.values[place] = _ERRORS.get(value, "#VALUE!") if is_error else "TRUE" if value else "FALSE"
        elif kind == _RK:
            sheet.values[place] = self._number(_rk(struct.unpack_from("<L", body, 6)[0]), style)
        elif kind == _FORMULA and body[12:14] == b"\xff\xff":
            if body[6] == 0:
                sheet.texts.add(place)
            elif body[6] == 1:
                sheet.values[place] = "TRUE" if body[8] else "FALSE"
            elif body[6] == 2:
                sheet.values[place] = _ERRORS.get(body[8], "#VALUE!")
        else:
            sheet.values[place] = self._number(repr(struct.unpack_from("<d", body, 6)[0]), style)

    def _number(self, text: str, style: int) -> str:
        number = self._styles[style] if style < len(self._styles) else 0
        shown: Shown = shown_as(number, self._codes.get(number))
        try:
            return number_text(text, shown, epoch_1904=self._epoch_1904)
        except ValueError:
            raise damaged(self._file, "it is damaged: a number in it is none") from None


def _rk(number: int) -> str:
    """A number in the short form of Excel: a whole number or the upper half of a float, perhaps in hundredths."""
    if number & 2:
        whole = number >> 2
        value: float = whole - (1 << 30) if whole & (1 << 29) else whole
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))
    return str(Decimal(repr(value)) / 100) if number & 1 else repr(value)
