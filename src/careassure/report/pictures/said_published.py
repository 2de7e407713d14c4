"""What a council said of itself beside what was published: two marks for each statement, and a line between them."""

from __future__ import annotations

from careassure.model.markup import Html, el
from careassure.model.scale import Grade
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import LINE, WIDE, block, line, lines_of, n, picture, shape, words
from careassure.workspaces.predictions import PredictedScore, Prediction

_LEFT, _RIGHT = 26.0, 214.0
_ROW = 52.0
_LEGEND = 30.0


def said_published(item: Prediction, council: str) -> Figure | None:
    """The scores that a council gave itself and those that were published; None where none can be set side by side.

    Each stands on a line from the lowest grade to the highest: a ring is what was said, a full mark what was published.

    Args:
        item: What the council said at one time.
        council: Whose scores they are.
    """
    if not item.scores:
        return None
    title = f"{council}: said {item.date.when} and published afterwards"
    scores = " ".join(f"{each}." for each in item.scores)
    alt = f"A ring is what the council said, a full mark what was published. {scores}"
    drawn: list[Html] = [
        el("circle", class_="ring", cx="12", cy="14", r="9"),
        words("said by the council", 27, 19),
        el("circle", class_="marker", cx="196", cy="14", r="6"),
        words("published", 208, 19),
    ]
    for at, score in enumerate(item.scores):
        drawn += _row(score, _LEGEND + at * _ROW)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (each.title, *(Number.or_words(each.scale.said(grade)) for grade in (each.own, each.published)), _way(each))
        for each in item.scores
    )
    table = Table("Said and published", ("Statement", "Said", "Published", "The published score is"), rows)
    strips = tuple((_LEGEND + at * _ROW, _ROW) for at in range(len(item.scores)))
    return Figure(title, alt, picture(title, alt, _LEGEND + len(item.scores) * _ROW + 4, *drawn), table, strips)


def _row(score: PredictedScore, y: float) -> list[Html]:
    track = y + 34
    own, published = (_x(score, grade) for grade in (score.own, score.published))
    says = f"said {score.scale.said(score.own)}, published {score.scale.said(score.published)}: {_way(score)}"
    room = WIDE - _RIGHT - 22
    up = (len(lines_of(says, room, 2)) - 1) * LINE / 2
    ticks = [line("axis", x, track - 4, x, track + 4) for x in (_x(score, grade) for grade in score.scale.grades)]
    between = line("between", min(own, published) + 9, track, max(own, published) - 6, track)
    return [
        *block(score.title, 4, y + 16, WIDE - 8, "left strong", 1),
        line("axis", _LEFT, track, _RIGHT, track),
        *ticks,
        *([between] if own != published else []),
        el("circle", class_="ring", cx=n(own), cy=n(track), r="9"),
        shape(score.published, published, track, 6),
        *block(says, _RIGHT + 20, track + 5 - up, room, "left", 2),
    ]


def _x(score: PredictedScore, grade: Grade) -> float:
    return _LEFT + grade.rank * (_RIGHT - _LEFT) / max(len(score.scale) - 1, 1)


def _way(score: PredictedScore) -> str:
    return "as said" if not score.gap else "higher" if score.gap > 0 else "lower"
