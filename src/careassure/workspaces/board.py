"""How an improvement plan stands on the date of a board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from careassure.analysis.what_if import WhatIf, what_if
from careassure.api.lookup import ScorerLike
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.plan import Action, Measure, Reading, Update, quantity
from careassure.workspaces.workspace import Workspace


@frozen
class MeasureProgress:
    """How far a measure has come.

    Args:
        measure: The measure.
        latest: Its latest value, with the date; None where there is none.
        readings: Every value until then, the oldest first.
        unread: Whether its target date has passed and no value of that date or later is known.
    """

    measure: Measure
    latest: Reading | None
    readings: tuple[Reading, ...] = ()
    unread: bool = False

    __repr__ = short_repr

    @property
    def change(self) -> Fraction | None:
        """The latest value less the baseline, in the measure's unit."""
        if self.latest is None or self.measure.baseline is None:
            return None
        return self.latest.value - self.measure.baseline

    @property
    def way(self) -> Fraction | None:
        """How much of the way from baseline to target is done, as a share; below 0 where it got worse."""
        target, start = self.measure.target, self.measure.baseline
        if self.change is None or target is None or start is None or target == start:
            return None
        return self.change / (target - start)

    @property
    def met(self) -> bool | None:
        """Whether the latest value is the target or better; None where either is not known."""
        return None if self.latest is None else self.measure.reaches(self.latest.value)

    @property
    def words(self) -> str:
        """Where it stands, in a sentence."""
        measure = self.measure
        if self.latest is None:
            said = f"{measure.title}: no value yet"
        else:
            said = f"{measure.title}: {quantity(self.latest.value, measure.unit)} {self.latest.date.when}"
        then = f" {measure.baseline_date.when}" if measure.baseline_date else ""
        if measure.baseline is not None:
            said += f", from {quantity(measure.baseline, measure.unit if self.latest is None else '')}{then}"
        elif then:
            said += f", from a value not known{then}"
        if measure.goal or measure.target_date:
            by = f" by {measure.target_date.words}" if measure.target_date else ""
            met = {True: " met", False: " not met", None: ""}[self.met]
            said += f"; target {measure.goal or 'not known'}{by}{met}"
        return f"{said}, and no value of then is known" if self.unread else said

    def __str__(self) -> str:
        return self.words


@frozen
class ActionProgress:
    """How an action stands on a date.

    Args:
        action: The action.
        latest: The latest update; None where there is none, which counts as not started.
        overdue: Whether its date has passed without its being complete or cancelled.
        measures: How far its measures have come.
        updates: All that was said of it until then, the oldest first.
    """

    action: Action
    latest: Update | None
    overdue: bool
    measures: tuple[MeasureProgress, ...]
    updates: tuple[Update, ...] = ()

    __repr__ = short_repr

    @property
    def status(self) -> str:
        """One of ``not_started``, ``in_progress``, ``complete`` and ``cancelled``."""
        return self.latest.status if self.latest else "not_started"

    @property
    def unshown(self) -> bool:
        """Whether it is called complete without evidence that shows it."""
        return self.status == "complete" and not (self.latest and self.latest.evidence)

    @property
    def words(self) -> str:
        """Where it stands, in a few words."""
        said = self.status.replace("_", " ")
        if self.latest and self.status != "not_started":
            said += f" ({self.latest.date.words})"
        if self.overdue and self.action.due:
            said += f", overdue since {self.action.due.words}"
        elif self.action.due and self.status not in _ENDED:
            said += f", due {self.action.due.words}"
        return f"{said}, without evidence" if self.unshown else said

    def __str__(self) -> str:
        return self.words


_ENDED = ("complete", "cancelled")


@checked
def progress(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[ActionProgress, ...]:
    """How each action of the plan stands at the end of a day, in the order of the plan.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The date of the board; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    updates = then.latest_updates
    stand = _measured(then, day)
    found: list[ActionProgress] = []
    for action in then.actions:
        latest = updates.get(action.id)
        late = action.due is not None and action.due.latest < day and not (latest and latest.status in _ENDED)
        said = sorted((item for item in then.updates if item.action == action.id), key=lambda item: item.date)
        own = tuple(item for item in stand if action.id in item.measure.actions)
        found.append(ActionProgress(action, latest, late, own, tuple(said)))
    return tuple(found)


@checked
def measures(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[MeasureProgress, ...]:
    """How far each measure has come at the end of a day, whether an action names it or not.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The date of the board; today where None.
    """
    day = day_or_today(at)
    return _measured(opened(workspace).at(day), day)


def _measured(then: Workspace, day: dt.date) -> tuple[MeasureProgress, ...]:
    series: dict[str, list[Reading]] = {}
    for reading in sorted(then.readings, key=lambda item: item.date):
        series.setdefault(reading.measure, []).append(reading)
    return tuple(_measure(item, tuple(series.get(item.id, ())), day) for item in then.measures)


def _measure(measure: Measure, readings: tuple[Reading, ...], day: dt.date) -> MeasureProgress:
    latest, until = readings[-1] if readings else None, measure.target_date
    passed = measure.target is not None and until is not None and until.latest < day
    known = until is not None and any(item.date.latest >= until.earliest for item in readings)
    return MeasureProgress(measure, latest, readings, passed and not known)


@checked
def if_complete(
    workspace: WorkspaceLike, actions: Iterable[str] | None = None, scorer: ScorerLike | None = None
) -> WhatIf:
    """What the method would make of the scores that are hoped for once actions are complete: no forecast.

    Hopes for a statement that is scored in parts, or for one of the council's own, are left out. Where two actions
    hope for different scores of one statement, the higher counts; a score that is higher already is kept.

    Args:
        workspace: What the council keeps, or the path of its folder.
        actions: The ids of the actions; every one that is neither complete nor cancelled where None.
        scorer: The scorer; the framework's own where None.

    Raises:
        InvalidInputError: An unknown action.
    """
    work = opened(workspace)
    plan = {action.id: action for action in work.actions}
    if actions is None:
        last = work.latest_updates
        chosen = [name for name in plan if name not in last or last[name].status not in _ENDED]
    else:
        chosen = list(actions)
    unknown = [name for name in chosen if name not in plan]
    problems = [
        Problem(
            "actions",
            f"there is no action {name!r}",
            hint_for(name, plan, f"There are {join(list(plan))}" if plan else "The plan is empty"),
        )
        for name in unknown
    ]
    if problems:
        raise InvalidInputError("the actions", problems)
    assessment = work.assessment(work.base)
    wanted: dict[str, Grade] = {}
    for name in chosen:
        for claim in plan[name].moves:
            if claim.statement not in assessment.scores:
                continue
            grade = assessment.framework.scale_of(claim.statement).parse(claim.score)
            now = wanted.get(claim.statement) or assessment.scores[claim.statement]
            if not isinstance(now, Grade) or grade > now:
                wanted[claim.statement] = grade
    return what_if(assessment, wanted, scorer)
