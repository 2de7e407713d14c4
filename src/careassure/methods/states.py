"""What a node's conditions can see of its inputs, counted: the sums and counts, each once.

Two sets of scores that give every measure the same value cannot be told apart by the conditions. So all
score combinations of a node, however many, fall into a few *states*; a statement about every state is a
statement about every combination.

Two statements of three grades, worth 0, 1 and 2, and one measure, their total: nine combinations, five states.

>>> grades = [((0,), 1), ((1,), 1), ((2,), 1)]
>>> merge((0,), 1, [grades, grades], lambda one, other: one + other, lambda one, other: one * other)
{(0,): 1, (1,): 2, (2,): 3, (3,): 2, (4,): 1}

Ten statements of four grades are a million combinations, and 31 states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import not_
from typing import TypeVar

from attrs import evolve, frozen

from careassure.methods.conditions import AtLeast, Condition, FactIs, Measure, folded, measures_in
from careassure.methods.fit import Fitted
from careassure.methods.formulas import Budget
from careassure.methods.method import Ladder, Node
from careassure.model.rounding import Rounding, apply_rounding
from careassure.model.scale import Scale

State = tuple[int, ...]
"""For each measure of a view, its sum of scaled weights times values, or its count."""

LEFT_OUT, UNANSWERED = -2, -1
"""What an input can be beside a rank: left out, or a score that never comes, which counts as the lowest."""

T = TypeVar("T")


@frozen
class View:
    """The measures of a node as sums over its inputs.

    Args:
        inputs: Its inputs, each once, as pairs of an id and whether the given score is meant.
        scales: The scale of each input.
        measures: The measures, each once, without their rounding.
        scaling: For each measure, what its weights were multiplied by to make them whole.
        most: For each measure, the most that its sum could be, or the number of its inputs for a count.
        gains: For each input and each rank, what it adds to each measure.
    """

    inputs: tuple[tuple[str, bool], ...]
    scales: tuple[Scale, ...]
    measures: tuple[Measure, ...]
    scaling: tuple[int, ...]
    most: tuple[int, ...]
    gains: tuple[tuple[State, ...], ...]

    def start(self) -> State:
        """The state before any input is counted."""
        return (0,) * len(self.measures)

    def index(self, measure: Measure) -> int:
        """The place of a measure in a state."""
        return self.measures.index(plain(measure))

    def value(self, measure: Measure, state: State) -> Fraction:
        """A measure's exact value in a state, before rounding."""
        index = self.index(measure)
        amount = state[index]
        n = len(measure.inputs)
        match measure.kind:
            case "percentage":
                return Fraction(100 * amount, self.most[index] or 1)
            case "total":
                return Fraction(amount, self.scaling[index])
            case "mean":
                return Fraction(amount, int(sum(i.weight for i in measure.inputs) * self.scaling[index]) or 1)
            case "count":
                return Fraction(amount)
            case "share":
                return Fraction(100 * amount, n or 1)
            case "answered":
                return Fraction(100)

    def holds(
        self, condition: Condition, state: State, facts: Mapping[str, bool], rounding: Rounding | None = None
    ) -> bool:
        """Whether a condition holds in a state; ``rounding`` takes the place of every declared one."""

        def end(atom: AtLeast | FactIs) -> bool:
            if isinstance(atom, FactIs):
                return facts.get(atom.name, atom.default) is atom.value
            measure = atom.measure
            how = measure.rounding if rounding is None or measure.rounding == "none" else rounding
            found = apply_rounding(self.value(measure, state), how)
            wanted = atom.threshold.value(len(measure.inputs))
            return found > wanted if atom.strict else found >= wanted

        return folded(condition, end, not_, all, any)

    def rank(self, ladder: Ladder, state: State, facts: Mapping[str, bool], rounding: Rounding | None = None) -> int:
        """The grade that a ladder gives in a state: the number of rungs up to the first that fails."""
        for rank, rung in enumerate(ladder.rungs):
            if not self.holds(rung.when, state, facts, rounding):
                return rank
        return len(ladder.rungs)

    def states(self) -> dict[State, int]:
        """Every state that some combination of grades gives, with the number of such combinations."""
        steps = [[(gain, 1) for gain in gains] for gains in self.gains]
        return merge(self.start(), 1, steps, lambda old, new: old + new, lambda a, b: a * b)


def view_of(fitted: Fitted, node: Node) -> View:
    """The view that all ladders of a node have of its inputs."""
    conditions = [rung.when for ladder in node.ladders for rung in ladder.rungs]
    return view_over(fitted, conditions)


def view_over(fitted: Fitted, conditions: Iterable[Condition]) -> View:
    """The view that some conditions have of their inputs."""
    measures = tuple(dict.fromkeys(plain(measure) for condition in conditions for measure in measures_in(condition)))
    keys = tuple(dict.fromkeys((item.id, item.given) for measure in measures for item in measure.inputs))
    scales = tuple(fitted.scale_of(*key) for key in keys)
    scaling = tuple(measure.whole[1] for measure in measures)
    by_key = [{(item.id, item.given): item for item in measure.inputs} for measure in measures]

    def gain(index: int, key: tuple[str, bool], scale: Scale, rank: int) -> int:
        item = by_key[index].get(key)
        if item is None or measures[index].kind == "answered":
            return 0
        if measures[index].kind in ("count", "share"):
            return int(rank >= item.at)
        return int(item.weight * scaling[index]) * scale.grades[rank].value

    gains = tuple(
        tuple(tuple(gain(index, key, scale, rank) for index in range(len(measures))) for rank in range(len(scale)))
        for key, scale in zip(keys, scales, strict=True)
    )
    most = tuple(
        len(by_key[index]) if measure.kind in ("count", "share", "answered")
        else sum(gain(index, key, scale, len(scale) - 1) for key, scale in zip(keys, scales, strict=True))
        for index, measure in enumerate(measures)
    )  # fmt: skip
    return View(keys, scales, measures, scaling, most, gains)


def merge(
    start: State,
    unit: T,
    steps: Iterable[Sequence[tuple[State, T]]],
    add: Callable[[T, T], T],
    times: Callable[[T, T], T],
    budget: Budget | None = None,
) -> dict[State, T]:
    """Add up inputs one by one, merging equal states.

    Args:
        start: The state before the first input.
        unit: The value that goes with it.
        steps: For each input, what each of its grades adds to the state, with a value.
        add: How the values of two ways to one state are put together.
        times: How the values of two inputs are put together.
        budget: How many steps may be taken; any number where it is None.

    Raises:
        TooManyError: The budget is used up.
    """
    states = {start: unit}
    for options in steps:
        if budget is not None:
            budget.spend(len(states) * len(options) * (1 + len(start) // 8))  # long states take longer
        after: dict[State, T] = {}
        for state, value in states.items():
            for gain, worth in options:
                new = tuple(map(int.__add__, state, gain))
                found = times(value, worth)
                after[new] = add(after[new], found) if new in after else found
        states = after
    return states


def plain(measure: Measure) -> Measure:
    """What a measure counts, without its names and its rounding."""
    return evolve(measure, id="", label="", text="", references=(), rounding="none")
