"""The reader of CQC's API: a location or a provider as JSON, or a list of them.

The API spells some of its names in its own way (``percengtageScore``), gives key questions in any order, and holds the
names of people, which are counted and never kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.tables import Audit, Opened, Reader, Reading, Seen
from careassure_cqc_provider.people import PERSONAL, public_name
from careassure_cqc_provider.resources import framework

USED = ("locationId", "providerId", "name", "currentRatings", "historicRatings", "assessment", "reports")
_LICENCE = "OGL-UK-3.0"


def _records(data: object) -> tuple[Mapping[str, Any], ...]:
    """The locations and providers in a file; none where it holds anything else."""
    items: Sequence[object] = data if isinstance(data, tuple) else (data,)
    found = tuple(item for item in items if isinstance(item, Mapping) and _is_record(item))
    return found if len(found) == len(items) else ()


def _is_record(item: Mapping[str, object]) -> bool:
    return ("locationId" in item or "providerId" in item) and bool(
        {"currentRatings", "registrationStatus", "organisationType", "historicRatings"} & item.keys()
    )


def _recognises(seen: Seen) -> bool:
    """JSON objects with the id of a location or a provider, and what CQC says of its registration or ratings."""
    return bool(_records(seen.data))


def _read(opened: Opened) -> Reading:
    records = _records(opened.seen.data)
    found: list[ca.Assessment] = []
    problems: list[Problem] = []
    notes: list[str] = []
    rows = refused = people = 0
    names: list[str] = []
    for at, record in enumerate(records):
        path = f"[{at}]." if isinstance(opened.seen.data, tuple) else ""
        body, hidden = _body(record)
        people += hidden + _people(record)
        names.append(f"{body.name} ({body.code})" if body.name != body.code else body.code)
        for where, item, make in _ratings(record):
            rows += 1
            try:
                found.append(make(item, body, where))
            except CareAssureError as error:
                refused += 1
                problems += _placed(error, opened, f"{path}{where}")
        notes += _oddities(record, body)
    what = "A location" if "locationId" in records[0] else "A provider"
    said = f"{what} from CQC's API: {names[0]}" if len(names) == 1 else f"{len(names):,} records from CQC's API"
    keys = tuple(dict.fromkeys(key for record in records for key in record))
    return Reading(
        f"{said}.",
        found,
        Audit(
            rows, rows - refused, refused, tuple(k for k in keys if k in USED), tuple(k for k in keys if k not in USED)
        ),
        left_out=[f"{people:,} entries with the names of people. No name of a person is kept."] if people else (),
        problems=problems,
        notes=notes,
    )


def _body(record: Mapping[str, Any]) -> tuple[ca.Body, int]:
    """Who it is about, and whether a person's name was left out of it."""
    code = _text(record.get("locationId") or record.get("providerId"))
    name = "" if record.get("ownershipType") == "Individual" else public_name(_text(record.get("name")))
    return ca.Body(code, name or code, "provider"), int(not name and bool(record.get("name")))


def _people(value: object) -> int:
    """How many entries in it name a person."""
    if isinstance(value, tuple):
        return sum(map(_people, value))
    if not isinstance(value, Mapping):
        return 0
    own = any(isinstance(key, str) and key.startswith(PERSONAL) for key in value)
    return int(own) + sum(_people(inner) for inner in value.values())


def _ratings(record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    """Each set of ratings in it: where it is, what it holds, and what makes an assessment of it."""
    current = _table(record.get("currentRatings"))
    if _table(current.get("overall")):
        yield "currentRatings", current, _rated
    for where, service in _each(current, "serviceRatings"):
        yield f"currentRatings.{where}", service, _rated
    for where, past in _each(record, "historicRatings"):
        if _table(past.get("overall")):
            yield where, past, _rated
        for inner, service in _each(past, "serviceRatings"):
            yield f"{where}.{inner}", {"reportDate": past.get("reportDate"), **service}, _rated
    for where, block in _each(record, "assessment"):
        for inner, rating in _each(_table(block.get("ratings")), "asgRatings"):
            yield f"{where}.ratings.{inner}", rating, _statements


def _rated(item: Mapping[str, Any], body: ca.Body, where: str) -> ca.Assessment:
    """Five key questions, matched by their names, and the overall rating that was printed with them."""
    version = framework("cqc-provider")
    overall = _table(item.get("overall")) or item
    day = _text(overall.get("reportDate") or item.get("reportDate"))
    scores = {
        version.resolve(_text(question.get("name"))): _text(question.get("rating")) or None
        for _, question in _each(overall, "keyQuestionRatings")
    }
    service = _text(item.get("name"))
    return _assessment(
        body, version, scores, overall.get("rating"), day, f"Service: {service}." if service else "", where
    )


def _statements(item: Mapping[str, Any], body: ca.Body, where: str) -> ca.Assessment:
    """Quality statements with their scores, as the API gives them since the new assessments."""
    version = framework("cqc-provider-saf")
    questions = [question for _, question in _each(item, "keyQuestionRatings")]
    scores: dict[str, Any] = {}
    for question in questions:
        for _, area in _each(question, "topicareas"):
            name = version.resolve(_text(area.get("name")), levels=["statement"])
            scores[name] = _score(_text(area.get("qualityStatementscore")))
    percentages = [
        f"{_text(question.get('name'))} {_text(question.get('rating'))}, {_text(question['percengtageScore'])} %"
        for question in questions
        if _text(question.get("percengtageScore"))
    ]
    title = _text(item.get("title") or item.get("name"))
    notes = " ".join(
        [*([f"{title}."] if title else []), *([f"Printed: {'; '.join(percentages)}."] if percentages else [])]
    )
    day = _text(item.get("assessmentDate"))
    return _assessment(body, version, scores, item.get("rating"), day, notes, where)


def _score(text: str) -> int | str | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else text or None


def _assessment(
    body: ca.Body, version: ca.Framework, scores: Mapping[str, Any], overall: object, day: str, notes: str, where: str
) -> ca.Assessment:
    printed = _text(overall)
    rating = version.scale("cqc-rating").read(printed) if printed else None
    state = f"Overall: {rating}." if isinstance(rating, ca.NotRated) else ""
    return ca.Assessment.of(
        body,
        dict(scores),
        framework=version,
        kind="published",
        id=f"{body.code}/{where}",
        published=day[:10] or None,
        stated=ca.Stated(rating if isinstance(rating, ca.Grade) else None),
        confidence="official",
        licence=_LICENCE,
        sources=(f"https://www.cqc.org.uk/location/{body.code}",),
        notes=" ".join(filter(None, [notes, state])),
    )


def _oddities(record: Mapping[str, Any], body: ca.Body) -> Iterator[str]:
    current = _table(record.get("currentRatings"))
    if not _table(current.get("overall")):
        yield f"{body.code} has no overall rating now."
    late = [
        report
        for _, report in _each(record, "reports")
        if _text(report.get("firstVisitDate")) > _text(report.get("reportDate")) > ""
    ]
    if late:
        yield f"{body.code}: {len(late):,} of its reports give a first visit after the date of the report."


def _placed(error: CareAssureError, opened: Opened, path: str) -> list[Problem]:
    """What is wrong with a set of ratings, with where it is in the file."""
    inner = error.problems if isinstance(error, InvalidInputError) else (Problem("", error.message, error.hint),)
    return [
        Problem(opened.place(path=", ".join(filter(None, [path, str(each.where)]))), each.message, each.hint)
        for each in inner
    ]


def _each(record: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a list in an object, each with where it is."""
    items = record.get(name)
    for at, item in enumerate(items if isinstance(items, tuple) else ()):
        yield f"{name}[{at}]", _table(item)


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


CQC_API = Reader(
    "cqc-api",
    "A location or provider from CQC's API",
    "The ratings of now and before, of the location and its services, and scores of quality statements. "
    "Names of managers, contacts and nominated individuals are counted and left out.",
    "Care Quality Commission, https://api.service.cqc.org.uk/public/v1",
    _recognises,
    _read,
)
"""The reader."""
