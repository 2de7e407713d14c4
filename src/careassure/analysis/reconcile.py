"""Work published results out again and say whether they agree with what was printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import frozen

from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess, published
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

Status = Literal["agrees", "differs", "cannot be checked"]


@frozen
class Reconciliation:
    """A published result beside the result that its scores give.

    Args:
        assessment: What was published.
        outcome: What the method makes of its scores.
        status: ``agrees``, ``differs``, or ``cannot be checked``.
        reason: What agrees, by how much it differs, or why it cannot be checked.
    """

    assessment: Assessment
    outcome: Outcome
    status: Status
    reason: str

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Whose result it is, and whether it agrees."""
        return f"{self.assessment.label}: {self.status} ({self.reason})"

    def __str__(self) -> str:
        return self.words


@checked
def reconcile(
    assessments: Iterable[Assessment] | None = None, scorer: ScorerLike | None = None
) -> tuple[Reconciliation, ...]:
    """Work out each assessment and compare it with the rating and score that were printed with it.

    Args:
        assessments: What to check; every published assessment that ships where None.
        scorer: The scorer; each framework's own where None.
    """
    found = published() if assessments is None else assessments
    return tuple(_reconcile(item, assess(item, scorer)) for item in found)


def _reconcile(assessment: Assessment, outcome: Outcome) -> Reconciliation:
    wrong = _contradictions(assessment, outcome)
    if wrong:
        return Reconciliation(assessment, outcome, "differs", "; ".join(wrong))
    stated = assessment.stated
    total = len(assessment.marks)
    known = total - len(assessment.missing)
    if stated.rating is None and stated.score is None:
        reason = "no printed rating or score was seen"
    elif known == 0:
        reason = f"none of the {total} scores was seen{_plausible(assessment, outcome)}"
    elif known < total:
        reason = f"{known} of {total} scores seen; they allow {outcome.result}, and what was printed lies within"
    else:
        parts = (["rating"] if stated.rating else []) + (["score"] if stated.score is not None else [])
        return Reconciliation(assessment, outcome, "agrees", f"{join(parts)} as printed")
    return Reconciliation(assessment, outcome, "cannot be checked", reason)


def _contradictions(assessment: Assessment, outcome: Outcome) -> list[str]:
    stated, found = assessment.stated, []
    worst, best = outcome.low, outcome.high
    if stated.rating is not None and worst is not None and best is not None and not worst <= stated.rating <= best:
        found.append(f"printed {stated.rating}, worked out {_between(worst, best)}")
    low, high = outcome.score_low, outcome.score_high
    if stated.score is not None and low is not None and high is not None and not low <= stated.score <= high:
        gap = stated.score - high if stated.score > high else low - stated.score
        found.append(f"printed {stated.score}, worked out {_between(low, high)}: {plural(gap, 'point')} apart")
    return found


def _between(low: object, high: object) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _plausible(assessment: Assessment, outcome: Outcome) -> str:
    """Whether the printed score alone is one that the method can give, and whether it fits the printed rating."""
    stated = assessment.stated
    if stated.rating is None or stated.score is None:
        return ""
    ladder = outcome.trace.find("ladder", "only")
    if ladder is None or any(r.parts[0].threshold is None or r.parts[0].id != "percentage" for r in ladder.parts):
        return ""
    reached = ladder.grade
    for rung in ladder.parts:
        threshold = rung.parts[0].threshold
        if threshold is not None and stated.score >= threshold:
            reached = rung.grade
    fits = "fits" if reached == stated.rating else "does not fit"
    return f"; the printed {stated.score} alone {fits} {stated.rating}"
