"""Scorers that break what a scorer promises: names, frameworks, an answer, a signature."""

from __future__ import annotations

import re
from typing import Any

from attrs import evolve

from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.statements import Statement, Theme

from .animal import GREAT, POOR, all_great, caught_by, raises
from .scorers import SCORES, SMALL, Weakest, small

# -- well-named ----------------------------------------------------------------------------------------------


@caught_by("well-named", lambda it: re.fullmatch("[a-z0-9-]+", it.name) is None)
class Shouting(Weakest):
    """A name that cannot be asked for on a command line."""

    name = "The Weakest!"


@caught_by("well-named", lambda it: "\n" in it.title)
class TwoLines(Weakest):
    """A title that breaks every list it stands in."""

    title = "The weakest\nscore decides"


@caught_by("well-named", lambda it: not it.version)
class Unversioned(Weakest):
    """No version: a result cannot be reproduced."""

    version = ""


# -- accepts -------------------------------------------------------------------------------------------------


ONE_THEME = (Theme("t", "T", (Statement("s", "S"),)),)
FOREIGN = Framework("foreign", "1", "Foreign", "Tests", (SCORES,), SCORES.id, ONE_THEME, subject="service")


def foreign() -> Assessment:
    """An assessment under a framework that nobody knows."""
    return Assessment.of("X", ["poor"], framework=FOREIGN)


@caught_by("accepts", lambda it: it.accepts(FOREIGN) and raises(it, foreign()) is not None)
class TakesAll(Weakest):
    """It says yes to every framework, and can score only one."""

    def accepts(self, framework: Framework) -> bool:
        return True


@caught_by("accepts", lambda it: it.accepts(FOREIGN) and it.score(foreign()) is None)
class ShrugsAtOthers(Weakest):
    """It says yes to every framework, and has nothing to say about the others."""

    def accepts(self, framework: Framework) -> bool:
        return True

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if assessment.framework.id == "small" else None  # type: ignore[return-value]


def cannot_be_asked(it: Any) -> bool:
    try:
        it.accepts(FOREIGN)
    except KeyError:
        return True
    return False


@caught_by("accepts", cannot_be_asked)
class AsksTooMuch(Weakest):
    """Asked about a framework that it does not know, it raises."""

    def accepts(self, framework: Framework) -> bool:
        return bool({"small": True}[framework.id])


@caught_by("accepts", lambda it: it.accepts(FOREIGN) != it.accepts(FOREIGN))
class Moody(Weakest):
    """Every other time it accepts a framework that it cannot score."""

    def __init__(self) -> None:
        self.asked = 0

    def accepts(self, framework: Framework) -> bool:
        self.asked += framework.id != "small"
        return framework.id == "small" or self.asked % 2 == 1


@caught_by("accepts", lambda it: it.accepts(SMALL) not in (True, False))
class Wordy(Weakest):
    """It answers with a word."""

    def accepts(self, framework: Framework) -> bool:
        return "yes" if framework.id == "small" else False  # type: ignore[return-value]


# -- total ---------------------------------------------------------------------------------------------------


@caught_by("total", lambda it: raises(it, small(1, None, 3)) is AttributeError, blocks=("missing",))
class NoGaps(Weakest):
    """It reads a missing score as a grade."""

    def score(self, assessment: Assessment) -> Outcome:
        for _, score in assessment.marks:
            score.rank  # type: ignore[union-attr]  # noqa: B018
        return super().score(assessment)


@caught_by("total", lambda it: raises(it, POOR) is ZeroDivisionError)
class Divides(Weakest):
    """It divides by how far the scores are above the lowest."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        _ = 1 // sum(high.rank for _, high in assessment.spans.values())
        return outcome


@caught_by("total", lambda it: it.score(GREAT) is None)
class Speechless(Weakest):
    """It forgets a branch."""

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if not all_great(assessment) else None  # type: ignore[return-value]


# -- signed --------------------------------------------------------------------------------------------------


@caught_by("signed", lambda it: it.score(GREAT).scorer_version != it.version)
class StaleStamp(Weakest):
    """It stamps the version of last year."""

    def score(self, assessment: Assessment) -> Outcome:
        return evolve(super().score(assessment), scorer_version="0.9")


@caught_by("signed", lambda it: it.score(GREAT).assessment != GREAT)
class Tidy(Weakest):
    """It hands back a tidied assessment in place of the one that it was given."""

    def score(self, assessment: Assessment) -> Outcome:
        return evolve(super().score(assessment), assessment=evolve(assessment, notes="tidied"))
