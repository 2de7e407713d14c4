"""The command ``sensitivity``: what a rating owes to the weights, the lines and the rounding of its method."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from fractions import Fraction

from careassure.analysis.sensitivity import CAUTION, Sensitivity, WeightSpan, sensitivities, sensitivity
from careassure.analysis.weighted_places import WeightedPlace, weighted_places
from careassure.api.verbs import published
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.cli.terminal import UsageError
from careassure.model.rounding import Rounding, decimal
from careassure.model.text import join, plural
from careassure.report.tables import Row, json_text

EXAMPLE = "careassure sensitivity --council York"
_SHOWN = 8
_ROUNDINGS: dict[Rounding, str] = {
    "none": "not rounded", "up": "rounded up", "down": "rounded down",
    "half_up": "rounded to the nearest, a half upwards", "half_even": "rounded to the nearest, a half to even",
}  # fmt: skip


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


def run(arguments: argparse.Namespace) -> int:
    """Say where the rating would be another."""
    low, high = arguments.within
    if arguments.published:
        if arguments.scores or arguments.council:
            raise UsageError("--published is about all councils", hint="Leave out the scores and --council")
        found_of_all = sensitivities(published(), arguments.scorer, (low, high))
        places = weighted_places((item.outcome.assessment for item in found_of_all), arguments.scorer, (low, high))
        _published(found_of_all, places, arguments)
        return 0
    found = sensitivity(assessment_of(arguments), arguments.scorer, (low, high))
    if arguments.format == "json":
        terminal.json(json_text(_as_dict(found)))
    elif arguments.format == "csv":
        print_rows(list(_weight_rows(found)), "csv")
    else:
        for line in _lines(found):
            terminal.write(terminal.wrapped(line))
        rows = list(_weight_rows(found))
        print_rows(rows, "table")
        for line in ("", _range(found), "", CAUTION):
            terminal.write(terminal.wrapped(line))
    return 0


def _lines(found: Sensitivity) -> Iterator[str]:
    yield f"{found.outcome.assessment.label}: {found.outcome.result}"
    yield ""
    yield "The lines"
    for line in found.lines:
        turns = decimal(line.turns)
        then = f"lost with a line above {turns}" if line.reached else f"reached with a line at {turns} or below"
        yield f"  {line.grade}: {decimal(line.at)}. It would be {then}."
    yield ""
    yield "The rounding"
    others = [
        (words, found.roundings[rounding])
        for rounding, words in _ROUNDINGS.items()
        if found.roundings[rounding] != found.outcome.rating
    ]
    if not others:
        yield "  The rating is the same however the number is rounded."
    for words, grade in others:
        yield f"  {words.capitalize()} it would be {grade}."
    yield ""
    yield "The weight of one statement, the others as they are"


def _weight_rows(found: Sensitivity) -> Iterator[Row]:
    titles = found.outcome.assessment.framework
    for name, spans in found.weights.items():
        yield {
            "Statement": titles.title_of(name),
            "Weight": decimal(found.own[name]),
            "Rating": "; ".join(map(_span, spans)),
        }


def _span(span: WeightSpan) -> str:
    if not span.low:
        return str(span.grade)
    return f"{span.grade} {'from' if span.with_low else 'above'} {decimal(span.low)}"


def _range(found: Sensitivity) -> str:
    low, high = map(decimal, found.within)
    words = f"With every weight anywhere between {low} and {high} times its own, the rating"
    if found.least == found.most:
        return f"{words} stays {found.least}."
    return f"{words} can be anything from {found.least} to {found.most}."


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


def _as_dict(found: Sensitivity) -> dict[str, object]:
    def number(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    return {
        "assessment": found.outcome.assessment.label,
        "rating": found.outcome.rating and found.outcome.rating.key,
        "lines": [
            {"grade": line.grade.key, "at": number(line.at), "reached": line.reached, "turns": number(line.turns)}
            for line in found.lines
        ],
        "roundings": {rounding: grade.key for rounding, grade in found.roundings.items()},
        "weights": {
            name: [
                {
                    "low": number(span.low), "with_low": span.with_low, "high": number(span.high),
                    "with_high": span.with_high, "rating": span.grade.key,
                }
                for span in spans
            ]
            for name, spans in found.weights.items()
        },
        "within": [number(bound) for bound in found.within],
        "least": found.least.key,
        "most": found.most.key,
    }  # fmt: skip
