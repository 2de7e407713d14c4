"""The table of one council's scores as it stands: its rows, and which of its cells name statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Literal

from attrs import frozen

from careassure.errors import AmbiguousNameError, CareAssureError, InvalidTableError, Problem, ReadError
from careassure.model.framework import Framework
from careassure.model.printed_names import Named, column_name
from careassure.model.text import fold
from careassure.tables.rows import A_NOTE, MERGED
from careassure.tables.table import Layout, Line, TableFile

MOST_ROWS = 20_000
"""The most rows of a table from which one council's scores are read."""
MOST_CELLS = 200_000
"""The most cells of such a table."""
WHAT = "the table of scores"
"""What errors call it."""
_FIRST_ROWS = 200

About = Literal["council", "code", "assessed", "published", "kind"]
"""What a table may say beside its scores."""

_WORDS: dict[About, str] = {
    "council": r"(?:name of )?(?:the )?(?:council|local authority|authority|la|lad|organisation)(?: name)?",
    "code": r"(?:ons|la|lad|gss|area|council|authority|local authority)? ?code",
    "assessed": r"date|assessed|(?:date|day) (?:of (?:the )?)?(?:self )?(?:assessment|assessed)|assessment date",
    "published": r"published|publication date|date (?:of )?(?:published|publication)",
    "kind": r"kind|(?:kind of assessment|assessment (?:kind|type)|type of assessment)",
}
_PATTERNS: dict[About, re.Pattern[str]] = {about: re.compile(words) for about, words in _WORDS.items()}


@frozen
class Grid:
    """A table, its column headers among its rows.

    Args:
        layout: How it is laid out.
        rows: Its rows from the column headers on.
        below: The rows below it that are notes on the table.
    """

    layout: Layout
    rows: tuple[Line, ...]
    below: tuple[int, ...] = ()

    def problem(self, row: int, column: int | None, message: str, hint: str = "") -> Problem:
        """A problem with a row or a cell of it; a column has the name in the first row, or its letter."""
        return Problem(self.layout.place(row, self.column(column)), message, hint)

    def column(self, at: int | None) -> str:
        """The name of a column."""
        return "" if at is None else self.rows[0].cells[at].strip() or _letter(at)


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def grid_of(table: TableFile) -> Grid:
    """The rows of a table.

    Raises:
        ReadError: It has too many rows for one council's scores, or cannot be read.
        InvalidTableError: Rows that are not of its form, all of them.
    """
    layout = table.layout
    lines = list(islice(table.read(), MOST_ROWS + 1))
    if len(lines) > MOST_ROWS or len(lines) * len(layout.headers) > MOST_CELLS:
        hint = "Use assess-table for tables of many councils"
        message = f"it has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells"
        raise ReadError(message, where=layout.file, hint=hint)
    # One council's scores are read as a person reads them: a note below them is no row, and is told.
    notes = [line.number for line in lines if [problem.message for problem in line.problems] == [A_NOTE]]
    kept = [line for line in lines if line.number not in {*notes}]
    problems = [problem for line in kept for problem in line.problems if not _is_of_theme(problem)]
    if problems:
        raise InvalidTableError(WHAT, problems)
    return Grid(layout, (Line(layout.header_row, layout.headers), *kept), tuple(notes))


def _is_of_theme(problem: Problem) -> bool:
    """Whether a cell is a part of merged ones that name a theme: they say nothing that the statements do not say."""
    return fold(problem.where.column) in ("theme", "themes") and problem.message.endswith(MERGED)


def holds_scores(table: TableFile, framework: Framework) -> bool:
    """Whether a table seems to be about a framework: its first rows name several of its statements."""
    width = len(table.layout.headers)
    lines = tuple(islice(table.read(), min(_FIRST_ROWS, MOST_CELLS // max(width, 1))))
    whole = tuple(line for line in lines if len(line.cells) == width)
    grid = Grid(table.layout, (Line(table.layout.header_row, table.layout.headers), *whole))
    return max(best_row(framework, grid)[1], best_column(framework, grid)[1]) > 1


def about_of(head: str) -> About | None:
    """What a column or a label is about, beside scores; None where it is about something else."""
    word = fold(head)
    return next((about for about, pattern in _PATTERNS.items() if pattern.fullmatch(word)), None)


def name_in(framework: Framework, cell: str) -> Named | None:
    """What a cell names; None where it names nothing, or is at odds with itself."""
    with suppress(AmbiguousNameError):
        return column_name(framework, cell)
    return None


def heads_of(framework: Framework, line: Line) -> tuple[dict[int, str], Iterator[tuple[int, CareAssureError | str]]]:
    """The columns of a row of names by what they name, and what is wrong with some, by column."""
    exact: dict[str, int] = {}
    loose: dict[str, int] = {}
    wrong: list[tuple[int, CareAssureError | str]] = []
    for at, cell in enumerate(line.cells):
        try:
            named = column_name(framework, cell)
        except CareAssureError as error:
            wrong.append((at, error))
            continue
        if named is None:
            continue
        known = loose if named.loose else exact
        if named.leaf in known:
            first = line.cells[known[named.leaf]].strip()
            wrong.append((at, f"it names the same statement as the column {first!r}"))
        known.setdefault(named.leaf, at)
    taken = {**loose, **exact}
    return {at: leaf for leaf, at in taken.items()}, iter(wrong)


def best_row(framework: Framework, grid: Grid) -> tuple[int, int]:
    """The row that names most statements in its cells, and how many it names."""
    found = (0, 0)
    for place, line in enumerate(grid.rows[:_FIRST_ROWS]):
        names = {named.leaf for cell in line.cells if (named := name_in(framework, cell))}
        if len(names) > found[1]:
            found = (place, len(names))
    return found


def best_column(framework: Framework, grid: Grid) -> tuple[int, int]:
    """The column that names most statements in its cells, and how many it names."""
    names: dict[int, set[str]] = {}
    for line in grid.rows:
        for at, cell in enumerate(line.cells):
            named = name_in(framework, cell)
            if named is not None and not named.loose:
                names.setdefault(at, set()).add(named.leaf)
    counts: Mapping[int, int] = {at: len(found) for at, found in names.items()}
    best = max(counts, key=lambda at: (counts[at], -at), default=0)
    return best, counts.get(best, 0)
