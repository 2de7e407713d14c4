"""What the readers of indicators share: a cell becomes a number or a mark, a row a figure, and all is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache, partial

from attrs import field, frozen

from careassure.catalogue.councils import register
from careassure.errors import InvalidInputError, Problem
from careassure.model.cells import marked_value_of
from careassure.model.council import Council
from careassure.model.shorthand import NOT_AVAILABLE, Suppressed
from careassure.model.text import fold, join, plural
from careassure.model.vocabulary import MARKS, Mark
from careassure.tables.reader import Opened, Reading, Seen, audit_of, column
from careassure.tables.sector import Figure
from careassure.tables.table import Line

MOST_PROBLEMS = 1000
"""So many refused rows are told one by one; the others are counted."""
_MISSING_IN_R = "NA"
"""What programs in R write for a value that is not there."""


@frozen
class Form:
    """Which columns a table of indicators has, each by the names that it may have.

    Args:
        needed: Columns without which a file is another one.
        part: What the number is of the measure.
        groups: The people that it is about; several columns are put together.
        whole: What files call the measure itself among its parts.
        alone: Whether a file with other columns is another one.
        beside: Columns that say more of a figure, under these names.
    """

    needed: tuple[str, ...]
    area: tuple[str, ...]
    period: tuple[str, ...]
    indicator: tuple[str, ...]
    value: tuple[str, ...]
    name: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    whole: tuple[str, ...] = field(default=("Outcome", "Total"))
    alone: bool = False
    beside: tuple[str, ...] = ()

    def fits(self, seen: Seen) -> bool:
        """Whether a file has these columns."""
        if not seen.has(*self.needed) or column(seen.headers, *self.value) is None:
            return False
        columns = (self.area, self.name, self.period, self.indicator, self.value, self.beside)
        known = {fold(name) for names in columns for name in names}
        return not self.alone or {fold(header) for header in seen.headers} <= known


def number_of(text: str) -> tuple[Fraction | Suppressed | None, tuple[Mark, ...]]:
    """What a cell of a table of indicators means, and the marks behind it; None where it is blank.

    Raises:
        CareAssureError: It is neither a number nor a mark.
    """
    return (NOT_AVAILABLE, ()) if text.strip() == _MISSING_IN_R else marked_value_of(text)


def read_figures(form: Form, what: str, opened: Opened) -> Reading:
    """The figures of a table whose columns fit a form."""
    headers = opened.seen.headers
    at = partial(column, headers)
    places = {name: at(*getattr(form, name)) for name in _FIELDS if getattr(form, name)}
    groups = [place for name in form.groups if (place := at(name)) is not None]
    more = {name: place for name in form.beside if (place := at(name)) is not None}
    found: list[Figure] = []
    problems: list[Problem] = []
    rows = refused = 0
    for line in opened.lines():
        rows += 1
        cells = {name: line.cells[place].strip() if place is not None and place < len(line.cells) else ""
                 for name, place in places.items()}  # fmt: skip
        wrong = line.problems or tuple(_problems(opened, line, cells, headers, places))
        if wrong:
            refused += 1
            problems += wrong if refused <= MOST_PROBLEMS else ()
            continue
        about = [line.cells[place].strip() for place in groups]
        said = {name: line.cells[place].strip() for name, place in more.items()}
        found.append(_figure(line, cells, [text for text in about if text], said, form))
    used = [*places.values(), *groups, *more.values()]
    return Reading(
        f"{what}: {said_of(found)}.",
        found,
        audit_of(headers, used, rows, refused),
        problems=problems,
        notes=notes_on(found),
    )


_FIELDS = ("area", "name", "period", "indicator", "value", "title", "unit", "part")


def _figure(line: Line, cells: dict[str, str], groups: list[str], more: dict[str, str], form: Form) -> Figure:
    part = cells.get("part", "")
    value, marks = number_of(cells["value"])
    return Figure(
        cells["area"],
        cells.get("name", ""),
        cells["period"],
        cells.get("indicator", ""),
        value,
        cells["value"],
        cells.get("title", ""),
        cells.get("unit", ""),
        "" if part in form.whole else part,
        ", ".join(groups),
        marks,
        line.number,
        tuple((name, text) for name, text in more.items() if text),
    )


def _problems(
    opened: Opened, line: Line, cells: dict[str, str], headers: tuple[str, ...], places: dict[str, int | None]
) -> Iterable[Problem]:
    if not cells["area"] and not cells.get("name"):
        yield Problem(opened.place(line.number), "it names no area", "Give the area's code or name")
    yield from area_problems(opened, line.number, cells["area"], cells.get("name", ""))
    for name in ("period", "indicator"):
        place = places.get(name)
        if place is not None and not cells[name]:
            yield Problem(opened.place(line.number, headers[place]), "the cell is blank", "Fill it in")
    yield from value_problems(opened, line.number, headers[places["value"] or 0], cells["value"])


def area_problems(opened: Opened, row: int, code: str, name: str) -> Iterable[Problem]:
    """What is wrong where a code and a name stand for two councils: one of them is a slip."""
    by_code, by_name = _council(code), _council(name)
    if by_code is not None and by_name is not None and by_code is not by_name:
        said = f"{code} is {by_code.name}, and the name beside it is {name!r}"
        yield Problem(opened.place(row), said, "Correct the code or the name")


@lru_cache(maxsize=4096)
def _council(text: str) -> Council | None:
    return register().try_match(text).council


def value_problems(opened: Opened, row: int, header: str, text: str) -> Iterable[Problem]:
    """What is wrong with the cell of a value, if anything is."""
    try:
        number_of(text)
    except InvalidInputError as error:
        yield from (Problem(opened.place(row, header), problem.message, problem.hint) for problem in error.problems)


def said_of(found: Iterable[Figure]) -> str:
    """How much a file holds, in words."""
    figures = tuple(found)
    indicators = {(figure.indicator, figure.title) for figure in figures}
    areas = {figure.area or figure.name for figure in figures}
    periods = list(dict.fromkeys(figure.period for figure in figures if figure.period))
    span = f", {periods[0]}" if len(periods) == 1 else f", {len(periods):,} periods" if periods else ""
    return f"{plural(len(indicators), 'indicator')} for {plural(len(areas), 'area')}{span}"


def notes_on(found: Iterable[Figure]) -> tuple[str, ...]:
    """What a person may want to know of figures: blanks, marks, and areas that are not councils of today."""
    figures = tuple(found)
    blank = sum(figure.value is None for figure in figures)
    marks = Counter(str(figure.value) for figure in figures if isinstance(figure.value, Suppressed))
    said = [f"{plural(count, 'value')} {mark}: {Suppressed.parse(mark).words}" for mark, count in sorted(marks.items())]
    notes = [f"{plural(blank, 'value')} blank: not known, and never counted as zero."] if blank else []
    behind: Counter[Mark] = Counter(mark for figure in figures for mark in figure.marks)
    notes += [f"Marks behind a number: {_marked(behind)}."] if behind else []
    notes += [f"Marks in place of a number: {'; '.join(said)}."] if said else []
    others = dict.fromkeys(
        figure.name or figure.area
        for figure in figures
        if not is_council(figure.area, figure.name) and not _is_england(figure)
    )
    named = [*others][:5]
    rest = len(others) - len(named)
    words = join([*named, *([f"{rest:,} more"] if rest else [])])
    return (
        *notes,
        *([f"Not a council of today: {words}. Such rows are kept under their own names."] if others else []),
    )


def _marked(marks: Mapping[Mark, int]) -> str:
    return "; ".join(f"{count:,} [{mark}]: {MARKS[mark].words}" for mark, count in sorted(marks.items()))


def _is_england(figure: Figure) -> bool:
    return figure.area.upper() == "E92000001" or fold(figure.area or figure.name) == "england"


def is_council(code: str, name: str) -> bool:
    """Whether an area is one of the councils of today, by its code or else by its name."""
    return register().area(code or name) is not None
