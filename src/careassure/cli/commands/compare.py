"""The command ``compare``: rate an assessment by every method, side by side."""

from __future__ import annotations

import argparse

from careassure.api.verbs import compare
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, columns_of, scored
from careassure.model.text import join
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure compare --council York"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--scorer", action="append", default=[], metavar="FILE", help="a method file to compare as well"
    )
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Rate an assessment by every method."""
    assessment = assessment_of(arguments)
    outcomes = (*compare(assessment), *compare(assessment, arguments.scorer))
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(assessment, assessment.label, allow=arguments.allow)
        terminal.json(json_text([outcome.to_dict() for outcome in outcomes]))
    elif arguments.format == "csv":
        terminal.csv(csv_text([columns_of(outcome) for outcome in outcomes]))
    else:
        terminal.line(assessment.label)
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
    return 0
