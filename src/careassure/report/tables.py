"""Plain-text tables that fit a terminal, and rows as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap

Row = Mapping[str, object]
Paint = Callable[[str, str], str]
"""Given a column's name and a cell's text, the text as it is to be printed."""


def text_table(rows: Sequence[Row], *, width: int = 80, paint: Paint | None = None) -> str:
    """Rows as aligned columns, long cells wrapped, with a line under the heads.

    Args:
        rows: Rows with the same keys; the keys are the heads.
        width: How wide the table may be. A single word that is longer than its column is never cut.
        paint: Changes how a cell is printed, not how wide it is.
    """
    if not rows:
        return ""
    heads = list(rows[0])
    cells = [[_text(row[head]) for head in heads] for row in rows]
    widths = _widths(heads, cells, width)
    lines = [*_lines(heads, widths, heads, None), "  ".join("-" * size for size in widths)]
    for row in cells:
        lines += _lines(row, widths, heads, paint)
    return "\n".join(lines) + "\n"


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as CSV with a head, commas and quotes as RFC 4180 has them."""
    out = io.StringIO()
    if rows:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(list(rows[0]))
        writer.writerows([[_text(value) for value in row.values()] for row in rows])
    return out.getvalue()


def json_text(rows: Sequence[Row]) -> str:
    """Rows as a JSON array of objects."""
    return json.dumps([dict(row) for row in rows], indent=2, ensure_ascii=False) + "\n"


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _lines(cells: Sequence[str], widths: Sequence[int], heads: Sequence[str], paint: Paint | None) -> list[str]:
    wrapped = [wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(cells, widths, strict=True)]
    return [
        _line([part[at] if at < len(part) else "" for part in wrapped], widths, heads, paint)
        for at in range(max(map(len, wrapped)))
    ]


def _line(cells: Sequence[str], widths: Sequence[int], heads: Sequence[str], paint: Paint | None) -> str:
    padded = [cell.ljust(size) for cell, size in zip(cells, widths, strict=True)]
    if paint is not None:
        padded = [paint(head, cell) for head, cell in zip(heads, padded, strict=True)]
    return "  ".join(padded).rstrip()


def _widths(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths, taken from the widest column until the table fits or no column can give more."""
    widths = [max(1, len(head), *(len(row[at]) for row in cells)) for at, head in enumerate(heads)]
    least = [
        max(1, *(len(word) for text in (head, *(row[at] for row in cells)) for word in (text.split() or [""])))
        for at, head in enumerate(heads)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        spare = [have - need for have, need in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            break
        widths[max((have, at) for at, have in enumerate(widths) if spare[at] > 0)[1]] -= 1
    return widths
