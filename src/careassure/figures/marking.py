"""Marks behind numbers, such as the one of ``12.3 [p]``: how they are read, and how they go into words.

A provisional or an estimated number is a number, and counts as one. Whoever reads a result is told that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import cast

from careassure.errors import InvalidInputError
from careassure.model.cells import marked_value_of
from careassure.model.numbers import Number, exact
from careassure.model.shorthand import Suppressed
from careassure.model.text import join
from careassure.model.vocabulary import MARKS, Mark

Marked = tuple["Fraction | Suppressed", tuple[Mark, ...]]
"""A number, or the mark in its place, with the marks behind it."""


def read_marked(given: Number | Suppressed) -> Marked:
    """A number and the marks behind it, or what was given where it is none: the checks will name it.

    >>> read_marked("12.3 [p]")
    (Fraction(123, 10), ('p',))
    """
    if isinstance(given, Suppressed):
        return given, ()
    try:
        found, marks = marked_value_of(given) if isinstance(given, str) else (exact(given), ())
    except InvalidInputError:
        return cast("Fraction", given), ()
    return (cast("Fraction", given) if found is None else found), marks


def behind(marks: Sequence[Mark]) -> str:
    """Marks as they stand behind a number.

    >>> behind(["p", "e"]), behind([])
    (' [p][e]', '')
    """
    return " " + "".join(f"[{mark}]" for mark in marks) if marks else ""


def marks_said(found: Iterable[tuple[str, Sequence[Mark]]]) -> list[str]:
    """A sentence about the marks behind numbers, by whose number it is; none where there are none.

    >>> marks_said([("Camden", ["p"]), ("England", ["p", "b"]), ("Leeds", [])])
    ['Marks behind numbers: [p] provisional: Camden and England; [b] break in the series: England.']
    """
    by_mark: dict[Mark, list[str]] = {}
    for name, marks in found:
        for mark in marks:
            by_mark.setdefault(mark, []).append(name)
    said = [f"[{mark}] {MARKS[mark].words}: {join(names)}" for mark, names in by_mark.items()]
    return [f"Marks behind numbers: {'; '.join(said)}."] if said else []
