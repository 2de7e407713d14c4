"""The dialect of delimited text: what stands between its cells, found over the first rows and not the first line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from attrs import frozen

from careassure.errors import ReadError
from careassure.model.ids import shown
from careassure.tables.headers import is_blank

SEPARATORS = (",", ";", "\t", "|")
"""What is tried, in this order, where nobody says what stands between cells."""
ONE_COLUMN = "\x1f"
"""The separator of a file of one column: a control character that is made for this and that no such file holds."""

_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|", "colon": ":"}
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars", ONE_COLUMN: "nothing"}
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_SAVE = "Open it in a spreadsheet, and save it as CSV UTF-8"
_COPY = "Copy the table into a spreadsheet, and save that"
_OTHER = (
    (re.compile(r"\s*<(?:!doctype|html|table|head|body|meta)\b", re.IGNORECASE), "a web page", _SAVE),
    (re.compile(r"\s*<\?xml\b"), "XML", _SAVE),
    (re.compile(r'\s*(?:\{\s*["}]|\[\s*[\[{"])'), "JSON", "Give a table"),
    (re.compile(r"%PDF-"), "a PDF", _COPY),
    (re.compile(r"\{\\rtf"), "a text document", _COPY),
)


def separator_of(given: str, where: str) -> str:
    """The separator that a person names: one character, or a word such as ``tab``.

    Raises:
        ReadError: It is not one character, or one that cannot part cells.
    """
    found = _WORDS.get(given.strip().casefold(), given)
    if len(found) != 1 or found in '"\r\n\0' or not (found.isprintable() or found in "\t\x1f"):
        hint = "Give one character, such as ; or the word tab"
        raise ReadError(f"{shown(given, 20)} cannot stand between cells", where=where, hint=hint)
    return found


def separator_in_words(separator: str) -> str:
    """A separator for messages.

    >>> separator_in_words(";"), separator_in_words("~")
    ('semicolons', "'~'")
    """
    return _NAMES.get(separator, repr(separator))


def stated_separator(line: str) -> str:
    """The separator that a first line such as ``sep=;`` states for Excel; empty where it is another line.

    >>> stated_separator("sep=;"), stated_separator("separator;name")
    (';', '')
    """
    found = _SEP_LINE.fullmatch(line)
    return found[1] if found and not found[1].isalnum() and found[1] not in '"\r\n' else ""


def refuse_other_text(start: str, where: str) -> None:
    """Refuse text that is plainly something else than a table.

    Raises:
        ReadError: It is.
    """
    for form, what, hint in _OTHER:
        if form.match(start):
            raise ReadError(f"it is {what}, not delimited text", where=where, hint=hint)


def find_separator(lines: Sequence[str]) -> str:
    """What stands between the cells of the first lines: whatever gives the most rows of the same width.

    Args:
        lines: The lines, each with its end, whole rows as far as can be told.
    """
    text = "".join(lines)
    fits = [fit for separator in SEPARATORS if separator in text and (fit := _fit(lines, separator))]
    best: _Fit | None = None
    for fit in fits:
        best = fit if best is None or fit.is_better(best) else best
    return best.separator if best else _only_one(lines)


@frozen
class _Fit:
    """How well a separator parts the first rows.

    Args:
        separator: The separator.
        width: How many cells most rows have.
        places: The rows that have as many.
        gaps: How many rows below the first of these have another width.
    """

    separator: str
    width: int
    places: tuple[int, ...]
    gaps: int

    def is_better(self, other: _Fit) -> bool:
        """Whether a person would take this one."""
        mine, theirs = self.places, other.places
        if mine[-1] < theirs[0] or theirs[-1] < mine[0]:
            return mine[0] > theirs[0]  # the upper rows are titles that hold the other character by chance
        if bool(self.gaps) != bool(other.gaps):
            return not self.gaps
        if mine[0] != theirs[0] and not self.gaps:
            return mine[0] < theirs[0]  # the headers have no decimal commas; the separator parts them too
        return (len(mine), self.width) > (len(theirs), other.width)


def _fit(lines: Sequence[str], separator: str) -> _Fit | None:
    """How well a separator parts the first rows; None where most of them have one cell or differ."""
    widths = _widths(lines, separator)
    several = Counter(width for width in widths if width > 1)
    if not several:
        return None
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    places = tuple(place for place, each in enumerate(widths) if each == width)
    below = sum(map(bool, widths[places[0] :]))
    # Names with a comma in a column of names are two cells wide here and there, so a table of two columns must be most
    # of what there is. Above a wider one may lie any number of titles.
    if count * 2 < (below if width > 2 else sum(map(bool, widths))):
        return None
    if width == 2 and any(widths[: places[0]]) and not _has_tight(lines, separator):
        return None
    return _Fit(separator, width, places, below - count)


def _has_tight(lines: Sequence[str], separator: str) -> bool:
    """Whether a separator is ever followed by something else than a space, as it is not in "Bristol, City of"."""
    return any(re.search(f"{re.escape(separator)}[^ ]", line.rstrip("\r\n") + "\n") for line in lines)


def _only_one(lines: Sequence[str]) -> str:
    """The separator of a table in which most rows have one cell: where the first row has several, it parts them."""
    for separator in SEPARATORS:
        widths = _widths(lines, separator)
        first = next((width for width in widths if width), 0)
        if first > 1 or (widths and not first):  # nothing but separators
            return separator
    return ONE_COLUMN


def _widths(lines: Sequence[str], separator: str) -> list[int]:
    """How many cells each row has, 0 where it is blank. What follows a fault in the quotation marks is left out."""
    found: list[int] = []
    reader = csv.reader(lines, delimiter=separator, strict=True)
    with suppress(csv.Error):
        found.extend(0 if is_blank(cells) else len(cells) for cells in reader)
    return found
