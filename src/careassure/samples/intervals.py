"""What a share found in a few cases says about all of them, and how many cases would say more.

Every figure here holds for cases drawn at random. Cases that were chosen by criteria and with consent support none of
them: an interval is then the least doubt there is.
"""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist
from typing import Literal, get_args

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked_after
from careassure.model.ids import shown
from careassure.model.numbers import as_shown
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.samples.tails import beta_quantile, fewest_in_population, unseen_quantile

IntervalMethod = Literal["wilson", "clopper-pearson", "jeffreys"]
"""``wilson``: from the normal approximation at the share that is sought. ``clopper-pearson``: exact, and never too
narrow. ``jeffreys``: the middle of a posterior with Jeffreys' prior."""

Share = Fraction | float
"""A part of the whole from 0 to 1; a float stands for the decimal number that it prints as, 0.1 for a tenth."""
LARGEST_SAMPLE = 100_000
"""The largest sample that is reckoned with: exact probabilities have several times as many digits."""
LARGEST_POPULATION = 100_000_000
"""The largest population that is reckoned with."""
DIGITS = 30
"""The most digits of a share."""

CAUTION = (
    "A sample chosen by criteria and with consent supports no interval and no probability: those for a random sample "
    "are the least doubt there is."
)
"""What is always said beside a figure that holds for a random sample."""

_METHODS: tuple[IntervalMethod, ...] = get_args(IntervalMethod)
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


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


def percent(share: Fraction | float, places: int = 0) -> str:
    """A share as a percentage, to the nearest whole one or with so many decimal places, a half upwards.

    >>> percent(Fraction(1, 8)), percent(0.6097), percent(Fraction(999, 1000), 2)
    ('13 %', '61 %', '99.9 %')
    """
    return f"{decimal(Fraction(share) * 100, places)} %"


def part_words(share: Fraction | float, places: int = 0) -> str:
    """A share as a percentage with at least so many places: as many as it takes to look neither like none nor like all.

    >>> part_words(Fraction(61, 100)), part_words(0.9957), part_words(Fraction(1, 5600)), part_words(Fraction(1))
    ('61 %', '99.6 %', '0.02 %', '100 %')
    """
    while (text := percent(share, places)) in {"0 %", "100 %"} and 0 < share < 1:
        places += 1
    return text


def chance_words(chance: Fraction) -> str:
    """A probability as a whole percentage, of which none is called certain or impossible that is not.

    >>> chance_words(Fraction(1, 999)), chance_words(Fraction(53, 100)), chance_words(Fraction(998, 999))
    ('below 1 %', '53 %', 'above 99 %')
    """
    if 0 < chance < Fraction(1, 200):
        return "below 1 %"
    return "above 99 %" if Fraction(199, 200) <= chance < 1 else percent(chance)


def in_words(count: int) -> str:
    """A count as it stands in a sentence: up to ten in a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


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

    With a population the last two give whole numbers of people. Where nearly everyone was looked at, the share of the
    sample may be that of no whole number, and so lie between an end and the next number.

    Args:
        good: How many of the sample were good.
        sample: How many were looked at; at least 1.
        method: How to work it out.
        level: How often such intervals are to hold the true share, between 0 and 1.
        population: How many there are in all; None where they are taken to be without number.

    Raises:
        InvalidInputError: The numbers do not fit together; everything that is wrong is listed.
    """
    problems = _count_problems(sample, population)
    if type(good) is not int or good < 0:
        problems.append(Problem("good", f"{good!r} is no number of cases", "Give a whole number from 0"))
    elif type(sample) is int and good > sample > 0:
        problems.append(Problem("good", f"{good:,} good of {sample:,}", "Give at most as many as the sample holds"))
    if method not in _METHODS:
        problems.append(Problem("method", f"{method!r} is not known", f"Use {join(_METHODS, 'or')}"))
    exact_level = _between(level, "level", problems)
    if problems:
        raise InvalidInputError("the interval", problems)
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
    squared = _z(tail) ** 2
    if population is not None:
        squared *= (population - sample) / (population - 1) if population > 1 else 0

    def end(count: int) -> float:
        root = math.sqrt(squared * (squared + 4 * count * (sample - count) / sample))
        low = 2 * count * count / sample / (2 * count + squared + root) if count else 0.0
        return min(max(low, count / population if population else 0.0), count / sample)

    return end(good), max(1 - end(sample - good), good / sample)


def _beta_end(good: int, bad: int, method: IntervalMethod, tail: Fraction) -> float:
    """The lower end without a population."""
    if good == 0:
        return 0.0
    if method == "clopper-pearson":
        return beta_quantile(float(tail), good, bad + 1)
    return beta_quantile(float(tail), good + 0.5, bad + 0.5)


def _counted_end(good: int, bad: int, population: int, method: IntervalMethod, tail: Fraction) -> int:
    """The lower end as a number of people."""
    sample = good + bad
    if good == 0:
        return 0
    if method == "clopper-pearson":
        return fewest_in_population(good, sample, population, tail)
    return good + unseen_quantile(good, bad, population - sample, tail)


def finite_population_factor(sample: int, population: int) -> float:
    """By how much a standard error shrinks because the population is finite: the root of (N - n) / (N - 1).

    >>> round(finite_population_factor(6, 5_600), 4)
    0.9996

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    problems = _count_problems(sample, population)
    if problems:
        raise InvalidInputError("the finite population factor", problems)
    return math.sqrt((population - sample) / (population - 1)) if population > 1 else 0.0


@checked_after
def chance_of_missing(faulty: int, sample: int, population: int) -> Fraction:
    """The exact probability that a random sample holds none of the faulty ones.

    Args:
        faulty: How many in the population have the fault.
        sample: How many are drawn.
        population: How many there are in all.

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    problems = _count_problems(sample, population, LARGEST_SAMPLE)
    if type(faulty) is not int or faulty < 0:
        problems.append(Problem("faulty", f"{faulty!r} is no number of cases", "Give a whole number from 0"))
    elif type(population) is int and faulty > population:
        problems.append(Problem("faulty", f"{faulty:,} faulty of {population:,}", "Give at most the population"))
    if problems:
        raise InvalidInputError("the chance of missing a fault", problems)
    return _missing(faulty, sample, population)


@checked_after
def chance_of_missing_share(share: Share, sample: int, population: int | None = None) -> Fraction:
    """The exact probability that a random sample misses a fault that affects a share of the population.

    With a population the fault affects at least that share: the smallest whole number of people that is not less than
    it. A fault that affects more is missed less often.

    Args:
        share: The share that the fault affects, from 0 to 1.
        sample: How many are drawn.
        population: How many there are in all; None where they are taken to be without number.

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    problems = _count_problems(sample, population, LARGEST_SAMPLE)
    exact = _between(share, "share", problems, ends=True)
    if problems:
        raise InvalidInputError("the chance of missing a fault", problems)
    return (1 - exact) ** sample if population is None else _missing(math.ceil(exact * population), sample, population)


@checked_after
def cases_to_find(share: Share, certainty: Share = 0.95, population: int | None = None) -> int:
    """The smallest random sample that finds, with at least this certainty, one case of a fault that affects a share.

    Args:
        share: The share that the fault affects, more than 0; with a population at least that share, as in
            `chance_of_missing_share`.
        certainty: The probability to find one case or more, between 0 and 1.
        population: How many there are in all; None where they are taken to be without number.

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    problems = _count_problems(1, population)
    exact = _between(share, "share", problems, ends=True)
    if not problems and exact == 0:
        problems.append(Problem("share", "a fault that affects nobody cannot be found", "Give a share above 0"))
    allowed = 1 - _between(certainty, "certainty", problems)
    if problems:
        raise InvalidInputError("the cases to find a fault", problems)
    if population is not None:
        faulty, low, high = math.ceil(exact * population), 1, min(population, LARGEST_SAMPLE)
        if high < population and _missing(faulty, high, population) > allowed:
            raise _too_many()
        while low < high:
            middle = (low + high) // 2
            if _missing(faulty, middle, population) <= allowed:
                high = middle
            else:
                low = middle + 1
        return low
    if exact == 1:
        return 1
    # An estimate that is too small by one or two, put right exactly.
    found = max(1, math.floor(math.log(allowed) / math.log1p(-float(exact))) - 1)
    if found > LARGEST_SAMPLE:
        raise _too_many()
    while (1 - exact) ** found > allowed:
        found += 1
    return found


@checked_after
def sample_needed(
    half_width: Share, level: Share = 0.95, population: int | None = None, share: Share = Fraction(1, 2)
) -> int:
    """How many cases drawn at random place a share to within so much either way.

    The textbook formula (Cochran 1977, Sampling Techniques, section 4.4): n = n0 / (1 + (n0 - 1) / N) with
    n0 = z^2 p (1 - p) / d^2, rounded up. A share of one half needs the most.

    Args:
        half_width: How far the interval may reach to either side, between 0 and 1; 0.1 is ten points.
        level: How often such intervals are to hold the true share, between 0 and 1.
        population: How many there are in all; None where they are taken to be without number.
        share: The share that is expected, from 0 to 1.

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    problems = _count_problems(1, population)
    half = _between(half_width, "half_width", problems)
    tail = (1 - _between(level, "level", problems)) / 2
    expected = _between(share, "share", problems, ends=True)
    if problems:
        raise InvalidInputError("the sample needed", problems)
    needed = Fraction(_z(tail)) ** 2 * expected * (1 - expected) / half**2
    if population is not None and needed > 1:
        needed /= 1 + (needed - 1) / population
    return max(1, math.ceil(needed))


def _too_many() -> InvalidInputError:
    problem = Problem("share", f"it would take more than {LARGEST_SAMPLE:,} cases", "Give a larger share")
    return InvalidInputError("the cases to find a fault", [problem])


@checked_after
def rule_of_three(sample: int) -> Fraction:
    """The share below which a fault lies, at 95 %, that was found in none of a random sample: about 3 in its size.

    A rule of thumb (Hanley and Lippman-Hand 1983, JAMA 249, 1743); it is never more than 1.

    Raises:
        InvalidInputError: The sample is no count.
    """
    problems = _count_problems(sample, None)
    if problems:
        raise InvalidInputError("the rule of three", problems)
    return min(Fraction(3, sample), Fraction(1))


def _missing(faulty: int, sample: int, population: int) -> Fraction:
    return Fraction(math.comb(population - faulty, sample), math.comb(population, sample))


def _z(tail: Fraction) -> float:
    """The number of standard deviations beyond which a normal variable lies with the probability ``tail``."""
    return -NormalDist().inv_cdf(float(tail))


def _count_problems(sample: int, population: int | None, most: int = LARGEST_POPULATION) -> list[Problem]:
    problems: list[Problem] = []
    if type(sample) is not int or sample < 1:
        problems.append(Problem("sample", f"{sample!r} is no size of a sample", "Give a whole number from 1"))
    elif sample > most:
        problems.append(Problem("sample", f"{shown(sample)} is too large", f"Give at most {most:,}"))
    if population is not None and (type(population) is not int or population < 1):
        problems.append(Problem("population", f"{population!r} is no size of a population", "Give a whole number"))
    elif population is not None and population > LARGEST_POPULATION:
        problems.append(
            Problem("population", f"{shown(population)} is too large", f"Give at most {LARGEST_POPULATION:,}")
        )
    elif population is not None and type(sample) is int and sample > population:
        message = f"a sample of {sample:,} from a population of {population:,}"
        problems.append(Problem("sample", message, "Give at most the population"))
    return problems


def _between(share: object, where: str, problems: list[Problem], *, ends: bool = False) -> Fraction:
    """The exact number of a share; 1/2, with a problem, where it is none."""
    finite = isinstance(share, Fraction | int) or (isinstance(share, float) and math.isfinite(share))
    if isinstance(share, Fraction | int | float) and not isinstance(share, bool) and finite and 0 <= share <= 1:
        exact = as_shown(share)
        if exact.denominator > 10**DIGITS:
            problems.append(Problem(where, f"it has more than {DIGITS} digits", "Round it"))
            return Fraction(1, 2)
        # Nearer to the ends than a float can tell is not between them.
        if 0 < exact < 1 and (ends or 0 < float(exact) < 1):
            return exact
        if ends and exact in {0, 1}:
            return exact
    limits = "from 0 to 1" if ends else "between 0 and 1, such as 0.95"
    problems.append(
        Problem(where, f"{shown(share)} does not lie {limits.partition(',')[0]}", f"Give a number {limits}")
    )
    return Fraction(1, 2)
