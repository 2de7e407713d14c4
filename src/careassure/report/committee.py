"""The pack for a committee: a paper in the order in which councils write such papers, filled from a workspace.

What a program can know stands there. What only the council can say is marked as still to be written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from careassure import workspaces
from careassure.analysis.benchmark import benchmark
from careassure.model.arguments import DayLike, checked
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.explain import margin_sentences
from careassure.model.outcome import Outcome
from careassure.model.reference import Citations, Reference
from careassure.model.text import plural
from careassure.report.document import Block, Document, Heading, Listing, Paragraph, Role, deeper
from careassure.report.of_comparisons import benchmark_blocks
from careassure.report.of_outcomes import cautions, result_blocks, why_blocks
from careassure.report.of_workspaces import (
    beside,
    events_blocks,
    evidence_blocks,
    findings_blocks,
    gap_blocks,
    other_blocks,
    own_outcome,
    plan_blocks,
    plan_details,
    predicted_blocks,
    promises_blocks,
    statement_blocks,
)
from careassure.report.pictures.happened import happened
from careassure.report.words import tally
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened

_LAW = Reference(
    "s46A",
    "Health and Social Care Act 2008, section 46A, put in by the Health and Care Act 2022, section 163",
    "https://www.legislation.gov.uk/ukpga/2022/31/section/163",
    basis="law",
)
_OURS = (
    ("Equality", "What the result and the plan mean for people who share a protected characteristic."),
    ("Financial implications", "What the plan costs, and from which budget it is paid."),
    ("Legal implications", "What the law asks of the council here."),
    ("Consultation", "Who was asked, and what they said."),
    ("Governance", "Which board follows the plan, how often, and when the next report comes."),
)
"""What the papers of councils have beside the result, and no program can know."""


@checked
def pack(workspace: WorkspaceLike, at: DayLike | None = None) -> Document:
    """The pack for a committee, from a workspace as it stood at the end of a day.

    Its order is that of papers which councils put to their committees about an assessment: purpose, summary, why the
    council is assessed, what happened, the result, each statement, findings, comparison, plan, risks, implications,
    recommendations, method and sources. Cases are counted and never listed.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    whole = opened(workspace)
    found = workspaces.status(whole, day)
    board = workspaces.progress(found.workspace, day)
    outcome = own_outcome(found.workspace)
    sources = Citations()
    blocks = [
        *_opening(found, board, outcome),
        *_why_assessed(found, sources),
        *_history(whole, day),
        *_result(found, outcome, sources),
        *_statements(found),
        *other_blocks(found.workspace),
        *_findings(found),
        *predicted_blocks(found.workspace, day),
        *promises_blocks(found.workspace, day),
        *_peers(outcome, whole.council),
        *plan_blocks(board),
        *deeper(plan_details(board)),
        Heading("Risks"),
        *([Listing(board.risks)] if board.risks else []),
        _to_write("How these gaps stand in the council's register of risks, and who answers for them."),
        *gap_blocks(found),
        *(block for title, text in _OURS for block in (Heading(title), _to_write(text))),
        Heading("Recommendations"),
        _to_write("What the committee is asked to note, to approve, or to have reported again, and when."),
        *(why_blocks(outcome, sources) if outcome else ()),
    ]
    title = f"{whole.council}: adult social care, assurance on {PartialDate.parse(day).words}"
    return Document(title, tuple(blocks), tuple(sources), title)


def _to_write(text: str) -> Paragraph:
    role: Role = "to_write"
    return Paragraph(text, role)


def _opening(found: workspaces.Status, board: workspaces.Progress, outcome: Outcome | None) -> Iterator[Block]:
    yield _to_write("Committee, date of the meeting, and the role that presents this paper.")
    yield Heading("Purpose")
    framework = found.workspace.framework
    day = PartialDate.parse(found.at).words
    yield Paragraph(
        f"This paper says how the council stood on {day} by its own account. It follows {framework.title}, version "
        f"{framework.version}."
    )
    yield Heading("Summary")
    yield Paragraph(f"From the council's own scores: {found.own_result}.", "lead")
    for entry in found.results:
        yield Paragraph(f"On record: {entry.words}.")
    if outcome is not None:
        for text in margin_sentences(outcome):
            yield Paragraph(text)
    yield Paragraph(" ".join(_counts(found, board)))


def _counts(found: workspaces.Status, board: workspaces.Progress) -> Iterator[str]:
    """The paper's numbers in sentences, each with what was counted."""
    work = found.workspace
    yield workspaces.coverage(work).words
    yield from (f"{text}." for text in board.head[1:])
    answers = [item for item in workspaces.findings(work, found.at) if item.finding.kind != "strength"]
    if answers:
        bare = sum(item.unanswered for item in answers)
        yield f"Of {plural(len(answers), 'finding')} that should be answered, {tally(bare, 'has', 'have')} no action."
    if work.cases:
        yield f"{plural(len(work.cases), 'coded case')} of practice lie behind it. None is described here."


def _why_assessed(found: workspaces.Status, sources: Citations) -> Iterator[Block]:
    """The duty under which councils are assessed, for the framework of CQC."""
    if found.workspace.base.id != "cqc-la":
        return
    yield Heading("Why the council is assessed")
    yield Paragraph(
        "The Care Quality Commission must assess how councils in England carry out their duties under part 1 of the "
        f"Care Act 2014. It must publish what it finds.{sources.cite((_LAW,))}"
    )


def _history(work: workspaces.Workspace, day: dt.date) -> Iterator[Block]:
    entries = workspaces.timeline(work, at=day)
    drawn = happened(entries, str(work.council), details=False)
    if drawn is not None:
        yield Heading("What has happened so far")
        yield drawn
        yield from deeper(events_blocks(work.at(day), day, entries))


def _result(found: workspaces.Status, outcome: Outcome | None, sources: Citations) -> Iterator[Block]:
    if outcome is None:
        yield Heading("The result")
        yield Paragraph(f"From the council's own scores: {found.own_result}.")
        return
    yield Heading("The council's own result")
    yield from deeper(result_blocks(outcome, sources))
    yield from beside(found.workspace, outcome)


def _statements(found: workspaces.Status) -> Iterator[Block]:
    work = found.workspace
    yield Heading("Each statement")
    yield from deeper(evidence_blocks(work))
    for statement in work.framework.statements:
        yield Heading(statement.title, 2)
        yield from statement_blocks(workspaces.statement(work, statement.id), level=3)
        gaps = [gap.words for gap in found.gaps if gap.about.partition("/")[0] == statement.id]
        yield from (Paragraph(f"{text}.", "caution") for text in gaps)


def _findings(found: workspaces.Status) -> Iterator[Block]:
    blocks = list(findings_blocks(found.workspace, found.at))
    if blocks:
        yield Heading("What reviews and visits found")
        yield from blocks


def _peers(outcome: Outcome | None, council: object) -> Iterator[Block]:
    """The council's own scores beside the published scores of others."""
    if outcome is None or outcome.assessment.framework.id != "cqc-la":
        return
    yield Heading("Beside other councils")
    yield Paragraph(
        "The council's own scores are set beside scores that CQC gave to others, and are not the same kind.", "caution"
    )
    yield from (Paragraph(text, "caution") for text in cautions(outcome))
    yield from benchmark_blocks(benchmark(outcome.assessment, "region" if isinstance(council, Council) else "all"), 2)
