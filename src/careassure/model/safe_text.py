"""Text made safe for where it goes: a terminal or page shows it and does not obey it, a spreadsheet keeps it."""

from __future__ import annotations

import unicodedata
from contextvars import ContextVar

from careassure.model.patterns import Later

_IGNORED = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""What is drawn as nothing although it counts as a letter or a mark (Default_Ignorable_Code_Point, UAX 44)."""
_UNSEEN = Later(f"[{_IGNORED}]")
_ODD = Later(r"[^\x20-\x7e]")
_NOT_IN_A_PAGE = Later(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""What HTML forbids, and what turns the reading order of the text around it."""

_PASSED_OVER = (
    r"\x00-\x20\x7f-\xa0\xad" + "\"'`\u00ab\u00b4\u00bb\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2018-\u201f\u2028-\u202f\u2039\u203a\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Spaces, quotation marks and what is not seen, which some spreadsheets drop before they read a cell."""
FORMULA = rf"^(?:'*[\t\r\n]|[{_PASSED_OVER}]*[=+\-@|" + "\uff1d\uff0b\uff0d\uff20\uff5c\ufe66\ufe62\ufe63\ufe6b])"
"""What a spreadsheet may work out, by how it begins, also in wide and small forms (OWASP, CSV Injection).

Whatever it fits, it fits with an apostrophe before it, so that `unguarded` takes away what `guarded` put there and no
more. Like `PLAIN` it means the same to the regular expressions of Python, Rust, RE2 and Java."""
PLAIN = r"^(?:-| *[-+]?(?:[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)? ?%?)[ \t\r\n]*$"
"""What begins so and stays: plain numbers, and a lone hyphen."""
_FORMULA = Later(FORMULA)
_PLAIN = Later(PLAIN)
_APOSTROPHE = "'"


def printable(text: str, keep: str = "") -> str:
    r"""Text in which whatever would steer a terminal, or not be seen at all, stands as its code.

    These are control characters, marks that turn the reading order, characters without width, ends of lines and
    paragraphs, halves of characters, and characters for private use or without a meaning.

    >>> print(printable("York\x1b[2J\u202e"))
    York\x1b[2J\u202e

    Args:
        text: Any text.
        keep: Characters that stay as they are, such as the end of a line.
    """
    rest = text
    for char in keep:
        rest = rest.replace(char, "")
    if rest.isprintable() and (rest.isascii() or not _UNSEEN.now.search(rest)):
        return text
    return _ODD.now.sub(lambda found: found[0] if found[0] in keep or _visible(found[0]) else _code(found[0]), text)


def one_line(text: str) -> str:
    r"""Shown text on one line: ends of lines and tabs become spaces.

    >>> one_line("of a\nreview\x07")
    'of a review\\x07'
    """
    return printable(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def shown_in_page(text: str) -> str:
    r"""Text in which what HTML forbids, or what turns the order of the text around it, stands as its code.

    >>> print(shown_in_page("a\u202eb"))
    a\u202eb
    """
    if text.isascii() and text.isprintable():  # nearly every text
        return text
    return _NOT_IN_A_PAGE.now.sub(lambda found: _code(found[0]), text)


def shown_in_json(text: str) -> str:
    r"""JSON in which a character that is shown elsewhere stands as JSON's own escape, so that it holds the same.

    >>> shown_in_json('"York\u202e"')
    '"York\\u202e"'
    """
    if printable(text, keep="\n") == text:
        return text
    return _ODD.now.sub(
        lambda found: found[0] if found[0] == "\n" or _visible(found[0]) else _json_code(found[0]), text
    )


def ascii_json(text: str) -> str:
    r"""JSON of ASCII alone that holds the same.

    >>> ascii_json('"é"')
    '"\\u00e9"'
    """
    return _ODD.now.sub(lambda found: found[0] if found[0].isascii() else _json_code(found[0]), text)


LINE: ContextVar[int] = ContextVar("LINE", default=79)
"""How wide a line of running text is. Whoever shows text in a window sets it for that time; else it is 79."""


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a mark on another.

    >>> columns("Y Fflint"), columns("\uff1d1")
    (8, 3)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me") else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def padded(text: str, width: int) -> str:
    """Text with spaces after it, up to a number of columns."""
    return text + " " * (width - columns(text))


def guarded(text: str) -> str:
    """A cell of a CSV file that a spreadsheet keeps as text: with an apostrophe before what it would work out.

    Plain numbers, a lone hyphen and everything else stay as they are. `unguarded` takes the apostrophe away.

    >>> guarded("=1+1"), guarded(" -2+3"), guarded("-3"), guarded("2026-04-01"), guarded("York")
    ("'=1+1", "' -2+3", '-3', '2026-04-01', 'York')
    """
    return f"{_APOSTROPHE}{text}" if _is_worked_out(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` made a cell of.

    >>> unguarded("'=1+1"), unguarded("'t Hof")
    ('=1+1', "'t Hof")
    """
    inner = text.removeprefix(_APOSTROPHE)
    return inner if inner != text and _is_worked_out(inner) else text


def _is_worked_out(text: str) -> bool:
    return bool(_FORMULA.now.search(text)) and not _PLAIN.now.search(text)


def _visible(char: str) -> bool:
    return (char.isprintable() or unicodedata.category(char) == "Zs") and not _UNSEEN.now.match(char)


def _code(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _json_code(char: str) -> str:
    data = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{data[at : at + 4]}" for at in range(0, len(data), 4))
