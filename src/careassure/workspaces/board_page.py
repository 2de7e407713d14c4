"""One page for a board: what was promised, what is late, what is done, how the measures ran, and what is at risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from careassure.errors import UnknownScorerError
from careassure.model.arguments import DayLike, checked
from careassure.model.dates import PartialDate
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.workspaces.board import ActionProgress, action_progress
from careassure.workspaces.details import action_lines, measure_lines
from careassure.workspaces.hoped import hopes
from careassure.workspaces.measuring import MeasureProgress, measured
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.plan import quantity
from careassure.workspaces.workspace import Workspace


@frozen
class Progress:
    """How an improvement plan stands on the day of a board.

    Args:
        workspace: What the council held on the day.
        at: The day.
        actions: Each action as it stands, in the order of the plan.
        measures: Each measure as it stands, whether an action names it or not.
    """

    workspace: Workspace
    at: dt.date
    actions: tuple[ActionProgress, ...]
    measures: tuple[MeasureProgress, ...]

    __repr__ = short_repr

    @property
    def late(self) -> tuple[ActionProgress, ...]:
        """The actions whose date has passed and that have not ended."""
        return tuple(item for item in self.actions if item.overdue)

    @property
    def in_hand(self) -> tuple[ActionProgress, ...]:
        """The actions that have not ended and are not late."""
        return tuple(item for item in self.actions if not item.overdue and not item.ended)

    @property
    def done(self) -> tuple[ActionProgress, ...]:
        """The actions that are complete."""
        return tuple(item for item in self.actions if item.status == "complete")

    @property
    def cancelled(self) -> tuple[ActionProgress, ...]:
        """The actions that were cancelled."""
        return tuple(item for item in self.actions if item.status == "cancelled")

    @property
    def duties(self) -> tuple[MeasureProgress, ...]:
        """The measures that show a statutory duty."""
        return tuple(item for item in self.measures if item.measure.duty)

    @property
    def risks(self) -> tuple[str, ...]:
        """What a board should look at beside what is late: a line each, the id first."""
        return tuple(_risks(self.actions, self.measures))

    @property
    def hope(self) -> str:
        """What the scores would come to if every open action did what is hoped; never a forecast."""
        try:
            return hopes(self.workspace, self.at).sentence
        except UnknownScorerError as error:
            return f"What the plan would give is not known, for {error.message}"

    @property
    def head(self) -> tuple[str, ...]:
        """Whose plan it is, on which day, and how many of each kind there are: a line each."""
        unshown = sum(item.unshown for item in self.done)
        return (
            f"{self.workspace.council} on {PartialDate.parse(self.at).words}",
            *_counted("action", self.actions, (
                ("late", self.late),
                ("in hand", self.in_hand),
                ("complete" + (f" ({unshown:,} without evidence)" if unshown else ""), self.done),
                ("cancelled", self.cancelled),
            )),
            *_counted("measure", self.measures, _targets(self.measures)),
            *_counted("statutory duty", self.duties, [
                (stands, [item for item in self.duties if item.stands == stands])
                for stands in ("met", "not met", "not known")
            ]),
        )  # fmt: skip

    @property
    def words(self) -> str:
        """All of it as text, a heading for each part."""
        return "\n".join(self._lines()) + "\n"

    def __str__(self) -> str:
        return self.words

    def _lines(self) -> Iterator[str]:
        yield from self.head
        if not self.actions and not self.measures:
            yield "The plan is empty."
        if self.actions:
            yield self.hope
        groups = (
            ("At risk", [[line] for line in self.risks]),
            ("Late", [action_lines(item, self.workspace) for item in self.late]),
            ("In hand", [action_lines(item, self.workspace) for item in self.in_hand]),
            ("Complete", [action_lines(item, self.workspace) for item in self.done]),
            ("Cancelled", [action_lines(item, self.workspace) for item in self.cancelled]),
            ("Measures beside the actions", [measure_lines(item) for item in self.measures
                                             if not item.measure.actions]),
        )  # fmt: skip
        for heading, items in groups:
            if items:
                yield ""
                yield f"{heading} ({len(items):,})"
                yield from (f"  {line}" for lines in items for line in lines)

    def rows(self) -> list[dict[str, object]]:
        """A row for each action and each measure, as a table for programs has it."""
        return [*(_action_row(item) for item in self.actions), *(_measure_row(item) for item in self.measures)]

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values that JSON can hold, in the form ``careassure.progress/1``."""
        from careassure.workspaces.as_dict import progress_to_dict

        return progress_to_dict(self)


@checked
def progress(workspace: WorkspaceLike, at: DayLike | None = None) -> Progress:
    """How the plan stands at the end of a day: its actions, its measures, and what is at risk.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The date of the board; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    return Progress(then, day, action_progress(then, day), measured(then, day))


def _targets(items: Iterable[MeasureProgress]) -> list[tuple[str, list[MeasureProgress]]]:
    """Measures by how they stand to their targets, each in one group."""
    found: dict[str, list[MeasureProgress]] = {
        "whose target is met": [],
        "whose target is not met": [],
        "whose target date has passed without a value": [],
        "without a value": [],
        "without a target": [],
    }
    for item in items:
        if item.unread:
            found["whose target date has passed without a value"].append(item)
        elif item.latest is None:
            found["without a value"].append(item)
        elif item.met is None:
            found["without a target"].append(item)
        else:
            found["whose target is met" if item.met else "whose target is not met"].append(item)
    return list(found.items())


def _counted(name: str, items: Iterable[object], groups: Iterable[tuple[str, Iterable[object]]]) -> Iterator[str]:
    count = len(list(items))
    parts = [f"{len(list(group)):,} {word}" for word, group in groups if list(group)]
    if count:
        yield f"{plural(count, name, 'statutory duties' if name == 'statutory duty' else '')}: {', '.join(parts)}"


def _risks(actions: Iterable[ActionProgress], measures: Iterable[MeasureProgress]) -> Iterator[str]:
    for action in actions:
        if action.unshown:
            yield f"{action.action.id} {action.action.title}: complete, and no evidence shows it"
    for item in measures:
        why = list(_why(item))
        if why:
            yield f"{item.measure.id} {item.measure.title}: {'; '.join(why)}"


def _why(item: MeasureProgress) -> Iterator[str]:
    """Why a board should look at a measure; nothing where it need not."""
    measure, values = item.measure, item.readings
    if measure.duty and item.met is not True:
        yield f"the duty ({measure.duty}) is {'not met' if item.met is False else 'not known to be met'}"
    until = measure.target_date.words if measure.target_date else ""
    if item.unread:
        yield f"its target date, {until}, has passed and no value of then is known"
    elif item.passed and item.met is False:
        yield f"its target date, {until}, has passed and the target is not met"
    if not values:
        yield "no value yet"
        return
    better = 1 if measure.upward else -1
    if len(values) > 1 and (values[-1].value - values[-2].value) * better < 0:
        before = values[-2]
        yield f"worse than at the value before ({measure.said(before.value)} {before.date.when})"
    if item.change is not None and item.change * better < 0 and measure.baseline is not None:
        yield f"worse than at the beginning ({measure.said(measure.baseline)})"


_HEADS = (
    "kind", "id", "title", "stands", "late", "owner", "due", "value", "date", "baseline", "target", "target_date",
    "unit", "direction", "scope", "duty", "course", "words",
)  # fmt: skip


def _action_row(item: ActionProgress) -> dict[str, object]:
    action = item.action
    said: dict[str, object] = {
        "kind": "action", "id": action.id, "title": action.title, "stands": item.stands,
        "late": item.overdue, "owner": action.owner, "due": str(action.due or ""),
        "date": str(item.latest.date) if item.latest else "", "words": item.words,
    }  # fmt: skip
    return {head: said.get(head) for head in _HEADS}


def _measure_row(item: MeasureProgress) -> dict[str, object]:
    measure, latest = item.measure, item.latest
    said: dict[str, object] = {
        "kind": "measure", "id": measure.id, "title": measure.title, "stands": item.stands, "late": item.unread,
        "value": _number(latest.value if latest else None), "date": str(latest.date) if latest else "",
        "baseline": _number(measure.baseline), "target": _number(measure.aim),
        "target_date": str(measure.target_date or ""), "unit": measure.unit,
        "direction": measure.direction.replace("_", " "), "scope": measure.scope, "duty": measure.duty,
        "course": item.course, "words": item.words,
    }  # fmt: skip
    return {head: said.get(head) for head in _HEADS}


def _number(value: Fraction | None) -> str:
    return "" if value is None else quantity(value).replace(",", "")
