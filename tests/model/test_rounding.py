"""Rounding of exact numbers, against definitions of its own."""

from __future__ import annotations

import decimal as dec
import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.model.rounding import ROUNDINGS, Rounding, apply_rounding, decimal

# Halves, whole numbers and percentages of small totals are where rounding matters.
numbers = st.one_of(
    st.fractions(-1000, 1000, max_denominator=400),
    st.builds(Fraction, st.integers(-500, 500), st.sampled_from([1, 2, 4, 8])),
    st.builds(lambda part, whole: Fraction(100 * part, whole), st.integers(0, 40), st.integers(1, 40)),
)
MODES = {
    "up": dec.ROUND_CEILING,
    "down": dec.ROUND_FLOOR,
    "half_even": dec.ROUND_HALF_EVEN,
}


@given(numbers, st.sampled_from(sorted(MODES)))
def test_rounding_is_that_of_the_decimal_module(value: Fraction, name: Rounding) -> None:
    """Rounding up, down and half to even give what the decimal module gives for the same number."""
    with dec.localcontext(prec=60):
        # Sixty digits tell any two of these fractions, and any half from what is beside it, apart.
        expected = (dec.Decimal(value.numerator) / dec.Decimal(value.denominator)).to_integral_value(MODES[name])
    assert apply_rounding(value, name) == int(expected)


@pytest.mark.parametrize(
    ("value", "half_up", "half_even"),
    [("61.5", 62, 62), ("62.5", 63, 62), ("63.5", 64, 64), ("-0.5", 0, 0), ("-1.5", -1, -2)],
)
def test_a_half_goes_up_or_to_the_even_one(value: str, half_up: int, half_even: int) -> None:
    """A half goes upwards, or to whichever neighbour is even, above it or below."""
    assert apply_rounding(Fraction(value), "half_up") == half_up
    assert apply_rounding(Fraction(value), "half_even") == half_even


def test_numbers_of_any_length_are_written() -> None:
    """An exact number is written in full, however many digits it has."""
    assert decimal(Fraction(10**5000 + 7)) == "1" + "0" * 4999 + "7"
    assert decimal(Fraction(-(10**4400)) - Fraction(1, 4)) == "-1" + "0" * 4400 + ".25"


@given(numbers)
def test_half_up_is_the_floor_of_a_half_more(value: Fraction) -> None:
    """Rounding half up is the whole number below the value and a half."""
    assert apply_rounding(value, "half_up") == math.floor(value + Fraction(1, 2))


@given(numbers)
def test_none_keeps_the_exact_number(value: Fraction) -> None:
    """Without rounding the exact number stays as it is."""
    assert apply_rounding(value, "none") == value


@given(numbers, st.sampled_from(ROUNDINGS))
def test_rounding_moves_less_than_one(value: Fraction, name: Rounding) -> None:
    """A rounded number is an exact Fraction, whole, and less than one away, at most a half for the nearest."""
    found = apply_rounding(value, name)
    assert type(found) is Fraction
    assert name == "none" or found.denominator == 1
    assert abs(found - value) < 1
    assert not name.startswith("half") or abs(found - value) <= Fraction(1, 2)


@given(numbers, numbers, st.sampled_from(ROUNDINGS))
def test_rounding_never_changes_an_order(one: Fraction, other: Fraction, name: Rounding) -> None:
    """A number that is no larger than another is not larger once both are rounded."""
    low, high = sorted([one, other])
    assert apply_rounding(low, name) <= apply_rounding(high, name)


@given(st.integers(-(10**20), 10**20), st.sampled_from(ROUNDINGS))
def test_whole_numbers_stay(value: int, name: Rounding) -> None:
    """A whole number is not changed by any rounding."""
    assert apply_rounding(Fraction(value), name) == value


@pytest.mark.parametrize(
    ("points", "printed"),
    [(22, 62), (14, 39), (28, 78), (32, 89), (27, 75), (23, 64), (18, 50), (20, 56), (21, 59), (25, 70), (29, 81)],
)
def test_published_percentages_are_rounded_up(points: int, printed: int) -> None:
    """The percentages that CQC printed for totals out of 36 are the exact ones rounded up."""
    assert apply_rounding(Fraction(100 * points, 36), "up") == printed


@given(numbers, st.integers(0, 6))
@example(Fraction(-1, 1000), 2)
@example(Fraction(199, 2), 0)
def test_decimal_is_never_off_by_more_than_half_a_unit(value: Fraction, places: int) -> None:
    """A number in digits differs from the exact one by at most half a unit of its last place."""
    text = decimal(value, places)
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**places)
    assert "e" not in text.lower()


@given(numbers, st.integers(0, 6))
def test_decimal_has_no_needless_digits(value: Fraction, places: int) -> None:
    """A number in digits has no more places than asked for, no zeros at its end and no sign before a zero."""
    whole, point, rest = decimal(value, places).partition(".")
    assert len(rest) <= places
    assert not rest.endswith("0")
    assert bool(point) == bool(rest)
    assert whole.lstrip("-").isdigit()
    assert decimal(value, places) != "-0"


@given(st.integers(-(10**9), 10**9), st.integers(0, 5))
def test_decimal_is_exact_where_it_can_be(digits: int, places: int) -> None:
    """A number that has no more places than asked for is printed exactly."""
    value = Fraction(digits, 10**places)
    assert Fraction(decimal(value, places)) == value
