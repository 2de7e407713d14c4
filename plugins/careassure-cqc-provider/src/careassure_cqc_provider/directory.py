"""Readers of CQC's lists of locations: the directory, and the active locations with filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

import careassure as ca
from careassure.errors import CareAssureError, Problem
from careassure.tables import Line, Opened, Reader, Reading, Seen, audit_of, column
from careassure_cqc_provider.days import day_of
from careassure_cqc_provider.people import PERSONAL_COLUMNS, public_name
from careassure_cqc_provider.resources import framework

Flag = Literal["Y", "N", ""]
_DIRECTORY = ("Name", "CQC Location ID (for office use only)", "CQC Provider ID (for office use only)")
_ACTIVE = ("Location ID", "Location HSCA start date", "Location Latest Overall Rating")
_NAMES = {
    "id": ("Location ID", "CQC Location ID (for office use only)"),
    "name": ("Location Name", "Name"),
    "provider": ("Provider ID", "CQC Provider ID (for office use only)"),
    "council": ("Location Local Authority", "Local authority"),
    "region": ("Location Region", "Region"),
    "services": ("Service types",),
    "specialisms": ("Specialisms/services",),
    "day": ("Date of latest check", "Publication Date"),
    "rating": ("Location Latest Overall Rating",),
    "beds": ("Care homes beds",),
}
MOST_PROBLEMS = 1000
"""So many refused rows are told one by one; the others are counted."""
_SERVICE = "Service type - "
_BAND = "Service user band - "


@frozen
class Location:
    """A location that CQC lists.

    Args:
        id: Its id at CQC.
        name: Its name; empty where that is a person's.
        provider: The id of its provider.
        council: The local authority that it lies in, as printed.
        region: The region, as printed.
        services: What kinds of service it gives.
        specialisms: For whom.
        day: The day of the latest check, or on which its rating was published.
        rating: Its overall rating, or why there is none; None where the file has no ratings or the cell is blank.
        beds: How many beds a care home has; None where it is not said.
    """

    id: str
    name: str
    provider: str
    council: str
    region: str
    services: tuple[str, ...] = ()
    specialisms: tuple[str, ...] = ()
    day: str = ""
    rating: ca.Grade | ca.NotRated | None = None
    beds: int | None = None


def _is_directory(seen: Seen) -> bool:
    return seen.has(*_DIRECTORY)


def _is_active(seen: Seen) -> bool:
    return seen.has(*_ACTIVE)


def _read(opened: Opened) -> Reading:
    headers = opened.seen.headers
    at = {name: column(headers, *names) for name, names in _NAMES.items()}
    flags = [(place, header.strip()) for place, header in enumerate(headers) if header.startswith((_SERVICE, _BAND))]
    personal = [place for name in PERSONAL_COLUMNS if (place := column(headers, name)) is not None]
    found: list[Location] = []
    problems: list[Problem] = []
    rows = refused = hidden = people = 0
    for line in opened.lines():
        rows += 1
        cells = {name: _cell(line, place) for name, place in at.items()}
        wrong = line.problems or tuple(_problems(opened, line.number, cells, at))
        if wrong:
            refused += 1
            problems += wrong if refused <= MOST_PROBLEMS else ()
            continue
        named = [header for place, header in flags if line.cells[place].strip().upper() == "Y"]
        location = _location(cells, named)
        found.append(location)
        hidden += bool(cells["name"]) and not location.name
        people += sum(bool(line.cells[place].strip()) for place in personal)
    left_out = [f"{people:,} names of registered managers and the like."] if people else []
    left_out += [f"{hidden:,} names of locations that begin like a person's. Their ids are kept."] if hidden else []
    return Reading(
        f"CQC's list of locations: {len(found):,} of them.",
        found,
        audit_of(headers, [*at.values(), *(place for place, _ in flags)], rows, refused),
        left_out=[*left_out, "Addresses, telephone numbers and names of providers."],
        problems=problems,
        notes=_notes(found),
    )


def _cell(line: Line, place: int | None) -> str:
    return line.cells[place].strip() if place is not None and place < len(line.cells) else ""


def _problems(opened: Opened, row: int, cells: dict[str, str], at: dict[str, int | None]) -> Iterator[Problem]:
    def where(name: str) -> ca.errors.Place:
        return opened.place(row, opened.seen.headers[at[name] or 0])

    if not cells["id"]:
        yield Problem(where("id"), "the id is blank", "Without its id a location cannot be told from another")
    if cells["beds"] and not (cells["beds"].isascii() and cells["beds"].isdigit() and len(cells["beds"]) < 7):
        yield Problem(where("beds"), f"{cells['beds'][:40]!r} is not a number of beds", "Write a whole number")
    for name, read in (("day", day_of), ("rating", framework("cqc-provider").scale("cqc-rating").read)):
        try:
            if cells[name] and cells[name] != "-":
                read(cells[name])
        except CareAssureError as error:
            problem = getattr(error, "problems", [error])[0]
            yield Problem(where(name), problem.message, problem.hint)


def _location(cells: dict[str, str], named: list[str]) -> Location:
    rating = cells["rating"] if cells["rating"] != "-" else ""
    return Location(
        cells["id"],
        public_name(cells["name"]),
        cells["provider"],
        cells["council"],
        cells["region"],
        (*_listed(cells["services"]), *(name.removeprefix(_SERVICE) for name in named if name.startswith(_SERVICE))),
        (*_listed(cells["specialisms"]), *(name.removeprefix(_BAND) for name in named if name.startswith(_BAND))),
        day_of(cells["day"]) if cells["day"] and cells["day"] != "-" else "",
        framework("cqc-provider").scale("cqc-rating").read(rating) if rating else None,
        int(cells["beds"]) if cells["beds"] else None,
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _notes(found: list[Location]) -> list[str]:
    unrated = sum(isinstance(location.rating, ca.NotRated) for location in found)
    if not unrated:
        return []
    said = f"{unrated:,} locations are not rated here. A location of several services can be rated in the ratings file"
    return [f"{said} all the same."]


_SOURCE = "Care Quality Commission, https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
_LEFT_OUT = "Names of people, addresses and telephone numbers are left out."
CQC_DIRECTORY = Reader(
    "cqc-directory",
    "CQC's care directory",
    f"A row for each location, without ratings. {_LEFT_OUT}",
    _SOURCE,
    _is_directory,
    _read,
)
"""The reader of the directory."""
CQC_ACTIVE = Reader(
    "cqc-active-locations",
    "CQC's active locations, with filters",
    f"A row for each location with its latest overall rating, services and beds. {_LEFT_OUT}",
    _SOURCE,
    _is_active,
    _read,
)
"""The reader of the active locations."""
