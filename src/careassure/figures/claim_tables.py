"""Many printed claims from a table, each checked."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Final, get_args

from attrs import frozen

from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError, Problem, collecting
from careassure.figures.claim_checks import ClaimCheck, Verdict, check_claim
from careassure.model.arguments import checked
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.tables.named_columns import columns_named, sound_lines
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Line, Options

NAMES: Final = {
    "claim": ("claim", "printed"),
    "before": ("before", "from"),
    "after": ("after", "to"),
    "count": ("count",),
    "of": ("of", "out of", "whole"),
}
"""What the columns of a table of claims are called."""
_SAID: Final[dict[Verdict, tuple[str, str]]] = {
    "holds": ("holds", "hold"),
    "holds as rounded": ("holds as rounded", "hold as rounded"),
    "can hold": ("can hold", "can hold"),
    "does not hold": ("does not hold", "do not hold"),
}


@frozen
class ClaimLine:
    """A row of a table of claims.

    Args:
        row: Its number in the file.
        check: What became of its claim.
        beside: What else stands in the row, by the header of its column.
    """

    row: int
    check: ClaimCheck
    beside: tuple[tuple[str, str], ...] = ()

    __repr__ = short_repr


@frozen
class ClaimTable:
    """The claims of a table, each checked.

    Args:
        file: The file that they are from.
        lines: The rows, in the order of the file.
        notes: What was decided about the layout of the file, a sentence each.
    """

    file: str
    lines: tuple[ClaimLine, ...]
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    def __iter__(self) -> Iterator[ClaimLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def words(self) -> str:
        """How many claims hold, in a sentence."""
        counts = Counter(line.check.verdict for line in self.lines)
        verdicts: tuple[Verdict, ...] = get_args(Verdict)
        said = [f"{counts[word]:,} {_SAID[word][counts[word] != 1]}" for word in verdicts if counts[word]]
        return f"{plural(len(self.lines), 'claim')}: {join(said)}."

    def __str__(self) -> str:
        return "\n".join([self.words, *self.notes, *(f"row {line.row}: {line.check}" for line in self.lines)])


@checked
def check_claims(path: str | os.PathLike[str], layout: Options = FOUND) -> ClaimTable:
    """Check every claim of a table: a column *claim*, and the figures in *before*, *after*, *count* and *of*.

    What each row needs is as for `check_claim`; blank cells are not given. Other columns are kept beside the claim.

    Args:
        path: Delimited text or a spreadsheet.
        layout: What you say of its layout.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidTableError: A column is missing, or rows hold no claim that can be checked: all of them, with their rows.
    """
    table = open_table(path, layout)
    places = columns_named(table.layout, NAMES, needed=("claim",))
    lines: list[ClaimLine] = []
    with collecting(table.layout.file, InvalidTableError) as problems:
        for line in sound_lines(table, problems):
            try:
                found = _check(line, places)
            except CareAssureError as error:
                about = error.problems if isinstance(error, InvalidInputError) else (Problem("", error.message),)
                where = table.layout.place(line.number)
                problems += [Problem(where, f"{error.message}: {each.message}", each.hint) for each in about]
                continue
            beside = [
                (header, line.cells[place].strip())
                for place, header in enumerate(table.layout.headers)
                if place not in places.values()
            ]
            lines.append(ClaimLine(line.number, found, tuple(beside)))
        if not lines and not problems:
            problems.append(Problem(table.layout.place(), "it holds no claims", "Add a row for each"))
    return ClaimTable(table.layout.file, tuple(lines), table.layout.notes)


def _check(line: Line, places: dict[str, int]) -> ClaimCheck:
    cells = {name: line.cells[place].strip() or None for name, place in places.items()}
    claim, before, after = cells["claim"] or "", cells.get("before"), cells.get("after")
    return check_claim(claim, before, after, count=cells.get("count"), of=cells.get("of"))
