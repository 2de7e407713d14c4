"""Where a result stands on the ladder of its method: the ratings as rungs, the best at the top."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.explain import margin_sentences, span_words
from careassure.model.markup import Html, el
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.text import join
from careassure.report.bands import bands_of, lowest_score, scale_with, span
from careassure.report.document import Cell, Figure, Number, Table
from careassure.report.drawing import LINE, WIDE, block, line, lines_of, n, picture, shape, style_of, words

_TOP = 16.0
_LEFT = 46.0
_RIGHT = 280.0
_TALL = 78.0
_POINT = 3.9
"""How high a band is for each of its scores."""


@frozen
class _Stand:
    """What is marked on the ladder: what the scores give or, where none is known, what was printed."""

    low: Grade
    high: Grade
    scores: tuple[int, int] | None
    says: tuple[str, ...]
    word: str

    def holds(self, grade: Grade) -> bool:
        return self.low <= grade <= self.high


@frozen
class _Rung:
    grade: Grade
    says: str
    top: float
    foot: float


def place(outcome: Outcome) -> Figure | None:
    """The ladder of a method with the place of one result on it; None where there is no overall rating to show.

    Where the displayed score alone decides, the rungs are as high as their scores are many. Where some scores are not
    known, the result takes the place of all it could be; where none is, what was printed is shown and nothing else.
    """
    stand = _stand(outcome)
    if stand is None:
        return None
    drawn = _Drawing(outcome, stand)
    title = f"{outcome.assessment.label}: the place on the ladder of “{outcome.title}”"
    ladder = join([f"{rung.grade}{f' ({rung.says})' if rung.says else ''}" for rung in drawn.rungs])
    alt = " ".join([f"The ratings from the best down: {ladder}.", *stand.says])
    table = _table(stand, drawn.rungs)
    return Figure(title, alt, picture(title, alt, drawn.height, *drawn.parts()), table, drawn.strips(len(table.rows)))


def _stand(outcome: Outcome) -> _Stand | None:
    assessment, stated = outcome.assessment, outcome.assessment.stated
    if assessment.marks and len(assessment.missing) == len(assessment.marks):
        if stated.rating is None or outcome.low is None or stated.rating.scale != outcome.low.scale:
            return None
        scores = None if stated.score is None else (stated.score, stated.score)
        return _Stand(
            stated.rating, stated.rating, scores, (f"Printed: {stated.words}.", "No scores are known."), "printed"
        )
    if outcome.low is None or outcome.high is None:
        return None
    scores = None
    if outcome.score_low is not None and outcome.score_high is not None:
        scores = (outcome.score_low, outcome.score_high)
    says = (f"{outcome.result}.", *margin_sentences(outcome))
    return _Stand(outcome.low, outcome.high, scores, says, "worked out" if outcome.rating else "possible")


def _table(stand: _Stand, rungs: list[_Rung]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (str(rung.grade), rung.says or None, stand.word if stand.holds(rung.grade) else None) for rung in rungs
    ]
    if stand.scores:
        low, high = stand.scores
        score: Cell = Number.of(low) if low == high else span_words(Fraction(low), Fraction(high))
        rows.append(("Displayed score", score, stand.word))
    rows += [("How near", text, None) for text in stand.says[1:]]
    return Table("The ladder and the place of the result", ("Rating", "Scores out of 100", "Place"), tuple(rows))


class _Drawing:
    def __init__(self, outcome: Outcome, stand: _Stand) -> None:
        self.outcome, self.stand = outcome, stand
        low = lowest_score(outcome)
        self.high = max(100, outcome.score_high or 0)
        self.bands = bands_of(outcome, Fraction(low)) if outcome.score_low is not None else ()
        self.rungs = self._rungs()
        self.height = self.rungs[-1].foot + 14

    def _end(self, at: int) -> Fraction:
        """The lowest score above a band."""
        return self.bands[at + 1].start if at + 1 < len(self.bands) else Fraction(self.high + 1)

    def _rungs(self) -> list[_Rung]:
        grades = [band.grade for band in self.bands] or list(
            scale_with(self.outcome, self.stand.low) or dict.fromkeys((self.stand.low, self.stand.high))
        )
        found: list[_Rung] = []
        top = _TOP
        for at in reversed(range(len(grades))):
            says, tall = "", _TALL
            if self.bands:
                says = span(self.bands, at, self.high)
                tall = max(float(self._end(at) - self.bands[at].start) * _POINT, 46)
            found.append(_Rung(grades[at], says, top, top + tall))
            top += tall
        return found

    def strips(self, rows: int) -> tuple[tuple[float, float], ...]:
        """Where each row of the table is drawn: the rungs first; what comes after them is said beside the mark."""
        top, foot = self._ends()
        rungs = tuple((rung.top, rung.foot - rung.top) for rung in self.rungs)
        return (*rungs, *[(top - 10, foot - top + 20)] * (rows - len(rungs)))

    def parts(self) -> list[Html]:
        """All that is drawn; the rungs that hold the result last, so that nothing covers their edges."""
        ordered = sorted(self.rungs, key=lambda rung: self.stand.holds(rung.grade))
        return [*(part for rung in ordered for part in self._rung(rung)), *self._edges(), *self._marker()]

    def _rung(self, rung: _Rung) -> list[Html]:
        middle, tall = (rung.top + rung.foot) / 2, n(rung.foot - rung.top)
        style = "rung held" if self.stand.holds(rung.grade) else "rung"
        x, wide = _LEFT + 42, _RIGHT - _LEFT - 46
        found = [
            el("rect", class_=style, x=n(_LEFT), y=n(rung.top), width=n(_RIGHT - _LEFT), height=tall),
            el("rect", class_=style_of(rung.grade), x=n(_LEFT), y=n(rung.top), width="6", height=tall),
            shape(rung.grade, _LEFT + 24, middle - (6 if rung.says else 0), 8),
            *block(str(rung.grade), x, middle - (1 if rung.says else -5), wide, "left strong", 1),
        ]
        return [*found, words(rung.says, x, middle + 17, "left soft")] if rung.says else found

    def _edges(self) -> list[Html]:
        """The lowest score of each rating, at the foot of its rung."""
        found: list[Html] = []
        for rung, band in zip(self.rungs, reversed(self.bands), strict=False):
            found.append(line("axis", _LEFT - 6, rung.foot, _LEFT, rung.foot))
            found.append(words(span_words(band.start, band.start), _LEFT - 9, rung.foot + 4, "right soft"))
        return found

    def _y(self, score: int) -> float:
        """The height of a score within its rung."""
        for at, rung in enumerate(self.rungs):
            band = len(self.bands) - 1 - at
            start = self.bands[band].start
            if score >= start:
                share = float((score + Fraction(1, 2) - start) / (self._end(band) - start))
                return rung.foot - share * (rung.foot - rung.top)
        return self.rungs[-1].foot

    def _ends(self) -> tuple[float, float]:
        """Between which heights the result lies, the upper first."""
        if self.bands and self.stand.scores:
            low, high = self.stand.scores
            return self._y(high), self._y(low)
        held = [(rung.top + rung.foot) / 2 for rung in self.rungs if self.stand.holds(rung.grade)]
        return min(held), max(held)

    def _marker(self) -> list[Html]:
        """Where the result stands, and what it is, in words beside it."""
        top, foot = self._ends()
        x, wide = _RIGHT + 4, WIDE - _RIGHT - 26
        middle = (top + foot) / 2
        if foot - top < 1:
            path = el("path", class_="marker", d=f"M{n(x)} {n(middle)}L{n(x + 14)} {n(middle - 9)}V{n(middle + 9)}Z")
        else:
            path = el("path", class_="bracket", d=f"M{n(x)} {n(top)}H{n(x + 10)}V{n(foot)}H{n(x)}")
        first, *rest = self.stand.says
        texts = [(str(self.outcome.assessment.council), "left strong"), (first, "left")]
        texts += [(text, "left soft") for text in rest]
        tall = LINE * sum(len(lines_of(text, wide)) for text, _ in texts)
        y = min(max(middle - tall / 2, _TOP), max(self.rungs[-1].foot - tall, _TOP)) + 13
        found = [path]
        for text, style in texts:
            found += block(text, x + 20, y, wide, style)
            y += LINE * len(lines_of(text, wide))
        return found
