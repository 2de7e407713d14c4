"""Which column of a table with a row for each statement holds the scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from careassure.errors import AmbiguousNameError, CareAssureError, Problem
from careassure.model.cells import score_of
from careassure.model.framework import Framework
from careassure.model.printed_names import column_name
from careassure.model.text import fold, join
from careassure.tables.score_grid import Grid
from careassure.tables.table import Line

_SCALE = r"(?: (?:out of )?[0-9]{1,2}(?: (?:to )?[0-9]{1,2})?)?"
SCORES = re.compile(rf"scores?{_SCALE}|marks?{_SCALE}|ratings?|grades?|judgements?")
"""A column or row of scores by its name alone."""
_LEVELS = (
    re.compile(rf"scores?{_SCALE}"),
    re.compile(rf"(?:marks?{_SCALE}|ratings?|grades?|judgements?)"),
    re.compile(r".*\b(?:scores?|ratings?|grades?|marks?|judgements?)\b.*"),
)
NAMES_SCORES = _LEVELS[-1]
"""The name of a column of scores, whatever else it says."""
_NOT = re.compile(
    r".*\b(?:previous|prior|last|target|aim|expected|comments?|notes?|reasons?|evidence|rationale|for)\b.*"
)


def score_columns(
    framework: Framework,
    grid: Grid,
    heads: Sequence[str],
    lines: Sequence[Line],
    column: int,
    taken: Iterable[int],
    same: Callable[[str], bool] | None,
    problems: list[Problem],
) -> int | None:
    """The column of the scores; None where it cannot be told, which is then a problem.

    Args:
        framework: What is scored.
        grid: The table.
        heads: Its column headers; blank where it has none.
        lines: The rows of the council.
        column: The column of the statements.
        taken: Columns that are about something else.
        same: Tells the council that is asked for from others.
        problems: Where problems are collected.
    """
    free = [at for at in range(len(heads)) if at not in {column, *taken}]
    rows = [(line, leaf) for line in lines if (leaf := _leaf(framework, line.cells[column]))]
    found = _called(heads, free) or [at for at in free if _holds_scores(framework, rows, at)]
    if same is not None and len(found) != 1:
        found = [at for at in free if heads[at] and same(heads[at])] or found
    if len(found) == 1 or (found and _agree(framework, rows, found)):
        return found[0]
    place = grid.layout.place()
    if not found:
        problems.append(Problem(place, "no column holds scores", "Call the column of the scores Score"))
    else:
        names = join([repr(heads[at] or f"number {at + 1}") for at in found[:6]])
        problems.append(Problem(place, f"the columns {names} could all be the scores", "Call one of them Score"))
    return None


def _called(heads: Sequence[str], free: Sequence[int]) -> list[int]:
    """The columns that are called scores, by the plainest name that any has."""
    for pattern in _LEVELS:
        found = [at for at in free if pattern.fullmatch(fold(heads[at])) and not _NOT.fullmatch(fold(heads[at]))]
        if found:
            return found
    return []


def _leaf(framework: Framework, cell: str) -> str | None:
    with suppress(AmbiguousNameError):
        found = column_name(framework, cell)
        return found.leaf if found is not None and not found.loose else None
    return None


def _holds_scores(framework: Framework, rows: Sequence[tuple[Line, str]], at: int) -> bool:
    """Whether a column holds a score somewhere, and nothing else in any row of a statement."""
    some = False
    for line, leaf in rows:
        try:
            some = score_of(line.cells[at], framework.scale_of(leaf)) is not None or some
        except CareAssureError:
            return False
    return some


def _agree(framework: Framework, rows: Sequence[tuple[Line, str]], columns: Sequence[int]) -> bool:
    """Whether several columns hold the same scores."""
    for line, leaf in rows:
        try:
            found = {score_of(line.cells[at], framework.scale_of(leaf)) for at in columns}
        except CareAssureError:
            return False
        if len(found) > 1:
            return False
    return True
