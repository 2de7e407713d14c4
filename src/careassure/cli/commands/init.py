"""The command ``init``: make the folder of a new workspace."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import terminal
from careassure.cli.terminal import UsageError

EXAMPLE = "careassure init york --council York"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("folder", metavar="FOLDER", help="a new folder")
    command.add_argument("--council", metavar="NAME", help="the council: a name or an ONS code")
    command.add_argument(
        "--example", action="store_true", help="fill it with an example: a council that does not exist"
    )
    command.add_argument("--from", dest="book", metavar="FILE", help="fill it from a workbook that holds a workspace")
    command.add_argument(
        "--body", metavar="KIND", help="the kind of body, if it is not one of the councils, such as example"
    )
    command.add_argument(
        "--framework", metavar="ID", help="what it is prepared for, or its FILE.toml (default: cqc-la)"
    )
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")


def run(arguments: argparse.Namespace) -> int:
    """Make the folder of a new workspace."""
    if arguments.book:
        return _from_workbook(arguments)
    if bool(arguments.council) == arguments.example:
        raise UsageError("name the council, or ask for the example", hint="Give --council or --example")
    if arguments.example:
        made = workspaces.init_example(arguments.folder)
        terminal.line(f"Made {arguments.folder}, the workspace of {made.council}, which does not exist. Next:")
        terminal.line()
        terminal.line(f"  careassure status {arguments.folder}")
        return 0
    made = workspaces.init(
        arguments.folder,
        arguments.council,
        body=arguments.body or "",
        framework=arguments.framework or "cqc-la",
        version=arguments.framework_version,
    )
    terminal.line(f"Made {arguments.folder}, a workspace of {made.council} for {made.framework.title},")
    terminal.line(f"version {made.framework.version}. Its README.md says what goes into which table. Next:")
    terminal.line()
    terminal.line(f"  careassure status {arguments.folder}")
    return 0


def _from_workbook(arguments: argparse.Namespace) -> int:
    """Make the folder of a workspace from a workbook that holds one."""
    others = (arguments.council, arguments.example, arguments.body, arguments.framework, arguments.framework_version)
    if any(others):
        hint = "Leave out --council, --example, --body and --framework"
        raise UsageError("the workbook says itself whose workspace it holds", hint=hint)
    made = workspaces.init_from(arguments.folder, arguments.book)
    terminal.line(f"Made {arguments.folder}, the workspace of {made.council} that {arguments.book} holds. Next:")
    terminal.line()
    terminal.line(f"  careassure status {arguments.folder}")
    return 0
