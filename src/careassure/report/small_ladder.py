"""The ladder of ratings for a telephone: a line for each score, the best at the top, with a mark for each result."""

from __future__ import annotations

from careassure.analysis.reconcile import Reconciliation
from careassure.model.markup import Html
from careassure.model.text import join, plural
from careassure.report.bands import Band, span
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import WIDE, block, picture, shape, words
from careassure.report.ladder import Ladder, about, draw, stacked
from careassure.report.walk import walkable

_LEFT = 46.0
_COUNT = 40.0
_ROW = 24.0
_HEAD = 40.0
_DOT = 14.0


def small_ladder(ladder: Ladder) -> Figure:
    """The same results as the wide drawing, no wider than a telephone.

    Args:
        ladder: What to draw.
    """
    stacks = stacked(ladder)
    pitch = min(_DOT, (WIDE - _LEFT - _COUNT) / max(map(len, stacks.values())))
    drawn: list[Html] = []
    strips: list[tuple[float, float]] = []
    y = 4.0
    above: Band | None = None
    for score in sorted(stacks, reverse=True):
        band = max((each for each in ladder.bands if each.start <= score), key=lambda each: each.start, default=None)
        if band is not None and band != above:
            drawn += _head(ladder, band, y)
            y += _HEAD
        above = band
        drawn += _line(score, stacks[score], pitch, y)
        strips.append((y, _ROW))
        y += _ROW
    title = f"The ladder of ratings: {ladder.method}"
    says = about(ladder)
    return Figure(title, says, picture(title, says, y + 4, *drawn), ladder_table(ladder), tuple(strips))


def wide_ladder(ladder: Ladder, number: int) -> Html:
    """The wide drawing, with the tree of its words.

    Args:
        ladder: What to draw.
        number: Which drawing of the page it is.
    """
    title = f"The ladder of ratings: {ladder.method}"
    return walkable(Figure(title, about(ladder), draw(ladder, number), ladder_table(ladder)))


def ladder_table(ladder: Ladder) -> Table:
    """A row for each score that was worked out, the highest first, with the councils that have it.

    Args:
        ladder: What is drawn.
    """
    rows: list[tuple[Cell, ...]] = []
    for score, stack in sorted(stacked(ladder).items(), reverse=True):
        ratings = join(list(dict.fromkeys(str(each.outcome.rating or "without a single rating") for each in stack)))
        names = join(list(dict.fromkeys(str(each.assessment.council) for each in stack)))
        rows.append((f"{score} out of 100", ratings, Number.of(len(stack)), names))
    return Table("The scores that were worked out", ("Score", "Rating", "Results", "For"), tuple(rows))


def _head(ladder: Ladder, band: Band, y: float) -> list[Html]:
    """The rating of a band, with its scores and how many results are in it."""
    at = ladder.bands.index(band)
    count = sum(result.outcome.rating == band.grade for result in ladder.results)
    text = f"{band.grade}, {span(ladder.bands, at, ladder.high)}: {plural(count, 'result')}"
    return [shape(band.grade, 14, y + 22, 7), *block(text, 28, y + 27, WIDE - 32, "left strong", 1)]


def _line(score: int, stack: list[Reconciliation], pitch: float, y: float) -> list[Html]:
    marks = [
        shape(result.outcome.rating, _LEFT + (at + 0.5) * pitch, y + 12, pitch / 2 - min(0.75, pitch / 8))
        for at, result in enumerate(stack)
    ]
    count = words(f"{len(stack):,}", _LEFT + len(stack) * pitch + 6, y + 17, "left soft")
    return [words(f"{score}", _LEFT - 10, y + 17, "right"), *marks, count]
