"""Plain-text tables that fit a terminal, and rows as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

from careassure.model.safe_text import columns, guarded, one_line, padded, shown_in_json

Row = Mapping[str, object]
Paint = Callable[[str, str], str]
"""Given a column's name and a cell's text, the text as it is to be printed."""


def text_table(rows: Sequence[Row], *, width: int = 80, paint: Paint | None = None) -> str:
    """Rows as aligned columns, long cells wrapped, with a line under the heads.

    Nothing in a cell can steer a terminal: ends of lines become spaces, other control characters are shown.

    Args:
        rows: Rows; the keys are the heads, and a key that a row lacks is blank.
        width: How wide the table may be. A single word that is longer than its column is never cut.
        paint: Changes how a cell is printed, not how wide it is.
    """
    if not rows:
        return ""
    heads, cells = _grid(rows)
    heads, cells = [one_line(head) for head in heads], [[one_line(cell) for cell in row] for row in cells]
    widths = _widths(heads, cells, width)
    lines = [*_lines(heads, widths, heads, None), "  ".join("-" * size for size in widths)]
    for row in cells:
        lines += _lines(row, widths, heads, paint)
    return "\n".join(lines) + "\n"


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as CSV with a head, commas and quotes as RFC 4180 has them.

    A text that a spreadsheet would work out stands behind an apostrophe, heads too; see `guarded`.

    Args:
        rows: Rows; the keys are the heads, and a key that a row lacks is blank.
    """
    return csv_of(*_grid(rows)) if rows else ""


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


def _grid(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return heads, [[_text(row.get(head)) for head in heads] for row in rows]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(cells: Sequence[str], widths: Sequence[int], heads: Sequence[str], paint: Paint | None) -> list[str]:
    wrapped = [_wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    return [
        _line([part[at] if at < len(part) else "" for part in wrapped], widths, heads, paint)
        for at in range(max(map(len, wrapped)))
    ]


def _wrap(text: str, size: int) -> list[str]:
    """The words of a cell on lines of so many columns."""
    lines = [""]
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and columns(longer) > size:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _line(cells: Sequence[str], widths: Sequence[int], heads: Sequence[str], paint: Paint | None) -> str:
    out = [padded(cell, size) for cell, size in zip(cells, widths, strict=True)]
    if paint is not None:
        out = [paint(head, cell) for head, cell in zip(heads, out, strict=True)]
    return "  ".join(out).rstrip(" ")


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths, taken from the widest column until the table fits or no column can give more."""
    widths = [max(1, columns(head), *(columns(row[at]) for row in cells)) for at, head in enumerate(heads)]
    least = [
        max(1, *(columns(word) for text in (head, *(row[at] for row in cells)) for word in text.split(" ")))
        for at, head in enumerate(heads)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [have - need for have, need in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            break
        widths[max((have, at) for at, have in enumerate(widths) if spare[at] > 0)[1]] -= 1
    return widths
