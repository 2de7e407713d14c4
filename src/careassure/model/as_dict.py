"""Values of the model as plain ones: what JSON and TOML can hold."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.dates import PartialDate
from careassure.model.marks import Score
from careassure.model.outcome import Flag, Outcome, Profile
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.scores import nested

ASSESSMENT_FORMAT = "careassure.assessment/1"
OUTCOME_FORMAT = "careassure.outcome/1"


def assessment_to_dict(assessment: Assessment) -> dict[str, object]:
    """An assessment in the form ``careassure.assessment/1``: names and numbers as a person would write them.

    A score that is not known is left out.
    """
    data: dict[str, object] = {"format": ASSESSMENT_FORMAT, "council": assessment.council.name}
    data["code"] = assessment.council.code
    if isinstance(assessment.council, Body):
        data["body"] = assessment.council.kind
    data |= {"framework": assessment.framework.id, "version": assessment.framework.version, "kind": assessment.kind}
    for name in ("id", "assessed", "published", "indicative", "withdrawn", "supersedes"):
        _put(data, name, getattr(assessment, name))
    data["confidence"] = assessment.confidence
    for name in ("licence", "sources", "notes"):
        _put(data, name, getattr(assessment, name))
    data["scores"] = _scores(assessment)
    _put(data, "facts", dict(assessment.facts))
    stated: dict[str, object] = {}
    _put(stated, "rating", assessment.stated.rating.key if assessment.stated.rating else None)
    _put(stated, "score", assessment.stated.score)
    _put(data, "stated", stated)
    _put(data, "evidence", [plain(item) for item in assessment.evidence])
    _put(data, "disagreements", [plain(item) for item in assessment.disagreements])
    return data


def whose(assessment: Assessment) -> dict[str, object]:
    """Who was assessed, and by what: the first columns of a row, the first fields of a record."""
    return {
        "council": assessment.council.name,
        "code": assessment.council.code,
        "framework": assessment.framework.id,
        "framework_version": assessment.framework.version,
    }


def outcome_to_dict(outcome: Outcome) -> dict[str, object]:
    """An outcome in the form ``careassure.outcome/1``. Exact numbers are text such as ``"800/9"``."""
    percentage = outcome.percentage
    return {
        "format": OUTCOME_FORMAT,
        "kind": outcome.kind,
        "result": outcome.result,
        "rating": outcome.rating.key if outcome.rating else None,
        "score": outcome.score,
        "percentage": None if percentage is None else str(percentage),
        **{
            field.name: plain(getattr(outcome, field.name))
            for field in attrs.fields(Outcome)
            if field.name != "assessment"
        },
        "assessment": assessment_to_dict(outcome.assessment),
    }


def plain(value: Any) -> Any:  # noqa: ANN401  (anything)
    """Any value of the model as a plain one; fields that have their default are left out."""
    kind: Any = type(value)
    return _writer(kind)(value)


@lru_cache(maxsize=1024)
def _writer(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  (attrs asks for its own kind of class)
    """How values of a class are made plain."""
    if issubclass(kind, Grade):
        return _grade
    if issubclass(kind, NotRated):
        return attrgetter("reason")
    if issubclass(kind, Fraction | PartialDate):
        return str
    if issubclass(kind, Profile):
        return lambda profile: plain(profile.entries)
    if issubclass(kind, tuple | list):
        return lambda items: [plain(item) for item in items]
    if not attrs.has(kind):
        return lambda value: value
    fields = tuple((field.name, field.default) for field in attrs.fields(kind))
    if issubclass(kind, Flag):
        return lambda flag: {**_compact(flag, fields), "certain": flag.certain}
    return lambda value: _compact(value, fields)


def _grade(grade: Grade) -> dict[str, object]:
    return {"scale": grade.scale, "key": grade.key, "label": grade.label, "rank": grade.rank, "value": grade.value}


def _compact(value: object, fields: tuple[tuple[str, object], ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, default in fields:
        item = getattr(value, name)
        if item is not default and (default is None or item != default):
            found[name] = plain(item)
    return found


def _put(data: dict[str, object], name: str, value: object) -> None:
    if value is not False and value not in (None, "", (), [], {}):
        data[name] = plain(value)


def _scores(assessment: Assessment) -> dict[str, object]:
    scale_of = assessment.framework.scale_of
    return dict(
        nested((leaf, _written(score, scale_of(leaf))) for leaf, score in assessment.marks if score is not None)
    )


def _written(score: Score, scale: Scale) -> object:
    if isinstance(score, Grade):
        return score.value if scale.numeric else score.key
    return str(score)
