"""Tables of texts as sheets that people go on filling in, without loss: what is read back is what was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from careassure.errors import Problem
from careassure.report.book import BookSheet, Cell, Column, Input
from careassure.report.book_layout import fitted

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,11})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,2}[1-9]")
_DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
BLANK = "nothing is recorded there."


def plain_sheet(
    name: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], about: Sequence[str] = ()
) -> BookSheet:
    """A sheet with a table of texts; numbers and days that read back as they are become numbers and days.

    Args:
        name: What stands on its tab.
        title: Its heading.
        heads: The heads of its table.
        rows: Its rows. Where there are none, one row waits to be filled in.
        about: Sentences above the table.
    """
    cells: list[tuple[Cell, ...]] = [tuple(cell_of(text) for text in row) for row in rows]
    if not cells:
        cells = [tuple(Input(f"{name} {head}") for head in heads)]
    columns = tuple(Column(head, filled_in=True, width=_width(at, head, rows)) for at, head in enumerate(heads))
    return BookSheet(name, title, columns, tuple(cells), tuple(about), BLANK)


def unfit(rows: Sequence[Sequence[str]], heads: Sequence[str], places: Sequence[str]) -> Iterator[Problem]:
    """What no cell of a spreadsheet can hold, by its place: texts that are too long, signs that XML does not know."""
    for at, row in enumerate(rows):
        for head, text in zip(heads, row, strict=True):
            if fitted(text) != text.replace("\r\n", "\n").replace("\r", "\n"):
                where = f"{places[at] if at < len(places) else f'row {at + 1}'}, column {head}"
                message = "a cell of a spreadsheet cannot hold this text"
                yield Problem(where, message, "Shorten it, or take out what cannot be seen")


def cell_of(text: str) -> Cell:
    """A text as a number or a day, where that reads back as the same text; otherwise the text itself.

    >>> cell_of("12"), cell_of("012"), cell_of("81.5"), cell_of("2025-11-30"), cell_of("2025-11")
    (12, '012', Fraction(163, 2), datetime.date(2025, 11, 30), '2025-11')
    """
    if _WHOLE.fullmatch(text) and text != "-0":
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    if _DAY.fullmatch(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text or None


def _width(at: int, head: str, rows: Sequence[Sequence[str]]) -> int:
    longest = max((len(row[at]) for row in rows), default=0)
    return min(max(14, len(head) + 4, longest + 2), 50)
