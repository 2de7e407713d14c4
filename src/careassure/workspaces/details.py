"""All that is kept of one thing in a workspace, in words: nothing that was put in is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from fractions import Fraction

from careassure.analysis.odds import percent
from careassure.errors import CareAssureError
from careassure.figures.alike import misfit, successors
from careassure.figures.comparison_words import beside_england
from careassure.figures.marking import behind
from careassure.figures.model import Indicator, Value
from careassure.figures.peers import compare_indicator
from careassure.model.council import Body, Council
from careassure.model.descriptor import Descriptor
from careassure.model.evidence import Claim, Evidence
from careassure.model.framework import Framework
from careassure.model.scale import Scale
from careassure.model.text import join, plural
from careassure.workspaces.board import ActionProgress
from careassure.workspaces.happened import EVENT_KIND, Event, Finding, FollowUp, Replies
from careassure.workspaces.measuring import MeasureProgress
from careassure.workspaces.owed import Promise, Remedy
from careassure.workspaces.plan import Update, quantity
from careassure.workspaces.workspace import ScoreEntry, Workspace


def score_words(entry: ScoreEntry, framework: Framework) -> str:
    """A score that the council gave itself: when, what, by which role, how sure, and why."""
    part = f", {framework.title_of(entry.leaf).lower()}" if entry.category else ""
    said = "not known" if entry.score is None else str(entry.score)
    notes = [
        *([f"{entry.confidence} confidence"] if entry.confidence else []),
        *([f"set by {entry.role}"] if entry.role else []),
        *([f"under version {entry.version}"] if entry.version else []),
        *([entry.reason] if entry.reason else []),
    ]
    return f"{entry.date.words}{part}: {said}" + _noted(notes)


def descriptor_words(item: Descriptor, scale: Scale) -> str:
    """What is seen at a score, whose words these are, and for which version."""
    version = f", for version {item.version}" if item.version else ""
    return f"{scale.said(scale.parse(item.score))}: {item.text} [{item.source}{version}]"


def evidence_words(item: Evidence, statement: str = "", replaced_by: str = "") -> str:
    """A piece of evidence with all that is known of it.

    Args:
        item: What was found.
        statement: The id of the statement beside which it stands; what it says of others is left to their pages.
        replaced_by: The id of the evidence that replaces it; empty where none does.
    """
    said = [str(claim.score) if statement else str(claim) for claim in item.says
            if statement in ("", claim.statement)]  # fmt: skip
    notes = [
        *([f"speaks for {join(said)}"] if said else []),
        *([item.strength] if item.strength else []),
        *([item.date.words] if item.date else ["no date"]),
        *([item.source] if item.source else []),
        *([f"recorded by {item.role}"] if item.role else []),
        *([f"added {item.added.when}"] if item.added else []),
        *([f"indicator {item.indicator}"] if item.indicator else []),
        *([f"cases {join(item.cases)}"] if item.cases else []),
        *([f"kept at {join(item.attachments)}"] if item.attachments else []),
        *([f"replaces {item.supersedes}"] if item.supersedes else []),
        *([f"old after {plural(item.stale_after_months, 'month')}"] if item.stale_after_months else []),
        *([f"superseded by {replaced_by}"] if replaced_by else []),
    ]
    return f"{item.id} {item.summary}{_noted(notes)}"


def event_words(event: Event, work: Workspace) -> str:
    """An event with its result, what replaced it, what it was about, where it is written, and its notes."""
    kind = EVENT_KIND[event.kind].title if event.kind in EVENT_KIND else event.kind
    said = f"{event.date.words}: {kind.lower()}, {event.id} {event.title}"
    result = result_words(event, work.framework)
    later = next((other for other in work.events if other.supersedes == event.id), None)
    earlier = next((other for other in work.events if other.id == event.supersedes), None)
    notes = [
        *([f"replaces {earlier.id} of {earlier.date.words}"] if earlier else []),
        *([f"superseded by {later.id} of {later.date.words}"] if later else []),
        *event_notes(event, work.framework),
        *event_more(event, work),
    ]
    return said + (f": {result}" if result else "") + _noted(notes)


def event_notes(event: Event, framework: Framework) -> list[str]:
    """What an event was about by name, what should be known of it, and where it is written."""
    return [
        *([f"about {join([framework.title_of(name) for name in event.statements])}"] if event.statements else []),
        *([f"reason for the result: {event.reason}"] if event.reason else []),
        *([event.notes] if event.notes else []),
        *([f"source: {event.source}"] if event.source else []),
    ]


def event_more(event: Event, work: Workspace) -> list[str]:
    """What followed from an event: how many replied to it, and what is to be paid or done."""
    asked = [item for item in work.replies if item.event == event.id]
    return [
        *([f"replies: {replies_words(asked)}"] if asked else []),
        *(f"remedy {remedy_words(item)}" for item in work.remedies if item.event == event.id),
    ]


def replies_words(items: Sequence[Replies]) -> str:
    """How many replied in all and in each group, of how many asked; the groups together where no total was given."""
    groups = [item for item in items if item.group]
    said = [_replied(item) for item in sorted(items, key=lambda item: item.group != "")]
    if len(groups) > 1 and len(groups) == len(items):
        asked = [item.asked for item in groups if item.asked is not None]
        of = sum(asked) if len(asked) == len(groups) else None
        both = Replies("", sum(item.replied for item in groups), "", of, any(item.roughly for item in groups))
        said.append(f"{_replied(both)}, if nobody is in two groups")
    return "; ".join(said)


def _replied(item: Replies) -> str:
    about = "about " if item.roughly else ""
    of = "" if item.asked is None else f" of {item.asked:,} asked"
    rate = "" if item.rate is None else f" ({about}{percent(item.rate)})"
    source = f" [{item.source}]" if item.source else ""
    return f"{item.group or 'all together'}: {about}{item.replied:,}{of}{rate}{source}"


def remedy_words(item: Remedy, *, overdue: bool = False) -> str:
    """A remedy: what is to be paid or done, to whom, and how that stands.

    Args:
        item: The remedy.
        overdue: Whether its date has passed on the day that is looked at, and it is not done.
    """
    what = " ".join(filter(None, (item.kind, f"of {item.sum}" if item.amount is not None else "")))
    to = f" to {item.to}" if item.to else ""
    unknown = ["amount not known"] if item.kind == "payment" and item.amount is None else []
    late = item.done and item.due and item.done.earliest > item.due.latest
    notes = [
        *unknown,
        *([f"due {item.due.words}"] if item.due else []),
        f"done {item.done.words}{', late' if late else ''}"
        if item.done
        else f"not done{', overdue' if overdue else ' yet'}",
        *([f"shown by {join(item.evidence)}"] if item.evidence else []),
        *([item.note] if item.note else []),
    ]
    return f"{item.id}, {what}{to}: {item.text}{_noted(notes)}"


def promise_words(item: Promise, framework: Framework, *, overdue: bool = False) -> str:
    """A promise: who made it to whom, when, and how it stands.

    Args:
        item: The promise.
        framework: What the workspace is prepared for.
        overdue: Whether its date has passed on the day that is looked at, and it is open.
    """
    by = f" by {item.role}" if item.role else ""
    to = f" to {item.meeting}" if item.meeting else ""
    late = item.kept and item.due and item.kept.earliest > item.due.latest
    ended = (
        f"kept {item.kept.words}{', late' if late else ''}"
        if item.kept
        else f"not kept{', overdue' if overdue else ' yet'}"
    )
    notes = [
        f"promised {item.date.when}{by}{to}",
        *([f"about {join([framework.title_of(name) for name in item.statements])}"] if item.statements else []),
        *([f"due {item.due.words}"] if item.due else []),
        f"withdrawn {item.withdrawn.words}" if item.withdrawn else ended,
        *([f"shown by {join(item.evidence)}"] if item.evidence else []),
        *([item.note] if item.note else []),
        *([f"source: {item.source}"] if item.source else []),
    ]
    return f"{item.id} {item.text}{_noted(notes)}"


def follow_up_words(item: FollowUp) -> str:
    """What a body said to a finding or did about it, and when; the council where no body is named."""
    notes = [
        *([f"shown by {join(item.evidence)}"] if item.evidence else []),
        *([item.note] if item.note else []),
        *([f"source: {item.source}"] if item.source else []),
    ]
    who = f"{item.body}: " if item.body else ""
    return f"{who}{item.status.replace('_', ' ')} {item.date.when}{_noted(notes)}"


def result_words(event: Event, framework: Framework) -> str:
    """The rating or opinion that an event gave, with the score that was printed; empty where it gave none."""
    kind = EVENT_KIND.get(event.kind)
    found = event.result
    if found and kind and kind.result == "rating":
        found = str(framework.rating(found))
    if kind and kind.result == "decision":
        found = found.replace("_", " ")
    return found if event.score is None else f"{found}, {event.score} out of 100".lstrip(", ")


def finding_words(finding: Finding, work: Workspace) -> str:
    """A finding with its kind, and the event that found it."""
    event = next((event for event in work.events if event.id == finding.event), None)
    origin = f" ({event.title}, {event.date.words})" if event else ""
    return f"{finding.id} ({finding.kind.replace('_', ' ')}): {finding.text}{origin}"


def action_lines(found: ActionProgress, work: Workspace, *, measures: bool = True) -> list[str]:
    """An action with its role, dates, hopes and all that was said of it; the lines after the first are indented."""
    action, framework = found.action, work.framework
    texts = {finding.id: finding.text for finding in work.findings}
    notes = [
        *([f"owner: {action.owner}"] if action.owner else []),
        *([f"in the plan since {action.agreed.words}"] if action.agreed else []),
        *([f"due {action.due.words}"] if action.due else []),
        *([f"about {join([framework.title_of(name) for name in action.statements])}"] if action.statements else []),
        *([f"hopes for {claims_words(action.moves, framework)}"] if action.moves else []),
    ]
    return [
        f"{action.id} {action.title}: {found.words}",
        *([f"  {_sentence('; '.join(notes))}"] if notes else []),
        *(f"  Answers {name} {texts.get(name, '')}".rstrip() for name in action.findings),
        *(f"  {update_words(item, work)}" for item in found.updates),
        *(f"  {line}" for item in (found.measures if measures else ()) for line in measure_lines(item)),
    ]


def update_words(item: Update, work: Workspace) -> str:
    """Where an action stood on a date, what was said, and the evidence that shows it."""
    summaries = {found.id: found.summary for found in work.evidence}
    said = f"{item.date.words}: {item.status.replace('_', ' ')}"
    if item.note:
        said += f", {item.note}"
    return said + _noted([f"shown by {name} {summaries.get(name, '')}".rstrip() for name in item.evidence])


def measure_cells(found: MeasureProgress, without: str = "") -> dict[str, str]:
    """Whom a measure is about, how it stands by its latest value, and where that is from, by the heads of columns.

    Args:
        found: The measure.
        without: What stands for a value where there is none yet.
    """
    latest = found.latest
    return {
        "Who": found.measure.scope,
        "Stands": found.stands,
        "Value": found.measure.said(latest.value) if latest else without,
        "Of": latest.date.words if latest else "",
        "Target": found.measure.goal,
        "Source": latest.source if latest else "",
    }


def measure_lines(found: MeasureProgress, *, bars: bool = True) -> list[str]:
    """A measure, which way is better, and every value that it had; the lines after the first are indented.

    Args:
        found: The measure.
        bars: Whether values stand in columns with a bar for each, for letters that are all as wide.
    """
    measure = found.measure
    way = "; a value is the highest that was found" if measure.direction == "nobody_above" else f"; {measure.better}"
    return [
        f"{measure.id} {found.words}{'' if measure.direction == 'met' and found.latest else way}",
        *([f"  Statutory duty: {measure.duty}; {found.stands}"] if measure.duty else []),
        *([f"  Target set in: {measure.reference}"] if measure.reference else []),
        *([f"  {found.course}"] if found.course else []),
        *(f"    {line}" for line in (found.series if bars else found.values)),
    ]


def indicator_lines(item: Indicator, values: Sequence[Value], subject: Council | Body | None = None) -> list[str]:
    """An indicator with its definition, each of its values, and the subject's beside England's.

    The lines after the first are indented.
    """
    way = {"higher": "higher is better", "lower": "lower is better"}.get(item.polarity, f"{item.polarity} only")
    date = f", {item.date.words}" if item.date else ""
    old = f"; old after {plural(item.stale_after_months, 'month')}" if item.stale_after_months else ""
    lines = [
        f"{item.code} {item.title} ({item.year}; in {item.unit} of {item.denominator}; {way}; {item.source}{date}{old})"
    ]
    lines += [f"  {_value(item, value, later)}" for value, later in zip(values, successors(values), strict=True)]
    if not values:
        return [*lines, "  no values yet"]
    with suppress(CareAssureError):  # it has no value of its own, or the values do not go together
        if subject is not None:
            found = compare_indicator(item, subject, [], values=values)
            lines += [f"  {sentence}" for sentence in beside_england(found)]
    return lines


def _value(item: Indicator, value: Value, later: Value | None) -> str:
    number = value.number
    said = str(value.value) if number is None else f"{quantity(number)}{item.short_unit}{behind(value.marks)}"
    fault = misfit(item, value)
    notes = [
        *([f"plus or minus {quantity(value.margin_of_error)}"] if value.margin_of_error is not None else []),
        *_share(value.numerator, value.denominator),
        *([f"rests on {value.base:,}"] if value.base is not None else []),
        *([f"counted: {value.scope}"] if value.scope else []),
        *([value.source] if value.source else []),
        *([f"replaces {value.supersedes}"] if value.supersedes else []),
        *([f"superseded by that of {later.period}{f', {later.source}' if later.source else ''}"] if later else []),
        *([f"challenged by {value.challenged_by}: {value.challenge}"] if value.challenge else []),
        *([f"contradicted by its counts: {fault}"] if fault else []),
    ]
    return f"{value.label}, {value.period}: {said}{_noted(notes)}"


def _share(counted: Fraction | None, whole: Fraction | None) -> list[str]:
    if counted is not None and whole is not None:
        return [f"{quantity(counted)} of {quantity(whole)}"]
    one = counted if counted is not None else whole
    return [] if one is None else [f"{quantity(one)} counted" if whole is None else f"out of {quantity(one)}"]


def claims_words(claims: Iterable[Claim], framework: Framework) -> str:
    """Scores by statement, in words."""
    return join([f"{framework.title_of(claim.statement)} {claim.score}" for claim in claims])


def _noted(notes: Iterable[str]) -> str:
    said = "; ".join(notes)
    return f" ({said})" if said else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
