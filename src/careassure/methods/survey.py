"""Survey a node: every situation that its conditions can meet, scores left out or no reply included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod

from attrs import evolve, frozen

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Not, facts_in
from careassure.methods.fit import Fitted
from careassure.methods.lower import lower_all
from careassure.methods.method import Node
from careassure.methods.states import State, View, merge, view_of

MOST_STATES = 250_000
"""Beyond this many states a node is checked by structure alone, and the report says so."""
MOST_TOGETHER = 20_000
"""Beyond this many combinations, inputs that rest on the same scores are taken as if they did not."""
MOST_PARTIAL = 500
"""Beyond this many ways to leave scores out, they are not gone through."""

Key = tuple[str, bool]


@frozen
class Situation:
    """Something that a node's conditions can meet: a state, the facts, and how many combinations give it."""

    state: State
    facts: Mapping[str, bool]
    count: int


@frozen
class Survey:
    """Every situation of a node.

    Args:
        node: The node, with shares of replies as facts.
        view: What its conditions see.
        situations: Every situation; None where there are too many.
        combinations: How many combinations of scores, or of grades below, there are.
        exact: Whether each situation can come about. It is not where inputs rest on the same scores and
            there are too many of these to take them together.
    """

    node: Node
    view: View
    situations: tuple[Situation, ...] | None
    combinations: int
    exact: bool


def survey(fitted: Fitted, node: Node, *, apart: bool = False) -> Survey:
    """Go through everything that the conditions of a node can meet.

    Args:
        fitted: The method on its framework.
        node: One of its nodes, or what is left of it when some of its inputs are left out.
        apart: Whether to take every input as if nothing linked it to others, which adds situations.
    """
    node, replies = _with_replies_as_facts(node)
    view = view_of(fitted, node)
    together = _Together(fitted, apart=apart)
    blocks = together.blocks(view)
    exact = all(together.size(view, block) <= MOST_TOGETHER for block in blocks)
    if not exact:
        together = _Together(fitted, apart=True)
        blocks = together.blocks(view)
    combinations = prod(together.size(view, block) for block in blocks)
    if not _few(view, combinations):
        return Survey(node, view, None, combinations, exact)
    conditions = [rung.when for ladder in node.ladders for rung in ladder.rungs]
    names = {fact.name for condition in conditions for fact in facts_in(condition)}
    names |= {name for block in blocks if together.linked(view, block) for name in together.facts(view, block)}
    found: list[Situation] = []
    for values in product((False, True), repeat=len(names)):
        facts = dict(zip(sorted(names), values, strict=True))
        if _possible(facts, replies):
            steps = [together.options(view, block, facts) for block in blocks]
            states = merge(view.start(), 1, steps, int.__add__, int.__mul__)
            found += [Situation(state, facts, count) for state, count in states.items()]
    return Survey(node, view, tuple(found), combinations, exact)


def looks_twice(fitted: Fitted, view: View) -> bool:
    """Whether some inputs of a node rest on the same scores, or on facts."""
    together = _Together(fitted)
    return any(together.linked(view, block) for block in together.blocks(view))


def partial_nodes(fitted: Fitted, node: Node) -> list[Node] | None:
    """The node as it is when some of its inputs are left out, once for each way that differs; None: too many."""
    view = view_of(fitted, node)
    by_key = [{(item.id, item.given): item for item in measure.inputs} for measure in view.measures]
    together = _Together(fitted)
    linked = {view.inputs[i] for block in together.blocks(view) if together.linked(view, block) for i in block}
    alike: dict[object, list[Key]] = {}
    for key, scale in zip(view.inputs, view.scales, strict=True):
        places = tuple((items[key].weight, items[key].at) if key in items else None for items in by_key)
        values = tuple(grade.value for grade in scale)
        alike.setdefault((values, places, key if key in linked else None), []).append(key)
    if prod(len(keys) + 1 for keys in alike.values()) > MOST_PARTIAL:
        return None
    found: list[Node] = []
    for counts in product(*(range(len(keys) + 1) for keys in alike.values())):
        present = {key for count, keys in zip(counts, alike.values(), strict=True) for key in keys[:count]}
        if present and len(present) < len(view.inputs):
            found.append(_kept(node, present))
    return found


def _few(view: View, combinations: int) -> bool:
    """Whether the states can be gone through: a bound from the number of values that each measure can have."""
    bound = prod(
        sum(max(gain[index] for gain in gains) - min(gain[index] for gain in gains) for gains in view.gains) + 1
        for index in range(len(view.measures))
    )
    return min(bound, combinations) <= MOST_STATES


class _Together:
    """Inputs that are linked: by scores, as a theme and a statement in it are, or by facts on which grades hang.

    Args:
        fitted: The method on its framework.
        apart: Whether to take every input as if nothing linked it.
    """

    def __init__(self, fitted: Fitted, *, apart: bool = False) -> None:
        self.fitted = fitted
        self.apart = apart
        self.lowered = lower_all(fitted)
        self.nodes = {node.target: node for node in fitted.nodes if node.ladders}

    def leaves(self, key: Key) -> frozenset[str]:
        """The scores that an input rests on."""
        name, given = key
        if given:
            return frozenset((name,))
        return frozenset(leaf for inner in self.lowered[name].view.inputs for leaf in self.leaves(inner))

    def linked(self, view: View, block: list[int]) -> bool:
        """Whether the grades of a block do not come about each by itself."""
        return not self.apart and (len(block) > 1 or bool(self.facts(view, block)))

    def facts(self, view: View, block: list[int]) -> set[str]:
        """The facts on which the grades of a block hang."""
        return {name for index in block for name in self._facts(view.inputs[index])}

    def _facts(self, key: Key) -> set[str]:
        name, given = key
        if given:
            return set()
        rungs = [rung for ladder in self.nodes[name].ladders for rung in ladder.rungs]
        own = {fact.name for rung in rungs for fact in facts_in(rung.when)}
        return own.union(*(self._facts(inner) for inner in self.lowered[name].view.inputs))

    def blocks(self, view: View) -> list[list[int]]:
        """The inputs, those that share scores together."""
        if self.apart:
            return [[index] for index in range(len(view.inputs))]
        blocks: list[tuple[frozenset[str], list[int]]] = []
        for index, key in enumerate(view.inputs):
            leaves, members = self.leaves(key), [index]
            apart = [block for block in blocks if not block[0] & leaves]
            for other, inside in blocks:
                if other & leaves:
                    leaves, members = leaves | other, inside + members
            blocks = [*apart, (leaves, members)]
        return [members for _, members in blocks]

    def size(self, view: View, block: list[int]) -> int:
        """How many combinations a block has."""
        if not self.linked(view, block):
            return len(view.scales[block[0]])
        return prod(len(self.fitted.framework.scale_of(leaf)) for leaf in self._all_leaves(view, block))

    def options(self, view: View, block: list[int], facts: Mapping[str, bool]) -> list[tuple[State, int]]:
        """What a block can add to the state, with the number of combinations that add it."""
        if not self.linked(view, block):
            return [(gain, 1) for gain in view.gains[block[0]]]
        leaves = self._all_leaves(view, block)
        found: Counter[State] = Counter()
        for ranks in product(*(range(len(self.fitted.framework.scale_of(leaf))) for leaf in leaves)):
            by_leaf = dict(zip(leaves, ranks, strict=True))
            grades = [self._grades(view.inputs[index], by_leaf, facts) for index in block]
            for chosen in product(*grades):
                gains = [view.gains[index][rank] for index, rank in zip(block, chosen, strict=True)]
                found[tuple(map(sum, zip(*gains, strict=True)))] += 1
        return list(found.items())

    def _all_leaves(self, view: View, block: list[int]) -> list[str]:
        return sorted(frozenset().union(*(self.leaves(view.inputs[index]) for index in block)))

    def _grades(self, key: Key, ranks: Mapping[str, int], facts: Mapping[str, bool]) -> range:
        """The grades that an input can have for some scores: one, or where judgement decides several."""
        name, given = key
        if given:
            return range(ranks[name], ranks[name] + 1)
        lowered = self.lowered[name]
        inner = [self._grades(place, ranks, facts) for place in lowered.view.inputs]
        ends = []
        for end, ladder in ((0, 0), (-1, min(1, len(lowered.ladders) - 1))):
            gains = [gain[grades[end]] for gain, grades in zip(lowered.view.gains, inner, strict=True)]
            state = tuple(map(sum, zip(lowered.view.start(), *gains, strict=True)))
            ends.append(lowered.rank(state, facts, ladder))
        return range(ends[0], max(ends) + 1)


def _with_replies_as_facts(node: Node) -> tuple[Node, dict[str, tuple[object, Fraction]]]:
    """Whether enough has replied does not follow from the scores that are there, so it is taken both ways."""
    replies: dict[str, tuple[object, Fraction]] = {}

    def changed(condition: Condition) -> Condition:
        match condition:
            case AtLeast(measure, threshold, strict) if measure.kind == "answered":
                least = threshold.value(len(measure.inputs)) + (Fraction(1, 10**9) if strict else 0)
                name = f"replies {len(replies)}"
                replies[name] = ((measure.inputs, measure.rounding), least)
                return FactIs(name)
            case Not(part):
                return evolve(condition, part=changed(part))
            case AllOf(parts) | AnyOf(parts):
                return evolve(condition, parts=tuple(changed(part) for part in parts))
            case _:
                return condition

    ladders = tuple(
        evolve(ladder, rungs=tuple(evolve(rung, when=changed(rung.when)) for rung in ladder.rungs))
        for ladder in node.ladders
    )
    return evolve(node, ladders=ladders), replies


def _possible(facts: Mapping[str, bool], replies: Mapping[str, tuple[object, Fraction]]) -> bool:
    """Whether a higher share of replies never holds without a lower one."""
    return not any(
        facts[high] and not facts[low] and replies[high][0] == replies[low][0] and replies[high][1] >= replies[low][1]
        for high, low in product(replies, replies)
    )


def _kept(node: Node, present: set[Key]) -> Node:
    """The node with these inputs alone."""

    def kept(condition: Condition) -> Condition:
        match condition:
            case AtLeast(measure):
                inputs = tuple(item for item in measure.inputs if (item.id, item.given) in present)
                return evolve(condition, measure=evolve(measure, inputs=inputs))
            case Not(part):
                return evolve(condition, part=kept(part))
            case AllOf(parts) | AnyOf(parts):
                return evolve(condition, parts=tuple(kept(part) for part in parts))
            case FactIs():
                return condition

    return evolve(
        node,
        ladders=tuple(
            evolve(ladder, rungs=tuple(evolve(rung, when=kept(rung.when)) for rung in ladder.rungs))
            for ladder in node.ladders
        ),
    )
