"""The command ``hopes``: what the plan would give if its actions did what is hoped, which is no forecast."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers
from careassure.cli.rows import print_result

EXAMPLE = "careassure hopes york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.scorer(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what the plan would give if its actions did what is hoped, and action by action."""
    found = workspaces.hopes(arguments.folder, arguments.at, arguments.scorer)
    papers.write(arguments, found)
    print_result(found, arguments.format)
    return 0
