"""How many examples a property is tried with, in proportion to the profile in use."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def runs(times: float) -> settings:
    """So many times the profile's number of examples; dear properties take fewer, cheap ones more."""
    number = max(1, round(settings().max_examples * times))
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow])
