"""Find the reader that knows a file, and read the file with it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from attrs import evolve

from careassure.errors import CareAssureError, ReadError, UnknownFileError
from careassure.model.arguments import checked
from careassure.model.ids import shown
from careassure.model.text import join, plural
from careassure.plugins.host import PluginHost, default_host
from careassure.plugins.readers import InstalledReader
from careassure.tables.looking import is_json, look_at
from careassure.tables.opening import sheets_in
from careassure.tables.reader import Opened, Reading
from careassure.tables.table import FOUND, Options

_MOST_NAMED = 12


def readers() -> tuple[InstalledReader, ...]:
    """Every reader of the sector's files that is installed, with the distribution that it came from."""
    return default_host().readers()


@checked
def read_file(path: str | os.PathLike[str], options: Options = FOUND, host: PluginHost | None = None) -> Reading:
    """What the reader that knows a file makes of it.

    Args:
        path: The file.
        options: What a person says of the layout of its table.
        host: Where readers are looked for; what is installed where None.

    Raises:
        UnknownFileError: No installed reader knows it, or more than one does.
        ReaderError: A reader raised, or returned something that is not a reading.
        ReadError: It cannot be read.
    """
    opened, found = looked_at(path, options, host)
    if found is None:
        raise not_known(opened, host)
    return read_opened(opened, found)


def looked_at(
    path: str | os.PathLike[str], options: Options = FOUND, host: PluginHost | None = None
) -> tuple[Opened, InstalledReader | None]:
    """A file and the one reader that knows it, None where none does.

    Of a spreadsheet with several tables, the one sheet is taken that a reader knows, unless a person names one.

    Raises:
        UnknownFileError: Several readers know it, or several of its sheets are known to a reader.
        ReadError: It cannot be read; or no reader knows any of its sheets, and it is not clear which one is meant.
    """
    unclear: ReadError | None = None
    opened: Opened | None = None
    try:
        opened = look_at(path, options)
    except ReadError as error:
        unclear = error
    first = None if opened is None else reader_of(opened, host)
    if opened is not None and first is not None:
        return opened, first
    names = () if options.sheet is not None or is_json(path) else sheets_in(path)
    there = [name for name in names if opened is None or name != opened.seen.sheet] if len(names) > 1 else []
    known: list[tuple[Opened, InstalledReader]] = []
    for name in there:
        try:
            other = look_at(path, evolve(options, sheet=name))
        except CareAssureError:  # what is no table is not what a reader knows
            continue
        reader = reader_of(other, host)
        if reader is not None:
            known.append((other, reader))
    if len(known) > 1:
        sheets = join([shown(other.seen.sheet) for other, _ in known])
        raise UnknownFileError(
            f"readers know several of its sheets: {sheets}", where=known[0][0].file, hint="Choose one with --sheet NAME"
        )
    if known:
        return _noted(known[0][0], names), known[0][1]
    if opened is None:
        raise unclear or ReadError("it cannot be read", where=os.fspath(path))
    return opened, None


def _noted(opened: Opened, names: Sequence[str]) -> Opened:
    """The file, with a note on which of its sheets is read and which are not."""
    table = opened.table
    if table is None:
        return opened
    others = join([shown(name) for name in names if name != opened.seen.sheet])
    note = f"The sheet {shown(opened.seen.sheet)} is read: of {others} no reader knows any."
    return evolve(opened, table=evolve(table, layout=evolve(table.layout, notes=(note, *table.layout.notes))))


def reader_of(opened: Opened, host: PluginHost | None = None) -> InstalledReader | None:
    """The one reader that knows a file; None where none does. The order of the readers decides nothing.

    Raises:
        UnknownFileError: More than one does.
        ReaderError: One raised when it was asked.
    """
    known = [item for item in (host or default_host()).readers() if item.recognises(opened.seen)]
    if len(known) > 1:
        names = join([f"{item.id} (from {item.source or 'this program'})" for item in known])
        raise UnknownFileError(
            f"more than one reader knows it: {names}",
            where=opened.file,
            hint="Uninstall one of them, or do without its plugin by CAREASSURE_DISABLE_PLUGINS",
        )
    return known[0] if known else None


def read_opened(opened: Opened, reader: InstalledReader) -> Reading:
    """What a reader makes of a file, with what was decided about the layout of its table."""
    reading = reader.read(opened)
    return evolve(reading, notes=(*(opened.table.layout.notes if opened.table else ()), *reading.notes))


def not_known(opened: Opened, host: PluginHost | None = None) -> UnknownFileError:
    """The error for a file that no reader knows: what was seen of it, and who was asked."""
    asked = [item.id for item in (host or default_host()).readers()]
    return UnknownFileError(
        f"no reader knows {_seen(opened)}",
        where=opened.file,
        hint=f"Tried: {join(asked)}" if asked else "No reader is installed",
    )


def _seen(opened: Opened) -> str:
    if opened.table is None:
        data = opened.seen.data
        if isinstance(data, tuple):
            return f"this JSON, a list of {plural(len(data), 'item')}"
        keys = list(data)[:_MOST_NAMED] if data and not isinstance(data, str | bool) else []
        return f"this JSON, with the keys {_names(keys)}" if keys else "this JSON, an empty object"
    return f"this table, with the columns {_names(opened.seen.headers)}"


def _names(names: tuple[str, ...] | list[str]) -> str:
    named = [shown(name) for name in names[:_MOST_NAMED]]
    rest = len(names) - len(named)
    return join([*named, *([f"{rest:,} more"] if rest else [])])
