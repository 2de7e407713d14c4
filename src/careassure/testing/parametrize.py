"""The checks as tests of pytest."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping

import pytest
from attrs import evolve

from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.testing.bench import bench_of
from careassure.testing.check import Check, NewCheckWarning, judge, refuse_unknown
from careassure.testing.checks import NAMES, checks_on, refuse_shrunken


def parametrize_with_checks(
    scorers: Iterable[Scorer | Method],
    *,
    expected_failures: Mapping[str, str] | None = None,
    framework: Framework | None = None,
    kit: str = "",
) -> pytest.MarkDecorator:
    """Give a test one run for each check of each scorer, in its argument ``check``.

    Like this::

        @parametrize_with_checks([MyScorer()])
        def test_conformance(check):
            check.run()

    Args:
        scorers: The scorers; a method stands for the scorer that applies it.
        expected_failures: For checks that are known to fail, why: by the check's name, or for one of several
            scorers as ``scorer::check``. A check that passes all the same fails.
        framework: The framework to test with; every installed one that a scorer accepts where None.
        kit: The release of careassure that the scorers were written for, such as ``0.1``: newer checks only warn.

    Raises:
        UnknownScorerError: Something is not a scorer.
        UnknownCheckError: A failure is expected of a check that does not exist.
    """
    refuse_shrunken()
    expected = dict(expected_failures or {})
    benches = [bench_of(scorer, framework) for scorer in scorers]
    refuse_unknown(expected, [*NAMES, *(f"{bench.scorer.name}::{name}" for bench in benches for name in NAMES)])
    params: list[object] = []
    for bench in benches:
        own = {name: expected.get(f"{bench.scorer.name}::{name}", expected.get(name)) for name in NAMES}
        declared = frozenset(name for name, reason in own.items() if reason is not None)
        for check in checks_on(evolve(bench, expected=declared)):
            name = f"{bench.scorer.name}::{check.name}"
            params.append(pytest.param(as_test(check, own.get(check.name), kit), id=name))
    return pytest.mark.parametrize("check", params)


def as_test(check: Check, reason: str | None = None, kit: str = "") -> Check:
    """The same check, ending as a test of pytest ends: it fails, is skipped with a reason, or is expected to fail.

    Args:
        check: The check.
        reason: Why it is expected to fail; None where it is not.
        kit: See `parametrize_with_checks`.
    """
    return evolve(check, run=lambda: _run(check, reason, kit))


def _run(check: Check, reason: str | None, kit: str) -> str:
    result = judge(check, reason, kit)
    match result.status:
        case "failed" | "blocked" | "unexpected":
            pytest.fail(f"{result}\nIt asks: {result.text}", pytrace=False)
        case "expected":
            pytest.xfail(result.message)
        case "not offered":
            pytest.skip(result.message)
        case "warned":
            warnings.warn(f"{check.name}: {result.message}", NewCheckWarning, stacklevel=3)
        case "passed":
            pass
    return result.message
