"""What a user wrote is shown as text by every writer, wherever in a paper it stands; one test for each writer."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pytest
from attrs import evolve, fields, has
from docx.oxml.ns import qn
from hypothesis import example as example_
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import careassure as ca
from careassure.cli import main
from careassure.model.safe_text import guarded, one_line, printable, shown_in_page, unguarded
from careassure.report.as_book import book
from careassure.report.as_docx import docx as word
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown, plain
from careassure.report.as_picture import png, svg
from careassure.report.book_file import book_bytes
from careassure.report.document import Block, Role
from careassure.report.drawing import block, picture, words
from careassure.report.styling import walk_script
from careassure.report.tables import text_table
from careassure.testing.strategies import texts
from careassure.workspaces.starter import csv_text as folder_csv

from .parsed import assert_stands_alone, parse

Document, Figure, Heading, Listing = ca.report.Document, ca.report.Figure, ca.report.Heading, ca.report.Listing
Paragraph, Table = ca.report.Paragraph, ca.report.Table
TEXTS = {
    "a script": "<script>alert(1)</script>",
    "the end of a picture": "</svg></style><img src=x onerror=alert(1)>]]>&",
    "a code for a terminal": "\x1b[2J\x1b]0;gone\x07",
    "a turned order": "abc\u202egnp.exe\u2066",
    "a formula": "=1+1",
    "a formula of words": '@SUM(A1:A9)|"x"',
    "a tab and a formula": "\t=cmd|' /C calc'!A0",
    "a zero": "a\x00b",
    "half a letter": "a\ud800b",
    "pictures for letters": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4",
    "Markdown": "# | a | <b> [x](javascript:alert(1)) ![y](http://example.org/z)",
    "a very long word": "x" * 100_000,
}
"""What people paste, and what they try."""
FREE = {"summary", "source", "title", "notes", "note", "text", "reason", "role", "owner", "meeting", "unit", "scope"}
"""The fields of a workspace in which anything may stand."""
LONGEST = 32_767
"""The most characters of a cell, in Excel."""


def of_pieces(text: str) -> ca.report.Document:
    """A paper with the text in every place that a paper has."""
    drawn = picture(text, text, 60, words(text, 4, 20), *block(text, 4, 40, 200))
    table = Table(text, (text, f"{text} 2"), ((text, text),), (text,))
    roles: tuple[Role, ...] = ("text", "lead", "caution", "to_write")
    blocks: tuple[Block, ...] = (
        *(Heading(text, level) for level in (1, 2, 3)),
        *(Paragraph(text, role) for role in roles),
        Listing((text, text), (0, 1)),
        table,
        Figure(text, text, drawn, table),
    )
    return Document(text, blocks, (ca.Reference("a", text, f"javascript:{text}"), ca.Reference("b", text, text)), text)


@cache
def example() -> ca.workspaces.Workspace:
    """A workspace with something of everything."""
    with TemporaryDirectory() as folder:
        return evolve(ca.workspaces.init_example(Path(folder) / "w"), folder="")


def with_text(value: Any, text: str) -> Any:
    """A value in which the text stands in every field in which anything may stand."""
    if isinstance(value, tuple):
        return tuple(with_text(item, text) for item in value)
    if not has(type(value)) or not type(value).__module__.startswith("careassure.workspaces"):
        return value if not has(type(value)) or not hasattr(value, "summary") else evolve(value, summary=text)
    changed: dict[str, Any] = {}
    for each in fields(type(value)):
        inner = getattr(value, each.name)
        if isinstance(inner, str):
            changed |= {each.name: text} if each.name in FREE and inner else {}
        elif isinstance(inner, tuple):
            changed[each.name] = with_text(inner, text)
    return evolve(value, **changed)


def of_workspace(text: str) -> ca.report.Document:
    """The pack of a workspace with the text in all that people write; its statements hold the longest only once."""
    if len(text) > 1_000:
        first, *rest = example().evidence
        return ca.report.pack(evolve(example(), evidence=(evolve(first, summary=text), *rest)), "2026-10-01")
    return ca.report.pack(with_text(example(), text), "2026-10-01")


def of_outcome(text: str) -> ca.report.Document:
    """A result whose council and framework are called by the text."""
    base = ca.framework("cqc-la")
    themes = tuple(
        evolve(theme, title=f"{text} {at}",
               statements=tuple(evolve(item, title=f"{text} {item.id}", summary=text) for item in theme.statements))
        for at, theme in enumerate(base.themes)
    )  # fmt: skip
    framework = evolve(base, title=text, themes=themes)
    body = ca.Body("one", text, base.subject)
    return ca.report.paper(ca.assess(ca.Assessment.of(body, [3, 2, None, 3, 1, 4, 3, 3, 2], framework=framework)))


PAPERS: dict[str, Callable[[str], ca.report.Document]] = {
    "pieces": of_pieces, "workspace": of_workspace, "outcome": of_outcome,
}  # fmt: skip


@cache
def paper_with(kind: str, name: str) -> ca.report.Document:
    """A paper with a text in it."""
    return PAPERS[kind](TEXTS[name])


# The pack of a workspace is long; what writes it is the same as for the others.
each_paper = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=pytest.mark.slow if kind == "workspace" else ()) for kind in PAPERS]
)
each_text = pytest.mark.parametrize("name", TEXTS)


def start(text: str) -> str:
    """The beginning of a text as it is shown."""
    return one_line(text).strip()[:60]


def assert_holds(document: ca.report.Document, name: str) -> None:
    """The text got into the paper: otherwise nothing would be shown by the test."""
    assert any(start(TEXTS[name]) in one_line(text) for text in document.texts())


def shows_as_text(text: str) -> bool:
    """Whether nothing in a text steers what shows it, or cannot be seen."""
    return printable(text, keep="\n\t\u200d\u00a0\u00ad") == text


ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters but for ends of lines and tabs, halves of letters, and marks that turn the order."""


def nothing_odd(text: str) -> bool:
    """Whether a file of text has no control characters, no marks that turn the order, and no halves of letters."""
    return ODD.search(text) is None


@each_paper
@each_text
def test_a_page_shows_it_as_text(kind: str, name: str) -> None:
    """No tag, no address and no mark of it does anything on a page."""
    document = paper_with(kind, name)
    assert_holds(document, name)
    written = html(document)
    page = parse(written)
    assert_stands_alone(page)
    assert not page.all("img")
    assert nothing_odd(written)
    assert shown_in_page(start(TEXTS[name]))[:40].strip() in page.text


@each_paper
@each_text
def test_a_picture_shows_it_as_text(kind: str, name: str) -> None:
    """Each picture is sound XML, in which the text is text: no element of it is one."""
    for figure in paper_with(kind, name).figures:
        written = svg(figure)
        root = ET.fromstring(written)  # noqa: S314  (our own)
        tags = {node.tag.rpartition("}")[2] for node in root.iter()}
        assert not tags & {"img", "image", "a", "foreignObject"}
        scripts = [node.text for node in root.iter() if node.tag.endswith("}script")]
        assert scripts == [walk_script()]
        assert not [key for node in root.iter() for key in node.attrib if key.startswith("on") or key == "href"]
        assert nothing_odd(written)


@each_paper
@each_text
def test_a_png_is_drawn_of_it(kind: str, name: str) -> None:
    """The first picture is drawn, whatever stands in it."""
    made = png(paper_with(kind, name).figures[0])
    assert made.startswith(b"\x89PNG")
    assert len(made) > 500


@each_paper
@each_text
def test_markdown_shows_it_as_text(kind: str, name: str) -> None:
    """No sign of it is taken for a command, a tag, a link or the end of a cell."""
    document = paper_with(kind, name)
    written = markdown(document)
    assert nothing_odd(written)
    assert not re.search(r"(?<!\\)<(?!https?://)", written)
    assert not re.search(r"(?<!\\)\]\(", written)
    assert plain(start(TEXTS[name]))[:40].rstrip("\\") in written


def without_pictures(document: ca.report.Document) -> ca.report.Document:
    """The paper with the tables of its pictures alone: many pictures take long, and one is drawn elsewhere."""
    return evolve(document, blocks=tuple(b.table if isinstance(b, Figure) else b for b in document.blocks))


@each_paper
@each_text
def test_a_word_document_shows_it_as_text(kind: str, name: str) -> None:
    """It opens, says the text, and has no field and no link that the text made."""
    document = paper_with(kind, name)
    file = docx.Document(io.BytesIO(word(document if kind == "pieces" else without_pictures(document))))
    body = file.element.body
    said = "\n".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    assert start(TEXTS[name]) in said
    assert nothing_odd(said)
    codes = {(node.get(qn("w:instr")) or "").split()[0] for node in body.iter() if node.tag.endswith("}fldSimple")}
    assert codes <= {"SEQ"}
    targets = [rel.target_ref for rel in file.part.rels.values() if rel.is_external]
    assert all(re.match(r"https?://", target) for target in targets)


def cells_of_xlsx(opened: Workbook) -> Iterator[tuple[str, str]]:
    """The kind and the text of each cell that holds something."""
    for sheet in opened.worksheets:
        yield from (
            (cell.data_type, str(cell.value)) for row in sheet.iter_rows() for cell in row if cell.value is not None
        )


def cells_of_ods(made: bytes) -> Iterator[tuple[str, str]]:
    """The same of a spreadsheet of OpenDocument: ``f`` for a formula."""
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("content.xml"))  # noqa: S314  (our own)
    for cell in root.iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-cell"):
        formula = cell.get("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula")
        yield ("s" if formula is None else "f"), "".join(cell.itertext())


@each_paper
@each_text
@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_a_spreadsheet_keeps_it_as_text(kind: str, name: str, ending: str) -> None:
    """No cell is a formula, and a text that no cell can hold ends with how long it was."""
    document = paper_with(kind, name)
    made = book_bytes(book(document), ending)
    opened = load_workbook(io.BytesIO(made)) if ending == ".xlsx" else None
    cells = list(cells_of_ods(made) if opened is None else cells_of_xlsx(opened))
    assert not [text for kind_, text in cells if kind_ == "f"]
    assert any(shown_in_page(start(TEXTS[name]))[:40] in text for _, text in cells)
    assert all(len(text) <= LONGEST for _, text in cells)
    assert all(nothing_odd(text) for _, text in cells)
    if len(TEXTS[name]) > LONGEST:
        cut = [text for _, text in cells if len(text) > LONGEST - 10]
        assert cut
        told = re.compile(r"\(cut: the text has [\d,]{7,} characters, and a cell of a spreadsheet holds 32,767\)$")
        assert all(told.search(text) for text in cut)
    if opened is not None:
        tables = [table for sheet in opened.worksheets for table in sheet.tables.values()]
        heads = [[column.name.casefold() for column in table.tableColumns] for table in tables]
        assert all(len(head) <= 255 for row in heads for head in row)
        assert all(len(set(row)) == len(row) for row in heads)
        assert all(len(each) <= 31 for each in opened.sheetnames)


@each_text
def test_a_terminal_shows_it_as_text(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A table in letters and the words of a command steer no terminal, whatever the council is called."""
    text = TEXTS[name]
    shown = text_table([{f"{text} head": text, "b": text}], width=80)
    assert printable(shown, keep="\n") == shown
    assert start(text)[:8].strip() in shown
    assert main(["assess", *"333333333", "--council", text]) in (0, 1)
    out, err = capsys.readouterr()
    assert printable(out + err, keep="\n") == out + err


@each_text
def test_csv_keeps_it_as_text(name: str, tmp_path: Path) -> None:
    """No cell of a table that is written as CSV is worked out by what opens it."""
    from careassure.report.tables import csv_text
    from careassure.tables.opening import open_table

    text = TEXTS[name]
    written = csv_text([{"a": "1", text: text}, {"a": "2", text: "York"}])
    for cell in re.split(r'[,\r\n"]', written):
        assert guarded(cell) == cell or cell.startswith("'")
    if "\ud800" not in text and "\x00" not in text:
        (tmp_path / "a.csv").write_text(written, encoding="utf-8", newline="")
        assert open_table(tmp_path / "a.csv").layout.headers[0] == "a"


WRITERS = {"frame/by_engine.py", "frame/refusals.py", "report/tables.py", "workspaces/starter.py"}
"""The modules that write CSV."""


def test_every_module_that_writes_csv_guards_its_cells() -> None:
    """A table is written as CSV in four places, each of which guards cells; a fifth has to be looked at."""
    source = Path(ca.__file__).parent
    found = {path.relative_to(source).as_posix(): path.read_text("utf-8") for path in source.rglob("*.py")}
    writing = {
        name for name, text in found.items() if re.search(r"csv\.writer\(|write_csv\(|DictWriter|to_csv\(", text)
    }
    assert writing == WRITERS
    assert all("guard" in found[name] for name in WRITERS)


CELLS = st.lists(texts() | st.sampled_from(list(TEXTS.values())[:9]), min_size=2, max_size=2)


@example_([["", "\r"], ["a\rb", "c"]])
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_a_folder_of_csv_keeps_every_cell(rows: list[list[str]]) -> None:
    """What a workspace writes as CSV holds no cell that a spreadsheet works out, and every cell as it was."""
    written = folder_csv([["a", "b"], *rows])
    back = list(csv.reader(io.StringIO(written, newline="")))
    assert [[unguarded(cell) for cell in row] for row in back[1:]] == rows
    assert all(cell.startswith("'") or guarded(cell) == cell for row in back for cell in row)
