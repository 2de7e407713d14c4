"""A workspace as plain tables, for a workbook that holds all of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from careassure.errors import Problem, ReadError
from careassure.io.files import file_inside, read_text
from careassure.io.formats import parse, to_toml
from careassure.model.showing import short_repr
from careassure.tables.columns import Sheet, read_sheet
from careassure.workspaces.settings_file import SETTINGS
from careassure.workspaces.sheets import SCORES, SHEETS
from careassure.workspaces.workspace import Workspace

SETTINGS_SHEET, FILES_SHEET = "Settings", "Files"
SETTINGS_HEADS = ("Setting", "Value")
FILES_HEADS = ("File", "Line", "Text")


@frozen
class PlainTable:
    """A table of texts.

    Args:
        name: What it is called in a workbook.
        about: What one row is.
        heads: Its heads.
        rows: Its rows, a text for each head.
        places: Of each row, where it was read; empty where it was made.
    """

    name: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...] = ()

    __repr__ = short_repr


def name_in_workbook(sheet: Sheet) -> str:
    """What a table of a workspace is called in a workbook, where scores are typed on a sheet of their own."""
    return "Score history" if sheet is SCORES else head_in_workbook(sheet.name)


def head_in_workbook(head: str) -> str:
    """What a column is called in a workbook.

    >>> head_in_workbook("baseline_date")
    'Baseline date'
    """
    words = head.replace("_", " ")
    return words[:1].upper() + words[1:]


def plain_tables(work: Workspace) -> tuple[PlainTable, ...]:
    """Everything in the folder of a workspace, as tables of texts: its settings, its tables, the files that it names.

    Raises:
        ReadError: The workspace was made in Python and lies in no folder, or a file in it cannot be read.
    """
    if not work.folder:
        raise ReadError("the workspace lies in no folder", hint="Give the path of its folder")
    folder = Path(work.folder)
    settings = parse(read_text(folder / SETTINGS), str(folder / SETTINGS))
    found = [PlainTable(SETTINGS_SHEET, "a setting of the workspace", SETTINGS_HEADS, tuple(_settings(settings)))]
    problems: list[Problem] = []
    for sheet in SHEETS:
        extra = tuple(item.id for item in work.attributes) if sheet.name == "cases" else ()
        rows = read_sheet(folder, sheet, problems, extra)
        heads = (*sheet.heads, *extra)
        cells = tuple(tuple(row.text(head) for head in heads) for row in rows)
        shown = (*(head_in_workbook(head) for head in sheet.heads), *extra)
        places = tuple(f"{row.file}, row {row.number}" for row in rows)
        found.append(PlainTable(name_in_workbook(sheet), sheet.about, shown, cells, places))
    lines = tuple(
        (name, str(number), line)
        for name in dict.fromkeys(str(settings.get(key)) for key in ("framework", "scorer"))
        if name.lower().endswith((".toml", ".json"))
        for number, line in enumerate(read_text(file_inside(folder, name)).split("\n"), 1)
    )
    if lines:
        found.append(PlainTable(FILES_SHEET, "a line of a file that the settings name", FILES_HEADS, lines))
    return tuple(found)


def _settings(data: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Each setting with its value, as a person writes it; ``settings_text`` reads it back."""
    for key, value in data.items():
        name = before + (key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else json.dumps(key))
        if isinstance(value, Mapping):
            yield from _settings(value, f"{name}.")
        else:
            yield name, value_text(value)


def value_text(value: object) -> str:
    """A value of a setting as text: words as they are, where they cannot be taken for anything else.

    >>> value_text("York"), value_text("2023"), value_text(18), value_text(["a b"]), value_text(True)
    ('York', '"2023"', '18', '["a b"]', 'true')
    """
    if isinstance(value, str) and value and value == value.strip() and read_value(value) == value:
        return value
    return to_toml({"x": value}).removeprefix("x = ").rstrip("\n")


def read_value(text: str) -> object:
    """The value that a text stands for: what TOML takes it for, or else the text itself."""
    try:
        return tomllib.loads(f"x = {text}")["x"] if "\n" not in text else text
    except tomllib.TOMLDecodeError:
        return text
