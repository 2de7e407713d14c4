"""What is wrong with a method file is told, each thing with its place and what to do."""

from __future__ import annotations

import pytest

from careassure.errors import InvalidMethodError
from careassure.methods.load import load_method

from .base import BASE, FRAME, GONE, RULE, Path, with_change

BANDS: Path = ("nodes", 0, "bands")
RUNG: Path = ("nodes", 1, "rungs", 0)
LIMIT: Path = ("nodes", 1, "limits", 0)
WHEN: Path = (*RUNG, "when")
MEASURE: Path = ("measures", "percentage")
LADDER = {"rungs": BASE["nodes"][1]["rungs"]}


def problems_of(data: object) -> list[tuple[str, str, str]]:
    try:
        load_method(data, scales=FRAME.framework.scales)
    except InvalidMethodError as error:
        return [(problem.where, problem.message, problem.hint) for problem in error.problems]
    return []


def test_the_base_of_these_tests_is_sound() -> None:
    """The file that the tests below spoil in one place each loads as it is."""
    assert problems_of(BASE) == []


CASES: dict[str, tuple[Path, object, str, str]] = {
    "unknown key at the top": (("titel",), "x", "titel", "there is no such field here"),
    "unknown key in a measure": ((*MEASURE, "round"), "up", "measures.percentage.round", "there is no such field here"),
    "unknown key in bands": ((*BANDS, "splendid"), 90, "nodes[0].bands.splendid", "there is no such field here"),
    "unknown key in a rung": ((*RUNG, "wen"), {}, "nodes[1].rungs[0].wen", "there is no such field here"),
    "unknown key in a condition": (
        (*WHEN, "at_leest"), "mid", "nodes[1].rungs[0].when.at_leest", "there is no such field",
    ),
    "unknown key in a reference": (
        ("references", "rules", "link"), "x", "references.rules.link", "there is no such field",
    ),
    "unknown key in a flag": (("flags", 0, "text"), "x", "flags[0].text", "there is no such field here"),
    "unknown key in a selection": (
        (*WHEN, "every"), {"level": "themes", "without_tags": []}, "nodes[1].rungs[0].when.every.without_tags",
        "no such field",
    ),
    "unknown format": (("format",), "careassure.method/2", "format", "'careassure.method/2' is not known"),
    "no id": (("id",), GONE, "id", "it is missing"),
    "an empty title": (("title",), " ", "title", "it is empty"),
    "nothing for a version": (("version",), None, "version", "it is missing"),
    "a number for an id": (("id",), 7, "id", "a whole number (7) stands where text is needed"),
    "no choice about what is not rated": (("not_rated",), GONE, "not_rated", "it is missing"),
    "another choice": (("not_rated",), "ignore", "not_rated", "'ignore' is not known"),
    "no nodes": (("nodes",), GONE, "nodes", "it is missing"),
    "nodes that are no list": (
        ("nodes",), {"for": "overall"}, "nodes", "a table stands where a list of tables is needed",
    ),
    "a node that is no table": (("nodes", 0), "overall", "nodes[0]", "text ('overall') stands where a table is needed"),
    "an empty node": (("nodes", 0), {"for": "themes"}, "nodes[0].rungs", "it has neither rungs, bands nor a headline"),
    "no scale": (("nodes", 1, "scale"), GONE, "nodes[1].scale", "it is missing"),
    "no reference on bands": ((*BANDS, "reference"), GONE, "nodes[0].bands.reference", "it is missing"),
    "no reference on a rung": ((*RUNG, "reference"), GONE, "nodes[1].rungs[0].reference", "it is missing"),
    "no reference on a limit": ((*LIMIT, "reference"), GONE, "nodes[1].limits[0].reference", "it is missing"),
    "no reference on a measure": ((*MEASURE, "reference"), [], "measures.percentage.reference", "it is missing"),
    "a reference that is not there": (
        (*RUNG, "reference"), "rule", "nodes[1].rungs[0].reference", "no reference 'rule'",
    ),
    "no sentence on a rung": ((*RUNG, "sentence"), GONE, "nodes[1].rungs[0].sentence", "it is missing"),
    "no sentence on a limit": ((*LIMIT, "sentence"), GONE, "nodes[1].limits[0].sentence", "it is missing"),
    "no sentence on a measure": ((*MEASURE, "sentence"), GONE, "measures.percentage.sentence", "it is missing"),
    "no sentence on a flag": (("flags", 0, "sentence"), GONE, "flags[0].sentence", "it is missing"),
    "no id on a flag": (("flags", 0, "id"), GONE, "flags[0].id", "it is missing"),
    "an id that stands twice": (("flags", 0, "id"), "mid", "flags[0].id", "'mid' appears twice"),
    "an unknown grade in a rung": ((*RUNG, "grade"), "middle", "nodes[1].rungs", "'middle' is no grade of the scale"),
    "a rung for the lowest grade": ((*RUNG, "grade"), "low", "nodes[1].rungs", "'low' is the lowest grade"),
    "a rung twice": ((*RUNG, "grade"), "high", "nodes[1].rungs[1].grade", "there is a rung for 'high' already"),
    "a missing rung": (("nodes", 1, "rungs"), LADDER["rungs"][1:], "nodes[1].rungs", "there is no rung for 'mid'"),
    "a missing band": ((*BANDS, "mid"), GONE, "nodes[0].bands.mid", "it is missing"),
    "bands without a measure": ((*BANDS, "measure"), GONE, "nodes[0].bands.measure", "it is missing"),
    "an unknown measure": ((*BANDS, "measure"), "percent", "nodes[0].bands.measure", "there is no measure 'percent'"),
    "an unknown kind": ((*MEASURE, "kind"), "median", "measures.percentage.kind", "'median' is not known"),
    "an unknown rounding": (
        (*MEASURE, "rounding"), "nearest", "measures.percentage.rounding", "'nearest' is not known",
    ),
    "no rounding": ((*MEASURE, "rounding"), GONE, "measures.percentage.rounding", "it is missing"),
    "an unknown level": ((*MEASURE, "over"), "parts", "measures.percentage.over.level", "'parts' is not known"),
    "nothing to look at": ((*MEASURE, "over"), GONE, "measures.percentage.over", "it is missing"),
    "nothing, said aloud, to look at": ((*MEASURE, "over"), None, "measures.percentage.over", "it is missing"),
    "a count without a grade": ((*MEASURE, "kind"), "share", "measures.percentage.grade", "it is missing"),
    "a negative weight": ((*MEASURE, "weights"), {"a": -1}, "measures.percentage.weights.a", "may not be negative"),
    "a weight with a point": (
        (*MEASURE, "weights"), {"a": 0.5}, "measures.percentage.weights.a", "a number with a point (0.5)",
    ),
    "a threshold with a point": ((*BANDS, "mid"), 62.5, "nodes[0].bands.mid", "a number with a point (62.5)"),
    "a threshold in words": ((*BANDS, "mid"), "half", "nodes[0].bands.mid", "text ('half')"),
    "a threshold in another notation": ((*BANDS, "mid"), "1e3", "nodes[0].bands.mid", "text ('1e3')"),
    "a threshold that is true": ((*BANDS, "mid"), True, "nodes[0].bands.mid", "true or false (True)"),
    "a share without a rounding": ((*BANDS, "mid"), {"share": 1}, "nodes[0].bands.mid.rounding", "it is missing"),
    "a step that is no number": (
        (*BANDS, "mid"), {"by_n": {"few": 1}}, "nodes[0].bands.mid.by_n.few", "'few' is no number of inputs",
    ),
    "a step in superscript": (
        (*BANDS, "mid"), {"by_n": {"\u00b2": 1}}, "nodes[0].bands.mid.by_n.\u00b2", "is no number of inputs",
    ),
    "two heads": ((*WHEN, "any"), "themes", "nodes[1].rungs[0].when", "it has both every and any"),
    "no head": (WHEN, {}, "nodes[1].rungs[0].when", "stands in it"),
    "no condition": (WHEN, GONE, "nodes[1].rungs[0].when", "it is missing"),
    "a condition in words": (
        WHEN, "always", "nodes[1].rungs[0].when", "text ('always') stands where a table is needed",
    ),
    "nothing in all_of": (WHEN, {"all_of": []}, "nodes[1].rungs[0].when.all_of", "it is empty"),
    "no area": (WHEN, {"area": []}, "nodes[1].rungs[0].when.area", "it is empty"),
    "never above nothing": (LIMIT, {"not_above": [], **RULE}, "nodes[1].limits[0].not_above", "it is empty"),
    "two comparisons": (
        WHEN, {"count": "scores", "at_least": 1, "at_most": 2}, "nodes[1].rungs[0].when.at_least",
        "give exactly one of",
    ),
    "no comparison": (WHEN, {"count": "scores"}, "nodes[1].rungs[0].when.at_least", "give exactly one of at_least"),
    "a downward rung": (
        WHEN, {"count": "scores", "at_most": 2}, "nodes[1].rungs[0].when",
        "not upward closed: a raised score may never make it fail",
    ),
    "a mixed rung": (
        WHEN,
        {"all_of": [{"every": "scores"}, {"any": "scores", "at_most": "low"}]},
        "nodes[1].rungs[0].when",
        "not upward closed",
    ),
    "an upward cap": (
        (*LIMIT, "when"), {"any": "scores", "at_least": "high"}, "nodes[1].limits[0].when", "a cap's condition",
    ),
    "a downward floor": (
        LIMIT, {"floor": "mid", "when": {"any": "scores", "at_most": "low"}, **RULE},
        "nodes[1].limits[0].when", "not upward",
    ),
    "a limit of two kinds": (
        (*LIMIT, "floor"), "mid", "nodes[1].limits[0].cap", "a limit is one of cap, floor and not_above",
    ),
    "a limit at no grade": (
        (*LIMIT, "cap"), "middling", "nodes[1].limits[0].cap", "'middling' is no grade of the scale",
    ),
    "a cap at the highest grade": ((*LIMIT, "cap"), "high", "nodes[1].limits[0].cap", "so it limits nothing"),
    "a floor at the lowest grade": (
        LIMIT, {"floor": "low", "when": {"any": "scores", "at_least": "mid"}, **RULE}, "nodes[1].limits[0].floor",
        "so it limits nothing",
    ),
    "must without may": (
        ("nodes", 1), {"for": "overall", "scale": "r", "must": LADDER}, "nodes[1].must", "must and may go together",
    ),
    "suggest alone": (
        ("nodes", 1), {"for": "overall", "scale": "r", "suggest": LADDER}, "nodes[1].suggest", "must and may go",
    ),
    "rungs beside must": (
        ("nodes", 1),
        {"for": "overall", "scale": "r", "must": LADDER, "may": LADDER, "rungs": []},
        "nodes[1].rungs",
        "it stands beside must",
    ),
    "this in a flag": (
        ("flags", 0, "when"), {"any": "scores", "at_least": "this"}, "flags[0].when.at_least", "a flag has none",
    ),
    "a fact that is neither": (WHEN, {"fact": "breach", "is": "no"}, "nodes[1].rungs[0].when.is", "text ('no')"),
    "a date that is none": (("valid_from",), "soon", "valid_from", "soon"),
    "a scale with one grade": (
        ("scales",), {"x": {"title": "X", "grades": [{"key": "only", "label": "Only"}]}}, "scales.x",
        "at least two grades",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value", "where", "message"), CASES.values(), ids=CASES)
def test_a_mistake_is_told_with_its_place(path: Path, value: object, where: str, message: str) -> None:
    """Each kind of mistake in a method file is refused, at the path of the field and in plain words."""
    found = problems_of(with_change(path, value))
    assert any(place == where and message in text for place, text, _ in found), found
