"""The commands that list what is installed: ``frameworks`` and ``scorers``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from careassure.api.verbs import frameworks, scorers
from careassure.cli.rows import print_rows
from careassure.model.text import join
from careassure.report.tables import Row


def run_frameworks(arguments: argparse.Namespace) -> int:
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
    _print_list(rows, arguments.format)
    return 0


def run_scorers(arguments: argparse.Namespace) -> int:
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
    _print_list(rows, arguments.format)
    return 0


def _print_list(rows: Sequence[Row], form: str) -> None:
    """Print what is installed. The table leaves out where a plugin is from, for room."""
    print_rows(
        [{key: value for key, value in row.items() if key != "From"} if form == "table" else row for row in rows], form
    )
