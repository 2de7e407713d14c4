"""What several commands take alike: a workspace, a day, a form of output."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from careassure.cli.terminal import UsageError
from careassure.model import text as texts

if TYPE_CHECKING:
    from careassure.privacy.disclosure.rules import Rules
    from careassure.tables.table import Options


MARKDOWN = "md"
"""The form that says what a person reads, as Markdown."""


def folder(command: argparse.ArgumentParser) -> None:
    """It takes the folder of a workspace."""
    command.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")


def at(command: argparse.ArgumentParser) -> None:
    """It takes the day at which it looks."""
    command.add_argument("--at", type=day, metavar="DATE", help="as it was on that day (default: today)")


def scorer(command: argparse.ArgumentParser) -> None:
    """It takes the method by which it rates."""
    command.add_argument("--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml")


def allow(command: argparse.ArgumentParser) -> None:
    """It takes words that the screen for personal data lets pass."""
    command.add_argument(
        "--allow", action="append", default=[], metavar="WORDS", help="words in a file that are not personal data"
    )


def formats(command: argparse.ArgumentParser, *names: str) -> None:
    """It takes the form of its output; the first is the default. Each has Markdown too, which says the same as that."""
    text = f"default: {names[0]}; {MARKDOWN}: the same as Markdown, to be pasted"
    command.add_argument("--format", choices=(*names, MARKDOWN), default=names[0], help=text)
    command.set_defaults(for_people=names[0])


def disclosure(command: argparse.ArgumentParser) -> None:
    """It takes the rules by which small numbers of people are left out of a paper."""
    group = command.add_argument_group("what a paper about cases leaves out")
    group.add_argument("--threshold", type=whole, metavar="N", help="leave out 1 to N cases, and what gives them away")
    group.add_argument("--round-to", type=whole, default=1, metavar="N", help="round the others to multiples of N")


def rules_of(arguments: argparse.Namespace) -> Rules:
    """The rules by which small numbers of people are left out; they have to be said."""
    from careassure.privacy.disclosure.rules import Rules  # most commands count nobody

    if arguments.threshold is None:
        what = "a paper about cases leaves small numbers out, and nobody says which are small"
        raise UsageError(what, hint="Give --threshold N, such as --threshold 5")
    return Rules(threshold=arguments.threshold, round_to=arguments.round_to)


def layout(command: argparse.ArgumentParser) -> None:
    """It takes what a person says of how a table in a file is laid out."""
    group = command.add_argument_group("the layout of the table (default: found out)")
    group.add_argument("--separator", metavar="SIGN", help='what is between the cells of text, such as ";" or tab')
    group.add_argument("--encoding", metavar="NAME", help="how the text is encoded, such as windows-1252")
    group.add_argument("--header-row", type=whole, metavar="ROW", help="the row with the column headers")
    group.add_argument("--sheet", metavar="NAME", help="the sheet of a spreadsheet")


def says_layout(arguments: argparse.Namespace) -> bool:
    """Whether a person says anything of how a table is laid out."""
    said = (arguments.separator, arguments.encoding, arguments.header_row, arguments.sheet)
    return any(item is not None for item in said)


def layout_of(arguments: argparse.Namespace) -> Options:
    """What a person says of how a table in a file is laid out."""
    from careassure.tables.table import Options  # most commands read no table

    separator = "\t" if arguments.separator in ("tab", r"\t") else arguments.separator
    return Options(separator, arguments.encoding, arguments.header_row, arguments.sheet)


def columns(command: argparse.ArgumentParser, names: Collection[str]) -> None:
    """It takes the columns of a table by what they hold."""
    words = ", ".join(name.replace("_", "-") for name in names)
    text = f"the column with the {words} (default: found by its header)"
    command.add_argument("--column", action="append", default=[], metavar="WHAT=NAME", help=text)


def pairs(option: str, given: Iterable[str]) -> dict[str, str]:
    """What was typed as one thing, =, and another; an option that names the same thing twice is refused."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise UsageError(f"--{option} {text!r} is not in two parts", hint="Write them with = between them")
        if name in found:
            raise UsageError(f"--{option} names {name!r} twice", hint="Name it once")
        found[name] = value
    return found


_PLAIN = re.compile(r"[\w.,:/@%+=-]+")


def typed(word: str) -> str:
    """A word as a person types it into a command line.

    >>> typed("York"), typed("North Yorkshire"), typed("a$b")
    ('York', '"North Yorkshire"', "'a$b'")
    """
    import shlex  # few commands say how something is typed

    if _PLAIN.fullmatch(word):
        return word
    # Double quotation marks do in every shell, but for signs that mean something between them; Windows has no others.
    special = os.name != "nt" and bool(set(word) & set('"$`\\!'))
    return shlex.quote(word) if special else f'"{word}"'


def typed_layout(arguments: argparse.Namespace) -> tuple[str, ...]:
    """What a person says of how a table is laid out, as it is typed."""
    given = {
        "--separator": arguments.separator, "--encoding": arguments.encoding,
        "--header-row": arguments.header_row, "--sheet": arguments.sheet,
    }  # fmt: skip
    return tuple(text for name, value in given.items() if value is not None for text in (name, typed(str(value))))


def whole(text: str) -> int:
    """A whole number as it was typed."""
    try:
        return texts.whole(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def day(text: str) -> dt.date:
    """A day as it was typed."""
    try:
        return dt.date.fromisoformat(text if text.isascii() and len(text) == 10 else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-04-01") from None
