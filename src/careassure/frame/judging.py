"""What is wrong with the cells of a table of text, row by row: each different word is looked at once.

A judge looks at a batch of rows, column by column, and says for some of them what is wrong. So only words that were not
seen before cost time, and a table of a million good rows costs little more than reading it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from attrs import define, field, frozen

from careassure.errors import AmbiguousNameError, CareAssureError, InvalidTableError, Problem
from careassure.frame.bodies import name_columns, nobody, not_a_body
from careassure.frame.cells import text_fault
from careassure.frame.faults import MISSING, choices
from careassure.frame.long import Long, check_columns, is_overall
from careassure.frame.question import Question
from careassure.model.ids import shown
from careassure.model.printed_names import leaf_named
from careassure.model.scale import Scale
from careassure.model.text import fold, join

NOBODY = "Take this row out of the table"
"""What to do with a row that is about nobody who is rated: what else is wrong with it says nothing."""
_MOST_SEEN = 100_000
"""So many different words of a column are remembered."""
_MOST_ALIKE = 5
"""So many pairs of names that look alike are told."""

Batch = Sequence[Sequence[str]]
"""The columns of some rows, each one cell for each row."""


@frozen
class Fault:
    """What is wrong with a cell.

    Args:
        column: Its column.
        path: The score or fact that it is.
        message: What is wrong.
        hint: What to do.
        flagged: Whether its row can be kept and marked; otherwise it is refused.
    """

    column: str
    path: str
    message: str
    hint: str
    flagged: bool


Reason = tuple[str, str]
"""What is wrong and what to do; both empty where nothing is wrong."""
_FINE: Reason = ("", "")


@define
class _Words:
    """The words of a column, each judged once."""

    judge: Callable[[str], Reason]
    seen: dict[str, Reason] = field(factory=dict)

    def bad(self, cells: Sequence[str]) -> dict[str, Reason]:
        """The words among some cells that are wrong."""
        if len(self.seen) > _MOST_SEEN:
            self.seen.clear()
        words = set(cells)
        for word in words - self.seen.keys():
            self.seen[word] = self.judge(word)
        return {word: self.seen[word] for word in words if self.seen[word][0]}


class Judge(Protocol):
    """Says what is wrong with rows."""

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that it looks at."""
        ...

    def faults(self, batch: Batch) -> Iterator[tuple[int, Fault]]:
        """What is wrong, each with the place of its row in the batch."""
        ...


def judge_of(question: Question, long: Long | None, headers: Sequence[str]) -> Judge:
    """Who judges the rows of a table with these columns.

    Raises:
        InvalidTableError: The columns do not fit the question.
    """
    twice = [name for name in dict.fromkeys(headers) if headers.count(name) > 1]
    if twice:
        problems = [Problem(name, "two columns of the table have this name", "Rename one") for name in twice]
        raise InvalidTableError("the columns of the table", problems)
    return LongJudge(question, long, headers) if long is not None else WideJudge(question, headers)


def _score(scale: Scale, *, refuse: bool) -> Callable[[str], Reason]:
    def judged(text: str) -> Reason:
        if not text.strip():
            return (MISSING, "Fill it in, or leave out --missing refuse") if refuse else _FINE
        message, cure = text_fault(text, scale)
        return (message, cure or choices(scale)) if message else _FINE

    return judged


def _fact(text: str) -> Reason:
    if not text.strip() or text.strip().lower() in ("true", "false"):
        return _FINE
    return f'"{text}" is neither true nor false', "Write true or false"


class _Names:
    """Looks at the columns that say who is rated."""

    def __init__(self, question: Question, headers: Sequence[str], columns: Sequence[str], *, needed: bool) -> None:
        subject = question.framework.subject

        def judged(text: str) -> Reason:
            if not text.strip():
                return (f"it is blank, so the row names no {subject}", "Fill it in, in every row") if needed else _FINE
            found = nobody(text, subject) if needed else ""
            if found:
                return found, f"Name the {subject}"
            found = not_a_body(text, subject)
            return (found, NOBODY) if found else _FINE

        self.words = [(name, headers.index(name), _Words(judged)) for name in columns]

    def alike(self) -> Iterator[str]:
        """Names in a column that differ in letters and signs alone, a sentence each."""
        for name, _, words in self.words:
            groups: dict[str, list[str]] = {}
            for text in sorted(words.seen):
                groups.setdefault(fold(text), []).append(shown(text))
            found = [join(group[:4]) for word, group in groups.items() if word and len(group) > 1]
            for texts in found[:_MOST_ALIKE]:
                yield f"{texts} in the column {name} look alike, and are rated apart"
            if len(found) > _MOST_ALIKE:
                yield f"{len(found) - _MOST_ALIKE:,} more names in the column {name} look alike"

    def faults(self, batch: Batch) -> Iterator[tuple[int, Fault]]:
        told: set[int] = set()
        for name, place, words in self.words:
            if bad := words.bad(batch[place]):
                for row, cell in enumerate(batch[place]):
                    if cell in bad and row not in told:
                        told.add(row)
                        yield row, Fault(name, "", *bad[cell], flagged=False)


class WideJudge:
    """Judges the rows of a table with one row for each assessment."""

    def __init__(self, question: Question, headers: Sequence[str]) -> None:
        request = question.placed(headers)
        refuse = question.missing == "refuse"
        facts = {where: name for name, where in request.facts if isinstance(where, str)}
        scores = {column: leaf for leaf, column in request.placed.columns if column is not None}
        self.used = tuple(name for name in headers if name in scores or name in facts or name in question.key)
        self._names = _Names(question, headers, name_columns(headers, (*scores, *facts), question.key),
                             needed=bool(question.key))  # fmt: skip
        self._checks = [
            (column, leaf, headers.index(column), _Words(_score(question.framework.scale_of(leaf), refuse=refuse)))
            for column, leaf in scores.items()
        ]
        self._checks += [(column, name, headers.index(column), _Words(_fact)) for column, name in facts.items()]

    def faults(self, batch: Batch) -> Iterator[tuple[int, Fault]]:
        """What is wrong, each with the place of its row in the batch."""
        yield from self._names.faults(batch)
        for column, path, place, words in self._checks:
            if bad := words.bad(batch[place]):
                for row, cell in enumerate(batch[place]):
                    if cell in bad:
                        yield row, Fault(column, path, *bad[cell], flagged=True)


class LongJudge:
    """Judges the rows of a table with one row for each score.

    Args:
        question: What is asked.
        long: Where things stand.
        headers: The columns of the table.
    """

    def __init__(self, question: Question, long: Long, headers: Sequence[str]) -> None:
        check_columns(long, headers, question.spelled)
        self.printed: dict[str, str | None] = {}
        self.whole: set[str] = set()
        self.set_aside = 0
        self.used = tuple(name for name in headers if name in (*long.key, long.statement, long.score))
        self._long, self._framework = long, question.framework
        self._refuse = question.missing == "refuse"
        self._names = _Names(question, headers, list(long.key), needed=True)
        self._statement, self._score = headers.index(long.statement), headers.index(long.score)
        self._statements = _Words(self._name)
        self._leaves: dict[str, str] = {}
        self._scores: dict[str, _Words] = {}
        fitted = question.fitted
        nodes = () if fitted is None else fitted.nodes
        overall = next((node for node in nodes if node.target == "overall" and node.ladders), None)
        self._scale = None if fitted is None or overall is None else fitted.scale(overall)

    def faults(self, batch: Batch) -> Iterator[tuple[int, Fault]]:
        """What is wrong, each with the place of its row in the batch."""
        yield from self._names.faults(batch)
        long = self._long
        names, cells = batch[self._statement], batch[self._score]
        bad = self._statements.bad(names)
        if bad:
            for row, name in enumerate(names):
                if name in bad:
                    yield row, Fault(long.statement, "", *bad[name], flagged=False)
        self.set_aside += sum(name in self.whole for name in names) if self.whole else 0
        wrong: dict[tuple[str, str], Reason] = {}
        for name, cell in set(zip(names, cells, strict=True)):
            reason = _FINE if name in bad else self._judged(name, cell)
            if reason[0]:
                wrong[name, cell] = reason
        if wrong:
            for row, pair in enumerate(zip(names, cells, strict=True)):
                if pair in wrong:
                    whole = pair[0] in self.whole
                    path = "" if whole else self._leaves[pair[0]]
                    yield row, Fault(long.score, path, *wrong[pair], flagged=not whole)

    def alike(self) -> Iterator[str]:
        """Keys that differ in letters and signs alone: the scores of one council may stand under both."""
        return self._names.alike()

    def _name(self, text: str) -> Reason:
        if not text.strip():
            return "it is blank, so the row names no statement", "Name one in every row"
        if is_overall(text, self._framework):
            self.whole.add(text)
            return _FINE
        try:
            self._leaves[text] = leaf_named(self._framework, text)
        except AmbiguousNameError as error:
            # Its hint may be one for a program: which context is meant.
            return error.message, "Give the statement's own title"
        except CareAssureError as error:
            return error.message, error.hint
        return _FINE

    def _judged(self, name: str, cell: str) -> Reason:
        if name in self.whole:
            return self._overall(cell)
        if name not in self._leaves:  # it was seen before, and forgotten
            self._name(name)
        leaf = self._leaves[name]
        if leaf not in self._scores:
            self._scores[leaf] = _Words(_score(self._framework.scale_of(leaf), refuse=self._refuse))
        return self._scores[leaf].bad((cell,)).get(cell, _FINE)

    def _overall(self, cell: str) -> Reason:
        if not cell.strip() or self._scale is None:
            self.printed.setdefault(cell, None)
            return _FINE
        message, cure = text_fault(cell, self._scale)
        if message:
            return message, cure or choices(self._scale)
        self.printed[cell] = grade_key(cell, self._scale)
        return _FINE


def grade_key(text: str, scale: Scale) -> str | None:
    """The key of the grade that a text stands for; None for a state."""
    from careassure.frame.cells import rank_of

    rank = rank_of(text, scale)
    return scale.grades[rank].key if rank >= 0 else None


def flagged_text(faults: Sequence[Fault]) -> str:
    """What the column of problems says of a row."""
    return "; ".join(f"{fault.path}: {fault.message}" for fault in faults)


def keys_of(long: Long | None, question: Question, headers: Sequence[str]) -> Mapping[str, int]:
    """The columns that tell rows apart, with their places."""
    key = long.key if long is not None else question.key
    return {name: headers.index(name) for name in key}
