"""Statements of one's own: they make another version of a framework, and never change one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import evolve

from careassure.errors import InvalidFrameworkError, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.framework import Framework
from careassure.model.statements import Statement
from careassure.model.text import hint_for

_ID = re.compile(r"[a-z][a-z0-9_]*")
_ID_HINT = "Use small letters, digits and _, a letter first"


@checked
def extend(framework: Framework, version: str, statements: Mapping[str, Sequence[Statement]]) -> Framework:
    """Another version of a framework, with statements added at the end of its themes.

    No scorer of the framework's own goes with it: a method is for the versions that it names, so the regulator's
    rating still comes from the version without the additions.

    Args:
        framework: The version to build on.
        version: The name of the new one.
        statements: What is added to each theme, by the theme's id.

    Raises:
        InvalidFrameworkError: The version is named like the old one, a theme is unknown, or an id appears twice or
            holds more than small letters, digits and underscores.
    """
    with collecting(f"the additions to {framework.id} {framework.version}", InvalidFrameworkError) as problems:
        if version in ("", framework.version):
            why = f"{version!r} is the name of the version that it builds on" if version else "it is blank"
            problems.append(Problem("version", why, "Give the new version a name of its own"))
        themes = [theme.id for theme in framework.themes]
        problems += [
            Problem(f"{name}", f"{name!r} is not a theme of {framework.title}", hint_for(name, themes))
            for name in statements
            if name not in themes
        ]
        problems += [
            Problem(f"statements.{statement.id}", f"{statement.id!r} is not an id", _ID_HINT)
            for more in statements.values()
            for statement in more
            if not _ID.fullmatch(statement.id)
        ]
        if not any(statements.values()):
            problems.append(Problem("statements", "nothing is added", "Add at least one statement"))
    added = [statement.title for more in statements.values() for statement in more]
    return evolve(
        framework,
        version=version,
        supersedes=framework.version,
        scorer="",
        summary=f"{framework.version} with {', '.join(added)} added; not the regulator's.",
        themes=tuple(
            evolve(theme, statements=(*theme.statements, *statements.get(theme.id, ()))) for theme in framework.themes
        ),
        valid_from=None,
        valid_until=None,
    )
