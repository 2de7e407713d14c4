"""Tables of descriptors that plugins offer. They have a module of their own, since no rating needs them."""

from __future__ import annotations

from attrs import frozen

from careassure.model.descriptor import DescriptorTable
from careassure.model.showing import short_repr


@frozen
class InstalledDescriptors:
    """A table of descriptors and where it came from.

    Args:
        id: Its id.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        table: The table itself.
    """

    id: str
    plugin: str
    distribution: str
    distribution_version: str
    table: DescriptorTable

    __repr__ = short_repr
