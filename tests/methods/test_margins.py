"""How near another grade is, against trying every set of scores."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.methods.complete import CompleteNode
from careassure.methods.fit import fit
from careassure.methods.margin import Way, _Measurer, stretches_of
from careassure.model.outcome import Margin
from careassure.testing.bench import bench_of

from .base import BASE, RULE
from .brute import nearest
from .effort import runs
from .frames import HEAD, Frame, plain_frame
from .oracle import Page, Reading
from .tables import cases

Case = tuple[Frame, Mapping[str, Any]]


def nearest_both_ways(frame: Frame, table: Mapping[str, Any], here: Mapping[str, int]) -> dict[str, int | None]:
    up, down = nearest(frame, table, here, {}, 1), nearest(frame, table, here, {}, -1)
    return {
        "up": up[0] if up else None,
        "above": up[1] if up else None,
        "down": down[0] if down else None,
        "below": down[1] if down else None,
    }


def told(margin: Margin) -> dict[str, int | None]:
    return {
        "up": margin.up,
        "above": margin.above.rank if margin.above else None,
        "down": margin.down,
        "below": margin.below.rank if margin.below else None,
    }


@runs(0.7)
@given(cases(facts=False), st.randoms(use_true_random=False))
def test_a_margin_is_the_fewest_points_that_change_the_grade(case: Case, random: Random) -> None:
    """The fewest points up or down to another grade are found, however the rules look at scores, or that none do."""
    frame, table = case
    assume("must" not in table["nodes"][-1])
    method = frame.load(table)
    here = {leaf: random.randrange(len(frame.grades_of(leaf))) for leaf in frame.leaves}
    if Reading(Page(frame, table), here).sound:
        assert told(frame.assess(method, here).margin) == nearest_both_ways(frame, table, here)


BOTH = plain_frame("care: a b; leaders: c", "low mid high")
NESTED = (
    HEAD
    + """
[[nodes]]
for = "themes"
scale = "r"

[[nodes.rungs]]
grade = "mid"
when = { every = "statements" }
sentence = "All mid."
reference = "rules"

[[nodes.rungs]]
grade = "high"
when = { every = "statements" }
sentence = "All high."
reference = "rules"

[[nodes]]
for = "overall"
scale = "r"

[[nodes.rungs]]
grade = "mid"
when = { all_of = [{ area = "a" }, { any = "themes" }] }
sentence = "Mid."
reference = "rules"

[[nodes.rungs]]
grade = "high"
when = { all_of = [{ area = "a" }, { area = "care" }] }
sentence = "High."
reference = "rules"
"""
)


def test_a_score_that_counts_twice_is_moved_once() -> None:
    """A point for a statement that is also part of a theme is counted once, though it moves both."""
    method = BOTH.load(NESTED)
    outcome = BOTH.words(method, "low", "mid", "low")
    assert outcome.rating is not None
    assert (outcome.rating.key, outcome.margin.up) == ("low", 1)
    assert outcome.margin.above is not None
    assert outcome.margin.above.key == "mid"
    assert BOTH.words(method, "mid", "mid", "low").margin.up == 2
    assert BOTH.words(method, "high", "high", "low").margin.down == 1


def test_a_point_counts_what_its_weight_says() -> None:
    """Where weights differ, the fewest points are those that weigh most, from every set of scores."""
    measure = {"kind": "total", "over": "scores", "weights": {"a": 3, "b": "1/2"}, **RULE}
    node = {"for": "overall", "scale": "r", "bands": {"measure": "sum", "mid": 9, "high": 12, "reference": "rules"}}
    table = BASE | {"measures": {"sum": measure}, "nodes": [node], "flags": []}
    method = BOTH.load(table)
    for here in BOTH.combinations():
        assert told(BOTH.assess(method, here).margin) == nearest_both_ways(BOTH, table, here)


def test_where_judgement_decides_there_is_no_margin() -> None:
    """Where the rules leave the overall grade to judgement, no number of points settles it."""
    text = (
        HEAD
        + """
[[nodes]]
for = "overall"
scale = "r"
[nodes.must]

[[nodes.must.rungs]]
grade = "mid"
when = { every = "statements" }
sentence = "Mid."
reference = "rules"

[[nodes.must.rungs]]
grade = "high"
when = { every = "statements" }
sentence = "High."
reference = "rules"
[nodes.may]

[[nodes.may.rungs]]
grade = "mid"
when = { any = "statements" }
sentence = "Mid."
reference = "rules"

[[nodes.may.rungs]]
grade = "high"
when = { any = "statements" }
sentence = "High."
reference = "rules"
"""
    )
    outcome = BOTH.words(BOTH.load(text), "mid", "mid", "mid")
    assert outcome.kind == "rating"
    assert outcome.margin == Margin()


def test_an_incomplete_assessment_has_no_margin() -> None:
    """As long as a score is missing or left out, no number of points is claimed."""
    method = BOTH.load(NESTED)
    assert BOTH.assess(method, {"a": 0, "b": 0, "c": None}).margin == Margin()
    assert BOTH.words(method, "low", "low", None).margin == Margin()


STRETCHES: list[tuple[dict[str, Any], dict[str, Any], list[tuple[int, int]] | None]] = [
    ({"kind": "total"}, {"mid": 5, "high": 8}, [(3, 0), (5, 1), (8, 2)]),
    ({"kind": "total"}, {"mid": 3, "high": 9}, [(3, 1), (9, 2)]),
    (
        {"kind": "total", "weights": {"a": "1/2", "b": "1/2", "c": "1/2"}},
        {"mid": 2, "high": 4},
        [(3, 0), (4, 1), (8, 2)],
    ),
    ({"kind": "mean", "rounding": "half_up"}, {"mid": 2, "high": 3}, [(3, 0), (5, 1), (8, 2)]),
    ({"kind": "percentage", "rounding": "none"}, {"mid": 50, "high": 80}, [(3, 0), (5, 1), (8, 2)]),
    ({"kind": "total", "weights": {"a": 2}}, {"mid": 5, "high": 8}, None),
    ({"kind": "share", "grade": "mid", "rounding": "none"}, {"mid": 50, "high": 80}, None),
    ({"kind": "answered", "rounding": "none"}, {"mid": 50, "high": 80}, None),
]


@pytest.mark.parametrize(("measure", "bands", "expected"), STRETCHES)
def test_a_single_sum_has_stretches(
    measure: dict[str, Any], bands: dict[str, Any], expected: list[tuple[int, int]] | None
) -> None:
    """Where the overall hangs on one sum that each point moves by as much, its grades are stretches of points."""
    node = {"for": "overall", "scale": "r", "bands": {"measure": "m", **bands, "reference": "rules"}}
    table = BASE | {"measures": {"m": {"over": "scores", **measure, **RULE}}, "nodes": [node], "flags": []}
    found = stretches_of(fit(BOTH.load(table), BOTH.framework))
    assert (found and list(found.starts)) == expected
    assert found is None or found.leaves == ("a", "b", "c")


def test_what_is_no_single_sum_has_no_stretches() -> None:
    """Neither facts, however many, nor judgement, grades of themes, two sums, or uneven points make stretches."""
    total = {"m": {"kind": "total", "over": "scores", **RULE}, "n": {"kind": "total", "over": ["a"], **RULE}}
    upper: dict[str, Any] = {"measure": "m", "at_least": 8}

    def stretches(mid: dict[str, Any], *below: dict[str, Any], frame: Frame = BOTH, may: bool = False) -> object:
        ladder = {"rungs": [{"grade": "mid", "when": mid, **RULE}, {"grade": "high", "when": upper, **RULE}]}
        node = {"must": ladder, "may": {"rungs": [{**rung, "id": rung["grade"]} for rung in ladder["rungs"]]}}
        nodes = [*below, {"for": "overall", "scale": "r", **(node if may else ladder)}]
        return stretches_of(fit(frame.load(BASE | {"measures": total, "nodes": nodes, "flags": []}), frame.framework))

    plain: dict[str, Any] = {"measure": "m", "at_least": 5}
    assert stretches(plain) is not None
    assert stretches({"any_of": [plain, *({"fact": f"f{n}"} for n in range(60))]}) is None
    assert stretches(plain, may=True) is None
    assert stretches({"any_of": [plain, {"measure": "n", "at_least": 3}]}) is None
    assert stretches({"every": "themes"}, NODE) is None
    uneven = Frame(BOTH.themes, {**BOTH.scales, "s": (("low", 1), ("mid", 2), ("high", 4))})
    assert stretches(plain, frame=uneven) is None
    doubled = Frame(BOTH.themes, {**BOTH.scales, "s": (("low", 2), ("mid", 4), ("high", 6))})
    assert stretches(plain, frame=doubled) is None
    assert stretches_of(fit(BOTH.load(BASE | {"measures": {}, "nodes": [], "flags": []}), BOTH.framework)) is None


NODE = {
    "for": "themes",
    "scale": "r",
    "rungs": [{"grade": grade, "when": {"every": "scores"}, **RULE} for grade in ("mid", "high")],
}


@given(st.randoms(use_true_random=False))
def test_points_that_count_alike_need_no_search(random: Random) -> None:
    """The costs of every grade of such a place are those that going through its scores finds."""
    method = bench_of(ca.scorer("evidence-category")).method
    assert method is not None
    framework = next(one for one in cqc_la() if one.version == "2023")
    fitted = fit(method, framework)
    ranks = {leaf: random.randrange(len(framework.scale_of(leaf))) for leaf in framework.leaves}
    quick, searched = _Measurer(fitted, ranks, {}), _Searching(fitted, ranks, {})
    ways: tuple[Way, Way] = (1, -1)
    simple = [node for node in quick.nodes.values() if quick.step(quick.lowered[node.target]) is not None]
    assert len(simple) == 9
    for way in ways:
        for node in simple:
            assert quick._costs(node, way) == searched._costs(node, way)


class _Searching(_Measurer):
    """Goes through the scores of every place, also where that is not needed."""

    def step(self, place: CompleteNode) -> int | None:
        return None
