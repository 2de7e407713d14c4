"""Values of the model as plain ones: what JSON and TOML can hold."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import attrs

from careassure.model.assessment import Assessment, Score
from careassure.model.council import Body
from careassure.model.dates import PartialDate
from careassure.model.outcome import Flag, Outcome, Profile
from careassure.model.scale import Grade, NotRated, Scale

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
    _put(data, "evidence", [_compact(item) for item in assessment.evidence])
    _put(data, "disagreements", [_compact(item) for item in assessment.disagreements])
    return data


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


def plain(value: object) -> Any:  # noqa: ANN401
    """Any value of the model as a plain one; fields that have their default are left out."""
    if isinstance(value, Grade):
        return {name: getattr(value, name) for name in ("scale", "key", "label", "rank", "value")}
    if isinstance(value, NotRated):
        return value.reason
    if isinstance(value, Fraction | PartialDate):
        return str(value)
    if isinstance(value, Profile):
        return plain(value.entries)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Flag):
        return {**_compact(value), "certain": value.certain}
    if attrs.has(type(value)):
        return _compact(value)
    return value


def _compact(value: object) -> dict[str, object]:
    return {
        field.name: plain(getattr(value, field.name))
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value)))
        if getattr(value, field.name) != field.default
    }


def _put(data: dict[str, object], name: str, value: object) -> None:
    if value is not False and value not in (None, "", (), [], {}):
        data[name] = plain(value)


def _scores(assessment: Assessment) -> dict[str, object]:
    found: dict[str, object] = {}
    for leaf, score in assessment.marks:
        if score is None:
            continue
        statement, _, part = leaf.partition("/")
        written = _written(score, assessment.framework.scale_of(leaf))
        if part:
            inner = found.setdefault(statement, {})
            if isinstance(inner, dict):
                inner[part] = written
        else:
            found[statement] = written
    return found


def _written(score: Score, scale: Scale) -> object:
    if isinstance(score, Grade):
        return score.value if scale.numeric else score.key
    return str(score)
