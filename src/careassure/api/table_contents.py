"""What a table seems to hold that no reader knows: scores of councils, in either shape, or names of councils."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from attrs import evolve, field, frozen

from careassure.api.matching import council_columns
from careassure.errors import Problem
from careassure.model.framework import Framework
from careassure.model.showing import short_repr
from careassure.model.text import fold
from careassure.plugins.host import PluginHost, default_host
from careassure.tables.score_columns import score_columns
from careassure.tables.score_grid import Grid, about_of, best_column, heads_of
from careassure.tables.table import Layout, Line, TableFile

_FIRST_ROWS = 200
_MOST_CELLS = 20_000
_MOST_PROBLEMS = 10
_MOST_KEYS = 20_000
"""Of so many rows it is looked at whether a council and a statement stand twice."""
_WHEN = {"year", "period", "date", "quarter", "month"}


@frozen
class Contents:
    """What a table seems to hold.

    Args:
        layout: How it is laid out.
        rows: How many rows it has.
        refused: How many of them are not of its form.
        problems: What is wrong with the first of these.
        framework: What is scored in it; None where no statement is named.
        columns: The column of each score, by statement, where each has one.
        statement: The column of the statements, where each score has a row.
        score: The column of these scores.
        key: The columns that tell assessments apart.
        assessments: How many there seem to be.
        councils: The column with names or codes of councils; empty where none has any.
    """

    layout: Layout
    rows: int
    refused: int
    problems: tuple[Problem, ...] = ()
    framework: Framework | None = None
    columns: Mapping[str, str] = field(factory=dict)
    statement: str = ""
    score: str = ""
    key: tuple[str, ...] = ()
    assessments: int = 0
    councils: str = ""

    __repr__ = short_repr

    @property
    def missing(self) -> tuple[str, ...]:
        """The statements that have no column, where each score should have one."""
        if self.framework is None or self.statement:
            return ()
        held = {leaf.partition("/")[0] for leaf in self.columns}
        return tuple(statement.id for statement in self.framework.statements if statement.id not in held)

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that hold neither scores nor whose they are."""
        used = {*self.columns.values(), self.statement, self.score, *self.key, self.councils}
        return tuple(name for name in self.layout.headers if name not in used)


def contents_of(table: TableFile, host: PluginHost | None = None) -> Contents:
    """What a table seems to hold, from its column headers and first rows; all of its rows are counted.

    Args:
        table: The table.
        host: Where frameworks are looked for; what is installed where None.

    Raises:
        ReadError: It cannot be read to its end.
    """
    layout = table.layout
    first = _first(table)
    framework, wide, long = _framework(first, host or default_host())
    councils = next(iter(council_columns(table)), "")
    if framework is None:
        return _counted(table, Contents(layout, 0, 0, councils=councils))
    named = [name for name in layout.headers if about_of(name) in {"council", "code"}]
    key = (councils,) if councils else tuple(named[:1])
    if len(wide) > 1:
        columns = {leaf: layout.headers[at] for at, leaf in wide.items()}
        return _counted(table, Contents(layout, 0, 0, (), framework, columns, key=key, councils=councils))
    if long is None:
        return _counted(table, Contents(layout, 0, 0, councils=councils))
    statement, score = (layout.headers[at] for at in long)
    key = (*key, *_dates(table, key, statement))
    found = Contents(layout, 0, 0, (), framework, {}, statement, score, key, councils=councils)
    return _counted(table, found)


def _first(table: TableFile) -> Grid:
    """The first rows of a table that are of its form, below its column headers."""
    width = len(table.layout.headers)
    lines = [line for line in islice(table.read(), min(_FIRST_ROWS, _MOST_CELLS // width + 1)) if not line.problems]
    return Grid(table.layout, (Line(table.layout.header_row, table.layout.headers), *lines))


Found = tuple[Framework | None, Mapping[int, str], tuple[int, int] | None]
"""What is scored, the columns of its statements, and the columns of statements and of scores."""


def _framework(first: Grid, host: PluginHost) -> Found:
    """The framework that most names in the column headers, or in one column, are statements of."""
    best: Found = (None, {}, None)
    most = 1
    newest = [installed.versions[-1] for installed in host.frameworks()]
    for framework in sorted(newest, key=lambda item: item.id != "cqc-la"):  # the first of several that are alike
        wide, _ = heads_of(framework, first.rows[0])
        column, down = best_column(framework, first)
        if max(len(wide), down) <= most:
            continue
        if len(wide) >= down:
            most, best = len(wide), (framework, wide, None)
        elif (score := _score(framework, first, column)) is not None:
            most, best = down, (framework, {}, (column, score))
    return best


def _score(framework: Framework, first: Grid, column: int) -> int | None:
    """The column of the scores in a table with a row for each."""
    heads = [name.strip() for name in first.layout.headers]
    taken = [at for at, name in enumerate(heads) if at != column and about_of(name)]
    return score_columns(framework, first, heads, first.rows[1:], column, taken, None, [])


def _dates(table: TableFile, key: Sequence[str], statement: str) -> Iterator[str]:
    """Columns that tell assessments of one council apart, where it has several."""
    headers = table.layout.headers
    places = [headers.index(name) for name in (*key, statement)]
    seen: set[tuple[str, ...]] = set()
    for line in islice(_whole(table), _MOST_KEYS):
        cells = tuple(line.cells[at] for at in places)
        if cells in seen:
            break
        seen.add(cells)
    else:
        return
    for name in headers:
        if about_of(name) in {"assessed", "published", "kind"} or fold(name) in _WHEN:
            yield name


def _whole(table: TableFile) -> Iterator[Line]:
    return (line for line in table.read() if not line.problems)


def _counted(table: TableFile, found: Contents) -> Contents:
    """What was found, with how many rows there are, and how many assessments."""
    places = [found.layout.headers.index(name) for name in found.key] if found.statement else []
    rows = refused = 0
    problems: list[Problem] = []
    names: set[tuple[str, ...]] = set()
    for line in table.read():
        rows += 1
        if line.problems:
            refused += 1
            problems += line.problems[: _MOST_PROBLEMS - len(problems)]
        elif places:
            names.add(tuple(line.cells[at] for at in places))
    count = (len(names) if places else 1) if found.statement else rows - refused
    assessments = 0 if found.framework is None else count
    return evolve(found, rows=rows, refused=refused, problems=tuple(problems), assessments=assessments)
