"""Survey a place: in what ways its conditions can come out, over all scores and facts, some of them never given."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from careassure.methods.fit import Fitted
from careassure.methods.formulas import TRUE, Budget, Formula, TooManyError
from careassure.methods.method import Node
from careassure.methods.sight import Packed
from careassure.methods.ways import Counted, Ways, groups_of, height, held_in

MOST_STEPS = 3_000_000
"""So many steps are taken to go through what the places of a method can meet; beyond that the check says what it
did not go through. A second or two."""
MOST_STEPS_OF_ONE = 1_000_000
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
        self._found: dict[tuple[str, bool], Survey] = {}
        self._reached: dict[str, frozenset[int] | None] = {}

    def looks_twice(self, node: Node) -> bool:
        """Whether some inputs of a place rest on the same scores or facts."""
        if all(given for _, given in self.fitted.inputs_of(node.target)):
            return False
        return Ways(self.fitted, groups_of(node), partly=False, budget=self.budget).looks_twice

    def survey(self, node: Node, *, partly: bool = False) -> Survey:
        """Go through everything that the conditions of a place can meet.

        Args:
            node: One of the fitted nodes.
            partly: Whether scores may be left out as well.
        """
        key = (node.target, partly)
        if key not in self._found:
            self._found[key] = self._survey(node, partly=partly)
        return self._found[key]

    def _survey(self, node: Node, *, partly: bool) -> Survey:
        linked = self._tried(node, partly=partly, apart=False)
        if linked.held is not None or not linked.ways.looks_twice:
            return linked
        apart = self._tried(node, partly=partly, apart=True)
        return apart if apart.held is not None else linked

    def _tried(self, node: Node, *, partly: bool, apart: bool) -> Survey:
        budget = Budget(min(MOST_STEPS_OF_ONE, self.budget.left))
        before = budget.left
        ways = Ways(self.fitted, groups_of(node), partly=partly, budget=budget, apart=apart, reached=self.reached)
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

    def reached(self, target: str) -> frozenset[int] | None:
        """The ranks that complete scores can give to a place; None where that is not known."""
        if target not in self._reached:
            node = self.fitted.graded[target]
            found = self.survey(node)
            self._reached[target] = None
            if found.held is not None and found.exact:
                bounds = [bounds_of(node, held) for held, (count, _) in found.held.items() if count]
                self._reached[target] = frozenset(rank for low, high in bounds for rank in range(low, high + 1))
        return self._reached[target]


def bounds_of(node: Node, held: Held) -> tuple[int, int]:
    """The lowest and the highest rank that rules and judgement leave to a place."""
    by_name = {ladder.name: rungs for ladder, rungs in zip(node.ladders, held, strict=True)}
    only = held[0]
    return height(by_name.get("must", only)), height(by_name.get("may", only))


def is_nested(rungs: tuple[Formula, ...]) -> bool:
    """Whether no rung holds above one that does not."""
    return TRUE not in rungs[height(rungs) :]
