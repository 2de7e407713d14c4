"""How near another grade is: the fewest points of score that, gained or lost, change the overall grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Literal

from attrs import frozen

from careassure.methods.complete import CompleteNode, complete_nodes
from careassure.methods.fit import Fitted
from careassure.methods.formulas import Budget, TooManyError
from careassure.methods.method import Node
from careassure.methods.states import State, merge
from careassure.model.outcome import Margin

MOST_STEPS_OF_MARGIN = 1_000_000
"""So many steps are taken to find the fewest points; where that is not enough, no margin is given."""

Way = Literal[1, -1]
Costs = dict[int, int]
"""For each rank that can be reached, the fewest points that it takes."""


def margin_of(fitted: Fitted, here: int, ranks: Mapping[str, int], facts: Mapping[str, bool]) -> Margin:
    """The margin of a result whose scores are all known and whose rules settle the grade.

    Args:
        fitted: The method on its framework.
        here: The rank of the overall grade.
        ranks: The rank of each score, by leaf.
        facts: The facts beside the scores.

    Returns:
        An empty margin where the overall has no grade, where judgement decides it or something that it rests
        on, where it looks inside a statement that was given as a whole, or where there is too much to go through.
    """
    overall = next((node for node in fitted.nodes if node.target == "overall" and node.ladders), None)
    measurer = _Measurer(fitted, ranks, facts)
    if overall is None or not measurer.settled(overall):
        return Margin()
    scale = fitted.scale(overall)
    try:
        up = measurer.nearest(overall, here, 1)
        down = measurer.nearest(overall, here, -1)
    except TooManyError:
        return Margin()
    return Margin(
        down=down[1] if down else None,
        up=up[1] if up else None,
        below=scale.grades[down[0]] if down else None,
        above=scale.grades[up[0]] if up else None,
    )


@frozen
class Stretches:
    """Margins of a grade that hangs on one sum of points alone.

    Args:
        leaves: The scores that are added up.
        starts: Pairs of a number of points and the rank from there on, lowest first.
    """

    leaves: tuple[str, ...]
    starts: tuple[tuple[int, int], ...]


def stretches_of(fitted: Fitted) -> Stretches | None:
    """The stretches of points that give one grade each; None where the overall does not hang on one sum alone.

    Within a stretch the margin is the way to its ends: every point of score moves the sum by as much.
    """
    overall = next((node for node in fitted.nodes if node.target == "overall"), None)
    if overall is None or len(overall.ladders) != 1:
        return None
    if overall.ladders[0].asks_facts:
        return None
    measurer = _Measurer(fitted, {}, {})
    if "overall" not in measurer.lowered:
        return None
    place = measurer.lowered["overall"]
    size = measurer.step(place)
    if size is None:
        return None
    low, high = (sum(scale.grades[end].value for scale in place.scales) for end in (0, -1))
    starts: list[tuple[int, int]] = []
    for points in range(low, high + 1):
        rank = measurer.lowered["overall"].rank((points * size,), {})
        if not starts or starts[-1][1] != rank:
            starts.append((points, rank))
    return Stretches(tuple(name for name, _ in place.inputs), tuple(starts))


class _Measurer:
    def __init__(self, fitted: Fitted, ranks: Mapping[str, int], facts: Mapping[str, bool]) -> None:
        self.fitted = fitted
        self.ranks = ranks
        self.facts = facts
        self.budget = Budget(MOST_STEPS_OF_MARGIN)
        self.nodes = {node.target: node for node in fitted.nodes if node.ladders}
        self.lowered = complete_nodes(fitted)

    def settled(self, node: Node) -> bool:
        """Whether rules and known scores alone give the grade of a node."""
        return (
            len(node.ladders) == 1
            and node.target in self.lowered
            and all(
                key[0] in self.ranks if self._is_score(*key) else self.settled(self.nodes[key[0]])
                for key in self.lowered[node.target].inputs
            )
        )

    def rank(self, node: Node, ranks: Mapping[str, int] | None = None) -> int:
        place = self.lowered[node.target]
        inner = [self._input_rank(key, ranks or self.ranks) for key in place.inputs]
        return place.rank(place.state(inner), self.facts)

    def _input_rank(self, key: tuple[str, bool], ranks: Mapping[str, int]) -> int:
        name, given = key
        return ranks[name] if self._is_score(name, given) else self.rank(self.nodes[name], ranks)

    def _is_score(self, name: str, given: bool) -> bool:
        return given or name not in self.nodes or (name in self.ranks and self._whole(name))

    def _whole(self, name: str) -> bool:
        return bool(self.fitted.statements[name].parts)

    def nearest(self, node: Node, here: int, way: Way) -> tuple[int, int] | None:
        """The rank that is nearest on one side, with its cost; the nearer rank where two cost the same."""
        place = self.lowered[node.target]
        quick = self._quick(place, here, way)
        costs = quick if quick is not None else self._costs(node, way)
        found = [(cost, abs(rank - here), rank) for rank, cost in costs.items() if (rank - here) * way > 0]
        return (min(found)[2], min(found)[0]) if found else None

    def _quick(self, place: CompleteNode, here: int, way: Way) -> Costs | None:
        """The costs of the nearest other rank, where no search is needed; None where one is."""
        size = self.step(place)
        if size is None:
            return None
        for rank, points in self._along(place, way, size):
            if rank != here:
                return {rank: points}
        return {}

    def _along(self, place: CompleteNode, way: Way, size: int) -> Iterator[tuple[int, int]]:
        """The rank after each point, from none on, where one sum of scores has equal weights: each moves it one step.

        Three scores of 2, 2 and 3 come to 7; a point more anywhere to 8, and so on up to the highest that all can be.
        """
        now = sum(
            gains[self._input_rank(key, self.ranks)][0] for key, gains in zip(place.inputs, place.gains, strict=True)
        )
        end = sum(gains[-1 if way > 0 else 0][0] for gains in place.gains)
        for points in range(abs(end - now) // size + 1):
            yield place.rank((now + way * points * size,), self.facts), points

    def step(self, place: CompleteNode) -> int | None:
        """By how much a point of any score moves the one sum that a place has; None where it is not so simple."""
        return place.unit if place.unit is not None and all(self._is_score(*key) for key in place.inputs) else None

    def _costs(self, node: Node, way: Way) -> Costs:
        place = self.lowered[node.target]
        size = self.step(place)
        if size is not None:
            fewest: Costs = {}
            for rank, points in self._along(place, way, size):
                fewest.setdefault(rank, points)
            return fewest
        blocks = self._blocks(place)
        options = [self._options(place, block, way) for block in blocks]
        states = merge(place.start(), 0, options, min, int.__add__, self.budget)
        costs: Costs = {}
        for state, cost in states.items():
            rank = place.rank(state, self.facts)
            costs[rank] = min(cost, costs.get(rank, cost))
        return costs

    def _blocks(self, place: CompleteNode) -> list[list[int]]:
        """Inputs that rest on the same scores belong together."""
        home: dict[str, int] = {}
        members: dict[int, list[int]] = {}
        for index, key in enumerate(place.inputs):
            joined = sorted({home[leaf] for leaf in self._leaves(key) if leaf in home})
            members[index] = [*(other for one in joined for other in members.pop(one)), index]
            for member in members[index] if joined else [index]:
                home |= dict.fromkeys(self._leaves(place.inputs[member]), index)
        return list(members.values())

    def _leaves(self, key: tuple[str, bool]) -> set[str]:
        if self._is_score(*key):
            return {key[0]}
        return {leaf for inner in self.lowered[key[0]].inputs for leaf in self._leaves(inner)}

    def _options(self, place: CompleteNode, block: list[int], way: Way) -> list[tuple[State, int]]:
        if len(block) == 1:
            index = block[0]
            return [(place.gains[index][rank], cost) for rank, cost in self._input_costs(place, index, way).items()]
        leaves = sorted({leaf for index in block for leaf in self._leaves(place.inputs[index])})
        self.budget.spend(10 * prod(len(self._range(leaf, way)) for leaf in leaves))  # each as dear as ten sums
        moved = dict(self.ranks)
        best: dict[State, int] = {}
        for ranks in product(*(self._range(leaf, way) for leaf in leaves)):
            moved.update(zip(leaves, ranks, strict=True))
            state = place.start()
            for index in block:
                rank = self._input_rank(place.inputs[index], moved)
                state = tuple(map(int.__add__, state, place.gains[index][rank]))
            cost = sum(self._points(leaf, moved[leaf]) for leaf in leaves)
            best[state] = min(cost, best.get(state, cost))
        return list(best.items())

    def _input_costs(self, place: CompleteNode, index: int, way: Way) -> Costs:
        name, given = place.inputs[index]
        if self._is_score(name, given):
            return {rank: self._points(name, rank) for rank in self._range(name, way)}
        return self._costs(self.nodes[name], way)

    def _range(self, leaf: str, way: Way) -> range:
        here = self.ranks[leaf]
        return range(here, len(self.fitted.scale_of(leaf, given=True))) if way > 0 else range(here + 1)

    def _points(self, leaf: str, rank: int) -> int:
        grades = self.fitted.scale_of(leaf, given=True).grades
        return abs(grades[rank].value - grades[self.ranks[leaf]].value)
