"""The command ``programme``: how many councils have a published result, how fast they came, and who is left."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from careassure.analysis.national_programme import Programme, programme
from careassure.api.verbs import councils
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.report.tables import Row

EXAMPLE = "careassure programme --at 2025-02-28"
_FEW = 20


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("--at", metavar="DATE", help="a year, a month or a day (default: everything that is known)")
    command.add_argument("--all", action="store_true", help="name every council that is left")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how far it has come; as rows, one for each council."""
    found = programme(arguments.at)
    papers.write(arguments, found)
    if arguments.format == "table":
        for line in found.lines(None if arguments.all else _FEW, "--all names them."):
            terminal.write(terminal.wrapped(line))
    else:
        print_rows(list(_rows(found)), arguments.format)
    return 0


def _rows(found: Programme) -> Iterator[Row]:
    sure = {item.council.code: item for item in found.latest}
    perhaps = {item.council.code: item for item in found.perhaps}
    for council in councils():
        item = sure.get(council.code) or perhaps.get(council.code)
        state = "published" if council.code in sure else "perhaps" if item else "left"
        yield {
            "Code": council.code,
            "Council": council.name,
            "Region": council.region,
            "State": state,
            "Published": str(item.published) if item else "",
            "Rating": str(item.stated.rating or "") if item else "",
            "Confidence": item.confidence if item else "",
        }
