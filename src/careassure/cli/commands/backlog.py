"""The command ``backlog``: whether what is open follows, period by period, from what came in and was done."""

from __future__ import annotations

import argparse
from fractions import Fraction

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.figures.backlogs import NAMES, Backlog, read_backlog
from careassure.model.rounding import with_commas
from careassure.report.tables import Row

EXAMPLE = "careassure backlog dols-years.csv --opening 101740 --rounded-to 5"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="a table with a row for each period, the oldest first")
    options.columns(command, NAMES)
    command.add_argument("--opening", metavar="N", help="how many were open at the start (default: not known)")
    command.add_argument("--months", default="12", metavar="N", help="how long each period is (default: 12)")
    command.add_argument("--rounded-to", default="0", metavar="N", help="what the figures are rounded to, such as 5")
    options.layout(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say whether the figures of each period fit."""
    found = read_backlog(
        arguments.file,
        options.pairs("column", arguments.column),
        opening=arguments.opening,
        months=arguments.months,
        rounded_to=arguments.rounded_to,
        layout=options.layout_of(arguments),
    )
    papers.write(arguments, found)
    if arguments.format == "table":
        show(found)
    else:
        print_rows(rows(found), arguments.format)
    return 0


def show(found: Backlog) -> None:
    """Print a backlog for people."""
    lines: list[Row] = [
        {
            "Period": period.name,
            "Received": with_commas(period.stock.received),
            "Completed": with_commas(period.stock.completed),
            "Open": with_commas(period.stock.closing),
            "Would be open": _number(period.stock.implied_closing),
            "Unexplained": _number(period.stock.unexplained),
            "Months of work": _number(period.stock.months_of_work, 1) if period.stock.completed else "none completed",
        }
        for period in found.periods
    ]
    print_rows(lines, "table")
    terminal.paragraph("\n".join([*found.lines, *found.notes]))


def rows(found: Backlog) -> list[Row]:
    """A backlog for programs: a row for each period, exact numbers as text."""
    notes = " ".join(found.notes)
    return [
        {"Period": period.name, **{key: value for key, value in period.stock.to_dict().items() if key != "words"},
         "Notes": notes}
        for period in found.periods
    ]  # fmt: skip


def _number(number: Fraction | None, places: int = 2) -> str:
    return "not known" if number is None else with_commas(number, places)
