"""The host: finds plugins, collects what they offer, and says which scorer came from where."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from threading import Lock, local
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from careassure import __version__
from careassure.catalogue import cqc
from careassure.errors import (
    HookReturnError,
    PluginConflictError,
    PluginError,
    PluginUnreadableError,
    ScorerError,
    UnknownFrameworkError,
    UnknownScorerError,
)
from careassure.model.framework import Framework
from careassure.model.scale import Scale
from careassure.model.text import join, near, plural
from careassure.plugins.calls import Caller, Plugin, plugin_of
from careassure.plugins.collect import Collected, collect, collect_frameworks, scales_among
from careassure.plugins.discovery import (
    Announced,
    PluginInfo,
    announced,
    check_name,
    conflicts,
    normalise,
    one_plugin_of,
)
from careassure.plugins.guard import repr_of
from careassure.plugins.offers import InstalledFramework, InstalledScorer
from careassure.plugins.rules import HOOKS

if TYPE_CHECKING:
    from careassure.plugins.described import InstalledDescriptors
    from careassure.plugins.readers import InstalledReader

BUILT_IN = "careassure"
OnError = Literal["raise", "skip"]


class _Asking(local):
    now = False  # whether this thread is asking plugins


class PluginHost:
    """A set of plugins and what they offer. What it finds does not depend on the order of anything.

    Installed plugins are listed from their metadata, and imported, when something that they could offer is
    first asked for.

    Args:
        discover: Whether to look for installed plugins; otherwise only what ships with the core is there.
        on_error: ``raise``: a plugin that does something wrong stops everything. ``skip``: it is left out,
            and `failures` says why.
        only: If given, no other installed plugins than these are used.
        disabled: Installed plugins that are not used.
        trace: Whether each call of a hook is written to standard error.
    """

    def __init__(
        self,
        *,
        discover: bool = True,
        on_error: OnError = "raise",
        only: Iterable[str] | None = None,
        disabled: Iterable[str] = (),
        trace: bool = False,
    ) -> None:
        self.on_error = on_error
        self.trace = trace
        self._caller = Caller(trace)
        self._plugins: dict[str, Plugin] = {}
        self._idle: list[PluginInfo] = []
        self._failures: list[PluginError] = []
        self._waiting: tuple[Announced, ...] = ()
        self._collected: Collected | None = None
        self._lock = Lock()  # held while something is noted, never while a plugin is asked
        self._asking = _Asking()
        info = PluginInfo(BUILT_IN, "careassure", __version__, "built in")
        self._add(Plugin(info, cqc, {}))
        self._only = None if only is None else {normalise(name) for name in only}
        self._disabled = set(map(normalise, disabled))
        self._unseen = discover

    # -- what is there --------------------------------------------------------------------------------

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """What went wrong with plugins that were left out."""
        self._look()
        return tuple(self._failures)

    def installed(self) -> tuple[PluginInfo, ...]:
        """Every plugin, by name. Imports nothing: what a plugin offers is known only once it was used."""
        self._look()
        found = self._collected
        used = [evolve(k.info, offers=found.offers(n) if found else ()) for n, k in self._plugins.items()]
        infos = [*used, *self._idle, *(found.info for found in self._waiting)]
        return tuple(sorted(infos, key=lambda info: (info.status != "built in", info.name, info.distribution)))

    def scorers(self) -> tuple[InstalledScorer, ...]:
        """Every scorer, by name.

        Raises:
            PluginError: A plugin did something that is not allowed.
        """
        return self._collect().scorers

    def frameworks(self) -> tuple[InstalledFramework, ...]:
        """Every framework, by id, with its versions from the oldest to the newest.

        Raises:
            PluginError: A plugin did something that is not allowed.
        """
        return self._collect().frameworks

    def descriptors(self) -> tuple[InstalledDescriptors, ...]:
        """Every table of descriptors, by id.

        Raises:
            PluginError: A plugin did something that is not allowed.
        """
        return self._collect().descriptors

    def readers(self) -> tuple[InstalledReader, ...]:
        """Every reader of files, by id.

        Raises:
            PluginError: A plugin did something that is not allowed.
        """
        return self._collect().readers

    def framework(self, id: str, version: str | None = None) -> Framework:
        """A framework by id; the newest version where none is named.

        Raises:
            UnknownFrameworkError: There is none of that id, or no such version.
        """
        found = self._core.framework(id) or self._collect().framework(id)
        if found is None:
            names = [item.id for item in self.frameworks()]
            guesses = near(id, names)
            raise UnknownFrameworkError(
                f"there is no framework {repr_of(id)}",
                suggestions=guesses,
                hint="" if guesses else f"Installed: {join(names)}",
            )
        if version is None:
            return found.versions[-1]
        for framework in found.versions:
            if framework.version == version:
                return framework
        names = [f'"{framework.version}"' for framework in found.versions]
        raise UnknownFrameworkError(f"{id} has no version {repr_of(version)}", hint=f"It has {join(names)}")

    def holds(self, framework: Framework) -> bool:
        """Whether this very version of a framework is installed."""
        found = self._core.framework(framework.id) or self._collect().framework(framework.id)
        return found is not None and framework in found.versions

    def scales_of(self, framework: str) -> tuple[Scale, ...]:
        """The scales that a method of a framework is read with: those of its newest version, whoever offers it.

        None where it is not installed: a method can be read without its framework.

        Args:
            framework: The framework's id.

        Raises:
            PluginError: A plugin did something that is not allowed.
        """
        return scales_among(self._core.frameworks, framework) or scales_among(self.frameworks(), framework)

    def scorer(self, name: str) -> InstalledScorer:
        """A scorer by its name, or by ``plugin:name``. What ships with the core is found without any plugin.

        Raises:
            UnknownScorerError: There is none of that name.
        """
        if not isinstance(name, str):
            raise UnknownScorerError(f"{repr_of(name)} is not the name of a scorer", hint="Give its name as text")
        found = self._core.scorer(name) or self._collect().scorer(name)
        if found is not None:
            return found
        names = [item.name for item in self.scorers()]
        guesses = near(name.rpartition(":")[2], names)
        failed = f"; {plural(len(self._failures), 'plugin')} left out" if self._failures else ""
        raise UnknownScorerError(
            f"there is no scorer {name!r}{failed}",
            suggestions=guesses,
            hint="" if guesses else f"Installed: {join(names)}",
        )

    def accepting(self, framework: Framework) -> tuple[InstalledScorer, ...]:
        """Every scorer that can score assessments under a framework, its own first.

        Raises:
            ScorerError: One cannot say whether it does. Where failures are skipped, its plugin is left out instead.
        """
        while True:
            try:
                fitting = [item for item in self.scorers() if self._accepts(item, framework)]
            except PluginError as error:
                self._drop(error)
            else:
                return tuple(sorted(fitting, key=lambda item: (item.name != framework.scorer, item.name)))

    def _accepts(self, item: InstalledScorer, framework: Framework) -> bool:
        try:
            return item.accepts(framework)
        except ScorerError as error:
            if self.on_error == "raise":
                raise
            info = PluginInfo(item.plugin, item.distribution, item.distribution_version, "failed")
            raise HookReturnError(f"careassure_scorers gave what cannot be used: {error}", **info.where) from error

    # -- finding and registering ----------------------------------------------------------------------

    def _look(self) -> None:
        """See what is installed, unless that was seen before. Imports nothing of it."""
        if not self._unseen:
            return
        found = announced()
        with self._lock:
            if self._unseen:  # otherwise another thread was quicker, and saw the same
                self._note(found)
                self._unseen = False

    def _note(self, found: Iterable[Announced]) -> None:
        wanted: list[Announced] = []
        for each in found:
            name = each.info.name
            if name in self._disabled or not (self._only is None or name in self._only):
                self._idle.append(evolve(each.info, status="disabled"))
            elif each.fault is not None:
                self._fail([each.info], each.fault)
            else:
                wanted.append(each)
        for claimed, error in conflicts(wanted, self._plugins[BUILT_IN].info):
            self._fail([each.info for each in claimed], error)
            wanted = [each for each in wanted if each not in claimed]
        self._waiting = tuple(wanted)

    def _fail(self, infos: Iterable[PluginInfo], error: PluginError) -> None:
        self._failures.append(error)
        self._idle += [evolve(info, status="failed", error=str(error)) for info in infos]

    def register(self, plugin: object, name: str, distribution: str = "", version: str = "") -> None:
        """Add a plugin.

        Args:
            plugin: A module or an object whose functions carry the marker ``hookimpl``.
            name: Its name.
            distribution: Where it came from.
            version: The version of that.

        Raises:
            PluginError: The name is taken, or the plugin is not what a plugin may be; nothing is left of it then.
        """
        if not isinstance(name, str):
            raise PluginUnreadableError(f"{repr_of(name)} cannot be a plugin's name", hint="Give its name as text")
        info = PluginInfo(normalise(name), distribution, version, "loaded")
        check_name(info.name, info.source)
        self._add(plugin_of(plugin, info))

    def _add(self, known: Plugin) -> None:
        info = known.info
        taken = self._plugins.get(info.name)
        if taken is not None:
            sources = " and by ".join(sorted([taken.info.source or "this program", info.source or "this program"]))
            raise PluginConflictError(
                f"the plugin name is claimed by {sources}", hint="Give one of them another name", **info.where
            )
        twin = next((other for other in self._plugins.values() if other.plugin is known.plugin), None)
        if twin is not None:
            raise one_plugin_of([twin.info, info])
        self._plugins[info.name] = known
        self._collected = None

    def _load_waiting(self) -> None:
        waiting = self._waiting
        loaded: list[Plugin] = []
        wrong: list[tuple[list[PluginInfo], PluginError]] = []
        for found in waiting:
            info = evolve(found.info, status="loaded")
            try:
                loaded.append(plugin_of(self._caller.imported(found), info))
            except PluginError as error:
                wrong.append(([info], error))
        with self._lock:
            if self._waiting is not waiting:  # another thread was quicker, and found the same
                return
            for known in loaded:
                twins = [other.info for other in loaded if other.plugin is known.plugin]
                if len(twins) > 1:
                    if twins[0] is known.info:
                        wrong.append((twins, one_plugin_of(twins)))
                    continue
                try:
                    self._add(known)
                except PluginError as error:
                    wrong.append(([known.info], error))
            self._waiting = ()
            for infos, fault in sorted(wrong, key=lambda item: item[0][0].name):
                self._fail(infos, fault)

    # -- collecting -----------------------------------------------------------------------------------

    def _collect(self) -> Collected:
        if self._asking.now:
            # A plugin that looks something up while it is asked what it offers finds what ships with the core.
            return self._core
        self._look()
        collected = self._collected
        if collected is None or self._waiting:
            self._asking.now = True
            try:
                collected = self._ask()
            finally:
                del self._asking.now
        return collected

    def _ask(self) -> Collected:
        if self._waiting:
            self._load_waiting()
        if self.on_error == "raise" and self._failures:
            raise self._failures[0]
        while True:
            plugins = tuple(self._plugins.values())
            try:
                collected = self._collected_of(plugins)
            except PluginError as error:
                self._drop(error)
            else:
                with self._lock:
                    if plugins == tuple(self._plugins.values()):
                        self._collected = collected
                return collected

    @cached_property
    def _core(self) -> Collected:
        """What ships with the core, which no plugin can take away or replace."""
        return self._collected_of([self._plugins[BUILT_IN]], leave_out={"careassure_readers"})

    def _collected_of(self, plugins: Sequence[Plugin], leave_out: Collection[str] = ()) -> Collected:
        """What some plugins offer: all frameworks first, since methods are read with their scales."""
        ordered = sorted(plugins, key=lambda known: known.info.name)

        def offered(hook: str, scales_of: Callable[[str], tuple[Scale, ...]]) -> list[tuple[PluginInfo, Any]]:
            return [(known.info, item) for known in ordered for item in self._caller.offers(hook, known, scales_of)]

        leave_out = {"careassure_frameworks", *leave_out}
        frameworks = collect_frameworks(offered("careassure_frameworks", lambda _: ()))
        scales_of = partial(scales_among, frameworks)
        others = {hook: offered(hook, scales_of) for hook in HOOKS if hook not in leave_out}
        return collect(frameworks, others, trace=self.trace)

    def _drop(self, error: PluginError) -> None:
        """Leave the plugins out that an error names, whole, so that nothing of a bad one is used."""
        culprits = [name for name in error.plugin.split(" ") if name and name != BUILT_IN]
        if self.on_error == "raise" or not culprits:
            raise error
        with self._lock:
            there = [self._plugins.pop(name).info for name in culprits if name in self._plugins]
            if there:  # otherwise another thread was quicker
                self._fail(there, error)
            self._collected = None


@cache
def default_host() -> PluginHost:
    """The host with everything that is installed, as the environment wants it, made at first use."""
    return host_from(os.environ)


def host_from(environment: Mapping[str, str], *, on_error: OnError = "raise") -> PluginHost:
    """A host with everything that is installed, as an environment wants it.

    ``CAREASSURE_PLUGINS``: names of the installed plugins to use, separated by commas; empty: none.
    ``CAREASSURE_DISABLE_PLUGINS``: names of those not to use. ``CAREASSURE_TRACE_PLUGINS=1``: write each call.
    """
    return PluginHost(
        on_error=on_error,
        only=_names(environment.get("CAREASSURE_PLUGINS")),
        disabled=_names(environment.get("CAREASSURE_DISABLE_PLUGINS")) or (),
        trace=environment.get("CAREASSURE_TRACE_PLUGINS") == "1",
    )


def _names(text: str | None) -> list[str] | None:
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]
