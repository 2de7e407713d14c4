"""Tails and quantiles of the distributions that a share found in a sample follows, without a numerical library.

Counts in a finite population are exact: the weights are whole numbers, and where a sample or a population is so large
that they would have thousands of digits, they are kept to 512 bits, which decides every comparison but a tie.
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
_TINY = 1e-300


def beta_below(x: float, a: float, b: float) -> float:
    """The probability that a beta variable is at most ``x``: the regularised incomplete beta function.

    The continued fraction is formula 26.5.8 of Abramowitz and Stegun (1964). The power before it is written with what
    Stirling's formula leaves out, so that no digits are lost where the parameters are large.

    Args:
        x: From 0 to 1.
        a: More than 0.
        b: More than 0.
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x <= (a + 1) / (a + b + 2):
        return _power(x, a, b) * _fraction(x, a, b) / a
    return 1 - _power(1 - x, b, a) * _fraction(1 - x, b, a) / b


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The number below which a beta variable lies with a probability, by halving down to neighbouring floats."""
    low, high = 0.0, 1.0
    while low < (middle := (low + high) / 2) < high:
        if beta_below(middle, a, b) < probability:
            low = middle
        else:
            high = middle
    return high


def _power(x: float, a: float, b: float) -> float:
    """``x**a * (1 - x)**b`` over the beta function of ``a`` and ``b``."""
    total = a + b
    off = x - a / total
    one = a * _log(x * total / a, off * total / a)
    other = b * _log((1 - x) * total / b, -off * total / b)
    shape = math.log(a * b / total / math.tau) / 2
    return math.exp(one + other + shape + _stirling(total) - _stirling(a) - _stirling(b))


def _log(ratio: float, less_one: float) -> float:
    """The logarithm of a ratio, of which near 1 the distance from 1 is known better than itself."""
    return math.log1p(less_one) if 0.5 < ratio < 2 else math.log(max(ratio, _TINY))


def _stirling(x: float) -> float:
    """What Stirling's formula leaves out of the logarithm of the gamma function."""
    if x < 30:
        return math.lgamma(x) - (x - 0.5) * math.log(x) + x - math.log(math.tau) / 2
    square = x * x
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / x


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    ahead, behind = 1.0, 1 - (a + b) * x / (a + 1)
    behind = 1 / (behind if abs(behind) > _TINY else _TINY)
    value = behind
    for step in range(1, 1_000_000):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        change = 1.0
        for term in (even, odd):
            behind = 1 + term * behind
            behind = 1 / (behind if abs(behind) > _TINY else _TINY)
            ahead = 1 + term / ahead
            ahead = ahead if abs(ahead) > _TINY else _TINY
            change = ahead * behind
            value *= change
        if abs(change - 1) < 4e-16:
            break
    return value


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
