"""The runs of tags between the texts of an OpenDocument spreadsheet in the plain form that large ones have.

Nearly all of a large document is the same few runs of tags between two texts. A run is taken apart once, by a grammar
that knows a few forms and attributes and nothing else; a row that has anything else is not in the plain form.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from careassure.tables.ods_cells import cell_text
from careassure.tables.sheets import MOST_COLUMNS
from careassure.tables.table import BORDER

FEW_RUNS = 16
"""Up to so many runs of tags are worth being looked for one by one in a whole slab."""
ROW, ROW_END = "<table:table-row", "</table:table-row>"
TEXT, TEXT_END = "<text:p>", "</text:p>"
_MOST_RUNS = 20_000
_MOST_PLAIN = 64
_ATTRIBUTES = r'((?: [a-z]+:[a-z-]+="[^"<>&\t\n\r]*")*)'
_SPACE = r"[ \t\n]*"
_RUN = re.compile(
    rf"{_SPACE}(?:</table:table-cell>|<table:table-row{_ATTRIBUTES}>)"
    rf"((?:{_SPACE}<table:(?:covered-)?table-cell(?: [a-z]+:[a-z-]+=\"[^\"<>&\t\n\r]*\")*/>)*)"
    rf"{_SPACE}(?:<table:table-cell{_ATTRIBUTES}>{_SPACE})?"
)
_BLANK = re.compile(rf"<table:(?:covered-)?table-cell{_ATTRIBUTES}/>")
_ATTRIBUTE = re.compile(r' ([a-z]+:[a-z-]+)="([^"]*)"')
_LOOKS = frozenset({"table:style-name", "table:content-validation-name"})
_BLANK_KNOWN = _LOOKS | {"table:number-columns-repeated"}
_SPANNED = frozenset({"table:number-columns-spanned", "table:number-rows-spanned"})
_CELL_KNOWN = (
    _LOOKS
    | _SPANNED
    | {
        "office:value-type",
        "calcext:value-type",
        "office:value",
        "office:currency",
        "office:date-value",
        "office:time-value",
        "office:boolean-value",
    }
)
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos);|#([1-9][0-9]{0,6});|#x([0-9A-Fa-f]{1,6});|)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class _Run(NamedTuple):
    """What a run of tags between two texts means: blank cells, and the cell that the next text is in."""

    blanks: int
    cell: dict[str, str] | None  # None for plain text, which needs no more looking at
    start: bool  # whether it begins a row


class Runs(NamedTuple):
    """The runs of tags around plain texts that were met most often.

    Args:
        between: Those from the end of a text to the next text or to the end of the row, commonest first; each with how
            many borders between cells it stands for, or None where it ends a row.
        starts: Those from the beginning of a row to its first text, with how many blank cells each holds.
    """

    between: dict[bytes, int | None]
    starts: dict[bytes, int]


def _attributes(text: str, known: frozenset[str]) -> dict[str, str] | None:
    """The attributes of a tag; None where one of them is not known."""
    found = dict(_ATTRIBUTE.findall(text))
    return found if known.issuperset(found) else None


def _run(text: str) -> _Run | None:
    """What a run of tags means; None where it is not in the plain form."""
    found = _RUN.fullmatch(text)
    start = text.lstrip().startswith(ROW)
    if not found or _attributes(found[1] or "", _LOOKS) is None:
        return None
    blanks = 0
    for blank in _BLANK.finditer(found[2]):
        attributes = _attributes(blank[1], _BLANK_KNOWN)
        times = attributes.get("table:number-columns-repeated", "1") if attributes is not None else ""
        if not times.isdecimal() or not 1 <= int(times[:8]) <= MOST_COLUMNS:
            return None
        blanks += int(times)
    if blanks > MOST_COLUMNS:
        return None
    if found[3] is None:
        return _Run(blanks, {}, start)
    cell = _attributes(found[3], _CELL_KNOWN)
    kind = (cell or {}).get("office:value-type")
    if cell is None or kind is None or cell.get("calcext:value-type", kind) != kind:
        return None
    if kind == "string":
        return _Run(blanks, None, start)
    named = {name.partition(":")[2]: value for name, value in cell.items() if name[:8] != "calcext:"}
    return _Run(blanks, named, start)


class PlainRows:
    """Cuts rows into their cells, and keeps what it learned of the tags between them."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._runs: dict[str, _Run | None] = {}
        self._plain: dict[str, _Run] = {}  # those around plain text
        self._common = Runs({}, {})
        self._counted = 0
        self._typed: dict[tuple[str, str], str] = {}
        self._commonest = "\0"  # the run of tags, with the start of the text, that lies between most texts

    def runs(self, text: bytes) -> Runs:
        """The runs of tags that are commonest in some rows, among those that were met around plain texts."""
        if len(self._plain) != self._counted:
            self._counted = len(self._plain)
            plain = self._plain.items()
            between = {_whole_run(run, found): _borders(found) for run, found in plain if not found.start}
            common = sorted(between, key=text.count, reverse=True)[:FEW_RUNS]
            starts = {run.encode(): found.blanks for run, found in plain if found.start and found.cell is None}
            self._common = Runs({run: between[run] for run in common}, starts)
        return self._common

    def cells(self, row: str) -> list[str] | None:
        """The cells of a row, up to the last that holds something; None where it is not in the plain form."""
        pieces = row.split(TEXT_END)
        last = pieces.pop()
        common = self._commonest
        start = len(common)
        found: list[str] = []
        add = found.append
        starts = 0
        for piece in pieces:
            if piece.startswith(common):
                add(piece[start:])
                continue
            run, mark, text = piece.partition(TEXT)
            meaning = self._runs[run] if run in self._runs else self._learn(run)
            if not meaning or not mark:
                return None
            starts += meaning.start
            if meaning.blanks:
                found.extend([""] * meaning.blanks)
            if meaning.cell is None:
                add(text)
            elif (value := self._value(run, meaning, text)) is not None:
                add(value)
            else:
                return None
        end = self._runs[last] if last in self._runs else self._learn(last)
        if not end or end.cell != {} or starts + end.start != 1:
            return None
        together = "\n".join(found)
        if "<" in together or len(found) > MOST_COLUMNS:
            return None
        while found and not found[-1]:
            found.pop()
        if "&" in together:
            return _unescaped(found)
        return found

    def bordered(self, row: str) -> str | None:
        """A row with borders between its cells where its tags were. Entities stay, and some borders may be there.

        Args:
            row: What is left of a row whose commonest runs of tags were made borders.

        Returns:
            None where it is not in the plain form.
        """
        ended = row.endswith(ROW_END)
        pieces = row.removesuffix(ROW_END).split(TEXT_END)
        if ended:
            last = pieces.pop()
            end = self._runs[last] if last in self._runs else self._learn(last)
            if not end or end.cell != {} or end.start == bool(pieces):
                return None
        found: list[str] = []
        for at, piece in enumerate(pieces):
            run, mark, text = piece.partition(TEXT)
            meaning = self._runs[run] if run in self._runs else self._learn(run)
            if not meaning or not mark or meaning.start != (not at) or "<" in text:
                return None
            found.append(BORDER * (meaning.blanks + (not meaning.start)))
            if meaning.cell is not None:
                text, border, rest = text.partition(BORDER)
                value = self._value(run, meaning, text)
                if value is None or "&" in value or BORDER in value:
                    return None
                text = f"{value}{border}{rest}"
            found.append(text)
        return "".join(found)

    def _value(self, run: str, meaning: _Run, text: str) -> str | None:
        """The text of a cell that holds a number or a date; None where it is not in the plain form."""
        if not meaning.cell or "<" in text or "&" in text:
            return None
        value = self._typed.get((run, text))
        if value is None:
            if len(self._typed) > _MOST_RUNS:
                self._typed.clear()
            value = self._typed[run, text] = cell_text(meaning.cell, text, self._file)
        return value

    def _learn(self, run: str) -> _Run | None:
        if len(self._runs) > _MOST_RUNS:  # numbers are in the tags, so there may be no end of them
            self._runs.clear()
        found = self._runs[run] = _run(run)
        if found and not found.cell and len(self._plain) < _MOST_PLAIN:
            self._plain[run] = found
        if self._commonest == "\0" and found and not found.blanks and found.cell is None and run.startswith("</"):
            self._commonest = run + TEXT
        return found


def _whole_run(run: str, found: _Run) -> bytes:
    """A run of tags from the end of a text to the next text or the end of the row."""
    return f"{TEXT_END}{run}{TEXT if found.cell is None else ROW_END}".encode()


def _borders(found: _Run) -> int | None:
    """How many borders a run of tags stands for; None where it ends a row."""
    return found.blanks + 1 if found.cell is None else None


def _unescaped(cells: list[str]) -> list[str] | None:
    """Cells with the characters that entities stand for; None where there is another kind of entity."""
    try:
        return [unescaped(cell) if "&" in cell else cell for cell in cells]
    except LookupError:
        return None


def unescaped(text: str) -> str:
    """A text with the characters that entities stand for.

    Raises:
        LookupError: There is another kind of entity.
    """
    return _ENTITY.sub(_character, text)


def _character(entity: re.Match[str]) -> str:
    if entity[1]:
        return _NAMED[entity[1]]
    code = int(entity[2]) if entity[2] else int(entity[3], 16) if entity[3] else 0
    if code not in {9, 10} and not 32 <= code < 0xD800 and not 0xE000 <= code <= 0xFFFD:
        raise LookupError(code)
    return chr(code)
