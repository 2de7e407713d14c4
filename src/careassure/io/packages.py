"""The frameworks and methods that lie as TOML files in a package."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from careassure.io.formats import parse
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.io.methods import FORMAT as METHOD_FORMAT
from careassure.io.methods import load_method
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scale import Scale

_MOST_PACKAGES = 256

Scales = tuple[Scale, ...]


@lru_cache(maxsize=_MOST_PACKAGES)
def package_frameworks(package: str) -> tuple[Framework, ...]:
    """The frameworks in the TOML files of a package, in the order of the files' names.

    Args:
        package: The package's import name.

    Raises:
        CareAssureError: A file that is wrong, with everything that is wrong with it.
    """
    return tuple(
        framework
        for where, table in _tables(package)
        if table.get("format") == FRAMEWORK_FORMAT
        for framework in load_frameworks(table, where=where)
    )


def package_methods(package: str, scales_of: Callable[[str], Scales]) -> tuple[Method, ...]:
    """The methods in the TOML files of a package, in the order of the files' names.

    Args:
        package: The package's import name.
        scales_of: Gives the scales of a framework, by its id; see `careassure.plugins.host.PluginHost.scales_of`.

    Raises:
        CareAssureError: A file that is wrong, with everything that is wrong with it.
    """
    tables = [table for _, table in _tables(package) if table.get("format") == METHOD_FORMAT]
    scored = dict.fromkeys(name for table in tables if isinstance(name := table.get("framework"), str))
    return _methods(package, tuple((name, scales_of(name)) for name in scored))


@lru_cache(maxsize=_MOST_PACKAGES)
def _methods(package: str, scales: tuple[tuple[str, Scales], ...]) -> tuple[Method, ...]:
    known = dict(scales)
    return tuple(
        load_method(table, where=where, scales=known.get(str(table.get("framework")), ()))
        for where, table in _tables(package)
        if table.get("format") == METHOD_FORMAT
    )


@lru_cache(maxsize=_MOST_PACKAGES)
def _tables(package: str) -> tuple[tuple[str, dict[str, object]], ...]:
    named = {item.name: item for item in files(package).iterdir() if item.name.endswith(".toml")}
    texts = {f"{package}/{name}": named[name].read_text(encoding="utf-8") for name in sorted(named)}
    return tuple((where, parse(text, where)) for where, text in texts.items())
