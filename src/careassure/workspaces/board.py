"""How each action of an improvement plan stands on a day."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from careassure.model.showing import short_repr
from careassure.workspaces.measuring import MeasureProgress, measured
from careassure.workspaces.plan import ENDED, Action, Update
from careassure.workspaces.workspace import Workspace


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
    def stands(self) -> str:
        """The status in words; of an action of which nothing was said, that there is no update yet."""
        return self.status.replace("_", " ") if self.latest else "no update yet"

    @property
    def ended(self) -> bool:
        """Whether it is complete or cancelled."""
        return self.status in ENDED

    @property
    def unshown(self) -> bool:
        """Whether it is called complete without evidence that shows it."""
        return self.status == "complete" and not (self.latest and self.latest.evidence)

    @property
    def words(self) -> str:
        """Where it stands, in a few words."""
        said = self.stands
        if self.latest:
            said += f" ({self.latest.date.words})"
        if self.overdue and self.action.due:
            said += f", overdue since {self.action.due.words}"
        elif self.action.due and not self.ended:
            said += f", due {self.action.due.words}"
        return f"{said}, without evidence" if self.unshown else said

    def __str__(self) -> str:
        return self.words


def action_progress(then: Workspace, day: dt.date) -> tuple[ActionProgress, ...]:
    """How each action stands, of what was held at the end of a day, in the order of the plan."""
    updates = then.latest_updates
    stand = measured(then, day)
    found: list[ActionProgress] = []
    for action in then.actions:
        latest = updates.get(action.id)
        late = action.due is not None and action.due.latest < day and not (latest and latest.status in ENDED)
        said = sorted((item for item in then.updates if item.action == action.id), key=lambda item: item.date)
        own = tuple(item for item in stand if action.id in item.measure.actions)
        found.append(ActionProgress(action, latest, late, own, tuple(said)))
    return tuple(found)
