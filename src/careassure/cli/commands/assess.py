"""The command ``assess``: rate an assessment or a workspace and say why."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.api.verbs import assess
from careassure.cli import options, papers, terminal
from careassure.cli.scored import assessment_of, columns_of, refuse_context, scored
from careassure.io.files import is_folder
from careassure.model.outcome import Outcome

EXAMPLE = "careassure assess 3 3 4 3 4 4 3 4 4"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml; the framework's own if left out"
    )
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Rate an assessment or a workspace and say why."""
    given: list[str] = arguments.scores
    workspace: workspaces.Workspace | None = None
    if len(given) == 1 and is_folder(given[0]):
        refuse_context(arguments)
        workspace = workspaces.read(given[0])
        outcome = workspaces.assess(workspace, arguments.scorer)
    else:
        outcome = assess(assessment_of(arguments), arguments.scorer)
    papers.write(arguments, outcome)
    if workspace is not None and arguments.format == "text":
        _print_outcome(workspace, outcome)
    elif arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data
        from careassure.report.tables import json_text  # words need neither

        refuse_personal_data(outcome.assessment, outcome.assessment.label, allow=arguments.allow)
        terminal.json(json_text(outcome.to_dict()))
        for said in _said(workspace):  # the form of an outcome, which is read back, has no room for it
            terminal.line(said, aside=True)
    elif arguments.format == "csv":
        from careassure.report.tables import csv_text

        terminal.csv(csv_text([{**columns_of(outcome), **_beside(workspace)}]))
    else:
        terminal.write(outcome.explain())
    return 0


def _beside(workspace: workspaces.Workspace | None) -> dict[str, object]:
    """What stands beside the rating of a workspace: since when its scores stand, and what was judged instead."""
    if workspace is None:
        return {}
    from careassure.workspaces.judged import judgement

    dates, judged = workspace.score_dates, judgement(workspace)
    return {
        "oldest_score": str(dates.oldest) if dates else "",
        "newest_score": str(dates.newest) if dates else "",
        "judged": judged.said if judged else "",
        "judged_on": str(judged.event.date) if judged else "",
        "judged_reason": judged.event.reason if judged else "",
    }


def _said(workspace: workspaces.Workspace | None) -> list[str]:
    """Since when the scores of a workspace stand, and what was judged instead, in words."""
    if workspace is None:
        return []
    from careassure.workspaces.judged import judgement

    return [said.words for said in (workspace.score_dates, judgement(workspace)) if said is not None]


def _print_outcome(workspace: workspaces.Workspace, outcome: Outcome) -> None:
    """Say why a workspace is rated so, since when its scores stand, what was judged, and what is left out."""
    from careassure.workspaces.rating import not_counted

    terminal.write(outcome.explain())
    for said in _said(workspace):
        terminal.line()
        terminal.write(terminal.wrapped(said))
    beside = not_counted(workspace, outcome)
    if beside:
        terminal.line()
        terminal.line("Beside it, and not counted by this method")
        for title, score in beside:
            terminal.line(f"  {title}  {score}")
