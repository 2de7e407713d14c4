"""Read a workspace: one folder of TOML and CSV, with all that is wrong with it at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from careassure.errors import (
    AmbiguousNameError,
    CareAssureError,
    InvalidFrameworkError,
    InvalidWorkspaceError,
    Place,
    Problem,
    ReadError,
)
from careassure.figures.catalogue import is_shipped
from careassure.figures.model import Bearing, Indicator
from careassure.io.fields import Table
from careassure.io.files import file_inside, is_folder, is_there, path_of, read_text
from careassure.io.formats import parse
from careassure.io.records import Lookup
from careassure.model.council import Body, Council
from careassure.model.descriptor import Descriptor
from careassure.model.evidence import Claim, Evidence
from careassure.model.extension import extend
from careassure.model.framework import Framework
from careassure.model.statements import Statement
from careassure.model.text import hint_for
from careassure.privacy.personal.screen import screen_problems
from careassure.samples.cases import Case, CaseAttribute, Code
from careassure.tables.columns import Row, Sheet, files_of, read_sheet
from careassure.workspaces import sheets
from careassure.workspaces.events import EVENT_KIND, FINDING_KINDS, Event, Finding
from careassure.workspaces.plan import Action
from careassure.workspaces.rows import OWN, fitting, measure, reading, return_item, update, value
from careassure.workspaces.rules import workspace_problems
from careassure.workspaces.workspace import CONFIDENCES, ScoreEntry, Settings, Workspace

SETTINGS = "workspace.toml"
FORMAT = "careassure.workspace/1"
MOST_PROBLEMS = 1_000
"""The most problems that are told at once; reading stops soon after."""

T = TypeVar("T")


def is_workspace(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a folder with a `workspace.toml`."""
    return is_there(Path(path_of(path)) / SETTINGS)


def workspace_from(path: str | os.PathLike[str], lookup: Lookup, *, today: dt.date) -> Workspace:
    """The workspace in a folder.

    Args:
        path: The folder.
        lookup: How names of councils and frameworks find what they stand for.
        today: The day it is: nothing that has happened can be dated later.

    Raises:
        ReadError: It is not a folder, has no `workspace.toml`, or that is not TOML.
        InvalidWorkspaceError: Everything that is wrong, each with its file, row and column.
    """
    where = path_of(path)
    folder = Path(where)
    if not is_folder(folder):
        hint = "Name the folder that it is in" if is_there(folder) else "Make one with: careassure init"
        raise ReadError("it is not a folder with a workspace", where=where, hint=hint)
    if not is_workspace(folder):
        raise ReadError(f"there is no {SETTINGS} in it", where=where, hint="Make one with: careassure init")
    problems: list[Problem] = []
    data = parse(read_text(folder / SETTINGS), os.fspath(folder / SETTINGS))
    start = _settings(Table(data, "", problems), lookup, folder)
    problems[:] = [_in_settings(problem) for problem in problems]
    if start is None:
        raise InvalidWorkspaceError(where, problems)
    found = _Reader(folder, start, lookup, problems).read(today)
    if problems:
        raise InvalidWorkspaceError(where, _first(sorted(problems, key=_order)))
    return evolve(found, folder=where)


def _in_settings(problem: Problem) -> Problem:
    return problem._replace(where=problem.where._replace(file=SETTINGS))


def _first(problems: list[Problem]) -> list[Problem]:
    """As many problems as are told at once."""
    more = "Fix these, then check again"
    return problems if len(problems) <= MOST_PROBLEMS else [
        *problems[:MOST_PROBLEMS], Problem("", f"there are more than {MOST_PROBLEMS:,} problems", more)
    ]  # fmt: skip


def _order(problem: Problem) -> tuple[int, str, int]:
    """Where a problem stands among others: the settings first, then the tables with their rows in order."""
    file, row = problem.where.file, problem.where.row
    stems = [SETTINGS, *(sheet.name for sheet in sheets.SHEETS)]
    stem = file if file == SETTINGS else file.rpartition(".")[0]
    return (stems.index(stem) if stem in stems else len(stems), file, row if isinstance(row, int) else 0)


def _settings(table: Table, lookup: Lookup, folder: Path) -> Workspace | None:
    """What `workspace.toml` says; None where the framework or the council is not found."""
    if table.text("format", FORMAT) != FORMAT:
        table.problem("format", f"{table.data['format']!r} is not known", f"This version reads {FORMAT}")
    name = table.text("council")
    body = table.text("body", "")
    base = _found(table, "framework", lambda: lookup.framework(table.text("framework", "cqc-la"),
                                                               table.text("version", "") or None))  # fmt: skip
    privacy = Table(table.take("privacy") or {}, "privacy", table.problems)
    settings = Settings(
        table.whole("stale_after_months"), table.text("scorer", ""), privacy.texts("look_for"), privacy.texts("allow")
    )
    privacy.finish()
    if settings.scorer.endswith(".toml"):
        _found(table, "scorer", lambda: file_inside(folder, settings.scorer))
    if settings.stale_after_months is not None and settings.stale_after_months < 1:
        table.problem("stale_after_months", f"{settings.stale_after_months} is not a number of months from 1 on")
    facts = Table(table.take("facts") or {}, "facts", table.problems)
    told = tuple(sorted((fact, facts.flag(fact)) for fact in facts.data))
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


class _Reader:
    """Reads the tables of a folder; rows that lack what they need are left out, and their problems kept."""

    def __init__(self, folder: Path, start: Workspace, lookup: Lookup, problems: list[Problem]) -> None:
        self.folder = folder
        self.lookup = lookup
        self.start = start
        self.problems = problems
        self.rows: dict[str, list[Row]] = {}
        self.unread: dict[str, set[str]] = {}
        self.closed: set[str] = set()
        self.names: dict[str, str] = {}

    def read(self, today: dt.date) -> Workspace:
        self._look_around()
        attributes = [attribute.id for attribute in self.start.attributes]
        found = evolve(
            self.start,
            scores=self._table(sheets.SCORES, self._score),
            evidence=self._table(sheets.EVIDENCE, self._evidence),
            events=self._table(sheets.EVENTS, self._event),
            findings=self._table(sheets.FINDINGS, self._finding),
            actions=self._table(sheets.ACTIONS, self._action),
            updates=self._table(sheets.UPDATES, update),
            measures=self._table(sheets.MEASURES, measure),
            readings=self._table(sheets.READINGS, reading),
            returns=self._table(sheets.RETURNS, return_item),
            cases=self._table(sheets.CASES, self._case, attributes),
            descriptors=self._table(sheets.DESCRIPTORS, self._descriptor),
            indicators=self._table(sheets.INDICATORS, self._indicator),
            values=self._table(sheets.VALUES, value),
        )
        self.problems += [
            problem if problem.where.file else _in_settings(problem)
            for problem in islice(
                workspace_problems(found, today, place=self._place, known=self.unread, closed=self.closed,
                                   shipped=is_shipped),
                MOST_PROBLEMS,
            )
        ]  # fmt: skip
        return found

    def _look_around(self) -> None:
        """Say which files the folder should not have, and which it should."""
        try:
            found_files = {path.name for path in self.folder.iterdir() if path.suffix.lower() == ".csv"}
        except OSError as error:
            message = f"it cannot be listed: {error.strerror or error}"
            raise ReadError(message, where=str(self.folder), hint="Check its permissions") from None
        strangers = found_files - {sheet.file for sheet in sheets.SHEETS}
        for name in sorted(strangers):
            hint = "Rename it, or keep other files in a folder of their own"
            self.problems.append(Problem(Place(name), "it is not a table of a workspace", hint))
        if not files_of(self.folder, sheets.SCORES):  # scores.csv; the other tables may be absent
            hint = "It may have only its header row"
            self.problems.append(Problem(Place(sheets.SCORES.file), "there is no such file", hint))

    def _place(self, table: str, index: int, column: str) -> Place:
        return self.rows[table][index].where(column)

    def _table(self, sheet: Sheet, make: Callable[[Row], T | None], extra: Iterable[str] = ()) -> tuple[T, ...]:
        found: list[T] = []
        kept = self.rows.setdefault(sheet.name, [])
        settings = self.start.settings
        before = len(self.problems)
        rows = read_sheet(self.folder, sheet, self.problems, tuple(extra))
        if not rows and len(self.problems) > before:
            self.closed.add(sheet.name)
        for row in rows:
            for column in sheet.columns:
                text = row.text(column.name)
                if column.text and text:
                    sighted = screen_problems("", text, names=settings.look_for, allow=settings.allow)
                    self.problems += [problem._replace(where=row.where(column.name)) for problem in sighted]
            if len(self.problems) > MOST_PROBLEMS:
                self.closed.add(sheet.name)
                break
            made = make(row)
            if made is None:
                name = f"{OWN} {row.text('year')} {row.text('code')}" if sheet is sheets.INDICATORS else row.text("id")
                self.unread.setdefault(sheet.name, set()).add(name)
            else:
                found.append(made)
                kept.append(row)
        return tuple(found)

    def _statement(self, row: Row, column: str, name: str) -> str:
        if name not in self.names:
            try:
                self.names[name] = self.start.framework.resolve(name, levels=("statement",))
            except CareAssureError as error:
                theme = isinstance(error, AmbiguousNameError)
                row.problem(column, error.message, "Name one of its statements by id or title" if theme else error.hint)
                return ""
        return self.names[name]

    def _statements(self, row: Row) -> tuple[str, ...]:
        found = [self._statement(row, "statements", name) for name in row.texts("statements")]
        return tuple(dict.fromkeys(name for name in found if name))

    def _claims(self, row: Row, column: str) -> tuple[Claim, ...]:
        found = [(self._statement(row, column, claim.statement), claim.score) for claim in row.claims(column)]
        return tuple(Claim(name, score) for name, score in found if name)

    def _category(self, row: Row) -> str:
        word = row.text("category")
        named = {
            text.casefold(): category.id
            for category in self.start.framework.categories
            for text in (category.id, category.title, *(alias.text for alias in category.aliases))
        }
        return named.get(word.casefold(), word)

    def _score(self, row: Row) -> ScoreEntry | None:
        date = row.date("date")
        statement = self._statement(row, "statement", row.text("statement")) if row.text("statement") else ""
        score, confidence = row.score("score"), row.choice("confidence", CONFIDENCES)
        if date is None or not statement:
            self._check_score(row, statement, score)  # all that is wrong with a row is told at once
            return None
        return ScoreEntry(
            date,
            statement,
            score,
            self._category(row),
            row.text("role"),
            confidence,
            row.text("reason"),
            row.text("version"),
        )

    def _check_score(self, row: Row, statement: str, score: int | str | None) -> None:
        framework = self.start.framework
        scale = framework.scale_of(statement) if statement else framework.scale(framework.score_scale)
        try:
            scale.read(score) if score is not None else None
        except CareAssureError as error:
            row.problem("score", error.message, error.hint)

    def _evidence(self, row: Row) -> Evidence | None:
        statements = self._statements(row)
        date, added, claims = row.date("date"), row.date("added"), self._claims(row, "says")
        attachments, cases = row.texts("attachments"), row.texts("cases")
        if not statements or not row.text("id") or not row.text("category"):
            return None
        return Evidence(
            row.text("id"),
            row.text("summary"),
            self._category(row),
            statements,
            row.text("source"),
            date,
            row.text("role"),
            row.text("strength").casefold(),
            claims,
            attachments,
            row.text("indicator"),
            cases,
            added,
        )

    def _event(self, row: Row) -> Event | None:
        date, score = row.date("date"), row.whole("score")
        kind, statements = row.choice("kind", list(EVENT_KIND)), self._statements(row)
        if date is None or not row.text("id"):
            return None
        return Event(
            row.text("id"),
            kind,
            date,
            row.text("title"),
            statements,
            row.text("result"),
            score,
            row.text("supersedes"),
            row.text("source"),
            row.text("notes"),
        )

    def _finding(self, row: Row) -> Finding | None:
        kind = row.choice("kind", FINDING_KINDS)
        return Finding(row.text("id"), row.text("event"), kind, self._statements(row), row.text("text"))

    def _action(self, row: Row) -> Action | None:
        return Action(
            row.text("id"),
            row.text("title"),
            self._statements(row),
            row.texts("findings"),
            row.text("owner"),
            row.date("due"),
            row.date("agreed"),
            self._claims(row, "moves"),
        )

    def _case(self, row: Row) -> Case | None:
        if not row.text("id"):
            return None
        return Case(row.text("id"), tuple((item.id, row.text(item.id)) for item in self.start.attributes))

    def _indicator(self, row: Row) -> Indicator | None:
        return fitting(row, lambda: Indicator(
            OWN,
            row.text("year"),
            row.text("code"),
            row.text("title"),
            row.text("unit"),
            row.text("polarity").casefold(),  # type: ignore[arg-type]  # it says itself when it is another
            "ours",
            row.text("source"),
            row.text("denominator"),
            row.date("date"),
            statements=[Bearing(name, "ours") for name in self._statements(row)],
        ))  # fmt: skip

    def _descriptor(self, row: Row) -> Descriptor | None:
        statement = self._statement(row, "statement", row.text("statement")) if row.text("statement") else ""
        score = row.score("score")
        if not statement or score is None or not row.text("source"):
            return None
        return Descriptor(statement, score, row.text("text"), row.text("source"), row.text("version"))
