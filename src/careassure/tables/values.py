"""What the values of a spreadsheet's cells are as text: numbers in full, dates as 2025-11-30.

A spreadsheet keeps numbers as binary floats and writes up to 17 digits of one: 0.28999999999999998 is what it writes
for 0.29. The shortest digits that give the same float are the ones that were typed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

Shown = Literal["number", "percent", "date", "month", "time", "duration"]
"""What a cell's number format makes of its number. A month is a date without its day, such as Nov-25."""

_FEW = 15
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_FLOAT = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,30}")
_QUOTED = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[\$[^\]]*\]|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LONGEST_FORMAT = 255
_LAST_DAY = 2_958_465  # 31 December 9999
_SECOND = 86_400

_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 16, 22, *range(27, 32), 36, *range(50, 59)), "date"),
    17: "month",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "time"),
    46: "duration",
}
"""Number formats that a file names by number alone (ECMA-376 part 1, 18.8.30; 27 to 58 are dates of East Asia)."""


def shown_as(number: int, code: str | None) -> Shown:
    """What a number format makes of a number.

    >>> shown_as(14, None), shown_as(164, "mmm-yy"), shown_as(165, '0.0"d"'), shown_as(166, "[h]:mm")
    ('date', 'month', 'number', 'duration')

    Args:
        number: Its number in the file.
        code: Its code, where the file has one.
    """
    return _BUILT_IN.get(number, "number") if code is None else format_of(code)


def format_of(code: str) -> Shown:
    """What the code of a number format makes of a number, by its first section."""
    plain = _QUOTED.sub("", code[:_LONGEST_FORMAT]).partition(";")[0].lower()
    if "general" in plain:
        return "number"
    if re.search(r"\[[hms]+\]", plain):
        return "duration"
    clock = re.sub(r"a/p|am/pm", "h", plain)
    has_clock = "h" in clock or "s" in clock
    if "d" in clock:
        return "date"
    if "y" in clock or ("m" in clock and not has_clock) or "mmm" in clock:
        return "date" if has_clock or "m" not in clock else "month"
    if has_clock:
        return "time"
    return "percent" if "%" in plain else "number"


def number_text(text: str, shown: Shown = "number", *, epoch_1904: bool = False) -> str:
    """The number of a cell as its format shows it, and as exactly as the file has it.

    >>> number_text("3.0"), number_text("0.28999999999999998"), number_text("0.38", "percent"), number_text("1E-7")
    ('3', '0.29', '38%', '0.0000001')
    >>> number_text("45991", "date"), number_text("45962", "month"), number_text("0.5", "time")
    ('2025-11-30', '2025-11', '12:00:00')

    Raises:
        ValueError: It is no number.
    """
    if shown == "number":
        # Nearly every number is a whole one, or one of which Python writes the shortest digits without an exponent.
        if len(text) <= _FEW and text.isdecimal() and text.isascii():
            return text if text[0] != "0" else str(int(text))
        if _WHOLE.fullmatch(text):
            return str(int(text))
        if _FLOAT.fullmatch(text):
            digits = repr(float(text))
            if "e" not in digits:
                whole = digits.removesuffix(".0")
                return whole if whole != "-0" else "0"
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    if shown == "percent":
        return f"{_digits(Decimal(repr(value)) * 100)}%"
    if shown != "number":
        moment = _moment(value, shown, epoch_1904=epoch_1904)
        if moment:
            return moment
    return _digits(Decimal(repr(value)))


def _digits(value: Decimal) -> str:
    """A number without an exponent and without zeros at its end."""
    if not value:
        return "0"
    if abs(value.adjusted()) > 40:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clock_text(seconds: int) -> str:
    """A time of day or a duration, as hours, minutes and seconds.

    >>> clock_text(108000), clock_text(-60)
    ('30:00:00', '-00:01:00')
    """
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _moment(value: float, shown: Shown, *, epoch_1904: bool) -> str:
    """A serial date as text; empty where the calendar has no such day."""
    if shown == "duration":
        return clock_text(round(value * _SECOND)) if abs(value) <= _LAST_DAY else ""
    if not 0 <= value < _LAST_DAY + 1:
        return ""
    seconds = round(value * _SECOND)
    days, rest = divmod(seconds, _SECOND)
    if shown == "time" and not days:
        return clock_text(rest)
    day = _day(days, epoch_1904=epoch_1904)
    if isinstance(day, str):
        return day
    if rest:
        return (datetime(day.year, day.month, day.day) + timedelta(seconds=rest)).isoformat()  # noqa: DTZ001
    return f"{day.year:04}-{day.month:02}" if shown == "month" and day.day == 1 else day.isoformat()


def _day(days: int, *, epoch_1904: bool) -> date | str:
    """The day of a serial date. Excel counts 29 February 1900, which never was, and shows it."""
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days) if days + 1462 <= _LAST_DAY else ""
    if days == 60:
        return "1900-02-29"
    start = date(1899, 12, 31) if 0 < days < 60 else date(1899, 12, 30)
    return start + timedelta(days) if days <= _LAST_DAY else ""


def date_text(text: str, *, month: bool = False) -> str:
    """A date that a file writes out, such as 2025-11-30T00:00:00.

    >>> date_text("2025-11-30T00:00:00"), date_text("2025-11-01", month=True)
    ('2025-11-30', '2025-11')
    """
    day, _, clock = text.partition("T")
    if clock.strip("0:.Z"):
        return text
    return day[:-3] if month and re.fullmatch(r"[0-9]{4}-[0-9]{2}-01", day) else day


_PERIOD = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,]([0-9]+))?S)?"
)


def period_text(text: str) -> str:
    """A time that a file writes out as a period; the text as it is where it is none.

    >>> period_text("PT12H30M00S"), period_text("PT30H00M00S"), period_text("soon")
    ('12:30:00', '30:00:00', 'soon')
    """
    found = _PERIOD.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        return text
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:5])
    part = found[6] or ""
    more = 1 if part[:1] >= "5" else 0  # LibreOffice writes parts of a second that come of its arithmetic
    total = days * _SECOND + hours * 3600 + minutes * 60 + seconds + more
    return clock_text(-total if found[1] else total)
