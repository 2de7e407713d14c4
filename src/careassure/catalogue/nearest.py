"""Whose neighbours a file of neighbours holds: the councils that it calls like one council."""

from __future__ import annotations

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.errors import InvalidInputError, Problem
from careassure.model.council import Council
from careassure.model.showing import short_repr
from careassure.tables.reader import Reading
from careassure.tables.sector import Neighbour


@frozen
class Nearest:
    """The councils that a file calls like one council.

    Args:
        councils: Those of today, in the order of the file, each once; never the council itself.
        others: The names or codes of areas that are no council of today.
    """

    councils: tuple[Council, ...]
    others: tuple[str, ...] = ()

    __repr__ = short_repr


def nearest_in(reading: Reading, code: str, name: str) -> Nearest:
    """The neighbours of a council in what a reader made of a file.

    Args:
        reading: The reading. Where its list does not say whose it is, it is taken to be this council's.
        code: The council's code.
        name: The council's name, for messages.

    Raises:
        InvalidInputError: It holds something else than neighbours, or none of this council, or rows were refused.
    """
    rows = [row for row in reading.rows if isinstance(row, Neighbour)]
    if len(rows) < len(reading.rows) or not reading.rows:
        problem = Problem("", "it does not hold a list of councils", "Give a list of neighbours")
        raise InvalidInputError("the neighbours", [*reading.problems, problem])
    areas = {row.area: register().area(row.area) for row in rows}
    mine = [row for row in rows if not row.area or code in (row.area, getattr(areas[row.area], "code", ""))]
    if reading.problems or not mine:
        none = Problem("", f"it has no neighbours of {name}", "Give a list that has them")
        raise InvalidInputError("the neighbours", reading.problems or [none])
    found: dict[str, Council] = {}
    others: dict[str, None] = {}
    for row in mine:
        council = register().area(row.neighbour)
        if council is None:
            others[row.name or row.neighbour] = None
        elif council.code != code:
            found[council.code] = council
    return Nearest(tuple(found.values()), tuple(others))
