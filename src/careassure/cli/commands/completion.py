"""The command ``completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from careassure.cli import terminal
from careassure.errors import MissingExtraError

EXAMPLE = "careassure completion bash > careassure.bash"
SHELLS = ("bash", "zsh", "tcsh", "fish")


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("shell", choices=SHELLS, help="the shell that you type in")


def run(arguments: argparse.Namespace) -> int:
    """Print the completions of a shell: every command, its options, and the words that they take."""
    if find_spec("shtab") is None:
        raise MissingExtraError("completion needs shtab, which is not installed", hint="Run: pip install shtab")
    from careassure.cli import parser  # every command is loaded, which no other command needs

    shtab: Any = import_module("shtab")
    terminal.as_is(shtab.complete(parser(), arguments.shell))
    return 0
