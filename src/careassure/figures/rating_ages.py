"""How old ratings are: in bands of years, with those never rated and those of unknown date kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from attrs import frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.dates import PartialDate, months_after
from careassure.model.rounding import apply_rounding, decimal
from careassure.model.showing import short_repr
from careassure.model.text import plural

Never = Literal["never"]
"""Stands for a thing that was never rated."""

NEVER: Final[Never] = "never"
"""Never rated: it has no age. A rating whose date is not known is None instead."""

BANDS: Final = (4, 8)
"""Under four years, four to under eight, eight and over: what sector bodies call outdated begins at four."""

_YEAR: Final = Fraction(1461, 4)
_NONE: Final = "0 (0 %)"
UNDATED: Final = "Rated on an unknown date"
"""What those are called whose day of rating is not known."""

_ALONE: Final = ("Never rated", UNDATED)


@frozen
class AgeSpan:
    """What a number can be where dates are known only by month or year.

    Args:
        low: The least that it can be.
        high: The most; the same where it is known.
    """

    low: Fraction
    high: Fraction

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The number of days, with years of 365.25 days."""
        days = _between(*(f"{int(apply_rounding(number, 'half_up')):,}" for number in (self.low, self.high)))
        years = _between(decimal(self.low / _YEAR, 1), decimal(self.high / _YEAR, 1))
        return f"{days} {'day' if days == '1' else 'days'} ({years} {'year' if years == '1' else 'years'})"


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _counted(least: int, most: int, total: int) -> str:
    """A count with its share of a total, both as spans where they are."""
    shares = (decimal(100 * Fraction(count, total), 1) if total else "0" for count in (least, most))
    return f"{_between(f'{least:,}', f'{most:,}')} ({_between(*shares)} %)"


@frozen
class AgeBand:
    """How many ratings are so old.

    Args:
        start: From this age in completed years.
        end: To under this age; None where there is no end.
        least: How many surely are.
        most: How many may be, where some dates are known only by month or year.
    """

    start: int
    end: int | None
    least: int
    most: int

    __repr__ = short_repr

    @property
    def title(self) -> str:
        """The band in words."""
        if self.end is None:
            return f"{plural(self.start, 'year')} and over"
        end = plural(self.end, "year")
        return f"under {end}" if self.start == 0 else f"{self.start} to under {end}"

    def __str__(self) -> str:
        return f"{self.title}: {_between(f'{self.least:,}', f'{self.most:,}')}"


@frozen
class Ages:
    """How old ratings are on a day.

    Args:
        at: The day.
        bands: How many are how old.
        dated: How many have a date, whole or in part.
        undated: Who is rated on a date that is not known.
        never: Who was never rated.
        median: The middle age in days; None where none is dated.
        mean: The mean age in days; None where none is dated.
        oldest: The greatest age in days; None where none is dated.
        waiting: Who was never rated though registered for longer than `wait_months`.
        registered: Of how many never rated the day of registration is known.
        wait_months: After how many months a rating is missed.
        old: How many have reached the age at which the second band begins, and so count as outdated; None where
            there is one band alone.
    """

    at: dt.date
    bands: tuple[AgeBand, ...]
    dated: int
    undated: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    median: AgeSpan | None = None
    mean: AgeSpan | None = None
    oldest: AgeSpan | None = None
    waiting: tuple[str, ...] = ()
    registered: int = 0
    wait_months: int = 18
    old: AgeBand | None = None

    __repr__ = short_repr

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.dated + len(self.undated) + len(self.never)

    @property
    def never_share(self) -> Fraction | None:
        """The share that was never rated, from 0 to 1; None where there is nothing."""
        return Fraction(len(self.never), self.total) if self.total else None

    @property
    def never_or_old(self) -> tuple[int, int] | None:
        """How many were never rated or have an outdated rating: at least, and at most.

        A rating of unknown date may be outdated. None where `old` is.
        """
        if self.old is None:
            return None
        return len(self.never) + self.old.least, len(self.never) + self.old.most + len(self.undated)

    @property
    def counts(self) -> tuple[tuple[str, str], ...]:
        """Every count in words with its share of all, such as ``("Never rated", "2,892 (23 %)")``."""
        known = [(_capital(band.title), band.least, band.most) for band in self.bands]
        alone = (len(self.never), len(self.undated))
        found = [*known, *((title, count, count) for title, count in zip(_ALONE, alone, strict=True))]
        if self.old is not None and self.never_or_old is not None:
            found.append((f"Never rated, or {self.old.title}", *self.never_or_old))
        return tuple((title, _counted(least, most, self.total)) for title, least, most in found)

    @property
    def words(self) -> str:
        """The ages in sentences."""
        counts = [f"{title[0].lower()}{title[1:]}: {count}" for title, count in self.counts
                  if count != _NONE or title not in _ALONE]  # fmt: skip
        return " ".join(
            [f"On {PartialDate.parse(self.at).words}, of {self.total:,}: {'; '.join(counts)}.", *self.notes]
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Median, mean and greatest age, and how many wait for a first rating, in sentences."""
        said: list[str] = []
        if self.median and self.mean and self.oldest:
            said.append(f"Median age {self.median.words}, mean {self.mean.words}, oldest {self.oldest.words}.")
        if self.registered:
            said.append(
                f"Of {self.registered:,} never rated with a known registration "
                f"{_counted(len(self.waiting), len(self.waiting), self.registered)} had been "
                f"registered for more than {plural(self.wait_months, 'month')}."
            )
        return tuple(said)

    def __str__(self) -> str:
        return self.words


@checked
def ages(
    dates: Mapping[str, PartialDate | dt.date | str | None],
    at: dt.date,
    bands: Iterable[int] = BANDS,
    *,
    registered: Mapping[str, dt.date] | None = None,
    wait_months: int = 18,
) -> Ages:
    """Say how old ratings are on a day.

    Ages are exact in days. A band counts completed years, by the calendar. A rating dated only by month or year can
    have any age that its date allows, and so every number is a span where that matters.

    Args:
        dates: The date of each rating; `NEVER` for what was never rated, None where the date is not known.
        at: The day on which ages are counted.
        bands: The ages in years at which a new band begins, rising from above 0.
        registered: Since when each of those never rated is registered, as far as known.
        wait_months: After how many months a rating is missed.

    Raises:
        InvalidInputError: A date that is none or lies after the day, or bands that do not rise; everything at once.
    """
    limits = list(bands)
    with collecting("the ages") as problems:
        if any(limit <= 0 for limit in limits) or any(b <= a for a, b in pairwise(limits)):
            problems.append(Problem("bands", f"{limits} do not rise from above 0", "Give years such as 4 and 8"))
        never, undated = [n for n, d in dates.items() if d == NEVER], [n for n, d in dates.items() if d is None]
        known = {name: span for name, date in dates.items() if (span := _days(name, date, at, problems)) is not None}
    edges = [0, *limits]
    since = {name: registered[name] for name in never if registered and name in registered}
    return Ages(
        at,
        tuple(_band(start, end, known.values(), at) for start, end in zip(edges, [*limits, None], strict=True)),
        len(known),
        tuple(undated),
        tuple(never),
        _span(known.values(), at, median),
        _span(known.values(), at, lambda days: sum(days, Fraction(0)) / len(days)),
        _span(known.values(), at, max),
        tuple(name for name, day in since.items() if months_after(day, wait_months) < at),
        len(since),
        wait_months,
        _band(limits[0], None, known.values(), at) if limits else None,
    )


def _days(
    name: str, date: PartialDate | dt.date | str | None, at: dt.date, problems: list[Problem]
) -> tuple[dt.date, dt.date] | None:
    """The first and last day on which it may have been rated; None where it has no date or a wrong one."""
    if date is None or date == NEVER:
        return None
    try:
        read = PartialDate.parse(date)
    except InvalidInputError as error:
        problems += [Problem(name, problem.message, f"{problem.hint}, or {NEVER!r}") for problem in error.problems]
        return None
    if read.earliest > at:
        said = f"{read.words} is after {PartialDate.parse(at).words}"
        problems.append(Problem(name, said, "Count ages on a later day"))
        return None
    return read.earliest, min(read.latest, at)


def _span(
    known: Iterable[tuple[dt.date, dt.date]], at: dt.date, figure: Callable[[list[Fraction]], Fraction]
) -> AgeSpan | None:
    """A figure of the ages, with the ages at their least and at their most."""
    spans = list(known)
    if not spans:
        return None
    least, most = ([Fraction((at - span[end]).days) for span in spans] for end in (1, 0))
    return AgeSpan(figure(least), figure(most))


def _band(start: int, end: int | None, known: Iterable[tuple[dt.date, dt.date]], at: dt.date) -> AgeBand:
    least = most = 0
    for first, last in known:
        old, young = _completed_years(first, at), _completed_years(last, at)
        least += start <= young and (end is None or old < end)
        most += start <= old and (end is None or young < end)
    return AgeBand(start, end, least, most)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _completed_years(day: dt.date, at: dt.date) -> int:
    return at.year - day.year - ((at.month, at.day) < (day.month, day.day))
