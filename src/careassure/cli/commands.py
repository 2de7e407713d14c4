"""Run the command that was named; each one's module is loaded when it is called."""

from __future__ import annotations

import argparse
from importlib import import_module

from careassure.cli import terminal
from careassure.cli.terminal import UsageError
from careassure.errors import CareAssureError

_MODULES = {
    "assess": "scored",
    "compare": "scored",
    "assess-table": "tables",
    "published": "published",
    "frameworks": "listings",
    "scorers": "listings",
    "check": "checking",
    "init": "workspaces",
    "status": "workspaces",
    "statement": "workspaces",
    "returns": "workspaces",
    "findings": "workspaces",
    "diff": "workspaces",
    "timeline": "workspaces",
    "draw": "cases",
    "count-cases": "cases",
    "plugins": "authors",
    "new-plugin": "authors",
}


def run(arguments: argparse.Namespace) -> int:
    """Run a command: 0 when done, 1 when the input was wrong, 2 when the command was."""
    module = import_module(f"careassure.cli.{_MODULES[arguments.command]}")
    try:
        return int(getattr(module, f"run_{arguments.command.replace('-', '_')}")(arguments))
    except CareAssureError as error:
        terminal.complain(error)
        return 2 if isinstance(error, UsageError) else 1
