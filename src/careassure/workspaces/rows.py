"""What a row of a workspace's table holds, for the tables that need nothing but the row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from careassure.errors import InvalidInputError
from careassure.figures.model import IndicatorKey, Value, financial_year
from careassure.tables.columns import Row
from careassure.workspaces.plan import DIRECTIONS, STATUSES, Measure, Reading, Update
from careassure.workspaces.returns import ITEM_STATUSES, ReturnItem

OWN = "own"
"""The set of a workspace's own indicators."""

T = TypeVar("T")


def fitting(row: Row, make: Callable[[], T], of: str = "") -> T | None:
    """What a row makes, or None where it does not fit: the row's problems then say why."""
    try:
        return make()
    except InvalidInputError as error:
        for problem in error.problems:
            column = problem.where.path or of
            if row.text(column) or column not in row.cells:
                row.problem(column, problem.message, problem.hint)
        return None


def value(row: Row) -> Value | None:
    """A value of one of the workspace's own indicators; None where it does not fit."""
    margin = row.number_of("margin_of_error")
    numerator, denominator = row.number_of("numerator"), row.number_of("denominator")
    base = row.whole("base")
    if not row.text("indicator") or not row.text("year"):
        return None
    return fitting(row, lambda: Value(
        IndicatorKey(OWN, financial_year(row.text("year")), row.text("indicator")),
        row.text("area"),
        row.text("period"),
        row.text("value"),
        base=base,
        margin_of_error=margin,
        numerator=numerator,
        denominator=denominator,
        source=row.text("source"),
    ), "year")  # fmt: skip


def update(row: Row) -> Update | None:
    """Where an action stood; None where its date cannot be read."""
    date, status, evidence = row.date("date"), row.choice("status", STATUSES), row.texts("evidence")
    return None if date is None else Update(row.text("action"), date, status, evidence, row.text("note"))


def measure(row: Row) -> Measure | None:
    """By what actions are measured."""
    return Measure(
        row.text("id"),
        row.text("title"),
        row.choice("direction", DIRECTIONS),
        row.texts("actions"),
        row.text("unit"),
        row.number_of("baseline"),
        row.date("baseline_date"),
        row.number_of("target"),
        row.date("target_date"),
    )


def reading(row: Row) -> Reading | None:
    """A value of a measure; None where its date or value cannot be read."""
    date, value = row.date("date"), row.number_of("value")
    return None if date is None or value is None else Reading(row.text("measure"), date, value, row.text("source"))


def return_item(row: Row) -> ReturnItem | None:
    """An item of the information return."""
    return ReturnItem(
        row.text("section"),
        row.text("item"),
        row.text("title"),
        row.text("owner"),
        row.choice("status", ITEM_STATUSES, "missing"),
        row.text("rating"),
        row.texts("evidence"),
        row.date("date"),
    )
