"""Coverage that is not counted twice: a test with many cases is counted until its cases go nowhere new.

Counting makes a test three times as slow. Most tests are lists of cases, and after some of them the others run through
the same lines and branches. So once as many cases in a row as `PATIENCE` found nothing new, the rest of that test is
run without being counted, and so is a long test that is marked ``uncounted``. Every case is still run. What is counted
can only be too little, never too much: the gate becomes stricter by this, not easier.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from coverage import Coverage

PATIENCE = 8
"""So many cases in a row of one test that find nothing new end the counting of it."""


class Counting:
    """Switches the counting off and on for each test, where coverage is counted in this process."""

    def __init__(self) -> None:
        self.in_vain: Counter[str] = Counter()

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Run last what is not counted: a module is imported once, and that is to be counted."""
        items.sort(key=_is_uncounted)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Run one case, and see whether it went anywhere new."""
        tracer = sys.gettrace()
        if tracer is None:
            return (yield)
        test, _, case = item.nodeid.partition("[")
        if _is_uncounted(item) or self.in_vain[test] >= PATIENCE:
            sys.settrace(None)
            try:
                return (yield)
            finally:
                sys.settrace(tracer)
        seen = _seen() if case else -1
        try:
            return (yield)
        finally:
            if case:
                self.in_vain[test] = 0 if _seen() != seen else self.in_vain[test] + 1


def _is_uncounted(item: pytest.Item) -> bool:
    return item.get_closest_marker("uncounted") is not None


def _seen() -> int:
    """How many lines or branches were gone through so far; another trace than that of coverage sees none of them.

    Coverage offers this number only by way of its file, which takes longer than most tests.
    """
    coverage = Coverage.current()
    collector: Any = coverage and coverage._collector
    return sum(map(len, list(collector.data.values()))) if collector else -1
