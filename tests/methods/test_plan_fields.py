"""What a method becomes when it is lowered to sums of whole numbers, field by field, and what cannot be."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from careassure.methods.conditions import AtLeast
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.plan import Amount, Every, FactPlan, Headline, MethodPlan, Opposite, Reaches, Some
from careassure.methods.sums import CannotLowerError, unrounded
from careassure.methods.weights import longest_part, whole_weights
from careassure.model.rounding import Rounding, apply_rounding

from .base import BASE, RULE
from .effort import runs
from .frames import Frame, Item, scale_of

Plain = dict[str, Any]
SCALES = {"s": scale_of("low", "mid", "high", values=(0, 1, 5)), "r": scale_of("low", "mid", "high"),
          "v": scale_of("low", "mid", "high", values=(2, 3, 7))}  # fmt: skip
FRAME = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))), Item("u", (Item("c"),))), SCALES)


def rungs(mid: Plain, high: Plain) -> list[Plain]:
    return [{"grade": "mid", "when": mid, **RULE}, {"grade": "high", "when": high, **RULE}]


def measure(kind: str, over: object = "scores", **more: object) -> Plain:
    return {"kind": kind, "over": over, **RULE, **more}


def plan_of(
    measures: Plain, overall: Plain, *below: Plain, wholes: str = "", states: bool = True, **more: object
) -> MethodPlan:
    nodes = [*below, {"for": "overall", "scale": "r", **overall}]
    method = FRAME.load(BASE | {"measures": measures, "flags": [], "nodes": nodes, **more})
    return lower_method(fit(method, FRAME.framework), frozenset(wholes.split()), states=states)


def bands(name: str, mid: object = 1, high: object = 2) -> Plain:
    return {"bands": {"measure": name, "mid": mid, "high": high, "reference": "rules"}}


def ones(*places: int) -> Amount:
    return Amount(tuple((place, (1, 1, 1)) for place in places))


def test_a_plan_of_sums_is_as_it_should_be() -> None:
    """Sources, sums without common factors, comparisons, ladders and notices, where nothing is left out."""
    rule = {"all_of": [{"measure": "points", "at_least": 10}, {"fact": "open", "is": False, "default": True}]}
    flag = {"id": "flag", "when": {"not": {"any_of": [{"count": "scores", "grade": "high", "more_than": 1}]}}, **RULE}
    plan = plan_of(
        {"points": measure("total", weights={"b": "3/2", "c": 0})},
        {"must": {"rungs": rungs({"every": "themes"}, rule)}, "may": {"rungs": rungs({"any": "themes"}, rule)}},
        {"for": "themes", "scale": "v", "rungs": rungs({"any": "scores"}, {"any": "scores"})},
        flags=[flag],
    )
    assert [(s.id, s.scale.id, s.given, s.unknown, s.state, s.lacking) for s in plan.sources] == [
        *((leaf, "s", True, (0, 2), (0, 2), False) for leaf in ("a/p", "a/q", "b", "c")),
        ("t", "v", False, (0, 2), None, False),
        ("u", "v", False, (0, 2), None, False),
        ("overall", "r", False, (0, 2), None, False),
    ]
    assert plan.leaves == plan.sources[:4]
    amounts = [
        Amount(tuple((place, (0, 1, 1)) for place in (0, 1, 2))),
        Amount(tuple((place, (0, 0, 1)) for place in (0, 1, 2))),
        Amount(((3, (0, 1, 1)),)),
        Amount(((3, (0, 0, 1)),)),
        Amount(tuple((place, (0, 1, 1)) for place in (4, 5))),
        Amount(((0, (0, 2, 10)), (1, (0, 2, 10)), (2, (0, 3, 15)), (3, (0, 0, 0)))),
        Amount(tuple((place, (0, 0, 1)) for place in (0, 1, 2, 3))),
    ]
    assert list(plan.amounts) == amounts
    upper = Every((Reaches(5, 20), FactPlan("open", value=False, default=True)))
    assert [(n.target, n.source, n.scale.id, n.inputs) for n in plan.nodes] == [
        ("t", 4, "v", (0, 1, 2)),
        ("u", 5, "v", (3,)),
        ("overall", 6, "r", (4, 5, 0, 1, 2, 3)),
    ]
    assert [(ladder.name, ladder.rungs) for node in plan.nodes for ladder in node.ladders] == [
        ("only", (Reaches(0, 1), Reaches(1, 1))),
        ("only", (Reaches(2, 1), Reaches(3, 1))),
        ("must", (Reaches(4, 2), upper)),
        ("may", (Reaches(4, 1), upper)),
    ]
    assert plan.flags == (("flag", Opposite(Some((Reaches(6, 2),)))),)
    assert (plan.overall, plan.one_way, plan.headline) == (plan.nodes[-1], True, None)
    assert plan.amounts_of([test for _, test in plan.flags]) == [amounts[6]]
    assert plan.amounts_of([upper]) == [amounts[5]]


def test_a_plan_with_something_left_out_is_as_it_should_be() -> None:
    """Where scores may be left out, shares are compared by a difference, and thresholds by how many are there."""
    plan = plan_of(
        {"share": measure("share", ["b", "c"], grade="mid", rounding="none"),
         "told": measure("answered", rounding="none")},
        {"headline": "told", "rungs": rungs(
            {"measure": "share", "at_least": 50},
            {"all_of": [{"measure": "told", "at_least": 50}, {"count": ["b", "c"], "at_least": {"by_n": {"2": 1}}}]},
        )},
        not_rated="leave_out",
    )  # fmt: skip
    assert [(s.id, s.state, s.lacking) for s in plan.sources] == [
        *((leaf, None, True) for leaf in ("a/p", "a/q", "b", "c")),
        ("overall", None, True),
    ]
    there = ones(2, 3)
    answered = Amount(tuple((place, (1, 1, 1)) for place in range(4)), known=True)
    assert plan.amounts[:2] == (Amount(tuple((place, (-1, 1, 1)) for place in (2, 3))), there)
    high = plan.nodes[0].ladders[0].rungs[1]
    assert isinstance(high, Every)
    told, by_number = high.parts
    assert isinstance(told, Reaches)
    assert (plan.amounts[told.index], told.least) == (answered, 2)
    assert plan.nodes[0].ladders[0].rungs[0] == Every((Reaches(1, 1), Reaches(0, 0)))
    reached = plan.amounts.index(Amount(tuple((place, (0, 0, 1)) for place in (2, 3))))
    assert by_number == Some(
        (
            Every((Reaches(1, 0), Opposite(Reaches(1, 2)), Every(()))),
            Every((Reaches(1, 2), Opposite(Reaches(1, 3)), Reaches(reached, 1))),
        )
    )
    assert plan.headline == Headline(answered, 4, (0, 1, 2, 3), "none")
    without = plan_of(
        {"told": measure("answered", rounding="none")}, bands("told"), not_rated="leave_out", states=False
    )
    assert [s.lacking for s in without.sources] == [False] * 5


def test_the_headline_is_a_sum_over_a_sum() -> None:
    """A percentage is printed as 100 times one sum over the most that it could be; a mean and a total are not."""
    weights = {"a/p": "1/2", "c": 2}
    plan = plan_of({"p": measure("percentage", rounding="up", weights=weights)}, {"headline": "p", **bands("p")})
    part = Amount(((0, (0, 1, 5)), (1, (0, 2, 10)), (2, (0, 2, 10)), (3, (0, 4, 20))))
    assert plan.headline == Headline(part, 45, (0, 1, 2, 3), "up")
    assert plan.reach == 200 * 45
    assert plan_of({"p": measure("percentage", ["b"], rounding="up")}, {"headline": "p", **bands("p")}).headline == (
        Headline(Amount(((2, (0, 1, 5)),)), 5, (2,), "up")
    )
    for kind in ("mean", "total", "count"):
        more = {"rounding": "none"} if kind == "mean" else {"grade": "mid"} if kind == "count" else {}
        assert plan_of({"m": measure(kind, **more)}, {"headline": "m", **bands("m")}).headline is None
    left_out = plan_of(
        {"p": measure("percentage", ["b", "c"], rounding="up")}, {"headline": "p", **bands("p")}, not_rated="leave_out"
    )
    assert left_out.headline == Headline(
        Amount(tuple((place, (0, 1, 5)) for place in (2, 3))), Amount(tuple((place, (5, 5, 5)) for place in (2, 3))),
        (2, 3), "up",
    )  # fmt: skip


def test_what_a_plan_needs() -> None:
    """The overall needs what it rests on; notices and the profile need more; what is not sound is always needed."""
    themes = {"for": "themes", "scale": "r", "rungs": rungs({"any": "scores"}, {"every": "scores", "at_least": "high"})}
    flags = [{"id": "flag", "when": {"area": "c", "at_least": "mid"}, **RULE}]
    overall = {"rungs": rungs({"area": "t"}, {"area": "t", "at_least": "high"})}
    plan = plan_of({}, overall, themes, flags=flags)
    assert plan.needed(flags=False, profile=False) == {6, 4, 0, 1, 2}
    assert plan.needed(flags=True, profile=False) == {6, 4, 0, 1, 2, 3}
    assert plan.needed(flags=False, profile=True) == {0, 1, 2, 3, 4, 5, 6}
    unsound = plan_of({}, {"rungs": rungs({"area": "t", "at_least": "high"}, {"area": "t", "at_least": "low"})}, themes)
    assert (plan.settled, unsound.settled) == (True, False)
    assert unsound.needed(flags=False, profile=False) == {0, 1, 2, 3, 4, 5, 6}
    headline = plan_of(
        {"m": measure("share", ["c"], grade="mid", rounding="none")}, {**overall, "headline": "m"}, themes
    )
    assert headline.needed(flags=False, profile=False) == {6, 4, 0, 1, 2, 3}
    assert [ladder.nested for node in plan.nodes for ladder in node.ladders] == [True] * 3
    assert [ladder.nested for node in unsound.nodes for ladder in node.ladders] == [False] * 3
    crossed = plan_of(
        {"m": measure("total")}, {"rungs": rungs({"measure": "m", "at_least": 2}, {"measure": "m", "at_least": 1})}
    )
    level = plan_of(
        {"m": measure("total")}, {"rungs": rungs({"measure": "m", "at_least": 30}, {"measure": "m", "at_least": 30})}
    )
    assert (level.settled, crossed.settled) == (False, False)
    assert [plan.nodes[0].ladders[0].nested for plan in (level, crossed)] == [True, False]


def test_what_cannot_be_lowered_is_named() -> None:
    """A whole statement on another scale, or whose grade rests on a fact or on unsound rules, and a negative weight."""
    own = {"for": "a", "scale": "s", "rungs": rungs({"any": "scores"}, {"any": "scores"})}
    every = {"rungs": rungs({"every": "statements"}, {"every": "statements"})}
    fact = {**own, "rungs": rungs({"any": "scores"}, {"all_of": [{"any": "scores"}, {"fact": "best"}]})}
    unsound = {**own, "rungs": rungs({"every": "scores"}, {"any": "scores"})}
    inside = {"rungs": rungs({"every": "scores"}, {"every": "scores"})}
    for overall, node, not_rated, message in (
        (every, {**own, "scale": "r"}, "interval", "a is given as a whole, and m grades it on r"),
        (every, fact, "interval", "a is given as a whole, and its grade rests on a fact"),
        (every, unsound, "interval", "a is given as a whole, and the method was not proved to be sound"),
        (inside, own, "leave_out", "what is inside a is left out in some rows, with the whole of it"),
    ):
        plan_of({}, overall, node, not_rated=not_rated)
        with pytest.raises(CannotLowerError) as caught:
            plan_of({}, overall, node, wholes="a", not_rated=not_rated)
        assert caught.value.message == message
        assert bool(caught.value.hint) is (node["scale"] == "r")
    plan_of({}, inside, own, wholes="a")
    plan_of({}, inside, own, wholes="a", not_rated="leave_out", states=False)
    method = FRAME.load(BASE | {"measures": {"m": measure("total")}, "flags": [], "nodes": [
        {"for": "overall", "scale": "r", **bands("m")}]})  # fmt: skip
    place = method.nodes[0]
    lower, upper = place.ladders[0].rungs
    for weight, fits in ((Fraction(-1), False), (Fraction(0), True)):
        assert isinstance(lower.when, AtLeast)
        weighed = evolve(lower, when=evolve(lower.when, measure=evolve(lower.when.measure, weights=(("b", weight),))))
        changed = evolve(method, nodes=(evolve(place, ladders=(evolve(place.ladders[0], rungs=(weighed, upper)),)),))
        fitted = fit(changed, FRAME.framework)
        if fits:
            lower_method(fitted)
        else:
            with pytest.raises(CannotLowerError, match="the measure m has a negative weight"):
                lower_method(fitted)


def test_a_statement_given_as_a_whole_is_a_source_with_its_own_ends() -> None:
    """Where it is not known it lies between what its rules give at worst and at best; what is in it is never known."""
    node = {"for": "a", "scale": "s", "must": {"rungs": rungs({"every": "scores"}, {"every": "scores"})},
            "may": {"rungs": rungs({"any": "scores"}, {"any": "scores"})}}  # fmt: skip
    overall = {"rungs": rungs({"every": "statements"}, {"every": "statements"})}
    for not_rated, state, lacking in (("interval", (0, 2), False), ("leave_out", None, True)):
        plan = plan_of({}, overall, node, wholes="a", not_rated=not_rated)
        assert [(s.id, s.given, s.unknown, s.state, s.lacking) for s in plan.sources] == [
            ("a/p", True, (0, 2), (0, 2), False), ("a/q", True, (0, 2), (0, 2), False),
            ("b", True, (0, 2), state, lacking), ("c", True, (0, 2), state, lacking),
            ("a", True, (0, 2), state, lacking), ("overall", False, (0, 2), None, lacking),
        ]  # fmt: skip
        assert [node.target for node in plan.nodes] == ["overall"]
        assert plan.nodes[0].inputs == (4, 2, 3)


@runs(3)
@given(st.fractions(-5, 130, max_denominator=12), st.fractions(-5, 130, max_denominator=12), st.booleans())
def test_an_unrounded_bound_says_the_same(value: Fraction, wanted: Fraction, strict: bool) -> None:
    """An exact number is beyond the bound exactly if its rounded value is beyond the number that is wanted."""
    roundings: tuple[Rounding, ...] = get_args(Rounding)
    for rounding in roundings:
        bound, above = unrounded(wanted, rounding, strict=strict)
        for number in {value, bound, bound + Fraction(1, 100), bound - Fraction(1, 100), Fraction(floor(value)),
                       Fraction(ceil(wanted))}:  # fmt: skip
            rounded = apply_rounding(number, rounding)
            assert (number > bound if above else number >= bound) is (rounded > wanted if strict else rounded >= wanted)


def test_weights_as_whole_numbers() -> None:
    """A total keeps what its weights were multiplied by; elsewhere they have no factor in common."""
    for kind, weights, expected in (
        ("total", {"b": "1/2", "c": "2/3"}, ([6, 6, 3, 4], 6)),
        ("total", {"a/p": 2, "a/q": 2, "b": 4, "c": 0}, ([2, 2, 4, 0], 1)),
        ("percentage", {"a/p": 2, "a/q": 2, "b": 4, "c": 0}, ([1, 1, 2, 0], 1)),
        ("mean", {"a/p": "3/2", "a/q": "3/4", "b": 0, "c": 0}, ([2, 1, 0, 0], 1)),
    ):
        more = {} if kind == "total" else {"rounding": "none"}
        table = BASE | {"flags": [], "measures": {"m": measure(kind, weights=weights, **more)},
                        "nodes": [{"for": "overall", "scale": "r", **bands("m")}]}  # fmt: skip
        [node] = fit(FRAME.load(table), FRAME.framework).nodes
        condition = node.ladders[0].rungs[0].when
        assert isinstance(condition, AtLeast)
        assert whole_weights(condition.measure) == expected


def test_the_longest_part_of_a_percentage() -> None:
    """The greatest number that stands in its fraction: weights times highest values, or 100 for each of a share."""
    themes = {"for": "themes", "scale": "v", "rungs": rungs({"any": "scores"}, {"any": "scores"})}
    for overall, measures, expected in (
        (bands("m"), {"m": measure("percentage", rounding="none")}, 0),
        ({"headline": "m", **bands("m")}, {"m": measure("percentage", rounding="none", weights={"b": 3})}, 100 * 30),
        ({"headline": "m", **bands("m")}, {"m": measure("percentage", "themes", rounding="none")}, 100 * 14),
        ({"headline": "m", **bands("m")}, {"m": measure("share", rounding="none", grade="mid")}, 100 * 4),
    ):
        table = BASE | {
            "flags": [],
            "measures": measures,
            "nodes": [themes, {"for": "overall", "scale": "r", **overall}],
        }
        assert longest_part(fit(FRAME.load(table), FRAME.framework)) == expected


def test_a_condition_built_by_hand_is_lowered_whole() -> None:
    """Conditions inside one another keep their order and kind."""
    plan = plan_of({}, {"rungs": rungs({"not": {"all_of": [{"fact": "a"}, {"not": {"fact": "b"}}]}}, {"fact": "c"})})
    a, b = FactPlan("a", value=True, default=False), FactPlan("b", value=True, default=False)
    assert plan.nodes[0].ladders[0].rungs[0] == Opposite(Every((a, Opposite(b))))
