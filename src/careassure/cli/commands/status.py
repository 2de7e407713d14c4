"""The command ``status``: what a workspace gives, and what it lacks."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.model.dates import PartialDate
from careassure.model.rounding import decimal
from careassure.model.text import plural

EXAMPLE = "careassure status york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Say what a workspace gives and what it lacks."""
    workspace = workspaces.read(arguments.folder)
    found = workspaces.status(workspace, arguments.at)
    rows = [{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found.gaps]
    if arguments.format == "text":
        _print_status(found)
    else:
        print_rows(rows, arguments.format)
    return 0


def _print_status(found: workspaces.Status) -> None:
    workspace = found.workspace
    terminal.line(f"{workspace.council} on {PartialDate.parse(found.at).words}")
    if any(entry.score is not None for entry in workspace.latest_scores.values()):
        terminal.line(workspaces.assess(workspace).result)
    else:
        terminal.line("No scores yet")
    matrix = workspaces.coverage(workspace)
    _head(f"Evidence ({plural(len(matrix.items), 'piece', 'pieces')})")
    print_rows(matrix.rows(), "table")
    actions = workspaces.progress(workspace, found.at)
    if actions:
        _head("Plan")
        rows = [
            {
                "Action": f"{item.action.id} {item.action.title}",
                "Owner": item.action.owner,
                "Status": item.words,
            }
            for item in actions
        ]
        print_rows(rows, "table")
    measured = [(item.action.id, measure) for item in actions for measure in item.measures]
    if measured:
        terminal.line()
        print_rows([_measure(*pair) for pair in measured], "table")
    terminal.line()
    terminal.write(terminal.wrapped(found.words))


def _head(text: str) -> None:
    for each in ("", text, ""):
        terminal.line(each)


def _measure(action: str, found: workspaces.MeasureProgress) -> dict[str, object]:
    measure, latest = found.measure, found.latest
    met = {True: "met", False: "not met", None: ""}[found.met]
    return {
        "Action": action,
        "Measure": f"{measure.title}{f' ({measure.unit})' if measure.unit else ''}",
        "Before": "" if measure.baseline is None else decimal(measure.baseline),
        "Now": "" if latest is None else decimal(latest.value),
        "Target": "" if measure.target is None else decimal(measure.target),
        "By": measure.target_date.words if measure.target_date else "",
        "": met,
    }
