"""What a rating owes to the weights, the lines and the rounding of its method: exactly where it would be another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NoReturn

from attrs import evolve, frozen

from careassure.analysis.standing import rules_of
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess
from careassure.errors import InvalidInputError, Problem
from careassure.methods.conditions import AtLeast, Measure
from careassure.methods.fit import Fitted, fit
from careassure.methods.sums import unrounded
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.ids import shown
from careassure.model.numbers import Number, exact
from careassure.model.outcome import Outcome
from careassure.model.rounding import Rounding, apply_rounding
from careassure.model.scale import Grade
from careassure.model.showing import short_repr

CAUTION = (
    "This shows what rests on the choices of a method, not that other choices would be better. The rating is the one "
    "that the method gives."
)

Lines = list[tuple[Fraction, bool]]
"""Numbers that have to be reached, and whether they have to be passed."""
_ROUNDINGS: tuple[Rounding, ...] = ("none", "up", "down", "half_up", "half_even")


@frozen
class WeightSpan:
    """The weights of one statement, the others as they are, for which the rating is the same.

    Args:
        low: Where they begin.
        high: Where they end; None where there is no end.
        grade: The rating for every weight between, and for the ends that are marked.
        with_low: Whether it is the rating at the lower end as well.
        with_high: Whether it is the rating at the upper end as well.
    """

    low: Fraction
    high: Fraction | None
    grade: Grade
    with_low: bool = True
    with_high: bool = False

    __repr__ = short_repr


@frozen
class Line:
    """The line of a grade, and where it would have to lie for the grade to be won or lost.

    Args:
        grade: The grade.
        at: The number that has to be reached, after rounding.
        reached: Whether it is.
        turns: The number that was reached, after rounding: with this line, and those below it, there or lower the grade
            is reached.
    """

    grade: Grade
    at: Fraction
    reached: bool
    turns: Fraction

    __repr__ = short_repr


@frozen
class Sensitivity:
    """What a rating owes to the choices of its method.

    Args:
        outcome: The rating as it is.
        weights: For each statement the weights, from 0 up, with the rating that each gives.
        own: The weight of each statement in the method.
        lines: The line of each grade above the lowest.
        roundings: The rating under each way of rounding.
        within: The bounds of all weights, as multiples of their own.
        least: The lowest rating with any weights in these bounds.
        most: The highest.
    """

    outcome: Outcome
    weights: dict[str, tuple[WeightSpan, ...]]
    own: dict[str, Fraction]
    lines: tuple[Line, ...]
    roundings: dict[Rounding, Grade]
    within: tuple[Fraction, Fraction]
    least: Grade
    most: Grade

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Where the rating would be another, a line each, with the caution that belongs to it."""
        from careassure.analysis.turning_points import in_words

        return in_words(self)

    def __str__(self) -> str:
        return self.words

    @property
    def turning(self) -> dict[str, tuple[Fraction, ...]]:
        """The weights at which the rating changes, by statement; nothing for one whose weight never matters."""
        return {name: tuple(span.low for span in spans[1:]) for name, spans in self.weights.items()}


@checked
def sensitivity(
    assessment: Assessment, scorer: ScorerLike | None = None, within: tuple[Number, Number] = ("0.5", 2)
) -> Sensitivity:
    """Exactly where a rating would be another, if the method had other weights, lines or another rounding.

    It is for methods that hold one weighted mean or percentage of all scores against a line for each grade, and for
    assessments whose scores are all known.

    Args:
        assessment: What was found.
        scorer: The scorer; the framework's own where None.
        within: The lowest and the highest multiple of its own weight that each statement may have, all at once.

    Raises:
        InvalidInputError: A score is not known, the method is of another kind, or the bounds are none.
        UnknownScorerError: There is no such scorer, or it is not a method.
    """
    return _found(assessment, scorer, bounds_of(within))


@checked
def sensitivities(
    assessments: Iterable[Assessment],
    scorer: ScorerLike | None = None,
    within: tuple[Number, Number] = ("0.5", 2),
) -> tuple[Sensitivity, ...]:
    """`sensitivity` of every assessment whose scores are all known, in their order; others are left out.

    Args:
        assessments: Many assessments, such as `careassure.published`.
        scorer: As for `sensitivity`.
        within: As for `sensitivity`.

    Raises:
        InvalidInputError: The method is of another kind, or the bounds are none.
        UnknownScorerError: There is no such scorer, or it is not a method.
    """
    bounds = bounds_of(within)
    return tuple(_found(item, scorer, bounds) for item in assessments if item.complete)


def mean_of(assessment: Assessment, scorer: ScorerLike | None) -> WeightedMean:
    """The one weighted mean by which a method rates an assessment whose scores are all known.

    Raises:
        InvalidInputError: A score is not known, or the method is of another kind.
        UnknownScorerError: There is no such scorer, or it is not a method.
    """
    fitted = fit(rules_of(assessment, scorer), assessment.framework)
    measure, lines = _mean_and_lines(fitted)
    if not all(isinstance(score, Grade) for _, score in assessment.marks):
        _refuse("a score is not known", "Give all scores; the rating is a range until then")
    return WeightedMean(fitted, measure, lines, assessment)


def _found(assessment: Assessment, scorer: ScorerLike | None, within: tuple[Fraction, Fraction]) -> Sensitivity:
    sums = mean_of(assessment, scorer)
    grades = sums.scale.grades
    wanted = sums.bounds(sums.rounding)
    value = apply_rounding(sums.value, sums.rounding)
    low, high = within
    return Sensitivity(
        assess(assessment, scorer),
        {name: tuple(_spans(sums, name, wanted, grades)) for name in sums.names},
        dict(zip(sums.names, sums.weights, strict=True)),
        tuple(
            Line(grade, at, value > at or (value == at and not strict), Fraction(value))
            for grade, (at, strict) in zip(grades[1:], sums.lines, strict=True)
        ),
        {rounding: _climb(grades, sums.rounded(rounding)) for rounding in _ROUNDINGS},
        within,
        _climb(grades, [sums.always(low, high, *line) for line in wanted]),
        _climb(grades, [sums.ever(low, high, *line) for line in wanted]),
    )


class WeightedMean:
    """The scores of one assessment as a weighted mean or percentage of which a weight can be another."""

    def __init__(self, fitted: Fitted, measure: Measure, lines: Lines, assessment: Assessment) -> None:
        self.scale = fitted.scale(fitted.graded["overall"])
        self.rounding: Rounding = measure.rounding
        self.lines = lines
        scores = dict(assessment.marks)
        grades = [grade for item in measure.inputs if isinstance(grade := scores[item.id], Grade)]
        percentage = measure.kind == "percentage"
        self.names = tuple(item.id for item in measure.inputs)
        self.weights = tuple(item.weight for item in measure.inputs)
        self.points = tuple((100 if percentage else 1) * grade.value for grade in grades)
        self.most = tuple(fitted.scales[grade.scale].highest.value if percentage else 1 for grade in grades)

    @property
    def value(self) -> Fraction:
        """The mean or percentage as it is, before rounding."""
        above = sum((weight * point for weight, point in zip(self.weights, self.points, strict=True)), Fraction(0))
        return above / sum((weight * most for weight, most in zip(self.weights, self.most, strict=True)), Fraction(0))

    def bounds(self, rounding: Rounding) -> Lines:
        """What has to be reached before rounding, for each line, if it is rounded like this."""
        return [unrounded(at, rounding, strict=strict) for at, strict in self.lines]

    def rounded(self, rounding: Rounding) -> list[bool]:
        """Which of its lines it reaches if it is rounded like this."""
        return [self.value > bound or (self.value == bound and not strict) for bound, strict in self.bounds(rounding)]

    def shares(self, bound: Fraction) -> list[Fraction]:
        """What each score adds for one of weight: the bound is reached where the weighted sum is not below 0."""
        return [Fraction(point) - bound * most for point, most in zip(self.points, self.most, strict=True)]

    def turn(self, name: str, bound: Fraction) -> Fraction | None:
        """The weight of one score at which a bound is just reached; None where there is none above 0."""
        shares = self.shares(bound)
        at = self.names.index(name)
        rest = sum((w * s for n, (w, s) in enumerate(zip(self.weights, shares, strict=True)) if n != at), Fraction(0))
        return None if shares[at] == 0 or -rest / shares[at] <= 0 else -rest / shares[at]

    def holds(self, name: str, weight: Fraction, bound: Fraction, strict: bool) -> bool:
        """Whether a bound is reached with another weight of one score."""
        pairs = zip(self.names, self.weights, self.shares(bound), strict=True)
        total = sum(((weight if n == name else w) * s for n, w, s in pairs), Fraction(0))
        return total > 0 or (total == 0 and not strict)

    def ever(self, low: Fraction, high: Fraction, bound: Fraction, strict: bool) -> bool:
        """Whether a bound is reached with some weights within bounds: the sum is greatest at an end of each."""
        pairs = zip(self.weights, self.shares(bound), strict=True)
        total = sum((weight * (high if s > 0 else low) * s for weight, s in pairs), Fraction(0))
        return total > 0 or (total == 0 and not strict)

    def always(self, low: Fraction, high: Fraction, bound: Fraction, strict: bool) -> bool:
        """Whether a bound is reached with all weights within bounds."""
        pairs = zip(self.weights, self.shares(bound), strict=True)
        total = sum((weight * (low if s > 0 else high) * s for weight, s in pairs), Fraction(0))
        return total > 0 or (total == 0 and not strict)


def _spans(sums: WeightedMean, name: str, wanted: Lines, grades: tuple[Grade, ...]) -> Iterator[WeightSpan]:
    """The spans of one weight, from 0 up. No weight at all is a span of its own only where it changes the rating."""

    def at(weight: Fraction) -> Grade:
        return _climb(grades, [sums.holds(name, weight, *line) for line in wanted])

    turns = sorted({turn for bound, _ in wanted if (turn := sums.turn(name, bound)) is not None})
    # Without any weight elsewhere nothing would be left of the mean at 0.
    alone = not any(weight for other, weight in zip(sums.names, sums.weights, strict=True) if other != name)
    starts = [Fraction(0), *turns]
    kept: list[WeightSpan] = []
    for low, high in pairwise([*starts, None]):
        assert low is not None  # noqa: S101  (only the last is None)
        grade = at((low + high) / 2 if high is not None else low + 1)
        with_high = high is not None and at(high) == grade
        if kept and kept[-1].with_high and kept[-1].grade == grade:
            kept[-1] = evolve(kept[-1], high=high, with_high=with_high)
        else:
            kept.append(WeightSpan(low, high, grade, (low > 0 or not alone) and at(low) == grade, with_high))
    yield from kept


def _climb(grades: tuple[Grade, ...], reached: list[bool]) -> Grade:
    rank = next((rank for rank, holds in enumerate(reached) if not holds), len(reached))
    return grades[rank]


def _mean_and_lines(fitted: Fitted) -> tuple[Measure, Lines]:
    """The one mean of a method, and the line of each grade above the lowest."""
    node = fitted.graded.get("overall")
    if node is None or len(fitted.graded) > 1 or len(node.ladders) != 1:
        _refuse(f"{fitted.method.title} does not rate by one sum", "Use a method with lines for one mean or percentage")
    measures: list[Measure] = []
    lines: Lines = []
    for rung in node.ladders[0].rungs:
        match rung.when:
            case AtLeast(measure, threshold, strict) if measure.kind in ("percentage", "mean"):
                measures.append(measure)
                lines.append((threshold.value(len(measure.inputs)), strict))
            case _:
                _refuse(
                    f"{fitted.method.title} has a rule for {rung.grade} that is not a line for a mean or percentage",
                    "Use a method with nothing but such lines",
                )
    first, *others = measures
    same = (first.inputs, first.kind, first.rounding)
    if any((other.inputs, other.kind, other.rounding) != same for other in others):
        _refuse(f"{fitted.method.title} does not rate by one sum", "Use a method with lines for one mean or percentage")
    return first, lines


def bounds_of(within: tuple[Number, Number]) -> tuple[Fraction, Fraction]:
    """The bounds of weights as exact numbers.

    Raises:
        InvalidInputError: They are not two numbers above 0, the lower first.
    """
    given = list(within)
    bounds = [exact(bound) for bound in given]
    if len(bounds) != 2 or not 0 < bounds[0] <= bounds[1]:
        what = f"{' to '.join(map(shown, given))} are not bounds"
        raise InvalidInputError(
            "the bounds of the weights", [Problem("within", what, "Give two numbers above 0, the lower first")]
        )
    return bounds[0], bounds[1]


def _refuse(what: str, hint: str) -> NoReturn:
    raise InvalidInputError("what to vary", [Problem("", what, hint)])
