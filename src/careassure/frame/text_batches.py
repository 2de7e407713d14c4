"""The rows of a table in a file as columns of text for Arrow, many at once.

Nine million cells, as CQC's ratings have, are not made Python texts one by one where the document is in the plain form:
the runs of tags between two texts become one separator each, and PyArrow cuts at these. What comes of it is checked:
a tag that is left, or a row with another number of cells, and the rows are read in the ordinary way.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import accumulate, islice
from typing import Any, NamedTuple

from careassure.tables.rows import NOTE
from careassure.tables.table import Block, Line, TableFile

MOST_LINES = 4096
"""How many rows are made a batch that are read one by one."""
MOST_RUNS = 16
"""How many different runs of tags are looked for in a whole block; with more, reading row by row is quicker."""

_CELL, _ROW = "\x1f", "\x1e"
_TEXT_END, _ROW_END = "</text:p>", "</table:table-row>"
_BLANK = r"^[\s\x0b\x1c-\x1f\x{85}\p{Z}]*$"
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"))


class TextBatch(NamedTuple):
    """Some rows as columns of text.

    Args:
        numbers: Their numbers, as a spreadsheet counts.
        columns: Their cells, column by column; a blank cell is an empty text.
        refused: Rows with something wrong in their form, which are not among the others.
    """

    numbers: Any  # pyarrow.Int64Array: PyArrow has no types
    columns: list[Any]  # of pyarrow.StringArray
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
    for block in table.blocks():
        batch = _cut(block, table.layout.headers)
        if batch is None:
            yield from _from_lines(block.rows(), width)
        else:
            block.took(len(batch.numbers))
            yield batch


def _from_lines(lines: Iterator[Line], width: int) -> Iterator[TextBatch]:
    while found := list(islice(lines, MOST_LINES)):
        kept = [line for line in found if not line.problems]
        cells = list(zip(*(line.cells for line in kept), strict=True)) or [()] * width
        numbers = _numbers([line.number for line in kept])
        yield TextBatch(numbers, [_texts(column) for column in cells], tuple(line for line in found if line.problems))


def _compute() -> Any:  # noqa: ANN401  (PyArrow has no types)
    return import_module("pyarrow.compute")


# Made from buffers: `pyarrow.array` and `pyarrow.scalar` import pandas where that is installed, which takes 41 MB.
def _texts(cells: Sequence[str]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    import pyarrow as pa

    encoded = [cell.encode() for cell in cells]
    ends = array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def _numbers(numbers: Sequence[int]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    import pyarrow as pa

    return pa.Int64Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(array("q", numbers))])


def _cut(block: Block[Line], headers: Sequence[str]) -> TextBatch | None:
    """The rows of a block; None where they are not in the plain form."""
    pc = _compute()
    width = len(headers)

    if not block.text or not 0 < len(block.runs) <= MOST_RUNS or _CELL in block.text or _ROW in block.text:
        return None
    text = _texts([block.text])
    for run, blanks in block.runs.items():
        text = pc.replace_substring(text, run, _mark(run, blanks))
    plain = _unescaped(text[0].as_py())
    if plain is None:
        return None
    rows = pc.list_flatten(pc.split_pattern(_texts([plain.removesuffix(_ROW)]), _ROW))
    cells = pc.split_pattern(rows, _CELL)
    lengths = pc.list_value_length(cells)
    ends = pc.min_max(lengths)
    if ends["max"].as_py() > width:
        return None
    if ends["min"].as_py() < width:  # blank cells at the end of a row are not written one by one
        missing = pc.binary_repeat(_CELL, pc.subtract(width, lengths))
        cells = pc.split_pattern(pc.binary_join_element_wise(rows, missing, ""), _CELL)
    numbers = _numbers(range(block.after + 1, block.after + len(rows) + 1))
    flat = pc.list_flatten(cells)
    columns = [pc.take(flat, _numbers(range(at, len(flat), width))) for at in range(width)]
    odd = _has_blank_row(rows, columns[0]) or _has_odd_row(flat, columns[0], headers)
    return None if odd else TextBatch(numbers, columns)


def _has_blank_row(rows: Any, first: Any) -> bool:  # noqa: ANN401  (PyArrow has no types)
    """Whether a row holds nothing that can be seen: such a row is none."""
    pc = _compute()

    shortest = pc.min(pc.binary_length(pc.utf8_trim_whitespace(first))).as_py()
    return not shortest and bool(pc.any(pc.match_substring_regex(rows, _BLANK)).as_py())


def _has_odd_row(cells: Any, first: Any, headers: Sequence[str]) -> bool:  # noqa: ANN401  (PyArrow has no types)
    """Whether a row may be the column headers again, or a note on the table; `rows.py` has the rules."""
    pc = _compute()

    found = pc.indices_nonzero(pc.is_in(cells, _texts(headers)))
    rows = pc.divide(found, len(headers))
    if len(pc.unique(rows)) < len(rows):
        return True
    return bool(pc.any(pc.match_substring_regex(first, f"^\\s*{NOTE}")).as_py())


def _mark(run: str, blanks: int) -> str:
    """What a run of tags becomes: a separator for each border between two cells, or the end of a row."""
    if run.endswith(_ROW_END):
        return _ROW
    return _CELL * (blanks + run.startswith(_TEXT_END))


def _unescaped(text: str) -> str | None:
    """A text with the characters that entities stand for; None where it has tags, or entities of another kind."""
    if "<" in text:
        return None
    if "&" not in text:
        return text
    left = text.count("&") - text.count("&amp;")
    for entity, character in _ENTITIES:
        if left and (count := text.count(entity)):
            left -= count
            text = text.replace(entity, character)
    return None if left else text.replace("&amp;", "&")
