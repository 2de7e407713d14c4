"""The published results of inspections that ship with this package."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import careassure as ca
from careassure.errors import InvalidInputError, Problem

Scheme = Literal["ilacs", "sif"]
"""``ilacs``: inspections since 2018. ``sif``: inspections from 2014 to 2018."""

_Confidence = Literal["official", "press", "derived"]
_CONFIDENCES: dict[str, _Confidence] = {word: word for word in get_args(_Confidence)}
_READ_FROM = {
    "statistics": "Read from Ofsted's official statistics.",
    "statistics and report": "Read from Ofsted's official statistics; the published report agrees.",
    "report": "Read from the published report.",
}


def outcomes(scheme: Scheme) -> tuple[ca.Assessment, ...]:
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
        raise InvalidInputError("the scheme", [Problem("", f"{scheme!r} is not known", f"Use {' or '.join(known)}")])
    return _read(scheme)


@cache
def _frameworks() -> dict[tuple[str, str], ca.Framework]:
    """What ships here, read without asking the host: it is there whether or not the plugin is in use."""
    texts = [
        file.read_text(encoding="utf-8")
        for file in files(__package__).iterdir()
        if file.name.endswith(".framework.toml")
    ]
    return {(item.id, item.version): item for text in texts for item in ca.load_frameworks(tomllib.loads(text))}


def ilacs(version: str) -> ca.Framework:
    """A version of Ofsted's inspection of children's services, whether or not the plugin is in use."""
    return _frameworks()["ofsted-ilacs", version]


@cache
def _read(scheme: Scheme) -> tuple[ca.Assessment, ...]:
    frameworks = _frameworks()
    text = files(__package__).joinpath("data", f"{scheme}_outcomes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return tuple(
        _assessment(scheme, row, frameworks[f"ofsted-{scheme}", row.get("version") or _SIF_VERSION]) for row in rows
    )


_SIF_VERSION = "2013"
"""Its rows name no version, since there is only one."""


def _assessment(scheme: Scheme, row: dict[str, str], framework: ca.Framework) -> ca.Assessment:
    scale = framework.scale(framework.score_scale)
    started = row.get("inspection_start")
    return ca.Assessment(
        ca.Body(row.get("ons_code") or row["urn"], row["council"], framework.subject),
        framework,
        tuple((statement.id, scale.read(row[statement.id])) for statement in framework.statements),
        kind="published",
        id=f"{scheme}-{_id(row['council'])}-{row['publication_date']}",
        assessed=ca.PartialDate.parse(started) if started else None,
        published=ca.PartialDate.parse(row["publication_date"]),
        stated=ca.Stated(scale.parse(row["overall"]) if row["overall"] else None),
        confidence=_CONFIDENCES[row["confidence"]],
        licence=row["licence"],
        sources=(row["source"],),
        notes=_notes(row),
    )


def _id(name: str) -> str:
    return "-".join(re.findall(r"[a-z]+", name.lower().replace("'", "").replace("&", "and")))


def _notes(row: dict[str, str]) -> str:
    inspection = row.get("inspection_type")
    kind = f"A {inspection} inspection. " if inspection else ""
    return kind + _READ_FROM[row["read_from"]]
