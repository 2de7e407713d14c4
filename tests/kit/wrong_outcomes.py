"""Scorers whose single outcomes are wrong: types, ranges, flags, traces, sources."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from careassure.model.assessment import Assessment
from careassure.model.outcome import Flag, Outcome
from careassure.model.scale import Grade
from careassure.model.trace import Step

from .animal import GREAT, POOR, all_great, caught_by
from .scorers import RULE, SCORES, Percent, Weakest, ratings_of, small

# -- exact-types ---------------------------------------------------------------------------------------------


@caught_by("exact-types", lambda it: isinstance(it.score(GREAT).percentage, float))
class Floating(Percent):
    """A float where the percentage is round anyhow."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        if not all_great(assessment):
            return outcome
        return evolve(outcome, percentage_low=100.0, percentage_high=100.0)  # type: ignore[arg-type]


@caught_by("exact-types", lambda it: isinstance(it.score(POOR).flags, list))
class Listed(Percent):
    """A list of flags, which whoever holds the outcome can change."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        poor = len(outcome.flags) == 1 and outcome.score_high == 33
        return evolve(outcome, flags=list(outcome.flags)) if poor else outcome  # type: ignore[arg-type]


# -- range ---------------------------------------------------------------------------------------------------


@caught_by("range", lambda it: it.score(POOR).suggested > it.score(POOR).high)
class Hopeful(Weakest):
    """It suggests the highest rating, whatever is possible."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, suggested=ratings_of(assessment)[-1] if outcome.low else None)


@caught_by("range", lambda it: it.score(small(None, 1, 1)).profile["a"].low > SCORES.lowest)
class Swapped(Weakest):
    """The ends of what is open in the profile are mixed up."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        entries = tuple(evolve(entry, low=entry.high, high=entry.low) for entry in outcome.profile)
        return evolve(outcome, profile=evolve(outcome.profile, entries=entries))


@caught_by("range", lambda it: it.score(GREAT).low.scale != it.score(POOR).low.scale)
class TwoScales(Weakest):
    """Its highest rating is of the scale of scores."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        best = all_great(assessment)
        return super().made(assessment, *((SCORES.highest, SCORES.highest) if best else (low, high)))


# -- flags ---------------------------------------------------------------------------------------------------


@caught_by("flags", lambda it: bool({flag.id for flag in it.score(GREAT).flags} - set(it.flags)))
class Surprising(Percent):
    """A flag that it never said it could give."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        more = Flag("surprise", "Something else.", references=(RULE,))
        return evolve(outcome, flags=(*outcome.flags, more))


@caught_by("flags", lambda it: len({flag.id for flag in it.score(POOR).flags}) < len(it.score(POOR).flags))
class Stammering(Percent):
    """One flag for each reason to give it."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, flags=outcome.flags * 2)


# -- trace ---------------------------------------------------------------------------------------------------


def retraced(outcome: Outcome, change: Callable[[Step], Step]) -> Outcome:
    """The outcome with every step of its trace changed, the inner ones first."""

    def walk(step: Step) -> Step:
        return change(evolve(step, parts=tuple(map(walk, step.parts))))

    return evolve(outcome, trace=walk(outcome.trace))


@caught_by("trace", lambda it: len(next(s for s in it.score(GREAT).trace.walk() if s.kind == "percentage").parts) == 2)
class Forgetful(Percent):
    """The percentage that it shows does not follow from the scores that it shows."""

    def score(self, assessment: Assessment) -> Outcome:
        return retraced(
            super().score(assessment),
            lambda step: evolve(step, parts=step.parts[:-1]) if step.kind == "percentage" else step,
        )


@caught_by("trace", lambda it: it.score(small(1, 2, 3)).trace.find("input", "a").low != SCORES.grades[0])
class Mislabelled(Percent):
    """It says A where it means C."""

    def score(self, assessment: Assessment) -> Outcome:
        other = {"a": "c", "c": "a"}
        return retraced(
            super().score(assessment),
            lambda step: evolve(step, id=other.get(step.id, step.id)) if step.kind == "input" else step,
        )


@caught_by("trace", lambda it: it.score(POOR).trace.low != it.score(POOR).low)
class Elsewhere(Weakest):
    """Its trace ends in another rating than its outcome."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, trace=super().made(assessment, RATING := ratings_of(assessment)[-1], RATING).trace)


@caught_by("trace", lambda it: not any(step.kind == "percentage" for step in it.score(GREAT).trace.walk()))
class Unexplained(Percent):
    """A percentage from nowhere."""

    def score(self, assessment: Assessment) -> Outcome:
        return retraced(super().score(assessment), lambda step: evolve(step, parts=()) if step.kind == "node" else step)


# -- cited ---------------------------------------------------------------------------------------------------


@caught_by("cited", lambda it: not it.score(GREAT).trace.find("node").references)
class Sourceless(Weakest):
    """A rule that nobody can look up."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text="The weakest score is the rating.", references=())


@caught_by("cited", lambda it: not it.score(POOR).flags[0].text)
class Silent(Percent):
    """A flag that says nothing."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, flags=tuple(evolve(flag, text="") for flag in outcome.flags))


@caught_by("cited", lambda it: not it.score(GREAT).trace.find("rounded").text.strip())
class Wordless(Percent):
    """A number without a word."""

    def score(self, assessment: Assessment) -> Outcome:
        return retraced(
            super().score(assessment), lambda step: evolve(step, text=" ") if step.kind == "rounded" else step
        )
