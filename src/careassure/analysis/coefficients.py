"""Coefficients of agreement between raters, exact: Cohen's weighted kappa, Gwet's AC2 and Krippendorff's alpha.

Grades are given as ranks from 0. Each coefficient is 1 where all agree and 0 where they agree as often as chance would
have it, by its own idea of chance. Kappa takes chance from how often each rater uses each grade: where nearly all
scores are alike it can be near 0 although nearly all agree. AC2 was made for that case, so both are given.

Sources: Cohen, "Weighted kappa", Psychological Bulletin 70, 1968; Gwet, "Handbook of Inter-Rater Reliability", 4th
edition, 2014, chapter 3; Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations
from math import sqrt
from statistics import NormalDist
from typing import Literal

from attrs import frozen

from careassure.model.showing import short_repr

Weights = Literal["quadratic", "linear", "identity"]
Pair = tuple[int, int]
Counts = Mapping[Pair, int]
"""How often the first rater gives one rank and the second another."""


def _weight(one: int, other: int, grades: int, weights: Weights) -> Fraction:
    """How far two grades count as agreeing: 1 where they are the same, 0 where they are furthest apart."""
    if weights == "identity" or grades < 2:
        return Fraction(one == other)
    apart = Fraction(abs(one - other), grades - 1)
    return 1 - (apart if weights == "linear" else apart**2)


def _above_chance(observed: Fraction, chance: Fraction) -> Fraction | None:
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _margins(counts: Counts, grades: int) -> tuple[list[Fraction], list[Fraction]]:
    total = sum(counts.values())
    sums = [[0] * grades, [0] * grades]
    for pair, count in counts.items():
        for side in (0, 1):
            sums[side][pair[side]] += count
    return [Fraction(count, total) for count in sums[0]], [Fraction(count, total) for count in sums[1]]


def _observed(counts: Counts, grades: int, weights: Weights) -> Fraction:
    total = sum(counts.values())
    return sum((_weight(*pair, grades, weights) * count for pair, count in counts.items()), Fraction(0)) / total


def weighted_kappa(counts: Counts, grades: int, weights: Weights = "quadratic") -> Fraction | None:
    """Cohen's weighted kappa of two raters; None where chance alone would have them always agree, or nothing is rated.

    >>> weighted_kappa({(0, 0): 118, (0, 1): 5, (1, 0): 2}, 2)
    Fraction(-4, 171)

    Args:
        counts: How often each pair of ranks was given.
        grades: How many grades there are.
        weights: How far grades that differ count as agreeing.
    """
    if not sum(counts.values()):
        return None
    first, second = _margins(counts, grades)
    chance = sum(
        (one * two * _weight(a, b, grades, weights) for a, one in enumerate(first) for b, two in enumerate(second)),
        Fraction(0),
    )
    return _above_chance(_observed(counts, grades, weights), chance)


def gwet_ac2(counts: Counts, grades: int, weights: Weights = "quadratic") -> Fraction | None:
    """Gwet's AC2 of two raters (AC1 with the weights ``identity``); None where nothing is rated.

    >>> round(float(gwet_ac2({(0, 0): 118, (0, 1): 5, (1, 0): 2}, 2, "identity")), 4)
    0.9408

    Args:
        counts: How often each pair of ranks was given.
        grades: How many grades there are.
        weights: How far grades that differ count as agreeing.
    """
    if not sum(counts.values()) or grades < 2:
        return None
    first, second = _margins(counts, grades)
    share = [(one + two) / 2 for one, two in zip(first, second, strict=True)]
    every = sum((_weight(a, b, grades, weights) for a in range(grades) for b in range(grades)), Fraction(0))
    chance = every / (grades * (grades - 1)) * sum((part * (1 - part) for part in share), Fraction(0))
    return _above_chance(_observed(counts, grades, weights), chance)


def krippendorff_alpha(units: Iterable[Sequence[int | None]], grades: int, *, ordinal: bool = True) -> Fraction | None:
    """Krippendorff's alpha of any number of raters, some of whose scores are missing.

    Args:
        units: For each thing that is rated the rank that every rater gave it, None where a rater gave none.
        grades: How many grades there are.
        ordinal: Whether grades that lie further apart count as differing more; otherwise all differ alike.

    Returns:
        Alpha; None where fewer than two scores can be held against each other, or all are the same.
    """
    shares: dict[Pair, Fraction] = {}
    for unit in units:
        given = [rank for rank in unit if rank is not None]
        for pair in permutations(given, 2) if len(given) > 1 else ():
            shares[pair] = shares.get(pair, Fraction(0)) + Fraction(1, len(given) - 1)
    often = [sum((shares.get((a, b), Fraction(0)) for b in range(grades)), Fraction(0)) for a in range(grades)]
    total = sum(often, Fraction(0))

    def apart(one: int, other: int) -> Fraction:
        if not ordinal:
            return Fraction(one != other)
        low, high = sorted((one, other))
        return (sum(often[low : high + 1], Fraction(0)) - (often[low] + often[high]) / 2) ** 2

    differ = sum((share * apart(*pair) for pair, share in shares.items()), Fraction(0))
    chance = sum(
        (often[a] * often[b] * apart(a, b) for a in range(grades) for b in range(grades) if a != b), Fraction(0)
    )
    return None if not chance else 1 - (total - 1) * differ / chance


@frozen
class TwoRaters:
    """How far two raters agree.

    Args:
        counts: How often each pair of ranks was given, in order of the ranks.
        grades: How many grades there are.
    """

    counts: tuple[tuple[Pair, int], ...]
    grades: int

    __repr__ = short_repr

    @classmethod
    def of(cls, pairs: Iterable[Pair], grades: int) -> TwoRaters:
        """From the pairs of ranks."""
        return cls(tuple(sorted(Counter(pairs).items())), grades)

    @property
    def total(self) -> int:
        """How many things both rated."""
        return sum(count for _, count in self.counts)

    @property
    def same(self) -> int:
        """How many both gave the same grade."""
        return sum(count for (one, other), count in self.counts if one == other)

    @property
    def kappa(self) -> Fraction | None:
        """Cohen's kappa with quadratic weights; None where it cannot be said."""
        return weighted_kappa(dict(self.counts), self.grades)

    @property
    def ac2(self) -> Fraction | None:
        """Gwet's AC2 with quadratic weights; None where it cannot be said."""
        return gwet_ac2(dict(self.counts), self.grades)

    def interval(self, which: Literal["kappa", "ac2"], level: float = 0.95) -> tuple[float, float] | None:
        """An interval for a coefficient by the jackknife, were the things that were rated drawn at random.

        Each thing is left out in turn; how much the coefficient moves gives its standard error.

        Args:
            which: The coefficient.
            level: How often such an interval holds the true value, in large samples.
        """
        function = weighted_kappa if which == "kappa" else gwet_ac2
        every = dict(self.counts)
        whole = function(every, self.grades)
        if whole is None or self.total < 3:
            return None
        without: list[tuple[Fraction, int]] = []
        for pair, count in self.counts:
            found = function({**every, pair: count - 1}, self.grades)
            if found is None:
                return None
            without.append((found, count))
        mean = sum((found * count for found, count in without), Fraction(0)) / self.total
        spread = sum(((found - mean) ** 2 * count for found, count in without), Fraction(0))
        error = sqrt(float(spread * (self.total - 1) / self.total)) * NormalDist().inv_cdf((1 + level) / 2)
        return float(whole) - error, min(1.0, float(whole) + error)  # neither has a lowest value of -1
