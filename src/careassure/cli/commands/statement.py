"""The command ``statement``: everything about one statement, beside its score."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers, terminal

EXAMPLE = "careassure statement york safeguarding"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("statement", metavar="STATEMENT", help="its id, title or another name")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Lay everything about one statement beside its score."""
    workspace = workspaces.read(arguments.folder)
    found = workspaces.statement(workspace, arguments.statement)
    papers.write(arguments, found)
    terminal.write(terminal.wrapped(found.words))
    return 0
