"""Write a book as an OpenDocument spreadsheet. Nothing is needed for it but what Python brings."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from careassure.report.book import Formula, Input, Link, Named
from careassure.report.book_layout import Laid, LaidBook, LaidSheet
from careassure.report.formula import Place, Value, open_formula
from careassure.report.xlsx_book import error_words

_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_STAMP = (1980, 1, 1, 0, 0, 0)
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_WRAP = '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"{}/>'
_RIGHT = '<style:paragraph-properties fo:text-align="end"/>'
_FONT = 'fo:font-family="Arial" fo:font-size="{}pt" fo:language="en" fo:country="GB"'
_WHOLE = (
    ' number:decimal-places="{}" number:min-decimal-places="{}" number:min-integer-digits="1" number:grouping="true"'
)
_STYLES = (
    f'<number:number-style style:name="whole"><number:number{_WHOLE.format(0, 0)}/></number:number-style>'
    f'<number:number-style style:name="decimal"><number:number{_WHOLE.format(2, 2)}/></number:number-style>'
    '<number:date-style style:name="day"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
    "</number:date-style>"
    '<number:text-style style:name="words"><number:text-content/></number:text-style>'
    f'<style:default-style style:family="table-cell"><style:text-properties {_FONT.format(12)}/></style:default-style>'
    '<style:style style:name="Default" style:family="table-cell"/>'
    '<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="table-cell" '
    f'style:parent-style-name="Default"><style:text-properties {_FONT.format(16)} fo:font-weight="bold"/></style:style>'
)
_PAGE = (
    '<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties '
    'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" '
    'style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles>'
    '<style:master-page style:name="Default" style:page-layout-name="page"><style:header style:display="false"/>'
    '<style:footer style:display="false"/></style:master-page></office:master-styles>'
)
_AUTOMATIC = '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>' + "".join(
    f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{data}>{inner}'
    "</style:style>"
    for name, data, inner in (
        ("head", "", _WRAP.format("") + '<style:text-properties fo:font-weight="bold"/>'),
        ("text", "", _WRAP.format("")),
        ("kept", ' style:data-style-name="words"', _WRAP.format("")),
        ("int", ' style:data-style-name="whole"', _WRAP.format(' fo:padding-right="0.25cm"') + _RIGHT),
        ("float", ' style:data-style-name="decimal"', _WRAP.format(' fo:padding-right="0.25cm"') + _RIGHT),
        ("date", ' style:data-style-name="day"', _WRAP.format(' fo:padding-right="0.25cm"') + _RIGHT),
        ("typed", "", _WRAP.format(' fo:border="0.5pt solid #000000"') + _RIGHT.replace("end", "start")),
    )
)


def ods_bytes(book: LaidBook) -> bytes:
    """A book as an OpenDocument spreadsheet; the same book always gives the same bytes."""
    parts = {
        "mimetype": _MIMETYPE,
        "META-INF/manifest.xml": _manifest(),
        "meta.xml": f"{_HEAD}<office:document-meta {_SPACES}><office:meta><meta:generator>careassure</meta:generator>"
        f"<dc:title>{escape(book.title)}</dc:title><meta:initial-creator>careassure</meta:initial-creator>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>",
        "settings.xml": _settings(book),
        "styles.xml": f"{_HEAD}<office:document-styles {_SPACES}><office:styles>{_STYLES}</office:styles>{_PAGE}"
        "</office:document-styles>",
        "content.xml": _Writer(book).content(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, _STAMP), text.encode(), kind)
    return out.getvalue()


def _manifest() -> str:
    files = [("/", _MIMETYPE), *((name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml",
                                                                 "settings.xml"))]  # fmt: skip
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in files
    )
    return f'{_HEAD}<manifest:manifest {_SPACES} manifest:version="1.3">{entries}</manifest:manifest>'.replace(
        ' office:version="1.3"', "", 1
    )


def _settings(book: LaidBook) -> str:
    """The first sheet is open, and the cursor stands in A1 of each."""
    item = '<config:config-item config:name="{}" config:type="{}">{}</config:config-item>'
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        f"{item.format('CursorPositionX', 'int', 0)}{item.format('CursorPositionY', 'int', 0)}"
        "</config:config-item-map-entry>"
        for sheet in book.sheets
    )
    return (
        f'{_HEAD}<office:document-settings {_SPACES}><office:settings><config:config-item-set config:name="'
        'ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        f"{item.format('ActiveTable', 'string', escape(book.sheets[0].name))}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )


class _Writer:
    def __init__(self, book: LaidBook) -> None:
        self.book = book
        self.validations: dict[tuple[str, str, str], str] = {}
        self.widths: dict[int, str] = {}

    def content(self) -> str:
        tables = "".join(self._sheet(sheet) for sheet in self.book.sheets)
        widths = "".join(
            f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{width * 0.26:.2f}cm"/></style:style>'
            for width, name in self.widths.items()
        )
        ranges = "".join(_range(sheet) for sheet in self.book.sheets if sheet.heads)
        return (
            f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>{_AUTOMATIC}{widths}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{self._validations()}{tables}"
            f"<table:database-ranges>{ranges}</table:database-ranges></office:spreadsheet></office:body>"
            "</office:document-content>"
        )

    def _sheet(self, sheet: LaidSheet) -> str:
        found = dict(sheet.cells())
        columns = "".join(
            f'<table:table-column table:style-name="{self.widths.setdefault(width, f"column{width}")}"/>'
            for width in sheet.widths or (20,)
        )
        lines = "".join(
            f"<table:table-row>{self._cell(Place(sheet.name, row, 0), found[Place(sheet.name, row, 0)], style)}"
            "</table:table-row>"
            for row in range(sheet.top)
            for style in ("Heading_20_1" if row == 0 else "Default",)
        )
        heads = "".join(_text_cell(head, "head") for head in sheet.heads)
        header = f"<table:table-header-rows><table:table-row>{heads}</table:table-row></table:table-header-rows>"
        rows = "".join(
            "<table:table-row>"
            + "".join(self._cell(Place(sheet.name, row, at), cell, "text") for at, cell in enumerate(cells))
            + "</table:table-row>"
            for row, cells in enumerate(sheet.rows, sheet.top + 1)
        )
        body = f"{header}{rows}" if sheet.heads else ""
        start = f'<table:table table:name={quoteattr(sheet.name)} table:style-name="sheet">'
        return f"{start}{columns}{lines}{body}</table:table>"

    def _cell(self, place: Place, cell: Laid, style: str) -> str:
        match cell:
            case None:
                return f'<table:table-cell table:style-name="{style}"/>'
            case str():
                return _text_cell(cell, "kept" if style == "text" else style)
            case Link(text, target):
                return self._link(text, target, style)
            case Named(_, value):
                return self._cell(place, value, style)
            case Formula():
                written = quoteattr(f"of:={open_formula(cell.expression, self.book.places)}")
                found = self.book.value(cell)
                kind = "float" if isinstance(found, float) else "int" if type(found) is int else style
                return _value_cell(found, kind, f" table:formula={written}")
            case Input():
                validation = self._validation(cell)
                more = f' table:content-validation-name="{validation}"' if validation else ""
                if cell.value == "":
                    return f'<table:table-cell table:style-name="typed"{more}/>'
                return _value_cell(cell.value, "typed", more)
            case dt.date():
                return (
                    f'<table:table-cell table:style-name="date" office:value-type="date" '
                    f'office:date-value="{cell.isoformat()}"><text:p>{cell.isoformat()}</text:p></table:table-cell>'
                )
            case Fraction():
                return _value_cell(float(cell), "float", "")
            case int():
                return _value_cell(cell, "int", "")

    def _link(self, text: str, target: str, style: str) -> str:
        inside = any(sheet.name == target for sheet in self.book.sheets)
        if not inside and not re.match(r"https?://", target):
            return _text_cell(text, "kept" if style == "text" else style)
        address = quoteattr(f"#'{target}'.A1" if inside else target)
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>'
            f'<text:a xlink:type="simple" xlink:href={address}>{_inline(text)}</text:a></text:p></table:table-cell>'
        )

    def _validation(self, cell: Input) -> str:
        if not cell.choices:
            return ""
        ends = self.book.list_of(cell)
        if ends is None:
            listed = ";".join(_quoted(str(choice)) for choice in cell.choices)
        else:
            first, last = (f"${end.letters}${end.row + 1}" for end in ends)
            listed = f"[$'{ends[0].sheet}'.{first}:.{last}]"
        key = (f"of:cell-content-is-in-list({listed})", cell.prompt, error_words(cell))
        return self.validations.setdefault(key, f"val{len(self.validations) + 1}")

    def _validations(self) -> str:
        if not self.validations:
            return ""
        made = "".join(
            f'<table:content-validation table:name="{name}" table:condition={quoteattr(condition)} '
            'table:allow-empty-cell="true" table:display-list="unsorted">'
            f'<table:help-message table:title="What to type" table:display="true"><text:p>{escape(prompt)}</text:p>'
            '</table:help-message><table:error-message table:title="This cannot be used" table:display="true" '
            f'table:message-type="stop"><text:p>{escape(error)}</text:p></table:error-message>'
            "</table:content-validation>"
            for (condition, prompt, error), name in self.validations.items()
        )
        return f"<table:content-validations>{made}</table:content-validations>"


def _range(sheet: LaidSheet) -> str:
    """The mark that a sheet has a table, with its heads."""
    last = Place(sheet.name, sheet.top + len(sheet.rows), len(sheet.heads) - 1)
    where = quoteattr(f"'{sheet.name}'.A{sheet.top + 1}:'{sheet.name}'.{last.letters}{last.row + 1}")
    return (
        f'<table:database-range table:name="{sheet.table}" table:target-range-address={where} '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _inline(text: str) -> str:
    """A line of text; spaces beside each other and tabs are kept."""
    made = re.sub(r"  +|^ | $", lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text))
    return made.replace("\t", "<text:tab/>")


def _text_cell(text: str, style: str) -> str:
    lines = "".join(f"<text:p>{_inline(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _value_cell(value: Value, style: str, more: str) -> str:
    if isinstance(value, bool):
        kind, text = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"', str(value).upper()
    elif isinstance(value, str):
        kind, text = 'office:value-type="string"', value
        if more.startswith(" table:formula"):
            kind += f" office:string-value={quoteattr(value)}"
    else:
        kind, text = f'office:value-type="float" office:value="{value!r}"', f"{value:,}"
    lines = "".join(f"<text:p>{_inline(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell table:style-name="{style}" {kind}{more}>{lines}</table:table-cell>'
