"""The files of this package, read without asking the host: they are there whether or not the plugin is in use."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import careassure as ca

HERE = files("careassure_cqc_provider")


@cache
def framework(id: str) -> ca.Framework:
    """The newest version of a framework that ships here."""
    return ca.load_frameworks(_table(f"{id}.toml"), where=f"{id}.toml")[-1]


def own_method(name: str, framework_id: str) -> ca.Method:
    """A method that ships here, whether or not the plugin is in use."""
    return ca.load_method(_table(f"{name}.toml"), where=name, scales=framework(framework_id).scales)


def optional_method(name: str, framework_id: str) -> ca.Method:
    """A method that ships here and that the plugin does not offer."""
    return ca.load_method(_table(f"optional/{name}.toml"), where=name, scales=framework(framework_id).scales)


def _table(name: str) -> dict[str, object]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
