"""Descriptors: what a statement looks like at a score. They are shown beside a score that is being set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from careassure.errors import CareAssureError, Problem
from careassure.model.arguments import explained
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.showing import short_repr
from careassure.model.text import hint_for


@explained
@frozen
class Descriptor:
    """What a statement looks like at one score, in the words of a named source.

    None ship: the regulator's own characteristics were drafts, whose text was not found.

    Args:
        statement: The statement's id.
        score: A number or word of the statement's scale.
        text: What is seen at that score.
        source: Whose words these are, with their version or date.
        version: The framework version that they were written for; empty for any.
    """

    statement: str
    score: int | str
    text: str
    source: str
    version: str = ""

    __repr__ = short_repr


@explained
@frozen
class DescriptorTable:
    """Descriptors of several statements and scores, from one source.

    Args:
        id: Its name: lower-case letters, digits and hyphens.
        title: What it is called.
        version: Its own version.
        framework: The id of the framework that it is for.
        descriptors: What is seen at each score of each statement.
    """

    id: str
    title: str
    version: str
    framework: str
    descriptors: tuple[Descriptor, ...] = field(converter=tuple[Descriptor, ...])

    __repr__ = short_repr


def descriptors_of(descriptors: Iterable[Descriptor], framework: Framework, statement: str) -> tuple[Descriptor, ...]:
    """The descriptors of a statement, the lowest score first.

    Raises:
        CareAssureError: An unknown statement, or a score that is not on its scale.
    """
    scale = framework.scale_of(statement)
    found = [item for item in descriptors if item.statement == statement]
    return tuple(sorted(found, key=lambda item: scale.parse(item.score).rank))


def descriptor_problems(item: Descriptor, framework: Framework) -> Iterator[Problem]:
    """Everything in a descriptor that does not fit its framework; each problem names the field."""
    known = {statement.id for statement in framework.statements}
    if item.statement not in known:
        yield Problem(
            "statement",
            f"{shown(item.statement)} is not a statement of the framework",
            hint_for(item.statement, known),
        )
        return
    try:
        framework.scale_of(item.statement).parse(item.score)
    except CareAssureError as error:
        yield Problem("score", error.message, error.hint)
    if not item.source:
        yield Problem("source", "it does not say whose words these are", "Name the document and its date")
