"""The finder of dates of birth: a day of the calendar beside a word that says it is somebody's birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careassure.privacy.personal.found import Found

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
    r"|(?P<y6>(?:19|20)[0-9]{2})(?P<m6>[0-9]{2})(?P<d6>[0-9]{2})"
    r"|(?P<d7>[0-9]{2})(?P<m7>[0-9]{2})(?P<y7>[0-9]{2})"
    r")(?![0-9a-z])",
    re.IGNORECASE,
)
_YEARS_OLD = r"(?:[ \-]?(?:years?|yrs?)(?:[ \-]old| of age)?|[ \-]?y\.?/?o\b\.?)"
_WORD = re.compile(
    r"(?<![a-z])(?P<label>d[./ ]{0,2}o[./ ]{0,2}b\b\.?|date[ _\-]of[ _\-]birth(?![a-z])|birth[ _\-]?date(?![a-z])"
    r"|birth[ _\-]?day(?![a-z])|b'?day\b|year of birth\b)"
    r"|(?<![a-z])(?P<born>born|birth|turn(?:s|ed|ing)? [0-9]{2,3})\b"
    rf"|(?<![a-z])(?P<short>b[.:]|(?<=\()b)(?= ?(?:[0-9]|{_MONTH}\b))"
    rf"|(?<![a-z])(?P<age>age[d:]?:?(?: of)? ?[0-9]{{1,3}}\b{_YEARS_OLD}?)"
    rf"|(?<![0-9a-z.,/\-])(?P<years>[0-9]{{2,3}}{_YEARS_OLD})(?![a-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[0-9]+")
_BESIDE = "()[], ;|/:-\n"
_AGE_BEFORE = re.compile(r"(?<![0-9/.,:\-\u00a3$])(?P<age>[1-9][0-9]|1[01][0-9])[ (\[,;|/:\-]{1,4}\Z")
_AGE_AFTER = re.compile(
    r"(?: {0,2}[)(\[\],;|/:\-][ (]{0,2}| (?=[0-9]{2,3}(?![\w ])))"
    r"(?P<age>[1-9][0-9]|1[01][0-9])(?![0-9a-z%]|[/.:,\-][0-9])",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?;] {1,4}[A-Z]|\n {0,4}\n")
_AFTER = 60
_BEFORE = 25
_PACKED_REACH = 8
_BESIDE_REACH = 4
_LAST_YEAR_OF_AN_ADULT = 2009
# A number beside a date is an age where the two together make a year about now.
_YOUNGEST = 16
_NOW = range(2015, 2041)


class _Word(NamedTuple):
    start: int
    end: int
    group: str
    written: str


def births(text: str) -> Iterator[Found]:
    """Days near a word of birth, with nothing that ends a sentence between the two, and days right beside an age.

    A word such as *DOB* or *born* makes a birth of the next date up to sixty characters on, and of a date up to
    twenty-five characters before it. An age does so only for a date right beside it, on either side, whose year is
    one in which an adult of today can have been born: *aged 83 (12/3/1942)* is a birth, *aged 83, seen on 12/3/2025*
    is none. A number alone is an age where date and number make a year about now: *83 (12/3/1942)*, *12/3/1942, 83*.
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
        elif not _packed(match) and _beside_an_age(text, match, year):
            yield Found("date_of_birth", match.start(), match.end(), "a date beside an age")


def _packed(date: re.Match[str]) -> bool:
    """Whether the digits of a date stand together, so that they could be any number."""
    return any(date[group] for group in ("y5", "y6", "y7"))


def _belongs(text: str, word: _Word, date: re.Match[str], year: int) -> bool:
    """Whether a word of birth speaks of this date."""
    after = word.end <= date.start()
    between = text[word.end : date.start()] if after else text[date.end() : word.start]
    if word.group == "short":
        return after and len(between) <= 1
    if word.group in {"age", "years"}:
        return not _packed(date) and _is_age(word, between, year)
    if _packed(date) and (len(between) > _PACKED_REACH or (not after and word.group != "label")):
        return False
    if len(between) > (_AFTER if after else _BEFORE) or _ENDS.search(between):
        return False
    return after or not any(letter in between for letter in ".;\n") or word.group == "label"


def _is_age(word: _Word, between: str, year: int) -> bool:
    """Whether words of an age stand right beside a date on which that adult can have been born."""
    number = _NUMBER.search(word.written)
    age = int(number.group()) if number else 0
    adult = word.group == "age" and year <= _LAST_YEAR_OF_AN_ADULT
    return len(between) <= _BESIDE_REACH and not between.strip(_BESIDE) and (adult or _makes_now(age, year))


def _beside_an_age(text: str, date: re.Match[str], year: int) -> bool:
    """Whether a number alone right beside a date is the age of who was born then."""
    before = _AGE_BEFORE.search(text, max(0, date.start() - 8), date.start())
    after = _AGE_AFTER.match(text, date.end())
    return any(found is not None and _makes_now(int(found["age"]), year) for found in (before, after))


def _makes_now(age: int, year: int) -> bool:
    return age >= _YOUNGEST and year + age in _NOW


def _year(match: re.Match[str]) -> int | None:
    """The year of a date that the calendar could have; None where the numbers are not a date."""
    parts = match.groupdict()
    if parts["a"]:
        one, other, written = int(parts["a"]), int(parts["b"]), parts["y"]
        sound = max(one, other) <= 31 and 1 <= min(one, other) <= 12
    else:
        number = next(number for number in "234567" if parts[f"d{number}"])
        day, month, written = parts[f"d{number}"], parts[f"m{number}"], parts[f"y{number}"]
        value = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
        sound = 1 <= int(day) <= 31 and 1 <= value <= 12
    if not sound:
        return None
    digits = written.lstrip("'")
    year = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return year if 1880 <= year <= 2100 else None
