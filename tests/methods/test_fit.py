"""How a method is fitted to a framework: what it looks at is found, and what does not fit is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.errors import InvalidMethodError
from careassure.io.methods import load_method
from careassure.methods.check import check
from careassure.methods.conditions import AtLeast, Input, Threshold
from careassure.methods.fit import fit
from careassure.methods.limits import MOST_DIGITS
from careassure.methods.method import FlagRule, Method
from helpers import built_in_methods

from .base import BASE, FRAME, RULE, with_change
from .frames import Frame, Item, plain_frame, scale_of

OVERALL = {"for": "overall", "scale": "r"}


def problems_on(frame: Frame, data: dict[str, Any]) -> list[tuple[str, str, str]]:
    method = frame.load(data)
    try:
        fit(method, frame.framework)
    except InvalidMethodError as error:
        return [(str(problem.where), problem.message, problem.hint) for problem in error.problems]
    return []


def test_the_base_fits() -> None:
    """The file that the tests below change in one place each fits its framework."""
    assert problems_on(FRAME, BASE) == []


def condition(when: dict[str, Any]) -> dict[str, Any]:
    return with_change(("nodes", 1, "rungs", 0, "when"), when)


def node(target: str, when: dict[str, Any], scale: str = "r") -> dict[str, Any]:
    rungs = [{"grade": key, "when": when, **RULE} for key in ("mid", "high")]
    return with_change(("nodes", 0), {"for": target, "scale": scale, "rungs": rungs})


MEASURE = BASE["measures"]["percentage"]
CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "an unknown statement": (condition({"area": "d"}), "mid", "'d' is not among its areas", ""),
    "a near statement": (condition({"area": "cares"}), "mid", "'cares' is not among its areas", "Did you mean care?"),
    "an unknown theme": (condition({"every": {"level": "scores", "themes": "cared"}}), "mid", "not a theme", "care?"),
    "an unknown tag": (condition({"every": {"level": "scores", "tags": "x"}}), "mid", "finds nothing to look at", ""),
    "an unknown id left out": (
        condition({"every": {"level": "scores", "without": "d"}}), "mid", "'d' is not among", "",
    ),
    "an unknown grade": (condition({"every": "scores", "at_least": "top"}), "mid (a)", "'top' is not a grade", "Use"),
    "above the highest": (
        condition({"not": {"any": "scores", "at_most": "high"}}), "mid", "nothing can be above high", "",
    ),
    "a weight for nothing": (
        with_change(("measures", "percentage", "weights"), {"c": 2}), "themes.mid",
        "the weight of 'c' is for nothing", "",
    ),
    "weights that are all nothing": (
        BASE | {"measures": {"percentage": {**MEASURE, "weights": {"a": 0, "b": 0, "c": 0}}},
                "nodes": [{**OVERALL, "bands": BASE["nodes"][0]["bands"]}]},
        "overall.mid", "all its weights are 0", "",
    ),
    "an unknown place": (node("cares", {"every": "scores"}), "nodes.cares", "nothing of that name", "care?"),
    "a place twice": (node("overall", {"every": "scores"}), "nodes.overall", "it appears twice", ""),
    "a kind of place twice": (
        with_change(("nodes",), [*BASE["nodes"], {"for": "themes", "headline": "percentage"}]), "nodes.themes",
        "it appears twice", "",
    ),
    "an unknown scale": (node("themes", {"every": "scores"}, "rs"), "nodes.care.scale", "no scale 'rs'", ""),
    "a statement that looks at itself": (
        node("statements", {"every": "statements"}), "statements.mid", "a statement cannot look at its own grade", "",
    ),
    "a theme that looks at themes": (
        node("themes", {"every": "themes"}), "themes.mid", "only the overall node can look at themes", "",
    ),
    "a theme without a grade": (
        with_change(("nodes",), BASE["nodes"][1:]), "mid", "the theme care gets no grade from this method",
        "Give it a node",
    ),
    "a headline that is not there": (
        with_change(("nodes", 1, "headline"), "percent"), "nodes.overall.headline", "there is no measure 'percent'", "",
    ),
    "a near weight": (
        BASE | {"measures": {"percentage": {**MEASURE, "weights": {"aa": 2}}},
                "nodes": [{**OVERALL, "bands": BASE["nodes"][0]["bands"]}]},
        "overall.mid", "the weight of 'aa' is for nothing", "Did you mean a?",
    ),
    "a place that a theme has not": (
        BASE | {"measures": {"percentage": {**MEASURE, "over": {"level": "scores", "only": "c"}}},
                "nodes": [{"for": "care", "scale": "r", "bands": BASE["nodes"][0]["bands"]}], "flags": []},
        "care.mid", "'c' is not among its scores", "",
    ),
    "an unknown place on a level": (
        condition({"every": {"level": "themes", "only": "a"}}), "mid", "'a' is not among its themes", "",
    ),
    "answers of what is worked out": (
        with_change(("nodes", 1, "headline"), "told")
        | {"measures": {**BASE["measures"], "told": {**MEASURE, "kind": "answered", "over": "themes"}}},
        "nodes.overall.headline", "only what is scored can be answered", 'Look at "scores"',
    ),
    "a measure of nothing as the headline": (
        with_change(("nodes", 0, "headline"), "none")
        | {"measures": {**BASE["measures"], "none": {**MEASURE, "over": {"level": "scores", "tags": "x"}}}},
        "nodes.care.headline", "the measure none finds nothing to look at", "",
    ),
}  # fmt: skip


FOLLOWS: dict[str, tuple[str, ...]] = {
    "an unknown statement": ("mid",),
    "a near statement": ("mid",),
    "an unknown theme": ("mid",),
    "an unknown grade": ("mid (b)", "mid (c)"),
    "a weight for nothing": ("themes.high",),
    "weights that are all nothing": ("overall.high",),
    "an unknown place": ("mid", "mid", "high", "high"),
    "a place twice": ("mid", "mid", "high", "high"),
    "a kind of place twice": ("mid", "mid", "high", "high"),
    "an unknown scale": ("nodes.other.scale", "mid", "mid", "high", "high"),
    "a statement that looks at itself": ("statements.high", "mid", "mid", "high", "high"),
    "a theme that looks at themes": ("themes.high",),
    "a theme without a grade": ("mid", "high", "high"),
    "an unknown place on a level": ("mid",),
    "a measure of nothing as the headline": ("nodes.other.headline",),
    "a near weight": ("overall.high",),
    "a place that a theme has not": ("care.mid", "care.high", "care.high"),
}
"""What is told after the first misfit, where one leads to others."""


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_fit_is_told_with_its_place(name: str) -> None:
    """Each kind of misfit between method and framework is refused, with the rule or place it is about, and no other."""
    data, where, message, hint = CASES[name]
    found = problems_on(FRAME, data)
    assert [place for place, _, _ in found] == [where, *FOLLOWS.get(name, ())]
    assert message in found[0][1]
    assert hint in found[0][2]


def by_hand(method: Method, **changes: Any) -> list[tuple[str, str, str]]:
    """What is said of a method built past the reader of files."""
    try:
        fit(evolve(method, **changes), FRAME.framework)
    except InvalidMethodError as error:
        return [(str(problem.where), problem.message, problem.hint) for problem in error.problems]
    return []


def test_rungs_are_those_of_the_scale_in_order() -> None:
    """A ladder read before the framework was known is held against the scale: its rungs, their order, its lowest."""
    turned = with_change(("nodes", 1, "rungs"), list(reversed(BASE["nodes"][1]["rungs"])))
    assert by_hand(load_method(turned)) == [
        ("nodes.overall.only", "its rungs are high and mid",
         "Give one for each grade above the lowest, in order: mid and high")
    ]  # fmt: skip
    assert by_hand(load_method(with_change(("nodes", 1, "rungs"), BASE["nodes"][1]["rungs"][:1])))[0][:2] == (
        "nodes.overall.only", "its rungs are mid",
    )  # fmt: skip
    cap = {"cap": "least", "when": {"fact": "breach"}, **RULE}
    assert by_hand(load_method(with_change(("nodes", 1, "limits"), [cap]))) == [
        ("nodes.overall.only", "a cap names 'least', which is not a grade of the scale", "The lowest grade is low")
    ]
    assert by_hand(load_method(with_change(("nodes", 1, "limits"), [{**cap, "cap": "low"}]))) == []


def test_weights_have_so_many_digits() -> None:
    """Weights that are too long, each or together, are refused where the measure is used, others are not."""
    [measure] = FRAME.load(BASE).measures
    method = FRAME.load(with_change(("nodes",), []) | {"flags": []})
    condition = AtLeast(measure, Threshold(Fraction(1)))
    longest = 10**MOST_DIGITS
    for weights, fits in (
        ((Fraction(longest - 1), Fraction(1)), True),
        ((Fraction(longest), Fraction(1)), False),
        ((Fraction(1, 10**900 + 1), Fraction(1, 10**900 + 3)), True),
        ((Fraction(1, 10**1009 + 1), Fraction(1, 10**1009 + 3), Fraction(1, 10**1009 + 7)), False),
    ):
        weighed = evolve(measure, weights=tuple(zip("abc", weights, strict=False)))
        flags = (FlagRule("flag", evolve(condition, measure=weighed), "A rule."),)
        expected = [
            ("flag", "the weights of the measure percentage have too many digits",
             "Give weights of at most 1,010 digits")
        ]  # fmt: skip
        assert by_hand(method, flags=flags) == ([] if fits else expected)


def test_a_misfit_is_said_of_the_method_on_its_framework() -> None:
    """An error names the method, and the version of the framework where it is the right one."""
    for data, what in (
        (with_change(("framework",), "other"), "the method m"),
        (condition({"area": "d"}), "the method m on frame 1"),
    ):
        with pytest.raises(InvalidMethodError) as caught:
            fit(FRAME.load(data), FRAME.framework)
        assert caught.value.message == what
    found = problems_on(FRAME, with_change(("framework_versions",), ["2", "3"]))
    assert found == [("framework_versions", "it does not score version 1 of frame", "It scores 2 and 3")]
    assert problems_on(FRAME, with_change(("framework",), "other"))[0][0] == "framework"


def test_what_is_found_in_a_framework() -> None:
    """Nodes stand in order, inputs know their weight and the rank from which they count, and what they rest on."""
    frame = Frame(
        (Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))), Item("u", (Item("c"),))),
        {"s": scale_of("low", "mid", "high"), "r": scale_of("low", "mid", "high"), "o": scale_of("no", "yes")},
    )
    rungs = [{"grade": key, "when": {"every": "scores"}, **RULE} for key in ("mid", "high")]
    table = BASE | {
        "measures": {"points": {"kind": "total", "over": "scores", "weights": {"b": "1/2"}, **RULE},
                     "told": {"kind": "answered", "over": "scores", "rounding": "none", **RULE}},
        "nodes": [
            {**OVERALL, "must": {"rungs": [
                {"grade": key, "when": {"all_of": [{"every": "areas"}, {"measure": "points", "at_least": 3}]}, **RULE}
                for key in ("mid", "high")]}, "may": {"rungs": rungs}},
            {"for": "themes", "scale": "r", "headline": "told", "rungs": [
                {"grade": key, "when": {"every": "statements"}, **RULE} for key in ("mid", "high")]},
            {"for": "a", "scale": "s", "must": {"rungs": rungs}, "may": {"rungs": rungs}},
        ],
    }  # fmt: skip
    fitted = fit(frame.load(table | {"flags": []}), frame.framework)
    assert [node.target for node in fitted.nodes] == list(fitted.graded) == ["a", "t", "u", "overall"]
    first: Any = fitted.graded["overall"].ladders[0].rungs[1].when
    areas, points = (part.measure.inputs for part in first.parts)
    given = {"b", "c"}
    assert areas == tuple(Input(name, name in given, Fraction(1), 2) for name in ("t", "u", "a", "b", "c"))
    assert points == tuple(
        Input(name, given=True, weight=Fraction(1, 2) if name == "b" else Fraction(1))
        for name in ("a/p", "a/q", "b", "c")
    )
    assert fitted.inputs_of("t") == (("a", False), ("b", True))
    assert list(fitted.leaves_under(("t", False))) == ["a/p", "a/q", "b"]
    assert list(fitted.leaves_under(("a", True))) == ["a"]
    assert [list(fitted.judged_under((name, False))) for name in ("a", "t", "u", "overall")] == [
        ["a"], ["a"], [], ["overall", "a"],
    ]  # fmt: skip
    assert fitted.judged_under(("a", True)) == {}
    assert [fitted.can_be_whole(name) for name in ("a", "b", "t")] == [True, False, False]
    assert [fitted.is_hollow(name) for name in ("a", "t", "overall")] == [False, False, False]
    assert [fitted.scale_of("a", given=given).id for given in (True, False)] == ["s", "s"]
    assert (fitted.scale_of("t", given=False).id, fitted.scale_of("c", given=False).id) == ("r", "s")
    assert fitted.titles == {name: name.rpartition("/")[2] for name in ("a/p", "a/q", "a", "b", "c", "t", "u")}
    assert dict(fitted.headlines).keys() == {"t", "u"} == fitted.headline_of.keys()


def test_a_statement_on_another_scale_cannot_be_given_as_a_whole() -> None:
    """A statement with parts whose grade is on a scale of its own has no score as a whole."""
    frame = Frame(
        (Item("t", (Item("a", (Item("p"), Item("q"))),)),), {"s": scale_of("no", "yes"), "r": FRAME.scales["r"]}
    )
    rungs = [{"grade": key, "when": {"every": "scores", "at_least": "yes"}, **RULE} for key in ("mid", "high")]
    table = BASE | {"measures": {}, "flags": [], "nodes": [{"for": "a", "scale": "r", "rungs": rungs}]}
    fitted = fit(frame.load(table), frame.framework)
    assert not fitted.can_be_whole("a")
    assert [fitted.scale_of("a", given=given).id for given in (True, False)] == ["s", "r"]


def test_statements_with_parts_need_a_node_to_be_looked_at() -> None:
    """A statement that is made of parts has a grade only if the method gives it one."""
    frame = Frame(
        (Item("care", (Item("a", (Item("p"), Item("q"))), Item("b"))), Item("other", (Item("c"),))), FRAME.scales
    )
    found = problems_on(frame, condition({"area": "a"}))
    assert ("mid", "the statement a gets no grade from this method", "Give it a node over its parts") in found


def test_another_framework_or_version_is_refused() -> None:
    """A method scores the framework that it names, in the versions that it names."""
    for data, message in (
        (with_change(("framework",), "other"), "it scores other, not frame"),
        (with_change(("framework_versions",), ["2"]), "it does not score version 1 of frame. It scores 2"),
    ):
        with pytest.raises(InvalidMethodError, match=message):
            FRAME.assess(FRAME.load(data), {"a": 0, "b": 0, "c": 0})
    evidence, single = built_in_methods()
    with pytest.raises(InvalidMethodError, match="does not score version direct"):
        check(evidence, cqc_la()[1])
    with pytest.raises(ca.CareAssureError, match="single-word does not score cqc-la version 2023"):
        ca.assess(ca.Assessment.of("Camden", [3] * 9, version="2023"), single)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    """Misfits in several rules are all reported."""
    data = condition({"area": "d"})
    data["flags"][0]["when"] = {"any": "scores", "at_most": "top"}
    assert {where for where, _, _ in problems_on(FRAME, data)} == {"mid", "flag (a)", "flag (b)", "flag (c)"}


def test_a_place_of_its_own_wins_over_its_kind() -> None:
    """A node for one theme takes the place of the node for every theme, wherever in the file it stands."""
    scales = {**FRAME.scales, "p": scale_of("no", "yes")}
    frame = Frame(FRAME.themes, scales)
    own = {
        "for": "other",
        "scale": "p",
        "rungs": [{"grade": "yes", "when": {"every": "scores", "at_least": "mid"}, **RULE}],
    }
    general = {
        "for": "themes",
        "scale": "r",
        "rungs": [{"grade": g, "when": {"every": "scores"}, **RULE} for g in ("mid", "high")],
    }
    for nodes in ([own, general], [general, own]):
        method = frame.load(BASE | {"nodes": nodes, "flags": []})
        outcome = frame.assess(method, {"a": 1, "b": 2, "c": 2})
        assert [str(outcome.profile[name].grade) for name in ("care", "other")] == ["mid", "yes"]


def test_frameworks_that_differ_in_points_only_are_told_apart() -> None:
    """The points of a framework's grades are its own, even where another of the same name was scored before."""
    data = with_change(
        ("nodes",), [{**OVERALL, "bands": {"measure": "percentage", "mid": 34, "high": 67, "reference": "rules"}}]
    )
    found = []
    for values in ((1, 2, 3), (0, 1, 10)):
        scales = {"s": scale_of("low", "mid", "high", values=values), "r": FRAME.scales["r"]}
        frame = Frame(FRAME.themes, scales)
        outcome = frame.assess(frame.load(data | {"flags": []}), {"a": 1, "b": 1, "c": 1})
        found.append((str(outcome.rating), outcome.margin.down))
    assert found == [("high", 1), ("low", None)]


def test_a_node_may_carry_a_number_and_no_grade() -> None:
    """A place can have a percentage as its headline without any grade, and needs no scale for it."""
    data = BASE | {
        "nodes": [{"for": "overall", "headline": "percentage"}, {"for": "themes", "headline": "percentage"}],
        "flags": [],
    }
    outcome = FRAME.assess(FRAME.load(data), {"a": 2, "b": 0, "c": 0})
    assert (outcome.kind, outcome.rating) == ("profile", None)
    assert (outcome.percentage, outcome.score) == (Fraction(500, 9), 56)
    assert [outcome.profile[name].score for name in ("care", "other")] == [67, 34]


def test_a_selection_can_be_narrowed() -> None:
    """Ids, tags and themes narrow what a measure looks at, each on its own and together."""
    frame = plain_frame("t: a b c; u: d e", "low mid high", tags={"a": "x", "b": "x y", "d": "x", "e": "y"})
    selections: list[tuple[dict[str, Any], str]] = [
        ({}, "abcde"),
        ({"only": ["a", "e"]}, "ae"),
        ({"without": "c"}, "abde"),
        ({"themes": ["u"]}, "de"),
        ({"tags": "x"}, "abd"),
        ({"tags": ["x", "y"]}, "abde"),
        ({"tags": "x", "themes": "t"}, "ab"),
        ({"tags": "x", "without": ["a"], "only": ["a", "b", "c"]}, "b"),
    ]
    for narrowed, expected in selections:
        when = {"every": {"level": "scores", **narrowed}}
        data = BASE | {
            "nodes": [{**OVERALL, "rungs": [{"grade": g, "when": when, **RULE} for g in ("mid", "high")]}],
            "flags": [],
        }
        [fitted] = fit(frame.load(data), frame.framework).nodes
        first: Any = fitted.ladders[0].rungs[0].when
        assert "".join(item.id for item in first.measure.inputs) == expected
