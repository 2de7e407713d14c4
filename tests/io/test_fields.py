"""Plain tables read field by field, with everything that is wrong collected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import Problem
from careassure.io.fields import Table, number
from careassure.model.dates import PartialDate
from careassure.testing.strategies import keys, partial_dates, texts

Reader = Callable[[Table, str], object]
READERS: dict[str, tuple[Reader, type | tuple[type, ...], object]] = {
    "text": (lambda table, key: table.text(key, "none"), str, "none"),
    "flag": (lambda table, key: table.flag(key), bool, False),
    "whole": (lambda table, key: table.whole(key), int, None),
    "date": (lambda table, key: table.date(key), PartialDate, None),
    "texts": (lambda table, key: table.texts(key), tuple, ()),
    "tables": (lambda table, key: table.tables(key), list, []),
    "named": (lambda table, key: table.named(key), dict, {}),
}
any_value = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 3000),
    st.floats(),
    texts(max_size=5),
    partial_dates().map(str),
    st.dates(),
    st.datetimes(),
    st.lists(st.integers() | texts(max_size=3) | st.dictionaries(keys(), st.integers(), max_size=2), max_size=2),
    st.dictionaries(keys(), st.integers() | st.dictionaries(keys(), st.integers(), max_size=1), max_size=2),
)


@pytest.mark.parametrize("name", READERS)
@given(key=keys(), value=any_value)
def test_a_field_is_of_its_type_or_a_problem_at_its_path(name: str, key: str, value: object) -> None:
    """A field read as some type gives a value of that type, and what did not fit is noted at its path."""
    read, kind, default = READERS[name]
    problems: list[Problem] = []
    table = Table({key: value}, "top", problems)
    found = read(table, key)
    assert found is None or isinstance(found, kind)
    assert all(str(problem.where).startswith(f"top.{key}") for problem in problems)
    if value is None and name != "named":
        assert (found, problems) == (default, [])
    table.finish()
    assert all(problem.message != "there is no such field here" for problem in problems)


@pytest.mark.parametrize("name", READERS)
@given(key=keys())
def test_a_field_that_is_not_there_has_its_default(name: str, key: str) -> None:
    """A field that is not there and not needed gives its default, and nothing is wrong."""
    read, _, default = READERS[name]
    problems: list[Problem] = []
    assert read(Table({}, "", problems), key) == default
    assert problems == []


@pytest.mark.parametrize("data", [{}, {"a": None}])
def test_a_needed_text_must_be_there(data: dict[str, object]) -> None:
    """A text that is needed is missed where it is not there or is null."""
    problems: list[Problem] = []
    assert Table(data, "x[0]", problems).text("a") == ""
    assert problems == [Problem("x[0].a", "it is missing")]


@given(st.sets(keys(), max_size=4), st.sets(keys(), max_size=4))
def test_what_was_not_taken_is_refused(there: set[str], taken: set[str]) -> None:
    """Every field that was not read, and no other, is refused when the table is finished."""
    problems: list[Problem] = []
    table = Table(dict.fromkeys(there, 1), "", problems)
    for key in taken:
        table.take(key)
    table.finish()
    assert {str(problem.where) for problem in problems} == there - taken
    assert all(problem.hint for problem in problems if taken)


@given(st.integers() | st.fractions() | st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_exact_numbers_are_read_exactly(value: object) -> None:
    """A whole number, and a fraction or decimal written as text, is read exactly."""
    problems: list[Problem] = []
    given_value = value if isinstance(value, int) else str(value)
    assert number(given_value, "x", problems) == Fraction(str(value))
    assert problems == []


@pytest.mark.parametrize("value", [2.5, 3.0, True, None, "", "1/0", "a", "nan", "inf", "1/2/3", [1], {}, "1e9999999"])
def test_inexact_numbers_are_refused(value: object) -> None:
    """A float, a truth value and text that is no number are refused, a float with how to write it exactly."""
    problems: list[Problem] = []
    number(value, "x", problems)
    (problem,) = problems
    assert str(problem.where) == "x"
    assert "should be an exact number" in problem.message
    assert bool(problem.hint) is isinstance(value, float)


def test_dates_with_a_time_are_refused() -> None:
    """A date with a time of day is no date of a file."""
    problems: list[Problem] = []
    noon = dt.datetime(2025, 5, 22, 12, tzinfo=dt.UTC)
    assert Table({"a": noon, "b": dt.date(2025, 5, 22)}, "", problems).date("a") is None
    assert str(problems[0].where) == "a"
    assert Table({"b": dt.date(2025, 5, 22)}, "", []).date("b") == PartialDate(2025, 5, 22)
