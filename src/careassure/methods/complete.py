"""A place of a method where every input is there: what each rank of an input adds to its sums.

It is the plan of a complete assessment, one place at a time: `careassure.methods.margin` asks how far the sums of a
place are from those of another grade. The same sums as a `View` has them, without a factor that all have in common;
`careassure.methods.states` stays the exact account that both are held against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from attrs import evolve, frozen

from careassure.methods.conditions import AtLeast, Condition, FactIs, Measure, mapped, measures_in
from careassure.methods.fit import Fitted, Key
from careassure.methods.method import Node
from careassure.methods.plan import Amount, Source, Test, height
from careassure.methods.states import State, plain
from careassure.methods.sums import CannotLowerError, Sums
from careassure.model.scale import Scale

MOST_CELLS = 250_000
"""For a place with more grades of inputs times comparisons than this, no margin is worked out."""


@frozen
class CompleteNode:
    """A place whose rungs are comparisons of whole numbers, where every input is there.

    Args:
        inputs: Its inputs, each once, as pairs of an id and whether the given score is meant.
        scales: The scale of each input.
        gains: For each input and each rank, what it adds to each sum.
        ladders: The rungs of each ladder, by its name.
        width: How many sums there are.
        points: Whether it looks at one sum of points alone, which is the first.
    """

    inputs: tuple[Key, ...]
    scales: tuple[Scale, ...]
    gains: tuple[tuple[State, ...], ...]
    ladders: tuple[tuple[str, tuple[Test, ...]], ...]
    width: int
    points: bool

    @cached_property
    def unit(self) -> int | None:
        """By how much a point of any input moves the one sum that there is; None where it is not so simple."""
        if not self.points:
            return None
        sizes = {after[0] - before[0] for gains in self.gains for before, after in pairwise(gains)}
        steps = {after.value - before.value for scale in self.scales for before, after in pairwise(scale.grades)}
        return (sizes.pop() or None) if len(sizes) == 1 and steps == {1} else None

    def start(self) -> State:
        """The sums before any input is counted."""
        return (0,) * self.width

    def state(self, ranks: Sequence[int]) -> State:
        """The sums where the inputs have these ranks."""
        state = self.start()
        for gains, rank in zip(self.gains, ranks, strict=True):
            state = tuple(map(int.__add__, state, gains[rank]))
        return state

    def rank(self, state: State, facts: Mapping[str, bool], ladder: int = 0) -> int:
        """The grade that a ladder gives by its sums: the number of rungs up to the first that fails."""
        return height(self.ladders[ladder][1], state, facts)


@lru_cache(maxsize=64)
def complete_nodes(fitted: Fitted, absent: frozenset[Key] = frozenset()) -> dict[str, CompleteNode]:
    """Every place that has a grade, by target, but for those that look at too many things in too many ways.

    Args:
        fitted: The method on its framework.
        absent: Inputs that are left out: what looks at them looks at the others alone, and counts only these.
    """
    found: dict[str, CompleteNode] = {}
    for whole in fitted.nodes:
        node = _without(whole, absent) if absent else whole
        measures = [m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)]
        keys = fitted.inputs_of(node.target) if node.ladders else ()
        if node.ladders and len(measures) * sum(len(fitted.scale_of(*key)) for key in keys) <= MOST_CELLS:
            try:
                found[node.target] = _complete(fitted, node, measures)
            except CannotLowerError:  # a negative weight, which no sound method has
                continue
    return found


def _without(node: Node, absent: frozenset[Key]) -> Node:
    """A place whose measures do not look at some inputs."""

    def narrowed(atom: AtLeast | FactIs) -> Condition:
        if isinstance(atom, FactIs):
            return atom
        inputs = tuple(item for item in atom.measure.inputs if (item.id, item.given) not in absent)
        return evolve(atom, measure=evolve(atom.measure, inputs=inputs))

    return evolve(
        node,
        ladders=tuple(
            evolve(ladder, rungs=tuple(evolve(rung, when=mapped(rung.when, narrowed)) for rung in ladder.rungs))
            for ladder in node.ladders
        ),
    )


def _complete(fitted: Fitted, node: Node, measures: Sequence[Measure]) -> CompleteNode:
    keys = tuple(dict.fromkeys((item.id, item.given) for measure in measures for item in measure.inputs))
    scales = tuple(fitted.scale_of(*key) for key in keys)
    spans = [(0, len(scale) - 1) for scale in scales]
    sources = [
        Source(key[0], scale, key[1], span, span, span, lacking=False)
        for key, scale, span in zip(keys, scales, spans, strict=True)
    ]
    places = {key: place for place, key in enumerate(keys)}
    sums = Sums(sources, lambda item: places[item.id, item.given])
    for measure in measures:  # each has its sum, also where its comparison holds whatever that is
        sums.index(sums.measured(measure)[0])
    ladders = tuple((lad.name, tuple(sums.test(rung.when) for rung in lad.rungs)) for lad in node.ladders)
    points = len({plain(measure) for measure in measures}) == 1 and measures[0].kind in ("percentage", "total", "mean")
    return CompleteNode(keys, scales, _gains(tuple(sums.amounts), scales), ladders, len(sums.amounts), points)


def _gains(amounts: tuple[Amount, ...], scales: tuple[Scale, ...]) -> tuple[tuple[State, ...], ...]:
    adds = [dict(amount.parts) for amount in amounts]
    return tuple(
        tuple(tuple(add[place][rank] if place in add else 0 for add in adds) for rank in range(len(scale)))
        for place, scale in enumerate(scales)
    )
