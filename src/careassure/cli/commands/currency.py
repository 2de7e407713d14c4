"""The command ``currency``: how long ratings stand before the next, from a table with a row for each."""

from __future__ import annotations

import argparse
import datetime as dt

from careassure.api.histories import read_histories
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.figures.rating_currency import CAUTION, Currency, currency
from careassure.model.rounding import decimal
from careassure.model.text import plural

EXAMPLE = "careassure currency ratings.csv --service location_id --rated report_date --at 2026-09-30"
_MOST = 12


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="a table with a row for each rating (.csv, .xlsx, .ods)")
    command.add_argument("--service", required=True, metavar="COLUMN", help="the column with each service's number")
    command.add_argument("--rated", required=True, metavar="COLUMN", help="the column with the day of the rating")
    command.add_argument("--ended", metavar="COLUMN", help="the column with the last day of closed services")
    options.at(command)
    options.layout(command)
    command.add_argument("--all", action="store_true", help="every day on which the share falls")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how long ratings stand."""
    read = read_histories(
        arguments.file, arguments.service, arguments.rated, arguments.ended, options.layout_of(arguments)
    )
    found = currency(read.days, arguments.at or dt.date.today(), read.ended)  # noqa: DTZ011
    papers.write(arguments, found)
    if arguments.format != "table":
        print_rows(
            [
                {
                    "Days": step.days,
                    "At risk": step.at_risk,
                    "Replaced": step.replaced,
                    "Share": str(step.share),
                    "Variance": str(step.variance),
                }
                for step in found.steps
            ],
            arguments.format,
        )
        return 0
    services = plural(len(read.days), "service")
    terminal.write(terminal.wrapped(f"{plural(read.rows, 'row')} read: {services}, {plural(found.ratings, 'rating')}."))
    terminal.line()
    _curve(found, every=arguments.all)
    terminal.paragraph(found.words.removesuffix(CAUTION).strip())
    terminal.paragraph(CAUTION)
    return 0


def _curve(found: Currency, *, every: bool) -> None:
    steps = list(found.steps)
    if not every and len(steps) > _MOST:
        steps = [steps[round(n * (len(steps) - 1) / (_MOST - 1))] for n in range(_MOST)]
    rows = [
        {
            "Days": f"{step.days:,}",
            "Still seen": f"{step.at_risk:,}",
            "Replaced": f"{step.replaced:,}",
            "Still stand": f"{decimal(100 * step.share, 1)} %",
        }
        for step in steps
    ]
    print_rows(rows, "table", empty="No rating was replaced.")
    if len(steps) < len(found.steps):
        terminal.line(f"{len(steps)} of {len(found.steps):,} days. The others with --all.")
