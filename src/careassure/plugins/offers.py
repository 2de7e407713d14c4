"""What plugins offer, with where it came from, and the checks on what a scorer returns."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from careassure.errors import (
    CareAssureError,
    ForeignGradeError,
    ScorerRaisedError,
    ScorerReturnError,
    TraceError,
    UnknownScorerError,
)
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.descriptor import DescriptorTable
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.scorer import Scorer


@frozen
class InstalledScorer:
    """A scorer and where it came from.

    Args:
        name: Its name.
        version: Its own version.
        title: What it is called.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        scorer: The scorer itself.
    """

    name: str
    version: str
    title: str
    plugin: str
    distribution: str
    distribution_version: str
    scorer: Scorer

    def accepts(self, framework: Framework, /) -> bool:
        """Whether it can score assessments under this framework."""
        return self.scorer.accepts(framework)

    def score(self, assessment: Assessment, /) -> Outcome:
        """What it makes of an assessment, stamped with where it came from.

        Raises:
            ScorerError: It raised, or returned something that is no sound outcome.
        """
        if isinstance(self.scorer, MethodScorer):
            outcome = self.scorer.score(assessment)
        else:
            outcome = _checked(self.scorer, self.name, assessment)
        return evolve(outcome, distribution=self.distribution, distribution_version=self.distribution_version)


@frozen
class InstalledFramework:
    """A framework with all its versions, and where it came from.

    Args:
        id: Its id.
        title: What it is called.
        versions: Its versions, the oldest first.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
    """

    id: str
    title: str
    versions: tuple[Framework, ...]
    plugin: str
    distribution: str
    distribution_version: str


@frozen
class InstalledDescriptors:
    """A table of descriptors and where it came from.

    Args:
        id: Its id.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        table: The table itself.
    """

    id: str
    plugin: str
    distribution: str
    distribution_version: str
    table: DescriptorTable


def _checked(scorer: Scorer, name: str, assessment: Assessment) -> Outcome:
    """What a scorer in Python returns, once it is known to be sound."""
    framework = assessment.framework
    if not scorer.accepts(framework):
        raise UnknownScorerError(f"{name} does not score {framework.id} version {framework.version}")
    try:
        outcome = scorer.score(assessment)
    except CareAssureError:
        raise
    except Exception as error:
        raise ScorerRaisedError(f"it raised {type(error).__name__}: {error}", scorer=name) from error
    check_outcome(outcome, assessment, name)
    return outcome


def check_outcome(outcome: object, assessment: Assessment, scorer: str) -> None:
    """Refuse an outcome that is not sound.

    Raises:
        ScorerReturnError: It is no outcome of this assessment, or holds a float or a wrong range.
        ForeignGradeError: Its grades are of different scales.
        TraceError: Its trace does not add up, or ends in another result.
    """
    if not isinstance(outcome, Outcome):
        raise ScorerReturnError(f"it returned {type(outcome).__name__}, not an Outcome", scorer=scorer)
    if outcome.assessment != assessment:
        raise ScorerReturnError("its outcome is of another assessment", scorer=scorer)
    _check_numbers(outcome, scorer)
    _check_grades(outcome, scorer)
    _check_trace(outcome, scorer)


def _check_numbers(outcome: Outcome, scorer: str) -> None:
    for name, value in (("percentage_low", outcome.percentage_low), ("percentage_high", outcome.percentage_high)):
        if value is not None and not isinstance(value, Fraction):
            raise ScorerReturnError(f"{name} is {value!r}, not a Fraction", scorer=scorer, hint="Floats are not exact")
    for name, score in (("score_low", outcome.score_low), ("score_high", outcome.score_high)):
        if score is not None and type(score) is not int:
            raise ScorerReturnError(f"{name} is {score!r}, not a whole number", scorer=scorer)


def _check_grades(outcome: Outcome, scorer: str) -> None:
    overall = (outcome.low, outcome.high, outcome.suggested)
    for where, grades in [
        ("the overall", overall),
        *((entry.id, (entry.low, entry.high, entry.suggested)) for entry in outcome.profile),
    ]:
        values: list[object] = [grade for grade in grades if grade is not None]
        given = [value for value in values if isinstance(value, Grade)]
        if len(given) < len(values):
            raise ScorerReturnError(f"{where} has {values!r}, not all of which are Grades", scorer=scorer)
        scales = sorted({grade.scale for grade in given})
        if len(scales) > 1:
            raise ForeignGradeError(f"{where} has grades of the scales {' and '.join(scales)}", scorer=scorer)
        low, high, suggested = grades
        if (low is None) != (high is None):
            raise ScorerReturnError(f"{where} has only one of low and high", scorer=scorer)
        if low is not None and high is not None and low > high:
            raise ScorerReturnError(f"{where} has low {low} above high {high}", scorer=scorer)
        if suggested is not None and low is not None and high is not None and not low <= suggested <= high:
            raise ScorerReturnError(f"{where} suggests {suggested}, outside {low} to {high}", scorer=scorer)


def _check_trace(outcome: Outcome, scorer: str) -> None:
    wrong = outcome.trace.audit()
    if wrong:
        raise TraceError(f"its trace does not add up: {wrong[0]}", scorer=scorer)
    if (outcome.trace.low, outcome.trace.high) != (outcome.low, outcome.high):
        ends = f"{outcome.trace.low} to {outcome.trace.high}"
        raise TraceError(f"its trace ends in {ends}, its result is {outcome.low} to {outcome.high}", scorer=scorer)
