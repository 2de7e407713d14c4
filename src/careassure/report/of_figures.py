"""Papers about figures: how old ratings are, work that waits, and how cases were drawn."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from careassure.figures.backlogs import Backlog, Period
from careassure.figures.rating_ages import Ages
from careassure.model.dates import PartialDate
from careassure.model.rounding import with_commas
from careassure.model.text import plural
from careassure.report.document import Block, Cell, Document, Figure, Listing, Number, Paragraph, Table
from careassure.report.pictures.bars import Bar, bar_figure
from careassure.samples.sampling import Funnel


def ages_paper(found: Ages) -> Document:
    """How old ratings are on a day, with who was never rated and who is rated on an unknown date.

    Args:
        found: What `careassure.figures.ages` gave.
    """
    title = f"How old ratings are on {PartialDate.parse(found.at).words}"
    blocks: list[Block] = [Paragraph(f"{found.total:,} in all.", "lead"), ages_picture(found, title)]
    blocks += [Paragraph(text) for text in found.notes]
    lists = (("Never rated", found.never), ("Rated on an unknown date", found.undated), (_waited(found), found.waiting))
    blocks += [Table(f"{head} ({len(names):,})", ("Name",), tuple((name,) for name in names))
               for head, names in lists if names]  # fmt: skip
    return Document(title, tuple(blocks), (), title)


def _waited(found: Ages) -> str:
    return f"Never rated and registered for more than {plural(found.wait_months, 'month')}"


def ages_picture(found: Ages, title: str) -> Figure:
    """How many ratings are of each age: what is only possible goes on dashed."""
    spans = [(band.least, band.most, "full") for band in found.bands]
    spans += [(len(names), len(names), style) for names, style in ((found.never, "late"), (found.undated, "hand"))]
    shown = found.counts[: len(spans)]
    groups = [(head, [Bar(Fraction(low), Fraction(high), count, style)])
              for (head, count), (low, high, style) in zip(shown, spans, strict=True)]  # fmt: skip
    alt = " ".join(f"{head}: {count}." for head, count in shown)
    notes = ("A bar that goes on dashed: some dates are known only by month or year.",)
    table = Table("Ages of ratings", ("Age", "Number"), found.counts, notes)
    return bar_figure(title, alt, groups, table)


def backlog_paper(found: Backlog) -> Document:
    """Work that was received and completed, and what is open, period by period.

    Args:
        found: What `careassure.figures.backlog` gave.
    """
    title = "Work received, completed and open"
    lead, *rest = found.lines
    blocks: list[Block] = [Paragraph(lead, "lead"), *map(Paragraph, rest), _backlog_picture(found, title)]
    blocks += [Paragraph(text, "caution") for text in found.notes]
    return Document(title, tuple(blocks), (), title)


def _backlog_picture(found: Backlog, title: str) -> Figure:
    groups: list[tuple[str, list[Bar]]] = []
    rows: list[tuple[Cell, ...]] = []
    for period in found.periods:
        flows = list(_flows(period))
        groups.append((period.name, [Bar(value, value, f"{with_commas(value)} {word}", style)
                                     for word, value, style in flows]))  # fmt: skip
        opening, (received, completed, closing) = period.stock.opening, (_number(value) for _, value, _ in flows)
        start = "not known" if opening is None else _number(opening)
        rows.append((period.name, start, received, completed, closing, _unexplained(period)))
    alt = " ".join(f"{name}: {', '.join(bar.words for bar in shown)}." for name, shown in groups)
    heads = ("Period", "Open at the start", "Received", "Completed", "Open at the end", "Do they fit")
    return bar_figure(title, alt, groups, Table(title, heads, tuple(rows)))


def _flows(period: Period) -> Iterator[tuple[str, Fraction, str]]:
    yield "received", period.stock.received, "hand"
    yield "completed", period.stock.completed, "done"
    yield "open at the end", period.stock.closing, "full"


def _number(value: Fraction) -> Number:
    return Number(value, with_commas(value))


def _unexplained(period: Period) -> str:
    """Whether the figures of a period fit each other, and by how much they do not."""
    gap = period.stock.unexplained
    if gap is None:
        return "not known"
    if not gap:
        return "they do"
    said = f"{with_commas(abs(gap))} {'more' if gap > 0 else 'fewer'} open than they imply"
    return f"{said}, within the rounding" if period.stock.reconciles else said


def funnel_paper(found: Funnel) -> Document:
    """How cases were drawn, stage by stage. They are counted, and none is listed.

    Args:
        found: What `careassure.samples.draw` gave.
    """
    title = "How the cases were drawn"
    sizes = [("Listed", found.listed, found.listed)]
    sizes += [(f"Stage {number:,}", stage.size, stage.asked) for number, stage in enumerate(found.stages, 1)]
    groups = [(head, [Bar(Fraction(size), Fraction(size), _cases(size, asked))]) for head, size, asked in sizes]
    alt = " ".join(f"{head}: {_cases(size, asked)}." for head, size, asked in sizes)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (head, None if at == 0 else _number(Fraction(asked)), _number(Fraction(size)))
        for at, (head, size, asked) in enumerate(sizes)
    )
    table = Table("The stages of the draw", ("Stage", "Asked for", "Cases"), rows)
    figure = bar_figure(title, alt, groups, table)
    blocks: list[Block] = [Paragraph(found.words, "lead"), figure]
    if found.needs:
        blocks.append(Listing(tuple(f"Each stage was to hold {need}." for need in found.needs)))
    return Document(title, tuple(blocks), (), title)


def _cases(size: int, asked: int) -> str:
    return plural(size, "case") if size == asked else f"{plural(size, 'case')}, {asked:,} asked for"
