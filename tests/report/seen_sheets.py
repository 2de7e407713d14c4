"""A spreadsheet as it was written, of either kind, for tests: read by code that shares nothing with the writers."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
from attrs import frozen
from openpyxl.utils import column_index_from_string, range_boundaries


@frozen
class SeenCell:
    """A cell: its text, the type of what it holds, its formula, where it leads, and how it looks."""

    text: str
    kind: str = "text"
    formula: str = ""
    link: str = ""
    style: str = ""
    bold: bool = False
    fill: bool = False
    wrap: bool = False
    colour: str = ""
    size: float = 12
    font: str = ""
    number_format: str = ""


@frozen
class SeenSheet:
    """A sheet: its rows, and the range of each table with its name, counted from 0, ends included."""

    name: str
    rows: list[list[SeenCell]]
    tables: dict[str, tuple[int, int, int, int]]
    merged: int
    hidden: int
    frozen: bool
    filters: bool
    widths: list[float]
    lists: list[str]

    def table(self) -> list[list[SeenCell]]:
        """The rows of its table, heads first; none where it has none."""
        for top, left, bottom, right in self.tables.values():
            return [row[left : right + 1] for row in self.rows[top : bottom + 1]]
        return []

    @property
    def above(self) -> list[SeenCell]:
        """What stands above the table, in column A."""
        tops = [top for top, *_ in self.tables.values()]
        return [row[0] for row in self.rows[: min(tops, default=len(self.rows))] if row]


@frozen
class SeenBook:
    """A file: its sheets, the names of its parts, what it says of itself, and which sheet and cell are open."""

    sheets: list[SeenSheet]
    parts: list[str]
    title: str
    language: str
    active: int
    cursors: list[str]
    xml: str


def seen(data: bytes) -> SeenBook:
    """A spreadsheet, whichever kind it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        if "content.xml" in found.namelist():
            return _ods(found)
        return _xlsx(data, found)


def _xlsx(data: bytes, found: zipfile.ZipFile) -> SeenBook:
    book = openpyxl.load_workbook(io.BytesIO(data))
    worked = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheets: list[SeenSheet] = []
    for sheet in book.worksheets:
        rows: list[list[SeenCell]] = []
        for row in sheet.iter_rows():
            cells: list[SeenCell] = []
            for cell in row:
                value = worked[sheet.title][cell.coordinate].value
                kind = {"n": "number", "d": "date", "b": "truth"}.get(worked[sheet.title][cell.coordinate].data_type)
                cells.append(
                    SeenCell(
                        "" if value is None else str(value),
                        "blank" if value is None else kind or "text",
                        str(cell.value) if cell.data_type == "f" else "",
                        (cell.hyperlink.target or f"#{cell.hyperlink.location}") if cell.hyperlink else "",
                        cell.style,
                        bool(cell.font.b),
                        cell.fill.fill_type is not None,
                        bool(cell.alignment.wrap_text),
                        str(getattr(cell.font.color, "rgb", "") or "") if cell.font.color else "",
                        float(cell.font.sz),
                        str(cell.font.name),
                        str(cell.number_format),
                    )
                )
            rows.append(cells)
        tables = {}
        for table in sheet.tables.values():
            left, top, right, bottom = (int(end or 0) for end in range_boundaries(table.ref))
            tables[table.name] = (top - 1, left - 1, bottom - 1, right - 1)
        hidden = sum(bool(part.hidden) for part in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        dimensions = sheet.column_dimensions
        filters = sheet.auto_filter.ref is not None or any(t.autoFilter is not None for t in sheet.tables.values())
        sheets.append(
            SeenSheet(
                sheet.title, rows, tables, len(sheet.merged_cells.ranges),
                hidden + (sheet.sheet_state != "visible"), sheet.freeze_panes is not None, filters,
                [dimensions[key].width for key in sorted(dimensions)],
                [str(item.formula1) for item in sheet.data_validations.dataValidation],
            )
        )  # fmt: skip
    cursors = [sheet.sheet_view.selection[0].activeCell for sheet in book.worksheets]
    xml = "".join(found.read(name).decode() for name in found.namelist() if name.endswith((".xml", ".rels")))
    properties = book.properties
    active = book.worksheets.index(book.active)  # pyright: ignore[reportArgumentType]
    return SeenBook(sheets, found.namelist(), properties.title or "", properties.language or "", active, cursors, xml)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _of(element: ET.Element, name: str) -> str:
    """An attribute by its local name."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _ods(found: zipfile.ZipFile) -> SeenBook:
    content, styles, meta, settings = (
        ET.fromstring(found.read(f"{part}.xml"))  # noqa: S314  (our own)
        for part in ("content", "styles", "meta", "settings")
    )
    looks = {
        _of(style, "name"): style for root in (styles, content) for style in root.iter() if _local(style) == "style"
    }
    sheets: list[SeenSheet] = []
    for table in (element for element in content.iter() if _local(element) == "table"):
        rows = [
            [_cell(cell, looks) for cell in row if _local(cell) == "table-cell"]
            for row in table.iter()
            if _local(row) == "table-row"
        ]
        widths = [
            float(_of(part, "column-width").removesuffix("cm"))
            for column in table
            if _local(column) == "table-column"
            for part in looks[_of(column, "style-name")]
        ]
        merged = sum(_local(cell) == "covered-table-cell" for cell in table.iter())
        sheets.append(SeenSheet(_of(table, "name"), rows, {}, merged, "visibility" in str(table.attrib), False, False,
                                widths, []))  # fmt: skip
    for area in (element for element in content.iter() if _local(element) == "database-range"):
        where = re.fullmatch(r"'(.+)'\.([A-Z]+)(\d+):'.+'\.([A-Z]+)(\d+)", _of(area, "target-range-address"))
        assert where is not None
        assert _of(area, "contains-header") == "true"
        sheet = next(sheet for sheet in sheets if sheet.name == where[1])
        left, right = (column_index_from_string(where[n]) - 1 for n in (2, 4))
        sheet.tables[_of(area, "name")] = (int(where[3]) - 1, left, int(where[5]) - 1, right)
    said = {_local(item): item.text or "" for item in meta.iter()}
    items = {_of(item, "name"): item.text for item in settings.iter() if _local(item) == "config-item"}
    names = [sheet.name for sheet in sheets]
    cursor = "A1" if (items["CursorPositionX"], items["CursorPositionY"]) == ("0", "0") else "elsewhere"
    xml = "".join(found.read(name).decode() for name in found.namelist() if name.endswith(".xml"))
    active = names.index(str(items["ActiveTable"]))
    return SeenBook(sheets, found.namelist(), said["title"], said["language"], active, [cursor] * len(names), xml)


def _cell(cell: ET.Element, looks: dict[str, ET.Element]) -> SeenCell:
    name = _of(cell, "style-name")
    parts: dict[str, str] = {}
    for style in (looks.get("Default"), looks[name]):
        for part in style if style is not None else ():
            parts |= {key.rpartition("}")[2]: value for key, value in part.attrib.items()}
    kind = _of(cell, "value-type")
    text = "\n".join("".join(part.itertext()) for part in cell if _local(part) == "p")
    value = _of(cell, "value") or _of(cell, "date-value")
    link = next((_of(part, "href") for part in cell.iter() if _local(part) == "a"), "")
    return SeenCell(
        value or text,
        {"": "blank", "float": "number", "date": "date", "boolean": "truth"}.get(kind, "text"),
        _of(cell, "formula"),
        link,
        _of(looks[name], "display-name") or name,
        parts.get("font-weight") == "bold",
        parts.get("background-color", "transparent") != "transparent",
        parts.get("wrap-option") == "wrap",
        parts.get("color", ""),
        float(parts.get("font-size", "12pt").removesuffix("pt")),
        parts.get("font-family", "Arial"),
        _of(looks[name], "data-style-name"),
    )
