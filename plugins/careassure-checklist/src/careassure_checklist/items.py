"""Items of a checklist and criteria of a triage, and how a list of them is read from a file."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import evolve, fields, frozen

from careassure.errors import Problem, ReadError, collecting


@frozen
class Item:
    """One thing to answer.

    Args:
        title: What it says.
        id: Its name in code; made from the title where it is left out.
        section: The part of the list that it belongs to.
        band: For a triage: the band that it leads to when it is met.
        summary: What it is about.
    """

    title: str
    id: str = ""
    section: str = ""
    band: str = ""
    summary: str = ""


def as_items(given: Iterable[str | Item], what: str) -> tuple[Item, ...]:
    """Items with an id each, from items or their titles.

    Raises:
        InvalidInputError: Something that is neither, no item, or an empty title.
    """
    with collecting(what) as problems:
        found: list[Item] = []
        for number, item in enumerate(given, 1):
            made = Item(item) if isinstance(item, str) else item
            if not isinstance(made, Item):
                problems.append(Problem(f"item {number}", f"{item!r} is neither text nor an Item"))
            elif not name_of(made.id or made.title):
                problems.append(Problem(f"item {number}", "it has no title", "Say what is asked"))
            else:
                found.append(evolve(made, id=made.id or name_of(made.title)))
        if not found and not problems:
            problems.append(Problem("items", "there is none", "Give at least one"))
    return tuple(found)


def name_of(title: str) -> str:
    """A name in code.

    >>> name_of("A register of personal assistants")
    'a_register_of_personal_assistants'
    """
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")


def read_items(path: str | os.PathLike[str]) -> tuple[Item, ...]:
    """Items from a file: CSV with a column ``title``, or TOML with a table ``[[items]]`` for each.

    The other columns or keys are ``id``, ``section``, ``band`` and ``summary``; all may be missing.

    Raises:
        ReadError: The file cannot be read, is neither, or has a column that is not known.
        InvalidInputError: Items that are wrong.
    """
    where = os.fspath(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"it cannot be read: {error}", where=where) from error
    ending = where.rpartition(".")[2].lower()
    rows = {"csv": _csv_rows, "toml": _toml_rows}.get(ending)
    if rows is None:
        raise ReadError(f"the ending .{ending} is not known for a list", where=where, hint="Use .csv or .toml")
    known = [field.name for field in fields(Item)]
    items: list[Item] = []
    for number, row in enumerate(rows(text, where), 1):
        unknown = sorted(str(name) for name in row if name not in known)
        if unknown:
            raise ReadError(
                f"item {number} has the fields {', '.join(unknown)}", where=where, hint=f"Known: {', '.join(known)}"
            )
        wrong = [name for name, value in row.items() if not isinstance(value, str)]
        if wrong:
            raise ReadError(f"item {number}: {', '.join(wrong)} is not text", where=where)
        items.append(Item(**{"title": "", **{name: str(value).strip() for name, value in row.items()}}))
    return as_items(items, where)


def read_definition(path: str | os.PathLike[str], known: Iterable[str]) -> tuple[dict[str, object], tuple[Item, ...]]:
    """The settings in the table ``[checklist]`` of a TOML file, and its items.

    Raises:
        ReadError: The file cannot be read, has no such table, or a key in it that is not known.
        InvalidInputError: Items that are wrong.
    """
    items = read_items(path)
    where = os.fspath(path)
    table = (
        tomllib.loads(Path(path).read_text(encoding="utf-8-sig")).get("checklist") if where.endswith(".toml") else None
    )
    if not isinstance(table, dict):
        raise ReadError("it has no table [checklist]", where=where, hint="Put its id, title and bands there")
    names = list(known)
    unknown = sorted(name for name in table if name not in names)
    if unknown:
        raise ReadError(f"[checklist] has {', '.join(unknown)}", where=where, hint=f"Known: {', '.join(names)}")
    return table, items


def _csv_rows(text: str, where: str) -> Iterable[Mapping[str, object]]:
    reader = csv.DictReader(text.splitlines())
    if "title" not in (reader.fieldnames or ()):
        raise ReadError("it has no column named title", where=where)
    for row in reader:
        if None in row:
            raise ReadError(
                f"line {reader.line_num} has more cells than the header row", where=where, hint="Quote commas"
            )
        yield {name: value or "" for name, value in row.items()}


def _toml_rows(text: str, where: str) -> Iterable[Mapping[str, object]]:
    try:
        tables = tomllib.loads(text).get("items")
    except tomllib.TOMLDecodeError as error:
        raise ReadError(str(error), where=where) from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ReadError("it has no tables [[items]]", where=where)
    return tables
