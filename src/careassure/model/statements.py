"""What a framework is made of: themes, their statements, the parts of those, and kinds of evidence."""

from __future__ import annotations

from typing import NamedTuple

from attrs import frozen

from careassure.model.showing import short_repr

Context = str
"""Where a name was met: ``framework`` (its own pages), or another such as ``press`` (press releases)."""


class Alias(NamedTuple):
    """Another name, and the context in which it means this.

    Args:
        text: The name, as written there.
        context: ``framework`` where it always means this; otherwise the only context where it does.
    """

    text: str
    context: Context = "framework"


@frozen
class Part:
    """Something scored inside a statement, such as an evidence category or a criterion.

    Args:
        id: Its name in code, unique within its statement.
        title: How it is printed.
        aliases: Other names.
        tags: Words by which a method selects it, such as the grade that a criterion describes.
        scale: The id of its scale; empty for the framework's score scale.
    """

    id: str
    title: str
    aliases: tuple[Alias, ...] = ()
    tags: tuple[str, ...] = ()
    scale: str = ""

    __repr__ = short_repr


@frozen
class Statement:
    """The smallest thing that gets a published score or grade.

    Args:
        id: Its name in code, unique within the framework.
        title: How the framework prints it.
        summary: What it is about, in our words.
        aliases: Other names, each with its context.
        parts: What is scored inside it; empty where the statement itself is scored.
        tags: Words by which a method selects it.
        scale: The id of its scale; empty for the framework's score scale.
    """

    id: str
    title: str
    summary: str = ""
    aliases: tuple[Alias, ...] = ()
    parts: tuple[Part, ...] = ()
    tags: tuple[str, ...] = ()
    scale: str = ""

    __repr__ = short_repr

    @property
    def leaves(self) -> tuple[str, ...]:
        """The ids of what is scored in it: ``statement/part`` for each part, or its own where it has none."""
        return tuple(f"{self.id}/{part.id}" for part in self.parts) or (self.id,)


@frozen
class Theme:
    """A group of statements.

    Args:
        id: Its name in code, unique within the framework.
        title: How the framework prints it.
        statements: What belongs to it, in order.
        aliases: Other names, each with its context.
        tags: Words by which a method selects it.
    """

    id: str
    title: str
    statements: tuple[Statement, ...]
    aliases: tuple[Alias, ...] = ()
    tags: tuple[str, ...] = ()

    __repr__ = short_repr


@frozen
class EvidenceCategory:
    """A kind of evidence.

    Args:
        id: Its name in code.
        title: How it is printed.
        applies: Whether it is used under this framework.
        note: Why not, or since when.
        aliases: Other names.
        kept: Whether evidence of this kind may be recorded although it is not used: a council's own figures
            on outcomes, say.
    """

    id: str
    title: str
    applies: bool = True
    note: str = ""
    aliases: tuple[Alias, ...] = ()
    kept: bool = False

    __repr__ = short_repr

    @property
    def accepted(self) -> bool:
        """Whether evidence of this kind can be recorded."""
        return self.applies or self.kept
