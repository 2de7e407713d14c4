"""The pytest plugin: ``pytest --careassure-conformance`` checks every installed scorer, without a test file.

pytest imports this module whenever it starts where careassure is installed, before anything is measured or tested. So
it imports nothing of careassure until its option is given.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from careassure.testing.check import Check


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("careassure", "scoring methods of careassure")
    group.addoption(
        "--careassure-conformance",
        action="store_true",
        help="check every installed scorer with the conformance kit; needs no test file",
    )
    group.addoption(
        "--careassure-scorer",
        action="append",
        default=[],
        metavar="NAME",
        help="check this scorer alone; may be given more than once",
    )


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Add the installed scorers to what was found."""
    report = yield
    config = collector.config
    wanted = config.getoption("--careassure-conformance") or config.getoption("--careassure-scorer")
    if wanted and isinstance(collector, pytest.Session):
        more = InstalledScorers.from_parent(collector, name="careassure", nodeid="careassure")
        report.result = [*(report.result or []), more]
    return report


class InstalledScorers(pytest.Collector):
    """Every installed scorer, or those that were asked for."""

    def collect(self) -> Iterator[ConformanceItem]:
        """One test for each check of each scorer."""
        from careassure.errors import CareAssureError
        from careassure.plugins.host import default_host
        from careassure.testing.checks import refuse_shrunken, scorer_checks

        try:
            refuse_shrunken()
            host = default_host()
            names: list[str] = self.config.getoption("--careassure-scorer") or []
            scorers = [host.scorer(name) for name in names] if names else list(host.scorers())
        except CareAssureError as error:
            raise self.CollectError(str(error)) from error
        for scorer in dict.fromkeys(scorers):
            for check in scorer_checks(scorer):
                yield ConformanceItem.from_parent(self, name=f"{scorer.name}::{check.name}", check=check)


class ConformanceItem(pytest.Item):
    """One check of one scorer."""

    def __init__(self, *, check: Check, **more: Any) -> None:  # noqa: ANN401  (whatever pytest gives to an item)
        super().__init__(**more)
        self.check = check

    def runtest(self) -> None:
        """Run the check."""
        from careassure.testing.parametrize import as_test

        as_test(self.check).run()

    def reportinfo(self) -> tuple[str, None, str]:
        """Where the test stands: nowhere but in its name."""
        return "careassure", None, self.name
