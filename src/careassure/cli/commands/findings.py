"""The command ``findings``: what reviews and visits found, and which actions answer it."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options
from careassure.cli.rows import print_rows

EXAMPLE = "careassure findings york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List what reviews and visits found, with the actions that answer it."""
    rows = [
        {
            "Finding": item.finding.id,
            "Kind": item.finding.kind.replace("_", " "),
            "Found": f"{item.event.date.words}, {item.event.title}",
            "What": item.finding.text,
            "Answer": "; ".join(f"{each.action.id} {each.words}" for each in item.actions)
            or ("none" if item.unanswered else ""),
        }
        for item in workspaces.findings(arguments.folder, arguments.at)
    ]
    print_rows(rows, arguments.format, empty="No review or visit has found anything yet.")
    return 0
