"""When coverage is counted: the trace is off in a test that is marked, and in cases that go nowhere new."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType, SimpleNamespace
from typing import Any

from counting import PATIENCE, Counting


def trace(_frame: FrameType, _event: str, _argument: object) -> None:
    """Sees nothing, as coverage does where everything was seen."""


@contextmanager
def traced() -> Generator[None]:
    """Another trace stands in the place of that of coverage for a while."""
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)


def runs_traced(counting: Counting, name: str, *markers: str) -> bool:
    """Whether a test is traced while it runs; the trace is there again after it."""
    item: Any = SimpleNamespace(nodeid=name, get_closest_marker=lambda marker: marker if marker in markers else None)
    call: Any = counting.pytest_runtest_call(item)
    next(call)
    found = sys.gettrace() is trace
    for _ in call:
        raise AssertionError("it has one part before the test and one after it")
    assert sys.gettrace() is trace
    return found


def test_a_test_that_is_marked_is_not_counted() -> None:
    """Whether it has cases or not."""
    with traced():
        found = [runs_traced(Counting(), name, "uncounted") for name in ("test_long", "test_long[a]")]
    assert found == [False, False]


def test_a_test_without_cases_is_always_counted() -> None:
    """However often it finds nothing new."""
    counting = Counting()
    with traced():
        found = [runs_traced(counting, "test_plain") for _ in range(PATIENCE + 2)]
    assert found == [True] * (PATIENCE + 2)


def test_cases_that_find_nothing_new_end_the_counting_of_their_test_alone() -> None:
    """The next case is not counted, and those of another test are."""
    counting = Counting()
    with traced():
        found = [runs_traced(counting, f"test_many[{case}]") for case in range(PATIENCE + 2)]
        other = runs_traced(counting, "test_other[0]")
    assert (found, other) == ([True] * PATIENCE + [False] * 2, True)


def test_where_nothing_is_counted_nothing_is_done() -> None:
    """Without a trace there is none to switch off."""
    before = sys.gettrace()
    sys.settrace(None)
    try:
        call: Any = Counting().pytest_runtest_call(SimpleNamespace(nodeid="test_many[0]"))  # type: ignore[arg-type]
        next(call)
        found = sys.gettrace()
    finally:
        sys.settrace(before)
    assert found is None
