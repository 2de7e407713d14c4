"""Indicators: numbers that are published about councils, and the values that they take.

An indicator's code alone says little: the adult social care outcomes framework has used the same code for different
measures. So the key of an indicator is its set, the year of the list that defines it, and its code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final, Literal, cast, get_args

from attrs import field, frozen

from careassure.catalogue.councils import register
from careassure.errors import InvalidInputError, Problem, collecting
from careassure.figures.financial_years import BY_YEAR, financial_year
from careassure.figures.marking import behind, read_marked
from careassure.model.arguments import checked, explained
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.ids import shown
from careassure.model.numbers import Number
from careassure.model.reference import Basis, Reference
from careassure.model.rounding import with_commas
from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import fold, join
from careassure.model.vocabulary import Mark

Polarity = Literal["higher", "lower", "context"]
"""Which way is better: ``higher``, ``lower``, or ``context`` where neither is."""

ENGLAND: Final = "E92000001"
"""The code of England as a whole."""


@explained
@frozen
class IndicatorKey:
    """What an indicator is known by.

    Args:
        set: The set that it belongs to, such as ``ascof``.
        year: The year of the list that defines it, such as ``2024-25``.
        code: Its code in that list, such as ``3A``.
    """

    set: str
    year: str
    code: str

    __repr__ = short_repr

    @classmethod
    @checked
    def parse(cls, text: str) -> IndicatorKey:
        """Read a key as it prints: ``ascof 2024-25 3A``.

        Raises:
            InvalidInputError: The text has not these three parts.
        """
        parts = text.split(maxsplit=2)
        if len(parts) != 3:
            raise InvalidInputError("the key", [Problem("", f"{shown(text)} is not a key", "Write set, year and code")])
        return cls(parts[0], financial_year(parts[1]), parts[2])

    def __str__(self) -> str:
        return f"{self.set} {self.year} {self.code}"


@frozen
class Bearing:
    """A statement on which an indicator bears.

    Args:
        statement: The statement's id.
        basis: How sure that is: ``official`` where the regulator names it, ``inferred`` where the regulator names the
            same survey item in other words, ``ours`` where it is our own reading.
    """

    statement: str
    basis: Basis

    __repr__ = short_repr


def _soft_value(number: Number | Suppressed) -> Fraction | Suppressed:
    """The exact number, or what was given where it is none or has marks behind it."""
    found, marks = read_marked(number)
    return cast("Fraction", number) if marks else found


def _soft_optional(number: Number | None) -> Fraction | None:
    """The exact number, or what was given where it is none: the checks will name it with everything else."""
    return None if number is None else cast("Fraction", _soft_value(number))


def _soft_date(date: PartialDate | str | None) -> PartialDate | None:
    try:
        return None if date is None else PartialDate.parse(date)
    except InvalidInputError:
        return cast("PartialDate", date)


def _soft_year(year: str) -> str:
    try:
        return financial_year(year)
    except InvalidInputError:
        return year


def _soft_optional_year(year: str | None) -> str | None:
    return None if year is None else _soft_year(year)


@explained
@frozen
class Indicator:
    """A number that is published about councils.

    Nothing here turns an indicator into a score or a rating.

    Args:
        set: The set that it belongs to, such as ``ascof``, or a name of your own.
        year: The financial year of the list that defines it.
        code: Its code there.
        title: What it measures, in words.
        unit: The unit of its values, such as ``%``.
        polarity: Which way is better.
        polarity_basis: How sure that is; few publishers print it.
        source: Where its values come from, such as a survey.
        denominator: Of whom or of what it is a share, a rate or a mean.
        date: When its definition or its values were published.
        comparable_from: The first financial year whose values may be compared with each other; None where no break is
            known.
        in_development: Whether its publisher calls it a statistic in development.
        statements: The statements that it bears on.
        aliases: Keys that the same measure had in earlier lists.
        references: Where it is defined and published.
        licence: The licence of its values.
        warning: What its publisher says it cannot be used for; it stands beside every comparison.
        additive: Whether values of several councils may be added up, as counts may and percentages may not.
        stale_after_months: How many months after the end of its period a value counts as old: more for a census than
            for a survey of every year. It is the user's to say; None where nobody did.

    Raises:
        InvalidInputError: Something needed is missing or wrong; everything at once.
    """

    set: str
    year: str = field(converter=_soft_year)
    code: str
    title: str
    unit: str
    polarity: Polarity
    polarity_basis: Basis
    source: str
    denominator: str
    date: PartialDate | None = field(converter=_soft_date)
    comparable_from: str | None = field(default=None, converter=_soft_optional_year)
    in_development: bool = False
    statements: tuple[Bearing, ...] = field(default=(), converter=tuple[Bearing, ...])
    aliases: tuple[IndicatorKey, ...] = field(default=(), converter=tuple[IndicatorKey, ...])
    references: tuple[Reference, ...] = field(default=(), converter=tuple[Reference, ...])
    licence: str = ""
    warning: str = ""
    additive: bool = False
    stale_after_months: int | None = None

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting(f"the indicator {self.code or self.title or '(no code)'}") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for name in ("set", "code", "title", "unit", "source", "denominator"):
            text: object = getattr(self, name)
            if not isinstance(text, str) or not text.strip():
                yield Problem(name, "is missing", _NEEDED[name])
        if len(str(self.set).split()) > 1:
            yield Problem("set", f"{shown(self.set)} has a space in it", "Use one word, such as ascof")
        for name in ("year", "comparable_from"):
            year: object = getattr(self, name)
            if name == "year" or year is not None:
                yield from _year_problem(name, year)
        if self.polarity not in get_args(Polarity):
            yield Problem("polarity", f"{shown(self.polarity)} is not known", f"Use {join(get_args(Polarity), 'or')}")
        if self.polarity_basis not in get_args(Basis):
            yield Problem(
                "polarity_basis", f"{shown(self.polarity_basis)} is not known", f"Use {join(get_args(Basis), 'or')}"
            )
        months = self.stale_after_months
        if months is not None and (type(months) is not int or months < 1):
            yield Problem("stale_after_months", f"{shown(months)} is not a number of months from 1 on")
        date: object = self.date
        if not isinstance(date, PartialDate):
            said = f"{shown(date)} is not a date" if date else "is missing"
            yield Problem("date", said, "Say when it was published: a year, year-month or year-month-day")

    @property
    def key(self) -> IndicatorKey:
        """What it is known by."""
        return IndicatorKey(self.set, self.year, self.code)

    @property
    def short_unit(self) -> str:
        """The unit as it follows a number: `` %`` after a percentage, otherwise nothing."""
        return " %" if self.unit == "%" else ""

    @property
    def heading(self) -> str:
        """The title, with the unit of its values where no per cent sign follows them."""
        return self.title if self.unit == "%" else f"{self.title} ({self.unit})"

    def gap_said(self, gap: Fraction) -> str:
        """How far apart two of its values are, without a sign: in points where they are percentages.

        >>> from careassure.figures import indicator
        >>> (
        ...     indicator("2A", year="2024-25").gap_said(Fraction(-11)),
        ...     indicator("2C", year="2024-25").gap_said(Fraction(5, 2)),
        ... )
        ('11 points', '2.5 per 100,000 aged 65+')
        """
        number = with_commas(abs(gap), 3)
        if self.unit == "%":
            return f"{number} {'point' if number == '1' else 'points'}"
        words = self.unit.split()
        return f"{number} {self.unit}" if words[0] == "per" or len(words) == 1 else number

    @property
    def way(self) -> str:
        """Which side is better, and whose reading that is, as the beginning of a sentence."""
        whose = "" if self.polarity_basis == "official" else "by our reading "
        return f"{whose}{self.polarity} is better here" if self.polarity != "context" else "neither side is better"

    def __str__(self) -> str:
        return f"{self.code} ({self.year}): {self.title}"


_NEEDED = {
    "set": "Name the set that it belongs to, such as ascof or ours",
    "code": "Give it a code of its own in the set",
    "title": "Say what it measures",
    "unit": "Say what its values are counted in, such as % or days",
    "source": "Say where its values come from",
    "denominator": "Say of whom or of what it is a share, a rate or a mean",
}


def _year_problem(name: str, year: object) -> Iterable[Problem]:
    try:
        financial_year(cast("str", year))
    except InvalidInputError as error:
        return [Problem(name, error.problems[0].message, BY_YEAR)]
    return []


@explained
@frozen
class Value:
    """What an indicator was for an area in a period.

    Args:
        indicator: The indicator's key.
        area: The area's code as printed, such as ``E09000007``, or a name of your own.
        period: The financial year that the value is about, which may be older than the list.
        value: The number, or the mark that stands in its place. A mark is never a zero. Text may bring marks behind a
            number, as in ``12.3 [p]``.
        name: The area's name as printed.
        printed: The value as printed.
        council: The council of today that the area is; None for a former area, an aggregate or an area of your own.
        base: How many replies or cases it rests on.
        margin_of_error: Half the width of its interval, in its unit, as its publisher gives it.
        numerator: What was counted.
        denominator: Out of what.
        source: Where it stood.
        marks: The marks behind the number, such as ``p`` for provisional. It counts as a number all the same.
        scope: Who or what is counted, in words; empty where it is not said. Values that count others are not compared.
        supersedes: The value of the same area that it replaces, by its period or its source; empty where none.
        challenged_by: The role or body that disputes the figure; empty where nobody does.
        challenge: Why it is disputed.

    Raises:
        InvalidInputError: Something needed is missing or wrong; everything at once.
    """

    indicator: IndicatorKey
    area: str
    period: str = field(converter=_soft_year)
    value: Fraction | Suppressed = field(converter=_soft_value)
    name: str = ""
    printed: str = ""
    council: Council | None = None
    base: int | None = None
    margin_of_error: Fraction | None = field(default=None, converter=_soft_optional)
    numerator: Fraction | None = field(default=None, converter=_soft_optional)
    denominator: Fraction | None = field(default=None, converter=_soft_optional)
    source: str = ""
    marks: tuple[Mark, ...] = field(default=(), converter=tuple[Mark, ...])
    scope: str = ""
    supersedes: str = ""
    challenged_by: str = ""
    challenge: str = ""

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, str):  # a number with marks behind it, taken apart while nobody has seen the value
            number, marks = read_marked(self.value)
            object.__setattr__(self, "value", number)
            object.__setattr__(self, "marks", (*marks, *self.marks))
        problems = list(self._problems())
        if problems:
            raise InvalidInputError(
                f"the value of {self.indicator} for {self.name or self.area or '(no area)'}", problems
            )

    def _problems(self) -> Iterator[Problem]:
        if not isinstance(self.indicator, IndicatorKey):
            yield Problem("indicator", f"{shown(self.indicator)} is not a key", "Give the key of an Indicator")
        if not self.area:
            yield Problem("area", "is missing", "Give the area's code")
        yield from _year_problem("period", self.period)
        for name in ("value", "margin_of_error", "numerator", "denominator"):
            number: object = getattr(self, name)
            if number is None and name != "value":
                continue
            if not isinstance(number, Fraction) and not (name == "value" and isinstance(number, Suppressed)):
                hint = (
                    "Write a decimal number as text, or [c], [x] or [z]"
                    if name == "value"
                    else "Write a decimal number as text"
                )
                yield Problem(name, f"{shown(number)} is not an exact number", hint)
            elif isinstance(number, Fraction) and number < 0 and name in {"margin_of_error", "denominator"}:
                yield Problem(name, f"{number} is below 0")
        for mark in dict.fromkeys(self.marks):
            if mark not in get_args(Mark):
                yield Problem("marks", f"{shown(mark)} is not a mark", f"Use {join(get_args(Mark), 'or')}")
        if self.marks and isinstance(self.value, Suppressed):
            yield Problem("marks", "a mark stands in the place of the number, and no number before it", "Give one")
        if self.base is not None and (type(self.base) is not int or self.base < 0):
            yield Problem(
                "base", f"{shown(self.base)} is not a count", "Give a whole number, or None where it is not known"
            )
        if bool(self.challenged_by.strip()) != bool(self.challenge.strip()):
            if self.challenged_by.strip():
                yield Problem("challenged_by", "it is said who disputes the figure, and not why", "Fill in challenge")
            else:
                yield Problem(
                    "challenge", "it is said why the figure is disputed, and not by whom", "Fill in challenged_by"
                )

    @property
    def number(self) -> Fraction | None:
        """The number; None where a mark stands in its place."""
        return self.value if isinstance(self.value, Fraction) else None

    def said(self, unit: str = "", places: int = 2) -> str:
        """The number with its unit and the marks behind it, or the mark in its place; `Indicator.short_unit` fits."""
        number = self.number
        return str(self.value) if number is None else f"{with_commas(number, places)}{unit}{behind(self.marks)}"

    @property
    def is_england(self) -> bool:
        """Whether it is about England as a whole, by code or by name."""
        return self.area.strip().upper() == ENGLAND or fold(self.area) == "england"

    @property
    def place(self) -> Council | None:
        """The council of today that the area is, by its code or any of its names; None for every other area."""
        return self.council or register().area(self.area)

    @property
    def label(self) -> str:
        """What to call the area: the council's everyday name, England, or the name as printed."""
        if self.is_england:
            return "England"
        place = self.place
        return place.name if place else self.name or self.area
