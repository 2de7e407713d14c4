"""Agreement of raters: held against published examples, against the definitions, and against other programs."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.analysis.coefficients import TwoRaters, gwet_ac2, krippendorff_alpha, weighted_kappa
from helpers import few

KRIPPENDORFF = """\
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 ."""
"""Four observers and twelve units, from Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, part C."""

KAPPA_LINEAR, KAPPA_QUADRATIC = 0.6799999999999999, 0.8125
AC2 = 0.88099
ALPHA = 0.8156349206349206

pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=25)
units = st.lists(st.lists(st.none() | st.integers(0, 3), min_size=3, max_size=3), max_size=12)


def test_kappa_and_ac1_of_a_published_table() -> None:
    """125 people, 118 of them positive by both, 5 and 2 by one: kappa -0.0234 and AC1 0.9408 (Gwet 2002)."""
    counts = {(0, 0): 118, (0, 1): 5, (1, 0): 2}
    assert round(float(weighted_kappa(counts, 2) or 0), 4) == -0.0234
    assert round(float(gwet_ac2(counts, 2, "identity") or 0), 4) == 0.9408


@pytest.mark.parametrize(("ordinal", "published"), [(False, 0.743), (True, 0.815)])
def test_alpha_of_a_published_table(ordinal: bool, published: float) -> None:
    """Krippendorff's own example: 0.743 for names and 0.815 for grades in order."""
    rows = [[None if cell == "." else int(cell) - 1 for cell in line.split()] for line in KRIPPENDORFF.splitlines()]
    found = krippendorff_alpha(list(zip(*rows, strict=True)), 5, ordinal=ordinal)
    assert round(float(found or 0), 3) == published


def test_a_table_that_other_programs_were_given() -> None:
    """scikit-learn 1.9.1, irrCAC 0.4.4 and krippendorff 0.9.0 were given this table; they say the same."""
    one = [0, 1, 1, 2, 2, 2, 3, 3, 1, 0, 2, 3]
    two = [0, 1, 2, 2, 1, 2, 3, 2, 1, 1, 2, 3]
    counts = dict(TwoRaters.of(zip(one, two, strict=True), 4).counts)
    assert float(weighted_kappa(counts, 4, "linear") or 0) == pytest.approx(KAPPA_LINEAR)
    assert float(weighted_kappa(counts, 4) or 0) == pytest.approx(KAPPA_QUADRATIC)
    assert float(gwet_ac2(counts, 4) or 0) == pytest.approx(AC2, abs=5e-6)
    assert float(krippendorff_alpha(list(zip(one, two, strict=True)), 4) or 0) == pytest.approx(ALPHA)


@given(pairs)
def test_kappa_is_disagreement_held_against_chance(given_pairs: list[tuple[int, int]]) -> None:
    """One less the mean squared distance of the pairs, by that of every score of one with every score of the other."""
    observed = Fraction(sum((a - b) ** 2 for a, b in given_pairs), len(given_pairs))
    every = [(a - b) ** 2 for a, _ in given_pairs for _, b in given_pairs]
    chance = Fraction(sum(every), len(every))
    found = TwoRaters.of(given_pairs, 4).kappa
    assert found == (None if not chance else 1 - observed / chance)


@given(pairs)
def test_full_agreement_is_one_and_order_decides_nothing(given_pairs: list[tuple[int, int]]) -> None:
    """A rater agrees with itself; swapping the raters, or the order of what was rated, changes nothing."""
    same = TwoRaters.of([(a, a) for a, _ in given_pairs], 4)
    assert same.ac2 == 1
    assert same.kappa in (1, None)
    found, back = TwoRaters.of(given_pairs, 4), TwoRaters.of([(b, a) for a, b in reversed(given_pairs)], 4)
    assert (found.kappa, found.ac2, found.same) == (back.kappa, back.ac2, back.same)
    assert found.ac2 is not None
    assert found.ac2 <= 1


@given(units)
def test_alpha_by_its_definition(given_units: list[list[int | None]]) -> None:
    """One less the distance within units by that over all scores that can be held against another, pair by pair."""
    known = [[rank for rank in unit if rank is not None] for unit in given_units]
    known = [unit for unit in known if len(unit) > 1]
    every = [rank for unit in known for rank in unit]

    def apart(one: int, other: int) -> Fraction:
        low, high = sorted((one, other))
        between = sum(low <= rank <= high for rank in every)
        return (between - Fraction(every.count(low) + every.count(high), 2)) ** 2 if low != high else Fraction(0)

    within = sum((apart(a, b) / (len(unit) - 1) for unit in known for a, b in permutations(unit, 2)), Fraction(0))
    over = sum((apart(a, b) for a, b in permutations(every, 2)), Fraction(0))
    expected = None if not over else 1 - (len(every) - 1) * within / over
    assert krippendorff_alpha(given_units, 4) == expected


@few
@given(pairs)
@example([(0, 2), (0, 3), (0, 3), (0, 3)])
def test_an_interval_holds_its_coefficient(given_pairs: list[tuple[int, int]]) -> None:
    """The interval lies around the coefficient, up to 1 at most; AC2 can be below -1. Two things have none."""
    found = TwoRaters.of(given_pairs, 4)
    for which, value in (("kappa", found.kappa), ("ac2", found.ac2)):
        between = found.interval(which)  # type: ignore[arg-type]
        if value is None or found.total < 3:
            assert between is None
        elif between is not None:
            assert between[0] <= float(value) + 1e-12
            assert float(value) - 1e-12 <= between[1] <= 1


def test_nothing_rated_says_nothing() -> None:
    """Without a pair there is no coefficient."""
    empty = TwoRaters.of([], 4)
    assert (empty.total, empty.kappa, empty.ac2, empty.interval("ac2")) == (0, None, None, None)
    assert krippendorff_alpha([], 4) is None
