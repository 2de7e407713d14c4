"""How long ratings stay current: the share not rated again after so many days, where many still wait."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr
from careassure.model.text import plural

CAUTION = (
    "Ratings that still wait, and those of services that closed, count for as long as they were seen. This assumes "
    "that they would have waited like the others."
)


@frozen
class CurrencyStep:
    """A number of days after which some ratings were replaced.

    Args:
        days: The days since the rating.
        at_risk: How many ratings had stood so long and were seen until then.
        replaced: How many of them were replaced on that day.
        share: The share of ratings that stand longer.
        variance: The variance of that share by Greenwood's formula; 0 where none stands longer.
    """

    days: int
    at_risk: int
    replaced: int
    share: Fraction
    variance: Fraction

    __repr__ = short_repr


@frozen
class Currency:
    """The curve of how long ratings stand before the next, by Kaplan and Meier.

    Args:
        ratings: How many ratings there are.
        replaced: How many were followed by another.
        waiting: How many still stood when they were last seen.
        steps: The days on which the share falls, the fewest first.
        longest: The longest time that any rating was seen to stand, in days.
    """

    ratings: int
    replaced: int
    waiting: int
    steps: tuple[CurrencyStep, ...]
    longest: int

    __repr__ = short_repr

    def share(self, days: int) -> Fraction | None:
        """The share of ratings that stand longer than so many days; None beyond what was seen."""
        if days > self.longest:
            return None
        at = bisect_right([step.days for step in self.steps], days)
        return self.steps[at - 1].share if at else Fraction(1)

    @property
    def median(self) -> int | None:
        """The days after which half of the ratings or fewer stand; None where more than half never were replaced."""
        return next((step.days for step in self.steps if 2 * step.share <= 1), None)

    @property
    def words(self) -> str:
        """The counts, the median and the shares after whole years, in sentences."""
        said = [f"{plural(self.ratings, 'rating')}: {self.replaced} replaced by another, {self.waiting} still stood."]
        if self.median is None:
            said.append("More than half were never seen to be replaced, so there is no median.")
        else:
            said.append(f"Half are replaced within {plural(self.median, 'day')}.")
        for years in range(1, 11):
            share = self.share(round(years * 365.25))
            if share is not None:
                said.append(f"After {plural(years, 'year')} {decimal(100 * share, 1)} % still stand.")
        return " ".join([*said, CAUTION])

    def __str__(self) -> str:
        return self.words


@checked
def currency(
    histories: Mapping[str, Iterable[dt.date]], at: dt.date, ended: Mapping[str, dt.date] | None = None
) -> Currency:
    """How long ratings stand before the next one.

    Each rating stands from its day to the day of the next rating of the same service. The last one of each is seen
    until ``at``, or until the service ended. Two ratings of one day are one. The estimate is that of Kaplan and Meier
    (1958), worked out exactly.

    Args:
        histories: The days on which each service was rated, by its name or number.
        at: The day until which ratings were looked for.
        ended: The last day of services that have closed.

    Raises:
        InvalidInputError: A day is after ``at`` or after the end of its service, or there is no rating.
    """
    stood: Counter[tuple[int, bool]] = Counter()
    with collecting("how long ratings stand", InvalidInputError) as problems:
        for name, given in histories.items():
            days = sorted(set(given))
            end = min(at, (ended or {}).get(name, at))
            late = [day for day in days if day > end]
            if late:
                what = f"{name}: {late[-1].isoformat()} is after {end.isoformat()}, the last day that is looked at"
                problems.append(Problem("histories", what, "Correct the day, or give a later one"))
                continue
            for day, following in zip(days, [*days[1:], None], strict=True):
                stood[((following or end) - day).days, following is not None] += 1
        if not stood and not problems:
            problems.append(Problem("histories", "there is no rating in it", "Give the days of at least one"))
    return _curve(stood)


def _curve(stood: Mapping[tuple[int, bool], int]) -> Currency:
    ratings = sum(stood.values())
    left, share, spread = ratings, Fraction(1), Fraction(0)
    steps: list[CurrencyStep] = []
    for days in sorted({days for days, _ in stood}):
        replaced = stood.get((days, True), 0)
        if replaced:
            share *= Fraction(left - replaced, left)
            if left > replaced:
                spread += Fraction(replaced, left * (left - replaced))
            steps.append(CurrencyStep(days, left, replaced, share, share * share * spread))
        left -= replaced + stood.get((days, False), 0)
    replaced = sum(count for (_, following), count in stood.items() if following)
    return Currency(ratings, replaced, ratings - replaced, tuple(steps), max(days for days, _ in stood))
