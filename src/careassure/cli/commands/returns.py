"""The command ``returns``: the items of the information return, with the evidence for each."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options
from careassure.cli.rows import print_rows

EXAMPLE = "careassure returns york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List the items of the information return with the evidence for each."""
    workspace = workspaces.read(arguments.folder)
    summaries = {item.id: item.summary for item in workspace.evidence}
    rows = [
        {
            "Item": item.key,
            "Title": item.title,
            "Owner": item.owner,
            "Status": item.status.replace("_", " "),
            "Since": item.date.words if item.date else "",
            "Own view": item.rating,
            "Evidence": "; ".join(f"{name} {summaries[name]}" for name in item.evidence),
        }
        for item in workspace.returns
    ]
    print_rows(rows, arguments.format, empty="returns.csv lists no items.")
    return 0
