"""The command ``waits``: how long people waited, from a table with a row for each of them."""

from __future__ import annotations

import argparse
from fractions import Fraction

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows, printed_number
from careassure.cli.terminal import UsageError
from careassure.figures.wait_tables import WaitTable, read_waits
from careassure.figures.waits import GroupWaits, WaitingTimes, waiting_times
from careassure.model.numbers import printed
from careassure.model.rounding import with_commas
from careassure.model.shorthand import CONFIDENTIAL
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.suppression import Cell
from careassure.report.tables import Row, json_text

EXAMPLE = "careassure waits assessments.csv --wait days --over 28 --by team --threshold 5"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="a table with a row for each person (.csv, .xlsx, .ods)")
    command.add_argument("--wait", metavar="COLUMN", help="the column with how long each waited; blank: not known")
    command.add_argument("--since", metavar="COLUMN", help="or the column with the day on which the wait began")
    command.add_argument("--until", metavar="COLUMN", help="and the one with its end; blank: still waiting")
    command.add_argument("--at", type=options.day, metavar="DATE", help="as it was on that day (default: today)")
    command.add_argument("--by", metavar="COLUMN", help="the column with the group of each")
    command.add_argument(
        "--over", action="append", type=_limit, default=[], metavar="N", help="how many waited over N; several times"
    )
    command.add_argument("--unit", default="days", metavar="UNIT", help="what waits are counted in (default: days)")
    command.add_argument("--threshold", type=options.whole, metavar="N", help="leave out 1 to N people, to publish it")
    command.add_argument("--round-to", type=options.whole, default=1, metavar="N", help="and round to multiples of N")
    options.layout(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def _limit(text: str) -> Fraction:
    """A limit as it was typed."""
    found = printed(text.strip())
    if found is None or found < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 on")
    return found


def run(arguments: argparse.Namespace) -> int:
    """Say how long people waited."""
    if (arguments.wait is None) == (arguments.since is None):
        raise UsageError("it is not said where the waits are", hint="Give --wait COLUMN, or --since and --until COLUMN")
    if (arguments.since is None) != (arguments.until is None):
        raise UsageError("a wait has a beginning and an end", hint="Give --since and --until COLUMN together")
    if arguments.threshold is None and arguments.round_to != 1:
        raise UsageError("--round-to goes with --threshold", hint="Give --threshold too")
    read = read_waits(
        arguments.file,
        wait=arguments.wait,
        since=arguments.since,
        until=arguments.until,
        by=arguments.by,
        at=arguments.at,
        options=options.layout_of(arguments),
    )
    rules = None if arguments.threshold is None else Rules(arguments.threshold, arguments.round_to)
    found = waiting_times(read.waits, read.groups, over=arguments.over, unit=arguments.unit, rules=rules)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(
            json_text(
                {
                    **found.to_dict(),
                    "still_waiting": _plain(_safe(read.waiting, rules)),
                    "began_later": _plain(_safe(read.later, rules)),
                }
            )
        )
    elif arguments.format == "csv":
        print_rows([{name: _written(cell) for name, cell in row.items()} for row in found.rows()], "csv")
    else:
        _table(found, read, rules)
    return 0


def _safe(count: int, rules: Rules | None) -> Cell:
    """A number of people as it may be shown."""
    return count if rules is None else CONFIDENTIAL if rules.hides(count) else rules.shown(count)


def _plain(cell: Cell) -> int | str:
    return cell if isinstance(cell, int) else str(cell)


def _written(cell: object) -> object:
    return None if cell is None else printed_number(cell)


def _table(found: WaitingTimes, read: WaitTable, rules: Rules | None) -> None:
    terminal.line(f"How long people waited, in {found.unit}")
    terminal.line()
    print_rows([_row(found, part) for part in found.parts], "table")
    for line in found.notes:
        terminal.paragraph(line)
    if read.waiting:
        terminal.paragraph(
            f"Still waiting: {_cell(_safe(read.waiting, rules))}. Each counts with the wait up to that day."
        )
    if read.later:
        terminal.paragraph(f"Left out, for their wait began after that day: {_cell(_safe(read.later, rules))}.")
    if rules is None:
        terminal.paragraph("Every number is exact, and small ones may tell of a person: --threshold leaves them out.")


def _row(found: WaitingTimes, part: GroupWaits) -> Row:
    numbers = {
        name: "-" if value is None else with_commas(value, 1) if isinstance(value, Fraction) else str(value)
        for name, value in (("Mean", part.mean), ("Median", part.median), ("Longest", part.longest))
    }
    overs: dict[str, object] = {}
    for limit, count, share in zip(found.limits, part.over, part.shares, strict=True):
        percent = "" if share is None else f" ({with_commas(100 * share, 1)} %)"
        overs[f"Over {with_commas(limit)}"] = f"{count:,}{percent}" if isinstance(count, int) else str(count)
    return {"Group": part.name, "People": _cell(part.people), "Known": _cell(part.known), **numbers, **overs}


def _cell(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
