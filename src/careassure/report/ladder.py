"""The ladder of ratings: every worked-out score on one axis, with the edges that the method itself sets."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from careassure.analysis.reconcile import Reconciliation
from careassure.model.markup import Html, el
from careassure.model.rounding import decimal
from careassure.model.text import join, plural
from careassure.report.bands import Band, bands_of, lowest_score, span
from careassure.report.drawing import cut, n, shape

_WIDE = 960
_SIDE = 14
_LETTER = 7.4
_HEAD = 46
_FOOT = 48
_DOT = 12.0
_TALLEST = 420.0
_NAMES = 3
_LINE = 16


@frozen
class Ladder:
    """The results of one method that have a single score.

    Args:
        method: What the method is called, with its name and version.
        results: The results.
        bands: The ratings from the lowest, each with its lowest score; empty where the score alone does not decide.
        low: Where the axis begins.
        high: Where it ends.
    """

    method: str
    results: tuple[Reconciliation, ...]
    bands: tuple[Band, ...]
    low: int
    high: int


def ladders(results: Sequence[Reconciliation]) -> tuple[Ladder, ...]:
    """One ladder for each method and version among the results, in the order in which they are met."""
    groups: dict[tuple[str, str, str], list[Reconciliation]] = {}
    for result in results:
        if result.outcome.score is not None:
            key = (result.outcome.title, result.outcome.scorer, result.outcome.scorer_version)
            groups.setdefault(key, []).append(result)
    return tuple(_ladder(f"{title} ({name} {version})", found) for (title, name, version), found in groups.items())


def _ladder(method: str, results: Sequence[Reconciliation]) -> Ladder:
    scores = [score for result in results if (score := result.outcome.score) is not None]
    first = results[0]
    floor = lowest_score(first.outcome)
    low = min(floor, *scores)
    return Ladder(method, tuple(results), bands_of(first.outcome, Fraction(low)), low, max(100, *scores))


def stacked(ladder: Ladder) -> dict[int, list[Reconciliation]]:
    """The results of each score, by rating and name.

    Args:
        ladder: Where they are.
    """
    found: dict[int, list[Reconciliation]] = {}
    for result in ladder.results:
        found.setdefault(result.outcome.score or 0, []).append(result)
    for stack in found.values():
        stack.sort(key=lambda each: (each.outcome.rating.rank if each.outcome.rating else -1, each.assessment.label))
    return found


def about(ladder: Ladder) -> str:
    """What can be seen in a drawing of it.

    Args:
        ladder: What is drawn.
    """
    scores = sorted(stacked(ladder))
    ratings: dict[str, int] = {}
    for result in ladder.results:
        rating = str(result.outcome.rating or "without a single rating")
        ratings[rating] = ratings.get(rating, 0) + 1
    counts = join([f"{count} {rating}" for rating, count in ratings.items()])
    return (
        f"{plural(len(ladder.results), 'result')} on an axis from {ladder.low} to {ladder.high}: "
        f"{counts}. The lowest score is {scores[0]}, the highest {scores[-1]}. The table below has the same scores."
    )


def draw(ladder: Ladder, number: int) -> Html:
    """The ladder as inline SVG: an axis, the bands, and one mark for each result.

    Args:
        ladder: What to draw.
        number: Which drawing of the page it is; its ids are made of it.
    """
    return _Drawing(ladder, number).svg()


class _Drawing:
    """Where everything stands in one drawing."""

    def __init__(self, ladder: Ladder, number: int) -> None:
        self.ladder = ladder
        self.name = f"ladder-{number}"
        self.stacks = stacked(ladder)
        tallest = max(map(len, self.stacks.values()))
        self.pitch = min(_DOT, _TALLEST / tallest)
        self.labels = [self._label(score) for score in sorted({min(self.stacks), max(self.stacks)})]
        above = max(self._above(self._reach(at)) + len(self.labels[at][1]) * _LINE for at in range(len(self.labels)))
        self.base = _HEAD + max(tallest * self.pitch + _LINE + 14, above + 10)

    def svg(self) -> Html:
        title, described = f"{self.name}-title", f"{self.name}-about"
        drawn = (
            *self._bands(),
            *self._axis(),
            *(mark for score in sorted(self.stacks) for mark in self._stack(score)),
            *(text for at in range(len(self.labels)) for text in self._extreme(at)),
        )
        return el(
            "svg",
            el("title", f"The ladder of ratings: {self.ladder.method}", id=title),
            el("desc", about(self.ladder), id=described),
            el("g", *drawn, aria_hidden="true"),
            class_="ladder",
            viewBox=f"0 0 {_WIDE} {self.base + _FOOT:.0f}",
            role="img",
            aria_labelledby=title,
            aria_describedby=described,
        )

    def _x(self, score: float) -> float:
        ladder = self.ladder
        return _SIDE + (score - ladder.low + 1) * (_WIDE - 2 * _SIDE) / (ladder.high - ladder.low + 2)

    def _bands(self) -> list[Html]:
        found: list[Html] = []
        bands = self.ladder.bands
        for at, band in enumerate(bands):
            left = self._edge(at)
            right = self._edge(at + 1) if at + 1 < len(bands) else _WIDE - _SIDE
            middle = (left + right) / 2
            room = int((right - left) / _LETTER) - 2
            name = cut(str(band.grade), room)
            start = middle - (len(name) * _LETTER + 11) / 2
            count = sum(result.outcome.rating == band.grade for result in self.ladder.results)
            found += [
                el("line", class_="edge", x1=n(left), x2=n(left), y1="0", y2=n(self.base)) if at else Html(),
                shape(band.grade, start, 11.5, 5.5),
                el("text", name, class_="name", x=n(start + 11), y="16"),
                el(
                    "text",
                    cut(f"{span(bands, at, self.ladder.high)}: {plural(count, 'result')}", room + 3),
                    class_="span",
                    x=n(middle),
                    y="34",
                ),
            ]
        return found

    def _edge(self, at: int) -> float:
        """Between the last score of one band and the first of the next."""
        return self._x(float(self.ladder.bands[at].start) - 0.5) if at else float(_SIDE)

    def _axis(self) -> list[Html]:
        edges = [band.start for band in self.ladder.bands[1:]]
        ticks = dict.fromkeys([Fraction(self.ladder.low), *edges, Fraction(self.ladder.high)])
        for more in (Fraction(25), Fraction(50), Fraction(75)):
            if self.ladder.low <= more <= self.ladder.high and all(abs(more - tick) > 3 for tick in ticks):
                ticks[more] = None
        base = self.base
        found = [el("line", class_="axis", x1=n(_SIDE), x2=n(_WIDE - _SIDE), y1=n(base), y2=n(base))]
        for tick in ticks:
            x = n(self._x(float(tick)))
            style = "tick set" if tick in edges else "tick"
            found.append(el("line", class_="axis", x1=x, x2=x, y1=n(base), y2=n(base + 5)))
            found.append(el("text", decimal(tick), class_=style, x=x, y=n(base + 19)))
        words = "Displayed score out of 100" + ("; the scores in bold are the lowest of their rating" if edges else "")
        return [*found, el("text", words, class_="span", x=n(_WIDE / 2), y=n(base + 40))]

    def _stack(self, score: int) -> list[Html]:
        stack = self.stacks[score]
        size = self.pitch / 2 - min(0.75, self.pitch / 8)
        x = self._x(score)
        found = [
            el(
                "g",
                el("title", f"{result.assessment.label}: {_rating(result)}, {score} out of 100{_remark(result)}"),
                shape(result.outcome.rating, x, self.base - 4 - (at + 0.5) * self.pitch, size),
                class_="dot",
            )
            for at, result in enumerate(stack)
        ]
        if len(stack) > 1:
            top = self.base - len(stack) * self.pitch - 9
            found.append(el("text", str(len(stack)), class_="count", x=n(x), y=n(top)))
        return found

    def _label(self, score: int) -> tuple[int, list[str]]:
        names = list(dict.fromkeys(cut(str(result.assessment.council), 34) for result in self.stacks[score]))
        if len(names) > _NAMES:
            names = [f"{len(names):,} councils"]
        return score, [*names[:-1], f"{names[-1]}: {score}"]

    def _reach(self, at: int) -> tuple[float, float]:
        """From where to where the label of an extreme runs: from its mark rightwards, or up to the end of the axis."""
        score, lines = self.labels[at]
        wide = max(map(len, lines)) * _LETTER
        start = self._x(score) - 5
        limit = float(_WIDE - _SIDE)
        return (start, start + wide) if start + wide <= limit else (max(limit - wide, 0.0), limit)

    def _above(self, reach: tuple[float, float]) -> float:
        """How high above the axis a label must stand to clear the marks and their counts."""
        tall = [len(stack) for score, stack in self.stacks.items() if reach[0] - 10 <= self._x(score) <= reach[1] + 10]
        return max(tall, default=0) * self.pitch + (24 if max(tall, default=0) > 1 else 12)

    def _extreme(self, at: int) -> list[Html]:
        start, end = self._reach(at)
        foot = self._above((start, end))
        if at and self._reach(0)[1] > start:
            foot = max(foot, self._above(self._reach(0)) + len(self.labels[0][1]) * _LINE)
        lines = self.labels[at][1]
        right = end >= _WIDE - _SIDE
        return [
            el(
                "text",
                text,
                class_="extreme end" if right else "extreme",
                x=n(end if right else start),
                y=n(self.base - foot - (len(lines) - 1 - row) * _LINE),
            )
            for row, text in enumerate(lines)
        ]


def _rating(result: Reconciliation) -> str:
    outcome = result.outcome
    if outcome.low is None:
        return "no overall rating"
    return str(outcome.rating) if outcome.rating else f"{outcome.low} to {outcome.high}"


def _remark(result: Reconciliation) -> str:
    words = ["pilot"] if result.assessment.indicative else []
    words += ["withdrawn"] if result.assessment.withdrawn else []
    return f" ({', '.join(words)})" if words else ""
