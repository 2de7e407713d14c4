"""Column headers: found below titles and banners, and refused where they do not tell every column apart.

The rules are the same for delimited text and for spreadsheets; `docs/reference/tables-in-files.md` lists them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import dropwhile, pairwise

from attrs import frozen

from careassure.errors import InvalidTableError, Place, Problem, ReadError
from careassure.model.ids import brief, without_unseen
from careassure.model.text import join

FIRST_ROWS = 60
"""How many of the first rows that hold something are looked at to find the column headers."""
MOST_COLUMNS = 16_384
"""The most columns of a table, as in a spreadsheet."""

_MOST_PROBLEMS = 10
_NUMBER = re.compile(r"[-+£$]?[0-9][0-9,.\s]*%?")
_INDEX = re.compile(r"[0-9]{1,9}")
"""How pandas and R number the rows of a table, in a first column without a header."""
NUMBERED = "Column A has no header and numbers the rows. It is left out."
"""What is said of such a column."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
Row = tuple[int, Sequence[str]]
"""A row's number, as a spreadsheet counts it, and its cells."""


@frozen
class Headings:
    """The column headers of a table, and which of its columns have one.

    Args:
        names: The headers: spaces, line breaks and characters that cannot be seen are tidied.
        row: Their row, counted from 1 as a spreadsheet does.
        columns: The place of each in a row, counted from 0. Columns that hold nothing have none.
        width: How many cells the row of the headers has.
        notes: What was decided that a person may want to know, a sentence each.
        above: The rows above the headers that hold something, with the cells that do.
        index: Whether the first column has no header and numbers the rows, as programs write it. It is left out.
    """

    names: tuple[str, ...]
    row: int
    columns: tuple[int, ...]
    width: int
    notes: tuple[str, ...] = ()
    above: tuple[tuple[str, ...], ...] = ()
    index: bool = False

    def may_hold(self, at: int, text: str) -> bool:
        """Whether a text may stand at a place: in a column with a header, or as a row's number."""
        return at in self.columns or (self.index and at == 0 and _INDEX.fullmatch(text) is not None)


def tidy(cell: str) -> str:
    r"""A header or title as it is read: one space for any white space, without what cannot be seen.

    >>> tidy(" Care\nhome?\u200b ")
    'Care home?'
    """
    return " ".join(without_unseen(cell).split())


def is_blank(cells: Iterable[str]) -> bool:
    """Whether a row holds nothing that can be seen."""
    # What begins with a letter, a digit or a sign of ASCII is seen without a further look.
    return not any(cell and ("!" <= cell < "\x7f" or tidy(cell)) for cell in cells)


def is_number(cell: str) -> bool:
    """Whether a cell looks like a number, and so not like a column header."""
    return _NUMBER.fullmatch(cell) is not None


def letters(place: int) -> str:
    """A column as a spreadsheet names it, by its place counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16_383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def find_headings(rows: Iterable[Row], file: str, header_row: int | None = None, *, padded: bool = False) -> Headings:
    """The column headers among the first rows of a table.

    Args:
        rows: The rows, blank ones too. No more are taken than are needed.
        file: The name of the file, for messages.
        header_row: The row that a person names.
        padded: Whether a row may have fewer cells than the table has columns, as in a spreadsheet. In delimited text
            such a row was cut short.

    Raises:
        ReadError: There are no column headers, or not in the row that was named; or the rows above them are a table.
        InvalidTableError: Two columns have one name, or a column that holds something has none.
    """
    if header_row is not None and header_row < 1:
        raise ReadError(f"there is no row {header_row:,}", where=file, hint="Rows are counted from 1")
    held = _first_rows(rows, file, header_row or 1)
    if header_row is not None and held[0].number != header_row:
        hint = "Name the row that has the column headers"
        raise ReadError(f"row {header_row:,} is blank", where=file, hint=hint)
    place = _chosen(held, padded=padded) if header_row is None else 0
    heading, below = held[place], held[place + 1 :]
    if heading.extent > MOST_COLUMNS:
        message = f"it has {heading.extent:,} columns and at most {MOST_COLUMNS:,} are read"
        raise ReadError(message, where=Place(file, heading.number), hint="Split it, or check its name")
    notes = () if header_row is not None else _above(held[:place], heading, file)
    columns = tuple(at for at, text in enumerate(heading.texts) if text)
    index = _is_index(heading, below)
    if index:
        notes = (*notes, NUMBERED)
    _check(heading, below, file, padded=padded, index=index)
    above = tuple(tuple(text for text in row.texts if text) for row in held[:place])
    names = tuple(heading.texts[at] for at in columns)
    return Headings(names, heading.number, columns, len(heading.texts), notes, above, index)


def _first_rows(rows: Iterable[Row], file: str, begin: int) -> list[_Seen]:
    """The first rows from a certain one on that hold something; at least one."""
    found: list[_Seen] = []
    last = 0
    for number, cells in rows:
        last = number
        if number >= begin and not is_blank(cells):
            found.append(_Seen.of(number, cells))
            if len(found) == FIRST_ROWS:
                break
    if not found and begin > 1 and last:
        message = f"row {begin:,} is not there or blank, and so is all below it: its last row is row {last:,}"
        raise ReadError(message, where=file, hint="Name the row that has the column headers")
    if not found:
        raise ReadError("it is empty", where=file, hint="Check that it is the right file")
    return found


@frozen
class _Seen:
    """A row with its cells tidied.

    Args:
        number: Its number.
        texts: Its cells.
        extent: How many cells it has up to the last that holds something.
        filled: How many cells hold something.
    """

    number: int
    texts: tuple[str, ...]
    extent: int
    filled: int

    @classmethod
    def of(cls, number: int, cells: Sequence[str]) -> _Seen:
        texts = tuple(tidy(cell) if cell else "" for cell in cells)
        held = [at for at, text in enumerate(texts) if text]
        return cls(number, texts, held[-1] + 1 if held else 0, len(held))

    @property
    def is_data(self) -> bool:
        """Whether half of its cells or more are numbers that are not years."""
        return sum(is_number(text) and not _YEAR.fullmatch(text) for text in self.texts) * 2 >= self.filled


def _chosen(held: list[_Seen], *, padded: bool) -> int:
    """The place of the headers: the first row about as wide as the table whose cells are mostly filled.

    Titles and banners are narrower. Names of groups above the headers leave most cells blank.
    """
    under_titles = list(dropwhile(lambda row: row.filled == 1, held))
    width = _usual([len(row.texts) for row in under_titles])
    if width < 3:  # a table so narrow cannot be told from a title with a comma in a list
        width = _usual([len(row.texts) for row in held])
    # In a spreadsheet a row ends with its last cell, so that its width says nothing; no title has a cell too many.
    widest = max(row.extent for row in held if padded or len(row.texts) == width)
    for place, row in enumerate(held):
        wide_enough = row.extent * 5 >= widest * 3 and (row.extent > 1 or widest == 1)
        if not wide_enough or row.filled * 2 <= row.extent:
            continue
        odd = row.extent > widest or (row.extent < widest and len(row.texts) != width)
        if odd and not padded and place + 1 < len(held) and _is_above_its_kind(held[place + 1 :]):
            continue  # a title with commas: the row below it is not like the rows below that one
        return place
    return 0


def _usual(widths: Sequence[int]) -> int:
    """The most frequent width; of several the widest."""
    return max(Counter(widths).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _is_above_its_kind(rows: list[_Seen]) -> bool:
    """Whether the first of some rows has words in a column whose other cells are mostly numbers."""
    first, *others = rows
    for at, text in enumerate(first.texts):
        cells = [row.texts[at] for row in others if at < len(row.texts) and row.texts[at]]
        if text and not is_number(text) and cells and sum(map(is_number, cells)) * 2 > len(cells):
            return True
    return False


def _above(above: list[_Seen], heading: _Seen, file: str) -> tuple[str, ...]:
    """What is said of the rows above the headers. Titles are left out; another table is not."""
    if not above:
        return () if heading.number == 1 else (f"The column headers are in row {heading.number:,}.",)
    for row, after in pairwise(above):
        if row.extent == after.extent == row.filled == after.filled >= 3:
            message = f"it may hold two tables: one from row {row.number:,}, one from row {heading.number:,}"
            hint = f"Put each into a file of its own, or give --header-row {row.number}"
            raise ReadError(message, where=file, hint=hint)
    if heading.is_data:
        message = f"row {heading.number:,} looks like data, and no row above it has as many cells"
        hint = "Give each column a header in one row, or name the row with --header-row"
        raise ReadError(message, where=file, hint=hint)
    texts = [brief(next(text for text in row.texts if text)) for row in above]
    more = f" and {len(texts) - 2:,} more" if len(texts) > 2 else ""
    said = ", ".join(f'"{text}"' for text in texts[:2])
    return (f"The column headers are in row {heading.number:,}. Left out above them: {said}{more}.",)


def _is_index(heading: _Seen, below: list[_Seen]) -> bool:
    """Whether the first column has no header and numbers the rows: whole numbers in every row, none of them twice."""
    if heading.texts[0] or not below:
        return False
    numbers = [row.texts[0] for row in below]
    if len(numbers) == 1 and numbers[0] not in {"0", "1"}:
        return False
    return all(map(_INDEX.fullmatch, numbers)) and len({*numbers}) == len(numbers)


def _check(heading: _Seen, below: list[_Seen], file: str, *, padded: bool, index: bool) -> None:
    where = Place(file, heading.number)
    problems = [*_doubled(heading, where), *_unnamed(heading, below, where, padded=padded, index=index)]
    if problems:
        raise InvalidTableError("the column headers", problems[:_MOST_PROBLEMS])


def _doubled(heading: _Seen, where: Place) -> list[Problem]:
    places: dict[str, list[str]] = {}
    for at, text in enumerate(heading.texts):
        if text:
            places.setdefault(text, []).append(letters(at))
    hint = "Give each column a header of its own"
    if heading.is_data:
        hint = "If this row is data, add a row with the column headers above it"
    return [
        Problem(where, f"columns {join(found[:6])} have the same header, {brief(text)!r}", hint)
        for text, found in places.items()
        if len(found) > 1
    ]


def _unnamed(heading: _Seen, below: list[_Seen], where: Place, *, padded: bool, index: bool) -> list[Problem]:
    """Columns that hold something in the first rows and have no header."""
    problems: list[Problem] = []
    end = max((row.extent for row in below), default=0) if padded else len(heading.texts)
    for at in range(int(index), min(end, MOST_COLUMNS)):
        if at < heading.extent and heading.texts[at]:
            continue
        row = next((row for row in below if at < row.extent and row.texts[at]), None)
        if row is None:
            continue
        message = f"column {letters(at)} has no header, but row {row.number:,} holds {brief(row.texts[at])!r} in it"
        left = heading.texts[at - 1] if 0 < at <= len(heading.texts) else ""
        merged = f"If {brief(left)!r} covers several columns, give each its own" if left else ""
        problems.append(Problem(where, message, merged or "Give the column a header, or delete it"))
    return problems
