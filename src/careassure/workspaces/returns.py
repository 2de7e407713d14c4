"""The information return: what the regulator asks for before it comes, as the council keeps it."""

from __future__ import annotations

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.showing import short_repr

ITEM_STATUSES = ("missing", "draft", "ready", "sent", "not_applicable")
"""Where an item of the return stands."""


@frozen
class ReturnItem:
    """One item of the information return. The list of items is the user's: the regulator's own was not found.

    Items are numbered within their section, as one council cites them: *General - IR3* is another item than
    *QS3 - IR3*.

    Args:
        section: ``General``, or the section as the request names it, such as ``QS3``.
        item: The number or name within the section, such as ``IR3``.
        title: What is asked for.
        owner: The role that answers for it; never a name.
        status: One of `ITEM_STATUSES`.
        rating: What the council thinks of what it has, in a word of the framework's rating scale; empty where it
            has not said.
        evidence: The ids of the evidence that belongs to it.
        date: When the status was set.
    """

    section: str
    item: str
    title: str
    owner: str = ""
    status: str = "missing"
    rating: str = ""
    evidence: tuple[str, ...] = ()
    date: PartialDate | None = None

    __repr__ = short_repr

    @property
    def key(self) -> str:
        """How it is cited, such as ``QS3 - IR3``."""
        return f"{self.section} - {self.item}"
