"""The command ``scorers``: list the scoring methods."""

from __future__ import annotations

import argparse

from careassure.api.verbs import frameworks, scorers
from careassure.cli import options
from careassure.cli.rows import print_installed
from careassure.model.text import join

EXAMPLE = "careassure scorers"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List the scorers."""
    fits = [framework for item in frameworks() for framework in item.versions]
    rows = [
        {
            "Scorer": item.name,
            "Version": item.version,
            "For": join([f"{f.id} {f.version}" for f in fits if item.accepts(f)]),
            "Title": item.title,
            "Plugin": item.plugin,
            "From": f"{item.distribution} {item.distribution_version}",
        }
        for item in scorers()
    ]
    print_installed(rows, arguments.format)
    return 0
