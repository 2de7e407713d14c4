"""One sound method file that tests spoil or extend, and its frame."""

from __future__ import annotations

import copy
from typing import Any

from .frames import plain_frame

FRAME = plain_frame("care: a b; other: c", "low mid high")
RULE = {"sentence": "A rule.", "reference": "rules"}
BASE: dict[str, Any] = {
    "format": "careassure.method/1",
    "id": "m",
    "version": "1",
    "title": "A method",
    "framework": "frame",
    "not_rated": "interval",
    "references": {"rules": {"title": "The rules", "basis": "ours"}},
    "measures": {"percentage": {"kind": "percentage", "over": "scores", "rounding": "up", "weights": {}, **RULE}},
    "nodes": [
        {
            "for": "themes",
            "scale": "r",
            "bands": {"measure": "percentage", "mid": 50, "high": "75.5", "reference": "rules"},
        },
        {
            "for": "overall",
            "scale": "r",
            "rungs": [
                {"id": "mid", "grade": "mid", "when": {"every": "themes"}, **RULE},
                {
                    "id": "high",
                    "grade": "high",
                    "when": {"count": "themes", "at_least": {"share": "1/2", "rounding": "up"}},
                    **RULE,
                },
            ],
            "limits": [{"id": "cap", "cap": "mid", "when": {"any": "scores", "at_most": "low"}, **RULE}],
        },
    ],
    "flags": [{"id": "flag", "when": {"any": "scores", "at_most": "low"}, **RULE}],
}

Path = tuple[str | int, ...]
GONE = object()
"""Stands for a field that is taken away."""


def with_change(path: Path, value: object) -> dict[str, Any]:
    """The base with one field set, or taken away."""
    data = copy.deepcopy(BASE)
    inner: Any = data
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return data
