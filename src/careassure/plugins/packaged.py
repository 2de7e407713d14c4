"""What a plugin brings as TOML files in its package, without any code of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from careassure.catalogue.frameworks import cqc_la
from careassure.errors import HookReturnError
from careassure.io.formats import parse
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.methods.load import FORMAT as METHOD_FORMAT
from careassure.methods.load import load_method
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.plugins.guard import module_space, touch


def packaged_offers(plugin: object, hook: str, where: Mapping[str, str]) -> list[Any]:
    """What the TOML files beside a plugin's package offer for a hook that the plugin does not implement.

    Args:
        plugin: The plugin; only a package (a module with a folder) can hold files.
        hook: ``careassure_frameworks`` or ``careassure_methods``; other hooks have no files.
        where: The plugin's name and its distribution, for messages.

    Raises:
        HookReturnError: A file that is wrong.
    """
    space = module_space(plugin)
    name = space.get("__name__")
    if hook not in ("careassure_frameworks", "careassure_methods") or "__path__" not in space or type(name) is not str:
        return []

    frameworks, methods = touch(
        lambda why: HookReturnError(f"a file in it is wrong: {why}", **where), package_files, name
    )
    return list(frameworks if hook == "careassure_frameworks" else methods)


@cache
def package_files(package: str) -> tuple[tuple[Framework, ...], tuple[Method, ...]]:
    """The frameworks and methods in the TOML files of a package, in the order of the files' names.

    Args:
        package: The package's import name.

    Raises:
        CareAssureError: A file that is wrong, with everything that is wrong with it.
    """
    tables = [
        (item.name, parse(item.read_text(encoding="utf-8"), f"{package}/{item.name}"))
        for item in sorted(files(package).iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    ]
    frameworks = tuple(
        framework
        for name, table in tables
        if table.get("format") == FRAMEWORK_FORMAT
        for framework in load_frameworks(table, where=f"{package}/{name}")
    )
    scales = {framework.id: framework.scales for framework in (*cqc_la(), *frameworks)}
    methods = tuple(
        load_method(table, where=f"{package}/{name}", scales=scales.get(str(table.get("framework")), ()))
        for name, table in tables
        if table.get("format") == METHOD_FORMAT
    )
    return frameworks, methods
