"""A workspace and how it stands on a day, as plain values that JSON can hold."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from careassure.model.as_dict import plain
from careassure.model.council import Body
from careassure.workspaces.answers import findings
from careassure.workspaces.board import ActionProgress, action_progress
from careassure.workspaces.happened import EVENT_KINDS
from careassure.workspaces.matrix import coverage
from careassure.workspaces.measuring import MeasureProgress, measured
from careassure.workspaces.owed import pounds_number
from careassure.workspaces.plan import quantity
from careassure.workspaces.settled import promises, remedies

if TYPE_CHECKING:
    from careassure.workspaces.answers import AnsweredFinding
    from careassure.workspaces.board_page import Progress
    from careassure.workspaces.event_list import EventRecord
    from careassure.workspaces.history import TimelineEntry
    from careassure.workspaces.overview import Status
    from careassure.workspaces.settled import PromiseProgress, Remedies, RemedyProgress
    from careassure.workspaces.workspace import Workspace

STATUS_FORMAT = "careassure.status/1"

_TABLES = ("scores", "evidence", "events", "findings", "follow_ups", "remedies", "replies", "promises", "actions",
           "updates", "measures", "readings", "returns", "descriptors", "indicators", "values")  # fmt: skip
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
        "score_dates": work.score_dates.to_dict() if work.score_dates else None,
        "judgement": judged.to_dict() if (judged := found.judgement) else None,
        "on_record": [entry_to_dict(entry) for entry in found.results],
        "facts": dict(work.facts),
        "gaps": [{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found.gaps],
        "coverage": [
            {"statement": statement, "category": category, "evidence": list(ids)}
            for (statement, category), ids in matrix.cells
        ],
        "findings": [finding_to_dict(item) for item in findings(work, at)],
        "remedies": remedies_to_dict(remedies(work, at)),
        "promises": [promise_to_dict(item) for item in promises(work, at)],
        "plan": [action_to_dict(item) for item in action_progress(work, at)],
        "measured": [measure_to_dict(item) for item in measured(work, at)],
        "settings": {
            "stale_after_months": work.settings.stale_after_months,
            "mixed_after_months": work.settings.mixed_after_months,
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
        "kind": next((kind.id for kind in EVENT_KINDS if kind.title == entry.kind), entry.kind),
        "what": entry.kind,
        "title": entry.title,
        "result": entry.result,
        "superseded_by": entry.superseded,
        "findings": entry.findings,
        "order": entry.order,
        "statements": list(entry.statements),
        "about": list(entry.about),
        "notes": entry.notes,
        "followed": list(entry.followed),
        "source": entry.source,
    }


def finding_to_dict(item: AnsweredFinding) -> dict[str, object]:
    """A finding with what answers it, and what other reviews say of the same thing."""
    return {
        "finding": _row(item.finding),
        "event": item.event.id,
        "date": str(item.event.date),
        "for_the_council": item.ours,
        "unanswered": item.unanswered,
        "closed_later": item.closed,
        "found_again_later": item.renewed,
        "actions": [each.action.id for each in item.actions],
        "follow_ups": [_row(each) for each in item.follow_ups],
        "history": [
            {"what": told, "finding": found.id, "event": event.id, "date": str(event.date)}
            for told, found, event in item.history
        ],
        "words": item.words,
    }


def remedies_to_dict(found: Remedies) -> dict[str, object]:
    """Remedies as they stand, with the sums of their payments in pounds."""
    return {
        "pounds_to_be_paid": pounds_number(found.total),
        "pounds_paid": pounds_number(found.paid),
        "roughly": found.roughly,
        "amounts_not_known": found.unknown,
        "items": [_remedy(item) for item in found.items],
    }


def _remedy(item: RemedyProgress) -> dict[str, object]:
    amount = item.remedy.amount
    return {
        "remedy": {**_row(item.remedy), "amount": None if amount is None else pounds_number(amount)},
        "event": item.event.id,
        "state": item.state,
        "without_evidence": item.unshown,
        "words": item.words,
    }


def promise_to_dict(item: PromiseProgress) -> dict[str, object]:
    """A promise as it stands."""
    return {
        "promise": _row(item.promise),
        "state": item.state,
        "without_evidence": item.unshown,
        "words": item.words,
    }


def record_to_dict(item: EventRecord) -> dict[str, object]:
    """An event with all that belongs to it."""
    return {
        **entry_to_dict(item.entry),
        "replies": [{**_row(each), "share": None if each.rate is None else str(each.rate)} for each in item.replies],
        "remedies": remedies_to_dict(item.remedies),
        "found": [finding_to_dict(each) for each in item.findings],
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
