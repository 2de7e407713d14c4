"""How an argument is brought into the form of its annotation, and what is said where it cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from importlib import import_module
from itertools import count
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

import pytest
from attrs import field, frozen

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError
from careassure.model import annotations as taken
from careassure.model.annotations import ADVICE
from careassure.model.arguments import checked, checked_after, day_of, explained
from careassure.model.scale import Grade
from helpers import told

if TYPE_CHECKING:
    from decimal import Decimal

T = TypeVar("T")
DAY = dt.date(2026, 4, 1)
NOON = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)


class Vague(Protocol):
    """A protocol that cannot be asked for."""

    x: int


class Odd(str):
    """Text of a class of somebody else."""

    __slots__ = ()


class Whole:
    """A whole number of another library."""

    def __index__(self) -> int:
        return 7


def taking(hint: Any) -> Callable[[Any], Any]:
    """A checked function of one argument."""

    def function(argument: Any) -> Any:
        return argument

    function.__annotations__["argument"] = hint
    return checked(function)


GRADE = Grade("s", "a", "A", 0, 1)
FORMS: list[tuple[Any, Any, Any]] = [
    (object, 3, 3),
    (T, "x", "x"),
    (str | None, None, None),
    (str | None, "x", "x"),
    (dt.date | str, "2026-04-01", DAY),
    (dt.date | str | None, "2026-04-01", DAY),
    (dt.date | str | None, None, None),
    (dt.date | str, NOON, DAY),
    (str | PathLike[str], "a\0b", "a\0b"),
    (str | PathLike[str], Path("x"), Path("x")),
    (Sequence[str] | str, "ab", "ab"),
    (Sequence[str] | str, ["ab"], ("ab",)),
    (float | bool, True, True),
    (bool | float, 1, 1),
    (int | float, 1.5, 1.5),
    (int, Whole(), 7),
    (float, Whole(), 7),
    (str, Odd("x"), "x"),
    (str, "caf\u00e9", "caf\u00e9"),
    (str, "a\u202e", "a\u202e"),
    (dt.datetime, NOON, NOON),
    (Grade, GRADE, GRADE),
    (type[Any], int, int),
    (Callable, len, len),
    (Callable[[int], int], len, len),
    (Vague, 3, 3),
    ("anything", 3, 3),
    (Mapping[dt.date, int], {"2026-04-01": 1}, {DAY: 1}),
    (dict[str, dt.date], {"a": NOON}, {"a": DAY}),
    (dict, {"a": 1}, {"a": 1}),
    (Mapping[str, Sequence[str]], {"a": "b"}, {"a": ("b",)}),
    (Sequence[Any], "ab", ("ab",)),
    (Sequence, "ab", ("ab",)),
    (Sequence, [1, "a"], (1, "a")),
    (Sequence[Grade], GRADE, (GRADE,)),
    (Sequence[Grade], [GRADE, GRADE], (GRADE, GRADE)),
    (Sequence[object], ["a", 1], ("a", 1)),
    (Sequence[int], 3, (3,)),
    (Iterable[int], range(3), (0, 1, 2)),
    (Iterator[str], iter("ab"), ("a", "b")),
    (set[int], {3}, (3,)),
    (tuple[dt.date, ...], ["2026-04-01", DAY], (DAY, DAY)),
    (tuple[int, str, dt.date], (1, "a", "2026-04-01"), (1, "a", DAY)),
    (tuple[int], [1], (1,)),
    (list[Literal["a", "b"]], "a", ("a",)),
]  # fmt: skip


@pytest.mark.parametrize(("hint", "value", "form"), FORMS)
def test_a_value_is_brought_into_the_form_of_its_annotation(hint: Any, value: Any, form: Any) -> None:
    found = taking(hint)(value)
    assert found == form
    assert type(found) is type(form) or isinstance(value, Odd)


NO_DAY = "There is no such day"
UNFIT: list[tuple[Any, Any, str, str]] = [
    (Mapping[str, int], {3: 1}, "{3: 1} is not a table", ""),
    (Mapping[str, int], {"a": "b"}, "{'a': 'b'} is not a table", ""),
    (Mapping[dt.date, int], {"2026-02-30": 1}, "{'2026-02-30': 1} is not a table", NO_DAY),
    (Sequence[int], ["a"], "['a'] is not a list, each of it a whole number", ""),
    (Sequence[dt.date], ["2026-02-30"], "['2026-02-30'] is not a list, each of it a day such as 2026-04-01", NO_DAY),
    (Sequence[int], bytearray(b"a"), "bytearray(b'a') is not a list, each of it a whole number", ""),
    (Sequence[str], 3, "3 is not a list, each of it text", ""),
    (tuple[int, str], [1], "[1] is not a list, each of it a whole number", ""),
    (tuple[int, str], [1, "a", "b"], "[1, 'a', 'b'] is not a list, each of it a whole number", ""),
    (tuple[int, str], ["a", 1], "['a', 1] is not a list, each of it a whole number", ""),
    (float, True, "True is not a number", ""),
    (float, Fraction(1, 2), "Fraction(1, 2) is not a number", ""),
    (int | str, 1.5, "1.5 is not a whole number or text", ""),
    (dt.date | str, 3, "3 is not a day such as 2026-04-01", ""),
    (dt.date | str, "x", "'x' is not a day such as 2026-04-01", ""),
    (dt.date | None, "x", "'x' is not a day such as 2026-04-01", ""),
    (dt.datetime, DAY, "datetime.date(2026, 4, 1) is not a datetime", ""),
    (Literal["a", "b"], "c", "'c' is not one of its words", "Use a or b"),
    (Literal[1, 2], True, "True is not one of its words", "Use 1 or 2"),
    (type[int], 3, "3 is not a type", ""),
    (Callable, 3, "3 is not a Callable", ""),
    (ca.Framework, 3, "3 is not a Framework", ADVICE["Framework"]),
    (ca.Assessment | None, 3, "3 is not an Assessment", ADVICE["Assessment"]),
    (Sequence[ca.Framework], 3, "3 is not a list, each of it a Framework", ADVICE["Framework"]),
    (Mapping[str, Sequence[ca.Method | None]], 3, "3 is not a table", ADVICE["Method"]),
    (str | PathLike[str] | None, 3, "3 is not a path", ""),
    (Sequence[str | int], 3, "3 is not a list, each of it text or a whole number", ""),
    (type(None), 3, "3 is not nothing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("hint", "value", "message", "advice"), UNFIT)
def test_a_value_that_does_not_fit_is_told_with_where_to_get_one(
    hint: Any, value: Any, message: str, advice: str
) -> None:
    assert told(lambda: taking(hint)(value)) == [("argument", message, advice)]


def test_so_many_items_are_taken_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """An iterable that never ends is refused once it has given more than the most."""
    assert taken.MOST_ITEMS == 1_000_000
    monkeypatch.setattr(taken, "MOST_ITEMS", 1_003)
    given = count()
    assert told(lambda: taking(Iterable[int])(given)) == [
        ("argument", "count(1004) is not a list, each of it a whole number", "Give at most 1,003")
    ]
    assert len(taking(Iterable[int])(range(1_003))) == 1_003


def test_a_checked_function_stays_what_it_is() -> None:
    """Its name, its words and its defaults; and arguments that are wrong by name or number are a TypeError."""

    @checked
    def some_function(first: int, second: Sequence[str] = ("x",), *, third: int = 3) -> object:
        """What it does."""
        return first, second, third

    assert (some_function.__name__, some_function.__doc__) == ("some_function", "What it does.")
    assert some_function(1) == (1, ("x",), 3)
    assert some_function(1, "a", third=4) == (1, ("a",), 4)
    assert some_function(second=["b"], first=Whole()) == (7, ("b",), 3)  # type: ignore[arg-type]
    name = f"careassure.{some_function.__qualname__}"
    for more, unknown, hint in (
        ({"thrid": 1}, "thrid", ". Did you mean third?"),
        ({"zzz": 1, "secnd": 1}, "secnd", ". Did you mean second?"),
        ({"qqq": 1}, "qqq", ""),
    ):
        with pytest.raises(TypeError) as raised:
            some_function(1, **more)  # type: ignore[arg-type]
        assert str(raised.value) == f"{name} has no argument {unknown!r}{hint}"
    with pytest.raises(TypeError, match="takes from 1 to 2 positional arguments"):
        some_function(1, 2, 3)  # type: ignore[call-arg, arg-type]


def test_a_public_function_is_called_as_users_call_it() -> None:
    """In the namespace that offers it, its own room's first; else in the library's own."""

    def function(first: int) -> int:
        return first

    for called, module in (
        ("careassure.workspaces.read", "careassure.workspaces.opening"),
        ("careassure.figures.currency", "careassure.figures"),
        ("careassure.privacy.screen", "careassure.privacy.personal.screen"),
        ("careassure.samples.cases_to_find", "elsewhere"),
        ("careassure.assess", "careassure.api.verbs"),
        ("careassure.it", "elsewhere"),
        ("careassure.it", ""),
    ):
        room, _, name = called.rpartition(".")
        import_module(room)
        function.__module__, function.__qualname__ = module, name
        with pytest.raises(InvalidInputError) as raised:
            checked(function)("x")  # type: ignore[arg-type]
        assert raised.value.message == called


def test_names_that_only_type_checkers_import_are_left_out() -> None:
    """Everything else is looked at all the same."""

    @checked
    def function(first: Decimal, second: int, third: dt.date) -> object:
        return first, second, third

    assert function("any", 1, "2026-04-01") == ("any", 1, DAY)  # type: ignore[arg-type]
    assert told(lambda: function(1, "x", 2)) == [  # type: ignore[arg-type]
        ("second", "'x' is not a whole number", ""),
        ("third", "2 is not a day such as 2026-04-01", ""),
    ]


def test_a_function_that_fails_on_its_arguments_says_why() -> None:
    """Arguments are looked at where it failed alone; in their own form it may succeed."""
    seen: list[object] = []

    @checked_after
    def function(first: dt.date, second: Sequence[int] = ()) -> object:
        """What it does."""
        seen.append(first)
        if second == (0,):
            raise CareAssureError("its own")
        return first.year + sum(second)

    assert (function.__name__, function.__doc__) == ("function", "What it does.")
    assert function(DAY, [1]) == 2027
    assert function(DAY) == 2026
    assert function("2026-04-01", second=iter([1, 2])) == 2029  # type: ignore[arg-type]
    assert seen[-2:] == ["2026-04-01", DAY]
    with pytest.raises(CareAssureError, match=r"^its own$"):
        function(DAY, (0,))
    with pytest.raises(InvalidInputError) as raised:
        function("soon", ["x"])  # type: ignore[list-item, arg-type]
    assert raised.value.message == f"careassure.{function.__qualname__}"
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert [(str(problem.where), problem.message) for problem in raised.value.problems] == [
        ("first", "'soon' is not a day such as 2026-04-01"),
        ("second", "['x'] is not a list, each of it a whole number"),
    ]
    with pytest.raises(TypeError, match="missing a required argument: 'first'"):
        function()  # type: ignore[call-arg]

    @checked_after
    def broken(first: int) -> object:
        return first / 0

    with pytest.raises(ZeroDivisionError):
        broken(1)


def test_a_value_that_cannot_be_made_says_why() -> None:
    """A class that fails on a wrong type names the field; it looks at nothing before."""

    @explained
    @frozen
    class Made:
        """A value."""

        first: int
        items: tuple[int, ...] = field(converter=tuple, default=())

        def __attrs_post_init__(self) -> None:
            if self.first == 7:
                raise CareAssureError("its own")
            if 100 // self.first + sum(self.items) == 0:
                raise ValueError("a fault of ours")

    made: Any = Made
    assert Made.__init__.__name__ == "__init__"
    assert (made(2).items, made(1.5).first, made(first=2, items=iter([1])).items) == ((), 1.5, (1,))
    with pytest.raises(CareAssureError, match=r"^its own$"):
        made(7)
    with pytest.raises(ValueError, match=r"^a fault of ours$"):
        made(200)
    with pytest.raises(ZeroDivisionError):
        made(0)
    with pytest.raises(TypeError, match="missing a required argument: 'first'"):
        made()
    with pytest.raises(InvalidInputError) as raised:
        made("x", items=b"ab")
    assert raised.value.message == "a Made"
    assert raised.value.__suppress_context__
    assert [(str(problem.where), problem.message) for problem in raised.value.problems] == [
        ("first", "'x' is not a whole number"),
        ("items", "b'ab' is not a list, each of it a whole number"),
    ]
    assert told(lambda: made(1, iter("ab"))) == [("items", "('a', 'b') is not a list, each of it a whole number", "")]


def test_a_day_is_told_with_how_to_write_one() -> None:
    assert told(lambda: day_of("soon")) == [
        ("", "'soon' is not a day", "Write it as year-month-day, such as 2026-04-01")
    ]
    assert day_of(NOON) == DAY
