"""What is printed for people, in the shape of where it goes: a window, or Markdown to be pasted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from careassure.model.safe_text import columns

_PIECE = re.compile(r" *[^ ]+(?: %[^ ]*)?")
_TYPED = re.compile(r" *careassure [a-z]")
"""How a line begins that is there to be copied and typed."""
_ADDRESS = re.compile(r"https?://[\w./?=%+,;:@~()-]+", re.ASCII)
_RULE = re.compile(r"={3,}")
_FURTHER_IN = "  ..."
"""What stands for a table, which makes the line before it a heading."""
_BOLD = "1"
_COLOURS = {
    "agrees": "32", "outstanding": "32", "good": "32", "met": "32", "kept": "32", "complete": "32",
    "cannot be checked": "33", "requires improvement": "33", "not known": "33", "not seen": "33", "due": "33",
    "differs": "1;31", "inadequate": "31", "not met": "31", "not kept": "31", "late": "31", "overdue": "31",
}  # fmt: skip
"""The colours of cells that are a rating or a status, with its score at most: green, yellow or red beside the word."""


_Said = str | tuple[Sequence[str], Sequence[Sequence[str]]]
"""A line, or the heads and cells of a table."""


class Shape(Protocol):
    """Where the lines and tables of a command go."""

    def line(self, text: str) -> None:
        """One line."""
        ...

    def table(self, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        """A table."""
        ...

    def settle(self) -> None:
        """Print what was held back."""
        ...


class Window:
    """A window: long lines go on below, tables are as wide as it is, headings are bold where colour is wanted.

    A line is held back until it is known what follows, since that tells whether it is a heading.

    Args:
        put: Prints text as it is.
        width: How wide the window is.
        prose: How wide running text is.
        colour: Whether bold and colour are wanted.
    """

    def __init__(self, put: Callable[[str], None], width: int, prose: int, *, colour: bool) -> None:
        self._put, self._width, self._prose, self._colour = put, width, prose, colour
        self._held: list[str] = []

    def line(self, text: str) -> None:
        """One line, broken between words where it is too long."""
        if not text.strip(" "):
            self._held.append("")
            return
        self._let_go(text)
        self._held = [text]

    def table(self, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        """A table as wide as the window at most."""
        from careassure.report.tables import text_grid

        self._let_go(_FURTHER_IN)
        paint, strong = (coloured, bold) if self._colour else (None, None)
        self._put(text_grid(heads, cells, width=self._width, paint=paint, strong=strong))

    def settle(self) -> None:
        """Print what was held back."""
        self._let_go("")

    def _let_go(self, following: str) -> None:
        """Print the line that is held, with the blank lines after it."""
        held, self._held = self._held, []
        if not held:
            return
        first, *blank = held
        lines = [first] if _TYPED.match(first) else broken(first, self._prose)
        room = None if blank else self._prose
        if self._colour and is_heading(first, following, room):
            lines = list(map(bold, lines))
        self._put("\n".join([*lines, *blank]) + "\n")


class Paste:
    """Markdown, put together when all is said.

    Args:
        put: Prints text as it is.
    """

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put
        self._said: list[_Said] = []

    def line(self, text: str) -> None:
        """One line."""
        self._said.append(text)

    def table(self, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
        """A table."""
        self._said.append((heads, cells))

    def settle(self) -> None:
        """Print all that was said."""
        from careassure.report.as_markdown import grid

        said, self._said = self._said, []
        parts: list[str] = []
        lines: list[tuple[str, bool]] = []
        for at, item in enumerate(said):
            if isinstance(item, str) and item.strip(" "):
                lines.append((item, is_heading(item, _following(said[at + 1 :]))))
                continue
            parts += _blocks(lines)
            lines = []
            if not isinstance(item, str):
                parts.append(grid(*item))
        parts += _blocks(lines)
        if parts:
            self._put("\n\n".join(parts) + "\n")


def _following(said: Sequence[_Said]) -> str:
    """The next line that is not blank; a table counts as one that is further in."""
    found = next((item for item in said if not isinstance(item, str) or item.strip(" ")), "")
    return found if isinstance(found, str) else _FURTHER_IN


def _blocks(lines: Sequence[tuple[str, bool]]) -> list[str]:
    """Lines that stand together: headings, sentences, and lists of those that are further in."""
    parts: list[str] = []
    items: list[str] = []
    depths: list[int] = []
    for line, heading in lines:
        indent = len(line) - len(line.lstrip(" "))
        if indent:
            while depths and depths[-1] >= indent:
                depths.pop()
            items.append(f"{'  ' * len(depths)}- {_words(line)}")
            depths.append(indent)
            continue
        parts += ["\n".join(items)] if items else []
        items, depths = [], []
        parts.append(f"## {_words(line)}" if heading else _words(line))
    return [*parts, "\n".join(items)] if items else parts


def _words(line: str) -> str:
    """A line as Markdown: what is to be typed as code, an address as a link, signs as a line, all else as words."""
    from careassure.report.as_markdown import code, plain

    text = " ".join(line.split())
    if _TYPED.match(line):
        return code(line.strip(" "))
    if _ADDRESS.fullmatch(text):
        return f"<{text}>"
    return "---" if _RULE.fullmatch(text) else plain(text)


def is_heading(line: str, following: str, room: int | None = None) -> bool:
    """Whether a line is a heading: it is at the edge, is no sentence, and what follows is further in.

    >>> is_heading("Flags", "  A statement is scored 1."), is_heading("It is so.", "  Why"), is_heading("Why", "So")
    (True, False, False)

    Args:
        line: The line.
        following: The next line that is not blank.
        room: How wide lines are, where they are broken already: a line that goes on below is no heading.
    """
    if not line or line[0] == " " or line[-1] in ".;," or _RULE.fullmatch(line):
        return False
    if following[:2] != "  " or _TYPED.match(following):
        return False
    wide = columns(line)
    return room is None or wide < room // 2 or wide + 1 + columns(following.split(maxsplit=1)[0]) <= room


def broken(line: str, width: int) -> list[str]:
    """A line on lines of so many columns, those after the first two further in. A longer word stays whole.

    >>> broken("  one two three", 9)
    ['  one two', '    three']
    """
    indent = " " * min(len(line) - len(line.lstrip(" ")) + 2, width // 2)
    lines, used = [""], 0
    for piece in _PIECE.findall(line):
        wide = columns(piece)
        if lines[-1].strip(" ") and used + wide > width:
            lines.append(indent + piece.lstrip(" "))
            used = columns(lines[-1])
        else:
            lines[-1] += piece
            used += wide
    return lines


def bold(text: str) -> str:
    """Text in bold, the spaces after it left alone."""
    return _marked(text, _BOLD)


def coloured(cell: str, part: str) -> str:
    """A part of a cell in the colour of the rating or status that the cell is; the words always stand there.

    Args:
        cell: The whole of the cell.
        part: What of it stands on one line.
    """
    code = _COLOURS.get(cell.strip(" ").rstrip(" 0123456789.,%").lower())
    return _marked(part, code) if code else part


def _marked(text: str, code: str) -> str:
    words = text.rstrip(" ")
    return f"\033[{code}m{words}\033[0m{text[len(words) :]}" if words else text
