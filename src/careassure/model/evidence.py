"""Evidence: something found, for one or more statements, with where it is from and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from careassure.errors import CareAssureError, Problem
from careassure.model.arguments import explained
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import hint_for, join, several

STRENGTHS = ("weak", "moderate", "strong")
"""How much a piece of evidence bears, as whoever recorded it sees it."""


@frozen
class Claim:
    """The score that a piece of evidence speaks for.

    Args:
        statement: The statement's id.
        score: A number or word of the statement's scale.
    """

    statement: str
    score: int | str

    __repr__ = short_repr

    def __str__(self) -> str:
        return f"{self.statement}={self.score}"


@explained
@frozen
class Evidence:
    """Something found that bears on one or more statements.

    Evidence supports scores; nothing here turns it into one.

    Args:
        id: Its name within the assessment.
        summary: What was found, in a sentence; no personal data.
        category: The id of its evidence category; empty where the framework has none.
        statements: The ids of the statements it bears on; at least one.
        source: Where it is from.
        date: When it was found or published.
        role: The role of whoever recorded it, such as ``principal social worker``; never a name.
        strength: ``weak``, ``moderate`` or ``strong``, as whoever recorded it sees it; empty where nobody said.
        says: The scores that it speaks for.
        attachments: Where documents stand that belong to it: addresses or file names. They are never opened.
        indicator: The key of the indicator whose value it is, such as ``ascof 2024-25 3A``.
        cases: The ids of the cases that it rests on.
        added: When it was recorded; its date where that is not known.
        supersedes: The id of the evidence that it replaces, such as a census by the next; empty where none.
        stale_after_months: How many months old it may be, where that is another limit than that of all evidence: more
            for a census than for a survey of every year.
    """

    id: str
    summary: str
    category: str
    statements: tuple[str, ...] = field(converter=several)
    source: str = ""
    date: PartialDate | None = None
    role: str = ""
    strength: str = ""
    says: tuple[Claim, ...] = ()
    attachments: tuple[str, ...] = ()
    indicator: str = ""
    cases: tuple[str, ...] = ()
    added: PartialDate | None = None
    supersedes: str = ""
    stale_after_months: int | None = None

    __repr__ = short_repr

    @property
    def recorded(self) -> PartialDate | None:
        """Since when it stands here: when it was added, or its own date."""
        return self.added or self.date

    @property
    def same(self) -> tuple[str, ...]:
        """What two records of one thing share: what was found, where and when, whatever they are called."""
        return (_letters(self.summary), _letters(self.source), str(self.date or ""))

    def claims(self, framework: Framework) -> dict[str, Grade]:
        """The grade that it speaks for, by statement.

        Raises:
            CareAssureError: A score that is not on the statement's scale.
        """
        return {claim.statement: framework.scale_of(claim.statement).parse(claim.score) for claim in self.says}


def _age_problems(item: Evidence) -> Iterator[Problem]:
    months = item.stale_after_months
    if months is not None and (type(months) is not int or months < 1):
        yield Problem("stale_after_months", f"{shown(months)} is not a number of months from 1 on")
    if item.supersedes and item.supersedes == item.id:
        yield Problem("supersedes", "evidence cannot supersede itself", "Name the evidence that it replaces")


def superseded(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """The evidence that another piece replaces, by its id, with that piece."""
    return {item.supersedes: item for item in evidence if item.supersedes and item.supersedes != item.id}


def _letters(text: str) -> str:
    """The letters and digits of a text, of every script, without what varies from one hand to the next."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain).split())


def evidence_problems(item: Evidence, framework: Framework) -> Iterator[Problem]:
    """Everything in a piece of evidence that does not fit its framework; each problem names the field."""
    statements = {statement.id for statement in framework.statements}
    categories = {category.id: category for category in framework.categories}
    if not item.statements:
        yield Problem("statements", "it names no statement", "Name at least one")
    for name in item.statements:
        if name not in statements:
            yield Problem(
                "statements", f"{shown(name)} is not a statement of the framework", hint_for(name, statements)
            )
    category = categories.get(item.category)
    allowed = [found.id for found in framework.categories if found.accepted]
    if not categories and item.category:
        yield Problem("category", f"{shown(item.category)}: {framework.title} has no evidence categories",
                      "Leave it blank")  # fmt: skip
    elif categories and not item.category:
        yield Problem("category", "it is blank", f"Use {join(allowed, 'or')}")
    elif categories and category is None:
        yield Problem("category", f"{shown(item.category)} is not an evidence category", f"Use {join(allowed, 'or')}")
    elif category is not None and not category.accepted:
        yield Problem("category", f"{category.id}: {category.note or 'it is not used here'}".rstrip("."),
                      f"Use {join(allowed, 'or')}")  # fmt: skip
    yield from _age_problems(item)
    if item.strength and item.strength not in STRENGTHS:
        yield Problem("strength", f"{shown(item.strength)} is not known", f"Use {join(STRENGTHS, 'or')}")
    for claim in item.says:
        if claim.statement not in item.statements:
            what = f"it speaks for a score of {shown(claim.statement)}, which is not among its statements"
            yield Problem("says", what, "Add that to its statements")
        elif claim.statement in statements:
            try:
                framework.scale_of(claim.statement).parse(claim.score)
            except CareAssureError as error:
                yield Problem("says", f"{claim.statement}: {error.message}", error.hint)
    claimed = [claim.statement for claim in item.says]
    for name in sorted({name for name in claimed if claimed.count(name) > 1}):
        yield Problem("says", f"it speaks for two scores of {name}", "Keep one, or record two pieces of evidence")
