"""What happened, down a line of time: each event with a mark at its date, and its words beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from careassure.model.markup import Html, el
from careassure.model.text import join, plural
from careassure.report.document import Figure, Table, without_blanks
from careassure.report.drawing import LINE, block, line, lines_of, n, picture, words
from careassure.workspaces.history import TimelineEntry

_AXIS = 52.0
_TEXT = 92.0
_ROOM = 384.0
_TOP = 14.0
_LINES = 4
_KEY = "A full mark has a result; a long mark has no exact day."
_YEARS = 10
"""The most years that are marked."""


def happened(entries: Sequence[TimelineEntry], council: str, *, details: bool = True) -> Figure | None:
    """The events on a line of time, the oldest above; None where there are none.

    A date known only by month or year is as long on the line as it may be. Events with a result have a full mark.

    Args:
        entries: What `careassure.workspaces.timeline` gave.
        council: Whose they are.
        details: Whether its table says all that is known of each, for which a paper may have another place.
    """
    if not entries:
        return None
    first = min(entry.date.earliest for entry in entries)
    last = max(entry.date.latest for entry in entries)
    talls = [LINE * len(lines_of(entry.words, _ROOM, _LINES)) + 10 for entry in entries]
    length = sum(talls) - talls[-1] + 1 if len(entries) > 1 else 1.0
    days = max((last - first).days, 1)

    def place(day: dt.date) -> float:
        return _TOP + (day - first).days / days * length

    marked = _years(first, last)
    drawn: list[Html] = [line("axis", _AXIS, _TOP, _AXIS, _TOP + length)]
    for year in marked:
        y = place(dt.date(year, 1, 1))
        drawn += [line("axis", _AXIS - 6, y, _AXIS, y), words(f"{year}", _AXIS - 10, y + 5, "right soft")]
    y = _TOP
    strips: list[tuple[float, float]] = []
    for entry, tall in zip(entries, talls, strict=True):
        drawn += _event(entry, place(entry.date.earliest), place(entry.date.latest), y)
        strips.append((y - LINE / 2, tall))
        y += tall
    title = f"{council}: what happened"
    said = f" Lines mark the start of {join([str(year) for year in marked])}." if marked else ""
    alt = f"{plural(len(entries), 'event')}. {'. '.join(entry.words for entry in entries)}.{said} {_KEY}"
    drawn.append(words(_KEY, 4, y + 16, "left soft"))
    table = happened_table(entries, details=details)
    return Figure(title, alt, picture(title, alt, y + 26, *drawn), table, tuple(strips))


def happened_table(entries: Sequence[TimelineEntry], *, details: bool = True) -> Table:
    """What happened, a row for each."""
    rows = tuple(
        (
            entry.date.words,
            entry.kind,
            f"{entry.id} {entry.title}" if entry.title else "",
            entry.result,
            _more(entry, details=details),
        )
        for entry in entries
    )
    heads = ("Date", "Kind", "Title", "Result", "More")
    return without_blanks(Table("What happened, the oldest first", heads, rows))


def _more(entry: TimelineEntry, *, details: bool) -> str:
    parts = [
        f"superseded by {entry.superseded}" if entry.superseded else "",
        plural(entry.findings, "finding") if entry.findings else "",
        entry.details if details else "",
    ]
    return "; ".join(part for part in parts if part)


def _years(first: dt.date, last: dt.date) -> list[int]:
    """The years whose first day lies between two days; not every one where they are many."""
    step = (last.year - first.year) // _YEARS + 1
    return list(range(first.year + 1, last.year + 1, step))


def _event(entry: TimelineEntry, first: float, last: float, y: float) -> Iterator[Html]:
    middle = (first + last) / 2
    style = "marker" if entry.result else "ring"
    yield line("axis", _AXIS, middle, _TEXT - 4, y)
    if last - first > 1:
        tall = n(last - first)
        yield el("rect", class_=style, x=n(_AXIS - 3), y=n(first), width="6", height=tall, rx="3")
    else:
        yield el("circle", class_=style, cx=n(_AXIS), cy=n(middle), r="5")
    yield from block(entry.words, _TEXT, y + 5, _ROOM, "left", _LINES)
