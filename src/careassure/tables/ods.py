"""OpenDocument spreadsheets (.ods), as LibreOffice, Excel and CQC's publishing system write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import islice

from attrs import frozen

from careassure.errors import ReadError
from careassure.tables.container import CHUNK, Container, locked
from careassure.tables.markup import feed, local
from careassure.tables.ods_cells import parsed_rows
from careassure.tables.ods_fast import LONGEST_ROW, Odd, PlainTable, plain_rows
from careassure.tables.sheets import MOST_COLUMNS, MOST_ROWS, Area, Look, Sheet, SheetRow, spans
from careassure.tables.table import Block

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_MANIFEST = 16 * 1024**2
LOOKED_AT = 64 * 1024**2
"""How many bytes of a document are searched for hidden rows and merged cells."""
_MOST_MERGED = 100_000


@frozen
class Table:
    """A table of a document: its name and whether it is hidden."""

    name: str
    hidden: bool


def sheets_of(container: Container, wanted: str | None = None) -> tuple[Sheet, ...]:
    """The sheets of a document.

    Args:
        container: The file.
        wanted: The name of the sheet that is wanted: those after it are then not looked for.

    Raises:
        ReadError: It is encrypted or damaged, or goes beyond the bounds.
    """
    if _MANIFEST in container.parts and b"encryption-data" in container.read(_MANIFEST, _LARGEST_MANIFEST):
        raise locked(container.file)
    if "encrypted-package" in container.parts:
        raise locked(container.file)
    tables = _tables(container, wanted)
    only = next((at for at, table in enumerate(tables) if table.name == wanted), None)
    looks = cache(partial(_looks, container, only))  # all tables are looked at in one go
    return tuple(_sheet(container, at, table, looks) for at, table in enumerate(tables))


def _sheet(container: Container, at: int, table: Table, looks: Callable[[], _Looks]) -> Sheet:
    return Sheet(
        table.name,
        table.hidden,
        partial(_rows, container, at),
        lambda: looks().of(at),
        partial(_blocks, container, at),
    )


def _rows(container: Container, at: int) -> Iterator[SheetRow]:
    after = 0
    try:
        for row in plain_rows(container.file, container.chunks(CONTENT), at):
            yield row
            after = row.number
    except Odd:
        yield from parsed_rows(container.file, container.chunks(CONTENT), at, after)


def _blocks(container: Container, at: int) -> Iterator[Block[SheetRow]]:
    """The rows of a table, many at once; the rest of it as one where it is not in the plain form."""
    table = PlainTable(container.file, container.chunks(CONTENT), at)
    try:
        for text in table.slabs():
            rows = partial(_block_rows, container, at, table, text)
            yield Block(text, table.number, *table.runs(text), table.bordered, rows, table.took)
    except Odd:
        rest = partial(parsed_rows, container.file, container.chunks(CONTENT), at, table.number)
        yield Block(b"", table.number, {}, {}, table.bordered, rest, table.took)


def _block_rows(container: Container, at: int, table: PlainTable, text: bytes) -> Iterator[SheetRow]:
    after = table.number
    try:
        for row in table.rows(text):
            yield row
            after = row.number
    except Odd:
        table.done = True
        yield from parsed_rows(container.file, container.chunks(CONTENT), at, after)


class _Tables:
    """Takes in the names of tables, and which of their styles hide them."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self._style = ""
        self._depth: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name in {"style", "table-properties", "table"}:
            found = {local(key): value for key, value in attributes.items()}
            if name == "style":
                self._style = found.get("name", "")
            elif name == "table-properties":
                if found.get("display") == "false":
                    self.hidden.add(self._style)
            elif self._depth[-1:] == ["spreadsheet"]:
                self.found.append((found.get("name", ""), found.get("style-name", "")))
        self._depth.append(name)

    def end(self, name: str) -> None:  # noqa: ARG002  (as `feed` calls it)
        self._depth.pop()

    def text(self, data: str) -> None:
        pass


def _tables(container: Container, wanted: str | None) -> tuple[Table, ...]:
    try:
        return _named(container.file, [_without_rows(container, wanted)], None)
    except (Odd, ReadError):
        return _named(container.file, container.chunks(CONTENT), wanted)


def _named(file: str, chunks: Iterable[bytes], wanted: str | None) -> tuple[Table, ...]:
    reader = _Tables()
    for _ in feed(file, chunks, reader):
        if wanted is not None and any(name == wanted for name, _ in reader.found):
            break
    return tuple(Table(name, style in reader.hidden) for name, style in reader.found)


def _without_rows(container: Container, wanted: str | None) -> bytes:
    """The document with nothing in its tables: to find their names, a gigabyte of rows need not be parsed.

    Raises:
        Odd: It cannot be told without.
    """
    begin, end = b"<table:table ", b"</table:table>"
    head, tags, rest = b"", list[bytes](), b""
    opened = False
    for chunk in container.chunks(CONTENT):
        text = rest + chunk
        if b"!" in text and b"<!" in text:  # one sign is found ten times as quickly as two
            raise Odd
        at = 0
        while (found := text.find(end if opened else begin, at)) >= 0:
            close = text.find(b">", found)
            if close < 0:
                break
            if opened and text.find(begin, at, found) >= 0:
                raise Odd  # a table in a table
            if not opened:
                head = head if tags else head + text[:found]
                tags.append(text[found : close + 1])
                if wanted is not None and f'table:name="{wanted}"'.encode() in tags[-1]:
                    return _closed(head, tags)
            opened, at = not opened, close + 1
        if opened and text.find(begin, at) >= 0 and found < 0:
            raise Odd
        keep = len(text) - found if found >= 0 else min(len(end) - 1, len(text) - at)
        rest = text[len(text) - keep :] if keep else b""
        if not tags:
            head += text[: len(text) - keep]
            if len(head) > LONGEST_ROW:
                raise Odd
    if opened or not tags:
        raise Odd
    return _closed(head, tags)


def _closed(head: bytes, tags: list[bytes]) -> bytes:
    tables = b"".join(tag if tag.endswith(b"/>") else tag + b"</table:table>" for tag in tags)
    return head + tables + b"</office:spreadsheet></office:body></office:document-content>"


class _Looks:
    """Takes in what of a table, or of each, is hidden or merged.

    Args:
        wanted: Which table, counted from 0; None for all.
        whole: Whether the document is read to its end.
    """

    def __init__(self, wanted: int | None, whole: bool) -> None:
        self._wanted = wanted
        self._whole = whole
        self._found: dict[int, Look] = {}
        self._table = -1
        self._taken = False
        self._depth: list[str] = []
        self._begin()

    def of(self, at: int) -> Look:
        """What was found of a table, counted from 0."""
        return self._found.get(at, Look(whole=self._whole))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "table" and self._depth[-1:] == ["spreadsheet"]:
            self._table += 1
            self._taken = self._wanted in {None, self._table}
        self._depth.append(name)
        if self._taken and name.startswith(("table-", "covered-")):
            self._take(name, {local(key): value for key, value in attributes.items() if key[:8] != "calcext:"})

    def _begin(self) -> None:
        self._rows: list[int] = []
        self._hidden_columns: list[int] = []
        self._merged: list[Area] = []
        self._row = self._column = self._columns = 0
        self._times = 1
        self._groups: list[bool] = []

    def _take(self, name: str, found: dict[str, str]) -> None:
        hidden = found.get("visibility", "visible") != "visible"
        if name == "table-row":
            self._times = _count(found.get("number-rows-repeated"))
            if hidden or any(self._groups):
                self._rows.extend(range(self._row + 1, min(self._row + self._times, MOST_ROWS) + 1))
            self._column = 0
        elif name == "table-column":
            times = _count(found.get("number-columns-repeated"))
            if hidden or any(self._groups):
                self._hidden_columns.extend(range(self._columns, min(self._columns + times, MOST_COLUMNS)))
            self._columns += times
        elif name in {"table-row-group", "table-column-group"}:
            self._groups.append(found.get("display") == "false")
        elif name in {"table-cell", "covered-table-cell"}:
            down, across = _count(found.get("number-rows-spanned")), _count(found.get("number-columns-spanned"))
            if (down > 1 or across > 1) and len(self._merged) < _MOST_MERGED:
                right = min(self._column + across, MOST_COLUMNS) - 1
                self._merged.append(Area(self._row + 1, self._column, min(self._row + down, MOST_ROWS), right))
            self._column += _count(found.get("number-columns-repeated"))

    def end(self, name: str) -> None:
        name = local(name)
        self._depth.pop()
        if not self._taken:
            return
        if name == "table-row":
            self._row += self._times
        elif name in {"table-row-group", "table-column-group"}:
            self._groups.pop()
        elif name == "table" and self._depth[-1:] == ["spreadsheet"]:
            self.finish()

    def finish(self) -> None:
        """Sum up a table, as far as it was read."""
        if self._taken:
            rows, columns = spans(sorted(set(self._rows))), spans(sorted(set(self._hidden_columns)))
            self._found[self._table] = Look(rows, columns, tuple(self._merged), self._whole)
            self._taken = False
            self._begin()

    def text(self, data: str) -> None:
        pass


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 9 else 1


_LOOKS = (b"-spanned=", b"visibility=", b"display=")


def _looks(container: Container, wanted: int | None) -> _Looks:
    """What of tables is hidden or merged, as far as the first part tells. Only to be told to a person."""
    whole = container.parts[CONTENT].file_size <= LOOKED_AT
    found = _Looks(wanted, whole)
    end = b""  # of the piece before, for a word that lies across two
    for piece in _first_part(container):
        if any(word in piece or word in end + piece[:16] for word in _LOOKS):
            break
        end = piece[-16:]
    else:
        return found
    try:
        for _ in feed(container.file, _first_part(container), found):
            pass
    except ReadError:
        if whole:
            raise
    found.finish()
    return found


def _first_part(container: Container) -> Iterator[bytes]:
    return islice(container.chunks(CONTENT), LOOKED_AT // CHUNK)
