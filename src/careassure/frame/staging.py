"""A table of text in a file, made ready for the engines: every cell as text, so that all of them read the same.

The rows are read in batches, judged, and written to a Parquet file on the way, so that a table may be larger than
memory. The file holds the columns of the table, and two of our own: the number of each row, and what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from attrs import frozen

from careassure.errors import InvalidTableError, Place, Problem
from careassure.frame.buffers import numbers, texts, truths
from careassure.frame.by_engine import Progress
from careassure.frame.columns import stem_beside
from careassure.frame.judging import NOBODY, Fault, Judge, LongJudge, flagged_text, judge_of, keys_of
from careassure.frame.long import Long
from careassure.frame.question import Marks, Question
from careassure.frame.refusals import Refusals
from careassure.frame.text_batches import Cells, TextBatch, large_batches
from careassure.model.printed_names import slip_of
from careassure.model.text import join, plural
from careassure.tables.table import Audit, Layout, Line, TableFile

_ROWS = 50_000
_CELLS = 1_000_000
_CHARACTERS = 16_000_000
"""At most so many rows, cells and characters are held at once."""
_BYTES = 4_000_000
"""So many bytes of columns are written at once; a writer of Parquet holds them several times."""


@frozen
class Staged:
    """A table that is ready.

    Args:
        marks: Its columns of our own.
        audit: What became of its rows and columns.
        notes: What a person may want to know, a sentence each.
        printed: The grade that each word for a whole assessment stands for.
    """

    marks: Marks
    audit: Audit
    notes: tuple[str, ...]
    printed: Mapping[str, str | None]


def stage(
    tables: Sequence[TableFile], question: Question, long: Long | None, *,
    to: Path, refused: Refusals, progress: Progress | None,
) -> Staged:  # fmt: skip
    """Read a table, and write it as a Parquet file.

    Args:
        tables: The table, in one file or in several with the same columns.
        question: What is asked of it.
        long: Where things stand in a table with one row for each score.
        to: The file to write.
        refused: Takes the rows that are refused.
        progress: Is told how far the work is.

    Raises:
        InvalidTableError: The columns do not fit, or rows are refused and nobody said where to write them.
        ReadError: It cannot be read to its end.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    layout = tables[0].layout
    headers = layout.headers
    _refuse_other_headers(tables)
    judge = judge_of(question, long, headers)
    marks = _marks(headers)
    sorter = _Sorter(question, long, judge, headers, refused)
    schema = pa.schema([*((name, pa.string()) for name in headers), (marks.row, pa.int64()), (marks.told, pa.string())])
    refused.begin(headers)
    with pq.ParquetWriter(to, schema, compression="snappy", use_dictionary=True) as writer:
        for table in tables:
            for kept in _kept(table, sorter, len(headers)):
                if kept and not (refused.stop and refused.rows):  # the work will stop: only the count goes on
                    writer.write_table(pa.Table.from_arrays(kept, schema=schema).combine_chunks())
                del kept
                if progress is not None:
                    progress("read", sorter.rows, None)
    refused.raise_any(layout.file if len(tables) == 1 else "the table")
    ignored = tuple(name for name in headers if name not in judge.used)
    audit = Audit(sorter.rows, sorter.rows - refused.rows, refused.rows, judge.used, ignored)
    notes = tuple(dict.fromkeys(note for table in tables for note in table.layout.notes))
    if long is None:
        notes += tuple(
            f'The column "{name}" is left alone. Its header looks like {question.framework.title_of(leaf)}'
            for name in ignored
            if (leaf := slip_of(question.framework, name)) is not None
        )
    printed: Mapping[str, str | None] = {}
    notes += tuple(judge.alike()) if isinstance(judge, LongJudge) else ()
    if isinstance(judge, LongJudge) and judge.whole:
        names = join([f'"{name}"' for name in sorted(judge.whole)], "or")
        notes += (f"{plural(judge.set_aside, 'row')} for {names}: compared with the rating, not scored",)
        printed = judge.printed or {"": None}
    return Staged(marks, audit, notes, printed)


def _refuse_other_headers(tables: Sequence[TableFile]) -> None:
    first = tables[0].layout
    problems = [
        Problem(Place(table.layout.file), f"its column headers are not those of {first.file}", "Give all the same")
        for table in tables[1:]
        if table.layout.headers != first.headers
    ]
    if problems:
        raise InvalidTableError("the columns of the table", problems)


def _marks(headers: Sequence[str]) -> Marks:
    stem = stem_beside(headers)
    return Marks(f"{stem}row", f"{stem}told")


def _kept(table: TableFile, sorter: _Sorter, columns: int) -> Iterator[list[Any]]:
    """The rows that are kept as arrays, in batches that fit into memory, however many columns there are."""
    most = max(1, min(_ROWS, _CELLS // max(columns, 1)))
    if table.blocks is not None:
        for batch in large_batches(table, most, _BYTES):
            yield sorter.kept_columns(table.layout, batch)
            del batch
        return
    for lines in _batches(table.read(), most):
        kept = sorter.kept(table.layout, lines)
        yield _arrays(kept, columns) if kept else []


def _batches(lines: Iterator[Line], most: int) -> Iterator[list[Line]]:
    """The rows in batches that fit into memory, however long the cells."""
    found: list[Line] = []
    size = 0
    for line in lines:
        found.append(line)
        size += sum(map(len, line.cells))
        if len(found) >= most or size >= _CHARACTERS:
            yield found
            found, size = [], 0
    if found:
        yield found


Kept = list[tuple[Line, str]]
"""Rows that are kept, each with what is wrong with it."""


class _Sorter:
    """Tells rows that are kept from rows that are refused."""

    def __init__(
        self, question: Question, long: Long | None, judge: Judge, headers: Sequence[str], refused: Refusals
    ) -> None:
        self.rows = 0
        self._flags = question.errors == "flag"
        self._judge = judge
        self._refused = refused
        self._key = keys_of(long, question, headers)

    def kept(self, layout: Layout, lines: list[Line]) -> Kept:
        """The rows that are kept; the others are handed over to those that are refused."""
        self.rows += len(lines)
        sound = [line for line in lines if not line.problems]
        found: dict[int, list[Fault]] = {}
        if sound:
            for place, fault in self._judge.faults(list(zip(*(line.cells for line in sound), strict=True))):
                found.setdefault(place, []).append(fault)
        if not found and len(sound) == len(lines):
            return [(line, "") for line in lines]
        kept: Kept = []
        place = 0
        for line in lines:
            if line.problems:
                self._refused.add(line.number, line.cells, line.problems)
                continue
            faults = found.get(place, [])
            faults = _telling(faults)
            place += 1
            if not faults or (self._flags and all(fault.flagged for fault in faults)):
                kept.append((line, flagged_text(faults)))
            else:
                self._refused.add(line.number, line.cells, [self._problem(layout, line, fault) for fault in faults])
        return kept

    def kept_columns(self, layout: Layout, batch: TextBatch) -> list[Any]:
        """The columns of the rows that are kept, with two of our own; the other rows are handed over."""
        import pyarrow as pa

        rows = len(batch.numbers)
        self.rows += rows + len(batch.refused)
        found: dict[int, list[Fault]] = {}
        for place, fault in self._judge.faults(Cells(batch.columns)) if rows else ():
            found.setdefault(place, []).append(fault)
        bad = [(line.number, line, line.problems) for line in batch.refused]
        told = [""] * rows
        keep = [True] * rows
        for place, told_of in found.items():
            faults = _telling(told_of)
            if self._flags and all(fault.flagged for fault in faults):
                told[place] = flagged_text(faults)
                continue
            keep[place] = False
            cells = tuple(column[place].as_py() or "" for column in batch.columns)
            line = Line(batch.numbers[place].as_py(), cells)
            bad.append((line.number, line, tuple(self._problem(layout, line, fault) for fault in faults)))
        for number, line, problems in sorted(bad, key=itemgetter(0)):
            self._refused.add(number, line.cells, problems)
        columns = [*batch.columns, batch.numbers, pa.chunked_array([texts(told)])]
        return columns if all(keep) else [column.filter(truths(keep)) for column in columns]

    def _problem(self, layout: Layout, line: Line, fault: Fault) -> Problem:
        key = join([f"{name} {line.cells[place]}" for name, place in self._key.items() if line.cells[place].strip()])
        row = f"row {line.number} ({key})" if key else line.number
        return Problem(Place(layout.file, row, fault.column), fault.message, fault.hint)


def _telling(faults: list[Fault]) -> list[Fault]:
    """The faults of a row that say something: of a row about nobody only that it is."""
    return [fault for fault in faults if fault.hint == NOBODY] or faults


def _arrays(kept: Kept, columns: int) -> list[Any]:
    """The columns of some rows as arrays of PyArrow; a cell without text is a blank."""
    cells: Sequence[Sequence[str]] = list(zip(*(line.cells for line, _ in kept), strict=True)) or [[]] * columns
    return [*map(texts, cells), numbers([line.number for line, _ in kept]), texts([told for _, told in kept])]
