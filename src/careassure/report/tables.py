"""Plain-text tables that fit a terminal, and rows as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from careassure.model.safe_text import columns, guarded, one_line, padded, shown_in_json

Row = Mapping[str, object]
Paint = Callable[[str, str], str]
"""Given the text of a cell and the part of it that stands on one line, that part as it is to be printed."""
_LONGEST_NUMBER = 24
_WORD = re.compile(r"[^ ]+(?: %[^ ]*)?")
"""A word, or a percentage with its sign."""


def text_table(
    rows: Sequence[Row], *, width: int = 80, paint: Paint | None = None, strong: Callable[[str], str] | None = None
) -> str:
    """Rows as aligned columns, with a line under the heads; see `text_grid`.

    Args:
        rows: Rows; the keys are the heads, and a key that a row lacks is blank.
        width: How wide the table may be.
        paint: Changes how a cell is printed, not how wide it is.
        strong: The same for the heads.
    """
    return text_grid(*grid(rows), width=width, paint=paint, strong=strong) if rows else ""


def text_grid(
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    *,
    width: int = 80,
    paint: Paint | None = None,
    strong: Callable[[str], str] | None = None,
) -> str:
    """Cells below their heads in aligned columns, or a line for each cell where the columns would not fit.

    Words wrap inside their column; a number stays whole, and so does a word that is longer than there is room for.
    Nothing in a cell can steer a terminal: ends of lines become spaces, other control characters are shown.

    Args:
        heads: The heads of the columns.
        cells: Rows with a cell for each head.
        width: How wide the table may be.
        paint: Changes how a cell is printed, not how wide it is.
        strong: The same for the heads.
    """
    heads, cells = [one_line(head) for head in heads], [[one_line(cell) for cell in row] for row in cells]
    widths = _widths(heads, cells, width)
    if sum(widths) + 2 * (len(widths) - 1) > width:
        return "\n".join(_records(heads, cells, width, paint, strong)) + "\n"
    bold: Paint | None = None if strong is None else lambda _, part: strong(part)
    lines = [*_lines(heads, widths, bold), "  ".join("-" * size for size in widths)]
    for row in cells:
        lines += _lines(row, widths, paint)
    return "\n".join(lines) + "\n"


def _records(
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    width: int,
    paint: Paint | None,
    strong: Callable[[str], str] | None,
) -> Iterator[str]:
    """Each row as lines of head and cell, a blank line between rows; what is blank is left out."""
    side = max(columns(part) for head in heads for part in _wrap(head, width // 3))
    below = side > width // 2  # a head has a word that leaves no room beside it
    bold = strong or str
    for at, row in enumerate(cells):
        if at:
            yield ""
        for head, cell in zip(heads, row, strict=True):
            if not cell.strip(" "):
                continue
            room = width - 2 if below else width - side - 2
            told = [paint(cell, part) if paint else part for part in _wrap(cell, room)]
            named = [bold(part if below else padded(part, side)) for part in _wrap(head, width // 3)]
            if below:
                yield from (*named, *(f"  {part}" for part in told))
            else:
                for left, right in zip_longest(named, told, fillvalue=""):
                    yield f"{left or ' ' * side}  {right}".rstrip(" ")


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as CSV with a head, commas and quotes as RFC 4180 has them.

    A text that a spreadsheet would work out stands behind an apostrophe, heads too; see `guarded`.

    Args:
        rows: Rows; the keys are the heads, and a key that a row lacks is blank.
    """
    return csv_of(*grid(rows)) if rows else ""


def csv_of(heads: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    """CSV as `csv_text` writes it, with heads that may be alike."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([guarded(_text(value)) for value in row] for row in (heads, *rows))
    return out.getvalue()


def json_text(value: object) -> str:
    """Plain values as JSON. Characters that would steer a terminal stand as JSON's own escapes.

    Args:
        value: Rows, or anything else that JSON can hold.
    """
    return shown_in_json(json.dumps(value, indent=2, ensure_ascii=False)) + "\n"


def grid(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    """The heads of some rows, and a cell for each in each row."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return heads, [[_text(row.get(head)) for head in heads] for row in rows]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(cells: Sequence[str], widths: Sequence[int], paint: Paint | None) -> list[str]:
    wrapped = [_wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    return [
        _line(cells, [part[at] if at < len(part) else "" for part in wrapped], widths, paint)
        for at in range(max(map(len, wrapped)))
    ]


def _words(text: str) -> list[str]:
    """What of a cell stays together: each of its words; all of it where it is a number or several."""
    if columns(text) <= _LONGEST_NUMBER and text.strip(" ") and not any(map(str.isalpha, text)):
        return [text.strip(" ")]
    return _WORD.findall(text)


def _wrap(text: str, size: int) -> list[str]:
    """The words of a cell on lines of so many columns."""
    lines = [""]
    for word in _words(text):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and columns(longer) > size:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _line(cells: Sequence[str], parts: Sequence[str], widths: Sequence[int], paint: Paint | None) -> str:
    out = [padded(part, size) for part, size in zip(parts, widths, strict=True)]
    if paint is not None:
        out = [paint(cell, part) for cell, part in zip(cells, out, strict=True)]
    return "  ".join(out).rstrip(" ")


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths, taken from the widest column until the table fits or no column can give more."""
    widths = [max(1, columns(head), *(columns(row[at]) for row in cells)) for at, head in enumerate(heads)]
    least = [
        max(1, *(columns(word) for text in (head, *(row[at] for row in cells)) for word in _words(text) or [""]))
        for at, head in enumerate(heads)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [have - need for have, need in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            break
        widths[max((have, at) for at, have in enumerate(widths) if spare[at] > 0)[1]] -= 1
    return widths
