"""What a share found in a few cases says about all of them, and how many cases would say more.

Every figure here holds for cases drawn at random. Cases that were chosen by criteria and with consent support none of
them: an interval is then the least doubt there is.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal, get_args

from attrs import frozen

from careassure.errors import MissingExtraError, Problem, collecting
from careassure.model.arguments import checked_after
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.samples.arguments import Share, count_problems, share_between
from careassure.samples.sizes import standard_deviations
from careassure.samples.tails import fewest_in_population, unseen_quantile
from careassure.samples.wording import in_words, part_words

IntervalMethod = Literal["wilson", "clopper-pearson", "jeffreys"]
"""``wilson``: from the normal approximation at the share that is sought. ``clopper-pearson``: exact, and never too
narrow. ``jeffreys``: the middle of a posterior with Jeffreys' prior."""


CAUTION = (
    "A sample chosen by criteria and with consent supports no interval and no probability. Those for a random sample "
    "show only part of the doubt."
)
"""What is always said beside a figure that holds for a random sample."""

_METHODS: tuple[IntervalMethod, ...] = get_args(IntervalMethod)


@frozen
class Interval:
    """The shares of all that fit what was found in a sample, were it drawn at random.

    Args:
        low: The lower end, from 0 to 1; exact where the method counts in a population, otherwise an estimate.
        high: The upper end.
        method: How it was worked out.
        level: How often such an interval would hold the true share, from 0 to 1.
        sample: How many were looked at.
        good: How many of them were good.
        population: How many there are in all; None where they are taken to be without number.
    """

    low: Fraction | float
    high: Fraction | float
    method: IntervalMethod
    level: Fraction
    sample: int
    good: int
    population: int | None = None

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The interval in a sentence without its full stop.

        Percentages are to the nearest whole one, a half upwards. An end that is not 0 or 1 has as many decimal places
        as it takes not to look like it.
        """
        everyone = "of all" if self.population is None else f"of all {self.population:,}"
        ends = f"between {part_words(self.low)} and {part_words(self.high)}"
        name = self.method.title()
        return (
            f"{self.good:,} of {self.sample:,} good: {ends} {everyone}, were the "
            f"{in_words(self.sample)} drawn at random ({part_words(self.level, 2)}, {name})"
        )

    def __str__(self) -> str:
        return self.words


@checked_after
def interval(
    good: int,
    sample: int,
    *,
    method: IntervalMethod = "wilson",
    level: Share = 0.95,
    population: int | None = None,
) -> Interval:
    """The shares of all that fit what was found in a sample, were it drawn at random.

    ``wilson`` (Wilson 1927, Journal of the American Statistical Association 22, 209) is short and holds the true share
    about as often as it says, on average over all shares. With a population its variance is multiplied by the finite
    population correction (N - n) / (N - 1), and no end contradicts what the sample itself holds.

    ``clopper-pearson`` (Clopper and Pearson 1934, Biometrika 26, 404) holds it at least as often as it says, whatever
    the share, and so is longer. With a population the tails are hypergeometric, and its ends are numbers of people.

    ``jeffreys`` leaves the same probability out at both ends of the posterior that Jeffreys' prior gives. As is usual
    its lower end is put at 0 where none is good and its upper end at 1 where all are (Brown, Cai and DasGupta 2001,
    Statistical Science 16, 101). With a population the posterior is that of the good ones found and the beta-binomial
    number of those not seen.

    Without a population the last two need scipy, which the extra ``stats`` brings. With one they count, exactly, and
    give whole numbers of people. Where nearly everyone was looked at, the share of the
    sample may be that of no whole number, and so lie between an end and the next number.

    Args:
        good: How many of the sample were good.
        sample: How many were looked at; at least 1.
        method: How to work it out.
        level: How often such intervals are to hold the true share, between 0 and 1.
        population: How many there are in all; None where they are taken to be without number.

    Raises:
        InvalidInputError: The numbers do not fit together; everything that is wrong is listed.
        MissingExtraError: The method needs scipy, and it is not installed.
    """
    with collecting("the interval") as problems:
        problems.extend(count_problems(sample, population))
        if type(good) is not int or good < 0:
            problems.append(Problem("good", f"{good!r} is not a number of cases", "Give a whole number from 0"))
        elif type(sample) is int and good > sample > 0:
            problems.append(Problem("good", f"{good:,} good of {sample:,}", "Give at most as many as the sample holds"))
        if method not in _METHODS:
            problems.append(Problem("method", f"{method!r} is not known", f"Use {join(_METHODS, 'or')}"))
        exact_level = share_between(level, "level", problems)
    tail, bad = (1 - exact_level) / 2, sample - good
    low: Fraction | float
    high: Fraction | float
    if method == "wilson":
        low, high = _wilson(good, sample, tail, population)
    elif population is None:
        low, high = _beta_end(good, bad, method, tail), 1 - _beta_end(bad, good, method, tail)
    else:
        low = Fraction(_counted_end(good, bad, population, method, tail), population)
        high = 1 - Fraction(_counted_end(bad, good, population, method, tail), population)
    return Interval(low, high, method, exact_level, sample, good, population)


def _wilson(good: int, sample: int, tail: Fraction, population: int | None) -> tuple[float, float]:
    squared = standard_deviations(tail) ** 2
    if population is not None:
        squared *= (population - sample) / (population - 1) if population > 1 else 0

    def end(count: int) -> float:
        root = math.sqrt(squared * (squared + 4 * count * (sample - count) / sample))
        low = 2 * count * count / sample / (2 * count + squared + root) if count else 0.0
        return min(max(low, count / population if population else 0.0), count / sample)

    return end(good), max(1 - end(sample - good), good / sample)


def _beta_end(good: int, bad: int, method: IntervalMethod, tail: Fraction) -> float:
    """The lower end without a population: a quantile of the beta distribution."""
    if good == 0:
        return 0.0
    try:
        from scipy.special import betaincinv  # type: ignore[import-untyped]  # scipy comes without types
    except ImportError:
        raise MissingExtraError(
            f"{method} without a population needs scipy, which is not installed",
            hint="Run: pip install scipy, or give the population",
        ) from None
    more = Fraction(1, 2) if method == "jeffreys" else 0
    return float(betaincinv(float(good + more), float(bad + (more or 1)), float(tail)))


def _counted_end(good: int, bad: int, population: int, method: IntervalMethod, tail: Fraction) -> int:
    """The lower end as a number of people."""
    sample = good + bad
    if good == 0:
        return 0
    if method == "clopper-pearson":
        return fewest_in_population(good, sample, population, tail)
    return good + unseen_quantile(good, bad, population - sample, tail)
