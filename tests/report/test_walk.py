"""The tree of a picture's words: whoever walks it with the arrow keys, or hears it, misses nothing."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

import careassure as ca
from careassure.model.safe_text import one_line, shown_in_page
from careassure.report.as_picture import svg
from careassure.report.page import reconciliation_page
from careassure.report.walk import stops, walkable

from .every_page import papers
from .parsed import parse
from .test_papers import PAPERS

RESULTS = ca.reconcile()


def items(figure: ca.report.Figure) -> list[dict[str, str]]:
    """The attributes of each place of the tree, as a parser of XML sees them."""
    root = ET.fromstring(walkable(figure))  # noqa: S314  (our own)
    return [dict(node.attrib) for node in root.iter() if node.attrib.get("role") == "treeitem"]


@given(PAPERS)
def test_the_tree_says_title_axes_series_and_points(document: ca.report.Document) -> None:
    """The title comes first, then an axis for each head, then each row with its cells; all words are there, as text."""
    for figure in document.figures:
        found = items(figure)
        table = figure.table
        rows, heads = len(table.rows), len(table.heads)
        levels = ["1", *["2"] * heads, *(["2", *["3"] * (heads - 1)] * rows)]
        assert [item["aria-level"] for item in found] == levels
        said = [item["aria-label"] for item in found]
        assert said[0] == shown_in_page(one_line(f"{figure.title}. {figure.alt}"))
        series = said[1 + heads :]
        for at, row in enumerate(table.rows):
            first, *points = series[at * heads : (at + 1) * heads]
            cells = [shown_in_page(one_line("" if cell is None else str(cell).strip())) for cell in row]
            assert first.startswith(cells[0] or "without a name")
            assert all(point.endswith(cell or "blank") for point, cell in zip(points, cells[1:], strict=True))


def test_one_place_of_a_tree_is_reached_by_tab() -> None:
    """Tab goes to the title, and no further into the tree; where scripts run, arrow keys do."""
    for figure in ca.report.paper(ca.assess(ca.published("Camden")[-1])).figures:
        assert [item["tabindex"] for item in items(figure)] == ["0", *["-1"] * (len(stops(figure)) - 1)]


def test_each_row_is_found_where_it_is_drawn(tmp_path: Path) -> None:
    """Of every kind of picture, each row of the table has its strip in the picture, below the one before."""
    for name, paper in papers(tmp_path, RESULTS[::8]).items():
        for figure in paper.figures:
            root = ET.fromstring(figure.svg)  # noqa: S314
            undrawn = 1 if name == "ages_paper" else 0  # its last row adds up others
            assert len(figure.strips) == len(figure.table.rows) - undrawn, (name, figure.title)
            assert all(top >= 0 and top + tall <= float(root.attrib["height"]) + 1 for top, tall in figure.strips)
            if "ladder" not in figure.title:  # where the last row is the mark, which stands beside a rung
                feet = [top + tall for top, tall in figure.strips]
                assert all(foot <= after + 1 for foot, (after, _) in zip(feet, figure.strips[1:], strict=False))


def test_axes_say_from_where_to_where() -> None:
    """An axis of numbers says its ends; an axis of words says them, or how many there are."""
    _, profile = ca.report.paper(ca.assess(ca.published("Camden")[-1])).figures
    said = [stop.words for stop in stops(profile) if stop.words.startswith("Axis")]
    assert said[1:] == [
        "Axis, Statement: 9, from Assessing needs to Learning, improvement and innovation",
        "Axis, Score: 3 to 4",
        "Axis, Meaning: good standard and exceptional standard",
    ]


def test_a_file_has_the_tree_and_its_keys() -> None:
    """A picture as a file holds the tree and the script of the keys; it is the same picture without them."""
    figure = ca.report.paper(ca.assess(ca.published("Camden")[-1])).figures[0]
    root = ET.fromstring(svg(figure))  # noqa: S314
    labels = [node.attrib["aria-label"] for node in root.iter() if node.attrib.get("role") == "treeitem"]
    assert labels == [one_line(stop.words) for stop in stops(figure)]
    (script,) = [node for node in root.iter() if node.tag.endswith("script")]
    assert "ArrowDown" in (script.text or "")
    assert root.attrib["role"] == "group"


@pytest.mark.parametrize("style", ["ladder", "picture"])
def test_both_drawings_of_the_register_name_every_council(style: str) -> None:
    """The wide and the narrow drawing have a place for each score, and every council with a score is named there."""
    page = parse(reconciliation_page(RESULTS))
    drawing = page.one("svg", style)
    said = [node.attributes["aria-label"] or "" for node in drawing.walk() if node.attributes.get("role") == "treeitem"]
    scored = [result for result in RESULTS if result.outcome.score is not None]
    for result in scored:
        line = f"{result.outcome.score} out of 100. Rating: {result.outcome.rating}"
        assert any(text.startswith(line) and str(result.assessment.council) in text for text in said)
    counts = [int(found[1]) for text in said if (found := re.match(r"Results: (\d+)$", text))]
    assert sum(counts) == len(scored)
