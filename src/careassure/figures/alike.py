"""Which values are figures of one thing: who is counted, what was replaced, and whether counts give what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.figures.financial_years import financial_year
from careassure.figures.model import Indicator, Value
from careassure.model.council import Body, Council
from careassure.model.numbers import printed
from careassure.model.rounding import with_commas
from careassure.model.text import fold

_RATE = re.compile(r"per ([0-9,]+)\b")


def same_people(one: Value, other: Value) -> bool | None:
    """Whether two values count the same people; None where only one says whom it counts."""
    if bool(one.scope.strip()) != bool(other.scope.strip()):
        return None
    return fold(one.scope) == fold(other.scope)


def where_of(value: Value) -> str:
    """What two values of one area have in common, however the area is written."""
    if value.is_england:
        return "england"
    place = value.place
    return place.code if place else fold(value.area)


def by_place(values: Iterable[Value]) -> dict[str, list[Value]]:
    """The values of councils of today and of England, by code; nothing may stand twice without a difference."""
    found: dict[str, list[Value]] = {}
    with collecting("the values") as problems:
        for value in values:
            if value.place is None and not value.is_england:
                continue
            mine = found.setdefault(where_of(value), [])
            if any(
                (fold(other.scope), fold(other.source)) == (fold(value.scope), fold(value.source)) for other in mine
            ):
                hint = "Keep one, or say from which source each is or who is counted"
                problems.append(Problem(value.label, f"it has two values for {value.period}", hint))
            mine.append(value)
    return found


def nearest(value: Value, others: Sequence[Value]) -> Value | None:
    """Of several values of one area the one that is most like another value, by whom it counts and its source."""
    return min(
        others,
        key=lambda other: ({True: 0, None: 1, False: 2}[same_people(value, other)], other.source != value.source),
        default=None,
    )


def is_of(subject: Council | Body, value: Value) -> bool:
    """Whether a value is a council's, or that of something else which goes by its name."""
    names = (subject.code,) if isinstance(subject, Council) else (fold(subject.name), fold(subject.code))
    return where_of(value) in names


def replaced_by(value: Value, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values that a value says it replaces: of the same indicator and area, with that source or of that period."""
    if not value.supersedes.strip():
        return ()
    wanted = fold(value.supersedes)
    where = where_of(value)
    mine = [other for other in values if other is not value and other.indicator == value.indicator]
    near = [other for other in mine if where_of(other) == where]
    by_source = [other for other in near if fold(other.source) == wanted]
    if by_source:
        return tuple(by_source)
    try:
        year = financial_year(value.supersedes)
    except InvalidInputError:
        return ()
    return tuple(other for other in near if other.period == year)


def successors(values: Sequence[Value]) -> list[Value | None]:
    """For each value the one that replaces it; None where it stands."""
    later: dict[int, Value] = {}
    for value in values:
        for other in replaced_by(value, values):
            later.setdefault(id(other), value)
    return [later.get(id(value)) for value in values]


def standing(values: Sequence[Value]) -> list[Value]:
    """The values that no other one replaces, in their order."""
    return [value for value, later in zip(values, successors(values), strict=True) if later is None]


def misfit(indicator: Indicator, value: Value) -> str:
    """In words, that what was counted out of what does not give the printed value; empty where it does or none is said.

    A percentage and a rate per so many are looked at; of other units it cannot be said what the parts would give. A
    printed value may be rounded either way to its last digit.
    """
    number, counted, whole = value.number, value.numerator, value.denominator
    rate = _RATE.search(indicator.unit)
    per = Fraction(100) if indicator.unit == "%" else (printed(rate[1]) if rate else None)
    if number is None or counted is None or not whole or per is None:
        return ""
    found = per * counted / whole
    half = _last_digit(value) / 2
    if abs(found - number) <= half:
        return ""
    unit, of = indicator.short_unit, with_commas(whole)
    said = f"{value.said(unit, 6)} does not fit {with_commas(counted)} of {of}, which is {with_commas(found)}{unit}"
    low, high = max(0, -((half - number) * whole // per)), (number + half) * whole // per
    if whole.denominator != 1 or low > high:
        return f"{said}; no whole number of {of} gives it"
    fitting = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{said}; {fitting} of {of} would give it"


def _last_digit(value: Value) -> Fraction:
    """One of the last digit that is printed."""
    text = value.printed.strip().removesuffix("%").strip() if value.printed else ""
    number = printed(text) if text else None
    if number is None or number != value.number:
        text = with_commas(value.number or Fraction(0), 15)
    return Fraction(1, 10 ** len(text.partition(".")[2]))
