"""A scheme: a framework with the method for it; and what an assessment under one adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from attrs import frozen

import careassure as ca

OWN = ca.Reference("own", "Those who made this list", section="their own choice", basis="ours")


@frozen(repr=False)
class Scheme:
    """A framework and the method that scores it.

    Args:
        framework: What is answered.
        method: What follows from the answers.
    """

    framework: ca.Framework
    method: ca.Method

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
    return Scheme(*ca.load_scheme({"references": cited, **framework}, method))
