"""Whether results bunch just above a line: how many just reach a grade, beside how many just miss it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb

from attrs import frozen

from careassure.analysis.odds import percent
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess, published
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import plural

CAUTION = (
    "The test takes each result near a line to be as likely just above it as just below, and each to be by itself. "
    "Neither is known, and every line is one more test. An uneven split is a reason to look. It does not show that "
    "anybody aimed at a line."
)


@frozen
class LineSplit:
    """Results one point to either side of the line of a grade.

    Args:
        grade: The grade that the line is of.
        just_above: Those that reach it and would lose it with one point less.
        just_below: Those that miss it and would reach it with one point more.
    """

    grade: Grade
    just_above: tuple[Outcome, ...]
    just_below: tuple[Outcome, ...]

    __repr__ = short_repr

    @property
    def chance(self) -> Fraction:
        """How likely so uneven a split or a more uneven one is, were both sides as likely: the exact sign test."""
        above, count = len(self.just_above), len(self.just_above) + len(self.just_below)
        more = max(above, count - above)
        tail = Fraction(sum(comb(count, k) for k in range(more, count + 1)), 2**count)
        return min(Fraction(1), 2 * tail)

    @property
    def words(self) -> str:
        """The split, and how likely it is, in a sentence or two."""
        above, below = len(self.just_above), len(self.just_below)
        if not above + below:
            return f"No result is one point from the line of {self.grade}."
        said = f"{self.grade}: {plural(above, 'result')} just above the line, {below} just below."
        return f"{said} Were both as likely, so uneven a split or more would come in {percent(self.chance)} of cases."

    def __str__(self) -> str:
        return self.words


@frozen
class Bunching:
    """Results on both sides of every line of a method.

    Args:
        results: How many results were looked at: those with one rating.
        left_out: How many were not, since a score is not known or they have no one rating.
        lines: The split at the line of each grade above the lowest.
    """

    results: int
    left_out: int
    lines: tuple[LineSplit, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Every line in words, with the caution that belongs to it."""
        return "\n".join([*(line.words for line in self.lines), CAUTION])

    def __str__(self) -> str:
        return self.words


@checked
def bunching(assessments: Iterable[Assessment] | None = None, scorer: ScorerLike | None = None) -> Bunching:
    """How many results lie one point above a line of a method, and how many one point below.

    The test is the exact sign test (a binomial with a half), two-sided. It assumes that each result near a line is as
    likely on either side of it, and that results do not hang on each other.

    Args:
        assessments: The results; those that ship where None. Pilots and results that were replaced count as well.
        scorer: The scorer; each framework's own where None.

    Raises:
        UnknownScorerError: There is no such scorer, or it does not score a framework.
    """
    every = list(published() if assessments is None else assessments)
    outcomes = [assess(item, scorer) for item in every]
    rated = [outcome for outcome in outcomes if outcome.rating is not None and outcome.assessment.complete]
    return Bunching(len(rated), len(every) - len(rated), tuple(_split(rated, grade) for grade in _grades(rated)))


def _grades(outcomes: Sequence[Outcome]) -> list[Grade]:
    """The grades that have a line below them: all but the lowest of the scale that most results are on."""
    scales = Counter(outcome.rating.scale for outcome in outcomes if outcome.rating is not None)
    if not scales:
        return []
    most = scales.most_common(1)[0][0]
    framework = next(o.assessment.framework for o in outcomes if o.rating is not None and o.rating.scale == most)
    found = [scale for scale in framework.scales if scale.id == most]
    return list(found[0].grades[1:]) if found else []


def _split(outcomes: Sequence[Outcome], grade: Grade) -> LineSplit:
    above = [o for o in outcomes if o.rating == grade and o.margin.down == 1]
    below = [o for o in outcomes if o.margin.up == 1 and o.margin.above == grade]
    return LineSplit(grade, tuple(above), tuple(below))
