"""Days as CQC's files write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import careassure as ca
from careassure.errors import InvalidInputError, Problem

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FORM = re.compile(r"([0-9]{1,2})/([0-9]{1,2}|[A-Za-z]{3})/([0-9]{4})(?: - [0-9]{2}:[0-9]{2})?")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")


@cache
def day_of(text: str) -> str:
    """A day in its usual form.

    >>> day_of("09/Jan/2018 - 00:00"), day_of("01/02/2024"), day_of("2024-02-01")
    ('2018-01-09', '2024-02-01', '2024-02-01')

    Raises:
        InvalidInputError: It is not a day.
    """
    try:
        if found := _FORM.fullmatch(text):
            month = found[2].casefold()
            number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
            return dt.date(int(found[3]), number, int(found[1])).isoformat()
        if found := _ISO.fullmatch(text):
            return str(ca.PartialDate.parse(found[1]))
    except ValueError:  # an error of ours is one too
        pass
    raise InvalidInputError("the day", [Problem("", f"{text[:40]!r} is not a day", "Write it as 31/01/2026")])
