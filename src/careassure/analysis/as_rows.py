"""Reasons and changes for programs: as plain values that JSON can hold, and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from careassure.analysis.nearest import NearestChange, WayTo
from careassure.analysis.reasons import Reason, Reasons
from careassure.model.as_dict import whose
from careassure.model.outcome import Outcome

Row = dict[str, object]


def reasons_dict(found: Reasons) -> Row:
    """Reasons as plain values, in the form ``careassure.reasons/1``. Sets that are alike stand together."""
    return {
        "format": "careassure.reasons/1",
        **_about(found.outcome, found.place),
        "low": found.low.key,
        "high": found.high.key,
        "known": list(found.known),
        "size": found.size,
        "count": found.count,
        "core": [name for name in found.known if name in found.core],
        "irrelevant": [name for name in found.known if name in found.irrelevant],
        "enough": list(map(_kind, found.enough)),
        "could_change": list(map(_kind, found.changing)),
        "rules": [
            {"id": step.id, "text": step.text, "holds": step.low is True, "sources": [r.id for r in step.references]}
            for step in found.rules
        ],
    }


def reasons_rows(found: Reasons) -> Iterator[Row]:
    """A row for each set: whether it settles the result or could change it, and its scores."""
    for what, sets in (("enough", found.sets), ("could_change", found.could_change)):
        for one in sets:
            yield {"what": what, "size": len(one), "scores": " ".join(name for name in found.known if name in one)}


def nearest_dict(found: NearestChange) -> Row:
    """Nearest changes as plain values, in the form ``careassure.nearest/1``."""
    return {
        "format": "careassure.nearest/1",
        **_about(found.outcome, found.place),
        "low": found.low.key,
        "high": found.high.key,
        "by": found.by,
        "ways": [{**_way(way), "changes": list(way.changes)} for way in found.ways],
    }


def nearest_rows(found: NearestChange) -> Iterator[Row]:
    """A row for each change, with the new scores under their ids."""
    heads = [leaf for group in found.alike for leaf in group]
    order = [leaf for leaf, _ in found.outcome.assessment.marks if leaf in heads]
    for way in found.ways:
        for change in way.changes:
            yield {**_way(way), **{leaf: change.get(leaf) for leaf in order}}


def council_rows(several: Iterable[NearestChange]) -> list[Row]:
    """A row for each result and each grade to reach or to fall to, without the changes themselves."""
    return [
        {
            **_about(found.outcome, found.place),
            "published": str(found.outcome.assessment.published or ""),
            "low": found.low.key,
            "high": found.high.key,
            "scores_known": len(found.outcome.assessment.marks) - len(found.outcome.assessment.missing),
            "by": found.by,
            **_way(way),
        }
        for found in several
        for way in found.ways
    ]


def _about(outcome: Outcome, place: str) -> Row:
    return {
        **whose(outcome.assessment),
        "scorer": outcome.scorer,
        "scorer_version": outcome.scorer_version,
        "place": place,
    }


def _kind(reason: Reason) -> Row:
    groups: Sequence[Row] = [{"number": number, "of": list(names)} for names, number in reason.groups]
    return {"size": reason.size, "sets": reason.count, "groups": groups}


def _way(way: WayTo) -> Row:
    return {
        "to": way.grade.key,
        "direction": "up" if way.up else "down",
        "cost": None if way.cost is None else str(way.cost),
        "ways": way.count,
        "gives": " ".join(grade.key for grade in way.gives),
    }
