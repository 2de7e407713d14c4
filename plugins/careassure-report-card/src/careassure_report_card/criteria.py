"""Secure fit: an area reaches a grade only if every criterion of that grade, and of those below it, is met."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import careassure as ca
from careassure.errors import CareAssureError, Problem, collecting

Areas = Mapping[str, Mapping[str, Sequence[str]]]
"""For each area, for each grade above the lowest, the criteria that it takes."""

GRADES = ca.Scale.of(
    "ofsted-report-card",
    "Ofsted's report card grades",
    ("urgent_improvement", "Urgent improvement"),
    ("needs_attention", "Needs attention"),
    ("expected_standard", "Expected standard"),
    ("strong_standard", "Strong standard"),
    ("exceptional", "Exceptional"),
    aliases={"expected_standard": ("Expected",), "strong_standard": ("Strong",)},
)
"""The grades that `secure_fit` uses when it is given none."""

_CRITERION = "secure-fit-criterion"
_REFERENCES: dict[str, dict[str, str]] = {
    "secure-fit": {
        "title": "A school's account of the 2025 framework: a grade needs every one of its points",
        "url": "https://www.westbrooklaneprimaryschool.co.uk/key-information/ofsted-and-performance-data",
        "read": "2026-11-22",
        "basis": "press",
    },
    "criteria": {"title": "The criteria, and the grades they are put under, as given to secure_fit", "basis": "ours"},
}


class SecureFit(NamedTuple):
    """What `secure_fit` makes.

    Args:
        framework: The areas as statements; their criteria as parts, each tagged with its grade.
        method: The grade of each area. There is no overall.
    """

    framework: ca.Framework
    method: ca.Method


def secure_fit(
    areas: Areas, *, id: str = "secure-fit", title: str = "Secure fit", scale: ca.Scale = GRADES
) -> SecureFit:
    """A framework and a method from criteria that are put under grades.

    An area has a grade if every criterion of it is met, and every criterion of the grades below. One criterion that
    is not met holds the area below its grade; one that is not known gives a range. The text of Ofsted's own criteria
    does not ship with this package.

    Args:
        areas: For each area, for each grade above the lowest (by its key or words), its criteria in words.
        id: The id of the framework and of the method.
        title: What they are called.
        scale: The grades, the lowest of which needs no criteria.

    Returns:
        Both, to be used as ``careassure.Assessment.of(who, scores, framework=framework)`` and
        ``careassure.assess(assessment, method)``. A criterion is named by its text, or by its grade and number
        such as ``expected_standard_1``, and is ``"met"`` or ``"not met"``.

    Raises:
        InvalidInputError: Everything that is wrong: an unknown grade, a grade without criteria, a criterion twice.
    """
    with collecting(title) as problems:
        criteria = {area: _criteria(area, by_grade, scale, problems) for area, by_grade in areas.items()}
        if not criteria:
            problems.append(Problem("areas", "there is none", "Give at least one area with its criteria"))
        names = {area: _folded(area).replace(" ", "_") for area in criteria}
        problems += [Problem(area, "its name has no letters or digits") for area, name in names.items() if not name]
    return SecureFit(
        *ca.load_scheme(_framework(criteria, names, id, title, scale), _method(names, id, title, scale), where=title)
    )


def _folded(text: str) -> str:
    """The words of a text, without what varies with case, accents and punctuation."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", re.sub("['\u2019]", "", plain.casefold()).replace("&", " and ")))


def _criteria(
    area: str, by_grade: Mapping[str, Sequence[str]], scale: ca.Scale, problems: list[Problem]
) -> dict[str, list[str]]:
    """The criteria of an area by the key of their grade, the lowest grade first."""
    given: dict[str, list[str]] = {}
    for word, texts in by_grade.items():
        try:
            key = scale.parse(word).key
        except CareAssureError as error:
            problems.append(Problem(f"{area}.{word}", error.message, error.hint))
            continue
        if key in given:
            problems.append(Problem(f"{area}.{word}", f"{key} was given before under another name"))
        if isinstance(texts, str):
            problems.append(Problem(f"{area}.{word}", "text should be a list of criteria"))
            continue
        given[key] = list(texts)
    if scale.lowest.key in given:
        problems.append(Problem(f"{area}.{scale.lowest.key}", "the lowest grade needs no criteria", "Leave it out"))
    missing = [grade.label for grade in scale.grades[1:] if not given.get(grade.key)]
    if missing:
        problems.append(Problem(area, f"there are no criteria for {', '.join(missing)}", "Give at least one for each"))
    seen: set[str] = set()
    for text in (text for texts in given.values() for text in texts):
        word = _folded(text)
        if not word:
            problems.append(Problem(area, f"the criterion {text!r} has no letters or digits"))
        elif word in seen:
            problems.append(Problem(area, f"the criterion {text!r} appears twice"))
        seen.add(word)
    return {grade.key: given.get(grade.key, []) for grade in scale.grades[1:]}


def _framework(
    criteria: Mapping[str, Mapping[str, Sequence[str]]], names: Mapping[str, str], id: str, title: str, scale: ca.Scale
) -> dict[str, object]:
    statements = [
        {
            "id": names[area],
            "title": area,
            "parts": [
                {"id": f"{grade}_{number}", "title": text, "tags": [grade], "scale": _CRITERION}
                for grade, texts in by_grade.items()
                for number, text in enumerate(texts, 1)
            ],
        }
        for area, by_grade in criteria.items()
    ]
    grades = [{"key": g.key, "label": g.label, "value": g.value, "aliases": list(g.aliases)} for g in scale]
    return {
        "id": id,
        "title": title,
        "publisher": "whoever gave the criteria",
        "subject": "school",
        "score_scale": scale.id,
        "versions": {"own": {"summary": "Criteria under grades, as given.", "reference": ["secure-fit", "criteria"]}},
        "references": _REFERENCES,
        "scales": {
            scale.id: {"title": scale.title, "grades": grades},
            _CRITERION: {
                "title": "whether a criterion is met",
                "grades": [{"key": "not_met", "label": "Not met"}, {"key": "met", "label": "Met"}],
            },
        },
        "themes": [{"id": "all_areas", "title": "Areas", "statements": statements}],
    }


def _method(names: Mapping[str, str], id: str, title: str, scale: ca.Scale) -> dict[str, object]:
    keys = [grade.key for grade in scale.grades[1:]]
    nodes = [
        {
            "for": name,
            "scale": scale.id,
            "rungs": [
                {
                    "grade": key,
                    "when": {"every": {"level": "scores", "tags": keys[: place + 1]}, "at_least": "met"},
                    "sentence": f"At least {scale[key].label}: every criterion up to that grade is met.",
                    "reference": ["secure-fit", "criteria"],
                }
                for place, key in enumerate(keys)
            ],
        }
        for name in names.values()
    ]
    return {
        "id": id,
        "version": "1",
        "title": title,
        "summary": "An area has a grade if every criterion of it, and of the grades below it, is met. No overall.",
        "framework_versions": ["own"],
        "not_rated": "interval",
        "nodes": nodes,
    }
