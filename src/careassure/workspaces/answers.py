"""What reviews and visits found, and which actions answer it."""

from __future__ import annotations

from attrs import frozen

from careassure.model.arguments import DayLike, checked
from careassure.model.showing import short_repr
from careassure.workspaces.board import ActionProgress, action_progress
from careassure.workspaces.events import Event, Finding
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened


@frozen
class AnsweredFinding:
    """A finding with what answers it.

    Args:
        finding: The finding.
        event: What found it.
        actions: The actions that answer it, each as it stands; empty where none does.
    """

    finding: Finding
    event: Event
    actions: tuple[ActionProgress, ...] = ()

    __repr__ = short_repr

    @property
    def unanswered(self) -> bool:
        """Whether an action should answer it and none does. A strength needs none."""
        return self.finding.kind != "strength" and not self.actions

    @property
    def words(self) -> str:
        """It and its answer, in a sentence."""
        said = f"{self.finding.id} ({self.finding.kind.replace('_', ' ')}): {self.finding.text}"
        if self.unanswered:
            return f"{said}; no action answers it"
        return "; ".join([said, *(f"{item.action.id} {item.action.title}: {item.words}" for item in self.actions)])

    def __str__(self) -> str:
        return self.words


@checked
def findings(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[AnsweredFinding, ...]:
    """What reviews and visits had found by the end of a day, the oldest first, and which actions answer it.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    events = {event.id: event for event in then.events}
    plan = action_progress(then, day)
    found = [
        AnsweredFinding(item, events[item.event], tuple(each for each in plan if item.id in each.action.findings))
        for item in then.findings
    ]
    return tuple(sorted(found, key=lambda item: item.event.date))
