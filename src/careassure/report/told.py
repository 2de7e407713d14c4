"""Pieces of a paper made of what a result says of itself: its lines of text, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from careassure.model.explain import mark
from careassure.model.reference import Citations
from careassure.model.trace import Step
from careassure.report.document import Block, Cell, Document, Heading, Listing, Number, Paragraph, Table
from careassure.report.of_outcomes import HOLDS

Told = tuple[int, str]
"""A line of text, with how far in it begins."""


def told(lines: Iterable[str | Told], level: int = 1) -> Iterator[Block]:
    """Lines of text as pieces of a paper. What stands further in belongs to the line above it.

    A line with others below it that is no sentence is a heading. Several lines below it are a list; a single one is a
    paragraph.

    Args:
        lines: The lines; an empty one parts what stands before it from what comes after.
        level: The level of the headings.
    """
    found = [_placed(line) for line in lines]
    at = 0
    while at < len(found):
        indent, text = found[at]
        at += 1
        if not text:
            continue
        below: list[Told] = []
        while at < len(found) and found[at][1] and found[at][0] > indent:
            below.append(found[at])
            at += 1
        if below and text[-1] not in ".?!:":
            yield Heading(text, level)
        else:
            yield Paragraph(text)
        yield from _below(below)


def _placed(line: str | Told) -> Told:
    return line if isinstance(line, tuple) else (len(line) - len(line.lstrip()), line.strip())


def _below(lines: Sequence[Told]) -> Iterator[Block]:
    """The lines below another: a list, or where they are of several depths paragraphs with a list below each."""
    if not lines:
        return
    first = min(indent for indent, _ in lines)
    if len(lines) == 1:
        yield Paragraph(lines[0][1])
    elif all(indent == first for indent, _ in lines):
        yield Listing(tuple(text for _, text in lines))
    else:
        items: list[str] = []
        for indent, text in lines:
            if indent > first:
                items.append(text)
                continue
            yield from [Listing(tuple(items))] if items else []
            items = []
            yield Paragraph(text)
        yield from [Listing(tuple(items))] if items else []


def table_of(title: str, rows: Iterable[Mapping[str, object]], notes: Sequence[str] = ()) -> Iterator[Table]:
    """A table of rows that all have the same keys, with numbers as numbers; none where there are no rows.

    Args:
        title: What it shows.
        rows: Its rows.
        notes: What must be known to read it.
    """
    found = list(rows)
    if found:
        heads = tuple(dict.fromkeys(head for row in found for head in row))
        yield Table(title, heads, tuple(tuple(cell_of(row.get(head)) for head in heads) for row in found), tuple(notes))


def cell_of(value: object) -> Cell:
    """A value as a cell holds it: numbers as numbers, anything else as it prints."""
    if value is None or isinstance(value, Number):
        return value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Number.of(value)
    return str(value)


def titled(title: str, blocks: Iterable[Block], sources: Citations | None = None) -> Document:
    """A paper whose title says what it is, and whose first paragraph is its answer.

    Args:
        title: What it is about.
        blocks: Its pieces.
        sources: What is cited in it.
    """
    found = list(blocks)
    if found and isinstance(found[0], Paragraph) and found[0].role == "text":
        found[0] = Paragraph(found[0].text, "lead")
    return Document(title, tuple(found), tuple(sources or ()), title)


def without(caution: str, text: str) -> Iterator[Block]:
    """A text as a paragraph, and the caution that ends it as one of its own."""
    said = text.removesuffix(caution).strip()
    if said:
        yield Paragraph(said)
    yield Paragraph(caution, "caution")


def rules_table(steps: Iterable[Step], sources: Citations) -> Iterator[Table]:
    """Rules of a method, each with whether it holds; none where there are no rules.

    Args:
        steps: The rules, as steps of a trace.
        sources: Where what is cited is noted.
    """
    rows = [
        {
            "Rule": f"{step.text}{sources.cite(step.references)}",
            "Here it": HOLDS[mark(step)] if step.kind == "rung" else "",
        }
        for step in steps
    ]
    yield from table_of("The rules, and whether they hold", rows)
