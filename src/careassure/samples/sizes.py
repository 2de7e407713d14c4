"""How likely a fault is missed in a random sample, and how many cases it takes to find one or to place a share."""

from __future__ import annotations

import math
from fractions import Fraction
from statistics import NormalDist

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked_after
from careassure.samples.arguments import LARGEST_SAMPLE, Share, count_problems, share_between


def finite_population_factor(sample: int, population: int) -> float:
    """By how much a standard error shrinks because the population is finite: the root of (N - n) / (N - 1).

    >>> round(finite_population_factor(6, 5_600), 4)
    0.9996

    Raises:
        InvalidInputError: The numbers do not fit together.
    """
    with collecting("the finite population factor") as problems:
        problems.extend(count_problems(sample, population))
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
    with collecting("the chance of missing a fault") as problems:
        problems.extend(count_problems(sample, population, LARGEST_SAMPLE))
        if type(faulty) is not int or faulty < 0:
            problems.append(Problem("faulty", f"{faulty!r} is not a number of cases", "Give a whole number from 0"))
        elif type(population) is int and faulty > population:
            problems.append(Problem("faulty", f"{faulty:,} faulty of {population:,}", "Give at most the population"))
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
    with collecting("the chance of missing a fault") as problems:
        problems.extend(count_problems(sample, population, LARGEST_SAMPLE))
        exact = share_between(share, "share", problems, ends=True)
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
    with collecting("the cases to find a fault") as problems:
        problems.extend(count_problems(1, population))
        exact = share_between(share, "share", problems, ends=True)
        if not problems and exact == 0:
            problems.append(Problem("share", "a fault that affects nobody cannot be found", "Give a share above 0"))
        allowed = 1 - share_between(certainty, "certainty", problems)
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
    with collecting("the sample needed") as problems:
        problems.extend(count_problems(1, population))
        half = share_between(half_width, "half_width", problems)
        tail = (1 - share_between(level, "level", problems)) / 2
        expected = share_between(share, "share", problems, ends=True)
    needed = Fraction(standard_deviations(tail)) ** 2 * expected * (1 - expected) / half**2
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
        InvalidInputError: The sample is not a count.
    """
    with collecting("the rule of three") as problems:
        problems.extend(count_problems(sample, None))
    return min(Fraction(3, sample), Fraction(1))


def _missing(faulty: int, sample: int, population: int) -> Fraction:
    return Fraction(math.comb(population - faulty, sample), math.comb(population, sample))


def standard_deviations(tail: Fraction) -> float:
    """The number of standard deviations beyond which a normal variable lies with the probability ``tail``."""
    return -NormalDist().inv_cdf(float(tail))
