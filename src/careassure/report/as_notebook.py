"""A paper and its pictures in a notebook: each picture is an image by itself, so that its style stays in it."""

from __future__ import annotations

from base64 import b64encode

from careassure.model.markup import Html, el, joined
from careassure.report.as_html import block_html, sources_html, table_html
from careassure.report.as_picture import svg
from careassure.report.document import Document, Figure


def document_html(document: Document) -> Html:
    """The paper with its pictures, tables and sources, without a style of its own.

    Args:
        document: The paper.
    """
    pieces = [figure_image(block) if isinstance(block, Figure) else block_html(block) for block in document.blocks]
    return el("div", el("h1", document.title), *pieces, *sources_html(document))


def figure_image(figure: Figure) -> Html:
    """A picture on white paper, by day and by night, with its words and its table.

    Args:
        figure: The picture.
    """
    address = f"data:image/svg+xml;base64,{b64encode(svg(figure).encode()).decode()}"
    image = el("img", src=address, alt=f"{figure.title}. {figure.alt}", style="max-width:100%")
    return joined((el("figure", image, el("figcaption", figure.title)), table_html(figure.table)))
