"""Counts and shares as they are given, and what is wrong with them."""

from __future__ import annotations

import math
from fractions import Fraction

from careassure.errors import Problem
from careassure.model.ids import shown
from careassure.model.numbers import as_shown

Share = Fraction | float
"""A part of the whole from 0 to 1; a float stands for the decimal number that it prints as, 0.1 for a tenth."""

LARGEST_SAMPLE = 100_000
"""The largest sample that is reckoned with: exact probabilities have several times as many digits."""

LARGEST_POPULATION = 100_000_000
"""The largest population that is reckoned with."""

DIGITS = 30
"""The most digits of a share."""


def count_problems(sample: int, population: int | None, most: int = LARGEST_POPULATION) -> list[Problem]:
    """What is wrong with the sizes of a sample and of the population that it is from."""
    problems: list[Problem] = []
    if type(sample) is not int or sample < 1:
        problems.append(Problem("sample", f"{sample!r} is not a size of a sample", "Give a whole number from 1"))
    elif sample > most:
        problems.append(Problem("sample", f"{shown(sample)} is too large", f"Give at most {most:,}"))
    if population is not None and (type(population) is not int or population < 1):
        problems.append(Problem("population", f"{population!r} is not a size of a population", "Give a whole number"))
    elif population is not None and population > LARGEST_POPULATION:
        problems.append(
            Problem("population", f"{shown(population)} is too large", f"Give at most {LARGEST_POPULATION:,}")
        )
    elif population is not None and type(sample) is int and sample > population:
        message = f"a sample of {sample:,} from a population of {population:,}"
        problems.append(Problem("sample", message, "Give at most the population"))
    return problems


def share_between(share: object, where: str, problems: list[Problem], *, ends: bool = False) -> Fraction:
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
    problems.append(Problem(where, f"{shown(share)} is not {limits.partition(',')[0]}", f"Give a number {limits}"))
    return Fraction(1, 2)
