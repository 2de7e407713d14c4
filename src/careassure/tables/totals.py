"""Averages, totals and overall results that stand beside scores: compared with them, never taken for scores."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from careassure.errors import CareAssureError
from careassure.model.cells import value_of
from careassure.model.framework import Framework
from careassure.model.ids import brief
from careassure.model.scale import Grade, NotRated
from careassure.model.text import fold

Sum = Literal["average", "total", "result"]

_AVERAGE = {"average", "mean", "avg", "avge"}
_TOTAL = {"total", "subtotal", "sum", "points"}
_OVERALL = {"overall"}
_BESIDE = {"sub", "score", "scores", "rating", "grade", "judgement", "percentage", "result", "the", "of", "all", "for"}


@frozen
class Total:
    """A figure that sums up scores.

    Args:
        label: How the table calls it.
        kind: What it is: an average, a total, or a result of any kind.
        theme: The theme that it is about; empty where it is about all.
    """

    label: str
    kind: Sum
    theme: str = ""


def total_of(framework: Framework, label: str) -> Total | None:
    """What a label such as "Theme 1 average" or "Overall" sums up; None where it sums up nothing."""
    words = fold(label).split()
    kind: Sum = "average" if _AVERAGE & {*words} else "total" if _TOTAL & {*words} else "result"
    rest = [word for word in words if word not in _AVERAGE | _TOTAL | _OVERALL | _BESIDE]
    if not rest:
        return Total(label, kind) if {*words} & (_AVERAGE | _TOTAL | _OVERALL) else None
    for name in (label, " ".join(rest)):
        with suppress(CareAssureError):
            return Total(label, kind, framework.resolve(name, levels=("theme",)))
    return None


Scored = Mapping[str, Grade | NotRated | None]


def compared(total: Total, text: str, framework: Framework, scores: Scored) -> str:
    """A sentence on how a figure goes with the scores."""
    name = brief(total.label.strip())
    try:
        value = value_of(text)
    except CareAssureError:
        return f'"{name}" says {brief(text.strip())!r}. It sums up scores, and is not one itself.'
    found = _sums(total, framework, scores)
    if not isinstance(value, Fraction) or not found:
        return f'"{name}" says {brief(text.strip())}. It cannot be compared, as not all scores are known.'
    for words, exact in found.items():
        if _is_rounded(text, value, exact):
            return f'"{name}" says {text.strip()}: it agrees with the {words} of the scores.'
    first = next(iter(found))
    return f'"{name}" says {text.strip()}, but the {first} of the scores is {_plain(found[first])}.'


def _sums(total: Total, framework: Framework, scores: Scored) -> dict[str, Fraction]:
    """What the figure could be; nothing where a score that it needs is not known."""
    within = {leaf for s in framework.statements for leaf in (s.id, *s.leaves)}
    if total.theme:
        theme = framework.theme(total.theme)
        within = {leaf for s in theme.statements for leaf in (s.id, *s.leaves)}
    known = {leaf: score for leaf, score in scores.items() if leaf in within}
    grades = [score for score in known.values() if isinstance(score, Grade)]
    if not grades or len(grades) < len(known):
        return {}
    points = Fraction(sum(grade.value for grade in grades))
    most = sum(framework.scale_of(leaf).highest.value for leaf in known)
    found = {"average": points / len(grades), "total": points, "percentage": 100 * points / most}
    if total.kind == "result":
        return found
    return {word: value for word, value in found.items() if word in (total.kind, "percentage")}


def _is_rounded(text: str, value: Fraction, exact: Fraction) -> bool:
    """Whether a printed figure is a number, rounded in any way to as many digits as it shows."""
    unit = Fraction(1, 10 ** len(text.strip().rstrip("%").rstrip().partition(".")[2]))
    return value == exact or ((exact / unit).denominator > 1 and abs(value - exact) < unit)


def _plain(value: Fraction) -> str:
    """A number with at most two digits behind the point."""
    rounded = Decimal(round(value * 100)) / 100
    return f"{rounded:f}".rstrip("0").rstrip(".") if value.denominator > 1 else str(value)
