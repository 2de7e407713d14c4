"""The command ``promises``: what was promised to members, and whether it was kept."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.report.tables import json_text
from careassure.workspaces.as_dict import promise_to_dict
from careassure.workspaces.settled import PROMISE_HEADINGS, WITHOUT

EXAMPLE = "careassure promises york --at 2026-10-01"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("--state", choices=tuple(PROMISE_HEADINGS), help="only those that stand so")
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List what was promised to members, and whether it was kept."""
    every = workspaces.promises(arguments.folder, arguments.at)
    found = [item for item in every if arguments.state in (None, item.state)]
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text([promise_to_dict(item) for item in found]))
    elif arguments.format == "csv":
        print_rows([_row(item) for item in found], "csv")
    else:
        for state, heading in PROMISE_HEADINGS.items():
            own = [f"  {item}{WITHOUT if item.unshown else ''}" for item in found if item.state == state]
            if own:
                terminal.write(terminal.wrapped("\n".join([f"{heading} ({len(own):,})", *own])))
        if not found:
            terminal.line("No promise stands so." if every else "No promise is recorded.")
    return 0


def _row(item: workspaces.PromiseProgress) -> dict[str, object]:
    """A promise in one row for programs."""
    promise = item.promise
    return {
        "Id": promise.id,
        "Text": promise.text,
        "Date": str(promise.date),
        "Role": promise.role,
        "Meeting": promise.meeting,
        "Statements": "; ".join(promise.statements),
        "Due": str(promise.due or ""),
        "Kept": str(promise.kept or ""),
        "Withdrawn": str(promise.withdrawn or ""),
        "State": item.state,
        "Without evidence": "yes" if item.unshown else "no",
        "Evidence": "; ".join(promise.evidence),
        "Source": promise.source,
        "Note": promise.note,
    }
