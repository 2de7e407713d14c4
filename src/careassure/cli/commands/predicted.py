"""The command ``predicted``: what a council said of itself, beside what was published of it afterwards."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, terminal
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure predicted york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Lay what the council said of itself beside what was published of it."""
    found = workspaces.predicted(arguments.folder, arguments.at)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(found.rows()))
    else:
        terminal.write(terminal.wrapped(found.words))
    return 0
