"""Which column of a table holds which score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from careassure.errors import CareAssureError, InvalidTableError, Problem, did_you_mean
from careassure.frame.spelling import IN_PYTHON, Spelling
from careassure.model.framework import Framework
from careassure.model.printed_names import Named, column_name, leaf_named
from careassure.model.text import join, near, plural

Columns = Mapping[str, Any] | Sequence[Any]
"""Columns by statement id, title or alias (``statement/part`` for parts), or in the framework's order.

A column is named as its library names it: in pandas also by a number."""


MOST_NAMED = 20
"""So many columns a message names."""


@frozen
class Placed:
    """Where the scores of a framework stand in a table.

    Args:
        columns: Pairs of the id of a leaf, or of a statement that is given as a whole, and its column; None
            where there is none, so that the score is known for no row.
        wholes: The statements made of parts that are given as a whole.
    """

    columns: tuple[tuple[str, str | None], ...]
    wholes: frozenset[str]

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that hold scores."""
        return tuple(column for _, column in self.columns if column is not None)


def place_columns(
    framework: Framework, present: Sequence[str], columns: Columns | None, spelled: Spelling = IN_PYTHON
) -> Placed:
    """Find the column of every score.

    Args:
        framework: What is scored.
        present: The names of the table's columns.
        columns: What the caller says; found by their names where None.
        spelled: How messages spell settings.

    Raises:
        InvalidTableError: Columns or statements that there are not, statements without a column, or two columns for
            one of them: everything at once.
    """
    problems: list[Problem] = []
    if columns is None:
        found = _by_name(framework, present, problems, spelled)
    elif isinstance(columns, Mapping):
        found = _as_said(framework, present, columns, problems, spelled)
    else:
        found = _in_order(framework, present, columns, problems)
    problems += _unlike(framework, present, found)
    if problems:
        raise InvalidTableError("the columns of the table", _gathered(problems, spelled))
    wholes = frozenset(s.id for s in framework.statements if s.parts and s.id in found)
    leaves = [leaf for s in framework.statements for leaf in ((s.id,) if s.id in wholes else s.leaves)]
    return Placed(tuple((leaf, found[leaf]) for leaf in leaves), wholes)


def _unlike(framework: Framework, present: Sequence[str], found: Mapping[str, str | None]) -> Iterator[Problem]:
    """What does not fit between the columns of a table and what is scored."""
    counts = Counter(present)
    for name in sorted({name for name in found.values() if name is not None and counts[name] > 1}):
        yield Problem(str(name), "two columns of the table have this name", "Rename one")
    free = [name for name in present if name not in found.values()]
    for statement in framework.statements:
        inside = statement.leaves if statement.parts else ()
        given = any(leaf in found for leaf in inside)
        if statement.id in found and given:
            yield Problem(statement.id, "there are columns for it as a whole and for its parts", "Use one")
        elif statement.id not in found and not given:
            yield _no_column(statement.id, free)
        elif given:
            yield from (_no_column(leaf, free) for leaf in inside if leaf not in found)


_LACKING = "no column holds it"


def _no_column(leaf: str, present: Sequence[str]) -> Problem:
    near_names = near(leaf, [str(name) for name in present])
    hint = f"Is it {join([repr(n) for n in near_names], 'or')}?" if near_names else ""
    if leaf in present:  # other columns were named, and then only those that are named are read
        hint = "The table has a column of that name: name it as well"
    return Problem(leaf, _LACKING, hint)


def _gathered(problems: list[Problem], spelled: Spelling) -> list[Problem]:
    """One problem in the place of many that say the same."""
    bare = [problem for problem in problems if problem.message == _LACKING and not problem.hint]
    rest = [problem for problem in problems if problem not in bare]
    if bare:
        names = join([problem.where.path for problem in bare])
        rest.append(Problem("", f"no column holds {names}", spelled.lacking))
    return rest


def _by_name(
    framework: Framework, present: Sequence[object], problems: list[Problem], spelled: Spelling
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    loose: dict[str, list[str]] = {}
    for column in present:
        named = _named(framework, column, problems)
        if named is None or not isinstance(column, str):
            continue
        if named.loose:
            loose.setdefault(named.leaf, []).append(column)
            continue
        _check_once(named.leaf, found, column, (problems, spelled))
        found[named.leaf] = column
    for leaf, columns in loose.items():  # "Safeguarding score", where no column is called "Safeguarding"
        if leaf not in found:
            for column in columns:
                _check_once(leaf, found, column, (problems, spelled))
                found[leaf] = column
    return found


def _named(framework: Framework, column: object, problems: list[Problem]) -> Named | None:
    try:
        return column_name(framework, column) if isinstance(column, str) else None
    except CareAssureError as error:
        problems.append(Problem(str(column), error.message, error.hint))
        return None


def _check_once(leaf: str, found: Mapping[str, str | None], column: str, told: tuple[list[Problem], Spelling]) -> None:
    problems, spelled = told
    if leaf in found:
        message = f"the columns {found[leaf]!r} and {column!r} both look like it"
        problems.append(Problem(leaf, message, spelled.which))


def _as_said(
    framework: Framework,
    present: Sequence[str],
    columns: Mapping[str, str | None],
    problems: list[Problem],
    spelled: Spelling,
) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, column in columns.items():
        where = spelled.setting("columns", name)
        try:
            leaf = leaf_named(framework, str(name))
        except CareAssureError as error:
            hint = spelled.turned if name in present else error.hint
            problems.append(Problem(where, error.message, hint))
            continue
        if leaf in found:
            problems.append(Problem(where, f"{leaf} was given before under another name"))
        if column is not None and column not in present:
            problem = _unknown_column(where, column, present)
            turned = name in present and column_name(framework, str(column)) is not None
            problems.append(problem._replace(hint=spelled.turned) if turned else problem)
        found[leaf] = column
    return found


def _in_order(
    framework: Framework, present: Sequence[str], columns: Sequence[str], problems: list[Problem]
) -> dict[str, str | None]:
    if isinstance(columns, str | bytes) or not isinstance(columns, Sequence):
        problems.append(Problem("columns", f"{columns!r} is neither a list nor a mapping"))
        return dict.fromkeys(framework.leaves)
    leaves = framework.leaves
    if len(columns) != len(leaves):
        problems.append(
            Problem("columns", f"{plural(len(columns), 'column')} for {plural(len(leaves), 'score')}",
                    f"Give one for each: {join(leaves)}")
        )  # fmt: skip
    problems += [_unknown_column(f"columns[{i}]", c, present) for i, c in enumerate(columns) if c not in present]
    return dict.fromkeys(leaves) | dict(zip(leaves, columns, strict=False))


def _unknown_column(where: str, column: object, present: Sequence[str]) -> Problem:
    names = [str(name) for name in present]
    hint = did_you_mean([repr(name) for name in near(str(column), names)]) or f"There are {shortened(names)}"
    return Problem(where, f"the table has no column {column!r}", hint)


def stem_beside(names: Iterable[object]) -> str:
    """What the names of columns begin with that are made on the way: none of these names begins so.

    >>> stem_beside(["council", "QS1"]), stem_beside(["_Careassure_row"])
    ('_careassure_', '_careassure__')
    """
    taken = [str(name).casefold() for name in names]
    stem = "_careassure_"
    while any(name.startswith(stem) for name in taken):
        stem += "_"
    return stem


def shortened(columns: Sequence[object], most: int = MOST_NAMED) -> str:
    """The names of columns for a message, of many the first ones; a library may take numbers as names."""
    names = [str(column) for column in columns[: most + 1]]
    if len(columns) <= most:
        return join(names)
    return f"{', '.join(names[:most])} and {len(columns) - most:,} more"
