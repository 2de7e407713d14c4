"""Bars below each other, in groups with a heading: what surely is, and dashed on to what may be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from careassure.model.markup import Html, el
from careassure.report.document import Figure, Table
from careassure.report.drawing import LINE, WIDE, block, lines_of, n, picture

_LEFT = 8.0
_FULL = 220.0
"""How long the longest bar is."""
_TALL = 16.0


@frozen
class Bar:
    """A bar with its words behind it.

    Args:
        low: What surely is.
        high: What may be; the same where it is known.
        words: What it says, with each number.
        style: How it is filled.
    """

    low: Fraction
    high: Fraction
    words: str
    style: str = "full"


def bars(title: str, alt: str, groups: Sequence[tuple[str, Sequence[Bar]]]) -> str:
    """A picture of groups of bars, each group with a heading; the longest bar of all sets the scale.

    Args:
        title: What it shows.
        alt: What can be seen in it.
        groups: Each heading with its bars.
    """
    return _drawn(title, alt, groups)[0]


def bar_figure(title: str, alt: str, groups: Sequence[tuple[str, Sequence[Bar]]], table: Table) -> Figure:
    """A picture of groups of bars with its table, whose first rows are the groups; it may have more.

    Args:
        title: What it shows.
        alt: What can be seen in it.
        groups: Each heading with its bars.
        table: Every number in it.
    """
    drawn, strips = _drawn(title, alt, groups)
    return Figure(title, alt, drawn, table, strips)


def _drawn(
    title: str, alt: str, groups: Sequence[tuple[str, Sequence[Bar]]]
) -> tuple[str, tuple[tuple[float, float], ...]]:
    """The picture, and where each group stands in it: how far down it begins, and how tall it is."""
    most = max((bar.high for _, found in groups for bar in found), default=Fraction(0)) or Fraction(1)
    drawn: list[Html] = []
    strips: list[tuple[float, float]] = []
    y = 4.0
    for heading, found in groups:
        top = y
        drawn += block(heading, _LEFT, y + 14, WIDE - 2 * _LEFT, "left strong")
        y += LINE * len(lines_of(heading, WIDE - 2 * _LEFT)) + 4
        for bar in found:
            made, tall = _bar(bar, y, most)
            drawn += made
            y += tall
        y += 8
        strips.append((top, y - top))
    return picture(title, alt, y, *drawn), tuple(strips)


def _bar(bar: Bar, y: float, most: Fraction) -> tuple[list[Html], float]:
    low, high = (float(length / most) * _FULL for length in (bar.low, bar.high))
    found: list[Html] = []
    if low > 0:
        found.append(el("rect", class_=bar.style, x=n(_LEFT), y=n(y), width=n(max(low, 1)), height=n(_TALL)))
    if high > low:
        found.append(el("rect", class_="open", x=n(_LEFT + low), y=n(y), width=n(high - low), height=n(_TALL)))
    x = _LEFT + high + 8
    room = WIDE - x - 2
    return [*found, *block(bar.words, x, y + 13, room)], LINE * len(lines_of(bar.words, room)) + 4
