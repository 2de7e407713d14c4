"""Disclosure control of tables of counts: small numbers are left out, and so is what they could be worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked, explained
from careassure.model.safe_text import columns, one_line, padded
from careassure.model.shorthand import CONFIDENTIAL, Suppressed
from careassure.model.showing import short_repr
from careassure.model.total_names import is_total
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.secondary import hidden_places, network, places

Cell = int | Suppressed
"""A number as it is shown, or the mark in its place."""


def _rows(rows: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


def _plain(cell: Cell) -> int | str:
    return str(cell) if isinstance(cell, Suppressed) else cell


def _to_the_right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def _whole(value: object) -> bool:
    return type(value) is int and value >= 0


@explained
@frozen
class CountTable:
    """Counts of people by two groupings, each person in one cell. Totals are worked out.

    >>> table = CountTable.of(
    ...     {"Ward A": {"18 to 64": 40, "65 and over": 3}, "Ward B": {"18 to 64": 9, "65 and over": 20}}
    ... )
    >>> table.row_totals, table.column_totals, table.total
    ((43, 29), (49, 23), 72)

    Args:
        rows: The names of the rows, each once.
        columns: The names of the columns, each once.
        counts: For each row its counts, one for each column.
        totals: Whether totals are shown beside the counts. Of a table of one row or column only the grand total is.

    Raises:
        InvalidInputError: A name stands twice or is one of totals, a row has too many or too few counts, or one is not
            a whole number. `CountTable.of` takes totals.
    """

    rows: tuple[str, ...] = field(converter=_names)
    columns: tuple[str, ...] = field(converter=_names)
    counts: tuple[tuple[int, ...], ...] = field(converter=_rows)
    totals: bool = True

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        _check_shape(self.rows, self.columns, self.counts)
        problems = [
            Problem(f"{row}, {column}", f"{count!r} is not a count", "Give a whole number, 0 or more")
            for row, counts in zip(self.rows, self.counts, strict=True)
            for column, count in zip(self.columns, counts, strict=True)
            if not _whole(count)
        ]
        if problems:
            raise InvalidInputError("the table of counts", problems)

    @classmethod
    def of(cls, counts: dict[str, dict[str, int]], *, totals: bool = True) -> CountTable:
        """A table from counts by row and column; what is left out is 0.

        A row or a column of totals, called Total, All or the like, is held against the sum of the others and then left
        out: totals are worked out, and never counted as one more group.

        >>> CountTable.of({"A": {"x": 40, "y": 3, "All": 43}, "Total": {"x": 40, "y": 3, "All": 43}}).total
        43

        Args:
            counts: For each row its counts by column.
            totals: Whether totals are shown.

        Raises:
            InvalidInputError: A count is not a whole number, there is none, or a total is not the sum.
        """
        columns = list(dict.fromkeys(column for row in counts.values() for column in row))
        own = {name: row for name, row in counts.items() if not is_total(name)}
        inner = [column for column in columns if not is_total(column)]
        problems = list(_total_problems(counts, own, inner, columns))
        if problems:
            raise InvalidInputError("the table of counts", problems)
        return cls(tuple(own), tuple(inner), tuple(tuple(row.get(c, 0) for c in inner) for row in own.values()), totals)

    @property
    def row_totals(self) -> tuple[int, ...]:
        """The sum of each row."""
        return tuple(sum(row) for row in self.counts)

    @property
    def column_totals(self) -> tuple[int, ...]:
        """The sum of each column."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @property
    def total(self) -> int:
        """The sum of all."""
        return sum(self.row_totals)


@explained
@frozen
class SuppressedTable:
    """A table as it may be shown: numbers, and marks in the place of those that are left out.

    It holds nothing of what is behind a mark or a rounding. Printing it gives the table as text.

    Args:
        rows: The names of the rows.
        columns: The names of the columns.
        cells: For each row its numbers and marks.
        row_totals: The total of each row; empty where none are shown.
        column_totals: The total of each column; empty where none are shown.
        total: The total of all; None where it is not shown.
        rules: The rules it was made by, which readers may know.

    Raises:
        InvalidInputError: The parts do not fit each other.
    """

    rows: tuple[str, ...] = field(converter=_names)
    columns: tuple[str, ...] = field(converter=_names)
    cells: tuple[tuple[Cell, ...], ...] = field(converter=_rows)
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell | None
    rules: Rules

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        _check_shape(self.rows, self.columns, self.cells)
        for name, totals, size in (
            ("row totals", self.row_totals, len(self.rows)),
            ("column totals", self.column_totals, len(self.columns)),
        ):
            if len(totals) not in {0, size}:
                problem = Problem(name, f"there are {len(totals):,} for {size}", "Give one for each, or none")
                raise InvalidInputError("the table", [problem])
        if self.total is not None and not (self.row_totals and self.column_totals):
            problem = Problem("total", "it is given alone", "Give the totals of rows and columns too")
            raise InvalidInputError("the table", [problem])

    @property
    def note(self) -> str:
        """What a reader is told of the marks and the rounding, in sentences that are true of this table."""
        return self.rules.words(hidden=any(isinstance(cell, Suppressed) for _, cell in _cells(self)))

    def to_dict(self) -> dict[str, object]:
        """The table as plain values, marks as ``[c]``."""
        return {
            "rows": list(self.rows),
            "columns": list(self.columns),
            "cells": [list(map(_plain, row)) for row in self.cells],
            "row_totals": list(map(_plain, self.row_totals)),
            "column_totals": list(map(_plain, self.column_totals)),
            "total": None if self.total is None else _plain(self.total),
            "threshold": self.rules.threshold,
            "round_to": self.rules.round_to,
            "secondary": self.rules.secondary,
            "zeros": self.rules.zeros,
            "note": self.note,
        }

    def __str__(self) -> str:
        lines = [
            ["", *map(one_line, self.columns)],
            *([one_line(name), *map(str, row)] for name, row in zip(self.rows, self.cells, strict=True)),
        ]
        if self.row_totals:
            lines[0].append("Total")
            for line, each in zip(lines[1:], self.row_totals, strict=True):
                line.append(str(each))
        if self.column_totals:
            lines.append(["Total", *map(str, self.column_totals)])
        if self.total is not None:
            lines[-1].append(str(self.total))
        widths = [max(map(columns, column)) for column in zip_longest(*lines, fillvalue="")]
        return "\n".join(
            "  ".join([padded(line[0], widths[0]), *map(_to_the_right, line[1:], widths[1:])]).rstrip()
            for line in lines
        )


@frozen
class ExposedCell:
    """A number behind a mark that a reader can work out.

    Args:
        row: Its row; empty where it is the total of a column, or of all.
        column: Its column; empty where it is the total of a row, or of all.
        value: What it must be.
    """

    row: str
    column: str
    value: int

    __repr__ = short_repr


@checked
def suppress(table: CountTable | SuppressedTable, rules: Rules) -> SuppressedTable:
    """Leave out small numbers and, with secondary suppression, what they could be worked out from; round the rest.

    Further numbers are left out until `audit` finds nothing: those by which least is lost, zeros only where nothing
    else will do, totals last. Where it can be done, a reader who was told which marks stand for small numbers could
    not work one out either. The result does not depend on the order of rows and columns.

    >>> table = CountTable.of({"A": {"x": 40, "y": 3}, "B": {"x": 9, "y": 20}})
    >>> from careassure.privacy.disclosure.rules import OLDER_NHS
    >>> print(suppress(table, OLDER_NHS))
             x    y  Total
    A      [c]  [c]     43
    B      [c]  [c]     29
    Total   49   23     72

    Args:
        table: The counts; a table that was made by the same rules is given back.
        rules: The rules, such as `NHS_SUBNATIONAL`.

    Raises:
        InvalidInputError: The table was made by other rules.
    """
    if isinstance(table, SuppressedTable):
        if table.rules == rules:
            return table
        problem = Problem("", "it was made by other rules", "Begin with the counts")
        raise InvalidInputError("the table", [problem])
    hidden = hidden_places(table, rules)

    def shown(row: int, column: int, count: int) -> Cell:
        return CONFIDENTIAL if (row, column) in hidden else rules.shown(count)

    height, width = len(table.rows), len(table.columns)
    by_row = table.totals and width > 1
    by_column = table.totals and height > 1
    return SuppressedTable(
        table.rows,
        table.columns,
        tuple(tuple(shown(i, j, count) for j, count in enumerate(row)) for i, row in enumerate(table.counts)),
        tuple(shown(i, width, count) for i, count in enumerate(table.row_totals)) if by_row else (),
        tuple(shown(height, j, count) for j, count in enumerate(table.column_totals)) if by_column else (),
        shown(height, width, table.total) if by_row and by_column else None,
        rules,
    )


@checked
def audit(table: SuppressedTable) -> tuple[ExposedCell, ...]:
    """The numbers that a reader of a table can work out in spite of their marks.

    The reader knows what is shown, the rules, and that the counts add up; behind a mark may be any number, or, where
    the rules have no secondary suppression, any small one. The answer is exact: a number is listed if it is the only
    one that fits.

    Raises:
        InvalidInputError: No counts fit what is shown.
    """
    rules = table.rules
    sure = (0, None) if rules.secondary else rules.small
    spans: dict[tuple[int, int], tuple[int, int | None]] = {}
    marked: list[tuple[int, int]] = []
    for place, cell in _cells(table):
        if isinstance(cell, Suppressed):
            marked.append(place)
            spans[place] = sure
        else:
            spans[place] = rules.behind(cell)
    height, width = len(table.rows), len(table.columns)
    net = network(height, width, spans)
    if not net.balance():
        problem = Problem(
            "", "no counts fit what it shows", "Check the numbers, and the rules that it is said to follow"
        )
        raise InvalidInputError("the table", [problem])
    index = {place: at for at, place in enumerate(places(height, width))}
    return tuple(
        ExposedCell([*table.rows, ""][place[0]], [*table.columns, ""][place[1]], net.flow[index[place]])
        for place in marked
        if not net.can_differ(index[place])
    )


def _cells(table: SuppressedTable) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Each number or mark that is shown with its row and column; those of totals are one beyond the last."""
    height, width = len(table.rows), len(table.columns)
    for i, row in enumerate(table.cells):
        yield from (((i, j), cell) for j, cell in enumerate(row))
    yield from (((i, width), cell) for i, cell in enumerate(table.row_totals))
    yield from (((height, j), cell) for j, cell in enumerate(table.column_totals))
    if table.total is not None:
        yield (height, width), table.total


def _total_problems(
    counts: Mapping[str, Mapping[str, int]],
    own: Mapping[str, Mapping[str, int]],
    inner: Sequence[str],
    columns: Sequence[str],
) -> Iterator[Problem]:
    """Each total that a table brings and that is not the sum of what it is of, or not a count."""
    for name, row in counts.items():
        rows = [row] if name in own else list(own.values())
        for column in columns:
            if column not in row or (name in own and column in inner):
                continue
            parts = [part.get(c, 0) for part in rows for c in ([column] if column in inner else inner)]
            if all(map(_whole, [row[column], *parts])) and row[column] != sum(parts):
                said = f"the total is {row[column]:,}, and what it is of adds up to {sum(parts):,}"
                yield Problem(f"{name}, {column}", said, "Correct it, or leave the totals out")
            elif not _whole(row[column]):
                yield Problem(f"{name}, {column}", f"{row[column]!r} is not a count", "Give a whole number, 0 or more")


def _check_shape(rows: Sequence[str], columns: Sequence[str], cells: Iterable[Sequence[object]]) -> None:
    problems = [
        Problem(what, f"{name!r} appears twice", "Give each a name of its own")
        for what, names in (("rows", rows), ("columns", columns))
        for name in sorted({name for name in names if list(names).count(name) > 1})
    ]
    problems += [
        Problem(what, f"{name!r} is a name of totals", "Leave it out or rename it: totals are worked out here")
        for what, names in (("rows", rows), ("columns", columns))
        for name in names
        if type(name) is str and is_total(name)
    ]
    sizes = [len(row) for row in cells]
    if not rows or not columns:
        problems.append(Problem("", "it has no rows or no columns", "Give at least one of each"))
    if len(sizes) != len(rows) or any(size != len(columns) for size in sizes):
        problems.append(
            Problem("", f"it is not {len(rows):,} rows of {len(columns):,}", "Give one number for each cell")
        )
    if problems:
        raise InvalidInputError("the table", problems)
