"""Workbooks of Excel 97 to 2003 (.xls): texts by python-calamine, all else from the records of the file.

The library gives an error cell as an empty one and forgets number formats. The records are walked through first, so
the size is known before memory is taken for it.
"""

from __future__ import annotations

import io
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from careassure.errors import MissingExtraError
from careassure.io.files import path_of, read_bytes
from careassure.tables.container import damaged, too_large
from careassure.tables.ole import LARGEST, open_streams, workbook_stream
from careassure.tables.sheets import Sheet, SheetRow
from careassure.tables.xls_records import SheetRecords, records_of

MOST_CELLS = 4_000_000
"""The most cells of all sheets, blank ones between others too: the library makes room for each."""


def sheets_of(path: str | os.PathLike[str]) -> tuple[Sheet, ...]:
    """The sheets of a workbook that hold cells.

    Raises:
        ReadError: It is encrypted or damaged, or goes beyond the bounds.
        MissingExtraError: python-calamine is not installed.
    """
    file = os.path.basename(path_of(path))  # noqa: PTH119
    _library(file)
    found = records_of(file, workbook_stream(open_streams(path)))
    if sum(sheet.size for sheet in found) > MOST_CELLS:
        raise too_large(file, f"its sheets cover more than {MOST_CELLS:,} cells")
    return tuple(_sheet(path, file, at, sheet) for at, sheet in enumerate(found) if sheet.worksheet)


def _library(file: str) -> None:
    if find_spec("python_calamine") is None:
        raise MissingExtraError(
            "files of Excel 97 to 2003 (.xls) need python-calamine, which is not installed",
            where=file,
            hint="Run: pip install python-calamine, or save the file as .xlsx",
        )


def _sheet(path: str | os.PathLike[str], file: str, at: int, records: SheetRecords) -> Sheet:
    return Sheet(records.name, records.hidden, lambda: _rows(path, file, at, records), lambda: records.look)


def _rows(path: str | os.PathLike[str], file: str, at: int, records: SheetRecords) -> Iterator[SheetRow]:
    texts = _texts(path, file, at) if records.texts else {}
    places = sorted({*records.values, *texts})
    number, cells = -1, [""]
    for row, column in places:
        if row != number:
            if number >= 0:
                yield SheetRow(number + 1, cells)
            number, cells = row, []
        cells.extend([""] * (column - len(cells)))
        cells.append(records.values.get((row, column)) or texts.get((row, column), ""))
    if number >= 0:
        yield SheetRow(number + 1, cells)


def _texts(path: str | os.PathLike[str], file: str, at: int) -> dict[tuple[int, int], str]:
    """The texts of a sheet by row and column, counted from 0."""
    from python_calamine import CalamineWorkbook

    with _told(file), CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path, LARGEST))) as workbook:
        sheet = workbook.get_sheet_by_index(at)
        top, left = sheet.start or (0, 0)
        return {
            (top + row, left + column): value
            for row, cells in enumerate(sheet.to_python(skip_empty_area=True))
            for column, value in enumerate(cells)
            if isinstance(value, str) and value
        }


@contextmanager
def _told(file: str) -> Generator[None]:
    """Whatever the library raises, told as an error of ours. Its panics are no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(file) from None
        raise
