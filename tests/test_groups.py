"""Tests that share something dear, such as a session of Spark, run in one process."""

from __future__ import annotations

import pytest


@pytest.mark.slow
@pytest.mark.xdist_group("spark")
def test_a_group_stays_together(request: pytest.FixtureRequest) -> None:
    """Where groups are looked after, the name of the group stands behind the test: so pytest-xdist knows it.

    It does so without a word where the version of pytest does not let it, and each process starts a Spark of its own.
    """
    grouped = bool(getattr(request.config.option, "loadgroup", False))
    assert request.node.nodeid.endswith("@spark") is grouped
