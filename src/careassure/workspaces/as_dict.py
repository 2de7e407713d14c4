"""A workspace and how it stands on a day, as plain values that JSON can hold."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from careassure.model.as_dict import plain
from careassure.model.council import Body
from careassure.workspaces.board import ActionProgress, action_progress
from careassure.workspaces.matrix import coverage
from careassure.workspaces.measuring import MeasureProgress, measured
from careassure.workspaces.plan import quantity

if TYPE_CHECKING:
    from careassure.workspaces.board_page import Progress
    from careassure.workspaces.history import TimelineEntry
    from careassure.workspaces.overview import Status
    from careassure.workspaces.workspace import Workspace

STATUS_FORMAT = "careassure.status/1"

_TABLES = ("scores", "evidence", "events", "findings", "actions", "updates", "measures", "readings", "returns",
           "descriptors", "indicators", "values")  # fmt: skip
"""Every table but the cases: one row about one person travels with no status."""


def status_to_dict(found: Status) -> dict[str, object]:
    """How a workspace stands, and every row that it held, by table."""
    work, at = found.workspace, found.at
    matrix = coverage(work)
    return {
        "format": STATUS_FORMAT,
        "council": work.council.name,
        "code": work.council.code,
        **({"body": work.council.kind} if isinstance(work.council, Body) else {}),
        "framework": work.base.id,
        "version": work.base.version,
        "at": str(at),
        "own_result": found.own_result,
        "on_record": [entry_to_dict(entry) for entry in found.results],
        "facts": dict(work.facts),
        "gaps": [{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found.gaps],
        "coverage": [
            {"statement": statement, "category": category, "evidence": list(ids)}
            for (statement, category), ids in matrix.cells
        ],
        "plan": [action_to_dict(item) for item in action_progress(work, at)],
        "measured": [measure_to_dict(item) for item in measured(work, at)],
        "settings": {
            "stale_after_months": work.settings.stale_after_months,
            "scorer": work.settings.scorer,
            "own_statements": _own(work),
        },
        "tables": {name: [_row(item) for item in getattr(work, name)] for name in _TABLES},
        "cases": {"count": len(work.cases), "attributes": [plain(item) for item in work.attributes]},
    }


def entry_to_dict(entry: TimelineEntry) -> dict[str, object]:
    """Something on the timeline."""
    return {
        "id": entry.id,
        "date": str(entry.date),
        "what": entry.kind,
        "title": entry.title,
        "result": entry.result,
        "superseded_by": entry.superseded,
        "findings": entry.findings,
        "order": entry.order,
        "about": list(entry.about),
        "notes": entry.notes,
        "source": entry.source,
    }


def action_to_dict(item: ActionProgress) -> dict[str, object]:
    """An action as it stands, with all that was said of it."""
    return {
        "action": plain(item.action),
        "status": item.status,
        "overdue": item.overdue,
        "without_evidence": item.unshown,
        "words": item.words,
        "updates": [plain(update) for update in item.updates],
        "measures": [found.measure.id for found in item.measures],
    }


def measure_to_dict(item: MeasureProgress) -> dict[str, object]:
    """A measure with its values, and whether its target was met."""
    aim = item.measure.aim
    return {
        "measure": _row(item.measure),
        "now": _row(item.latest) if item.latest else None,
        "target": None if aim is None else quantity(aim).replace(",", ""),
        "met": item.met,
        "stands": item.stands,
        "no_value_at_target_date": item.unread,
        "words": item.words,
        "course": item.course,
        "values": [{**_row(reading), "words": item.measure.said(reading.value)} for reading in item.readings],
    }


def progress_to_dict(found: Progress) -> dict[str, object]:
    """How a plan stands on the day of a board."""
    return {
        "format": "careassure.progress/1",
        "council": found.workspace.council.name,
        "code": found.workspace.council.code,
        "at": str(found.at),
        "head": list(found.head),
        "hope": found.hope,
        "risks": list(found.risks),
        "late": [item.action.id for item in found.late],
        "in_hand": [item.action.id for item in found.in_hand],
        "complete": [item.action.id for item in found.done],
        "cancelled": [item.action.id for item in found.cancelled],
        "duties": [item.measure.id for item in found.duties],
        "plan": [action_to_dict(item) for item in found.actions],
        "measured": [measure_to_dict(item) for item in found.measures],
    }


def _row(item: Any) -> dict[str, object]:  # noqa: ANN401  (a row of any table)
    """A row of a table; what was written as a decimal number is written as one."""
    found: dict[str, object] = plain(item)
    numbers = {field.name: getattr(item, field.name) for field in attrs.fields(type(item))}
    return {
        name: quantity(numbers[name]).replace(",", "") if isinstance(numbers.get(name), Fraction) else value
        for name, value in found.items()
    }


def _own(work: Workspace) -> list[object]:
    base = {statement.id for statement in work.base.statements}
    return [plain(statement) for statement in work.framework.statements if statement.id not in base]
