"""What a plugin brings as TOML files in its package, without any code of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from careassure.catalogue import cqc
from careassure.errors import HookReturnError
from careassure.io.packages import Scales, package_frameworks, package_methods
from careassure.plugins.guard import module_space, touch


def packaged_offers(
    plugin: object, hook: str, scales_of: Callable[[str], Scales], where: Mapping[str, str]
) -> list[Any]:
    """What the TOML files beside a plugin's package offer for a hook that the plugin does not implement.

    Args:
        plugin: The plugin; only a package (a module with a folder) can hold files.
        hook: ``careassure_frameworks`` or ``careassure_methods``; other hooks have no files. What ships with the core
            also brings the readers of its own.
        scales_of: Gives the scales of a framework, by its id, whoever offers it.
        where: The plugin's name and its distribution, for messages.

    Raises:
        HookReturnError: A file that is wrong.
    """
    if plugin is cqc and hook == "careassure_readers":
        from careassure.catalogue.readers import READERS  # no rating by what ships needs them

        return list(READERS)
    space = module_space(plugin)
    name = space.get("__name__")
    if hook not in ("careassure_frameworks", "careassure_methods") or "__path__" not in space or type(name) is not str:
        return []

    def wrong(why: str) -> HookReturnError:
        return HookReturnError(f"a file in it is wrong: {why}", **where)

    if hook == "careassure_frameworks":
        return list(touch(wrong, package_frameworks, name))
    return list(touch(wrong, package_methods, name, scales_of))
