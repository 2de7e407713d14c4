"""Open a table, whatever kind of file it is in. What it is is seen from what it holds, not from its ending."""

from __future__ import annotations

import os
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import evolve

from careassure.errors import Place, ReadError
from careassure.io.files import open_file, path_of, reason_of
from careassure.tables.container import Container, kept_open, locked, open_container
from careassure.tables.delimited import open_delimited
from careassure.tables.ole import SIGNATURE, open_streams
from careassure.tables.table import FOUND, Kind, Options, TableFile

if TYPE_CHECKING:
    from careassure.tables.spreadsheet import Book

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_SAVE = "Open it in Excel or LibreOffice, and save it as .xlsx"
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".xltx", ".ots")
_OTHERS = (
    (b"%PDF", "it is a PDF file", "Copy the table into a spreadsheet"),
    (b"PAR1", "it is a Parquet file, and here text or a spreadsheet is read", "Save it as CSV UTF-8"),
    (b"ARROW1", "it is an Arrow file, and here text or a spreadsheet is read", "Save it as CSV UTF-8"),
    (b"\x1f\x8b", "it is packed with gzip", "Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive", "Unpack it, and name the table in it"),
    (b"Rar!", "it is a RAR archive", "Unpack it, and name the table in it"),
    (b"\x09\x08\x10\x00", "it was made by an old Excel", _SAVE),
    (b"\x09\x08\x08\x00", "it was made by an old Excel", _SAVE),
    (b"\x09\x04\x06\x00", "it was made by an old Excel", _SAVE),
    (b"\x09\x02\x06\x00", "it was made by an old Excel", _SAVE),
    (b"\x09\x00\x04\x00", "it was made by an old Excel", _SAVE),
)
"""What is known by how it begins, and what to do about it."""
_WEB_PAGE = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table|<div)\b", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b")


def open_table(path: str | os.PathLike[str], options: Options = FOUND) -> TableFile:
    """The table in a file: delimited text, or a sheet of a spreadsheet. What it is is seen from what it holds.

    Args:
        path: The file, by exactly this name: no sign in it is a pattern.
        options: What a person says of its layout.

    Raises:
        ReadError: It cannot be read, or it holds no table.
        InvalidTableError: Its column headers do not tell its columns apart.
        MissingExtraError: It is a spreadsheet, and the library that reads them is not installed.
    """
    name = path_of(path)
    kind, source = _kind(name)
    if source is not None:
        from careassure.tables.spreadsheet import open_spreadsheet

        return open_spreadsheet(source, kind, options)
    file = os.path.basename(name)  # noqa: PTH119
    if options.sheet is not None:
        raise ReadError("it is text, and has no sheets", where=Place(file), hint="Leave --sheet out")
    table = open_delimited(path, options)
    if not name.lower().endswith(_ENDINGS):
        return table
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    note = f"It holds delimited text, although its name ends in {ending}."
    return evolve(table, layout=evolve(table.layout, notes=(note, *table.layout.notes)))


def sheets_in(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """The names of the sheets of a spreadsheet that can be seen and hold a table; none of anything else.

    Raises:
        ReadError: It cannot be read.
        MissingExtraError: It is a spreadsheet, and the library that reads them is not installed.
    """
    source = _kind(path_of(path))[1]
    if source is None:
        return ()
    from careassure.tables.spreadsheet import tables_of

    return tuple(sheet.name for sheet in tables_of(source))


@contextmanager
def open_book(path: str | os.PathLike[str]) -> Generator[Book | None]:
    """A spreadsheet of which several sheets are read, kept open meanwhile; None where the file is none.

    Raises:
        ReadError: It cannot be read.
        MissingExtraError: It is a spreadsheet, and the library that reads them is not installed.
    """
    kind, source = _kind(path_of(path))
    if source is None:
        yield None
        return
    from careassure.tables.spreadsheet import Book

    if isinstance(source, str):
        yield Book(source, kind)
        return
    with kept_open(source) as container:
        yield Book(container, kind)


def _kind(name: str) -> tuple[Kind, Container | str | None]:
    """What a file is, and what a spreadsheet is read from.

    Raises:
        ReadError: It is something that holds no table, or none that can be read.
    """
    file = os.path.basename(name)  # noqa: PTH119
    start = _start(name)
    if start.startswith(_ZIP):
        return _zip_kind(open_container(name))
    if start.startswith(SIGNATURE):
        return _ole_kind(name, file)
    for begin, message, hint in _OTHERS:
        if start.startswith(begin):
            raise ReadError(message, where=Place(file), hint=hint)
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(plain):
        raise ReadError("it is a web page, whatever its name ends in", where=Place(file), hint=_SAVE)
    if _XML.match(plain):
        raise ReadError("it is XML, not a table that can be read", where=Place(file), hint=_SAVE)
    return "delimited", None


def _start(name: str) -> bytes:
    with os.fdopen(open_file(name), "rb") as stream:
        try:
            return stream.read(512) or b""
        except OSError as error:
            hint = "Check its permissions"
            raise ReadError(f"it cannot be read: {reason_of(error)}", where=name, hint=hint) from None


def _zip_kind(container: Container) -> tuple[Kind, Container]:
    parts = container.parts
    place = Place(container.file)
    if "xl/workbook.bin" in parts:
        raise ReadError("it is a binary workbook (.xlsb)", where=place, hint=_SAVE)
    if "[Content_Types].xml" in parts and any(name.startswith("xl/") for name in parts):
        return "xlsx", container
    mimetype = container.read("mimetype", 1000) if "mimetype" in parts else b""
    if mimetype.strip().startswith(_SHEET):
        return "ods", container
    words = "[Content_Types].xml" in parts or mimetype.startswith(b"application/vnd.oasis.opendocument")
    if words:
        raise ReadError("it is a document, not a spreadsheet", where=place, hint="Copy the table into a spreadsheet")
    raise ReadError("it is a zip archive, not a table", where=place, hint="Unpack it, and name the table in it")


def _ole_kind(name: str, file: str) -> tuple[Kind, str]:
    streams = open_streams(name)
    if "EncryptedPackage" in streams.found:
        raise locked(file)
    if not {"Workbook", "Book"} & streams.found.keys():
        raise ReadError("it is a document, not a spreadsheet", where=Place(file), hint="Copy the table out of it")
    return "xls", name
