"""The reader of LG Inform's wide tables: a row for each area, and a column for each period."""

from __future__ import annotations

from careassure.catalogue.readers.figures import (
    MOST_PROBLEMS,
    area_problems,
    notes_on,
    number_of,
    said_of,
    value_problems,
)
from careassure.errors import Problem
from careassure.model.text import fold
from careassure.tables.reader import Opened, Reader, Reading, Seen, audit_of
from careassure.tables.sector import Figure

_AREA = ("area", "area label", "area long label")
_TITLE = "A wide table of LG Inform"


def _recognises(seen: Seen) -> bool:
    """The first columns are the area's, and every other column is a period."""
    return len(seen.headers) > len(_AREA) and tuple(map(fold, seen.headers[: len(_AREA)])) == _AREA


def _read(opened: Opened) -> Reading:
    """The figures of every period; a row that repeats the column headers is told and used for nothing."""
    headers = opened.seen.headers
    periods = range(len(_AREA), len(headers))
    found: list[Figure] = []
    problems: list[Problem] = []
    rows = refused = 0
    repeated: list[int] = []
    for line in opened.lines():
        rows += 1
        if line.cells and fold(line.cells[0]) == "area":
            repeated.append(line.number)
            continue
        # Below such a row all others seem to be a second table; they are the first, as long as no cell is missing.
        whole = bool(repeated) and len(line.cells) == len(headers)
        wrong = (() if whole else line.problems) or tuple(
            problem for at in periods for problem in value_problems(opened, line.number, headers[at], line.cells[at])
        )
        if not wrong and not line.cells[0].strip():
            wrong = (Problem(opened.place(line.number, headers[0]), "it names no area", "Give the area's code"),)
        wrong = wrong or tuple(area_problems(opened, line.number, line.cells[0].strip(), line.cells[1].strip()))
        if wrong:
            refused += 1
            problems += wrong if refused <= MOST_PROBLEMS else ()
            continue
        code, name = line.cells[0].strip(), line.cells[1].strip()
        for at in periods:
            value, marks = number_of(line.cells[at])
            cell = line.cells[at].strip()
            found.append(Figure(code, name, headers[at], "", value, cell, marks=marks, row=line.number))
    notes = [f"Row {row} repeats the column headers and is not an area." for row in repeated]
    notes.append("The file does not say which measure it is: LG Inform keeps that in the address.")
    return Reading(
        f"{_TITLE}: {said_of(found)}.",
        found,
        audit_of(headers, [0, 1, *periods], rows, refused),
        problems=problems,
        notes=(*notes, *notes_on(found)),
    )


LG_INFORM = Reader(
    "lg-inform",
    _TITLE,
    "A row for each area, and a column for each period of one measure.",
    "Local Government Association, https://webservices.esd.org.uk",
    _recognises,
    _read,
)
"""The reader."""
