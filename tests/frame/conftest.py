"""What the tests of tables share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from careassure.plugins.host import default_host


@pytest.fixture
def random_seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run of the tests."""
    seed = request.config.getoption("randomly_seed", 0)
    return seed if isinstance(seed, int) else 0


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The distributions in plugins/ are used, as their users have them."""
    monkeypatch.delenv("CAREASSURE_DISABLE_PLUGINS")
    default_host.cache_clear()
    yield
    default_host.cache_clear()
