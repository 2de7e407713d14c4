"""How likely each grade of a rating is, were the scores uncertain in a stated way: a bar for each."""

from __future__ import annotations

from fractions import Fraction

from careassure.analysis.odds import bounds_in_words
from careassure.analysis.stability import Stability
from careassure.model.markup import Html, el
from careassure.report.document import Cell, Figure, Table
from careassure.report.drawing import WIDE, block, n, picture, shape, style_of

_LEFT = 30.0
_ROW = 66.0
_FULL = 300.0
"""How long the bar of a certain grade is."""


def chances(found: Stability) -> Figure | None:
    """A bar for each grade, as long as it is likely; a dashed one goes on to the most that it can be.

    None where the method gives no overall rating.
    """
    overall = found.overall
    if overall is None:
        return None
    title = f"{found.assessment.label}: how likely each rating is"
    said = {grade: bounds_in_words(overall.bounds[grade.key]) for grade in reversed(overall.scale.grades)}
    alt = " ".join(f"{grade}: {text}." for grade, text in said.items())
    drawn: list[Html] = []
    for at, (grade, text) in enumerate(said.items()):
        y = 6 + at * _ROW
        low, high = (_length(share) for share in overall.bounds[grade.key])
        drawn += [shape(grade, 14, y + 12, 8), *block(f"{grade}", _LEFT, y + 17, WIDE - _LEFT, "left strong", 1)]
        drawn += [el("rect", class_=style_of(grade), x=n(_LEFT), y=n(y + 40), width=n(low), height="16")]
        if high > low:
            wide = n(high - low)
            drawn.append(el("rect", class_="open", x=n(_LEFT + low), y=n(y + 40), width=wide, height="16"))
        drawn += block(text, _LEFT, y + 33, WIDE - _LEFT, "left", 1)
    rows: tuple[tuple[Cell, ...], ...] = tuple((str(grade), text) for grade, text in said.items())
    table = Table("How likely each rating is", ("Rating", "Probability"), rows)
    strips = tuple((6 + at * _ROW, _ROW) for at in range(len(said)))
    return Figure(title, alt, picture(title, alt, 10 + len(said) * _ROW, *drawn), table, strips)


def _length(share: Fraction) -> float:
    return float(share) * _FULL
