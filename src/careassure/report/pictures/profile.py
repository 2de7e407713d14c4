"""The profile of a result: a line for each statement, with its place between the lowest grade and the highest."""

from __future__ import annotations

from careassure.model.explain import span_words
from careassure.model.markup import Html, el
from careassure.model.outcome import Outcome, ProfileEntry
from careassure.model.scale import Grade, Scale
from careassure.model.text import plural
from careassure.report.bands import scale_with
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import WIDE, block, line, n, picture, shape, words

_LEFT = 22.0
_RIGHT = 264.0
_ROW = 46.0
_THEME = 34.0
_TOP = 6.0


def profile(outcome: Outcome) -> Figure:
    """What each theme and statement comes to, one below the other. What is not known is a line without a mark."""
    entries = outcome.profile.entries
    title = f"{outcome.assessment.label}: the profile"
    alt = _alt(outcome)
    drawn, height = _drawn(outcome)
    return Figure(title, alt, picture(title, alt, height, *drawn), _table(outcome, entries), _strips(entries))


def said(entry: ProfileEntry, outcome: Outcome) -> str:
    """What a theme or statement comes to, in words: its grade, what it lies between, or why it has none."""
    if entry.state is not None:
        return str(entry.state)
    if entry.low is None or entry.high is None:
        return "no grade of its own" if entry.level == "theme" else "not known"
    if entry.id in outcome.assessment.missing:
        return "not known"
    return span_words(entry.low, entry.high)


def _alt(outcome: Outcome) -> str:
    found = [entry for entry in outcome.profile if entry.level == "statement"]
    return (
        f"{plural(len(found), 'statement')}. "
        + ". ".join(f"{entry.title}: {said(entry, outcome)}" for entry in found)
        + "."
    )


def _table(outcome: Outcome, entries: tuple[ProfileEntry, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    theme = ""
    for entry in entries:
        if entry.level == "theme":
            theme = entry.title
            if entry.low is not None:
                rows.append((theme, "the whole theme", None, said(entry, outcome)))
            continue
        number = Number.of(entry.low.value) if entry.low is not None and entry.low == entry.high else None
        rows.append((theme, entry.title, number, said(entry, outcome)))
    return Table("Every theme and statement", ("Theme", "Statement", "Score", "Meaning"), tuple(rows))


def _strips(entries: tuple[ProfileEntry, ...]) -> tuple[tuple[float, float], ...]:
    """Where each row of the table is drawn; a theme without a grade of its own has no row."""
    found: list[tuple[float, float]] = []
    y = _TOP
    for entry in entries:
        tall = _THEME if entry.level == "theme" else _ROW
        if entry.level != "theme" or entry.low is not None:
            found.append((y, tall))
        y += tall
    return tuple(found)


def _drawn(outcome: Outcome) -> tuple[list[Html], float]:
    found: list[Html] = []
    y = _TOP
    for entry in outcome.profile:
        if entry.level == "theme":
            found += block(entry.title, 4, y + 20, WIDE - 8, "left strong", 1)
            if entry.low is not None:
                found.append(words(said(entry, outcome), WIDE - 4, y + 20, "right"))
            y += _THEME
        else:
            found += _row(entry, outcome, y)
            y += _ROW
    return found, y + 4


def _row(entry: ProfileEntry, outcome: Outcome, y: float) -> list[Html]:
    track = y + 32
    found: list[Html] = [*block(entry.title, _LEFT, y + 16, WIDE - _LEFT - 8, "left", 1)]
    found += [line("axis", _LEFT, track, _RIGHT, track)]
    scale = scale_with(outcome, entry.low)
    places = {grade: _x(grade, scale) for grade in scale or ()}
    found += [line("axis", x, track - 4, x, track + 4) for x in places.values()]
    if entry.low is not None and entry.high is not None and places:
        left, right = places[entry.low], places[entry.high]
        if left == right:
            found.append(shape(entry.low, left, track, 9))
        else:
            found.append(
                el("rect", class_="open", x=n(left), y=n(track - 5), width=n(right - left), height="10", rx="5")
            )
    number = f"{entry.low.value}: " if entry.low is not None and entry.low == entry.high else ""
    return [*found, *block(f"{number}{said(entry, outcome)}", _RIGHT + 18, track + 5, WIDE - _RIGHT - 20, "left", 1)]


def _x(grade: Grade, scale: Scale | None) -> float:
    size = len(scale) if scale else 1
    return _LEFT + 10 + grade.rank * (_RIGHT - _LEFT - 20) / max(size - 1, 1)
