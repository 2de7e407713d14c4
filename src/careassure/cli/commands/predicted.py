"""The command ``predicted``: what a council said of itself, beside what was published of it afterwards."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers
from careassure.cli.rows import print_result

EXAMPLE = "careassure predicted york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Lay what the council said of itself beside what was published of it."""
    found = workspaces.predicted(arguments.folder, arguments.at)
    papers.write(arguments, found)
    print_result(found, arguments.format)
    return 0
