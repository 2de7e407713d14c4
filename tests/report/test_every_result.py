"""Every public result is written in all seven forms, or refused by a message that says what to give instead."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import docx
import pytest

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.safe_text import one_line
from careassure.report import makers
from careassure.report.document import Document, Paragraph
from careassure.report.writing import ENDINGS

from .every_result import REFUSED, RESULTS
from .parsed import assert_stands_alone, parse
from .test_papers import assert_in_order, numbers_in, seen, squeezed, words_of_picture


@pytest.fixture(scope="module")
def papers() -> dict[str, Document]:
    """The paper about each result."""
    return {}


def paper_of(name: str, papers: dict[str, Document]) -> Document:
    """The paper about a result, made once."""
    if name not in papers:
        papers[name] = ca.report.paper(RESULTS[name]())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    return papers[name]


def test_the_tables_of_makers_and_the_types_are_one() -> None:
    """What a type checker lets through has a maker, and nothing else has; each is tried below."""
    assert set(get_args(makers.Single)) == set(makers._SINGLE)
    assert set(get_args(makers.Several)) == set(makers._SEVERAL)
    named = {name.removeprefix("list of ").partition(" ")[0] for name in RESULTS}
    several = {name.removeprefix("list of ").partition(" ")[0] for name in RESULTS if name.startswith("list of ")}
    assert {kind.__name__ for kind in makers._SINGLE} <= named
    assert {kind.__name__ for kind in makers._SEVERAL} - {"Outcome", "NearestChange"} <= several


def test_what_every_public_question_gives_is_tried() -> None:
    """The return type of each public function stands in one of the two lists, or is no value of ours."""
    tried = {word for name in (*RESULTS, *REFUSED) for word in re.findall(r"[A-Z]\w+", name)}
    makes_papers = {"Document"}
    spaces = (ca, ca.analysis, ca.tables, ca.workspaces, ca.figures, ca.samples, ca.privacy)
    classes = {name for space in spaces for name in dir(space) if inspect.isclass(getattr(space, name))}
    for space in spaces:
        for name in dir(space):
            verb = getattr(space, name)
            if inspect.isfunction(verb) and name not in LOADERS:
                given = set(re.findall(r"\w+", str(inspect.signature(verb).return_annotation))) & classes
                assert given <= tried | makes_papers, name


LOADERS = {
    "due", "england_values", "extend", "load_frameworks", "load_method", "load_scheme", "read", "read_neighbours",
    "read_values", "read_criteria", "audit", "screen", "redact", "screen_problems", "init", "init_from",
    "init_example", "assess_frame", "values_in", "audit_of", "column", "plain_rows", "read_file", "readers",
}  # fmt: skip
"""Public functions that read or make what a question is put to."""


@pytest.mark.parametrize("name", RESULTS)
def test_each_result_has_a_paper_that_begins_with_its_answer(name: str, papers: dict[str, Document]) -> None:
    """It has a title, its first words are a paragraph, no piece is empty, and its pages stand alone."""
    document = paper_of(name, papers)
    assert document.title
    assert isinstance(document.blocks[0], Paragraph | ca.report.Table)
    assert all(text.strip() for text in document.texts())
    for table in document.tables:
        assert table.rows
        assert all(len(row) == len(table.heads) for row in table.rows)


@pytest.mark.parametrize("name", RESULTS)
def test_every_number_in_a_picture_stands_in_its_table(name: str, papers: dict[str, Document]) -> None:
    """Whoever cannot see a picture finds each of its numbers in the table below it; names may hold others."""
    for figure in paper_of(name, papers).figures:
        cells = " ".join(str(cell) for row in figure.table.rows for cell in row if cell is not None)
        told = f"{cells} {' '.join(figure.table.heads)} {' '.join(figure.table.notes)}"
        assert numbers_in(words_of_picture(figure)) <= numbers_in(told)
        root = ET.fromstring(figure.svg)  # noqa: S314  (our own)
        assert root.attrib["aria-label"].startswith(figure.title)
        assert figure.alt


@pytest.mark.slow
@pytest.mark.parametrize("name", RESULTS)
def test_each_result_is_written_in_all_seven_forms(name: str, papers: dict[str, Document], tmp_path: Path) -> None:
    """The forms that hold the whole paper hold each of its texts in order; pictures are those of the paper."""
    document = paper_of(name, papers)
    for ending in ENDINGS:
        target = tmp_path / f"paper{ending}"
        if ending in (".svg", ".png") and not document.figures:
            with pytest.raises(InvalidInputError, match="there is no picture in this paper"):
                ca.report.write(document, target)
        else:
            ca.report.write(document, target)
            assert target.stat().st_size > 100
    page = parse((tmp_path / "paper.html").read_text("utf-8"))
    assert_stands_alone(page)
    made = docx.Document(str(tmp_path / "paper.docx"))
    word = "".join(element.text or "" for element in made.element.body.iter() if element.tag.endswith("}t"))
    assert_in_order(squeezed(page.one("main").text), [squeezed(text) for text in seen(document)])
    assert_in_order(squeezed(word), [squeezed(one_line(text)) for text in seen(document)])


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_paper_can_be_written_about_is_refused(name: str, tmp_path: Path) -> None:
    """The error is ours, says what was given and what to give instead, and no file is left."""
    with pytest.raises(InvalidInputError, match=r"\w+\. \w+") as error:
        ca.report.write(REFUSED[name](), tmp_path / "paper.md")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert len(str(error.value)) < 300
    assert not list(tmp_path.iterdir())
