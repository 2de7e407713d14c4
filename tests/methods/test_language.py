"""Corners of the language of rules: replies, facts, points and weights, wholes and parts, judgement inside."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidAssessmentError, InvalidMethodError
from careassure.methods.check import check
from careassure.methods.fit import fit

from .base import BASE, RULE
from .effort import runs
from .frames import NOT_JUDGED, Frame, Item, plain_frame, scale_of

FRAME = plain_frame("t: a b; u: c", "low mid high")
PARTS = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))),), FRAME.scales)
EACH = [{"grade": grade, "when": {"every": "scores"}, **RULE} for grade in ("mid", "high")]


def table(*nodes: dict[str, Any], **more: object) -> dict[str, Any]:
    return BASE | {"measures": {}, "flags": [], "nodes": list(nodes)} | more


def overall(mid: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    rungs = [{"grade": key, "when": when, **RULE} for key, when in (("mid", mid), ("high", high))]
    return {"for": "overall", "scale": "r", "rungs": rungs}


def summed(kind: str, weights: dict[str, int | str] | None = None, **bands: int | str) -> dict[str, Any]:
    measure = {"kind": kind, "over": "scores", "weights": weights or {}, **RULE}
    if kind != "total":
        measure["rounding"] = "none"
    node = {"for": "overall", "scale": "r", "bands": {"measure": "m", **bands, "reference": "rules"}}
    return table(node, measures={"m": measure})


REPLIES = {"kind": "answered", "over": "scores", "rounding": "none", **RULE}


@pytest.mark.parametrize(("not_rated", "certain"), [("interval", False), ("leave_out", True)])
def test_a_missing_score_may_yet_be_a_reply(not_rated: str, certain: bool) -> None:
    """The share of replies counts what carries a grade; what is missing may yet be one, what is left out is not."""
    flag = {"id": "few", "when": {"measure": "m", "less_than": 60}, **RULE}
    rungs = overall({"any": "scores"}, {"every": "scores"})
    method = FRAME.load(table(rungs, measures={"m": REPLIES}, flags=[flag], not_rated=not_rated))
    marks: list[tuple[list[Any], list[bool]]] = [
        ([0, 1, 2], []),
        ([0, 1, None], []),
        ([0, None, None], [False]),
        ([0, NOT_JUDGED, NOT_JUDGED], [certain]),
    ]
    for scores, few in marks:
        outcome = FRAME.assess(method, dict(zip("abc", scores, strict=True)))
        assert [flag.certain for flag in outcome.flags] == few
        assert outcome.trace.audit() == ()


def test_bands_on_replies_are_open_until_all_have_replied() -> None:
    """With eight scores and one not known, a rating by replies is what eight replies give to what nine do."""
    frame = plain_frame("t: a b c d e f g h i", "one two three four", rating="bad poor good best")
    bands = {"measure": "m", "poor": 50, "good": 90, "best": 100, "reference": "rules"}
    method = frame.load(
        table({"for": "overall", "scale": "r", "headline": "m", "bands": bands}, measures={"m": REPLIES})
    )
    outcome = frame.assess(method, {**dict.fromkeys("abcdefgh", 2), "i": None})
    assert (str(outcome.low), str(outcome.high)) == ("poor", "best")
    assert (outcome.percentage_low, outcome.percentage_high) == (Fraction(800, 9), Fraction(100))
    assert [str(frame.assess(method, dict.fromkeys("abcdefghi", rank)).rating) for rank in range(4)] == ["best"] * 4
    assert outcome.trace.audit() == ()


def test_scores_that_never_come_are_tried_by_the_check() -> None:
    """A grade for one score above a grade for enough replies is refused, for too few replies would part them."""
    enough, one = {"measure": "m", "at_least": 60}, {"any": "scores", "at_least": "high"}
    apart = FRAME.load(table(overall({"any_of": [enough, {"every": "scores"}]}, one), measures={"m": REPLIES}))
    report = check(apart, FRAME.framework)
    assert [f.what for f in report.findings if f.verdict == "failed"] == [
        "not nested: overall.high can hold where overall.mid does not",
        "low can never be reached",
    ]
    nested = overall({"any": "scores"}, {"all_of": [enough, {"every": "scores", "at_least": "high"}]})
    report = check(FRAME.load(table(nested, measures={"m": REPLIES})), FRAME.framework)
    assert report.ok
    assert any("also where scores never come" in finding.how for finding in report.findings)


def test_a_grade_is_reached_by_complete_scores_alone() -> None:
    """A grade that comes only with scores that are missing is not said to be reached."""
    bands = {"measure": "m", "mid": 50, "high": 100, "reference": "rules"}
    method = FRAME.load(table({"for": "overall", "scale": "r", "bands": bands}, measures={"m": REPLIES}))
    report = check(method, FRAME.framework)
    assert [f.what for f in report.findings if f.verdict == "failed"] == ["low and mid can never be reached"]


@pytest.mark.parametrize("over", ["themes", {"level": "statements"}])
def test_replies_are_those_of_what_was_asked(over: object) -> None:
    """Only what is scored can be answered: a share of replies among grades that the method works out is refused."""
    themes = {"for": "themes", "scale": "r", "rungs": EACH}
    statements = {"for": "statements", "scale": "r", "rungs": [{**rung, "id": f"s{rung['grade']}"} for rung in EACH]}
    measures = {"m": {**REPLIES, "over": over}}
    method = PARTS.load(
        table(themes, statements, overall({"measure": "m", "at_least": 50}, {"every": "scores"}), measures=measures)
    )
    with pytest.raises(InvalidMethodError, match="can be answered"):
        fit(method, PARTS.framework)


def test_a_fact_that_is_not_stated_has_its_default() -> None:
    """Where an assessment is silent about a fact, the default of the rule is taken, and the trace says so."""
    method = FRAME.load(
        table(
            overall(
                {"fact": "open", "default": True},
                {"all_of": [{"fact": "open", "default": True}, {"fact": "shut", "is": False}]},
            )
        )
    )
    scores = {"a": 0, "b": 0, "c": 0}
    assert str(FRAME.assess(method, scores).rating) == "high"
    assert str(FRAME.assess(method, scores, {"shut": True}).rating) == "mid"
    assert str(FRAME.assess(method, scores, {"open": False}).rating) == "low"
    facts = [step.text for step in FRAME.assess(method, scores, {"open": True}).trace.walk() if step.kind == "fact"]
    assert facts == ["open is so", "open is so", "shut is not so (not stated, taken as the default)"]


def test_a_notice_says_nothing_of_what_was_left_out() -> None:
    """In a notice, "every one" of areas of which none was judged is not so; in a rung, nothing stands against it."""
    flags = [
        {"id": "none-above", "when": {"every": {"level": "scores", "only": "a"}, "at_most": "low"}, **RULE},
        {"id": "all-high", "when": {"area": "a", "at_least": "high"}, **RULE},
    ]
    high = {"every": {"level": "scores", "only": "a"}, "at_least": "high"}
    both = overall({"any": "scores"}, {"all_of": [{"any": "scores"}, high]})
    method = FRAME.load(table(both, flags=flags, not_rated="leave_out"))
    outcome = FRAME.assess(method, {"a": NOT_JUDGED, "b": 2, "c": 1})
    assert outcome.flags == ()
    assert str(outcome.rating) == "high"
    assert [flag.id for flag in FRAME.assess(method, {"a": 0, "b": 1, "c": 1}).flags] == ["none-above"]
    assert [flag.id for flag in FRAME.assess(method, {"a": 2, "b": 1, "c": 1}).flags] == ["all-high"]


# ------------------------------------------------------- points and weights


@pytest.mark.parametrize("kind", ["total", "mean", "percentage"])
def test_weights_may_not_all_be_nothing(kind: str) -> None:
    """A sum in which nothing counts is refused, whatever is made of it."""
    method = FRAME.load(summed(kind, {"a": 0, "b": 0, "c": 0}, mid=1, high=2))
    with pytest.raises(InvalidMethodError, match="all its weights are 0"):
        fit(method, FRAME.framework)


@runs(0.7)
@given(
    st.lists(st.integers(0, 12), min_size=3, max_size=3, unique=True),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
    st.integers(1, 30),
    st.sampled_from(("total", "mean")),
)
def test_points_of_any_size_are_added_exactly(values: list[int], ranks: list[int], least: int, kind: str) -> None:
    """Sums, means, ratings and distances are right however far apart the points of the grades lie."""
    values.sort()
    frame = Frame(FRAME.themes, {"s": scale_of("low", "mid", "high", values=values), "r": FRAME.scales["r"]})
    outcome = frame.assess(frame.load(summed(kind, mid=least, high=least + 2)), dict(zip("abc", ranks, strict=True)))

    def rank(points: int) -> int:
        value = points if kind == "total" else points / 3
        return (value >= least) + (value >= least + 2)

    points = sum(values[rank] for rank in ranks)
    assert outcome.rating is not None
    assert outcome.rating.rank == rank(points)
    reached = {
        sum(values[there] for there in (x, y, z))
        for x in range(ranks[0], 3)
        for y in range(ranks[1], 3)
        for z in range(ranks[2], 3)
    }
    gains = [more - points for more in reached if rank(more) > rank(points)]
    assert outcome.margin.up == (min(gains) if gains else None)
    assert outcome.trace.audit() == ()


# ------------------------------------------------------- wholes and parts


def test_a_part_is_not_known_where_the_whole_was_given() -> None:
    """A rule that looks at the parts of a statement that was given as a whole finds them open, and claims no margin."""
    statements = {"for": "statements", "scale": "s", "rungs": EACH}
    when = {"all_of": [{"area": "a"}, {"any": {"level": "scores", "only": ["a/p", "b"]}}]}
    method = PARTS.load(table(statements, overall(when, when)))
    outcome = PARTS.assess(method, {"a": 2, "b": 0})
    assert (str(outcome.low), str(outcome.high)) == ("low", "high")
    lowest = PARTS.assess(method, {"a": 0, "b": 0})
    assert str(lowest.rating) == "low"
    assert lowest.margin.up is None
    assert outcome.trace.audit() == lowest.trace.audit() == ()


def test_a_whole_is_given_on_the_scale_on_which_it_is_worked_out() -> None:
    """A statement cannot be given as a whole on one scale where the method works its grade out on another."""
    scales = {**FRAME.scales, "r": scale_of("none", "low", "mid", "high", "top")}
    frame = Frame(PARTS.themes, scales)
    rungs = [
        {"grade": g, "when": {"every": "scores", "at_least": w}, **RULE}
        for g, w in (("low", "low"), ("mid", "mid"), ("high", "high"), ("top", "high"))
    ]
    method = frame.load(
        table(
            {"for": "statements", "scale": "r", "rungs": rungs},
            {
                "for": "overall",
                "scale": "s",
                "rungs": [
                    {"grade": g, "when": {"every": "statements", "at_least": "top"}, **RULE} for g in ("mid", "high")
                ],
            },
        )
    )
    assert str(frame.assess(method, {"a/p": 2, "a/q": 2, "b": 2}).rating) == "high"
    with pytest.raises((InvalidAssessmentError, InvalidMethodError), match="a"):
        frame.assess(method, {"a": 2, "b": 2})


# ------------------------------------------------------- judgement below the overall


def test_judgement_in_a_theme_opens_the_overall() -> None:
    """Where judgement decides a theme, the overall lies between what its worst and its best make, and has no margin."""
    themes = {
        "for": "themes",
        "scale": "r",
        "must": {"rungs": EACH},
        "may": {"rungs": [{"grade": g, "when": {"any": "scores"}, **RULE} for g in ("mid", "high")]},
    }
    method = FRAME.load(table(themes, overall({"every": "themes"}, {"every": "themes"})))
    assert check(method, FRAME.framework).ok
    outcome = FRAME.assess(method, {"a": 0, "b": 2, "c": 1})
    assert (str(outcome.low), str(outcome.high)) == ("low", "mid")
    settled = FRAME.assess(method, {"a": 1, "b": 2, "c": 0})
    assert str(settled.rating) == "low"
    assert (settled.margin.up, settled.margin.down) == (None, None)
    assert settled.trace.audit() == ()
