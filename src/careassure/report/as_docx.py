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

_WIDTH = 12.0
"""How wide a picture is, in centimetres."""
_HEIGHT = 21.0
"""How high a picture may be, in centimetres; a higher one is made smaller, so that a page holds it."""
_LONGEST = 255
"""The most letters of what Word keeps about a document, such as its title; the paper itself has all of it."""
_SHORT = 12
"""A table of at most so many rows is not parted by the end of a page."""
_PAGE = 15.2
"""How wide a table is, in centimetres."""
_LETTER = 0.21
"""How wide a letter is, about, in centimetres."""
_EDGE = 0.4
"""How wide the edges of a cell are, both together."""
_WORD = 14
"""A word of more letters, such as an address, may be broken."""
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
        self.oxml: Any = import_module("docx.oxml")
        self.names: Any = import_module("docx.oxml.ns")
        self.units: Any = import_module("docx.shared")
        self.file = self._open(template)
        self.styles = {style.name for style in self.file.styles}

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

    def write(self, document: Document) -> None:
        """Write all of it."""
        about = self.file.core_properties
        about.title, about.language = cut(one_line(document.title), _LONGEST), "en-GB"
        about.comments = cut(one_line(document.description), _LONGEST)
        about.author = about.last_modified_by = ""
        about.created = about.modified = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._language()
        self._text(document.title, "Title")
        for block in document.blocks:
            self._block(block)
        if document.sources:
            self._text(SOURCES, "Heading 1")
            for number, reference in enumerate(document.sources, 1):
                self._link(self._text("", "Normal"), source_text(number, reference), reference.url)

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _language(self) -> None:
        """What language all words are in, for those who have them read aloud."""
        for properties in self.file.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
            for old in properties.findall(self.names.qn("w:lang")):
                properties.remove(old)
            properties.append(self._element("w:lang", val="en-GB"))

    def _element(self, name: str, **values: str) -> Any:
        made = self.oxml.OxmlElement(name)
        for key, value in values.items():
            made.set(self.names.qn(f"w:{key}"), value)
        return made

    def _text(self, text: str, style: str) -> Any:
        return self.file.add_paragraph(one_line(text), style=style if style in self.styles else None)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._text(block.text, f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Listing):
            for item in block.items:
                self._text(item, "List Bullet")
        elif isinstance(block, Figure):
            self._figure(block)
            self._table(block.table)
        else:
            self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        made = self._text("", "Intense Quote" if block.role == "to_write" else "Normal")
        if block.before:
            made.add_run(f"{block.before} ").bold = True
        made.add_run(one_line(block.text)).bold = True if block.role == "lead" else None

    def _figure(self, figure: Figure) -> None:
        holder = self.file.add_paragraph()
        holder.paragraph_format.keep_with_next = True
        shape = holder.add_run().add_picture(io.BytesIO(png(figure)), width=self.units.Cm(_WIDTH))
        most = self.units.Cm(_HEIGHT)
        if shape.height > most:
            shape.width, shape.height = int(shape.width * most / shape.height), most
        about = shape._inline.docPr  # noqa: SLF001  (python-docx has no other way to give words to a picture)
        about.set("title", one_line(figure.title))
        about.set("descr", one_line(figure.alt))
        self._text(figure.title, "Caption")

    def _table(self, table: Table) -> None:
        caption = self._text(table.title, "Caption")
        caption.paragraph_format.keep_with_next = True
        made = self.file.add_table(rows=1, cols=len(table.heads))
        if "Table Grid" in self.styles:
            made.style = "Table Grid"
        properties = made._tbl.tblPr  # noqa: SLF001
        properties.append(self._element("w:tblCaption", val=one_line(table.title)))
        properties.append(self._element("w:tblDescription", val=one_line(" ".join(table.notes) or table.title)))
        self._row(made.rows[0], table.heads, head=True, keep=True)
        for at, row in enumerate(table.rows, 1):
            self._row(made.add_row(), row, keep=len(table.rows) <= _SHORT and at < len(table.rows))
        for column, width in zip(made.columns, _widths(table), strict=True):
            column.width = self.units.Cm(width)
            for cell in column.cells:
                cell.width = self.units.Cm(width)
        for note in table.notes:
            self._text(note, "Normal")
        if not table.notes:
            self._text("", "Normal")

    def _row(self, row: Any, cells: Sequence[object], *, head: bool = False, keep: bool = False) -> None:
        settings = row._tr.get_or_add_trPr()  # noqa: SLF001
        settings.append(self._element("w:cantSplit"))
        if head:
            settings.append(self._element("w:tblHeader"))
        for at, (cell, value) in enumerate(zip(row.cells, cells, strict=True)):
            holder = cell.paragraphs[0]
            holder.paragraph_format.keep_with_next = keep
            run = holder.add_run("" if value is None else one_line(str(value)))
            run.bold = True if head or at == 0 else None
            if isinstance(value, Number):
                holder.alignment = 2  # right

    def _link(self, holder: Any, text: str, url: str) -> None:
        """A text that leads to an address; the text alone where it is not one of the web."""
        address = web_address(url)
        if address is None:
            holder.add_run(one_line(text))
            return
        made = self._element("w:hyperlink")
        made.set(self.names.qn("r:id"), self.file.part.relate_to(address, _HYPERLINK, is_external=True))
        holder._p.append(made)  # noqa: SLF001
        run = holder.add_run(one_line(text))
        run.font.underline = True
        made.append(run._r)  # noqa: SLF001


def _widths(table: Table) -> list[float]:
    """How wide each column is, in centimetres: its longest word fits, and the rest goes by how much there is to say."""
    rows = [[str(cell or "") for cell in row] for row in (table.heads, *table.rows)]
    columns = list(zip(*rows, strict=True))
    words = [max((len(word) for text in column for word in text.split()), default=1) for column in columns]
    least = [_LETTER * min(word, _WORD) + _EDGE for word in words]
    wanted = [max(len(text) for text in column) ** 0.5 for column in columns]
    rest = max(_PAGE - sum(least), 0)
    widths = [each + rest * want / (sum(wanted) or 1) for each, want in zip(least, wanted, strict=True)]
    return [_PAGE * each / sum(widths) for each in widths]
