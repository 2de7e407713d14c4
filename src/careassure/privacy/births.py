"""The finder of dates of birth: a day of the calendar beside a word that says it is somebody's birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careassure.privacy.found import Found

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?)"
)
_SPACE = r"[ \n]{0,3}"
_DATE = re.compile(
    rf"(?<![0-9a-z/.\-])(?:"
    rf"(?P<a>[0-9]{{1,2}}){_SPACE}(?P<by>[/.\- ]){_SPACE}(?P<b>[0-9]{{1,2}}){_SPACE}(?P=by){_SPACE}"
    rf"(?P<y>[0-9]{{4}}|'?[0-9]{{2}})"
    r"|(?P<y2>[0-9]{4})[/.\-](?P<m2>[0-9]{1,2})[/.\-](?P<d2>[0-9]{1,2})"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?{_SPACE}(?:of )?[\-./]?(?P<m3>{_MONTH})\.?,?{_SPACE}[\-./]?"
    r"(?P<y3>[0-9]{4}|'?[0-9]{2})"
    rf"|(?P<m4>{_MONTH})\.?{_SPACE}(?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,?{_SPACE}(?P<y4>[0-9]{{4}})"
    r"|(?P<d5>[0-9]{2})(?P<m5>[0-9]{2})(?P<y5>(?:19|20)[0-9]{2})"
    r")(?![0-9a-z])",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"(?<![a-z])(?P<label>d\. ?o\. ?b\b\.?|d/o/b\b|dob\b|date of birth\b|birth ?date\b|birth ?day\b|year of birth\b)"
    r"|(?<![a-z])(?P<born>born|birth)\b"
    r"|(?<![a-z])(?P<short>b\.)(?= ?[0-9])"
    r"|(?<![a-z])(?P<age>age[d:]? ?[0-9]{1,3})\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?;] {1,4}[A-Z]|\n {0,4}\n")
_AFTER = 60
_BEFORE = 25
_LAST_YEAR_OF_AN_ADULT = 2009


class _Word(NamedTuple):
    start: int
    end: int
    group: str
    written: str


def births(text: str) -> Iterator[Found]:
    """Days near a word of birth, with nothing that ends a sentence between the two.

    A word such as *DOB* or *born* makes a birth of the next date up to sixty characters on, and of a date up to
    twenty-five characters before it. An age does so only for a date right beside it whose year is one in which an
    adult of today can have been born: *aged 83 (12/3/1942)* is a birth, *aged 83, seen on 12/3/2025* is none.
    """
    words = [
        _Word(match.start(), match.end(), match.lastgroup or "", match.group().casefold())
        for match in _WORD.finditer(text)
    ]
    dates = [(match, year) for match in _DATE.finditer(text) if (year := _year(match)) is not None]
    ends = [0, *(match.end() for match, _ in dates)]
    starts = [*(match.start() for match, _ in dates), len(text)]
    seen = 0
    for index, (match, year) in enumerate(dates):
        while seen < len(words) and words[seen].start < match.start():
            seen += 1
        near = [*words[max(0, seen - 2) : seen], *words[seen : seen + 2]]
        between = [word for word in near if ends[index] <= word.start < starts[index + 1]]
        if any(_belongs(text, word, match, year) for word in between):
            yield Found("date_of_birth", match.start(), match.end(), "a date beside a word of birth")


def _belongs(text: str, word: _Word, date: re.Match[str], year: int) -> bool:
    """Whether a word of birth speaks of this date."""
    after = word.end <= date.start()
    between = text[word.end : date.start()] if after else text[date.end() : word.start]
    if date["y5"] and not (after and word.group == "label" and len(between) <= 4):
        return False
    if word.group == "short":
        return after and len(between) <= 1
    if word.group == "age":
        return len(between) <= 3 and not between.strip(" (,[") and year <= _LAST_YEAR_OF_AN_ADULT
    if len(between) > (_AFTER if after else _BEFORE) or _ENDS.search(between):
        return False
    return after or not any(letter in between for letter in ".;\n") or word.group == "label"


def _year(match: re.Match[str]) -> int | None:
    """The year of a date that the calendar could have; None where the numbers are no date."""
    parts = match.groupdict()
    if parts["a"]:
        one, other, written = int(parts["a"]), int(parts["b"]), parts["y"]
        sound = max(one, other) <= 31 and 1 <= min(one, other) <= 12
    else:
        number = next(number for number in "2345" if parts[f"d{number}"])
        day, month, written = parts[f"d{number}"], parts[f"m{number}"], parts[f"y{number}"]
        value = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        sound = 1 <= int(day) <= 31 and 1 <= value <= 12
    if not sound:
        return None
    digits = written.lstrip("'")
    year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return year if 1880 <= year <= 2100 else None
