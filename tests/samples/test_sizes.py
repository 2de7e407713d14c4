"""What a random sample misses, and how large it must be, held against scipy and against counting every sample."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]  # scipy comes without types

from careassure.samples.sizes import (
    cases_to_find,
    chance_of_missing,
    chance_of_missing_share,
    finite_population_factor,
    rule_of_three,
    sample_needed,
)
from careassure.samples.wording import percent
from samples.shares import PEOPLE, close, counted, levels


@pytest.mark.parametrize(("share", "missed"), [(0.1, "53 %"), (0.2, "26 %")])
@pytest.mark.parametrize("population", [None, PEOPLE])
def test_six_cases_miss_much(share: float, missed: str, population: int | None) -> None:
    """Six cases miss a fault that affects a tenth of people with 53 per cent, and one of a fifth with 26."""
    assert percent(chance_of_missing_share(share, 6, population)) == missed


@pytest.mark.parametrize(
    ("half_width", "few", "many"), [(0.05, 360, 385), (0.1, 95, 97), (0.15, 43, 43), (0.2, 24, 25)]
)
def test_how_many_cases_a_council_would_need(half_width: float, few: int, many: int) -> None:
    """Of 5,600 people 360 place a share within 5 points, 95 within 10, 43 within 15, 24 within 20; of many, more."""
    assert sample_needed(half_width, population=PEOPLE) == few
    assert sample_needed(half_width) == many


def test_a_council_is_as_good_as_without_end() -> None:
    """For six of 5,600 people the finite population shortens a standard error by less than a thousandth: 0.9996."""
    assert round(finite_population_factor(6, PEOPLE), 4) == 0.9996
    assert finite_population_factor(5, 5) == finite_population_factor(1, 1) == 0


def test_twenty_nine_cases_find_a_tenth() -> None:
    """To find a fault that affects a tenth of people with 95 per cent takes 29 cases: of 28 it is missed by 5.2."""
    assert cases_to_find(0.1) == cases_to_find(Fraction(1, 10), 0.95, PEOPLE) == 29


@given(counted(200), st.integers(0, 400))
def test_misses_are_scipys(found: tuple[int, int, int], faulty: int) -> None:
    """The probability to draw none of the faulty ones is the hypergeometric one."""
    _, sample, population = found
    assume(faulty <= population)
    theirs = stats.hypergeom.pmf(0, population, faulty, sample)
    assert close(chance_of_missing(faulty, sample, population), theirs)


@pytest.mark.parametrize(("faulty", "sample", "population"), [(2, 3, 7), (1, 1, 1), (0, 2, 4), (5, 2, 6), (3, 4, 8)])
def test_misses_are_a_count_of_samples(faulty: int, sample: int, population: int) -> None:
    """The probability to miss is the part of all samples that hold none of the faulty ones."""
    samples = list(itertools.combinations(range(population), sample))
    missed = sum(min(drawn) >= faulty for drawn in samples)
    assert chance_of_missing(faulty, sample, population) == Fraction(missed, len(samples))


@given(st.fractions(0, 1, max_denominator=50), st.integers(1, 60), st.integers(0, 60))
def test_a_share_of_people_is_rounded_up_to_people(share: Fraction, sample: int, more: int) -> None:
    """With a population a fault affects the smallest whole number of people that is at least the share."""
    population = sample + more
    faulty = next(count for count in range(population + 1) if Fraction(count, population) >= share)
    assert chance_of_missing_share(share, sample, population) == chance_of_missing(faulty, sample, population)


@given(st.fractions(Fraction(1, 40), 1, max_denominator=40), levels, st.integers(1, 200) | st.none())
def test_the_fewest_cases_that_find_it(share: Fraction, certainty: float, population: int | None) -> None:
    """The number of cases finds the fault with the certainty asked for, and one case fewer does not."""
    found = cases_to_find(share, certainty, population)
    allowed = 1 - Fraction(str(certainty))
    assert chance_of_missing_share(share, found, population) <= allowed
    assert found == 1 or chance_of_missing_share(share, found - 1, population) > allowed


@given(
    st.sampled_from([0.02, 0.05, 0.1, 0.3]), levels, st.integers(1, 10_000), st.fractions(0, 1, max_denominator=10**12)
)
def test_the_sample_is_enough_for_its_width(half: float, level: float, population: int, share: Fraction) -> None:
    """The half width of the normal approximation is kept by the sample that is asked for, and not by one fewer."""
    needed = sample_needed(half, level, population, share)
    assert 1 <= needed <= population
    z = stats.norm.isf((1 - level) / 2)

    def width(sample: int) -> float:
        return float(z * math.sqrt(share * (1 - share) / sample) * finite_population_factor(sample, population))

    assert width(needed) <= half + 1e-9
    assert needed == 1 or width(needed - 1) > half - 1e-9


def test_one_case_finds_what_everyone_has() -> None:
    """A fault that affects everybody is found by the first case; a rare one takes as many as the exact sum says."""
    assert cases_to_find(1) == cases_to_find(1, population=9) == 1
    assert cases_to_find(Fraction(1, 10_000)) == 29_956


@pytest.mark.parametrize(("sample", "share"), [(1, 1), (3, 1), (6, Fraction(1, 2)), (300, Fraction(1, 100))])
def test_the_rule_of_three(sample: int, share: Fraction) -> None:
    """A fault that none of n cases shows affects at most 3 in n, and never more than all."""
    assert rule_of_three(sample) == share


@given(st.integers(30, 2_000))
def test_the_rule_of_three_is_near_the_exact_bound(sample: int) -> None:
    """Three in n lies a little above the exact bound at 95 per cent, 1 - 0.05 ** (1 / n)."""
    exact = 1 - 0.05 ** (1 / sample)
    assert exact < rule_of_three(sample) < exact * 1.06
