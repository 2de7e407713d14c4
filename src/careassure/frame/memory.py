"""Tables in memory: read, work out, put the results beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careassure.errors import CareAssureError, InvalidTableError, Problem
from careassure.frame.arrays import Codes, FactData, LeafData, Numbers, Rated
from careassure.frame.cells import Native, Table, constant, read_fact, read_scores
from careassure.frame.faults import broken_error, describe, rows_error
from careassure.frame.kernel import Kernel
from careassure.frame.kinds import kind_of
from careassure.frame.outputs import OutputColumn
from careassure.frame.profiles import codes_of, rate_profiles
from careassure.frame.question import Question, Request


def wrap(frame: Native) -> Table | None:
    """The table of a data frame in memory; None where it is of a library that is not known here."""
    kind = kind_of(frame)
    if kind == ("pandas", "DataFrame"):
        from careassure.frame.adapters import PandasTable

        return PandasTable(frame)
    if kind == ("polars", "DataFrame"):
        from careassure.frame.adapters import PolarsTable

        return PolarsTable(frame)
    if kind == ("pyarrow", "Table"):
        from careassure.frame.adapters import ArrowTable

        return ArrowTable(frame)
    return None


def assess_table(question: Question, table: Table) -> Native:
    """The table with its results, in the library it came from.

    Raises:
        InvalidTableError: Its columns do not fit, or rows hold something that is not a score.
        InvalidMethodError: The rungs of the method are not nested.
    """
    request = question.placed(table.names)
    rated, columns = _rate_table(request, table)
    if len(rated.bad) and question.errors == "raise":
        raise rows_error(request, table, rated.bad)
    results: list[tuple[OutputColumn, Any]] = [
        (column, constant(column, table.rows) if column.kind == "text" else rated.columns[column.key])
        for column in columns
    ]
    if request.problem is not None:
        results.append((request.problem, _problems(request, table, rated.bad)))
    return table.attach(results)


def faults_of(question: Question, table: Table) -> InvalidTableError | None:
    """The error for the bad rows of a table, or None where there are none."""
    request = question.placed(table.names)
    rated, _ = _rate_table(request, table)
    return rows_error(request, table, rated.bad) if len(rated.bad) else None


def _rate_table(request: Request, table: Table) -> tuple[Rated, tuple[OutputColumn, ...]]:
    leaves = [
        read_scores(table, column, request.question.framework.scale_of(leaf)) for leaf, column in request.placed.columns
    ]
    return rate(request, leaves, _facts(request, table), table.rows)


def rate(
    request: Request, leaves: Sequence[LeafData], facts: dict[str, bool | FactData], rows: int
) -> tuple[Rated, tuple[OutputColumn, ...]]:
    """Work the results out, by the plan where there is one, else profile by profile.

    Args:
        request: What is asked.
        leaves: What is known of each score of the request, in its order, each of the shape ``(rows,)``.
        facts: The facts that are known, each one for all rows or of the shape ``(rows,)``.
        rows: How many rows there are.

    Raises:
        InvalidMethodError: The rungs of the method are not nested.
        CareAssureError: Whatever a scorer raises that is not a method.
    """
    if not request.lowers:
        return rate_profiles(request, leaves, facts, rows)
    plan = request.plan(states=any(not isinstance(data, Numbers) and data is not None for data in leaves))
    columns = request.known_columns
    by_id = {leaf: data for (leaf, _), data in zip(request.placed.columns, leaves, strict=True)}
    wanted = [column for column in columns if column.kind != "text"]
    kernel = Kernel(
        plan,
        tuple(column.key for column in wanted),
        refuse=request.question.missing == "refuse",
        bits={column.key: column.bits for column in wanted},
    )
    rated = kernel.run([by_id.get(source.id) for source in plan.leaves], facts, rows)
    if rated.broken is not None:
        raise _broken(request, leaves, facts, rated.broken)
    return rated, columns


def _broken(
    request: Request, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], row: int
) -> CareAssureError:
    """The error for a row in which the rungs of the method are not nested."""
    framework = request.question.framework
    codes: list[int] = []
    for (leaf, _), data in zip(request.placed.columns, leaves, strict=True):
        one = data
        if isinstance(data, Numbers):
            one = Numbers(data.values[row : row + 1], None if data.blank is None else data.blank[row : row + 1])
        elif data is not None:
            one = Codes(data.ranks[row : row + 1])
        codes.append(int(codes_of(one, framework.scale_of(leaf), 1)[0]))
    told = {
        name: data if isinstance(data, bool) else bool(data.holds[row])
        for name, data in facts.items()
        if isinstance(data, bool) or data.blank is None or not data.blank[row]
    }
    return broken_error(request, codes, told)


def _facts(request: Request, table: Table) -> dict[str, bool | FactData]:
    found: dict[str, bool | FactData] = {}
    problems: list[Problem] = []
    for name, where in request.facts:
        if isinstance(where, bool):
            found[name] = where
            continue
        try:
            found[name] = read_fact(table, where)
        except ValueError as error:
            problems.append(Problem(where, f"{error.args[0]!r} is neither true nor false", "Facts are true or false"))
    if problems:
        raise InvalidTableError("the facts of the table", problems)
    return found


def _problems(request: Request, table: Table, bad: NDArray[np.intp]) -> list[str | None]:
    """What is wrong with each row, one entry a row, of which those in ``bad`` have a text."""
    found: list[str | None] = [None] * table.rows
    for row, text in zip(bad.tolist(), describe(request, table, bad), strict=True):
        found[row] = text
    return found
