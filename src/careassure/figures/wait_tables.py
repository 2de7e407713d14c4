"""How long each person waited, from a table with a row for each: a column with the wait, or its first and last day."""

from __future__ import annotations

import datetime as dt
import os
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from careassure.errors import InvalidInputError, InvalidTableError, Place, Problem, collecting
from careassure.model.arguments import DayLike, checked, day_of
from careassure.model.cells import value_of
from careassure.model.showing import short_repr
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Options
from careassure.tables.written_dates import read_day


@frozen
class WaitTable:
    """The wait of each person in a table, as `waiting_times` takes it.

    Args:
        waits: Each wait, in the order of the rows; None where it is not known.
        groups: The group of each; None where no column says it.
        waiting: How many had not come to an end on the day that is looked at, and count up to it.
        later: How many began after that day, and are left out.
        layout: How the file is laid out.
    """

    waits: tuple[Fraction | None, ...]
    groups: tuple[str, ...] | None
    waiting: int
    later: int
    layout: Layout

    __repr__ = short_repr


@checked
def read_waits(
    path: str | os.PathLike[str],
    *,
    wait: str | None = None,
    since: str | None = None,
    until: str | None = None,
    by: str | None = None,
    at: DayLike | None = None,
    options: Options = FOUND,
) -> WaitTable:
    """Read a table with a row for each person who waited.

    A mark in the place of a wait, such as ``[x]``, and a blank cell both mean that it is not known.

    Args:
        path: Delimited text or a spreadsheet.
        wait: The header of the column with how long each waited.
        since: Or the header of the column with the day on which the wait began; blank where it is not known.
        until: The header of the column with the day on which it ended; blank for those who still wait.
        by: The header of the column with each person's group.
        at: The day on which it is looked at, in days; today where None. Who waited on it counts with the wait up to it,
            and who began later is left out.
        options: What a person says of the layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidInputError: There is no such column; or a wait is no number, a day is no whole one or has not come, or an
            end lies before its beginning: all of them, with their rows.
    """
    if (wait is None) == (since is None) or (since is None) != (until is None):
        problem = Problem("wait", "a column with waits or two with days are needed", "Give wait, or since and until")
        raise InvalidInputError("the columns", [problem])
    table = open_table(path, options)
    file = table.layout.file
    names = [name for name in (wait, since, until, by) if name is not None]
    place = {name: table.layout.column(name) for name in names}
    day = dt.date.today() if at is None else day_of(at)  # noqa: DTZ011
    found: list[_Wait] = []
    groups: list[str] = []
    with collecting(file, InvalidTableError) as problems:
        for line in table.read():
            if line.problems:
                problems.extend(line.problems)
                continue
            said = {name: (line.cells[at], Place(file, line.number, name)) for name, at in place.items()}
            if wait is not None:
                found.append(_Wait(_number(*said[wait], problems)))
            else:
                found.append(_between(said[since or ""], said[until or ""], day, problems))
            groups.append(said[by][0].strip() if by is not None else "")
    kept = [at for at, one in enumerate(found) if not one.later]
    return WaitTable(
        tuple(found[at].days for at in kept),
        tuple(groups[at] for at in kept) if by is not None else None,
        sum(one.waiting for one in found),
        len(found) - len(kept),
        table.layout,
    )


class _Wait(NamedTuple):
    """The wait of one row: how long, whether it goes on, and whether it began after the day that is looked at."""

    days: Fraction | None
    waiting: bool = False
    later: bool = False


def _between(since: tuple[str, Place], until: tuple[str, Place], day: dt.date, problems: list[Problem]) -> _Wait:
    """The wait from one day to another, or up to the day that is looked at where it goes on."""
    first, last = (_day(*cell, problems) for cell in (since, until))
    if first is not None and last is not None and last < first:
        said = f"{last.isoformat()} is before {first.isoformat()}, when the wait began"
        problems.append(Problem(until[1], said, "Check both days"))
    if first is not None and first > day:
        return _Wait(None, later=True)
    open_still = not until[0].strip() or (last is not None and last > day)
    end = day if open_still else last
    days = None if first is None or end is None else Fraction((end - first).days)
    return _Wait(days, waiting=open_still and first is not None)


def _number(text: str, where: Place, problems: list[Problem]) -> Fraction | None:
    try:
        found = value_of(text)
    except InvalidInputError as error:
        problems += [problem._replace(where=where) for problem in error.problems]
        return None
    if not isinstance(found, Fraction):
        return None
    if found < 0:
        problems.append(Problem(where, f"{text.strip()} is below 0", "Leave it blank where it is not known"))
    return found


def _day(text: str, where: Place, problems: list[Problem]) -> dt.date | None:
    if not text.strip():
        return None
    try:
        found = read_day(text.strip())
    except InvalidInputError as error:
        problems += [problem._replace(where=where) for problem in error.problems]
        return None
    if found > dt.date.today():  # noqa: DTZ011
        problems.append(Problem(where, f"{found} is in the future", "Leave it blank while the wait goes on"))
        return None
    return found
