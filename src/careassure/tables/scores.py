"""One council's scores, in whatever table they stand: a column for each statement, or a row for each.

What a table says is read or refused with its cell. Averages and overall results are compared and not scored; columns
that are not needed are left alone, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from attrs import define, field, frozen

from careassure.errors import CareAssureError, InvalidTableError, Problem
from careassure.model.areas import area_of_code, area_of_name
from careassure.model.cells import score_of
from careassure.model.framework import Framework
from careassure.model.ids import brief
from careassure.model.printed_names import column_name, slip_of
from careassure.model.scale import Grade, NotRated
from careassure.model.text import fold, join, plural
from careassure.tables.score_columns import NAMES_SCORES, SCORES, score_columns
from careassure.tables.score_grid import WHAT, About, Grid, about_of, best_column, best_row, grid_of, heads_of
from careassure.tables.table import Line, TableFile
from careassure.tables.totals import Total, compared, total_of

Score = Grade | NotRated | None
Same = Callable[[str], bool]
"""Whether a name is the council that is asked for."""
_MOST_NAMED = 12
_MOST_PROBLEMS = 100
_NOBODY = "no row is about this council"
_BLANK = "Leave the cell blank if the score is not known"
_TITLE_OR_NUMBER = "Give the statement's title, or its number as in QS1"


class Cell(NamedTuple):
    """A cell that says something beside the scores: its row, the name of its column, and its text."""

    row: int
    column: str
    text: str


@frozen
class ScoreTable:
    """What a table says of one council.

    Args:
        scores: The score of each leaf, or of a statement as a whole, that the table names.
        said: What it says beside them.
        titles: The rows above the table, with their cells that hold something.
        overall: Its overall result, where it is a word.
        notes: What was decided, and how totals go with the scores; a sentence each.
    """

    scores: Mapping[str, Score]
    said: Mapping[About, Cell]
    titles: tuple[tuple[str, ...], ...]
    overall: Cell | None
    notes: tuple[str, ...]


def read_scores(table: TableFile, framework: Framework, same: Same | None = None) -> ScoreTable:
    """The scores of one council.

    Args:
        table: The table.
        framework: What is scored.
        same: Tells the council that is asked for from others; None where the table may hold only one.

    Raises:
        ReadError: It cannot be read.
        InvalidTableError: Everything in it that cannot be read as scores of one council, each with its cell.
    """
    grid = grid_of(table)
    row, across = best_row(framework, grid)
    column, down = best_column(framework, grid)
    if not max(across, down):
        hint = f"Give each statement a row or a column, such as {framework.statements[0].title}"
        problem = Problem(grid.layout.place(), f"it names no statement of {framework.title}", hint)
        raise InvalidTableError(WHAT, [problem])
    reading = _Reading(grid, framework, same)
    if across > 1 and across >= down:
        reading.above(grid.rows[:row])
        _across(reading, row)
    else:
        _down(reading, column)
    if reading.problems:
        raise InvalidTableError(WHAT, reading.problems[:_MOST_PROBLEMS])
    return reading.made()


@define
class _Reading:
    """What was found in a table so far."""

    grid: Grid
    framework: Framework
    same: Same | None
    scores: dict[str, Score] = field(factory=dict)
    places: dict[str, int] = field(factory=dict)
    said: dict[About, Cell] = field(factory=dict)
    titles: list[tuple[str, ...]] = field(factory=list)
    totals: list[tuple[Total, Cell]] = field(factory=list)
    notes: list[str] = field(factory=list)
    problems: list[Problem] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._take_titles([(0, cells) for cells in self.grid.layout.above])

    def above(self, lines: Sequence[Line]) -> None:
        """Take the rows above the scores: titles, and what is said in two cells such as "Council, Leicester"."""
        self._take_titles([(line.number, line.cells) for line in lines])

    def _take_titles(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        for number, cells in rows:
            held = tuple(cell.strip() for cell in cells if cell.strip())
            about = about_of(held[0].removesuffix(":")) if len(held) == 2 else None
            if about is not None:
                self.say(about, Cell(number, "", held[1]))
            elif held:
                self.titles.append(held)

    def say(self, about: About, cell: Cell) -> None:
        """Take what a cell says beside the scores; two cells must agree."""
        known = self.said.setdefault(about, cell)
        if fold(known.text) != fold(cell.text):
            message = f"it says {brief(cell.text)!r}, and row {known.row:,} says {brief(known.text)!r}"
            where = self.grid.layout.place(cell.row, cell.column)
            self.problems.append(Problem(where, message, "Keep one of them"))

    def score(self, leaf: str, line: Line, at: int) -> None:
        """Take a score, or say what is wrong with its cell."""
        if leaf in self.places:
            message = f"{self.framework.title_of(leaf)} has a score in row {self.places[leaf]:,} already"
            self.problems.append(self.grid.problem(line.number, None, message, "Keep one of them"))
            return
        self.places[leaf] = line.number
        try:
            self.scores[leaf] = score_of(line.cells[at], self.framework.scale_of(leaf))
        except CareAssureError as error:
            self.scores[leaf] = None
            hint = f"{error.hint}. {_BLANK}" if error.hint else _BLANK
            self.problems.append(self.grid.problem(line.number, at, error.message, hint))

    def made(self) -> ScoreTable:
        """What was found, with all that is to be said of it."""
        overall: Cell | None = None
        for total, cell in self.totals:
            if not total.theme and _is_word(cell.text, self.framework):
                overall = cell
                continue
            self.notes.append(compared(total, cell.text, self.framework, self.scores))
        missing = [s.title for s in self.framework.statements if not {s.id, *s.leaves} & self.scores.keys()]
        if missing:
            self.notes.append(f"Not in the table, so not known: {join(missing)}.")
        if self.grid.below:
            self.notes.append(f"Notes below the table, left alone: {_numbers(self.grid.below, 'row')}.")
        notes = (*self.grid.layout.notes, *self.notes)
        return ScoreTable(self.scores, self.said, tuple(self.titles), overall, notes)


def _is_word(text: str, framework: Framework) -> bool:
    try:
        framework.rating(" ".join(text.split()))
    except CareAssureError:
        return False
    return True


def _numbers(rows: Sequence[int], word: str) -> str:
    more = [f"{len(rows) - _MOST_NAMED:,} more"] if len(rows) > _MOST_NAMED else []
    return f"{word}{'s' * (len(rows) > 1)} {join([*(f'{number:,}' for number in rows[:_MOST_NAMED]), *more])}"


def _left_alone(names: Iterable[str]) -> list[str]:
    found = [name for name in names if name]
    more = [f"{len(found) - _MOST_NAMED:,} more"] if len(found) > _MOST_NAMED else []
    return [f"Columns left alone: {join([*map(brief, found[:_MOST_NAMED]), *more])}."] if found else []


# -- a column for each statement ---------------------------------------------------------------------------------------


def _across(reading: _Reading, row: int) -> None:
    grid, framework = reading.grid, reading.framework
    head = grid.rows[row]
    leaves, wrong = heads_of(framework, head)
    for at, error in wrong:
        hint = error.hint if isinstance(error, CareAssureError) else "Keep one of them"
        message = error.message if isinstance(error, CareAssureError) else error
        reading.problems.append(Problem(grid.layout.place(head.number, head.cells[at].strip()), message, hint))
    about: dict[int, About] = {
        at: found for at, cell in enumerate(head.cells) if at not in leaves and (found := about_of(cell))
    }
    totals = {
        at: total
        for at, cell in enumerate(head.cells)
        if at not in leaves and at not in about and (total := total_of(framework, cell))
    }
    line = _one_row(reading, grid.rows[row + 1 :], leaves, about)
    if line is None:
        return
    for at, leaf in leaves.items():
        reading.score(leaf, line, at)
    for at, what in about.items():
        if line.cells[at].strip():
            reading.say(what, Cell(line.number, head.cells[at].strip(), line.cells[at].strip()))
    for at, total in totals.items():
        if line.cells[at].strip():
            reading.totals.append((total, Cell(line.number, head.cells[at].strip(), line.cells[at])))
    reading.notes.append(f"The scores stand in row {line.number:,}, a column for each statement.")
    others = [cell.strip() for at, cell in enumerate(head.cells) if at not in {*leaves, *about, *totals}]
    _refuse_slips(reading, head, others, {*leaves.values()})
    reading.notes += _left_alone(others)


def _refuse_slips(reading: _Reading, head: Line, others: Iterable[str], found: Container[str]) -> None:
    """Refuse columns that seem to be those of statements that have none: a slip is not a score that is not known."""
    for name in others:
        leaf = slip_of(reading.framework, name)
        if leaf is not None and leaf not in found:
            hint = f"Did you mean {reading.framework.title_of(leaf)}? If not, give the column another header"
            where = reading.grid.layout.place(head.number, name)
            reading.problems.append(Problem(where, "it is not the name of a statement", hint))


def _one_row(
    reading: _Reading, lines: Sequence[Line], leaves: Mapping[int, str], about: Mapping[int, About]
) -> Line | None:
    """The row of the council, among rows of averages and notes."""
    names = [at for at, what in about.items() if what in {"council", "code"}]
    found = [line for line in lines if any(line.cells[at].strip() for at in (*leaves, *names))]
    labels = {line.number: [c for at, c in enumerate(line.cells) if at not in leaves and c.strip()] for line in found}
    sums = [line for line in found if any(total_of(reading.framework, label) for label in labels[line.number])]
    sums += [line for line in found if any(_is_wider(line.cells[at]) for at in names)]
    if any(line not in sums for line in found):
        found = [line for line in found if line not in sums]
    if len(found) > 1 and not names:
        scored = [line for line in found if any(SCORES.fullmatch(fold(label)) for label in labels[line.number])]
        found = scored if len(scored) == 1 else found
    if reading.same is not None and names and found:
        found = [line for line in found if any(reading.same(line.cells[at]) for at in names)]
        if not found:
            reading.problems.append(
                Problem(reading.grid.layout.place(), "no row is about this council", "Check --council")
            )
            return None
    others = [line.number for line in lines if line not in found]
    if len(found) == 1:
        if others and reading.same is None:
            reading.notes.append(f"Rows left alone: {join([f'{number:,}' for number in others[:_MOST_NAMED]])}.")
        return found[0]
    reading.problems.append(_several(reading, found, bool(names)))
    return None


def _is_wider(text: str) -> bool:
    """Whether a name or a code is that of England, a region or the like, which stands beside a council's scores."""
    return bool(area_of_name(text) or area_of_code(text.strip().upper()))


def _several(reading: _Reading, found: Sequence[Line], named: bool) -> Problem:
    place = reading.grid.layout.place()
    if not found:
        return Problem(place, "there is no row with scores", "Put the scores below the names of the statements")
    message = f"it holds scores in {plural(len(found), 'row')}, and those of one council are read here"
    if reading.same is not None:
        return Problem(place, message, "Keep one row for the council")
    hint = "Use assess-table to rate each, or name one with --council" if named else "Use assess-table to rate each"
    return Problem(place, message, hint)


# -- a row for each statement ------------------------------------------------------------------------------------------


def _down(reading: _Reading, column: int) -> None:
    grid, framework = reading.grid, reading.framework
    named = [line for line in grid.rows if _leaf(reading, line, column, quiet=True)]
    at_head = _head(grid.rows[: grid.rows.index(named[0])])
    head = None if at_head is None else grid.rows[at_head]
    reading.above(grid.rows[: at_head or 0])
    start = 0 if at_head is None else at_head + 1
    heads = [cell.strip() for cell in head.cells] if head else [""] * len(grid.layout.headers)
    about: dict[int, About] = {at: found for at, cell in enumerate(heads) if at != column and (found := about_of(cell))}
    lines = _of_council(reading, grid.rows[start:], about)
    if reading.problems:
        return
    taken = {column, *about}
    at = score_columns(framework, grid, heads, lines, column, taken, reading.same, reading.problems)
    if at is None:
        return
    left: list[int] = []
    for line in lines:
        _take_row(reading, line, column, at, about, left)
    if head is not None:
        what = heads[column] or "the column of names"
        reading.notes.append(f"The scores stand in the column {heads[at]!r}, the statements in {what!r}.")
        reading.notes += _left_alone(cell for at_, cell in enumerate(heads) if at_ not in {*taken, at})
    else:
        reading.notes.append("The table has no column headers: each row is a statement and its score.")
    if left:
        more = [f"{len(left) - _MOST_NAMED:,} more"] if len(left) > _MOST_NAMED else []
        reading.notes.append(f"Rows left alone: {join([*(f'{n:,}' for n in left[:_MOST_NAMED]), *more])}.")


def _head(above: Sequence[Line]) -> int | None:
    """The row of column headers among those above the first statement that is known; None where there is none.

    Other rows there may be statements with a slip in their names: these are not taken for headers.
    """
    for place, line in enumerate(above):
        if any(NAMES_SCORES.fullmatch(fold(cell)) for cell in line.cells if cell.strip()):
            return place
    plain = above and not any(cell.strip().isdigit() or cell.strip().startswith("#") for cell in above[0].cells)
    return 0 if plain else None


def _leaf(reading: _Reading, line: Line, column: int, *, quiet: bool = False) -> str | None:
    try:
        found = column_name(reading.framework, line.cells[column])
    except CareAssureError as error:
        if not quiet:
            reading.problems.append(reading.grid.problem(line.number, column, error.message, error.hint))
        return None
    return found.leaf if found is not None and not found.loose else None


def _of_council(reading: _Reading, lines: Sequence[Line], about: Mapping[int, About]) -> list[Line]:
    """The rows of one council, where a column says whose they are."""
    names = [at for at, what in about.items() if what in {"council", "code"}]
    given = {fold(line.cells[at]) for at in names[:1] for line in lines if line.cells[at].strip()}
    if reading.same is None:
        if len(given) > 1:
            message = f"it holds the scores of {len(given):,} councils, and those of one are read here"
            hint = "Use assess-table with --long to rate each, or name one with --council"
            reading.problems.append(Problem(reading.grid.layout.place(), message, hint))
        return list(lines)
    if not names or not given:
        return list(lines)
    found = [line for line in lines if any(reading.same(line.cells[at]) for at in names if line.cells[at].strip())]
    if not found:
        reading.problems.append(Problem(reading.grid.layout.place(), _NOBODY, "Check --council"))
    return found


def _take_row(reading: _Reading, line: Line, column: int, at: int, about: Mapping[int, About], left: list[int]) -> None:
    name, cell = line.cells[column].strip(), line.cells[at]
    count = len(reading.problems)
    leaf = _leaf(reading, line, column)
    if leaf is not None:
        reading.score(leaf, line, at)
        for beside, what in about.items():
            if line.cells[beside].strip():
                reading.say(what, Cell(line.number, reading.grid.column(beside), line.cells[beside].strip()))
        return
    if len(reading.problems) > count:
        return
    total = total_of(reading.framework, name) if name else None
    about_it = about_of(name.removesuffix(":")) if name else None
    if total is not None:
        if cell.strip():
            reading.totals.append((total, Cell(line.number, reading.grid.column(at), cell)))
    elif about_it is not None and cell.strip():
        reading.say(about_it, Cell(line.number, reading.grid.column(at), cell.strip()))
    elif not cell.strip():
        left.append(line.number)
    else:
        message = (
            f"{brief(name)!r} is not a statement of {reading.framework.title}" if name else "it names no statement"
        )
        try:
            reading.framework.resolve(name, levels=("statement",))
        except CareAssureError as error:
            hint = error.hint if name and len(error.hint) < 120 else _TITLE_OR_NUMBER
            reading.problems.append(reading.grid.problem(line.number, column, message, hint))
