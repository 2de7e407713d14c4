"""Lower conditions to comparisons of whole numbers: no division, no fraction, the same answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from attrs import frozen

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Not, measures_in
from careassure.methods.fit import Fitted
from careassure.methods.states import State, View, view_of
from careassure.model.rounding import apply_rounding


@frozen
class Reaches:
    """Whether the sum or count at a place of the state is ``least`` or more."""

    index: int
    least: int


@frozen
class Every:
    """Whether all parts hold."""

    parts: tuple[Test, ...]


@frozen
class Some:
    """Whether any part holds."""

    parts: tuple[Test, ...]


@frozen
class Opposite:
    """Whether the part does not hold."""

    part: Test


@frozen
class FactPlan:
    """Whether a fact has a value."""

    name: str
    value: bool
    default: bool


Test: TypeAlias = Reaches | Every | Some | Opposite | FactPlan


@frozen
class LoweredNode:
    """A node whose rungs are comparisons of whole numbers.

    Args:
        view: What its conditions see of its inputs.
        ladders: The rungs of each ladder, by its name.
    """

    view: View
    ladders: tuple[tuple[str, tuple[Test, ...]], ...]

    def rank(self, state: State, facts: Mapping[str, bool], ladder: int = 0) -> int:
        """The grade that a ladder gives in a state: the number of rungs up to the first that fails."""
        rungs = self.ladders[ladder][1]
        return next((rank for rank, rung in enumerate(rungs) if not holds(rung, state, facts)), len(rungs))


MOST_CELLS = 250_000
"""For a place with more grades of inputs times comparisons than this, no margin is worked out."""


@lru_cache(maxsize=64)
def lower_all(fitted: Fitted) -> dict[str, LoweredNode]:
    """Every node that has a grade, lowered, by target; but for those that look at too many things in too many ways."""
    lowered: dict[str, LoweredNode] = {}
    for node in fitted.nodes:
        if node.ladders:
            keys = fitted.inputs_of(node.target)
            measures = [m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)]
            if len(measures) * sum(len(fitted.scale_of(*key)) for key in keys) > MOST_CELLS:
                continue
            view = view_of(fitted, node)
            ladders = tuple((lad.name, tuple(lower(rung.when, view) for rung in lad.rungs)) for lad in node.ladders)
            lowered[node.target] = LoweredNode(view, ladders)
    return lowered


def lower(condition: Condition, view: View) -> Test:
    """A condition as a comparison of whole numbers, for assessments in which every input is there."""
    match condition:
        case AtLeast(measure, threshold, strict):
            index = view.index(measure)
            wanted = threshold.value(len(measure.inputs))

            def enough(amount: int) -> bool:
                state = tuple(amount if place == index else 0 for place in range(len(view.measures)))
                found = apply_rounding(view.value(measure, state), measure.rounding)
                return found > wanted if strict else found >= wanted

            return Reaches(index, _least(enough, view.most[index]))
        case Not(part):
            return Opposite(lower(part, view))
        case AllOf(parts):
            return Every(tuple(lower(part, view) for part in parts))
        case AnyOf(parts):
            return Some(tuple(lower(part, view) for part in parts))
        case FactIs(name, value, default):
            return FactPlan(name, value, default)


def holds(test: Test, state: State, facts: Mapping[str, bool]) -> bool:
    """Whether a lowered condition holds in a state."""
    match test:
        case Reaches(index, least):
            return state[index] >= least
        case Every(parts):
            return all(holds(part, state, facts) for part in parts)
        case Some(parts):
            return any(holds(part, state, facts) for part in parts)
        case Opposite(part):
            return not holds(part, state, facts)
        case FactPlan(name, value, default):
            return facts.get(name, default) is value


def _least(enough: Callable[[int], bool], most: int) -> int:
    """The least amount that is enough, found by halving; ``most + 1`` where none is."""
    low, high = 0, most + 1
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return low
