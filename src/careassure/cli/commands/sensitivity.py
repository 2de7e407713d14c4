"""The command ``sensitivity``: what a rating owes to the weights, the lines and the rounding of its method."""

from __future__ import annotations

import argparse

from careassure.analysis.choices import CAUTION, Sensitivity, sensitivities, sensitivity
from careassure.analysis.places_by_weight import WeightedPlace, weighted_places
from careassure.analysis.turning_points import as_dict, choice_lines, range_words, weight_rows
from careassure.api.verbs import published
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.cli.terminal import UsageError
from careassure.model.rounding import decimal
from careassure.model.text import join, plural
from careassure.report.tables import Row, json_text

EXAMPLE = "careassure sensitivity --council York"
_SHOWN = 8


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument("--published", action="store_true", help="every published assessment that ships, in a table")
    command.add_argument(
        "--within",
        nargs=2,
        default=["0.5", "2"],
        metavar=("LOW", "HIGH"),
        help="how far all weights may move at once, as multiples of their own (default: 0.5 2)",
    )
    options.scorer(command)
    command.add_argument("--all", action="store_true", help="with --published also those whose rating stays")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say where the rating would be another."""
    low, high = arguments.within
    if arguments.published:
        if arguments.scores or arguments.council:
            raise UsageError("--published is about all councils", hint="Leave out the scores and --council")
        found_of_all = sensitivities(published(), arguments.scorer, (low, high))
        papers.write(arguments, found_of_all)
        places = weighted_places((item.outcome.assessment for item in found_of_all), arguments.scorer, (low, high))
        _published(found_of_all, places, arguments)
        return 0
    found = sensitivity(assessment_of(arguments), arguments.scorer, (low, high))
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(as_dict(found)))
    elif arguments.format == "csv":
        print_rows(list(weight_rows(found)), "csv")
    else:
        for line in choice_lines(found):
            terminal.write(terminal.wrapped(line))
        print_rows(list(weight_rows(found)), "table")
        terminal.paragraph(range_words(found))
        terminal.paragraph(CAUTION)
    return 0


def _published(
    found: tuple[Sensitivity, ...], places: tuple[WeightedPlace, ...], arguments: argparse.Namespace
) -> None:
    rows = [{**_council_row(item), "Places": _places(place)} for item, place in zip(found, places, strict=True)]
    moved = [row for item, row in zip(found, rows, strict=True) if item.least != item.most or _rounds(item)]
    if arguments.format != "table":
        print_rows(rows, arguments.format)
        return
    moved.sort(key=lambda row: not row["With another rounding"])
    print_rows(rows if arguments.all else moved[:_SHOWN], "table", empty="No rating could be another.")
    if not arguments.all and len(moved) > _SHOWN:
        terminal.line(f"{len(moved) - _SHOWN} more with --all.")
    low, high = map(decimal, found[0].within) if found else ("", "")
    terminal.line()
    weights = sum(item.least != item.most for item in found)
    terminal.write(terminal.wrapped(
        f"Of {plural(len(found), 'result')} whose scores are all known, {weights} could be another with weights "
        f"between {low} and {high} times their own, and {sum(map(_rounds, found))} with another rounding."
    ))  # fmt: skip
    terminal.paragraph(CAUTION)


def _rounds(found: Sensitivity) -> bool:
    return len(set(found.roundings.values())) > 1


def _places(place: WeightedPlace) -> str:
    return str(place.best) if place.best == place.worst else f"{place.best} to {place.worst}"


def _council_row(found: Sensitivity) -> Row:
    other = {grade for grade in found.roundings.values() if grade != found.outcome.rating}
    return {
        "Council": str(found.outcome.assessment.council),
        "Published": str(found.outcome.assessment.published or ""),
        "Rating": str(found.outcome.rating),
        "With other weights": "" if found.least == found.most else f"{found.least} to {found.most}",
        "With another rounding": join(sorted(map(str, other)), "or"),
    }
