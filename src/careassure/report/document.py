"""What a paper holds, whatever form it is written in: headings, sentences, lists, tables and pictures.

Makers of papers give a `Document`; writers put it into a form. A writer adds and leaves out no words, so that the forms
of one paper cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import explained
from careassure.model.reference import Reference
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr

Role = Literal["text", "lead", "caution", "to_write"]
"""What a sentence is for.

``text``: says something. ``lead``: the answer, first. ``caution``: what the reader must know to read it rightly.
``to_write``: what nobody but the council can say; every form marks it so that it cannot be overlooked.
"""

TO_WRITE = "To be written by the council"
"""What stands before a sentence that the council must replace by its own."""
CAUTION = "Take note"
"""What stands before a caution."""


@frozen
class Number:
    """A number in a table, with how it is printed.

    Args:
        value: Its exact value.
        shown: How it is printed.
    """

    value: Fraction
    shown: str

    __repr__ = short_repr

    @classmethod
    def of(cls, value: int | Fraction, unit: str = "") -> Number:
        """A number as this library prints it, with at most two decimals and its unit behind it."""
        return cls(Fraction(value), f"{decimal(Fraction(value))}{f' {unit}' if unit else ''}")

    def __str__(self) -> str:
        return self.shown

    @classmethod
    def or_words(cls, said: str) -> Number | str:
        """The number that a text of digits says, such as a score; any other text as it is.

        >>> Number.or_words("3"), Number.or_words("not known")
        (Number(value=Fraction(3, 1), shown='3'), 'not known')
        """
        return cls(Fraction(said), said) if said.isascii() and said.isdecimal() else said


Cell = str | Number | None
"""What a cell of a table holds: words, a number, or nothing."""


@frozen
class Table:
    """A table, the first cell of each row its head.

    Args:
        title: What it shows.
        heads: The heads of its columns.
        rows: Its rows, each with a cell for each column.
        notes: What must be known to read it.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    @classmethod
    def of_rows(cls, title: str, rows: Sequence[Mapping[str, object]]) -> Table:
        """A table of rows that all have the same keys, which are its heads; a row at least.

        Args:
            title: What it shows.
            rows: Its rows.
        """
        return cls(title, tuple(rows[0]), tuple(tuple(map(str, row.values())) for row in rows))


def without_blanks(table: Table) -> Table:
    """The table without the columns, behind its first, in which no row says anything.

    >>> without_blanks(Table("t", ("a", "b", "c"), (("1", "", "x"), ("2", None, ""))))
    Table(title='t', heads=('a', 'c'), rows=(('1', 'x'), ('2', '')), notes=())
    """
    kept = [at for at in range(len(table.heads)) if not at or any(row[at] not in ("", None) for row in table.rows)]
    return evolve(
        table,
        heads=tuple(table.heads[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


@frozen
class Figure:
    """A picture, with the words for those who do not see it and the table of every number in it.

    Args:
        title: What it shows.
        alt: What can be seen in it, in sentences made from the data.
        svg: The picture itself.
        table: Every number in it.
        strips: Where each row of the table is drawn: how far down it begins, and how tall it is. Empty where a row is
            not in one place.
    """

    title: str
    alt: str
    svg: str = field(repr=False)
    table: Table
    strips: tuple[tuple[float, float], ...] = field(default=(), repr=False)

    __repr__ = short_repr

    def _repr_html_(self) -> str:
        from careassure.report.as_notebook import figure_html

        return figure_html(self)


@frozen
class Heading:
    """A heading.

    Args:
        text: Its words.
        level: 1 for a part of the paper, 2 for a part of that, 3 for a part of a part.
    """

    text: str
    level: int = 1

    __repr__ = short_repr


@frozen
class Paragraph:
    """Sentences that belong together.

    Args:
        text: Its words.
        role: What it is for.
    """

    text: str
    role: Role = "text"

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Its words, with what stands before them."""
        return f"{self.before} {self.text}" if self.before else self.text

    @property
    def before(self) -> str:
        """What stands before its words, where they are a caution or are still to be written; else nothing."""
        return {"to_write": f"{TO_WRITE}:", "caution": f"{CAUTION}:"}.get(self.role, "")


_DEEPEST = 4
"""How deep a list may lie below others."""


def _texts(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(items)


def _depths(depths: Iterable[int]) -> tuple[int, ...]:
    return tuple(depths)


@explained
@frozen
class Listing:
    """A list, whose items may have lists of their own below them.

    Args:
        items: A text for each item.
        depths: How deep each item lies, from 0; none where no item lies below another.
    """

    items: tuple[str, ...] = field(converter=_texts)
    depths: tuple[int, ...] = field(default=(), converter=_depths)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        depths = self.depths
        most = [0, *(min(depth + 1, _DEEPEST) for depth in depths)]
        if depths and (
            len(depths) != len(self.items)
            or any(not 0 <= each <= limit for each, limit in zip(depths, most, strict=False))
        ):
            fault = f"an item has no depth, lies more than one below the item before it, or deeper than {_DEEPEST}"
            raise InvalidInputError("listing", [Problem("depths", fault, "Give 0 for the first, and a depth for each")])

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> Listing:
        """A list of lines of which some are indented: they lie below the line before that is less so.

        Args:
            lines: The lines; blank ones are left out.
        """
        items: list[str] = []
        depths: list[int] = []
        open_: list[int] = []
        for line in lines:
            text = line.strip()
            if not text:
                continue
            edge = len(line) - len(line.lstrip())
            while open_ and open_[-1] >= edge:
                open_.pop()
            items.append(text)
            depths.append(min(len(open_), _DEEPEST))
            open_.append(edge)
        return cls(tuple(items), tuple(depths) if any(depths) else ())

    @property
    def nested(self) -> tuple[tuple[int, str], ...]:
        """Each item with its depth."""
        return tuple(zip(self.depths or (0,) * len(self.items), self.items, strict=True))


def deeper(blocks: Iterable[Block]) -> Iterator[Block]:
    """Pieces of a paper as part of another: their headings lie one level deeper."""
    return (evolve(block, level=block.level + 1) if isinstance(block, Heading) else block for block in blocks)


Block = Heading | Paragraph | Listing | Table | Figure
"""A piece of a paper."""


@frozen
class Document:
    """A paper.

    Args:
        title: What it is about.
        blocks: Its pieces, in order.
        sources: What is cited in it, by the numbers in square brackets, from 1.
        description: What it is, in a sentence, for lists of papers.
    """

    title: str
    blocks: tuple[Block, ...]
    sources: tuple[Reference, ...] = ()
    description: str = ""

    __repr__ = short_repr

    def _repr_html_(self) -> str:
        from careassure.report.as_notebook import document_html

        return document_html(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, those of pictures too, in order."""
        found = (block.table if isinstance(block, Figure) else block for block in self.blocks)
        return tuple(block for block in found if isinstance(block, Table))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    def texts(self) -> Iterator[str]:
        """Every text of the paper in reading order, as each form has to show it; a picture gives its words."""
        yield self.title
        for block in self.blocks:
            yield from texts_of(block)
        for number, reference in enumerate(self.sources, 1):
            yield source_text(number, reference)


def source_text(number: int, reference: Reference) -> str:
    """A source as the list at the end has it, without its address."""
    from careassure.model.explain import cited

    return f"[{number}] {''.join(cited(reference))}"


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a piece, in reading order."""
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield block.words
    elif isinstance(block, Listing):
        yield from block.items
    else:
        table = block.table if isinstance(block, Figure) else block
        if isinstance(block, Figure):
            yield block.title
            yield block.alt
        yield table.title
        yield from table.heads
        yield from (str(cell) for row in table.rows for cell in row if cell is not None and str(cell))
        yield from table.notes
