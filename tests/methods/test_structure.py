"""What is read off the form of rules alone is true of every combination of scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from itertools import permutations, product
from typing import Any

from hypothesis import given

from careassure.methods.conditions import AtLeast, Condition, FactIs, atoms, direction, facts_in, mapped, measures_in
from careassure.methods.fit import Fitted, fit
from careassure.methods.formulas import Budget
from careassure.methods.implies import implies
from careassure.methods.method import Node
from careassure.methods.states import View, view_of
from careassure.methods.survey import is_nested
from careassure.methods.ways import Ways, held_in

from .base import BASE, RULE
from .effort import runs
from .frames import Frame, plain_frame
from .tables import cases

Case = tuple[Frame, Mapping[str, Any]]


def fact_settings(node: Node) -> list[dict[str, bool]]:
    """Every combination of the facts that a node's ladders ask for."""
    names = sorted({f.name for ladder in node.ladders for rung in ladder.rungs for f in facts_in(rung.when)})
    return [dict(zip(names, values, strict=True)) for values in product((False, True), repeat=len(names))]


def rules(node: Node) -> list[Condition]:
    return [rung.when for ladder in node.ladders for rung in ladder.rungs]


def truths(view: View, node: Node, condition: Condition) -> list[bool]:
    """Whether a condition holds, for every state and every setting of the facts."""
    return [view.holds(condition, state, facts) for state in sorted(view.states()) for facts in fact_settings(node)]


def fitted(case: Case) -> Fitted:
    frame, table = case
    return fit(frame.load(table), frame.framework)


@runs(1)
@given(cases())
def test_a_condition_that_follows_by_its_form_follows(case: Case) -> None:
    """Where one condition is said to follow from another by their form, it holds wherever that one does."""
    found = fitted(case)
    for node in found.nodes:
        view = view_of(found, node)
        known = cache(partial(truths, view, node))
        for upper, lower in permutations(rules(node), 2):
            if implies(upper, lower):
                pairs = zip(known(upper), known(lower), strict=True)
                assert all(low for high, low in pairs if high)


@runs(1)
@given(cases(leave_out=True, replies=True))
def test_a_condition_that_follows_whatever_is_left_out_does(case: Case) -> None:
    """Where one condition is said to follow from another whatever is left out, it does for fewer inputs as well."""
    found = fitted(case)
    for node in found.nodes:
        for upper, lower in permutations(rules(node), 2):
            if implies(upper, lower, partly=True):
                ways = Ways(found, [[lower, upper]], partly=True, budget=Budget(100_000), apart=True)
                for _, conditions_, states in ways.through():
                    for packed in states:
                        held = held_in(ways.formulas, conditions_, ways.top.truths(packed), ways.budget)
                        assert all(is_nested(pair) for (pair,) in held)


def conditions(*whens: dict[str, Any]) -> Iterator[Condition]:
    """Conditions of two rungs at a time, fitted to six scores."""
    frame = plain_frame("t: a b c; u: d e f", "low mid high")
    for when in whens:
        rungs = [{"grade": grade, "when": when, **RULE} for grade in ("mid", "high")]
        node = {"for": "overall", "scale": "r", "rungs": rungs}
        yield rules(fitted((frame, BASE | {"measures": {}, "flags": [], "nodes": [node]})).nodes[0])[0]


def test_counts_follow_from_counts_of_fewer_and_higher() -> None:
    """All of some follows from all of more, and so many of more from so many of fewer, but not the other way round."""
    four_mid, five_mid, all_mid, all_high, both_mid, two_mid, one_high = conditions(
        {"count": "scores", "grade": "mid", "at_least": 4},
        {"count": "scores", "grade": "mid", "at_least": 5},
        {"every": "scores", "at_least": "mid"},
        {"every": "scores", "at_least": "high"},
        {"every": {"level": "scores", "only": ["a", "b"]}, "at_least": "mid"},
        {"count": {"level": "scores", "themes": "t"}, "grade": "mid", "at_least": 2},
        {"any": {"level": "scores", "themes": "t"}, "at_least": "high"},
    )
    two_of_all, one_of_all = conditions(
        {"count": "scores", "grade": "mid", "at_least": 2}, {"any": "scores", "at_least": "mid"}
    )
    follows = [
        (five_mid, four_mid), (all_high, all_mid), (all_mid, both_mid), (all_high, both_mid), (two_mid, two_of_all),
        (one_high, one_of_all), (all_mid, four_mid),
    ]  # fmt: skip
    for upper, lower in follows:
        assert implies(upper, lower)
        assert not implies(lower, upper)
    assert not implies(four_mid, both_mid)
    assert not implies(two_of_all, two_mid)
    assert not implies(both_mid, one_high)


def test_a_direction_read_off_the_form_is_kept_by_every_step_up() -> None:
    """A condition said to answer one way to raised scores never answers the other way."""
    frame = plain_frame("t: a b; u: c", "low mid high")
    whens: list[dict[str, Any]] = [
        {"any": "scores", "at_least": "mid"},
        {"count": "scores", "grade": "mid", "less_than": 2},
        {"all_of": [{"every": "scores", "at_most": "mid"}, {"not": {"area": "a", "at_least": "high"}}]},
        {"any_of": [{"area": "a", "at_least": "high"}, {"not": {"any": "scores", "at_most": "low"}}]},
    ]
    flags = [{"id": f"flag{place}", "when": when, **RULE} for place, when in enumerate(whens)]
    rungs = [{"grade": grade, "when": {"every": "scores"}, **RULE} for grade in ("mid", "high")]
    node = {"for": "overall", "scale": "r", "rungs": rungs}
    method = frame.load(BASE | {"measures": {}, "flags": flags, "nodes": [node]})
    assert [direction(flag.when) for flag in method.flags] == ["up", "down", "down", "up"]
    for ranks in frame.combinations():
        before = {flag.id for flag in frame.assess(method, ranks).flags}
        for leaf, rank in ranks.items():
            if rank < 2:
                after = {flag.id for flag in frame.assess(method, {**ranks, leaf: rank + 1}).flags}
                assert before & {"flag0", "flag3"} <= after
                assert after & {"flag1", "flag2"} <= before


@runs(0.5)
@given(cases(replies=True))
def test_the_ends_of_a_condition_can_be_changed_in_their_order(case: Case) -> None:
    """Each end is met once and in its order; with other ends the condition is otherwise the same, and back again."""
    frame, table = case
    for _, condition in frame.load(table).conditions():
        ends = list(atoms(condition))
        assert list(measures_in(condition)) == [end.measure for end in ends if isinstance(end, AtLeast)]
        assert list(facts_in(condition)) == [end for end in ends if isinstance(end, FactIs)]
        numbered = iter(range(len(ends)))
        other = mapped(condition, lambda _: FactIs(f"end {next(numbered)}"))  # noqa: B023  (called at once)
        assert list(atoms(other)) == [FactIs(f"end {number}") for number in range(len(ends))]
        again = iter(ends)
        assert mapped(other, lambda _: next(again)) == condition  # noqa: B023
