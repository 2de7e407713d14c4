"""How remedies and promises stand on a day: done, kept, open or past their date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from careassure.model.arguments import DayLike, checked
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.workspaces.details import promise_words, remedy_words
from careassure.workspaces.happened import Event
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.owed import Promise, Remedy, pounds
from careassure.workspaces.workspace import Workspace

PROMISE_HEADINGS = {
    "overdue": "Past their date, and not kept",
    "open": "Open",
    "kept": "Kept",
    "withdrawn": "Let go by members",
}
"""How promises stand, in the order in which they are shown, each with its heading."""
WITHOUT = ", without evidence that shows it"
"""What is said behind something that is called done and that no evidence shows."""


@frozen
class RemedyProgress:
    """How a remedy stands on a day.

    Args:
        remedy: The remedy.
        event: The event that asks for it.
        overdue: Whether its date has passed and it is not done.
    """

    remedy: Remedy
    event: Event
    overdue: bool

    __repr__ = short_repr

    @property
    def unshown(self) -> bool:
        """Whether it is called done without evidence that shows it."""
        return self.remedy.done is not None and not self.remedy.evidence

    @property
    def state(self) -> str:
        """One of ``done``, ``overdue`` and ``open``."""
        return "done" if self.remedy.done else "overdue" if self.overdue else "open"

    @property
    def words(self) -> str:
        """It and how it stands, in a sentence."""
        return remedy_words(self.remedy, overdue=self.overdue)

    def __str__(self) -> str:
        return self.words


@frozen
class Remedies:
    """Remedies as they stand on a day, and the sums of their payments.

    Args:
        items: Each remedy, that of the oldest event first.
    """

    items: tuple[RemedyProgress, ...]

    __repr__ = short_repr

    def _payments(self, *, paid: bool = False) -> Iterator[Remedy]:
        for item in self.items:
            if item.remedy.kind == "payment" and (item.remedy.done or not paid):
                yield item.remedy

    @property
    def total(self) -> Fraction:
        """The pounds of all payments whose amount is known."""
        return sum((item.amount for item in self._payments() if item.amount is not None), Fraction())

    @property
    def paid(self) -> Fraction:
        """The pounds of those that were made."""
        return sum((item.amount for item in self._payments(paid=True) if item.amount is not None), Fraction())

    @property
    def unknown(self) -> int:
        """How many payments there are whose amount is not known."""
        return sum(item.amount is None for item in self._payments())

    @property
    def roughly(self) -> bool:
        """Whether some amount was printed as a round one, so that the total is one too."""
        return any(item.roughly for item in self._payments())

    @property
    def words(self) -> str:
        """What they come to: the sum of the payments, and how much of all was done; empty where there are none."""
        if not self.items:
            return ""
        done = sum(item.remedy.done is not None for item in self.items)
        late = sum(item.overdue for item in self.items)
        said = [self._money()] if any(self._payments()) else []
        said.append(f"{done:,} of {plural(len(self.items), 'remedy', 'remedies')} done")
        said += [f"{late:,} overdue"] if late else []
        return "; ".join(said)

    def _money(self) -> str:
        parts: list[str] = []
        if self.unknown < sum(1 for _ in self._payments()):
            about = "about " if self.roughly else ""
            round_paid = "about " if any(item.roughly for item in self._payments(paid=True)) else ""
            parts.append(f"{about}{pounds(self.total)} to be paid, {round_paid}{pounds(self.paid)} of it paid")
        if self.unknown:
            beside = "beside it " if parts else ""
            parts.append(f"{beside}{plural(self.unknown, 'payment')} of an amount not known")
        return "; ".join(parts)

    def __str__(self) -> str:
        return "\n".join([*(str(item) for item in self.items), *([self.words] if self.words else [])])


@frozen
class PromiseProgress:
    """How a promise stands on a day.

    Args:
        promise: The promise.
        overdue: Whether its date has passed and it was neither kept nor withdrawn.
        words: It and how it stands, in a sentence.
    """

    promise: Promise
    overdue: bool
    words: str

    __repr__ = short_repr

    @property
    def unshown(self) -> bool:
        """Whether it is called kept without evidence that shows it."""
        return self.promise.kept is not None and not self.promise.evidence

    @property
    def state(self) -> str:
        """One of ``kept``, ``withdrawn``, ``overdue`` and ``open``."""
        if self.promise.kept:
            return "kept"
        return "withdrawn" if self.promise.withdrawn else "overdue" if self.overdue else "open"

    def __str__(self) -> str:
        return self.words


@checked
def remedies(workspace: WorkspaceLike, at: DayLike | None = None) -> Remedies:
    """What was to be paid, said or done after complaints, as it stands at the end of a day.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    return Remedies(tuple(_remedies(then, then.remedies, day)))


def remedies_of(event: Event, work: Workspace, day: dt.date) -> Remedies:
    """The remedies that an event asks for, in a workspace as it was at the end of that day."""
    return Remedies(tuple(_remedies(work, (item for item in work.remedies if item.event == event.id), day)))


@checked
def promises(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[PromiseProgress, ...]:
    """What was promised to members by the end of a day, the oldest first, and whether it was kept.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    found: list[PromiseProgress] = []
    for item in sorted(then.promises, key=lambda each: each.date):
        late = not (item.kept or item.withdrawn) and item.due is not None and item.due.latest < day
        found.append(PromiseProgress(item, late, promise_words(item, then.framework, overdue=late)))
    return tuple(found)


def _remedies(work: Workspace, items: Iterable[Remedy], day: dt.date) -> Iterator[RemedyProgress]:
    events = {event.id: event for event in work.events}
    for item in sorted(items, key=lambda each: events[each.event].date):
        late = item.done is None and item.due is not None and item.due.latest < day
        yield RemedyProgress(item, events[item.event], late)
