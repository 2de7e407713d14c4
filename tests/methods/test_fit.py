"""How a method is fitted to a framework: what it looks at is found, and what does not fit is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.errors import InvalidMethodError
from careassure.methods.check import check
from careassure.methods.fit import fit
from strategies import built_in_methods

from .base import BASE, FRAME, RULE, with_change
from .frames import Frame, Item, plain_frame, scale_of

OVERALL = {"for": "overall", "scale": "r"}


def problems_on(frame: Frame, data: dict[str, Any]) -> list[tuple[str, str, str]]:
    method = frame.load(data)
    try:
        fit(method, frame.framework)
    except InvalidMethodError as error:
        return [(problem.where, problem.message, problem.hint) for problem in error.problems]
    return []


def test_the_base_fits() -> None:
    """The file that the tests below change in one place each fits its framework."""
    assert problems_on(FRAME, BASE) == []


def condition(when: dict[str, Any]) -> dict[str, Any]:
    return with_change(("nodes", 1, "rungs", 0, "when"), when)


def node(target: str, when: dict[str, Any], scale: str = "r") -> dict[str, Any]:
    rungs = [{"grade": key, "when": when, **RULE} for key in ("mid", "high")]
    return with_change(("nodes", 0), {"for": target, "scale": scale, "rungs": rungs})


CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "an unknown statement": (condition({"area": "d"}), "mid", "'d' is not among its areas", ""),
    "a near statement": (condition({"area": "cares"}), "mid", "'cares' is not among its areas", "Did you mean care?"),
    "an unknown theme": (condition({"every": {"level": "scores", "themes": "cared"}}), "mid", "not a theme", "care?"),
    "an unknown tag": (condition({"every": {"level": "scores", "tags": "x"}}), "mid", "finds nothing to look at", ""),
    "an unknown id left out": (
        condition({"every": {"level": "scores", "without": "d"}}), "mid", "'d' is not among", "",
    ),
    "an unknown grade": (condition({"every": "scores", "at_least": "top"}), "mid (a)", "'top' is no grade", "Use"),
    "above the highest": (
        condition({"not": {"any": "scores", "at_most": "high"}}), "mid", "nothing can be above high", "",
    ),
    "a weight for nothing": (
        with_change(("measures", "percentage", "weights"), {"c": 2}), "themes.mid",
        "the weight of 'c' is for nothing", "",
    ),
    "weights that are all nothing": (
        with_change(("measures", "percentage", "weights"), {"a": 0, "b": 0, "c": 0}), "themes.mid",
        "all its weights are 0", "",
    ),
    "an unknown place": (node("cares", {"every": "scores"}), "nodes.cares", "nothing of that name", "care?"),
    "a place twice": (node("overall", {"every": "scores"}), "nodes.overall", "it stands twice", ""),
    "a kind of place twice": (
        with_change(("nodes",), [*BASE["nodes"], {"for": "themes", "headline": "percentage"}]), "nodes.themes",
        "it stands twice", "",
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
}  # fmt: skip


@pytest.mark.parametrize(("data", "where", "message", "hint"), CASES.values(), ids=CASES)
def test_what_does_not_fit_is_told_with_its_place(data: dict[str, Any], where: str, message: str, hint: str) -> None:
    """Each kind of misfit between method and framework is refused, with the rule or place it is about."""
    found = problems_on(FRAME, data)
    assert any(w == where and message in m and hint in h for w, m, h in found), found


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
