"""Look at a file, whatever it is, before anybody is asked whether they know it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import islice

from careassure.errors import ReadError
from careassure.io.files import open_file, path_of, read_text, reason_of
from careassure.io.formats import looks_like_json, parse_as_text
from careassure.tables.opening import open_table
from careassure.tables.reader import FIRST_ROWS, Opened, Seen
from careassure.tables.table import FOUND, Options

_ENOUGH = 4096
_OUR_FORMAT = re.compile(r'"format"\s*:\s*"careassure')
_TOML = re.compile(r"""\s*(?:\[\[?[\w."' -]+\]|(?!sep=)["']?[\w.-]+["']?\s*=)""")


def is_json(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins as JSON does.

    Raises:
        ReadError: It cannot be read.
    """
    return looks_like_json(_start(path_of(path)))


def is_own(path: str | os.PathLike[str]) -> bool:
    """Whether a file is TOML, or JSON that says which format of ours it has; anything else may be a reader's.

    Raises:
        ReadError: It cannot be read.
    """
    start = _start(path_of(path))
    if looks_like_json(start):
        return bool(_OUR_FORMAT.search(start))
    first = next((line for line in start.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return not start.strip() or bool(_TOML.match(first))


def is_table(path: str | os.PathLike[str]) -> bool:
    """Whether a file is neither TOML nor JSON: a spreadsheet or delimited text.

    Raises:
        ReadError: It cannot be read.
    """
    return not is_json(path) and not is_own(path)


def may_be_assessment(opened: Opened) -> bool:
    """Whether JSON without a format is meant as an assessment: it says who was assessed, or has scores."""
    data = opened.seen.data
    return isinstance(data, Mapping) and bool({"council", "scores", "subject"} & data.keys())


def look_at(path: str | os.PathLike[str], options: Options = FOUND) -> Opened:
    """A file of JSON or with a table, and what a reader is shown of it.

    Args:
        path: The file, by exactly this name.
        options: What a person says of the layout of its table.

    Raises:
        ReadError: It cannot be read, or holds neither.
        MissingExtraError: It is a spreadsheet, and the library that reads them is not installed.
    """
    name = path_of(path)
    file = os.path.basename(name)  # noqa: PTH119  (the path as it was given)
    if is_json(name):
        return Opened(file, Seen(parse_as_text(read_text(name), file)))
    table = open_table(name, options)
    rows = tuple(line.cells for line in islice(table.read(), FIRST_ROWS))
    return Opened(file, Seen(None, table.layout.headers, rows, table.layout.sheet), table)


def _start(name: str) -> str:
    with os.fdopen(open_file(name), "rb") as stream:
        try:
            data = stream.read(_ENOUGH)
        except OSError as error:
            raise ReadError(
                f"it cannot be read: {reason_of(error)}", where=name, hint="Check its permissions"
            ) from None
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
