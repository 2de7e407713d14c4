"""Values of an indicator from what a reader made of a file, such as one of ASCOF or of LG Inform.

Nothing is guessed. A file may hold several measures, groups of people and parts of a measure: which are meant is said
by the caller wherever there is more than one. Rows that are not used are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, TypeVar, cast

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.errors import IncomparableError, InvalidInputError, NameLookupError, Place, Problem, collecting
from careassure.figures.financial_years import financial_year
from careassure.figures.model import ENGLAND, Indicator, Value
from careassure.model.arguments import checked
from careassure.model.ids import shown
from careassure.model.numbers import exact
from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, plural
from careassure.tables.reader import Reading
from careassure.tables.sector import Figure

_MOST_NAMED = 12
_PARTS = {
    "numerator": "numerator",
    "denominator": "denominator",
    "base": "base",
    "margin of error": "margin_of_error",
}
"""The parts of a measure that a value keeps beside its number, by what files call them."""

T = TypeVar("T")


@frozen
class FileValues:
    """The values of an indicator that a file holds.

    Args:
        values: The values, in the order of the file; former areas and aggregates among them, without a council.
        notes: What was not used and why, and what a person may want to know, a sentence each.
    """

    values: tuple[Value, ...]
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    def __iter__(self) -> Iterator[Value]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def england(self) -> tuple[Value, ...]:
        """The values for England as a whole."""
        return tuple(value for value in self.values if value.area == ENGLAND)

    def __str__(self) -> str:
        return "\n".join([f"{plural(len(self.values), 'value')}.", *self.notes])


@checked
def values_in(
    reading: Reading,
    indicator: Indicator,
    *,
    measure: str | None = None,
    group: str | None = None,
    part: str | None = None,
    period: str | None = None,
    at: str | None = None,
    source: str = "",
) -> FileValues:
    """The values of an indicator in what a reader made of a file.

    Args:
        reading: The reading.
        indicator: The indicator that the numbers are values of.
        measure: The code or the title that the file gives to it; needed where the file holds more than one measure.
        group: The people that are meant, as the reading says it; empty for all. Needed where there is more than one
            group and none of all.
        part: What of the measure is meant, such as Numerator; the measure itself where None.
        period: The financial year. Where the file says no years, the one that all its numbers are about; where it
            does, only the values of that one are taken. All of them where None.
        at: The period as the file says it, where it is not a financial year, such as a month. Only its values are
            taken, and ``period`` says of which year they are.
        source: Where the values stood; what the reading says of the file where empty.

    Raises:
        NameLookupError: The file holds no figures, or not the measure, group, part or year that is asked for.
        IncomparableError: It holds several measures, groups or parts, and nobody said which is meant.
        InvalidInputError: A row has no financial year, or is no value; all of them are listed. Or every row of the file
            was refused by its reader.
    """
    figures = [row for row in reading.rows if isinstance(row, Figure)]
    if not figures and reading.problems:  # each row was refused, and the first say why
        raise InvalidInputError("the figures of the file", reading.problems[:_MOST_NAMED])
    if not figures:
        raise NameLookupError("the file holds no figures", hint=reading.what)
    notes: list[str] = []
    chosen = _of_measure(figures, measure)
    _count(notes, len(figures) - len(chosen), "of other measures")
    grouped = _of(chosen, "group", group)
    _count(notes, len(chosen) - len(grouped), "about other groups of people")
    main = _of(grouped, "part", part)
    beside = {} if part is not None else _beside(grouped)
    used = sum(len(found) for found in beside.values())
    _count(notes, len(grouped) - len(main) - used, "with other parts of the measure")
    with collecting("the values of the file") as problems:
        timed = _of_period(main, period, at, problems)
        known = [(year, figure) for year, figure in timed if figure.value is not None]
        values = [
            value
            for year, figure in known
            if (value := _value(figure, year, indicator, beside, source or reading.what, problems)) is not None
        ]
        problems.sort(key=lambda problem: (isinstance(row := problem.where.row, int), row))
    _count(notes, len(main) - len(timed), "of other periods")
    _count(notes, len(timed) - len(known), "without a value")
    notes += [f"Refused: {problem}" for problem in reading.problems[:_MOST_NAMED]]
    rest = len(reading.problems) - _MOST_NAMED
    notes += [f"Refused: {rest:,} more."] if rest > 0 else []
    return FileValues(tuple(values), (*notes, *reading.notes))


def _count(notes: list[str], rows: int, what: str) -> None:
    if rows:
        notes.append(f"{plural(rows, 'row')} {what}: not used.")


def _only(found: Sequence[T], what: str, words: Iterable[str], setting: str) -> T:
    if len(found) == 1:
        return found[0]
    hint = f"Say which by {setting}: {_some([*words], 'or')}"
    raise IncomparableError(f"the file holds {plural(len(found), what)}", hint=hint)


def _some(named: Sequence[str], last: str = "and") -> str:
    """The first of some names, and how many there are beside."""
    rest = len(named) - _MOST_NAMED
    return join([*named[:_MOST_NAMED], *([f"{rest:,} more"] if rest > 0 else [])], last)


def _of_measure(figures: Sequence[Figure], measure: str | None) -> list[Figure]:
    there = list(dict.fromkeys((figure.indicator, figure.title) for figure in figures))
    words = [shown(title if not code else f"{code}: {title}" if title else code) for code, title in there]
    if measure is None:
        wanted = {_only(there, "measure", words, "measure")}
    else:
        asked = fold(measure)
        wanted = {pair for pair in there if asked in (fold(pair[0]), fold(pair[1]))}
        if not wanted:
            raise NameLookupError(f"the file has no measure {shown(measure)}", hint=f"It has {join(words)}")
    return [figure for figure in figures if (figure.indicator, figure.title) in wanted]


def _of(figures: Sequence[Figure], what: Literal["group", "part"], given: str | None) -> list[Figure]:
    """The figures of a group of people, or of a part of a measure; where None, of all and of the measure itself."""
    there = list(dict.fromkeys(str(getattr(figure, what)) for figure in figures))
    if given is None:
        wanted = "" if "" in there else _only(there, what, map(shown, there), what)
    else:
        asked = [name for name in there if fold(name) == fold(given)]
        if not asked:
            named = join([shown(name) for name in there])
            raise NameLookupError(f"the file has no {what} {shown(given)}", hint=f"It has {named}")
        wanted = asked[0]
    return [figure for figure in figures if getattr(figure, what) == wanted]


_Key = tuple[str, str, str]


def _beside(figures: Iterable[Figure]) -> dict[_Key, dict[str, Figure]]:
    """The parts that a value keeps, by area and period."""
    found: dict[_Key, dict[str, Figure]] = {}
    for figure in figures:
        name = _PARTS.get(fold(figure.part))
        if name is not None:
            found.setdefault((figure.area, figure.name, figure.period), {}).setdefault(name, figure)
    return found


def _of_period(
    figures: Sequence[Figure], period: str | None, at: str | None, problems: list[Problem]
) -> list[tuple[str, Figure]]:
    """The figures of a year, or all of them, each with its financial year."""
    wanted = None if period is None else financial_year(period)
    if at is not None:
        found = [figure for figure in figures if fold(figure.period) == fold(at)]
        if wanted is None:
            raise NameLookupError("the financial year is not said", hint="Say by period of which year they are")
        if not found:
            there = [shown(text) for text in dict.fromkeys(figure.period for figure in figures) if text]
            hint = f"It has {_some(there)}" if there else "It says no periods: leave it out"
            raise NameLookupError(f"the file has no values of {shown(at)}", hint=hint)
        return [(wanted, figure) for figure in found]
    if not any(figure.period for figure in figures):
        if wanted is None:
            raise NameLookupError("the file says no year", hint="Say by period which one its numbers are about")
        return [(wanted, figure) for figure in figures]
    years: dict[str, str] = {}
    for figure in {figure.period: figure for figure in reversed(figures)}.values():  # the first row of each period
        try:
            years[figure.period] = financial_year(figure.period)
        except InvalidInputError as error:
            problems += [Problem(Place(row=figure.row), each.message, each.hint) for each in error.problems]
    timed = [
        (years[figure.period], figure)
        for figure in figures
        if figure.period in years and wanted in (None, years[figure.period])
    ]
    if not timed and not problems:
        known = join(sorted(set(years.values())))
        raise NameLookupError(f"the file has no values of {period}", hint=f"It has {known}")
    return timed


def _value(
    figure: Figure,
    year: str,
    indicator: Indicator,
    beside: Mapping[_Key, Mapping[str, Figure]],
    source: str,
    problems: list[Problem],
) -> Value | None:
    parts = beside.get((figure.area, figure.name, figure.period), {})
    numbers = {name: part.value for name, part in parts.items() if isinstance(part.value, Fraction)}
    more = dict(figure.beside)
    before = len(problems)
    numbers |= dict(_numbers(figure.row, more, problems))
    base = numbers.pop("base", None)
    if base is not None and base.denominator != 1:
        problems += _no_count(figure.row, more.get("base", ""))
        base = None
    if len(problems) > before:
        return None
    try:
        return _made(figure, year, indicator, more | {"source": more.get("source", source)}, base, numbers)
    except InvalidInputError as error:
        problems += [
            Problem(Place(row=figure.row, column=problem.where.path if more else ""), problem.message, problem.hint)
            for problem in error.problems
        ]
        return None


def _made(
    figure: Figure,
    year: str,
    indicator: Indicator,
    said: Mapping[str, str],
    base: Fraction | None,
    numbers: Mapping[str, Fraction],
) -> Value:
    """The value of a figure, with what its row says beside it."""
    where = figure.area or figure.name
    return Value(
        indicator.key,
        ENGLAND if fold(where) in ("england", ENGLAND.casefold()) else where,
        year,
        cast("Fraction | Suppressed", figure.value),  # those without a value were left out before
        name=figure.name,
        printed=figure.printed,
        council=register().area(where),
        base=None if base is None else int(base),
        source=said["source"],
        marks=figure.marks,
        scope=said.get("scope", ""),
        supersedes=said.get("supersedes", ""),
        challenged_by=said.get("challenged_by", ""),
        challenge=said.get("challenge", ""),
        **numbers,
    )


def _no_count(row: int, said: str) -> list[Problem]:
    """What is wrong with a base that is no whole number, where the row says it; a part of the file is passed over."""
    where = Place(row=row, column="base")
    return [Problem(where, f"{shown(said)} is not a count", "Give a whole number")] if said else []


def _numbers(row: int, said: Mapping[str, str], problems: list[Problem]) -> Iterator[tuple[str, Fraction]]:
    """The numbers that a row says beside its figure."""
    for name in _PARTS.values():
        if not said.get(name):
            continue
        try:
            yield name, exact(said[name])
        except InvalidInputError as error:
            problems += [Problem(Place(row=row, column=name), problem.message, problem.hint)
                         for problem in error.problems]  # fmt: skip
