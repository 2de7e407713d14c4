"""Papers: the same words in every form, and no number that the result does not have."""

from __future__ import annotations

import io
import re
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import careassure as ca
from careassure.model.markup import el
from careassure.model.safe_text import one_line, shown_in_page
from careassure.report.as_book import book
from careassure.report.as_docx import docx as word
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown, plain
from careassure.report.as_picture import png, svg
from careassure.report.book_layout import laid_out
from careassure.report.document import CAUTION, TO_WRITE, source_text
from careassure.testing.strategies import outcomes, references, texts
from helpers import few

from .parsed import assert_stands_alone, parse

Document, Figure, Heading, Listing = ca.report.Document, ca.report.Figure, ca.report.Heading, ca.report.Listing
Number, Paragraph, Table = ca.report.Number, ca.report.Paragraph, ca.report.Table

PICTURE = el("svg", el("title", "x"), xmlns="http://www.w3.org/2000/svg", viewBox="0 0 10 10", role="img")
ROLES = st.sampled_from(["text", "lead", "caution", "to_write"])
CELLS = texts() | st.builds(Number.of, st.integers(-9999, 9999)) | st.none()


@st.composite
def tables(draw: st.DrawFn) -> ca.report.Table:
    """A table with any words in its cells."""
    width = draw(st.integers(1, 4))
    row = st.tuples(*(CELLS for _ in range(width)))
    heads = tuple(draw(texts()) for _ in range(width))
    return Table(
        draw(texts()), heads, tuple(draw(st.lists(row, max_size=3))), tuple(draw(st.lists(texts(), max_size=2)))
    )


BLOCKS = st.one_of(
    st.builds(Heading, texts(), st.sampled_from([1, 2])),
    st.builds(Paragraph, texts(), ROLES),
    st.builds(Listing, st.lists(texts(), min_size=1, max_size=3).map(tuple)),
    st.builds(
        Listing.of_lines,
        st.lists(
            st.builds(lambda at, text: "  " * at + one_line(text), st.integers(0, 3), texts()), min_size=1, max_size=4
        ),
    ),
    tables(),
    st.builds(Figure, texts(), texts(), st.just(str(PICTURE)), tables()),
)
PAPERS = st.builds(
    Document, texts(), st.lists(BLOCKS, max_size=5).map(tuple), st.lists(references(), max_size=2).map(tuple), texts()
)


def squeezed(text: str) -> str:
    """A text without spaces: forms may break lines where they like."""
    return "".join(text.split())


def assert_in_order(whole: str, parts: list[str]) -> None:
    """Each part stands in the whole, after the one before."""
    at = 0
    for part in parts:
        found = whole.find(part, at)
        assert found >= 0, f"{part!r} is missing after {whole[max(at - 40, 0) : at]!r}"
        at = found + len(part)


def seen(document: ca.report.Document) -> list[str]:
    """What each form has to say, apart from the words for a picture, for which each has its own place."""
    spoken = {figure.alt for figure in document.figures}
    return [text for text in document.texts() if text.strip() and text not in spoken]


@given(PAPERS)
def test_a_page_says_all_of_a_paper_in_order(document: ca.report.Document) -> None:
    """A page holds every word of a paper, in its order, stands alone and takes no word for a command."""
    page = parse(html(document))
    assert_stands_alone(page)
    assert_in_order(squeezed(page.one("main").text), [squeezed(shown_in_page(text)) for text in seen(document)])


@given(PAPERS)
def test_markdown_says_all_of_a_paper_in_order(document: ca.report.Document) -> None:
    """Markdown holds every word of a paper, in its order, with the words of each picture."""
    text = markdown(document)
    expected = [plain(part) for part in document.texts() if one_line(part).strip()]
    flat = squeezed(re.sub(r"\n> |\| --- .*", "", text))
    for part in expected:
        assert squeezed(part) in flat


@few
@given(PAPERS)
def test_a_word_document_says_all_of_a_paper_in_order(document: ca.report.Document) -> None:
    """A Word document holds every word of a paper, in its order, and the words of each picture and table."""
    made = docx.Document(io.BytesIO(word(document)))
    parts = [element.text or "" for element in made.element.body.iter() if element.tag.endswith("}t")]
    assert_in_order(squeezed("".join(parts)), [squeezed(one_line(text)) for text in seen(document)])
    alts = [element.get("descr") for element in made.element.body.iter() if element.tag.endswith("}docPr")]
    assert alts == [one_line(figure.alt) for figure in document.figures]
    assert all(table.rows[0]._tr.xpath("w:trPr/w:tblHeader") for table in made.tables)
    assert made.core_properties.title == one_line(document.title)
    assert made.core_properties.author == ""


@given(PAPERS)
def test_a_spreadsheet_says_all_of_a_paper(document: ca.report.Document) -> None:
    """A spreadsheet holds every word of a paper, the words of each picture, and each number as a number."""
    laid = laid_out(book(document))
    cells = [value for sheet in laid.sheets for _, value in sheet.cells()]
    words = squeezed(" ".join(str(getattr(value, "text", value)) for value in cells if value is not None))
    numbers = {value for value in cells if isinstance(value, int | Fraction)}
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Number):
                    assert cell.value in numbers or cell.shown in words
                elif cell is not None:
                    assert squeezed(shown_in_page(one_line(cell))) in words
    for text in [document.title, *(source_text(*each) for each in enumerate(document.sources, 1))]:
        assert squeezed(shown_in_page(one_line(text))) in words
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert squeezed(shown_in_page(one_line(block.words))) in words
        if isinstance(block, Figure):
            assert squeezed(shown_in_page(one_line(block.alt))) in words


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "")))


def words_of_picture(figure: ca.report.Figure) -> str:
    root = ET.fromstring(svg(figure))  # noqa: S314  (our own)
    found = ("".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text"))
    return " ".join(text for text in found if not text.endswith("…"))


@few
@given(outcomes())
def test_every_number_in_a_picture_stands_in_its_table(outcome: ca.Outcome) -> None:
    """Whoever cannot see a picture finds every number of it in the table below, or in the words of the result."""
    for figure in ca.report.paper(outcome).figures:
        table = " ".join(str(cell) for row in figure.table.rows for cell in row if cell is not None)
        names = " ".join(entry.title for entry in outcome.profile)
        said = one_line(f"{table} {figure.alt} {outcome.assessment.council} {names}")
        assert numbers_in(words_of_picture(figure)) <= numbers_in(said)


@given(outcomes())
def test_a_paper_says_what_the_result_is_and_no_more(outcome: ca.Outcome) -> None:
    """A paper opens with the result, keeps flags that may hold apart, and marks each statement that is not known."""
    document = ca.report.paper(outcome)
    lead = document.blocks[0]
    assert isinstance(lead, Paragraph)
    assert outcome.result in lead.text
    possible = [flag.text for flag in outcome.flags if not flag.certain]
    for block, after in zip(document.blocks, document.blocks[1:], strict=False):
        if block == Heading("Flags") and isinstance(after, Listing):
            assert len(after.items) == sum(flag.certain for flag in outcome.flags)
        if isinstance(block, Heading) and block.text.startswith("Flags: may hold") and isinstance(after, Listing):
            assert len(after.items) == len(possible)
    profile = document.figures[-1].table
    for row in profile.rows:
        assert row[3] is not None


def test_what_was_printed_stays_apart_from_what_is_worked_out() -> None:
    """For Leeds, whose scores were not seen, a paper says what CQC printed, and gives no range."""
    document = ca.report.paper(ca.assess(ca.published("Leeds")[-1]))
    lead = document.blocks[0]
    assert isinstance(lead, Paragraph)
    assert lead.text == "Printed: Good, 70 out of 100. Worked out: no scores are known."
    ladder = document.figures[0].table
    assert ("Good", "63 to 87", "printed") in ladder.rows
    assert {row[2] for row in ladder.rows} == {None, "printed"}


@pytest.mark.parametrize("ending", ["html", "md", "docx", "xlsx", "ods", "svg", "png"])
def test_each_form_is_written_whole(tmp_path: Path, ending: str) -> None:
    """The ending of the file says in which form a paper is written."""
    target = tmp_path / f"camden.{ending}"
    ca.report.write(ca.assess(ca.published("Camden")[-1]), target)
    starts = {
        "html": b"<!DOCTYPE",
        "md": b"# Camden",
        "docx": b"PK",
        "xlsx": b"PK",
        "ods": b"PK",
        "svg": b"<svg",
        "png": b"\x89PNG",
    }
    assert target.read_bytes().startswith(starts[ending])
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_picture_says_what_it_shows() -> None:
    """A picture has its title and its words inside it, so that it can be read aloud wherever it is put."""
    figure = ca.report.paper(ca.assess(ca.published("Camden")[-1])).figures[0]
    root = ET.fromstring(svg(figure))  # noqa: S314
    found = {node.tag.rpartition("}")[2]: node.text for node in root}
    assert found["title"] == figure.title
    assert found["desc"] == figure.alt
    assert "Outstanding, 89 out of 100." in figure.alt
    assert "1 point less could give Good." in figure.alt
    assert png(figure).startswith(b"\x89PNG")


def test_what_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """Another ending, a picture that is not there and a template that is no Word document are refused."""
    outcome = ca.assess(ca.published("Camden")[-1])
    with pytest.raises(ca.CareAssureError, match=r"the ending \.pdf is not known for a paper\. Use \.html"):
        ca.report.write(outcome, tmp_path / "a.pdf")
    with pytest.raises(ca.CareAssureError, match="there is no picture 9 in this paper"):
        ca.report.write(outcome, tmp_path / "a.svg", picture=9)
    with pytest.raises(ca.CareAssureError, match="goes with a Word document"):
        ca.report.write(outcome, tmp_path / "a.html", template=tmp_path / "t.docx")
    (tmp_path / "t.docx").write_text("no document")
    with pytest.raises(ca.CareAssureError, match="it is not a Word document"):
        ca.report.write(outcome, tmp_path / "a.docx", template=tmp_path / "t.docx")
    with pytest.raises(ca.CareAssureError, match="the list is empty"):
        ca.report.write((), tmp_path / "a.html")
    assert [path.name for path in tmp_path.iterdir()] == ["t.docx"]


def test_the_styles_of_a_template_apply(tmp_path: Path) -> None:
    """A council's template gives its styles and its header; what it lacks falls back to its plain text."""
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Exampleshire Council"
    heading: Any = template.styles["Heading 1"]
    heading.font.name = "Georgia"
    template.save(str(tmp_path / "council.docx"))
    ca.report.write(ca.assess(ca.published("Camden")[-1]), tmp_path / "a.docx", template=tmp_path / "council.docx")
    made = docx.Document(str(tmp_path / "a.docx"))
    assert made.sections[0].header.paragraphs[0].text == "Exampleshire Council"
    style: Any = made.styles["Heading 1"]
    assert style.font.name == "Georgia"


def test_what_the_council_must_write_cannot_be_overlooked() -> None:
    """A sentence that only the council can write is marked in every form."""
    document = Document(
        "Paper", (Paragraph("Financial implications.", "to_write"), Paragraph("Old figures.", "caution"))
    )
    assert f"<strong>{TO_WRITE}:</strong>" in html(document)
    assert f"> **{TO_WRITE}: Financial implications.**" in markdown(document)
    made = docx.Document(io.BytesIO(word(document)))
    assert f"{TO_WRITE}: Financial implications." in [paragraph.text for paragraph in made.paragraphs]
    assert f"{CAUTION}: Old figures." in [paragraph.text for paragraph in made.paragraphs]


def test_sources_lead_to_the_web_and_nowhere_else() -> None:
    """A source is a link where its address is one of the web; any other address is left out."""
    good = ca.Reference("a", "CQC, page", "https://example.org/x")
    bad = ca.Reference("b", "Trick", "javascript:alert(1)")
    document = Document("Paper", (), (good, bad))
    page = parse(html(document))
    assert [node.attributes["href"] for node in page.all("a")] == ["https://example.org/x"]
    assert "javascript" not in markdown(document)
    assert source_text(1, good) in page.one("main").text


NASTY = {
    "a script": "<script>alert(1)</script>",
    "a code for a terminal": "\x1b[2Jgone",
    "a turned order": "abc\u202egnp.exe",
    "a formula": "=1+1",
    "a very long word": "x" * 100_000,
}


@pytest.mark.parametrize("name", NASTY)
def test_what_a_user_wrote_is_shown_as_text_in_every_form(name: str, tmp_path: Path) -> None:
    """A script, codes for a terminal, marks that turn the order and formulas stand as text, wherever they are put."""
    text = NASTY[name]
    figure = Figure(text, text, str(PICTURE), Table(text, (text,), ((text,),)))
    document = Document(text, (Heading(text), Paragraph(text), Listing((text,)), figure), (ca.Reference("a", text),))
    page = parse(html(document))
    assert_stands_alone(page)
    for ending in ("html", "md", "docx", "xlsx", "ods", "svg", "png"):
        ca.report.write(document, tmp_path / f"a.{ending}")
    made = docx.Document(str(tmp_path / "a.docx"))
    assert made.tables[0].rows[1].cells[0].text == one_line(text)
    sheets = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in sheets.worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    written = (tmp_path / "a.md").read_text("utf-8") + (tmp_path / "a.html").read_text("utf-8")
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert "<script>alert" not in written
