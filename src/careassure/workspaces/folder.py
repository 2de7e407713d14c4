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
    InvalidWorkspaceError,
    Place,
    Problem,
    ReadError,
)
from careassure.figures.catalogue import is_shipped
from careassure.figures.model import Bearing, Indicator
from careassure.io.fields import Table
from careassure.io.files import is_folder, is_there, path_of, read_text
from careassure.io.formats import parse
from careassure.io.records import Lookup
from careassure.model.descriptor import Descriptor
from careassure.model.evidence import Claim, Evidence
from careassure.privacy.personal.screen import problems_in
from careassure.samples.cases import Case
from careassure.tables.columns import Row, Sheet, files_of, read_sheet
from careassure.workspaces import sheets
from careassure.workspaces.checks import PlaceOf
from careassure.workspaces.happened import DECISIONS, EVENT_KIND, FINDING_KINDS, Event, Finding
from careassure.workspaces.owed import Promise
from careassure.workspaces.plan import Action, Measure, Reading
from careassure.workspaces.rows import (
    OWN,
    case,
    fitting,
    follow_up,
    measure,
    reading,
    remedy,
    replies,
    return_item,
    update,
    value,
)
from careassure.workspaces.rules import workspace_problems
from careassure.workspaces.settings_file import SETTINGS, in_settings, read_settings
from careassure.workspaces.stand_ins import StandIns
from careassure.workspaces.workspace import CONFIDENCES, ScoreEntry, Workspace

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
    start = read_settings(Table(data, "", problems), lookup, folder)
    problems[:] = [in_settings(problem) for problem in problems]
    if start is None:
        raise InvalidWorkspaceError(where, problems)
    found = _Reader(folder, start, problems, today).read()
    if problems:
        raise InvalidWorkspaceError(where, _first(sorted(problems, key=_order)))
    return evolve(found, folder=where)


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


class _Reader:
    """Reads the tables of a folder; rows that lack what they need are left out, and their problems kept."""

    def __init__(self, folder: Path, start: Workspace, problems: list[Problem], today: dt.date) -> None:
        self.folder = folder
        self.start = start
        self.problems = problems
        self.today = today
        self.rows: dict[str, list[Row]] = {}
        self.unread: dict[str, set[str]] = {}
        self.closed: set[str] = set()
        self.stand_ins = StandIns(start.framework, today)
        self.names: dict[str, str] = {}
        self.directions: dict[str, str] = {}

    def read(self) -> Workspace:
        self._look_around()
        attributes = [attribute.id for attribute in self.start.attributes]
        found = evolve(
            self.start,
            scores=self._table(sheets.SCORES, self._score),
            evidence=self._table(sheets.EVIDENCE, self._evidence),
            events=self._table(sheets.EVENTS, self._event),
            findings=self._table(sheets.FINDINGS, self._finding),
            follow_ups=self._table(sheets.FOLLOW_UPS, follow_up),
            remedies=self._table(sheets.REMEDIES, remedy),
            replies=self._table(sheets.REPLIES, replies),
            promises=self._table(sheets.PROMISES, self._promise),
            actions=self._table(sheets.ACTIONS, self._action),
            updates=self._table(sheets.UPDATES, update),
            measures=self._table(sheets.MEASURES, self._measure),
            readings=self._table(sheets.READINGS, self._reading),
            returns=self._table(sheets.RETURNS, return_item),
            cases=self._table(sheets.CASES, self._case, attributes),
            descriptors=self._table(sheets.DESCRIPTORS, self._descriptor),
            indicators=self._table(sheets.INDICATORS, self._indicator),
            values=self._table(sheets.VALUES, value),
        )
        self.problems += self._rules(found, self._place)
        if self.stand_ins.replaced:
            told = set(self.problems)
            more = self.stand_ins.sure(*(self._stood_in(found, which) for which in (0, 1)))
            self.problems += [problem for problem in dict.fromkeys(more) if problem not in told]
        return found

    def _rules(self, found: Workspace, place: PlaceOf) -> list[Problem]:
        """What the rules of a workspace say of one, as far as so many problems are told."""
        problems = workspace_problems(
            found, self.today, place=place, known=self.unread, closed=self.closed, shipped=is_shipped
        )
        return [problem if problem.where.file else in_settings(problem) for problem in islice(problems, MOST_PROBLEMS)]

    def _stood_in(self, found: Workspace, which: int) -> list[Problem]:
        """What the rules say where the rows that could not be read stand below the others, with stand-ins."""
        tables = [sheet.name for sheet in sheets.SHEETS]
        whole = {name: getattr(found, name) + self.stand_ins.records(which, name) for name in tables}
        rows = {name: self.rows[name] + self.stand_ins.rows(which, name) for name in tables}
        return self._rules(evolve(found, **whole), lambda table, at, column: rows[table][at].where(column))

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
        free = [column.name for column in sheet.columns if column.text]
        for row in rows:
            for name in free:
                if text := row.text(name):
                    self.problems += problems_in(row.where(name), text, settings.look_for, settings.allow)
            if len(self.problems) > MOST_PROBLEMS:
                self.closed.add(sheet.name)
                break
            made = make(row)
            if made is None:
                self._stand_in(sheet, row, make)
                name = f"{OWN} {row.text('year')} {row.text('code')}" if sheet is sheets.INDICATORS else row.text("id")
                self.unread.setdefault(sheet.name, set()).add(name)
            else:
                found.append(made)
                kept.append(row)
        return tuple(found)

    def _stand_in(self, sheet: Sheet, row: Row, make: Callable[[Row], T | None]) -> None:
        """Keep a row that cannot be read, with what stands in for its faulty cells."""
        place = row.where()
        faulty = {problem.where.column for problem in self.problems if problem.where._replace(column="") == place}
        blank = {column.name for column in sheet.columns if column.needed and not row.text(column.name)}
        self.stand_ins.add(sheet, row, make, {name for name in faulty | blank if name})

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

    def _evidence(self, row: Row) -> Evidence | None:
        statements = self._statements(row)
        date, added, claims = row.date("date"), row.date("added"), self._claims(row, "says")
        attachments, cases = row.texts("attachments"), row.texts("cases")
        months = row.whole("stale_after_months")
        if not statements or not row.text("id"):
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
            row.text("supersedes"),
            months,
        )

    def _event(self, row: Row) -> Event | None:
        date, score = row.date("date"), row.whole("score")
        kind, statements = row.choice("kind", list(EVENT_KIND)), self._statements(row)
        decided = kind == "ombudsman_decision"
        result = row.choice("result", DECISIONS) if decided else row.text("result")
        if date is None or not row.text("id"):
            return None
        return Event(
            row.text("id"),
            kind,
            date,
            row.text("title"),
            statements,
            result,
            score,
            row.text("supersedes"),
            row.text("source"),
            row.text("notes"),
            row.text("reason"),
        )

    def _finding(self, row: Row) -> Finding | None:
        kind, statements = row.choice("kind", FINDING_KINDS), self._statements(row)
        links = (row.texts("bodies"), row.texts("finds_again"), row.texts("closes"))
        return Finding(row.text("id"), row.text("event"), kind, statements, row.text("text"), *links)

    def _promise(self, row: Row) -> Promise | None:
        date, statements, evidence = row.date("date"), self._statements(row), row.texts("evidence")
        due, kept, withdrawn = row.date("due"), row.date("kept"), row.date("withdrawn")
        if date is None:
            return None
        return Promise(
            row.text("id"),
            date,
            row.text("text"),
            row.text("role"),
            row.text("meeting"),
            statements,
            due,
            kept,
            withdrawn,
            evidence,
            row.text("source"),
            row.text("note"),
        )

    def _action(self, row: Row) -> Action | None:
        statements, moves, findings = self._statements(row), self._claims(row, "moves"), row.texts("findings")
        due, agreed = row.date("due"), row.date("agreed")
        if len(statements) < len(set(row.texts("statements"))):
            return None  # what it hopes for cannot be held against statements that were not read
        return Action(row.text("id"), row.text("title"), statements, findings, row.text("owner"), due, agreed, moves)

    def _measure(self, row: Row) -> Measure | None:
        made = measure(row)
        if made is not None and made.direction:
            self.directions[made.id] = made.direction
        return made

    def _reading(self, row: Row) -> Reading | None:
        return reading(row, self.directions.get(row.text("measure")))

    def _case(self, row: Row) -> Case | None:
        if not row.text("id"):
            return None
        return case(row, self.start.attributes)

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
            stale_after_months=row.whole("stale_after_months"),
        ))  # fmt: skip

    def _descriptor(self, row: Row) -> Descriptor | None:
        statement = self._statement(row, "statement", row.text("statement")) if row.text("statement") else ""
        score = row.score("score")
        if not statement or score is None or not row.text("source"):
            return None
        return Descriptor(statement, score, row.text("text"), row.text("source"), row.text("version"))
