"""A table in a spreadsheet: the sheet that is read, its column headers, and its rows as text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from careassure.errors import InvalidTableError, Place, Problem, ReadError
from careassure.model.ids import brief
from careassure.model.text import join, near
from careassure.tables import ods, xls, xlsx
from careassure.tables.container import Container
from careassure.tables.headers import FIRST_ROWS, Headings, find_headings, letters, tidy
from careassure.tables.rows import MERGED, Below
from careassure.tables.sheets import RATES, TYPED, Area, Look, Sheet, SheetRow
from careassure.tables.table import FOUND, Block, Kind, Layout, Line, Options, TableFile

_MOST_TOLD = 5
_WORK_OUT = "Open the file in Excel or LibreOffice, save it, and try again"
_UNMERGE = "Unmerge the cells, and write into each what it should hold"


def open_spreadsheet(source: Container | str, kind: Kind, options: Options = FOUND) -> TableFile:
    """The table in a sheet of a spreadsheet.

    Args:
        source: The archive of an .xlsx or .ods file, or the path of an .xls file.
        kind: Which of the three it is.
        options: What a person says of its layout.

    Raises:
        ReadError: It cannot be read, or it is not clear which sheet holds the table.
        InvalidTableError: Its column headers do not tell the columns apart.
        MissingExtraError: A library that it needs is not installed.
    """
    file = _file(source)
    _check_options(options, file)
    return _table(file, kind, options, _sheets(source, options.sheet))


def _file(source: Container | str) -> str:
    return source.file if isinstance(source, Container) else os.path.basename(source)  # noqa: PTH119


def _table(file: str, kind: Kind, options: Options, sheets: Sequence[Sheet]) -> TableFile:
    sheet, notes = _named(sheets, options.sheet, file) if options.sheet else _chosen(sheets, file)
    look = sheet.look()
    rows = _first_rows(sheet, options.header_row)
    if not rows:
        raise ReadError(f"the sheet {brief(sheet.name)!r} is empty", where=Place(file), hint=_other(sheets, sheet))
    headings = _headings(rows, file, options, look)
    notes += headings.notes + _told(look, headings)
    layout = Layout(file, kind, headings.names, headings.row, sheet=sheet.name, notes=notes, above=headings.above)
    new = partial(_Lines, layout, headings, look)
    return TableFile(layout, lambda: new().all(sheet.rows()), _blocks(sheet, headings, look, new))


class Book:
    """A spreadsheet of which several sheets are read: what they share is read once.

    Args:
        source: The archive of an .xlsx or .ods file, or the path of an .xls file.
        kind: Which of the three it is.

    Raises:
        ReadError: It cannot be read.
        MissingExtraError: A library that it needs is not installed.
    """

    def __init__(self, source: Container | str, kind: Kind) -> None:
        self._file = _file(source)
        self._kind: Kind = kind
        self._sheets = _sheets(source, None)

    def names(self) -> tuple[str, ...]:
        """The names of the sheets that can be seen and hold a table."""
        return tuple(sheet.name for sheet in _tables(self._sheets))

    def table(self, name: str, header_row: int | None = None) -> TableFile:
        """The table on a sheet.

        Args:
            name: The sheet.
            header_row: The row with the column headers, counted from 1; None where it is to be found out.

        Raises:
            ReadError: There is no such sheet, or nothing on it.
            InvalidTableError: Its column headers do not tell the columns apart.
        """
        options = Options(sheet=name, header_row=header_row)
        _check_options(options, self._file)
        # Of several sheets with the name a document is read up to the first one.
        last = next((at for at, sheet in enumerate(self._sheets) if sheet.name == name and self._kind == "ods"), None)
        return _table(self._file, self._kind, options, self._sheets[: None if last is None else last + 1])


def _blocks(
    sheet: Sheet, headings: Headings, look: Look, new: Callable[[], _Lines]
) -> Callable[[], Iterator[Block[Line]]] | None:
    """The rows below the headers many at once, where each row has a cell for each header, and no cells are merged."""
    found = sheet.blocks
    if found is None or look.merged or headings.columns != tuple(range(len(headings.names))):
        return None

    def blocks() -> Iterator[Block[Line]]:
        lines = new()
        below = lines.below
        for block in found():
            # Rows that are cut at once are directly below a plain row: what is held, or follows a gap, is looked at.
            plain = below.is_plain and block.after == below.seen
            took = partial(_took, below, block)
            text = block.text if plain else b""
            rows = partial(_read, lines, block.rows)
            yield Block(text, block.after, block.between, block.starts, block.bordered, rows, took)
        if below.held is not None:
            yield Block(b"", below.seen, {}, {}, lambda _: None, lines.rest, lambda _: None)

    return blocks


def _read(lines: _Lines, rows: Callable[[], Iterator[SheetRow]]) -> Iterator[Line]:
    return lines.read(rows())


def _took(below: Below, block: Block[SheetRow], count: int) -> None:
    """Tell both that rows were cut by somebody else."""
    below.took(block.after + 1, count)
    block.took(count)


def _check_options(options: Options, file: str) -> None:
    for value, name in ((options.separator, "--separator"), (options.encoding, "--encoding")):
        if value is not None:
            raise ReadError(f"{name} is for delimited text, and this is a spreadsheet", where=file, hint="Leave it out")
    if options.header_row is not None and options.header_row < 1:
        raise ReadError(f"row {options.header_row:,} does not exist", where=file, hint="Rows are counted from 1")


def _sheets(source: Container | str, wanted: str | None) -> tuple[Sheet, ...]:
    if isinstance(source, str):
        return xls.sheets_of(source)
    return ods.sheets_of(source, wanted) if ods.CONTENT in source.parts else xlsx.sheets_of(source)


def _named(sheets: Sequence[Sheet], name: str, file: str) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet that a person names: exactly so, or but for spaces and capital letters."""
    found = [sheet for sheet in sheets if sheet.name == name] or [
        sheet for sheet in sheets if tidy(sheet.name).casefold() == tidy(name).casefold()
    ]
    if len(found) == 1:
        return found[0], ((f"The sheet {brief(name)!r} is hidden.",) if found[0].hidden else ())
    names = [sheet.name for sheet in sheets]
    likely = near(name, names) or tuple(sheet.name for sheet in sheets if not sheet.hidden)
    if found:
        raise ReadError(f"it has several sheets called {name!r}", where=Place(file), hint="Write the name exactly")
    hint = f"Its sheets: {join([brief(each) for each in likely[:8]])}" if likely else "It has no sheets"
    raise ReadError(f"it has no sheet called {brief(name)!r}", where=Place(file), hint=hint)


def _chosen(sheets: Sequence[Sheet], file: str) -> tuple[Sheet, tuple[str, ...]]:
    """The one sheet that holds a table, or into which a workbook of ours takes scores; what else there is, is told."""
    if {sheet.name for sheet in sheets} >= RATES:
        return _named(sheets, TYPED, file)[0], (f"It is a workbook that rates: its sheet {TYPED!r} is read.",)
    held = [(sheet, [*islice(sheet.rows(), FIRST_ROWS)]) for sheet in sheets if not sheet.hidden]
    held = [(sheet, rows) for sheet, rows in held if rows]
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    tables = [sheet for sheet, rows in held if _is_table(rows)] or [sheet for sheet, _ in held]
    if not tables:
        hint = f"It has hidden sheets: {_names(hidden)}. Use --sheet NAME" if hidden else "Check the file"
        raise ReadError("its sheets are empty", where=Place(file), hint=hint)
    if len(tables) > 1:
        message = f"it has several sheets with tables: {_names([sheet.name for sheet in tables])}"
        raise ReadError(message, where=Place(file), hint="Choose one with --sheet NAME")
    others = [sheet.name for sheet, _ in held if sheet is not tables[0]]
    notes = []
    if others or hidden:
        notes.append(f"The sheet {brief(tables[0].name)!r} is read.")
    if others:
        notes.append(f"Not read, as no table was found in them: {_names(others)}.")
    if hidden:
        notes.append(f"Not read, as they are hidden: {_names(hidden)}.")
    return tables[0], tuple(notes)


def tables_of(source: Container | str) -> tuple[Sheet, ...]:
    """The sheets of a spreadsheet that can be seen and look like a table.

    Args:
        source: The archive of an .xlsx or .ods file, or the path of an .xls file.
    """
    return _tables(_sheets(source, None))


def _tables(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    seen = [sheet for sheet in sheets if not sheet.hidden]
    return tuple(sheet for sheet in seen if _is_table([*islice(sheet.rows(), FIRST_ROWS)]))


def _is_table(rows: Sequence[SheetRow]) -> bool:
    """Whether some rows look like a table: two or more that have two or more cells filled."""
    return sum(sum(map(bool, row.cells)) > 1 for row in rows) > 1


def _names(names: Sequence[str]) -> str:
    more = [f"{len(names) - 8:,} more"] if len(names) > 8 else []
    return join([repr(brief(name)) for name in names[:8]] + more)


def _other(sheets: Sequence[Sheet], empty: Sheet) -> str:
    others = [sheet.name for sheet in sheets if sheet is not empty]
    return f"Its other sheets: {_names(others)}" if others else "Check the file"


def _first_rows(sheet: Sheet, header_row: int | None) -> list[SheetRow]:
    """The first rows, or those around the row that a person names."""
    found: list[SheetRow] = []
    below = 0
    for row in sheet.rows():
        found.append(row)
        below += header_row is None or row.number > header_row
        if below >= FIRST_ROWS:
            break
        if header_row is not None and row.number < header_row and len(found) > FIRST_ROWS:
            found.pop(0)
    return found


def _headings(rows: Sequence[SheetRow], file: str, options: Options, look: Look) -> Headings:
    """The column headers; where merged cells are the reason that there are none, that is said."""
    try:
        found = find_headings(rows_as_pairs(rows), file, options.header_row, padded=True)
    except InvalidTableError as error:
        row = next((problem.where.row for problem in error.problems), None)
        merged = [area for area in look.merged if isinstance(row, int) and area.top <= row <= area.bottom]
        if not merged:
            raise
        message = f"its column headers lie in merged cells: {_areas(merged)}"
        raise ReadError(message, where=Place(file, row), hint="Unmerge them, and give each column a header") from None
    across = [area for area in look.merged if area.top <= found.row <= area.bottom and area.right > area.left]
    if across:
        message = f"its column headers lie in merged cells: {_areas(across)}"
        raise ReadError(message, where=Place(file, found.row), hint="Unmerge them, and give each column a header")
    return found


def rows_as_pairs(rows: Sequence[SheetRow]) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows as number and cells."""
    return ((row.number, row.cells) for row in rows)


def _area(area: Area) -> str:
    return f"{letters(area.left)}{area.top}:{letters(area.right)}{area.bottom}"


def _areas(areas: Sequence[Area]) -> str:
    more = [f"{len(areas) - _MOST_TOLD:,} more"] if len(areas) > _MOST_TOLD else []
    return join([_area(area) for area in areas[:_MOST_TOLD]] + more)


def _told(look: Look, headings: Headings) -> tuple[str, ...]:
    """What a person does not see, or sees differently."""
    notes: list[str] = []
    rows = [span for span in look.hidden_rows if span[1] > headings.row]
    if rows:
        notes.append(f"Hidden rows are read too: {_spans(rows, str)}.")
    columns = [span for span in look.hidden_columns if span[0] < headings.width]
    if columns:
        notes.append(f"Hidden columns are read too: {_spans(columns, letters)}.")
    merged = [area for area in look.merged if area.bottom > headings.row]
    if merged:
        notes.append(f"Cells below the headers are merged: {_areas(merged)}.")
    if not look.whole:
        notes.append("The file is very large: hidden and merged cells are told of its first part alone.")
    return tuple(notes)


def _spans(found: Sequence[tuple[int, int]], name: Callable[[int], str]) -> str:
    texts = [name(first) if first == last else f"{name(first)} to {name(last)}" for first, last in found]
    more = [f"{len(texts) - _MOST_TOLD:,} more"] if len(texts) > _MOST_TOLD else []
    return join([*texts[:_MOST_TOLD], *more])


class _Lines:
    """The rows below the headers, by the rules of all tables, with what is wrong in a spreadsheet alone."""

    def __init__(self, layout: Layout, headings: Headings, look: Look) -> None:
        self.below = Below(headings, layout.file, padded=True)
        self._layout = layout
        self._merged = _merged_by_row(look, headings)
        self._faults: dict[int, Sequence[tuple[int, str]]] = {}

    def all(self, rows: Iterator[SheetRow]) -> Iterator[Line]:
        """All lines of the table."""
        yield from self.read(rows)
        yield from self.rest()

    def read(self, rows: Iterator[SheetRow]) -> Iterator[Line]:
        """The lines of some rows."""
        return self._told(self.below.read(self._records(rows), self._faults))

    def rest(self) -> Iterator[Line]:
        """What was held."""
        return self._told(self.below.rest())

    def _records(self, rows: Iterator[SheetRow]) -> Iterator[tuple[int, Sequence[str]]]:
        for number, cells, faults in rows:
            if faults and number > self.below.headings.row:
                self._faults[number] = faults
            yield number, cells

    def _told(self, lines: Iterator[Line]) -> Iterator[Line]:
        if not self._merged:
            for line in lines:
                yield self._with_problems(line) if self._faults else line
        else:
            yield from map(self._with_problems, lines)

    def _with_problems(self, line: Line) -> Line:
        faults, merged = self._faults.pop(line.number, ()), self._merged.get(line.number, ())
        found = tuple(_problems(line.number, faults, merged, self._layout, self.below.headings))
        return Line(line.number, line.cells, (*line.problems, *found)) if found else line


def _problems(
    number: int,
    faults: Sequence[tuple[int, str]],
    merged: Sequence[Area],
    layout: Layout,
    headings: Headings,
) -> Iterator[Problem]:
    named = dict(zip(headings.columns, headings.names, strict=True))
    for at, message in faults:
        yield Problem(layout.place(number, named.get(at, letters(at))), message, _WORK_OUT)
    for area in merged:
        covered = [
            at for at in range(area.left, area.right + 1) if at in named and (number, at) != (area.top, area.left)
        ]
        if covered:
            message = f"the cell is a part of {_area(area)}{MERGED}"
            yield Problem(layout.place(number, named[covered[0]]), message, _UNMERGE)


def _merged_by_row(look: Look, headings: Headings) -> dict[int, list[Area]]:
    """The merged cells below the headers, by each row that lacks a cell for them."""
    found: dict[int, list[Area]] = {}
    columns = frozenset(headings.columns)
    for area in look.merged:
        for row in range(max(area.top, headings.row + 1), area.bottom + 1):
            covered = range(area.left + (row == area.top), area.right + 1)
            if not columns.isdisjoint(covered):
                found.setdefault(row, []).append(area)
    return found
