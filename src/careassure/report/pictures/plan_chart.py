"""An improvement plan as a chart: a bar for each action, up to its date, with a line at the day of the board."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.markup import Html, el
from careassure.report.document import Cell, Figure, Table, without_blanks
from careassure.report.drawing import LINE, WIDE, block, line, lines_of, n, picture, words
from careassure.workspaces.board import ActionProgress
from careassure.workspaces.board_page import Progress

_LEFT, _RIGHT = 8.0, WIDE - 8.0
_BAR = 12.0


@frozen
class _Axis:
    """Days on a line from left to right."""

    first: dt.date
    last: dt.date
    today: dt.date

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return _LEFT + min(max(share, 0), 1) * (_RIGHT - _LEFT)


def plan_chart(found: Progress) -> Figure | None:
    """A bar for each action; None where the plan has none.

    A bar begins where the action was put into the plan, or at the edge where that is not known. It ends at its date, or
    has no end where it has none. What is complete, late or in hand stands in words.
    """
    if not found.actions:
        return None
    days = [found.at, *(day for item in found.actions for day in _days(item))]
    axis = _Axis(min(days), max(days), found.at)
    title = f"{found.workspace.council}: the plan on {PartialDate.parse(found.at).words}"
    marked = f"A line marks {PartialDate.parse(found.at).words}."
    alt = " ".join([*(f"{item.action.id} {item.action.title}: {item.words}." for item in found.actions), marked])
    drawn: list[Html] = []
    strips: list[tuple[float, float]] = []
    y = 8.0
    for item in found.actions:
        made, tall = _action(item, axis, y)
        drawn += made
        strips.append((y, tall))
        y += tall
    today = axis.x(found.at)
    end = "left" if today < WIDE / 2 else "right"
    drawn += [
        line("today", today, y - 8, today, y + 6),
        words(PartialDate.parse(found.at).words, today + (4 if end == "left" else -4), y + 20, f"{end} strong"),
    ]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"{item.action.id} {item.action.title}",
            item.action.owner,
            item.action.agreed.words if item.action.agreed else "not known",
            item.action.due.words if item.action.due else "no date",
            item.words,
            f"{item.latest.date.words}: {item.latest.note}" if item.latest and item.latest.note else "",
        )
        for item in found.actions
    )
    heads = ("Action", "Owner", "In the plan since", "Due", "Where it stands", "What was last said")
    table = without_blanks(Table("The actions of the plan", heads, rows, (marked,)))
    return Figure(title, alt, picture(title, alt, y + 30, *drawn), table, tuple(strips))


def _days(item: ActionProgress) -> list[dt.date]:
    action = item.action
    return [date.latest if date is action.due else date.earliest for date in (action.agreed, action.due) if date]


def _action(item: ActionProgress, axis: _Axis, y: float) -> tuple[list[Html], float]:
    action = item.action
    start = axis.x(action.agreed.earliest) if action.agreed else _LEFT
    end = axis.x(action.due.latest) if action.due else _RIGHT
    style = "late" if item.overdue else "done" if item.status == "complete" else "hand"
    said = f"{action.id} {action.title}: {item.words}"
    tall = LINE * len(lines_of(said, WIDE - 8))
    top, wide = y + tall + 4, max(abs(end - start), 3)
    today = axis.x(axis.today)
    bar = el("rect", class_=style, x=n(min(start, end)), y=n(top), width=n(wide), height=n(_BAR))
    return [
        *block(said, 4, y + 14, WIDE - 8),
        bar,
        line("today", today, top - 4, today, top + _BAR + 4),
    ], tall + _BAR + 18
