"""Coverage that is not counted twice: a test with many cases is counted until its cases go nowhere new.

Counting makes a test three times as slow. Most tests are lists of cases, and after some of them the others run through
the same lines and branches. So once as many cases in a row as `PATIENCE` found nothing new, the rest of that test is
run without being counted. Every case is still run. What is counted can only be too little, never too much: the gate
becomes stricter by this, not easier.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from coverage import Coverage

PATIENCE = 3
"""So many cases in a row of one test that find nothing new end the counting of it."""


class Counting:
    """Switches the counting off and on for each test, where coverage is counted in this process."""

    def __init__(self) -> None:
        self.in_vain: Counter[str] = Counter()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Run one case, and see whether it went anywhere new."""
        test, _, case = item.nodeid.partition("[")
        tracer = sys.gettrace()
        seen = _seen() if case and tracer is not None else None
        if seen is None:
            return (yield)
        if self.in_vain[test] < PATIENCE:
            try:
                return (yield)
            finally:
                self.in_vain[test] = 0 if _seen() != seen else self.in_vain[test] + 1
        sys.settrace(None)
        try:
            return (yield)
        finally:
            sys.settrace(tracer)


def _seen() -> int | None:
    """How many lines or branches were gone through so far; None where nothing is counted.

    Coverage offers this number only by way of its file, which takes longer than most tests.
    """
    coverage = Coverage.current()
    collector: Any = coverage and coverage._collector
    return sum(map(len, list(collector.data.values()))) if collector else None
