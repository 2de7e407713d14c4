"""Work that comes in and waits, period by period: whether what is open follows from what came in and was done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError, Problem, collecting
from careassure.figures.stocks import Stock
from careassure.model.arguments import checked_after
from careassure.model.numbers import Number, exact
from careassure.model.rounding import decimal, with_commas
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.tables.columns import read_exact
from careassure.tables.named_columns import columns_named, names_with, sound_lines
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Line, Options

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "period": ("Period", "Year", "Month", "Quarter", "Date"),
    "received": ("Received", "Applications received", "Requests", "Came in"),
    "completed": ("Completed", "Applications completed", "Done"),
    "closing": ("Closing", "Open at the end", "Open", "Not completed", "Outstanding"),
    "opening": ("Opening", "Open at the start"),
}
"""What the columns of a table of periods are called."""


@frozen
class Period:
    """A period with its stock.

    Args:
        name: What the period is called, such as ``2023-24``.
        stock: What was open, came in, was completed and is open.
    """

    name: str
    stock: Stock

    __repr__ = short_repr


def months_words(period: Period) -> str:
    """How many months of work are open at the rate of a period, in a sentence; empty where nothing was completed."""
    if period.stock.months_of_work is None:
        return ""
    months = decimal(period.stock.months_of_work, 1)
    word = "month" if months == "1" else "months"
    return f"At the rate of {period.name} what is open is {months} {word} of work, if nothing more came in."


@frozen
class Backlog:
    """Work that came in, was done and waited over several periods, each beginning with what the one before left open.

    Args:
        periods: The periods, the first the oldest.
        notes: What was decided when a file was read, a sentence each.
    """

    periods: tuple[Period, ...]
    notes: tuple[str, ...] = field(default=(), eq=False)

    __repr__ = short_repr

    @property
    def unexplained(self) -> Fraction | None:
        """All that is open at the ends of periods without following from the figures; None where nothing can be said.

        Below 0 where fewer are open than the figures imply.
        """
        known = [period.stock.unexplained for period in self.periods if period.stock.unexplained is not None]
        return sum(known, Fraction(0)) if known else None

    @property
    def lines(self) -> tuple[str, ...]:
        """What came in and was done in all, how what is open changed, and which periods do not fit, a sentence each."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        first, last = self.periods[0], self.periods[-1]
        received = sum((period.stock.received for period in self.periods), Fraction(0))
        completed = sum((period.stock.completed for period in self.periods), Fraction(0))
        when = first.name if first is last else f"{first.name} to {last.name}"
        yield f"{when}: {with_commas(received)} received and {with_commas(completed)} completed."
        opening, closing = first.stock.opening, last.stock.closing
        if opening is None:
            yield f"{with_commas(closing)} are open at the end. How many were open at the start is not known."
        else:
            yield f"{with_commas(opening)} were open at the start, and {with_commas(closing)} are at the end."
        tried = [period for period in self.periods if period.stock.reconciles is not None]
        wrong = [period for period in tried if not period.stock.reconciles]
        if tried and not wrong:
            yield f"The figures reconcile in {plural(len(tried), 'period')} of {len(tried):,}."
        elif wrong and self.unexplained is not None:
            yield f"In {len(wrong):,} of {plural(len(tried), 'period')} the figures do not reconcile."
            more = "more" if self.unexplained > 0 else "fewer"
            yield (
                f"Over all of them {with_commas(abs(self.unexplained))} {more} are open than the figures imply, and "
                "nothing in them says why."
            )
        if last.stock.months_of_work is not None:
            yield months_words(last)

    @property
    def words(self) -> str:
        """All of it in sentences."""
        return " ".join(self.lines)

    def __str__(self) -> str:
        return self.words


@checked_after
def backlog(
    periods: Mapping[str, tuple[Number, Number, Number]],
    *,
    opening: Number | None = None,
    months: Number = 12,
    rounded_to: Number = 0,
) -> Backlog:
    """See whether what is open follows, period by period, from what came in and was completed.

    >>> print(backlog({"2025": (50, 40, 110), "2026": (60, 70, 95)}, opening=100).periods[1].stock.unexplained)
    -5

    Args:
        periods: For each period, the first the oldest: how many came in, were completed, and were open at its end.
        opening: How many were open at the start of the first period; left out where that is not known.
        months: How long each period is.
        rounded_to: What the figures are rounded to, such as 5; 0 where they are exact.

    Raises:
        InvalidInputError: A figure is not an exact number or below 0, or there is no period; everything at once.
    """
    found: list[Period] = []
    before = opening
    with collecting("the backlog") as problems:
        for name, number in (("opening", opening), ("months", months), ("rounded_to", rounded_to)):
            problems.extend(_no_number(name, number))
        if not periods:
            problems.append(Problem("periods", "there is none", "Give at least one"))
        rows = {} if problems else periods
        for name, (received, completed, closing) in rows.items():
            try:
                stock = Stock(
                    received=received,
                    completed=completed,
                    closing=closing,
                    opening=before,
                    months=months,
                    rounded_to=rounded_to,
                )
            except InvalidInputError as error:
                problems += [each._replace(where=each.where._replace(row=name)) for each in error.problems]
            else:
                found.append(Period(name, stock))
            before = closing
    return Backlog(tuple(found))


def _no_number(name: str, number: Number | None) -> list[Problem]:
    try:
        if number is not None:
            exact(number)
    except InvalidInputError as error:
        return [each._replace(where=each.where._replace(path=name)) for each in error.problems]
    return []


@checked_after
def read_backlog(
    path: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    *,
    opening: Number | None = None,
    months: Number = 12,
    rounded_to: Number = 0,
    layout: Options = FOUND,
) -> Backlog:
    """Read a table with a row for each period, the oldest first: what came in, was completed and is open at its end.

    Args:
        path: Delimited text or a spreadsheet.
        columns: The header of a column by what it holds: ``period``, ``received``, ``completed``, ``closing`` or
            ``opening``. Those left out are looked for under the names in use.
        opening: How many were open at the start of the first period, where the table does not say it.
        months: How long each period is.
        rounded_to: What the figures are rounded to.
        layout: What you say of the layout of the table.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidInputError: A column is not there, a period is named twice, or a cell is no number: all of them, with
            their rows.
    """
    table = open_table(path, layout)
    names = names_with(columns, NAMES, table.layout, "a period")
    needed = {"period", "received", "completed", "closing", *(columns or {})}
    places = columns_named(table.layout, names, needed)
    rows: dict[str, dict[str, Fraction]] = {}
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in sound_lines(table, problems):
            _take(line, table.layout, places, rows, problems)
        if not rows and not problems:
            problems.append(Problem(table.layout.place(), "it holds no period", "Add a row for each"))
    first = next(iter(rows.values())).get("opening")
    if first is not None and opening is not None and first != opening:
        said = f"the table says that {with_commas(first)} were open at the start"
        raise InvalidInputError(table.layout.file, [Problem("opening", said, "Leave the other number out")])
    found = backlog(
        {name: (row["received"], row["completed"], row["closing"]) for name, row in rows.items()},
        opening=opening if first is None else first,
        months=months,
        rounded_to=rounded_to,
    )
    return Backlog(found.periods, tuple(_openings(rows, found)))


def _take(
    line: Line,
    layout: Layout,
    places: Mapping[str, int],
    rows: dict[str, dict[str, Fraction]],
    problems: list[Problem],
) -> None:
    """Add the figures of a row."""
    name = line.cells[places["period"]].strip()
    if not name or name in rows:
        said = "the period is named above already" if name else "it is blank"
        where = layout.place(line.number, layout.headers[places["period"]])
        problems.append(Problem(where, said, "Name each period once"))
    figures: dict[str, Fraction] = {}
    for what in ("received", "completed", "closing", "opening"):
        text = line.cells[places[what]].strip() if what in places else ""
        if not text and what == "opening":
            continue
        try:
            if not text:
                raise CareAssureError("it is blank", hint="Write a number; 0 where there was none")
            figures[what] = read_exact(text)
        except CareAssureError as error:
            problems.append(Problem(layout.place(line.number, layout.headers[places[what]]), error.message, error.hint))
    if name and {"received", "completed", "closing"} <= figures.keys():
        rows.setdefault(name, figures)


def _openings(rows: Mapping[str, Mapping[str, Fraction]], found: Backlog) -> Iterator[str]:
    """Where a printed opening is not what was open at the end of the period before."""
    for period in found.periods[1:]:
        printed = rows[period.name].get("opening")
        if printed is not None and printed != period.stock.opening and period.stock.opening is not None:
            yield (
                f"{period.name}: {with_commas(printed)} open at the start are printed, and "
                f"{with_commas(period.stock.opening)} at the end of the period before. The latter is used."
            )
