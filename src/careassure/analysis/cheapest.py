"""The cheapest ways into a grade: other scores that cost the least together, all of them.

A grade is reached at the lowest that is possible where it has to be certain. Every rung can only come true when scores
rise, so to reach a grade scores only rise, and to fall to one they only fall. What scores add to the sums of a place
is all that its rungs see: ways that come to the same sums are kept together, and the dearer ones are forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import product
from math import prod
from typing import NamedTuple

from attrs import frozen

from careassure.analysis.deciding import Asked, Deciding, Ruled
from careassure.methods.complete import CompleteNode
from careassure.methods.formulas import Budget
from careassure.methods.states import State
from careassure.model.showing import short_repr

Price = Callable[[str, int, int], Fraction | int]
"""What it costs to give a score another rank than the one that it has, in this order."""
Found = tuple[tuple[str, int], ...]
"""The scores that change, each with its other rank."""

MOST_STEPS = 3_000_000
MOST_QUESTIONS = 5_000
"""A scorer that is written in Python is asked so often, and no more."""
_BLOCK = 10
"""One combination of linked scores is as dear as so many sums."""


@frozen(eq=False)
class Ways:
    """Ways to change scores, counted at once and listed when they are wanted.

    Args:
        count: How many there are.
        one: The change, where there is just that.
        both: Ways of which each is followed by each of the next.
        any_of: Ways of which one is taken.
    """

    count: int
    one: Found | None = None
    both: tuple[Ways, ...] = ()
    any_of: tuple[Ways, ...] = ()

    __repr__ = short_repr

    @classmethod
    def single(cls, change: Found) -> Ways:
        """One way."""
        return cls(1, change)

    @classmethod
    def after(cls, first: Ways, second: Ways) -> Ways:
        """Each of some ways together with each of others."""
        if first.one == ():
            return second
        if second.one == ():
            return first
        return cls(first.count * second.count, both=(first, second))

    @classmethod
    def of(cls, ways: Sequence[Ways]) -> Ways:
        """Any of several ways."""
        return ways[0] if len(ways) == 1 else cls(sum(way.count for way in ways), any_of=tuple(ways))

    def listed(self) -> Iterator[Found]:
        """The ways, one after the other."""
        if self.one is not None:
            yield self.one
        elif self.both:
            for first in self.both[0].listed():
                for second in self.both[1].listed():
                    yield first + second
        else:
            for way in self.any_of:
                yield from way.listed()


NO_CHANGE = Ways.single(())


class Cheapest(NamedTuple):
    """What it costs at the least, in which ways, and the ranks that these give."""

    cost: Fraction | int
    ways: Ways
    ranks: tuple[int, ...]


def cheapest(decider: Deciding, wanted: int, price: Price, *, up: bool) -> Cheapest | None:
    """The cheapest changes by which a place certainly reaches a rank, or, not ``up``, certainly falls to it.

    Returns:
        None where no change of the known scores does.

    Raises:
        TooManyError: There is too much to go through.
    """

    def reached(rank: int) -> bool:
        return rank >= wanted if up else rank <= wanted

    if isinstance(decider, Ruled):
        found = _Search(decider, price, up=up).place(decider.place)
        ends = [(cost, rank, ways) for rank, (cost, ways) in found.items() if reached(rank)]
        if not ends:
            return None
        least = min(cost for cost, _, _ in ends)
        best = [(rank, ways) for cost, rank, ways in ends if cost == least]
        return Cheapest(least, Ways.of([ways for _, ways in best]), tuple(sorted(rank for rank, _ in best)))
    return _asked(decider, reached, price, up=up)


Table = dict[State, tuple[Fraction | int, Ways]]
Option = tuple[State, Fraction | int, Ways]


class _Search:
    """The cheapest ways to every grade of a place, from those of the places and scores on which it rests."""

    def __init__(self, ruled: Ruled, price: Price, *, up: bool) -> None:
        self.ruled = ruled
        self.price = price
        self.up = up
        self.best = not up  # what is not known counts against what is wanted
        self.budget = Budget(MOST_STEPS)

    def place(self, target: str) -> dict[int, tuple[Fraction | int, Ways]]:
        """For every rank that a place can get: what that costs at the least, and in which ways."""
        node = self.ruled.nodes[target]
        states: Table = {node.start(): (0, NO_CHANGE)}
        for block in self._blocks(node):
            states = self._added(states, self._options(node, block), len(node.start()))
        ladder = self.ruled.ladder(target, best=self.best)
        return _cheapest_of(
            (node.rank(state, self.ruled.facts, ladder), cost, ways) for state, (cost, ways) in states.items()
        )

    def _added(self, states: Table, options: Sequence[Option], width: int) -> Table:
        self.budget.spend(len(states) * len(options) * (1 + width // 8))
        return _cheapest_of(
            (tuple(map(int.__add__, state, gain)), cost + more, Ways.after(ways, others))
            for state, (cost, ways) in states.items()
            for gain, more, others in options
        )

    def _blocks(self, node: CompleteNode) -> list[list[int]]:
        """The inputs of a place; those that rest on the same scores belong together."""
        blocks: list[tuple[set[str], list[int]]] = []
        for number, key in enumerate(node.inputs):
            leaves = set(self._leaves(number, node))
            if not leaves:
                leaves = {f"{key}"}
            linked = [block for block in blocks if block[0] & leaves]
            blocks = [block for block in blocks if not block[0] & leaves]
            blocks.append((leaves.union(*(b[0] for b in linked)), [*(n for b in linked for n in b[1]), number]))
        return [numbers for _, numbers in blocks]

    def _leaves(self, number: int, node: CompleteNode) -> Iterator[str]:
        """The known scores on which an input rests."""
        key = node.inputs[number]
        leaf = self.ruled.leaf_of(key)
        if leaf is not None:
            if leaf in self.ruled.at:
                yield leaf
            return
        inner = self.ruled.nodes[key[0]]
        for place in range(len(inner.inputs)):
            yield from self._leaves(place, inner)

    def _moves(self, leaf: str) -> range:
        """The ranks that a known score can be given."""
        here = self.ruled.ranks[self.ruled.at[leaf]]
        return range(here, len(self.ruled.fitted.scale_of(leaf, given=True))) if self.up else range(here + 1)

    def _move(self, leaf: str, rank: int) -> tuple[Fraction | int, Ways]:
        here = self.ruled.ranks[self.ruled.at[leaf]]
        return (0, NO_CHANGE) if rank == here else (self.price(leaf, rank, here), Ways.single(((leaf, rank),)))

    def _options(self, node: CompleteNode, block: list[int]) -> list[Option]:
        """What some inputs can add, each with its cost."""
        if len(block) > 1:
            return self._linked(node, block)
        key, gains = node.inputs[block[0]], node.gains[block[0]]
        leaf = self.ruled.leaf_of(key)
        if leaf is None:
            return [(gains[rank], cost, ways) for rank, (cost, ways) in self.place(key[0]).items()]
        if leaf not in self.ruled.at:
            return [(gains[self.ruled.end(leaf, best=self.best)], 0, NO_CHANGE)]
        return [(gains[rank], *self._move(leaf, rank)) for rank in self._moves(leaf)]

    def _linked(self, node: CompleteNode, block: list[int]) -> list[Option]:
        """Inputs that rest on the same scores: every combination of these is tried."""
        leaves = list(dict.fromkeys(leaf for number in block for leaf in self._leaves(number, node)))
        moves = [self._moves(leaf) for leaf in leaves]
        self.budget.spend(_BLOCK * prod(map(len, moves)))
        ranks: list[int | None] = [*self.ruled.ranks]
        found: list[tuple[State, Fraction | int, Ways]] = []
        for chosen in product(*moves):
            for leaf, rank in zip(leaves, chosen, strict=True):
                ranks[self.ruled.at[leaf]] = rank
            state = node.start()
            for number in block:
                inner = self.ruled.input_rank(node.inputs[number], ranks, best=self.best)
                state = tuple(map(int.__add__, state, node.gains[number][inner]))
            cost: Fraction | int = 0
            change: Found = ()
            for leaf, rank in zip(leaves, chosen, strict=True):
                more, ways = self._move(leaf, rank)
                cost, change = cost + more, change + (ways.one or ())
            found.append((state, cost, Ways.single(change)))
        return [(state, cost, ways) for state, (cost, ways) in _cheapest_of(found).items()]


def _cheapest_of(found: Iterable[tuple[object, Fraction | int, Ways]]) -> dict:  # type: ignore[type-arg]
    kept: dict[object, tuple[Fraction | int, list[Ways]]] = {}
    for key, cost, ways in found:
        before = kept.get(key)
        if before is None or cost < before[0]:
            kept[key] = (cost, [ways])
        elif cost == before[0]:
            before[1].append(ways)
    return {key: (cost, Ways.of(several)) for key, (cost, several) in kept.items()}


def _asked(decider: Asked, reached: Callable[[int], bool], price: Price, *, up: bool) -> Cheapest | None:
    """The same by asking: sets of changes in the order of their cost, until all of the cheapest are found."""
    tops = [len(scale) - 1 if up else 0 for scale in decider.scales]
    if not reached(decider.rank(tops, best=not up)):
        return None
    budget = Budget(MOST_QUESTIONS)
    waiting: list[tuple[Fraction | int, int, Found, int]] = [(0, 0, (), 0)]
    least: Fraction | int | None = None
    found: list[Found] = []
    ranks: set[int] = set()
    number = 0
    while waiting and (least is None or waiting[0][0] <= least):
        cost, _, change, start = heappop(waiting)
        budget.spend(1)
        tried = [*decider.ranks]
        for leaf, rank in change:
            tried[decider.leaves.index(leaf)] = rank
        comes_to = decider.rank(tried, best=not up)
        if reached(comes_to):
            least = cost
            found.append(change)
            ranks.add(comes_to)
            continue
        for place in range(start, len(decider.leaves)):
            leaf, here = decider.leaves[place], decider.ranks[place]
            for rank in range(here + 1, tops[place] + 1) if up else range(here):
                number += 1
                heappush(waiting, (cost + price(leaf, rank, here), number, (*change, (leaf, rank)), place + 1))
    if least is None:
        return None
    return Cheapest(least, Ways.of([Ways.single(change) for change in found]), tuple(sorted(ranks)))
