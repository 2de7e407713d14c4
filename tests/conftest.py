"""Settings that every test shares."""

from __future__ import annotations

import gc
import os
import tomllib
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The core is tested as it is without the distributions in plugins/, whether or not they are installed.
os.environ["CAREASSURE_DISABLE_PLUGINS"] = ",".join(
    name
    for path in Path(__file__).parents[1].glob("plugins/*/pyproject.toml")
    for name in tomllib.loads(path.read_text(encoding="utf-8"))["project"]["entry-points"]["careassure"]
)

settings.register_profile(
    "quick", deadline=None, max_examples=60, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while thousands of tests are collected, nor among them later: they stay to the end.

    Every search would go through all of them again, which took a seventh of the time of a run.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, once the order is drawn. Groups come before all that: pytest-xdist sees to it."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
