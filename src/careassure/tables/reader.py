"""Readers of the sector's own files: what a reader is, what it is shown of a file, and what it gives.

A reader knows one kind of file, such as the care directory of a regulator. It says whether a file is one by what the
file holds, never by its name, and gives its rows as plain values with an account of every row and column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import field, frozen

from careassure.errors import InvalidInputError, Place, Problem
from careassure.io.formats import Json
from careassure.model.arguments import checked_after, explained
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, plural
from careassure.tables.table import Audit, Line, TableFile

FIRST_ROWS = 20
"""How many rows of a table a reader is shown before it says whether it knows the file."""


@explained
@frozen(eq=False)
class Seen:
    """What is seen of a file before it is read.

    Args:
        data: What a JSON file holds, every number as text; None for a table.
        headers: The column headers of a table; empty for JSON.
        rows: The first rows of a table, cell by cell, at most `FIRST_ROWS`.
        sheet: The sheet that the table is in; empty where it is in no spreadsheet.
    """

    data: Json = None
    headers: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    rows: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""

    __repr__ = short_repr

    def has(self, *headers: str) -> bool:
        """Whether the table has all these columns; case, accents and punctuation do not matter."""
        return bool(self.headers) and all(column(self.headers, name) is not None for name in headers)


@frozen(eq=False)
class Opened:
    """A file that a reader reads.

    Args:
        file: Its name, for messages.
        seen: What was seen of it.
        table: The table in it; None for JSON.
    """

    file: str
    seen: Seen
    table: TableFile | None = None

    __repr__ = short_repr

    def lines(self) -> Iterator[Line]:
        """The rows of its table from the first to the last; none for JSON."""
        return iter(()) if self.table is None else self.table.read()

    def place(self, row: int | str | None = None, column: str = "", path: str = "") -> Place:
        """A place in it."""
        return Place(self.file, row, column, path)


@explained
@frozen
class Reading:
    """What a reader made of a file.

    Args:
        what: What the file is, in a sentence.
        rows: What it holds: assessments, or other frozen values whose fields are plain.
        audit: What became of its rows and columns.
        left_out: What was not kept on purpose and why, a sentence each.
        problems: What is wrong with the rows that were refused, each with its place.
        notes: What else a person may want to know, a sentence each.
        reader: The id of the reader; whoever asks it fills this in.
        source: The distribution that the reader came from; whoever asks it fills this in.

    Raises:
        InvalidInputError: Its audit does not add up, or rows are refused without a reason.
    """

    what: str
    rows: tuple[object, ...] = field(converter=tuple[object, ...])
    audit: Audit
    left_out: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    problems: tuple[Problem, ...] = field(default=(), converter=tuple[Problem, ...])
    notes: tuple[str, ...] = field(default=(), converter=tuple[str, ...])
    reader: str = ""
    source: str = ""

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        audit = self.audit
        if audit.kept + audit.refused != audit.rows or min(audit.kept, audit.refused) < 0:
            said = f"{audit.kept:,} kept and {audit.refused:,} refused are not {plural(audit.rows, 'row')}"
            raise InvalidInputError("the reading", [Problem("audit", said, "Count every row once")])
        if audit.refused and not self.problems:
            said = f"{plural(audit.refused, 'row')} refused without a reason"
            raise InvalidInputError("the reading", [Problem("problems", said, "Say what is wrong with each")])

    @property
    def counts(self) -> str:
        """How many rows were read, kept and refused, in a sentence."""
        audit = self.audit
        return f"{plural(audit.rows, 'row')} read: {audit.kept:,} kept, {audit.refused:,} refused."

    @property
    def words(self) -> str:
        """What the file is, what was read, and what was left out and why, a line each."""
        audit = self.audit
        lines = [self.what, self.counts]
        lines += [f"Columns used: {join(audit.used)}."] if audit.used else []
        lines += [f"Columns not used: {join(audit.ignored)}."] if audit.ignored else []
        lines += [*self.notes, *(f"Left out: {text}" for text in self.left_out)]
        return "\n".join([*lines, *(f"Refused: {problem}" for problem in self.problems)])

    def __str__(self) -> str:
        return self.words


@explained
@frozen
class Reader:
    """A reader of one kind of file.

    Args:
        id: Its name: lower-case letters, digits and hyphens.
        title: What the file is called.
        about: What is read of it, and what is left out, in a sentence or two.
        source: Who publishes such files, with an address.
        recognises: Says whether a file is of this kind, by what was seen of it. It must be quick, must change nothing
            and must not raise.
        read: Reads the file. Raises an error of careassure where it cannot.
    """

    id: str
    title: str
    about: str
    source: str
    recognises: Callable[[Seen], bool] = field(repr=False)
    read: Callable[[Opened], Reading] = field(repr=False)

    __repr__ = short_repr


@checked_after
def column(headers: Iterable[str], *names: str) -> int | None:
    """The place of the first column that has one of these names; None where none has.

    >>> column(["Location ID", "Care home?"], "care_home"), column(["a"], "b")
    (1, None)
    """
    wanted = set(map(fold, names))
    return next((place for place, header in enumerate(headers) if fold(header) in wanted), None)


@checked_after
def audit_of(headers: tuple[str, ...], used: Iterable[int | None], rows: int, refused: int) -> Audit:
    """The account of a table of which every row was kept or refused.

    Args:
        headers: Its column headers.
        used: The places of the columns that were used; None for one that it does not have.
        rows: How many rows it has.
        refused: How many of them were refused.

    Raises:
        InvalidInputError: An argument is not what it should be.
    """
    places = set(used)
    return Audit(
        rows,
        rows - refused,
        refused,
        tuple(header for place, header in enumerate(headers) if place in places),
        tuple(header for place, header in enumerate(headers) if place not in places and header),
    )
