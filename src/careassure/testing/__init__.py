"""The conformance kit for scorers, and Hypothesis strategies for every value of the model.

A scorer of your own is checked in one line, in a test or anywhere else::

    from careassure.testing import check_scorer

    check_scorer(MyScorer())

``parametrize_with_checks`` gives pytest one test for each check, ``pytest --careassure-conformance`` checks every
installed scorer without a test file, and ``strategies`` makes values for property tests. Needs the extra
``careassure[testing]``.
"""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "testing.check": "Check CheckResult NewCheckWarning",
    "testing.checks": "scorer_checks",
    "testing.parametrize": "parametrize_with_checks",
    "testing.readers": "ReaderConformanceError ReaderReport check_reader",
    "testing.report": "ConformanceError ConformanceReport check_scorer",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES, "strategies")
