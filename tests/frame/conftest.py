"""What the tests of tables share."""

from __future__ import annotations

import pytest


@pytest.fixture
def random_seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run of the tests."""
    seed = request.config.getoption("randomly_seed", 0)
    return seed if isinstance(seed, int) else 0
