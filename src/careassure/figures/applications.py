"""Applications for deprivation of liberty: what is kept of each, their priority by criteria, and the tables of both."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Final, Literal, get_args

from attrs import field, frozen

from careassure.errors import InvalidInputError, InvalidTableError, Problem, collecting
from careassure.figures.statutory_clocks import due
from careassure.model.arguments import checked, explained
from careassure.model.ids import shown
from careassure.model.showing import short_repr
from careassure.model.text import fold, hint_for
from careassure.tables.named_columns import columns_named, names_with, personal_problems
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Line, Options
from careassure.tables.written_dates import read_day

ApplicationKind = Literal["standard", "urgent"]
"""A request for a standard authorisation alone, or one that came with an urgent authorisation."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("Id", "Reference", "Application"),
    "received": ("Received", "Date received"),
    "kind": ("Kind", "Type"),
    "group": ("Group", "Main need"),
    "completed": ("Completed", "Date completed"),
    "urgent_from": ("Urgent from", "Urgent authorisation from"),
    "extended": ("Extended", "Extension"),
    "authorised_from": ("Authorised from", "Authorisation from"),
    "authorised_to": ("Authorised to", "Authorisation to"),
}
"""What the columns of a table of applications are called; others are criteria, or not used."""

MOST_EXTENDED: Final = 7
"""The most days by which an urgent authorisation is extended, once."""

_YES: Final = frozenset({"yes", "y", "true", "1", "met", "x"})
_NO: Final = frozenset({"no", "n", "false", "0", "not met"})
_UNKNOWN: Final = frozenset({"", "?", "not known", "unknown"})


@explained
@frozen
class Criterion:
    """Something that gives an application a priority where it is met.

    Args:
        title: What it says: the header of its column.
        priority: The priority that it leads to.
    """

    title: str
    priority: str

    __repr__ = short_repr


@explained
@frozen
class Application:
    """An application for a standard authorisation.

    Args:
        id: A code of the council's own, never a name or a number by which others know the person.
        received: When the council received it.
        kind: ``urgent`` where it came with an urgent authorisation.
        group: The group of people that it is counted with, such as a main need; empty where nobody said.
        completed: When the council had completed it; None while it is open.
        urgent_from: When the urgent authorisation was given; None: on the day of receipt.
        extended: By how many days the urgent authorisation was extended, 0 to 7.
        authorised_from: The first day of the standard authorisation that was given.
        authorised_to: Its last day.
        criteria: Whether each criterion is met, by its title; None where that is not known.
    """

    id: str
    received: dt.date
    kind: ApplicationKind = "standard"
    group: str = ""
    completed: dt.date | None = None
    urgent_from: dt.date | None = None
    extended: int = 0
    authorised_from: dt.date | None = None
    authorised_to: dt.date | None = None
    criteria: tuple[tuple[str, bool | None], ...] = field(default=(), converter=tuple[tuple[str, bool | None], ...])

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting(f"application {self.id}") as problems:
            problems.extend(self._problems())

    def _problems(self) -> list[Problem]:
        found: list[Problem] = []
        if self.completed is not None and self.completed < self.received:
            found.append(Problem("completed", "it is before the day of receipt", "Correct one of the two"))
        if not 0 <= self.extended <= MOST_EXTENDED:
            hint = f"It can be extended once, by up to {MOST_EXTENDED} days"
            found.append(Problem("extended", f"{self.extended} days are not possible", hint))
        if self.kind == "standard" and (self.extended or self.urgent_from is not None):
            name = "extended" if self.extended else "urgent_from"
            found.append(Problem(name, "a standard request has no urgent authorisation", "Leave it blank"))
        if (self.authorised_from is None) != (self.authorised_to is None):
            name = "authorised_to" if self.authorised_to is None else "authorised_from"
            found.append(Problem(name, "it is blank", "Give the first and the last day, or neither"))
        elif self.authorised_from and self.authorised_to and self.authorised_to < self.authorised_from:
            found.append(Problem("authorised_to", "it is before the first day", "Correct one of the two"))
        return found

    @property
    def due(self) -> dt.date:
        """The last day of its statutory clock: of 21 days from receipt, or of the urgent authorisation."""
        if self.kind == "standard":
            return due(self.received)
        return due(self.urgent_from or self.received, "urgent") + dt.timedelta(days=self.extended)

    @property
    def too_long(self) -> bool:
        """Whether its standard authorisation is longer than the law allows."""
        if self.authorised_from is None or self.authorised_to is None:
            return False
        return self.authorised_to > due(self.authorised_from, "authorisation")


@frozen
class ApplicationList:
    """The applications of a file.

    Args:
        applications: Each application once.
        rows: How many rows were read.
        unused: The headers of columns that were not used.
        notes: What was decided about the layout of the file, a sentence each.
    """

    applications: tuple[Application, ...]
    rows: int
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    __repr__ = short_repr


@checked
def read_criteria(path: str | os.PathLike[str], layout: Options = FOUND) -> tuple[Criterion, ...]:
    """Read your own criteria from a table with the columns ``criterion`` and ``priority``.

    The priorities are ordered as they first appear, the highest first.

    Args:
        path: Delimited text or a spreadsheet.
        layout: What you say of its layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidTableError: A column is missing, or a criterion is blank or named twice: all of it, with its row.
    """
    table = open_table(path, layout)
    names = {"criterion": ("Criterion", "Title"), "priority": ("Priority", "Band")}
    places = columns_named(table.layout, names, names)
    found: dict[str, Criterion] = {}
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in table.read():
            problems.extend(line.problems)
            if line.problems:
                continue
            cells = {what: line.cells[place].strip() for what, place in places.items()}
            blank = [what for what, text in cells.items() if not fold(text)]
            for what in blank:
                where = table.layout.place(line.number, table.layout.headers[places[what]])
                problems.append(Problem(where, "it is blank", "Write each criterion with its priority"))
            key, made = fold(cells["criterion"]), Criterion(cells["criterion"], cells["priority"])
            if not blank and found.setdefault(key, made) is not made:
                where = table.layout.place(line.number, table.layout.headers[places["criterion"]])
                problems.append(Problem(where, "the criterion is named above already", "Keep one of them"))
        if not found and not problems:
            problems.append(Problem(table.layout.place(), "it holds no criterion", "Add a row for each"))
    return tuple(found.values())


@checked
def read_applications(
    path: str | os.PathLike[str],
    criteria: tuple[Criterion, ...] = (),
    columns: Mapping[str, str] | None = None,
    layout: Options = FOUND,
) -> ApplicationList:
    """Read a table with a row for each application.

    A criterion is met where its column says ``yes``, ``true`` or ``1``, not met at ``no``, ``false`` or ``0``, and not
    known where it is blank. ``extended`` is a number of days, or ``yes`` for all seven.

    Args:
        path: Delimited text or a spreadsheet.
        criteria: The criteria, each with a column of its title.
        columns: The header of a column by what it holds, such as ``{"group": "Main need"}``; others are found by the
            names in use.
        layout: What you say of its layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidTableError: A column is missing; cells cannot be read, do not fit each other or hold personal data: all
            of them, with their rows.
    """
    table = open_table(path, layout)
    own = names_with(columns, NAMES, table.layout, "an application")
    names = {**own, **{_key(item): (item.title,) for item in criteria}}
    needed = ["id", "received", "kind", *(columns or {}), *(_key(item) for item in criteria)]
    places = columns_named(table.layout, names, dict.fromkeys(needed))
    found: list[Application] = []
    codes: set[str] = set()
    rows = 0
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in table.read():
            rows += 1
            refused = line.problems or personal_problems(table.layout, line)  # what is personal is not said again
            problems.extend(refused)
            row = _Row(table.layout, line, places, problems)
            if not line.problems and (code := row.text("id")):
                if code in codes:  # it is not said: it may be a number by which others know the person
                    row.fault("id", "the code is there twice", "Give each a code of its own")
                codes.add(code)
            made = None if refused else row.application(criteria)
            if made is not None:
                found.append(made)
        if not rows and not problems:
            problems.append(Problem(table.layout.place(), "it holds no application", "Add a row for each"))
    used = set(places.values())
    unused = tuple(header for place, header in enumerate(table.layout.headers) if place not in used and header)
    return ApplicationList(tuple(found), rows, unused, table.layout.notes)


def _key(item: Criterion) -> str:
    return f"criterion {item.title}"


class _Row:
    """A row of a table of applications."""

    def __init__(self, layout: Layout, line: Line, places: Mapping[str, int], problems: list[Problem]) -> None:
        self.layout, self.line, self.places, self.problems = layout, line, places, problems

    def text(self, name: str) -> str:
        return self.line.cells[self.places[name]].strip() if name in self.places else ""

    def fault(self, name: str, message: str, hint: str) -> None:
        header = self.layout.headers[self.places[name]] if name in self.places else ""
        self.problems.append(Problem(self.layout.place(self.line.number, header), message, hint))

    def day(self, name: str) -> dt.date | None:
        text = self.text(name)
        try:
            return read_day(text) if text else None
        except InvalidInputError as error:
            self.fault(name, error.problems[0].message, error.problems[0].hint)
            return None

    def answer(self, name: str) -> bool | None:
        word = fold(self.text(name))
        if word in _YES | _NO:
            return word in _YES
        if self.text(name).strip().casefold() not in _UNKNOWN:
            hint = "Write yes or no, true or false, 1 or 0; leave it blank where it is not known"
            self.fault(name, f"{shown(self.text(name))} is neither yes nor no", hint)
        return None

    def extended(self) -> int:
        text = fold(self.text("extended"))
        if not text or text in _NO:
            return 0
        if text in _YES - {"1"}:
            return MOST_EXTENDED
        if text.isascii() and text.isdigit() and len(text) < 4:
            return int(text)
        self.fault("extended", f"{shown(self.text('extended'))} is not a number of days", "Write 1 to 7, or yes for 7")
        return 0

    def kind(self) -> ApplicationKind | None:
        word = fold(self.text("kind"))
        for kind in get_args(ApplicationKind):
            if word == kind:
                return kind  # type: ignore[no-any-return]
        self.fault("kind", f"{shown(self.text('kind'))} is not a kind" if word else "it is blank",
                   hint_for(word, get_args(ApplicationKind), "Write standard or urgent"))  # fmt: skip
        return None

    def application(self, criteria: tuple[Criterion, ...]) -> Application | None:
        before = len(self.problems)
        days = {name: self.day(name) for name in
                ("received", "completed", "urgent_from", "authorised_from", "authorised_to")}  # fmt: skip
        kind, extended = self.kind(), self.extended()
        answers = [(item.title, self.answer(_key(item))) for item in criteria]
        for name in ("id", "received"):
            if not self.text(name):
                self.fault(name, "it is blank", "Each application needs a code and the day of receipt")
        received = days["received"]
        if len(self.problems) > before or received is None or kind is None:
            return None
        try:
            return Application(
                self.text("id"),
                received,
                kind,
                self.text("group"),
                days["completed"],
                days["urgent_from"],
                extended,
                days["authorised_from"],
                days["authorised_to"],
                answers,
            )
        except InvalidInputError as error:
            for problem in error.problems:
                self.fault(problem.where.path or str(problem.where), problem.message, problem.hint)
            return None
