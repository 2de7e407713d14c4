"""The command ``reasons``: the smallest sets of scores that alone settle a result."""

from __future__ import annotations

import argparse

from careassure.api.verbs import assess
from careassure.cli import options, papers, terminal
from careassure.cli.fitting import fitting
from careassure.cli.scored import assessment_of, scored
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure reasons --council Leicester"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    options.scorer(command)
    command.add_argument("--of", default="overall", metavar="PLACE", help="a theme or statement that gets a grade")
    command.add_argument("--all", action="store_true", help="say every kind of set, however many there are")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say which scores settle a result."""
    from careassure.analysis.as_rows import reasons_dict, reasons_rows
    from careassure.analysis.reasons import reasons
    from careassure.analysis.saying import reasons_text

    found = reasons(assess(assessment_of(arguments), arguments.scorer), arguments.scorer, arguments.of)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(reasons_dict(found)))
    elif arguments.format == "csv":
        terminal.csv(csv_text(list(reasons_rows(found))))
    else:
        terminal.write(fitting(lambda most: reasons_text(found, most), every=arguments.all))
    return 0
