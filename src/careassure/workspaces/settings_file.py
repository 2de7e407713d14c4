"""The settings of a workspace: `workspace.toml`, which says whose it is and what it is prepared for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from careassure.api.from_files import read_framework
from careassure.api.lookup import is_file
from careassure.errors import CareAssureError, InvalidFrameworkError, Problem
from careassure.io.fields import Table
from careassure.io.files import file_inside
from careassure.io.records import Lookup
from careassure.model.council import Body, Council
from careassure.model.extension import extend
from careassure.model.framework import Framework
from careassure.model.statements import EvidenceCategory, Statement
from careassure.model.text import hint_for
from careassure.samples.cases import CaseAttribute, Code
from careassure.workspaces.score_dates import MIXED_DATES
from careassure.workspaces.workspace import Settings, Workspace

SETTINGS = "workspace.toml"
FORMAT = "careassure.workspace/1"

T = TypeVar("T")


def in_settings(problem: Problem) -> Problem:
    """A problem with the settings' file as its place."""
    return problem._replace(where=problem.where._replace(file=SETTINGS))


def read_settings(table: Table, lookup: Lookup, folder: Path) -> Workspace | None:
    """What `workspace.toml` says; None where the framework or the council is not found."""
    if table.text("format", FORMAT) != FORMAT:
        table.problem("format", f"{table.data['format']!r} is not known", f"This version reads {FORMAT}")
    name = table.text("council")
    body = table.text("body", "")
    base = _found(table, "framework", lambda: _base(table, lookup, folder))
    base = _with_categories(table, base) if base is not None and table.has("categories") else base
    privacy = Table(table.take("privacy") or {}, "privacy", table.problems)
    settings = Settings(
        table.whole("stale_after_months"), table.text("scorer", ""), privacy.texts("look_for"), privacy.texts("allow"),
        table.whole("mixed_after_months"),
    )  # fmt: skip
    privacy.finish()
    if settings.scorer.endswith(".toml"):
        _found(table, "scorer", lambda: file_inside(folder, settings.scorer))
    for key in ("stale_after_months", "mixed_after_months"):
        months = getattr(settings, key)
        if months is not None and months < 1:
            table.problem(key, f"{months} is not a number of months from 1 on")
    facts = Table(table.take("facts") or {}, "facts", table.problems)
    told = tuple(sorted((fact, facts.flag(fact)) for fact in facts.data))
    if settings.mixed_after_months is not None and MIXED_DATES in facts.data:
        hint = "Leave one of the two out"
        facts.problem(MIXED_DATES, "it is worked out from the dates of the scores, by mixed_after_months", hint)
    attributes = tuple(_attribute(item, name) for name, item in table.named("cases").items())
    own = Table(table.take("own"), "own", table.problems) if table.has("own") else None
    framework = _extended(own, base) if own is not None and base is not None else base
    council: Council | Body | None = None
    if base is not None and name:
        council = Body(name, name, body) if body else _found(table, "council", lambda: lookup.subject(name, base))
    table.finish()
    if council is None or base is None or framework is None:
        return None
    return Workspace(council, framework, base, told, settings, attributes=attributes)


def _base(table: Table, lookup: Lookup, folder: Path) -> Framework:
    """What the workspace is prepared for: an installed framework, or one in a file that lies in the folder."""
    name, version = table.text("framework", "cqc-la"), table.text("version", "") or None
    return read_framework(file_inside(folder, str(name)), version) if is_file(name) else lookup.framework(name, version)


def _with_categories(table: Table, base: Framework) -> Framework | None:
    """A framework without evidence categories, with those that the council has made for itself."""
    found: list[EvidenceCategory] = []
    for name, item in table.named("categories").items():
        found.append(EvidenceCategory(name, item.text("title"), note=item.text("note", "")))
        item.finish()
    if base.categories:
        known = ", ".join(category.id for category in base.categories)
        table.problem("categories", f"{base.title} has evidence categories", f"Leave this table out, and use {known}")
        return base
    try:
        return evolve(base, categories=tuple(found))
    except InvalidFrameworkError as error:
        for problem in error.problems:
            table.problem(problem.where.path, problem.message, problem.hint)
        return base


def _found(table: Table, key: str, find: Callable[[], T]) -> T | None:
    try:
        return find()
    except CareAssureError as error:
        table.problem(key, error.message, error.hint)
        return None


def _attribute(table: Table, id: str) -> CaseAttribute:
    codes = Table(table.need("codes") or {}, table.at("codes"), table.problems)
    found = tuple(Code(code, codes.text(code)) for code in codes.data)
    attribute = CaseAttribute(id, table.text("title", id), found)
    table.finish()
    return attribute


def _extended(table: Table, base: Framework) -> Framework | None:
    more: dict[str, list[Statement]] = {}
    themes = [theme.id for theme in base.themes]
    before = len(table.problems)
    version = table.text("version")
    for name, item in table.named("statements").items():
        statement = Statement(name, item.text("title"), item.text("summary", ""))
        theme = item.text("theme")
        more.setdefault(theme, []).append(statement)
        if theme and theme not in themes:
            item.problem("theme", f"{theme!r} is not a theme of {base.title}", hint_for(theme, themes))
        item.finish()
    table.finish()
    if len(table.problems) > before:
        return None
    try:
        return extend(base, version, more)
    except InvalidFrameworkError as error:
        for problem in error.problems:
            table.problem(problem.where.path, problem.message, problem.hint)
        return None
