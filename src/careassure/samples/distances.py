"""The exact chance that a random sample is as far from its population as a given one, in whole numbers.

How far is the total variation distance: half the sum, over the codes, of how far each code's share of the sample is
from its share of the population. The codes are put into two halves. For each half the weight of every number drawn with
every sum of differences is kept; the two are then put together by looking up what the other half must add. So a sample
of hundreds over four codes is worked out within a second or two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import accumulate

from careassure.samples.tails import EXACT_UP_TO, hypergeometric_at_least

MOST_STEPS = 1_000_000
"""How many steps for one code the exact probability may take; beyond that it is not worked out."""

_States = dict[tuple[int, int], int]
_Weights = Callable[[int], Sequence[int]]


def chance_without_replacement(held: Sequence[int], counts: Sequence[int]) -> Fraction | None:
    """The probability that a random sample from a population is at least as far from it as these counts.

    Args:
        held: How many of the population have each code.
        counts: How many of the sample have it.

    Returns:
        The exact probability; with two codes and a sample above 2,000 to 150 digits. None where there are too many
        ways to differ.
    """
    used = [place for place, count in enumerate(held) if count]
    held, counts = [held[place] for place in used], [counts[place] for place in used]
    size = sum(counts)
    if len(used) == 1:
        return Fraction(1)
    if len(used) == 2 and size > EXACT_UP_TO:
        return _of_two(held, counts)
    return _chance(held, counts, lambda code: _combinations(held[code], size))


def chance_with_replacement(parts: Sequence[int], counts: Sequence[int]) -> Fraction | None:
    """The same for a population without number, of which each code has a part: whole numbers that stand for shares."""
    used = [place for place, part in enumerate(parts) if part]
    parts, counts = [parts[place] for place in used], [counts[place] for place in used]
    size = sum(counts)
    # The multinomial weights up to the factor that all have in common, as whole numbers.
    falls = list(accumulate(range(size, 0, -1), lambda product, number: product * number, initial=1))[::-1]
    return _chance(parts, counts, lambda code: [parts[code] ** taken * falls[taken] for taken in range(size + 1)])


def _combinations(have: int, most: int) -> list[int]:
    """In how many ways 0, 1, ... things are taken from so many."""
    found = [1]
    for taken in range(most):
        found.append(found[-1] * (have - taken) // (taken + 1) if taken < have else 0)
    return found


def _of_two(held: Sequence[int], counts: Sequence[int]) -> Fraction:
    """Both tails of the number drawn of the first of two codes."""
    total, size = sum(held), sum(counts)
    off = abs(counts[0] * total - size * held[0])
    if not off:
        return Fraction(1)
    low, high = (size * held[0] - off) // total, -(-(size * held[0] + off) // total)
    least, most = max(0, size - held[1]), min(size, held[0])
    above = hypergeometric_at_least(high, held[0], size, total) if high <= most else Fraction(0)
    below = 1 - hypergeometric_at_least(low + 1, held[0], size, total) if low >= least else Fraction(0)
    return above + below


def _chance(held: Sequence[int], counts: Sequence[int], weights: _Weights) -> Fraction | None:
    total, size = sum(held), sum(counts)
    limit = sum(abs(taken * total - size * have) for taken, have in zip(counts, held, strict=True))
    if limit == 0:
        return Fraction(1)
    halves: list[_States] = []
    ways = (range(len(held) // 2), range(len(held) // 2, len(held)))
    if any(len(codes) > 1 and (min(held[codes[0]], size) + 1) * (size + 1) > MOST_STEPS for codes in ways):
        return None  # which is known before the weights are worked out
    for codes in ways:
        states: _States = {(0, 0): 1}
        for code in codes:
            if len(states) * (size + 1) > MOST_STEPS:
                return None
            apart = [abs(taken * total - size * held[code]) for taken in range(size + 1)]
            states = _with_code(states, weights(code), apart, limit)
        halves.append(states)
    return _joined(halves[0], halves[1], size, limit)


def _with_code(states: _States, row: Sequence[int], more: Sequence[int], limit: int) -> _States:
    """The states with one code more; a sum that has reached the limit needs no further telling apart."""
    reached: _States = {}
    for (drawn, apart), weight in states.items():
        for taken in range(len(row) - drawn):
            if row[taken]:
                key = (drawn + taken, min(apart + more[taken], limit))
                reached[key] = reached.get(key, 0) + weight * row[taken]
    return reached


def _joined(one: _States, other: _States, size: int, limit: int) -> Fraction:
    """The share of the weight of both halves together whose differences reach the limit."""
    by_drawn: dict[int, list[tuple[int, int]]] = {}
    for (drawn, apart), weight in other.items():
        by_drawn.setdefault(drawn, []).append((apart, weight))
    tails: dict[int, tuple[list[int], list[int]]] = {}
    for drawn, found in by_drawn.items():
        found.sort()
        sums = list(accumulate((weight for _, weight in reversed(found)), initial=0))[::-1]
        tails[drawn] = [apart for apart, _ in found], sums
    far = whole = 0
    for (drawn, apart), weight in one.items():
        if size - drawn in tails:
            aparts, sums = tails[size - drawn]
            whole += weight * sums[0]
            far += weight * sums[bisect_left(aparts, limit - apart)]
    return Fraction(far, whole)
