"""Surveys: what those who replied said, and what it would be of all who were asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from attrs import frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.figures.claim_checks import counts_that_fit
from careassure.figures.panel_members import FEW
from careassure.model.annotations import MOST_ITEMS
from careassure.model.arguments import checked, explained
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr
from careassure.model.text import join, plural


@explained
@frozen
class ReplyShare:
    """How many of those who answered a question gave one answer, and how many of all asked it can be.

    Args:
        question: What was asked.
        answer: The answer that is counted.
        counts: How many gave it. Several where only a printed share is known, and more than one count fits it.
        answered: How many answered the question.
        asked: How many were asked.
        printed: The share as it was printed; empty where the answers themselves were counted.

    Raises:
        InvalidInputError: The counts do not fit each other, or no count fits the printed share.
    """

    question: str
    answer: str
    counts: tuple[int, ...]
    answered: int
    asked: int
    printed: str = ""

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the share") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        wrong = [count for count in (*self.counts, self.answered, self.asked) if type(count) is not int or count < 0]
        if wrong:
            yield Problem("counts", f"{wrong[0]!r} is not a count", "Give whole numbers, 0 or more")
        elif self.answered > self.asked:
            yield Problem("answered", f"{self.answered:,} answered and only {self.asked:,} were asked")
        elif not self.counts:
            what = (
                f"no count of {self.answered:,} is printed as {self.printed}" if self.printed else "there is no count"
            )
            yield Problem("counts", what, "Correct the share, or how many replied")
        elif max(self.counts) > self.answered:
            yield Problem("counts", f"{max(self.counts):,} gave the answer and only {self.answered:,} answered")

    @property
    def shares(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest share of those who answered, in per cent; None where nobody did."""
        if not self.answered:
            return None
        return Fraction(100 * min(self.counts), self.answered), Fraction(100 * max(self.counts), self.answered)

    @property
    def silent(self) -> int:
        """How many were asked and did not answer."""
        return self.asked - self.answered

    @property
    def bounds(self) -> tuple[Fraction, Fraction] | None:
        """The share of all asked if none of the silent would give the answer, and if all would; in per cent."""
        if not self.asked:
            return None
        most = max(self.counts) + self.silent
        return Fraction(100 * min(self.counts), self.asked), Fraction(100 * most, self.asked)

    @property
    def small(self) -> bool:
        """Whether so few answered that a percentage says little."""
        return self.answered < FEW

    @property
    def words(self) -> str:
        """The count, the share and its bounds, in sentences."""
        head = join([part for part in (self.question, self.answer) if part], ":").replace(" :", ":")
        if self.shares is None or self.bounds is None:
            return f"{head}: nobody answered."
        count = f"{self.counts[0]:,}" if len(self.counts) == 1 else f"{self.counts[0]:,} to {self.counts[-1]:,}"
        said = [f"{head}: {count} of {self.answered:,} who answered, {_between(*self.shares)}."]
        if self.printed:
            only = "Only this count fits" if len(self.counts) == 1 else f"{len(self.counts):,} counts fit"
            said.append(f"{only} the printed {self.printed}.")
        if self.silent:
            low, high = (decimal(bound, 1) for bound in self.bounds)
            said.append(
                f"{self.silent:,} of {self.asked:,} asked did not answer: of all it is {low} % if none of them would "
                f"say so, {high} % if all would."
            )
        if self.small:
            said.append(f"A percentage of fewer than {FEW} says little.")
        return " ".join(said)

    def to_dict(self) -> dict[str, object]:
        """The share as plain values; exact numbers are text, such as ``10100/117``."""
        least, most = self.shares or (None, None)
        low, high = self.bounds or (None, None)
        numbers = {"share_least": least, "share_most": most, "if_none_of_the_silent": low, "if_all_of_the_silent": high}
        return {
            **{name: getattr(self, name) for name in ("question", "answer", "printed")},
            "counts": list(self.counts),
            **{name: getattr(self, name) for name in ("answered", "silent", "asked")},
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            "few": self.small,
            "words": self.words,
        }

    def __str__(self) -> str:
        return self.words


@frozen
class Question:
    """A question of a survey.

    Args:
        title: What was asked.
        shares: How many gave each answer, the commonest first.
        unanswered: How many replied to other questions and left this one blank, or put a mark there.
        marked: Who put a mark such as ``[c]`` in the place of an answer.
    """

    title: str
    shares: tuple[ReplyShare, ...]
    unanswered: int = 0
    marked: tuple[str, ...] = ()

    __repr__ = short_repr


@frozen
class Survey:
    """What those who were asked replied.

    Args:
        asked: How many were asked; None where the table says it for each question.
        replied: How many replied to at least one question; None likewise.
        questions: The questions, in the order of the table.
        silent: Who did not reply, as far as they are named.
        notes: What was decided and what was not counted, a sentence each.
    """

    asked: int | None
    replied: int | None
    questions: tuple[Question, ...]
    silent: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def shares(self) -> tuple[ReplyShare, ...]:
        """The shares of all answers to all questions."""
        return tuple(share for question in self.questions for share in question.shares)

    @property
    def words(self) -> str:
        """Who replied, and each share with its bounds; a line each."""
        return "\n".join([*self.head, *(share.words for share in self.shares), *self.notes])

    @property
    def head(self) -> tuple[str, ...]:
        """Who replied and who did not, a sentence each."""
        if self.asked is None or self.replied is None:
            return ()
        rate = f" ({decimal(Fraction(100 * self.replied, self.asked), 1)} %)" if self.asked else ""
        said = [f"{self.replied:,} of {self.asked:,} asked replied{rate}."]
        unnamed = self.asked - self.replied - len(self.silent)
        others = (f"{unnamed:,} who {'is' if unnamed == 1 else 'are'} not named",) if unnamed else ()
        if self.silent or others:
            said.append(f"Without a reply: {join([*self.silent, *others])}.")
        for question in self.questions:
            if not question.shares:
                said.append(f"{question.title}: nobody answered.")
            elif question.unanswered:
                marks = f", {join(question.marked)} with a mark" if question.marked else ""
                said.append(f"{question.title}: left open by {plural(question.unanswered, 'reply', 'replies')}{marks}.")
        return tuple(said)

    def to_dict(self) -> dict[str, object]:
        """The survey as plain values."""
        return {
            "asked": self.asked,
            "replied": self.replied,
            "silent": list(self.silent),
            "questions": [
                {
                    "title": question.title,
                    "unanswered": question.unanswered,
                    "marked": list(question.marked),
                    "shares": [share.to_dict() for share in question.shares],
                }
                for question in self.questions
            ],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return self.words


@checked
def share_of_replies(
    share: int | str, replied: int, asked: int, *, question: str = "", answer: str = "yes"
) -> ReplyShare:
    """A share of those who replied, and what it can be of all who were asked.

    >>> found = share_of_replies("86 %", replied=117, asked=152)
    >>> found.counts, [round(float(bound)) for bound in found.bounds]
    ((101,), [66, 89])

    Args:
        share: How many gave the answer; or their share as it is printed, for which the counts that fit are found.
        replied: How many answered.
        asked: How many were asked.
        question: What was asked.
        answer: What the answer is.

    Raises:
        InvalidInputError: The numbers do not fit each other, or no count of the replies is printed so.
    """
    if isinstance(share, int):
        return ReplyShare(question, answer, (share,), replied, asked)
    if not 0 < replied <= MOST_ITEMS:
        raise InvalidInputError("the share", [Problem("replied", f"{replied:,} is not from 1 to {MOST_ITEMS:,}")])
    return ReplyShare(question, answer, counts_that_fit(share, replied), replied, asked, share.strip())


def _between(low: Fraction, high: Fraction) -> str:
    least, most = decimal(low, 1), decimal(high, 1)
    return f"{least} %" if least == most else f"{least} % to {most} %"


def ordered(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Answers with their counts, the commonest first, and those given as often by their names."""
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))
