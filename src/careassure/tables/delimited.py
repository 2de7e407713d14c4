"""Delimited text: CSV and its like, read strictly and in pieces, so that a file may be larger than memory."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from itertools import chain, islice
from typing import TextIO

from attrs import evolve

from careassure.errors import Place, Problem, ReadError
from careassure.io.files import open_file, path_of
from careassure.tables.table import FOUND, Layout, Line, Options, TableFile

SEPARATORS = (",", ";", "\t", "|")
"""What is tried, in this order, where nobody says what stands between cells."""


def open_delimited(path: str | os.PathLike[str], options: Options = FOUND) -> TableFile:
    """A table of delimited text.

    Raises:
        ReadError: It cannot be read, is not text, or holds no column headers.
    """
    name = path_of(path)
    encoding = options.encoding or _encoding(name)
    layout = Layout(os.path.basename(name), "delimited", (), 1, options.separator or "", encoding)  # noqa: PTH119
    if not layout.separator:
        with _open(name, encoding) as stream:
            layout = evolve(layout, separator=_separator(stream.readline()))
    headers = next((cells for number, cells in _records(name, layout) if number == (options.header_row or 1)), [])
    if not any(headers):
        raise ReadError("it holds no column headers", where=name, hint="Put them into its first row")
    layout = evolve(layout, headers=tuple(cell.strip() for cell in headers), header_row=options.header_row or 1)
    return TableFile(layout, lambda: _lines(name, layout))


def _encoding(name: str) -> str:
    with os.fdopen(open_file(name), "rb") as stream:
        start = stream.read(4)
    return "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _open(name: str, encoding: str) -> TextIO:
    return io.TextIOWrapper(os.fdopen(open_file(name), "rb"), encoding=encoding, newline="")


def _separator(line: str) -> str:
    return max(SEPARATORS, key=line.count)


def _records(name: str, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    with _open(name, layout.encoding) as stream:
        try:
            yield from enumerate(csv.reader(stream, delimiter=layout.separator, strict=True), 1)
        except UnicodeDecodeError as error:
            raise ReadError(f"it is not {layout.encoding} text: {error.reason}", where=name) from None
        except csv.Error as error:
            raise ReadError(f"the CSV is wrong: {error}", where=name) from None


def _lines(name: str, layout: Layout) -> Iterator[Line]:
    wanted = len(layout.headers)
    for number, cells in islice(chain(_records(name, layout)), layout.header_row, None):
        if not any(cell.strip() for cell in cells):
            continue
        problems: tuple[Problem, ...] = ()
        if len(cells) != wanted:
            message = f"it has {len(cells):,} cells for {wanted:,} column headers"
            problems = (Problem(Place(layout.file, number), message, "Put text with commas in quotation marks"),)
        yield Line(number, tuple(cells), problems)
