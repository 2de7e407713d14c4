"""What a table of scores holds, in words, and the command that rates it, as it is typed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from careassure.api.table_contents import Contents
from careassure.cli.options import typed
from careassure.model.ids import brief
from careassure.model.text import join, plural

_MOST_NAMED = 20


def whose_scores(found: Contents) -> str:
    """A sentence on a table that holds scores of many."""
    framework = found.framework
    if framework is None:
        return ""
    each = "a row for each score" if found.statement else f"a row for each {framework.subject}"
    return f"A table of scores: {framework.title}, {each}; {plural(found.assessments, 'assessment')}."


def seen_in(found: Contents) -> Iterator[str]:
    """What was seen of a table, a sentence each."""
    yield from found.layout.notes
    yield f"{plural(found.rows, 'row')} read: {found.rows - found.refused:,} of its form, {found.refused:,} refused."
    if found.statement:
        yield f"Statements stand in the column {brief(found.statement)}, scores in {brief(found.score)}."
    elif found.columns:
        yield f"Columns of scores: {_named(tuple(found.columns.values()))}."
    if found.missing:
        yield f"No column holds {_named(found.missing)}."
    if found.key:
        yield f"Whose they are stands in {_named(found.key)}."
    if found.others:
        yield f"Other columns: {_named(found.others)}."
    yield from (f"Refused: {problem}" for problem in found.problems)
    if found.refused > len(found.problems):
        yield f"Refused: {found.refused - len(found.problems):,} more."


def _named(names: Sequence[str]) -> str:
    more = [f"{len(names) - _MOST_NAMED:,} more"] if len(names) > _MOST_NAMED else []
    return join([*map(brief, names[:_MOST_NAMED]), *more])


def to_rate(found: Contents, words: Sequence[str]) -> list[str]:
    """The command that rates every assessment in a table.

    Args:
        found: What it holds.
        words: The file, and what is said of its layout, as typed.
    """
    stem, _ = os.path.splitext(found.layout.file)  # noqa: PTH122  (the name alone)
    command = ["careassure assess-table", words[0], typed(f"{stem}-rated.csv"), *words[1:]]
    if found.statement:
        command += ["--long", typed(f"{_cell(found.statement)},{_cell(found.score)}")]
    if found.key:
        command += ["--key", typed(",".join(map(_cell, found.key)))]
    if found.missing:
        given = [*found.columns.items(), *((name, "") for name in found.missing)]
        command += [word for leaf, name in given for word in ("--column", typed(f"{leaf}={name}"))]
    if found.refused:
        command += ["--bad", typed(f"{stem}-refused.csv")]
    return command


def _cell(name: str) -> str:
    """The name of a column where several stand with commas between them."""
    quoted = name.replace('"', '""')
    return f'"{quoted}"' if "," in name or '"' in name else name
