"""The command ``progress``: the plan and its measures as a board sees them on a day, with nothing left out."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, terminal
from careassure.model.dates import PartialDate
from careassure.report.tables import json_text

EXAMPLE = "careassure progress york --at 2026-10-01"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Show each action with all that was said of it, and each measure with all its values."""
    workspace = workspaces.read(arguments.folder)
    day = workspaces.status(workspace, arguments.at).at
    plan, measured = workspaces.progress(workspace, day), workspaces.measures(workspace, day)
    if arguments.format == "json":
        from careassure.workspaces.as_dict import action_to_dict, measure_to_dict

        terminal.json(
            json_text({"plan": [action_to_dict(item) for item in plan],
                       "measures": [measure_to_dict(item) for item in measured]})
        )  # fmt: skip
        return 0
    terminal.line(f"{workspace.council} on {PartialDate.parse(day).words}")
    if not plan and not measured:
        terminal.line("The plan is empty.")
    from careassure.workspaces.details import action_lines, measure_lines

    then = workspace.at(day)
    alone = [item for item in measured if not item.measure.actions]
    parts = [*(action_lines(item, then) for item in plan), *(measure_lines(item) for item in alone)]
    for lines in parts:
        terminal.line()
        terminal.write(terminal.wrapped("\n".join(lines)))
    return 0
