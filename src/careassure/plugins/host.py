"""The host: finds plugins, collects what they offer, and says which scorer came from where."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy
from attrs import evolve, frozen

from careassure import __version__
from careassure.errors import (
    CareAssureError,
    PluginError,
    ScorerError,
    UnknownFrameworkError,
    UnknownScorerError,
)
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scorer import Scorer
from careassure.model.text import join, near
from careassure.plugins import builtin
from careassure.plugins.marker import PROJECT
from careassure.plugins.spec import Hooks

GROUP = "careassure"
"""The entry-point group by which a distribution announces its plugin."""

BUILT_IN = "careassure"


@frozen
class InstalledScorer:
    """A scorer and where it came from.

    Args:
        name: Its name.
        version: Its own version.
        title: What it is called.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        scorer: The scorer itself.
    """

    name: str
    version: str
    title: str
    plugin: str
    distribution: str
    distribution_version: str
    scorer: Scorer

    def accepts(self, framework: Framework) -> bool:
        """Whether it can score assessments under this framework."""
        return self.scorer.accepts(framework)

    def score(self, assessment: Assessment) -> Outcome:
        """What it makes of an assessment, stamped with where it came from.

        Raises:
            ScorerError: It failed, or returned something that is no sound outcome.
        """
        try:
            outcome = self.scorer.score(assessment)
        except CareAssureError:
            raise
        except Exception as error:
            raise ScorerError(f"it failed: {type(error).__name__}: {error}", scorer=self.name) from error
        if not isinstance(outcome, Outcome):
            raise ScorerError(f"it returned {type(outcome).__name__}, not an Outcome", scorer=self.name)
        return evolve(outcome, distribution=self.distribution, distribution_version=self.distribution_version)


@frozen
class InstalledFramework:
    """A framework with all its versions, and where it came from.

    Args:
        id: Its id.
        title: What it is called.
        versions: Its versions, the oldest first.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
    """

    id: str
    title: str
    versions: tuple[Framework, ...]
    plugin: str
    distribution: str
    distribution_version: str


class PluginHost:
    """A set of plugins and what they offer. Collected once, in an order that no installation changes.

    Args:
        discover: Whether to look for installed plugins; otherwise only what ships with the core is there.
    """

    def __init__(self, *, discover: bool = True) -> None:
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(Hooks)
        self._sources: dict[str, tuple[str, str]] = {}
        self._scorers: tuple[InstalledScorer, ...] | None = None
        self._frameworks: tuple[InstalledFramework, ...] | None = None
        self.register(builtin, BUILT_IN, "careassure", __version__)
        if discover:
            for point in sorted(entry_points(group=GROUP), key=_order):
                self._load(point)

    def register(self, plugin: object, name: str, distribution: str = "", version: str = "") -> None:
        """Add a plugin.

        Args:
            plugin: A module or an object whose functions carry the marker ``hookimpl``.
            name: Its name.
            distribution: Where it came from.
            version: The version of that.

        Raises:
            PluginError: The name is taken, or a hook is unknown or has other arguments.
        """
        shown = f"{distribution} {version}".strip()
        if name in self._sources:
            other = " ".join(self._sources[name])
            raise PluginError(
                f"the name is claimed twice: by {other} and by {shown}",
                plugin=name,
                distribution=shown,
                hint="Uninstall one of them",
            )
        try:
            self._manager.register(plugin, name)
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            if self._manager.has_plugin(name):
                self._manager.unregister(name=name)
            raise PluginError(str(error).splitlines()[-1], plugin=name, distribution=shown) from error
        except ValueError as error:
            other = self._manager.get_name(plugin) or "another"
            raise PluginError(
                f"it is the same object as the plugin {other}", plugin=name, distribution=shown, hint="Announce it once"
            ) from error
        self._sources[name] = (distribution, version)
        self._scorers = self._frameworks = None

    def _load(self, point: EntryPoint) -> None:
        distribution = point.dist.name if point.dist else ""
        version = point.dist.version if point.dist else ""
        try:
            plugin = point.load()
        except Exception as error:
            raise PluginError(
                f"it cannot be imported: {error}",
                plugin=point.name,
                distribution=f"{distribution} {version}",
                hint="Mend or uninstall it",
            ) from error
        self.register(plugin, point.name, distribution, version)

    def _offers(self, hook: str) -> Iterator[tuple[str, Any]]:
        offers = {found.plugin_name: found.function for found in getattr(self._manager.hook, hook).get_hookimpls()}
        for name in sorted(offers, key=lambda name: (name != BUILT_IN, name)):
            try:
                items = tuple(offers[name]())
            except Exception as error:
                raise PluginError(
                    f"{hook} failed: {error}",
                    plugin=name,
                    distribution=" ".join(self._sources[name]).strip(),
                    hint="Mend or uninstall it",
                ) from error
            for item in items:
                yield name, item

    def scorers(self) -> tuple[InstalledScorer, ...]:
        """Every scorer, by name.

        Raises:
            PluginError: Two plugins offer one name.
        """
        if self._scorers is None:
            self._scorers = self._collect_scorers()
        return self._scorers

    def _collect_scorers(self) -> tuple[InstalledScorer, ...]:
        found: dict[str, InstalledScorer] = {}
        for plugin, scorer in self._offered_scorers():
            installed = InstalledScorer(
                scorer.name, scorer.version, scorer.title, plugin, *self._sources[plugin], scorer
            )
            if scorer.name in found:
                self._clash(f"the scorer {scorer.name!r}", found[scorer.name].plugin, plugin)
            found[scorer.name] = installed
        return tuple(found[name] for name in sorted(found))

    def _offered_scorers(self) -> Iterator[tuple[str, Scorer]]:
        for plugin, method in self._offers("careassure_methods"):
            if not isinstance(method, Method):
                raise PluginError(f"careassure_methods gave {type(method).__name__}, not a Method", plugin=plugin)
            yield plugin, MethodScorer(method)
        for plugin, scorer in self._offers("careassure_scorers"):
            if not isinstance(scorer, Scorer):
                raise PluginError(f"careassure_scorers gave {type(scorer).__name__}, not a Scorer", plugin=plugin)
            yield plugin, scorer

    def frameworks(self) -> tuple[InstalledFramework, ...]:
        """Every framework, by id, with its versions from the oldest to the newest.

        Raises:
            PluginError: Two plugins offer one id.
        """
        if self._frameworks is None:
            self._frameworks = self._collect_frameworks()
        return self._frameworks

    def _collect_frameworks(self) -> tuple[InstalledFramework, ...]:
        found: dict[str, InstalledFramework] = {}
        for plugin, framework in self._offers("careassure_frameworks"):
            if not isinstance(framework, Framework):
                raise PluginError(
                    f"careassure_frameworks gave {type(framework).__name__}, not a Framework", plugin=plugin
                )
            known = found.get(framework.id)
            if known is not None and known.plugin != plugin:
                self._clash(f"the framework {framework.id!r}", known.plugin, plugin)
            versions = (*known.versions, framework) if known else (framework,)
            found[framework.id] = InstalledFramework(
                framework.id, framework.title, versions, plugin, *self._sources[plugin]
            )
        return tuple(found[name] for name in sorted(found))

    def _clash(self, what: str, one: str, other: str) -> None:
        sources = [f"{name} ({' '.join(self._sources[name])})" for name in (one, other)]
        raise PluginError(f"{what} is offered twice: by {sources[0]} and by {sources[1]}", hint="Uninstall one of them")

    def framework(self, id: str, version: str | None = None) -> Framework:
        """A framework by id; the newest version where none is named.

        Raises:
            UnknownFrameworkError: There is none of that id, or no such version.
        """
        frameworks = self.frameworks()
        found = next((item for item in frameworks if item.id == id), None)
        if found is None:
            names = [item.id for item in frameworks]
            raise UnknownFrameworkError(
                f"there is no framework {id!r}",
                suggestions=near(id, names),
                hint="" if near(id, names) else f"Installed: {join(names)}",
            )
        if version is None:
            return found.versions[-1]
        for framework in found.versions:
            if framework.version == version:
                return framework
        names = [framework.version for framework in found.versions]
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
        raise UnknownScorerError(
            f"there is no scorer {name!r}",
            suggestions=near(bare, names),
            hint="" if near(bare, names) else f"Installed: {join(names)}",
        )

    def accepting(self, framework: Framework) -> tuple[InstalledScorer, ...]:
        """Every scorer that can score assessments under a framework, its own first."""
        fitting = [item for item in self.scorers() if item.accepts(framework)]
        return tuple(sorted(fitting, key=lambda item: (item.name != framework.scorer, item.name)))


def _order(point: EntryPoint) -> tuple[str, str, str]:
    return point.name, point.dist.name if point.dist else "", point.value


@cache
def default_host() -> PluginHost:
    """The host with everything that is installed, made at first use."""
    return PluginHost()
