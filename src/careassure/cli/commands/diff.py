"""The command ``diff``: what changed in a workspace between two days, in words."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.report.tables import json_text

EXAMPLE = "careassure diff york 2026-04-01 2026-10-01"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("since", type=options.day, metavar="SINCE", help="the first day, such as 2026-04-01")
    command.add_argument("until", type=options.day, nargs="?", metavar="UNTIL", help="the second day (default: today)")
    options.formats(command, "text", "json")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say in words what changed between two days."""
    workspace = workspaces.read(arguments.folder)
    found = workspaces.diff(workspace, arguments.since, arguments.until)
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text([{"subject": c.subject, "about": c.about, "words": c.words} for c in found.items]))
    else:
        terminal.write(terminal.wrapped(found.words))
    return 0
