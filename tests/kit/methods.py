"""Methods given as data, on the framework of three statements."""

from __future__ import annotations

from typing import Any

from careassure.io.methods import load_method
from careassure.methods.method import Method

from .scorers import SMALL

_RULE = {"reference": "rules"}
_POINTS: dict[str, Any] = {
    "format": "careassure.method/1",
    "id": "points",
    "version": "1",
    "title": "Points",
    "framework": "small",
    "not_rated": "interval",
    "references": {"rules": {"title": "The rule book", "basis": "ours"}},
    "measures": {"points": {"kind": "total", "over": "scores", "label": "a total", "sentence": "The points", **_RULE}},
    "nodes": [
        {"for": "overall", "scale": "small-rating", "bands": {"measure": "points", "fair": 5, "strong": 8, **_RULE}}
    ],
    "flags": [
        {
            "id": "poor-score",
            "when": {"any": "scores", "at_most": "poor"},
            "sentence": "A score is poor.",
            **_RULE,
        }
    ],
}
_CAP = {"id": "cap", "cap": "fair", "when": {"any": "scores", "at_most": "poor"}, "sentence": "No poor score.", **_RULE}
_JUDGED = {
    "for": "overall",
    "scale": "small-rating",
    "must": {"bands": {"measure": "points", "fair": 6, "strong": 9, **_RULE}},
    "may": {"bands": {"measure": "points", "fair": 4, "strong": 7, **_RULE}},
}


def _method(**changes: Any) -> Method:
    return load_method({**_POINTS, **changes}, scales=SMALL.scales)


POINTS = _method()
CAPPED = _method(id="capped", nodes=[{**_POINTS["nodes"][0], "limits": [_CAP]}])
STRICT = _method(
    nodes=[{**_POINTS["nodes"][0], "bands": {"measure": "points", "fair": 6, "strong": 8, **_RULE}}],
)
JUDGED = _method(id="judged-data", nodes=[_JUDGED])
PROFILE = _method(id="profile-data", nodes=[], flags=[])
