"""The command ``compare``: rate an assessment by every method, or every published result by two."""

from __future__ import annotations

import argparse

from careassure.api.verbs import compare
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, columns_of, scored
from careassure.cli.terminal import UsageError
from careassure.model.outcome import Outcome
from careassure.model.side_by_side import graded, profile_rows
from careassure.model.text import join
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure compare --council York"
_MOST = 6


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--scorer", action="append", default=[], metavar="FILE", help="a method file to compare as well"
    )
    command.add_argument(
        "--published",
        nargs=2,
        metavar=("METHOD", "OTHER"),
        help="compare two methods over every published result instead: who moves, and how far they agree",
    )
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Rate an assessment by every method, or every published result by two."""
    if arguments.published:
        _published(arguments)
        return 0
    assessment = assessment_of(arguments)
    outcomes = (*compare(assessment), *compare(assessment, arguments.scorer))
    papers.write(arguments, outcomes)
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(assessment, assessment.label, allow=arguments.allow)
        terminal.json(json_text([outcome.to_dict() for outcome in outcomes]))
    elif arguments.format == "csv":
        terminal.csv(csv_text([{**columns_of(outcome), **_profile_columns(outcome)} for outcome in outcomes]))
    else:
        printed = assessment.stated.words
        terminal.line(f"{assessment.label}: printed {printed}" if printed else assessment.label)
        terminal.line()
        rows = [
            {
                "Scorer": outcome.scorer,
                "Version": outcome.scorer_version,
                "Result": outcome.result,
                "Flags": join([flag.id if flag.certain else f"{flag.id} (possible)" for flag in outcome.flags]),
                "From": f"{outcome.distribution} {outcome.distribution_version}".strip() or "a file",
            }
            for outcome in outcomes
        ]
        print_rows(rows, "table", empty="No installed scorer fits its framework.")
        heads, profiles = profile_rows(outcomes)
        if profiles:
            terminal.line()
            print_rows([dict(zip(heads, row, strict=True)) for row in profiles], "table")
    return 0


def _profile_columns(outcome: Outcome) -> dict[str, object]:
    """What a method grades beside the overall rating: the lowest and the highest grade of each, by its id."""
    found: dict[str, object] = {}
    for entry in graded(outcome):
        found[f"{entry.id}_low"] = entry.low.key if entry.low else None
        found[f"{entry.id}_high"] = entry.high.key if entry.high else None
    return found


def _published(arguments: argparse.Namespace) -> None:
    """Compare two methods over every published result."""
    from careassure.analysis.method_comparison import compare_methods  # one assessment needs no statistics

    if arguments.scores or arguments.council or arguments.framework or arguments.scorer:
        raise UsageError("--published compares two methods over all results", hint="Leave out scores and --council")
    found = compare_methods(None, *arguments.published)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
        return
    rows = [{found.first: one, f"{found.second} ": other, "Results": count} for one, other, count in found.table]
    if arguments.format == "csv":
        terminal.csv(csv_text([{"first": a, "second": b, "results": n} for a, b, n in found.table]))
        return
    print_rows(rows, "table", empty="No result is published.")
    terminal.line()
    for text in found.lines(_MOST):
        terminal.write(terminal.wrapped(text))
