"""Papers about rated services: how old their ratings are, how many are good, and how long ratings stand."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from careassure.figures.rated_services import CAUTION as CAUTION_OF_LISTS
from careassure.figures.rated_services import ServiceAges
from careassure.figures.rating_currency import CAUTION as CAUTION_OF_CURRENCY
from careassure.figures.rating_currency import Currency
from careassure.model.dates import PartialDate
from careassure.model.rounding import decimal
from careassure.model.text import plural
from careassure.report.document import Block, Document, Figure, Number, Paragraph, Table
from careassure.report.of_figures import ages_picture
from careassure.report.pictures.bars import Bar, bar_figure
from careassure.report.told import table_of, titled, without


def services_paper(found: Sequence[ServiceAges]) -> Document:
    """How old the ratings of services are, and how many are good: of all, by kind or by area. None is listed.

    Args:
        found: What `careassure.figures.service_ages` gave.
    """
    title = f"How old ratings are on {PartialDate.parse(found[0].ages.at).words}"
    total = sum(item.ages.total for item in found)
    blocks: list[Block] = [Paragraph(f"{plural(total, 'service')}.")]
    if len(found) == 1:
        (only,) = found
        blocks.append(ages_picture(only.ages, f"{only.name}: {title[0].lower()}{title[1:]}" if only.name else title))
        blocks += [Paragraph(text) for text in (*only.ages.notes, only.good_words) if text]
    else:
        blocks += table_of("Ages of ratings by group", [_row(item) for item in found])
    return titled(title, [*blocks, Paragraph(CAUTION_OF_LISTS, "caution")])


def _row(item: ServiceAges) -> dict[str, object]:
    good = "" if item.good_share is None else f"{decimal(100 * item.good_share, 1)} % of {item.graded:,}"
    return {"Group": item.name or "not known", "Services": item.ages.total, **dict(item.ages.counts),
            "Good or outstanding": good}  # fmt: skip


def currency_paper(found: Currency) -> Document:
    """How long ratings stand before the next.

    Args:
        found: What `careassure.figures.currency` gave.
    """
    blocks = list(without(CAUTION_OF_CURRENCY, found.words))
    years = [(number, found.share(round(number * 365.25))) for number in range(1, 11)]
    shown = [(plural(number, "year"), share) for number, share in years if share is not None]
    if shown:
        blocks.insert(1, _curve(shown))
    rows = [
        {"Days": step.days, "Still seen": step.at_risk, "Replaced": step.replaced, "Still stand, %": 100 * step.share}
        for step in found.steps
    ]
    return titled("How long ratings stand", [*blocks, *table_of("Every day on which the share falls", rows)])


def _curve(shown: Sequence[tuple[str, Fraction]]) -> Figure:
    title = "How many ratings still stand after whole years"
    groups = [(name, [Bar(share, share, f"{decimal(100 * share, 1)} %")]) for name, share in shown]
    alt = " ".join(f"{name}: {only.words}." for name, (only,) in groups)
    rows = tuple((name, Number(100 * share, f"{decimal(100 * share, 1)} %")) for name, share in shown)
    return bar_figure(title, alt, groups, Table(title, ("After", "Still stand"), rows))
