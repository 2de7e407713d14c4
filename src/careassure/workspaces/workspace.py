"""A workspace: what a council keeps while it prepares its own assessment, every entry with its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from attrs import evolve, field, frozen

from careassure.figures.model import Indicator, Value
from careassure.model.arguments import DayLike, checked, day_of, explained
from careassure.model.assessment import Assessment
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.descriptor import Descriptor
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.marks import Score, expected_leaves
from careassure.model.showing import clipped, short_repr
from careassure.samples.cases import Case, CaseAttribute
from careassure.workspaces.happened import Event, Finding, FollowUp, Replies
from careassure.workspaces.owed import Promise, Remedy
from careassure.workspaces.plan import Action, Measure, Reading, Update
from careassure.workspaces.returns import ReturnItem
from careassure.workspaces.score_dates import MIXED_DATES, ScoreDates

CONFIDENCES = ("low", "medium", "high")
"""How sure the council is of a score that it gives itself."""

T = TypeVar("T")
Owed = TypeVar("Owed", Remedy, Promise)


@frozen
class ScoreEntry:
    """A score that the council gave itself, from a date on, until a later entry replaces it.

    Args:
        date: Since when.
        statement: The statement's id.
        score: A number or word of its scale; None: not known from then on.
        category: The evidence category, in a version that scores categories; empty for the statement itself.
        role: The role of whoever set it; never a name.
        confidence: ``low``, ``medium`` or ``high``; empty where nobody said.
        reason: Why it is this score and not the next one.
        version: The framework version that it was set under; empty for the workspace's own.
    """

    date: PartialDate
    statement: str
    score: int | str | None
    category: str = ""
    role: str = ""
    confidence: str = ""
    reason: str = ""
    version: str = ""

    __repr__ = short_repr

    @property
    def leaf(self) -> str:
        """The id of what is scored: ``statement``, or ``statement/category``."""
        return f"{self.statement}/{self.category}" if self.category else self.statement


@frozen
class Settings:
    """What a workspace decides for itself.

    Args:
        stale_after_months: When evidence counts as old; None: never.
        scorer: The scorer that rates it, or a method file in the folder; empty for the framework's own.
        look_for: Names that the screen for personal data is to look for, beside what it knows.
        allow: Words that the screen is to let pass: the name of a street, say.
        mixed_after_months: From how many months between the oldest and the newest score on the fact ``mixed_dates``
            holds; None: it is never set. No regulator's figure was found.
    """

    stale_after_months: int | None = None
    scorer: str = ""
    look_for: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    mixed_after_months: int | None = None

    __repr__ = short_repr


@explained
@frozen
class Workspace:
    """What a council keeps while it prepares its own assessment.

    Nothing is checked when one is made: `careassure.workspaces.read` gives only sound ones, and
    `careassure.workspaces.check` says what is wrong with one.

    Args:
        council: Whose it is.
        framework: The version of the framework that it is prepared for, with the council's own statements.
        base: That version without them: the one that the regulator uses.
        facts: Pairs of a fact's name and whether it holds, sorted by name.
        settings: What it decides for itself.
        scores: Every score given, with its date.
        evidence: What was found.
        events: What happened.
        findings: What reviews and visits found.
        actions: What will be done.
        updates: Where each action stood, with the date.
        measures: By what actions are measured.
        readings: Their values, with the date.
        returns: The items of the information return.
        attributes: How cases are coded.
        cases: The cases, coded.
        descriptors: What a statement looks like at a score.
        indicators: Indicators of the council's own; their set is ``own``.
        values: Their values.
        follow_ups: What bodies said to findings, with the date.
        remedies: What is to be paid or done after complaints.
        replies: How many were asked at an event, and how many replied.
        promises: What was promised to members.
        folder: Where it was read from.
    """

    council: Council | Body
    framework: Framework
    base: Framework
    facts: tuple[tuple[str, bool], ...] = ()
    settings: Settings = Settings()
    scores: tuple[ScoreEntry, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()
    actions: tuple[Action, ...] = ()
    updates: tuple[Update, ...] = ()
    measures: tuple[Measure, ...] = ()
    readings: tuple[Reading, ...] = ()
    returns: tuple[ReturnItem, ...] = ()
    attributes: tuple[CaseAttribute, ...] = ()
    cases: tuple[Case, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    values: tuple[Value, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    replies: tuple[Replies, ...] = ()
    promises: tuple[Promise, ...] = ()
    folder: str = field(default="", eq=False)

    def __repr__(self) -> str:
        given = sum(entry.score is not None for entry in self.scores)
        return clipped(
            f"<Workspace {self.council} ({self.framework.id} {self.framework.version}): "
            f"{given} scores given, {len(self.evidence)} pieces of evidence, {len(self.actions)} actions>"
        )

    @checked
    def at(self, date: DayLike) -> Workspace:
        """What it held at the end of a day: every entry that is dated later is left out.

        The items of the return, measures, indicators, cases and descriptors have one row each and no history: they
        stay as they are now. A remedy that was done later, or a promise that was kept later, was open then.

        Args:
            date: The day. An entry of which only the month or the year is known counts from its first day on.
        """
        day = day_of(date)
        events = _until(self.events, day)
        known = {event.id for event in events}
        findings = tuple(item for item in self.findings if item.event in known)
        found = {item.id for item in findings}
        return evolve(
            self,
            scores=_until(self.scores, day),
            evidence=tuple(item for item in self.evidence if _by(item.recorded, day)),
            events=events,
            findings=findings,
            actions=tuple(item for item in self.actions if _by(item.agreed, day)),
            updates=_until(self.updates, day),
            readings=_until(self.readings, day),
            follow_ups=tuple(item for item in _until(self.follow_ups, day) if item.finding in found),
            remedies=tuple(_undone(item, day, "done") for item in self.remedies if item.event in known),
            replies=tuple(item for item in self.replies if item.event in known),
            promises=tuple(_undone(item, day, "kept", "withdrawn") for item in _until(self.promises, day)),
        )

    @property
    def told_scores(self) -> tuple[ScoreEntry, ...]:
        """The rows of scores that say something: the blank rows with which a workspace begins do not.

        A blank score says something where it ends an earlier one, or where a reason or a role stands beside it.
        """
        since: dict[str, PartialDate] = {}
        for entry in self.scores:
            if entry.score is not None and (entry.leaf not in since or entry.date < since[entry.leaf]):
                since[entry.leaf] = entry.date
        return tuple(
            entry
            for entry in self.scores
            if entry.score is not None
            or entry.role
            or entry.confidence
            or entry.reason
            or (entry.leaf in since and since[entry.leaf] <= entry.date)
        )

    @property
    def latest_scores(self) -> dict[str, ScoreEntry]:
        """The latest entry for each thing that is scored, by ``statement`` or ``statement/category``."""
        return {entry.leaf: entry for entry in sorted(self.scores, key=lambda entry: entry.date)}

    @property
    def latest_updates(self) -> dict[str, Update]:
        """The latest update of each action that has one, by the action's id."""
        return {item.action: item for item in sorted(self.updates, key=lambda item: item.date)}

    @property
    def latest_readings(self) -> dict[str, Reading]:
        """The latest value of each measure that has one, by the measure's id."""
        return {item.measure: item for item in sorted(self.readings, key=lambda item: item.date)}

    @property
    def score_dates(self) -> ScoreDates | None:
        """Since when the oldest and the newest of its scores stand; None where none is known."""
        known = [(entry.date, entry.leaf) for entry in self.latest_scores.values() if entry.score is not None]
        if not known:
            return None
        oldest, newest = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
        return ScoreDates(
            oldest[0], self.framework.title_of(oldest[1]), newest[0], self.framework.title_of(newest[1])
        )  # fmt: skip

    @checked
    def assessment(self, framework: Framework | None = None) -> Assessment:
        """The council's own assessment as it stands: its latest scores, with the evidence for them.

        Args:
            framework: `framework` with the council's own statements, or `base`, without them; the first where None.

        Raises:
            InvalidAssessmentError: Scores or evidence that do not fit.
        """
        used = framework or self.framework
        names = {statement.id for statement in used.statements}
        found: dict[str, Score] = {}
        for leaf, entry in self.latest_scores.items():
            if entry.statement in names and entry.score is not None:
                found[leaf] = used.scale_of(leaf).read(entry.score)
        wholes = {leaf for leaf in found if "/" not in leaf}
        evidence = [_within(item, names) for item in self.evidence]
        dates = [entry.date for entry in self.told_scores]
        return Assessment(
            self.council,
            used,
            tuple((leaf, found.get(leaf)) for leaf in expected_leaves(used, wholes)),
            self._told_facts,
            tuple(item for item in evidence if item.statements),
            kind="self",
            assessed=max(dates, default=None),
        )

    @property
    def _told_facts(self) -> tuple[tuple[str, bool], ...]:
        """Its facts, and whether the dates of its scores are mixed, where it has a limit and they can tell."""
        months, dates = self.settings.mixed_after_months, self.score_dates
        mixed = None if months is None or dates is None else dates.mixed(months)
        if mixed is None:
            return self.facts
        return tuple(sorted({**dict(self.facts), MIXED_DATES: mixed}.items()))


def _within(item: Evidence, names: set[str]) -> Evidence:
    """A piece of evidence as far as it bears on some statements."""
    return evolve(
        item,
        statements=tuple(name for name in item.statements if name in names),
        says=tuple(claim for claim in item.says if claim.statement in names),
    )


def _by(date: PartialDate | None, day: dt.date) -> bool:
    return date is None or date.earliest <= day


def _undone(item: Owed, day: dt.date, *names: str) -> Owed:
    """A remedy or a promise without what came after a day; what showed it goes with it."""
    later = [name for name in names if not _by(getattr(item, name), day)]
    if not later:
        return item
    gone: dict[str, object] = {name: None for name in later}  # noqa: C420  (its values are objects)
    if not any(getattr(item, name) for name in names if name not in later):
        gone["evidence"] = ()
    return evolve(item, **gone)  # type: ignore[arg-type]  # dates and evidence, of which it has both


def _until(items: Iterable[T], day: dt.date) -> tuple[T, ...]:
    return tuple(item for item in items if _by(getattr(item, "date", None), day))
