"""The days on which services were rated, from a table with a row for each rating."""

from __future__ import annotations

import datetime as dt
import os

from attrs import frozen

from careassure.errors import InvalidInputError, InvalidTableError, Place, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.showing import short_repr
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Options
from careassure.tables.written_dates import read_day


@frozen
class Histories:
    """The days on which services were rated.

    Args:
        days: By the service's name or number.
        ended: The last day of services that have closed, where a column says so.
        rows: How many rows were read.
        layout: How the file is laid out.
    """

    days: dict[str, tuple[dt.date, ...]]
    ended: dict[str, dt.date]
    rows: int
    layout: Layout

    __repr__ = short_repr


@checked
def read_histories(
    path: str | os.PathLike[str], service: str, rated: str, ended: str | None = None, options: Options = FOUND
) -> Histories:
    """Read a table with a row for each rating of each service.

    Args:
        path: Delimited text or a spreadsheet.
        service: The header of the column with the service's name or number.
        rated: The header of the column with the day of the rating.
        ended: The header of the column with the last day of a service that has closed; blank cells for those that run.
        options: What a person says of the layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidInputError: There is no such column, or cells are blank or no whole dates: all of them, with their rows.
    """
    table = open_table(path, options)
    file = table.layout.file
    names = [name for name in (service, rated, ended) if name is not None]
    places = [table.layout.column(name) for name in names]
    days: dict[str, list[dt.date]] = {}
    last: dict[str, dt.date] = {}
    rows = 0
    with collecting(file, InvalidTableError) as problems:
        for line in table.read():
            rows += 1
            if line.problems:
                problems.extend(line.problems)
                continue
            name, *dates = (line.cells[place].strip() for place in places)
            if not name:
                problems.append(Problem(Place(file, line.number, service), "it is blank", "Name the service"))
                continue
            day = _day(dates[0], Place(file, line.number, rated), problems)
            if day is not None:
                days.setdefault(name, []).append(day)
            if len(dates) > 1 and dates[1]:
                end = _day(dates[1], Place(file, line.number, ended or ""), problems)
                if end is not None and last.setdefault(name, end) != end:
                    what = f"{end.isoformat()} is not {last[name].isoformat()}, as a row above says of {name}"
                    problems.append(Problem(Place(file, line.number, ended or ""), what, "Give one last day"))
    return Histories({name: tuple(found) for name, found in days.items()}, last, rows, table.layout)


def _day(text: str, where: Place, problems: list[Problem]) -> dt.date | None:
    if not text:
        problems.append(Problem(where, "it is blank", "Write a day, such as 2025-11-30"))
        return None
    try:
        return read_day(text)
    except InvalidInputError as error:
        problems.append(error.problems[0]._replace(where=where))
        return None
