"""Papers about parts of a workspace by themselves: hopes, findings, events, promises, duties, evidence."""

from __future__ import annotations

from collections.abc import Sequence

from careassure import workspaces
from careassure.errors import Problem
from careassure.model.text import join, plural
from careassure.report.document import Block, Document, Heading, Listing, Paragraph
from careassure.report.of_workspaces import answered_tables, kept_blocks, records_blocks, status_paper
from careassure.report.pictures.coverage import coverage_picture
from careassure.report.pictures.happened import happened
from careassure.report.pictures.place import place
from careassure.report.told import table_of, titled, told
from careassure.workspaces.details import measure_cells
from careassure.workspaces.hoped import NO_FORECAST
from careassure.workspaces.settled import WITHOUT


def workspace_paper(found: workspaces.Workspace) -> Document:
    """How a workspace stands today.

    Args:
        found: The workspace.
    """
    return status_paper(workspaces.status(found))


def hopes_paper(found: workspaces.Hopes) -> Document:
    """What the plan would give if its actions did what is hoped.

    Args:
        found: What `careassure.workspaces.hopes` gave.
    """
    first, *rest = found.words.split("\n")
    blocks: list[Block] = [Paragraph(first.removesuffix(NO_FORECAST).strip()), Paragraph(NO_FORECAST, "caution")]
    if found.actions:
        blocks += filter(None, (place(found.everything.after),))
    return titled(f"{found.workspace.council}: what the plan would give", [*blocks, *told(rest)])


def duties_paper(found: Sequence[workspaces.MeasureProgress]) -> Document:
    """Measures and the duties that they show, each with how it stands.

    Args:
        found: What `careassure.workspaces.duties` or `careassure.workspaces.measures` gave.
    """
    rows = [
        {
            "Measure": f"{item.measure.id} {item.measure.title}",
            "Duty": item.measure.duty,
            **measure_cells(item, "no value yet"),
        }
        for item in found
    ]
    only = all(item.measure.duty for item in found)
    kind = plural(len(found), "statutory duty", "statutory duties") if only else plural(len(found), "measure")
    counts = [(word, sum(item.stands == word for item in found)) for word in dict.fromkeys(i.stands for i in found)]
    lead = f"{kind}: {join([f'{count:,} {word}' for word, count in counts])}."
    title = "Statutory duties" if only else "Measures"
    return titled(title, [Paragraph(lead), *table_of("How each stands by its latest value", rows)])


def findings_paper(found: Sequence[workspaces.AnsweredFinding]) -> Document:
    """What reviews and visits found, and what answers it.

    Args:
        found: What `careassure.workspaces.findings` gave.
    """
    bare = sum(item.unanswered for item in found)
    lead = f"{plural(len(found), 'finding')}. Without an answer: {bare:,}."
    return titled("What reviews and visits found", [Paragraph(lead), *answered_tables(found)])


def events_paper(found: Sequence[workspaces.EventRecord]) -> Document:
    """Events with all that is known of each.

    Args:
        found: What `careassure.workspaces.events` gave.
    """
    drawn = happened([item.entry for item in found], "The council")
    blocks: list[Block] = [Paragraph(f"{plural(len(found), 'event')} on record."), *([drawn] if drawn else [])]
    told_of = [item for each in found for item in each.findings]
    blocks += records_blocks(found)
    if told_of:
        blocks += [Heading("What was found"), *answered_tables(told_of)]
    return titled("Events", blocks)


def promises_paper(found: Sequence[workspaces.PromiseProgress]) -> Document:
    """What was promised to members, and whether it was kept.

    Args:
        found: What `careassure.workspaces.promises` gave.
    """
    return titled("Promises to members", [Paragraph(f"{plural(len(found), 'promise')}."), *kept_blocks(found, 1)])


def remedies_paper(found: workspaces.Remedies) -> Document:
    """What is to be paid, said or done after complaints, and whether it was.

    Args:
        found: What `careassure.workspaces.remedies` gave.
    """
    blocks: list[Block] = [Paragraph(f"{found.words or 'No remedy is recorded'}.")]
    for event in dict.fromkeys(item.event for item in found.items):
        own = tuple(f"{item}{WITHOUT if item.unshown else ''}" for item in found.items if item.event == event)
        blocks += [Heading(f"{event.id} {event.title}, {event.date.words}"), Listing(own)]
    return titled("Remedies after complaints", blocks)


def coverage_paper(found: workspaces.Coverage) -> Document:
    """Which statement has which kind of evidence.

    Args:
        found: What `careassure.workspaces.coverage` gave.
    """
    return titled("Evidence for each statement", [Paragraph(found.words), coverage_picture(found, "The council")])


def reviews_paper(found: workspaces.ReviewComparison) -> Document:
    """What a later review finds again, closes or adds.

    Args:
        found: What `careassure.workspaces.compare_reviews` gave.
    """
    counts = ((found.found_again, "found again"), (found.closed, "closed"), (found.new, "new"))
    lead = f"{join([f'{len(items):,} {word}' for items, word in counts])}. Of {len(found.silent):,} nothing is said."
    title = f"{found.later.title}, {found.later.date.words}, beside {found.earlier.title}, {found.earlier.date.words}"
    return titled(title, [Paragraph(lead), *table_of("What became of each finding", found.rows())])


def staleness_paper(found: workspaces.Staleness) -> Document:
    """How old evidence is on a day.

    Args:
        found: What `careassure.workspaces.staleness` gave.
    """
    return titled("How old the evidence is", [Paragraph(found.words)])


def contradictions_paper(found: Sequence[workspaces.Contradiction]) -> Document:
    """Evidence that speaks for other scores than were given.

    Args:
        found: What `careassure.workspaces.contradictions` gave.
    """
    rows = [
        {
            "Statement": item.statement,
            "Score given": "none" if item.given is None else str(item.given),
            "Evidence speaks for": "; ".join(f"{grade}: {join(names)}" for grade, names in item.claims),
        }
        for item in found
    ]
    lead = f"{plural(len(found), 'statement')} with evidence that speaks for another score."
    return titled("Where evidence and scores differ",
                  [Paragraph(lead), *table_of("What the evidence speaks for", rows)])  # fmt: skip


def problems_paper(found: Sequence[Problem]) -> Document:
    """What is wrong with a workspace, and what to do.

    Args:
        found: What `careassure.workspaces.check` gave.
    """
    rows = [{"Where": str(item.where), "What": item.message, "What to do": item.hint} for item in found]
    return titled("What is wrong with the workspace",
                  [Paragraph(f"{plural(len(found), 'problem')}."), *table_of("Each problem", rows)])  # fmt: skip
