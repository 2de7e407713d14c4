"""The command ``workbook``: write a spreadsheet that rates by its own formulas."""

from __future__ import annotations

import argparse

from careassure.api.verbs import published
from careassure.cli import terminal
from careassure.cli.scored import assessment_of, scored
from careassure.files import workbook
from careassure.model.assessment import Assessment

EXAMPLE = "careassure workbook york.xlsx --council York --scorer single-word"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("out", metavar="OUT", help="the spreadsheet: its name ends in .xlsx or .ods")
    scored(command)
    command.add_argument(
        "--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml; the framework's own if left out"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write a spreadsheet that rates by its own formulas."""
    assessment = _filled_in(arguments)
    if assessment is not None:
        workbook(arguments.out, arguments.scorer, assessment=assessment)
        terminal.line(f"Wrote {arguments.out}, with the scores of {assessment.label}.")
    else:
        workbook(
            arguments.out,
            arguments.scorer,
            council=arguments.council,
            framework=arguments.framework,
            version=arguments.framework_version,
        )
        terminal.line(f"Wrote {arguments.out}, with no scores yet.")
    terminal.line("Type scores on its sheet Scores: its formulas say the rating, and its sheet Why says why.")
    return 0


def _filled_in(arguments: argparse.Namespace) -> Assessment | None:
    """The scores that are filled in: those that were given, or the newest published ones of a council."""
    if arguments.scores:
        return assessment_of(arguments)
    plain = not (arguments.framework or arguments.framework_version)
    if arguments.council and plain and arguments.scorer in (None, "single-word"):
        found = published(arguments.council)
        return found[-1] if found else None
    return None
