"""What a workspace holds of each event: its result, notes and source, and what followed from it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.showing import short_repr
from careassure.model.text import fold, hint_for, join
from careassure.workspaces.answers import AnsweredFinding, findings
from careassure.workspaces.details import event_notes, replies_words
from careassure.workspaces.happened import EVENT_KIND, EVENT_KINDS, Event, Replies
from careassure.workspaces.history import TimelineEntry, timeline
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.settled import Remedies, remedies_of


@frozen
class EventRecord:
    """An event with all that belongs to it.

    Args:
        event: The event.
        entry: How it stands on the timeline: its result, what replaced it, and which visit it was.
        findings: What it found, each with what answers it.
        remedies: What it asks to be paid, said or done.
        replies: How many were asked at it, and how many replied.
        notes: What it was about by name, its notes, and where it is written.
    """

    event: Event
    entry: TimelineEntry
    findings: tuple[AnsweredFinding, ...]
    remedies: Remedies
    replies: tuple[Replies, ...]
    notes: tuple[str, ...]

    __repr__ = short_repr

    @property
    def lines(self) -> tuple[str, ...]:
        """It in words, a line for each part; the lines after the first are indented."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.event.id} {self.entry.words}"
        if self.entry.order:
            yield f"  {_sentence(self.entry.order)}"
        yield from (f"  {_sentence(note)}" for note in self.notes)
        if self.replies:
            yield f"  Replies: {replies_words(self.replies)}"
        yield from (f"  Remedy {item}" for item in self.remedies.items)
        if self.remedies.items:
            yield f"  In all: {self.remedies.words}"
        yield from (f"  Found {item}" for item in self.findings)

    @property
    def words(self) -> str:
        """All of it as text."""
        return "\n".join(self.lines)

    def __str__(self) -> str:
        return self.words


@checked
def events(workspace: WorkspaceLike, at: DayLike | None = None, *, kind: str | None = None) -> tuple[EventRecord, ...]:
    """The events that a workspace records, the oldest first, with all that is known of each.

    `timeline` has the results as well that were published and ship with the library.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: What had happened by the end of this day; today where None.
        kind: Only events of this kind, such as ``peer_review`` or *Peer review*; all where None.

    Raises:
        InvalidInputError: There is no such kind.
    """
    day = day_or_today(at)
    work = opened(workspace)
    then = work.at(day)
    wanted = None if kind is None else _kind(kind)
    entries = {entry.id: entry for entry in timeline(work, at=day)}
    found = findings(work, day)
    return tuple(
        EventRecord(
            event,
            entries[event.id],
            tuple(item for item in found if item.finding.event == event.id),
            remedies_of(event, then, day),
            tuple(item for item in then.replies if item.event == event.id),
            tuple(event_notes(event, then.framework)),
        )
        for event in sorted(then.events, key=lambda each: each.date)
        if wanted in (None, event.kind)
    )


def _kind(name: str) -> str:
    for kind in EVENT_KINDS:
        if fold(name) in (fold(kind.id), fold(kind.title)):
            return kind.id
    known = [kind.replace("_", " ") for kind in EVENT_KIND]
    hint = hint_for(name, known, f"Use {join(known, 'or')}")
    raise InvalidInputError("the kind", [Problem("", f"{name!r} is not a kind of event", hint)])


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
