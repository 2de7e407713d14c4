"""Dates of which only the year, or the year and month, may be known."""

from __future__ import annotations

import datetime as dt
import re
from functools import total_ordering

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import explained
from careassure.model.ids import shown
from careassure.model.showing import format_words, short_repr

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@explained
@frozen(order=False)
class PartialDate:
    """A year, a month of a year, or a day.

    Published reports are often dated only by month, and some only by year. Two partial dates are
    ordered by their first possible day, then the vaguer one first, so that sorting is total.

    Args:
        year: Four digits.
        month: 1 to 12, or None where only the year is known.
        day: Day of the month, or None where it is not known; needs a month.
    """

    year: int = field()
    month: int | None = None
    day: int | None = None

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        try:
            if self.day is not None and self.month is None:
                raise ValueError
            if any(type(part) is not int for part in (self.year, self.month, self.day) if part is not None):
                raise TypeError
            if self.month == 0 or self.day == 0:
                raise ValueError
            self.earliest  # noqa: B018  (reading it proves that the date exists)
        except (ValueError, TypeError):
            raise InvalidInputError(
                "the date",
                [Problem("", f"{self._written()} is not a date", "Write a year, year-month or year-month-day")],
            ) from None

    @classmethod
    def parse(cls, text: DateInput) -> PartialDate:
        """Read ``2025``, ``2025-05`` or ``2025-05-22``; a `datetime.date` is taken as it is.

        Raises:
            InvalidInputError: The text is no such date.
        """
        if isinstance(text, PartialDate):
            return text
        if isinstance(text, dt.date):
            return cls(text.year, text.month, text.day)
        written = isinstance(text, str) or (type(text) is int and 0 <= text <= 9999)
        match = _FORM.fullmatch(str(text)) if written else None
        if match is None:
            raise InvalidInputError(
                "the date",
                [Problem("", f"{shown(text)} is not a date", "Write a year, year-month or year-month-day")],
            )
        year, month, day = match.groups()
        try:
            return cls(int(year), int(month) if month else None, int(day) if day else None)
        except InvalidInputError as error:
            hint = error.problems[0].hint
            raise InvalidInputError("the date", [Problem("", f"{shown(text)} is not a date", hint)]) from None

    @property
    def earliest(self) -> dt.date:
        """The first day it can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day it can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or _last_day(self.year, month))

    @property
    def words(self) -> str:
        """The date as a reader writes it: ``22 May 2025``, ``May 2025`` or ``2025``."""
        if self.month is None:
            return str(self.year)
        month = f"{_MONTHS[self.month - 1]} {self.year}"
        return f"{self.day} {month}" if self.day else month

    @property
    def when(self) -> str:
        """The date with its preposition: ``on 22 May 2025``, ``in May 2025`` or ``in 2025``."""
        return f"{'in' if self.day is None else 'on'} {self.words}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.earliest, self.month is not None, self.day is not None) < (
            other.earliest,
            other.month is not None,
            other.day is not None,
        )

    def _written(self) -> str:
        return "-".join(shown(part) for part in (self.year, self.month, self.day) if part is not None)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        return f"{text}-{self.day:02d}" if self.day is not None else text

    __format__ = format_words


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or earlier below 0; the last of the month where it has no such day.

    >>> months_after(dt.date(2026, 3, 31), -13), months_after(dt.date(2026, 1, 31), 1)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < 1:
        return dt.date.min
    return dt.date(year, month + 1, min(day.day, _last_day(year, month + 1)))


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


DateInput = str | int | dt.date | PartialDate
"""What a date may be given as: ``2025``, ``2025-05`` or ``2025-05-22``, a `datetime.date`, or a `PartialDate`."""


def _last_day(year: int, month: int) -> int:
    from calendar import monthrange  # most ratings are of no day

    return monthrange(year, month)[1]
