"""What is wrong with a method file is told, each thing with its place and what to do."""

from __future__ import annotations

import pytest

from careassure.errors import InvalidMethodError
from careassure.io.methods import load_method
from careassure.model.ids import LONGEST_ID

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
        return [(str(problem.where), problem.message, problem.hint) for problem in error.problems]
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
    "a number for an id": (("id",), 7, "id", "a whole number (7) should be text"),
    "no choice about what is not rated": (("not_rated",), GONE, "not_rated", "it is missing"),
    "another choice": (("not_rated",), "ignore", "not_rated", "'ignore' is not known"),
    "no nodes": (("nodes",), GONE, "nodes", "it is missing"),
    "nodes that are not a list": (
        ("nodes",), {"for": "overall"}, "nodes", "a table should be a list of tables",
    ),
    "a node that is not a table": (("nodes", 0), "overall", "nodes[0]", "text ('overall') should be a table"),
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
    "an id that appears twice": (("flags", 0, "id"), "mid", "flags[0].id", "'mid' appears twice"),
    "an unknown grade in a rung": ((*RUNG, "grade"), "middle", "nodes[1].rungs", "'middle' is not a grade of the"),
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
    "a step that is not a number": (
        (*BANDS, "mid"), {"by_n": {"few": 1}}, "nodes[0].bands.mid.by_n.few", "'few' is not a number of inputs",
    ),
    "a step in superscript": (
        (*BANDS, "mid"), {"by_n": {"\u00b2": 1}}, "nodes[0].bands.mid.by_n.\u00b2", "is not a number of inputs",
    ),
    "two heads": ((*WHEN, "any"), "themes", "nodes[1].rungs[0].when", "it has both every and any"),
    "no head": (WHEN, {}, "nodes[1].rungs[0].when", "it has none of"),
    "no condition": (WHEN, GONE, "nodes[1].rungs[0].when", "it is missing"),
    "a condition in words": (
        WHEN, "always", "nodes[1].rungs[0].when", "text ('always') should be a table",
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
        (*LIMIT, "cap"), "middling", "nodes[1].limits[0].cap", "'middling' is not a grade of the scale",
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
        "it cannot be given together with must",
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
    "everything beside must": (
        ("nodes", 1),
        {"for": "overall", "scale": "r", "must": LADDER, "may": LADDER, "rungs": [], "bands": {}, "limits": []},
        "nodes[1].rungs",
        "it cannot be given together with must",
    ),
    "an unknown key in a ladder": (
        ("nodes", 1),
        {"for": "overall", "scale": "r", "must": {**LADDER, "rung": []}, "may": LADDER},
        "nodes[1].must.rung",
        "there is no such field here",
    ),
    "an unknown key in a node": (("nodes", 0, "band"), {}, "nodes[0].band", "there is no such field here"),
    "an unknown key in a limit": ((*LIMIT, "wen"), {}, "nodes[1].limits[0].wen", "there is no such field here"),
    "an unknown key in a threshold": (
        (*BANDS, "mid"), {"plus": 1, "minus": 1}, "nodes[0].bands.mid.minus", "there is no such field here",
    ),
    "an id with capitals": (("id",), "Method", "id", "'Method' cannot be a method's id"),
    "an id that ends in a hyphen": (("id",), "m-", "id", "cannot be a method's id"),
    "an id that is too long": (("id",), "m" * (LONGEST_ID + 1), "id", "cannot be a method's id"),
    "a reference like none": ((*RUNG, "reference"), "zzz", "nodes[1].rungs[0].reference", "no reference 'zzz'"),
    "two references that are not there": (
        ("flags", 0, "reference"), ["zzz", "yyy", "rules"], "flags[0].reference", "no reference 'zzz'",
    ),
    "a measure like none": ((*BANDS, "measure"), "zzz", "nodes[0].bands.measure", "there is no measure 'zzz'"),
    "a measure in a condition that is not there": (
        WHEN, {"measure": "percent", "at_least": 1}, "nodes[1].rungs[0].when.measure", "there is no measure 'percent'",
    ),
    "an id that looks like another": (("flags", 0, "id"), "MID", "flags[0].id", "'mid'"),
    "a rung's id that cannot be one": ((*RUNG, "id"), "a\nb", "nodes[1].rungs[0].id", ""),
    "a limit's id that appears twice": ((*LIMIT, "id"), "mid", "nodes[1].limits[0].id", "'mid' appears twice"),
    "a fact that is not a name": (WHEN, {"fact": "a\nb"}, "nodes[1].rungs[0].when.fact", ""),
    "a fact without a name": (WHEN, {"fact": " "}, "nodes[1].rungs[0].when.fact", "it is empty"),
    "a default that is neither": (
        WHEN, {"fact": "a", "default": 1}, "nodes[1].rungs[0].when.default", "a whole number",
    ),
    "nothing in any_of": (WHEN, {"any_of": []}, "nodes[1].rungs[0].when.any_of", "it is empty"),
    "a mistake inside not": (WHEN, {"not": {"evry": "scores"}}, "nodes[1].rungs[0].when.not", "it has none of"),
    "a mistake inside all_of": (
        WHEN, {"all_of": [{"fact": "a"}, {}]}, "nodes[1].rungs[0].when.all_of[1]", "it has none of",
    ),
    "this as the most in a flag": (
        ("flags", 0, "when"), {"any": "scores", "at_most": "this"}, "flags[0].when.at_most", "a flag has none",
    ),
    "this left out in a flag": (("flags", 0, "when"), {"any": "scores"}, "flags[0].when.at_least", "a flag has none"),
    "this in a flag's count": (
        ("flags", 0, "when"), {"count": "scores", "at_least": 1}, "flags[0].when.grade", "a flag has none",
    ),
    "a limit of no kind": (LIMIT, {"when": {"fact": "a"}, **RULE}, "nodes[1].limits[0].cap", "a limit is one of"),
    "a floor at no grade": (
        LIMIT, {"floor": "top", "when": {"fact": "a"}, **RULE}, "nodes[1].limits[0].floor",
        "'top' is not a grade of the scale",
    ),
    "too many limits": (
        ("nodes", 1, "limits"), [{"cap": "mid", "when": {"fact": "a"}, **RULE}] * 101, "nodes[1].limits",
        "there are 101 limits",
    ),
    "a step of too many digits": (
        (*BANDS, "mid"), {"by_n": {"1000000000": 1}}, "nodes[0].bands.mid.by_n.1000000000", "is not a number of inputs",
    ),
    "a step with a point": (
        (*BANDS, "mid"), {"by_n": {"4": 0.5}}, "nodes[0].bands.mid.by_n.4", "a number with a point (0.5)",
    ),
    "steps that are not a table": (
        (*BANDS, "mid"), {"by_n": 3}, "nodes[0].bands.mid.by_n", "a whole number (3) should be a table",
    ),
    "a share with a point": (
        (*BANDS, "mid"), {"share": 0.5, "rounding": "up"}, "nodes[0].bands.mid.share", "a number with a point (0.5)",
    ),
    "an addition with a point": (
        (*BANDS, "mid"), {"plus": 0.5}, "nodes[0].bands.mid.plus", "a number with a point (0.5)",
    ),
    "a weight that is too long": (
        (*MEASURE, "weights"), {"a": "9" * 1011}, "measures.percentage.weights.a", "more than 1,010 digits",
    ),
    "weights that are too long together": (
        (*MEASURE, "weights"), {name: f"1/{10**1009 + n}" for n, name in enumerate("abc", 1)},
        "measures.percentage.weights", "more than 2,500 digits",
    ),
    "weights that are not a table": (
        (*MEASURE, "weights"), 3, "measures.percentage.weights", "a whole number (3) should be a table",
    ),
    "a rounding of a total": ((*MEASURE, "kind"), "total", "measures.percentage.rounding", "no such field here"),
    "a grade of a percentage": ((*MEASURE, "grade"), "mid", "measures.percentage.grade", "no such field here"),
    "an id of a measure that cannot be one": (("measures", "a b\n"), BASE["measures"]["percentage"], "measures", ""),
    "ids of measures that look alike": (
        ("measures", "Percentage"), BASE["measures"]["percentage"], "measures", "'Percentage'",
    ),
    "a count of what is not a selection": (
        WHEN, {"count": 3, "at_least": 1}, "nodes[1].rungs[0].when.count", "a whole number (3)",
    ),
    "a headline that is not text": (("nodes", 0, "headline"), 3, "nodes[0].headline", "a whole number (3)"),
    "a summary that is not text": (("summary",), 3, "summary", "a whole number (3)"),
    "a label that is not text": ((*MEASURE, "label"), 3, "measures.percentage.label", "a whole number (3)"),
    "a version that is not text": (("framework_versions",), [1], "framework_versions", "a whole number (1)"),
    "an end that is not a date": (("valid_until",), "later", "valid_until", "'later' is not a date"),
    "no framework": (("framework",), GONE, "framework", "it is missing"),
    "no title": (("title",), GONE, "title", "it is missing"),
    "no format": (("format",), GONE, "format", "it is missing"),
    "no reference on a flag": (("flags", 0, "reference"), GONE, "flags[0].reference", "it is missing"),
    "no condition in a flag": (("flags", 0, "when"), GONE, "flags[0].when", "it is missing"),
    "no condition in a limit": ((*LIMIT, "when"), GONE, "nodes[1].limits[0].when", "it is missing"),
}  # fmt: skip


FOLLOWS: dict[str, tuple[str, ...]] = {
    "a node that is not a table": ("nodes[0].for", "nodes[0].rungs"),
    "an unknown grade in a rung": ("nodes[1].rungs", "nodes[1].limits[0].cap"),
    "a rung for the lowest grade": ("nodes[1].rungs", "nodes[1].limits[0].cap"),
    "a rung twice": ("nodes[1].rungs", "nodes[1].limits[0].cap"),
    "a missing rung": ("nodes[1].limits[0].cap",),
    "a missing band": ("nodes[0].rungs",),
    "a condition in words": ("nodes[1].rungs[0].when",),
    "a limit of two kinds": ("nodes[1].limits[0].floor",),
    "rungs beside must": ("nodes[1].may.rungs[0].id", "nodes[1].may.rungs[1].id"),
    "everything beside must": (
        "nodes[1].bands", "nodes[1].limits", "nodes[1].may.rungs[0].id", "nodes[1].may.rungs[1].id",
    ),
    "an unknown key in a ladder": ("nodes[1].may.rungs[0].id", "nodes[1].may.rungs[1].id"),
    "a limit of no kind": ("nodes[1].limits[0].cap", "nodes[1].limits[0].cap"),
    "two references that are not there": ("flags[0].reference",),
    "a count of what is not a selection": ("nodes[1].rungs[0].when.count.level",),
    "a fact without a name": ("nodes[1].rungs[0].when.fact",),
}  # fmt: skip
"""What is told after the first mistake, where one leads to others."""

HINTS: dict[str, str] = {
    "unknown key in a measure": "Did you mean rounding?",
    "unknown key in a flag": "Known: id, reference, sentence and when",
    "unknown format": "This version reads careassure.method/1",
    "no nodes": "Write nodes = []",
    "no scale": "Name the scale",
    "no reference on a rung": "Name one of the references",
    "a reference that is not there": "Did you mean rules?",
    "a reference like none": "Add it under [references]",
    "an unknown measure": "Did you mean percentage?",
    "a measure like none": "Add it under [measures]",
    "an id that appears twice": "an id of its own",
    "an id that looks like another": "an id of its own",
    "an unknown grade in a rung": "Give one for mid and high",
    "a missing rung": "Give one for mid and high",
    "a missing band": "for each grade above the lowest",
    "a step that is not a number": 'such as "4"',
    "two heads": "exactly one",
    "no area": "at least one theme or statement",
    "this in a flag": "Name the grade",
    "a limit of two kinds": "Give exactly one",
    "a limit of no kind": "Give exactly one",
    "must without may": "Give both ladders",
    "rungs beside must": "into one of the ladders",
    "an id with capitals": "lower-case letters, digits and hyphens",
    "too many limits": "at most 100",
    "a weight that is too long": "a shorter one",
    "weights that are too long together": "a common denominator",
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_with_its_place(name: str) -> None:
    """Each kind of mistake in a method file is refused, at the path of the field and in plain words, and no other."""
    path, value, where, message = CASES[name]
    found = problems_of(with_change(path, value))
    assert [place for place, _, _ in found] == [where, *FOLLOWS.get(name, ())]
    assert message in found[0][1]
    assert HINTS.get(name, "") in found[0][2]


def test_the_tables_of_mistakes_belong_together() -> None:
    """What follows a mistake, and what to do about it, is told of mistakes that are tried."""
    assert FOLLOWS.keys() | HINTS.keys() <= CASES.keys()
