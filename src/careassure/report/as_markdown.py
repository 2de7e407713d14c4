"""A paper as Markdown, for wikis, tickets and chat. A picture gives its words and its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careassure.model.markup import web_address
from careassure.model.safe_text import one_line
from careassure.report.as_html import SOURCES
from careassure.report.document import Block, Document, Figure, Heading, Listing, Paragraph, Table, source_text

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_OPENING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")


def markdown(document: Document) -> str:
    """The paper as Markdown in the form of GitHub, in which tables have lines.

    A text of a user stands as it was written: no sign in it is taken for a command.

    Args:
        document: The paper.
    """
    parts = [f"# {plain(document.title)}"]
    parts += [part for block in document.blocks for part in _block(block)]
    if document.sources:
        parts += [f"## {SOURCES}", "\n".join(_sources(document))]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    r"""A text in which no sign means anything to Markdown.

    >>> print(plain("1. *all* <b>"))
    1\. \*all\* \<b\>
    """
    line = _SIGNS.sub(r"\\\1", one_line(text).strip())  # spaces before a hyphen would leave it the mark of a list
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)


def code(text: str) -> str:
    """A text that is shown as it is typed.

    >>> print(code("careassure status x"))
    `careassure status x`
    """
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence, pad = "`" * (longest + 1), " " if longest else ""
    return f"{fence}{pad}{one_line(text)}{pad}{fence}"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {plain(block.text)}"
    elif isinstance(block, Paragraph):
        yield f"> **{plain(block.words)}**" if block.role == "to_write" else plain(block.words)
    elif isinstance(block, Listing):
        yield "\n".join(f"{'  ' * depth}- {plain(item)}" for depth, item in block.nested)
    elif isinstance(block, Figure):
        yield f"**{plain(block.title)}**"
        yield plain(block.alt)
        yield from _table(block.table)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.title)}**"
    yield grid(table.heads, [["" if cell is None else str(cell) for cell in row] for row in table.rows])
    yield from map(plain, table.notes)


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""A table with its heads.

    >>> print(grid(["a|b"], [["c"]]))
    | a\|b |
    | --- |
    | c |
    """
    return "\n".join([_row(heads), _row(["---"] * len(heads), raw=True), *map(_row, rows)])


def _row(cells: Sequence[str], *, raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else plain(cell) for cell in cells)} |"


def _sources(document: Document) -> Iterator[str]:
    for number, reference in enumerate(document.sources, 1):
        address = web_address(reference.url)
        text = plain(source_text(number, reference))
        yield f"- {text}{f' <{address}>' if address else ''}"
