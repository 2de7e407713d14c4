"""Scorers whose results mean the wrong thing: higher scores, missing scores, order, rules."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

import careassure as ca
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.outcome import Flag, Outcome
from careassure.model.scale import Grade

from .animal import GREAT, caught_by
from .methods import POINTS, STRICT
from .scorers import RULE, SMALL, Even, Percent, Table, Weakest, ratings_of, small

# -- monotone ------------------------------------------------------------------------------------------------


def rating(it: Any, *values: int | None) -> Grade:
    """The rating of a, b and c."""
    found: Grade = it.score(small(*values)).rating
    return found


@caught_by("monotone", lambda it: rating(it, 2, 1, 1) < rating(it, 1, 1, 1))
class Uneven(Even):
    """A raised score can lower the rating, and it does not say so."""

    non_monotone = False


@caught_by("monotone", lambda it: rating(it, 3, 3, 2) < rating(it, 3, 2, 2))
class OddOne(Table):
    """One entry of its table is too low."""

    def place(self, ranks: tuple[int, ...]) -> int:
        return 0 if sorted(ranks) == [1, 2, 2] else min(ranks)


def never_falls(it: Any) -> bool:
    """Whether no single step up lowers the rating, tried one by one."""
    values = [(a, b, c) for a in (1, 2, 3) for b in (1, 2, 3) for c in (1, 2, 3)]
    return all(
        rating(it, *one) <= rating(it, *other)
        for one in values
        for other in values
        if all(x <= y for x, y in zip(one, other, strict=True))
    )


@caught_by("monotone", lambda it: it.non_monotone and never_falls(it))
class Excused(Weakest):
    """It excuses itself from a check that it passes."""

    non_monotone = True


# -- missing -------------------------------------------------------------------------------------------------


@caught_by("missing", lambda it: it.score(small(3, 3, None)).high < it.score(GREAT).low)
class Pessimist(Weakest):
    """A missing score counts as the lowest, and nobody is told."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return super().made(assessment, low, low)


@caught_by("missing", lambda it: it.score(small(3, 3, None)).low > it.score(small(3, 3, 1)).low)
class Ignores(Weakest):
    """The rating of the scores that happen to be known."""

    def score(self, assessment: Assessment) -> Outcome:
        known = [score.rank for _, score in assessment.marks if isinstance(score, Grade)]
        if not known:
            return super().score(assessment)
        rating = ratings_of(assessment)[min(known)]
        return self.made(assessment, rating, rating)


@caught_by("missing", lambda it: it.score(small(3, 3, None)).low is None and it.score(GREAT).low is not None)
class Withholds(Weakest):
    """No rating at all where a score is missing, as if the method gave none."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return super().made(assessment, *((low, high) if assessment.complete else (None, None)))


@caught_by("missing", lambda it: not it.score(small(3, 3, None)).flags and it.score(small(3, 3, 1)).flags)
class CertainOnly(Percent):
    """A flag is not given where it only may hold."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, flags=tuple(flag for flag in outcome.flags if flag.certain))


@caught_by("missing", lambda it: it.score(small(3, 3, None)).flags[0].certain and not it.score(GREAT).flags)
class Accuses(Percent):
    """A flag is called certain where it only may hold."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return evolve(outcome, flags=tuple(evolve(flag, certain=True) for flag in outcome.flags))


# -- order ---------------------------------------------------------------------------------------------------


def turned(*values: int) -> Assessment:
    """The scores of a, b and c in a framework that lists c first."""
    first, second = SMALL.themes
    framework = evolve(SMALL, themes=(second, evolve(first, statements=first.statements[::-1])))
    return Assessment.of("S", dict(zip("abc", values, strict=True)), framework=framework)


@caught_by("order", lambda it: it.score(small(1, 2, 3)).low != it.score(turned(1, 2, 3)).low)
class FirstCome(Weakest):
    """The statement that the framework lists first decides, whichever that is."""

    def score(self, assessment: Assessment) -> Outcome:
        spans = list(assessment.spans.values())
        ratings = ratings_of(assessment)
        return self.made(assessment, *(ratings[grade.rank] for grade in spans[0]))


def with_evidence(*statements: str) -> Assessment:
    found = [ca.Evidence(f"e{name}", "Found", "", name) for name in statements]
    return evolve(small(2, 2, 2), evidence=tuple(found))


@caught_by("order", lambda it: it.score(with_evidence("a", "b")).flags != it.score(with_evidence("b", "a")).flags)
class FirstFound(Weakest):
    """It looks at evidence, and says so, but at the first piece only."""

    reads = ("evidence",)

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        if not assessment.evidence or "a" not in assessment.evidence[0].statements:
            return outcome
        return evolve(outcome, flags=(Flag("about-a", "There is evidence about A.", references=(RULE,)),))


# -- lowering ------------------------------------------------------------------------------------------------


@caught_by("lowering", lambda it: it.score(small(2, 2, 1)).low != MethodScorer(it.method).score(small(2, 2, 1)).low)
@frozen
class Impostor(MethodScorer):
    """It shows the rules of one method and applies another."""

    method: ca.Method = POINTS

    def score(self, assessment: Assessment, /) -> Outcome:
        outcome = MethodScorer(STRICT).score(assessment)
        return evolve(outcome, scorer=self.name, scorer_version=self.version, title=self.title)
