"""Councils and statements as a map: a square for each score, with the score in it."""

from __future__ import annotations

from collections.abc import Sequence

from careassure.analysis.reconcile import Reconciliation
from careassure.model.assessment import Assessment
from careassure.model.markup import Html, el
from careassure.model.scale import Grade
from careassure.model.text import plural
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import block, n, picture, words

_LEFT = 236.0
_RIGHT = 476.0
_ROW = 20.0
_HEAD = 24.0


def heat_map(results: Sequence[Reconciliation]) -> Figure | None:
    """A row for each result whose scores were seen, in the order given, a square for each statement.

    Each square has its score in it, beside its colour. None where no score was seen. A statement of which parts are
    scored has no square.
    """
    shown = [item.assessment for item in results if any(_grades(item.assessment))]
    if not shown:
        return None
    statements = shown[0].framework.statements
    shown = [item for item in shown if [s.id for s in item.framework.statements] == [s.id for s in statements]]
    title = f"The scores of {plural(len(shown), 'result')}, statement by statement"
    alt = " ".join(f"{s.title}: {_counted([_score(item, s.id) for item in shown])}." for s in statements)
    wide = (_RIGHT - _LEFT) / len(statements)
    drawn: list[Html] = [
        words(f"{number}", _LEFT + (number - 0.5) * wide, 16, "middle soft") for number in range(1, len(statements) + 1)
    ]
    for at, item in enumerate(shown):
        y = _HEAD + at * _ROW
        drawn += block(str(item.council), 4, y + 15, _LEFT - 6, "left", 1)
        for place, statement in enumerate(statements):
            drawn += _square(_score(item, statement.id), _LEFT + place * wide, y, wide)
    strips = tuple((_HEAD + at * _ROW, _ROW) for at in range(len(shown)))
    return Figure(title, alt, picture(title, alt, _HEAD + len(shown) * _ROW + 4, *drawn), _table(shown), strips)


def _grades(assessment: Assessment) -> list[Grade]:
    found = (_score(assessment, statement.id) for statement in assessment.framework.statements)
    return [grade for grade in found if grade is not None]


def _score(assessment: Assessment, statement: str) -> Grade | None:
    score = assessment.scores.get(statement)
    return score if isinstance(score, Grade) else None


def _counted(scores: Sequence[Grade | None]) -> str:
    """How many have each score, the highest first."""
    counts: dict[Grade, int] = {}
    for grade in scores:
        if grade is not None:
            counts[grade] = counts.get(grade, 0) + 1
    said = [f"{counts[grade]:,} with {grade.value}" for grade in sorted(counts, key=lambda g: g.rank, reverse=True)]
    unseen = sum(grade is None for grade in scores)
    return ", ".join([*said, *([f"{unseen:,} not seen"] if unseen else [])])


def _square(grade: Grade | None, x: float, y: float, wide: float) -> list[Html]:
    if grade is None:
        return [words("·", x + wide / 2, y + 15, "middle")]
    box = el("rect", class_=f"l{min(grade.rank, 3)}", x=n(x + 1), y=n(y + 1), width=n(wide - 2), height=n(_ROW - 2))
    return [box, words(str(grade.value), x + wide / 2, y + 15, "middle strong")]


def _table(shown: Sequence[Assessment]) -> Table:
    statements = shown[0].framework.statements
    rows: list[tuple[Cell, ...]] = []
    for item in shown:
        scores = [_score(item, statement.id) for statement in statements]
        cells: list[Cell] = [Number.of(grade.value) if grade else None for grade in scores]
        rows.append((item.label, item.stated.words or "not printed", *cells))
    heads = ("Council and date", "Printed", *(f"{at}. {item.title}" for at, item in enumerate(statements, 1)))
    return Table("Every result whose scores were seen", heads, tuple(rows), ("A blank: the score was not seen.",))
