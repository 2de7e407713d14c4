"""The words of a picture as a tree that arrow keys walk: its title, its axes, its series and their points.

The order and the keys are those of Olli (https://umwelt-data.github.io/olli/using/tree-structure): down to more detail,
up to less, left and right along what stands side by side. A screen reader finds the tree without any script. The script
that ships adds the arrow keys, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from careassure.model.markup import Html, el
from careassure.model.safe_text import one_line
from careassure.model.text import join
from careassure.report.document import Cell, Figure, Number, Table

_FEW = 5
"""So many columns are said of a row at once, and so many different entries of a column."""


@frozen
class Stop:
    """A place in the tree.

    Args:
        level: 1 for the title, 2 for an axis and for a series, 3 for a point.
        words: What it says.
        box: Where it is drawn: left, top, width and height, each a length or a percentage.
    """

    level: int
    words: str
    box: tuple[str, str, str, str] = ("0", "0", "100%", "100%")


def stops(figure: Figure) -> tuple[Stop, ...]:
    """Every place in the tree of a picture, in order: an axis for each column of its table, a series for each row.

    Args:
        figure: The picture.
    """
    table = figure.table
    found = [Stop(1, f"{figure.title}. {figure.alt}")]
    found += [Stop(2, f"Axis, {_axis(table, at)}") for at in range(len(table.heads))]
    for at, row in enumerate(table.rows):
        top, tall = (f"{part:g}" for part in figure.strips[at]) if at < len(figure.strips) else ("0", "100%")
        found.append(Stop(2, _series(table, row), ("0", top, "100%", tall)))
        found += _points(table, row, top, tall)
    return tuple(found)


def walkable(figure: Figure) -> Html:
    """A picture with its tree: what is drawn is hidden from those who listen, since the tree says all of it.

    Args:
        figure: The picture.
    """
    opening, _, rest = figure.svg.partition(">")
    items = [_item(stop, at) for at, stop in enumerate(stops(figure))]
    tree = el("g", *items, role="tree", aria_label=one_line(figure.title))
    grouped = opening.replace(' role="img"', ' role="group"')  # an image would hide what is inside it
    return Html(f"{grouped}>{rest.removesuffix('</svg>')}{tree}</svg>")


def _item(stop: Stop, at: int) -> Html:
    x, y, width, height = stop.box
    return el(
        "rect",
        class_="stop",
        x=x,
        y=y,
        width=width,
        height=height,
        role="treeitem",
        aria_level=f"{stop.level}",
        aria_label=one_line(stop.words),
        tabindex="-1" if at else "0",
    )


def _axis(table: Table, at: int) -> str:
    """What a column of the table is about: from where to where its numbers go, or which words there are."""
    head = table.heads[at] if table.heads[at].strip() else "without a name"
    cells = [row[at] for row in table.rows]
    numbers = sorted((cell for cell in cells if isinstance(cell, Number)), key=lambda cell: cell.value)
    if numbers:
        low, high = numbers[0].shown, numbers[-1].shown
        return f"{head}: {low}" if low == high else f"{head}: {low} to {high}"
    words = [text for text in dict.fromkeys(_said(cell) for cell in cells) if text]
    if len(words) > _FEW:
        return f"{head}: {len(words):,}, from {words[0]} to {words[-1]}"
    return f"{head}: {join(words) or 'nothing'}"


def _series(table: Table, row: Sequence[Cell]) -> str:
    first, *rest = row
    if len(rest) > _FEW:
        return f"{_said(first) or 'without a name'}: {len(rest):,} points"
    parts = [f"{head}: {_said(cell)}" for head, cell in zip(table.heads[1:], rest, strict=True) if _said(cell)]
    return f"{_said(first) or 'without a name'}. {'; '.join(parts)}"


def _points(table: Table, row: Sequence[Cell], top: str, tall: str) -> Iterator[Stop]:
    """A point for each further cell of a row, side by side along the row."""
    heads = table.heads[1:]
    for at, (head, cell) in enumerate(zip(heads, row[1:], strict=True)):
        share = 100 / len(heads)
        yield Stop(3, f"{head}: {_said(cell) or 'blank'}", (f"{at * share:.1f}%", top, f"{share:.1f}%", tall))


def _said(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
