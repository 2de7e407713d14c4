"""Write a book as a workbook of Excel. XlsxWriter does it; it is the extra ``report``."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from fractions import Fraction
from typing import Any

from careassure.errors import MissingExtraError
from careassure.model.safe_text import guarded
from careassure.report.book import Formula, Input, Link, Named
from careassure.report.book_layout import Laid, LaidBook, LaidSheet
from careassure.report.formula import Place, excel, excel_address

FONT = "Arial"
SIZE = 12
LINE = 15.75
"""How high a line of that size is, in points."""
_NO_DAY = dt.datetime(1980, 1, 1)  # noqa: DTZ001  (it is taken out again: the same book gives the same bytes)
_STAMP = (1980, 1, 1, 0, 0, 0)
_WHEN = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_REFUSED = "This cannot be used"


def xlsx_bytes(book: LaidBook) -> bytes:
    """A book as a workbook of Excel; the same book always gives the same bytes.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError(
            "a workbook of Excel needs XlsxWriter, which is not installed", hint="pip install 'careassure[report]'"
        ) from None
    stream = io.BytesIO()
    made: Any = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    made.set_properties({"title": book.title, "author": "careassure", "created": _NO_DAY})
    _Writer(made, book).write()
    made.close()
    return _tagged(stream.getvalue())


class _Writer:
    def __init__(self, made: Any, book: LaidBook) -> None:  # noqa: ANN401
        self.made = made
        self.book = book
        self.lists = 0
        plain = {"font_name": FONT, "font_size": SIZE}
        for style in made.formats:
            style.set_font_name(FONT)
            style.set_font_size(SIZE)
        wrapped = plain | {"text_wrap": True, "valign": "top"}
        self.title = made.add_format(plain | {"bold": True, "font_size": 16})
        self.title.xf_id = 2  # a style of its own, see `_tagged`
        self.line = made.add_format(plain)
        self.head = made.add_format(wrapped | {"bold": True})
        self.text = made.add_format(wrapped)
        self.kept = made.add_format(wrapped | {"num_format": "@", "quote_prefix": True})
        self.number = made.add_format(wrapped | {"num_format": "#,##0", "align": "right", "indent": 1})
        self.decimal = made.add_format(wrapped | {"num_format": "#,##0.00", "align": "right", "indent": 1})
        self.day = made.add_format(wrapped | {"num_format": "yyyy-mm-dd", "align": "right", "indent": 1})
        self.typed = made.add_format(wrapped | {"border": 1, "align": "left"})
        self.link = made.get_default_url_format()
        self.link.set_font_name(FONT)
        self.link.set_font_size(SIZE)

    def write(self) -> None:
        sheets = [(sheet, self.made.add_worksheet(sheet.name)) for sheet in self.book.sheets]
        for sheet, place in sheets:
            self._sheet(sheet, place)
        sheets[0][1].activate()

    def _sheet(self, sheet: LaidSheet, made: Any) -> None:  # noqa: ANN401
        for column, width in enumerate(sheet.widths):
            made.set_column(column, column, width)
        if sheet.heads:
            last = sheet.top + len(sheet.rows), len(sheet.heads) - 1
            columns = [{"header": head, "header_format": self.head} for head in sheet.heads]
            made.add_table(
                sheet.top, 0, *last, {"name": sheet.table, "columns": columns, "autofilter": False, "style": None}
            )
        for place, cell in sheet.cells():
            if place.row < sheet.top:
                style = self.title if place.row == 0 else self.line
                self._cell(made, place, cell, style)
            else:
                self._cell(made, place, cell, self.text)
        for row in range(len(sheet.rows) + 1 if sheet.heads else 0):
            lines = sheet.lines_of(row)
            if lines > 1:  # what only shows a text is high enough for it; other rows grow by themselves
                made.set_row(sheet.top + row, min(lines * LINE, 400))
        made.set_landscape()
        made.fit_to_pages(1, 0)

    def _cell(self, made: Any, place: Place, cell: Laid, style: Any) -> None:  # noqa: ANN401
        at = (place.row, place.column)
        match cell:
            case None:
                made.write_blank(*at, None, style)
            case str():
                made.write_string(*at, cell, self.kept if guarded(cell) != cell and style is self.text else style)
            case Fraction():
                made.write_number(*at, float(cell), self.decimal)
            case int():
                made.write_number(*at, cell, self.number)
            case dt.date():
                made.write_datetime(*at, dt.datetime(cell.year, cell.month, cell.day), self.day)  # noqa: DTZ001
            case Link(text, target):
                inside = any(sheet.name == target for sheet in self.book.sheets)
                address = f"internal:'{target}'!A1" if inside else target
                if len(address) > 2_000 or not (inside or re.match(r"https?://", address)):
                    made.write_string(*at, text, self.text)
                else:
                    made.write_url(*at, address, self.link, text)
            case Formula():
                value = self.book.value(cell)
                plain = isinstance(value, float)
                styled = self.decimal if plain else self.number if type(value) is int else style
                made.write_formula(*at, "=" + excel(cell.expression, self.book.places), styled, value)
            case Named(_, value):
                self._cell(made, place, value, style)
            case Input():
                self._input(made, place, cell)

    def _input(self, made: Any, place: Place, cell: Input) -> None:  # noqa: ANN401
        at = (place.row, place.column)
        if cell.value == "":
            made.write_blank(*at, None, self.typed)
        elif isinstance(cell.value, str):
            made.write_string(*at, cell.value, self.typed)
        else:
            made.write_number(*at, cell.value, self.typed)
        if cell.choices:
            ends = self.book.list_of(cell)
            source: Any = list(cell.choices)
            if ends is not None:
                source = f"={excel_address(ends[0])}:${ends[1].letters}${ends[1].row + 1}"
            made.data_validation(
                *at, *at,
                {
                    "validate": "list", "source": source, "ignore_blank": True,
                    "error_title": _REFUSED, "error_message": error_words(cell)[:255],
                    "input_title": "What to type", "input_message": cell.prompt[:255],
                },
            )  # fmt: skip


def error_words(cell: Input) -> str:
    """What is said to whoever types something that is no choice."""
    return f"Type one of these, or leave the cell blank: {', '.join(map(str, cell.choices))}"


def _tagged(data: bytes) -> bytes:
    """The file with its titles marked as headings, its language said, and the same stamp on all of its parts."""
    found = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for item in found.infolist():
            part = found.read(item)
            if item.filename == "xl/styles.xml":
                part = _with_heading(part.decode()).encode()
            elif item.filename == "docProps/core.xml":
                part = _WHEN.sub(b"", part)
                part = part.replace(b"</cp:coreProperties>", b"<dc:language>en-GB</dc:language></cp:coreProperties>")
            made.writestr(zipfile.ZipInfo(item.filename, _STAMP), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_heading(styles: str) -> str:
    """The styles with that of headings, which the format of titles names as the one with number 2."""
    used = re.search(r'<xf [^>]*fontId="(\d+)"[^>]*xfId="2"', styles)
    base = re.search(r'<cellStyleXfs count="(\d)">(.*?)</cellStyleXfs>', styles)
    if used is None or base is None:
        raise ValueError("XlsxWriter writes styles in another form than this version knows")
    filler = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' if base[1] == "1" else ""
    heading = f'<xf numFmtId="0" fontId="{used[1]}" fillId="0" borderId="0" applyFont="1"/>'
    styles = styles.replace(base[0], f'<cellStyleXfs count="3">{base[2]}{filler}{heading}</cellStyleXfs>')
    count = 3 if base[1] != "1" else 2
    return re.sub(
        r'<cellStyles count="\d">',
        f'<cellStyles count="{count}"><cellStyle name="Heading 1" xfId="2" builtinId="16"/>',
        styles,
    )
