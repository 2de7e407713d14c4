"""A panel from a table: who was asked, and what each gave at two dates."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from careassure.catalogue.councils import register
from careassure.errors import InvalidInputError, InvalidTableError, Place, Problem, collecting
from careassure.figures.panel_members import FEW
from careassure.figures.panels import Panel, Reply, panel
from careassure.model.arguments import checked
from careassure.model.cells import marked_value_of
from careassure.model.numbers import Number
from careassure.model.rounding import with_commas
from careassure.model.shorthand import Suppressed
from careassure.model.text import fold, join, plural
from careassure.model.total_names import is_total
from careassure.tables.named_columns import sound_lines
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Line, Options

NAMES: Final = ("council", "name", "council name", "area", "area name", "local authority", "authority", "who",
                "organisation", "respondent")  # fmt: skip
"""What the column with the names may be called, where nobody says which it is."""
NO_REPLY: Final = frozenset({"no reply", "no response", "did not reply", "none received"})
"""Words that say the same as a blank cell."""


@frozen
class _Total:
    """A row of totals: where it stands, what it says, and which column that is in."""

    row: int
    label: str
    printed: dict[str, Fraction]


@frozen
class _Given:
    """What stands in a table, by whom it is from."""

    before: dict[str, Reply] = field(factory=dict)
    after: dict[str, Reply] = field(factory=dict)
    rows: dict[str, int] = field(factory=dict)
    totals: list[_Total] = field(factory=list)


@checked
def read_panel(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    before: str | None = None,
    after: str | None = None,
    asked: int | None = None,
    additive: bool = True,
    few: Number = FEW,
    warning: str = "",
    layout: Options = FOUND,
) -> Panel:
    """A panel from a table with a row for each of those asked, and a column for each of two dates.

    A blank cell is no number; blank in both columns, or *no reply*, is no reply. A mark such as ``[c]`` is a reply
    without a number. A row of totals is held against the sum of the others, and not counted as one of them.

    Args:
        path: Delimited text or a spreadsheet.
        name: The column that says who; found by its header where None.
        before: The column of the first date; where None, the first of the two that are left.
        after: The column of the second date.
        asked: How many were asked, where the table lists only some of them.
        additive: Whether totals mean something: they do for counts, and not for percentages.
        few: Below this many a percentage says little.
        warning: What must stand beside the result.
        layout: What you say of the layout of the table.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidTableError: It is not clear which columns are meant; a row names nobody or somebody again; a cell is
            not a number; a total is not the sum: all of it, with its place.
        InvalidInputError: More are named than were asked.
    """
    table = open_table(path, layout)
    places = _places(table.layout, name, before, after)
    given = _Given()
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in sound_lines(table, problems):
            _take(line, table.layout, places, given, problems)
        if not given.rows and not problems:
            problems.append(Problem(table.layout.place(), "it names nobody", "Add a row for each of those asked"))
        # A row that is refused is in no sum, so the totals are looked at once all rows are right.
        notes = [] if problems else _checked_totals(table.layout, places, given, problems)
    found = panel(given.before, given.after, asked=asked, additive=additive, few=few)
    others = [header for place, header in enumerate(table.layout.headers) if place not in places]
    if others:
        notes.append(f"Not used: the {'column' if len(others) == 1 else 'columns'} {join(others)}.")
    return evolve(found, warning=warning, notes=(*table.layout.notes, *notes))


def _places(layout: Layout, name: str | None, before: str | None, after: str | None) -> tuple[int, int, int]:
    """The columns of the names and of the two dates."""
    found = columns_of_names(layout)
    if name is None and len(found) != 1:
        what = "several columns may name who was asked" if found else "no column is called council or name"
        raise _unclear(layout, what, "Say which by the name of its column")
    who = layout.column(name) if name is not None else found[0]
    if (before is None) != (after is None):
        raise _unclear(layout, "the column of one date is said, and the other is not", "Say both")
    if before is not None and after is not None:
        first, second = layout.column(before), layout.column(after)
    else:
        left = [place for place, header in enumerate(layout.headers) if place != who and not is_total(header)]
        if len(left) != 2:
            what = f"beside the names it has {plural(len(left), 'column')}, and a panel has two"
            raise _unclear(layout, what, "Say which column is before and which is after")
        first, second = left
    if len({who, first, second}) != 3:
        raise _unclear(layout, "one column is said to be two things", "Name three columns")
    return who, first, second


def columns_of_names(layout: Layout) -> list[int]:
    """The places of the columns that may name who was asked."""
    wanted = set(map(fold, NAMES))
    return [place for place, header in enumerate(layout.headers) if fold(header) in wanted]


def is_new(name: str, rows: dict[str, int], row: int, where: Place, problems: list[Problem]) -> bool:
    """Whether nobody by this name, or another of the same council, has a row above; this row is noted as theirs.

    Args:
        name: Who the row is about.
        rows: The row of each that came before, by a council's code or else the name.
        row: The number of this row.
        where: Where the name stands.
        problems: To which is added that there are two.
    """
    council = register().area(name)
    key = council.code if council else fold(name)
    if key in rows:
        problems.append(Problem(where, f"{name} has a row already, row {rows[key]}", "Keep one of them"))
        return False
    rows[key] = row
    return True


def _unclear(layout: Layout, what: str, cure: str) -> InvalidTableError:
    hint = f"{cure}. Its columns are {join(layout.headers[:20])}"
    return InvalidTableError(layout.file, [Problem(layout.place(layout.header_row), what, hint)])


def _take(line: Line, layout: Layout, places: tuple[int, int, int], given: _Given, problems: list[Problem]) -> None:
    who, first, second = places
    name = line.cells[who].strip()
    replies: dict[str, Reply] = {}
    for what, place in (("before", first), ("after", second)):
        header = layout.headers[place]
        replies[what] = _reply(line.cells[place], layout.place(line.number, header), problems)
    if not name:
        problems.append(Problem(layout.place(line.number, layout.headers[who]), "it is blank", "Say whose row it is"))
        return
    if is_total(name, national=True):
        given.totals.append(
            _Total(line.number, name, {what: each for what, each in replies.items() if isinstance(each, Fraction)})
        )
        return
    if is_new(name, given.rows, line.number, layout.place(line.number, layout.headers[who]), problems):
        given.before[name], given.after[name] = replies["before"], replies["after"]


def _reply(text: str, where: Place, problems: list[Problem]) -> Reply:
    if fold(text) in NO_REPLY:
        return None
    try:
        number, marks = marked_value_of(text)
    except InvalidInputError as error:
        problems.extend(problem._replace(where=where) for problem in error.problems)
        return None
    return text.strip() if marks else number  # the panel reads the marks behind a number itself


def _checked_totals(layout: Layout, places: tuple[int, int, int], given: _Given, problems: list[Problem]) -> list[str]:
    """A sentence for each row of totals that fits; those that do not become problems."""
    sides = {"before": (places[1], given.before, given.after), "after": (places[2], given.after, given.before)}
    notes: list[str] = []
    for total in given.totals:
        kinds: list[str] = []
        for what, printed in total.printed.items():
            place, mine, others = sides[what]
            kind, whole = _kind_of_total(printed, mine, others)
            if kind:
                kinds.append(kind)
            else:
                where = layout.place(total.row, layout.headers[place])
                said = f"{total.label} is {with_commas(printed)}, and the rows add up to {with_commas(whole)}"
                problems.append(Problem(where, said, "Correct it, or leave the row of totals out"))
        what = f" It is the sum of {join(list(dict.fromkeys(kinds)))}." if kinds else ""
        notes.append(f"Row {total.row}, {total.label}, is taken as a total and not counted.{what}")
    return notes


def _kind_of_total(printed: Fraction, mine: dict[str, Reply], others: dict[str, Reply]) -> tuple[str, Fraction]:
    """What a total is the sum of, in words that are empty where it fits nothing, and the sum of all numbers."""
    numbers = {name: number for name, reply in mine.items() if (number := _number(reply)) is not None}
    whole = sum(numbers.values(), Fraction(0))
    like = sum((number for name, number in numbers.items() if _number(others[name]) is not None), Fraction(0))
    if printed == whole:
        return "all numbers", whole
    if printed == like:
        return "those at both dates", whole
    hidden = any(isinstance(reply, Suppressed) for reply in mine.values())
    return "all numbers and what marks hide, as far as can be seen" if hidden and printed > whole else "", whole


def _number(reply: Reply) -> Fraction | None:
    if isinstance(reply, str):
        found = marked_value_of(reply)[0]
        return found if isinstance(found, Fraction) else None
    return reply if isinstance(reply, Fraction) else None
