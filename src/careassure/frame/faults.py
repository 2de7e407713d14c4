"""What is wrong with a row, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from careassure.errors import CareAssureError, InvalidMethodError, InvalidTableError, Place, Problem
from careassure.frame.arrays import BAD, UNKNOWN
from careassure.frame.cells import Table, plain, rank_of
from careassure.frame.profiles import assess_codes
from careassure.frame.question import Request
from careassure.model.scale import Scale
from careassure.model.text import join, plural
from careassure.model.vocabulary import why_odd

SHOWN = 10
"""How many bad rows an error names."""

MISSING = "it is missing"


def fault(value: object, scale: Scale, *, refuse: bool) -> str:
    """What is wrong with a cell; empty where nothing is."""
    rank = rank_of(value, scale)
    if rank == UNKNOWN:
        return MISSING if refuse else ""
    if rank != BAD:
        return ""
    why = why_odd(value)[0] if isinstance(value, str) else ""
    return f"{quoted(value)} is not a score{why and ': '}{why}"


def quoted(value: object) -> str:
    """A value as a message prints it: text in quotation marks."""
    value = plain(value)
    return f'"{value}"' if isinstance(value, str) else str(value)


def describe(request: Request, table: Table, rows: NDArray[np.intp]) -> list[str]:
    """What is wrong with each of some rows, one text for each entry of ``rows``, of the shape ``(chosen rows,)``."""
    return ["; ".join(f"{leaf}: {text}" for leaf, text in found) for found in _faults(request, table, rows)]


def rows_error(request: Request, table: Table, bad: NDArray[np.intp]) -> InvalidTableError:
    """The error that names the first bad rows and says how many there are; ``bad`` has the shape ``(bad rows,)``."""
    first = bad[:SHOWN]
    keys = [table.at(name, first) for name in request.question.key]
    where = [_where(request, table, int(row), [column[index] for column in keys]) for index, row in enumerate(first)]
    return table_error(request, where, _faults(request, table, first), len(bad))


def _where(request: Request, table: Table, row: int, key: Sequence[object]) -> str:
    if not request.question.key:
        return f"row {table.label(row)}"
    return join([f"{name} {value}" for name, value in zip(request.question.key, key, strict=True)])


def table_error(
    request: Request, where: Sequence[int | str], faults: Iterable[Sequence[tuple[str, str]]], rows: int
) -> InvalidTableError:
    """The error for so many bad rows, of which some are named.

    Args:
        request: What was asked.
        where: Which row each of those is that are named.
        faults: For each of them, pairs of the id of a score and what is wrong with it.
        rows: How many there are in all.
    """
    problems = [
        Problem(
            Place(row=place, path=leaf),
            text,
            "" if text == MISSING else choices(request.question.framework.scale_of(leaf)),
        )
        for place, found in zip(where, faults, strict=True)
        for leaf, text in found
    ]
    return InvalidTableError(what_is_wrong(rows, len(where)), problems, rows=rows)


def what_is_wrong(rows: int, named: int) -> str:
    """How many rows are bad, and how many of them are named."""
    more = f" (the first {named} are named)" if rows > named else ""
    return f"{plural(rows, 'row')} of the table {'holds' if rows == 1 else 'hold'} something that is not a score{more}"


def choices(scale: Scale) -> str:
    """What would have been right."""
    if scale.numeric:
        return f"Use {join([str(grade.value) for grade in scale], 'or')}"
    return f"Use {join([grade.label for grade in scale], 'or')}"


def _faults(request: Request, table: Table, rows: NDArray[np.intp]) -> list[list[tuple[str, str]]]:
    found: list[list[tuple[str, str]]] = [[] for _ in range(len(rows))]
    refuse = request.question.missing == "refuse"
    for leaf, column in request.placed.columns:
        if column is None:
            continue
        scale = request.question.framework.scale_of(leaf)
        for index, value in enumerate(table.at(column, rows)):
            text = fault(value, scale, refuse=refuse)
            if text:
                found[index].append((leaf, text))
    return found


def broken_error(request: Request, codes: Sequence[int], facts: Mapping[str, bool]) -> CareAssureError:
    """What the evaluation says about scores and facts with which the rungs of the method are not nested."""
    try:
        assess_codes(request, codes, facts)
    except CareAssureError as error:
        return error
    return InvalidMethodError(request.question.scorer.name, [Problem("", "its rungs are not nested", "Run its check")])
