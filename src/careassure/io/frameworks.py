"""Read framework files, in the format ``careassure.framework/1``: one file holds every version."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Any

from careassure.errors import InvalidFrameworkError, Problem
from careassure.io.fields import Table
from careassure.io.shared_fields import check_ids, read_references, read_scales
from careassure.model.arguments import checked
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.reference import Reference
from careassure.model.statements import Alias, EvidenceCategory, Part, Statement, Theme
from careassure.model.text import join

FORMAT = "careassure.framework/1"
MOST_IN_VERSIONS = 50_000
"""The most statements in all versions of a framework together: each version holds its own."""


@checked
def load_frameworks(data: object, *, where: str = "") -> tuple[Framework, ...]:
    """Every version of the framework in a file, the oldest first.

    Args:
        data: What a TOML file of the format gives.
        where: The file, for messages.

    Raises:
        InvalidFrameworkError: Everything that is wrong, each with its path.
    """
    problems: list[Problem] = []
    table = Table(data, "", problems)
    found = _versions(table)
    if problems:
        raise InvalidFrameworkError(where or "the framework", problems)
    return found


def _versions(table: Table) -> tuple[Framework, ...]:
    form = table.text("format")
    if form and form != FORMAT:
        table.problem("format", f"{form!r} is not known", f"This version reads {FORMAT}")
    references = read_references(table)
    scales = read_scales(table)
    categories = tuple(_category(item, name, references) for name, item in table.named("categories").items())
    themes = tuple(_theme(item) for item in table.tables("themes"))
    common: dict[str, Any] = {name: table.text(name) for name in ("id", "title", "publisher", "score_scale")}
    common |= {"scales": scales, "categories": categories, "subject": table.text("subject", "council")}
    versions = table.named("versions")
    check_ids(table, "versions", versions)
    if not versions:
        table.problem("versions", "it has no version", "Add a table such as [versions.2023]")
    table.finish()
    statements = {statement.id for theme in themes for statement in theme.statements}
    if len(versions) * max(len(statements), 1) > MOST_IN_VERSIONS:
        table.problem("versions", f"it has more than {MOST_IN_VERSIONS:,} statements in all its versions", "Split it")
        return ()
    found: list[Framework] = []
    for version, item in versions.items():
        without = frozenset(item.texts("without"))
        for name in sorted(without - statements):
            item.problem("without", f"{shown(name)} is not a statement of the framework")
        parts = categories if item.choice("parts", ("none", "categories"), "none") == "categories" else ()
        inside = tuple(_in_version(theme, without, parts) for theme in themes)
        try:
            found.append(Framework(version=version, themes=inside, **_own(item, references), **common))
        except InvalidFrameworkError as error:
            item.problems += error.problems
        item.finish()
    return _ordered(found, table)


def _own(version: Table, references: dict[str, Reference]) -> dict[str, Any]:
    """What a version says of itself."""
    return {
        "scorer": version.text("scorer", ""),
        "summary": version.text("summary", ""),
        "supersedes": version.text("supersedes", ""),
        "valid_from": version.date("valid_from"),
        "valid_until": version.date("valid_until"),
        "references": _cited(version, references),
    }


def _ordered(found: list[Framework], table: Table) -> tuple[Framework, ...]:
    """A version stands after the one that it supersedes."""
    ordered: list[Framework] = []
    after: dict[str, list[int]] = {}
    for at, framework in enumerate(found):
        after.setdefault(framework.supersedes, []).append(at)
    ready = after.get("", [])  # by their place in the file: of those that can come next, the first does
    while ready:
        framework = found[heappop(ready)]
        ordered.append(framework)
        for at in after.get(framework.version, []):
            heappush(ready, at)
    if len(ordered) < len(found):
        known = {framework.version for framework in ordered}
        left = [framework.version for framework in found if framework.version not in known][:20]
        table.problem("versions", f"{join(left)} supersede each other, or a version that is not there")
        return tuple(found)
    return tuple(ordered)


def _in_version(theme: Theme, without: frozenset[str], categories: tuple[EvidenceCategory, ...]) -> Theme:
    parts = tuple(Part(c.id, c.title, c.aliases) for c in categories if c.applies)
    return Theme(
        theme.id,
        theme.title,
        tuple(
            Statement(s.id, s.title, s.summary, s.aliases, parts or s.parts, s.tags, s.scale)
            for s in theme.statements
            if s.id not in without
        ),
        theme.aliases,
        theme.tags,
    )


def _theme(table: Table) -> Theme:
    theme = Theme(
        table.text("id"),
        table.text("title"),
        tuple(_statement(item) for item in table.tables("statements")),
        _aliases(table),
        table.texts("tags"),
    )
    table.finish()
    return theme


def _statement(table: Table) -> Statement:
    statement = Statement(
        table.text("id"),
        table.text("title"),
        table.text("summary", ""),
        _aliases(table),
        tuple(_part(item) for item in table.tables("parts")),
        table.texts("tags"),
        table.text("scale", ""),
    )
    table.finish()
    return statement


def _part(table: Table) -> Part:
    part = Part(table.text("id"), table.text("title"), _aliases(table), table.texts("tags"), table.text("scale", ""))
    table.finish()
    return part


def _category(table: Table, name: str, references: dict[str, Reference]) -> EvidenceCategory:
    category = EvidenceCategory(
        name,
        table.text("title"),
        table.flag("applies", default=True),
        table.text("note", ""),
        _aliases(table),
        table.flag("kept", default=False),
    )
    _cited(table, references)
    table.finish()
    return category


def _aliases(table: Table) -> tuple[Alias, ...]:
    return (
        *(Alias(text) for text in table.texts("aliases")),
        *(Alias(text, "press") for text in table.texts("press_aliases")),
    )


def _cited(table: Table, references: dict[str, Reference]) -> tuple[Reference, ...]:
    names = table.texts("reference")
    for name in names:
        if name not in references:
            table.problem("reference", f"there is no reference {name!r}", "Add it under [references]")
    return tuple(references[name] for name in names if name in references)
