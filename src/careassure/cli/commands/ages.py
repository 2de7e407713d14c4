"""The command ``ages``: how old the ratings of services are, from a list of the regulator's or a table of your own."""

from __future__ import annotations

import argparse
import datetime as dt

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.errors import InvalidInputError, Problem
from careassure.figures.rated_services import CAUTION, ServiceAges, service_ages
from careassure.figures.rating_ages import BANDS, UNDATED
from careassure.figures.service_lists import NAMES, ServiceList, read_services
from careassure.model.dates import PartialDate
from careassure.model.rounding import decimal
from careassure.model.text import plural
from careassure.report.tables import Row

EXAMPLE = "careassure ages locations.csv --at 2024-06-29 --by area"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="a table with a row for each service (.csv, .xlsx, .ods)")
    command.add_argument("--by", choices=("kind", "area"), help="a line for each kind of service, or for each area")
    options.columns(command, NAMES)
    command.add_argument("--only", action="append", default=[], metavar="COLUMN=TEXT", help="only rows with that text")
    command.add_argument(
        "--bands", default=",".join(map(str, BANDS)), metavar="YEARS", help="where a band begins (default: 4,8)"
    )
    command.add_argument(
        "--blank", choices=("never", "unknown"), help="what a row without a rating and a day means (default: by file)"
    )
    options.at(command)
    options.layout(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how old the ratings of services are."""
    at: dt.date = arguments.at or dt.date.today()  # noqa: DTZ011
    columns, only = (options.pairs(option, getattr(arguments, option)) for option in ("column", "only"))
    read = read_services(arguments.file, columns, only=only, blank=arguments.blank, layout=options.layout_of(arguments))
    bands = _bands(arguments.bands)
    if arguments.by and arguments.by not in read.used:
        hint = f"Name it with --column {arguments.by}=NAME"
        raise InvalidInputError(arguments.file, [Problem("", f"no column says the {arguments.by} of a service", hint)])
    found = service_ages(read.services, at, bands, by=arguments.by)
    papers.write(arguments, found)
    if arguments.format != "table":
        print_rows([_row(item, arguments.by, read) for item in found], arguments.format)
        return 0
    for line in _account(read):
        terminal.write(terminal.wrapped(line))
    terminal.line()
    (whole,) = found if arguments.by is None else service_ages(read.services, at, bands)
    if arguments.by:
        lines = [_short(item, arguments.by) for item in found]
        undated = any(item.ages.undated for item in found)
        print_rows([{key: cell for key, cell in line.items() if undated or key != UNDATED} for line in lines], "table")
        terminal.line()
    head = f"Age on {PartialDate.parse(at).words}"
    print_rows([{head: title, "Services": count} for title, count in whole.ages.counts], "table")
    for line in (*whole.ages.notes, whole.good_words, CAUTION):
        terminal.paragraph(line)
    return 0


def _account(read: ServiceList) -> list[str]:
    services = plural(len(read.services), "service")
    used = ", ".join(f"{key} from {header}" for key, header in read.used.items())
    return [f"{plural(read.rows, 'row')} read: {services}.", f"Read: {used}.", *read.notes]


def _short(item: ServiceAges, by: str) -> Row:
    """A line of the screen: every count as a share of all services, and the share of ratings that are good."""
    good = "" if item.good_share is None else f"{decimal(100 * item.good_share, 1)} % of {item.graded:,}"
    shares = {title: count.partition("(")[2].rstrip(")") for title, count in item.ages.counts}
    return {by.capitalize(): item.name or "not known", "Services": f"{item.ages.total:,}", **shares,
            "Good or outstanding": good}  # fmt: skip


def _row(item: ServiceAges, by: str | None, read: ServiceList) -> Row:
    """A line for programs: every count at its least and at its most, shares exact."""
    ages = item.ages
    least, most = ages.never_or_old or (None, None)
    share = None if ages.never_share is None else str(ages.never_share)
    return {
        **({by.capitalize(): item.name} if by else {}),
        "At": ages.at.isoformat(),
        "Services": ages.total,
        **{head: count for band in ages.bands
           for head, count in ((band.title, band.least), (f"{band.title} at most", band.most))},
        "Never rated": len(ages.never),
        "Never rated share": share,
        "Unknown date": len(ages.undated),
        "Never or old": least,
        "Never or old at most": most,
        "Mean days": None if ages.mean is None else str(ages.mean.low),
        "Mean days at most": None if ages.mean is None else str(ages.mean.high),
        "Never rated and registered known": ages.registered,
        "Waiting": len(ages.waiting),
        "Ratings known": item.graded,
        "Good or outstanding": item.good,
        "Good share": None if item.good_share is None else str(item.good_share),
        "Rows read": read.rows,
        "Notes": " ".join(read.notes),
    }  # fmt: skip


def _bands(text: str) -> list[int]:
    try:
        return [options.whole(part) for part in text.split(",") if part]
    except argparse.ArgumentTypeError:
        raise UsageError(f"{text!r} are not years", hint="Write whole numbers with commas, such as 4,8") from None
