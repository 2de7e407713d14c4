"""The steps of an outcome follow from one another, and a step that does not is found."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from copy import copy, deepcopy
from fractions import Fraction

import pytest
from attrs import astuple, evolve, exceptions, fields
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.trace import Step, StepValue, noted

from .brute import fact_settings
from .cqc import Case, council, either
from .effort import runs
from .frames import Frame
from .oracle import Page, Reading
from .tables import cases, one_of

FEW = runs(0.6)
GIVEN = ("input", "fact", "note")
"""Steps that rest on the assessment and not on other steps."""


@FEW
@given(either)
def test_every_step_follows_from_its_parts(case: Case) -> None:
    """Each step of each outcome can be worked out again from the steps that it names."""
    assess, scores = case
    assert assess(scores).trace.audit() == ()


@FEW
@given(either)
def test_a_noted_step_is_a_step_like_any_other(case: Case) -> None:
    """What the evaluator notes has the fields in their places, and is of the class, equal, hashed and shown alike."""
    assess, scores = case
    trace = assess(scores).trace
    for twin in (pickle.loads(pickle.dumps(trace)), copy(trace), deepcopy(trace)):
        assert (type(twin), twin) == (Step, trace)
    for step in trace.walk():
        made = Step(*astuple(step, recurse=False))
        again = noted(*astuple(step, recurse=False))
        assert type(step) is type(again) is Step
        assert astuple(again, recurse=False) == astuple(step, recurse=False)
        assert (again, hash(again), repr(again)) == (made, hash(made), repr(made))


def test_a_noted_step_leaves_out_what_a_step_leaves_out() -> None:
    """Both have the same fields with the same values where none are given, and both are closed."""
    bare = noted("note", "a", "b")
    assert bare == Step("note", "a", "b")
    for field in fields(Step):
        with pytest.raises(exceptions.FrozenInstanceError):
            setattr(bare, field.name, None)
    with pytest.raises(exceptions.FrozenInstanceError):
        bare.other = 1  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]


def paths(step: Step, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Step]]:
    """Every step with the way to it."""
    yield path, step
    for place, part in enumerate(step.parts):
        yield from paths(part, (*path, place))


def replaced(step: Step, path: tuple[int, ...], new: Step) -> Step:
    """The same steps with one exchanged."""
    if not path:
        return new
    parts = list(step.parts)
    parts[path[0]] = replaced(parts[path[0]], path[1:], new)
    return evolve(step, parts=tuple(parts))


def other_value(value: StepValue, grades: list[ca.Grade]) -> StepValue:
    """A value of the same kind that is not this one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Fraction):
        return value + 1
    if isinstance(value, ca.Grade):
        return next(grade for grade in grades if grade != value and grade.scale == value.scale)
    return Fraction(1)


@st.composite
def outcomes(draw: st.DrawFn, *, high: bool = False) -> tuple[Frame, ca.Outcome]:
    """The outcome of a random method for random scores, with ``high`` more often for the highest."""
    frame, table = draw(cases())
    ranks = {leaf: range(len(frame.grades_of(leaf))) for leaf in frame.leaves}
    leaves = {leaf: draw(one_of((*every, *[every[-1]] * (9 if high else 0)))) for leaf, every in ranks.items()}
    facts = draw(st.sampled_from(fact_settings(table)))
    assume(Reading(Page(frame, table), leaves, facts).sound)
    return frame, frame.assess(frame.load(table), leaves, facts)


@runs(1)
@given(outcomes(), st.data())
def test_a_step_that_was_tampered_with_is_found(case: tuple[Frame, ca.Outcome], data: st.DataObject) -> None:
    """Another value at either side of any step that is worked out is noticed, and the step is named."""
    frame, outcome = case
    path, step = data.draw(st.sampled_from([(p, s) for p, s in paths(outcome.trace) if s.kind not in GIVEN]))
    side = data.draw(st.sampled_from(("low", "high")))
    grades = [grade for scale in frame.framework.scales for grade in scale]
    value = other_value(getattr(step, side), grades)
    changed = evolve(step, low=value) if side == "low" else evolve(step, high=value)
    findings = replaced(outcome.trace, path, changed).audit()
    assert any(finding.startswith(f"{step.kind} {step.id}: {side} is ") for finding in findings)


@runs(0.7)
@given(outcomes(high=True), st.data())
def test_a_part_that_was_taken_away_is_found(case: tuple[Frame, ca.Outcome], data: st.DataObject) -> None:
    """A rung that is cut out of a ladder below its top, or an input with points out of a sum, is noticed."""
    _, outcome = case
    cuts = [
        (path, step, place)
        for path, step in paths(outcome.trace)
        for place, part in enumerate(step.parts)
        if (step.kind == "total" and getattr(part.low, "value", 0) * part.weight)
        or (step.kind == "ladder" and part.high is True and place == len(step.parts) - 1)
    ]
    assume(cuts)
    path, step, place = data.draw(st.sampled_from(cuts))
    fewer = evolve(step, parts=(*step.parts[:place], *step.parts[place + 1 :]))
    assert replaced(outcome.trace, path, fewer).audit()


@FEW
@given(st.lists(st.integers(1, 4), min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 3))
def test_a_score_that_was_tampered_with_is_found(scores: list[int], place: int, more: int) -> None:
    """A score exchanged inside the sum of nine no longer gives the sum, and that is noticed."""
    value = (scores[place] + more - 1) % 4 + 1
    trace = council(scores).trace
    scale = ca.framework("cqc-la").scale("cqc-score")
    inputs = [(path, step) for path, step in paths(trace) if step.kind == "input" and path[-1] == place and step.weight]
    path, step = next((p, s) for p, s in inputs if s.id == ca.framework("cqc-la").statements[place].id)
    changed = evolve(step, low=scale.grades[value - 1])
    assert any(
        finding.startswith("percentage percentage: low is ") for finding in replaced(trace, path, changed).audit()
    )


def test_a_threshold_that_was_tampered_with_is_found() -> None:
    """A band whose edge was moved past the score no longer gives its grade, and that is noticed."""
    trace = council([3] * 9).trace
    path, step = next((p, s) for p, s in paths(trace) if s.kind == "at_least" and s.threshold == 63)
    assert replaced(trace, path, evolve(step, threshold=Fraction(76))).audit() == (
        "at_least percentage: low is True, its parts give False",
        "at_least percentage: high is True, its parts give False",
    )


def test_every_rule_in_a_trace_has_a_sentence_and_a_source() -> None:
    """Each rung and each notice in a trace carries its rule in words and where it stands."""
    rules = [step for step in council([1, 2, 3, 4, 1, 2, 3, 4, 2]).trace.walk() if step.kind in ("rung", "flag")]
    assert len(rules) == 4
    assert all(rule.text.endswith(".") and rule.references for rule in rules)


def test_a_step_can_be_found_by_kind_and_name() -> None:
    """A trace gives the first step of a kind and name, or nothing."""
    trace = council([3] * 9).trace
    rung = trace.find("rung", "overall.good")
    assert rung is not None
    assert rung.low is True
    assert trace.find("rung", "overall.splendid") is None
    assert trace.find("outcome") is trace
