"""What all plugins offer, put together: one thing of each name, whatever the order of the plugins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from careassure.errors import HookReturnError, PluginConflictError
from careassure.methods.scorer import MethodScorer
from careassure.model.framework import Framework
from careassure.model.scale import Scale
from careassure.model.text import join
from careassure.plugins.discovery import PluginInfo
from careassure.plugins.offers import InstalledFramework, InstalledScorer
from careassure.plugins.rules import Traits

if TYPE_CHECKING:
    from careassure.model.descriptor import DescriptorTable
    from careassure.plugins.described import InstalledDescriptors
    from careassure.plugins.readers import InstalledReader

Offers = Mapping[str, Sequence[tuple[PluginInfo, Any]]]
"""For each hook what was given, each with its plugin, the plugins by name."""


@frozen
class Collected:
    """Everything that is installed, by name."""

    scorers: tuple[InstalledScorer, ...]
    frameworks: tuple[InstalledFramework, ...]
    descriptors: tuple[InstalledDescriptors, ...]
    readers: tuple[InstalledReader, ...] = ()

    def framework(self, id: str) -> InstalledFramework | None:
        """The framework of that id, with its versions."""
        return next((item for item in self.frameworks if item.id == id), None)

    def scorer(self, name: str) -> InstalledScorer | None:
        """The scorer of that name, or of ``plugin:name``."""
        plugin, _, bare = name.rpartition(":")
        return next((item for item in self.scorers if item.name == bare and plugin in ("", item.plugin)), None)

    def offers(self, plugin: str) -> tuple[str, ...]:
        """What one plugin offers, such as ``scorer report-card``."""
        found = [f"framework {item.id}" for item in self.frameworks if item.plugin == plugin]
        found += [f"descriptors {item.id}" for item in self.descriptors if item.plugin == plugin]
        found += [f"reader {item.id}" for item in self.readers if item.plugin == plugin]
        found += [f"scorer {item.name}" for item in self.scorers if item.plugin == plugin]
        return tuple(sorted(found))


def scales_among(frameworks: Iterable[InstalledFramework], id: str) -> tuple[Scale, ...]:
    """The scales that a method of a framework is read with: those of its newest version; none where it is not there."""
    return next((item.versions[-1].scales for item in frameworks if item.id == id), ())


def collect(frameworks: Sequence[InstalledFramework], offers: Offers, *, trace: bool) -> Collected:
    """Put together what the plugins offer.

    Args:
        frameworks: Every framework.
        offers: What each of the other hooks gave.
        trace: Whether scorers say on standard error that they are asked.

    Raises:
        PluginConflictError: Two plugins offer something of one name, or one does so twice. It names them with a blank
            between.
        HookReturnError: Descriptors do not fit their framework.
    """
    scorers = _scorers(offers, trace=trace)
    descriptors: dict[str, InstalledDescriptors] = {}
    origins: dict[str, PluginInfo] = {}
    for info, table in offers["careassure_descriptors"]:
        from careassure.plugins.described import InstalledDescriptors  # none ship, and no rating needs them

        _claim(origins, f"the table of descriptors {table.id!r}", info)
        _check_descriptors(table, {item.id: item for item in frameworks}, info)
        descriptors[table.id] = InstalledDescriptors(table.id, info.name, info.distribution, info.version, table)
    return Collected(
        tuple(scorers[name] for name in sorted(scorers)),
        tuple(frameworks),
        tuple(descriptors[name] for name in sorted(descriptors)),
        _readers(offers.get("careassure_readers", ()), trace=trace),
    )


def collect_frameworks(offers: Sequence[tuple[PluginInfo, Framework]]) -> tuple[InstalledFramework, ...]:
    """Put together the frameworks that the plugins offer, by id.

    Raises:
        PluginConflictError: Two plugins offer one framework, or one offers a version twice.
    """
    found: dict[str, InstalledFramework] = {}
    origins: dict[str, PluginInfo] = {}
    for info, framework in offers:
        what = f"the framework {framework.id!r}"
        if framework.id in found and origins[what].name == info.name:
            if framework.version in [version.version for version in found[framework.id].versions]:
                raise PluginConflictError(f"{framework.id} {framework.version} is offered twice", **info.where)
        else:
            _claim(origins, what, info)
        known = found[framework.id].versions if framework.id in found else ()
        found[framework.id] = InstalledFramework(
            framework.id, framework.title, (*known, framework), info.name, info.distribution, info.version
        )
    return tuple(found[name] for name in sorted(found))


def _scorers(offers: Offers, *, trace: bool) -> dict[str, InstalledScorer]:
    found: dict[str, InstalledScorer] = {}
    origins: dict[str, PluginInfo] = {}
    methods = [
        (info, (Traits(m.id, m.version, m.title, ()), MethodScorer(m))) for info, m in offers["careassure_methods"]
    ]
    for info, (traits, scorer) in (*methods, *offers["careassure_scorers"]):
        _claim(origins, f"the scorer {traits.name!r}", info)
        found[traits.name] = InstalledScorer(
            traits.name,
            traits.version,
            traits.title,
            info.name,
            info.distribution,
            info.version,
            scorer,
            traits.scales,
            trace,
        )
    return found


def _readers(offers: Sequence[tuple[PluginInfo, Any]], *, trace: bool) -> tuple[InstalledReader, ...]:
    if not offers:
        return ()
    from careassure.plugins.readers import InstalledReader  # no rating needs it

    found: dict[str, InstalledReader] = {}
    origins: dict[str, PluginInfo] = {}
    for info, reader in offers:
        _claim(origins, f"the reader {reader.id!r}", info)
        found[reader.id] = InstalledReader(
            reader.id, reader.title, info.name, info.distribution, info.version, reader, trace
        )
    return tuple(found[name] for name in sorted(found))


def _claim(origins: dict[str, PluginInfo], what: str, info: PluginInfo) -> None:
    """Note whose something is, or refuse what was claimed before."""
    other = origins.get(what)
    if other is None:
        origins[what] = info
        return
    sources = {each.name: each.source or "this program" for each in (other, info)}
    names = [f"{name} ({sources[name]})" for name in sorted(sources)]
    twice = join(names) if len(names) > 1 else f"{names[0]} twice"
    raise PluginConflictError(
        f"{what} is offered by {twice}", plugin=" ".join(sorted(sources)), hint="Uninstall one of them"
    )


def _check_descriptors(table: DescriptorTable, frameworks: Mapping[str, InstalledFramework], info: PluginInfo) -> None:
    """Refuse descriptors of statements or scores that their framework does not have."""
    from careassure.model.descriptor import descriptor_problems

    known = frameworks.get(table.framework)
    if known is None:
        raise HookReturnError(
            f"{table.id} is for the framework {table.framework!r}, which is not installed", **info.where
        )
    versions = {version.version: version for version in known.versions}
    for item in table.descriptors:
        if item.version and item.version not in versions:
            raise HookReturnError(f"{table.id}: {table.framework} has no version {item.version!r}", **info.where)
        for problem in descriptor_problems(item, versions.get(item.version) or known.versions[-1]):
            raise HookReturnError(f"{table.id}, {item.statement}, {item.score}: {problem.message}",
                                  hint=problem.hint, **info.where)  # fmt: skip
