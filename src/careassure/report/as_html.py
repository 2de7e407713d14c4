"""A paper as one page of HTML that needs no script, no other file and no network."""

from __future__ import annotations

from collections.abc import Sequence

from careassure.model.markup import Child, Html, el, joined, link
from careassure.report.document import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Listing,
    Number,
    Paragraph,
    Table,
    source_text,
)
from careassure.report.styling import head_of_page, paper_style, walk_script
from careassure.report.walk import walkable

_FEW = 3
"""So many columns fit a telephone."""
SOURCES = "Sources"
"""The heading above the list of sources, in every form."""


def html(document: Document) -> str:
    """The paper as a page: headings that can be walked, tables with marked heads, pictures that say what they show.

    Args:
        document: The paper.
    """
    script = walk_script() if document.figures else None
    head = head_of_page(document.title, paper_style(), script, document.description)
    body = [el("h1", document.title), *map(block_html, document.blocks), *sources_html(document)]
    whole = el("body", el("main", *body, class_="paper"), el("script", script) if script else None)
    return f"<!DOCTYPE html>\n{el('html', head, whole, lang='en-GB')}\n"


def block_html(block: Block) -> Html:
    """One piece of a paper as HTML."""
    if isinstance(block, Heading):
        return el(f"h{block.level + 1}", block.text)
    if isinstance(block, Listing):
        return _list(block.nested)
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Figure):
        return joined((figure_html(block), table_html(block.table)))
    return table_html(block)


def _list(items: Sequence[tuple[int, str]]) -> Html:
    """A list; the items below one stand in a list inside it."""
    starts = [at for at, (depth, _) in enumerate(items) if depth == items[0][0]]
    parts = [items[start:end] for start, end in zip(starts, [*starts[1:], len(items)], strict=False)]
    return el("ul", *(el("li", part[0][1], *([_list(part[1:])] if part[1:] else [])) for part in parts))


def _paragraph(block: Paragraph) -> Html:
    if block.before:
        return el("p", el("strong", block.before), f" {block.text}", class_=block.role.replace("_", "-"))
    return el("p", block.text, class_="lead" if block.role == "lead" else None)


def figure_html(figure: Figure) -> Html:
    """A picture with its title below."""
    return el("figure", walkable(figure), el("figcaption", figure.title))


def table_html(table: Table) -> Html:
    """A table with its title, its notes below it. It can be moved sideways where it is wider than the screen.

    On a telephone a table of many words has a card for each row, with heads beside its cells. Columns of numbers stay.
    """
    numbers = _number_columns(table.rows)
    heads = [el("th", head, scope="col", class_="number" if at in numbers else None)
             for at, head in enumerate(table.heads)]  # fmt: skip
    cards = len(table.heads) > _FEW and 2 * len(numbers) < len(table.heads)
    body = el(
        "table",
        el("caption", table.title),
        el("thead", el("tr", *heads)),
        el("tbody", *(_row(row, table.heads if cards else ()) for row in table.rows)),
        class_="cards" if cards else None,
    )
    notes: list[Child] = [el("p", note, class_="soft") for note in table.notes]
    return joined((el("div", body, class_="scroll", tabindex="0", role="region", aria_label=table.title), *notes))


def _row(row: Sequence[Cell], heads: Sequence[str]) -> Html:
    """A row; on a card each cell has its head."""
    first, *rest = row
    cells = [el("th", _text(first), scope="row")]
    for at, cell in enumerate(rest, 1):
        style = "number" if isinstance(cell, Number) else None
        cells.append(el("td", _text(cell), data_head=heads[at] if heads else None, class_=style))
    return el("tr", *cells)


def _number_columns(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """The columns that hold numbers."""
    return {at for row in rows for at, cell in enumerate(row) if at and isinstance(cell, Number)}


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def sources_html(document: Document) -> list[Html]:
    """The list of sources under its heading; nothing where none is cited."""
    if not document.sources:
        return []
    items = [
        el("li", link(reference.url, source_text(number, reference)))
        for number, reference in enumerate(document.sources, 1)
    ]
    return [el("h2", SOURCES), el("ul", *items, class_="sources")]
