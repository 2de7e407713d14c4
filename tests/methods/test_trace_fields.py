"""Every field of every step of an outcome, for one small method that holds each kind of rule."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from careassure.model.outcome import Flag, Margin, Measure, Outcome
from careassure.model.reference import Reference
from careassure.model.trace import Step, StepValue

from .frames import NOT_JUDGED, Frame, Item, scale_of

FRAME = Frame(
    (Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))), Item("u", (Item("c"),))),
    {"s": scale_of("low", "mid", "high", values=(0, 2, 3)), "r": scale_of("low", "mid", "high")},
)
RULE = {"sentence": "A rule.", "reference": "rules"}


def measure(kind: str, over: object, **more: object) -> dict[str, object]:
    return {"kind": kind, "over": over, "sentence": f"The {kind}.", "reference": "rules", **more}


def rungs(mid: dict[str, Any], high: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"grade": "mid", "when": mid, **RULE}, {"grade": "high", "when": high, **RULE}]


TABLE: dict[str, Any] = {
    "format": "careassure.method/1",
    "id": "m",
    "version": "3",
    "title": "A method",
    "framework": "frame",
    "not_rated": "leave_out",
    "references": {"rules": {"title": "The rules", "basis": "ours"}},
    "measures": {
        "percentage": measure("percentage", "scores", rounding="half_up"),
        "weighed": measure("percentage", "scores", rounding="half_up", weights={"a/p": "1/2", "c": 2}),
        "points": measure("total", "scores", weights={"b": "1/3"}),
        "average": measure("mean", "scores", rounding="none", weights={"b": 3}),
        "many": measure("count", "scores", grade="mid"),
        "most": measure("share", "scores", grade="high", rounding="none"),
        "told": measure("answered", "scores", rounding="down"),
    },
    "nodes": [
        {"for": "a", "scale": "r",
         "rungs": rungs({"every": "scores"}, {"all_of": [{"every": "scores"}, {"fact": "best"}]})},
        {"for": "themes", "scale": "r", "headline": "percentage",
         "bands": {"measure": "percentage", "mid": 50, "high": 90, "reference": "rules"}},
        {"for": "overall", "scale": "r", "headline": "weighed",
         "must": {"rungs": rungs({"every": "themes"}, {"all_of": [{"every": "themes"}, {"measure": "points",
                  "more_than": 8}]})},
         "may": {"rungs": rungs({"any": "themes"}, {"any": "themes"})},
         "suggest": {"rungs": rungs({"measure": "average", "at_least": 1}, {"all_of": [
             {"measure": "average", "at_least": 1}, {"measure": "many", "at_least": {"share": "1/2",
              "rounding": "up"}}]})}},
    ],
    "flags": [
        {"id": "few", "when": {"not": {"measure": "most", "at_least": 50}}, **RULE},
        {"id": "silent", "when": {"measure": "told", "less_than": 100}, **RULE},
        {"id": "either", "when": {"any_of": [{"area": "b", "at_least": "mid"}, {"not": {"area": "b",
         "at_least": "mid"}}]}, **RULE},
        {"id": "told-so", "when": {"fact": "odd_thing", "is": False}, **RULE},
    ],
}  # fmt: skip


SCORES, RATING = (FRAME.framework.scale(name) for name in ("s", "r"))
MID = RATING["mid"]


def word(value: StepValue) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "-"}[value]
    return str(value) if isinstance(value, Fraction) else f"{value.key}({value.scale})"


def told(step: Step, depth: int = 0) -> Iterator[str]:
    """A step and those below it, a line each, with every field that is not what it is by default."""
    more = {
        "grade": step.grade and word(step.grade),
        "threshold": step.threshold,
        "weight": step.weight if step.weight != 1 else None,
        "maximum": step.maximum,
        "rounding": step.rounding,
        "cites": " ".join(reference.id for reference in step.references) or None,
    }
    extra = "".join(f" {name}={value}" for name, value in more.items() if value is not None)
    yield f"{'  ' * depth}{step.kind} {step.id}: {word(step.low)} to {word(step.high)}{extra} | {step.text}".rstrip(
        " |"
    )
    for part in step.parts:
        yield from told(part, depth + 1)


OPEN: dict[str, Any] = {"a/p": 2, "a/q": 1, "b": None, "c": 1}
"""Scores of which one is missing."""
LEFT_OUT: dict[str, Any] = {"a": NOT_JUDGED, "b": 2, "c": None}
"""A statement that was not judged, and a score that is missing."""


def outcome(scores: dict[str, Any], **facts: bool) -> Outcome:
    return FRAME.assess(FRAME.load(TABLE), scores, facts)


@pytest.mark.parametrize("name", ["trace_open.txt", "trace_left_out.txt"])
def test_every_step_is_as_it_should_be(name: str) -> None:
    """Kinds, ids, values, grades, thresholds, weights, maxima, roundings, sources and sentences, in order."""
    found = outcome(OPEN, best=True) if name == "trace_open.txt" else outcome(LEFT_OUT, odd_thing=True)
    expected = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    assert list(told(found.trace)) == expected


def test_every_field_of_an_open_outcome_is_as_it_should_be() -> None:
    """Grades, suggestion, percentage, score, profile, notices and numbers follow from the steps."""
    found = outcome(OPEN, best=True)
    assert (found.scorer, found.scorer_version, found.title) == ("m", "3", "A method")
    assert (found.low, found.high, found.suggested) == (MID, MID, MID)
    assert (found.percentage_low, found.percentage_high) == (Fraction(500, 9), Fraction(700, 9))
    assert (found.score_low, found.score_high, found.margin) == (56, 78, Margin())
    assert [(e.id, e.level, e.low, e.high, e.suggested, e.state, e.score) for e in found.profile] == [
        ("t", "theme", MID, MID, None, None, None),
        ("a", "statement", MID, MID, None, None, None),
        ("b", "statement", SCORES.lowest, SCORES.highest, None, None, None),
        ("u", "theme", MID, MID, None, None, 67),
        ("c", "statement", SCORES["mid"], SCORES["mid"], None, None, None),
    ]
    rules = (Reference("rules", "The rules", basis="ours"),)
    assert found.flags == (
        Flag("few", "A rule.", certain=False, references=rules),
        Flag("silent", "A rule.", certain=False, references=rules),
        Flag("either", "A rule.", certain=True, references=rules),
        Flag("told-so", "A rule.", certain=True, references=rules),
    )
    assert found.measures == (
        Measure("points", "The total.", Fraction(7), Fraction(8)),
        Measure("average", "The mean.", Fraction(7, 6), Fraction(8, 3)),
        Measure("many", "The count.", Fraction(3), Fraction(4)),
        Measure("weighed", "The percentage.", Fraction(56), Fraction(78)),
        Measure("most", "The share.", Fraction(25), Fraction(50)),
        Measure("told", "The answered.", Fraction(75), Fraction(100)),
    )


def test_every_field_of_an_outcome_with_something_left_out_is_as_it_should_be() -> None:
    """What was not judged carries its state in the profile and no grade."""
    found = outcome(LEFT_OUT, odd_thing=True)
    assert [(e.id, e.low and e.low.key, e.high and e.high.key, e.state, e.score) for e in found.profile] == [
        ("t", "high", "high", None, 100),
        ("a", None, None, NOT_JUDGED, None),
        ("b", "high", "high", None, None),
        ("u", "low", "high", None, None),
        ("c", "low", "high", None, None),
    ]
