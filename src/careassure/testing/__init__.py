"""The conformance kit for scorers, and Hypothesis strategies for every value of the model.

A scorer of your own is checked in one line, in a test or anywhere else::

    from careassure.testing import check_scorer

    check_scorer(MyScorer())

``parametrize_with_checks`` gives pytest one test for each check, ``pytest --careassure-conformance`` checks every
installed scorer without a test file, and ``strategies`` makes values for property tests. Needs the extra
``careassure[testing]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from careassure.testing import strategies
    from careassure.testing.check import Check, CheckResult, NewCheckWarning
    from careassure.testing.checks import scorer_checks
    from careassure.testing.parametrize import parametrize_with_checks
    from careassure.testing.report import ConformanceError, ConformanceReport, check_scorer

_HOMES = {
    "Check": "check",
    "CheckResult": "check",
    "ConformanceError": "report",
    "ConformanceReport": "report",
    "NewCheckWarning": "check",
    "check_scorer": "report",
    "parametrize_with_checks": "parametrize",
    "scorer_checks": "checks",
}

__all__ = [
    "Check",
    "CheckResult",
    "ConformanceError",
    "ConformanceReport",
    "NewCheckWarning",
    "check_scorer",
    "parametrize_with_checks",
    "scorer_checks",
    "strategies",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "strategies":
        return import_module("careassure.testing.strategies")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'careassure.testing' has no attribute {name!r}")
    value: object = getattr(import_module(f"careassure.testing.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
