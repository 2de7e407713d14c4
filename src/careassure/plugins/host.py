"""The host: finds plugins, collects what they offer, and says which scorer came from where."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from time import perf_counter
from typing import Any, Literal

import pluggy
from attrs import evolve, frozen

from careassure import __version__
from careassure.errors import (
    HookCallError,
    HookReturnError,
    PluginConflictError,
    PluginError,
    PluginImportError,
    PluginIsClassError,
    UnknownFrameworkError,
    UnknownHookError,
    UnknownScorerError,
)
from careassure.methods.scorer import MethodScorer
from careassure.model.descriptor import DescriptorTable, descriptor_problems
from careassure.model.framework import Framework
from careassure.model.text import join, near
from careassure.plugins import builtin
from careassure.plugins.marker import PROJECT
from careassure.plugins.offers import InstalledDescriptors, InstalledFramework, InstalledScorer
from careassure.plugins.packaged import packaged_offers
from careassure.plugins.rules import HOOKS, check_hooks, check_item, check_version
from careassure.plugins.spec import API_VERSION, Hooks

GROUP = "careassure"
"""The entry-point group by which a distribution announces its plugin."""

BUILT_IN = "careassure"
OnError = Literal["raise", "skip"]


@frozen
class PluginInfo:
    """A plugin as the host knows it.

    Args:
        name: Its name, in lower case with hyphens.
        distribution: The distribution that it came from.
        version: The version of that.
        status: ``built in``, ``not loaded``, ``loaded``, ``failed`` or ``disabled``.
        offers: What it offers, such as ``scorer report-card``; known once it is loaded.
        error: What went wrong.
    """

    name: str
    distribution: str
    version: str
    status: Literal["built in", "not loaded", "loaded", "failed", "disabled"]
    offers: tuple[str, ...] = ()
    error: str = ""

    @property
    def source(self) -> str:
        """The distribution with its version."""
        return f"{self.distribution} {self.version}".strip()


@frozen
class _Candidate:
    info: PluginInfo
    point: EntryPoint | None = None


class PluginHost:
    """A set of plugins and what they offer. What it finds does not depend on the order of anything.

    Installed plugins are listed from their metadata and imported when something that they could offer is
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
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(Hooks)
        self._infos: dict[str, PluginInfo] = {}
        self._failures: list[PluginError] = []
        self._waiting: list[_Candidate] = []
        self._collected: _Collected | None = None
        self._register(builtin, PluginInfo(BUILT_IN, "careassure", __version__, "built in"))
        if discover:
            self._discover(None if only is None else {normalise(name) for name in only}, set(map(normalise, disabled)))

    # -- what is there --------------------------------------------------------------------------------

    @property
    def failures(self) -> tuple[PluginError, ...]:
        """What went wrong with plugins that were left out."""
        return tuple(self._failures)

    def installed(self) -> tuple[PluginInfo, ...]:
        """Every plugin, by name. Imports nothing: what a plugin offers is known only once it was used."""
        infos = [*self._infos.values(), *(candidate.info for candidate in self._waiting)]
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

    def framework(self, id: str, version: str | None = None) -> Framework:
        """A framework by id; the newest version where none is named.

        Raises:
            UnknownFrameworkError: There is none of that id, or no such version.
        """
        frameworks = self.frameworks()
        found = next((item for item in frameworks if item.id == id), None)
        if found is None:
            names = [item.id for item in frameworks]
            guesses = near(str(id), names)
            raise UnknownFrameworkError(
                f"there is no framework {id!r}",
                suggestions=guesses,
                hint="" if guesses else f"Installed: {join(names)}",
            )
        if version is None:
            return found.versions[-1]
        for framework in found.versions:
            if framework.version == version:
                return framework
        names = [f'"{framework.version}"' for framework in found.versions]
        raise UnknownFrameworkError(f"{id} has no version {version!r}", hint=f"It has {join(names)}")

    def scorer(self, name: str) -> InstalledScorer:
        """A scorer by its name, or by ``plugin:name``.

        Raises:
            UnknownScorerError: There is none of that name.
        """
        scorers = self.scorers()
        plugin, _, bare = name.rpartition(":")
        for item in scorers:
            if item.name == bare and plugin in ("", item.plugin):
                return item
        names = [item.name for item in scorers]
        guesses = near(bare, names)
        failed = f"; {len(self._failures)} plugins were left out" if self._failures else ""
        raise UnknownScorerError(
            f"there is no scorer {name!r}{failed}",
            suggestions=guesses,
            hint="" if guesses else f"Installed: {join(names)}",
        )

    def accepting(self, framework: Framework) -> tuple[InstalledScorer, ...]:
        """Every scorer that can score assessments under a framework, its own first."""
        fitting = [item for item in self.scorers() if item.accepts(framework)]
        return tuple(sorted(fitting, key=lambda item: (item.name != framework.scorer, item.name)))

    # -- finding and registering ----------------------------------------------------------------------

    def _discover(self, only: set[str] | None, disabled: set[str]) -> None:
        by_name: dict[str, list[_Candidate]] = {}
        for point in entry_points(group=GROUP):
            name = normalise(point.name)
            distribution, version = (point.dist.name, point.dist.version) if point.dist else ("", "")
            used = name not in disabled and (only is None or name in only)
            info = PluginInfo(name, distribution, version, "not loaded" if used else "disabled")
            by_name.setdefault(name, []).append(_Candidate(info, point))
        for name in sorted(by_name):
            found = sorted(by_name[name], key=lambda c: (c.info.source, c.point.value if c.point else ""))
            wanted = [candidate for candidate in found if candidate.info.status != "disabled"]
            sources = {candidate.info.source for candidate in wanted}
            if wanted and name in self._infos:
                sources.add(self._infos[name].source)
            if len(wanted) > 1 or (wanted and name in self._infos):
                error = PluginConflictError(
                    f"the plugin name {name!r} is claimed by {join(sorted(sources))}",
                    plugin=name,
                    hint="Uninstall one of them",
                )
                self._waiting += [_Candidate(evolve(c.info, status="failed", error=str(error))) for c in wanted]
                self._failures.append(error)
            else:
                self._waiting += found

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
        self._register(plugin, PluginInfo(normalise(name), distribution, version, "loaded"))

    def _register(self, plugin: object, info: PluginInfo) -> None:
        where = {"plugin": info.name, "distribution": info.source}
        taken = self._infos.get(info.name)
        if taken is not None:
            sources = " and by ".join(sorted([taken.source or "this program", info.source or "this program"]))
            raise PluginConflictError(
                f"the plugin name is claimed by {sources}", hint="Give one of them another name", **where
            )
        if isinstance(plugin, type):
            raise PluginIsClassError(f"{plugin.__name__} is a class", hint=f"Register {plugin.__name__}()", **where)
        check_version(plugin, where)
        check_hooks(self._manager, plugin, where)
        try:
            self._manager.register(plugin, info.name)
            self._manager.check_pending()
        except (pluggy.PluginValidationError, ValueError) as error:
            if self._manager.has_plugin(info.name):
                self._manager.unregister(name=info.name)
            raise UnknownHookError(str(error).splitlines()[-1], **where) from error
        self._infos[info.name] = info
        self._collected = None

    def _load_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for candidate in waiting:
            if candidate.point is None or candidate.info.status == "disabled":
                self._waiting.append(candidate)
                continue
            try:
                plugin = _imported(candidate)
                self._register(plugin, evolve(candidate.info, status="loaded"))
            except PluginError as error:
                self._waiting.append(_Candidate(evolve(candidate.info, status="failed", error=str(error))))
                self._failures.append(error)
        self._collected = None

    # -- collecting -----------------------------------------------------------------------------------

    def _collect(self) -> _Collected:
        if any(candidate.info.status == "not loaded" for candidate in self._waiting):
            self._load_waiting()
        if self.on_error == "raise" and self._failures:
            raise self._failures[0]
        while self._collected is None:
            try:
                self._collected = self._collect_all()
            except PluginError as error:
                culprits = error.plugin.split(" ")
                if self.on_error == "raise" or (BUILT_IN in culprits and len(culprits) == 1):
                    raise
                self._drop([name for name in culprits if name != BUILT_IN], error)
        return self._collected

    def _drop(self, names: list[str], error: PluginError) -> None:
        """Leave plugins out whole, so that nothing of a bad one is used."""
        self._failures.append(error)
        for name in names:
            self._manager.unregister(name=name)
            info = self._infos.pop(name)
            self._waiting.append(_Candidate(evolve(info, status="failed", error=str(error))))

    def _collect_all(self) -> _Collected:
        offers: dict[str, list[tuple[PluginInfo, Any]]] = {hook: list(self._offers(hook)) for hook in HOOKS}
        frameworks: dict[str, InstalledFramework] = {}
        for info, framework in offers["careassure_frameworks"]:
            known = frameworks.get(framework.id)
            if known is not None and known.plugin != info.name:
                self._clash(f"the framework {framework.id!r}", known.plugin, info.name)
            if known is not None and framework.version in [version.version for version in known.versions]:
                raise PluginConflictError(
                    f"{framework.id} {framework.version} is offered twice", plugin=info.name, distribution=info.source
                )
            versions = (*known.versions, framework) if known else (framework,)
            frameworks[framework.id] = InstalledFramework(
                framework.id, framework.title, versions, info.name, info.distribution, info.version
            )
        scorers: dict[str, InstalledScorer] = {}
        methods = [(info, MethodScorer(method)) for info, method in offers["careassure_methods"]]
        for info, scorer in (*methods, *offers["careassure_scorers"]):
            if scorer.name in scorers:
                self._clash(f"the scorer {scorer.name!r}", scorers[scorer.name].plugin, info.name)
            scorers[scorer.name] = InstalledScorer(
                scorer.name, scorer.version, scorer.title, info.name, info.distribution, info.version, scorer
            )
        descriptors: dict[str, InstalledDescriptors] = {}
        for info, table in offers["careassure_descriptors"]:
            if table.id in descriptors:
                self._clash(f"the table of descriptors {table.id!r}", descriptors[table.id].plugin, info.name)
            _check_descriptors(table, frameworks, info)
            descriptors[table.id] = InstalledDescriptors(table.id, info.name, info.distribution, info.version, table)
        self._note_offers(frameworks, scorers, descriptors)
        return _Collected(
            tuple(scorers[name] for name in sorted(scorers)),
            tuple(frameworks[name] for name in sorted(frameworks)),
            tuple(descriptors[name] for name in sorted(descriptors)),
        )

    def _note_offers(
        self,
        frameworks: Mapping[str, InstalledFramework],
        scorers: Mapping[str, InstalledScorer],
        descriptors: Mapping[str, InstalledDescriptors],
    ) -> None:
        for name, info in self._infos.items():
            found = [f"framework {f.id}" for f in frameworks.values() if f.plugin == name]
            found += [f"descriptors {d.id}" for d in descriptors.values() if d.plugin == name]
            found += [f"scorer {s.name}" for s in scorers.values() if s.plugin == name]
            self._infos[name] = evolve(info, offers=tuple(sorted(found)))

    def _clash(self, what: str, one: str, other: str) -> None:
        pair = sorted({one, other})
        sources = [f"{name} ({self._infos[name].source or 'this program'})" for name in pair]
        twice = join(sources) if len(sources) > 1 else f"{sources[0]} twice"
        raise PluginConflictError(f"{what} is offered by {twice}", plugin=" ".join(pair), hint="Uninstall one of them")

    def _offers(self, hook: str) -> Iterator[tuple[PluginInfo, Any]]:
        """What every plugin returns from a hook, by the plugin's name; then what it holds as files."""
        implementations = {impl.plugin_name: impl for impl in getattr(self._manager.hook, hook).get_hookimpls()}
        for name in sorted(self._infos):
            info = self._infos[name]
            if name in implementations:
                for item in self._called(hook, implementations[name], info):
                    yield info, item
            elif name != BUILT_IN:
                for item in packaged_offers(self._manager.get_plugin(name), hook, info.name, info.source):
                    yield info, item

    def _called(self, hook: str, implementation: pluggy.HookImpl, info: PluginInfo) -> list[Any]:
        where = {"plugin": info.name, "distribution": info.source}
        given = {"api_version": API_VERSION}
        start = perf_counter()
        try:
            result: Any = implementation.function(*(given[name] for name in implementation.argnames))
            items: list[Any] | None = (
                None if result is None or isinstance(result, str | bytes | Mapping) else list(result)
            )
        except PluginError:
            raise
        except Exception as error:
            raise HookCallError(f"{hook} raised {type(error).__name__}: {error}", **where) from error
        if items is None:
            raise HookReturnError(f"{hook} returned {result!r}", hint="Return a list", **where)
        for item in items:
            check_item(hook, item, where)
        if self.trace:
            took = (perf_counter() - start) * 1000
            sys.stderr.write(f"careassure: {info.name} ({info.source}): {hook} gave {len(items)} in {took:.1f} ms\n")
        return items


@frozen
class _Collected:
    scorers: tuple[InstalledScorer, ...]
    frameworks: tuple[InstalledFramework, ...]
    descriptors: tuple[InstalledDescriptors, ...]


def _check_descriptors(table: DescriptorTable, frameworks: Mapping[str, InstalledFramework], info: PluginInfo) -> None:
    """Refuse descriptors of statements or scores that their framework does not have."""
    where = {"plugin": info.name, "distribution": info.source}
    known = frameworks.get(table.framework)
    if known is None:
        raise HookReturnError(f"{table.id} is for the framework {table.framework!r}, which is not installed", **where)
    versions = {version.version: version for version in known.versions}
    for item in table.descriptors:
        if item.version and item.version not in versions:
            raise HookReturnError(f"{table.id}: {table.framework} has no version {item.version!r}", **where)
        for problem in descriptor_problems(item, versions.get(item.version) or known.versions[-1]):
            raise HookReturnError(f"{table.id}, {item.statement}, {item.score}: {problem.message}",
                                  hint=problem.hint, **where)  # fmt: skip


def _imported(candidate: _Candidate) -> object:
    info = candidate.info
    if candidate.point is None:
        raise PluginImportError("it has no entry point", plugin=info.name, distribution=info.source)
    try:
        return candidate.point.load()
    except Exception as error:
        raise PluginImportError(
            f"{candidate.point.value} cannot be imported: {type(error).__name__}: {error}",
            plugin=info.name,
            distribution=info.source,
            hint=f"Mend or uninstall it, or set CAREASSURE_DISABLE_PLUGINS={info.name}",
        ) from error


def normalise(name: str) -> str:
    """A plugin's name in lower case, with runs of dots, underscores and hyphens as one hyphen."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def default_host() -> PluginHost:
    """The host with everything that is installed, as the environment wants it, made at first use."""
    return host_from(os.environ)


def host_from(environment: Mapping[str, str], *, on_error: OnError = "raise") -> PluginHost:
    """A host with everything that is installed, as an environment wants it.

    ``CAREASSURE_PLUGINS``: names of the installed plugins to use, separated by commas; empty: none.
    ``CAREASSURE_DISABLE_PLUGINS``: names of those not to use. ``CAREASSURE_TRACE_PLUGINS=1``: write each call.
    """
    only = environment.get("CAREASSURE_PLUGINS")
    return PluginHost(
        on_error=on_error,
        only=None if only is None else _names(only),
        disabled=_names(environment.get("CAREASSURE_DISABLE_PLUGINS", "")),
        trace=environment.get("CAREASSURE_TRACE_PLUGINS") == "1",
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]
