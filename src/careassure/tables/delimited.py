"""Delimited text: CSV and its like, read strictly and in pieces, so that a file may be larger than memory."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator
from itertools import islice

from attrs import frozen

from careassure.errors import Place, ReadError
from careassure.io.files import path_of
from careassure.tables.decoding import (
    LONGEST_ROW,
    Lines,
    NullError,
    TooLongError,
    UnreadableError,
    find_encoding,
    is_text,
    known_encoding,
    open_binary,
    unreadable,
)
from careassure.tables.dialect import (
    ONE_COLUMN,
    find_separator,
    refuse_other_text,
    separator_in_words,
    separator_of,
    stated_separator,
)
from careassure.tables.headers import Headings, find_headings
from careassure.tables.rows import lines_of
from careassure.tables.table import FOUND, Layout, Options, TableFile

_START = 4096
"""How many bytes are looked at to find how text is encoded."""
_FIRST_LINES = 200
"""How many lines are looked at to find what stands between cells."""
_FIRST_CHARACTERS = 1 << 18
"""After how many characters of them no further line is looked at."""
_CLOSE = "Check for a quotation mark that is not closed"


def open_delimited(path: str | os.PathLike[str], options: Options = FOUND) -> TableFile:
    """A table of delimited text.

    Raises:
        ReadError: It cannot be read, is not text, or holds no column headers; or what a person says of it is wrong.
        InvalidTableError: Its column headers do not tell its columns apart.
    """
    source = _source(path_of(path), options)
    records = _records(source)
    try:
        headings = find_headings(records, source.file, options.header_row)
    finally:
        records.close()
    layout = Layout(
        source.file, "delimited", headings.names, headings.row, source.separator.strip(ONE_COLUMN), source.encoding,
        notes=(*source.notes, *_one_cell(headings, options), *headings.notes), above=headings.above,
    )  # fmt: skip
    return TableFile(layout, lambda: lines_of(_records(source), headings, source.file))


@frozen
class _Source:
    """A file and how it is read.

    Args:
        path: Its path.
        file: Its name, for messages.
        encoding: How its text is encoded.
        separator: What stands between its cells.
        states: Whether its first line only states the separator, which spreadsheets do not count as a row.
        notes: What was decided.
    """

    path: str
    file: str
    encoding: str
    separator: str
    states: bool
    notes: tuple[str, ...]


def _source(path: str, options: Options) -> _Source:
    given = options.separator and separator_of(options.separator, path)
    if options.sheet is not None:
        raise ReadError("it is delimited text and has no sheets", where=path, hint="Leave out --sheet")
    with open_binary(path) as stream:
        try:
            start = stream.read(_START)
            stream.seek(0)
            encoding = known_encoding(options.encoding, path, start) if options.encoding else find_encoding(start)
            if not is_text(start, encoding):
                raise ReadError("it is not text", where=path, hint="Give a table: CSV UTF-8 or a spreadsheet")
            first = _first_lines(Lines(stream, encoding))
        except OSError as error:
            raise unreadable(path, error) from None
    refuse_other_text("".join(first[:5]), path)
    stated = stated_separator(first[0]) if first else ""
    separator = given or stated or find_separator(first)
    notes = [f"Its text is {encoding[:6].upper()}."] if encoding.startswith(("utf-16", "utf-32")) else []
    if stated:
        notes.append(f"Its first line states the separator, {stated!r}. Rows are counted without that line.")
    elif not given and separator not in {",", ONE_COLUMN}:
        notes.append(f"Its cells are separated by {separator_in_words(separator)}.")
    file = os.path.basename(path)  # noqa: PTH119
    return _Source(path, file, encoding, separator, bool(stated), tuple(notes))


def _first_lines(lines: Lines) -> list[str]:
    """The lines that the dialect is found from; what is wrong with the text is told when its rows are read."""
    found: list[str] = []
    size = 0
    try:
        for line in islice(lines, _FIRST_LINES):
            found.append(line)
            size += len(line)
            if size > _FIRST_CHARACTERS:
                break
    except (UnreadableError, NullError, TooLongError):
        pass
    return found


def _one_cell(headings: Headings, options: Options) -> tuple[str, ...]:
    """What is said where a separator was given that the column headers do not have, and another seems to part them."""
    other = find_separator([headings.names[0]]) if options.separator and headings.width == 1 else ONE_COLUMN
    if other == ONE_COLUMN:
        return ()
    return (f"Row {headings.row:,} has one cell. It seems to be separated by {separator_in_words(other)}.",)


def _records(source: _Source) -> Generator[tuple[int, list[str]]]:
    """Each row with its number, blank ones too. A line break inside a cell does not begin a new row."""
    with open_binary(source.path) as stream:
        lines = Lines(stream, source.encoding)
        each = iter(lines)
        if source.states:
            next(each, None)
        reader = csv.reader(each, delimiter=source.separator, strict=True)
        try:
            for row in enumerate(reader, 1):
                lines.row = row[0]
                yield row
        except OSError as error:
            raise unreadable(source.path, error) from None
        except (csv.Error, UnreadableError, NullError, TooLongError) as error:
            line = reader.line_num + 1 + source.states
            raise _fault(error, Place(source.file, lines.row + 1), line, source.encoding) from None


def _fault(error: Exception, where: Place, line: int, encoding: str) -> ReadError:
    """What is wrong with the row after the last that could be read."""
    if isinstance(error, UnreadableError):
        return _not_text(error, where, line, encoding)
    if isinstance(error, NullError):
        hint = "Check that it is text, and that it is not damaged"
        return ReadError("it holds a null character, which text does not", where=where, hint=hint)
    text = str(error)
    if isinstance(error, TooLongError):
        message, hint = f"the row has more than {LONGEST_ROW:,} characters", _CLOSE
    elif "end of data" in text:
        message = "a quotation mark opens in this row and is not closed"
        hint = "Close it, or double it if it belongs to the text"
    elif "limit" in text:
        message, hint = f"a cell has more than {csv.field_size_limit():,} characters", _CLOSE
    elif "expected after" in text:
        message = "text follows a closing quotation mark"
        hint = "Close each quotation mark before the separator, and double those inside a cell"
    else:
        message, hint = f"it cannot be read as cells: {text}", _CLOSE
    return ReadError(message, where=where, hint=hint)


def _not_text(error: UnreadableError, where: Place, line: int, encoding: str) -> ReadError:
    """A byte that is not text in this encoding, and what it may be instead."""
    name = encoding.removesuffix("-sig").upper() if encoding.startswith("utf") else encoding
    at = f" in line {line:,}" if line != where.row else ""
    message = f"byte {error.byte + 1:,}{at} ({error.value:#04x}) is not {name} text"
    if not encoding.startswith("utf-8"):
        return ReadError(message, where=where, hint='Save it as "CSV UTF-8", or name its encoding with --encoding')
    if error.likely:
        message += f'. In windows-1252, which Excel often writes, it reads "{error.likely}"'
    return ReadError(message, where=where, hint='Save it as "CSV UTF-8", or give --encoding windows-1252')
