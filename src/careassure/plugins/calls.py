"""A plugin is imported and asked, by code that nothing which it does can surprise."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from time import perf_counter
from typing import Any

from attrs import frozen

from careassure.errors import HookCallError, HookReturnError, PluginError, PluginImportError
from careassure.model.scale import Scale
from careassure.model.text import plural
from careassure.plugins.discovery import Announced, PluginInfo
from careassure.plugins.guard import MOST_ITEMS, announce, discard, items_of, repr_of, touch
from careassure.plugins.packaged import packaged_offers
from careassure.plugins.rules import checked_item


@frozen(eq=False)
class Plugin:
    """A plugin that is in use."""

    info: PluginInfo
    plugin: object
    hooks: Mapping[str, Callable[[], Any]]


def plugin_of(plugin: object, info: PluginInfo) -> Plugin:
    """A plugin with its hooks.

    Raises:
        PluginError: A hook of it is not what a hook may be.
    """
    from careassure.plugins.hooks import hooks_of  # with pluggy, which no rating by what ships needs

    return Plugin(info, plugin, hooks_of(plugin, info.where))


@frozen
class Caller:
    """Imports plugins and calls their hooks.

    Args:
        trace: Whether each call is written to standard error.
    """

    trace: bool

    def imported(self, found: Announced) -> object:
        """What an entry point names."""
        info = found.info
        self._say(info, f"importing {found.value}")
        return touch(
            lambda why: PluginImportError(
                f"{found.value} cannot be imported: {why}",
                hint=f"Fix or uninstall it, or set CAREASSURE_DISABLE_PLUGINS={info.name}",
                **info.where,
            ),
            found.load,
        )

    def offers(self, hook: str, known: Plugin, scales_of: Callable[[str], tuple[Scale, ...]]) -> list[Any]:
        """What a plugin returns from a hook, or what it holds as files."""
        if hook in known.hooks:
            return self._called(hook, known.hooks[hook], known.info)
        return packaged_offers(known.plugin, hook, scales_of, known.info.where)

    def _called(self, hook: str, function: Callable[[], Any], info: PluginInfo) -> list[Any]:
        def failed(why: str) -> PluginError:
            return HookCallError(f"{hook} raised {why}", **info.where)

        self._say(info, f"calling {hook}")
        start = perf_counter()
        result: Any = touch(failed, function)
        if result is None or touch(failed, isinstance, result, (str, bytes, Mapping, Awaitable, AsyncIterable)):
            discard(result)
            raise HookReturnError(f"{hook} returned {repr_of(result)}", hint="Return a list", **info.where)
        items = items_of(failed, result, MOST_ITEMS)
        if len(items) > MOST_ITEMS:
            raise HookReturnError(f"{hook} gave more than {plural(MOST_ITEMS, 'item')}", **info.where)
        if self.trace:
            self._say(info, f"{hook} gave {len(items)} in {(perf_counter() - start) * 1000:.1f} ms")
        return [checked_item(hook, item, info.where) for item in items]

    def _say(self, info: PluginInfo, text: str) -> None:
        if self.trace:
            announce(f"{info.name} ({info.source or 'this program'}): {text}")
