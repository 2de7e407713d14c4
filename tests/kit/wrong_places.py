"""Scorers that look beside the scores: at who was assessed and when, at chance, settings, threads, addresses."""

from __future__ import annotations

import decimal
import os
import random
import secrets
import sys
import threading
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from attrs import evolve

import careassure as ca
from careassure.model.assessment import Assessment, Stated
from careassure.model.council import Body
from careassure.model.dates import PartialDate
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

from .animal import GREAT, POOR, Witness, caught_by, raises, says, uses
from .scorers import RULE, SCORES, Weakest, ratings_of, small
from .settled import AT_HOME, BORN, LUCKY, SETTING

Told = dict[str, Any]


def differs(**told: Any) -> Witness:
    """A witness that changes what stands beside the scores."""
    return lambda it: says(it, evolve(GREAT, **told)) != says(it, GREAT)


class Unfair(Weakest):
    """It gives the highest rating another way in some case."""

    def is_so(self, assessment: Assessment) -> bool:
        return False

    def score(self, assessment: Assessment) -> Outcome:
        ratings = ratings_of(assessment)
        return self.made(assessment, ratings[0], ratings[0]) if self.is_so(assessment) else super().score(assessment)

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"The rating is {low}."
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


# -- context -------------------------------------------------------------------------------------------------


@caught_by("context", differs(council=Body("s", "Somewhere", "service")))
class Favours(Unfair):
    """Whose name is Somewhere is rated lower."""

    def is_so(self, assessment: Assessment) -> bool:
        return assessment.council.name == "Somewhere"


@caught_by("context", differs(council=Body("q9", "S", "service")))
class Numbered(Unfair):
    """A code that ends in a nine, read out of the text of the assessment's plain form."""

    def is_so(self, assessment: Assessment) -> bool:
        return str(vars_of(assessment)["council"].code).endswith("9")


def vars_of(assessment: Assessment) -> Told:
    return {name: getattr(assessment, name) for name in ("council", "framework")}


@caught_by("context", differs(published=PartialDate.parse("2024-02")))
class Februaries(Unfair):
    """What was published in a February is rated lower."""

    def is_so(self, assessment: Assessment) -> bool:
        return assessment.published is not None and assessment.published.month == 2


@caught_by("context", differs(kind="peer"))
class Snobbish(Unfair):
    """A review by peers counts less."""

    def is_so(self, assessment: Assessment) -> bool:
        return assessment.kind == "peer"


@caught_by("context", differs(stated=Stated(None, 37)))
class Copies(Unfair):
    """It goes by the score that was printed, if that is 37."""

    def is_so(self, assessment: Assessment) -> bool:
        return assessment.stated.score == 37


def pieces(number: int) -> tuple[ca.Evidence, ...]:
    return tuple(ca.Evidence(f"e{n}", "Found", "", "a") for n in range(number))


@caught_by("context", differs(evidence=pieces(18)))
class Weighs(Unfair):
    """More than 17 pieces of evidence are too many."""

    def is_so(self, assessment: Assessment) -> bool:
        return len(assessment.evidence) > 17


@caught_by("context", differs(notes="Please be kind."))
class Swayed(Unfair):
    """A note that asks for it is heard."""

    def is_so(self, assessment: Assessment) -> bool:
        return assessment.notes.startswith("Please")


@caught_by("context", differs(supersedes="one before"))
class Resents(Unfair):
    """Who is assessed again is rated lower."""

    def is_so(self, assessment: Assessment) -> bool:
        return bool(assessment.supersedes)


@caught_by("context", differs(published=PartialDate.parse("2031")))
class Headlines(Unfair):
    """It reads the year out of the heading."""

    def is_so(self, assessment: Assessment) -> bool:
        return "2031" in assessment.label


# -- facts ---------------------------------------------------------------------------------------------------


@caught_by("facts", differs(facts=(("special_measures", True),)))
class Whispers(Unfair):
    """It asks for a fact that it does not declare."""

    def is_so(self, assessment: Assessment) -> bool:
        return dict(assessment.facts).get("special_measures", False)


@caught_by("facts", differs(facts=(("x", True), ("y", True))))
class CountsFacts(Unfair):
    """Whoever has told two facts is rated lower, whatever they are."""

    def is_so(self, assessment: Assessment) -> bool:
        return len(assessment.facts) > 1


# -- sealed --------------------------------------------------------------------------------------------------


@caught_by("sealed", lambda it: bool(it.dice() < 1), also=("surroundings",))
class OneInAMillion(Unfair):
    """Once in a million times it is wrong."""

    dice = staticmethod(random.random)

    def is_so(self, assessment: Assessment) -> bool:
        return self.dice() < 1e-6


@caught_by("sealed", lambda it: it.roll() > 1e-3, also=("surroundings",))
class OneInAThousand(Unfair):
    """Once in a thousand times it is wrong, by a function that asks another."""

    def roll(self) -> float:
        return random.random()  # noqa: S311

    def is_so(self, assessment: Assessment) -> bool:
        return max(map(lambda roll: roll(), [self.roll])) < 1e-3  # noqa: C417


@caught_by("sealed", uses("randbelow", "is_so"))
class Secretive(Unfair):
    """It has the system's own dice thrown."""

    def is_so(self, assessment: Assessment) -> bool:
        return secrets.randbelow(1_000_000) == 7


@caught_by("sealed", uses("Random", "is_so"))
class Unseeded(Unfair):
    """It brings dice of its own, and they fall differently each time."""

    def is_so(self, assessment: Assessment) -> bool:
        return random.Random().random() < 1e-9  # noqa: S311


@caught_by("sealed", uses("uuid4", "is_so"))
class Stamps(Unfair):
    """It gives each outcome a number that nobody else has."""

    def is_so(self, assessment: Assessment) -> bool:
        return uuid.uuid4().int == 0


@caught_by("sealed", uses("environ", "is_so"))
class Configured(Unfair):
    """A setting of the environment changes the rating."""

    def is_so(self, assessment: Assessment) -> bool:
        return os.environ.get("CAREASSURE_KIT_HARSH") == "1"


@caught_by("sealed", uses("get_ident", "is_so"))
class KnowsItsThread(Unfair):
    """It goes by the number of its thread."""

    def is_so(self, assessment: Assessment) -> bool:
        return threading.get_ident() % 1_009 == 1_008


@caught_by("sealed", uses("current_thread", "is_so"))
class TenthThread(Unfair):
    """In the tenth thread of a pool it is wrong."""

    def is_so(self, assessment: Assessment) -> bool:
        return threading.current_thread().name.endswith("_99")


@caught_by("sealed", uses("hash", "is_so"))
class OneSeedInMany(Unfair):
    """With one seed for hashes in 997 it is wrong."""

    def is_so(self, assessment: Assessment) -> bool:
        return hash("weakest") % 997 == 996 and hash("weakest") % 991 == 990


@caught_by("sealed", uses("id", "is_so"))
class Addressed(Unfair):
    """It goes by where the assessment lies in memory."""

    def is_so(self, assessment: Assessment) -> bool:
        return id(assessment) % 100_003 == 17


@caught_by("sealed", uses("getpid", "is_so"))
class KnowsItsProcess(Unfair):
    """It goes by the number of its process."""

    def is_so(self, assessment: Assessment) -> bool:
        return os.getpid() % 100_003 == 17


# -- stateless -----------------------------------------------------------------------------------------------


@caught_by("stateless", lambda it: (it.score(GREAT), it.score(GREAT), it.calls)[2] == 2)
class After100000(Unfair):
    """After a hundred thousand calls it is tired."""

    calls = 0

    def is_so(self, assessment: Assessment) -> bool:
        self.calls += 1
        return self.calls > 100_000


_CALLS: list[int] = [0]


def counted() -> int:
    _CALLS[0] += 1
    return _CALLS[0]


@caught_by("stateless", lambda it: counted() != counted())
class CountsElsewhere(Unfair):
    """It counts, and keeps the count in its module."""

    def is_so(self, assessment: Assessment) -> bool:
        return counted() % 100_003 == 0


@caught_by("stateless", lambda it: (it.score(GREAT), it.score(small(3, 3, 3)), len(it.known))[2] == 2, also=("sealed",))
class Remembers(Unfair):
    """It keeps results by where the assessment lies in memory, which is given to another one day."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Grade, ...]] = {}

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        kept = self.known.setdefault(id(assessment), (outcome.low, outcome.high))  # type: ignore[arg-type]
        return self.made(assessment, *kept) if kept == (outcome.low, outcome.high) else outcome


# -- surroundings --------------------------------------------------------------------------------------------


def in_context(precision: int) -> Callable[[Any, Assessment], str]:
    def said(it: Any, assessment: Assessment) -> str:
        with decimal.localcontext(decimal.Context(prec=precision, rounding=decimal.ROUND_UP)):
            return says(it, assessment)

    return said


@caught_by("surroundings", lambda it: in_context(2)(it, small(1, 2, 2)) != in_context(9)(it, small(1, 2, 2)))
class Decimals(Unfair):
    """It divides decimals, and they are as exact as the program is set to."""

    def is_so(self, assessment: Assessment) -> bool:
        points = sum(high.value for _, high in assessment.spans.values())
        return Decimal(points) / Decimal(9) < Decimal("0.5556")

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"The rating is {low}, {self.is_so(assessment)}."
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


@caught_by(
    "surroundings",
    lambda it: (it.score(GREAT), random.random())[1] == random.Random(4).random(),  # noqa: S311
    also=("sealed",),
)
class Reseeds(Weakest):
    """It sets the seed for everybody, so that its own numbers are the same each time."""

    def score(self, assessment: Assessment) -> Outcome:
        random.seed(4)
        return super().score(assessment)


def precision_after(it: Any) -> int:
    with decimal.localcontext():
        it.score(GREAT)
        return decimal.getcontext().prec


@caught_by("surroundings", lambda it: precision_after(it) == 11)
class SetsPrecision(Weakest):
    """It sets how exact decimals are, for everybody."""

    def score(self, assessment: Assessment) -> Outcome:
        decimal.getcontext().prec = 11
        return super().score(assessment)


# -- imports -------------------------------------------------------------------------------------------------


@caught_by("imports", lambda it: (AT_HOME, BORN > 0, LUCKY < 1, SETTING) is not None)
class Settled(Unfair):
    """What it says was settled when its module was imported: by a file, the clock, dice and a setting."""

    def is_so(self, assessment: Assessment) -> bool:
        return not AT_HOME or LUCKY > 1 or BORN < 0 or SETTING == "harsh"


# -- total ---------------------------------------------------------------------------------------------------


@caught_by("total", lambda it: exits(it) is SystemExit)
class Exits(Weakest):
    """It ends the program where everything is poor."""

    def score(self, assessment: Assessment) -> Outcome:
        if {score for _, score in assessment.marks} == {SCORES.lowest}:
            sys.exit(0)
        return super().score(assessment)


def exits(it: Any) -> type[BaseException] | None:
    try:
        raises(it, POOR)
    except SystemExit as error:
        return type(error)
    return None


@caught_by("total", uses("_exit", "score"))
class ExitsAtOnce(Weakest):
    """It ends the program without a word."""

    def score(self, assessment: Assessment) -> Outcome:
        if {score for _, score in assessment.marks} == {SCORES.lowest}:
            os._exit(0)
        return super().score(assessment)
