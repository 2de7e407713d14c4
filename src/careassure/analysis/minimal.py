"""The smallest things that are enough, and the smallest that are too much to lose.

Whether some scores are enough to settle a result can only come true as more of them are known. So two families say
everything: the smallest sets that are enough, and the largest that are not. What the largest leave out are the
smallest sets whose loss unsettles the result, and each family is exactly the minimal hitting sets of the other
(Reiter, "A theory of diagnosis from first principles", 1987).

Scores that are the same and count the same need not be told apart: only how many of them are known matters. So a set
is a number for each group of such scores, which keeps the search small.

Two of a group of three are enough:

>>> families((3,), lambda numbers: numbers[0] >= 2, Budget(100))
([(2,)], [(1,)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from math import comb, prod

from careassure.methods.formulas import Budget

Numbers = tuple[int, ...]
"""How many scores of each group are known."""
Enough = Callable[[Numbers], bool]

MOST_CELLS = 5_000
"""Up to so many combinations of numbers all are gone through; beyond, the two families are grown from each other."""


def families(sizes: Sequence[int], enough: Enough, budget: Budget) -> tuple[list[Numbers], list[Numbers]]:
    """The smallest numbers that are enough, and the largest that are not.

    Args:
        sizes: How many scores are in each group.
        enough: Whether numbers are enough; true of larger numbers wherever it is true of smaller ones.
        budget: How many steps may be taken; ``enough`` spends its own.

    Raises:
        TooManyError: The budget is used up.
    """
    cells = prod(size + 1 for size in sizes)
    if cells <= min(MOST_CELLS, budget.left):
        budget.spend(cells)
        return _all_tried(sizes, enough)
    return _grown(sizes, enough, budget)


def _all_tried(sizes: Sequence[int], enough: Enough) -> tuple[list[Numbers], list[Numbers]]:
    found: dict[Numbers, bool] = {}
    smallest: list[Numbers] = []
    for numbers in product(*(range(size + 1) for size in sizes)):
        if any(found[fewer] for fewer in _one_fewer(numbers)):
            found[numbers] = True
        else:
            found[numbers] = enough(numbers)
            if found[numbers]:
                smallest.append(numbers)
    largest = [
        numbers
        for numbers, settled in found.items()
        if not settled and all(found[more] for more in _one_more(numbers, sizes))
    ]
    return smallest, largest


def _grown(sizes: Sequence[int], enough: Enough, budget: Budget) -> tuple[list[Numbers], list[Numbers]]:
    """Each candidate is enough, or grows to a largest that is not, which every later candidate has to break.

    Gunopulos, Khardon, Mannila and Toivonen, "Data mining, hypergraph transversals, and machine learning", 1997.
    """
    known: set[Numbers] = set()
    largest: list[Numbers] = []
    candidates: list[Numbers] = [(0,) * len(sizes)]
    while True:
        untried = next((numbers for numbers in candidates if numbers not in known), None)
        if untried is None:
            return candidates, largest
        if enough(untried):
            known.add(untried)
            continue
        grown = list(untried)
        for group, size in enumerate(sizes):
            while grown[group] < size:
                grown[group] += 1
                if enough(tuple(grown)):
                    grown[group] -= 1
                    break
        largest.append(tuple(grown))
        candidates = _broken(candidates, tuple(grown), sizes, budget)


def _broken(candidates: list[Numbers], too_few: Numbers, sizes: Sequence[int], budget: Budget) -> list[Numbers]:
    """The smallest numbers that are above each candidate and not within what is too few."""
    kept = [numbers for numbers in candidates if not _within(numbers, too_few)]
    raised = {
        (*numbers[:group], too_few[group] + 1, *numbers[group + 1 :])
        for numbers in candidates
        if _within(numbers, too_few)
        for group, size in enumerate(sizes)
        if too_few[group] < size
    }
    budget.spend(len(raised) * len(kept) * len(sizes) // 10)
    for numbers in sorted(raised, key=sum):
        if not any(_within(other, numbers) for other in kept):
            kept.append(numbers)
    return kept


def _within(numbers: Numbers, others: Numbers) -> bool:
    return all(map(int.__le__, numbers, others))


def _one_fewer(numbers: Numbers) -> Iterator[Numbers]:
    for group, number in enumerate(numbers):
        if number:
            yield (*numbers[:group], number - 1, *numbers[group + 1 :])


def _one_more(numbers: Numbers, sizes: Sequence[int]) -> Iterator[Numbers]:
    for group, number in enumerate(numbers):
        if number < sizes[group]:
            yield (*numbers[:group], number + 1, *numbers[group + 1 :])


Groups = list[tuple[str, ...]]


def joined(groups: Groups, family: list[Numbers]) -> tuple[Groups, list[Numbers]]:
    """The same sets with fewer groups: two become one where it does not matter from which of them scores are taken.

    Args:
        groups: The members of each group.
        family: How many are taken of each, in each of the sets.
    """
    found, rows = list(groups), set(family)
    first = 0
    while first < len(found):
        second = first + 1
        while second < len(found):
            merged = _merged(first, second, (len(found[first]), len(found[second])), rows)
            if merged is None:
                second += 1
                continue
            rows = merged
            found[first] += found.pop(second)
        first += 1
    return found, sorted(rows, reverse=True)


def _merged(first: int, second: int, sizes: tuple[int, int], rows: set[Numbers]) -> set[Numbers] | None:
    merged: set[Numbers] = set()
    for numbers in rows:
        both = numbers[first] + numbers[second]
        for one in range(max(0, both - sizes[1]), min(sizes[0], both) + 1):
            other = list(numbers)
            other[first], other[second] = one, both - one
            if tuple(other) not in rows:
                return None
        merged.add((*numbers[:first], both, *numbers[first + 1 : second], *numbers[second + 1 :]))
    return merged


def how_many(groups: Groups, numbers: Numbers) -> int:
    """How many sets take these numbers of each group."""
    return prod(comb(len(group), number) for group, number in zip(groups, numbers, strict=True))


def sets_of(groups: Groups, numbers: Numbers) -> Iterator[frozenset[str]]:
    """The sets that take these numbers of each group."""
    for taken in product(*(combinations(group, number) for group, number in zip(groups, numbers, strict=True))):
        yield frozenset(name for part in taken for name in part)
