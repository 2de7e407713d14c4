"""Make a checklist: items that are met, partly met or not met."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal

import careassure as ca
from careassure.errors import InvalidInputError, Problem, collecting
from careassure_checklist.items import Item, as_items, name_of, read_definition
from careassure_checklist.scheme import OWN, Scheme, build

Number = int | str | Fraction
"""An exact number: a whole one, text such as ``"66.5"``, or a fraction. No float."""

ANSWERS = {
    "title": "the answers of a checklist",
    "grades": [
        {"key": "not_met", "label": "Not met", "value": 0, "aliases": ["no", "false"]},
        {
            "key": "partly_met",
            "label": "Partly met",
            "value": 1,
            "aliases": ["partly", "partially met", "partially", "in part"],
        },
        {"key": "met", "label": "Met", "value": 2, "aliases": ["yes", "true", "fully met"]},
    ],
}


def checklist(
    items: Iterable[str | Item],
    *,
    id: str = "checklist",
    version: str = "1",
    title: str = "Checklist",
    publisher: str = "Own",
    subject: str = "council",
    bands: Mapping[str, Number] | None = None,
    count: Literal["met", "half"] = "met",
    least_response: Number = 100,
    reference: ca.Reference = OWN,
) -> Scheme:
    """Make a scheme from a list of items.

    The outcome's percentage is the share of answered items that are met. There is no overall result unless
    bands are given. Items that carry a state such as "no reply" are left out of the share; a notice says when
    fewer than ``least_response`` per cent of the items were answered.

    >>> scheme = checklist(["A register of assistants", "Peer support", "Employment advice"], subject="example")
    >>> outcome = scheme.assess("Somewhere", ["met", "partly", "no reply"])
    >>> outcome.percentage, outcome.kind, [flag.id for flag in outcome.flags]
    (Fraction(50, 1), 'profile', ['low-response'])

    Args:
        items: The items, or their titles.
        id: The name of the framework and of the method: lower-case letters, digits and hyphens.
        version: The version of both.
        title: What it is called.
        publisher: Who issued the list.
        subject: What it is about; where it is ``council``, one of the 153 councils.
        bands: For each band, the worst first, the least percentage that reaches it; 0 for the first.
        count: ``met``: an item that is partly met counts nothing. ``half``: it counts half.
        least_response: The response rate, in per cent, below which a notice is given.
        reference: Where the list and its bands stand; your own choice where it is left out.

    Raises:
        InvalidInputError: Items or bands that are wrong.
    """
    found = as_items(items, title)
    scales, node = _overall(f"{id}-band", bands, title, reference.id)
    framework: dict[str, object] = {
        "id": id,
        "title": title,
        "publisher": publisher,
        "subject": subject,
        "score_scale": "checklist",
        "scales": {"checklist": ANSWERS, **scales},
        "versions": {version: {"summary": f"{len(found):,} items.", "reference": reference.id}},
        "themes": _themes(found, title),
    }
    method: dict[str, object] = {
        "id": id,
        "version": version,
        "title": title,
        "summary": _SUMMARIES[count],
        "framework_versions": [version],
        "not_rated": "leave_out",
        "measures": _measures(count, reference.id),
        "nodes": [node],
        "flags": [_low_response(least_response, title, reference.id)],
    }
    return build(framework, method, [reference])


def _themes(items: tuple[Item, ...], title: str) -> list[dict[str, object]]:
    """A theme for each section, with its items."""
    return [
        {
            "id": f"section_{name_of(section) or 'items'}",
            "title": section or "Items",
            "statements": [
                {"id": item.id, "title": item.title, "summary": item.summary}
                for item in items
                if item.section == section
            ],
        }
        for section in _sections(items, title)
    ]


def _overall(
    scale: str, bands: Mapping[str, Number] | None, title: str, reference: str
) -> tuple[dict[str, object], dict[str, object]]:
    """The scale of the bands, where there are any, and the node of the method for the whole list."""
    node: dict[str, object] = {"for": "overall", "headline": "share"}
    if bands is None:
        return {}, node
    labels, reached = _bands(bands, title)
    scales: dict[str, object] = {scale: {"title": f"the bands of {title}", "grades": labels}}
    return scales, node | {"scale": scale, "bands": {"measure": "share", "reference": reference, **reached}}


def _measures(count: Literal["met", "half"], reference: str) -> dict[str, object]:
    """The share of the items that is met, and how many were answered at all."""
    return {
        "share": _MEASURES[count] | {"over": "scores", "rounding": "none", "reference": reference},
        "response": {
            "kind": "answered",
            "over": "scores",
            "rounding": "none",
            "sentence": "The share of items that were answered",
            "reference": reference,
        },
    }


def _low_response(least: Number, title: str, reference: str) -> dict[str, object]:
    """The notice about a checklist that was hardly answered."""
    return {
        "id": "low-response",
        "when": {"measure": "response", "less_than": str(_exact(least, "least_response", title))},
        "sentence": f"Fewer than {least} per cent of the items were answered."
        if Fraction(least) < 100
        else "Not every item was answered.",
        "reference": reference,
    }


def read_checklist(path: str | os.PathLike[str]) -> Scheme:
    """A checklist from one TOML file: a table ``[checklist]`` and a table ``[[items]]`` for each item.

    The keys of ``[checklist]`` are the arguments of `checklist`: ``id``, ``version``, ``title``, ``publisher``,
    ``subject``, ``bands``, ``count`` and ``least_response``; all may be left out. Numbers with a point are text.

    Raises:
        ReadError: The file cannot be read, has no such table, or a key that is not known.
        InvalidInputError: Settings or items that are wrong.
    """
    table, items = read_definition(path, _SETTINGS)
    wrong = [name for name in _TEXTS if name in table and not isinstance(table[name], str)]
    if "bands" in table and not isinstance(table["bands"], Mapping):
        wrong.append("bands")
    with collecting(os.fspath(path)) as problems:
        problems += [
            Problem(f"checklist.{name}", "it is of the wrong kind", _KINDS.get(name, "Write text")) for name in wrong
        ]
        if table.get("count", "met") not in _MEASURES:
            problems.append(Problem("checklist.count", f"{table['count']!r} is not known", "Write met or half"))
    return checklist(items, **table)  # type: ignore[arg-type]


_TEXTS = ("id", "version", "title", "publisher", "subject")
_SETTINGS = (*_TEXTS, "bands", "count", "least_response")
_KINDS = {"bands": "Write each band with the least percentage that reaches it"}
_MEASURES: dict[str, dict[str, object]] = {
    "met": {
        "kind": "share",
        "grade": "met",
        "label": "a share",
        "sentence": "The share of answered items that are met",
    },
    "half": {
        "kind": "percentage",
        "label": "a percentage",
        "sentence": "The answered items that are met, those partly met counting half, as a percentage",
    },
}
_SUMMARIES = {
    "met": "The share of answered items that are met.",
    "half": "The share of answered items that are met, where partly met counts half.",
}


def _sections(items: tuple[Item, ...], what: str) -> list[str]:
    """The sections in order. One may not be interrupted, or answers given as a list would change places."""
    runs = [section for section, _ in groupby(item.section for item in items)]
    twice = sorted({section for section in runs if runs.count(section) > 1})
    if twice:
        raise InvalidInputError(
            what, [Problem(f"section {name!r}", "it appears in two places", "Put its items together") for name in twice]
        )
    return runs


def _bands(bands: Mapping[str, Number], what: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The bands as grades of a scale, and the least percentage that reaches each above the first."""
    least = {label: _exact(number, f"bands.{label}", what) for label, number in bands.items()}
    numbers = list(least.values())
    with collecting(what) as problems:
        if len(least) < 2:
            problems.append(Problem("bands", "there are fewer than two"))
        elif numbers[0] != 0:
            problems.append(Problem("bands", "the first, which is the worst, does not begin at 0"))
        if any(low >= high for low, high in pairwise(numbers)) or any(n > 100 for n in numbers):
            problems.append(Problem("bands", "their numbers do not rise from 0 to at most 100", "Give the worst first"))
    grades = [{"key": name_of(label), "label": label} for label in least]
    return grades, {name_of(label): str(number) for label, number in list(least.items())[1:]}


def _exact(number: object, where: str, what: str) -> Fraction:
    if isinstance(number, int | str | Fraction) and not isinstance(number, bool):
        try:
            return Fraction(number)
        except (ValueError, ZeroDivisionError):
            pass
    raise InvalidInputError(
        what, [Problem(where, f"{number!r} is not an exact number", 'Write a whole number, or text such as "66.5"')]
    )
