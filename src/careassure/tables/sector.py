"""Rows that readers of the sector's files share: published figures, and lists of councils that are alike."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.vocabulary import Mark


@frozen
class Figure:
    """A published figure about an area, as a table prints it.

    Args:
        area: The area's code; empty where the table has none.
        name: The area's name.
        period: The year or the month.
        indicator: The code of what was measured, or its title where the table has no code.
        value: The number, the mark in its place, or None where the cell is blank.
        printed: The value as it stands in the table.
        title: What was measured, in words.
        unit: In what.
        part: What the number is of the measure, such as Numerator or Base; empty where it is the measure itself.
        group: The people that it is about; empty where it is about all.
        marks: Letters behind the number that say something of it, such as ``p`` for provisional.
        row: Its row in the table.
        beside: What else the row says of the figure, by name: who is counted, its source, its base, what it replaces.
    """

    area: str
    name: str
    period: str
    indicator: str
    value: Fraction | Suppressed | None
    printed: str
    title: str = ""
    unit: str = ""
    part: str = ""
    group: str = ""
    marks: tuple[Mark, ...] = ()
    row: int = 0
    beside: tuple[tuple[str, str], ...] = ()

    __repr__ = short_repr


@frozen
class Neighbour:
    """A council that a list calls like another one.

    Args:
        area: The code of the council that the list is of; empty where the table does not say.
        neighbour: The code of the council that is like it.
        name: The name of that council, where it is printed.
        place: Its place in the list, from 1. Only some lists begin with the nearest.
    """

    area: str
    neighbour: str
    name: str = ""
    place: int = 0

    __repr__ = short_repr
