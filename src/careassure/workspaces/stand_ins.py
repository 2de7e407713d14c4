"""All that is wrong with a row at once: cells that cannot be read are stood in for, and the rules see the others.

A row without a date makes no event, so the rules never saw its result. Here the row is made twice, with two stand-ins
that differ wherever they can; what both give, in the cells that could be read, is a fault of the row and not of a
stand-in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from attrs import define, evolve, field

from careassure.errors import Place, Problem
from careassure.model.framework import Framework
from careassure.model.showing import short_repr
from careassure.tables.columns import Row, Sheet

_PAIRS = {
    "value": ("1", "2"),
    "replied": ("1", "2"),
    "year": ("2025-26", "2024-25"),
    "period": ("2025-26", "2024-25"),
    "polarity": ("higher", "lower"),
    "direction": ("higher", "lower"),
}


@define
class StandIns:
    """The rows of a folder that cannot be read as they are, made with stand-ins.

    Args:
        framework: What the workspace is prepared for.
        today: The day it is.
        made: For each of the two stand-ins the records, by table, each with its row.
        problems: What was found while each of the two was made.
        replaced: The columns that were stood in for, by the place of the row.
    """

    framework: Framework
    today: dt.date
    made: tuple[dict[str, list[tuple[Any, Row]]], ...] = field(factory=lambda: ({}, {}))
    problems: tuple[list[Problem], ...] = field(factory=lambda: ([], []))
    replaced: dict[Place, set[str]] = field(factory=dict)

    __repr__ = short_repr

    def add(self, sheet: Sheet, row: Row, make: Callable[[Row], object], faulty: set[str]) -> bool:
        """Make a row with stand-ins.

        Args:
            sheet: The table.
            row: The row, which cannot be made as it is.
            make: What makes a record of a row.
            faulty: The columns whose cells cannot be read, or are blank and must not be.

        Returns:
            Whether it could be made.
        """
        found: list[tuple[Any, Row]] = []
        needed = {"statements", *(column.name for column in sheet.columns if column.needed)}
        for which, problems in enumerate(self.problems):
            cells = {name: self._cell(name, row.number, which) if name in needed else "" for name in faulty}
            stand_in = evolve(row, cells={**row.cells, **cells}, problems=problems)
            found.append((make(stand_in), stand_in))
        if any(record is None for record, _ in found):
            return False
        for which, pair in enumerate(found):
            self.made[which].setdefault(sheet.name, []).append(pair)
        self.replaced[row.where()] = faulty
        return True

    def records(self, which: int, table: str) -> tuple[Any, ...]:
        """The records of a table that were made with the first or the second stand-in."""
        return tuple(record for record, _ in self.made[which].get(table, ()))

    def rows(self, which: int, table: str) -> list[Row]:
        """Their rows."""
        return [row for _, row in self.made[which].get(table, ())]

    def sure(self, first: list[Problem], second: list[Problem]) -> list[Problem]:
        """What is wrong with the rows whatever stands in: what was found with both, in cells that could be read."""
        one, other = [*self.problems[0], *first], {*self.problems[1], *second}
        return [problem for problem in one if problem in other and self._is_the_rows_own(problem.where)]

    def _is_the_rows_own(self, where: Place) -> bool:
        replaced = self.replaced.get(where._replace(column=""))
        return replaced is not None and bool(where.column) and where.column not in replaced

    def _cell(self, column: str, row: int, which: int) -> str:
        if column == "date":
            return ("1950-01-02", str(self.today))[which]
        if column == "statements":  # all of them, so that what another cell says of one is never amiss
            return "; ".join(statement.id for statement in self.framework.statements)
        if column == "statement":
            return (self.framework.statements[0], self.framework.statements[-1])[which].id
        if column == "category":
            usable = [item.id for item in self.framework.categories if item.accepted] or [""]
            return (usable[0], usable[-1])[which]
        if column == "score":
            grades = self.framework.scale(self.framework.score_scale).grades
            return str((grades[0], grades[-1])[which].value)
        return _PAIRS.get(column, (f"stand-in-a{row}", f"stand-in-b{row}"))[which]
