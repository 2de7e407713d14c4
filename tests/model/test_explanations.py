"""Whole explanations, line by line: the result, why, how near, notices, notes and sources."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.model.assessment import Disagreement
from careassure.model.dates import PartialDate
from careassure.model.outcome import Flag, Margin, Outcome, Profile
from careassure.model.reference import Reference
from careassure.model.trace import Step
from methods.base import BASE, RULE
from methods.frames import NOT_JUDGED, Frame, plain_frame
from methods.test_trace_fields import LEFT_OUT, OPEN, outcome

LAW = Reference("law", "The law", "https://example.org/law", "section 3", "2026-11-22", "law")
BARE = Reference("bare", "A paper", basis="ours")
FRAME = plain_frame("care: a b c; other: d", "low mid high")


class Own:
    """A scorer in Python."""

    name, version, title = "own", "2", "A scorer of our own"

    def accepts(self, framework: ca.Framework, /) -> bool:
        return framework.id == "frame"

    def score(self, assessment: ca.Assessment, /) -> Outcome:
        return Outcome.of(self, assessment, None, text="Nothing.", references=())


def frame_outcome(frame: Frame, nodes: list[dict[str, Any]], *words: str | None, **more: object) -> Outcome:
    return frame.words(frame.load(BASE | {"nodes": nodes, "flags": [], **more}), *words)


def own(**more: Any) -> Outcome:
    """An outcome of a scorer in Python, with steps inside steps."""
    scale = FRAME.framework.scale("r")
    low, mid, _ = scale
    inner = Step("input", "a", "What a is.", low, low)
    steps = (
        Step("note", "x", "First.", low, mid, (inner,), (LAW,)),
        Step("note", "y", "Second", Fraction(5, 2), Fraction(5, 2), (), (BARE, LAW)),
    )
    assessment = FRAME.assessment({"a": 0, "b": 1, "c": 2, "d": None})
    return Outcome.of(Own(), assessment, low, mid, text="The weakest decides.", references=(BARE,), steps=steps, **more)


def noted() -> Outcome:
    """An outcome of an assessment about which there is much to note, from a distribution."""
    found = frame_outcome(FRAME, BASE["nodes"], "mid", "high", "low", "high")
    assessment = evolve(
        FRAME.assessment({"a": None, "b": 1, "c": 2, "d": 2}),
        indicative=True,
        withdrawn=PartialDate.parse("2026-02-02"),
        disagreements=(
            Disagreement("a", "1", "2", resolved=True, note="The report counts."),
            Disagreement("b", "2", "", note="It was left blank."),
        ),
    )
    return evolve(
        found,
        assessment=assessment,
        distribution="careassure-x",
        distribution_version="9",
        flags=(Flag("f", "A flag.", certain=True, references=(LAW,)), Flag("g", "Another.", certain=False)),
        margin=Margin(1, 2, FRAME.framework.scale("r").lowest, FRAME.framework.scale("r").highest),
    )


def margin(down: int | None, up: int | None) -> Outcome:
    scale = FRAME.framework.scale("r")
    return evolve(
        frame_outcome(FRAME, BASE["nodes"], "mid", "high", "low", "high"),
        margin=Margin(down, up, scale.lowest if down else None, scale.highest if up else None),
    )


def lengthened(step: Step) -> Step:
    """The same steps with sentences that need several lines each."""
    text = step.text + " and so on" * 12 if step.text else ""
    return evolve(step, text=text, parts=tuple(map(lengthened, step.parts)))


def at_length(found: Outcome) -> Outcome:
    """An outcome with long sentences, a long title and long sources."""
    long = " and so on" * 12
    return evolve(
        found,
        title=found.title + long,
        trace=lengthened(found.trace),
        flags=tuple(evolve(flag, text=flag.text + long) for flag in found.flags),
    )


ANY = [
    {"for": "care", "scale": "r", "rungs": [
        {"grade": grade, "when": {"any_of": [{"any": "scores"}, {"not": {"area": "a", "at_most": "low"}}]}, **RULE}
        for grade in ("mid", "high")]},
    {"for": "overall", "scale": "r", "rungs": [
        {"grade": grade, "when": {"any_of": [{"any": ["care"]}, {"all_of": [{"area": "d"}, {"fact": "open"}]}]}, **RULE}
        for grade in ("mid", "high")]},
]  # fmt: skip
BANDS: list[dict[str, Any]] = [{"for": "overall", "scale": "r", "headline": "percentage",
          "bands": {"measure": "percentage", "mid": 50, "high": 80, "reference": "rules"}}]  # fmt: skip
SHARE = {"many": {"kind": "share", "over": "scores", "grade": "mid", "rounding": "none", **RULE}}
WEIGHED = {"points": {"kind": "mean", "over": "scores", "rounding": "half_up", "weights": {"a": "1/2", "d": 3}, **RULE}}

EXPLANATIONS: dict[str, Callable[[], Outcome]] = {
    "every kind of rule, open": lambda: outcome(OPEN, best=True),
    "every kind of rule, left out": lambda: outcome(LEFT_OUT, odd_thing=True),
    "bands of themes and a cap": lambda: frame_outcome(FRAME, BASE["nodes"], "mid", "high", "low", "high"),
    "something open": lambda: FRAME.assess(
        FRAME.load(BASE | {"flags": []}), {"a": None, "b": 1, "c": NOT_JUDGED, "d": 2}
    ),
    "one percentage": lambda: frame_outcome(FRAME, BANDS, "mid", "high", "low", "high"),
    "a share": lambda: frame_outcome(
        FRAME, [{**BANDS[0], "headline": "many", "bands": {**BANDS[0]["bands"], "measure": "many"}}],
        "mid", "high", "low", "high", measures=SHARE,
    ),
    "a weighed mean": lambda: frame_outcome(
        FRAME, [{"for": "overall", "scale": "r",
                 "bands": {"measure": "points", "mid": 2, "high": "5/2", "reference": "rules"}}],
        "mid", "high", "low", "high", measures=WEIGHED,
    ),
    "a profile": lambda: frame_outcome(FRAME, [], "mid", None, "low", "high"),
    "a profile of themes": lambda: frame_outcome(FRAME, BASE["nodes"][:1], "mid", None, "low", "high"),
    "a scorer of one's own": own,
    "much to note": noted,
    "much to note, at length": lambda: at_length(noted()),
    "every kind of rule, at length": lambda: at_length(outcome(OPEN, best=True)),
    "a scorer of one's own, at length": lambda: at_length(own()),
    "any of several": lambda: frame_outcome(FRAME, ANY, "low", "mid", "low", "high"),
    "any of several, open": lambda: frame_outcome(FRAME, ANY, "low", None, "low", "mid"),
    "no gain": lambda: margin(3, None),
    "no loss": lambda: margin(None, 1),
    "a council": lambda: ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])),
    "a council, open": lambda: ca.assess(ca.Assessment.of("Camden", [None, 1, None, 3, 4, 4, 3, 4, 4])),
}  # fmt: skip


def expected() -> dict[str, str]:
    text = Path(__file__).with_name("explanations.txt").read_text("utf-8")
    return dict(part.split("\n", 1) for part in text.split("### ")[1:])


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_an_explanation_says_what_it_should(name: str) -> None:
    """Every line, in order, with its indent."""
    assert EXPLANATIONS[name]().explain() + "\n" == expected()[name]


def test_every_explanation_is_looked_at() -> None:
    """There is an outcome for each text that is expected."""
    assert list(expected()) == list(EXPLANATIONS)


def test_every_field_of_a_made_outcome_is_as_it_should_be() -> None:
    """A scorer in Python gets the trace, the profile and the flags that its result needs."""
    flags = (Flag("f", "A flag.", certain=False, references=(LAW,)), Flag("x", "Known.", certain=True))
    known = Step("flag", "x", "Known.", True, True)
    found = own()
    low, mid, _ = FRAME.framework.scale("r")
    assert (found.scorer, found.scorer_version, found.title) == ("own", "2", "A scorer of our own")
    assert (found.low, found.high, found.flags, found.profile) == (low, mid, (), Profile.of(found.assessment))
    trace = found.trace
    assert (trace.kind, trace.id, trace.text, trace.low, trace.high, trace.references) == (
        "outcome", "own", "A scorer of our own", low, mid, (BARE,),
    )  # fmt: skip
    [node] = trace.parts
    assert (node.kind, node.id, node.text, node.low, node.high, node.references) == (
        "node", "overall", "The weakest decides.", low, mid, (BARE,),
    )  # fmt: skip
    assert [step.id for step in node.parts] == ["x", "y"]
    made = Outcome.of(
        Own(),
        found.assessment,
        low,
        text="T",
        references=(LAW,),
        steps=(known,),
        flags=flags,
        profile=Profile(),
    )
    assert (made.low, made.high, made.flags, made.profile) == (low, low, flags, Profile())
    fact = Step("fact", "f", "A flag.", False, True)
    assert made.trace.parts[1:] == (Step("flag", "f", "A flag.", False, True, (fact,), (LAW,)),)
