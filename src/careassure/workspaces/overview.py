"""What a workspace still lacks: scores, evidence, answers to findings, items of the return."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from careassure.errors import UnknownScorerError
from careassure.figures.alike import is_of, misfit, standing
from careassure.figures.model import Value
from careassure.model.arguments import DayLike, checked
from careassure.model.dates import PartialDate, months_after
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, plural
from careassure.workspaces.answers import findings
from careassure.workspaces.board import action_progress
from careassure.workspaces.evidence_checks import Contradiction, contradictions, staleness
from careassure.workspaces.happened import EVENT_KIND
from careassure.workspaces.history import TimelineEntry, timeline
from careassure.workspaces.judged import Judgement, judgement
from careassure.workspaces.matrix import coverage
from careassure.workspaces.measuring import measured
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.rating import assess
from careassure.workspaces.score_dates import MIXED_DATES
from careassure.workspaces.settled import promises, remedies
from careassure.workspaces.workspace import Workspace

Kind = str
"""``missing``, ``unsupported``, ``stale``, ``contradictory``, ``challenged``, ``repeated``, ``overdue``, ``missed``,
``unread``, ``unmet``, ``unshown``, ``unanswered``, ``unreasoned``, ``unclear``, ``unsettled``, ``unremedied``,
``unkept`` or ``unsure``."""


@frozen
class Gap:
    """Something that a workspace lacks or that needs a look.

    Args:
        kind: Its kind.
        about: The id of the statement, the evidence, the action, the measure, the finding, the event, the remedy,
            the promise or the item that it is about.
        words: What it is, in a sentence.
    """

    kind: Kind
    about: str
    words: str

    __repr__ = short_repr


HEADINGS = {
    "missing": "Missing",
    "unsupported": "Without evidence",
    "stale": "Old or undated evidence, and old figures",
    "contradictory": "Contradictory",
    "challenged": "Challenged figures",
    "repeated": "Recorded twice",
    "unanswered": "Findings that no action answers",
    "unsettled": "Complaints without a remedy or a finding",
    "unremedied": "Remedies past their date, and not done",
    "unkept": "Promises past their date, and not kept",
    "overdue": "Overdue",
    "unmet": "Statutory duties that are not met, or not known to be met",
    "unread": "Target date passed, and no value of then is known",
    "missed": "Target date passed, and the target was not met",
    "unreasoned": "Judged otherwise than the scores come to, without a reason",
    "unclear": "Dates that are not known closely enough",
    "unshown": "Complete, without evidence that shows it",
    "unsure": "Low confidence",
}
"""The kinds of gaps, in the order in which they are shown."""


@frozen
class Status:
    """How a workspace stands on a day.

    Args:
        workspace: What it held then.
        at: The day.
        gaps: Everything that it lacks, by kind.
        results: The latest result of each kind that is on record, the oldest first: what was published, the council's
            own ratings, an auditor's opinion.
    """

    workspace: Workspace
    at: dt.date
    gaps: tuple[Gap, ...]
    results: tuple[TimelineEntry, ...] = ()

    __repr__ = short_repr

    def of(self, kind: Kind) -> tuple[Gap, ...]:
        """The gaps of a kind."""
        return tuple(gap for gap in self.gaps if gap.kind == kind)

    @property
    def words(self) -> str:
        """All of it as text, a heading for each kind."""
        if not self.gaps:
            return "Nothing is missing, old or contradictory.\n"
        lines: list[str] = []
        for kind, heading in HEADINGS.items():
            found = self.of(kind)
            if found:
                lines += [f"{heading} ({len(found):,})", *(f"  {gap.words}" for gap in found), ""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def __str__(self) -> str:
        return self.words

    @property
    def own_result(self) -> str:
        """What the method makes of the council's own scores, in words; that there are none where there are none."""
        if not any(entry.score is not None for entry in self.workspace.latest_scores.values()):
            return "no scores yet"
        try:
            return assess(self.workspace).result
        except UnknownScorerError as error:
            return f"no result, for {error.message}"

    @property
    def judgement(self) -> Judgement | None:
        """The rating of the latest self-assessment, where it is not what its scores come to; None where it is."""
        return judgement(self.workspace)

    @property
    def head(self) -> tuple[str, ...]:
        """Whose it is and when, what its own scores give, and what is on record beside them: a line for each."""
        facts = [name.replace("_", " ") + ("" if holds else " (does not hold)") for name, holds in self.workspace.facts]
        dates, judged = self.workspace.score_dates, self.judgement
        return (
            f"{self.workspace.council} on {PartialDate.parse(self.at).words}",
            f"From its own scores: {self.own_result}",
            *([dates.words] if dates else []),
            *([judged.words] if judged else []),
            *(f"On record: {entry.words}" for entry in self.results),
            *([f"Facts: {join(facts)}"] if facts else []),
        )

    def to_dict(self) -> dict[str, object]:
        """All that the workspace held on the day and how it stood, as plain values that JSON can hold.

        The form is ``careassure.status/1``. Cases are counted and not listed.
        """
        from careassure.workspaces.as_dict import status_to_dict

        return status_to_dict(self)

    def _repr_html_(self) -> str:
        from careassure.model.notebook import bullets, output, paragraph, pictures

        lists = "".join(bullets(heading, [gap.words for gap in self.of(kind)]) for kind, heading in HEADINGS.items())
        return output(*map(paragraph, self.head), pictures(self), lists or paragraph(self.words))


@checked
def status(workspace: WorkspaceLike, at: DayLike | None = None) -> Status:
    """What a workspace lacks at the end of a day.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    workspace = opened(workspace)
    then = workspace.at(day)
    order = {kind: number for number, kind in enumerate(HEADINGS)}
    gaps = [
        *_scores(then),
        *_dates(then),
        *_judged(then),
        *_evidence(then, day),
        *_figures(then, day),
        *_found(then, day),
        *_owed(then, day),
        *_plan(then, day),
        *_returns(then),
    ]
    on_record = [entry for entry in timeline(workspace, at=day) if entry.result and not entry.superseded]
    results = {entry.kind: entry for entry in on_record if entry.kind != EVENT_KIND["ombudsman_decision"].title}
    latest = tuple(sorted(results.values(), key=lambda entry: entry.date))
    return Status(then, day, tuple(sorted(gaps, key=lambda gap: order[gap.kind])), latest)


def _scores(work: Workspace) -> Iterator[Gap]:
    framework = work.framework
    assessment = work.assessment()
    matrix = coverage(work)
    for leaf in assessment.missing:
        yield Gap("missing", leaf, f"{_title(work, leaf)} has no score")
    scored = {leaf.partition("/")[0] for leaf, score in assessment.marks if score is not None}
    blanks, unsupported = matrix.blanks, matrix.unsupported
    for statement in framework.statements:
        if statement.id in unsupported:
            which = "a score and no evidence" if statement.id in scored else "no evidence"
            yield Gap("unsupported", statement.id, f"{statement.title} has {which}")
            continue
        blank = [category for name, category in blanks if name == statement.id]
        titles = [category.title.lower() for category in framework.categories if category.id in blank]
        if titles:
            yield Gap("unsupported", statement.id, f"{statement.title}: nothing from {join(titles, 'or')}")
    for repeat, first in matrix.repeats:
        yield Gap("repeated", repeat, f"{repeat} records the same as {first}, and counts once")
    for leaf, entry in work.latest_scores.items():
        if entry.confidence == "low" and entry.score is not None:
            yield Gap("unsure", leaf, f"{_title(work, leaf)}: {entry.score}, with low confidence")
    for found in contradictions(assessment):
        yield Gap("contradictory", found.statement, contradiction_words(work, found))


def _dates(work: Workspace) -> Iterator[Gap]:
    """That nobody can say whether the dates of the scores are mixed."""
    dates, months = work.score_dates, work.settings.mixed_after_months
    if dates is not None and months is not None and dates.mixed(months) is None:
        limit = plural(months, "month")
        yield Gap("unclear", MIXED_DATES, f"The scores may be more than {limit} apart, or not: {dates.words}")


def _judged(work: Workspace) -> Iterator[Gap]:
    found = judgement(work)
    if found is not None and not found.event.reason:
        yield Gap("unreasoned", found.event.id, found.words)


def contradiction_words(work: Workspace, found: Contradiction) -> str:
    """A contradiction in a sentence."""
    scale = work.framework.scale_of(found.statement)
    said = [
        f"{join(names)} {'speaks' if len(names) == 1 else 'speak'} for {scale.said(grade)}"
        for grade, names in found.claims
    ]
    given = "it has no score" if found.given is None else f"it is scored {scale.said(found.given)}"
    return f"{_title(work, found.statement)}: {given}; {join(said)}"


def _evidence(work: Workspace, at: dt.date) -> Iterator[Gap]:
    months = work.settings.stale_after_months
    by_id = {item.id: item for item in work.evidence}
    limited = [item for item in work.evidence if months is not None or item.stale_after_months is not None]
    ages = staleness(limited, at, months or 1)  # where none is set, each that is left has a limit of its own
    for ids, why in ((ages.old, "is older than"), (ages.unsure, "may be older than")):
        for name in ids:
            date, limit = by_id[name].date, by_id[name].stale_after_months or months or 1
            said = f"{name} {why} {plural(limit, 'month')} ({date.words if date else ''}): {by_id[name].summary}"
            yield Gap("stale", name, said)
    for name in ages.undated:
        yield Gap("stale", name, f"{name} has no date: {by_id[name].summary}")


def _figures(work: Workspace, at: dt.date) -> Iterator[Gap]:
    """What is old, disputed or contradicted by its own counts among the figures that stand."""
    stand = standing(work.values)
    for item in work.indicators:
        mine = [value for value in stand if value.indicator == item.key]
        months = item.stale_after_months or work.settings.stale_after_months
        newest: dict[str, Value] = {}
        for value in sorted(mine, key=lambda value: value.period):
            if is_of(work.council, value):
                newest[fold(value.scope)] = value
        for value in newest.values():
            end = dt.date(int(value.period[:4]) + 1, 3, 31)
            if months is not None and end < months_after(at, -months):
                said = f"{item.code} of {value.period} is older than {plural(months, 'month')}: {item.title}"
                yield Gap("stale", item.code, said)
        for value in mine:
            about = f"{item.code} {item.title}, {value.label}, {value.period}"
            if fault := misfit(item, value):
                yield Gap("contradictory", item.code, f"{about}: {fault}")
            if value.challenge:
                yield Gap("challenged", item.code, f"{about}: challenged by {value.challenged_by}, {value.challenge}")


def _found(work: Workspace, at: dt.date) -> Iterator[Gap]:
    """Findings that nothing answers, and complaints that were upheld and of which nothing followed."""
    found = findings(work, at)
    for item in found:
        said = "; ".join(
            [f"{item.finding.id} ({item.finding.kind.replace('_', ' ')}): {item.finding.text}", *item.notes]
        )
        if item.unanswered:
            yield Gap("unanswered", item.finding.id, said)
        if item.unshown:
            yield Gap("unshown", item.finding.id, said)
    followed = {item.finding.event for item in found} | {item.event for item in work.remedies}
    for event in work.events:
        if event.upheld is not False and event.id not in followed:
            kind = EVENT_KIND[event.kind].title.lower()
            open_ = ", and whether it was upheld is not recorded" if event.upheld is None else ""
            yield Gap("unsettled", event.id, f"{event.id} ({kind}, {event.date.words}): {event.title}{open_}")


def _owed(work: Workspace, at: dt.date) -> Iterator[Gap]:
    """Remedies and promises that are past their date, or called done without evidence."""
    for remedy in remedies(work, at).items:
        for kind, holds in (("unremedied", remedy.overdue), ("unshown", remedy.unshown)):
            if holds:
                yield Gap(kind, remedy.remedy.id, str(remedy))
    for promise in promises(work, at):
        for kind, holds in (("unkept", promise.overdue), ("unshown", promise.unshown)):
            if holds:
                yield Gap(kind, promise.promise.id, str(promise))


def _plan(work: Workspace, at: dt.date) -> Iterator[Gap]:
    for item in action_progress(work, at):
        said = f"{item.action.id} {item.action.title}: {item.words}"
        if item.overdue:
            yield Gap("overdue", item.action.id, said)
        if item.unshown:
            yield Gap("unshown", item.action.id, said)
    for found in measured(work, at):
        measure = found.measure
        said = f"{measure.id} {found.words}"
        if measure.duty and found.met is not True:
            known = "not met" if found.met is False else "not known to be met"
            yield Gap("unmet", measure.id, f"{said}; {measure.duty}: {known}")
        elif found.unread:
            yield Gap("unread", measure.id, said)
        elif found.passed and found.met is False:
            yield Gap("missed", measure.id, said)


def _returns(work: Workspace) -> Iterator[Gap]:
    for item in work.returns:
        if item.status == "missing":
            yield Gap("missing", item.key, f"{item.key} {item.title} is missing")
        elif item.status in ("ready", "sent") and not item.evidence:
            yield Gap("unshown", item.key, f"{item.key} {item.title} is {item.status}, and names no evidence")


def _title(work: Workspace, leaf: str) -> str:
    statement, _, part = leaf.partition("/")
    title = work.framework.title_of(statement)
    return f"{title}, {work.framework.title_of(leaf).lower()}" if part else title
