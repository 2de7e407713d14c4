"""Exact numbers: the three forms in which they are written, and the doors that take them."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError, Problem
from careassure.io.fields import number
from careassure.io.records import _fraction
from careassure.model.numbers import LONGEST, as_shown, exact, fraction, plain, printed
from careassure.tables.columns import read_exact

ANY = st.text("0123456789+-/.,eE_ %\u0663\uff11\u00b2\t", max_size=12)


def method_number(text: str) -> Fraction:
    """A number as a method file has it."""
    problems: list[Problem] = []
    found = number(text, "here", problems)
    if problems:
        raise CareAssureError("refused")
    return found


DOORS: dict[str, Callable[[str], Fraction]] = {
    "a method file": method_number,
    "a table": read_exact,
    "a record": lambda text: _fraction(text, Fraction),
    "a figure": exact,
}


@given(st.fractions())
def test_what_is_printed_is_read(value: Fraction) -> None:
    """A fraction as Python prints it is read as itself; so is a whole number, in every form."""
    assert fraction(str(value)) == value
    whole = value.numerator
    assert plain(str(whole)) == fraction(str(whole)) == printed(str(whole)) == printed(f"{whole:,}") == whole


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_decimals_are_read_in_every_form(value: Decimal) -> None:
    """A decimal number is read as what it is, with commas only as it is printed."""
    assert plain(f"{value:f}") == fraction(f"{value:f}") == printed(f"{value:,f}") == exact(value) == Fraction(value)
    assert (plain(f"{value:,f}") is None) == ("," in f"{value:,f}")


@given(ANY)
def test_a_form_takes_what_python_takes_or_nothing(text: str) -> None:
    """What a form takes is what Python makes of it without spaces and commas; the plain form is part of the others."""
    for form in (plain, fraction, printed):
        found = form(text)
        assert found is None or found == Fraction(text.replace(" ", "").replace(",", ""))
    if plain(text) is not None:
        assert plain(text) == fraction(text) == printed(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_stands_for_what_it_prints_as(value: float) -> None:
    """The exact number of a float prints as it does, and is the float again."""
    assert as_shown(value) == Fraction(repr(value))
    assert float(as_shown(value)) == value


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "text",
    ["", "-", ".5", "5.", "1e5", "1e999999999", "1_0", "\u0663", "\uff11", "0x1", "nan", "inf", "1/0", "1.5/2", "--1",
     "9" * 5_000, "1/" + "9" * 5_000],
)  # fmt: skip
def test_every_door_refuses(door: str, text: str) -> None:
    """What is a number to none is refused at once by every door: other digits, powers of ten, thousands of digits."""
    start = time.monotonic()
    with pytest.raises((CareAssureError, ValueError)) as found:
        DOORS[door](text)
    assert time.monotonic() - start < 1
    assert "Exceeds the limit" not in str(found.value)


@pytest.mark.parametrize(
    ("text", "doors"),
    [
        ("86", {"a method file", "a table", "a record", "a figure"}),
        ("-2.5", {"a method file", "a table", "a record", "a figure"}),
        ("800/9", {"a method file", "a record"}),
        ("1,204.5", {"a table", "a figure"}),
        ("86 %", {"a table"}),
        ("1234567890123456", {"a method file", "a record", "a figure"}),
        ("0.1234567890123456", {"a method file", "a record", "a figure"}),
    ],
)
def test_which_door_takes_what(text: str, doors: set[str]) -> None:
    """Each door takes its own form and no other."""
    taken = set()
    for name, door in DOORS.items():
        try:
            door(text)
        except (CareAssureError, ValueError):
            continue
        taken.add(name)
    assert taken == doors


@pytest.mark.parametrize("wrong", [0.5, True, None, Decimal("nan"), Decimal("1e999999999"), Decimal("1e-999999999")])
def test_what_is_no_exact_number_is_refused(wrong: Any) -> None:
    """Floats, truth values, and decimals that would never end are refused at once."""
    start = time.monotonic()
    with pytest.raises(CareAssureError, match="exact number"):
        exact(wrong)
    assert time.monotonic() - start < 1


def test_the_longest_number() -> None:
    """A number is read up to a length at which it can still be printed."""
    for form in (plain, fraction, printed):
        assert form("9" * LONGEST) == int("9" * LONGEST)
        assert form("9" * (LONGEST + 1)) is None
