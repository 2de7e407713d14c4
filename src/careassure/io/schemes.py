"""A framework and the method for it, made in Python from plain tables."""

from __future__ import annotations

from collections.abc import Mapping

from careassure.errors import InvalidFrameworkError, Problem
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.io.methods import FORMAT as METHOD_FORMAT
from careassure.io.methods import load_method
from careassure.methods.method import Method
from careassure.model.arguments import checked
from careassure.model.framework import Framework


@checked
def load_scheme(
    framework_table: Mapping[str, object], method_table: Mapping[str, object], *, where: str = ""
) -> tuple[Framework, Method]:
    """A framework and the method for it, from tables with the keys of a framework file and of a method file.

    The ``format`` of either may be left out, and so may the method's ``framework``. What the framework cites, the
    method may cite as well.

    Args:
        framework_table: What is assessed, in one version.
        method_table: What follows from it.
        where: What to call them in errors.

    Returns:
        Both, to be used as ``careassure.Assessment.of(who, scores, framework=framework)`` and
        ``careassure.assess(assessment, method)``.

    Raises:
        InvalidFrameworkError: The framework is wrong, or has several versions.
        InvalidMethodError: The method is wrong.
    """
    made = load_frameworks({"format": FRAMEWORK_FORMAT, **framework_table}, where=where)
    if len(made) != 1:
        problem = Problem("versions", f"it has {len(made)} versions", "Give one: a method is for a version")
        raise InvalidFrameworkError(where or "the framework", [problem])
    (framework,) = made
    table = {"format": METHOD_FORMAT, "framework": framework.id, **method_table}
    cited, own = framework_table.get("references"), method_table.get("references", {})
    if isinstance(cited, Mapping) and isinstance(own, Mapping):
        table["references"] = {**cited, **own}
    return framework, load_method(table, where=where, scales=framework.scales)
