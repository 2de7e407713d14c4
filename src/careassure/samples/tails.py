"""Tails and quantiles of counts in a finite population, by whole numbers alone.

They are exact, so that a tie is decided as it should be, which sums of floats cannot promise: the weights are whole
numbers, and where a sample or a population is so large that they would have thousands of digits, they are kept to 512
bits, which decides every comparison but a tie.

Of a population of 4, of which 2 are good, a sample of 2 holds 0, 1 or 2 good ones in 1, 4 and 1 of its 6 ways. The
weights are worked out from the largest, 4, outwards, each by its ratio to the one before.

>>> str(hypergeometric_at_least(1, have=2, sample=2, population=4))
'5/6'
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate

EXACT_UP_TO = 2_000
"""Up to how many cases the weights keep all their digits."""
_BITS = 512


def hypergeometric_at_least(drawn: int, have: int, sample: int, population: int) -> Fraction:
    """The probability that a random sample holds at least ``drawn`` of the ``have`` that the population holds."""
    low, high = max(0, sample - (population - have)), min(sample, have)
    if drawn <= low:
        return Fraction(1)
    mode = min(max((sample + 1) * (have + 1) // (population + 2), low), high)
    exact = sample <= EXACT_UP_TO
    top = math.comb(have, mode) * math.comb(population - have, sample - mode) if exact else 1 << _BITS

    def up(count: int) -> tuple[int, int]:
        return (have - count) * (sample - count), (count + 1) * (population - have - sample + count + 1)

    weights = _weights(top, mode, low, high, up)
    return Fraction(sum(weights[drawn - low :]), sum(weights))


def fewest_in_population(good: int, sample: int, population: int, tail: Fraction) -> int:
    """The smallest number in the population of which a random sample shows ``good`` or more with more than ``tail``.

    The probability grows with the number, so that halving finds it: the lower end of Clopper and Pearson's interval.
    """
    low, high = good, population - (sample - good)
    while low < high:
        middle = (low + high) // 2
        if hypergeometric_at_least(good, middle, sample, population) > tail:
            high = middle
        else:
            low = middle + 1
    return low


def unseen_quantile(good: int, bad: int, unseen: int, tail: Fraction) -> int:
    """The smallest number of good ones among those not seen whose posterior probability up to it reaches ``tail``.

    With Jeffreys' prior that number is beta-binomial with the parameters good + 1/2 and bad + 1/2, whose weights are
    whole numbers up to a common factor. At least one was seen, so that they rise to one mode and fall.
    """
    rise, fall = 2 * good - 1, 2 * bad - 1
    if good == 0 or bad == 0:
        mode = 0 if good == 0 else unseen
    else:
        mode = min(max(-((fall - unseen * rise) // (rise + fall)), 0), unseen)
    top = 1 << _BITS
    if unseen <= EXACT_UP_TO:
        seen_good = math.prod(2 * (good + step) + 1 for step in range(mode))
        seen_bad = math.prod(2 * (bad + step) + 1 for step in range(unseen - mode))
        top = math.comb(unseen, mode) * seen_good * seen_bad

    def up(count: int) -> tuple[int, int]:
        return (unseen - count) * (2 * (good + count) + 1), (count + 1) * (2 * (bad + unseen - count) - 1)

    weights = _weights(top, mode, 0, unseen, up)
    sums = list(accumulate(weights))
    return bisect_left(sums, math.ceil(tail * sums[-1]))


def _weights(top: int, mode: int, low: int, high: int, up: Callable[[int], tuple[int, int]]) -> list[int]:
    """The weights from ``low`` to ``high``, from the largest outwards, by the ratio of each to the one before it."""
    above, below = [top], list[int]()
    for count in range(mode, high):
        numerator, denominator = up(count)
        above.append(above[-1] * numerator // denominator)
    last = top
    for count in range(mode - 1, low - 1, -1):
        numerator, denominator = up(count)
        last = last * denominator // numerator
        below.append(last)
    return below[::-1] + above
