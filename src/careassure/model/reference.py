"""Where a rule or a figure comes from, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from attrs import frozen

from careassure.model.showing import short_repr

Basis = Literal["law", "official", "sector", "press", "derived", "inferred", "ours"]
"""How sure a rule is.

``law``: read in legislation. ``official``: read on a page of the body that issued it, or a faithful copy.
``sector``: read on a page of a sector body. ``press``: read in the press or on a council's own site.
``derived``: worked out from published results. ``inferred``: follows from the above, stated nowhere.
``ours``: our own choice.
"""

Confidence = Literal["official", "press", "derived", "unconfirmed", "own"]
"""How sure a figure is: the words of `Basis`, ``own`` for what a user enters, ``unconfirmed`` for what a program read.

A figure is ``unconfirmed`` where a program took it from a word on a page, and no person or second source has said it.
"""


@frozen
class Reference:
    """A place to look a rule up.

    Args:
        id: Its name within the method or framework that cites it.
        title: What is cited: body and title.
        url: Where it stood.
        section: The part of it that is meant.
        read: The day on which it was read, as ``2026-11-22``.
        basis: How sure the rule is.
    """

    id: str
    title: str
    url: str = ""
    section: str = ""
    read: str = ""
    basis: Basis = "official"

    __repr__ = short_repr

    def __str__(self) -> str:
        text = f"{self.title}, {self.section}" if self.section else self.title
        return f"{text} [{self.basis}]" + (f" {self.url}" if self.url else "")


class Citations:
    """References, numbered from 1 in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[Reference, int] = {}

    def cite(self, references: Iterable[Reference]) -> str:
        """The numbers of some references, each in square brackets after a space; a new one gets the next number."""
        return "".join(f" [{self._numbers.setdefault(found, len(self._numbers) + 1)}]" for found in references)

    def __iter__(self) -> Iterator[Reference]:
        return iter(self._numbers)

    def __bool__(self) -> bool:
        return bool(self._numbers)
