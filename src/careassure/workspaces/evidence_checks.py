"""What evidence says about the scores that it stands under: how old it is, and where it disagrees."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked, day_of
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate, months_after
from careassure.model.evidence import Evidence, superseded
from careassure.model.framework import Framework
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.workspaces.opening import WorkspaceLike, opened
from careassure.workspaces.workspace import Workspace


@frozen
class Staleness:
    """How old evidence is on a day, against an age that the user chose.

    Args:
        limit: Evidence of before this day is old, unless it has a limit of its own.
        fresh: The ids of what is not old.
        old: The ids of what is.
        unsure: The ids of what may be: only its month or year is known, and the limit lies within.
        undated: The ids of what has no date.
        replaced: The ids of what other evidence replaces: it need not be new.
        own: The ids of what has a limit of its own.
    """

    limit: dt.date
    fresh: tuple[str, ...]
    old: tuple[str, ...]
    unsure: tuple[str, ...]
    undated: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    own: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """What is old, what may be, and what cannot be told, each by its id."""
        limit = PartialDate.parse(self.limit).words
        lines = [f"{plural(len(self.fresh), 'piece')} of evidence of {limit} or later."]
        for title, names in (
            (f"Before {limit}", self.old),
            ("Perhaps before it", self.unsure),
            ("Without a date", self.undated),
            ("Replaced by other evidence", self.replaced),
            ("With a limit of its own", self.own),
        ):
            if names:
                lines.append(f"{title}: {join(names)}.")
        return " ".join(lines)

    def __str__(self) -> str:
        return self.words


@checked
def staleness(evidence: Iterable[Evidence] | WorkspaceLike, at: DayLike, months: int) -> Staleness:
    """Which evidence is older than some months on a day.

    Evidence with a limit of its own, such as a census, is held against that one. What other evidence replaces is told
    apart, and is not called old.

    Args:
        evidence: What was found; that of a workspace where one, or the path of its folder, is given.
        at: The day.
        months: How many months old it may be. No regulator's figure was found: it is the user's.

    Raises:
        InvalidInputError: A number of months below 1.
    """
    if months < 1:
        raise InvalidInputError("how old evidence may be", [Problem("months", f"{months} is not 1 or more")])
    day = day_of(at)
    items = tuple(opened(evidence).evidence if isinstance(evidence, Workspace | str | os.PathLike) else evidence)
    later = superseded(items)
    groups: dict[str, list[str]] = {"fresh": [], "old": [], "unsure": [], "undated": [], "replaced": []}
    for item in items:
        limit = months_after(day, -(item.stale_after_months or months))
        if item.id in later:
            groups["replaced"].append(item.id)
        elif item.date is None:
            groups["undated"].append(item.id)
        elif item.date.latest < limit:
            groups["old"].append(item.id)
        else:
            groups["fresh" if item.date.earliest >= limit else "unsure"].append(item.id)
    return Staleness(
        months_after(day, -months),
        **{name: tuple(ids) for name, ids in groups.items()},
        own=tuple(item.id for item in items if item.stale_after_months is not None),
    )


@frozen
class Contradiction:
    """Evidence for one statement that speaks for different scores, or for another than was given.

    Args:
        statement: The statement's id.
        given: The score that it has; None where it has none.
        claims: The scores that evidence speaks for, the lowest first, each with the ids of that evidence.
    """

    statement: str
    given: Grade | None
    claims: tuple[tuple[Grade, tuple[str, ...]], ...]

    __repr__ = short_repr

    @property
    def among_evidence(self) -> bool:
        """Whether pieces of evidence disagree with each other, and not only with the score."""
        return len(self.claims) > 1


@checked
def contradictions(workspace: Assessment | WorkspaceLike) -> tuple[Contradiction, ...]:
    """The statements on which evidence disagrees, with itself or with the score that was given.

    Only evidence that says which score it speaks for can disagree, and none that other evidence replaces. Where the
    parts of a statement are scored, a claim is held against the score of the part of its category.

    Args:
        workspace: What the council keeps, the path of its folder, or an assessment.
    """
    assessment = workspace if isinstance(workspace, Assessment) else opened(workspace).assessment()
    found: dict[str, dict[Grade, list[str]]] = {}
    later = superseded(assessment.evidence)
    for item in assessment.evidence:
        if item.id in later:
            continue
        for statement, grade in item.claims(assessment.framework).items():
            leaf = f"{statement}/{item.category}"
            key = leaf if leaf in assessment.scores else statement
            found.setdefault(key, {}).setdefault(grade, []).append(item.id)
    result: list[Contradiction] = []
    for key, claims in found.items():
        score = assessment.scores.get(key)
        given = score if isinstance(score, Grade) else None
        ordered = tuple((grade, tuple(claims[grade])) for grade in sorted(claims, key=lambda g: g.rank))
        if len(claims) > 1 or (given is not None and given not in claims):
            result.append(Contradiction(key, given, ordered))
    order = [*(s.id for s in assessment.framework.statements)]
    return tuple(sorted(result, key=lambda item: (order.index(item.statement.partition("/")[0]), item.statement)))


@checked
def category_scores(evidence: Iterable[Evidence], framework: Framework) -> dict[str, dict[str, int | str]]:
    """The scores of evidence categories that follow from evidence, for a version that scores categories.

    A category of a statement gets a score only where every piece of evidence in it that speaks for one speaks for
    the same. Where they differ, or none speaks, it is left out, so that the rating becomes a range. Give the result
    to `careassure.Assessment.of` once those who judge agree with it.

    Args:
        evidence: What was found.
        framework: A version whose statements are made of evidence categories, such as ``cqc-la`` 2023.

    Returns:
        Scores by statement and category.

    Raises:
        InvalidInputError: The version scores statements as a whole: there a score is set by judgement, and evidence
            supports it.
    """
    if not any(statement.parts for statement in framework.statements):
        raise InvalidInputError(
            "scores from evidence",
            [Problem("framework", f"version {framework.version} of {framework.id} scores statements as a whole",
                     "Give the scores that were set; evidence supports them and never makes one")],
        )  # fmt: skip
    found: dict[tuple[str, str], dict[Grade, int | str]] = {}
    for item in evidence:
        for claim in item.says:
            parts = {part.id for part in framework.statement(claim.statement).parts}
            if item.category in parts:
                grade = framework.scale_of(f"{claim.statement}/{item.category}").parse(claim.score)
                found.setdefault((claim.statement, item.category), {})[grade] = claim.score
    result: dict[str, dict[str, int | str]] = {}
    for (statement, category), grades in found.items():
        if len(grades) == 1:
            result.setdefault(statement, {})[category] = next(iter(grades.values()))
    return result
