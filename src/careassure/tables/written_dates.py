"""Dates as tables hold them: as they were typed, and as spreadsheets turn them."""

from __future__ import annotations

import datetime as dt
import re

from careassure.errors import InvalidInputError, Problem
from careassure.model.dates import PartialDate
from careassure.model.ids import shown

_MIDNIGHT = re.compile(r"(.+?)[ T]0{1,2}:00(?::00(?:\.0+)?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MONTH = re.compile(r"([A-Za-z]{3,9})\.?[- /]([0-9]{4}|[0-9]{2})")
_FINANCIAL_YEAR = re.compile(r"([0-9]{4})[-/\u2013](?:[0-9]{2})?([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_EMPTY = {(1899, 12, 30), (1899, 12, 31), (1900, 1, 0), (1900, 1, 1), (1904, 1, 1)}
"""Day 0 of spreadsheets, and how others that open them count it."""
_FIRST_DAY = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""Serial numbers from 1954 to 2119."""


def read_date(text: str) -> PartialDate:
    """A date as it is written in a table: 2025, 2025-11, 2025-11-30, 30/11/2025, or Nov-25 as Excel shows 2025-11.

    >>> [str(read_date(text)) for text in ("14/09/2026", "Nov-25", "2025-11-30 00:00:00")]
    ['2026-09-14', '2025-11', '2025-11-30']

    Raises:
        InvalidInputError: It is not a date, or what a spreadsheet makes of a blank or unformatted cell.
    """
    midnight = _MIDNIGHT.fullmatch(text)
    plain = midnight[1] if midnight else text
    parts = _parts(plain)
    if parts in _EMPTY:
        raise _refused(
            f"{shown(text)} is what a spreadsheet shows for an empty date", "Leave the cell blank, or date it"
        )
    if parts is not None:
        try:
            return PartialDate.parse(dt.date(*parts))
        except ValueError:
            pass
    month = _MONTH.fullmatch(plain)
    number = _month_number(month[1]) if month else 0
    if month and number:
        return PartialDate(int(month[2]) + (2000 if len(month[2]) == 2 else 0), number)
    if _SERIAL.fullmatch(plain) and int(plain[:5]) in _SERIALS:
        day = _FIRST_DAY + dt.timedelta(days=int(plain[:5]))
        may = f"in a spreadsheet it stands for {day.day} {_MONTHS[day.month - 1].title()} {day.year}"
        raise _refused(f"{shown(text)} is not a date: {may}", "Format the column as a date, and save it again")
    try:
        return PartialDate.parse(plain)
    except InvalidInputError as error:
        year = _FINANCIAL_YEAR.fullmatch(plain)
        if set(plain) == {"#"}:
            said = f"{shown(text)} is what a spreadsheet shows where a column is too narrow"
            raise _refused(said, "Widen the column, and save again") from None
        if year is None or (int(year[1]) + 1) % 100 != int(year[2]):
            raise _refused(error.problems[0].message, f"{error.problems[0].hint}, or as 14/09/2026") from None
    first = int(year[1])
    hint = f"It ran from {first}-04 to {first + 1}-03: write the month or the day that is meant"
    raise _refused(f"{shown(text)} is a financial year and not a date", hint) from None


def read_day(text: str) -> dt.date:
    """A whole day as it is written in a table; see `read_date`.

    Raises:
        InvalidInputError: It is not a date, or one without its day.
    """
    found = read_date(text)
    if found.day is None:
        raise _refused(f"{found} is not a whole day", "Write a day, such as 2025-11-30")
    return found.earliest


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, where all three are digits."""
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return int(match[3]), int(match[2]), int(match[1])
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _month_number(word: str) -> int:
    """The number of a month by its name or its first three letters; 0 where it is none."""
    small = word.lower()
    names = (name for name in _MONTHS if small in (name, name[:3]) or (small == "sept" and name == "september"))
    name = next(names, "")
    return _MONTHS.index(name) + 1 if name else 0


def _refused(message: str, hint: str) -> InvalidInputError:
    return InvalidInputError("the date", [Problem("", message, hint)])
