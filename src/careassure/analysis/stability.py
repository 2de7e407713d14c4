"""How firm a rating is: the exact probability of each grade where scores are uncertain. It corrects nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from careassure.analysis.line import line_of
from careassure.analysis.spread import Spread
from careassure.analysis.standing import Standing, rules_of, standing_of
from careassure.analysis.uncertain import (
    LARGEST,
    Distribution,
    Probability,
    distributions_of,
    errors_of,
    one_step,
    probability,
    weighed,
)
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess
from careassure.errors import InvalidAssessmentError, Problem, collecting
from careassure.methods.fit import Fitted, fit
from careassure.model.arguments import checked_after
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade, Scale
from careassure.model.showing import clipped

TENTH = Fraction(1, 10)
NEVER = Fraction(0)
Bounds = tuple[Fraction, Fraction]
"""The least and the most that a probability can be."""


@frozen(repr=False)
class Chances:
    """How likely each grade of a place is.

    Args:
        title: What the place is called.
        scale: The scale of its grades.
        found: The lowest and the highest rank that the place then has, which are one where the rules settle its grade,
            with the probability of that. They add up to 1.
    """

    title: str
    scale: Scale
    found: tuple[tuple[int, int, Fraction], ...]

    @property
    def settled(self) -> bool:
        """Whether there is one grade in every case: no blank and no judgement leaves it open."""
        return all(low == high for low, high, _ in self.found)

    @property
    def probabilities(self) -> dict[str, Fraction]:
        """The probability of each grade by its key, the lowest first. They add up to exactly 1.

        Raises:
            InvalidAssessmentError: Something leaves the grade open, so that there are only `bounds`.
        """
        if not self.settled:
            problem = Problem(
                "",
                "a blank or judgement leaves it open, so no grade has one probability",
                "Read the bounds, or say how likely each score of a blank is",
            )
            raise InvalidAssessmentError(f"how likely each grade of {self.title} is", [problem])
        by_rank = {low: chance for low, _, chance in self.found}
        return {grade.key: by_rank.get(grade.rank, NEVER) for grade in self.scale.grades}

    @property
    def bounds(self) -> dict[str, Bounds]:
        """The least and the most that the probability of each grade can be, by its key.

        The least is the probability that the grade is sure, whatever blanks and judgement make of it. The most is the
        probability that it is possible.
        """
        return {
            grade.key: (
                sum((p for low, high, p in self.found if low == high == grade.rank), NEVER),
                sum((p for low, high, p in self.found if low <= grade.rank <= high), NEVER),
            )
            for grade in self.scale
        }

    @property
    def at_least(self) -> dict[str, Bounds]:
        """The least and the most that the probability of reaching each grade can be, by its key."""
        return {
            grade.key: (
                sum((p for low, _, p in self.found if low >= grade.rank), NEVER),
                sum((p for _, high, p in self.found if high >= grade.rank), NEVER),
            )
            for grade in self.scale
        }

    def __repr__(self) -> str:
        return clipped(f"<Chances of {self.title}: {shares_in_words(self)}>")


def shares_in_words(chances: Chances) -> str:
    """The probabilities of a place in a few words."""
    from careassure.analysis.odds import bounds_in_words

    return ", ".join(
        f"{chances.scale[key]} {bounds_in_words(bounds)}" for key, bounds in chances.bounds.items() if bounds[1]
    )


@frozen(repr=False)
class Stability:
    """How firm the result of an assessment is, were its scores uncertain in a stated way.

    It says what would follow from an assumption about the scores. It is not a corrected rating.

    Args:
        assessment: The assessment.
        scorer: The name of the scorer.
        error: The probability with which a score is one step off; None where it hangs on the confidence in it.
        likely: The ids of scores whose probabilities were given for themselves.
        scores: How likely each grade of each score is taken to be, by the id of the score. A score that is blank or
            carries a state has none.
        overall: How likely each grade of the overall rating is; None where the method gives none.
    """

    assessment: Assessment
    scorer: str
    error: Fraction | None
    likely: tuple[str, ...]
    scores: tuple[tuple[str, Distribution], ...]
    overall: Chances | None
    _given: ScorerLike | None = field(eq=False)
    _spread: Spread | None = field(default=None, eq=False)

    @property
    def probabilities(self) -> dict[str, Fraction]:
        """The probability of each overall grade by its key, the lowest first. They add up to exactly 1.

        Raises:
            InvalidAssessmentError: The method gives no overall rating, or something leaves it open.
        """
        return self._rated.probabilities

    @property
    def bounds(self) -> dict[str, Bounds]:
        """The least and the most that the probability of each overall grade can be; see `Chances.bounds`.

        Raises:
            InvalidAssessmentError: The method gives no overall rating.
        """
        return self._rated.bounds

    @property
    def at_least(self) -> dict[str, Bounds]:
        """The least and the most that the probability of reaching each overall grade can be.

        Raises:
            InvalidAssessmentError: The method gives no overall rating.
        """
        return self._rated.at_least

    @property
    def _rated(self) -> Chances:
        if self.overall is None:
            problem = Problem("", "the method gives no overall rating", "Read the places: the profile is the result")
            raise InvalidAssessmentError(f"the stability of {self.assessment.label}", [problem])
        return self.overall

    @cached_property
    def outcome(self) -> Outcome:
        """What the method makes of the scores as they stand."""
        return assess(self.assessment, self._given)

    @cached_property
    def places(self) -> dict[str, Chances]:
        """How likely each grade of each place is that the method grades, by its id, ``overall`` last."""
        spread = self._worked_out
        return {node.target: _chances(spread, place) for place, node in spread.standing.nodes.items()}

    @cached_property
    def variance(self) -> Fraction:
        """The variance of the overall rating, counted in steps of its scale.

        Raises:
            InvalidAssessmentError: The method gives no overall rating, or something leaves it open.
        """
        found = list(enumerate(self.probabilities.values()))
        return sum(p * rank**2 for rank, p in found) - Fraction(sum(p * rank for rank, p in found)) ** 2

    @cached_property
    def variance_shares(self) -> dict[str, Fraction]:
        """What part of the variance of the rating goes back to each score alone, by the id of the score.

        It is the first-order index of Sobol: by how much the variance would fall, on average, if that score were known
        for sure. What is missing to 1 goes back to several scores together. Empty where the rating cannot vary.

        Raises:
            InvalidAssessmentError: The method gives no overall rating, or something leaves it open.
        """
        if not self.variance:
            return {}
        spread = self._worked_out
        node = spread.standing.overall
        assert node is not None  # noqa: S101  (there is a variance)
        grades = spread.grades(node.source)
        every = sum(grades.values())
        mean = Fraction(sum(low * times for (low, _), times in grades.items()), every)
        found = dict.fromkeys((leaf for leaf, chances in self.scores if len(chances) > 1), NEVER)
        for place, values in spread.expected(node.source, lambda ends: ends[0]).items():
            own = sum(spread.scores[place].values())
            spreads = sum(
                Fraction(spread.scores[place][ends], own) * (Fraction(worth * own, every) - mean) ** 2
                for ends, worth in values.items()
            )
            found[spread.standing.plan.sources[place].id] = Fraction(spreads) / self.variance
        return found

    @cached_property
    def _worked_out(self) -> Spread:
        return self._spread or _spread_of(standing_of(self.assessment, self._given), self.scores)

    @property
    def words(self) -> str:
        """The result in sentences, with the caution that belongs to it."""
        from careassure.analysis.odds import stability_in_words

        return stability_in_words(self)

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values that JSON can hold, in the form ``careassure.stability/1``."""
        from careassure.analysis.odds import stability_to_dict

        return stability_to_dict(self)

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        found = shares_in_words(self.overall) if self.overall is not None else "no overall rating"
        return clipped(f"<Stability of {self.assessment.label} by {self.scorer}: {found}>")

    def _repr_html_(self) -> str:
        from careassure.analysis.odds import stability_html

        return stability_html(self)


@checked_after
def stability(
    assessment: Assessment,
    error: Probability | Mapping[str, Probability] = TENTH,
    *,
    confidence: Mapping[str, str] | None = None,
    scores: Mapping[str, Mapping[Any, Probability]] | None = None,
    scorer: ScorerLike | None = None,
) -> Stability:
    """How likely each grade is, were the scores uncertain: exact, through every rule of the method.

    >>> a = Assessment.of("Leicester", [2, 2, 2, 2, 3, 2, 2, 2, 3])
    >>> found = stability(a, "1/10").probabilities
    >>> {key: f"{float(chance):.3f}" for key, chance in found.items()}, sum(found.values())
    ({'inadequate': '0.000', 'requires_improvement': '0.994', 'good': '0.006', 'outstanding': '0.000'}, Fraction(1, 1))

    Scores vary independently of each other. A blank of which nothing is said is not given a probability: it may be any
    score, so the grades that hang on it have bounds.

    Args:
        assessment: What was found.
        error: The probability with which a score is one step off, each neighbour that exists being equally likely.
            One for all scores, or one for each word of confidence, such as ``{"low": 0.3, "high": 0.05}``.
        confidence: The confidence in each score by its id, as a workspace records it. An empty word where nobody said.
        scores: For some scores, how likely each grade is: ``{"equity": {2: "1/4", 3: "3/4"}}``. They may be blanks.
        scorer: The scorer; the framework's own where None.

    Raises:
        InvalidAssessmentError: Probabilities or names that do not fit, all at once.
        UnknownScorerError: There is no such scorer, it does not score this framework, or it is written in Python.
        TooMuchError: There is too much to go through.
    """
    fitted = fit(rules_of(assessment, scorer), assessment.framework)
    if confidence is None and scores is None and not isinstance(error, Mapping):
        quick = _quick(assessment, fitted, error, scorer)
        if quick is not None:
            return quick
    with collecting("how uncertain the scores are", InvalidAssessmentError) as problems:
        errors = errors_of(assessment, error, confidence, problems)
        given = distributions_of(assessment, scores or {}, problems)
    same = set(errors.values())
    found = tuple(
        (leaf, given[leaf] if leaf in given else _off(assessment, leaf, score, errors.get(leaf)))
        for leaf, score in assessment.marks
    )
    spread = _spread_of(standing_of(assessment, scorer), found)
    node = spread.standing.overall
    return Stability(
        assessment,
        fitted.method.id,
        same.pop() if len(same) == 1 and not isinstance(error, Mapping) else None,
        tuple(leaf for leaf, _ in assessment.marks if leaf in given),
        found,
        _chances(spread, node.source) if node is not None else None,
        scorer,
        spread,
    )


def _quick(assessment: Assessment, fitted: Fitted, error: object, scorer: ScorerLike | None) -> Stability | None:
    """The same, where every score is known and the rating hangs on their sum."""
    ranks = [score.rank for _, score in assessment.marks if isinstance(score, Grade)]
    if len(ranks) != len(assessment.marks) or len(ranks) != len(fitted.framework.leaves):
        return None
    problems: list[Problem] = []
    if type(error) is Fraction and 0 <= error.numerator <= error.denominator <= LARGEST:
        found = error  # what is right already is not read
    else:
        found = probability(error, "error", problems)
    line = line_of(fitted, found) if not problems else None
    if line is None:
        return None
    return Stability(
        assessment,
        fitted.method.id,
        found,
        (),
        tuple([(leaf, row[rank]) for (leaf, _), row, rank in zip(assessment.marks, line.scores, ranks, strict=True)]),
        Chances("the overall rating", line.scale, line.chances(ranks)),
        scorer,
    )


def _off(assessment: Assessment, leaf: str, score: object, error: Fraction | None) -> Distribution:
    if not isinstance(score, Grade) or error is None:
        return ()
    return one_step(assessment.framework.scale_of(leaf), score.rank, error)


def _spread_of(standing: Standing, scores: tuple[tuple[str, Distribution], ...]) -> Spread:
    """The spread of an assessment whose scores are that uncertain. A blank of which something is said is known."""
    told = {standing.places[leaf]: weighed(chances) for leaf, chances in scores if chances}
    known = tuple(before or place in told for place, before in enumerate(standing.known))
    return Spread(evolve(standing, known=known), told)


def _chances(spread: Spread, place: int) -> Chances:
    node = spread.standing.nodes[place]
    grades = spread.grades(place)
    every = sum(grades.values())
    titles = spread.standing.plan.fitted.titles
    found = tuple((low, high, Fraction(times, every)) for (low, high), times in sorted(grades.items()))
    return Chances(titles.get(node.target, "the overall rating"), node.scale, found)
