"""The command ``hopes``: what the plan would give if its actions did what is hoped, which is no forecast."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, terminal
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure hopes york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.scorer(command)
    options.formats(command, "text", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Say what the plan would give if its actions did what is hoped, and action by action."""
    found = workspaces.hopes(arguments.folder, arguments.at, arguments.scorer)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(found.rows()))
    else:
        terminal.write(terminal.wrapped(found.words))
    return 0
