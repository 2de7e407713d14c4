"""The reader of tables of ILACS outcomes: Ofsted's own, and the overview that councils' analysts read from its reports.

A column is known by the title of the judgement, in full or short, whatever stands before or behind it. The names of
inspectors are counted and never kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from attrs import frozen

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.tables import Line, Opened, Reader, Reading, Seen, audit_of, column
from careassure_ofsted.published import ilacs

_COUNCIL = ("local authority", "local authority name", "council", "la name", "organisation name", "provider name")
_URN = ("urn", "web urn", "ons code", "ons_code")
_STARTED = (
    "inspection start date",
    "inspection start",
    "event start date",
    "inspection start date (latest)",
    "inspection date",
)
"""Ofsted's own file says "Inspection date". Its headers were read in the public program of a dashboard of children's
social care, which takes them out of the third row of the sheet "Inspections_as_at_31_March" in
``LA_Inspection_Outcomes_as_at_31_March_2025.ods``."""
_WAITING = "rows of councils that were not yet inspected"
_NOT_YET = "not yet inspected"
"""What stands in the place of the date of a council that was not inspected."""
_PUBLISHED = ("publication date", "report publication date", "date published", "published")
_KIND = ("inspection framework", "inspection type", "event type")
_PEOPLE = ("inspector name", "lead inspector", "inspector")
_SOURCE = ("inspection link", "web link", "source")
_JUDGEMENTS = {
    "leaders": ("leaders",),
    "help_protection": ("help and protection", "help protection"),
    "care_leavers": ("care leavers",),
    "children_in_care": ("in care",),
    "overall": ("overall",),
}
"""For each judgement words of its title; "children in care and care leavers" is the older one of children in care."""
_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})")
_FIRST = "2018-01-01"
_DATE = "Give the date of the inspection: it says which judgements there are"
_EARLIER = "Read it as an inspection under SIF"
_MOST_PROBLEMS = 1000


@frozen
class _Columns:
    """Where what is read stands in a table; None for what it does not have."""

    judgements: dict[str, int]
    council: int | None
    urn: int | None
    started: int | None
    published: int | None
    kind: int | None
    people: int | None
    source: int | None

    @classmethod
    def of(cls, headers: tuple[str, ...]) -> _Columns:
        found: dict[str, int] = {}
        for place, header in enumerate(headers):
            words = " ".join(re.findall(r"[a-z]+", header.casefold()))
            named = [name for name, titles in _JUDGEMENTS.items() if any(title in words for title in titles)]
            name = "children_in_care" if {"children_in_care", "care_leavers"} <= {*named} else (named or [""])[0]
            if name and "date" not in words:
                found.setdefault(name, place)
        others = (_COUNCIL, _URN, _STARTED, _PUBLISHED, _KIND, _PEOPLE, _SOURCE)
        return cls(found, *(column(headers, *names) for names in others))

    @property
    def known(self) -> bool:
        """Whether it is a table of ILACS outcomes: a council, a date, and three judgements that only ILACS makes."""
        dated = self.started is not None or self.published is not None
        return (
            self.council is not None
            and dated
            and {"leaders", "help_protection", "children_in_care"} <= {*self.judgements}
        )

    @property
    def used(self) -> tuple[int | None, ...]:
        others = (self.council, self.urn, self.started, self.published, self.kind, self.source)
        return (*self.judgements.values(), *others)


def _recognises(seen: Seen) -> bool:
    return _Columns.of(seen.headers).known


def _read(opened: Opened) -> Reading:
    headers = opened.seen.headers
    columns = _Columns.of(headers)
    found: list[ca.Assessment] = []
    problems: list[Problem] = []
    rows = refused = people = waiting = 0
    for line in opened.lines():
        rows += 1
        if not line.problems:
            people += bool(_cell(line, columns.people))
            if _NOT_YET in (_cell(line, columns.started).casefold(), _cell(line, columns.published).casefold()):
                waiting += 1
                continue
        wrong = list(line.problems)
        made = None if wrong else _assessment(opened, line, columns, wrong)
        if made is not None:
            found.append(made)
            continue
        refused += 1
        problems += wrong if refused <= _MOST_PROBLEMS else ()
    councils = {item.council.name for item in found}
    return Reading(
        f"Outcomes of inspections of children's services: {len(found):,}, of {len(councils):,} councils.",
        found,
        audit_of(headers, columns.used, rows, refused),
        left_out=[
            f"{count:,} {what}." for count, what in ((people, "names of inspectors"), (waiting, _WAITING)) if count
        ],
        problems=problems,
    )


def _cell(line: Line, place: int | None) -> str:
    return line.cells[place].strip() if place is not None else ""


def _assessment(opened: Opened, line: Line, columns: _Columns, wrong: list[Problem]) -> ca.Assessment | None:
    """The assessment in a row; None where something is wrong with it, which is added to the problems."""

    def problem(place: int | None, message: str, hint: str) -> None:
        header = opened.seen.headers[place] if place is not None else ""
        wrong.append(Problem(opened.place(line.number, header), message, hint))

    name = _cell(line, columns.council)
    if not name:
        problem(columns.council, "the cell is blank", "Name the council")
    started, published = _days(line, columns, problem)
    day = started or published
    if not wrong and not day:
        problem(columns.published, "it has no date", _DATE)
    if not wrong and day < _FIRST:
        problem(None, f"it is of {day[:4]}, before these inspections began in January 2018", _EARLIER)
    if wrong:
        return None
    framework = ilacs("2018" if day < "2023-01-01" else "2023" if day < "2026-04-01" else "2026")
    scores, overall = _grades(line, columns, framework, problem)
    if wrong:
        return None
    body, source = _body(name, _cell(line, columns.urn)), _cell(line, columns.source)
    try:
        return ca.Assessment.of(
            body,
            scores,
            framework=framework,
            kind="published",
            id=f"ilacs-{'-'.join(re.findall('[a-z]+', body.name.casefold()))}-{day}",
            assessed=started or None,
            published=published or None,
            stated=ca.Stated(overall if isinstance(overall, ca.Grade) else None),
            confidence="derived",
            licence="OGL-UK-3.0",
            sources=(source,) if source else (),
            notes=_notes(_cell(line, columns.kind), overall),
        )
    except CareAssureError as error:
        problem(None, error.message, error.hint)
        return None


def _days(line: Line, columns: _Columns, problem: Callable[[int | None, str, str], None]) -> list[str]:
    """The day on which it began and that on which it was published; an empty text where it is not said."""
    days: list[str] = []
    for place in (columns.started, columns.published):
        try:
            days.append(_day(_cell(line, place)))
        except InvalidInputError as error:
            days.append("")
            problem(place, error.problems[0].message, error.problems[0].hint)
    return days


def _notes(kind: str, overall: ca.Grade | ca.NotRated | None) -> str:
    state = f"Overall: {overall}." if isinstance(overall, ca.NotRated) else ""
    return " ".join(filter(None, [f"A {kind} inspection." if kind else "", state]))


def _grades(
    line: Line, columns: _Columns, framework: ca.Framework, problem: Callable[[int, str, str], None]
) -> tuple[dict[str, object], ca.Grade | ca.NotRated | None]:
    """The judgements of a row by statement, and the overall grade."""
    scale = framework.scale(framework.score_scale)
    known = {statement.id for statement in framework.statements}
    scores: dict[str, object] = {}
    overall: ca.Grade | ca.NotRated | None = None
    for name, place in columns.judgements.items():
        text = _cell(line, place)
        if not text:
            continue
        try:
            grade = scale.read(text)
        except CareAssureError as error:
            problem(place, error.message, error.hint)
            continue
        if name == "overall":
            overall = grade
        elif name in known:
            scores[name] = grade
        elif isinstance(grade, ca.Grade):
            problem(place, f"{framework.version} has no such judgement, and it is {grade}", "Check the date")
    return scores, overall


@lru_cache(maxsize=1000)
def _body(name: str, code: str) -> ca.Body:
    """The council by its name of today and its code; by its printed name where it is none of today."""
    kind = ilacs("2023").subject
    try:
        council = ca.council(name)
    except CareAssureError:
        return ca.Body(code or name, name, kind)
    return ca.Body(council.code, council.name, kind)


def _day(text: str) -> str:
    """A day in its usual form; empty where there is none.

    >>> _day("01/04/19"), _day("18/02/2019"), _day("2019-02-18"), _day("")
    ('2019-04-01', '2019-02-18', '2019-02-18', '')

    Raises:
        InvalidInputError: It is not a day.
    """
    if not text:
        return ""
    found = _DAY.fullmatch(text)
    try:
        if found:
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return dt.date(year, int(found[2]), int(found[1])).isoformat()
        return dt.date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        problem = Problem("", f"{text[:40]!r} is not a day", "Write it as 31/01/2026")
        raise InvalidInputError("the day", [problem]) from None


ILACS_OUTCOMES = Reader(
    "ofsted-ilacs-outcomes",
    "Outcomes of Ofsted's inspections of children's services",
    "One assessment for each inspection, with the judgements of its time. Names of inspectors are left out.",
    "Ofsted's official statistics, https://www.gov.uk/government/collections/ofsted-data; "
    "https://github.com/data-to-insight/ofsted-ilacs-scrape-tool",
    _recognises,
    _read,
)
"""The reader."""
