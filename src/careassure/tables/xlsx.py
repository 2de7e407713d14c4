"""Workbooks of Excel (.xlsx, .xlsm): the parts of the file, and the sheets in it.

Read as ECMA-376 part 1 describes them; no library is needed. Values, and nothing else, are taken: no link, macro,
picture or formula is followed or worked out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import cache, partial

from careassure.tables.container import Container
from careassure.tables.sheets import Sheet
from careassure.tables.xlsx_parts import Workbook, elements_of, strings_of, styles_of
from careassure.tables.xlsx_sheet import look_of, rows_of


def sheets_of(container: Container) -> tuple[Sheet, ...]:
    """The sheets of a workbook that hold cells, in the order of the workbook.

    Raises:
        ReadError: It is encrypted or damaged, or goes beyond the bounds.
    """
    main = next((path for kind, path in _relations(container, "").values() if kind == "officeDocument"), "")
    if main not in container.parts:
        main = "xl/workbook.xml"
    parts = _relations(container, main)
    named = [*elements_of(container, main)]
    epoch = any(name == "workbookPr" and found.get("date1904") in {"1", "true"} for name, found in named)
    paths = dict(parts.values())

    @cache  # once, and only when a sheet is read
    def workbook() -> Workbook:
        strings = strings_of(container, paths.get("sharedStrings", ""))
        return Workbook(strings, styles_of(container, paths.get("styles", "")), epoch)

    found: list[Sheet] = []
    for name, attributes in named:
        if name == "sheet":
            kind, path = parts.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                found.append(_sheet(container, path, attributes, workbook))
    return tuple(found)


def _sheet(container: Container, path: str, attributes: dict[str, str], workbook: Callable[[], Workbook]) -> Sheet:
    return Sheet(
        attributes.get("name", ""),
        attributes.get("state", "visible") != "visible",
        lambda: rows_of(container, path, workbook()),
        cache(partial(look_of, container, path)),
    )


def _relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: the kind and path of each, by its id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in container.parts:
        return {}
    return {
        found.get("Id", ""): (
            found.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, found.get("Target", ""))).lstrip("/"),
        )
        for element, found in elements_of(container, path)
        if element == "Relationship" and found.get("TargetMode") != "External"
    }
