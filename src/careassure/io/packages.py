"""The frameworks and methods that lie as TOML files in a package."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

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
    wheres = {f"{package}/{name}": name for name in sorted(_names(package)) if name.endswith(".toml")}
    return tuple((where, parse(package_text(package, name), where)) for where, name in wheres.items())


def package_text(package: str, name: str) -> str:
    """The text of a file in a package, by its name there, such as ``data/councils.csv``."""
    folder = _folder(package)
    if folder is not None:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()
    from importlib.resources import files

    return files(package).joinpath(*name.split("/")).read_text(encoding="utf-8")


def _names(package: str) -> list[str]:
    folder = _folder(package)
    if folder is not None:
        return os.listdir(folder)
    from importlib.resources import files

    return [item.name for item in files(package).iterdir()]


def _folder(package: str) -> str | None:
    """The one folder of a package; None where it is in an archive, say.

    A file in a folder is read as it is, since `importlib.resources` takes as long to import as ten files to be read.
    """
    places = list(import_module(package).__path__)
    return places[0] if len(places) == 1 and os.path.isdir(places[0]) else None
