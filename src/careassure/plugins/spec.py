"""The hooks: what a plugin can offer. Every hook returns values; none is called while something is scored."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.plugins.marker import PROJECT

hookspec = pluggy.HookspecMarker(PROJECT)


class Hooks:
    """The hooks of careassure."""

    @hookspec
    def careassure_frameworks(self) -> Iterable[Framework]:  # type: ignore[empty-body]
        """Offer frameworks, every version of each, an older one before the one that supersedes it."""

    @hookspec
    def careassure_scorers(self) -> Iterable[Scorer]:  # type: ignore[empty-body]
        """Offer scorers written in Python."""

    @hookspec
    def careassure_methods(self) -> Iterable[Method]:  # type: ignore[empty-body]
        """Offer methods given as data; each becomes a scorer of the same name."""
