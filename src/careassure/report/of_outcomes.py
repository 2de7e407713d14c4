"""Papers about results: one assessment, or one assessment by several methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careassure.model.explain import (
    MAY_HOLD,
    SUMS,
    framework_words,
    margin_sentences,
    mark,
    method_words,
    not_known,
    outermost,
    span_words,
    standing,
    sum_words,
)
from careassure.model.notebook import overall_references
from careassure.model.outcome import Outcome
from careassure.model.reference import Citations
from careassure.model.side_by_side import profile_rows
from careassure.model.trace import Step
from careassure.report.document import Block, Document, Heading, Listing, Paragraph, Table
from careassure.report.pictures.place import place
from careassure.report.pictures.profile import profile

HOLDS = {"yes": "holds", "no": "does not hold", "open": "open"}


def outcome_paper(outcome: Outcome) -> Document:
    """What one method makes of one assessment: the result, the scores, how near, flags, and why, each with its source.

    Args:
        outcome: The result.
    """
    sources = Citations()
    blocks = [*result_blocks(outcome, sources), *why_blocks(outcome, sources)]
    return Document(title_of(outcome), tuple(blocks), tuple(sources), f"{outcome.assessment.label}: {outcome.result}")


def title_of(outcome: Outcome) -> str:
    """What a paper about a result is called."""
    framework = outcome.assessment.framework
    return f"{outcome.assessment.label}: {framework.title}"


def result_blocks(outcome: Outcome, sources: Citations) -> Iterator[Block]:
    """The result: in words, as pictures, and what must be known to read it rightly.

    Args:
        outcome: The result.
        sources: Where what is cited is noted.
    """
    printed = outcome.assessment.stated.words
    if printed:
        yield Paragraph(f"Printed: {printed}. Worked out: {outcome.result}.", "lead")
    else:
        yield Paragraph(f"Worked out: {outcome.result}.", "lead")
    yield Paragraph(f"{method_words(outcome)}. {framework_words(outcome.assessment)}.")
    yield from (Paragraph(text, "caution") for text in cautions(outcome))
    yield from _flags(outcome, sources)
    ladder = place(outcome)
    if ladder is not None:
        yield Heading("The result on the ladder of ratings")
        near = " ".join(margin_sentences(outcome))
        if "point" in near:
            near += " A point is one step in one score, such as a 3 where there was a 2."
        if near:
            yield Paragraph(near)
        yield ladder
    yield Heading("Statement by statement")
    yield profile(outcome)


def cautions(outcome: Outcome) -> Iterator[str]:
    """What the reader of a result must know: scores not known, a pilot, a withdrawn report, differing sources."""
    assessment = outcome.assessment
    if assessment.marks and len(assessment.missing) == len(assessment.marks):
        yield f"None of the {len(assessment.marks):,} scores is known, so nothing can be worked out from them."
    elif assessment.missing:
        yield not_known(assessment)
    yield from standing(assessment)


def _flags(outcome: Outcome, sources: Citations) -> Iterator[Block]:
    certain = [flag for flag in outcome.flags if flag.certain]
    possible = [flag for flag in outcome.flags if not flag.certain]
    for title, flags in (("Flags", certain), (f"Flags: {MAY_HOLD[0].lower()}{MAY_HOLD[1:]}", possible)):
        if flags:
            yield Heading(title)
            yield Listing(
                tuple(f"{flag.text or 'A flag without words.'}{sources.cite(flag.references)}" for flag in flags)
            )


def why_blocks(outcome: Outcome, sources: Citations) -> Iterator[Block]:
    """Every sum and every rule that led to the result, each with its source.

    Args:
        outcome: The result.
        sources: Where what is cited is noted.
    """
    nodes = [step for step in outcome.trace.parts if step.kind in ("node", "note")]
    yield Heading("Why")
    if not nodes:
        yield Paragraph("The method gives the scores as they are: the profile is the result.")
        return
    sums = tuple(dict.fromkeys(text for node in nodes for text in _sums(node, sources)))
    if sums:
        yield Listing(sums)
    rows = [row for node in nodes for row in _rules(node, sources)]
    if rows:
        heads = ("About", "Grade", "Rule", "Here it")
        yield Table("The rules of the method, and whether they hold", heads, tuple(rows))


def _sums(node: Step, sources: Citations) -> Iterator[str]:
    for step in node.walk():
        if step.kind in SUMS:
            shown = outermost(node, step)
            yield f"{shown.text.rstrip('.')}: {sum_words(step, shown)}.{sources.cite(shown.references)}"


def _rules(node: Step, sources: Citations) -> Iterator[tuple[str, ...]]:
    about = "Overall" if node.id == "overall" else node.text
    rungs = [rung for rung in node.walk() if rung.kind == "rung"]
    for rung in rungs:
        yield (about, str(rung.grade or ""), f"{rung.text}{sources.cite(rung.references)}", HOLDS[mark(rung)])
    if not rungs:
        comes_to = f"{span_words(node.low, node.high)}" if node.kind == "node" else ""
        yield (about, comes_to, f"{node.text}{sources.cite(node.references)}", "")


def comparison_paper(outcomes: Sequence[Outcome]) -> Document:
    """What several methods make of one assessment, side by side.

    Args:
        outcomes: The results, each of the same assessment.
    """
    sources = Citations()
    assessment = outcomes[0].assessment
    printed = f" Printed: {assessment.stated.words}." if assessment.stated.words else ""
    rows = tuple(
        (
            f"{outcome.title} ({outcome.scorer} {outcome.scorer_version}){sources.cite(overall_references(outcome))}",
            outcome.result,
            " ".join(margin_sentences(outcome)),
            " ".join(flag.text for flag in outcome.flags if flag.certain),
            " ".join(flag.text for flag in outcome.flags if not flag.certain),
        )
        for outcome in outcomes
    )
    heads = ("Method", "Result", "How near", "Flags", "Flags that may hold")
    blocks: list[Block] = [
        Paragraph(f"{_counted(outcomes)}{printed}", "lead"),
        *(Paragraph(text, "caution") for text in cautions(outcomes[0])),
        Table("What each method makes of the same scores", heads, rows),
    ]
    columns, profiles = profile_rows(outcomes)
    if profiles:
        blocks += [Heading("Profiles"), Table("What each method makes of themes and statements", columns, profiles)]
    blocks += [Heading("The scores"), profile(outcomes[0])]
    title = f"{assessment.label}: by every method"
    return Document(title, tuple(blocks), tuple(sources), f"{assessment.label} by {len(outcomes)} methods")


def _counted(outcomes: Sequence[Outcome]) -> str:
    results = list(dict.fromkeys(outcome.result for outcome in outcomes))
    if len(outcomes) == 1:
        return f"One method was asked: {results[0]}."
    if len(results) == 1:
        return f"{len(outcomes)} methods say the same of the same scores: {results[0]}."
    return f"{len(outcomes)} methods say {len(results)} different things of the same scores."
