"""Run every check on a scorer and report how each ended."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from statistics import median
from time import perf_counter
from typing import Literal

from attrs import evolve, frozen

from careassure.errors import CareAssureError
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.model.text import join, plural
from careassure.testing.bench import Bench, bench_of
from careassure.testing.check import CheckResult, NewCheckWarning, Status, judge, refuse_unknown
from careassure.testing.checks import NAMES, PROMISED, checks_on
from careassure.testing.profiles import fresh
from careassure.testing.survey import Survey, surveys


@frozen(repr=False)
class ConformanceReport:
    """How a scorer did.

    Args:
        scorer: Its name and version.
        frameworks: What it was tested with: ids and versions.
        results: How each check ended, in order.
        seconds: What one outcome took, half of them less and half of them more. It is told and never judged.
        profiles: How many combinations of scores were tried with each framework, in words.
        calls: How often the scorer was asked to score.
        lacking: What of the kit did not run, though it is promised. Then nothing has passed.
    """

    scorer: str
    frameworks: tuple[str, ...]
    results: tuple[CheckResult, ...]
    seconds: float
    profiles: tuple[str, ...] = ()
    calls: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is nothing to mend, and everything that is promised did run."""
        return not self.lacking and all(result.ok for result in self.results)

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
        verdict = f"{plural(bad, 'check')} to fix" if bad else "conforms"
        if self.lacking:
            verdict = f"not known, as {join(self.lacking)}"
        lines = [f"{self.scorer} on {', '.join(self.frameworks)}: {verdict}"]
        for result in self.results:
            lines.append(f"  {result}")
            if not result.ok:
                lines.append(f"              It asks: {result.text}")
        lines += [f"  Combinations of scores tried: {line}." for line in self.profiles]
        ran = f"{plural(len(self.results), 'check')} ran, in {plural(self.calls, 'call')} of the scorer"
        lines.append(f"  {ran}. One outcome took {self.seconds * 1000:.2f} ms.")
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
    thorough: bool = False,
) -> ConformanceReport:
    """Run every check of the kit on a scorer. Needs no test runner; the report prints readably.

    A scorer in Python is tried with every combination of scores where a framework has at most 300,000 and that takes
    at most three minutes of the processor. For the nine scores of a council it takes five to fifteen seconds. Otherwise
    20,000 are tried, and so many where the first 4,000 show that there is something to mend.

    Args:
        scorer: The scorer; a method stands for the scorer that applies it.
        framework: The framework to test with; every installed one that the scorer accepts where None.
        expected_failures: For checks that are known to fail, why. A check that passes all the same is a failure.
        on_fail: ``raise``: anything to mend raises. ``report``: it is only in the report.
        kit: The release of careassure that the scorer was written for, such as ``0.1``: newer checks only warn.
            Where it is left out, checks warn in the release in which they first appear.
        thorough: Whether every one of up to 300,000 combinations is tried, however long that takes.

    Raises:
        ConformanceError: There is something to mend; the error is the report.
        UnknownScorerError: It is not a scorer, or accepts no framework to test it with.
        UnknownCheckError: A failure is expected of a check that does not exist.
    """
    expected = dict(expected_failures or {})
    refuse_unknown(expected, list(NAMES))
    bench = evolve(bench_of(scorer, framework), thorough=thorough, expected=frozenset(expected))
    frameworks = tuple(f"{found.id} {found.version}" for found in bench.frameworks)
    results = tuple(judge(check, expected.get(check.name), kit) for check in checks_on(bench))
    found = surveys(bench)
    report = ConformanceReport(
        f"{bench.scorer.name} {bench.scorer.version}",
        frameworks,
        results,
        _seconds(bench),
        tuple(map(str, found)),
        bench.calls["score"],
        tuple(_lacking(results, found, bench)),
    )
    for result in results:
        if result.status == "warned":
            warnings.warn(f"{bench.scorer.name}: {result}", NewCheckWarning, stacklevel=2)
    if on_fail == "raise" and not report.ok:
        raise ConformanceError(report)
    return report


_LEAST_CALLS = 400
_LEAST_OF_METHODS = 200
_LEAST_PROFILES = 20_000
_LEAST_GAPS = 1_000


def _lacking(results: tuple[CheckResult, ...], found: tuple[Survey, ...], bench: Bench) -> Iterator[str]:
    """What did not run, though it is promised."""
    if len(results) < PROMISED:
        yield f"{len(results)} of {PROMISED} checks ran"
    for survey in found:
        name = f"{survey.framework.id} {survey.framework.version}"
        if survey.how != "proof" and survey.tried < min(_LEAST_PROFILES, survey.among):
            yield f"{survey.tried:,} of {survey.among:,} combinations of scores of {name} were tried"
        if survey.how != "proof" and survey.gaps < min(_LEAST_GAPS, survey.with_gaps):
            yield f"{survey.gaps:,} combinations of {name} with scores missing were tried"
    if bench.calls["score"] < (_LEAST_OF_METHODS if bench.applies_method else _LEAST_CALLS) * len(found):
        yield f"the scorer was asked {plural(bench.calls['score'], 'time')}"


def _seconds(bench: Bench) -> float:
    """How long one outcome takes, over some that were scored before."""
    times: list[float] = []
    for assessment in map(fresh, bench.sample(20)):
        start = perf_counter()
        bench.outcome(assessment)
        times.append(perf_counter() - start)
    bench.put_back()  # no check is running that would
    return median(times) if times else 0.0
