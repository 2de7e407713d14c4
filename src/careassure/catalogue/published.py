"""CQC's published assessments of councils, as far as they were found."""

from __future__ import annotations

from functools import cache

from careassure.catalogue.councils import CONFIDENCES, register
from careassure.catalogue.cqc import cqc_la
from careassure.catalogue.resources import cells, read_rows
from careassure.model.assessment import Assessment, Disagreement, Stated
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework


@cache
def published_assessments() -> tuple[Assessment, ...]:
    """Every shipped assessment, the oldest first.

    Only statement scores are published, whichever version CQC used, so all are given under the version
    that scores statements directly; the rating follows from statement scores in the same way in both.
    """
    framework = cqc_la()[-1]
    notes: dict[str, list[Disagreement]] = {}
    for row in read_rows("published_disagreements.csv"):
        notes.setdefault(row["assessment"], []).append(
            Disagreement(row["field"], row["used"], row["other"], row["resolved"] == "yes", row["source"], row["note"])
        )
    found = [_assessment(row, framework, tuple(notes.get(row["id"], ()))) for row in read_rows("published.csv")]
    return tuple(sorted(found, key=lambda a: (a.published or PartialDate(1), bool(a.supersedes), a.council.name)))


def _assessment(row: dict[str, str], framework: Framework, disagreements: tuple[Disagreement, ...]) -> Assessment:
    scale = framework.scale(framework.score_scale)
    marks = tuple(
        (statement.id, scale.parse(int(row[statement.id])) if row[statement.id] else None)
        for statement in framework.statements
    )
    rating = framework.scale("cqc-rating").parse(row["rating"]) if row["rating"] else None
    return Assessment(
        register().by_code[row["code"]],
        framework,
        marks,
        kind="published",
        id=row["id"],
        published=PartialDate.parse(row["published"]),
        stated=Stated(rating, int(row["score"]) if row["score"] else None),
        indicative=row["phase"] == "pilot",
        withdrawn=PartialDate.parse(row["withdrawn"]) if row["withdrawn"] else None,
        supersedes=row["supersedes"],
        confidence=CONFIDENCES[row["confidence"]],
        licence=row["licence"],
        sources=cells(row["source"]),
        notes=row["notes"],
        disagreements=disagreements,
    )
