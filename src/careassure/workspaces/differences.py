"""What changed in a workspace between two days, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked, day_of
from careassure.model.dates import PartialDate
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.workspaces.answers import answered
from careassure.workspaces.board import action_progress
from careassure.workspaces.details import finding_words, replies_words
from careassure.workspaces.history import timeline
from careassure.workspaces.judged import judgement
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.overview import status
from careassure.workspaces.rating import assess
from careassure.workspaces.settled import promises, remedies
from careassure.workspaces.workspace import ScoreEntry, Workspace


@frozen
class Change:
    """One thing that changed.

    Args:
        subject: ``rating``, ``score``, ``evidence``, ``event``, ``finding``, ``remedy``, ``promise``,
            ``action``, ``measure``, ``return`` or ``gap``.
        about: The id of what changed; empty where it is all of it.
        words: What changed, in a sentence.
    """

    subject: str
    about: str
    words: str

    __repr__ = short_repr


@frozen
class Diff:
    """What changed between the ends of two days.

    Args:
        since: The first day.
        until: The second day.
        items: What changed, the result first.
    """

    since: dt.date
    until: dt.date
    items: tuple[Change, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """All of it as text, a line for each change."""
        head = f"From {_day(self.since)} to {_day(self.until)}"
        if not self.items:
            return f"{head} nothing changed.\n"
        return "\n".join([head, *(f"  {item.words}" for item in self.items)]) + "\n"

    def __str__(self) -> str:
        return self.words


@checked
def diff(workspace: WorkspaceLike, since: DayLike, until: DayLike | None = None) -> Diff:
    """What changed between the ends of two days.

    Args:
        workspace: What the council keeps, or the path of its folder.
        since: The first day.
        until: The second day, not before the first; today where None.

    Raises:
        InvalidInputError: The second day is before the first.
    """
    work, first, second = opened(workspace), day_of(since), day_or_today(until)
    if second < first:
        problem = Problem("", f"{second} is before {first}", "Give the earlier one first")
        raise InvalidInputError("the two days", [problem])
    old, new = work.at(first), work.at(second)
    return Diff(
        first,
        second,
        (
            *_rating(old, new),
            *_scores(old, new),
            *_evidence(old, new),
            *_events(work, first, second),
            *_findings(old, new),
            *_owed(work, first, second),
            *_actions(work, first, second),
            *_measures(work, first, second),
            *_returns(new, first, second),
            *_gaps(work, first, second),
        ),
    )


def _rating(old: Workspace, new: Workspace) -> Iterator[Change]:
    before, after = (_known(work) for work in (old, new))
    judged = judgement(new)
    if judged is not None and judged != judgement(old):
        yield Change("rating", judged.event.id, judged.words)
    if before == after:
        return
    was, now = (assess(work).result if known else "no score" for work, known in ((old, before), (new, after)))
    yield Change("rating", "", f"Result: {was}, now {now}" if was != now else f"Result: {now}, as before")


def _known(work: Workspace) -> dict[str, ScoreEntry]:
    """The latest scores that are known; a blank row is none."""
    return {leaf: entry for leaf, entry in work.latest_scores.items() if entry.score is not None}


def _scores(old: Workspace, new: Workspace) -> Iterator[Change]:
    before = old.latest_scores
    for leaf, entry in sorted(new.latest_scores.items(), key=lambda pair: pair[1].date):
        was = before.get(leaf)
        if was == entry or (entry.score is None and (was is None or was.score is None)):
            continue
        title = new.framework.title_of(leaf)
        reason = f" ({entry.reason})" if entry.reason else ""
        if not any(earlier.leaf == leaf and earlier.score is not None for earlier in old.scores):
            yield Change("score", leaf, f"{title}: first scored, {_said(entry.score)}{reason}")
        elif was is not None and was.score != entry.score:
            yield Change("score", leaf, f"{title}: {_said(was.score)} to {_said(entry.score)}{reason}")
        else:
            yield Change("score", leaf, f"{title}: {_said(entry.score)} confirmed{reason}")


def _evidence(old: Workspace, new: Workspace) -> Iterator[Change]:
    known = {item.id for item in old.evidence}
    added = [item for item in new.evidence if item.id not in known]
    if added:
        statements = dict.fromkeys(name for item in added for name in item.statements)
        titles = [statement.title for statement in new.framework.statements if statement.id in statements]
        yield Change("evidence", "", f"{plural(len(added), 'piece', 'pieces')} of evidence added "
                     f"({join([item.id for item in added])}), on {join(titles)}")  # fmt: skip


def _events(work: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    """What happened, the results among it that were published and ship with the library."""
    known = {(entry.id, entry.date) for entry in timeline(work, at=since)}
    for entry in timeline(work, at=until):
        if (entry.id, entry.date) not in known:
            asked = replies_words([item for item in work.replies if entry.id and item.event == entry.id])
            yield Change("event", entry.id, f"{entry.words}; replies: {asked}" if asked else entry.words)


def _findings(old: Workspace, new: Workspace) -> Iterator[Change]:
    """What was found, and what bodies said to it."""
    known = {item.id for item in old.findings}
    for item in new.findings:
        if item.id not in known:
            yield Change("finding", item.id, "; ".join([finding_words(item, new), *answered(item, new).notes]))
            continue
        before = answered(item, old).said
        for said in answered(item, new).said:
            if said not in before:
                yield Change("finding", item.id, f"{item.id} {item.text}: {said}")


def _owed(work: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    """Remedies that were asked for or done, and promises that were made, kept or withdrawn."""
    asked = {item.remedy.id: item.state for item in remedies(work, since).items}
    for remedy in remedies(work, until).items:
        if asked.get(remedy.remedy.id) != remedy.state:
            yield Change("remedy", remedy.remedy.id, f"Remedy {remedy}")
    made = {item.promise.id: item.state for item in promises(work, since)}
    for promise in promises(work, until):
        if made.get(promise.promise.id) != promise.state:
            yield Change("promise", promise.promise.id, f"Promise {promise}")


def _actions(work: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    before = {item.action.id: item for item in action_progress(work.at(since), since)}
    for item in action_progress(work.at(until), until):
        was = before.get(item.action.id)
        name = f"{item.action.id} {item.action.title}"
        if was is None:
            yield Change("action", item.action.id, f"{name}: new in the plan, {item.words}")
        elif was.stands != item.stands or was.overdue != item.overdue:
            yield Change("action", item.action.id, f"{name}: {was.stands}, now {item.words}")


def _measures(work: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    before, after = work.at(since).latest_readings, work.at(until).latest_readings
    for measure in work.measures:
        was, now = before.get(measure.id), after.get(measure.id)
        if now is not None and now != was:
            start = was.value if was is not None else measure.baseline
            origin = f"{measure.said(start)} to " if start is not None else ""
            way = ""
            if start is not None and now.value != start:
                way = ", better" if (now.value > start) == measure.upward else ", worse"
            yield Change("measure", measure.id, f"{measure.title}: {origin}{measure.said(now.value)}{way}")


def _returns(new: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    for item in new.returns:
        if item.date is not None and since < item.date.earliest <= until:
            yield Change("return", item.key, f"{item.key} {item.title}: {item.status.replace('_', ' ')}")


def _gaps(work: Workspace, since: dt.date, until: dt.date) -> Iterator[Change]:
    before = {(gap.kind, gap.about) for gap in status(work, since).gaps}
    after = {(gap.kind, gap.about) for gap in status(work, until).gaps}
    closed, opened = len(before - after), len(after - before)
    if closed or opened:
        yield Change("gap", "", f"{plural(closed, 'gap')} closed and {opened:,} opened; {len(after):,} remain")


def _said(score: int | str | None) -> str:
    return "not known" if score is None else str(score)


def _day(day: dt.date) -> str:
    return PartialDate.parse(day).words
