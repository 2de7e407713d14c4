"""The command ``predicted``: what a council said of itself, beside what was published of it afterwards."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options
from careassure.cli.rows import print_result

EXAMPLE = "careassure predicted york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Lay what the council said of itself beside what was published of it."""
    print_result(workspaces.predicted(arguments.folder, arguments.at), arguments.format)
    return 0
