"""The verbs for those who write methods and frameworks: prove a method, add statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from careassure.api.lookup import FrameworkLike, ScorerLike, find_framework, find_method, framework_for
from careassure.model.arguments import checked
from careassure.model.framework import Framework
from careassure.model.statements import Statement

if TYPE_CHECKING:
    from careassure.methods.check import CheckReport


@checked
def check(method: ScorerLike, framework: FrameworkLike) -> CheckReport:
    """Check a method on one version of a framework.

    It proves that the method is monotone (a raised score never lowers a grade) and total (every combination
    of scores, some of them missing or left out, has exactly one grade), that every grade can be reached by complete
    scores, and that what must be is never above what may be. It lists the totals whose grade depends on how the
    percentage is rounded. What there is too much of to go through is said, never guessed.

    Args:
        method: A method, its name, or its file.
        framework: A framework, its id, or its file. Of an id or a file the newest version that the method is for.

    Raises:
        InvalidMethodError: The method does not fit the framework at all.
        UnknownScorerError: There is no such method, or it is a scorer written in Python.
        UnknownFrameworkError: There is no such framework.
    """
    from careassure.methods.check import check as check_on

    found = find_method(method, framework if isinstance(framework, Framework) else None)
    return check_on(found, framework_for(found, framework))


@checked
def extend(framework: FrameworkLike, version: str, statements: Mapping[str, Sequence[Statement]]) -> Framework:
    """Another version of a framework, with statements added at the end of its themes.

    No scorer of the framework's own goes with it: a method is for the versions that it names, so the regulator's
    rating still comes from the version without the additions.

    Args:
        framework: The version to build on: a framework, its id, or its file.
        version: The name of the new one.
        statements: What is added to each theme, by the theme's id.

    Raises:
        InvalidFrameworkError: The version is named like the old one, a theme is unknown, or an id appears twice or
            holds more than small letters, digits and underscores.
    """
    from careassure.model.extension import extend as extend_version

    return extend_version(find_framework(framework), version, statements)
