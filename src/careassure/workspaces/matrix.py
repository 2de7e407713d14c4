"""Which statement has which kind of evidence, with the blanks in view."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Protocol, runtime_checkable

from attrs import frozen

from careassure.model.arguments import checked
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.workspaces.opening import opened


@runtime_checkable
class Evidenced(Protocol):
    """An assessment or a workspace: a framework, and evidence under it."""

    @property
    def framework(self) -> Framework:
        """The version of the framework."""
        ...

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was found."""
        ...


@frozen
class Coverage:
    """The matrix of statements and evidence categories.

    Args:
        framework: The framework.
        cells: The ids of the evidence in each cell that has some, by statement and category.
        repeats: Pairs of the id of a piece of evidence and of an earlier one that records the same thing: the same
            finding, source and date. It counts as that one.
    """

    framework: Framework
    cells: tuple[tuple[tuple[str, str], tuple[str, ...]], ...]
    repeats: tuple[tuple[str, str], ...] = ()

    __repr__ = short_repr

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return dict(self.cells)

    def cell(self, statement: str, category: str) -> tuple[str, ...]:
        """The ids of the evidence of a category for a statement."""
        return self._by_cell.get((statement, category), ())

    @property
    def blanks(self) -> tuple[tuple[str, str], ...]:
        """The cells without evidence, of the categories that the framework uses, in its order."""
        return tuple(place for place in self._expected if not self.cell(*place))

    @property
    def share(self) -> Fraction:
        """How many of the cells that the framework uses have evidence, as a share."""
        expected = len(self._expected)
        return Fraction(expected - len(self.blanks), expected) if expected else Fraction(1)

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The ids of the statements for which there is no evidence of any kind."""
        supported = {statement for (statement, _), _ in self.cells}
        return tuple(s.id for s in self.framework.statements if s.id not in supported)

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of what was found, each once, however many statements it bears on."""
        return tuple(dict.fromkeys(name for _, names in self.cells for name in names))

    @property
    def _expected(self) -> list[tuple[str, str]]:
        """The cells that the framework uses: one for each statement where it has no categories."""
        used = [category.id for category in self.framework.categories if category.applies] or [""]
        return [(statement.id, category) for statement in self.framework.statements for category in used]

    @property
    def words(self) -> str:
        """How much of the matrix has evidence, and what has none of any kind."""
        filled = len(self._expected) - len(self.blanks)
        places = "cell" if self.framework.categories else "statement"
        of = " of statements and categories" if self.framework.categories else ""
        lines = [f"{filled:,} of {plural(len(self._expected), places)}{of} have evidence."]
        if self.unsupported:
            lines.append(f"No evidence: {join([self.framework.title_of(name) for name in self.unsupported])}.")
        if self.repeats:
            lines.append(f"{plural(len(self.repeats), 'piece')} of evidence recorded a second time count once.")
        return " ".join(lines)

    def __str__(self) -> str:
        return self.words

    def rows(self) -> list[dict[str, object]]:
        """A row for each statement: its title, and how many pieces of evidence each category has.

        A category that the framework does not use is shown only where there is evidence of it. The counts of a row
        are of distinct things; one that bears on several statements stands in the row of each.
        """
        filled = {category for (_, category), _ in self.cells}
        shown = {c.id: c.title for c in self.framework.categories if c.applies or c.id in filled} or {"": "Evidence"}
        rows: list[dict[str, object]] = []
        for statement in self.framework.statements:
            counts = {title: len(self.cell(statement.id, name)) or "-" for name, title in shown.items()}
            rows.append({"Statement": statement.title, **counts})
        return rows


@checked
def coverage(workspace: Evidenced | str | os.PathLike[str]) -> Coverage:
    """The matrix of statements and evidence categories of a workspace or of an assessment.

    One thing counts once in a cell, even where it was recorded twice. Evidence that is added never makes the
    coverage smaller.

    Args:
        workspace: What the council keeps, the path of its folder, or an assessment.
    """
    found = opened(workspace) if isinstance(workspace, str | os.PathLike) else workspace
    first: dict[tuple[str, ...], str] = {}
    for item in sorted(found.evidence, key=_since):
        first.setdefault(item.same, item.id)
    cells: dict[tuple[str, str], dict[str, None]] = {}
    repeats: list[tuple[str, str]] = []
    for item in found.evidence:
        counted = first[item.same]
        if counted != item.id:
            repeats.append((item.id, counted))
        for statement in item.statements:
            cells.setdefault((statement, item.category), {})[counted] = None
    ordered = [(place, tuple(cells[place])) for place in _places(found.framework, cells)]
    return Coverage(found.framework, tuple(ordered), tuple(repeats))


def _since(item: Evidence) -> tuple[bool, str, str]:
    """What sorts evidence by when it was recorded, so that the order in which it is given means nothing."""
    return (item.recorded is None, str(item.recorded or ""), item.id)


def _places(framework: Framework, cells: dict[tuple[str, str], dict[str, None]]) -> Sequence[tuple[str, str]]:
    statements = [statement.id for statement in framework.statements]
    categories = {category.id: at for at, category in enumerate(framework.categories)}
    return sorted(cells, key=lambda place: (statements.index(place[0]), categories.get(place[1], 0), place[1]))
