# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.testing import strategies as strategies
from careassure.testing.check import Check as Check
from careassure.testing.check import CheckResult as CheckResult
from careassure.testing.check import NewCheckWarning as NewCheckWarning
from careassure.testing.checks import scorer_checks as scorer_checks
from careassure.testing.parametrize import parametrize_with_checks as parametrize_with_checks
from careassure.testing.readers import ReaderConformanceError as ReaderConformanceError
from careassure.testing.readers import ReaderReport as ReaderReport
from careassure.testing.readers import check_reader as check_reader
from careassure.testing.report import ConformanceError as ConformanceError
from careassure.testing.report import ConformanceReport as ConformanceReport
from careassure.testing.report import check_scorer as check_scorer

__all__ = [
    "Check",
    "CheckResult",
    "ConformanceError",
    "ConformanceReport",
    "NewCheckWarning",
    "ReaderConformanceError",
    "ReaderReport",
    "check_reader",
    "check_scorer",
    "parametrize_with_checks",
    "scorer_checks",
    "strategies",
]
