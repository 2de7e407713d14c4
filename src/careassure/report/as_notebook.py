"""Results, papers and pictures in a notebook: each picture is an image by itself, so that its style stays in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence

from attrs import evolve

from careassure.analysis.what_if import WhatIf
from careassure.model.markup import Html, el, joined
from careassure.model.outcome import Outcome
from careassure.report.as_html import block_html, sources_html, table_html
from careassure.report.as_picture import notebook_svg
from careassure.report.document import Document, Figure
from careassure.report.makers import Result
from careassure.report.pictures.place import place
from careassure.report.styling import notebook_style
from careassure.report.writing import paper


def pictures_html(result: Result) -> Html:
    """The pictures of a result, each with its table, which is folded away; nothing where it has none.

    Args:
        result: Anything that a paper can be written about.
    """
    figures = tuple(_figures(result))
    if not figures:
        return Html()
    shown = (el("div", _image(figure), _folded(figure)) for figure in figures)
    return joined((el("style", notebook_style()), el("div", *shown, class_="careassure-pictures")))


def _figures(result: Result) -> Iterator[Figure]:
    """The pictures of its paper; of a what-if the ladders of before and after, and of several methods that of each."""
    if isinstance(result, WhatIf):
        for when, outcome in (("Before", result.before), ("After", result.after)):
            yield from (evolve(figure, title=f"{when}. {figure.title}") for figure in _ladders([outcome]))
        return
    if isinstance(result, Sequence):
        yield from _ladders([item for item in result if isinstance(item, Outcome)])
    yield from paper(result).figures


def _ladders(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    yield from (ladder for ladder in map(place, outcomes) if ladder is not None)


def _folded(figure: Figure) -> Html:
    return el("details", el("summary", "The picture as a table"), table_html(figure.table))


def document_html(document: Document) -> Html:
    """The paper with its pictures, tables and sources.

    Args:
        document: The paper.
    """
    pieces = [_pictured(block) if isinstance(block, Figure) else block_html(block) for block in document.blocks]
    style = el("style", notebook_style()) if document.figures else None
    return el("div", style, el("h1", document.title), *pieces, *sources_html(document), class_="careassure")


def figure_html(figure: Figure) -> Html:
    """A picture with its words and its table.

    Args:
        figure: The picture.
    """
    return el("div", el("style", notebook_style()), _pictured(figure), class_="careassure")


def _pictured(figure: Figure) -> Html:
    return joined((_image(figure), table_html(figure.table)))


def _image(figure: Figure) -> Html:
    """A picture on paper of its own, white by day and dark by night, with its title below."""
    address = f"data:image/svg+xml;base64,{b64encode(notebook_svg(figure).encode()).decode()}"
    alt = f"{figure.title}. {figure.alt}"
    image = el("img", src=address, alt=alt, class_="careassure-picture", style="max-width:100%")
    return el("figure", image, el("figcaption", figure.title))
