"""Tables in memory: what each library has to offer, and how its cells are read."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from careassure.errors import CareAssureError
from careassure.frame.arrays import (
    BAD,
    UNKNOWN,
    Codes,
    Column,
    FactData,
    LeafData,
    Numbers,
    code_of_state,
)
from careassure.frame.outputs import OutputColumn
from careassure.model.cells import score_of
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.vocabulary import why_odd

Words: TypeAlias = tuple[NDArray[Any], list[object]]
"""For each row the place of its value in a list of values, of the shape ``(rows,)``, -1 where there is nothing; and
that list, in which a value may appear more than once."""

Native: TypeAlias = Any
"""A data frame of some library."""


class Table(Protocol):
    """A data frame in memory."""

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        ...

    @property
    def rows(self) -> int:
        """How many rows it has."""
        ...

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers, of the shape ``(rows,)``; None where it holds anything else."""
        ...

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        ...

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows, in the order of ``rows``, which has the shape ``(chosen rows,)``."""
        ...

    def usual(self) -> Native:
        """The data frame with no column in a form that its library can do little with."""
        ...

    def label(self, row: int) -> object:
        """How a row is called: its label in pandas, else its number, counted from 0."""
        ...

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns, each with one entry for each row."""
        ...


# -- reading ------------------------------------------------------------------------------------------


def read_scores(table: Table, column: str | None, scale: Scale) -> LeafData:
    """What a table says of a score, row by row.

    Words are read once for each different word, not once for each row: a column of ``good``, ``good``, nothing and
    ``inadequate`` gives the places 0, 0, -1, 1, and the ranks of the two words are put in their place.
    """
    if column is None:
        return None
    numbers = table.numbers(column)
    if numbers is not None:
        return numbers
    places, values = table.words(column)
    ranks = np.array([*(rank_of(value, scale) for value in values), UNKNOWN], np.int8)
    return Codes(ranks[places])


def rank_of(value: object, scale: Scale) -> int:
    """The rank of what stands in a table, or the code of a state, `UNKNOWN` or `BAD`.

    Text means what it means in a file: a column of numbers with one word in it is a column of text for many libraries,
    and each of its numbers is as good as before.
    """
    if is_blank(value):
        return UNKNOWN
    try:
        found = score_of(value, scale) if isinstance(value, str) else scale.read(plain(value))
    except (CareAssureError, TypeError):
        return BAD
    if found is None:
        return UNKNOWN
    return code_of_state(found) if isinstance(found, NotRated) else found.rank


def text_fault(text: str, scale: Scale) -> tuple[str, str]:
    """What is wrong with the text of a cell, and what to do; both empty for a score, a state or a blank."""
    try:
        score_of(text, scale)
    except CareAssureError:
        why, cure = why_odd(text.strip())
        return f'"{text}" is not a score{f": {why}" if why else ""}', cure
    return "", ""


def plain(value: object) -> object:
    """A value as Python has it: numbers of NumPy as its own, whole numbers without a decimal point."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float | Decimal) and value == value and value % 1 == 0:  # noqa: PLR0124  (not for NaN)
        return int(value)
    return value


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas' NA."""
    if value is None:
        return True
    if isinstance(value, str | Grade | NotRated):
        return False
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float | np.floating) and value != value)  # noqa: PLR0124


def read_fact(table: Table, column: str) -> FactData:
    """What a table says of a fact, row by row.

    Raises:
        ValueError: Something in it is neither true nor false; the first such value is given.
    """
    numbers = table.numbers(column)
    if numbers is not None and numbers.values.dtype.kind == "b":
        return FactData(numbers.values, None if numbers.blank is None else numbers.blank[:])
    places, values = table.words(column)
    for value in values:
        if not isinstance(plain(value), bool) and not is_blank(value):
            raise ValueError(value)
    holds = np.array([*(plain(value) is True for value in values), False])
    blank = np.array([*(is_blank(value) for value in values), True])
    return FactData(holds[places], blank[places] if blank[places].any() else None)


def constant(column: OutputColumn, rows: int) -> Sequence[str]:
    """The same text for every row."""
    return [column.text] * rows
