"""The command ``progress``: the plan and its measures as a board sees them on a day, with nothing left out."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers
from careassure.cli.rows import print_result

EXAMPLE = "careassure progress york --at 2026-10-01"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Show the plan on one page: what is late, in hand and complete, each measure with all its values, and risks."""
    found = workspaces.progress(arguments.folder, arguments.at)
    papers.write(arguments, found)
    print_result(found, arguments.format)
    return 0
