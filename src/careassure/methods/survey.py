"""Survey a place: in what ways its conditions can come out, over all scores and facts, some of them never given.

Whether a method is sound is a question about every combination of scores, of which there are too many. So they are
counted by what the conditions see of them (`careassure.methods.states`), and each state says which rungs hold. Two
statements worth 0, 1 or 2 each, and two rungs, "the total is at least 2" and "at least 4":

    total     0, 1             2, 3           4
    rungs     neither holds    the first      both
    ways      1 + 2            3 + 2          1

Three ways in which the ladder comes out stand for all nine combinations: in none of them a rung holds above one that
does not, so the rungs are nested, and every grade can be reached. Places that look alike but for names are surveyed
once, and a place that rests on others meets their grades, not the scores below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from careassure.methods.conditions import AtLeast, Condition, FactIs, folded
from careassure.methods.counted import Counted
from careassure.methods.fit import Fitted, Key
from careassure.methods.formulas import TRUE, Budget, Formula, TooManyError
from careassure.methods.method import Node
from careassure.methods.sight import Packed
from careassure.methods.ways import Ways, groups_of, height, held_in

MOST_STEPS = 1_500_000
"""So many steps are taken to go through what the places of a method can meet; beyond that the check says what it
did not go through. A second or two."""
MOST_STEPS_OF_ONE = 600_000
"""So many of these steps are taken for one place."""

Held = tuple[tuple[Formula, ...], ...]
"""For each ladder, whether each rung holds."""


@frozen(eq=False)
class Survey:
    """Every way in which the conditions of a place can come out.

    Args:
        ways: What they see, and how their inputs are linked.
        held: How its ladders come out, each with the number of ways of complete scores and facts that give it (none
            where only scores that never come, or are left out, give it) and the bits of what is left out. None where
            there is too much to go through.
        states: What is seen in complete scores, once for each way in which facts shared with other places matter.
        combinations: How many combinations of scores, or of grades below, there are.
        exact: Whether each way can come about. It is not where inputs are linked and were taken as if they were not.
        reached_states: How many states there are, those of scores that never come or are left out among them.
    """

    ways: Ways
    held: Mapping[Held, tuple[int, int]] | None
    states: tuple[tuple[Held, Counted], ...]
    combinations: int
    exact: bool
    reached_states: int = 0

    @property
    def seen(self) -> int:
        """How many states there are."""
        return len({state for _, states in self.states for state in states})


class Surveyor:
    """Surveys the places of a method, the ones below as they are needed.

    Args:
        fitted: The method on its framework.
        steps: How many steps may be taken.
    """

    def __init__(self, fitted: Fitted, steps: int = MOST_STEPS) -> None:
        self.fitted = fitted
        self.budget = Budget(steps)
        self._found: dict[tuple[object, bool], Survey] = {}
        self._whose: dict[tuple[object, bool], str] = {}
        self._shapes: dict[str, int] = {}
        self._numbers: dict[object, int] = {}
        self._ranks: dict[tuple[str, bool], tuple[frozenset[int], frozenset[int] | None]] = {}

    def looks_twice(self, node: Node) -> bool:
        """Whether some inputs of a place rest on the same scores or facts."""
        if all(given for _, given in self.fitted.inputs_of(node.target)):
            return False
        return Ways(self.fitted, groups_of(node), partly=False, budget=self.budget).looks_twice

    def survey(self, node: Node, *, partly: bool = False, itself: bool = False) -> Survey:
        """Go through everything that the conditions of a place can meet.

        Args:
            node: One of the fitted nodes.
            partly: Whether scores may be left out as well.
            itself: Whether the inputs have to be those of this place; otherwise a place that is alike will do.
        """
        key = (self.shape(node), partly)
        if key not in self._found or (itself and self._whose[key] != node.target):
            self._found[key] = self._survey(node, partly=partly)
            self._whose[key] = node.target
        return self._found[key]

    def shape(self, node: Node) -> object:
        """What can be told of a place but for the names of its inputs; the same for places that are alike."""
        if node.target not in self._shapes:
            keys = self.fitted.inputs_of(node.target)
            places = {key: place for place, key in enumerate(keys)}
            rungs = tuple(tuple(_form(rung.when, places) for rung in ladder.rungs) for ladder in node.ladders)
            names = tuple(ladder.name for ladder in node.ladders)
            leaves_out = self.fitted.method.not_rated == "leave_out"
            below = tuple(
                (self.fitted.scale_of(*key), None if key[1] else self.ranks(key[0], partly=leaves_out)) for key in keys
            )
            own = node.target if self.looks_twice(node) else ""
            told = (node.scale, own, below, names, rungs, self.fitted.is_hollow(node.target))
            self._shapes[node.target] = self._numbers.setdefault(told, len(self._numbers))
        return self._shapes[node.target]

    def _survey(self, node: Node, *, partly: bool) -> Survey:
        linked = self._tried(node, partly=partly, apart=False)
        if linked.held is not None or not linked.ways.looks_twice:
            return linked
        apart = self._tried(node, partly=partly, apart=True)
        return apart if apart.held is not None else linked

    def _tried(self, node: Node, *, partly: bool, apart: bool) -> Survey:
        budget = Budget(min(MOST_STEPS_OF_ONE, self.budget.left))
        before = budget.left
        ways = Ways(
            self.fitted,
            groups_of(node),
            partly=partly,
            budget=budget,
            apart=apart,
            ranks=lambda name: self.ranks(name, partly=partly),
        )
        try:
            return self._gone_through(node, ways)
        except TooManyError:
            return Survey(ways, None, (), ways.combinations, exact=False)
        finally:
            self.budget.left -= before - max(budget.left, 0)

    def _gone_through(self, node: Node, ways: Ways) -> Survey:
        held: dict[Held, tuple[int, int]] = {}
        complete: list[tuple[Held, Counted]] = []
        met: set[Packed] = set()
        for settings, rules, states in ways.through():
            memo: dict[int, list[tuple[Held, int]]] = {}
            met.update(states)
            for packed, (count, left) in states.items():
                if ways.top.is_empty(packed) and not self.fitted.is_hollow(node.target):
                    continue
                truths = ways.top.truths(packed)
                if truths not in memo:
                    memo[truths] = list(held_in(ways.formulas, rules, truths, ways.budget).items())
                for way, times in memo[truths]:
                    found = held.get(way, (0, left))
                    fewer = left if left.bit_count() < found[1].bit_count() else found[1]
                    held[way] = (found[0] + settings * count * times, fewer)
            complete.append((rules, {state: found for state, found in states.items() if found[0]}))
        return Survey(ways, held, tuple(complete), ways.combinations, ways.exact, len(met))

    def ranks(self, target: str, *, partly: bool) -> tuple[frozenset[int], frozenset[int] | None]:
        """The ranks that a place can have at all, and those that complete scores can give it; None: not known.

        Args:
            target: The place.
            partly: Whether scores may be left out.
        """
        if (target, partly) not in self._ranks:
            node = self.fitted.graded[target]
            every = frozenset(range(len(self.fitted.scale_of(target, given=False))))
            full, any_ = self.survey(node), self.survey(node, partly=partly)
            reached = _ranks_of(node, full.held, complete=True) if full.exact else None
            whole = self.fitted.can_be_whole(target)
            possible = None if whole else _ranks_of(node, any_.held, complete=False)
            self._ranks[target, partly] = (every if possible is None else possible, reached)
        return self._ranks[target, partly]


def _ranks_of(node: Node, held: Mapping[Held, tuple[int, int]] | None, *, complete: bool) -> frozenset[int] | None:
    if held is None:
        return None
    bounds = [bounds_of(node, way) for way, (count, _) in held.items() if count or not complete]
    return frozenset(rank for low, high in bounds for rank in range(low, max(low, high) + 1))


def _form(condition: Condition, places: Mapping[Key, int]) -> object:
    """What a condition says, with numbers for the names of its inputs."""

    def end(atom: AtLeast | FactIs) -> object:
        if isinstance(atom, FactIs):
            return atom.name, atom.value, atom.default
        measure = atom.measure
        inputs = tuple((places[item.id, item.given], item.weight, item.at) for item in measure.inputs)
        return measure.id, measure.kind, measure.rounding, inputs, atom.threshold, atom.strict

    def opposite(part: object) -> object:
        return "not", part

    def every(parts: Iterator[object]) -> object:
        return "all", *parts

    def some(parts: Iterator[object]) -> object:
        return "any", *parts

    return folded(condition, end, opposite, every, some)


def bounds_of(node: Node, held: Held) -> tuple[int, int]:
    """The lowest and the highest rank that rules and judgement leave to a place."""
    by_name = {ladder.name: rungs for ladder, rungs in zip(node.ladders, held, strict=True)}
    only = held[0]
    return height(by_name.get("must", only)), height(by_name.get("may", only))


def is_nested(rungs: tuple[Formula, ...]) -> bool:
    """Whether no rung holds above one that does not."""
    return TRUE not in rungs[height(rungs) :]
