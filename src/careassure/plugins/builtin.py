"""What ships with the core, offered through the same hooks as everyone else's."""

from __future__ import annotations

from careassure.catalogue.frameworks import cqc_la
from careassure.catalogue.methods import built_in_methods
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.plugins.marker import hookimpl


@hookimpl
def careassure_frameworks() -> tuple[Framework, ...]:
    """CQC's framework for local authorities."""
    return cqc_la()


@hookimpl
def careassure_methods() -> tuple[Method, ...]:
    """CQC's method in both versions."""
    return built_in_methods()
