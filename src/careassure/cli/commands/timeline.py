"""The command ``timeline``: everything that happened to the council's assessment."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.api.verbs import published
from careassure.cli import options
from careassure.cli.rows import print_rows
from careassure.model.council import Council

EXAMPLE = "careassure timeline york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Show everything that happened to the council's assessment."""
    workspace = workspaces.read(arguments.folder)
    known = published(workspace.council.code) if isinstance(workspace.council, Council) else ()
    entries = workspaces.timeline(workspace, known)
    rows = [
        {
            "Date": str(entry.date),
            "What": entry.kind,
            "Title": entry.title,
            "Result": entry.result + (f" (superseded by {entry.superseded})" if entry.superseded else ""),
            "Findings": entry.findings or "",
        }
        for entry in entries
    ]
    if arguments.format != "table":
        rows = [{**row, "Source": entry.source} for row, entry in zip(rows, entries, strict=True)]
    print_rows(rows, arguments.format, empty="The timeline is empty.")
    return 0
