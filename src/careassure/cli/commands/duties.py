"""The command ``duties``: which statutory duties are met on a day, which are not, and which nobody knows of."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers
from careassure.cli.rows import print_rows
from careassure.workspaces.details import measure_cells

EXAMPLE = "careassure duties york --at 2026-10-01"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List the statutory duties, and whether each is met by its latest value."""
    found = workspaces.duties(arguments.folder, arguments.at)
    papers.write(arguments, found, arguments.folder)
    rows = [
        {
            "Duty": item.measure.duty,
            "Shown by": f"{item.measure.id} {item.measure.title}",
            **measure_cells(item),
        }
        for item in found
    ]
    print_rows(rows, arguments.format, empty="No measure in measures.csv names a duty.")
    return 0
