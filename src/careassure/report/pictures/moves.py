"""Who moves between two methods: a bar for each pair of results, as long as it is common."""

from __future__ import annotations

from fractions import Fraction

from careassure.analysis.method_comparison import MethodComparison
from careassure.model.text import plural
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.pictures.bars import Bar, bar_figure

_STYLES = {"higher": "done", "lower": "late", "other": "full", "": "hand"}
_WORDS = {"higher": ", higher", "lower": ", lower", "other": ", otherwise", "": ""}


def moves(found: MethodComparison) -> Figure | None:
    """The pairs of results, the commonest first; None where nothing was rated.

    Args:
        found: What `careassure.analysis.compare_methods` gave.
    """
    if not found.outcomes:
        return None
    ways = {(str(item.first), str(item.second)): item.way for item in found.moved}
    title = f"From {found.first} to {found.second}"
    groups = [
        (
            f"Both: {one}" if one == two and (one, two) not in ways else f"{found.first}: {one}; {found.second}: {two}",
            [_bar(count, ways.get((one, two), ""))],
        )
        for one, two, count in found.table
    ]
    alt = " ".join(f"{head}: {only.words}." for head, (only,) in groups)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one, two, Number(Fraction(count), f"{count:,}"), ways.get((one, two), "")) for one, two, count in found.table
    )
    table = Table("How many have each pair of results", (found.first, found.second, "Assessments", "Moves"), rows)
    return bar_figure(title, alt, groups, table)


def _bar(count: int, way: str) -> Bar:
    return Bar(Fraction(count), Fraction(count), f"{plural(count, 'assessment')}{_WORDS[way]}", _STYLES[way])
