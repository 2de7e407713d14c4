"""Rows of an OpenDocument spreadsheet in the plain form that large ones have, cut out of the text.

CQC's ratings are 1.06 GB of XML, nine million cells, and nearly all of it is the same few runs of tags between two
texts. So a row is cut at the ends of its texts, and what lies between them is looked up: a run of tags is taken apart
once, by a grammar that knows a few forms and attributes and nothing else. A row that has anything else goes to the true
parser, row by row; where even that cannot be, because tags lie around several rows, the whole table does. What the two
readers give is the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from careassure.errors import ReadError
from careassure.tables.container import CHUNK, too_large
from careassure.tables.markup import feed
from careassure.tables.ods_cells import MOST_COPIES, TableRows, cell_text
from careassure.tables.sheets import MOST_COLUMNS, MOST_ROWS, SheetRow

LONGEST_ROW = 16 * 1024**2
"""The most characters of a row that is cut; a longer one goes to the parser."""
_MOST_RUNS = 20_000
SLAB = 1024**2
"""How many bytes of a document are cut at once."""
FEW_RUNS = 64
"""Up to so many runs of tags are worth being looked for one by one in a whole slab."""
_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {f"xmlns:{name}=": f'xmlns:{name}="{_URN}{name}:1.0"' for name in ("office", "table", "text")}
_DECLARED = re.compile(r"\ufeff?(?:<\?xml [^<>?]*\?>)?")
_ENCODING = re.compile(r"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_TABLE, _TABLE_END = "<table:table ", "</table:table>"
_ROW, _ROW_END = "<table:table-row", "</table:table-row>"
_TEXT, _TEXT_END = "<text:p>", "</text:p>"
_ATTRIBUTES = r'((?: [a-z]+:[a-z-]+="[^"<>&\t\n\r]*")*)'
_BEFORE_ROWS = re.compile(r"(?:<(?:table:table-column|office:forms)[^<>]*/>|</?table:table-columns>|\s)*")
_RUN = re.compile(
    rf"\s*(?:</table:table-cell>|<table:table-row{_ATTRIBUTES}>)"
    rf"((?:\s*<table:(?:covered-)?table-cell(?: [a-z]+:[a-z-]+=\"[^\"<>&\t\n\r]*\")*/>)*)"
    rf"\s*(?:<table:table-cell{_ATTRIBUTES}>\s*)?"
)
_BLANK = re.compile(rf"<table:(?:covered-)?table-cell{_ATTRIBUTES}/>")
_ATTRIBUTE = re.compile(r' ([a-z]+:[a-z-]+)="([^"]*)"')
_LOOKS = frozenset({"table:style-name", "table:content-validation-name"})
_BLANK_KNOWN = _LOOKS | {"table:number-columns-repeated"}
_SPANNED = frozenset({"table:number-columns-spanned", "table:number-rows-spanned"})
_CELL_KNOWN = (
    _LOOKS
    | _SPANNED
    | {
        "office:value-type",
        "calcext:value-type",
        "office:value",
        "office:currency",
        "office:date-value",
        "office:time-value",
        "office:boolean-value",
    }
)
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos);|#([1-9][0-9]{0,6});|#x([0-9A-Fa-f]{1,6});|)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Odd(Exception):  # noqa: N818  (no error: the parser is asked instead)
    """Something that is not in the plain form."""


class _Run(NamedTuple):
    """What a run of tags between two texts means: blank cells, and the cell that the next text is in."""

    blanks: int
    cell: dict[str, str] | None  # None for plain text, which needs no more looking at


def _attributes(text: str, known: frozenset[str]) -> dict[str, str] | None:
    """The attributes of a tag; None where one of them is not known."""
    found = dict(_ATTRIBUTE.findall(text))
    return found if known.issuperset(found) else None


def _run(text: str) -> _Run | None:
    """What a run of tags means; None where it is not in the plain form."""
    found = _RUN.fullmatch(text)
    if not found or _attributes(found[1] or "", _LOOKS) is None:
        return None
    blanks = 0
    for blank in _BLANK.finditer(found[2]):
        attributes = _attributes(blank[1], _BLANK_KNOWN)
        times = attributes.get("table:number-columns-repeated", "1") if attributes is not None else ""
        if not times.isdecimal() or not 1 <= int(times[:8]) <= MOST_COLUMNS:
            return None
        blanks += int(times)
    if blanks > MOST_COLUMNS:
        return None
    if found[3] is None:
        return _Run(blanks, {})
    cell = _attributes(found[3], _CELL_KNOWN)
    kind = (cell or {}).get("office:value-type")
    if cell is None or kind is None or cell.get("calcext:value-type", kind) != kind:
        return None
    if kind == "string":
        return _Run(blanks, None)
    return _Run(blanks, {name.partition(":")[2]: value for name, value in cell.items() if name[:8] != "calcext:"})


class PlainRows:
    """Cuts rows into their cells, and keeps what it learned of the tags between them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._runs: dict[str, _Run | None] = {}
        self._commonest = "\0"  # the run of tags, with the start of the text, that lies between most texts

    @property
    def runs(self) -> dict[str, int]:
        """The runs of tags around plain text that were met, with their blank cells; none where there are many."""
        if len(self._runs) > FEW_RUNS:
            return {}
        plain = {run: found for run, found in self._runs.items() if found and not found.cell}
        commonest = self._commonest.removesuffix(_TEXT)
        first = sorted(plain.items(), key=lambda pair: pair[0] != commonest)  # what is left for the others is short
        return {_whole_run(run, found): found.blanks for run, found in first}

    def cells(self, row: str) -> list[str] | None:
        """The cells of a row, up to the last that holds something; None where it is not in the plain form."""
        pieces = row.split(_TEXT_END)
        last = pieces.pop()
        common = self._commonest
        start = len(common)
        found: list[str] = []
        add = found.append
        for piece in pieces:
            if piece.startswith(common):
                add(piece[start:])
                continue
            run, mark, text = piece.partition(_TEXT)
            meaning = self._runs[run] if run in self._runs else self._learn(run)
            if not meaning or not mark:
                return None
            if meaning.blanks:
                found.extend([""] * meaning.blanks)
            if meaning.cell is None:
                add(text)
            elif not meaning.cell or "<" in text or "&" in text:
                return None
            else:
                add(cell_text(meaning.cell, text, self._file))
        end = self._runs[last] if last in self._runs else self._learn(last)
        if not end or end.cell != {}:
            return None
        together = "\n".join(found)
        if "<" in together or len(found) > MOST_COLUMNS:
            return None
        while found and not found[-1]:
            found.pop()
        if "&" in together:
            return _unescaped(found)
        return found

    def _learn(self, run: str) -> _Run | None:
        if len(self._runs) > _MOST_RUNS:  # numbers are in the tags, so there may be no end of them
            self._runs.clear()
        found = self._runs[run] = _run(run)
        if self._commonest == "\0" and found and not found.blanks and found.cell is None and run.startswith("</"):
            self._commonest = run + _TEXT
        return found


def _whole_run(run: str, found: _Run) -> str:
    """A run of tags from the end of one text, or the beginning of a row, to the next text or the end of the row."""
    start = "" if run.lstrip().startswith(_ROW) else _TEXT_END
    return f"{start}{run}{_TEXT if found.cell is None else _ROW_END}"


def _unescaped(cells: list[str]) -> list[str] | None:
    """Cells with the characters that entities stand for; None where there is another kind of entity."""
    try:
        return [_ENTITY.sub(_character, cell) if "&" in cell else cell for cell in cells]
    except LookupError:
        return None


def _character(entity: re.Match[str]) -> str:
    if entity[1]:
        return _NAMED[entity[1]]
    code = int(entity[2]) if entity[2] else int(entity[3], 16) if entity[3] else 0
    if code not in {9, 10} and not 32 <= code < 0xD800 and not 0xE000 <= code <= 0xFFFD:
        raise LookupError(code)
    return chr(code)


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            text = decoder.decode(chunk)
            if "\r" in text:
                raise Odd
            yield text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Odd from None


def _from_table(texts: Iterator[str], wanted: int) -> str:
    """The text from the first row of a table on, as far as it was read."""
    text = ""
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
            if "<!" in text[: max(end, 0) or len(text)] or 0 <= begin < end:
                raise Odd
            if begin < 0:
                text = text if end >= 0 or len(text) < 64 else _TABLE + text[-64:]
                break
            if end < 0:
                raise Odd
            text = text[begin:]
            tables += 1
        if tables == wanted and (at := text.find(_ROW)) >= 0:
            head = text.partition(">")[2]
            if not _BEFORE_ROWS.fullmatch(head[: head.find(_ROW)]):
                raise Odd
            return text[at:]
        if len(text) > LONGEST_ROW:
            raise Odd
    raise Odd


def _check_head(head: str) -> None:
    declared = _DECLARED.match(head)
    prologue = declared[0] if declared else ""
    if _ENCODING.search(prologue) or "<!" in head or "<?" in head[len(prologue) :]:
        raise Odd
    if any(head.count(name) != 1 or full not in head for name, full in _NAMESPACES.items()):
        raise Odd


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
        self._texts = _decoded(chunks)
        self._wanted = wanted
        self._rows = PlainRows(file)
        self._copies = 0

    @property
    def runs(self) -> dict[str, int]:
        """The runs of tags around plain text that were met, with their blank cells; none where there are many."""
        return self._rows.runs

    def slabs(self) -> Iterator[str]:
        """The rows of the table, many at once. The last slab may go beyond the table.

        Raises:
            Odd: The table is not in the plain form; `ods_cells.parsed_rows` reads it.
        """
        rest = _from_table(self._texts, self._wanted)
        while not self.done:
            end = rest.rfind(_ROW_END) + len(_ROW_END)
            if end >= len(_ROW_END):
                yield rest[:end]
                rest = rest[end:]
            if rest.lstrip().startswith(_TABLE_END):
                return
            more = "".join(islice(self._texts, SLAB // CHUNK))
            if not (more or self.done) or len(rest) > LONGEST_ROW:
                raise Odd
            rest += more

    def took(self, count: int) -> None:
        """So many rows were read by other means."""
        self.number += count

    def rows(self, slab: str) -> Iterator[SheetRow]:
        """The rows of a slab that hold something.

        Raises:
            Odd: The table is not in the plain form; `ods_cells.parsed_rows` reads it.
            ReadError: It goes beyond the bounds.
        """
        for row in slab.split(_ROW_END)[:-1]:
            cells = self._rows.cells(row)
            if cells is not None:
                self.number += 1
                if cells:
                    yield SheetRow(self.number, cells)
                continue
            if row.lstrip().startswith(_TABLE_END):
                self.done = True
                return
            yield from self._parsed(row)
        if self.number > MOST_ROWS:
            raise Odd

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
    markup = f"<spreadsheet><table>{row}{_ROW_END}</table></spreadsheet>".encode()
    try:
        for _ in feed(file, [markup], reader):
            pass
    except ReadError:
        raise Odd from None
    return reader
