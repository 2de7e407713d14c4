"""Random methods on random frameworks, against trying every combination of scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careassure.errors import InvalidMethodError
from careassure.methods.check import check
from careassure.methods.method import Method
from careassure.model.outcome import Outcome, ProfileEntry

from .brute import completions, fact_settings, is_monotone, is_sound, judged, stays_sound
from .effort import runs
from .frames import NOT_JUDGED, Frame
from .oracle import Leaves, Page, Reading
from .tables import cases

Case = tuple[Frame, Mapping[str, Any]]


def loaded(case: Case) -> Method:
    frame, table = case
    return frame.load(table)


@st.composite
def marked(
    draw: st.DrawFn, *, leave_out: bool = False, missing: bool = False, open_: bool = False
) -> tuple[Case, dict[str, Any], dict[str, bool]]:
    """A case with one assessment: scores, some perhaps left out or missing (``open_``: one at least), and facts."""
    leave_out = leave_out or (missing and draw(st.booleans()))
    case = draw(cases(leave_out=leave_out, replies=True, judged=missing))
    frame, table = case
    leaves: dict[str, Any] = {leaf: draw(st.sampled_from(range(len(frame.grades_of(leaf))))) for leaf in frame.leaves}
    other = [None, NOT_JUDGED] if missing else [NOT_JUDGED] if leave_out else []
    for leaf in sorted(leaves) if other else ():
        if draw(st.integers(0, 2)) == 0:
            leaves[leaf] = draw(st.sampled_from(other))
    if open_ and not any(mark is None or (mark == NOT_JUDGED and not leave_out) for mark in leaves.values()):
        leaves[draw(st.sampled_from(sorted(leaves)))] = None
    return case, leaves, draw(st.sampled_from(fact_settings(table)))


@runs(0.6)
@given(cases(overlap=False))
def test_a_check_agrees_with_trying_everything(case: Case) -> None:
    """A method is called sound exactly when every combination has one grade and every grade is reached."""
    frame, table = case
    assert check(loaded(case), frame.framework).ok is is_sound(frame, table)


@runs(0.5)
@given(cases(replies=True, judged=True))
def test_nothing_unsound_is_called_sound(case: Case) -> None:
    """A method that looks at one score in several ways, or at replies or judgement, is called sound only if it is."""
    frame, table = case
    assert check(loaded(case), frame.framework).ok is is_sound(frame, table)


@runs(0.3)
@given(cases(leave_out=True, overlap=False, replies=True))
def test_a_check_agrees_with_leaving_everything_out(case: Case) -> None:
    """Where scores may be left out, a method is sound exactly if no way to leave some out parts its rungs or bounds."""
    frame, table = case
    assert check(loaded(case), frame.framework).ok is (is_sound(frame, table) and stays_sound(frame, table))


@runs(0.3)
@given(cases(leave_out=True, replies=True, judged=True))
def test_nothing_is_called_sound_that_leaving_out_breaks(case: Case) -> None:
    """However its places are linked, no method is called sound whose rungs part when some scores are left out."""
    frame, table = case
    assert check(loaded(case), frame.framework).ok is (is_sound(frame, table) and stays_sound(frame, table))


@runs(0.7)
@given(cases(wild=True))
def test_whatever_loads_is_monotone(case: Case) -> None:
    """No method that can be loaded gives anything a lower grade when a score is raised; others are refused as such."""
    frame, table = case
    try:
        frame.load(table)
        refused = ""
    except InvalidMethodError as error:
        refused = str(error)
    assert "not upward closed" in refused if refused else is_monotone(frame, table)


@runs(1.5)
@given(marked())
def test_every_combination_gets_the_grade_that_its_rules_say(drawn: tuple[Case, Leaves, dict[str, bool]]) -> None:
    """The overall grade, the grade of each place and the flags are what the rules say when read one by one."""
    (frame, table), leaves, facts = drawn
    method = loaded((frame, table))
    reading = Reading(Page(frame, table), leaves, facts)
    if not reading.sound:
        with pytest.raises(InvalidMethodError):
            frame.assess(method, leaves, facts)
        return
    compare(frame, method, leaves, leaves, reading, facts)


@runs(1.2)
@given(marked(leave_out=True))
def test_what_is_not_judged_is_left_out(drawn: tuple[Case, Leaves, dict[str, bool]]) -> None:
    """Where a method leaves out what was not judged, sums, counts and thresholds are those of the rest."""
    (frame, table), marks, facts = drawn
    leaves = {leaf: rank if isinstance(rank, int) else None for leaf, rank in marks.items()}
    reading = Reading(Page(frame, table), leaves, facts)
    assume(reading.sound)
    compare(frame, loaded((frame, table)), marks, leaves, reading, facts)


def compare(
    frame: Frame, method: Method, marks: Mapping[str, Any], leaves: Leaves, reading: Reading, facts: dict[str, bool]
) -> None:
    outcome = frame.assess(method, marks, facts)
    assert ranks_of(outcome) == reading.overall
    for target, grades in reading.found.items():
        if target != "overall":
            assert ranks_of(outcome.profile[target]) == grades
    shown = {flag.id: flag.certain for flag in outcome.flags}
    assert shown == {name: certain for name, (certain, possible) in reading.flags().items() if possible}
    assert outcome.trace.audit() == ()


def ranks_of(result: Outcome | ProfileEntry) -> tuple[int, int] | None:
    return None if result.low is None or result.high is None else (result.low.rank, result.high.rank)


@runs(1)
@given(marked(missing=True, open_=True))
def test_a_missing_score_opens_exactly_what_its_values_can_give(drawn: tuple[Case, Any, dict[str, bool]]) -> None:
    """With scores missing, grades and notices are exactly what the ways to fill them in can give, at every place."""
    (frame, table), marks, facts = drawn
    fixed = {leaf: rank if isinstance(rank, int) else None for leaf, rank in marks.items()}
    leave_out = table["not_rated"] == "leave_out"
    open_ = [leaf for leaf, mark in marks.items() if mark is None or (mark == NOT_JUDGED and not leave_out)]
    page, every = Page(frame, table), []
    for full in completions(frame, table, fixed, open_):
        for reading in judged(page, full, facts):
            assume(reading.sound)
            every.append(reading)
    outcome = frame.assess(loaded((frame, table)), marks, facts)
    for target in every[0].found:
        found = [reading.found[target] or (-1, -1) for reading in every]
        result = ranks_of(outcome if target == "overall" else outcome.profile[target]) or (-1, -1)
        assert result == (min(low for low, _ in found), max(high for _, high in found))
    assert outcome.trace.audit() == ()
    shown = {flag.id: flag.certain for flag in outcome.flags}
    for name in ("flag0", "flag1"):
        holds = {truth for reading in every for truth in reading.flags()[name]}
        assert shown.get(name) == (None if holds == {False} else holds == {True})
