"""Whole reports of the check, line by line: what is proved, stated, noted, open and failed, where, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from attrs import evolve

from careassure.methods import survey
from careassure.methods.check import CheckReport, check
from careassure.methods.conditions import Not

from . import base, test_trace_fields
from .base import BASE, RULE
from .frames import Frame, Item, plain_frame, scale_of

Plain = dict[str, Any]
SMALL = plain_frame("t: a b c", "low mid high")
EVERY: Plain = {"every": "scores"}
ANY: Plain = {"any": "scores"}
LITTLE = 500
"""So many steps are too few for what is linked, and enough for it taken apart."""


def ladder(*rungs: Plain) -> Plain:
    keys = ("mid", "high")
    return {"rungs": [{"grade": key, "when": when, **RULE} for key, when in zip(keys, rungs, strict=True)]}


def overall(frame: Frame, node: Plain, *below: Plain, **more: object) -> CheckReport:
    nodes = [*below, {"for": "overall", "scale": "r", **node}]
    return check(frame.load(BASE | {"measures": {}, "flags": [], "nodes": nodes, **more}), frame.framework)


def bounds(must: Sequence[Plain], may: Sequence[Plain], suggest: Sequence[Plain], **more: object) -> CheckReport:
    node = {"must": ladder(*must), "may": ladder(*may), "suggest": ladder(*suggest)}
    return overall(SMALL, node, **more)


def measured(frame: Frame, mid: object, high: object, measure: Plain, **more: object) -> CheckReport:
    bands = {"measure": "m", "mid": mid, "high": high, "reference": "rules"}
    return overall(frame, {"bands": bands}, measures={"m": {**measure, **RULE}}, **more)


def linked(steps: int, **more: object) -> CheckReport:
    """A theme that tells its scores apart, and an overall that looks at it and at the scores in it."""
    frame = plain_frame("t: a b c d; u: l", "low mid high")
    weights = {name: 3**power for power, name in enumerate("abcd")}
    measures = {"m": {"kind": "total", "over": "scores", "weights": weights, **RULE}}
    bands = {"measure": "m", "mid": 80, "high": 100, "reference": "rules"}
    theme: Plain = {"area": "t"}
    every: Plain = {"count": "scores", "at_least": 5}
    node = {"must": ladder(theme, every), "may": ladder(theme, theme), "suggest": ladder(every, every)}
    below = {"for": "t", "scale": "r", "bands": bands}
    with patch.object(survey, "MOST_STEPS_OF_ONE", steps):
        return overall(frame, node, below, measures=measures, version=str(steps), **more)


def short(report: Callable[[], CheckReport]) -> CheckReport:
    """A report for which little may be gone through."""
    with patch.object(survey, "MOST_STEPS_OF_ONE", 2_000):
        return report()


NINE = plain_frame("t: a b c d e f g h i", "low mid high")
WIDE = Frame(
    (Item("t", tuple(Item(f"s{n}") for n in range(7))),),
    {"s": scale_of(*"abcd"), "r": scale_of("low", "mid", "high")},
)
LINKED = plain_frame("t: a b c d e f; u: h i j k l m", "low mid high")
BELOW = {"for": "themes", "scale": "r", **ladder({"every": "statements"}, {"every": "statements"})}


def areas(*grades: str) -> list[Plain]:
    return [{"area": f"s{n}", "at_least": grade} for grade in grades for n in range(7)]


def upside_down() -> CheckReport:
    """A method built by hand, past the reader of files, whose first rung is turned round and has no words."""
    method = SMALL.load(BASE | {"measures": {}, "flags": [], "nodes": [
        {"for": "overall", "scale": "r", **ladder(ANY, EVERY)}]})  # fmt: skip
    node = method.nodes[0]
    first, second = node.ladders[0].rungs
    rungs = (evolve(first, when=Not(first.when), text=""), evolve(second, references=()))
    return check(
        evolve(method, nodes=(evolve(node, ladders=(evolve(node.ladders[0], rungs=rungs),)),)), SMALL.framework
    )


PERCENTAGE: Plain = {"kind": "percentage", "over": "scores", "rounding": "up"}
FOUR: Plain = {"count": "scores", "at_least": 4}
COUNTED: Plain = {"count": "scores", "at_least": {"by_n": {"1": 2, "3": 1}}}

REPORTS: dict[str, Callable[[], CheckReport]] = {
    "every kind of rule": lambda: check(
        test_trace_fields.FRAME.load(test_trace_fields.TABLE), test_trace_fields.FRAME.framework
    ),
    "bands and a cap": lambda: check(base.FRAME.load(BASE), base.FRAME.framework),
    "no rule": lambda: check(SMALL.load(BASE | {"nodes": [], "flags": []}), SMALL.framework),
    "bounds in order": lambda: bounds((EVERY, EVERY), (ANY, ANY), (ANY, ANY)),
    "a suggestion below": lambda: bounds((ANY, ANY), (ANY, ANY), (EVERY, EVERY), not_rated="leave_out"),
    "bounds that cross": lambda: bounds((ANY, ANY), (EVERY, EVERY), (ANY, ANY), not_rated="leave_out"),
    "bounds that cross for one": lambda: bounds(
        (EVERY, EVERY), ({"count": "scores", "at_least": 3}, {"count": "scores", "grade": "high", "at_least": 4}),
        (EVERY, EVERY),
    ),
    "bounds that cross where scores are missing": lambda: bounds(
        (COUNTED, {"count": "scores", "at_least": 4}), (ANY, ANY), (ANY, ANY), not_rated="leave_out"
    ),
    "not nested": lambda: overall(SMALL, ladder(EVERY, ANY)),
    "out of reach": lambda: overall(SMALL, ladder(FOUR, FOUR)),
    "upside down": upside_down,
    "nesting that what is left out breaks": lambda: overall(
        SMALL, ladder(COUNTED, {"any": "scores", "at_least": "high"}), not_rated="leave_out"
    ),
    "many totals": lambda: measured(NINE, 50, 75, PERCENTAGE),
    "a total": lambda: measured(NINE, 62, 90, PERCENTAGE),
    "many totals of a mean": lambda: measured(
        NINE, "3/2", 2, {"kind": "mean", "over": "scores", "rounding": "half_up"}, not_rated="leave_out"
    ),
    "more totals than are told": lambda: measured(
        plain_frame("t: a b c d e f g h i", "a b c d", rating="low mid high"), 2, 3,
        {"kind": "mean", "over": "scores", "rounding": "half_even"},
    ),
    "half points": lambda: measured(
        SMALL, 50, 80, {**PERCENTAGE, "rounding": "half_even", "weights": {"a": "1/2"}}
    ),
    "facts": lambda: overall(SMALL, ladder({"fact": "open"}, {"all_of": [{"fact": "open"}, {"fact": "best"}]})),
    "replies": lambda: measured(SMALL, 50, 100, {"kind": "answered", "over": "scores", "rounding": "down"}),
    "places that are alike": lambda: overall(
        LINKED, ladder({"any": "themes"}, {"every": "themes"}), BELOW, not_rated="leave_out"
    ),
    "a theme and what is in it": lambda: overall(
        LINKED, ladder({"area": "t"}, {"all_of": [{"area": "t"}, {"area": "a"}]}), BELOW, not_rated="leave_out"
    ),
    "linked": lambda: linked(600_000),
    "linked and too many": lambda: linked(LITTLE),
    "linked, too many and left out": lambda: linked(LITTLE, not_rated="leave_out"),
    "too many, nested by structure": lambda: short(lambda: overall(
        WIDE, ladder({"all_of": areas("b")}, {"all_of": areas("b", "c", "d")}), not_rated="leave_out"
    )),
    "too many to go through": lambda: short(lambda: overall(
        WIDE, ladder({"all_of": areas("b", "d")}, {"all_of": areas("c", "b")}), not_rated="leave_out"
    )),
    "too many for bounds": lambda: short(lambda: overall(
        WIDE,
        {"must": ladder({"all_of": areas("b", "d")}, {"all_of": areas("c", "b")}),
         "may": ladder({"all_of": areas("c")}, {"all_of": areas("c", "b")}),
         "suggest": ladder({"all_of": areas("b")}, {"all_of": areas("d", "b")})},
    )),
    "too many for totals": lambda: short(lambda: measured(
        plain_frame("t: a b c d e f", "low mid high"), "3/2", 2,
        {"kind": "mean", "over": "scores", "rounding": "up", "weights": {"a": 3, "b": 9, "c": 27, "d": 81, "e": 243}}
    )),
}  # fmt: skip


def expected() -> dict[str, str]:
    text = Path(__file__).with_name("reports.txt").read_text("utf-8")
    return dict(part.rstrip("\n").split("\n", 1) for part in text.split("# ")[1:])


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_what_it_should(name: str) -> None:
    """Every line of a report: the verdict, the place, the finding and how it was found."""
    assert str(REPORTS[name]()) == expected()[name]


def test_every_report_is_looked_at() -> None:
    """There is a report for each text that is expected."""
    assert list(expected()) == list(REPORTS)
