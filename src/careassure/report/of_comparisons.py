"""Papers that set a council beside others."""

from __future__ import annotations

from collections.abc import Iterator

from careassure.analysis.benchmark import Benchmark
from careassure.analysis.method_comparison import MethodComparison
from careassure.analysis.odds import assumption, place_rows, share_rows, share_sentence
from careassure.analysis.stability import Stability
from careassure.model.text import join
from careassure.report.document import Block, Document, Heading, Listing, Paragraph, Table
from careassure.report.pictures.among_peers import among_peers
from careassure.report.pictures.chances import chances
from careassure.report.pictures.moves import moves


def benchmark_paper(found: Benchmark) -> Document:
    """Where a council stands among its peers, statement by statement.

    Args:
        found: What `careassure.benchmark` gave.
    """
    title = f"{found.assessment.label}: beside {found.group}"
    result = f"{found.assessment.label}: {found.outcome.result}." if found.outcome else f"{found.assessment.label}."
    return Document(title, (Paragraph(result, "lead"), *benchmark_blocks(found, 1)), (), title)


def benchmark_blocks(found: Benchmark, level: int) -> Iterator[Block]:
    """With whom it is compared, its places, what is hard for all, and what must be known before a place is quoted.

    Args:
        found: What `careassure.benchmark` gave.
        level: The level of its headings.
    """
    yield Paragraph(" ".join(filter(None, (found.who_words, found.left_out_words))))
    if found.peers:
        yield among_peers(found)
    overall = found.overall.words if found.overall else ""
    yield from (Paragraph(text) for text in (overall, found.hard_words, found.pair_words) if text)
    yield Heading("Before a place is quoted", level)
    yield Listing(found.cautions)
    if found.left_out:
        yield Heading("Left out", level)
        reasons = list(dict.fromkeys(item.reason for item in found.left_out))
        names = {reason: [str(item.council) for item in found.left_out if item.reason == reason] for reason in reasons}
        yield Listing(tuple(f"{reason} ({len(each):,}): {join(each)}" for reason, each in names.items()))


def stability_paper(found: Stability) -> Document:
    """How firm a rating is, were the scores uncertain in a stated way.

    Args:
        found: What `careassure.stability` gave.
    """
    title = f"{found.assessment.label}: how sure the rating is"
    blocks: list[Block] = [
        Paragraph(f"{found.assessment.label}: {found.outcome.result}, as the scores stand.", "lead"),
        Paragraph(assumption(found)),
        Paragraph("This follows from what is assumed. It is not a corrected rating.", "caution"),
    ]
    picture = chances(found)
    if picture is not None:
        blocks.append(picture)
    for caption, rows in (
        ("How likely each theme's grade is", place_rows(found)),
        ("Where the doubt is", share_rows(found)),
    ):
        if rows:
            blocks.append(Table.of_rows(caption, rows))
    if share_rows(found):
        blocks.append(Paragraph(share_sentence(found)))
    return Document(title, tuple(blocks), (), title)


def moves_paper(found: MethodComparison) -> Document:
    """Who moves between two methods, and how far they agree.

    Args:
        found: What `careassure.analysis.compare_methods` gave.
    """
    title = f"{found.first} and {found.second}"
    lead, *rest = (line for line in found.lines(0) if not line.startswith("  and "))
    blocks: list[Block] = [Paragraph(lead, "lead"), *map(Paragraph, rest)]
    picture = moves(found)
    if picture is not None:
        blocks.append(picture)
    if found.moved:
        heads = ("Assessment", found.first, found.second, "Moves")
        rows = tuple((item.label, str(item.first), str(item.second), item.way) for item in found.moved)
        blocks += [Heading("Who moves"), Table(f"Who moves ({len(rows):,})", heads, rows)]
    return Document(title, tuple(blocks), (), title)
