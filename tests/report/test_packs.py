"""The packs of the three worked cases as files: built as a clerk would get them, and kept by another program."""

from __future__ import annotations

import io
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.safe_text import one_line
from careassure.report.as_docx import docx as word
from careassure.report.as_html import html
from careassure.report.document import TO_WRITE
from careassure.report.word_tables import heights, letters, widths
from libreoffice import converted

from . import word_facts
from .parsed import assert_stands_alone, parse

WORKED = Path(__file__).parents[2] / "docs" / "worked"
CASES = {"leicester": "2026-11-01", "rotherham": "2026-11-01", "exampleshire": "2026-10-01"}
Document, Heading, Paragraph, Table = ca.report.Document, ca.report.Heading, ca.report.Paragraph, ca.report.Table


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[ca.report.Document, Path]]:
    """The pack of a case, and the folder in which it lies as .docx and as .html; each is built once."""
    base = tmp_path_factory.mktemp("packs")
    made: dict[str, tuple[ca.report.Document, Path]] = {}

    def build(name: str) -> tuple[ca.report.Document, Path]:
        if name not in made:
            folder = base / name
            folder.mkdir()
            work = ca.workspaces.init_example(base / "w") if name == "exampleshire" else WORKED / name
            pack = ca.report.pack(work, CASES[name])
            for ending in ("docx", "html"):
                ca.report.write(pack, folder / f"pack.{ending}")
            made[name] = pack, folder
        return made[name]

    return build


Built = Callable[[str], tuple[ca.report.Document, Path]]
each_case = pytest.mark.parametrize("name", CASES)
BUILT_ONCE = pytest.mark.xdist_group("packs")
"""Tests of packs run in one process, which builds each pack once."""


@pytest.mark.slow
@BUILT_ONCE
@each_case
def test_a_pack_in_word_is_built_as_guides_to_accessible_documents_ask(name: str, built: Built) -> None:
    """Headings in their order and levels, marked heads, words for pictures and tables, language, title, no author."""
    pack, folder = built(name)
    file = docx.Document(str(folder / "pack.docx"))
    wanted = [(block.level, one_line(block.text)) for block in pack.blocks if isinstance(block, Heading)]
    assert word_facts.headings(file) == [*wanted, (1, "Sources")]
    levels = [level for level, _ in word_facts.headings(file)]
    assert all(after <= before + 1 for before, after in itertools.pairwise([0, *levels]))
    assert word_facts.alts(file) == [one_line(figure.alt) for figure in pack.figures]
    assert all(word_facts.alts(file))
    assert [words[0] for words in word_facts.table_words(file)] == [one_line(table.title) for table in pack.tables]
    assert all(word_facts.heads_marked(file))
    assert word_facts.languages(file) == {"en-GB"}
    about = file.core_properties
    assert (about.title, about.language, about.author, about.last_modified_by) == (pack.title, "en-GB", "", "")
    assert not [item.text for item in file.paragraphs if not item.text and not item._p.xpath(".//w:drawing")]


@pytest.mark.slow
@BUILT_ONCE
@each_case
def test_what_the_council_must_write_stands_in_a_frame(name: str, built: Built) -> None:
    """Each such sentence has a style of its own, with a frame and its words before it, in Word and on the page."""
    pack, folder = built(name)
    file = docx.Document(str(folder / "pack.docx"))
    wanted = [block.words for block in pack.blocks if isinstance(block, Paragraph) and block.role == "to_write"]
    found = [item for item in file.paragraphs if word_facts.style_of(item) == "Intense Quote"]
    assert [item.text for item in found] == wanted
    assert all(text.startswith(TO_WRITE) for text in wanted)
    assert len(file.styles["Intense Quote"].element.xpath("w:pPr/w:pBdr/*")) == 4
    page = parse((folder / "pack.html").read_text("utf-8"))
    assert_stands_alone(page)
    assert [" ".join(node.text.split()) for node in page.all("p", "to-write")] == wanted


@pytest.mark.slow
@BUILT_ONCE
@each_case
def test_a_pack_can_be_quoted_in_minutes(name: str, built: Built) -> None:
    """Pages, pictures and tables are numbered, and the list of parts leads to each of them."""
    pack, folder = built(name)
    file: Any = docx.Document(str(folder / "pack.docx"))
    captions = [item.text for item in file.paragraphs if word_facts.style_of(item) == "Caption"]
    body = file.element.body
    fields = word_facts.fields_of(body)
    assert len(captions) == len(pack.figures) + len(pack.tables) == len(fields)
    assert (fields.count("SEQ Figure"), fields.count("SEQ Table")) == (len(pack.figures), len(pack.tables))
    links = body.xpath(".//w:hyperlink/@w:anchor")
    marks = body.xpath(".//w:bookmarkStart/@w:name")
    parts = [text for level, text in word_facts.headings(file) if level == 1]
    assert links == marks
    assert len(links) == len(parts) > 12
    assert word_facts.fields_of(file.sections[0].footer._element) == ["PAGE", "NUMPAGES"]
    assert (round(file.sections[0].page_width.cm, 1), round(file.sections[0].page_height.cm, 1)) == (21.0, 29.7)


@pytest.mark.slow
@BUILT_ONCE
def test_libreoffice_keeps_packs(built: Built, tmp_path: Path) -> None:
    """Saved by LibreOffice as .docx, and as .odt and .docx again, each says the same and is built the same.

    The titles of tables are their captions too: LibreOffice itself keeps no words beside a table.
    """
    packs = [tmp_path / f"{name}.docx" for name in CASES]
    for pack in packs:
        shutil.copy(built(pack.stem)[1] / "pack.docx", pack)
    again = converted(converted(packs, "odt"), "docx")
    for pack, saved, back in zip(packs, converted(packs, "docx"), again, strict=True):
        before = word_facts.facts(pack)
        assert word_facts.facts(saved) == before, pack.name
        assert word_facts.facts(back) == before, pack.name


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A council's template: A5 across, letters and a footer of its own."""
    file: Any = docx.Document()
    section = file.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(21), Cm(14.8)
    file.styles["Heading 1"].font.name, file.styles["Heading 1"].font.size = "Georgia", Pt(31)
    section.footer.paragraphs[0].text = "A council's own foot"
    file.save(str(tmp_path / "template.docx"))
    return tmp_path / "template.docx"


PAPER = Document(
    "Paper",
    (
        Heading("A part"),
        ca.report.Listing(("one", "below", "two"), (0, 1, 0)),
        Table("A table", ("Name", "What it is"), (("a", "first"), ("b", "second"))),
        Paragraph("Something.", "to_write"),
    ),
)


def opened(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def test_a_template_says_how_a_paper_looks(template: Path) -> None:
    """Its paper, letters and footer stay as they are, and a table is as wide as its page allows."""
    file = opened(word(PAPER, template))
    style = file.styles["Heading 1"]
    assert (style.font.name, style.font.size) == ("Georgia", Pt(31))
    section = file.sections[0]
    assert (round(section.page_width.cm, 1), section.page_height < section.page_width) == (21.0, True)
    assert [item.text for item in section.footer.paragraphs] == ["A council's own foot"]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in file.tables[0].columns) <= room + len(PAPER.tables[0].heads)


def test_a_style_that_a_template_lacks_is_added(template: Path, tmp_path: Path) -> None:
    """Without it a heading would be mere text, and a list would have no marks."""
    bare = docx.Document(str(template))
    for style in list(bare.styles):
        if style.name != "Normal" and style.type is not None:
            style.element.getparent().remove(style.element)
    for key, relation in list(bare.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del bare.part.rels[key]
    bare.save(str(tmp_path / "bare.docx"))
    file = opened(word(PAPER, tmp_path / "bare.docx"))
    assert word_facts.headings(file) == [(1, "A part")]
    kept = [(word_facts.style_of(item), item.text) for item in file.paragraphs if item.text]
    assert ("Intense Quote", "To be written by the council: Something.") in kept
    assert ("List Bullet", "one") in kept
    assert ("List Bullet 2", "below") in kept
    assert file.tables[0].style.name == "Table Grid"
    numbers = {name: file.styles[name].element.xpath("w:pPr/w:numPr/w:numId/@w:val") for name, _ in kept[1:4]}
    known = file.part.numbering_part.element.xpath("w:num/@w:numId")
    assert numbers == {"Heading 1": [], "List Bullet": [known[0]], "List Bullet 2": [known[1]]}
    (saved,) = converted([_written(tmp_path, word(PAPER, tmp_path / "bare.docx"))], "docx")
    assert word_facts.facts(saved)["headings"] == [(1, "A part")]


def _written(folder: Path, made: bytes) -> Path:
    (folder / "own.docx").write_bytes(made)
    return folder / "own.docx"


def test_a_longer_text_gets_a_wider_column() -> None:
    """The columns fill the table, a short word is not broken, and the column with most to say is the widest."""
    rows = [["Date", "Kind", "More"], ["September 2026", "Peer review", "words " * 60]]
    found = widths(rows, 16.0)
    assert sum(found) == pytest.approx(16.0)
    assert found[2] > found[0]
    assert found[0] > letters("September")
    low, high = heights(rows, found)
    assert low < high < 6


@pytest.mark.parametrize("depths", [(0,), (1, 0), (0, 2), (0, -1), (0, 1, 2)])
def test_a_list_whose_items_hang_nowhere_is_refused(depths: tuple[int, ...]) -> None:
    """Each item has a depth, and lies at most one below the item before it."""
    with pytest.raises(InvalidInputError, match="an item has no depth"):
        ca.report.Listing(("one", "two"), depths)


def test_indented_lines_become_lists_in_lists() -> None:
    """A line that is indented further than the one before lies below it, however far."""
    found = ca.report.Listing.of_lines(["a", "    b", "      c", "    d", "", "e"])
    assert found.nested == ((0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e"))
    page = parse(html(Document("Paper", (found,))))
    assert [len(node.all("ul")) for node in page.one("main").all("ul")] == [3, 2, 1]
