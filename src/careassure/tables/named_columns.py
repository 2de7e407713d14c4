"""Columns of a table by the names that people give them, and the screen over what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from careassure.errors import InvalidTableError, Problem, collecting
from careassure.model.text import fold, hint_for, join
from careassure.privacy.personal.screen import screen, sentence
from careassure.tables.table import Layout, Line, TableFile

_HINT = "Remove it, or replace it with a role or a code"


def columns_named(layout: Layout, names: Mapping[str, Collection[str]], needed: Iterable[str] = ()) -> dict[str, int]:
    """The places of the columns that have one of their names; a header's case, spaces and signs do not count.

    Args:
        layout: How the table is laid out.
        names: What each column may be called, by what it is.
        needed: Which of them the table must have.

    Raises:
        InvalidTableError: A column that is needed is not there, or two columns are called the same thing.
    """
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for what, words in names.items():
        wanted = set(map(fold, words))
        found = [place for place, header in enumerate(layout.headers) if fold(header) in wanted]
        if len(found) > 1:
            said = f"{join([repr(layout.headers[place]) for place in found])} mean the same"
            problems.append(Problem(layout.place(layout.header_row), said, "Keep one of the columns"))
        elif found:
            places[what] = found[0]
    for what in needed:
        if not any(fold(header) in set(map(fold, names[what])) for header in layout.headers):
            known = [*names[what]]
            hint = hint_for(what, layout.headers, f"Name a column {join(known, 'or')}")
            problems.append(Problem(layout.place(layout.header_row), f"no column is called {what!r}", hint))
    if problems:
        raise InvalidTableError(layout.file, problems)
    return places


def sound_lines(table: TableFile, problems: list[Problem]) -> Iterator[Line]:
    """The rows of a table that fit it and hold nothing that by its form alone is personal data.

    What is wrong with the others is added to ``problems``. Nothing more is looked for in them, so that no message
    repeats what is personal.
    """
    for line in table.read():
        refused = line.problems or personal_problems(table.layout, line)
        problems.extend(refused)
        if not refused:
            yield line


def names_with(
    columns: Mapping[str, str] | None, names: Mapping[str, Collection[str]], layout: Layout, of: str
) -> dict[str, Collection[str]]:
    """What each column may be called, where a person says it of some.

    Args:
        columns: The header of a column, by what it is, as a person gave them.
        names: What each may be called otherwise, by what it is.
        layout: How the table is laid out.
        of: Of what a row is, for the message.

    Raises:
        InvalidInputError: Something is named that is not read.
    """
    own = columns or {}
    with collecting(layout.file) as problems:
        problems += [
            Problem("columns", f"{name!r} is nothing that is read of {of}", f"Use {join(list(names), 'or')}")
            for name in own
            if name not in names
        ]
    return {**names, **{name: (header,) for name, header in own.items()}}


def personal_problems(layout: Layout, line: Line) -> list[Problem]:
    """One problem for each cell that holds what by its form alone is personal data, such as an NHS number."""
    return [
        Problem(layout.place(line.number, header), sentence(found), _HINT)
        for header, cell in zip(layout.headers, line.cells, strict=False)
        for found in screen(cell)
        if found.certain
    ]
