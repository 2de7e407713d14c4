"""Rows below the column headers: each is given as it stands, with what is wrong with its form. None is dropped.

The rules are those of `docs/reference/tables-in-files.md`, the same for delimited text and for spreadsheets.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, islice

from attrs import define, field

from careassure.errors import Place, Problem
from careassure.model.ids import brief
from careassure.model.text import plural
from careassure.tables.headers import Headings, is_blank, is_number, letters, tidy
from careassure.tables.table import Line

NOTE = r"(?i:(?:sources?|notes?|key|footnotes?|copyright)\s*[:.]|©|\[[a-z0-9]+\]\s|\*+\s)"
"""How a line below a table begins that says something of it."""
_NOTE = re.compile(NOTE)
A_NOTE = "it looks like a note on the table, not a row of it"
"""What is said of such a line."""
MERGED = ", which are merged"
"""How it ends what is said of a cell that is a part of merged ones."""
_SENTENCE = re.compile(r".{60,}|(?:\S+\s+){3,}\S+\.", re.DOTALL)
"""What stands alone below a blank row and is a sentence: no name of a council is as long, or ends so."""
_APART = "Put each table into a file of its own"
_SAMPLE = 20
"""Of so many rows it is known which columns hold numbers, to see where a second table of the same width begins."""
_TOGETHER = 32
"""So many rows are looked at together. A row may be long, so they are few."""
_AS_WRITTEN = ("{}", " {}", "{} ", " {} ", "\u00a0{}", "{}\u00a0")
"""How a header may stand in a row that repeats it."""
_Row = tuple[int, Sequence[str]]


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
    below = Below(headings, file, padded)
    yield from below.read(records)
    yield from below.rest()


@define
class Below:
    """Reads the rows below the headers, in one go or some at a time, and knows what was seen of them so far.

    Args:
        headings: The column headers.
        file: The name of the file.
        padded: Whether a cell that is not there is blank.
        last: The last row in which nothing is wrong.
        seen: The last row that holds something.
        second: The row in which a second table begins; 0 where none has.
        held: A row that may begin one: the next row tells.
        wide: How many cells it has; in a spreadsheet, up to the last that holds something.
        noted: The last row that is a note.
    """

    headings: Headings
    file: str
    padded: bool
    last: int = field(init=False)
    seen: int = field(init=False)
    second: int = 0
    held: Line | None = None
    wide: int = 0
    noted: int = 0
    _sample: list[Sequence[str]] = field(factory=list, init=False)
    _marks: frozenset[str] = field(init=False)
    _names: frozenset[str] = field(init=False)
    _whole: bool = field(init=False)  # whether each column up to the last has a header

    def __attrs_post_init__(self) -> None:
        self._names = frozenset(self.headings.names)
        self._whole = self.headings.columns == tuple(range(len(self.headings.columns)))
        self.last = self.seen = self.headings.row
        self._marks = frozenset(form.replace("{}", name) for name in self.headings.names for form in _AS_WRITTEN)

    @property
    def is_plain(self) -> bool:
        """Whether a row with a cell for each header, directly below the last one, can be looked at by itself."""
        settled = self.held is None and not self.second and self.noted < self.seen
        return settled and len(self._sample) == _SAMPLE

    def read(self, records: Iterable[tuple[int, Sequence[str]]], also: Container[int] = ()) -> Iterator[Line]:
        """The lines that some rows are. What is held at their end is told with the rows after them, or by `rest`.

        Args:
            records: The rows, each with its number.
            also: The numbers of rows that are given even where they hold nothing.
        """
        for rows in _some(records):
            if self._are_plain(rows):
                self.last = self.seen = rows[-1][0]
                for number, cells in rows:
                    yield Line(number, tuple(cells))
            else:
                yield from self._one_by_one(rows, also)

    def _are_plain(self, rows: Sequence[_Row]) -> bool:
        """Whether some rows are plain to see: each as wide as the headers, none blank, a note, or the headers again."""
        headings = self.headings
        count = len(headings.columns)
        first, last = rows[0][0], rows[-1][0]
        if not self.is_plain or first != self.seen + 1 or last - first + 1 != len(rows) or headings.width != count:
            return False
        cells = [row[1] for row in rows]
        if headings.columns[-1] + 1 != count or set(map(len, cells)) != {count}:
            return False
        starts = [row[0] for row in cells]
        if not (_is_seen(min(starts)) and _is_seen(max(starts))):
            return False
        if count > 1:
            others = [row[1] for row in cells]
            if not (_is_seen(min(others)) and _is_seen(max(others))) and not all(map(_is_no_note, starts)):
                return False
        return self._marks.isdisjoint(chain.from_iterable(cells))

    def _one_by_one(self, records: Iterable[_Row], also: Container[int]) -> Iterator[Line]:
        width, count, heading = self.headings.width, len(self.headings.columns), self.headings.row
        whole = self._whole
        fill = [("",) * (count - held) for held in range(count)]
        marks = self._marks
        plain, seen = whole and self.is_plain, self.seen
        for number, cells in records:
            if number <= heading:
                if number == heading:
                    self._marks = marks = marks.union(filter(None, cells))
                continue
            # What is quick to see of a row that is shorter than the headers, or is among others that are not plain.
            held = len(cells)
            if plain and number == seen + 1 and (held == width or (self.padded and 0 < held < width)):
                start, after = cells[0], cells[1] if held > 1 else ""
                shown = _is_seen(start) and (count == 1 or _is_seen(after) or _is_no_note(start))
                if shown and marks.isdisjoint(cells) and (held <= count or not any(cells[count:])):
                    seen = number
                    if held == count:
                        yield Line(number, tuple(cells))
                    else:
                        yield Line(number, (*cells, *fill[held]) if held < count else tuple(cells[:count]))
                    continue
            if seen != self.seen:
                self.last = self.seen = seen
            yield from self._lines(number, cells, given=number in also)
            plain, seen = whole and self.is_plain, self.seen
        if seen != self.seen:
            self.last = self.seen = seen

    def rest(self) -> Iterator[Line]:
        """The row that was held."""
        line, self.held = self.held, None
        if line is None:
            return
        if self.second == line.number:
            line = self._bad(line.number, line.cells, _begins(self.wide), _APART)
        if not line.problems:
            self.last = line.number
        yield line

    def took(self, first: int, count: int) -> None:
        """Rows from a number on were read by somebody else, who found them plain."""
        self.last = self.seen = first + count - 1

    def _lines(self, number: int, cells: Sequence[str], *, given: bool) -> Iterator[Line]:
        """What is said of a row, after the row before it where that one was held."""
        if is_blank(cells):
            if given:
                yield self._fitted(number, cells)
            return
        texts = [tidy(cell) for cell in cells]
        if self.held is not None and self._is_of_second(number, texts):
            self.second = self.held.number
        yield from self.rest()
        gap = number > self.seen + 1
        self.seen = number
        line = self._line(number, cells, texts, gap=gap)
        if not self.second and self._may_begin(line, texts, gap=gap):
            self.held, self.wide = line, _extent(texts) if self.padded or not line.problems else len(cells)
            return
        if not line.problems:
            self.last = number
            if len(self._sample) < _SAMPLE:
                self._sample.append(texts)
        yield line

    def _may_begin(self, line: Line, texts: Sequence[str], *, gap: bool) -> bool:
        """Whether a row could be the column headers of a second table, which the row below it tells.

        In delimited text such a row has another number of cells. Where rows are filled up with blank cells, a blank
        row stands above it, and it is narrower than the table or has words where the table has numbers.
        """
        if line.problems and not self.padded and len(texts) != self.headings.width:
            return _is_header(texts)
        held = list(texts[: _extent(texts)])
        if not gap or line.problems or not _is_header(held):
            return False
        return len(held) <= self.headings.columns[-1] or any(
            at < len(row) and is_number(row[at]) for row in self._sample for at in range(len(held))
        )

    def _is_of_second(self, number: int, texts: Sequence[str]) -> bool:
        """Whether a row below one that may be headers is of their table."""
        held = self.held
        if held is None:
            return False
        if held.problems:
            return len(texts) == self.wide
        # Words alone say nothing: a number below a word does.
        numbers = any(is_number(text) for text in texts)
        return number == held.number + 1 and numbers and _extent(texts) == self.wide

    def _line(self, number: int, cells: Sequence[str], texts: Sequence[str], *, gap: bool) -> Line:
        if self.second:
            message = f"it belongs to a second table, which begins in row {self.second:,}"
            return self._bad(number, cells, message, _APART)
        names = self.headings.names
        if len(names) > 1 and _share(texts, self._names) >= 0.5:
            again = tuple(text for text in texts if text) == names
            if again and number == self.last + 1:
                return self._bad(number, cells, "the column headers are repeated", "Delete this row")
            self.second = number
            return self._bad(number, cells, _begins(_extent(texts)), _APART)
        held = [text for text in texts if text]
        alone = len(held) == 1 and held[0] == texts[0] and len(names) > 1
        if alone and (_is_note(held[0], below=gap) or self.noted == number - 1):
            self.noted = number
            return self._bad(number, cells, A_NOTE, "Delete it")
        wrong = self._misfit(texts)
        return self._bad(number, cells, *wrong) if wrong is not None else self._fitted(number, cells)

    def _misfit(self, texts: Sequence[str]) -> tuple[str, str] | None:
        """What is wrong with the cells of a row, and what to do; None where each has its column."""
        headings = self.headings
        needed = headings.columns[-1] + 1
        if len(texts) < needed and not self.padded:
            count = plural(len(texts), "cell")
            hint = "Fill in the missing cells" if len(texts) > 1 else "Delete it if it is a note on the table"
            return f"it has {count} for {plural(len(headings.names), 'column header')}", hint
        if self._whole and len(texts) <= needed:
            return None
        stray = next((at for at, text in enumerate(texts) if text and not headings.may_hold(at, text)), None)
        if stray is None:
            return None
        if stray >= headings.width and not self.padded:
            message = f"it has {plural(len(texts), 'cell')} for {plural(len(headings.names), 'column header')}"
            return message, "Put text that holds the separator in quotation marks"
        message = f"it holds {brief(texts[stray])!r} in column {letters(stray)}, which has no header"
        return message, "Give the column a header, or delete the cell"

    def _fitted(self, number: int, cells: Sequence[str]) -> Line:
        """A row with a cell for each header."""
        return Line(number, tuple(cells[at] if at < len(cells) else "" for at in self.headings.columns))

    def _bad(self, number: int, cells: Sequence[str], message: str, hint: str) -> Line:
        return Line(number, tuple(cells), (Problem(Place(self.file, number), message, hint),))


def _is_seen(text: str) -> bool:
    """Whether a text begins with a letter, a digit or a sign of ASCII, and so is not blank."""
    return "!" <= text < "\x7f"


def _is_no_note(text: str) -> bool:
    """Whether a text that begins so is no note, even where it stands alone in its row."""
    return text.isascii() and not _NOTE.match(text)


def _some(records: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Rows, some at a time. What is wrong with the rows after them is told when these were used."""
    each = iter(records)
    while True:
        found: list[_Row] = []
        try:
            found.extend(islice(each, _TOGETHER))
        except Exception:
            if found:
                yield found
            raise
        if not found:
            return
        yield found


def _begins(width: int) -> str:
    return f"a second table seems to begin here, with {plural(width, 'column')}"


def _extent(texts: Sequence[str]) -> int:
    """How many cells a row has up to the last that holds something."""
    return next((at + 1 for at in range(len(texts) - 1, -1, -1) if texts[at]), 0)


def _is_note(text: str, *, below: bool) -> bool:
    """Whether the only text of a row says something of the table."""
    return bool(_NOTE.match(text) or (below and _SENTENCE.fullmatch(text)))


def _share(texts: Sequence[str], names: Container[str]) -> float:
    """How much of a row is column headers of the table; 0 where fewer than two cells are."""
    held = [text for text in texts if text]
    hits = sum(text in names for text in held)
    return hits / len(held) if hits > 1 else 0.0


def _is_header(texts: Sequence[str]) -> bool:
    """Whether a row could be column headers: several words, none blank, none a number, none twice."""
    several = len(texts) > 1 and all(texts)
    return several and not any(map(is_number, texts)) and len(set(texts)) == len(texts)
