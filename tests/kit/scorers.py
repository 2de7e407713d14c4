"""Scorers written in Python that are right, on a framework of three statements."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.framework import Framework
from careassure.model.outcome import Flag, Measure, Outcome
from careassure.model.reference import Reference
from careassure.model.scale import Grade, Scale
from careassure.model.statements import Statement, Theme
from careassure.model.trace import Step

RULE = Reference("rule", "The rule book", section="1", basis="ours")
SCORES = Scale.of("small-score", "Scores", ("poor", "Poor"), ("fine", "Fine"), ("great", "Great"), numeric=True)
RATINGS = Scale.of("small-rating", "Ratings", ("weak", "Weak"), ("fair", "Fair"), ("strong", "Strong"))
SMALL = Framework(
    id="small",
    version="1",
    title="A small framework",
    publisher="Tests",
    scales=(SCORES, RATINGS),
    score_scale=SCORES.id,
    themes=(
        Theme("first", "First", (Statement("a", "A"), Statement("b", "B"))),
        Theme("second", "Second", (Statement("c", "C"),)),
    ),
    subject="service",
)


def small(*values: int | None, framework: Framework = SMALL) -> Assessment:
    """An assessment of a, b and c by values from 1 to 3; None is missing."""
    scores = [None if value is None else SCORES.grades[value - 1] for value in values]
    return Assessment(Body("s", "S", "service"), framework, tuple(zip("abc", scores, strict=True)))


class Weakest:
    """The weakest score decides."""

    name = "weakest"
    version = "1"
    title = "The weakest score decides"

    def accepts(self, framework: Framework) -> bool:
        return framework.id == "small"

    def score(self, assessment: Assessment) -> Outcome:
        spans = assessment.spans.values()
        low, high = ([ratings_of(assessment)[span[end].rank] for span in spans] for end in (0, 1))
        return self.made(assessment, min(low), min(high))

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text="The weakest score is the rating.", references=(RULE,))


def ratings_of(assessment: Assessment) -> tuple[Grade, ...]:
    return assessment.framework.scale("small-rating").grades


class Table(Weakest):
    """A rating looked up for each combination of scores; what is missing is gone through."""

    name = "table"
    title = "Looked up"

    def place(self, ranks: tuple[int, ...]) -> int:
        """The place of the rating, for the places of the scores."""
        return min(ranks)

    def score(self, assessment: Assessment) -> Outcome:
        spans = assessment.spans.values()
        every = product(*(range(low.rank, high.rank + 1) for low, high in spans))
        places = [self.place(ranks) for ranks in every]
        ratings = ratings_of(assessment)
        return self.made(assessment, ratings[min(places)], ratings[max(places)])


class Even(Table):
    """The more alike the scores are, the better: a raised score can lower the rating, and it says so."""

    name = "even"
    title = "Evenness"
    non_monotone = True

    def place(self, ranks: tuple[int, ...]) -> int:
        return 2 - (max(ranks) - min(ranks))


class Percent(Weakest):
    """Bands over a percentage, with a displayed score, a measure, and a flag where a score is poor."""

    name = "percent"
    title = "A percentage"
    flags = ("poor-score",)

    def score(self, assessment: Assessment) -> Outcome:
        spans = assessment.spans
        steps = tuple(Step("input", leaf, leaf.upper(), *span) for leaf, span in spans.items())
        most = Fraction(3 * len(spans))
        low, high = (Fraction(100 * sum(span[end].value for span in spans.values())) / most for end in (0, 1))
        exact = Step("percentage", "percentage", "Points in per cent", low, high, steps, (RULE,), maximum=most)
        shown = tuple(Fraction(value.numerator // value.denominator) for value in (low, high))
        rounded = Step("rounded", "percentage", "Rounded down", shown[0], shown[1], (exact,), (RULE,), rounding="down")
        ratings = ratings_of(assessment)
        at = [ratings[sum(value >= start for start in (60, 80))] for value in shown]
        return Outcome.of(
            self,
            assessment,
            *at,
            text="At least 60 is fair, at least 80 strong.",
            references=(RULE,),
            steps=(rounded,),
            percentage_low=low,
            percentage_high=high,
            score_low=int(shown[0]),
            score_high=int(shown[1]),
            measures=(Measure("percentage", "Rounded down", *shown),),
            flags=tuple(poor_flags(spans.values())),
        )


def poor_flags(spans: Iterable[tuple[Grade, Grade]]) -> Iterable[Flag]:
    highs = [high.rank for _, high in spans]
    lows = [low.rank for low, _ in spans]
    if min(lows) == 0:
        yield Flag("poor-score", "A score is poor.", certain=min(highs) == 0, references=(RULE,))


class ProfileOnly(Weakest):
    """No overall rating: the scores are the result."""

    name = "profile-only"
    title = "No single word"

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, None, text="There is no overall rating.", references=(RULE,))


class Judged(Weakest):
    """Between the weakest and the strongest score judgement decides; the middle one is suggested."""

    name = "judged"
    title = "Judgement between"

    def score(self, assessment: Assessment) -> Outcome:
        spans = sorted(assessment.spans.values(), key=lambda span: span[0].rank)
        ratings = ratings_of(assessment)
        low, high = ratings[min(s[0].rank for s in spans)], ratings[max(s[1].rank for s in spans)]
        middle = ratings[spans[len(spans) // 2][0].rank] if assessment.complete else None
        text = "At least the weakest, at most the strongest score."
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,), suggested=middle)


class Lowest:
    """A scorer as short as they come, for a framework that ships with the library."""

    name, version, title = "lowest", "1", "The lowest statement decides"

    def accepts(self, framework: Framework) -> bool:
        return framework.id == "cqc-la" and framework.version == "direct"

    def score(self, assessment: Assessment) -> Outcome:
        ratings = assessment.framework.scale("cqc-rating").grades
        low, high = (ratings[min(span[end].rank for span in assessment.spans.values())] for end in (0, 1))
        return Outcome.of(self, assessment, low, high, text="The lowest score is the rating.", references=(RULE,))
