"""Papers about figures of other kinds: surveys, panels, claims, indicators, waits and applications."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from careassure.errors import InvalidInputError, Problem
from careassure.figures.claim_checks import ClaimCheck
from careassure.figures.claim_tables import ClaimTable
from careassure.figures.comparison_words import value_said
from careassure.figures.dols_queue import CAUTION as CAUTION_OF_CLOCKS
from careassure.figures.dols_queue import Dols
from careassure.figures.model import Value
from careassure.figures.panels import Panel
from careassure.figures.peers import Comparison
from careassure.figures.statutory_clocks import clocks
from careassure.figures.stocks import Stock
from careassure.figures.surveys import ReplyShare, Survey
from careassure.figures.trends import Trend
from careassure.figures.waits import GroupWaits, WaitingTimes
from careassure.model.dates import PartialDate
from careassure.model.register import CouncilMatches
from careassure.model.rounding import decimal, signed, with_commas
from careassure.model.text import join, plural
from careassure.report.document import Block, Cell, Document, Figure, Number, Paragraph, Table
from careassure.report.of_figures import backlog_paper
from careassure.report.pictures.bars import Bar, bar_figure
from careassure.report.told import table_of, titled

_SMALL = "Small numbers stand as they are. Leave them out before this goes further."


def survey_paper(found: Survey) -> Document:
    """What those who replied said, and what it can be of all who were asked.

    Args:
        found: What `careassure.figures.read_survey` gave.
    """
    blocks: list[Block] = [*map(Paragraph, found.head)] or [Paragraph(plural(len(found.questions), "question") + ".")]
    for question in found.questions:
        shares = [share for share in question.shares if share.shares is not None]
        if shares:
            blocks.append(_answers(question.title, shares))
    blocks += map(Paragraph, found.notes)
    return titled("What those who were asked replied", blocks)


def share_paper(found: ReplyShare) -> Document:
    """How many gave one answer.

    Args:
        found: What `careassure.figures.share_of_replies` gave.
    """
    drawn = [_answers(found.question, [found])] if found.shares is not None else []
    return titled(found.question or "The share of an answer", [Paragraph(found.words), *drawn])


def _answers(title: str, shares: Sequence[ReplyShare]) -> Figure:
    """A bar for each answer: what surely is of all asked, and dashed on to what it would be if the silent said so."""
    groups = [(share.answer or share.question, [_share_bar(share)]) for share in shares]
    alt = " ".join(f"{head}: {only.words}." for head, (only,) in groups)
    rows = [
        {"Answer": share.answer or share.question, "Count": _span(share.counts), "Answered": share.answered,
         "Asked": share.asked, "Of those who answered": _percent(share.shares), "Of all asked": _percent(share.bounds)}
        for share in shares
    ]  # fmt: skip
    note = "Of all asked: the share if none of those who did not answer would say so, and the share if all would."
    (table,) = table_of(title, rows, (note,))
    return bar_figure(title, alt, groups, table)


def _share_bar(share: ReplyShare) -> Bar:
    low, high = share.bounds or (Fraction(0), Fraction(0))
    return Bar(low, high, f"{_span(share.counts)} of {share.answered:,}, {_percent(share.bounds)} of all asked")


def _span(counts: Sequence[int]) -> str:
    return " to ".join(dict.fromkeys(f"{count:,}" for count in (min(counts), max(counts))))


def _percent(ends: tuple[Fraction, Fraction] | None) -> str:
    return "nobody" if ends is None else " to ".join(dict.fromkeys(f"{decimal(end, 1)} %" for end in ends))


def panel_paper(found: Panel) -> Document:
    """What changed between two dates, among those who gave a number at both.

    Args:
        found: What `careassure.figures.panel` gave.
    """
    changes = sorted(found.members, key=lambda member: -abs(member.change))
    rows = [
        {
            "Who": member.name,
            "Before": Number(member.before, with_commas(member.before)),
            "After": Number(member.after, with_commas(member.after)),
            "Change": signed(member.change) if member.change else "0",
            "Per cent": None if member.percent is None else f"{signed(member.percent) if member.percent else '0'} %",
        }
        for member in changes
    ]
    words = found.words.removesuffix(found.warning).strip()
    blocks: list[Block] = [Paragraph(words), *([Paragraph(found.warning, "caution")] if found.warning else [])]
    if found.ways is not None:
        blocks.append(_ways(found.ways))
    return titled("What changed between two dates", [*blocks, *table_of("Every change, the largest first", rows)])


def _ways(ways: tuple[int, int, int]) -> Figure:
    title = "How many rose and how many fell"
    names = (("up", "done"), ("down", "late"), ("unchanged", "hand"))
    groups = [(name.capitalize(), [Bar(Fraction(count), Fraction(count), f"{count:,}", style)])
              for (name, style), count in zip(names, ways, strict=True)]  # fmt: skip
    alt = " ".join(f"{head}: {only.words}." for head, (only,) in groups)
    rows = tuple((head, Number.of(count)) for (head, _), count in zip(groups, ways, strict=True))
    return bar_figure(title, alt, groups, Table(title, ("Way", "How many"), rows))


def claim_paper(found: ClaimCheck) -> Document:
    """Whether a printed claim follows from its figures.

    Args:
        found: What `careassure.figures.check_claim` gave.
    """
    return titled(f"A claim checked: {found.claim}", [Paragraph(found.words)])


def claims_paper(found: ClaimTable) -> Document:
    """The claims of a table, each checked.

    Args:
        found: What `careassure.figures.check_claims` gave.
    """
    rows = [
        {"Row": line.row, "Claim": line.check.claim, "Verdict": line.check.verdict, "What the figures give":
         " ".join([line.check.says, *line.check.notes]), "Right would be": line.check.right}
        for line in found.lines
    ]  # fmt: skip
    blocks: list[Block] = [Paragraph(found.words), *map(Paragraph, found.notes)]
    blocks += table_of(f"The claims of {found.file}", rows)
    return titled("Claims checked", blocks)


def comparison_of_values_paper(found: Comparison) -> Document:
    """A council's value of an indicator beside England's and its peers'.

    Args:
        found: What `careassure.figures.compare_indicator` gave.
    """
    lead, *rest = found.lines
    title = f"{found.own.label}: {found.indicator.heading}"
    said: list[Block] = [Paragraph(lead), *map(Paragraph, rest)]
    return titled(title, [*said, _values(found, title)])


def _values(found: Comparison, title: str) -> Figure:
    """A bar for each area, the council's own full and the peers' from the highest to the lowest."""
    peers = sorted(found.peers, key=lambda value: -(value.number or 0))
    shown = [(found.own, "full"), *([(found.england, "done")] if found.england else [])]
    shown += [(value, "hand") for value in peers]
    numbers = [value.number for value, _ in shown if value.number is not None]
    # A bar has no length below 0: then only the words say how large a value is.
    drawn = min(numbers, default=Fraction(0)) >= 0
    groups = []
    for value, style in shown:
        length = value.number if drawn and value.number is not None else Fraction(0)
        groups.append((_area(value), [Bar(length, length, value_said(found.indicator, value), style)]))
    alt = " ".join(f"{head}: {only.words}." for head, (only,) in groups)
    rows: list[tuple[Cell, ...]] = [
        (_area(value), value_said(found.indicator, value), value.scope or "", value.period)
        for value in (*(value for value, _ in shown), *found.withheld, *found.apart)
    ]
    rows += [(name, "no line", "", "") for name in found.missing]
    table = Table("The values", ("Area", "Value", "Who is counted", "Period"), tuple(rows))
    return bar_figure(title, alt, groups, table)


def _area(value: Value) -> str:
    return value.label


def trend_paper(found: Trend) -> Document:
    """How a figure of one area moved over the years.

    Args:
        found: What `careassure.figures.trend` gave.
    """
    rows = [{"Period": value.period, "Value": value_said(found.indicator, value)} for value in found.values]
    return titled(f"{found.indicator.heading}, over the years",
                  [Paragraph(found.words), *table_of("The values", rows)])  # fmt: skip


def stock_paper(found: Stock) -> Document:
    """Whether what is open follows from what came in and was done.

    Args:
        found: What `careassure.figures.stock` gave.
    """
    opening = "not known" if found.opening is None else with_commas(found.opening)
    rows = [
        {"What": "Open at the start", "Number": opening},
        {"What": "Received", "Number": with_commas(found.received)},
        {"What": "Completed", "Number": with_commas(found.completed)},
        {"What": "Open at the end", "Number": with_commas(found.closing)},
    ]
    return titled("Work received, completed and open", [Paragraph(found.words), *table_of("The figures", rows)])


def waits_paper(found: WaitingTimes) -> Document:
    """How long people waited, by group, with small numbers left out.

    Args:
        found: What `careassure.figures.waiting_times` gave, with rules of disclosure control.

    Raises:
        InvalidInputError: It was made without rules: its numbers are exact, and a paper travels.
    """
    if found.rules is None:
        problem = Problem("rules", "every number is exact, and small ones may tell of a person",
                          "Leave small numbers out, with --threshold or with rules")  # fmt: skip
        raise InvalidInputError("the paper about waits", [problem])
    blocks: list[Block] = [Paragraph(line) for line in found.words.split("\n")[: len(found.parts)]]
    blocks += table_of(f"How long people waited, in {found.unit}", [_wait(found, part) for part in found.parts])
    return titled("How long people waited", [*blocks, *(Paragraph(note, "caution") for note in found.notes)])


def _wait(found: WaitingTimes, part: GroupWaits) -> dict[str, object]:
    overs: dict[str, object] = {}
    for limit, count, share in zip(found.limits, part.over, part.shares, strict=True):
        percent = "" if share is None else f" ({with_commas(100 * share, 1)} %)"
        overs[f"Over {with_commas(limit)}"] = f"{count:,}{percent}" if isinstance(count, int) else str(count)
    return {"Group": part.name, "People": part.people, "Known": part.known, "Mean": part.mean, "Median": part.median,
            "Longest": part.longest, **overs}  # fmt: skip


def dols_paper(found: Dols) -> Document:
    """Where applications for deprivation of liberty stand. They are counted, and none is listed.

    Args:
        found: What `careassure.figures.dols` gave.
    """
    title = f"Applications for deprivation of liberty on {PartialDate.parse(found.at).words}"
    lines = [line for line in found.lines if not line.startswith(("Ending within", "Longer than"))]
    if found.ending:
        lines.append(f"Authorisations that end soon: {len(found.ending):,}.")
    if found.too_long:
        lines.append(f"Authorisations longer than the law allows: {len(found.too_long):,}.")
    blocks: list[Block] = [*map(Paragraph, lines), Paragraph(_SMALL, "caution")]
    blocks += table_of("The open applications by priority", found.by_priority() if found.priorities else [])
    by_month = found.backlog()
    if by_month is not None:
        blocks += backlog_paper(by_month).blocks[1:]
        blocks.append(Paragraph("What was open before the first application of the table is not in it."))
    blocks += [Paragraph(str(clock)) for clock in clocks().values()]
    return titled(title, [*blocks, Paragraph(CAUTION_OF_CLOCKS, "caution")])


def matches_paper(found: CouncilMatches) -> Document:
    """Which councils the texts of a column name.

    Args:
        found: What `careassure.tables.match_councils` gave.
    """
    rows = [
        {"Row": line.row, "Given": line.given, "Code": line.council.code if line.council else "",
         "Council": line.council.name if line.council else "", "How": line.how, "Problem": line.problem,
         "Could be": join(line.suggestions, "or")}
        for line in found.lines
    ]  # fmt: skip
    lead = (
        f"{found.matched:,} found, {found.ambiguous:,} could be several, {found.unknown:,} not known, "
        f"{found.blank:,} blank."
    )
    return titled("Councils in a table", [Paragraph(lead), *table_of("Each row", rows)])
