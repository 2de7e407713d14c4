"""Run every check on a scorer and report how each ended."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from statistics import median
from time import perf_counter
from typing import Literal

from attrs import frozen

from careassure.errors import CareAssureError
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.model.text import plural
from careassure.testing.bench import Bench, bench_of, fresh
from careassure.testing.check import CheckResult, NewCheckWarning, Status, judge, refuse_unknown
from careassure.testing.checks import NAMES, checks_on


@frozen(repr=False)
class ConformanceReport:
    """How a scorer did.

    Args:
        scorer: Its name and version.
        frameworks: What it was tested with: ids and versions.
        results: How each check ended, in order.
        seconds: What one outcome took, half of them less and half of them more. It is told and never judged.
    """

    scorer: str
    frameworks: tuple[str, ...]
    results: tuple[CheckResult, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend."""
        return all(result.ok for result in self.results)

    @property
    def failures(self) -> tuple[CheckResult, ...]:
        """What there is to mend."""
        return tuple(result for result in self.results if not result.ok)

    def named(self, status: Status) -> tuple[str, ...]:
        """The names of the checks that ended so."""
        return tuple(result.name for result in self.results if result.status == status)

    def __getitem__(self, name: str) -> CheckResult:
        for result in self.results:
            if result.name == name:
                return result
        raise KeyError(name)

    def __str__(self) -> str:
        bad = len(self.failures)
        verdict = f"{plural(bad, 'check')} to mend" if bad else "conforms"
        lines = [f"{self.scorer} on {', '.join(self.frameworks)}: {verdict}"]
        for result in self.results:
            lines.append(f"  {result}")
            if not result.ok:
                lines.append(f"              It asks: {result.text}")
        lines.append(f"  One outcome took {self.seconds * 1000:.2f} ms.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ConformanceReport {self.scorer}: {len(self.results) - len(self.failures)} of {len(self.results)} ok>"


class ConformanceError(CareAssureError, AssertionError):
    """A scorer does not conform.

    Args:
        report: How it did.
    """

    def __init__(self, report: ConformanceReport) -> None:
        super().__init__(str(report))
        self.report = report

    def __reduce__(self) -> tuple[type[ConformanceError], tuple[ConformanceReport]]:
        return ConformanceError, (self.report,)


def check_scorer(
    scorer: Scorer | Method,
    *,
    framework: Framework | None = None,
    expected_failures: Mapping[str, str] | None = None,
    on_fail: Literal["raise", "report"] = "raise",
    kit: str = "",
) -> ConformanceReport:
    """Run every check of the kit on a scorer. Needs no test runner; the report prints readably.

    Args:
        scorer: The scorer; a method stands for the scorer that applies it.
        framework: The framework to test with; every installed one that the scorer accepts where None.
        expected_failures: For checks that are known to fail, why. A check that passes all the same is a failure.
        on_fail: ``raise``: anything to mend raises. ``report``: it is only in the report.
        kit: The release of careassure that the scorer was written for, such as ``0.1``: newer checks only warn.
            Where it is left out, checks warn in the release in which they first appear.

    Raises:
        ConformanceError: There is something to mend; the error is the report.
        UnknownScorerError: It is no scorer, or accepts no framework to test it with.
        UnknownCheckError: A failure is expected of a check that does not exist.
    """
    expected = dict(expected_failures or {})
    refuse_unknown(expected, list(NAMES))
    bench = bench_of(scorer, framework)
    frameworks = tuple(f"{found.id} {found.version}" for found in bench.frameworks)
    results = tuple(judge(check, expected.get(check.name), kit) for check in checks_on(bench))
    report = ConformanceReport(f"{bench.scorer.name} {bench.scorer.version}", frameworks, results, _seconds(bench))
    for result in results:
        if result.status == "warned":
            warnings.warn(f"{bench.scorer.name}: {result}", NewCheckWarning, stacklevel=2)
    if on_fail == "raise" and not report.ok:
        raise ConformanceError(report)
    return report


def _seconds(bench: Bench) -> float:
    """How long one outcome takes, over some that were scored before."""
    times: list[float] = []
    for assessment in map(fresh, bench.sample(20)):
        start = perf_counter()
        bench.outcome(assessment)
        times.append(perf_counter() - start)
    return median(times) if times else 0.0
