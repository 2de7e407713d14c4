"""Where applications for deprivation of liberty stand on a day: priorities, clocks, backlog, and waits by group."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.figures.applications import Application, Criterion
from careassure.figures.backlogs import Backlog, backlog
from careassure.figures.waits import WaitingTimes, waiting_times
from careassure.model.arguments import checked
from careassure.model.dates import PartialDate, months_after
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, plural

NO_CRITERION: Final = "No criterion met"
"""What the priority of an application is called of which no criterion is met."""

SOON_DAYS: Final = 28
"""So many days before its end an authorisation is listed: the next can be asked for that early."""

LIMITS: Final = (21, 90, 365)
"""The limits over which waits are counted, in days since receipt."""

CAUTION: Final = (
    "A low priority does not lengthen a clock: the ombudsman has found fault with councils that left the lower "
    "priorities waiting."
)


@frozen
class QueuedApplication:
    """An application with its priority, as it stands on a day.

    Args:
        application: The application.
        lowest: Its priority if no criterion is met of which that is not known.
        highest: Its priority if each of these is met; the same where it is certain.
        due: The last day of its statutory clock.
        over: By how many days that is passed; 0 where it is not.
        waited: How many days ago it was received.
    """

    application: Application
    lowest: str
    highest: str
    due: dt.date
    over: int
    waited: int

    __repr__ = short_repr

    @property
    def priority(self) -> str:
        """Its priority in words; a span where it is not known of a criterion whether it is met."""
        return self.lowest if self.lowest == self.highest else f"{self.lowest} to {self.highest}"

    @property
    def certain(self) -> bool:
        """Whether its priority is the same whatever is found out."""
        return self.lowest == self.highest


@frozen
class Dols:
    """Where applications stand on a day.

    Args:
        at: The day.
        priorities: What the priorities are called, the highest first; empty without criteria.
        open: The open applications: the highest priority first, then the one that is due first.
        completed: The applications completed by the day, with the priority that they had.
        later: The applications that were received after the day, and are not counted.
    """

    at: dt.date
    priorities: tuple[str, ...]
    open: tuple[QueuedApplication, ...]
    completed: tuple[QueuedApplication, ...] = ()
    later: tuple[Application, ...] = ()

    __repr__ = short_repr

    @property
    def every(self) -> tuple[QueuedApplication, ...]:
        """All that were received by the day."""
        return (*self.open, *self.completed)

    @property
    def overdue(self) -> tuple[QueuedApplication, ...]:
        """The open ones whose clock has run out."""
        return tuple(item for item in self.open if item.over)

    @property
    def in_time(self) -> int:
        """How many were completed by the last day of their clock."""
        return sum(not item.over for item in self.completed)

    def by_priority(self) -> list[dict[str, object]]:
        """For each priority how many are open and overdue, and the longest that one has waited, in days."""
        names = dict.fromkeys(item.priority for item in self.open)
        return [
            {
                "Priority": name,
                "Open": len(found),
                "Overdue": sum(item.over > 0 for item in found),
                "Longest open, days": max(item.waited for item in found),
            }
            for name in names
            if (found := [item for item in self.open if item.priority == name])
        ]

    def backlog(self) -> Backlog | None:
        """How many came in, were completed and were open at the end of each month; None where nothing came in.

        What was open before the first application of the list is not in it. The last month ends with the day.
        """
        if not self.every:
            return None
        first = min(item.application.received for item in self.every)
        months: dict[str, tuple[int, int, int]] = {}
        start = first.replace(day=1)
        received = Counter(_month(item.application.received) for item in self.every)
        done = Counter(_month(day) for item in self.completed if (day := item.application.completed) is not None)
        open_ = 0
        while start <= self.at:
            name = _month(start)
            open_ += received[name] - done[name]
            months[name] = (received[name], done[name], open_)
            start = months_after(start, 1)
        return backlog(months, opening=0, months=1)

    def waits(self) -> tuple[WaitingTimes | None, WaitingTimes | None]:
        """How many days the completed ones took, and how long the open ones have waited, by group.

        None where there are none. Every number is exact, which is not for publication.
        """
        done, waiting = (
            waiting_times([item.waited for item in items], [item.application.group for item in items], over=LIMITS)
            if items
            else None
            for items in (self.completed, self.open)
        )
        return done, waiting

    @property
    def running(self) -> tuple[Application, ...]:
        """The applications whose standard authorisation covers the day."""
        return tuple(
            item.application
            for item in self.every
            if (start := item.application.authorised_from) and (end := item.application.authorised_to)
            and start <= self.at <= end
        )  # fmt: skip

    @property
    def ending(self) -> tuple[Application, ...]:
        """Those of the running ones that end within 28 days, the first first."""
        until = self.at + dt.timedelta(days=SOON_DAYS)
        return tuple(sorted((item for item in self.running if (end := item.authorised_to) and end <= until),
                            key=lambda item: (item.authorised_to, item.id)))  # fmt: skip

    @property
    def too_long(self) -> tuple[Application, ...]:
        """The applications whose standard authorisation is longer than the law allows."""
        return tuple(item.application for item in self.every if item.application.too_long)

    @property
    def lines(self) -> tuple[str, ...]:
        """How many are open and overdue, were completed in time, and which authorisations need a look, in sentences."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        day = PartialDate.parse(self.at).words
        yield (
            f"On {day}: {plural(len(self.every), 'application')}, {len(self.completed):,} completed and "
            f"{len(self.open):,} open."
        )
        if self.later:
            yield f"{plural(len(self.later), 'application')} received later: not counted."
        if self.open:
            share = decimal(Fraction(100 * len(self.overdue), len(self.open)), 1)
            yield f"Open and past the last day of the clock: {len(self.overdue):,} ({share} % of {len(self.open):,})."
        if self.completed:
            share = decimal(Fraction(100 * self.in_time, len(self.completed)), 1)
            yield f"Completed within the clock: {self.in_time:,} ({share} % of {len(self.completed):,})."
        if any(item.authorised_from for item in (queued.application for queued in self.every)):
            yield f"{plural(len(self.running), 'standard authorisation')} cover the day." if (
                len(self.running) != 1) else "1 standard authorisation covers the day."  # fmt: skip
        if self.ending:
            ends = [f"{item.id} ({item.authorised_to})" for item in self.ending]
            yield f"Ending within {SOON_DAYS} days: {_few(ends)}."
        if self.too_long:
            yield f"Longer than twelve months, which is more than can be given: {_few([i.id for i in self.too_long])}."

    @property
    def words(self) -> str:
        """All of it in sentences."""
        return " ".join([*self.lines, CAUTION])

    def __str__(self) -> str:
        return self.words


def _few(names: Sequence[str]) -> str:
    more = [f"{len(names) - 10:,} more"] if len(names) > 10 else []
    return join([*names[:10], *more])


def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


@checked
def dols(applications: Iterable[Application], at: dt.date, criteria: Iterable[Criterion] = ()) -> Dols:
    """Say where applications stand on a day: the priority of each, and whether its statutory clock has run out.

    The highest priority of any criterion that is met wins. Where it is not known whether one is met, the priority is a
    span. The criteria are yours: none ships.

    Args:
        applications: The applications, each once.
        at: The day. What was received later is not counted, and what was completed later was open.
        criteria: Your criteria; their priorities are ordered as they first appear, the highest first.

    Raises:
        InvalidInputError: An application is there twice, or answers for a criterion that there is not.
    """
    wanted = tuple(criteria)
    found = tuple(applications)
    names = list(dict.fromkeys(fold(item.priority) for item in wanted))
    labels = {name: next(item.priority for item in wanted if fold(item.priority) == name) for name in names}
    ranks = {fold(item.title): names.index(fold(item.priority)) for item in wanted}
    counts = Counter(item.id for item in found)
    problems = [Problem(name, "it is there twice", "Keep one") for name, count in counts.items() if count > 1]
    problems += [
        Problem(item.id, f"{title!r} is not one of the criteria", "Give the criterion, or leave out the answer")
        for item in found
        for title, _ in item.criteria
        if fold(title) not in ranks
    ]
    if problems:
        raise InvalidInputError("the applications", problems)
    order = [labels[name] for name in names] + ([NO_CRITERION] if names else [])
    here = [item for item in found if item.received <= at]
    queued = [(*_rank(item, ranks, len(names)), item) for item in here]
    done = [(low, high, item) for low, high, item in queued if item.completed is not None and item.completed <= at]
    waiting = [each for each in queued if each[2].completed is None or each[2].completed > at]
    # What could be of a high priority stands before what surely is of a lower one.
    waiting.sort(key=lambda each: (each[1], each[0], each[2].due, each[2].id))
    return Dols(
        at,
        tuple(order),
        tuple(_queued(each, at, order) for each in waiting),
        tuple(_queued(each, each[2].completed or at, order) for each in done),
        tuple(item for item in found if item.received > at),
    )


def _rank(item: Application, ranks: dict[str, int], none: int) -> tuple[int, int]:
    """The ranks of its priority if nothing more and if everything more is met; 0 is the highest."""
    answers = {fold(title): answer for title, answer in item.criteria}
    met = [rank for title, rank in ranks.items() if answers.get(title) is True]
    may = [rank for title, rank in ranks.items() if answers.get(title) is not False]
    return min(met, default=none), min(may, default=none)


def _queued(each: tuple[int, int, Application], day: dt.date, order: Sequence[str]) -> QueuedApplication:
    low, high, item = each
    lowest, highest = (order[rank] if order else "" for rank in (low, high))
    return QueuedApplication(item, lowest, highest, item.due, max(0, (day - item.due).days), (day - item.received).days)
