"""The published results of inspections that ship with this package."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from careassure.errors import InvalidInputError, Problem
from careassure.io.packages import package_frameworks
from careassure.model.assessment import Assessment, Stated
from careassure.model.council import Body
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.reference import Confidence
from careassure.model.text import fold, join

Scheme = Literal["ilacs", "sif"]
"""``ilacs``: inspections since 2018. ``sif``: inspections from 2014 to 2018."""

_CONFIDENCES: dict[str, Confidence] = {word: word for word in get_args(Confidence)}
_READ_FROM = {
    "statistics": "Read from Ofsted's official statistics.",
    "statistics and report": "Read from Ofsted's official statistics; the published report agrees.",
    "report": "Read from the published report.",
}


def outcomes(scheme: Scheme) -> tuple[Assessment, ...]:
    """Published results of inspections of children's services, the oldest first.

    Each has the judgements as its scores, the overall grade as its ``stated.rating`` (None where Ofsted gave none),
    its dates, its source and how sure it is. The council is a `careassure.Body` with the name and code of its time:
    some of them no longer exist. The table is not complete; see ``SOURCES.md`` beside the data.

    Args:
        scheme: ``ilacs`` or ``sif``.

    Raises:
        InvalidInputError: Any other scheme.
    """
    known: tuple[str, ...] = get_args(Scheme)
    if scheme not in known:
        raise InvalidInputError("the scheme", [Problem("", f"{scheme!r} is not known", f"Use {join(known, 'or')}")])
    return _read(scheme)


@cache
def _read(scheme: Scheme) -> tuple[Assessment, ...]:
    frameworks = {(item.id, item.version): item for item in package_frameworks(__package__)}
    text = files(__package__).joinpath("data", f"{scheme}_outcomes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return tuple(
        _assessment(scheme, row, frameworks[f"ofsted-{scheme}", row.get("version") or _SIF_VERSION]) for row in rows
    )


_SIF_VERSION = "2013"
"""Its rows name no version, since there is only one."""


def _assessment(scheme: Scheme, row: dict[str, str], framework: Framework) -> Assessment:
    scale = framework.scale(framework.score_scale)
    started = row.get("inspection_start")
    return Assessment(
        Body(row.get("ons_code") or row["urn"], row["council"], framework.subject),
        framework,
        tuple((statement.id, scale.read(row[statement.id])) for statement in framework.statements),
        kind="published",
        id=f"{scheme}-{fold(row['council']).replace(' ', '-')}-{row['publication_date']}",
        assessed=PartialDate.parse(started) if started else None,
        published=PartialDate.parse(row["publication_date"]),
        stated=Stated(scale.parse(row["overall"]) if row["overall"] else None),
        confidence=_CONFIDENCES[row["confidence"]],
        licence=row["licence"],
        sources=(row["source"],),
        notes=_notes(row),
    )


def _notes(row: dict[str, str]) -> str:
    inspection = row.get("inspection_type")
    kind = f"A {inspection} inspection. " if inspection else ""
    return kind + _READ_FROM[row["read_from"]]
