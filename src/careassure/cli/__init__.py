"""The command line: ``careassure``. Each command is loaded when it is called.

One file for a command or a family of commands. They read what was typed, call the library, and print; a rule or a
sentence about a result never stands here.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from careassure import __version__
from careassure.cli import terminal
from careassure.cli.commands import COMMANDS, load
from careassure.cli.options import MARKDOWN
from careassure.errors import CareAssureError
from careassure.model.safe_text import printable

_STOPPED = 130
"""128 and the number of SIGINT, as shells have it; `signal` is not loaded for it."""
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
            words = (sys.argv[1:] if argv is None else argv) or ["--help"]
            _refuse_unknown(words[0])
            with _no_collection():
                made = parser(*_named(words))
            if argv is None:
                gc.freeze()  # a process of its own keeps what it has loaded until it ends
            status = _run(_parsed(made, words))
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
            raise SystemExit(_settled(out, status)) from None
        except KeyboardInterrupt:
            status = _STOPPED
        return _settled(out, status)


def _named(words: Sequence[str]) -> tuple[Collection[str], Collection[str]]:
    """The commands that are loaded, and those that are known: the one that comes first, or else all that could be."""
    if words and words[0] in COMMANDS:
        return words[:1], words[:1]
    # What is typed before a command may be wrong, which help for all answers.
    return COMMANDS.keys() & set(words), COMMANDS.keys()


def _refuse_unknown(word: str) -> None:
    if word in COMMANDS or word.startswith("-"):
        return
    from careassure.model.ids import shown
    from careassure.model.text import near

    meant = near(word, COMMANDS, limit=1)
    hint = f"Did you mean {meant[0]}? " if meant else ""
    terminal.complain(f"{shown(word)} is not a command. {hint}careassure --help lists them")
    raise SystemExit(2)


def _parsed(made: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """What was typed; an option that is not known is refused with the one that looks like it."""
    arguments, unknown = made.parse_known_args(words)
    if unknown:
        made.error(f"unrecognized arguments: {' '.join(unknown)}{_option_meant(arguments.command, unknown)}")
    return arguments


def _option_meant(command: str, unknown: Sequence[str]) -> str:
    """The option of a command that looks like the first that is not known; empty where none does."""
    from careassure.model.text import near  # few options are misspelt

    own = argparse.ArgumentParser(prog="", add_help=False)
    load(command).configure(own)
    known = set(re.findall(r"--[a-z-]+", own.format_usage()))
    typed = next((word.partition("=")[0] for word in unknown if word.startswith("--")), "")
    meant = near(typed, sorted(known), limit=1) if typed else ()
    return f". Did you mean {meant[0]}?" if meant else ""


@contextmanager
def _no_collection() -> Generator[None, None, None]:
    """Look for no garbage in here: loading makes much that stays, and going through it takes a tenth of a command."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _run(arguments: argparse.Namespace) -> int:
    markdown = getattr(arguments, "format", None) == MARKDOWN
    if markdown:
        arguments.format = arguments.for_people
    try:
        with terminal.shaped(markdown=markdown):
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


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; asking `shutil` for that loads all that packs files, for every command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal.columns() - 2)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """Lines as they are, but for those that are too long. An example stays whole, to be copied."""
        from textwrap import fill

        lines = [line if line.startswith("example:") else fill(line, width) for line in text.splitlines()]
        return "".join(f"{indent}{line}\n" for line in lines)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, whatever was typed."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


def parser(
    wanted: Collection[str] = COMMANDS.keys(), known: Collection[str] = COMMANDS.keys()
) -> argparse.ArgumentParser:
    """The parser of the command line.

    Args:
        wanted: The commands that say what they take; of the others it knows the name and what they do.
        known: The commands that it knows.
    """
    top = _Parser(
        prog="careassure",
        description="What a scoring method makes of the findings about a council's adult social care.",
        epilog=f"example: careassure assess 3 3 4 3 4 4 3 4 4\n\n{_STATUS}",
        formatter_class=_Help,
    )
    top.add_argument("--version", action="version", version=f"careassure {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, text in COMMANDS.items():
        if name not in known:
            continue
        command = commands.add_parser(
            name,
            help=text,
            description=f"{text[0].upper()}{text[1:]}.",
            formatter_class=_Help,
        )
        if name in wanted:
            module = load(name)
            module.configure(command)
            command.epilog = f"example: {module.EXAMPLE}\n\n{_STATUS}"
    return top
