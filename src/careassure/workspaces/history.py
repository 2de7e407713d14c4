"""One timeline for a council: reviews, results, visits, opinions and complaints, the oldest first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from careassure.api.verbs import published as published_of
from careassure.model.arguments import DayLike, checked, day_of
from careassure.model.assessment import Assessment
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.marks import Score
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.workspaces.details import event_more, result_words
from careassure.workspaces.happened import EVENT_KIND, Event
from careassure.workspaces.opening import WorkspaceLike, opened
from careassure.workspaces.workspace import Workspace


@frozen
class TimelineEntry:
    """Something on the timeline.

    Args:
        date: When.
        kind: The title of its kind.
        title: What it was.
        result: The rating or opinion that it gave; empty where it gave none.
        superseded: What replaced its result; empty where nothing did.
        findings: How many findings it made.
        source: Where it is written.
        id: The id of the event in the workspace, or of the published assessment that ships.
        about: The titles of the statements that it was about by name.
        notes: What changed or should be known.
        order: Of a visit, its number among those of its kind since the regulator's last result, and when that was;
            empty where no such result is known.
        statements: The ids of the statements that it was about by name.
        followed: What followed from it, in words: how many replied, and what is to be paid or done.
    """

    date: PartialDate
    kind: str
    title: str
    result: str = ""
    superseded: str = ""
    findings: int = 0
    source: str = ""
    id: str = ""
    about: tuple[str, ...] = ()
    notes: str = ""
    order: str = ""
    statements: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The entry in a line."""
        said = f"{self.date.words}: {self.kind.lower()}"
        if self.title and self.title.casefold() != self.kind.casefold():
            said += f", {self.title}"
        if self.result:
            said += f": {self.result}"
        if self.findings:
            said += f" ({self.findings} finding{'s' if self.findings > 1 else ''})"
        return f"{said} [superseded by {self.superseded}]" if self.superseded else said

    @property
    def details(self) -> str:
        """What it was about by name, its notes, what followed, and where it is written; empty where all is unknown."""
        parts = [
            *([self.order] if self.order else []),
            *([f"about {join(self.about)}"] if self.about else []),
            *([self.notes] if self.notes else []),
            *self.followed,
            *([f"source: {self.source}"] if self.source else []),
        ]
        return "; ".join(parts)

    def __str__(self) -> str:
        return self.words


@checked
def timeline(
    workspace: WorkspaceLike, published: Iterable[Assessment] | None = None, *, at: DayLike | None = None
) -> tuple[TimelineEntry, ...]:
    """Everything that happened to a council's assessment, the oldest first.

    Monitoring and focused visits, peer reviews and complaints give no grade, and stand without one.

    Args:
        workspace: What the council keeps, or the path of its folder.
        published: Published assessments of it to add; those that ship, under the framework of the workspace, where
            None. One that the workspace has as an event of about the same date is not added again.
        at: What had happened by the end of this day; everything where None.
    """
    work = opened(workspace)
    given = _shipped(work) if published is None else published
    known = [item for item in given if item.published is not None]
    if at is not None:
        day = day_of(at)
        work, known = work.at(day), [item for item in known if item.published and item.published.earliest <= day]
    replaced = {item.supersedes: _that(item) for item in known if item.supersedes}
    own = [event for event in work.events if event.kind in ("published_assessment", "rating_review")]
    found: list[TimelineEntry] = []
    for event in work.events:
        entry = _event(event, work)
        later = [replaced[item.id] for item in known if event in own and _same(item, event) and item.id in replaced]
        found.append(evolve(entry, superseded=later[0]) if later and not entry.superseded else entry)
    found += [
        TimelineEntry(
            item.published,
            "Rating review" if item.supersedes else EVENT_KIND["published_assessment"].title,
            "",
            _stated(item),
            replaced.get(item.id, ""),
            source=" | ".join(item.sources),
            id=item.id,
            notes=item.notes,
        )
        for item in known
        if item.published is not None and not any(_same(item, event) for event in own)
    ]
    return tuple(_visits_counted(sorted(found, key=lambda entry: entry.date)))


@frozen
class PublishedResult:
    """A result that the regulator published, as the workspace records it or as it ships.

    Args:
        date: When.
        words: The result in words.
        rating: The rating; None where none was seen.
        marks: The published scores, by what is scored; empty where only the result is known.
        source: Where it is written.
    """

    date: PartialDate
    words: str
    rating: Grade | None
    marks: tuple[tuple[str, Score], ...] = ()
    source: str = ""

    __repr__ = short_repr


def published_results(work: Workspace, day: dt.date) -> list[PublishedResult]:
    """The results that the regulator published until a day, the oldest first, each once.

    Args:
        work: What the council held on the day.
        day: The day.
    """
    own = [event for event in work.events if event.kind in _RESULTS]
    shipped = [item for item in _shipped(work) if item.published is not None and item.published.earliest <= day]
    found = [
        PublishedResult(item.published, _stated(item), item.stated.rating, item.marks, " | ".join(item.sources))
        for item in shipped
        if item.published is not None
    ]
    found += [
        PublishedResult(
            event.date,
            result_words(event, work.framework) or "no rating seen",
            work.framework.rating(event.result) if event.result else None,
            source=event.source,
        )
        for event in own
        if not any(_same(item, event) for item in shipped)
    ]
    return sorted(found, key=lambda item: item.date)


_VISITS = ("monitoring_visit", "focused_visit")
_RESULTS = ("published_assessment", "rating_review")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _visits_counted(entries: Iterable[TimelineEntry]) -> Iterator[TimelineEntry]:
    """Entries in order, each visit with its number since the regulator's last result.

    Visits are counted from those that the workspace records; two of one date keep the order in which they stand. Where
    a date is too loose to say whether a visit came before or after the result, the number is a range.
    """
    visits, results = ({EVENT_KIND[kind].title for kind in kinds} for kinds in (_VISITS, _RESULTS))
    last: PartialDate | None = None
    seen: list[TimelineEntry] = []
    sure: Counter[str] = Counter()
    maybe: Counter[str] = Counter()
    for entry in entries:
        if entry.kind in results and entry.result:
            last, sure = entry.date, Counter()
            maybe = Counter(visit.kind for visit in seen if visit.date.latest > last.earliest and visit.date != last)
        if entry.kind not in visits or last is None:
            seen += [entry] if entry.kind in visits else []
            yield entry
            continue
        seen.append(entry)
        loose = entry.date.earliest <= last.latest and entry.date != last
        which = _which(sure[entry.kind] + 1, sure[entry.kind] + maybe[entry.kind] + 1)
        said = f"the {which} recorded since the result of {last.words}"
        yield evolve(entry, order=f"perhaps {said}" if loose else said)
        (maybe if loose else sure)[entry.kind] += 1


def _which(low: int, high: int) -> str:
    """A number of visits in words, or a range of them."""
    words = [_ORDINALS[number - 1] if number <= len(_ORDINALS) else f"number {number}" for number in (low, high)]
    return words[0] if low == high else f"{words[0]} {'or' if high == low + 1 else 'to'} {words[1]}"


def _shipped(work: Workspace) -> tuple[Assessment, ...]:
    """The published results that ship for the council of a workspace, under its framework."""
    if not isinstance(work.council, Council):
        return ()
    return tuple(item for item in published_of(work.council) if item.framework.id == work.base.id)


def _event(event: Event, work: Workspace) -> TimelineEntry:
    later = next((other for other in work.events if other.supersedes == event.id), None)
    kind = EVENT_KIND.get(event.kind)
    return TimelineEntry(
        event.date,
        kind.title if kind else event.kind,
        event.title,
        result_words(event, work.framework),
        f"{later.title} of {later.date.words}" if later else "",
        sum(finding.event == event.id for finding in work.findings),
        event.source,
        event.id,
        tuple(work.framework.title_of(name) for name in event.statements),
        "; ".join(filter(None, (f"reason for the result: {event.reason}" if event.reason else "", event.notes))),
        statements=event.statements,
        followed=tuple(event_more(event, work)),
    )


def _that(item: Assessment) -> str:
    return f"that of {item.published.words}" if item.published else ""


def _stated(item: Assessment) -> str:
    marks = [word for word, holds in (("indicative", item.indicative), ("withdrawn", bool(item.withdrawn))) if holds]
    return (item.stated.words or "no rating seen") + (f" ({join(marks)})" if marks else "")


def _same(item: Assessment, event: Event) -> bool:
    date = item.published
    return date is not None and date.earliest <= event.date.latest and event.date.earliest <= date.latest
