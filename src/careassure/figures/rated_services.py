"""Services with their latest rating: how old the ratings are, and how many are good, for all, by kind or by area."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.figures.rating_ages import BANDS, NEVER, Ages, Never, ages
from careassure.model.arguments import checked, explained
from careassure.model.dates import PartialDate
from careassure.model.rounding import decimal
from careassure.model.scale import Grade, NotRated
from careassure.model.showing import short_repr
from careassure.model.text import plural

By = Literal["kind", "area"]
"""By what services are grouped."""

GOOD: Final = ("good", "outstanding")
"""The keys of the grades that count as good or better."""

CAUTION: Final = (
    "Such a list shows the latest rating alone. A service that registered again counts as one that was never rated."
)


@explained
@frozen
class RatedService:
    """A service with its latest rating.

    Args:
        id: Its name or number.
        rated: When it was rated; `NEVER` for one that was never rated, None where the date is not known.
        rating: The rating, or why there is none; None where it is not known.
        kind: What kind of service it is; empty where that is not known.
        area: The area or council that it lies in; empty where that is not known.
        registered: Since when it is registered; None where that is not known.
    """

    id: str
    rated: PartialDate | Never | None
    rating: Grade | NotRated | None = None
    kind: str = ""
    area: str = ""
    registered: dt.date | None = None

    __repr__ = short_repr


@frozen
class ServiceAges:
    """How old the ratings of some services are, and how many of the ratings are good.

    Args:
        name: The kind or the area that they share; empty for all, or where it is not known.
        ages: How old their ratings are.
        graded: How many have a rating that is known.
        good: How many of these are good or outstanding.
    """

    name: str
    ages: Ages
    graded: int
    good: int

    __repr__ = short_repr

    @property
    def good_share(self) -> Fraction | None:
        """The share of known ratings that are good or outstanding, from 0 to 1; None where none is known."""
        return Fraction(self.good, self.graded) if self.graded else None

    @property
    def good_words(self) -> str:
        """How many of the known ratings are good or outstanding, in a sentence; empty where none is known."""
        if self.good_share is None:
            return ""
        share = decimal(100 * self.good_share, 1)
        return f"Ratings known: {self.graded:,}. Of them good or outstanding: {self.good:,} ({share} %)."

    @property
    def words(self) -> str:
        """The ages and the share of good ratings in sentences."""
        named = f"{self.name}: " if self.name else ""
        return " ".join(filter(None, [f"{named}{self.ages.words}", self.good_words]))

    def __str__(self) -> str:
        return self.words


@checked
def service_ages(
    services: Iterable[RatedService],
    at: dt.date,
    bands: Iterable[int] = BANDS,
    *,
    by: By | None = None,
    wait_months: int = 18,
) -> tuple[ServiceAges, ...]:
    """Say how old the ratings of services are on a day, and how many are good: of all, by kind or by area.

    Args:
        services: The services, each once.
        at: The day on which ages are counted.
        bands: The ages in years at which a new band begins, rising from above 0.
        by: Whether by kind or by area; all together where None.
        wait_months: After how many months from its registration the first rating of a service is missed.

    Returns:
        One for each kind or area by name, or one alone for all.

    Raises:
        InvalidInputError: A service is there twice, there is none, a rating lies after the day, or bands do not rise.
    """
    found = tuple(services)
    limits = tuple(bands)
    twice = sorted(name for name, count in Counter(item.id for item in found).items() if count > 1)
    problems = [Problem(name, "it is there twice", "Keep its latest rating") for name in twice]
    late = [item for item in found if isinstance(item.rated, PartialDate) and item.rated.earliest > at]
    if late:
        said = f"{plural(len(late), 'service')} rated after {PartialDate.parse(at).words}, such as {late[0].id}"
        problems.append(Problem("at", said, "Count ages on a later day"))
    if not found:
        problems.append(Problem("services", "there is none", "Give at least one"))
    if problems:
        raise InvalidInputError("the services", problems)
    groups: dict[str, list[RatedService]] = {}
    for item in found:
        groups.setdefault("" if by is None else item.kind if by == "kind" else item.area, []).append(item)
    return tuple(_aged(name, groups[name], at, limits, wait_months) for name in sorted(groups))


def _aged(
    name: str, services: list[RatedService], at: dt.date, bands: tuple[int, ...], wait_months: int
) -> ServiceAges:
    since = {item.id: item.registered for item in services if item.rated == NEVER and item.registered is not None}
    found = ages({item.id: item.rated for item in services}, at, bands, registered=since, wait_months=wait_months)
    grades = [item.rating for item in services if isinstance(item.rating, Grade)]
    return ServiceAges(name, found, len(grades), sum(grade.key in GOOD for grade in grades))
