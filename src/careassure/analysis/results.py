"""The results that councils are compared by: the newest of each, and the score of each statement in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from careassure.analysis.peers import Group, LeftOut
from careassure.api.verbs import assess
from careassure.errors import Problem, collecting
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.scale import Grade, NotRated, Scale

Spans = Mapping[str, tuple[Grade, Grade]]
"""The lowest and the highest score of statements, by id."""


def newest_results(
    results: Iterable[Assessment], framework: Framework, day: PartialDate | None
) -> dict[str, Assessment]:
    """The newest result of each council, by code. Two that nothing puts in order are refused."""

    def age(item: Assessment) -> tuple[PartialDate, bool]:
        return item.published or item.assessed or PartialDate(1), bool(item.supersedes)

    found: dict[str, Assessment] = {}
    with collecting("the results") as problems:
        twice: dict[str, Assessment] = {}
        for item in results:
            date = item.published or item.assessed
            if item.framework.id != framework.id or (day and (date is None or date.latest > day.latest)):
                continue
            before = found.get(item.council.code)
            if before is None or age(before) < age(item):
                found[item.council.code] = item
                twice.pop(item.council.code, None)
            elif age(before) == age(item) and before != item:
                twice[item.council.code] = item
        for item in twice.values():
            problems.append(Problem(str(item.council), "it has two newest results", "Keep one, or date them"))
    return found


def chosen(
    group: Group, newest: Mapping[str, Assessment], day: PartialDate | None
) -> tuple[tuple[Assessment, ...], tuple[LeftOut, ...]]:
    """The results of the peers that have scores, and the other peers."""
    used: list[Assessment] = []
    left_out = list(group.left_out)
    for council in group.councils:
        found = newest.get(council.code)
        if found is None:
            left_out.append(LeftOut(council.name, "no published result is known"))
        elif is_withdrawn(found, day):
            left_out.append(LeftOut(council.name, "the report was withdrawn"))
        elif not statement_spans(found):
            left_out.append(LeftOut(council.name, "rated, but its scores were not seen"))
        else:
            used.append(found)
    used.sort(key=lambda item: (item.council.name, item.council.code))
    return tuple(used), tuple(sorted(left_out, key=lambda item: (item.council, item.reason)))


def is_withdrawn(assessment: Assessment, day: PartialDate | None) -> bool:
    """Whether the report of a result was withdrawn, by a day where one is given."""
    return assessment.withdrawn is not None and (day is None or assessment.withdrawn.earliest <= day.latest)


def statement_spans(assessment: Assessment) -> dict[str, tuple[Grade, Grade]]:
    """The lowest and the highest score of each statement of which anything is known.

    A statement that is scored in parts has the score that the framework's own method makes of them.
    """
    found: dict[str, tuple[Grade, Grade]] = {}
    own = assessment.kind != "published"
    for leaf, (low, high) in assessment.spans.items():
        score = assessment.scores[leaf]
        # What a council has not scored yet can still be anything; what was not seen of a published result is no score.
        if "/" not in leaf and not isinstance(score, NotRated) and (score is not None or own):
            found[leaf] = (low, high)
    parts = [statement.id for statement in assessment.framework.statements if statement.id not in assessment.scores]
    if parts and assessment.framework.scorer:
        known = {leaf.partition("/")[0] for leaf, score in assessment.scores.items() if isinstance(score, Grade)}
        profile = assess(assessment).profile
        for name in parts:
            entry = profile[name]
            if entry.low is not None and entry.high is not None and (own or name in known):
                found[name] = (entry.low, entry.high)
    return found


def scale_of_scores(framework: Framework, id: str, own: Spans, others: Iterable[Spans]) -> Scale:
    """The scale on which a statement is scored: its own result's, or else that of the first other."""
    used = next((spans[id][0].scale for spans in (own, *others) if id in spans), framework.scale_of(id).id)
    return framework.scale(used)
