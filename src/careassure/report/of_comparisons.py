"""Papers that set a council beside others."""

from __future__ import annotations

from collections.abc import Iterator

from careassure.analysis.benchmark import Benchmark
from careassure.report.document import Block, Document, Heading, Listing, Paragraph
from careassure.report.pictures.among_peers import among_peers


def benchmark_paper(found: Benchmark) -> Document:
    """Where a council stands among its peers, statement by statement.

    Args:
        found: What `careassure.benchmark` gave.
    """
    title = f"{found.assessment.label}: beside {found.group}"
    result = f"{found.assessment.label}: {found.outcome.result}." if found.outcome else f"{found.assessment.label}."
    return Document(title, (Paragraph(result, "lead"), *benchmark_blocks(found)), (), title)


def benchmark_blocks(found: Benchmark) -> Iterator[Block]:
    """With whom it is compared, its places, what is hard for all, and what must be known before a place is quoted.

    Args:
        found: What `careassure.benchmark` gave.
    """
    yield Paragraph(" ".join(filter(None, (found.who_words, found.left_out_words))))
    if found.peers:
        yield among_peers(found)
    overall = found.overall.words if found.overall else ""
    yield from (Paragraph(text) for text in (overall, found.hard_words, found.pair_words) if text)
    yield Heading("Before a place is quoted", 2)
    yield Listing(found.cautions)
    if found.left_out:
        yield Heading("Left out", 2)
        yield Listing(tuple(f"{item.council}: {item.reason}" for item in found.left_out))
