"""Councils: the local authorities that have adult social care duties, and those that had them before."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.reference import Confidence
from careassure.model.showing import format_words, short_repr

Kind = Literal["unitary", "metropolitan_borough", "london_borough", "county", "city_of_london", "isles_of_scilly"]

KIND_WORDS: Final[dict[Kind, str]] = {
    "unitary": "unitary authorities",
    "metropolitan_borough": "metropolitan boroughs",
    "london_borough": "London boroughs",
    "county": "counties",
    "city_of_london": "councils of its kind",
    "isles_of_scilly": "councils of its kind",
}
"""The councils of a kind, as a sentence has them."""


@frozen
class Council:
    """A local authority with adult social care duties.

    Args:
        code: Its current code from the Office for National Statistics, such as ``E09000007``.
        name: Its everyday name.
        kind: Its kind of authority.
        region: One of the nine regions of England.
        aliases: Other names in use.
        predecessors: The codes that it, or the councils it replaced, had before.
        source: Where this is from.
        licence: The licence of that source.
        confidence: How sure it is.
        began: Its first day; None where that is not known here.
        ended: Its last day; None where no end is known.
    """

    code: str
    name: str
    kind: Kind
    region: str
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    source: str = ""
    licence: str = "OGL-UK-3.0"
    confidence: Confidence = "official"
    began: dt.date | None = None
    ended: dt.date | None = None

    __repr__ = short_repr

    def stood(self, day: PartialDate) -> bool:
        """Whether it was a council on some day that is meant.

        Args:
            day: A day, or a month or a year of which one day is enough.
        """
        begun = self.began is None or self.began <= day.latest
        return begun and (self.ended is None or day.earliest <= self.ended)

    def __str__(self) -> str:
        return self.name

    __format__ = format_words


@frozen
class Body:
    """Something assessed that is not one of the 153 councils: a provider, a location, an unnamed example.

    Args:
        code: Its identifier in the source.
        name: Its name.
        kind: What it is, in a word.
    """

    code: str
    name: str
    kind: str = "body"

    __repr__ = short_repr

    def __str__(self) -> str:
        return self.name

    __format__ = format_words
