"""The assessment of one council from a table of scores: delimited text or a spreadsheet, in any sensible shape."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from careassure.api.lookup import find_framework, find_subject
from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError, Problem
from careassure.model.assessment import Assessment, AssessmentFields, AssessmentKind, Stated
from careassure.model.council import Body, Council
from careassure.model.framework import Framework
from careassure.model.ids import brief
from careassure.model.scores import nested
from careassure.model.text import fold, join
from careassure.tables.opening import open_table
from careassure.tables.score_grid import WHAT
from careassure.tables.scores import Cell, ScoreTable, read_scores
from careassure.tables.table import FOUND, Layout, Options, TableFile
from careassure.tables.written_dates import read_date

_PLAIN: dict[str, AssessmentKind] = {"published": "published", "self": "self", "peer": "peer", "mock": "mock"}
_KINDS: dict[str, AssessmentKind] = {
    "self assessment": "self",
    "self evaluation": "self",
    "peer review": "peer",
    "peer challenge": "peer",
    "mock inspection": "mock",
    "mock assessment": "mock",
}
_LONGEST_TITLE = 30
_TITLES = re.compile(r"\b(?:council|borough|county|city|authority)\b")


class TableAssessment(NamedTuple):
    """An assessment from a table.

    Args:
        assessment: What was read.
        notes: What was decided, a sentence each.
    """

    assessment: Assessment
    notes: tuple[str, ...]


def assessment_from_table(
    path: str | os.PathLike[str],
    *,
    council: str | Council | Body | None = None,
    framework: str | os.PathLike[str] | Framework = "cqc-la",
    version: str | None = None,
    options: Options = FOUND,
) -> TableAssessment:
    """The assessment of one council from a table of its scores.

    Args:
        path: The file.
        council: Whose scores are wanted, or whose they are where the table does not say it.
        framework: What was scored.
        version: The framework's version; the newest where it is left out.
        options: What a person says of the table's layout.

    Raises:
        ReadError: It cannot be read, or it holds no table.
        InvalidTableError: What it holds is wrong, each thing with its cell.
        CareAssureError: An unknown council or framework.
    """
    return assessment_of_table(open_table(path, options), council=council, framework=framework, version=version)


def assessment_of_table(
    table: TableFile,
    *,
    council: str | Council | Body | None = None,
    framework: str | os.PathLike[str] | Framework = "cqc-la",
    version: str | None = None,
) -> TableAssessment:
    """The assessment of one council from a table that is open; see `assessment_from_table`."""
    found = find_framework(framework, version)
    subject = None if council is None else find_subject(council, found)
    read = read_scores(table, found, None if subject is None else _same(subject, found))
    problems: list[Problem] = []
    notes = list(read.notes)
    who = subject or _subject(read, found, table.layout, problems, notes)
    more = _fields(read, found, table.layout, problems, notes)
    if problems:
        raise InvalidTableError(WHAT, problems)
    made = Assessment.of(who, nested(read.scores.items()), framework=found, **more)
    if read.overall is not None:
        notes.append(_overall(read.overall, made))
    return TableAssessment(made, tuple(notes))


def _same(subject: Council | Body, framework: Framework) -> Callable[[str], bool]:
    def same(text: str) -> bool:
        with suppress(CareAssureError):
            return find_subject(text, framework) == subject
        return False

    return same


def _subject(
    read: ScoreTable, framework: Framework, layout: Layout, problems: list[Problem], notes: list[str]
) -> Council | Body:
    """Whose scores they are: as a cell says, or a title above them."""
    found: Council | Body | None = None
    for about in ("code", "council"):
        cell = read.said.get(about)
        if cell is None:
            continue
        try:
            named = find_subject(cell.text, framework)
        except CareAssureError as error:
            problems.append(Problem(layout.place(cell.row or None, cell.column), error.message, error.hint))
            continue
        if found is not None and named != found and framework.subject == "council":
            message = f"{brief(cell.text)!r} is {named}, and the code is that of {found}"
            problems.append(Problem(layout.place(cell.row or None, cell.column), message, "Correct one of them"))
        found = named
    if found:
        return found
    if not problems and framework.subject == "council":
        named_in = {body: title for title in _texts(read) if (body := _in_title(title, framework)) is not None}
        if len(named_in) == 1:
            body, title = next(iter(named_in.items()))
            notes.append(f'The council is {body}, from the title "{brief(title)}".')
            return body
    return Body("unnamed", f"Unnamed {framework.subject}", "example")


def _texts(read: ScoreTable) -> Iterator[str]:
    return (text for row in read.titles for text in row)


def _in_title(title: str, framework: Framework) -> Council | Body | None:
    """The council that a title names, by the longest part of it that is a council's name."""
    words = re.split(r"\s+|:|\s[-\u2013\u2014]\s|\(|\)", title)
    words = [word for word in words if word][:_LONGEST_TITLE]
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            text = " ".join(words[at : at + length]).strip(" ,.;'\u2019\"")
            # One word in the midst of others may be another word, as Reading is.
            if length == 1 and at and not _TITLES.search(fold(title)):
                continue
            with suppress(CareAssureError):
                return find_subject(text, framework)
    return None


def _fields(
    read: ScoreTable, framework: Framework, layout: Layout, problems: list[Problem], notes: list[str]
) -> AssessmentFields:
    """What the table says beside the scores."""
    found: AssessmentFields = {}
    for about in ("assessed", "published"):
        cell = read.said.get(about)
        if cell is not None:
            try:
                found[about] = read_date(cell.text)
            except CareAssureError as error:
                message, hint = _said(error)
                problems.append(Problem(layout.place(cell.row or None, cell.column), message, hint))
    kind = read.said.get("kind")
    if kind is not None:
        known = _kind(kind.text)
        if known is None:
            hint = f"Use {join(list(_PLAIN), 'or')}"
            message = f"{brief(kind.text)!r} is not a kind of assessment"
            problems.append(Problem(layout.place(kind.row or None, kind.column), message, hint))
        else:
            found["kind"] = known
    else:
        titled: set[AssessmentKind] = {known for title in _texts(read) if (known := _kind(title, inside=True))}
        if len(titled) == 1:
            found["kind"] = next(iter(titled))
            said = {"self": "self-assessment", "peer": "peer review"}.get(found["kind"], "mock assessment")
            notes.append(f"It is taken for a {said}, as its title says.")
    if read.overall is not None:
        found["stated"] = Stated(framework.rating(" ".join(read.overall.text.split())))
    return found


def _said(error: CareAssureError) -> tuple[str, str]:
    """What an error says of a cell, without naming what was read."""
    if isinstance(error, InvalidInputError) and error.problems:
        return error.problems[0].message, error.problems[0].hint
    return error.message, error.hint


def _kind(text: str, *, inside: bool = False) -> AssessmentKind | None:
    word = fold(text)
    if not inside:
        return (_PLAIN | _KINDS).get(word)
    return next((kind for words, kind in _KINDS.items() if words in word), None)


def _overall(cell: Cell, made: Assessment) -> str:
    """How an overall result in the table goes with the scores."""
    from careassure.api.verbs import assess

    says = f"The table's overall result is {brief(cell.text.strip())}."
    try:
        outcome = assess(made)
    except CareAssureError:
        return f"{says} It is not compared, as there is no method for these scores."
    if outcome.rating is None:
        return f"{says} The scores alone do not settle it."
    same = made.stated.rating is not None and fold(made.stated.rating.label) == fold(outcome.rating.label)
    return f"{says} {'The scores give the same' if same else f'But the scores give {outcome.rating}'}."
