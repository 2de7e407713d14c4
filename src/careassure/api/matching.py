"""Match a column of a table in a file with the councils, every row counted and none guessed."""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.errors import InvalidInputError, Problem
from careassure.model.dates import DateInput
from careassure.model.register import CouncilMatch, CouncilMatches
from careassure.model.showing import short_repr
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Options, TableFile

_LOOKED_AT = 500


@frozen
class ColumnMatches:
    """What the cells of a column found.

    Args:
        column: Its header.
        matches: What each row found, with its row as a spreadsheet counts.
        layout: How the file is laid out.
        others: Other columns that hold councils too.
    """

    column: str
    matches: CouncilMatches
    layout: Layout
    others: tuple[str, ...] = ()

    __repr__ = short_repr


def match_file(
    path: str | os.PathLike[str], column: str | None = None, at: DateInput | None = None, options: Options = FOUND
) -> ColumnMatches:
    """The council that each row of a table stands for.

    Args:
        path: Delimited text or a spreadsheet.
        column: The header of the column; that with most councils in its first rows where None.
        at: The day that is meant.
        options: What a person says of the layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidInputError: There is no such column, or no column holds councils.
    """
    table = open_table(path, options)
    index, others = _column(table, column, at)
    seen: dict[str, CouncilMatch] = {}
    lines: list[CouncilMatch] = []
    for line in table.read():
        if line.problems:
            lines.append(CouncilMatch("", None, "unknown", line.problems[0].message, (), line.number))
            continue
        cell = line.cells[index]
        if cell not in seen:
            seen[cell] = register().try_match(cell, at)
        found = seen[cell]
        lines.append(CouncilMatch(cell, found.council, found.how, found.problem, found.suggestions, line.number))
    return ColumnMatches(table.layout.headers[index], CouncilMatches(tuple(lines)), table.layout, others)


def _column(table: TableFile, wanted: str | None, at: DateInput | None) -> tuple[int, tuple[str, ...]]:
    headers = table.layout.headers
    if wanted is not None:
        return table.layout.column(wanted), ()
    found = council_columns(table, at)
    if not found:
        hint = "Name the column with --column NAME"
        raise InvalidInputError(table.layout.file, [Problem("", "no column holds names or codes of councils", hint)])
    best, *others = found
    return headers.index(best), tuple(name for name in headers if name in others)


def council_columns(table: TableFile, at: DateInput | None = None) -> tuple[str, ...]:
    """The columns of a table in whose first rows councils stand, that with most of them first.

    Args:
        table: The table.
        at: The day that is meant.
    """
    headers = table.layout.headers
    found = Counter[int]()
    known: dict[str, bool] = {}
    for line in islice(table.read(), _LOOKED_AT):
        for place, cell in enumerate(line.cells[: len(headers)]):
            if cell not in known:
                known[cell] = bool(cell.strip()) and register().try_match(cell, at).council is not None
            found[place] += known[cell]
    places = sorted(range(len(headers)), key=lambda place: (-found[place], place))
    return tuple(headers[place] for place in places if found[place])
