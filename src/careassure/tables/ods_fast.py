"""Rows of an OpenDocument spreadsheet in the plain form that large ones have, cut out of the text.

CQC's ratings are 1.06 GB of XML, nine million cells, and nearly all of it is the same few runs of tags between two
texts. So a row is cut at the ends of its texts, and what lies between them is looked up: a run of tags is taken apart
once, by a grammar that knows a few forms and attributes and nothing else. A row that has anything else goes to the true
parser, row by row; where even that cannot be, because tags lie around several rows, the whole table does. What the two
readers give is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from careassure.errors import ReadError
from careassure.tables.container import CHUNK, too_large
from careassure.tables.markup import feed
from careassure.tables.ods_cells import MOST_COPIES, TableRows
from careassure.tables.ods_runs import ROW, ROW_END, PlainRows, Runs
from careassure.tables.sheets import MOST_ROWS, SheetRow

LONGEST_ROW = 16 * 1024**2
"""The most characters of a row that is cut; a longer one goes to the parser."""
SLAB = 2 * 1024**2
"""How many bytes of a document are cut at once."""
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {f"xmlns:{name}=": f'xmlns:{name}="{_URN}{name}:1.0"' for name in ("office", "table", "text")}
_DECLARED = re.compile(r"\ufeff?(?:<\?xml [^<>?]*\?>)?")
_ENCODING = re.compile(r"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_TABLE, _TABLE_END = b"<table:table ", b"</table:table>"
_ROW, _ROW_END = ROW.encode(), ROW_END.encode()
_BEFORE_ROWS = re.compile(rb"(?:<(?:table:table-column|office:forms)[^<>]*/>|</?table:table-columns>|\s)*+")
_HEAD_ROWS = re.compile(r"\s*<(/?)table:table-header-rows>\s*")
"""Around rows that are printed on every page. They are rows as others are."""
_HEAD_BEGINS = b"<table:table-header-rows>"
_ENDS = re.compile(rb"\s*(</table:table-header-rows>)?\s*</table:table>")


class Odd(Exception):  # noqa: N818  (no error: the parser is asked instead)
    """Something that is not in the plain form."""


def _plain(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        if b"\r" in chunk:  # it is a line end in XML, and stands for another
            raise Odd
        yield chunk


def _from_table(texts: Iterator[bytes], wanted: int) -> bytes:
    """The text from the first row of a table on, as far as it was read."""
    text = b""
    tables = -1
    for more in texts:
        text += more
        if tables < 0:  # the head of the document is whole once a table is there
            at = text.find(_TABLE)
            if at < 0:
                if len(text) > LONGEST_ROW:
                    raise Odd
                continue
            _check_head(text[:at])
            tables = 0
            text = text[at:]
        while tables < wanted:
            end, begin = text.find(_TABLE_END), text.find(_TABLE, 1)
            if b"<!" in text[: max(end, 0) or len(text)] or 0 <= begin < end:
                raise Odd
            if begin < 0:
                text = text if end >= 0 or len(text) < 64 else _TABLE + text[-64:]
                break
            if end < 0:
                raise Odd
            text = text[begin:]
            tables += 1
        if tables == wanted and (at := text.find(_ROW)) >= 0:
            begin = text.find(b">") + 1
            before = _BEFORE_ROWS.match(text, begin, at)
            first = before.end() if before else begin
            if text[first:at].strip() not in {b"", _HEAD_BEGINS}:
                raise Odd
            return text[first:]
        if len(text) > LONGEST_ROW:
            raise Odd
    raise Odd


def _check_head(written: bytes) -> None:
    head = _decoded(written)
    declared = _DECLARED.match(head)
    prologue = declared[0] if declared else ""
    if _ENCODING.search(prologue) or "<!" in head or "<?" in head[len(prologue) :]:
        raise Odd
    if any(head.count(name) != 1 or full not in head for name, full in _NAMESPACES.items()):
        raise Odd


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise Odd from None


class PlainTable:
    """A table that is read slab by slab: pieces of the document that hold whole rows.

    Whoever reads a slab by other means says with `took` how many rows it had.

    Args:
        file: The name of the file, for messages.
        chunks: The document's ``content.xml``.
        wanted: Which table, counted from 0.
    """

    def __init__(self, file: str, chunks: Iterable[bytes], wanted: int) -> None:
        self.number = 0
        self.done = False
        self._file = file
        self._chunks = _plain(chunks)
        self._wanted = wanted
        self._rows = PlainRows(file)
        self._copies = 0
        self._in_head = False

    def runs(self, slab: bytes) -> Runs:
        """The runs of tags that are commonest in a slab, among those that were met around plain texts."""
        return self._rows.runs(slab)

    def bordered(self, row: str) -> str | None:
        """A row with borders between its cells, as `PlainRows.bordered` gives it."""
        return self._rows.bordered(row)

    def slabs(self) -> Iterator[bytes]:
        """The rows of the table, many at once. The last slab may go beyond the table.

        Raises:
            Odd: The table is not in the plain form; `ods_cells.parsed_rows` reads it.
        """
        rest = _from_table(self._chunks, self._wanted)
        while not self.done:
            end = rest.rfind(_ROW_END) + len(_ROW_END)
            if end >= len(_ROW_END):
                slab, rest = rest[:end], rest[end:]
                yield slab
            if ends := _ENDS.match(rest):
                if self._in_head is not bool(ends[1]):
                    raise Odd
                return
            more = b"".join(islice(self._chunks, SLAB // CHUNK))
            if not (more or self.done) or len(rest) > LONGEST_ROW or self.number > MOST_ROWS:
                raise Odd
            rest += more

    def took(self, count: int) -> None:
        """So many rows were read by other means."""
        self.number += count

    def rows(self, slab: bytes) -> Iterator[SheetRow]:
        """The rows of a slab that hold something.

        Raises:
            Odd: The table is not in the plain form; `ods_cells.parsed_rows` reads it.
            ReadError: It goes beyond the bounds.
        """
        for row in _decoded(slab).split(ROW_END)[:-1]:
            cells = self._rows.cells(row)
            if cells is not None:
                self.number += 1
                if cells:
                    yield SheetRow(self.number, cells)
                continue
            row = self._without_head(row)  # noqa: PLW2901
            if row.lstrip().startswith(_TABLE_END.decode()):
                self.done = True
                if self._in_head:
                    raise Odd
                return
            yield from self._parsed(row)
        if self.number > MOST_ROWS:
            raise Odd

    def _without_head(self, row: str) -> str:
        """A row without the tags before it around rows that are printed on every page."""
        while found := _HEAD_ROWS.match(row):
            if self._in_head is not bool(found[1]):
                raise Odd  # in each other, or closed twice
            self._in_head = not self._in_head
            row = row[found.end() :]
        return row

    def _parsed(self, row: str) -> Iterator[SheetRow]:
        reader = _parsed(self._file, row, self.number)
        for found in reader.found:
            self._copies += len(found.cells) * (found.times - 1)
            if self._copies > MOST_COPIES:
                raise too_large(self._file, f"it repeats cells more than {MOST_COPIES:,} times")
            for each in range(found.number, found.number + found.times):
                yield SheetRow(each, found.cells, found.faults)
        self.number = reader.row


def plain_rows(file: str, chunks: Iterable[bytes], wanted: int) -> Iterator[SheetRow]:
    """The rows of a table that hold something.

    Args:
        file: The name of the file, for messages.
        chunks: The document's ``content.xml``.
        wanted: Which table, counted from 0.

    Raises:
        Odd: The table is not in the plain form; `ods_cells.parsed_rows` reads it.
        ReadError: It goes beyond the bounds.
    """
    table = PlainTable(file, chunks, wanted)
    for slab in table.slabs():
        yield from table.rows(slab)


def _parsed(file: str, row: str, number: int) -> TableRows:
    """A row by the true parser.

    Raises:
        Odd: It is not whole in itself.
    """
    reader = TableRows(file, 0, number)
    markup = f"<spreadsheet><table>{row}{ROW_END}</table></spreadsheet>".encode()
    try:
        for _ in feed(file, [markup], reader):
            pass
    except ReadError:
        raise Odd from None
    return reader
