"""What several commands take alike: a workspace, a day, a form of output."""

from __future__ import annotations

import argparse
import datetime as dt

from careassure.model import text as texts


def folder(command: argparse.ArgumentParser) -> None:
    """It takes the folder of a workspace."""
    command.add_argument("folder", metavar="FOLDER", help="the folder of a workspace")


def at(command: argparse.ArgumentParser) -> None:
    """It takes the day at which it looks."""
    command.add_argument("--at", type=day, metavar="DATE", help="as it was on that day (default: today)")


def formats(command: argparse.ArgumentParser, *names: str) -> None:
    """It takes the form of its output; the first is the default."""
    command.add_argument("--format", choices=names, default=names[0], help=f"default: {names[0]}")


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
