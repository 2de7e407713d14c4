"""Papers about a council's own workspace: how it stands, one statement, the plan, what changed, what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from careassure import workspaces
from careassure.errors import UnknownScorerError
from careassure.model.arguments import DayLike, checked
from careassure.model.dates import PartialDate
from careassure.model.outcome import Outcome
from careassure.model.reference import Citations
from careassure.model.text import join, plural
from careassure.report.document import Block, Cell, Document, Heading, Listing, Paragraph, Table, without_blanks
from careassure.report.of_outcomes import result_blocks, why_blocks
from careassure.report.pictures.coverage import coverage_picture
from careassure.report.pictures.happened import happened
from careassure.report.pictures.plan_chart import plan_chart
from careassure.report.pictures.said_published import said_published
from careassure.workspaces.details import (
    action_lines,
    descriptor_words,
    indicator_lines,
    measure_lines,
    score_words,
)
from careassure.workspaces.history import TimelineEntry
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.overview import HEADINGS
from careassure.workspaces.plan import quantity
from careassure.workspaces.rating import not_counted
from careassure.workspaces.settled import PROMISE_HEADINGS, WITHOUT
from careassure.workspaces.workspace import Workspace

_FOUND = "  Found "


def status_paper(found: workspaces.Status) -> Document:
    """How a workspace stood on a day: the result of its own scores, its evidence, its plan, and what it lacks.

    Args:
        found: What `careassure.workspaces.status` gave.
    """
    sources = Citations()
    lead, *rest = found.head
    blocks: list[Block] = [Paragraph(f"{text}.", "lead" if at == 0 else "text") for at, text in enumerate(rest)]
    outcome = own_outcome(found.workspace)
    if outcome is not None:
        blocks += [*result_blocks(outcome, sources), *beside(found.workspace, outcome)]
    blocks += [
        *evidence_blocks(found.workspace),
        *plan_blocks(workspaces.progress(found.workspace, found.at)),
        *gap_blocks(found),
    ]
    if outcome is not None:
        blocks += why_blocks(outcome, sources)
    return Document(lead, tuple(blocks), tuple(sources), f"{lead}: {found.own_result}")


def own_outcome(work: Workspace) -> Outcome | None:
    """What the method makes of the council's own scores; None where there are none, or no method for them."""
    if not any(entry.score is not None for entry in work.latest_scores.values()):
        return None
    try:
        return workspaces.assess(work)
    except UnknownScorerError:
        return None


def beside(work: Workspace, outcome: Outcome) -> Iterator[Block]:
    """The council's own statements, which the method does not count."""
    rows = tuple(not_counted(work, outcome))
    if rows:
        yield Table("Statements of the council's own, not counted by this method", ("Statement", "Score"), rows)


def evidence_blocks(work: Workspace) -> Iterator[Block]:
    """How many pieces of evidence each statement has of each kind."""
    matrix = workspaces.coverage(work)
    yield Heading("Evidence")
    yield Paragraph(matrix.words)
    if work.framework.statements:
        yield coverage_picture(matrix, str(work.council))


def plan_blocks(found: workspaces.Progress) -> Iterator[Block]:
    """Each action with its owner, dates and where it stands, and each measure with its values and its target."""
    measured = found.measures
    day = PartialDate.parse(found.at).words
    if not found.actions and not measured:
        return
    yield Heading("Plan")
    yield Paragraph(found.hope)
    chart = plan_chart(found)
    if chart is not None:
        yield chart
    if measured:
        yield Table(
            f"Measures on {day}",
            ("Measure", "Before", "Now", "Target", "Met"),
            tuple(_measure(item) for item in measured),
        )


def _measure(item: workspaces.MeasureProgress) -> tuple[Cell, ...]:
    measure, latest = item.measure, item.latest
    before = "" if measure.baseline is None else quantity(measure.baseline, measure.unit)
    until = f" by {measure.target_date.words}" if measure.target_date else ""
    return (
        f"{measure.id} {measure.title} ({measure.better})",
        before + (f" {measure.baseline_date.when}" if measure.baseline_date else ""),
        f"{measure.said(latest.value)} {latest.date.when}" if latest else "no value yet",
        f"{measure.goal or 'not known'}{until}" if measure.goal or until else "none set",
        {True: "met", False: "not met", None: "not known"}[item.met] + (", no value of then" if item.unread else ""),
    )


def gap_blocks(found: workspaces.Status) -> Iterator[Block]:
    """What the workspace lacks or should be looked at, a list for each kind."""
    yield Heading("What is missing, old or contradictory")
    if not found.gaps:
        yield Paragraph("Nothing is missing, old or contradictory.")
    for kind, heading in HEADINGS.items():
        gaps = found.of(kind)
        if gaps:
            yield Heading(f"{heading} ({len(gaps):,})", 2)
            yield Listing(tuple(gap.words for gap in gaps))


def statement_paper(page: workspaces.StatementPage) -> Document:
    """Everything about one statement beside its score.

    Args:
        page: What `careassure.workspaces.statement` gave.
    """
    title = f"{page.workspace.council}: {page.statement.title}"
    return Document(title, tuple(statement_blocks(page)), (), title)


def statement_blocks(page: workspaces.StatementPage, level: int = 1) -> Iterator[Block]:
    """The scores, descriptors, evidence, findings, events and actions of a statement.

    Args:
        page: The statement.
        level: The level of its headings.
    """
    work, name = page.workspace, page.statement.id
    scale = work.framework.scale_of(name)
    score = page.score
    meaning = f" ({score})" if score is not None and str(score) != scale.said(score) else ""
    yield Paragraph(
        f"Score: {scale.said(score)}{meaning}." if score is not None else "It has no score as a whole.", "lead"
    )
    if page.statement.summary:
        yield Paragraph(page.statement.summary)
    yield from _listed("Scores", [score_words(entry, work.framework) for entry in page.entries], level, "None yet.")
    yield from _listed(
        "What each score looks like", [descriptor_words(item, scale) for item in page.descriptors], level
    )
    told = [f"{f'{title}: ' if title else ''}{line}" for title, lines in page.evidence_lines for line in lines]
    yield from _listed("Evidence", told, level, "None.")
    if told:  # where there is no evidence at all, that has been said
        yield from _listed("Kinds of evidence of which there is none", _bare(page), level)
    for heading, lines in page.sections:
        yield from _listed(heading, lines, level)


def _bare(page: workspaces.StatementPage) -> list[str]:
    return [title for title, items in page.evidence if title and not items]


def _listed(heading: str, lines: Sequence[str], level: int, otherwise: str = "") -> Iterator[Block]:
    if lines or otherwise:
        yield Heading(heading, level)
        yield Listing.of_lines(lines) if lines else Paragraph(otherwise)


@checked
def plan_paper(workspace: WorkspaceLike, at: DayLike | None = None) -> Document:
    """The plan on the day of a board: each action with all that was said of it, each measure with every value.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    return progress_paper(workspaces.progress(opened(workspace).at(day), day))


def progress_paper(found: workspaces.Progress) -> Document:
    """The plan as it stood on a day.

    Args:
        found: What `careassure.workspaces.progress` gave.
    """
    title = f"{found.workspace.council}: the plan on {PartialDate.parse(found.at).words}"
    blocks: list[Block] = list(plan_blocks(found))
    if not blocks:
        return Document(title, (Paragraph("There are no actions and no measures.", "lead"),), (), title)
    blocks = [*(Paragraph(f"{text}.") for text in found.head[1:]), *blocks]
    if found.risks:
        blocks += [Heading("What a board should look at"), Listing(found.risks)]
    blocks += plan_details(found)
    return Document(title, tuple(blocks), (), title)


def plan_details(found: workspaces.Progress) -> Iterator[Block]:
    """Each action with all that was said of it, and each measure with every value."""
    yield from _each("Each action", [action_lines(item, found.workspace, measures=False) for item in found.actions])
    yield from _each("Each measure", [measure_lines(item, bars=False) for item in found.measures])


def _each(heading: str, things: Sequence[Sequence[str]]) -> Iterator[Block]:
    """A heading for each thing, and below it all that is known of it."""
    if things:
        yield Heading(heading)
    for first, *rest in things:
        yield Heading(first, 2)
        if rest:
            yield Listing.of_lines(rest)


@checked
def diff_paper(workspace: WorkspaceLike, since: DayLike, until: DayLike | None = None) -> Document:
    """What changed between the ends of two days.

    Args:
        workspace: What the council keeps, or the path of its folder.
        since: The first day.
        until: The second day, not before the first; today where None.

    Raises:
        InvalidInputError: The second day is before the first.
    """
    work = opened(workspace)
    return changes_paper(workspaces.diff(work, since, until), f"{work.council}: what changed")


def changes_paper(found: workspaces.Diff, title: str = "What changed") -> Document:
    """What changed between the ends of two days.

    Args:
        found: What `careassure.workspaces.diff` gave.
        title: What the title begins with.
    """
    first, last = (PartialDate.parse(day).words for day in (found.since, found.until))
    title = f"{title} from {first} to {last}"
    body: Block = Listing(tuple(item.words for item in found.items)) if found.items else Paragraph("Nothing changed.")
    return Document(title, (Paragraph(f"{plural(len(found.items), 'change')}.", "lead"), body), (), title)


@checked
def timeline_paper(workspace: WorkspaceLike, at: DayLike | None = None) -> Document:
    """Everything that happened to a council's assessment, the oldest first.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The last day; no end where None.
    """
    work = opened(workspace)
    return entries_paper(workspaces.timeline(work, at=at), f"{work.council}: timeline", str(work.council))


def entries_paper(
    entries: Sequence[workspaces.TimelineEntry], title: str = "Timeline", council: str = "The council"
) -> Document:
    """What happened, the oldest first.

    Args:
        entries: What `careassure.workspaces.timeline` gave.
        title: What the paper is called.
        council: Whose they are.
    """
    lead = Paragraph(f"{plural(len(entries), 'event')} on record.", "lead")
    drawn = happened(entries, council)
    return Document(title, (lead, drawn) if drawn else (lead,), (), title)


def other_blocks(work: Workspace) -> Iterator[Block]:
    """What belongs to no statement: indicators that name none, and the information return."""
    loose = [item for item in work.indicators if not item.statements]
    values = [[value for value in work.values if value.indicator == item.key] for item in loose]
    yield from _each(
        "Other indicators",
        [indicator_lines(item, found, work.council) for item, found in zip(loose, values, strict=True)],
    )
    if work.returns:
        rows = tuple(
            (
                f"{item.key} {item.title}",
                item.status.replace("_", " "),
                item.rating,
                item.owner,
                join(item.evidence),
                item.date.words if item.date else "",
            )
            for item in work.returns
        )
        yield Heading("The information return")
        yield Table("What was asked for", ("Item", "Status", "Own rating", "Owner", "Evidence", "Since"), rows)


def events_blocks(work: Workspace, at: dt.date, entries: Sequence[TimelineEntry]) -> Iterator[Block]:
    """Each event with its replies, remedies, notes and sources; what it found has tables of its own.

    Args:
        work: What the council keeps.
        at: The day.
        entries: Everything that happened. What is not kept by the council, such as a published result, stands last.
    """
    own = {event.id for event in work.events}
    others = [list(_other_event(entry)) for entry in entries if entry.id not in own]
    yield from _each("Each event", [*map(_record, workspaces.events(work, at)), *others])


def records_blocks(found: Sequence[workspaces.EventRecord]) -> Iterator[Block]:
    """Events with all that is known of each, but for what they found; see `events_blocks`."""
    yield from _each("Each event", list(map(_record, found)))


def _record(item: workspaces.EventRecord) -> list[str]:
    return [line for line in item.lines if not line.startswith(_FOUND)]


def _other_event(entry: TimelineEntry) -> Iterator[str]:
    """What happened and is not kept by the council, with each of its sources on a line."""
    yield entry.words
    about = f"about {join(entry.about)}" if entry.about else ""
    yield from (f"{text[:1].upper()}{text[1:]}" for text in (entry.order, about, entry.notes, *entry.followed) if text)
    yield from (f"Source: {text}" for text in entry.source.split(" | ") if text)


def promises_blocks(work: Workspace, at: dt.date) -> Iterator[Block]:
    """What was promised to members, and whether it was kept."""
    found = workspaces.promises(work, at)
    if found:
        yield Heading("Promises to members")
    yield from kept_blocks(found, 2)


def kept_blocks(found: Sequence[workspaces.PromiseProgress], level: int) -> Iterator[Block]:
    """Promises by how they stand, a list for each, under headings of a level."""
    for state, heading in PROMISE_HEADINGS.items():
        own = tuple(f"{item}{WITHOUT if item.unshown else ''}" for item in found if item.state == state)
        if own:
            yield Heading(f"{heading} ({len(own):,})", level)
            yield Listing(own)


def predicted_paper(found: workspaces.Predicted) -> Document:
    """What the council said of itself beside what was published afterwards.

    Args:
        found: What `careassure.workspaces.predicted` gave.
    """
    title = f"{found.workspace.council}: what was predicted, and what came"
    lead, blocks = f"{found.workspace.council} on {PartialDate.parse(found.at).words}.", _predictions(found)
    none = Paragraph("The council has recorded no self-assessment and no score.")
    return Document(title, (Paragraph(lead, "lead"), *(blocks or [none])), (), title)


def predicted_blocks(work: Workspace, at: dt.date) -> Iterator[Block]:
    """What the council said of itself beside what was published afterwards."""
    found = workspaces.predicted(work, at)
    if found.items:
        yield Heading("What was predicted, and what came")
        yield from _predictions(found)


def _predictions(found: workspaces.Predicted) -> list[Block]:
    blocks: list[Block] = []
    for item in found.items:
        blocks.append(Listing.of_lines(item.lines()))
        drawn = said_published(item, str(found.workspace.council))
        blocks += [drawn] if drawn else []
    return blocks


def findings_blocks(work: Workspace, at: dt.date) -> Iterator[Block]:
    """What reviews and visits found, by kind, and what answers it."""
    yield from answered_tables(workspaces.findings(work, at))


def answered_tables(found: Sequence[workspaces.AnsweredFinding]) -> Iterator[Table]:
    """Findings with what answers each, a table for each kind."""
    for kind in dict.fromkeys(item.finding.kind for item in found):
        rows = tuple(
            (
                f"{item.finding.id} {item.finding.text}",
                f"{item.event.title}, {item.event.date.words}",
                "; ".join(f"{each.action.id} {each.action.title}: {each.words}" for each in item.actions)
                or ("no action answers it" if item.unanswered else ""),
                "; ".join(item.notes),
            )
            for item in found
            if item.finding.kind == kind
        )
        heads = ("Finding", "Found by", "Actions", "What else is known")
        yield without_blanks(Table(f"{kind.replace('_', ' ').capitalize()} ({len(rows):,})", heads, rows))
