"""Which statement has which kind of evidence: a square for each, with how many pieces there are."""

from __future__ import annotations

from careassure.model.markup import Html, el
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import LINE, WIDE, block, lines_of, n, picture, words
from careassure.workspaces.matrix import Coverage

_LEFT = 148.0
_ROW = 56.0


def coverage_picture(found: Coverage, council: str) -> Figure:
    """The matrix of statements and kinds of evidence. An empty square has a dash, and no evidence.

    Args:
        found: What `careassure.workspaces.coverage` gave.
        council: Whose evidence it is.
    """
    rows = found.rows()
    heads = [head for head in rows[0] if head != "Statement"] if rows else []
    title = f"{council}: evidence for each statement"
    wide = (WIDE - _LEFT - 4) / max(len(heads), 1)
    tall = LINE * max((len(lines_of(head, wide - 2, 4)) for head in heads), default=1)
    drawn: list[Html] = []
    for at, head in enumerate(heads):
        drawn += block(head, _LEFT + at * wide + wide / 2, 14, wide - 2, "middle soft", 4)
    for at, row in enumerate(rows):
        y = tall + 8 + at * _ROW
        names = lines_of(str(row["Statement"]), _LEFT - 6, 3)
        drawn += block(str(row["Statement"]), 4, y + _ROW / 2 + 5 - (len(names) - 1) * LINE / 2, _LEFT - 6, "left", 3)
        for place, head in enumerate(heads):
            drawn += _square(row[head], _LEFT + place * wide, y, wide)
    alt = f"{found.words} A square for each statement and kind of evidence has the number of pieces, or a dash."
    table = Table(
        "Pieces of evidence for each statement",
        ("Statement", *heads),
        tuple((str(row["Statement"]), *(_cell(row[head]) for head in heads)) for row in rows),
        ("A hyphen: there is none.",),
    )
    strips = tuple((tall + 8 + at * _ROW, _ROW) for at in range(len(rows)))
    return Figure(title, alt, picture(title, alt, tall + 12 + len(rows) * _ROW, *drawn), table, strips)


def _cell(value: object) -> Cell:
    return Number.of(value) if isinstance(value, int) else str(value)


def _square(value: object, x: float, y: float, wide: float) -> list[Html]:
    some = isinstance(value, int) and value > 0
    box = el("rect", class_="full" if some else "open", x=n(x + 3), y=n(y + 3), width=n(wide - 6), height=n(_ROW - 6))
    text = f"{value:,}" if isinstance(value, int) else "-"
    return [box, words(text, x + wide / 2, y + _ROW / 2 + 5, "middle light" if some else "middle")]
