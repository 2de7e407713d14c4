"""Statutory clocks of the deprivation of liberty safeguards, as data with references, and the last day of each."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import frozen

from careassure.catalogue.resources import read_resource
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.dates import months_after
from careassure.model.reference import Reference
from careassure.model.showing import short_repr
from careassure.model.text import join, plural


@frozen
class Clock:
    """A number of days or months that the law allows.

    The day on which the clock starts is day 1, and every day counts, weekends and holidays too. The last day is the
    start and ``days - 1`` more days, or the day before the same day ``months`` later.

    Args:
        kind: Its name.
        days: How many days there are; 0 where it counts months.
        months: How many months there are; 0 where it counts days.
        starts: What starts it.
        what: What its last day is.
        references: Where it stands, each with how sure it is.
    """

    kind: str
    days: int
    months: int
    starts: str
    what: str
    references: tuple[Reference, ...]

    __repr__ = short_repr

    def last_day(self, start: dt.date) -> dt.date:
        """The last day of the clock.

        Raises:
            InvalidInputError: ``start`` is so late that the last day is beyond the calendar.
        """
        try:
            later = months_after(start, self.months) if self.months else start + dt.timedelta(days=self.days)
            return later - dt.timedelta(days=1)
        except (OverflowError, ValueError):
            problem = Problem("", f"{start.isoformat()} is too late", "Give an earlier date")
            raise InvalidInputError("the start of a clock", [problem]) from None

    @property
    def words(self) -> str:
        """How long it is, from when, its sources with how sure each is, and whether the count of days is inferred."""
        length = plural(self.months, "month") if self.months else plural(self.days, "day")
        read = [f"{each.title} [{each.basis}]" for each in self.references if each.basis != "inferred"]
        inferred = " That its first day is day 1 is inferred." if len(read) < len(self.references) else ""
        return f"{self.kind.capitalize()}: {length} from {self.starts}. Source: {'; '.join(read)}.{inferred}"

    def __str__(self) -> str:
        return self.words


@cache
def _read() -> MappingProxyType[str, Clock]:
    tables: dict[str, dict[str, Any]] = tomllib.loads(read_resource("data", "clocks.toml"))
    return MappingProxyType(
        {
            kind: Clock(
                kind,
                table.get("days", 0),
                table.get("months", 0),
                table["starts"],
                table["what"],
                tuple(Reference(**reference) for reference in table["references"]),
            )
            for kind, table in tables.items()
        }
    )


def clocks() -> MappingProxyType[str, Clock]:
    """The clocks by kind: ``standard``, ``urgent``, its one ``extension``, and ``authorisation``."""
    return _read()


@checked
def due(start: dt.date, kind: str = "standard") -> dt.date:
    """The last day of a statutory clock.

    The day on which it starts is day 1: a standard request received on 1 March is due on 21 March.

    >>> due(dt.date(2026, 3, 1)).isoformat(), due(dt.date(2026, 3, 1), "urgent").isoformat()
    ('2026-03-21', '2026-03-07')

    Args:
        start: The day on which the clock starts; see `Clock.starts`.
        kind: ``standard``, ``urgent``, ``extension`` of an urgent one, or ``authorisation``.

    Raises:
        InvalidInputError: There is no such clock, or ``start`` is not a date.
    """
    found = clocks().get(kind)
    if found is None:
        raise InvalidInputError(
            "the kind of clock", [Problem("", f"{kind!r} is not known", f"Use {join([*clocks()], 'or')}")]
        )
    return found.last_day(start)
