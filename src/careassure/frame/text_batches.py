"""The rows of a table in a file as columns of text for Arrow, many at once.

Nine million cells, as CQC's ratings have, are not made Python texts one by one where the document is in the plain form:
the runs of tags between two texts become one border each, and PyArrow cuts at these. What comes of it is checked row by
row: one that has a tag left is taken apart by itself, and where that cannot be, the rows are read in the ordinary way.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import islice
from typing import Any, NamedTuple

from careassure.frame.buffers import numbers, texts
from careassure.tables.headers import tidy
from careassure.tables.ods_runs import unescaped
from careassure.tables.rows import NOTE
from careassure.tables.table import BORDER, ROW_BORDER, Block, Line, TableFile

MOST_LINES = 4096
"""How many rows are made a batch that are read one by one."""

_CELL, _ROW = BORDER.encode(), ROW_BORDER.encode()
_TEXT, _ROW_END = b"<text:p>", b"</table:table-row>"
_ENTITIES = {b"amp": b"&", b"apos": b"'", b"gt": b">", b"lt": b"<", b"quot": b'"'}
_LARGEST = 2**30
_UNSEEN = b" \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"
_SPACES = (b"  ", b" " + _CELL, _CELL + b" ", b"\t")
"""What `tidy` takes out of a text of plain characters."""
_NOTE = re.compile(NOTE)
_MOST_CELLS = 50_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TextBatch(NamedTuple):
    """Some rows as columns of text.

    Args:
        numbers: Their numbers, as a spreadsheet counts.
        columns: Their cells, column by column; a blank cell is null.
        refused: Rows with something wrong in their form, which are not among the others.
    """

    numbers: Any  # pyarrow.Int64Array: PyArrow has no types
    columns: list[Any]  # of pyarrow.StringArray, or chunked
    refused: tuple[Line, ...] = ()


def text_batches(table: TableFile) -> Iterator[TextBatch]:
    """The rows of a table, from the first to the last.

    Raises:
        ReadError: The file is damaged, or goes beyond the bounds of the reader.
    """
    width = len(table.layout.headers)
    if table.blocks is None:
        yield from _from_lines(table.read(), width)
        return
    cutter = _Cutter(table.layout.headers)
    for block in table.blocks():
        batch = cutter.cut(block)
        if batch is None:
            yield from _from_lines(block.rows(), width)
        else:
            block.took(len(batch.numbers))
            yield batch


def _from_lines(lines: Iterator[Line], width: int) -> Iterator[TextBatch]:
    while found := list(islice(lines, MOST_LINES)):
        kept = [line for line in found if not line.problems]
        cells = list(zip(*(line.cells for line in kept), strict=True)) or [()] * width
        places = numbers([line.number for line in kept])
        yield TextBatch(places, [texts(column) for column in cells], tuple(line for line in found if line.problems))


def large_batches(table: TableFile, rows: int, size: int) -> Iterator[TextBatch]:
    """The rows of a table in batches that end with the first that has so many rows or so many bytes, or the last row.

    Raises:
        ReadError: As `text_batches`.
    """
    batches = text_batches(table)
    while found := list(_enough(batches, rows, size)):
        whole = _joined(found)
        found.clear()
        yield whole
        del whole  # so that it is gone before the next one is there


def _enough(batches: Iterator[TextBatch], rows: int, size: int) -> Iterator[TextBatch]:
    for batch in batches:
        yield batch
        rows -= len(batch.numbers) + len(batch.refused)
        size -= sum(column.nbytes for column in batch.columns)
        if rows <= 0 or size <= 0:
            return


def _joined(batches: Sequence[TextBatch]) -> TextBatch:
    import pyarrow as pa

    columns = zip(*(batch.columns for batch in batches), strict=True)
    refused = tuple(line for batch in batches for line in batch.refused)
    return TextBatch(
        pa.chunked_array([batch.numbers for batch in batches]),
        [pa.chunked_array(list(each)) for each in columns],
        refused,
    )


class Cells(Sequence[Sequence[str]]):
    """The columns of a batch as Python's texts, each made when it is asked for.

    Args:
        columns: The columns.
    """

    def __init__(self, columns: Sequence[Any]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns)

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  (an index or a slice)
        found: list[str] = []
        for chunk in self._columns[place].chunks:
            coded = chunk.dictionary_encode()  # far fewer texts are made than there are cells
            words = [*(word for word in coded.dictionary.to_pylist()), ""]
            found += map(words.__getitem__, coded.indices.fill_null(len(words) - 1).tolist())
        return found


class _Tidied(dict[bytes, str]):
    """Cells as `tidy` gives them: most of them are met again and again."""

    def __missing__(self, cell: bytes) -> str:
        if len(self) > _MOST_CELLS:
            self.clear()
        found = self[cell] = tidy(cell.decode(errors="replace"))
        return found


class _Cutter:
    """Cuts blocks into columns.

    Args:
        headers: The column headers.
    """

    def __init__(self, headers: Sequence[str]) -> None:
        import pyarrow as pa

        csv = import_module("pyarrow.csv")
        names = [str(at) for at in range(len(headers))]
        kinds = dict.fromkeys(names, pa.string())
        self._width = len(headers)
        self._names = frozenset(headers)
        self._encoded = frozenset(name.encode() for name in headers)
        self._tidied = _Tidied()
        self._csv = csv
        self._reading = csv.ReadOptions(use_threads=False, column_names=names, block_size=_LARGEST)
        self._parsing = csv.ParseOptions(
            delimiter=BORDER, quote_char=False, double_quote=False, ignore_empty_lines=False
        )
        self._converting = csv.ConvertOptions(column_types=kinds, strings_can_be_null=True, null_values=[""])

    def cut(self, block: Block[Line]) -> TextBatch | None:
        """The rows of a block; None where they are not in the plain form, or one has to be looked at."""
        if not block.text or not block.between or _CELL in block.text or _ROW in block.text:
            return None
        rows = _rows(block, self._width)
        plain = None if rows is None else _unescaped(_ROW.join(rows))
        if plain is None or b"\n" in plain:
            return None
        whole = self._whole(plain)
        columns = None if whole is None else self._columns(b"\n".join(whole))
        if whole is None or columns is None:
            return None
        return TextBatch(numbers(range(block.after + 1, block.after + len(whole) + 1)), columns)

    def _whole(self, plain: bytes) -> list[bytes] | None:
        """The rows, each with all its borders; None where one has too many, or is more than a row of the table."""
        tidied = plain.isascii() and not any(spaces in plain for spaces in _SPACES)
        whole: list[bytes] = []
        for row in plain.split(_ROW):
            cells = row.split(_CELL)
            missing = self._width - len(cells)
            if missing < 0 or self._is_odd(row, cells, tidied=tidied):
                return None
            whole.append(row + _CELL * missing if missing else row)  # blank cells at the end are not written one by one
        return whole

    def _is_odd(self, row: bytes, cells: Sequence[bytes], *, tidied: bool) -> bool:
        """Whether a row may be blank, the column headers again, or a note on the table; `rows.py` has the rules."""
        if not self._encoded.isdisjoint(cells) and sum(cell in self._encoded for cell in cells) > 1:
            return True
        if cells[0][:1].isalnum() and (len(cells) == 1 or cells[1][:1].isalnum()):
            return len(cells) == 1 < self._width and bool(_NOTE.match(row.decode(errors="replace")))
        if tidied:
            held = row.strip(_UNSEEN)
            return not held or (_CELL not in held and bool(_NOTE.match(held.decode())))
        texts = [self._tidied[cell] for cell in cells]
        return (
            sum(text in self._names for text in texts) > 1
            or not any(texts)
            or (not any(texts[1:]) and bool(_NOTE.match(texts[0])))
        )

    def _columns(self, text: bytes) -> list[Any] | None:
        """The columns of a text with a row in each line; None where it cannot be cut."""
        import pyarrow as pa

        if text.startswith(_BYTE_ORDER_MARK) or len(text) >= _LARGEST:  # a mark would be lost
            return None
        try:
            table = self._csv.read_csv(
                pa.BufferReader(text), self._reading, self._parsing, self._converting, pa.system_memory_pool()
            )
        except pa.ArrowInvalid:  # it is no UTF-8
            return None
        return [column.chunk(0) for column in table.columns]


def _rows(block: Block[Line], width: int) -> list[bytes] | None:
    """The rows of a block with borders between their cells; None where they cannot be cut. Entities are as they were.

    A row with more borders than columns ends the work: a few bytes can stand for thousands of blank cells.
    """
    pc = import_module("pyarrow.compute")
    pool = import_module("pyarrow").system_memory_pool()
    text = _whole_text(block.text)
    for run, borders in block.between.items():
        if borders is not None and borders >= width:
            if run in block.text:
                return None
            continue
        mark = _ROW if borders is None else _CELL * borders
        text = pc.replace_substring(text, run, mark, memory_pool=pool)
    whole: bytes = text[0].as_py()
    rows = whole.replace(_ROW_END, _ROW_END + _ROW).split(_ROW)
    if rows.pop():
        return None
    starts = block.starts
    for at, row in enumerate(rows):
        start, mark, rest = row.partition(_TEXT)
        blanks = starts.get(start)
        if blanks is not None and blanks < width and mark and b"<" not in rest:
            rows[at] = _CELL * blanks + rest if blanks else rest
            continue
        try:
            bordered = block.bordered(row.decode())
        except UnicodeDecodeError:
            return None
        if bordered is None or bordered.count(BORDER) >= width:
            return None
        rows[at] = bordered.encode()
    return rows


def _whole_text(text: bytes) -> Any:  # noqa: ANN401  (PyArrow has no types)
    import pyarrow as pa

    return pa.BinaryArray.from_buffers(
        pa.binary(), 1, [None, pa.py_buffer(array("i", [0, len(text)])), pa.py_buffer(text)]
    )


def _unescaped(text: bytes) -> bytes | None:
    """A text with the characters that entities stand for; None where there are entities of another kind."""
    first, *others = text.split(b"&")
    found = [first]
    try:
        for piece in others:
            name, end, rest = piece.partition(b";")
            known = _ENTITIES.get(name) if end else None
            found += (known or unescaped(f"&{name.decode()}{end.decode()}").encode(), rest)
    except (LookupError, UnicodeDecodeError):
        return None
    return b"".join(found)
