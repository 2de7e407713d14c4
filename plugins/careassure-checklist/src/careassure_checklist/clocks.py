"""Statutory clocks, as data with references, and the last day of each."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from attrs import frozen

import careassure as ca
from careassure.errors import InvalidInputError, Problem


@frozen
class Clock:
    """A number of days that the law allows.

    The day on which the clock starts is day 1, every day counts, weekends and holidays too, and the last day is
    the start plus ``days - 1``.

    Args:
        kind: Its name.
        days: How many days there are.
        starts: What starts it.
        what: What its last day is.
        references: Where it stands.
    """

    kind: str
    days: int
    starts: str
    what: str
    references: tuple[ca.Reference, ...]

    def last_day(self, start: dt.date) -> dt.date:
        """The last day of the clock.

        Raises:
            InvalidInputError: ``start`` is not a date, or a date with a time of day.
        """
        return _date(start) + dt.timedelta(days=self.days - 1)


def _date(value: object) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise InvalidInputError("the start of a clock", [Problem("", f"{value!r} is not a date", "Give a date")])
    return value


@cache
def clocks() -> MappingProxyType[str, Clock]:
    """The clocks, by kind."""
    tables: dict[str, dict[str, Any]] = tomllib.loads(
        (files("careassure_checklist") / "data" / "clocks.toml").read_text(encoding="utf-8")
    )
    return MappingProxyType(
        {
            kind: Clock(
                kind,
                table["days"],
                table["starts"],
                table["what"],
                tuple(ca.Reference(**reference) for reference in table["references"]),
            )
            for kind, table in tables.items()
        }
    )


def due(received: dt.date, kind: str = "standard") -> dt.date:
    """The last day of a statutory clock.

    The day of receipt is day 1: a standard request received on 1 March is due on 21 March.

    >>> due(dt.date(2026, 3, 1)), due(dt.date(2026, 3, 1), "urgent")
    (datetime.date(2026, 3, 21), datetime.date(2026, 3, 7))

    Args:
        received: The day on which the clock starts; see `Clock.starts`.
        kind: ``standard``, ``urgent`` or ``extension``, of an urgent one.

    Raises:
        InvalidInputError: There is no such clock, or ``received`` is not a date.
    """
    found = clocks().get(kind)
    if found is None:
        raise InvalidInputError(
            "the kind of clock", [Problem("", f"{kind!r} is not known", f"Use {' or '.join(clocks())}")]
        )
    return found.last_day(received)
