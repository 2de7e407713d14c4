"""A scheme: a framework with the method for it; and what an assessment under one adds up to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

from attrs import field, frozen

import careassure as ca
from careassure.errors import Problem, ReadError, WriteError, collecting

FILES: Final = ("framework.json", "method.json")
"""What the two files of a scheme are called."""

OWN = ca.Reference("own", "Those who made this list", section="their own choice", basis="ours")


@frozen(repr=False)
class Scheme:
    """A framework and the method that scores it.

    Args:
        framework: What is answered.
        method: What follows from the answers.
        tables: The two as plain tables, as their files have them; see `Scheme.write`.
    """

    framework: ca.Framework
    method: ca.Method
    tables: tuple[Mapping[str, object], Mapping[str, object]] = field(default=({}, {}), eq=False)

    def write(self, folder: str | os.PathLike[str]) -> tuple[Path, Path]:
        """Write the framework and the method as files that careassure reads, so that answers can be read back.

        ``careassure assess ANSWERS.toml --framework framework.json --scorer method.json`` uses both, and `read_scheme`
        gives the scheme again.

        Args:
            folder: Where to; it is made where it is not there.

        Returns:
            The two files: ``framework.json`` and ``method.json``.

        Raises:
            WriteError: They cannot be written.
        """
        place = Path(folder)
        files = place / FILES[0], place / FILES[1]
        beside = [file.with_suffix(".new") for file in files]
        try:
            place.mkdir(parents=True, exist_ok=True)
            for file, table in zip(beside, self.tables, strict=True):
                file.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            for new, file in zip(beside, files, strict=True):
                new.replace(file)
        except OSError as error:
            for new in beside:
                new.unlink(missing_ok=True)
            raise WriteError(f"it cannot be written: {error}", where=str(place), hint="Choose another place") from None
        return files

    def answers(
        self,
        subject: str | ca.Council | ca.Body,
        answers: Sequence[object] | Mapping[str, object],
        **more: object,
    ) -> ca.Assessment:
        """An assessment from answers: words, or True and False; None where an answer is not known.

        Args:
            subject: Who or what it is about.
            answers: One for each item in order, or a mapping by item id or title.
            **more: object other field of `careassure.Assessment`.

        Raises:
            InvalidAssessmentError: Answers that do not fit.
        """
        return ca.Assessment.of(
            subject,
            _words(answers),
            framework=self.framework,
            **more,  # type: ignore[arg-type]
        )

    def assess(
        self,
        subject: str | ca.Council | ca.Body,
        answers: Sequence[object] | Mapping[str, object],
        **more: object,
    ) -> ca.Outcome:
        """What the method makes of answers; see `answers`."""
        return ca.assess(self.answers(subject, answers, **more), self.method)

    def __repr__(self) -> str:
        return f"<Scheme {self.method.id} {self.method.version}: {len(self.framework.statements)} items>"


def _words(answers: Sequence[object] | Mapping[str, object]) -> Sequence[object] | Mapping[str, object]:
    """Answers with words for True and False; anything else is left for `careassure.Assessment` to judge."""
    if isinstance(answers, Mapping):
        return {name: _word(value) for name, value in answers.items()}
    return [_word(value) for value in answers] if isinstance(answers, list | tuple) else answers


def _word(value: object) -> object:
    return {True: "met", False: "not met"}[value] if isinstance(value, bool) else value


@frozen
class Tally:
    """How the items of a checklist were answered. Every item is in exactly one of the counts.

    Args:
        met: Items that are met.
        partly: Items that are partly met.
        not_met: Items that are not met.
        states: Items that carry a state, such as "no reply", with the number of each by its reason.
        unknown: Items of which nothing is known.
    """

    met: int
    partly: int
    not_met: int
    states: tuple[tuple[str, int], ...]
    unknown: int

    @property
    def answered(self) -> int:
        """Items with an answer."""
        return self.met + self.partly + self.not_met

    @property
    def items(self) -> int:
        """All items."""
        return self.answered + sum(number for _, number in self.states) + self.unknown

    @property
    def response_rate(self) -> Fraction:
        """The share of items with an answer, in per cent."""
        return Fraction(100 * self.answered, self.items)

    @property
    def share_met(self) -> Fraction | None:
        """The share of answered items that are met, in per cent; None where none was answered."""
        return Fraction(100 * self.met, self.answered) if self.answered else None


def tally(answered: ca.Assessment | ca.Outcome) -> Tally:
    """Count the answers of an assessment under a checklist, or those behind an outcome."""
    assessment = answered.assessment if isinstance(answered, ca.Outcome) else answered
    scores = list(assessment.scores.values())
    keys = [score.key for score in scores if isinstance(score, ca.Grade)]
    reasons = [score.reason for score in scores if isinstance(score, ca.NotRated)]
    return Tally(
        keys.count("met"),
        keys.count("partly_met"),
        keys.count("not_met"),
        tuple((reason, reasons.count(reason)) for reason in sorted(set(reasons))),
        scores.count(None),
    )


def build(framework: Mapping[str, object], method: Mapping[str, object], references: Iterable[ca.Reference]) -> Scheme:
    """A scheme from plain tables, with what both of them cite."""
    cited = {
        reference.id: {
            name: value for name in ("title", "url", "section", "read", "basis") if (value := getattr(reference, name))
        }
        for reference in references
    }
    first = {"format": "careassure.framework/1", "references": cited, **framework}
    second = {"format": "careassure.method/1", "framework": framework["id"], "references": cited, **method}
    return Scheme(*ca.load_scheme(first, second), tables=(first, second))


def read_scheme(folder: str | os.PathLike[str]) -> Scheme:
    """The scheme whose two files `Scheme.write` put into a folder.

    Raises:
        ReadError: A file cannot be read.
        InvalidInputError: One holds something else, or what it holds is wrong.
    """
    tables: list[Mapping[str, object]] = []
    for path in (Path(folder) / name for name in FILES):
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ReadError(f"it cannot be read: {error}", where=str(path), hint="Write it with Scheme.write") from None
        if not isinstance(table, dict):
            raise ReadError("it is not a table", where=str(path), hint="Write it with Scheme.write")
        tables.append(table)
    return Scheme(*ca.load_scheme(tables[0], tables[1], where=os.fspath(folder)), tables=(tables[0], tables[1]))


def item_shares(answered: Iterable[ca.Assessment | ca.Outcome], *, asked: int | None = None) -> ca.figures.Survey:
    """What several subjects answered, item by item: the share of each answer, with bounds for who did not reply.

    Who answered no item at all, or "no reply" to all, is silent. An item without an answer is left open.

    Args:
        answered: Their answers, or the outcomes of them, all under one checklist.
        asked: How many were asked, where some of them are not among the answers.

    Raises:
        InvalidInputError: There are none, they are of several checklists, one subject is there twice, or fewer were
            asked than there are.
    """
    found = [each.assessment if isinstance(each, ca.Outcome) else each for each in answered]
    with collecting("the answers") as problems:
        problems.extend(_sum_problems(found, asked))
    framework = found[0].framework
    grades = [{leaf: mark.label for leaf, mark in each.marks if isinstance(mark, ca.Grade)} for each in found]
    silent = tuple(each.council.name for each, given in zip(found, grades, strict=True) if not given)
    replied, total = len(found) - len(silent), len(found) if asked is None else asked
    questions: list[ca.figures.Question] = []
    for statement in framework.statements:
        labels = [given[statement.id] for given in grades if statement.id in given]
        shares = [
            ca.figures.ReplyShare(statement.title, grade.label, (labels.count(grade.label),), len(labels), total)
            for grade in reversed(framework.scale_of(statement.id).grades)
        ]
        questions.append(ca.figures.Question(statement.title, tuple(shares), replied - len(labels)))
    return ca.figures.Survey(total, replied, tuple(questions), silent)


def _sum_problems(found: list[ca.Assessment], asked: int | None) -> list[Problem]:
    if not found:
        return [Problem("", "there are none", "Give the answers of at least one")]
    problems = [
        Problem(each.council.name, f"it answers {each.framework.id}, and others {found[0].framework.id}", "Keep one")
        for each in found
        if each.framework != found[0].framework
    ]
    names = [each.council.name for each in found]
    doubles = sorted({name for name in names if names.count(name) > 1})
    problems += [Problem(name, "it answers more than once", "Keep one") for name in doubles]
    if asked is not None and asked < len(found):
        problems.append(Problem("asked", f"{asked:,} were asked and {len(found):,} are here", "Correct one of them"))
    return problems
