"""The command ``timeline``: everything that happened to the council's assessment."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.report.tables import json_text
from careassure.workspaces.as_dict import entry_to_dict

EXAMPLE = "careassure timeline york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Show everything that happened to the council's assessment."""
    entries = workspaces.timeline(arguments.folder, at=arguments.at)
    papers.write(arguments, entries, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text([entry_to_dict(entry) for entry in entries]))
        return 0
    if arguments.format == "csv":
        print_rows([_row(entry) for entry in entries], "csv")
        return 0
    rows = [
        {
            "Date": str(entry.date),
            "What": entry.kind,
            "Title": f"{entry.id} {entry.title}" if entry.title else "",
            "Result": entry.result + (f" (superseded by {entry.superseded})" if entry.superseded else ""),
            "Findings": entry.findings or "",
        }
        for entry in entries
    ]
    print_rows(rows, "table", empty="The timeline is empty.")
    told = [entry for entry in entries if entry.details]
    if told:
        terminal.line()
        terminal.line("What is known of each")
        for entry in told:
            name = " ".join(filter(None, (str(entry.date), entry.id, entry.title)))
            terminal.write(terminal.wrapped(f"  {name}: {entry.details}"))
    return 0


def _row(entry: workspaces.TimelineEntry) -> dict[str, object]:
    """An entry in one row for programs; what is a list there has semicolons between its parts."""
    return {
        key: "; ".join(map(str, value)) if isinstance(value, list) else value
        for key, value in entry_to_dict(entry).items()
    }
