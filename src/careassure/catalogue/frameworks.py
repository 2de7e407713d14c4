"""The frameworks that ship with the core."""

from __future__ import annotations

from functools import cache

from careassure.catalogue.resources import read_table
from careassure.io.frameworks import load_frameworks
from careassure.model.framework import Framework


@cache
def cqc_la() -> tuple[Framework, ...]:
    """CQC's assessment of local authorities, every version, the oldest first."""
    return load_frameworks(read_table("frameworks", "cqc-la.toml"), where="cqc-la.toml")
