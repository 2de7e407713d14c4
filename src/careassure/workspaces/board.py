"""How an improvement plan stands on the date of a board."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from careassure.analysis.what_if import WhatIf, what_if
from careassure.api.lookup import ScorerLike
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.rounding import decimal
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.plan import Action, Measure, Reading, Update


@frozen
class MeasureProgress:
    """How far a measure has come.

    Args:
        measure: The measure.
        latest: Its latest value, with the date; None where there is none.
    """

    measure: Measure
    latest: Reading | None

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
        if self.latest is None or self.measure.target is None:
            return None
        value, target = self.latest.value, self.measure.target
        return value >= target if self.measure.direction == "higher" else value <= target

    @property
    def words(self) -> str:
        """Where it stands, in a sentence."""
        measure, unit = self.measure, f" {self.measure.unit}" if self.measure.unit else ""
        if self.latest is None:
            return f"{measure.title}: no value yet"
        said = f"{measure.title}: {decimal(self.latest.value)}{unit} {self.latest.date.when}"
        if measure.baseline is not None:
            when = f" {measure.baseline_date.when}" if measure.baseline_date else ""
            said += f", from {decimal(measure.baseline)}{when}"
        if measure.target is not None:
            by = f" by {measure.target_date.words}" if measure.target_date else ""
            said += f"; target {decimal(measure.target)}{by} {'met' if self.met else 'not met'}"
        return said

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
    """

    action: Action
    latest: Update | None
    overdue: bool
    measures: tuple[MeasureProgress, ...]

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
    updates, readings = then.latest_updates, then.latest_readings
    found: list[ActionProgress] = []
    for action in then.actions:
        latest = updates.get(action.id)
        late = action.due is not None and action.due.latest < day and not (latest and latest.status in _ENDED)
        measures = [MeasureProgress(m, readings.get(m.id)) for m in then.measures if action.id in m.actions]
        found.append(ActionProgress(action, latest, late, tuple(measures)))
    return tuple(found)


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
