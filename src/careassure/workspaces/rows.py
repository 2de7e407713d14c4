"""What a row of a workspace's table holds, for the tables that need nothing but the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeVar

from careassure.errors import InvalidInputError
from careassure.figures.financial_years import financial_year
from careassure.figures.model import IndicatorKey, Value
from careassure.samples.cases import Case, CaseAttribute
from careassure.tables.columns import Row
from careassure.workspaces.happened import FOLLOW_UP_STATUSES, FollowUp, Replies
from careassure.workspaces.owed import REMEDY_KINDS, YES_NO, Remedy
from careassure.workspaces.plan import DIRECTIONS, MET, NOT_MET, STATUSES, Measure, Reading, Update
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
            told = any(other.where == row.where(column) for other in row.problems)
            if (row.text(column) or column not in row.cells) and not told:
                row.problem(column, problem.message, problem.hint)
        return None


def value(row: Row) -> Value | None:
    """A value of one of the workspace's own indicators; None where it does not fit."""
    margin = row.number_of("margin_of_error")
    numerator, denominator = row.number_of("numerator"), row.number_of("denominator")
    base = row.whole("base")
    year = fitting(row, lambda: financial_year(row.text("year")), "year")
    made = fitting(row, lambda: Value(
        IndicatorKey(OWN, year or "", row.text("indicator")),
        row.text("area"),
        row.text("period"),
        row.text("value"),
        base=base,
        margin_of_error=margin,
        numerator=numerator,
        denominator=denominator,
        source=row.text("source"),
        scope=row.text("scope"),
        supersedes=row.text("supersedes"),
        challenged_by=row.text("challenged_by"),
        challenge=row.text("challenge"),
    ))  # fmt: skip
    return made if year and row.text("indicator") else None  # whatever else is wrong with the row was told


def update(row: Row) -> Update | None:
    """Where an action stood; None where its date cannot be read."""
    date, status, evidence = row.date("date"), row.choice("status", STATUSES), row.texts("evidence")
    return None if date is None else Update(row.text("action"), date, status, evidence, row.text("note"))


def follow_up(row: Row) -> FollowUp | None:
    """What a body said to a finding; None where its date cannot be read."""
    date, status, evidence = row.date("date"), row.choice("status", FOLLOW_UP_STATUSES), row.texts("evidence")
    if date is None:
        return None
    texts = (row.text("body"), evidence, row.text("source"), row.text("note"))
    return FollowUp(row.text("finding"), date, status, *texts)


def remedy(row: Row) -> Remedy:
    """What is to be paid or done after a complaint."""
    return Remedy(
        row.text("id"),
        row.text("event"),
        row.choice("kind", REMEDY_KINDS),
        row.text("text"),
        row.text("to"),
        row.number_of("amount"),
        row.choice("roughly", YES_NO) == "yes",
        row.date("due"),
        row.date("done"),
        row.texts("evidence"),
        row.text("note"),
    )


def replies(row: Row) -> Replies | None:
    """How many replied; None where that cannot be read."""
    asked, replied = row.whole("asked"), row.whole("replied")
    roughly = row.choice("roughly", YES_NO) == "yes"
    if replied is None:
        return None
    return Replies(row.text("event"), replied, row.text("group"), asked, roughly, row.text("source"))


def measure(row: Row) -> Measure | None:
    """By what actions are measured."""
    direction = row.choice("direction", DIRECTIONS)
    change = _change(row)
    return Measure(
        row.text("id"),
        row.text("title"),
        direction,
        row.texts("actions"),
        row.text("unit"),
        _met(row, "baseline") if direction == "met" else row.number_of("baseline"),
        row.date("baseline_date"),
        None if change is not None else _target(row, direction),
        row.date("target_date"),
        row.text("scope"),
        row.text("duty"),
        row.text("reference"),
        change,
    )


def _change(row: Row) -> Fraction | None:
    """By how many per cent of the baseline a value is to change; None where the target is no change."""
    found = _CHANGE.fullmatch(row.text("target"))
    if found is None:
        return None
    return Fraction(found[1]) * (1 if found[2].casefold() in ("more", "higher") else -1)


def _target(row: Row, direction: str) -> Fraction | None:
    if direction == "met":
        met = _met(row, "target")
        if met == 0:
            row.problem("target", "to be met is the target", "Leave it blank")
        return None
    signed = _SIGNED.fullmatch(row.text("target"))
    if signed:
        way = "more" if signed[1] == "+" else "less"
        hint = f"Write {signed[2]}% {way} where it is counted from the baseline, or else the value to be reached"
        row.problem("target", f"{row.text('target')!r} does not say of what it is a share", hint)
        return None
    return row.number_of("target")


def reading(row: Row, direction: str | None) -> Reading | None:
    """A value of a measure; None where its date or value cannot be read.

    Args:
        row: The row.
        direction: Which way the measure gets better; None where it is not known.
    """
    word = _WORDS.get(row.text("value").casefold()) if direction is None else None  # its measure is told of
    value = _met(row, "value") if direction == "met" else row.number_of("value") if word is None else word
    date = row.date("date")
    return None if date is None or value is None else Reading(row.text("measure"), date, value, row.text("source"))


def _met(row: Row, column: str) -> Fraction | None:
    """Whether something is met, as 1 or 0; None where the cell is blank or does not say."""
    text = row.text(column)
    found = _WORDS.get(text.casefold().replace("_", " "))
    if text and found is None:
        row.problem(column, f"{text!r} does not say whether it is met", f"Write {MET} or {NOT_MET}")
    return found


_CHANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(?:%|per ?cent) (less|fewer|lower|more|higher)", re.IGNORECASE | re.ASCII)
_SIGNED = re.compile(r"([-+]) ?([0-9]+(?:\.[0-9]+)?) ?%", re.ASCII)
_WORDS = {
    **dict.fromkeys((MET, "yes", "true", "1"), Fraction(1)),
    **dict.fromkeys((NOT_MET, "no", "false", "0"), Fraction(0)),
}
"""What may stand for a value that is met or not met; a spreadsheet writes TRUE and FALSE."""


def case(row: Row, attributes: Iterable[CaseAttribute]) -> Case:
    """A case, coded."""
    return Case(row.text("id"), tuple((item.id, _code(row.text(item.id), item)) for item in attributes))


def _code(text: str, attribute: CaseAttribute) -> str:
    """The code that a cell means: a spreadsheet makes the number 85 of the code 85+, and 7 of 007.

    Where one code alone becomes that number it is the one that was meant; else the cell stays as it is.
    """
    codes = [code.id for code in attribute.codes]
    meant = [code for code in codes if (found := _NUMBER.fullmatch(code)) and (found[1] or "0") == text]
    return meant[0] if text not in codes and len(meant) == 1 else text


_NUMBER = re.compile(r"\+?0*([0-9]*)\+?", re.ASCII)
"""A code that a spreadsheet takes for a whole number, signs and leading noughts included."""


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
