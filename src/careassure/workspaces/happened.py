"""What happened to one council's assessment over time, and what was found when it did."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.showing import short_repr


@frozen
class EventKind:
    """A kind of event.

    Args:
        id: Its name in code.
        title: How it is printed.
        result: What its result is: ``rating`` for a grade of the framework, ``opinion`` for words of its own,
            ``decision`` for one of `DECISIONS`, empty where the event gives none.
        note: Why.
    """

    id: str
    title: str
    result: str = ""
    note: str = ""

    __repr__ = short_repr


EVENT_KINDS = (
    EventKind("self_assessment", "Self-assessment", "rating", "The council's own view, dated; a later one replaces it"),
    EventKind("peer_review", "Peer review", "", "A peer challenge makes findings and does not give a rating"),
    EventKind("information_return", "Information return"),
    EventKind("published_assessment", "Published assessment", "rating"),
    EventKind("factual_accuracy", "Factual accuracy changes", "", "Corrects facts in a draft, not the judgement"),
    EventKind("rating_review", "Rating review", "rating", "Supersedes the rating of an earlier assessment"),
    EventKind("report_withdrawn", "Report withdrawn"),
    EventKind("monitoring_visit", "Monitoring visit", "", "A visit that gives no grade"),
    EventKind("focused_visit", "Focused visit", "", "A visit on one theme that gives no grade"),
    EventKind(
        "audit_opinion",
        "Internal audit opinion",
        "opinion",
        "Its words are the auditor's own: no set of words is laid down",
    ),
    EventKind("complaint_upheld", "Complaint upheld", "", "One complaint; a count of them is not a rating"),
    EventKind("ombudsman_decision", "Ombudsman decision", "decision", "What is to be paid or done is a remedy"),
    EventKind("safeguarding_review", "Safeguarding adult review", "", "Makes recommendations, often to several bodies"),
    EventKind("serious_case_review", "Serious case review", "", "What came before safeguarding adult reviews"),
    EventKind("concern_to_regulator", "Concern passed to the regulator"),
    EventKind("service_interruption", "Strike or service interruption"),
    EventKind("consultation", "Consultation"),
    EventKind("board", "Board or committee"),
)
"""Every kind of event, in the order in which they usually come."""

EVENT_KIND = {kind.id: kind for kind in EVENT_KINDS}
"""The kinds of events by their id."""


DECISIONS = ("upheld", "partly_upheld", "not_upheld", "closed")
"""How an ombudsman decides a complaint."""


def may_supersede(kind: str, earlier: str) -> bool:
    """Whether an event of a kind can replace the result of one of another kind.

    A rating is replaced by a rating, by a withdrawal or by corrections of fact, an opinion by an opinion, and a
    decision by a decision. Kinds that are not known are let pass: that is a fault of its own.
    """
    if kind not in EVENT_KIND or earlier not in EVENT_KIND:
        return True
    replaced = EVENT_KIND[earlier].result
    return bool(replaced) and (
        EVENT_KIND[kind].result == replaced
        or (replaced == "rating" and kind in {"report_withdrawn", "factual_accuracy"})
    )


FINDING_KINDS = ("strength", "improvement", "consideration", "recommendation", "priority_action")
"""What a finding is. A priority action follows from a focused visit and is answered by an action plan."""


@frozen
class Event:
    """Something that happened to the assessment of a council, on a date.

    Args:
        id: Its name in the workspace.
        kind: The id of one of `EVENT_KINDS`.
        date: When.
        title: What it was, in a few words.
        statements: The ids of the statements that it was about; empty for all of them.
        result: The rating, an auditor's opinion in the auditor's words, or one of `DECISIONS`; empty where it gave
            none.
        score: The score out of 100 that was printed with a rating.
        supersedes: The id of the event whose result it replaces.
        source: Where it is written.
        notes: What changed or should be known.
        reason: Why its result is not what the scores come to; empty where it is, or where nobody said.
    """

    id: str
    kind: str
    date: PartialDate
    title: str
    statements: tuple[str, ...] = ()
    result: str = ""
    score: int | None = None
    supersedes: str = ""
    source: str = ""
    notes: str = ""
    reason: str = ""

    __repr__ = short_repr

    @property
    def upheld(self) -> bool | None:
        """Whether it upholds a complaint, in whole or in part; None where it is a decision that was not recorded."""
        if self.kind == "ombudsman_decision":
            return self.result in ("upheld", "partly_upheld") if self.result else None
        return self.kind == "complaint_upheld"


@frozen
class Finding:
    """Something that a review or a visit found, for one or more statements or for none.

    Args:
        id: Its name in the workspace.
        event: The id of the event that found it.
        kind: One of `FINDING_KINDS`.
        statements: The ids of the statements that it is about.
        text: What was found; no personal data.
        bodies: The bodies that it is for, by name; empty for the council.
        finds_again: The ids of the findings of earlier reviews that it finds again.
        closes: The ids of the findings of earlier reviews that it finds put right.
    """

    id: str
    event: str
    kind: str
    statements: tuple[str, ...]
    text: str
    bodies: tuple[str, ...] = ()
    finds_again: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()

    __repr__ = short_repr


FOLLOW_UP_STATUSES = ("accepted", "partly_accepted", "rejected", "in_progress", "done")
"""How a body answers what was found, and how far it has come."""


@frozen
class FollowUp:
    """What a body said to a finding, or how far it had come with it, on a date.

    Args:
        finding: The finding's id.
        date: When.
        status: One of `FOLLOW_UP_STATUSES`.
        body: Which body, as the finding names it; empty for the council.
        evidence: The ids of the evidence that shows it.
        source: Where it is written.
        note: What was said.
    """

    finding: str
    date: PartialDate
    status: str
    body: str = ""
    evidence: tuple[str, ...] = ()
    source: str = ""
    note: str = ""

    __repr__ = short_repr


@frozen
class Replies:
    """How many were asked at an event such as a consultation, and how many replied.

    Args:
        event: The event's id.
        replied: How many replied.
        group: Who was asked, such as providers; empty for all together.
        asked: How many were asked; None where that is not known.
        roughly: Whether the numbers were printed as round ones.
        source: Where they are written.
    """

    event: str
    replied: int
    group: str = ""
    asked: int | None = None
    roughly: bool = False
    source: str = ""

    __repr__ = short_repr

    @property
    def rate(self) -> Fraction | None:
        """The share of those asked who replied; None where it is not known how many were asked, or nobody was."""
        return Fraction(self.replied, self.asked) if self.asked else None
