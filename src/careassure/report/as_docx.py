# ruff: noqa: ANN401  (python-docx is imported when it is first used, and so are its types)
"""A paper as a Word document, in Word's own styles, so that a council's template applies; with words for pictures."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from careassure.errors import ReadError
from careassure.io.files import path_of
from careassure.model.markup import web_address
from careassure.model.safe_text import one_line
from careassure.report.as_html import SOURCES
from careassure.report.as_picture import missing, png
from careassure.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    Listing,
    Number,
    Paragraph,
    Table,
    source_text,
)
from careassure.report.drawing import cut
from careassure.report.word_look import complete, dress, element, field, footer, speak_english
from careassure.report.word_tables import heights, widths

_WIDTH = 12.0
"""How wide a picture is, in centimetres, so that its letters are as big as those of the text."""
_HEIGHT = 19.0
"""How high a picture may be, in centimetres; a higher one is made smaller, so that a page holds it and its title."""
_LONGEST = 255
"""The most letters of what Word keeps about a document, such as its title; the paper itself has all of it."""
_WHOLE = 8.0
"""A table of at most this height, in centimetres, is not parted by the end of a page."""
_ROW = 12.0
"""A row of at most this height is not parted either."""
_CONTENTS = 12
"""A paper with at least so many parts begins with a list of them."""
_A4 = (21.0, 2.3)
"""How wide a page and its margins are where a template does not say."""
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def docx(document: Document, template: str | os.PathLike[str] | None = None) -> bytes:
    """The paper as a Word document.

    Headings, lists, captions and tables have the styles that Word itself gives them, so that they look as the template
    says. The first row of a table is marked as its head and is repeated on each page. Pictures and tables have words
    for those who do not see them. No name of an author is kept.

    Args:
        document: The paper.
        template: A document (.docx) whose styles, margins, header and footer are used. What stands in it comes first.

    Raises:
        MissingExtraError: python-docx or vl-convert-python is not installed.
        ReadError: The template is not a Word document.
    """
    if find_spec("docx") is None:
        raise missing("a Word document", "python-docx")
    writer = _Writer(template)
    writer.write(document)
    return writer.bytes()


class _Writer:
    def __init__(self, template: str | os.PathLike[str] | None) -> None:
        self.word: Any = import_module("docx")
        self.names: Any = import_module("docx.oxml.ns")
        self.units: Any = import_module("docx.shared")
        self.plain = template is None
        self.file = self._open(template)
        self.counted = {"Figure": 0, "Table": 0}
        self.below_table = False
        self.parts = 0
        if self.plain:
            dress(self.file)
        else:
            complete(self.file)
        self.room = self._room()

    def _open(self, template: str | os.PathLike[str] | None) -> Any:
        if template is None:
            return self.word.Document()
        where = str(path_of(template))
        try:
            return self.word.Document(where)
        except OSError as error:
            raise ReadError(error.strerror or "it cannot be read", where=where) from None
        except Exception:  # noqa: BLE001  (a damaged file may fail in many ways)
            raise ReadError(
                "it is not a Word document", where=where, hint="Give a template that Word saved as .docx"
            ) from None

    def _room(self) -> float:
        """How much room there is from margin to margin, in centimetres."""
        section = self.file.sections[-1]
        page, edge = (self.units.Cm(length) for length in _A4)
        left, right = (edge if side is None else side for side in (section.left_margin, section.right_margin))
        return max(float(self.units.Length((section.page_width or page) - left - right).cm), 5.0)

    def write(self, document: Document) -> None:
        """Write all of it."""
        title = one_line(document.title)
        about = self.file.core_properties
        about.title, about.language = cut(title, _LONGEST), "en-GB"
        about.comments = cut(one_line(document.description), _LONGEST)
        about.author = about.last_modified_by = ""
        about.created = about.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        speak_english(self.file)
        if self.plain:
            footer(self.file, cut(title, 80))
        self._text(title, "Title")
        heads = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
        heads += [SOURCES] if document.sources else []
        if len(heads) >= _CONTENTS:
            self._contents(heads)
        for block in document.blocks:
            self._block(block)
        if document.sources:
            self._heading(Heading(SOURCES))
            for number, reference in enumerate(document.sources, 1):
                self._link(self._text("", "Normal"), source_text(number, reference), reference.url)

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _text(self, text: str, style: str) -> Any:
        made = self.file.add_paragraph(one_line(text), style=style if style != "Normal" else None)
        if self.below_table and not style.startswith("Heading"):  # a table has no room below it
            made.paragraph_format.space_before = self.units.Pt(8)
        self.below_table = False
        return made

    def _contents(self, heads: Sequence[str]) -> None:
        """The parts of the paper, each a link to its heading. Word can add the numbers of the pages: press F9."""
        for at, head in enumerate(heads):
            holder = self._text("", "Normal")
            holder.paragraph_format.space_after = self.units.Pt(2)
            if at == 0:
                holder._p.append(self._sign("begin"))  # noqa: SLF001  (python-docx knows no fields)
                code = holder.add_run()._r  # noqa: SLF001
                code.append(element("w:instrText"))
                code[-1].text = ' TOC \\o "1-1" \\h '
                holder._p.append(self._sign("separate"))  # noqa: SLF001
            link = element("w:hyperlink", anchor=f"_Toc{at + 1}")
            holder._p.append(link)  # noqa: SLF001
            link.append(holder.add_run(one_line(head))._r)  # noqa: SLF001
            if at == len(heads) - 1:
                holder._p.append(self._sign("end"))  # noqa: SLF001

    def _sign(self, kind: str) -> Any:
        """Where a field begins, where what it shows begins, and where it ends."""
        run = element("w:r")
        run.append(element("w:fldChar", fldCharType=kind))
        return run

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Listing):
            for depth, item in block.nested:
                self._text(item, f"List Bullet {min(depth, 2) + 1}" if depth else "List Bullet")
        elif isinstance(block, Figure):
            self._figure(block)
            self._table(block.table)
        else:
            self._table(block)

    def _heading(self, block: Heading) -> None:
        made = self._text(block.text, f"Heading {block.level}")
        if block.level == 1:
            self.parts += 1
            number, name = str(self.parts), f"_Toc{self.parts}"
            made._p.insert_element_before(element("w:bookmarkStart", id=number, name=name), "w:r")  # noqa: SLF001
            made._p.append(element("w:bookmarkEnd", id=number))  # noqa: SLF001

    def _paragraph(self, block: Paragraph) -> None:
        made = self._text("", "Intense Quote" if block.role == "to_write" else "Normal")
        if block.before:
            made.add_run(f"{block.before} ").bold = True
        made.add_run(one_line(block.text)).bold = True if block.role == "lead" else None

    def _caption(self, kind: str, text: str) -> Any:
        """A title with its number, by which minutes can name it; Word counts anew where a council adds its own."""
        self.counted[kind] += 1
        made = self._text(f"{kind} ", "Caption")
        field(made, f"SEQ {kind} \\* ARABIC", str(self.counted[kind]))
        made.add_run(f": {one_line(text)}")
        return made

    def _figure(self, figure: Figure) -> None:
        holder = self.file.add_paragraph()
        holder.paragraph_format.keep_with_next = True
        width = self.units.Cm(min(_WIDTH, self.room))
        shape = holder.add_run().add_picture(io.BytesIO(png(figure)), width=width)
        most = self.units.Cm(_HEIGHT)
        if shape.height > most:
            shape.width, shape.height = int(shape.width * most / shape.height), most
        about = shape._inline.docPr  # noqa: SLF001  (python-docx has no other way to give words to a picture)
        about.set("title", one_line(figure.title))
        about.set("descr", one_line(figure.alt))
        self._caption("Figure", figure.title)

    def _table(self, table: Table) -> None:
        self._caption("Table", table.title).paragraph_format.keep_with_next = True
        made = self.file.add_table(rows=1, cols=len(table.heads))
        made.style, made.autofit = "Table Grid", False
        properties = made._tbl.tblPr  # noqa: SLF001
        properties.append(element("w:tblCaption", val=one_line(table.title)))
        properties.append(element("w:tblDescription", val=one_line(" ".join(table.notes) or table.title)))
        texts = [["" if cell is None else one_line(str(cell)) for cell in row] for row in (table.heads, *table.rows)]
        wide = widths(texts, self.room)
        tall = heights(texts, wide)
        whole = sum(tall) <= _WHOLE
        for at, (row, words) in enumerate(zip((table.heads, *table.rows), texts, strict=True)):
            keep = at + 1 < len(texts) and (whole or at == 0)
            self._row(made.add_row() if at else made.rows[0], row, words, head=at == 0, keep=keep, low=tall[at] <= _ROW)
        for column, width in zip(made.columns, wide, strict=True):
            column.width = self.units.Cm(width)
            for cell in column.cells:
                cell.width = self.units.Cm(width)
        self.below_table = True
        for note in table.notes:
            self._text(note, "Normal")

    def _row(
        self, row: Any, cells: Sequence[object], words: Sequence[str], *, head: bool, keep: bool, low: bool
    ) -> None:
        settings = row._tr.get_or_add_trPr()  # noqa: SLF001
        if low:
            settings.append(element("w:cantSplit"))
        if head:
            settings.append(element("w:tblHeader"))
        for at, (cell, value, text) in enumerate(zip(row.cells, cells, words, strict=True)):
            holder = cell.paragraphs[0]
            holder.paragraph_format.keep_with_next = keep
            holder.paragraph_format.space_before = holder.paragraph_format.space_after = self.units.Pt(1.5)
            run = holder.add_run(text)
            run.bold = True if head or at == 0 else None
            if self.plain:
                run.font.size = self.units.Pt(10)
            if isinstance(value, Number):
                holder.alignment = 2  # right

    def _link(self, holder: Any, text: str, url: str) -> None:
        """A text that leads to an address; the text alone where it is not one of the web."""
        address = web_address(url)
        if address is None:
            holder.add_run(one_line(text))
            return
        made = element("w:hyperlink")
        made.set(self.names.qn("r:id"), self.file.part.relate_to(address, _HYPERLINK, is_external=True))
        holder._p.append(made)  # noqa: SLF001
        run = holder.add_run(one_line(text))
        run.font.underline = True
        made.append(run._r)  # noqa: SLF001
