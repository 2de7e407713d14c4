"""The command ``assess``: rate an assessment or a workspace and say why."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.api.verbs import assess
from careassure.cli import options, terminal
from careassure.cli.scored import assessment_of, columns_of, refuse_context, scored
from careassure.io.files import is_folder
from careassure.methods.method import Method

EXAMPLE = "careassure assess 3 3 4 3 4 4 3 4 4"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml; the framework's own if left out"
    )
    options.formats(command, "text", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Rate an assessment or a workspace and say why."""
    given: list[str] = arguments.scores
    if len(given) == 1 and is_folder(given[0]) and arguments.format == "text":
        refuse_context(arguments)
        return _print_outcome(workspaces.read(given[0]), arguments.scorer)
    outcome = assess(assessment_of(arguments), arguments.scorer)
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data
        from careassure.report.tables import json_text  # words need neither

        refuse_personal_data(outcome.assessment, outcome.assessment.label, allow=arguments.allow)
        terminal.json(json_text(outcome.to_dict()))
    elif arguments.format == "csv":
        from careassure.report.tables import csv_text

        terminal.csv(csv_text([columns_of(outcome)]))
    else:
        terminal.write(outcome.explain())
    return 0


def _print_outcome(workspace: workspaces.Workspace, scorer: str | Method | None) -> int:
    """Rate a workspace and say why, and what the method leaves out."""
    from careassure.workspaces.rating import not_counted

    outcome = workspaces.assess(workspace, scorer)
    terminal.write(outcome.explain())
    beside = not_counted(workspace, outcome)
    if beside:
        terminal.line()
        terminal.line("Beside it, and not counted by this method")
        for title, score in beside:
            terminal.line(f"  {title}  {score}")
    return 0
