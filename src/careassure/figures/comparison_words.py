"""A comparison of an indicator in sentences, and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from careassure.figures.alike import misfit, same_people
from careassure.figures.marking import marks_said
from careassure.figures.model import Indicator, Value
from careassure.model.rounding import decimal, with_commas
from careassure.model.shorthand import Suppressed
from careassure.model.text import join, plural
from careassure.model.vocabulary import Mark

if TYPE_CHECKING:
    from careassure.figures.peers import Comparison

_MOST_NAMED = 12


def value_said(item: Indicator, value: Value | Fraction) -> str:
    """A value with its unit; where a mark stands in its place, why there is none."""
    if isinstance(value, Fraction):
        return f"{with_commas(value, 3)}{item.short_unit}"
    if isinstance(value.value, Suppressed):
        return f"no number ({value.value.words})"
    return value.said(item.short_unit, 3)


def value_doubts(item: Indicator, value: Value) -> list[str]:
    """What speaks against a figure, a sentence each: who disputes it and why, and counts that do not give it."""
    fault = misfit(item, value)
    return [
        *([f"Challenged by {value.challenged_by}: {value.challenge.rstrip('.')}."] if value.challenge else []),
        *([f"The counts contradict it: {fault}."] if fault else []),
    ]


def value_line(item: Indicator, value: Value) -> str:
    """A figure that stands beside another one: whose it is, of when, who is counted and where it is from."""
    notes = [*([f"counted: {value.scope}"] if value.scope else []), *([value.source] if value.source else [])]
    behind = f" ({'; '.join(notes)})" if notes else ""
    doubts = "".join(f" {doubt}" for doubt in value_doubts(item, value))
    return f"{value.label}, {value.period}: {value_said(item, value)}{behind}.{doubts}"


def comparison_lines(found: Comparison) -> list[str]:
    """The comparison as lines of sentences, one for each side of it; none is empty."""
    item = found.indicator
    lines = [
        _own(found),
        _against_england(found),
        _against_peers(found),
        _left_out(found),
        [found.trend.words if found.trend else ""],
        *([f"Replaced: {value_line(item, value)}"] for value in found.replaced),
        *([f"Another figure: {value_line(item, value)}"] for value in found.beside),
        [*marks_said(_marked(found)), *found.notes, *_chance(found)],
        [item.warning],
    ]
    return [line for sentences in lines if (line := " ".join(sentences))]


def beside_england(found: Comparison) -> list[str]:
    """The council's figure beside England's, how it moved, and what it replaces or contradicts, a sentence each."""
    if found.england is None:
        return [found.trend.words] if found.trend else []
    item, period = found.indicator, found.own.period
    both = f"{period}: {value_said(item, found.own)}, and England {value_said(item, found.england)}."
    return [" ".join([both, *_gap(found)]), *([found.trend.words] if found.trend else [])]


def _own(found: Comparison) -> Iterator[str]:
    item, own = found.indicator, found.own
    yield f"{item.heading}, {own.label}, {own.period}: {value_said(item, own)}."
    yield from _about(item, own)


def _about(item: Indicator, value: Value) -> Iterator[str]:
    if value.scope:
        yield f"Counted: {value.scope}."
    yield from value_doubts(item, value)


def _against_england(found: Comparison) -> Iterator[str]:
    item, whole = found.indicator, found.england
    if whole is None:
        return
    yield f"England: {value_said(item, whole)}."
    if found.own.scope or whole.scope:
        yield from _about(item, whole)
    else:
        yield from value_doubts(item, whole)
    yield from _gap(found)


def _gap(found: Comparison) -> Iterator[str]:
    item, gap = found.indicator, found.gap
    if found.same_people is False:
        yield "The two do not count the same people, so they are not compared."
    if gap is None:
        return
    if found.same_people is None:
        yield "Only one of the two says who is counted: the gap may be one between different people."
    if gap == 0:
        yield "That is the same."
        return
    side = f"{item.gap_said(gap)} {'above' if gap > 0 else 'below'} England"
    if found.better_than_england is None:
        yield f"That is {side}; neither side is better."
    else:
        word = "better" if found.better_than_england else "worse"
        yield f"That is {side}, on the {word} side: {item.way}."


def _against_peers(found: Comparison) -> Iterator[str]:
    middle, spread, rank = found.median, found.mad, found.rank
    count = len(found.numbers)
    if middle is None or spread is None:
        alone = ", so England alone is compared" if found.gap is not None else ""
        if not count and not found.withheld and not found.apart:
            yield f"None of {plural(len(found.missing), 'peer')} ({found.group}) has a value{alone}."
            return
        few = f"{plural(count, 'peer')} ({found.group}) with a value {'is' if count == 1 else 'are'} too few"
        yield f"{few} for a comparison, which takes {found.thresholds.fewest}{alone}."
        return
    among = f"The median of {plural(count, 'peer')} ({found.group}) is {value_said(found.indicator, middle)}"
    yield f"{among}, and at least half of them lie within {with_commas(spread, 3)} of it (the MAD)."
    silent = sum(same_people(value, found.own) is None for value in found.peers)
    if silent:
        yield f"With {plural(silent, 'peer')} only one of the two says who is counted."
    if rank is None:
        return
    if found.distance is None:
        yield (
            f"The value is {found.position} than the median; by how much in MADs cannot be said, because at least "
            "half of the peers have the median's value."
        )
    else:
        side = "above" if found.distance > 0 else "below"
        far = f"{decimal(abs(found.distance))} MADs {side} the median" if found.distance else "at the median"
        to = "to" if found.position == "broadly similar" else "than"
        yield f"The value is {found.position} {to} it: {far}. {found.thresholds.words}"
    if found.better is not None:
        side = "better" if found.better else "worse"
        yield f"By our reading {found.indicator.polarity} is better here, so this is the {side} side."
    elif found.indicator.polarity == "context":
        yield "Neither side is better: the measure only gives context."
    place = str(rank[0]) if rank[0] == rank[1] else f"{rank[0]} to {rank[1]}"
    yield f"Counted from the highest value it is {place} of {count + 1}."


def _left_out(found: Comparison) -> Iterator[str]:
    by_mark: dict[str, list[str]] = {}
    for value in found.withheld:
        by_mark.setdefault(str(value.value), []).append(value.label)
    said = [f"{mark} {Suppressed.parse(mark).words}: {join(names)}" for mark, names in sorted(by_mark.items())]
    said += [f"no line: {_some(found.missing)}"] if found.missing else []
    if said and (found.numbers or found.withheld or found.apart):
        yield f"Peers without a number ({len(found.withheld) + len(found.missing):,}): {'; '.join(said)}."
    disputed = [value for value in found.peers if value.challenge]
    for value in disputed:
        yield f"Challenged, and counted all the same: {value_line(found.indicator, value)}"
    if found.apart:
        names = join([f"{value.label} ({value.scope})" for value in found.apart])
        yield f"Peers that count other people, and are not compared ({len(found.apart):,}): {names}."


def _some(names: tuple[str, ...]) -> str:
    rest = len(names) - _MOST_NAMED
    return join(names) if rest <= 0 else join([*names[:_MOST_NAMED], f"{rest:,} more"])


def _chance(found: Comparison) -> Iterator[str]:
    if found.significant is not None:
        which = "beyond" if found.significant else "within"
        yield f"The difference from England is {which} the combined margin of error."
    elif found.england is None:
        yield "Whether it differs from England cannot be said: no value for England is known."
    elif found.own.number is None or found.england.number is None:
        yield "Whether it differs from England cannot be said without both numbers."
    elif found.same_people is not False:
        yield (
            "Whether the difference from England is more than chance cannot be said: the base and the margin of error "
            "of both values are needed, and they are not all known."
        )


def _marked(found: Comparison) -> list[tuple[str, tuple[Mark, ...]]]:
    """Whose numbers have which marks behind them: the council's, England's and those of the peers."""
    values = [found.own, *([found.england] if found.england is not None else []), *found.peers]
    return [(value.label, value.marks) for value in values if value.marks]


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def value_to_dict(item: Indicator, value: Value) -> dict[str, object]:
    """A figure as plain values; what is not known is None or an empty text."""
    return {
        "area": value.area,
        "name": value.label,
        "period": value.period,
        "value": str(value.value),
        "printed": value.printed,
        "scope": value.scope,
        "source": value.source,
        "base": value.base,
        "margin_of_error": _text(value.margin_of_error),
        "numerator": _text(value.numerator),
        "denominator": _text(value.denominator),
        "marks": list(value.marks),
        "supersedes": value.supersedes,
        "challenged_by": value.challenged_by,
        "challenge": value.challenge,
        "contradiction": misfit(item, value),
    }


def comparison_to_dict(found: Comparison) -> dict[str, object]:
    """The comparison as plain values; exact numbers are text, such as ``773/10``."""
    item = found.indicator
    return {
        "indicator": str(item.key),
        "title": item.title,
        "unit": item.unit,
        "polarity": item.polarity,
        "council": found.own.label,
        "area": found.own.area,
        "period": found.own.period,
        "value": str(found.own.value),
        "own": value_to_dict(item, found.own),
        "england": None if found.england is None else str(found.england.value),
        "england_value": None if found.england is None else value_to_dict(item, found.england),
        "same_people": found.same_people,
        "gap": _text(found.gap),
        "gap_unit": "points" if item.unit == "%" else item.unit,
        "better_than_england": found.better_than_england,
        "group": found.group,
        "peers": len(found.numbers),
        "marks": {name: list(marks) for name, marks in _marked(found)},
        "withheld": {value.label: str(value.value) for value in found.withheld},
        "missing": list(found.missing),
        "apart": {value.label: value.scope for value in found.apart},
        "median": _text(found.median),
        "mad": _text(found.mad),
        "distance": _text(found.distance),
        "position": found.position,
        "better": found.better,
        "rank": None if found.rank is None else list(found.rank),
        "significant": found.significant,
        "beside": [value_to_dict(item, value) for value in found.beside],
        "replaced": [value_to_dict(item, value) for value in found.replaced],
        "trend": None if found.trend is None else found.trend.to_dict(),
        "notes": list(found.notes),
        "words": found.words,
        "warning": item.warning,
    }
