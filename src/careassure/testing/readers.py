"""Check a reader of files, and report how each check ended."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Literal

from attrs import frozen

from careassure.errors import CareAssureError
from careassure.model.text import plural
from careassure.tables.looking import look_at
from careassure.tables.reader import Opened, Reader
from careassure.testing.check import Check, CheckFailedError, CheckResult, judge
from careassure.testing.reader_checks import CHECKS, ReaderBench

PROMISED = 9
"""So many checks are promised."""


@frozen(repr=False)
class ReaderReport:
    """How a reader did.

    Args:
        reader: Its id.
        results: How each check ended, in order.
    """

    reader: str
    results: tuple[CheckResult, ...]

    @property
    def ok(self) -> bool:
        """Whether there is nothing to fix, and every check that is promised did run."""
        return len(self.results) >= PROMISED and all(result.ok for result in self.results)

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """What there is to fix."""
        return tuple(result for result in self.results if not result.ok)

    def __str__(self) -> str:
        bad = len(self.failures)
        lines = [f"{self.reader}: {plural(bad, 'check')} to fix" if bad else f"{self.reader}: conforms"]
        for result in self.results:
            lines.append(f"  {result}")
            if not result.ok:
                lines.append(f"              It asks: {result.text}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ReaderReport {self.reader}: {len(self.results) - len(self.failures)} of {len(self.results)} ok>"


class ReaderConformanceError(CareAssureError, AssertionError):
    """A reader does not conform.

    Args:
        report: How it did.
    """

    def __init__(self, report: ReaderReport) -> None:
        super().__init__(str(report))
        self.report = report

    def __reduce__(self) -> tuple[type[ReaderConformanceError], tuple[ReaderReport]]:
        return ReaderConformanceError, (self.report,)


def check_reader(
    reader: Reader,
    files: Iterable[str | os.PathLike[str] | Opened],
    *,
    people: Iterable[str] = (),
    on_fail: Literal["raise", "report"] = "raise",
) -> ReaderReport:
    """Run every check of the kit on a reader of files. Needs no test runner; the report prints readably.

    Args:
        reader: The reader.
        files: Files that it is for, at least one.
        people: Names of people in them, beside those that are in columns and fields named after people.
        on_fail: ``raise``: anything to fix raises. ``report``: it is only in the report.

    Raises:
        ReaderConformanceError: There is something to fix; the error is the report.
        CheckFailedError: No file was given, or what was given is not a Reader.
    """
    if type(reader) is not Reader:
        raise CheckFailedError("this is not a Reader", hint="Give a careassure.tables.Reader")
    opened = tuple(item if isinstance(item, Opened) else look_at(item) for item in files)
    if not opened:
        raise CheckFailedError("there is no file to check it with", hint="Give files that it is for")
    bench = ReaderBench(reader, opened, tuple(people))
    results: list[CheckResult] = []
    for name, function in CHECKS:
        text = " ".join((function.__doc__ or "").split())
        results.append(judge(Check(name, "0.1", frozenset(), text, partial(function, bench))))
    report = ReaderReport(reader.id, tuple(results))
    if on_fail == "raise" and not report.ok:
        raise ReaderConformanceError(report)
    return report
