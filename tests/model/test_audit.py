"""Each step of a trace follows from its parts, by its kind; what does not is told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from careassure.model.scale import Grade
from careassure.model.trace import Step, StepKind
from methods.frames import plain_frame

LOW, MID, HIGH = plain_frame("t: a b", "low mid high").framework.scale("s")


def of(name: str, low: Grade, high: Grade | None = None, weight: int | str = 1) -> Step:
    return Step("input", name, "", low, high or low, weight=Fraction(weight))


def rung(low: Any, high: Any) -> Step:
    return Step("rung", "r", "", low, high, (Step("fact", "f", "", low, high),))


def to(grade: Grade, low: Any, high: Any) -> Step:
    return evolve(rung(low, high), grade=grade)


MEAN = Step("mean", "m", "", Fraction(1), Fraction(5, 2), (of("a", LOW, HIGH, "3/2"), of("b", MID)))
SHARE = Step("percentage", "p", "", Fraction(75), Fraction(75), (of("a", MID), of("b", LOW)), maximum=Fraction(4))
ROUNDED = Step("rounded", "r", "", Fraction(75), Fraction(76), (SHARE,), rounding="half_even")


@pytest.mark.parametrize(
    ("kind", "parts", "more", "low", "high"),
    [
        ("tried", (Step("fact", "", "", False, True),), {}, True, True),
        ("tried", (Step("fact", "", "", False, True),), {}, False, False),
        ("tried", (Step("fact", "", "", True, True),), {}, True, True),
        ("tried", (Step("fact", "", "", False, False),), {}, False, False),
        ("total", (of("a", LOW, HIGH, "3/2"), of("b", MID)), {}, Fraction(7, 2), Fraction(13, 2)),
        ("total", (), {}, Fraction(0), Fraction(0)),
        ("total", (of("a", MID), Step("note", "", "")), {}, Fraction(2), Fraction(2)),
        ("mean", (of("a", LOW, HIGH, 3), of("b", MID)), {}, Fraction(5, 4), Fraction(11, 4)),
        ("mean", (), {}, Fraction(0), Fraction(0)),
        ("mean", (of("a", HIGH, HIGH, 0),), {}, Fraction(0), Fraction(0)),
        ("percentage", (of("a", MID),), {"maximum": Fraction(3)}, Fraction(200, 3), Fraction(200, 3)),
        ("percentage", (of("a", MID),), {}, None, None),
        ("rounded", (ROUNDED,), {"rounding": "down"}, Fraction(75), Fraction(76)),
        ("rounded", (evolve(MEAN, low=Fraction(3, 2)),), {"rounding": "up"}, Fraction(2), Fraction(3)),
        ("rounded", (MEAN,), {}, Fraction(1), Fraction(5, 2)),
        ("rounded", (of("a", MID),), {"rounding": "up"}, MID, MID),
        ("test", (of("a", LOW, HIGH),), {"grade": MID}, False, True),
        ("test", (of("a", MID),), {"grade": MID}, True, True),
        ("test", (of("a", MID),), {}, False, False),
        ("test", (MEAN,), {"grade": MID}, False, False),
        ("count", (rung(True, True), rung(False, True), rung(None, None)), {}, Fraction(1), Fraction(2)),
        ("share", (rung(True, True), rung(False, True), rung(False, False)), {}, Fraction(100, 3), Fraction(200, 3)),
        ("share", (), {}, Fraction(0), Fraction(0)),
        ("at_least", (MEAN,), {"threshold": Fraction(1)}, True, True),
        ("at_least", (MEAN,), {"threshold": Fraction(5, 2)}, False, True),
        ("more_than", (MEAN,), {"threshold": Fraction(1)}, False, True),
        ("more_than", (MEAN,), {"threshold": Fraction(5, 2)}, False, False),
        ("at_least", (MEAN,), {}, None, None),
        ("at_least", (of("a", MID),), {"threshold": Fraction(1)}, None, None),
        ("all", (rung(True, True), rung(False, True)), {}, False, True),
        ("all", (), {}, True, True),
        ("any", (rung(False, True), rung(False, False)), {}, False, True),
        ("any", (), {}, False, False),
        ("not", (rung(False, True),), {}, False, True),
        ("not", (rung(False, False),), {}, True, True),
        ("not", (rung(None, None),), {}, True, True),
        ("rung", (rung(False, True),), {}, False, True),
        ("flag", (rung(False, True),), {}, False, True),
        ("ladder", (to(MID, True, True), to(HIGH, False, True)), {"grade": LOW}, MID, HIGH),
        ("ladder", (to(MID, False, True), to(HIGH, True, True)), {"grade": LOW}, LOW, HIGH),
        ("ladder", (), {"grade": LOW}, LOW, LOW),
        ("node", (Step("ladder", "must", "", LOW, LOW), Step("ladder", "may", "", HIGH, HIGH)), {}, LOW, HIGH),
        ("node", (Step("ladder", "only", "", LOW, MID), Step("note", "must", "", HIGH, HIGH)), {}, LOW, MID),
        ("node", (Step("ladder", "must", "", LOW, LOW), Step("ladder", "only", "", MID, HIGH)), {}, LOW, HIGH),
        ("node", (), {}, MID, HIGH),
        ("outcome", (Step("node", "t", "", HIGH, HIGH), Step("node", "overall", "", LOW, MID)), {}, LOW, MID),
        ("outcome", (Step("node", "t", "", LOW, MID),), {}, None, None),
        ("note", (), {}, LOW, None),
    ],
)  # fmt: skip
def test_a_step_follows_from_its_parts(kind: StepKind, parts: tuple[Step, ...], more: Any, low: Any, high: Any) -> None:
    """By its kind, at each end; another value, or one of another type, is told."""
    step = Step(kind, "x", "", low, high, parts, **more)
    audit = [line for line in step.audit() if line.startswith(f"{kind} x:")]
    assert audit == []
    if kind in ("note", "tried") or (kind == "node" and not parts):
        return
    for side, found in (("low", "z"), ("high", "z"), ("low", None if low is not None else 0)):
        changes: dict[str, Any] = {side: found}
        wrong = evolve(step, **changes)
        right = low if side == "low" else high
        assert wrong.audit()[0] == f"{kind} x: {side} is {found}, its parts give {right}"
    if isinstance(low, bool):
        assert (
            evolve(step, low=Fraction(int(low))).audit()[0].startswith(f"{kind} x: low is {int(low)}, its parts give")
        )


def test_what_was_tried_is_the_same_at_both_ends() -> None:
    """Where its part is open; otherwise it is what its part is."""
    open_, sure = Step("fact", "f", "", False, True), Step("fact", "f", "", True, True)
    assert Step("tried", "x", "", False, True, (open_,)).audit() == (
        "tried x: low is False, its parts give True", "tried x: high is True, its parts give False",
    )  # fmt: skip
    assert Step("tried", "x", "", False, False, (sure,)).audit() == (
        "tried x: low is False, its parts give True", "tried x: high is False, its parts give True",
    )  # fmt: skip
    half = Step("fact", "f", "", None, True)
    assert Step("tried", "x", "", None, True, (half,)).audit() == ()
