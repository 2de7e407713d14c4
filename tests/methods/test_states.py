"""Scores counted into states: nothing that the conditions can see is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given

from careassure.methods.complete import CompleteNode, complete_nodes
from careassure.methods.fit import fit
from careassure.methods.states import State, View, view_of

from .brute import fact_settings
from .effort import runs
from .frames import Frame
from .oracle import LOW, Page, Reading
from .tables import cases

Case = tuple[Frame, Mapping[str, Any]]


def state_of(view: View | CompleteNode, reading: Reading) -> State:
    """The state of a view for the grades that a reading finds."""
    state = view.start()
    for (name, given_), gains in zip(view.inputs, view.gains, strict=True):
        place = reading.read(name, given_, LOW)
        assert place is not None
        state = tuple(map(int.__add__, state, gains[place[0]]))
    return state


@runs(0.6)
@given(cases())
def test_states_count_every_combination_once(case: Case) -> None:
    """The states of a node together stand for every combination of its inputs' grades, each once."""
    frame, table = case
    fitted = fit(frame.load(table), frame.framework)
    for node in fitted.nodes:
        view = view_of(fitted, node)
        assert sum(view.states().values()) == prod(len(scale) for scale in view.scales)


@runs(0.4)
@given(cases())
def test_each_state_is_given_by_as_many_combinations_as_it_says(case: Case) -> None:
    """How many combinations of its inputs' grades give a state is what going through them one by one gives."""
    frame, table = case
    fitted = fit(frame.load(table), frame.framework)
    for node in fitted.nodes:
        view = view_of(fitted, node)
        assume(prod(len(scale) for scale in view.scales) <= 4096)
        counted = Counter(tuple(map(sum, zip(view.start(), *gains, strict=True))) for gains in product(*view.gains))
        assert view.states() == counted


@runs(0.5)
@given(cases())
def test_a_state_gives_the_grade_that_the_scores_give(case: Case) -> None:
    """The grade read off a state, or off whole-number comparisons, is that of the scores it came from."""
    frame, table = case
    fitted = fit(frame.load(table), frame.framework)
    overall = fitted.nodes[-1]
    view, lowered = view_of(fitted, overall), complete_nodes(fitted)["overall"]
    page = Page(frame, table)
    for facts in fact_settings(table):
        for leaves in frame.combinations():
            reading = Reading(page, leaves, facts)
            state, sums = state_of(view, reading), state_of(lowered, reading)
            for place, ladder in enumerate(overall.ladders):
                rank = view.rank(ladder, state, facts)
                assert rank == lowered.rank(sums, facts, place) == reading.climb("overall", ladder.name, LOW)


@runs(0.15)
@given(cases(facts=False))
def test_the_whole_evaluation_agrees_with_the_states(case: Case) -> None:
    """For every combination the evaluation, with all its steps, gives the grade of the state."""
    frame, table = case
    method = frame.load(table)
    fitted = fit(method, frame.framework)
    overall = fitted.nodes[-1]
    view = view_of(fitted, overall)
    page = Page(frame, table)
    for leaves in frame.combinations():
        reading = Reading(page, leaves)
        if reading.sound:
            outcome = frame.assess(method, leaves)
            assert outcome.low is not None
            assert outcome.low.rank == view.rank(overall.ladders[0], state_of(view, reading), {})
