"""What reviews and visits found, which actions and bodies answer it, and what later reviews say of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import evolve, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.showing import short_repr
from careassure.model.text import fold, hint_for, join
from careassure.workspaces.board import ActionProgress, action_progress
from careassure.workspaces.bodies import is_council, is_ours
from careassure.workspaces.details import follow_up_words
from careassure.workspaces.happened import FINDING_KINDS, Event, Finding, FollowUp
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.workspace import Workspace

Told = Literal["found", "found again", "closed"]
"""What a review said of something: that it is so, that it is so still or again, or that it was put right."""


@frozen
class AnsweredFinding:
    """A finding with what answers it.

    Args:
        finding: The finding.
        event: What found it.
        actions: The actions that answer it, each as it stands; empty where none does.
        ours: Whether it is for the council, alone or among others.
        follow_ups: What the bodies that it is for have said or done, the oldest first; the council's name no body.
        history: What each review said of the same thing, this finding included, the oldest first.
        closed: Whether a later review found it put right.
        renewed: Whether a later review found it again; that finding then stands for both.
    """

    finding: Finding
    event: Event
    actions: tuple[ActionProgress, ...] = ()
    ours: bool = True
    follow_ups: tuple[FollowUp, ...] = ()
    history: tuple[tuple[Told, Finding, Event], ...] = ()
    closed: bool = False
    renewed: bool = False

    __repr__ = short_repr

    @property
    def own_follow_up(self) -> FollowUp | None:
        """What the council said or did last; None where it is for others, or nothing was recorded."""
        found = [item for item in self.follow_ups if item.body == ""]
        return found[-1] if found else None

    @property
    def unanswered(self) -> bool:
        """Whether the council should answer it and does not.

        A strength needs no answer, nor does what is for others, was closed or was found again by a later finding. An
        action answers it, and so does a follow-up that it is done or rejected.
        """
        last = self.own_follow_up
        said = last is not None and last.status in ("done", "rejected")
        settled = self.closed or self.renewed or said or bool(self.actions)
        return self.ours and self.finding.kind != "strength" and not settled

    @property
    def unshown(self) -> bool:
        """Whether the council calls it done without evidence that shows it."""
        last = self.own_follow_up
        return last is not None and last.status == "done" and not last.evidence

    @property
    def seen(self) -> str:
        """What each review said of the same thing, in words; empty where this one alone speaks of it."""
        parts = [f"{told} {event.date.when} ({found.id})" for told, found, event in self.history]
        return ", ".join(parts) if len(parts) > 1 else ""

    @property
    def answer(self) -> str:
        """The actions that answer it and what bodies said to it, in words; that nothing does where something should."""
        parts = [f"{item.action.id} {item.action.title}: {item.words}" for item in self.actions]
        parts += self.said
        return "; ".join([*parts, *(["no action answers it"] if self.unanswered else [])])

    @property
    def notes(self) -> tuple[str, ...]:
        """Whom it is for, what other reviews say of the same thing, and what bodies said to it."""
        bodies = (f"for {join(self.finding.bodies)}",) if self.finding.bodies else ()
        seen = (self.seen,) if self.seen else ()
        return (*bodies, *seen, *self.said)

    @property
    def said(self) -> tuple[str, ...]:
        """What each body said to it or did about it, in words; the council is named where it is one of several."""
        ours = "the council: " if self.finding.bodies else ""
        return tuple(f"{'' if item.body else ours}{follow_up_words(item)}" for item in self.follow_ups)

    @property
    def words(self) -> str:
        """It, what answers it and what other reviews say of it, in a sentence."""
        notes = [
            f"{self.finding.id} ({self.finding.kind.replace('_', ' ')}): {self.finding.text}",
            *([f"for {join(self.finding.bodies)}"] if self.finding.bodies else []),
            *([self.seen] if self.seen else []),
            *([self.answer] if self.answer else []),
        ]
        return "; ".join(notes)

    def __str__(self) -> str:
        return self.words


@checked
def findings(
    workspace: WorkspaceLike, at: DayLike | None = None, *, kind: str | None = None, review: str | None = None
) -> tuple[AnsweredFinding, ...]:
    """What reviews and visits had found by the end of a day, the oldest first, and what answers it.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
        kind: Only findings of this kind, such as ``strength``; all where None.
        review: Only those of this event: its id or its title; all where None.

    Raises:
        InvalidInputError: There is no such kind, or no such event by that day, or several are called that.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    wanted = None if kind is None else _kind(kind)
    event = None if review is None else review_called(review, then)
    events = {each.id: each for each in then.events}
    plan = action_progress(then, day)
    found = [
        answered(item, then, (each for each in plan if item.id in each.action.findings))
        for item in then.findings
        if wanted in (None, item.kind) and (event is None or item.event == event.id)
    ]
    return tuple(sorted(found, key=lambda item: events[item.finding.event].date))


def answered(item: Finding, work: Workspace, actions: Iterable[ActionProgress] = ()) -> AnsweredFinding:
    """A finding as it stands in a workspace, with some actions that answer it."""
    events = {event.id: event for event in work.events}
    said = [
        evolve(each, body="" if is_council(each.body, work) else each.body)
        for each in sorted(work.follow_ups, key=lambda each: each.date)
        if each.finding == item.id
    ]
    chain = _history(item, work)
    return AnsweredFinding(
        item,
        events[item.event],
        tuple(actions),
        is_ours(item, work),
        tuple(said),
        tuple((what, each, events[each.event]) for what, each in chain),
        closed=any(item.id in each.closes for each in work.findings),
        renewed=any(item.id in each.finds_again for each in work.findings),
    )


def review_called(name: str, work: Workspace) -> Event:
    """The event of a workspace that has this id, or else this title.

    Raises:
        InvalidInputError: There is none, or several are called that.
    """
    named = [event for event in work.events if event.id == name]
    titled = named or [event for event in work.events if fold(event.title) == fold(name)]
    if len(titled) == 1:
        return titled[0]
    if titled:
        said = join([event.id for event in titled])
        raise InvalidInputError(
            "the review", [Problem("", f"several are called {name!r}: {said}", "Name one by its id")]
        )
    known = [text for event in work.events for text in (event.id, event.title)]
    there = join([f"{event.id} {event.title}" for event in work.events][:10])
    hint = hint_for(name, known, f"There are {there}" if there else "events.csv lists none")
    raise InvalidInputError("the review", [Problem("", f"there is no event {name!r}", hint)])


def _kind(name: str) -> str:
    word = fold(name).replace(" ", "_")
    if word in FINDING_KINDS:
        return word
    known = [kind.replace("_", " ") for kind in FINDING_KINDS]
    hint = hint_for(name, known, f"Use {join(known, 'or')}")
    raise InvalidInputError("the kind", [Problem("", f"{name!r} is not a kind of finding", hint)])


def _history(item: Finding, work: Workspace) -> list[tuple[Told, Finding]]:
    """What each review said of the same thing, the oldest first."""
    dates = {event.id: event.date for event in work.events}
    by_id = {each.id: each for each in work.findings}
    same, waiting = {item.id}, [*item.closes, item.id]
    closing = {item.id} if item.closes else set[str]()
    while waiting:
        name = waiting.pop()
        same.add(name)
        near = [*by_id[name].finds_again] if name in by_id else []
        near += [each.id for each in work.findings if name in each.finds_again]
        closing |= {each.id for each in work.findings if name in each.closes}
        waiting += [each for each in near if each not in same]
    found = sorted((by_id[name] for name in same | closing if name in by_id), key=lambda each: dates[each.event])
    return [(_told(each, closing), each) for each in found]


def _told(item: Finding, closing: set[str]) -> Told:
    return "closed" if item.id in closing else "found again" if item.finds_again else "found"
