"""Services and their latest ratings, from a list of the regulator's or from a table of a council's own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import Final, Literal

from attrs import frozen

from careassure.catalogue.cqc import cqc_la
from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError, Place, Problem, collecting
from careassure.figures.rated_services import RatedService
from careassure.figures.rating_ages import NEVER
from careassure.model.arguments import checked
from careassure.model.dates import PartialDate
from careassure.model.scale import Grade, NotRated
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, plural
from careassure.tables.opening import open_table
from careassure.tables.reader import column
from careassure.tables.table import FOUND, Layout, Line, Options
from careassure.tables.written_dates import read_date

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "service": ("Location ID", "CQC Location ID (for office use only)", "Service", "id"),
    "rated": ("Publication Date", "Overall published", "Report date", "Date rated", "Rating date", "Rated"),
    "rating": ("Location Latest Overall Rating", "Latest Rating", "Overall rating", "CQC rating", "Overall", "Rating"),
    "kind": ("Location Primary Inspection Category", "Primary category", "Kind", "Service type"),
    "area": ("Location Local Authority", "Local authority", "Council", "Area"),
    "registered": ("Location HSCA start date", "Registered", "Registration date", "Registered since"),
}
"""What each column of a list of services is called in the files that are in use, the regulator's own first."""

_PART: Final = {"domain": ("Domain", "Key Question"),
                "group": ("Service / Population Group", "Service / Population Group Name")}  # fmt: skip
_WHOLE: Final = "overall"
Blank = Literal["never", "unknown"]
"""What a row means that holds neither a rating nor its day."""


@frozen
class ServiceList:
    """The services of a file.

    Args:
        services: Each service once, with its latest rating.
        rows: How many rows were read.
        layout: How the file is laid out.
        used: The header of the column for each thing that was read, by the keys of `NAMES`.
        notes: What was left out or taken for what, a sentence each.
    """

    services: tuple[RatedService, ...]
    rows: int
    layout: Layout
    used: dict[str, str]
    notes: tuple[str, ...] = ()

    __repr__ = short_repr


@checked
def read_services(
    path: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    *,
    only: Mapping[str, str] | None = None,
    blank: Blank | None = None,
    layout: Options = FOUND,
) -> ServiceList:
    """Read services and their latest ratings from a table with a row for each.

    The regulator's lists of locations are known by their column headers, in its long ratings file the rows of the
    overall rating alone. Of a service that is there several times the newest rating counts.

    Args:
        path: Delimited text or a spreadsheet.
        columns: The header of a column by what it holds: ``service``, ``rated``, ``rating``, ``kind``, ``area`` or
            ``registered``. Those left out are looked for under the names that are in use.
        only: Texts that must stand in a row, by the header of their column; case does not matter.
        blank: What a row means that holds neither a rating nor its day. Where None, it was never rated in a list of the
            regulator's, and is not known elsewhere.
        layout: What a person says of the layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidInputError: A column is not there, or cells cannot be read: all of them, with their rows.
    """
    table = open_table(path, layout)
    reader = _Rows(table.layout, _places(table.layout, columns or {}), _asked(table.layout, only or {}), blank)
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in table.read():
            reader.add(line, problems)
    return ServiceList(tuple(reader.found.values()), reader.rows, table.layout, reader.used, tuple(reader.notes()))


def _places(layout: Layout, columns: Mapping[str, str]) -> dict[str, int]:
    """The column of each thing that the file has."""
    with collecting(layout.file) as problems:
        problems += [
            Problem("columns", f"{name!r} is nothing that is read of a service", f"Use {join(list(NAMES), 'or')}")
            for name in columns
            if name not in NAMES
        ]
        found: dict[str, int] = {}
        for key, names in {**NAMES, **_PART}.items():
            if key in columns:
                try:
                    found[key] = layout.column(columns[key])
                except InvalidInputError as error:
                    problems.extend(error.problems)
                continue
            at = next((place for name in names if (place := column(layout.headers, name)) is not None), None)
            if at is not None:
                found[key] = at
        if not problems:
            problems.extend(_lacking(layout, found))
    return found


def _lacking(layout: Layout, found: Mapping[str, int]) -> list[Problem]:
    names = f"Its columns are {join(list(layout.headers[:20]))}"
    hint = f"Name it with --column service=NAME. {names}"
    lacking = [Problem("", "no column says which service a row is about", hint)] if "service" not in found else []
    if "rated" not in found and "rating" not in found:
        hint = f"CQC's directory has none: use its list of active locations. {names}"
        lacking.append(Problem("", "no column holds ratings or the days on which they were given", hint))
    return lacking


def _asked(layout: Layout, only: Mapping[str, str]) -> dict[int, str]:
    return {layout.column(header): fold(text) for header, text in only.items()}


class _Rows:
    """Reads rows into services, and counts what it leaves out."""

    def __init__(self, layout: Layout, at: Mapping[str, int], only: Mapping[int, str], blank: Blank | None) -> None:
        self.layout = layout
        self.at = at
        self.only = only
        own = {fold(NAMES["rating"][0]), fold(NAMES["rating"][1])}
        theirs = "rating" in at and fold(layout.headers[at["rating"]]) in own
        self.blank = blank or ("never" if theirs else "unknown")
        self.scale = cqc_la()[-1].scale("cqc-rating")
        self.used = {key: layout.headers[place] for key, place in at.items() if key in NAMES}
        self.found: dict[str, RatedService] = {}
        self.rows = self.others = self.parts = self.again = 0
        self.counts: Counter[str] = Counter()

    def add(self, line: Line, problems: list[Problem]) -> None:
        self.rows += 1
        if line.problems:
            problems.extend(line.problems)
            return
        cells = {key: line.cells[place].strip() for key, place in self.at.items()}
        if any(fold(line.cells[place]) != text for place, text in self.only.items()):
            self.others += 1
            return
        if any(fold(cells.get(part) or _WHOLE) != _WHOLE for part in _PART):
            self.parts += 1
            return
        before = len(problems)
        service = self._service(cells, line.number, problems)
        if len(problems) > before:
            return
        other = self.found.get(service.id)
        self.again += other is not None
        if other is None or _newer(service, other):
            self.found[service.id] = service

    def _service(self, cells: Mapping[str, str], row: int, problems: list[Problem]) -> RatedService:
        if not cells["service"]:
            problems.append(Problem(self._place(row, "service"), "it is blank", "Name the service"))
        rated = self._date(cells, row, "rated", problems)
        registered = self._date(cells, row, "registered", problems)
        rating = self._rating(cells, row, problems)
        day = registered.earliest if registered is not None and registered.day is not None else None
        return RatedService(
            cells["service"],
            self._when(rated, rating),
            rating,
            cells.get("kind", ""),
            cells.get("area", ""),
            day,
        )

    def _when(
        self, rated: PartialDate | None, rating: Grade | NotRated | None
    ) -> PartialDate | Literal["never"] | None:
        if isinstance(rating, NotRated):
            self.counts["withheld" if rating.withheld else "state"] += 1
            return None if rating.withheld else NEVER
        if rated is None and rating is None:
            self.counts[self.blank] += 1
            return NEVER if self.blank == "never" else None
        if rating is None and "rating" in self.at:
            self.counts["unrated day"] += 1
        return rated

    def _date(self, cells: Mapping[str, str], row: int, key: str, problems: list[Problem]) -> PartialDate | None:
        text = cells.get(key, "")
        if text in ("", "-"):
            return None
        try:
            return read_date(text)
        except InvalidInputError as error:
            problems.append(error.problems[0]._replace(where=self._place(row, key)))
            return None

    def _rating(self, cells: Mapping[str, str], row: int, problems: list[Problem]) -> Grade | NotRated | None:
        text = cells.get("rating", "")
        if text in ("", "-"):
            return None
        try:
            return self.scale.read(text)
        except CareAssureError as error:
            problems.append(Problem(self._place(row, "rating"), error.message, error.hint))
            return None

    def _place(self, row: int, key: str) -> Place:
        return self.layout.place(row, self.layout.headers[self.at[key]])

    def notes(self) -> list[str]:
        """What was left out or taken for what, a sentence each."""
        said = [
            (self.others, "left out, as another text stands where you asked for one"),
            (self.parts, "left out, as they are about a part of a service"),
            (self.again, "about a service that another row is about; its newest rating counts"),
            (self.counts["state"], "without a rating, in words such as 'Not rated': counted as never rated"),
            (self.counts["withheld"], "with a rating that is not shown: counted as rated on an unknown date"),
            (self.counts["never"], "with neither a rating nor a day: counted as never rated"),
            (self.counts["unknown"], "with neither a rating nor a day: whether they were ever rated is not known"),
            (self.counts["unrated day"], "with a day and no rating: counted as rated on that day"),
        ]
        return [f"{plural(count, 'row')} {words}." for count, words in said if count]


def _newer(one: RatedService, other: RatedService) -> bool:
    """Whether a rating is newer than another; one that is there is newer than none."""
    days = [item.rated if isinstance(item.rated, PartialDate) else None for item in (one, other)]
    if days[0] is None or days[1] is None:
        return days[1] is None and (days[0] is not None or isinstance(one.rating, Grade))
    return days[0].earliest > days[1].earliest
