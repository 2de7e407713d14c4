"""The command ``diff-methods``: where two methods differ, counted over every combination of scores."""

from __future__ import annotations

import argparse

from careassure.analysis.method_diff import MethodDiff, diff_methods
from careassure.cli import options, papers, terminal
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure diff-methods single-word my-method.toml"

_MOST = 4


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("first", metavar="METHOD", help="the name of a method, or its FILE.toml")
    command.add_argument("second", metavar="OTHER", help="another")
    command.add_argument("--framework", metavar="ID", help="what they score, or its FILE.toml (default: theirs)")
    command.add_argument("--all", action="store_true", help="every way in which they differ, at every place")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say where two methods differ."""
    found = diff_methods(arguments.first, arguments.second, arguments.framework)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(_rows(found)))
    else:
        most = None if arguments.all else _MOST if found.overall is not None else 1
        for text in (found.heading, *found.lines(most)):
            terminal.write(terminal.wrapped(text))
    return 0


def _rows(found: MethodDiff) -> list[dict[str, object]]:
    """A row for each pair of results at each place."""
    cases = {(place.id, item.first, item.second): item for place in found.places for item in place.differences}
    return [
        {
            "place": place.id,
            "level": place.level,
            "verdict": place.verdict,
            "first": one,
            "second": two,
            "count": count,
            "of": place.total,
            "differs": (place.id, one, two) in cases,
            "plainest_case": cases[place.id, one, two].case_words if (place.id, one, two) in cases else "",
        }
        for place in found.places
        for one, two, count in place.counts or (("", "", None),)
    ]
