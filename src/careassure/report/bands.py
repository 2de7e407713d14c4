"""The scores that give each rating, read from the steps of the method itself."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from careassure.model.outcome import Outcome
from careassure.model.rounding import decimal
from careassure.model.scale import Grade, Scale


@frozen
class Band:
    """The scores that give one rating.

    Args:
        grade: The rating.
        start: The lowest score that gives it.
    """

    grade: Grade
    start: Fraction


def bands_of(outcome: Outcome, low: Fraction) -> tuple[Band, ...]:
    """The bands, read from the steps of the method; none where a rating rests on more than the displayed score."""
    overall = outcome.trace.find("node", "overall")
    rungs = (
        next((step for step in overall.parts if step.kind == "ladder" and step.id == "only"), None) if overall else None
    )
    if overall is None or rungs is None or rungs.grade is None:
        return ()
    shown = [step for step in overall.parts if step.kind != "ladder"]
    bands = [Band(rungs.grade, low)]
    for rung in rungs.parts:
        condition = rung.parts[0]
        if condition.kind != "at_least" or condition.threshold is None or rung.grade is None:
            return ()
        if condition.parts[0] not in shown:
            return ()
        bands.append(Band(rung.grade, condition.threshold))
    return tuple(bands)


def lowest_score(outcome: Outcome) -> int:
    """The score when everything scored is at its lowest; 0 where the method adds up no points."""
    lowest = {scale.id: scale.lowest.value for scale in outcome.assessment.framework.scales}
    overall = outcome.trace.find("node", "overall")
    step = overall.find("percentage") if overall else None
    if step is None or not step.maximum:
        return 0
    points = [
        part.weight * lowest.get(part.low.scale, 0) if isinstance(part.low, Grade) else Fraction(0)
        for part in step.parts
    ]
    return int(100 * sum(points, Fraction(0)) / step.maximum)


def scale_with(outcome: Outcome, grade: Grade | None) -> Scale | None:
    """The scale of the framework on which a grade stands; None where a scorer brought its own."""
    return next((scale for scale in outcome.assessment.framework.scales if grade in scale), None)


def span(bands: Sequence[Band], at: int, high: int) -> str:
    """The scores of one band in words, such as ``39 to 62``.

    Args:
        bands: The bands of a method, from the lowest.
        at: Which of them.
        high: The highest score that there can be.
    """
    start = bands[at].start
    end = bands[at + 1].start if at + 1 < len(bands) else Fraction(high + 1)
    if start.denominator == end.denominator == 1:
        return f"{start} to {end - 1}"
    return f"{decimal(start)} or more"
