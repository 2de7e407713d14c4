"""The command ``frameworks``: list what can be assessed."""

from __future__ import annotations

import argparse

from careassure.api.verbs import frameworks
from careassure.cli import options
from careassure.cli.rows import print_installed

EXAMPLE = "careassure frameworks"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List the frameworks."""
    rows = [
        {
            "Framework": framework.id,
            "Version": framework.version,
            "Scorer": framework.scorer,
            "Title": framework.title,
            "Plugin": item.plugin,
            "From": f"{item.distribution} {item.distribution_version}",
        }
        for item in frameworks()
        for framework in item.versions
    ]
    print_installed(rows, arguments.format)
    return 0
