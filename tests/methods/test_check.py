"""What a check proves about a method, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve

from careassure.catalogue.cqc import cqc_la
from careassure.errors import InvalidMethodError
from careassure.methods.check import CheckReport, check
from careassure.methods.conditions import AllOf, AnyOf, FactIs, Not
from careassure.methods.method import Ladder, Method
from helpers import built_in_methods

from .base import BASE, RULE
from .frames import Frame, Item, plain_frame, scale_of

Plain = dict[str, Any]
FRAME = plain_frame("t: a b c", "low mid high")


def method_of(frame: Frame, *rungs: Plain, nodes: Sequence[Plain] = (), **more: object) -> Method:
    """A method whose overall has these conditions, for each grade from the second."""
    keys = [key for key, _ in frame.scales["r"]][1:]
    ladder = {"rungs": [{"grade": key, "when": when, **RULE} for key, when in zip(keys, rungs, strict=True)]}
    node = {"for": "overall", "scale": "r", **ladder}
    return frame.load(BASE | {"measures": {}, "flags": [], "nodes": [*nodes, node], **more})


def failed(report: CheckReport) -> list[str]:
    return [f"{finding.where}: {finding.what}" for finding in report.findings if finding.verdict == "failed"]


# ------------------------------------------------------- the method for councils


@pytest.mark.parametrize("place", [0, 1])
def test_one_total_of_nine_scores_depends_on_the_rounding(place: int) -> None:
    """Of all sums of nine scores, 14 of 36 alone is rated differently by different ways of rounding."""
    notes = [
        f.what
        for f in check(built_in_methods()[place], cqc_la()[place]).findings
        if f.where == "overall" and f.verdict == "note"
    ]
    assert len(notes) == 1
    assert notes[0].startswith("1 of 28 totals depends on the rounding: 14 of 36 (38.89 %)")
    assert "inadequate if rounded none or down; requires_improvement if rounded up, half up or half even" in notes[0]


def test_two_totals_of_four_categories_depend_on_the_rounding() -> None:
    """Of all sums of four category scores, only 10 of 16 and 14 of 16 depend on the way of rounding."""
    findings = check(built_in_methods()[0], cqc_la()[0]).findings
    notes = [finding.what for finding in findings if finding.verdict == "note" and finding.where.endswith("8 like it")]
    assert len(notes) == 1
    assert notes[0].startswith("2 of 13 totals depend on the rounding")
    assert re.findall(r"(\d+) of 16", notes[0]) == ["10", "14"]


@pytest.mark.parametrize("place", [0, 1])
def test_the_methods_for_councils_are_sound(place: int) -> None:
    """Both are monotone, total and reach all four ratings, on all 262,144 combinations."""
    report = check(built_in_methods()[place], cqc_la()[place])
    assert report.ok
    assert str(report).splitlines()[0].endswith(": sound")
    said = [finding.what for finding in report.findings if finding.verdict == "proved" and finding.where == "overall"]
    assert (
        "every grade can be reached: inadequate 706, requires_improvement 130,366, good 130,366 and outstanding 706"
        in said
    )
    assert "monotone: each of the 3 rungs is upward closed" in said
    assert any("262,144 score combinations, which fall into 28 states" in f.how for f in report.findings)


# ------------------------------------------------------- an unsound zoo


def test_rungs_that_are_not_nested_are_refused() -> None:
    """A grade that can be reached without the grade below it is refused, and so is the evaluation that meets one."""
    method = method_of(FRAME, {"every": "scores"}, {"any": "scores"})
    assert failed(check(method, FRAME.framework)) == [
        "overall: not nested: overall.high can hold where overall.mid does not"
    ]
    with pytest.raises(InvalidMethodError, match=r"overall.high: it holds although overall.mid below it does not"):
        FRAME.assess(method, {"a": 2, "b": 0, "c": 0})


def test_a_grade_out_of_reach_is_refused() -> None:
    """A grade that no scores give, at the top, between or at the bottom, is refused by name."""
    for rungs, missing in (
        (({"any": "scores"}, {"count": "scores", "at_least": 4}), "high"),
        (({"every": "scores", "at_least": "mid"}, {"every": "scores", "at_least": "mid"}), "mid"),
        (({"count": "scores", "at_least": 0}, {"every": "scores"}), "low"),
        (({"count": "scores", "at_least": 4}, {"count": "scores", "at_least": 4}), "mid and high"),
    ):
        assert failed(check(method_of(FRAME, *rungs), FRAME.framework)) == [f"overall: {missing} can never be reached"]


def bounded(must: list[Plain], may: list[Plain]) -> Method:
    ladders = {
        name: {
            "rungs": [{"grade": key, "when": when, **RULE} for key, when in zip(("mid", "high"), rungs, strict=True)]
        }
        for name, rungs in (("must", must), ("may", may))
    }
    return FRAME.load(BASE | {"measures": {}, "flags": [], "nodes": [{"for": "overall", "scale": "r", **ladders}]})


def test_what_must_be_may_not_be_above_what_may_be() -> None:
    """Bounds that cross for some scores are refused, with the number of combinations for which they do."""
    any_of: list[Plain] = [{"any": "scores"}] * 2
    every: list[Plain] = [{"every": "scores"}] * 2
    assert failed(check(bounded(any_of, every), FRAME.framework)) == ["overall: must is above may in 24 combinations"]
    assert check(bounded(every, any_of), FRAME.framework).ok
    with pytest.raises(InvalidMethodError, match=r"what it must be .* is above what it may be"):
        FRAME.assess(bounded(any_of, every), {"a": 0, "b": 1, "c": 2})


def test_a_grade_between_the_bounds_can_be_reached() -> None:
    """Where judgement decides, a grade counts as reached if it lies between the bounds for some scores."""
    never: list[Plain] = [{"count": "scores", "at_least": 4}] * 2
    always: list[Plain] = [{"count": "scores", "at_least": 0}] * 2
    assert check(bounded(never, always), FRAME.framework).ok
    assert failed(check(bounded(never, never), FRAME.framework)) == ["overall: mid and high can never be reached"]


def turned(method: Method, place: int) -> Method:
    """The same method, built by hand with the opposite of one rung's condition."""
    node = method.nodes[-1]
    rungs = list(node.ladders[0].rungs)
    rungs[place] = evolve(rungs[place], when=Not(rungs[place].when))
    return evolve(method, nodes=(*method.nodes[:-1], evolve(node, ladders=(Ladder("only", tuple(rungs)),))))


def test_a_rung_that_a_raised_score_can_break_is_refused() -> None:
    """A method built by hand, past the reader of files, is refused when a raised score can lower a grade."""
    method = turned(method_of(FRAME, {"any": "scores"}, {"every": "scores"}), 0)
    assert "overall: overall.mid: a raised score can make it fail" in failed(check(method, FRAME.framework))


def test_a_rule_without_words_or_source_is_refused() -> None:
    """A rung that cannot be read or looked up fails the check, though the reader of files would not let it in."""
    method = method_of(FRAME, {"any": "scores"}, {"every": "scores"})
    node = method.nodes[-1]
    rungs = node.ladders[0].rungs
    for bare in (evolve(rungs[0], text=""), evolve(rungs[0], references=())):
        changed = evolve(method, nodes=(evolve(node, ladders=(Ladder("only", (bare, rungs[1])),)),))
        assert failed(check(changed, FRAME.framework)) == ["rules: overall.mid lack a sentence or a reference"]


def test_each_place_is_checked_where_rules_look_alike() -> None:
    """Of two places whose rules have the same form, the unsound one is found wherever it stands."""
    frame = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b", (Item("p"), Item("q"))))),), FRAME.scales)
    measures = {
        f"{name}_{part}": {"kind": "total", "over": {"level": "scores", "only": f"{name}/{part}"}, **RULE}
        for name in "ab"
        for part in "pq"
    }
    nodes = []
    for name, upper in (("a", "p"), ("b", "q")):
        mid = [{"measure": f"{name}_p", "at_least": 2}, {"measure": f"{name}_q", "at_least": 1}]
        rungs = [
            {"grade": "mid", "when": {"all_of": mid}, **RULE},
            {"grade": "high", "when": {"measure": f"{name}_{upper}", "at_least": 3}, **RULE},
        ]
        nodes.append({"for": name, "scale": "r", "rungs": rungs})
    overall = ({"any": "statements"}, {"every": "statements"})
    report = check(method_of(frame, *overall, nodes=nodes, measures=measures), frame.framework)
    assert "b: not nested: b.high can hold where b.mid does not" in failed(report)


def test_weights_that_differ_make_places_differ() -> None:
    """Two places with the same rule but other weights are not taken for one."""
    frame = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b", (Item("p"), Item("q"))))),), FRAME.scales)
    measures = {
        f"sum_{name}": {"kind": "total", "over": "scores", "weights": {f"{name}/p": w, f"{name}/q": w}, **RULE}
        for name, w in (("a", 1), ("b", "1/2"))
    }
    nodes = [
        {"for": name, "scale": "r", "bands": {"measure": f"sum_{name}", "mid": 3, "high": 6, "reference": "rules"}}
        for name in "ab"
    ]
    overall: list[Plain] = [{"any": "statements"}, {"every": "statements", "at_least": "mid"}]
    report = check(method_of(frame, *overall, nodes=nodes, measures=measures), frame.framework)
    assert "b: high can never be reached" in failed(report)


def test_one_score_seen_twice_cannot_have_two_values() -> None:
    """A grade that would need a theme and a statement inside it to disagree is out of reach, and that is found."""
    frame = plain_frame("t: a b; u: c", "low mid high")
    themes = {
        "for": "themes",
        "scale": "r",
        "rungs": [{"grade": g, "when": {"every": "statements"}, **RULE} for g in ("mid", "high")],
    }
    method = method_of(
        frame,
        {"area": "t", "at_least": "mid"},
        {"all_of": [{"area": "t", "at_least": "mid"}, {"area": "a", "at_least": "mid"}]},
        nodes=[themes],
    )
    assert failed(check(method, frame.framework)) == ["overall: mid can never be reached"]


def test_what_is_left_out_may_not_break_the_nesting() -> None:
    """Where scores may be left out, thresholds that cross for fewer of them are refused."""
    crossing = {"by_n": {"1": 2, "3": 1}}
    rungs: list[Plain] = [{"count": "scores", "at_least": crossing}, {"any": "scores", "at_least": "high"}]
    whole = check(method_of(FRAME, *rungs, not_rated="interval"), FRAME.framework)
    partly = check(method_of(FRAME, *rungs, not_rated="leave_out"), FRAME.framework)
    assert failed(whole) == []
    assert failed(partly) == ["overall: with c left out: overall.high can hold where overall.mid does not"]


def test_every_way_to_leave_some_out_is_tried() -> None:
    """Thresholds that cross only for three scores of four are found."""
    frame = plain_frame("t: a b c d", "low mid high")
    crossing = {"by_n": {"1": 1, "3": 3, "4": 1}}
    rungs: list[Plain] = [{"count": "scores", "at_least": crossing}, {"any": "scores", "at_least": "high"}]
    report = check(method_of(frame, *rungs, not_rated="leave_out"), frame.framework)
    assert failed(report) == ["overall: with d left out: overall.high can hold where overall.mid does not"]


# ------------------------------------------------------- facts, flags, size


def test_facts_are_tried_both_ways() -> None:
    """A fact on which a grade hangs is taken both ways, and a grade that only one of them gives is reached."""
    method = method_of(FRAME, {"fact": "open"}, {"all_of": [{"fact": "open"}, {"fact": "best"}]})
    report = check(method, FRAME.framework)
    assert report.ok
    outcomes = [
        FRAME.assess(method, {"a": 0, "b": 0, "c": 0}, facts)
        for facts in ({}, {"open": True}, {"open": True, "best": True})
    ]
    assert [str(outcome.rating) for outcome in outcomes] == ["low", "mid", "high"]


def test_a_fact_is_the_same_wherever_it_is_asked_for() -> None:
    """A grade that needs a fact to be so in a theme and not so overall is out of reach."""
    frame = plain_frame("t: a; u: b", "low mid high")
    rungs = [
        {"grade": "mid", "when": {"every": "scores"}, **RULE},
        {"grade": "high", "when": {"all_of": [{"every": "scores"}, {"fact": "open"}]}, **RULE},
    ]
    themes = {"for": "themes", "scale": "r", "rungs": rungs}
    shut: Plain = {"all_of": [{"any": "themes"}, {"fact": "open", "is": False}]}
    method = method_of(frame, {"any": "themes"}, shut, nodes=[themes])
    assert failed(check(method, frame.framework)) == ["overall: high can never be reached"]


def test_statements_that_rest_on_a_fact_alone_rise_together() -> None:
    """Where a fact alone decides every statement, the whole is reached with it, and rungs it breaks are not nested."""
    by_fact = {"for": "statements", "scale": "r", "rungs": [
        {"grade": key, "when": {"fact": fact}, **RULE} for key, fact in (("mid", "open"), ("high", "open"))
    ]}  # fmt: skip
    every: Plain = {"every": "statements", "at_least": "mid"}
    best: Plain = {"every": "statements", "at_least": "high"}
    method = method_of(FRAME, every, best, nodes=[by_fact])
    assert failed(check(method, FRAME.framework)) == [
        "a and 2 like it: mid can never be reached",
        "overall: mid can never be reached",
    ]
    twisted = method_of(FRAME, {"not": {"fact": "open"}}, best, nodes=[by_fact])
    assert "overall: not nested: overall.high can hold where overall.mid does not" in failed(
        check(twisted, FRAME.framework)
    )


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"any": "scores", "at_least": "high"}, "can only appear when scores rise"),
        ({"any": "scores", "at_most": "low"}, "can only appear when scores fall"),
        ({"every": "scores", "at_most": "low"}, "can only appear when scores fall"),
        ({"fact": "breach"}, "does not depend on the scores"),
        (
            {"all_of": [{"any": "scores", "at_least": "high"}, {"any": "scores", "at_most": "low"}]},
            "may appear or vanish",
        ),
    ],
)
def test_how_a_flag_answers_to_scores_is_told(when: Plain, words: str) -> None:
    """For each notice the check says whether rising or falling scores can bring it."""
    flags = [{"id": "flag", "when": when, **RULE}]
    report = check(method_of(FRAME, {"any": "scores"}, {"every": "scores"}, flags=flags), FRAME.framework)
    assert next(finding.what for finding in report.findings if finding.where == "flag flag").startswith(words)


def test_too_many_states_are_left_to_structure() -> None:
    """Where there are too many states to go through, nesting is proved by structure, and what is not proved is told."""
    frame = Frame(
        (Item("t", tuple(Item(f"s{n}") for n in range(12))),),
        {"s": scale_of(*"abcd"), "r": scale_of("low", "mid", "high")},
    )
    own = [{"area": f"s{n}", "at_least": "b"} for n in range(12)]
    upper = [{"area": f"s{n}", "at_least": "c"} for n in range(12)]
    most = [{"area": f"s{n}", "at_least": "d"} for n in range(12)]
    good = check(method_of(frame, {"all_of": own}, {"all_of": [*own, *upper, *most]}), frame.framework)
    assert good.ok
    assert any("was not proved" in finding.what and finding.verdict == "note" for finding in good.findings)
    bad = check(method_of(frame, {"all_of": [*own, *most]}, {"all_of": [*upper, *own]}), frame.framework)
    assert failed(bad) == []
    assert not bad.ok
    assert str(bad).splitlines()[0].endswith("not proved to be sound")
    assert [f.what for f in bad.findings if f.verdict == "open"] == ["whether the rungs are nested is open"]


def test_conditions_built_by_hand_are_followed() -> None:
    """Nesting is seen through "all of" and "any of" in whatever order their parts stand."""
    method = method_of(FRAME, {"any": "scores"}, {"every": "scores"})
    node = method.nodes[-1]
    lower, upper = node.ladders[0].rungs
    fact = FactIs("extra", default=True)
    changed = (evolve(lower, when=AnyOf((fact, lower.when))), evolve(upper, when=AllOf((upper.when, fact))))
    whole = evolve(method, nodes=(evolve(node, ladders=(Ladder("only", changed),)),))
    report = check(whole, FRAME.framework)
    assert report.ok
    assert any(finding.how.startswith("by structure and on all 27") for finding in report.findings)
