"""The scoring methods that ship with the core."""

from __future__ import annotations

from functools import cache

from careassure.catalogue.frameworks import cqc_la
from careassure.catalogue.resources import read_table
from careassure.methods.load import load_method
from careassure.methods.method import Method


@cache
def built_in_methods() -> tuple[Method, ...]:
    """CQC's method for councils in both versions: ``single-word`` and ``evidence-category``."""
    scales = cqc_la()[-1].scales
    return tuple(
        load_method(read_table("methods", f"{name}.toml"), where=f"{name}.toml", scales=scales)
        for name in ("evidence-category", "single-word")
    )
