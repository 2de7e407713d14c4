"""The command ``timeline``: everything that happened to the council's assessment."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows

EXAMPLE = "careassure timeline york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Show everything that happened to the council's assessment."""
    entries = workspaces.timeline(arguments.folder)
    rows = [
        {
            "Date": str(entry.date),
            "What": entry.kind,
            "Title": f"{entry.id} {entry.title}" if entry.title and arguments.format == "table" else entry.title,
            "Result": entry.result + (f" (superseded by {entry.superseded})" if entry.superseded else ""),
            "Findings": entry.findings or "",
        }
        for entry in entries
    ]
    if arguments.format != "table":
        rows = [
            {"Id": entry.id, **row, "About": "; ".join(entry.about), "Notes": entry.notes, "Source": entry.source}
            for row, entry in zip(rows, entries, strict=True)
        ]
    print_rows(rows, arguments.format, empty="The timeline is empty.")
    told = [entry for entry in entries if entry.details]
    if arguments.format == "table" and told:
        terminal.line()
        terminal.line("What is known of each")
        for entry in told:
            name = " ".join(filter(None, (str(entry.date), entry.id, entry.title)))
            terminal.write(terminal.wrapped(f"  {name}: {entry.details}"))
    return 0
