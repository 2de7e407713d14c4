"""Rows below the column headers: each is given as it stands, with what is wrong with its form. None is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from careassure.errors import Place, Problem
from careassure.model.ids import brief
from careassure.model.text import plural
from careassure.tables.headers import Headings, is_blank, is_number, letters, tidy
from careassure.tables.table import Line

_NOTE = re.compile(r"(?:(?:sources?|notes?|key|footnotes?|copyright)\s*[:.]|©|\[[a-z0-9]+\]\s|\*+\s)", re.IGNORECASE)
"""How a line below a table begins that says something of it."""
_APART = "Put each table into a file of its own"


def lines_of(
    records: Iterable[tuple[int, Sequence[str]]], headings: Headings, file: str, *, padded: bool = False
) -> Iterator[Line]:
    """The rows below the column headers, in their order. Blank ones are passed over; all others are given.

    Args:
        records: All rows of the table from its first, each with its number.
        headings: Its column headers.
        file: The name of the file, for messages.
        padded: Whether a cell that is not there is blank, as in a spreadsheet. In delimited text a row was cut short.
    """
    below = _Below(headings, file, padded)
    width, names = headings.width, frozenset(headings.names)
    whole = plain = headings.columns == tuple(range(width))
    for number, cells in records:
        if number <= headings.row:
            continue
        # What is quick to see of nearly every row: as wide as the headers, and neither they again nor a note.
        if plain and len(cells) == width:
            start = cells[0].strip()
            if start and start.isascii() and start not in names and (width == 1 or cells[1]):
                below.last = number
                yield Line(number, tuple(cells))
                continue
        yield from below.lines(number, cells)
        plain = whole and below.is_plain
    yield from below.rest()


@define
class _Below:
    """What was seen of the rows below the headers so far.

    Args:
        headings: The column headers.
        file: The name of the file.
        padded: Whether a cell that is not there is blank.
        last: The last row in which nothing is wrong.
        second: The row in which a second table begins; 0 where none has.
        held: A row of another width that may begin one: the next row tells.
        wide: The width of that row.
    """

    headings: Headings
    file: str
    padded: bool
    last: int = field(init=False)
    second: int = 0
    held: Line | None = None
    wide: int = 0

    def __attrs_post_init__(self) -> None:
        self.last = self.headings.row

    @property
    def is_plain(self) -> bool:
        """Whether a row can be looked at by itself."""
        return self.held is None and not self.second

    def lines(self, number: int, cells: Sequence[str]) -> Iterator[Line]:
        """What is said of a row, after the row before it where that one was held."""
        if is_blank(cells):
            return
        if self.held is not None and len(cells) == self.wide:
            self.second = self.held.number
        yield from self.rest()
        texts = [tidy(cell) for cell in cells]
        line = self._line(number, cells, texts)
        if not line.problems:
            self.last = number
        elif not self.second and not self.padded and len(cells) != self.headings.width and _is_header(texts):
            self.held, self.wide = line, len(cells)
            return
        yield line

    def rest(self) -> Iterator[Line]:
        """The row that was held."""
        line, self.held = self.held, None
        if line is not None:
            begins = self.second == line.number
            yield self._bad(line.number, line.cells, _begins(len(line.cells)), _APART) if begins else line

    def _line(self, number: int, cells: Sequence[str], texts: Sequence[str]) -> Line:
        if self.second:
            message = f"it belongs to a second table, which begins in row {self.second:,}"
            return self._bad(number, cells, message, _APART)
        names = self.headings.names
        if len(names) > 1 and _share(texts, names) >= 0.5:
            again = tuple(text for text in texts if text) == names
            if again and number == self.last + 1:
                return self._bad(number, cells, "the column headers are repeated", "Delete this row")
            self.second = number
            return self._bad(number, cells, _begins(len(cells)), _APART)
        held = [text for text in texts if text]
        if len(held) == 1 and held[0] == texts[0] and len(names) > 1 and _NOTE.match(held[0]):
            return self._bad(number, cells, "it looks like a note on the table, not a row of it", "Delete it")
        wrong = self._misfit(texts)
        if wrong is not None:
            return self._bad(number, cells, *wrong)
        return Line(number, tuple(cells[at] if at < len(cells) else "" for at in self.headings.columns))

    def _misfit(self, texts: Sequence[str]) -> tuple[str, str] | None:
        """What is wrong with the cells of a row, and what to do; None where each has its column."""
        headings = self.headings
        needed = headings.columns[-1] + 1
        if len(texts) < needed and not self.padded:
            count = plural(len(texts), "cell")
            hint = "Fill in the missing cells" if len(texts) > 1 else "Delete it if it is a note on the table"
            return f"it has {count} for {plural(len(headings.names), 'column header')}", hint
        stray = next((at for at, text in enumerate(texts) if text and at not in headings.columns), None)
        if stray is None:
            return None
        if stray >= headings.width and not self.padded:
            message = f"it has {plural(len(texts), 'cell')} for {plural(len(headings.names), 'column header')}"
            return message, "Put text that holds the separator in quotation marks"
        message = f"it holds {brief(texts[stray])!r} in column {letters(stray)}, which has no header"
        return message, "Give the column a header, or delete the cell"

    def _bad(self, number: int, cells: Sequence[str], message: str, hint: str) -> Line:
        return Line(number, tuple(cells), (Problem(Place(self.file, number), message, hint),))


def _begins(width: int) -> str:
    return f"a second table seems to begin here, with {plural(width, 'column')}"


def _share(texts: Sequence[str], names: Sequence[str]) -> float:
    """How much of a row is column headers of the table; 0 where fewer than two cells are."""
    held = [text for text in texts if text]
    hits = sum(text in names for text in held)
    return hits / len(held) if hits > 1 else 0.0


def _is_header(texts: Sequence[str]) -> bool:
    """Whether a row could be column headers: several words, none blank, none a number, none twice."""
    several = len(texts) > 1 and all(texts)
    return several and not any(map(is_number, texts)) and len(set(texts)) == len(texts)
