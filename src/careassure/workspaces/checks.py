"""What the rules of a workspace have in common: how a fault is said, and the checks that every table needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from careassure.errors import Place, Problem
from careassure.figures.model import IndicatorKey
from careassure.model.dates import PartialDate
from careassure.model.ids import LONGEST_ID, alike, name_fault, shown, twin_words
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join
from careassure.workspaces.workspace import Workspace

PlaceOf = Callable[[str, int, str], Place]
"""Where a record stands, for messages: given its table, its number from 0 on, and a field (may be empty)."""


def by_number(table: str, index: int, column: str) -> Place:
    """Where a record stands in a workspace that was made in code."""
    return Place(path=f"{table}[{index}].{column}".rstrip("."))


@frozen(eq=False)
class Checks:
    """What is checked, and what is known beside it.

    Args:
        workspace: What to check.
        today: The day it is.
        place: How a record's place is said.
        unread: Ids by table of records that could not be read: no link to one is called broken.
        closed: Tables that could not be read at all.
        shipped: Whether an indicator ships with the library; None where nobody knows.
    """

    workspace: Workspace
    today: dt.date
    place: PlaceOf
    unread: dict[str, set[str]]
    closed: set[str]
    shipped: Callable[[IndicatorKey], bool | None]

    __repr__ = short_repr

    def _problem(self, table: str, at: int, column: str, message: str, hint: str = "") -> Problem:
        return Problem(self.place(table, at, column), message, hint)

    def _unknown(self, table: str, at: int, column: str, name: str, known: Iterable[str], what: str) -> Problem:
        return self._problem(table, at, column, f"{shown(name)} is not a {what}", hint_for(name, known))

    def _once(self, table: str, keys: Sequence[object], what: str) -> Iterator[Problem]:
        first: dict[object, int] = {}
        for at, key in enumerate(keys):
            look = alike(key) if isinstance(key, str) else key
            if isinstance(key, str):
                message, hint = name_fault(key, LONGEST_ID)
                if message and (self.place is by_number or len(key) > LONGEST_ID):  # in a file it was said of the cell
                    yield self._problem(table, at, "", message, hint)
            if look in first and key:
                other = keys[first[look]]
                verb = "appear" if " and " in what else "appears"
                said = f"{what} {shown(key)} {verb} twice" if isinstance(key, str) else f"{what} {verb} twice"
                if isinstance(key, str) and isinstance(other, str) and key != other:
                    said = twin_words(key, other)
                yield self._problem(table, at, "", said, f"It is in {self.place(table, first[look], '')} as well")
            first.setdefault(look, at)

    def _one_of(self, table: str, at: int, column: str, word: str, allowed: Sequence[str]) -> Iterator[Problem]:
        if word and word not in allowed:
            hint = hint_for(word, allowed, f"Use {join(allowed, 'or')}")
            yield self._problem(table, at, column, f"{shown(word)} is not known", hint)

    def _linked(
        self, table: str, at: int, column: str, names: Iterable[str], target: str, ids: set[str]
    ) -> Iterator[Problem]:
        if target in self.closed:
            return
        for name in names:
            if name and name not in ids and name not in self.unread.get(target, ()):
                hint = hint_for(name, ids, "Add it there, or name another")
                yield self._problem(table, at, column, f"there is no {shown(name)} in {target}", hint)

    def _statements(self, table: str, at: int, names: Iterable[str]) -> Iterator[Problem]:
        known = {statement.id: None for statement in self.workspace.framework.statements}
        for name in names:
            if name not in known:
                yield self._unknown(table, at, "statements", name, known, "statement of the framework")

    def _not_later(self, table: str, at: int, column: str, date: PartialDate | None) -> Iterator[Problem]:
        if date is not None and date.earliest > self.today:
            yield self._problem(table, at, column, f"{date} is in the future")
