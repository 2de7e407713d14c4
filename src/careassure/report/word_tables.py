"""How wide the columns of a table in Word are, and how high its rows become, from the letters in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

_EM = 0.4
"""How wide the letter M is in the letters of a table, in centimetres: ten points."""
_NARROW = frozenset("iljtfrI.,;:'|!()[] -/")
_WIDE = frozenset("mwMWABCDEGHKNOPQRUVXY%@&")
_EDGE = 0.45
"""How wide the edges of a cell are, both together."""
_LINE = 0.43
"""How high a line of a table is, in centimetres."""
_BOLD = 1.15
"""How much wider bold letters are, at the most: those of a template may be wide."""
_WORD = 20
"""A word of more letters, such as an address, may be broken."""
_GAPS = re.compile(r"\s+|(?<=[-/])")
"""Where a line may end."""
_STEP = 0.2
_ROWS = 60
"""So many rows say how wide columns have to be."""


def letters(text: str) -> float:
    """How wide a text is on one line, about, in centimetres, in bold letters without serifs."""
    return _EM * sum(0.36 if sign in _NARROW else 0.8 if sign in _WIDE else 0.62 for sign in text)


def widths(rows: Sequence[Sequence[str]], whole: float) -> list[float]:
    """How wide each column is, in centimetres: its longest word fits, and the rows are as low as can be.

    What is left goes, a little at a time, to the column that lowers the rows most.

    Args:
        rows: The texts of all rows, the heads too.
        whole: How wide the table is.
    """
    shown = rows[:_ROWS]
    columns = list(zip(*shown, strict=True))
    found = [_least(column, bold=at == 0) for at, column in enumerate(columns)]
    long = [[letters(text) for text in row] for row in shown]
    while (left := whole - sum(found)) > 0:
        step = min(left, _STEP)
        gains = [sum(_tall(row[at], found[at]) - _tall(row[at], found[at] + step) for row in long)
                 for at in range(len(found))]  # fmt: skip
        found[gains.index(max(gains))] += step
        if left <= _STEP:
            break
    return [whole * each / sum(found) for each in found]


def _least(column: Sequence[str], *, bold: bool) -> float:
    """How wide a column has to be for its longest word; its head is bold, and so is all of the first column."""
    words = [(word[:_WORD], bold or row == 0) for row, text in enumerate(column) for word in _GAPS.split(text)]
    return max(letters(word) * (_BOLD if heavy else 1) for word, heavy in words) + _EDGE


def _tall(text: float, column: float) -> float:
    """How high a cell is, in lines; a high one counts for more, since it makes its whole row high."""
    return (text / max(column - _EDGE, 0.1)) ** 2


def heights(rows: Sequence[Sequence[str]], wide: Sequence[float]) -> list[float]:
    """How high each row is, about, in centimetres."""
    return [
        _LINE
        * max((ceil(letters(text) / max(column - _EDGE, 0.1)) or 1 for text, column in zip(row, wide, strict=True)))
        for row in rows
    ]
