"""Rows of a table in a file that are refused: the first of them are named, all are counted, and may be written out."""

from __future__ import annotations

import csv
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from careassure.errors import InvalidTableError, Problem
from careassure.frame.faults import SHOWN
from careassure.model.safe_text import guarded
from careassure.model.text import plural

HEADERS = ("row", "problem")
"""The columns of a file of refused rows, before those of the table."""


class Refusals:
    """What was refused so far.

    Args:
        writer: Where refused rows are written as CSV; None where they stop the work.
    """

    def __init__(self, writer: Any = None) -> None:  # noqa: ANN401
        self._writer = writer
        self.stop = writer is None
        self.rows = 0
        self._width = 0
        self._problems: list[Problem] = []

    def begin(self, headers: Sequence[str]) -> None:
        """Write the column headers."""
        self._width = len(headers)
        if self._writer is not None:
            self._writer.writerow([guarded(cell) for cell in (*HEADERS, *headers)])

    def add(self, number: int, cells: Sequence[str], problems: Sequence[Problem]) -> None:
        """Take a row that is refused."""
        self.rows += 1
        if self.rows <= SHOWN:
            self._problems += problems
        if self._writer is not None:
            said = "; ".join(_said(problem) for problem in problems)
            blank = [""] * (self._width - len(cells))  # so that the file is a table, also for whoever reads it again
            self._writer.writerow([str(number), guarded(said), *map(guarded, cells), *blank])

    def raise_any(self, file: str) -> None:
        """Raise one error for all rows that were refused, unless they are written out.

        Raises:
            InvalidTableError: A row was refused, and nobody said where to write it.
        """
        if self.stop and self.rows:
            more = f" (the first {SHOWN} are named)" if self.rows > SHOWN else ""
            what = f"{plural(self.rows, 'row')} of {file} cannot be used{more}"
            raise InvalidTableError(what, self._problems, rows=self.rows)


def _said(problem: Problem) -> str:
    column = f"{problem.where.column}: " if problem.where.column else ""
    return f"{column}{problem.message}"


@contextmanager
def refusals(part: Path | None) -> Generator[Refusals]:
    """Refused rows are written to a file, where there is one.

    Args:
        part: The file; None where a refused row stops the work.
    """
    if part is None:
        yield Refusals()
        return
    with part.open("x", newline="", encoding="utf-8") as stream:
        yield Refusals(csv.writer(stream))
