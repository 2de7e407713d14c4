"""What distributions say of their plugins, read so that no other distribution can stand in the way.

``importlib.metadata.entry_points`` reads every distribution and raises when one is broken, whoever's it is. Here each
is read by itself. What is wrong with one that announces a plugin is that plugin's fault. What is wrong with any other
is none of our business.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from careassure.errors import CareAssureError, PluginConflictError, PluginError, PluginUnreadableError
from careassure.model.patterns import Later
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.plugins.guard import items_of, repr_of, touch

if TYPE_CHECKING:  # when it runs, it is imported where distributions are read: a rating may need none
    from importlib.metadata import Distribution, EntryPoint

GROUP = "careassure"
"""The entry-point group by which a distribution announces its plugin."""

_MOST_DISTRIBUTIONS = 100_000
_RUNS = Later(r"[-_.]+")
_SECTION = f"[{GROUP}]"
_NAME = Later(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DISTRIBUTION = Later(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = Later(r"[A-Za-z0-9.!+_-]+")


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

    __repr__ = short_repr

    @property
    def source(self) -> str:
        """The distribution with its version."""
        return f"{self.distribution} {self.version}".strip()

    @property
    def where(self) -> dict[str, str]:
        """Its name and source, as errors take them."""
        return {"plugin": self.name, "distribution": self.source}


@frozen
class Announced:
    """A plugin that a distribution announces.

    Args:
        info: What is known of it.
        point: Where its module is; None where that cannot be read.
        fault: Why it cannot be used.
    """

    info: PluginInfo
    point: EntryPoint | None = None
    fault: PluginError | None = None

    @property
    def value(self) -> str:
        """The module, as it was written, without blanks and extras."""
        return self.point.value.partition("[")[0].replace(" ", "") if self.point else ""

    def load(self) -> object:
        """Import it. Runs code of the plugin.

        Raises:
            PluginUnreadableError: It cannot be read where it is.
        """
        if self.point is None:
            raise PluginUnreadableError("it does not say where it is", **self.info.where)
        return self.point.load()


def normalise(name: str) -> str:
    """A plugin's name in lower case, with runs of dots, underscores and hyphens as one hyphen."""
    return _RUNS.now.sub("-", name).lower()


def check_name(name: str, source: str) -> None:
    """Refuse a name that nobody could ask for.

    Raises:
        PluginUnreadableError: It has blanks or signs in it.
    """
    if not _NAME.now.fullmatch(name):
        whose = f" (from {source})" if source else ""
        raise PluginUnreadableError(
            f"{repr_of(name)}{whose} cannot be a plugin's name", hint="Use lower-case letters, digits and hyphens"
        )


def announced() -> tuple[Announced, ...]:
    """Every plugin that a distribution on the path announces, each once, by name."""
    found: dict[tuple[str, str, str, str], Announced] = {}
    first: dict[str, str] = {}
    for distribution in _distributions():
        for item in _read(distribution):
            info = item.info
            # A distribution that stands in two folders of the path is the one of the first, as for Python itself.
            folder = _place(distribution)[0]
            if first.setdefault(normalise(info.distribution), folder) == folder:
                found.setdefault((info.name, info.distribution, info.version, item.value), item)
    return tuple(sorted(found.values(), key=lambda item: (item.info.name, item.info.source, item.value)))


def conflicts(found: Sequence[Announced], taken: PluginInfo) -> Iterator[tuple[list[Announced], PluginConflictError]]:
    """Plugins that claim one name, or one module under several names: nobody could say which of them is meant.

    Args:
        found: The plugins, by name.
        taken: A plugin that is there already.
    """
    for name in sorted({item.info.name for item in found}):
        claims = [item for item in found if item.info.name == name]
        if len(claims) > 1 or name == taken.name:
            there = {taken.source} if name == taken.name else set[str]()
            yield claims, _conflict(f"the plugin name {name!r}", claims, there)
            found = [item for item in found if item not in claims]
    for value in sorted({item.value for item in found}):
        claims = [item for item in found if item.value == value]
        if len(claims) > 1:
            yield claims, _conflict(f"the module {value!r:.100}", claims, set())


def one_plugin_of(infos: Sequence[PluginInfo]) -> PluginConflictError:
    """The error of one object that is announced under several names."""
    names = sorted(info.name for info in infos)
    return PluginConflictError(
        f"{join(names)} are one plugin under {len(names)} names", plugin=" ".join(names), hint="Announce it once"
    )


def _conflict(what: str, claims: Sequence[Announced], there: set[str]) -> PluginConflictError:
    sources = sorted({item.info.source for item in claims} | there)
    by = join(sources) if len(sources) > 1 else f"{sources[0]} twice"
    names = sorted({item.info.name for item in claims})
    return PluginConflictError(f"{what} is claimed by {by}", plugin=" ".join(names), hint="Uninstall one of them")


class _StrangerError(CareAssureError):
    """Something went wrong in a distribution that has nothing to do with us."""


def _distributions() -> Iterator[Distribution]:
    from importlib.metadata import DistributionFinder

    for finder in list(sys.meta_path):
        with suppress(_StrangerError):
            find: Any = touch(_StrangerError, getattr, finder, "find_distributions")
            given = touch(_StrangerError, find, DistributionFinder.Context())
            yield from items_of(_StrangerError, given, _MOST_DISTRIBUTIONS)


def _read(distribution: Distribution) -> list[Announced]:
    """The plugins that a distribution announces."""
    from importlib.metadata import EntryPoint

    try:
        text = touch(_StrangerError, lambda: distribution.read_text("entry_points.txt"))
    except _StrangerError as error:
        cause = error.__cause__
        if type(cause) is UnicodeDecodeError and _SECTION.encode() in cause.object:
            name, version = _signed(distribution)
            return [_faulty(normalise(name), name, version, "its entry_points.txt is not UTF-8")]
        return []
    # Most distributions announce none; to read the names of all would take ten times as long.
    if type(text) is not str or _SECTION not in text:
        return []
    name, version = _signed(distribution)
    found: list[Announced] = []
    for line in _lines(text):
        key, equals, value = (part.strip() for part in line.partition("="))
        plugin = normalise(key)
        if not equals or not value:
            found.append(_faulty(plugin, name, version, f"its entry_points.txt has the line {repr_of(line)}"))
        elif not _NAME.now.fullmatch(plugin):
            found.append(_faulty(plugin, name, version, f"{repr_of(key)} cannot be a plugin's name"))
        else:
            info = PluginInfo(plugin, name, version, "not loaded")
            found.append(Announced(info, EntryPoint(name=key, value=value, group=GROUP)))
    return found


def _lines(text: str) -> Iterator[str]:
    ours = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            ours = line == _SECTION
        elif ours and line and not line.startswith("#"):
            yield line


def _faulty(plugin: str, distribution: str, version: str, message: str) -> Announced:
    info = PluginInfo(plugin, distribution, version, "failed")
    error = PluginUnreadableError(message, plugin=plugin, distribution=info.source,
                                  hint=f"Uninstall {distribution}, or ask its authors")  # fmt: skip
    return Announced(info, fault=error)


def _signed(distribution: Distribution) -> tuple[str, str]:
    """The name and version of a distribution; those of its folder where it does not say."""
    stem, _, rest = _place(distribution)[1].partition("-")
    folder = stem if _DISTRIBUTION.now.fullmatch(stem) else "a distribution without a name"
    try:
        metadata = touch(_StrangerError, lambda: distribution.metadata)
    except _StrangerError:
        return folder, rest

    def said(field: str, form: Later) -> str:
        with suppress(_StrangerError):
            value: object = touch(_StrangerError, lambda: metadata[field])
            if type(value) is str and form.now.fullmatch(value):
                return value
        return ""

    return said("Name", _DISTRIBUTION) or folder, said("Version", _VERSION) or rest


def _place(distribution: Distribution) -> tuple[str, str]:
    """The folder in which a distribution stands, and the name of its own without the ending."""
    with suppress(_StrangerError):
        path = touch(_StrangerError, lambda: str(getattr(distribution, "_path")))  # noqa: B009  (not all have one)
        folder, _, own = path.replace("\\", "/").rstrip("/").rpartition("/")
        return folder, own.rpartition(".")[0]
    return "", ""
