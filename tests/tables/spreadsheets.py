"""Spreadsheets made for the tests, by writers that share no code with the reader; hostile ones are made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Options

OOXML = "http://schemas.openxmlformats.org/"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
MANIFEST = (
    f'<m:manifest xmlns:m="{ODF}manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{SHEET}"/></m:manifest>'
)
_OF_TABLES = "".join(f' xmlns:{name}="{ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
NAMESPACES = f'{_OF_TABLES} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def cells(path: Path, options: Options = FOUND) -> list[tuple[str, ...]]:
    """The column headers and rows of a table, none of which has a problem."""
    table = open_table(path, options)
    lines = list(table.read())
    assert [line.problems for line in lines if line.problems] == []
    return [table.layout.headers, *(line.cells for line in lines)]


def openpyxl_file(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values, 1):
                cell = sheet.cell(row, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with = is a text here
    book.save(path)
    return path


def xlsxwriter_file(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Scores")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    return path


def zip_file(path: Path, parts: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def xlsx_parts(sheet: str, *, strings: str = "", styles: str = "", state: str = "", book: str = "") -> dict[str, str]:
    """The parts of a workbook whose one sheet has this inside."""
    kind = f"{OOXML}officeDocument/2006/relationships"
    rel = '<Relationship Id="{}" Type="' + kind + '/{}" Target="{}"/>'
    rels = f'<Relationships xmlns="{OOXML}package/2006/relationships">' + "{}</Relationships>"
    found = (
        ("r1", "worksheet", "worksheets/s.xml"),
        ("r2", "sharedStrings", "strings.xml"),
        ("r3", "styles", "st.xml"),
    )
    main = f'xmlns="{OOXML}spreadsheetml/2006/main"'
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": rels.format(rel.format("r0", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{kind}">{book}<sheets><sheet name="S" sheetId="1" {state} '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels.format("".join(rel.format(*each) for each in found)),
        "xl/worksheets/s.xml": f"<worksheet {main}>{sheet}</worksheet>",
        "xl/strings.xml": f"<sst {main}>{strings}</sst>",
        "xl/st.xml": f"<styleSheet {main}>{styles}</styleSheet>",
    }


def xlsx_rows(*rows: str) -> str:
    """The inside of a sheet: each text holds the cells of a row as ``a|b``, or is a row's markup."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    made = [row if row.startswith("<") else f"<row>{''.join(map(cell.format, row.split('|')))}</row>" for row in rows]
    return f"<sheetData>{''.join(made)}</sheetData>"


def ods_parts(
    tables: str, *, before: str = "", prologue: str = '<?xml version="1.0" encoding="UTF-8"?>'
) -> dict[str, str]:
    """The parts of a document with these tables."""
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"{prologue}<office:document-content{NAMESPACES}>{before}{body}</office:document-content>"
    return {"mimetype": SHEET, "content.xml": content, "META-INF/manifest.xml": MANIFEST}


def ods_table(*rows: str, name: str = "T", inside: str = "") -> str:
    """A table: each text holds the cells of a row as ``a|b``, or is a row's markup."""
    made = [row if row.lstrip().startswith("<") else ods_row(*row.split("|")) for row in rows]
    return f'<table:table table:name="{name}">{inside}{"".join(made)}</table:table>'


def ods_row(*cells: str) -> str:
    """A row of texts."""
    return f"<table:table-row>{''.join(map(ods_text, cells))}</table:table-row>"


def ods_text(cell: str) -> str:
    """A cell with text."""
    if not cell:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


def ods_number(value: int) -> str:
    """A cell with a number."""
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"


def packed(parts: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
