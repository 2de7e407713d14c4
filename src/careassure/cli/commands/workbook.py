"""The command ``workbook``: write a spreadsheet that rates by its own formulas."""

from __future__ import annotations

import argparse

from careassure.api.lookup import find_scorer
from careassure.api.verbs import published
from careassure.cli import terminal
from careassure.cli.options import typed
from careassure.cli.scored import assessment_of, refuse_context, scored
from careassure.errors import UnknownScorerError
from careassure.files import workbook
from careassure.io.files import is_folder
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
    given: list[str] = arguments.scores
    if len(given) == 1 and is_folder(given[0]):
        refuse_context(arguments)
        workbook(arguments.out, arguments.scorer, workspace=given[0])
        terminal.line(f"Wrote {arguments.out}, with the workspace in {given[0]}.")
        terminal.line("Its sheet Scores rates; its other sheets hold the workspace. Read it back with:")
        terminal.line()
        terminal.line(f"  careassure init NEW --from {typed(arguments.out)}")
        return 0
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
    if not arguments.council or arguments.framework or arguments.framework_version:
        return None
    found = published(arguments.council)
    try:
        if found:
            find_scorer(arguments.scorer, found[-1].framework)
            return found[-1]
    except UnknownScorerError:
        return None  # the method scores another framework; a name that nobody has is told later
    return None
