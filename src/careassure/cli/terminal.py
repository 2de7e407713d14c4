"""How text reaches a terminal: its width, and colour where that is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from textwrap import fill

from careassure.errors import CareAssureError

_CODES = {"agrees": "32", "differs": "1;31", "cannot be checked": "33"}


def width() -> int:
    """80 columns, or the terminal's own where it is wider, up to 120."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 80), 120) if sys.stdout.isatty() else 80


def colour() -> bool:
    """Whether colour is wanted: on a terminal, unless ``NO_COLOR`` is set or the terminal is dumb."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(_head: str, cell: str) -> str:
    """Colour a cell that is a status word; the word itself always stands there."""
    code = _CODES.get(cell.strip())
    return f"\033[{code}m{cell}\033[0m" if code else cell


def wrapped(text: str) -> str:
    """Text whose long lines go on below, two columns further in than they begin."""
    lines = [
        fill(line, width() - 1, subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2), break_on_hyphens=False)
        for line in text.splitlines()
    ]
    return "\n".join(lines) + "\n"


def write(text: str) -> None:
    """Text as it is, to standard output."""
    sys.stdout.write(text)


class UsageError(CareAssureError):
    """The command itself was wrong, not what it was given."""
