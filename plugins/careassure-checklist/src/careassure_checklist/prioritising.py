"""Make a priority triage: the highest band of any criterion that is met wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

import careassure as ca
from careassure.errors import Problem, collecting
from careassure_checklist.items import Item, as_items, name_of
from careassure_checklist.scheme import OWN, Scheme, build

NONE = "none"
ANSWERS = {
    "title": "whether a criterion is met",
    "grades": [
        {"key": "not_met", "label": "Not met", "aliases": ["no", "false"]},
        {"key": "met", "label": "Met", "aliases": ["yes", "true"]},
    ],
}


def triage(
    criteria: Mapping[str, Iterable[str | Item]] | Iterable[Item],
    bands: Sequence[str],
    *,
    id: str = "triage",
    version: str = "1",
    title: str = "Priority triage",
    publisher: str = "Own",
    subject: str = "request",
    nothing: str = "No criterion met",
    reference: ca.Reference = OWN,
) -> Scheme:
    """Make a scheme that gives the highest band of any criterion that is met.

    A criterion of which it is not known whether it is met leaves a range.

    >>> scheme = triage({"High": ["Distressed"], "Medium": ["New placement"]}, ["Medium", "High"])
    >>> scheme.assess("request 1", {"Distressed": False, "New placement": True}).result
    'Medium'
    >>> scheme.assess("request 2", {"New placement": True}).result
    'Medium to High'

    Args:
        criteria: For each band, its criteria or their titles; or items that carry a band.
        bands: The bands, the lowest first.
        id: The name of the framework and of the method: lower-case letters, digits and hyphens.
        version: The version of both.
        title: What it is called.
        publisher: Who issued the criteria.
        subject: What is triaged.
        nothing: What it is called when no criterion is met.
        reference: Where the criteria stand; your own choice where it is left out.

    Raises:
        InvalidInputError: Criteria or bands that are wrong.
    """
    found = _with_bands(criteria, title)
    keys = {name_of(label): label for label in bands}
    _check(found, bands, keys, title)
    framework: dict[str, object] = {
        "id": id,
        "title": title,
        "publisher": publisher,
        "subject": subject,
        "score_scale": "criterion",
        "scales": {"criterion": ANSWERS, f"{id}-band": _scale(title, {NONE: nothing, **keys})},
        "versions": {version: {"summary": f"{len(found)} criteria in {len(keys)} bands.", "reference": reference.id}},
        "themes": [{"id": "criteria", "title": "Criteria", "statements": [_statement(item) for item in found]}],
    }
    overall: dict[str, object] = {"for": "overall", "scale": f"{id}-band", "rungs": _rungs(keys, reference.id)}
    method: dict[str, object] = {
        "id": id,
        "version": version,
        "title": title,
        "summary": "The highest band of any criterion that is met.",
        "framework_versions": [version],
        "not_rated": "interval",
        "nodes": [overall],
    }
    return build(framework, method, [reference])


def _scale(title: str, bands: Mapping[str, str]) -> dict[str, object]:
    grades = [{"key": key, "label": label} for key, label in bands.items()]
    return {"title": f"the bands of {title}", "grades": grades}


def _statement(item: Item) -> dict[str, object]:
    return {"id": item.id, "title": item.title, "summary": item.summary, "tags": name_of(item.band)}


def _rungs(keys: Mapping[str, str], reference: str) -> list[dict[str, object]]:
    """A rung for each band: one criterion of it or of a higher one is met."""
    ordered = list(keys)
    return [
        {
            "grade": key,
            "when": {
                "any": {"level": "scores", "tags": ordered[place:]},
                "at_least": "met",
                "sentence": f"a criterion of {' or '.join(keys[k] for k in ordered[place:])} is met",
            },
            "sentence": f"{label}{' or higher' if place + 1 < len(ordered) else ''}: one criterion of it is enough.",
            "reference": reference,
        }
        for place, (key, label) in enumerate(keys.items())
    ]


def _with_bands(criteria: Mapping[str, Iterable[str | Item]] | Iterable[Item], what: str) -> tuple[Item, ...]:
    if isinstance(criteria, Mapping):
        return as_items(
            [
                evolve(Item(item) if isinstance(item, str) else item, band=band)
                for band, items in criteria.items()
                for item in items
            ],
            what,
        )
    return as_items(criteria, what)


def _check(found: tuple[Item, ...], bands: Sequence[str], keys: Mapping[str, str], what: str) -> None:
    with collecting(what) as problems:
        if isinstance(bands, str) or len(keys) < len(bands) or not keys or NONE in keys or "" in keys:
            problems.append(Problem("bands", f"{bands!r} are not names that differ", "Give the lowest band first"))
        used = {name_of(item.band) for item in found}
        problems += [
            Problem(
                item.title, f"its band {item.band!r} is not one of them", f"The bands are {', '.join(keys.values())}"
            )
            for item in found
            if name_of(item.band) not in keys
        ]
        problems += [
            Problem(f"bands.{label}", "no criterion leads to it") for key, label in keys.items() if key not in used
        ]
