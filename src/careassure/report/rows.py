"""Results as rows: one for each assessment, the same columns in every output."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from careassure.model.council import Council
from careassure.model.marks import Score
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

if TYPE_CHECKING:
    from careassure.analysis.reconcile import Reconciliation
    from careassure.model.assessment import Assessment


def brief_row(result: Reconciliation, superseded: Collection[str] = ()) -> dict[str, object]:
    """A published result in five columns, for a terminal.

    Args:
        result: The result.
        superseded: The ids of assessments that a later one replaces.
    """
    assessment, outcome = result.assessment, result.outcome
    rating = assessment.stated.rating
    score = assessment.stated.score
    printed = " ".join(str(part) for part in (rating, score) if part is not None) or "not seen"
    known = len(assessment.marks) - len(assessment.missing)
    return {
        "Council": str(assessment.council) + _marks(result, superseded),
        "Published": str(assessment.published or ""),
        "Printed": printed,
        "Worked out": outcome.result.replace(" out of 100", "").replace(",", "") if known else "no scores",
        "Check": result.status,
    }


def full_row(result: Reconciliation) -> dict[str, object]:
    """A published result with everything that is known about it, for CSV and JSON.

    A score stands under its statement's id, or under ``score_`` and the id where another column has that name.
    """
    assessment, outcome = result.assessment, result.outcome
    council = assessment.council
    before: dict[str, object] = {
        "id": assessment.id,
        "council": council.name,
        "code": council.code,
        "kind": council.kind,
        "region": council.region if isinstance(council, Council) else "",
        "published": str(assessment.published or ""),
        "indicative": assessment.indicative,
        "withdrawn": str(assessment.withdrawn or ""),
        "supersedes": assessment.supersedes,
    }
    after: dict[str, object] = {
        **printed_row(assessment),
        **outcome_row(outcome),
        "status": result.status,
        "reason": result.reason,
        "confidence": assessment.confidence,
        "licence": assessment.licence,
        "sources": " ".join(assessment.sources),
        "notes": assessment.notes,
    }
    heads = apart([leaf for leaf, _ in assessment.marks], before | after, "score_")
    scores = {heads[leaf]: _mark(score) for leaf, score in assessment.marks}
    return before | scores | after


def _mark(score: Score | None) -> object:
    """A score as its number, a state in its words; blank where it is not known, which is another thing."""
    return score.value if isinstance(score, Grade) else None if score is None else str(score)


def printed_row(assessment: Assessment) -> dict[str, object]:
    """What the publisher printed, in columns of its own beside what is worked out."""
    return {
        "printed_rating": assessment.stated.rating.key if assessment.stated.rating else None,
        "printed_score": assessment.stated.score,
    }


def apart(names: Sequence[str], taken: Collection[str], prefix: str) -> dict[str, str]:
    """A head for each of some names: the name itself, or with something before it where another column has it.

    >>> apart(["equity", "notes"], ["id", "notes"], "score_")
    {'equity': 'equity', 'notes': 'score_notes'}

    Args:
        names: The names.
        taken: The heads of the other columns.
        prefix: What goes before a name that is taken.
    """
    heads: dict[str, str] = {}
    for name in names:
        head = name
        while head in taken or head in heads.values() or (head != name and head in names):
            head = f"{prefix}{head}"
        heads[name] = head
    return heads


def outcome_row(outcome: Outcome) -> dict[str, object]:
    """What a scorer made of an assessment, in columns."""
    return {
        "rating": outcome.rating.key if outcome.rating else None,
        "low": outcome.low.key if outcome.low else None,
        "high": outcome.high.key if outcome.high else None,
        "suggested": outcome.suggested.key if outcome.suggested else None,
        "percentage": str(outcome.percentage) if outcome.percentage is not None else None,
        "score": outcome.score,
        "points_to_lower": outcome.margin.down,
        "points_to_higher": outcome.margin.up,
        "flags": " ".join(flag.id for flag in outcome.flags if flag.certain),
        "flags_possible": " ".join(flag.id for flag in outcome.flags if not flag.certain),
        "scorer": outcome.scorer,
        "scorer_version": outcome.scorer_version,
        "distribution": outcome.distribution,
        "distribution_version": outcome.distribution_version,
        "score_low": outcome.score_low,
        "score_high": outcome.score_high,
        "scores_known": len(outcome.assessment.marks) - len(outcome.assessment.missing),
        "scores_total": len(outcome.assessment.marks),
    }


def _marks(result: Reconciliation, superseded: Collection[str]) -> str:
    assessment = result.assessment
    marks = [
        *(["pilot"] if assessment.indicative else []),
        *(["withdrawn"] if assessment.withdrawn else []),
        *(["replaced by a review"] if assessment.id in superseded else []),
        *(["after review"] if assessment.supersedes else []),
        *(["sources differ"] if any(not item.resolved for item in assessment.disagreements) else []),
    ]
    return f" ({', '.join(marks)})" if marks else ""
