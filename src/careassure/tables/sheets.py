"""What a sheet of a spreadsheet is, whatever kind of file it is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from attrs import field, frozen

from careassure.errors import ReadError
from careassure.tables.container import too_large
from careassure.tables.table import Block

MOST_COLUMNS = 16_384
"""The most columns of a sheet, in Excel as in LibreOffice."""
MOST_ROWS = 1_048_576
"""The most rows of a sheet."""
LONGEST_CELL = 100_000
"""The most characters of a cell; Excel takes 32,767."""
LONGEST_ROW = 4_000_000
"""The most characters of a row: a few bytes of a file can stand for a long text again and again."""
TYPED = "Scores"
"""The sheet of a workbook that rates into which scores are typed; see `careassure.report.workbook`."""
RATES = frozenset({TYPED, "Contents", "Result", "Profile", "Why", "Workings", "Choices", "Words"})
"""The sheets by which such a workbook is known: every one has them all."""
NOT_WORKED_OUT = "the formula has no result in the file"
"""What is said of a formula that was written by a program and never worked out."""


class SheetRow(NamedTuple):
    """A row of a sheet that holds something.

    Args:
        number: Its number, counted from 1.
        cells: Its cells from column A on.
        faults: What is wrong with some of its cells, by their place counted from 0.
    """

    number: int
    cells: list[str]
    faults: tuple[tuple[int, str], ...] = ()


class Area(NamedTuple):
    """Some cells that are merged into one, counted from row 1 and column 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@frozen
class Look:
    """How a sheet looks to a person, where that differs from what it holds.

    Args:
        hidden_rows: The rows that are hidden, by their first and last.
        hidden_columns: The columns that are hidden, counted from 0, by their first and last.
        merged: Cells that are merged into one.
        whole: Whether all of the sheet was looked at; of a very large one it is the first part.
    """

    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[Area, ...] = ()
    whole: bool = True


@frozen(eq=False)
class Sheet:
    """A sheet.

    Args:
        name: Its name.
        hidden: Whether it is hidden.
        rows: Reads its rows that hold something, anew with each call.
        look: Finds out how it looks.
        blocks: Reads its rows many at once, where that can be done. Of each block either ``rows`` is read to the end or
            ``took`` is told.
    """

    name: str
    hidden: bool
    rows: Callable[[], Iterator[SheetRow]] = field(repr=False)
    look: Callable[[], Look] = field(repr=False)
    blocks: Callable[[], Iterator[Block[SheetRow]]] | None = field(default=None, repr=False)


def too_wide(file: str, row: int) -> ReadError:
    """The error that a row has more columns than a sheet can have."""
    return too_large(file, f"row {row:,} has more than {MOST_COLUMNS:,} columns")


def too_long(file: str) -> ReadError:
    """The error that a sheet has more rows than a sheet can have."""
    return too_large(file, f"it has more than {MOST_ROWS:,} rows")


def spans(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """Numbers in ascending order as spans of first and last.

    >>> spans([2, 3, 4, 9])
    ((2, 4), (9, 9))
    """
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(number, found[-1][1]))
        else:
            found.append((number, number))
    return tuple(found)
