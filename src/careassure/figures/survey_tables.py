"""A survey from a table: a row for each of those asked, or a row for each printed share."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import Final

from attrs import field, frozen

from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError, Problem, collecting
from careassure.figures.panel_tables import NO_REPLY, columns_of_names, is_new
from careassure.figures.surveys import Question, ReplyShare, Survey, ordered, share_of_replies
from careassure.model.arguments import checked
from careassure.model.ids import shown
from careassure.model.text import fold, join, whole
from careassure.model.total_names import is_total
from careassure.model.vocabulary import mark_of
from careassure.tables.named_columns import columns_named, sound_lines
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Layout, Line, Options, TableFile

MOST_ANSWERS: Final = 12
"""A column with more different answers than this is text or numbers, and not counted."""
_SAME: Final = {"y": "yes", "true": "yes", "n": "no", "false": "no"}
_SHARES: Final = {
    "question": ("question",),
    "answer": ("answer",),
    "share": ("share", "percentage", "per cent", "printed"),
    "count": ("count", "number"),
    "replied": ("replied", "answered", "replies"),
    "asked": ("asked",),
}


@frozen
class _Replies:
    """Who has which row of a table, and the answers by question and row."""

    names: dict[int, str] = field(factory=dict)
    rows: dict[str, int] = field(factory=dict)
    answers: dict[str, dict[int, str]] = field(factory=dict)


@checked
def read_survey(
    path: str | os.PathLike[str], *, name: str | None = None, asked: int | None = None, layout: Options = FOUND
) -> Survey:
    """A survey from a table of replies, or from one of printed shares.

    *Replies*: a row for each of those asked, a column that names them, and a column for each question. Answers are
    words, such as yes and no; capitals do not count. A blank row, or *no reply*, is no reply. A column with more than
    12 different answers is text, and is said not to be counted.

    *Printed shares*: a row for each, with the columns *question*, *share* (such as ``86 %``) or *count*, *replied* and
    *asked*, and an *answer* if you like. The counts that fit a printed share are found.

    Args:
        path: Delimited text or a spreadsheet.
        name: The column that says who replied; found by its header where None.
        asked: How many were asked, where the table does not say it or lists only some of them.
        layout: What you say of the layout of the table.

    Raises:
        ReadError: The file cannot be read, or holds no table.
        InvalidTableError: It is neither; a row names nobody, somebody again, or totals; a share fits no count: all of
            it, with its place.
    """
    table = open_table(path, layout)
    headers = {fold(header) for header in table.layout.headers}
    if name is None and "question" in headers:
        return _printed(table, asked)
    return _counted(table, name, asked)


# -- a row for each of those asked -------------------------------------------------------------------------------------


def _counted(table: TableFile, name: str | None, asked: int | None) -> Survey:
    layout = table.layout
    who = _who(layout, name)
    found = _Replies()
    with collecting(layout.file, InvalidTableError) as problems:
        for line in sound_lines(table, problems):
            _take(line, layout, who, found, problems)
        if not found.names and not problems:
            problems.append(Problem(layout.place(), "it names nobody", "Add a row for each of those asked"))
        if asked is not None and asked < len(found.names):
            said = f"{asked:,} were asked and {len(found.names):,} are named"
            problems.append(Problem("asked", said, "Correct one of them"))
    rows = found.names
    replied = {row for answers in found.answers.values() for row in answers}
    whole_asked = len(rows) if asked is None else asked
    notes = list(layout.notes)
    questions: list[Question] = []
    for place, header in enumerate(layout.headers):
        if place == who:
            continue
        if is_total(header):
            notes.append(f"Not counted: {header} is a column of totals.")
            continue
        answers = found.answers.get(header, {})
        kinds = {fold(answer) for answer in answers.values()}
        if len(kinds) > MOST_ANSWERS:
            notes.append(f"Not counted: {header} has {len(kinds):,} different answers, so it is text or numbers.")
        else:
            questions.append(_question(header, answers, rows, len(replied), whole_asked))
    silent = tuple(name for row, name in rows.items() if row not in replied)
    return Survey(whole_asked, len(replied), tuple(questions), silent, tuple(notes))


def _who(layout: Layout, name: str | None) -> int:
    if name is not None:
        return layout.column(name)
    places = columns_of_names(layout)
    if len(places) != 1:
        what = "several columns may name who was asked" if places else "no column is called council, name or question"
        hint = f"Say which names them. Its columns are {join(layout.headers[:20])}"
        raise InvalidTableError(layout.file, [Problem(layout.place(layout.header_row), what, hint)])
    return places[0]


def _take(line: Line, layout: Layout, who: int, found: _Replies, problems: list[Problem]) -> None:
    name = line.cells[who].strip()
    where = layout.place(line.number, layout.headers[who])
    if not name:
        problems.append(Problem(where, "it is blank", "Say whose row it is"))
        return
    if is_total(name, national=True):
        said = f"{name} is a row of totals, and each row is a reply"
        problems.append(Problem(where, said, "Leave it out: the answers are counted here"))
        return
    if not is_new(name, found.rows, line.number, where, problems):
        return
    found.names[line.number] = name
    for place, header in enumerate(layout.headers):
        answer = " ".join(line.cells[place].split())
        if place != who and answer and fold(answer) not in NO_REPLY:
            found.answers.setdefault(header, {})[line.number] = answer


def _question(title: str, answers: dict[int, str], rows: dict[int, str], replied: int, asked: int) -> Question:
    # A letter alone or the word low is an answer here, although it can stand for a number elsewhere.
    marked = [row for row, answer in answers.items() if mark_of(answer) is not None and not answer.isalpha()]
    given = {row: answer for row, answer in answers.items() if row not in marked}
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for answer in given.values():
        key = _SAME.get(fold(answer), fold(answer)) or answer
        spelt.setdefault(key, key.capitalize() if key in ("yes", "no") else answer)
        counts[key] += 1
    shares = [
        ReplyShare(title, answer, (count,), len(given), asked)
        for answer, count in ordered((spelt[key], count) for key, count in counts.items())
    ]
    return Question(title, tuple(shares), replied - len(given), tuple(rows[row] for row in marked))


# -- a row for each printed share --------------------------------------------------------------------------------------


def _printed(table: TableFile, asked: int | None) -> Survey:
    layout = table.layout
    needed = ("question", "replied") if asked is not None else ("question", "replied", "asked")
    places = columns_named(layout, _SHARES, needed=needed)
    if ("share" in places) == ("count" in places):
        said = "it needs a column share or a column count, and not both"
        raise InvalidTableError(layout.file, [Problem(layout.place(layout.header_row), said)])
    shares: list[ReplyShare] = []
    with collecting(layout.file, InvalidTableError) as problems:
        for line in sound_lines(table, problems):
            try:
                share = _share(line, places, asked)
            except CareAssureError as error:
                about: Iterable[Problem] = (
                    error.problems if isinstance(error, InvalidInputError) else (Problem("", error.message),)
                )
                problems += [each._replace(where=layout.place(line.number)) for each in about]
                continue
            if any((fold(share.question), fold(share.answer)) == (fold(s.question), fold(s.answer)) for s in shares):
                said = f"{shown(share.question)} has a row already"
                problems.append(Problem(layout.place(line.number), said, "Keep one, or give each its answer"))
            shares.append(share)
        if not shares and not problems:
            problems.append(Problem(layout.place(), "it holds no shares", "Add a row for each"))
    others = [header for place, header in enumerate(layout.headers) if place not in places.values()]
    notes = [f"Not used: the {'column' if len(others) == 1 else 'columns'} {join(others)}."] if others else []
    titles = dict.fromkeys(share.question for share in shares)
    questions = [Question(title, tuple(s for s in shares if s.question == title)) for title in titles]
    return Survey(None, None, tuple(questions), (), (*layout.notes, *notes))


def _share(line: Line, places: dict[str, int], asked: int | None) -> ReplyShare:
    cells = {what: line.cells[place].strip() for what, place in places.items()}
    if not cells["question"]:
        raise InvalidInputError("the row", [Problem("", "it names no question", "Say what was asked")])
    if is_total(cells["question"]):
        said = f"{cells['question']} is a row of totals, and each row is a question"
        raise InvalidInputError("the row", [Problem("", said, "Leave it out")])
    replied = _count(cells["replied"], "replied")
    of_all = _count(cells["asked"], "asked") if cells.get("asked") else asked
    if of_all is None:
        raise InvalidInputError("the row", [Problem("", "asked is blank", "Say how many were asked")])
    share: int | str = cells["share"] if "share" in cells else _count(cells["count"], "count")
    return share_of_replies(share, replied, of_all, question=cells["question"], answer=cells.get("answer", ""))


def _count(text: str, what: str) -> int:
    try:
        return whole(text.replace(",", ""))
    except ValueError:
        said = f"{what} is {shown(text)}, which is not a count" if text else f"{what} is blank"
        raise InvalidInputError("the row", [Problem("", said, "Write a whole number, such as 117")]) from None
