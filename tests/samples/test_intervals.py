"""What a share found in a few cases says about all of them, held against scipy and against counting every sample."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]  # scipy comes without types

from careassure.errors import InvalidInputError, MissingExtraError
from careassure.samples import tails
from careassure.samples.finding import SampleFinding
from careassure.samples.intervals import CAUTION, Interval, IntervalMethod, interval
from careassure.samples.sizes import (
    cases_to_find,
    chance_of_missing,
    chance_of_missing_share,
    finite_population_factor,
    rule_of_three,
    sample_needed,
)
from careassure.samples.wording import chance_words, in_words, part_words, percent
from samples.shares import LEVELS, METHODS, PEOPLE, close, counted, findings, levels, methods

# --------------------------------------------------------------- the figures


@pytest.mark.parametrize(
    ("good", "low", "high"), [(6, "61 %", "100 %"), (5, "44 %", "97 %"), (3, "19 %", "81 %"), (0, "0 %", "39 %")]
)
@pytest.mark.parametrize("population", [None, PEOPLE])
def test_six_cases_say_little(good: int, low: str, high: str, population: int | None) -> None:
    """Six of six good fit any share from 61 to 100 per cent, five 44 to 97, three 19 to 81, of 5,600 people or more."""
    found = interval(good, 6, population=population)
    assert (percent(found.low), percent(found.high)) == (low, high)


# ------------------------------------------------------------ beside scipy


@given(findings(), levels)
def test_wilson_is_scipys(found: tuple[int, int], level: float) -> None:
    """Without a population Wilson's interval is the one that scipy works out."""
    ours = interval(*found, level=level)
    theirs = stats.binomtest(*found).proportion_ci(level, "wilson")
    assert close(ours.low, theirs.low)
    assert close(ours.high, theirs.high)


@given(findings(), levels)
def test_clopper_pearson_is_scipys(found: tuple[int, int], level: float) -> None:
    """Without a population the interval of Clopper and Pearson is the one that scipy works out."""
    ours = interval(*found, method="clopper-pearson", level=level)
    theirs = stats.binomtest(*found).proportion_ci(level, "exact")
    assert close(ours.low, theirs.low, 1e-6)
    assert close(ours.high, theirs.high, 1e-6)
    good, sample = found
    assert good == 0 or close(ours.low, stats.beta.ppf((1 - level) / 2, good, sample - good + 1))


@given(findings(10_000_000), levels)
def test_jeffreys_is_scipys_posterior(found: tuple[int, int], level: float) -> None:
    """Without a population Jeffreys' interval holds the middle of a beta posterior, of ten million cases too."""
    good, sample = found
    ours = interval(good, sample, method="jeffreys", level=level)
    posterior = stats.beta(good + 0.5, sample - good + 0.5)
    assert close(ours.low, posterior.ppf((1 - level) / 2) if good else 0)
    assert close(ours.high, posterior.isf((1 - level) / 2) if good < sample else 1)


@given(counted(), levels)
def test_jeffreys_of_a_population_is_beta_binomial(found: tuple[int, int, int], level: float) -> None:
    """With a population Jeffreys' interval counts the good ones seen and a beta-binomial number of the others."""
    good, sample, population = found
    ours = interval(good, sample, method="jeffreys", level=level, population=population)
    unseen = stats.betabinom(population - sample, good + 0.5, sample - good + 0.5)
    tail = (1 - level) / 2
    low, high = ours.low * population - good, ours.high * population - good
    slack = 1e-9  # scipy's sums are floats
    if good:
        assert unseen.cdf(int(low)) >= tail - slack
        assert unseen.cdf(int(low) - 1) <= tail + slack
    else:
        assert ours.low == 0
    if good < sample:
        assert unseen.sf(int(high) - 1) >= tail - slack
        assert unseen.sf(int(high)) <= tail + slack
    else:
        assert ours.high == 1


@given(counted(), levels)
def test_clopper_pearson_of_a_population_inverts_the_tails(found: tuple[int, int, int], level: float) -> None:
    """With a population the exact interval holds the numbers of which the sample is no rare draw, and no others."""
    good, sample, population = found
    ours = interval(good, sample, method="clopper-pearson", level=level, population=population)
    tail, bad = (1 - level) / 2, sample - good
    for have in range(good, population - bad + 1):
        enough = stats.hypergeom.sf(good - 1, population, have, sample)
        few = stats.hypergeom.cdf(good, population, have, sample)
        if min(abs(enough - tail), abs(few - tail)) > 1e-9:  # scipy's tails are floats
            fits = bool(enough > tail and few > tail)
            assert (ours.low <= Fraction(have, population) <= ours.high) is fits


@given(counted(), st.integers(0, 120))
def test_the_tail_of_a_draw_is_scipys(found: tuple[int, int, int], have: int) -> None:
    """The probability to draw so many or more is the upper hypergeometric tail."""
    good, sample, population = found
    assume(have <= population and good <= have)
    theirs = stats.hypergeom.sf(good - 1, population, have, sample)
    assert close(tails.hypergeometric_at_least(good, have, sample, population), theirs)


# -------------------------------------------------------- counted by hand


@given(findings(40), levels)
def test_clopper_pearson_leaves_the_tails_out(found: tuple[int, int], level: float) -> None:
    """At each end the exact sum of the binomial tail beyond what was found is what the level leaves out there."""
    good, sample = found
    ours = interval(good, sample, method="clopper-pearson", level=level)

    def at_least(count: int, share: Fraction) -> Fraction:
        terms = (math.comb(sample, n) * share**n * (1 - share) ** (sample - n) for n in range(count, sample + 1))
        return sum(terms, Fraction(0))

    tail = (1 - level) / 2
    assert (good == 0 and ours.low == 0) or close(at_least(good, Fraction(ours.low)), tail, 1e-8)
    assert (good == sample and ours.high == 1) or close(1 - at_least(good + 1, Fraction(ours.high)), tail, 1e-8)


def test_scipy_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scipy Wilson's interval is worked out, and so is every one of a population; the others say what to do."""
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    interval(5, 6)
    for method in METHODS[1:]:
        interval(5, 6, method=method, population=PEOPLE)
        with pytest.raises(MissingExtraError, match=r"pip install scipy"):
            interval(5, 6, method=method)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("sample", "population"), [(1, 1), (1, 5), (3, 7), (4, 9), (6, 12), (9, 9)])
def test_clopper_pearson_keeps_its_promise(sample: int, population: int, level: float) -> None:
    """Whatever number is good, at least so many of all samples give an exact interval that holds it."""
    ends = {
        good: interval(good, sample, method="clopper-pearson", level=level, population=population)
        for good in range(sample + 1)
    }
    samples = list(itertools.combinations(range(population), sample))
    for have in range(population + 1):
        true = Fraction(have, population)
        holding = 0
        for drawn in samples:
            good = sum(person < have for person in drawn)
            holding += ends[good].low <= true <= ends[good].high
        assert Fraction(holding, len(samples)) >= Fraction(str(level))


@pytest.mark.parametrize("tail", [Fraction(1, 40), Fraction(1, 4), Fraction(1, 200)])
@pytest.mark.parametrize(("good", "bad", "unseen"), [(1, 1, 6), (0, 3, 9), (4, 0, 5), (3, 2, 0), (2, 5, 11)])
def test_the_posterior_is_added_up_exactly(good: int, bad: int, unseen: int, tail: Fraction) -> None:
    """The quantile of the number not seen is the first at which the exact sum of the posterior reaches the tail."""

    def rising(twice: int, steps: int) -> Fraction:
        return math.prod((Fraction(twice, 2) + step for step in range(steps)), start=Fraction(1))

    weights = [
        math.comb(unseen, count) * rising(2 * good + 1, count) * rising(2 * bad + 1, unseen - count)
        for count in range(unseen + 1)
    ]
    sums = list(itertools.accumulate(weights))
    expected = next(count for count, reached in enumerate(sums) if reached >= tail * sums[-1])
    assert tails.unseen_quantile(good, bad, unseen, tail) == expected


@given(counted(), levels)
def test_few_digits_decide_as_all_do(found: tuple[int, int, int], level: float) -> None:
    """Weights that are kept to 512 bits, as for very large numbers, give the interval that exact weights give."""
    good, sample, population = found
    assume(level != 0.5)  # a tie, which is likely at one half, is what rounded weights cannot decide

    def ends() -> list[Interval]:
        return [interval(good, sample, method=m, level=level, population=population) for m in METHODS[1:]]

    exact = ends()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tails, "EXACT_UP_TO", -1)
        assert ends() == exact


# ----------------------------------------------------------- what holds always


@given(counted(), methods, levels, st.booleans())
def test_an_interval_holds_what_was_found(
    found: tuple[int, int, int], method: IntervalMethod, level: float, finite: bool
) -> None:
    """Every interval of half or more holds the share of the sample, or a whole number of people next to it."""
    good, sample, population = found
    ours = interval(good, sample, method=method, level=level, population=population if finite else None)
    assert 0 <= ours.low <= ours.high <= 1
    if isinstance(ours.low, Fraction):
        near = Fraction(good * population, sample)
        assert ours.low * population <= math.ceil(near)
        assert ours.high * population >= math.floor(near)
    else:
        assert ours.low <= good / sample <= ours.high


@given(counted(), methods, levels, st.booleans())
def test_good_and_bad_mirror_each_other(
    found: tuple[int, int, int], method: IntervalMethod, level: float, finite: bool
) -> None:
    """With good and bad exchanged the interval is the same from the other end."""
    good, sample, number = found
    population = number if finite else None
    ours = interval(good, sample, method=method, level=level, population=population)
    other = interval(sample - good, sample, method=method, level=level, population=population)
    assert close(ours.low, float(1 - other.high), 1e-12)
    assert close(ours.high, float(1 - other.low), 1e-12)


@given(counted(), methods, levels, levels, st.booleans())
def test_more_certainty_is_wider(
    found: tuple[int, int, int], method: IntervalMethod, one: float, other: float, finite: bool
) -> None:
    """The interval of a higher level holds that of a lower one."""
    good, sample, number = found
    population = number if finite else None
    inner = interval(good, sample, method=method, level=min(one, other), population=population)
    outer = interval(good, sample, method=method, level=max(one, other), population=population)
    assert outer.low <= inner.low
    assert inner.high <= outer.high


@given(counted(), methods, levels)
def test_nothing_contradicts_the_sample(found: tuple[int, int, int], method: IntervalMethod, level: float) -> None:
    """In a population there are at least as many good and bad ones as were seen; who saw all knows the share."""
    good, sample, population = found
    ours = interval(good, sample, method=method, level=level, population=population)
    assert ours.low >= (good / population if method == "wilson" else Fraction(good, population)) or ours.low == 0
    assert (1 - ours.high) * population >= sample - good - 1e-9 or ours.high == 1
    whole = interval(good, sample, method=method, level=level, population=sample)
    assert whole.low == whole.high == good / sample or close(whole.low, good / sample)


@given(findings(40), methods, levels)
def test_large_populations_are_without_number(found: tuple[int, int], method: IntervalMethod, level: float) -> None:
    """From ten million people the interval is the one without a population, up to some millionths."""
    good, sample = found
    few = interval(good, sample, method="wilson" if method == "jeffreys" else method, level=level)
    many = interval(good, sample, method=few.method, level=level, population=10_000_000)
    assert math.isclose(few.low, many.low, abs_tol=1e-5)
    assert math.isclose(few.high, many.high, abs_tol=1e-5)


def test_a_large_population_has_the_posterior_of_one_without_number() -> None:
    """Jeffreys' interval of 40,000 people, worked out with few digits, is the one without a population."""
    many = interval(5, 6, method="jeffreys", population=40_000)
    few = interval(5, 6, method="jeffreys")
    assert math.isclose(few.low, many.low, abs_tol=1e-4)
    assert math.isclose(few.high, many.high, abs_tol=1e-4)


@given(findings(40), methods)
def test_more_good_moves_up(found: tuple[int, int], method: IntervalMethod) -> None:
    """One good case more never lowers an end."""
    good, sample = found
    assume(good < sample)
    fewer, more = interval(good, sample, method=method), interval(good + 1, sample, method=method)
    assert fewer.low <= more.low
    assert fewer.high <= more.high


def test_floats_are_the_decimals_that_they_print() -> None:
    """A level of 0.95 is nineteen twentieths, exactly."""
    assert interval(3, 6, level=0.95) == interval(3, 6, level=Fraction(19, 20))
    assert chance_of_missing_share(0.1, 6) == Fraction(9, 10) ** 6


# ------------------------------------------------------------------ words


def test_an_interval_says_what_it_takes_for_granted() -> None:
    """The words of an interval name the finding, its ends, the population, the level and the method."""
    assert interval(6, 6).words == (
        "6 of 6 good: between 61 % and 100 % of all, were the six drawn at random (95 %, Wilson)"
    )
    assert interval(9, 12, method="clopper-pearson", level=0.999, population=PEOPLE).words == (
        "9 of 12 good: between 26 % and 99 % of all 5,600, were the 12 drawn at random (99.9 %, Clopper-Pearson)"
    )


@given(counted(), methods, levels, st.booleans())
def test_a_finding_never_leaves_the_doubt_out(
    found: tuple[int, int, int], method: IntervalMethod, level: float, finite: bool
) -> None:
    """The words of a finding hold the interval, what may be missed, and that chosen cases support none of it."""
    good, sample, number = found
    finding = SampleFinding(good, sample, number if finite else None, method, level, faults=[Fraction(1, 10), 0.25])
    assert finding.interval.words in finding.words
    assert finding.words.endswith(CAUTION)
    for share, chance in finding.missed:
        assert percent(Fraction(share)) in finding.words
        assert f"with probability {chance_words(chance)}" in finding.words


def test_a_finding_in_words() -> None:
    """Six good cases of six leave a fault that affects a tenth of people more likely missed than not."""
    assert SampleFinding(6, 6, PEOPLE, faults=[0.1]).words == (
        "6 of 6 good: between 61 % and 100 % of all 5,600, were the six drawn at random (95 %, Wilson). "
        "6 cases drawn at random would miss a fault that affects 10 % of people with probability 53 %. "
        "A sample chosen by criteria and with consent supports no interval and no probability. Those for a random "
        "sample show only part of the doubt."
    )


@given(counted(), methods, levels)
def test_nothing_uncertain_is_called_none_or_all(
    found: tuple[int, int, int], method: IntervalMethod, level: float
) -> None:
    """An end is printed as 0 or 100 per cent only if it is."""
    good, sample, population = found
    ours = interval(good, sample, method=method, level=level, population=population)
    assert ("between 0 % and" in ours.words) is (ours.low == 0)
    assert ("and 100 % of" in ours.words) is (ours.high == 1)


def test_numbers_in_words() -> None:
    """Counts up to ten are words, halves go up, and only what is certain is called 100 per cent."""
    assert [in_words(count) for count in (1, 10, 11, 1_000)] == ["one", "ten", "11", "1,000"]
    assert [percent(Fraction(n, 1000)) for n in (0, 4, 5, 125, 994, 995)] == [
        "0 %",
        "0 %",
        "1 %",
        "13 %",
        "99 %",
        "100 %",
    ]
    parts: list[Fraction | float] = [Fraction(0), Fraction(1, 5_600), Fraction(1, 8), 0.9957, 1.0]
    assert [part_words(part) for part in parts] == ["0 %", "0.02 %", "13 %", "99.6 %", "100 %"]
    chances = [Fraction(0), Fraction(1, 999), Fraction(1, 2), Fraction(998, 999), Fraction(1)]
    assert [chance_words(chance) for chance in chances] == ["0 %", "below 1 %", "50 %", "above 99 %", "100 %"]


# ---------------------------------------------------------------- refusals


def refused(call: Callable[[], Any]) -> list[str]:
    """Where the problems of a refused call are."""
    with pytest.raises(InvalidInputError) as raised:
        call()
    return [str(problem.where) for problem in raised.value.problems]


@pytest.mark.parametrize("level", [0, 1, -0.1, 1.5, math.nan, math.inf, "0.95", None, True, 1 - Fraction(1, 10**30)])
def test_levels_lie_between_nought_and_one(level: Any) -> None:
    """A level that is 0, 1, outside them, nearer to them than a float can tell, or no number is refused."""
    assert refused(lambda: interval(1, 2, level=level)) == ["level"]
    assert refused(lambda: cases_to_find(0.1, level)) == ["certainty"]
    assert refused(lambda: sample_needed(0.1, level)) == ["level"]


@pytest.mark.parametrize(
    ("good", "sample", "population", "where"),
    [
        (3, 2, None, ["good"]), (-1, 2, None, ["good"]), (True, 2, None, ["good"]), (1.0, 2, None, ["good"]),
        (1, 0, None, ["sample"]), (1, 2.0, None, ["sample"]), (1, 3, 2, ["sample"]), (1, 3, 0, ["population"]),
        (1, 3, "9", ["population"]), (-1, 0, 0, ["sample", "population", "good"]),
    ],
)  # fmt: skip
def test_counts_must_fit(good: Any, sample: Any, population: Any, where: list[str]) -> None:
    """No more good than looked at, no more looked at than there are, all whole numbers; all that is wrong at once."""
    assert refused(lambda: interval(good, sample, population=population)) == where
    assert refused(lambda: SampleFinding(good, sample, population)) == where


def test_everything_is_refused_at_once() -> None:
    """A call with several faults lists each of them."""
    assert refused(lambda: interval(9, 6, method="wald", level=2, population=5)) == [  # type: ignore[arg-type]
        "sample", "good", "method", "level",
    ]  # fmt: skip
    assert refused(lambda: chance_of_missing(8, 9, 7)) == ["sample", "faulty"]
    assert refused(lambda: chance_of_missing(-1, 1, 1)) == ["faulty"]
    assert refused(lambda: chance_of_missing_share(1.1, 0)) == ["sample", "share"]
    assert refused(lambda: cases_to_find(0)) == ["share"]
    assert refused(lambda: cases_to_find(-1, 2, 0)) == ["population", "share", "certainty"]
    assert refused(lambda: sample_needed(0, 2, 0, 3)) == ["population", "half_width", "level", "share"]
    assert refused(lambda: rule_of_three(0)) == ["sample"]
    assert refused(lambda: finite_population_factor(2, 1)) == ["sample"]
