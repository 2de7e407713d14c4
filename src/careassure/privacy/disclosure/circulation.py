"""Whole numbers on the arcs of a network, each within bounds, with as much entering every node as leaving it.

A table with totals is such a network: a cell leads from its row to its column, a row's total into the row, a column's
total out of the column, and the grand total back from the columns to the rows. What a number can be, given bounds for
all the others, is then a question of cycles: it can be another one exactly if a unit can be sent round through it.

A row of two cells that are hidden, 2 and 3, beside their total, 5, which is shown: one more here is one less there.

>>> total, here, there = Arc(0, 1), Arc(1, 0), Arc(1, 0)
>>> Circulation(2, [total, here, there], low=[5, 0, 0], high=[5, None, None], flow=[5, 2, 3]).can_differ(1)
True

Were the 3 shown as well, the other could be nothing but 2, and hiding it would hide nothing.

>>> Circulation(2, [total, here, there], low=[5, 0, 3], high=[5, None, 3], flow=[5, 2, 3]).can_differ(1)
False
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Sequence

from attrs import define, field, frozen


@frozen
class Arc:
    """A number that leads from one node to another.

    Args:
        tail: The node that it leaves.
        head: The node that it enters.
    """

    tail: int
    head: int


@define
class Circulation:
    """A network with a number on each arc.

    Args:
        nodes: How many nodes there are.
        arcs: The arcs.
        low: The least that each may carry.
        high: The most that each may carry; None where there is no bound.
        flow: What each carries.
    """

    nodes: int
    arcs: Sequence[Arc]
    low: list[int]
    high: list[int | None]
    flow: list[int]

    _around: list[list[tuple[int, int, int]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._around = [[] for _ in range(self.nodes)]
        for index, arc in enumerate(self.arcs):
            self._around[arc.tail].append((index, 1, arc.head))
            self._around[arc.head].append((index, -1, arc.tail))

    def has_room(self, index: int, sign: int) -> bool:
        """Whether the number on an arc could rise (+1) or fall (-1) by one within its own bounds."""
        high = self.high[index]
        if sign < 0:
            return self.flow[index] > self.low[index]
        return high is None or self.flow[index] < high

    def can_differ(self, index: int) -> bool:
        """Whether the number on an arc could be another one, everything within its bounds."""
        return self.cheapest(index, lambda arc, sign: 0 if self.has_room(arc, sign) else None) is not None

    def balance(self) -> bool:
        """Move numbers within their bounds until as much enters each node as leaves it; False where none fit.

        Every path is a shortest one (Edmonds and Karp), so that the work depends on the size of the table and not
        on its numbers.
        """
        if any(high is not None and high < low for low, high in zip(self.low, self.high, strict=True)):
            return False
        spare = [0] * self.nodes
        for arc, flow in zip(self.arcs, self.flow, strict=True):
            spare[arc.head] += flow
            spare[arc.tail] -= flow
        for node in range(self.nodes):
            while spare[node] > 0:
                path = self._shortest(node, spare)
                if path is None:
                    return False
                end = self.arcs[path[-1][0]]
                last = end.head if path[-1][1] > 0 else end.tail
                amount = min(spare[node], -spare[last], *(self._room(*step) for step in path))
                for index, sign in path:
                    self.flow[index] += sign * amount
                spare[node] -= amount
                spare[last] += amount
        return True

    def _room(self, index: int, sign: int) -> int:
        """By how much the number on an arc could rise or fall; what is without bound takes all there is."""
        high = self.high[index]
        if sign < 0:
            return self.flow[index] - self.low[index]
        return sum(self.flow) + 1 if high is None else high - self.flow[index]

    def _shortest(self, start: int, spare: Sequence[int]) -> list[tuple[int, int]] | None:
        """The shortest way to a node that lacks something, as arcs with signs; None where there is none."""
        came: dict[int, tuple[int, int, int]] = {start: (start, -1, 0)}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            if spare[node] < 0:
                return _back(came, start, node)
            for index, sign, other in self._around[node]:
                if other not in came and self.has_room(index, sign):
                    came[other] = (node, index, sign)
                    queue.append(other)
        return None

    def cheapest(self, index: int, price: Callable[[int, int], int | None]) -> tuple[int, list[tuple[int, int]]] | None:
        """The cheapest cycle through an arc, as its price and its arcs with signs; None where there is none.

        Args:
            index: The arc.
            price: What it costs to change an arc by +1 or -1; None where it cannot be.
        """
        arc = self.arcs[index]
        found: tuple[int, list[tuple[int, int]]] | None = None
        for start, end, sign in ((arc.head, arc.tail, 1), (arc.tail, arc.head, -1)):
            own = price(index, sign)
            way = None if own is None else self._cheapest(start, end, index, price)
            if own is not None and way is not None and (found is None or own + way[0] < found[0]):
                found = own + way[0], [(index, sign), *way[1]]
        return found

    def _cheapest(
        self, start: int, end: int, without: int, price: Callable[[int, int], int | None]
    ) -> tuple[int, list[tuple[int, int]]] | None:
        """The cheapest way from one node to another (Dijkstra), with what it costs."""
        came: dict[int, tuple[int, int, int]] = {start: (start, -1, 0)}
        best = {start: 0}
        done: set[int] = set()
        queue = [(0, start)]
        while queue:
            so_far, node = heapq.heappop(queue)
            if node in done:
                continue
            if node == end:
                return so_far, _back(came, start, node)
            done.add(node)
            for index, sign, other in self._around[node]:
                cost = None if index == without else price(index, sign)
                if cost is not None and other not in done and so_far + cost < best.get(other, so_far + cost + 1):
                    best[other] = so_far + cost
                    came[other] = (node, index, sign)
                    heapq.heappush(queue, (so_far + cost, other))
        return None


def _back(came: dict[int, tuple[int, int, int]], start: int, node: int) -> list[tuple[int, int]]:
    """The way from the start to a node, read off from where each node was come to."""
    path: list[tuple[int, int]] = []
    while node != start:
        node, index, sign = came[node]
        path.append((index, sign))
    return path[::-1]
