"""Workbooks of Excel 97 to 2003 (.xls): texts by python-calamine, all else from the records of the file.

The library gives an error cell as an empty one and forgets number formats. The records are walked through first, so
the size is known before memory is taken for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec

from careassure.errors import MissingExtraError, ReadError
from careassure.io.files import path_of, read_bytes
from careassure.tables.container import damaged, too_large
from careassure.tables.ole import LARGEST, open_streams, workbook_stream
from careassure.tables.sheets import Sheet, SheetRow
from careassure.tables.xls_records import SheetRecords, records_of

MOST_CELLS = 4_000_000
"""The most cells of all sheets, blank ones between others too: the library makes room for each."""
_LONGEST = 60
"""How many seconds the library may take."""


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
    texts = cache(partial(_texts, path, file, at))  # another process, and so once
    return Sheet(records.name, records.hidden, lambda: _rows(records, texts), lambda: records.look)


def _rows(records: SheetRecords, read: Callable[[], dict[tuple[int, int], str]]) -> Iterator[SheetRow]:
    texts = read() if records.texts else {}
    number, cells = -1, [""]
    for row, column in sorted({*records.values, *texts}):
        if row != number:
            if number >= 0:
                yield SheetRow(number + 1, cells)
            number, cells = row, []
        cells.extend([""] * (column - len(cells)))
        cells.append(records.values.get((row, column)) or texts.get((row, column), ""))
    if number >= 0:
        yield SheetRow(number + 1, cells)


_READ = """
import io, json, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))
except (ImportError, OSError, ValueError):
    pass
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
sheet = book.get_sheet_by_index(int(sys.argv[1]))
top, left = sheet.start or (0, 0)
rows = enumerate(sheet.to_python(skip_empty_area=True), top)
cells = ((row, column, cell) for row, found in rows for column, cell in enumerate(found, left))
json.dump([cell for cell in cells if isinstance(cell[2], str) and cell[2]], sys.stdout)
"""


def _texts(path: str | os.PathLike[str], file: str, at: int) -> dict[tuple[int, int], str]:
    """The texts of a sheet by row and column, counted from 0.

    The library ends the whole program where a damaged file makes it ask for too much memory, so it runs in another one.
    """
    command = [sys.executable, "-P", "-c", _READ, str(at)]
    try:
        done = subprocess.run(  # noqa: S603  (a script of ours, and a number)
            command, input=read_bytes(path, LARGEST), capture_output=True, timeout=_LONGEST, check=True
        )
        return {(row, column): text for row, column, text in json.loads(done.stdout)}
    except (subprocess.SubprocessError, ValueError) as error:
        if isinstance(error, ReadError):
            raise
        raise damaged(file) from None
    except OSError:
        hint = "Save the file as .xlsx"
        raise ReadError("no other program can be started, which .xls files need", where=file, hint=hint) from None
