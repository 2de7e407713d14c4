"""The hooks: what a plugin can offer. Every hook returns values; none is called while something is scored."""

from __future__ import annotations

from collections.abc import Iterable

import pluggy

from careassure.methods.method import Method
from careassure.model.descriptor import DescriptorTable
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.plugins.marker import PROJECT
from careassure.tables.reader import Reader

API_VERSION = (1, 1)
"""The version of the hooks. The first number changes when a plugin may break, the second when something is added."""

ApiVersion = tuple[int, int]

hookspec = pluggy.HookspecMarker(PROJECT)


class Hooks:
    """The hooks of careassure. An implementation may leave out arguments that it does not need."""

    @hookspec
    def careassure_descriptors(self, api_version: ApiVersion) -> Iterable[DescriptorTable]:  # type: ignore[empty-body]
        """Offer descriptors: what statements look like at each score. They are shown and never scored.

        Args:
            api_version: The version of the hooks that is calling.

        Returns:
            Tables of descriptors, each with an id of its own.
        """

    @hookspec
    def careassure_frameworks(self, api_version: ApiVersion) -> Iterable[Framework]:  # type: ignore[empty-body]
        """Offer frameworks: every version of each, an older one before the one that supersedes it.

        Args:
            api_version: The version of the hooks that is calling.

        Returns:
            Frameworks. All versions of one id come from one plugin.
        """

    @hookspec
    def careassure_methods(self, api_version: ApiVersion) -> Iterable[Method]:  # type: ignore[empty-body]
        """Offer methods given as data; each becomes a scorer of the same name.

        Args:
            api_version: The version of the hooks that is calling.

        Returns:
            Methods, each with an id of its own.
        """

    @hookspec
    def careassure_readers(self, api_version: ApiVersion) -> Iterable[Reader]:  # type: ignore[empty-body]
        """Offer readers of files that a sector publishes.

        Args:
            api_version: The version of the hooks that is calling.

        Returns:
            Readers, each with an id of its own.
        """

    @hookspec
    def careassure_scorers(self, api_version: ApiVersion) -> Iterable[Scorer]:  # type: ignore[empty-body]
        """Offer scorers written in Python.

        Args:
            api_version: The version of the hooks that is calling.

        Returns:
            Scorers, each with a name of its own.
        """
