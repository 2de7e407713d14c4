"""Methods and frameworks that are not installed, each in a file of somebody's own."""

from __future__ import annotations

import os
from collections.abc import Mapping

from careassure.errors import InvalidInputError, Place, Problem, UnknownFrameworkError
from careassure.io.files import path_of, read_text
from careassure.io.formats import parse
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.io.methods import FORMAT as METHOD_FORMAT
from careassure.io.methods import load_method
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.text import join
from careassure.plugins.host import default_host


def read_method(path: str | os.PathLike[str], framework: Framework | None = None) -> Method:
    """The method in a file.

    Args:
        path: The file.
        framework: What it scores, where that is known already: its grades are known in the file.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        InvalidInputError: It holds something else.
        InvalidMethodError: What it says is wrong; all of it is listed.
    """
    return method_from(_table(path, METHOD_FORMAT, "a method"), path_of(path), framework)


def method_from(data: Mapping[str, object], where: str, framework: Framework | None = None) -> Method:
    """The method in a table that was read; grades of its framework are known in it, given or installed."""
    name = data.get("framework")
    host = default_host()
    own = framework is not None and framework.id == name and not host.holds(framework)
    scales = (
        framework.scales if framework is not None and own else host.scales_of(name) if isinstance(name, str) else ()
    )
    return load_method(data, where=where, scales=scales)


def read_framework(path: str | os.PathLike[str], version: str | None = None) -> Framework:
    """The framework in a file; its newest version where none is named.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        InvalidInputError: It holds something else.
        InvalidFrameworkError: What it says is wrong; all of it is listed.
        UnknownFrameworkError: It has no such version.
    """
    versions = read_versions(path)
    for framework in versions:
        if version == framework.version:
            return framework
    if version is None:
        return versions[-1]
    names = join([f'"{framework.version}"' for framework in versions])
    raise UnknownFrameworkError(
        f"it has no version {shown(version)}", where=Place(path_of(path)), hint=f"It has {names}"
    )


def read_versions(path: str | os.PathLike[str]) -> tuple[Framework, ...]:
    """Every version of the framework in a file, the oldest first.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        InvalidInputError: It holds something else.
        InvalidFrameworkError: What it says is wrong; all of it is listed.
    """
    return load_frameworks(_table(path, FRAMEWORK_FORMAT, "a framework"), where=path_of(path))


def _table(path: str | os.PathLike[str], form: str, what: str) -> Mapping[str, object]:
    where = path_of(path)
    data = parse(read_text(path), where)
    if data.get("format") != form:
        raise InvalidInputError(where, [Problem("format", f"it is not {what}", f"Give a file of {form}")])
    return data
