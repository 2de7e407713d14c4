"""Councils: the local authorities that have adult social care duties, and those that had them before."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
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
class FormerCode:
    """A code that is no longer in use, with the councils that took its place.

    Args:
        code: The old code.
        name: The name that went with it.
        successors: The current codes of its successors; one where the council was only recoded.
        source: Where this is from.
        licence: The licence of that source.
        confidence: How sure it is.
        aliases: Other names of the council that had it.
        kind: The kind of council that had it; None where the council only got another code.
        region: Its region; empty where the council only got another code.
        began: The first day of the council that had it; None where the council only got another code.
        ended: Its last day.
    """

    code: str
    name: str
    successors: tuple[str, ...]
    source: str = ""
    licence: str = "OGL-UK-3.0"
    confidence: Confidence = "official"
    aliases: tuple[str, ...] = ()
    kind: Kind | None = None
    region: str = ""
    began: dt.date | None = None
    ended: dt.date | None = None

    __repr__ = short_repr

    @cached_property
    def council(self) -> Council | None:
        """The council that had it, where that council has ended; None where it only got another code."""
        if self.kind is None:
            return None
        return Council(
            self.code, self.name, self.kind, self.region, self.aliases, (), self.source, self.licence,
            self.confidence, self.began, self.ended,
        )  # fmt: skip


@frozen
class ComingCouncil:
    """A council that will take the place of others, whose code is not known here yet.

    Args:
        name: Its name.
        began: Its first day.
        predecessors: The codes of the councils that it takes the place of.
        source: Where this is from.
    """

    name: str
    began: dt.date
    predecessors: tuple[str, ...]
    source: str = ""

    __repr__ = short_repr


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
