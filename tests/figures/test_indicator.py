"""Indicators, their keys and their values."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures.financial_years import financial_year
from careassure.figures.model import Indicator, IndicatorKey, Value
from careassure.model.numbers import exact
from careassure.model.shorthand import Suppressed

KEY = IndicatorKey("ours", "2024-25", "W1")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_decimal_text_is_exact(number: Decimal) -> None:
    """A number in decimal digits is read without loss, as text, with commas and as a decimal."""
    assert exact(f"{number:f}") == exact(f"{number:,f}") == exact(number) == Fraction(number)


@pytest.mark.parametrize(
    "wrong", [1.5, True, "", "1,23", "1e3", "50 %", "nan", Decimal("NaN"), Decimal("Infinity"), None]
)
def test_what_is_not_exact_is_refused(wrong: object) -> None:
    """Floats, truth values and text that is no decimal are refused."""
    with pytest.raises(InvalidInputError, match="not an exact number"):
        exact(wrong)  # type: ignore[arg-type]


@given(st.integers(1000, 9998))
def test_years_are_read_in_both_forms(year: int) -> None:
    """A financial year has one short form, whether it was printed short or long."""
    short = financial_year(f"{year} to {year + 1}")
    assert short == financial_year(short) == f"{year}-{(year + 1) % 100:02d}"


@pytest.mark.parametrize("wrong", ["2024", "2024-26", "2024 to 2026", "24-25", ""])
def test_years_that_do_not_follow_are_refused(wrong: str) -> None:
    """A text that names no two years in a row is no financial year."""
    with pytest.raises(InvalidInputError, match="not a financial year"):
        financial_year(wrong)


@given(st.sampled_from(["ascof", "ours"]), st.sampled_from(["3A", "2D(1)", "W 1"]))
def test_keys_are_read_back(name: str, code: str) -> None:
    """A key is read back from its text."""
    key = IndicatorKey(name, "2024-25", code)
    assert IndicatorKey.parse(str(key)) == key
    with pytest.raises(InvalidInputError):
        IndicatorKey.parse("3A")


def test_an_indicator_of_ones_own() -> None:
    """An indicator of one's own needs a source, a date and a denominator, and then works like any other."""
    own = Indicator(
        "ours", "2024 to 2025", "W1", "Weeks waited", "weeks", "lower", "ours", "Cases", "new cases", "2025-06"
    )
    assert (str(own.key), str(own.date), own.short_unit) == ("ours 2024-25 W1", "2025-06", "")
    assert str(own) == "W1 (2024-25): Weeks waited"


def test_everything_wrong_with_an_indicator_is_named_at_once() -> None:
    """Every field that is missing or wrong is in the one error."""
    with pytest.raises(InvalidInputError) as caught:
        Indicator("our set", "2024", "", "", "", "up", "mine", "", "", None, comparable_from="soon")  # type: ignore[arg-type]
    where = [str(problem.where) for problem in caught.value.problems]
    assert where == [
        *("code", "title", "unit", "source", "denominator", "set", "year", "comparable_from"),
        *("polarity", "polarity_basis", "date"),
    ]
    with pytest.raises(InvalidInputError, match="'soon' is not a date"):
        Indicator("ours", "2024-25", "W1", "Weeks", "weeks", "lower", "ours", "Cases", "cases", "soon")


@pytest.mark.parametrize("mark", ["c", "x", "z"])
def test_a_mark_is_a_value_and_no_number(mark: str) -> None:
    """A mark stands in place of a number, and is none, not even zero."""
    value = Value(KEY, "a", "2024-25", f"[{mark}]")
    assert value.value == Suppressed(mark)  # type: ignore[arg-type]
    assert value.number is None


def test_everything_wrong_with_a_value_is_named_at_once() -> None:
    """Floats, negative margins, odd bases and missing areas are in the one error."""
    with pytest.raises(InvalidInputError) as caught:
        Value("W1", "", "now", 0.5, margin_of_error="-1", denominator="many", base=2.0)  # type: ignore[arg-type]
    where = [str(problem.where) for problem in caught.value.problems]
    assert where == ["indicator", "area", "period", "value", "margin_of_error", "denominator", "base"]


def test_a_value_names_its_area() -> None:
    """Without a council a value is called by its printed name, or its code."""
    assert Value(KEY, "a", "2024-25", 1, name="Area").label == "Area"
    assert Value(KEY, "a", "2024-25", 1).label == "a"
