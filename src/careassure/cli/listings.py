"""The commands that list what is installed: ``frameworks`` and ``scorers``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from careassure.api.verbs import frameworks, scorers
from careassure.cli import terminal
from careassure.model.text import fold, join
from careassure.report.tables import Row, csv_text, json_text, text_table


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
    return print_rows(rows, arguments.format)


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
    return print_rows(rows, arguments.format)


def print_rows(rows: Sequence[Row], form: str) -> int:
    """Print rows as a table, JSON or CSV; always 0. The table leaves out where a plugin is from, for room."""
    narrow = [{key: value for key, value in row.items() if key != "From"} for row in rows]
    writers: dict[str, Callable[[], str]] = {
        "json": lambda: json_text([{fold(key): value for key, value in row.items()} for row in rows]),
        "csv": lambda: csv_text([{fold(key): value for key, value in row.items()} for row in rows]),
        "table": lambda: text_table(narrow, width=terminal.width()),
    }
    terminal.write(writers[form]())
    return 0
