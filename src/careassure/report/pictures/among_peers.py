"""A council among its peers: for each statement how many peers have each score, and where the council stands."""

from __future__ import annotations

from collections.abc import Sequence

from careassure.analysis.benchmark import Benchmark
from careassure.analysis.standings import StatementPlace
from careassure.model.markup import Html, el
from careassure.report.document import Cell, Figure, Number, Table, without_blanks
from careassure.report.drawing import WIDE, block, line, n, picture, style_of, words

_LEFT = 22.0
_RIGHT = 330.0
_ROW = 76.0
_BAR = 26.0
"""How high the bar of all peers together would be."""


def among_peers(found: Benchmark) -> Figure:
    """For each statement a bar for each score, as high as peers have it, and a mark at the council's own."""
    shown = found.places
    title = f"{found.assessment.label}: among {len(found.peers):,} peers"
    alt = " ".join(place.words for place in shown)
    parts = [part for at, place in enumerate(shown) for part in _row(place, 8 + at * _ROW)]
    strips = tuple((8 + at * _ROW, _ROW) for at in range(len(shown)))
    return Figure(title, alt, picture(title, alt, 8 + len(shown) * _ROW, *parts), _table(shown), strips)


def _table(shown: Sequence[StatementPlace]) -> Table:
    """The place in each statement, with how many peers have each score."""
    grades = list(dict.fromkeys(place.scale.said(grade) for place in shown for grade in place.scale.grades))
    rows: list[tuple[Cell, ...]] = []
    for place in shown:
        counts = {
            place.scale.said(grade): count for grade, count in zip(place.scale.grades, place.among.counts, strict=True)
        }
        numbers: list[Cell] = [Number.of(counts[grade]) if grade in counts else None for grade in grades]
        rows.append((place.title, Number.or_words(place.score_words), place.rank_words, *numbers, _unseen(place)))
    heads = ("Statement", "Score", "Place", *(f"Peers with {grade}" for grade in grades), "Score not seen")
    return without_blanks(Table("The place in each statement", heads, tuple(rows)))


def _unseen(place: StatementPlace) -> Cell:
    return Number.of(len(place.unknown)) if place.unknown else None


def _row(place: StatementPlace, y: float) -> list[Html]:
    scale, counts = place.scale, place.among.counts
    foot, wide = y + 61, (_RIGHT - _LEFT) / len(scale)
    most = max(sum(counts), 1)
    found: list[Html] = [
        *block(place.title, 4, y + 14, WIDE - 8, "left strong", 1),
        line("axis", _LEFT, foot, _RIGHT, foot),
    ]
    for at, grade in enumerate(scale.grades):
        x = _LEFT + at * wide
        tall = _BAR * counts[at] / most
        own = place.low is not None and place.high is not None and place.low <= grade <= place.high
        found += [
            el("rect", class_=style_of(grade), x=n(x + 8), y=n(foot - tall), width=n(wide - 16), height=n(tall)),
            words(f"{counts[at]:,}", x + wide / 2, foot - tall - 3, "middle soft"),
        ]
        if own:
            found.append(el("path", class_="marker", d=f"M{n(x + wide / 2)} {n(foot + 2)}l-6 9h12Z"))
    says = f"{place.score_words}; {place.rank_words}"
    return [*found, *block(says, _RIGHT + 12, foot - 12, WIDE - _RIGHT - 14, "left", 2)]
