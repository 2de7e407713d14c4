"""Values that are exactly of the class that their type says, and arguments that fit their annotations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from os import PathLike
from typing import Any, Literal

import pytest
from attrs import frozen

from careassure.errors import InvalidInputError
from careassure.model.arguments import checked, day_of
from careassure.model.exact import class_name, faults
from careassure.model.scale import Grade, Scale


@frozen
class Inner:
    """A value inside another."""

    word: Literal["x", "y"]
    pair: tuple[int, str] = (1, "a")


@frozen
class Outer:
    """A value with a member of each kind."""

    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    grade: Grade | None = None
    number: Fraction = Fraction(1)
    text: str = ""
    whole: int = 0
    sure: bool = False


GOOD = Inner("x")


class Odd(str):
    """Text that could be anything."""

    __slots__ = ()


def tampered(numerator: Any, denominator: Any) -> Fraction:
    found = Fraction(1, 2)
    object.__setattr__(found, "_numerator", numerator)
    object.__setattr__(found, "_denominator", denominator)
    return found


FAULTS: list[tuple[Any, str]] = [
    (Outer(Inner("z")), "inner.word is 'z', not 'x' or 'y'"),  # type: ignore[arg-type]
    (Outer(Inner("x", (1, 2))), "inner.pair[1] is 2, not text"),  # type: ignore[arg-type]
    (Outer(Inner("x", (1,))), "inner.pair has 1 members, not 2"),  # type: ignore[arg-type]
    (Outer(many=(GOOD, Inner("x", ("a", "b")))), "many[1].pair[0] is 'a', not a whole number"),  # type: ignore[arg-type]
    (Outer(many=(GOOD, 3)), "many[1] is 3, not exactly Inner"),  # type: ignore[arg-type]
    (Outer(many=[GOOD]), "many is of the class list, not a tuple"),  # type: ignore[arg-type]
    (Outer(grade="mid"), "grade is 'mid', not a Grade or None"),  # type: ignore[arg-type]
    (Outer(Inner(3)), "inner.word is 3, not 'x' or 'y'"),  # type: ignore[arg-type]
    (Outer(Inner("x", 3)), "inner.pair is 3, not a tuple"),  # type: ignore[arg-type]
    (Outer(Inner("x", (1, "a", 2))), "inner.pair has 3 members, not 2"),  # type: ignore[arg-type]
    (Outer(text=Odd("a")), "text is of the class Odd, not text"),
    (Outer(text="\ud800"), "text is text that cannot be written down"),
    (Outer(whole=1.5), "whole is 1.5, not a whole number"),  # type: ignore[arg-type]
    (Outer(whole=2**10_000), "whole is a number of thousands of digits"),
    (Outer(sure=1), "sure is 1, not true or false"),  # type: ignore[arg-type]
    (Outer(number=tampered(2, 4)), "number is a fraction that was tampered with"),
    (Outer(number=tampered(1, 0)), "number is a fraction that was tampered with"),
    (Outer(number=tampered(1, -2)), "number is a fraction that was tampered with"),
    (Outer(number=tampered(1.0, 2)), "number is a fraction that was tampered with"),
    (Outer(number=Fraction(2**10_000)), "number is a number of thousands of digits"),
    (Outer(number=Fraction(1, 2**10_000 + 1)), "number is a number of thousands of digits"),
    (Outer(grade=Scale.of("s", "S", ("a", "A"), ("b", "B")).lowest), ""),
    (Outer(GOOD, (GOOD, GOOD), None, Fraction(-1, 3), "\u20ac", 2**9_999, sure=True), ""),
]


@pytest.mark.parametrize(("value", "fault"), FAULTS)
def test_the_first_fault_is_told_with_its_path(value: Outer, fault: str) -> None:
    """Where in a value something is not exactly of its class, what it is and what it should be."""
    assert list(faults(value)) == ([fault] if fault else [])


def test_true_is_no_whole_number() -> None:
    """True is not taken for 1, nor is a missing member or a value that is trusted looked into."""
    assert list(faults(Outer(whole=True))) == ["whole is True, not a whole number"]
    bad = Inner("z")  # type: ignore[arg-type]
    assert list(faults(Outer(bad, (bad,)), trusted=bad)) == []
    hollow = object.__new__(Inner)
    assert list(faults(hollow)) == ["word is missing"]
    assert (class_name(Odd("a")), class_name(3)) == ("Odd", "int")


ARGUMENTS: list[tuple[Any, Any, str]] = [
    (str, 3, "text"),
    (int, "a", "a whole number"),
    (float, "a", "a number"),
    (bool, 1, "true or false"),
    (dt.date, "soon", "a day such as 2026-04-01"),
    (int | None, "a", "a whole number"),
    (int | str, 1.5, "a whole number or text"),
    (Literal["a", "b"], "c", "one of its words"),
    (Mapping[str, int], 3, "a table"),
    (dict, 3, "a table"),
    (Mapping, 3, "a table"),
    (Sequence[int], "a", "a list, each of it a whole number"),
    (tuple[str, ...], 3, "a list, each of it text"),
    (list, 3, "a list"),
    (Iterable[Any], 3, "a list"),
    (Grade, 3, "a Grade"),
    (InvalidInputError, 3, "an InvalidInputError"),
    (PathLike[str], 3, "a path"),
    (str | PathLike[str], 3, "a path"),
    (Callable[..., int], 3, "a Callable"),
]


@pytest.mark.parametrize(("hint", "value", "words"), ARGUMENTS)
def test_what_an_argument_should_be_is_told(hint: Any, value: Any, words: str) -> None:
    """An argument that does not fit is named, with what it should be in plain words."""

    def function(argument: Any) -> Any:
        return argument

    function.__annotations__["argument"] = hint
    with pytest.raises(InvalidInputError) as caught:
        checked(function)(value)
    [problem] = caught.value.problems
    assert caught.value.message == f"careassure.{function.__qualname__}"
    assert str(problem.where) == "argument"
    assert problem.message.endswith(f" is not {words}")


FITTED: list[tuple[Any, Any, Any]] = [
    (dt.date, "2026-04-01", dt.date(2026, 4, 1)),
    (dt.date, dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC), dt.date(2026, 4, 1)),
    (Sequence[str], "a", ("a",)),
    (Sequence[str], iter("ab"), ("a", "b")),
    (tuple[str, int], ["a", 1], ("a", 1)),
    (Mapping[str, dt.date], {"a": "2026-04-01"}, {"a": dt.date(2026, 4, 1)}),
    (Mapping, {"a": 1}, {"a": 1}),
    (int | str, "a", "a"),
    (float, 1, 1),
    (float, 1.5, 1.5),
    (int, 2**63 - 1, 2**63 - 1),
    (int, -(2**63), -(2**63)),
    (Any, 3, 3),
    (Literal["a", 1], 1, 1),
]


@pytest.mark.parametrize(("hint", "value", "fitted"), FITTED)
def test_what_fits_is_brought_into_its_form(hint: Any, value: Any, fitted: Any) -> None:
    """What is said in another form than the annotation's is brought into that form."""

    def function(argument: Any) -> Any:
        return argument

    function.__annotations__["argument"] = hint
    found = checked(function)(value)
    assert found == fitted
    assert type(found) is type(fitted)


HINTED: list[tuple[Any, Any, str]] = [
    (Literal["a", "b"], "c", "Use a or b"),
    (Literal["a", 1], True, "Use a or 1"),
    (dt.date, "2026-02-30", "There is no such day"),
    (int, 2**63, "At most 64 bits are read"),
    (int, -(2**63) - 1, "At most 64 bits are read"),
    (str, "\ud800", "It holds half a character"),
    (tuple[str, int], ["a"], ""),
    (Sequence[int], b"ab", ""),
    (Sequence[int], {"a": 1}, ""),
    (int, True, ""),
]


@pytest.mark.parametrize(("hint", "value", "words"), HINTED)
def test_what_to_do_about_an_argument_is_told(hint: Any, value: Any, words: str) -> None:
    """Where there is something to be done about an argument that does not fit, it is said."""

    def function(argument: Any) -> Any:
        return argument

    function.__annotations__["argument"] = hint
    with pytest.raises(InvalidInputError) as caught:
        checked(function)(value)
    assert caught.value.problems[0].hint == words


def test_every_argument_that_does_not_fit_is_named() -> None:
    """Also those of a function that takes any number of them; a wrong number of them stays a TypeError."""

    @checked
    def function(first: int, *rest: int, last: str = "", **more: str) -> tuple[object, ...]:
        return first, rest, last, more

    with pytest.raises(InvalidInputError) as caught:
        function("a", 1, "b", last=2, other=3)  # type: ignore[arg-type]
    assert [str(problem.where) for problem in caught.value.problems] == ["first", "rest", "last", "more"]
    assert function(1, 2, 3, last="c", other="d") == (1, (2, 3), "c", {"other": "d"})
    with pytest.raises(TypeError, match="first"):
        function()  # type: ignore[call-arg]


def test_a_day_is_read_or_refused() -> None:
    """A day is a date, a moment or text that names one."""
    assert day_of("2026-04-01") == day_of(dt.date(2026, 4, 1)) == dt.date(2026, 4, 1)
    for value in ("2026-4-1", "2026-02-30", 20260401, None):
        with pytest.raises(InvalidInputError, match=r"is not a day\. Write it as year-month-day") as caught:
            day_of(value)
        assert caught.value.message == "the date"
