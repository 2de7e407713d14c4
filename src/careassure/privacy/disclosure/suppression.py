"""Disclosure control of tables of counts: small numbers are left out, and so is what they could be worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked, explained
from careassure.model.safe_text import columns, one_line, padded
from careassure.model.shorthand import CONFIDENTIAL, Suppressed
from careassure.model.showing import short_repr
from careassure.privacy.disclosure.secondary import hidden_places, network, places

Zeros = Literal["show", "suppress"]
"""Whether a count of 0 is shown or hidden as a small number is."""

Cell = int | Suppressed
"""A number as it is shown, or the mark in its place."""


def _rows(rows: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


def _to_the_right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def _whole(value: object) -> bool:
    return type(value) is int and value >= 0


@explained
@frozen
class Rules:
    """Settings of disclosure control. There is no default: which rule holds is for whoever publishes to say.

    Args:
        threshold: Counts from 1 to this are left out; 0 where none are.
        round_to: Every number that is shown is rounded to the nearest multiple of this, a half upwards; 1 leaves
            it exact. Totals are rounded on their own, so rounded numbers need not add up.
        secondary: Whether more is left out where a number could otherwise be worked out.
        zeros: Whether a 0 is shown.

    Raises:
        InvalidInputError: A setting is not a whole number, a threshold of 1 would tell what it hides, or the rounding
            is so coarse that a number above the threshold would be shown as 0.
    """

    threshold: int
    round_to: int = 1
    secondary: bool = True
    zeros: Zeros = "show"

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the rules of disclosure control") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not _whole(self.threshold):
            yield Problem(
                "threshold", f"{self.threshold!r} is not a count", "Give a whole number; 0 leaves nothing out"
            )
        elif self.threshold == (1 if self.zeros == "show" else 0):
            yield Problem("threshold", f"a mark that stands for {self.threshold} alone tells it", "Give a higher one")
        if not _whole(self.round_to) or self.round_to == 0:
            yield Problem("round_to", f"{self.round_to!r} is not a number to round to", "Give 1 or more")
        elif _whole(self.threshold) and 0 < self.threshold < (self.round_to - 1) // 2:
            hint = f"Round to at most {2 * self.threshold + 2}"
            yield Problem("round_to", f"{self.threshold + 1}, which is not hidden, would be shown as 0", hint)
        if self.zeros not in get_args(Zeros):
            yield Problem("zeros", f"{self.zeros!r} is not a setting", 'Give "show" or "suppress"')
        if type(self.secondary) is not bool:
            yield Problem("secondary", f"{self.secondary!r} is neither True nor False", "Give one of them")

    def hides(self, count: int) -> bool:
        """Whether a count is left out for its own sake."""
        return 1 <= count <= self.threshold or (count == 0 and self.zeros == "suppress")

    def shown(self, count: int) -> int:
        """A count as it is shown: rounded to the nearest multiple, a half upwards."""
        return (2 * count + self.round_to) // (2 * self.round_to) * self.round_to

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and the most that a number shown can stand for, to a reader who knows these rules."""
        low, high = shown - self.round_to // 2, shown + (self.round_to - 1) // 2
        if shown == 0 and self.zeros == "show":
            return 0, 0 if self.threshold else high
        return max(low, 0 if not self.threshold and self.zeros == "show" else self.threshold + 1), high

    @property
    def small(self) -> tuple[int, int]:
        """The least and the most that a count can be that is left out for its own sake."""
        return (0 if self.zeros == "suppress" else 1), self.threshold


NHS_SUBNATIONAL: Final = Rules(threshold=7, round_to=5)
"""Counts of 1 to 7 left out, all others rounded to the nearest 5: NHS hospital statistics below the national level
since September 2018.

Source: https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/\
change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018. That page itself was not read: 1 to 7 was
read in a re-post of the method, the rounding in another note of the NHS. Neither speaks of secondary suppression. It
is on here, and does something only where a number could be worked out in spite of the rounding.
"""

OLDER_NHS: Final = Rules(threshold=5)
"""Counts of 1 to 5 left out, with secondary suppression and no rounding: as reported, the practice before September
2018. The page that laid it down was not read."""

ASCOF_SURVEY_BASE: Final = 3
"""Measures of the Adult Social Care Outcomes Framework that come from a survey are blank where fewer people than this
are in their base. Source: the notes of the published tables, *Measures from the Adult Social Care Outcomes Framework*.
It is about what a percentage is a share of, and so no preset of `Rules`; for counts it would be a threshold of 2."""


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
        InvalidInputError: A name stands twice, a row has too many or too few counts, or one is not a whole number.
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

        Args:
            counts: For each row its counts by column.
            totals: Whether totals are shown.

        Raises:
            InvalidInputError: A count is not a whole number, or there is none.
        """
        columns = list(dict.fromkeys(column for row in counts.values() for column in row))
        cells = tuple(tuple(row.get(column, 0) for column in columns) for row in counts.values())
        return cls(tuple(counts), tuple(columns), cells, totals)

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


def _check_shape(rows: Sequence[str], columns: Sequence[str], cells: Iterable[Sequence[object]]) -> None:
    problems = [
        Problem(what, f"{name!r} appears twice", "Give each a name of its own")
        for what, names in (("rows", rows), ("columns", columns))
        for name in sorted({name for name in names if list(names).count(name) > 1})
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
