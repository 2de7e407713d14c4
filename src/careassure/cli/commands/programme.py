"""The command ``programme``: how many councils have a published result, how fast they came, and who is left."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from careassure.analysis.programme import Programme, programme
from careassure.api.verbs import councils
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.model.text import join, plural
from careassure.report.tables import Row

EXAMPLE = "careassure programme --at 2025-02-28"
_FEW = 20


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("--at", metavar="DATE", help="a year, a month or a day (default: everything that is known)")
    command.add_argument("--all", action="store_true", help="name every council that is left")
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Say how far it has come; as rows, one for each council."""
    found = programme(arguments.at)
    if arguments.format == "table":
        for line in _lines(found, every=arguments.all):
            terminal.write(terminal.wrapped(line))
    else:
        print_rows(list(_rows(found)), arguments.format)
    return 0


def _lines(found: Programme, *, every: bool) -> Iterator[str]:
    yield found.words
    if found.unconfirmed:
        yield f"Of these, {len(found.unconfirmed)} are unconfirmed: only a program read them."
    if found.perhaps:
        names = join([f"{item.council} ({item.published})" for item in found.perhaps])
        yield f"Not dated closely enough to say: {names}."
    if found.withdrawn:
        yield f"Withdrawn since: {join([str(item.council) for item in found.withdrawn])}."
    if found.pilots:
        yield f"Pilots, whose ratings were indicative: {join([str(item.council) for item in found.pilots])}."
    yield ""
    if found.pace:
        yield "Councils with a first result, by quarter:"
        yield from (f"  {quarter:<8}{count:>4}" for quarter, count in found.pace)
        yield ""
    left = [str(council) for council in found.left]
    if len(left) > _FEW and not every:
        yield f"Left: {plural(len(left), 'council')}. --all names them."
    elif left:
        yield f"Left: {plural(len(left), 'council')}: {join(left)}."
    if found.tallies:
        yield ""
        yield "What others counted:"
        yield from (f"  {tally.words}{f' {tally.note}' if tally.note else ''}" for tally in found.tallies)
    yield ""
    yield "These are the results that were found. A council without one may have a report that was not."


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
