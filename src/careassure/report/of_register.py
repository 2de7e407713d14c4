"""The paper about published results: each with its scores, what was printed, and what the scores give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from careassure.analysis.reconcile import Reconciliation
from careassure.model.reference import Citations
from careassure.model.text import plural
from careassure.report.document import Block, Document, Heading, Listing, Number, Paragraph, Table
from careassure.report.pictures.heat_map import heat_map
from careassure.report.rows import brief_row
from careassure.report.words import order, references, tally


def register_paper(results: Sequence[Reconciliation]) -> Document:
    """Published results, each worked out again.

    Args:
        results: What `careassure.reconcile` gave.
    """
    found = tuple(sorted(results, key=order))
    sources = Citations()
    counts = Counter(item.status for item in found)
    said = [
        tally(counts["agrees"], "agrees with its scores", "agree with their scores"),
        tally(counts["differs"], "differs", "differ"),
        f"{counts['cannot be checked'] or 'none'} cannot be checked",
    ]
    blocks: list[Block] = [
        Paragraph(f"{plural(len(found), 'published result')}: {', '.join(said)}.", "lead"),
        Paragraph(
            "The table is not complete: reports that were not found, or that came out later, are missing.", "caution"
        ),
    ]
    ratings = Counter(str(item.assessment.stated.rating or "not seen") for item in found)
    rows = tuple(
        (rating, Number(Fraction(count), f"{count:,}"))
        for rating, count in sorted(ratings.items(), key=lambda pair: -pair[1])
    )
    blocks.append(Table("Results by printed rating", ("Rating", "Results"), rows))
    picture = heat_map(found)
    if picture is not None:
        statements = next(item.assessment.framework.statements for item in found)
        names = tuple(f"{number}: {item.title}" for number, item in enumerate(statements, 1))
        blocks += [Heading("Scores"), Listing(names), picture]
    if found:
        superseded = {item.assessment.supersedes for item in found} - {""}
        table = Table.of_rows(
            "What was printed, and what the scores give", [brief_row(item, superseded) for item in found]
        )
        blocks += [Heading("Every result"), table]
    differing = [item for item in found if item.status == "differs"]
    if differing:
        blocks += [Heading("Where they differ"), Listing(tuple(map(str, differing)))]
    sources.cite(references(found))
    return Document("Published ratings, worked out again", tuple(blocks), tuple(sources), "Published ratings")
