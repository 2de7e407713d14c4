"""What a table in a file is: its layout, its lines, and the count of what became of them.

Every cell is text, whatever the file is: a number in a spreadsheet is the digits that it shows in full, a date is
written 2025-11-30, an error cell is its own text such as #N/A. So the same table means the same in every kind of file,
and no number passes through a float on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from attrs import frozen

from careassure.errors import InvalidInputError, Place, Problem
from careassure.model.text import fold, hint_for, join

Kind = Literal["delimited", "xlsx", "xls", "ods"]
"""What a file is: delimited text (CSV and its like) or a spreadsheet of one of three kinds."""


@frozen
class Options:
    """What a person says of a table's layout; None where it is to be found out.

    Args:
        separator: What stands between the cells of delimited text, such as ``;``.
        encoding: How the text is encoded, such as ``windows-1252``.
        header_row: The row with the column headers, counted from 1 as a spreadsheet does.
        sheet: The sheet of a spreadsheet, by its name.
    """

    separator: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    sheet: str | None = None


FOUND = Options()
"""Everything is found out."""


@frozen
class Layout:
    """How a table is laid out, and how that was decided.

    Args:
        file: The name of the file, for messages.
        kind: What the file is.
        headers: The column headers, as they stand but for spaces around them.
        header_row: Their row, counted from 1 as a spreadsheet does.
        separator: What stands between cells; empty for a spreadsheet.
        encoding: How the text is encoded; empty for a spreadsheet.
        sheet: The sheet that is read; empty for delimited text.
        notes: What was decided that a person may want to know, a sentence each.
        above: The rows above the column headers that hold something, with the cells that do: titles, say.
    """

    file: str
    kind: Kind
    headers: tuple[str, ...]
    header_row: int
    separator: str = ""
    encoding: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()

    def place(self, row: int | None = None, column: str = "") -> Place:
        """A place in the table."""
        return Place(self.file, row, column)

    def column(self, wanted: str) -> int:
        """The place of the column with a header, which is its own or differs from it in letters and signs alone.

        Raises:
            InvalidInputError: There is no such column, or there are several.
        """
        exact = [place for place, header in enumerate(self.headers) if header == wanted]
        places = exact or [place for place, header in enumerate(self.headers) if fold(header) == fold(wanted)]
        if len(places) == 1:
            return places[0]
        said = f"{wanted!r} is {'the header of several columns' if places else 'not the header of a column'}"
        hint = hint_for(wanted, self.headers, f"Its columns are {join(self.headers[:20])}")
        raise InvalidInputError(self.file, [Problem("", said, hint)])


class Line(NamedTuple):
    """A row of a table below its column headers. Blank rows are none.

    It is a tuple because a large file has hundreds of thousands: an attrs value takes twice the time to make.

    Args:
        number: Its row, counted from 1 as a spreadsheet does.
        cells: Its cells, as many as there are column headers where nothing is wrong with it.
        problems: What is wrong with its form, such as a cell too few. Such a row is refused, never filled up.
    """

    number: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


RowT = TypeVar("RowT")
BORDER, ROW_BORDER = "\x1f", "\x1e"
"""What stands between the cells and behind the rows of a block that is cut: characters that no XML may hold."""


@frozen(eq=False)
class Block(Generic[RowT]):
    """Some rows of a large spreadsheet, for whoever can cut many at once.

    Args:
        text: Their XML; empty where they are not in a form that can be cut.
        after: The number of the row before them.
        between: The commonest runs of tags from the end of a plain text to the next one or to the end of its row, each
            with how many borders between cells it stands for; None where it ends the row.
        starts: Runs of tags from the beginning of a row to its first text, with how many blank cells each holds.
        bordered: Gives a row with a border for each run of tags, where only the commonest are borders yet; None where
            it is not in a form that can be cut. Entities stay.
        rows: Reads the rows in the ordinary way.
        took: Is told how many rows there were, blank ones too, by whoever cut them.
    """

    text: bytes
    after: int
    between: dict[bytes, int | None]
    starts: dict[bytes, int]
    bordered: Callable[[str], str | None]
    rows: Callable[[], Iterator[RowT]]
    took: Callable[[int], None]


@frozen(eq=False)
class TableFile:
    """A table in a file.

    Args:
        layout: How it is laid out.
        read: Reads its rows from the first to the last, anew with each call.
        blocks: Reads them many at once, where that can be done. Of each block either ``rows`` is read to the end or
            ``took`` is told.
    """

    layout: Layout
    read: Callable[[], Iterator[Line]]
    blocks: Callable[[], Iterator[Block[Line]]] | None = None


@frozen
class Audit:
    """What became of the rows and columns of a table: ``kept + refused == rows``.

    Args:
        rows: How many rows lie below the column headers, blank ones apart.
        kept: How many of them were used.
        refused: How many were refused.
        used: The columns that were used.
        ignored: The columns that were not.
    """

    rows: int
    kept: int
    refused: int
    used: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
