"""How method files are read: all that is wrong at once, with near names; and what the shorthands stand for."""

from __future__ import annotations

from typing import Any

import pytest

from careassure.errors import InvalidMethodError
from careassure.io.methods import load_method
from careassure.methods.conditions import AllOf, AtLeast, Condition, Not, Threshold, direction
from careassure.methods.method import Method
from careassure.model.scale import Scale

from .base import BASE, FRAME, RULE, with_change
from .frames import HEAD


def test_everything_wrong_is_told_at_once() -> None:
    """Mistakes in several places are all reported by one attempt to load, in the file's order."""
    data = with_change(("format",), "other")
    data["measures"]["percentage"]["kind"] = "median"
    data["nodes"][0]["bands"]["mid"] = 0.5
    data["nodes"][1]["rungs"][1]["sentence"] = ""
    data["flags"][0]["reference"] = "nowhere"
    data["extra"] = 1
    data["other"] = 2
    with pytest.raises(InvalidMethodError) as caught:
        load_method(data, where="bad.toml", scales=FRAME.framework.scales)
    assert [str(problem.where) for problem in caught.value.problems] == [
        "format",
        "measures.percentage.kind",
        "nodes[0].bands.mid",
        "nodes[1].rungs[1].sentence",
        "flags[0].reference",
        "extra",
        "other",
    ]
    assert str(caught.value).startswith("bad.toml: 7 problems\n  1. format: 'other' is not known")


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        (("titel",), "x", "Did you mean title?"),
        (("measures", "percentage", "roundng"), "up", "Did you mean rounding?"),
        (("nodes", 0, "bands", "measure"), "percentages", "Did you mean percentage?"),
        (("nodes", 1, "rungs", 0, "reference"), "rule", "Did you mean rules?"),
        (("nodes", 0, "bands", "measure"), "zzz", "Add it under [measures]"),
        (("nodes", 1, "rungs", 0, "reference"), "zzz", "Add it under [references]"),
    ],
)
def test_a_near_name_is_offered(path: tuple[str | int, ...], value: object, hint: str) -> None:
    """An unknown name that looks like a known one is answered with that one."""
    with pytest.raises(InvalidMethodError, match=hint.replace("[", r"\[").replace("?", r"\?")):
        load_method(with_change(path, value), scales=FRAME.framework.scales)


@pytest.mark.parametrize("data", [None, 3, "text", [], [{}], True])
def test_what_is_no_table_is_no_method(data: object) -> None:
    """Anything but a table is refused as such."""
    with pytest.raises(InvalidMethodError, match=r"the file: .* should be a table"):
        load_method(data)


def test_without_scales_the_bands_keep_their_order() -> None:
    """Where the scale of a node is not known yet, bands stand in the order of the file."""
    for order in (["mid", "high"], ["high", "mid"]):
        bands: dict[str, object] = {"measure": "percentage", **dict.fromkeys(order, 50), "reference": "rules"}
        method = load_method(with_change(("nodes", 0, "bands"), bands))
        assert [rung.grade for rung in method.nodes[0].ladders[0].rungs] == order


def rung_of(when: dict[str, Any]) -> Condition:
    method = FRAME.load(with_change(("nodes", 1, "rungs", 0, "when"), when))
    return method.nodes[1].ladders[0].rungs[0].when


SHORT: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"every": "scores"}, {"every": "scores", "at_least": "this"}),
    ({"every": "scores"}, {"every": {"level": "scores"}, "at_least": "mid"}),
    ({"area": "a"}, {"every": {"level": "areas", "only": ["a"]}}),
    ({"area": ["a", "care"]}, {"every": ["a", "care"]}),
    ({"count": "scores", "at_least": 2}, {"count": "scores", "grade": "this", "at_least": "2"}),
    ({"count": "scores", "at_least": "5/2"}, {"count": "scores", "at_least": {"plus": "2.5"}}),
    ({"fact": "breach", "is": True}, {"fact": "breach", "default": False}),
]


@pytest.mark.parametrize(("short", "long"), SHORT)
def test_a_shorthand_is_what_it_stands_for(short: dict[str, Any], long: dict[str, Any]) -> None:
    """What may be left out of a condition, or written shorter, means the same as the long form."""
    assert rung_of(short) == rung_of(long)


def test_at_most_is_the_opposite_of_more_than() -> None:
    """A count of at most two is one that is not more than two, and "less than" one that is not at least."""
    more, at_least = ({"not": {"count": "scores", word: 2}} for word in ("at_most", "less_than"))
    assert rung_of(more) == Not(Not(rung_of({"count": "scores", "more_than": 2})))
    assert rung_of(at_least) == Not(Not(rung_of({"count": "scores", "at_least": 2})))


def test_numbers_are_kept_exactly() -> None:
    """Thresholds and weights are whole numbers or exact fractions, never rounded."""
    condition = rung_of({"count": "scores", "at_least": {"share": "1/3", "rounding": "up", "plus": "-0.1"}})
    assert isinstance(condition, AtLeast)
    assert [condition.threshold.value(n) * 10 for n in (1, 3, 4)] == [9, 9, 19]
    method = FRAME.load(with_change(("measures", "percentage", "weights"), {"a": "1/3", "b": "0.1", "c": 2}))
    assert [str(weight) for _, weight in method.measures[0].weights] == ["1/3", "1/10", "2"]


def test_a_threshold_by_number_starts_at_each_step() -> None:
    """A threshold by n is that of the last step at or below n, and nothing below the first."""
    condition = rung_of({"count": "scores", "at_least": {"by_n": {"9": 3, "4": 2, "2": 1}}})
    assert isinstance(condition, AtLeast)
    assert [condition.threshold.value(n) for n in (1, 2, 3, 4, 8, 9, 30)] == [0, 1, 1, 2, 2, 3, 3]
    assert Threshold().value(5) == 0


def test_a_cap_takes_away_and_a_floor_gives() -> None:
    """A cap adds a condition to the rungs above it, a floor another way to reach those up to it."""
    capped = FRAME.load(BASE).nodes[1].ladders[0].rungs
    assert isinstance(capped[1].when, AllOf)
    assert isinstance(capped[1].when.parts[1], Not)
    assert not isinstance(capped[0].when, AllOf)
    assert [direction(rung.when) for rung in capped] == ["up", "up"]
    assert capped[1].text == "A rule. Limit: A rule."


def test_the_bounds_may_both_be_bands() -> None:
    """What a grade must and may be can both be written as bands, for they have names of their own."""
    bands = {"measure": "percentage", "mid": 50, "high": 80, "reference": "rules"}
    node = {"for": "overall", "scale": "r", "must": {"bands": bands}, "may": {"bands": {**bands, "high": 60}}}
    method = FRAME.load(with_change(("nodes", 1), node))
    names = [rung.id for ladder in method.nodes[1].ladders for rung in ladder.rungs]
    assert len(set(names)) == 4


def test_a_method_may_bring_a_scale() -> None:
    """A scale that stands in the method file serves its grades, values and labels."""
    data = with_change(
        ("scales",), {"own": {"title": "Own", "grades": [{"key": "no", "label": "No"}, {"key": "yes", "label": "Yes"}]}}
    )
    rungs = [{"grade": "yes", "when": {"every": "scores", "at_least": "mid"}, **RULE}]
    data["nodes"][1] = {"for": "overall", "scale": "own", "rungs": rungs}
    method = FRAME.load(data)
    assert method.scales == (Scale.of("own", "Own", ("no", "No"), ("yes", "Yes")),)
    assert str(FRAME.words(method, "mid", "mid", "high").rating) == "Yes"


def test_a_method_says_what_it_asks_for() -> None:
    """A method lists its conditions by rung and flag, and the facts that it asks for."""
    data = with_change(("nodes", 1, "limits", 0, "when"), {"fact": "breach"})
    method: Method = FRAME.load(data)
    assert [name for name, _ in method.conditions()] == ["themes.mid", "themes.high", "mid", "high", "flag"]
    assert list(method.facts) == ["breach"]
    assert repr(method) == "<Method m 1 for frame: A method>"


def test_conditions_nested_too_deeply_are_refused() -> None:
    """A file whose conditions are nested without end is refused like any other mistake."""
    when: dict[str, Any] = {"every": "scores"}
    for _ in range(2000):
        when = {"not": {"not": when}}
    with pytest.raises(InvalidMethodError, match="nested too deeply"):
        load_method(with_change(("nodes", 1, "rungs", 0), {"grade": "mid", "when": when, **RULE}))


def test_a_method_file_of_the_tests_loads() -> None:
    """The head that the schemes in these tests share is itself that of a method."""
    assert FRAME.load(HEAD.replace("[references.rules]", "nodes = []\n[references.rules]")).nodes == ()
