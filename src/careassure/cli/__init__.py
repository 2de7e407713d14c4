"""The command line: ``careassure``. Each command is loaded when it is called.

One file for a command or a family of commands. They read what was typed, call the library, and print; a rule or a
sentence about a result never stands here.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Collection, Sequence
from typing import NoReturn

from careassure import __version__
from careassure.cli import terminal
from careassure.cli.commands import COMMANDS, load
from careassure.errors import CareAssureError
from careassure.model.safe_text import printable

_STATUS = """exit status: 0 done, 1 the input was wrong (the message says where), 2 the command was wrong"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: The arguments without the program's name; those of the process where None.

    Returns:
        0 when done, 1 when the input was wrong or the output could not be written, 2 when the command was wrong,
        130 when it was stopped from the keyboard.

    Raises:
        SystemExit: Help was asked for, or the arguments make no command.
    """
    with terminal.doors() as (out, _):
        try:
            words = sys.argv[1:] if argv is None else argv
            # No command is loaded but those whose names were typed: one that is not among them is not meant.
            status = _run(parser(COMMANDS.keys() & set(words)).parse_args(words))
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
            raise SystemExit(_settled(out, status)) from None
        except KeyboardInterrupt:
            status = 128 + signal.SIGINT
        return _settled(out, status)


def _run(arguments: argparse.Namespace) -> int:
    try:
        return load(arguments.command).run(arguments)
    except CareAssureError as error:
        terminal.complain(error)
        return 2 if isinstance(error, terminal.UsageError) else 1


def _settled(out: terminal.Door, status: int) -> int:
    """The exit status, by what became of what was printed. A reader that has gone, as "head" does, is not an error."""
    if out.failure and not out.reader_left:
        terminal.complain(f"the output cannot be written: {out.failure}. Free some space, or send it elsewhere")
        return status or 1
    return status


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def parser(wanted: Collection[str] = COMMANDS.keys()) -> argparse.ArgumentParser:
    """The parser of the command line.

    Args:
        wanted: The commands that say what they take; of the others it knows the name and what they do.
    """
    top = _Parser(
        prog="careassure",
        description="What a scoring method makes of the findings about a council's adult social care.",
        epilog=f"example: careassure assess 3 3 4 3 4 4 3 4 4\n\n{_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"careassure {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in wanted:
            module = load(name)
            module.configure(command)
            command.epilog = f"example: {module.EXAMPLE}\n\n{_STATUS}"
    return top
