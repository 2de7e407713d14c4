"""Papers about methods and raters: how far they agree, where they differ, and what their lines do to results."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from careassure.analysis.line_splits import CAUTION as CAUTION_OF_LINES
from careassure.analysis.line_splits import Bunching
from careassure.analysis.method_diff import MethodDiff
from careassure.analysis.national_programme import Programme
from careassure.analysis.raters import Agreement
from careassure.methods.check import CheckReport
from careassure.model.outcome import Outcome
from careassure.model.text import join, plural
from careassure.report.document import Block, Cell, Document, Figure, Number, Paragraph, Table
from careassure.report.pictures.bars import Bar, bar_figure
from careassure.report.told import table_of, titled, told


def agreement_paper(found: Agreement) -> Document:
    """How far raters agree about the same councils.

    Args:
        found: What `careassure.analysis.agreement` gave.
    """
    told_of = [(pair, bias) for pair in found.pairs for bias in pair.bias]
    if len({(pair.first, pair.second) for pair, _ in told_of}) > 1:
        rows = [
            {"Statement": bias.title, "First": pair.first, "Second": pair.second, "Councils": bias.councils,
             "How much higher the second scores, on average": bias.mean}
            for pair, bias in told_of
        ]  # fmt: skip
    else:
        rows = [
            {"Statement": bias.title, "Councils": bias.councils,
             f"How much higher {pair.second} scores than {pair.first}, on average": bias.mean}
            for pair, bias in told_of
        ]  # fmt: skip
    first, *rest = found.words.split("\n")
    return titled(f"How far they agree: {join(found.raters)}",
                  [Paragraph(f"{first}."), *told(rest), *table_of("Statement by statement", rows)])  # fmt: skip


def bunching_paper(found: Bunching) -> Document:
    """How many results lie just above and just below each line of a method.

    Args:
        found: What `careassure.analysis.bunching` gave.
    """
    lead = f"{plural(found.results, 'result')} with one rating; {found.left_out:,} left out, for want of scores."
    blocks: list[Block] = [Paragraph(lead), *(Paragraph(line.words) for line in found.lines)]
    if found.lines:
        blocks.append(_split_picture(found))
    rows = [
        {"Line": str(line.grade), "Side": side, "Council": outcome.assessment.label}
        for line in found.lines
        for side, outcomes in (("just above", line.just_above), ("just below", line.just_below))
        for outcome in sorted(outcomes, key=_label)
    ]
    blocks += table_of("Who is one point from a line", rows)
    return titled("Results beside the lines of the method", [*blocks, Paragraph(CAUTION_OF_LINES, "caution")])


def _label(outcome: Outcome) -> str:
    return outcome.assessment.label


def _split_picture(found: Bunching) -> Figure:
    title = "Results one point from each line"
    groups = [
        (
            f"The line of {line.grade}",
            [
                _near(len(line.just_above), "just above", "done"),
                _near(len(line.just_below), "just below", "late"),
            ],
        )
        for line in found.lines
    ]
    alt = " ".join(f"{head}: {', '.join(bar.words for bar in shown)}." for head, shown in groups)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(line.grade), Number.of(len(line.just_above)), Number.of(len(line.just_below))) for line in found.lines
    )
    return bar_figure(title, alt, groups, Table(title, ("Line", "Just above", "Just below"), rows))


def _near(count: int, side: str, style: str) -> Bar:
    return Bar(Fraction(count), Fraction(count), f"{plural(count, 'result')} {side}", style)


def programme_paper(found: Programme) -> Document:
    """How far CQC's programme of assessments has come.

    Args:
        found: What `careassure.analysis.programme` gave.
    """
    when = "so far" if found.at is None else f"by {found.at.words}"
    blocks = list(told(found.lines()))
    if found.pace:
        # The list of the pace is the table of its picture.
        at = next(i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and "by quarter" in block.text)
        blocks[at : at + 2] = [_pace_picture(found)]
    return titled(f"Councils with a published result, {when}", blocks)


def _pace_picture(found: Programme) -> Figure:
    title = "Councils with a first result, by quarter"
    groups = [(quarter, [Bar(Fraction(count), Fraction(count), plural(count, "council"))])
              for quarter, count in found.pace]  # fmt: skip
    alt = " ".join(f"{quarter}: {bar.words}." for quarter, (bar,) in groups)
    rows: tuple[tuple[Cell, ...], ...] = tuple((quarter, Number.of(count)) for quarter, count in found.pace)
    return bar_figure(title, alt, groups, Table(title, ("Quarter", "Councils"), rows))


def method_diff_paper(found: MethodDiff) -> Document:
    """Where two methods differ, counted over every combination of scores.

    Args:
        found: What `careassure.analysis.diff_methods` gave.
    """
    first, second = found.names
    rows = [
        {"Place": place.title, first: one, f"{second} ": other, "Combinations": count, "Of": place.total}
        for place in found.places
        for one, other, count in place.counts
    ]
    cases = [
        {"Place": place.title, first: item.first, f"{second} ": item.second, "The plainest case": item.case_words,
         "Rule": item.rule}
        for place in found.places
        for item in place.differences
    ]  # fmt: skip
    blocks: Iterator[Block] = iter(
        (
            Paragraph(f"{found.heading}."),
            *told(found.lines(1)),
            *table_of("How many combinations give each pair of results", rows),
            *table_of("A case of each kind of difference", cases),
        )
    )
    return titled("Two methods on every combination of scores", blocks)


def check_paper(found: CheckReport) -> Document:
    """What a check of a method proved, and what it found wrong.

    Args:
        found: What `careassure.check` gave.
    """
    first, *_ = str(found).split("\n")
    rows = [
        {"Verdict": item.verdict, "Where": item.where, "What": item.what, "How it was found": item.how}
        for item in found.findings
    ]
    blocks: list[Block] = [Paragraph(f"{first}."), *table_of("What was looked at", rows)]
    return titled(f"The check of {found.method} on {found.framework}", blocks)
