"""Councils that are no more, those that are still to come, and those that have no adult social care duties."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Literal

from attrs import frozen

from careassure.model.council import Council, Kind
from careassure.model.reference import Confidence
from careassure.model.showing import short_repr


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


Elsewhere = Literal["district", "former_district", "wales", "scotland", "northern_ireland"]
"""What a council without adult social care duties in England is."""


@frozen
class OtherCouncil:
    """A council without adult social care duties in England, which stands in the same columns as those that have them.

    Args:
        code: Its code.
        name: Its name.
        aliases: Other names of it.
        kind: What it is.
        council: The council of today that has the duties in its area; empty outside England.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    kind: Elsewhere
    council: str = ""

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """What it is, in words."""
        if self.kind == "district":
            return f"a district of {self.council}, whose county council has these duties"
        if self.kind == "former_district":
            return f"a former district, whose area is now part of {self.council}"
        return f"a council of {self.kind.replace('_', ' ').title()}"
