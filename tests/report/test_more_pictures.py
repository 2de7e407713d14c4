"""Pictures of time, of what was predicted, of methods, ages, backlogs and draws: each is its table, drawn."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from base64 import b64decode
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from analysis.test_method_diff import written
from careassure.model.dates import PartialDate
from careassure.model.safe_text import shown_in_page
from careassure.report.as_html import html
from careassure.report.as_picture import notebook_svg
from careassure.report.pictures.bars import Bar, bars
from careassure.report.pictures.happened import happened
from careassure.samples import Case, CaseList
from careassure.workspaces import TimelineEntry
from helpers import few
from workspaces.test_predictions import LEICESTER

from .parsed import assert_stands_alone, parse
from .test_papers import NASTY, PAPERS, assert_in_order, numbers_in, seen, squeezed, words_of_picture

Listing, Number = ca.report.Listing, ca.report.Number
DAY = dt.date(2026, 10, 1)
counts = st.integers(0, 10**6)
days = st.dates(dt.date(1990, 1, 1), DAY)
dates = days | days.map(lambda day: f"{day:%Y-%m}") | st.sampled_from(["never", None])


def shown(figure: ca.report.Figure) -> None:
    """Each number of a picture stands in its table or its words, and the picture says in words what it shows."""
    table = " ".join(str(cell) for row in figure.table.rows for cell in row if cell is not None)
    known = numbers_in(f"{table} {figure.alt} {' '.join(figure.table.heads)}")
    assert numbers_in(words_of_picture(figure)) <= known
    root = ET.fromstring(figure.svg)  # noqa: S314  (our own)
    assert root.attrib["aria-label"].startswith(figure.title)
    assert float(root.attrib["width"]) == 480
    for node in root.iter():
        if node.tag.endswith("rect"):
            assert float(node.attrib["x"]) + float(node.attrib["width"]) <= 480


def only_figure(result: ca.report.Document) -> ca.report.Figure:
    (figure,) = result.figures
    shown(figure)
    return figure


def widths(figure: ca.report.Figure) -> list[tuple[str, float]]:
    root = ET.fromstring(figure.svg)  # noqa: S314
    return [(node.attrib["class"], float(node.attrib["width"])) for node in root.iter() if node.tag.endswith("rect")]


@few
@given(st.dictionaries(st.text("abc", min_size=1), dates, max_size=9))
def test_ages_are_drawn_as_they_are_counted(given_dates: dict[str, dt.date | str | None]) -> None:
    """Who is never rated or of unknown date has a bar and a name; what is only possible is dashed and never full."""
    found = ca.figures.ages(given_dates, DAY)
    paper = ca.report.paper(found)
    figure = only_figure(paper)
    assert figure.table.rows == found.counts
    assert sum(style == "open" for style, _ in widths(figure)) == sum(band.most > band.least for band in found.bands)
    assert sum(style == "full" for style, _ in widths(figure)) == sum(band.least > 0 for band in found.bands)
    listed = [row[0] for table in paper.tables[1:] for row in table.rows]
    assert sorted(map(str, listed)) == sorted((*found.never, *found.undated, *found.waiting))


@few
@given(st.dictionaries(st.text("abc", min_size=1), st.tuples(counts, counts, counts), min_size=1, max_size=4),
       st.none() | counts)  # fmt: skip
def test_a_backlog_is_drawn_as_it_is_given(periods: dict[str, tuple[int, int, int]], opening: int | None) -> None:
    """Each period has its three figures, what was open before it, and whether they fit; no figure is lost."""
    found = ca.figures.backlog(periods, opening=opening)
    paper = ca.report.paper(found)
    rows = only_figure(paper).table.rows
    for row, (name, figures), period in zip(rows, periods.items(), found.periods, strict=True):
        assert row[0] == name
        assert [int(cell.value) for cell in row[2:5] if isinstance(cell, Number)] == list(figures)
        assert (row[1] == "not known") == (period.stock.opening is None) == (row[5] == "not known")
        assert (row[5] == "they do") == (period.stock.unexplained == 0)
    text = "\n".join(paper.texts())
    assert all(line in text for line in found.lines)


@few
@given(st.integers(1, 60), st.lists(st.integers(1, 70), min_size=1, max_size=4))
def test_a_draw_is_drawn_without_a_single_case(count: int, sizes: list[int]) -> None:
    """Each stage has its size, and how many were asked for; no case is named, and what six can show is said."""
    cases = CaseList((), [Case(f"X{n}", {}) for n in range(count)])
    found = ca.samples.draw(cases, sorted(sizes, reverse=True), seed=1)
    paper = ca.report.paper(found)
    rows = only_figure(paper).table.rows
    assert [int(row[2].value) for row in rows if isinstance(row[2], Number)] == [
        count,
        *(stage.size for stage in found.stages),
    ]
    assert not any(f"X{n}" in " ".join(paper.texts()).split() for n in range(count))
    assert found.words in "\n".join(paper.texts())


def test_who_moves_between_two_methods_is_named_and_drawn(tmp_path: Path) -> None:
    """Every assessment is in one bar, those that move are named with their way, and ranges stay apart from ratings."""
    stricter = written(tmp_path, "stricter", ("good = 63", 'good = "129/2"'))
    found = ca.analysis.compare_methods(None, "single-word", stricter)
    paper = ca.report.paper(found)
    figure = only_figure(paper)
    assert sum(int(row[2].value) for row in figure.table.rows if isinstance(row[2], Number)) == len(found.outcomes)
    assert "Both: Good" in figure.alt
    many = len(found.moved)
    assert f"{found.first}: Good; {found.second}: Requires improvement: {many} assessments, lower." in figure.alt
    assert [row[0] for row in paper.tables[-1].rows] == [item.label for item in found.moved]
    assert ca.report.paper(ca.analysis.compare_methods([], "single-word", stricter)).figures == ()


def test_what_leicester_said_is_drawn_beside_what_came() -> None:
    """A row for each statement with both scores; where nothing was published, there is no picture."""
    found = ca.workspaces.predicted(LEICESTER, "2026-01-01")
    paper = ca.report.paper(found)
    figure = paper.figures[-1]
    shown(figure)
    assert [tuple(map(str, row[1:])) for row in figure.table.rows][3:5] == [("3", "2", "lower"), ("3", "3", "as said")]
    lines = [item for block in paper.blocks if isinstance(block, Listing) for item in block.items]
    assert lines == [line.strip() for item in found.items for line in item.lines()]
    assert ca.report.paper(ca.workspaces.predicted(LEICESTER, "2025-06-30")).figures == ()
    assert figure.table in ca.report.pack(LEICESTER, "2026-01-01").tables


partial = days.map(lambda day: PartialDate(day.year, day.month, day.day)) | days.map(
    lambda day: PartialDate(day.year, day.month)
)
entries = st.builds(TimelineEntry, partial, st.sampled_from(["Peer review", "Complaint"]), st.text("ab 1", max_size=40))


@few
@given(st.lists(entries, min_size=1, max_size=9).map(lambda found: sorted(found, key=lambda each: each.date)))
def test_events_stand_on_the_line_in_their_order(found: list[TimelineEntry]) -> None:
    """A mark for each event, none outside the picture, the earlier never below the later."""
    figure = happened(found, "York")
    assert figure is not None
    shown(figure)
    root = ET.fromstring(figure.svg)  # noqa: S314
    height = float(root.attrib["height"])
    tops = [
        float(node.attrib["cy"]) if node.tag.endswith("circle") else float(node.attrib["y"])
        for node in root.iter()
        if node.attrib.get("class") in ("ring", "marker")
    ]
    assert len(tops) == len(found)
    assert all(0 <= top <= height for top in tops)
    sure = [top for top, entry in zip(tops, found, strict=True) if entry.date.day]
    assert all(after >= before - 0.1 for before, after in itertools.pairwise(sure))


def test_nothing_happened_gives_no_picture() -> None:
    """Without an event there is no line of time."""
    assert happened((), "York") is None


@pytest.mark.parametrize("name", NASTY)
def test_words_of_a_user_are_text_in_these_pictures_too(name: str, tmp_path: Path) -> None:
    """A script, codes for a terminal, marks that turn the order and very long words do not break a picture."""
    text = NASTY[name]
    entry = TimelineEntry(PartialDate(2026, 1, 2), text, text, text)
    backlog = ca.report.paper(ca.figures.backlog({text: (1, 2, 3)}))
    drawn = happened([entry, evolve(entry, date=PartialDate(2026))], text)
    assert drawn is not None
    paper = evolve(backlog, blocks=(*backlog.blocks, drawn))
    assert_stands_alone(parse(html(paper)))
    for figure in paper.figures:
        ET.fromstring(figure.svg)  # noqa: S314
        assert len(figure.svg) < 5 * len(figure.alt) + 20_000
    ca.report.write(paper, tmp_path / "a.png", picture=2)


@few
@given(PAPERS)
def test_a_notebook_says_all_of_a_paper(document: ca.report.Document) -> None:
    """In a notebook a paper holds every word in its order; each picture is an image with its words."""
    made = document._repr_html_()
    page = parse(f"<!DOCTYPE html>{made}")
    assert_in_order(squeezed(page.text), [squeezed(shown_in_page(text)) for text in seen(document)])
    images = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]*)" alt="', made)
    assert [b64decode(image).decode() for image in images] == [notebook_svg(figure) for figure in document.figures]
    assert "<script" not in made


def test_a_result_shows_its_pictures_in_a_notebook() -> None:
    """The paper of a result, shown in a notebook, has its ladder and its profile, with words for each."""
    paper = ca.report.paper(ca.assess(ca.published("Camden")[-1]))
    made = paper._repr_html_()
    assert made.count("<img ") == 2
    assert "89 out of 100" in made
    image = re.compile(r"<img [^>]*>")
    assert image.findall(paper.figures[0]._repr_html_()) == image.findall(made)[:1]


def test_a_picture_with_much_in_it_fits_a_page_of_word(tmp_path: Path) -> None:
    """A picture that would be higher than a page is made smaller, in both directions alike, and not cut off."""
    entry = TimelineEntry(PartialDate(2026, 1, 2), "Complaint", "a complaint about a delay in a review of support")
    drawn = happened([evolve(entry, date=PartialDate(1990 + at)) for at in range(30)], "York")
    assert drawn is not None
    ca.report.write(ca.report.Document("York", (drawn,)), tmp_path / "a.docx")
    (shape,) = docx.Document(str(tmp_path / "a.docx")).inline_shapes
    root = ET.fromstring(drawn.svg)  # noqa: S314
    assert shape.height.cm <= 22
    assert abs(shape.height / shape.width - float(root.attrib["height"]) / 480) < 0.1


def test_bars_of_nothing_are_drawn() -> None:
    """Where every number is 0 there are words and no bar."""
    drawn = bars("Title", "Alt", [("A", [Bar(Number.of(0).value, Number.of(0).value, "0 cases")])])
    assert "0 cases" in drawn
    assert "<rect" not in drawn


@pytest.mark.parametrize("scores", [[1, None, 2, 3, 3, None, 2, 1, 4], [None] * 9, [3] * 9])
def test_no_chance_is_cut(scores: list[int | None]) -> None:
    """How likely a grade is stands whole beside its bar, however many words it takes: a range has the most."""
    (figure,) = ca.report.paper(ca.stability(ca.Assessment.of("Leeds", scores))).figures[:1]
    for _, chance in figure.table.rows:
        assert f">{chance}<" in figure.svg
