"""The command ``nearest``: the smallest changes of scores that reach a grade, or lose the one that is held."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from careassure.analysis.nearest import NearestChange, WayTo, nearest_change, nearest_changes
from careassure.analysis.saying import CAUTION_OF_CHANGES, nearest_text
from careassure.cli import options, papers, terminal
from careassure.cli.fitting import fits, fitting
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.cli.shaping import broken
from careassure.cli.terminal import UsageError
from careassure.model.text import plural
from careassure.report.tables import csv_text, json_text, text_table

_PAGE = 79
EXAMPLE = "careassure nearest --council Leicester --to good"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument("--published", action="store_true", help="every published assessment that ships, in a table")
    command.add_argument("--to", metavar="GRADE", help="the grade to reach (default: one up, and the loss of this one)")
    command.add_argument(
        "--by", choices=("points", "statements"), default="points", help="what is counted (default: points)"
    )
    command.add_argument(
        "--cost",
        action="append",
        default=[],
        metavar="STATEMENT=NUMBER",
        help="what a point of a statement costs, or another score of it; 1 for all others",
    )
    options.scorer(command)
    command.add_argument("--of", default="overall", metavar="PLACE", help="a theme or statement that gets a grade")
    command.add_argument("--all", action="store_true", help="say every kind of change, or every council")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what would change a result."""
    from careassure.analysis.as_rows import council_rows, nearest_dict, nearest_rows

    asked = (arguments.to, arguments.by, _costs(arguments.cost), arguments.scorer, arguments.of)
    if arguments.published:
        if arguments.scores or arguments.council:
            raise UsageError("--published is about all councils", hint="Leave out the scores and --council")
        several = nearest_changes(None, *asked)
        papers.write(arguments, several)
        if arguments.format == "table":
            _print_councils(several, every=arguments.all)
        else:
            print_rows(council_rows(several), arguments.format)
        return 0
    found = nearest_change(assessment_of(arguments), *asked)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(nearest_dict(found)))
    elif arguments.format == "csv":
        terminal.csv(csv_text(list(nearest_rows(found))))
    else:
        terminal.write(fitting(lambda most: nearest_text(found, most), every=arguments.all))
    return 0


def _print_councils(several: Sequence[NearestChange], *, every: bool) -> None:
    """Those that the least decides first; those of which no score is known are counted below."""
    known = sorted((found for found in several if found.alike), key=_least)
    room = len(known)
    while not every and room > 1 and not fits(_councils(known, room, len(several))):
        room -= 1
    if known:
        print_rows([_row(found) for found in known[:room]], "table")
        terminal.line()
    else:
        terminal.line("There is no assessment with scores.")
    for text in _about(known, room, len(several)):
        terminal.write(terminal.wrapped(text))


def _councils(known: Sequence[NearestChange], room: int, several: int) -> str:
    """The table of the first of them with what stands below it, as a page of 80 columns has it."""
    table = text_table([_row(found) for found in known[:room]])
    below = [part for text in _about(known, room, several) for part in broken(text, _PAGE)]
    return "\n".join([table, *below, ""])


def _about(known: Sequence[NearestChange], room: int, several: int) -> list[str]:
    """What the table of the first of them leaves out, and what it means."""
    lines: list[str] = []
    if room < len(known):
        lines.append(f"and {len(known) - room} more; --all prints every one")
    if len(known) < several:
        lines.append(f"{plural(several - len(known), 'assessment')} without scores that are known")
    if known and known[0].plain:
        one = "point" if known[0].by == "points" else "other score"
        close = sum(found.cost == 1 for found in known)
        lines.append(f"1 {one} is enough for {close} of {len(known)}. In brackets: in how many ways.")
    return [*lines, CAUTION_OF_CHANGES]


def _least(found: NearestChange) -> tuple[bool, object]:
    return found.cost is None, found.cost or 0


def _row(found: NearestChange) -> dict[str, object]:
    assessment = found.outcome.assessment
    low, high = found.low, found.high
    return {
        "Council": assessment.council.name,
        "Published": str(assessment.published or ""),
        "Result": str(low) if low == high else f"{low} to {high}",
        **({"To gain": _cell(found.up)} if found.to is None or found.up else {}),
        **({"To lose": _cell(found.down)} if found.to is None or found.down else {}),
    }


def _cell(way: WayTo | None) -> str:
    if way is None:
        return ""
    return "not possible" if way.cost is None else f"{way.cost} ({way.count:,})"


def _costs(given: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, equals, number = text.rpartition("=")
        if not (equals and name.strip() and number.strip()):
            raise UsageError(f"{text!r} does not say what costs how much", hint="Write STATEMENT=NUMBER")
        found[name.strip()] = number.strip()
    return found
