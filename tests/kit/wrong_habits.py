"""Scorers with bad habits: they change what they are given, look around, or are not the same again."""

from __future__ import annotations

import os
import pickle
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter as ticks
from typing import Any

from attrs import evolve, fields, frozen

from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade

from .animal import GREAT, POOR, Witness, all_great, caught_by, raises, says, uses
from .scorers import RULE, Weakest, small

# -- pure ----------------------------------------------------------------------------------------------------


def changes(it: Any) -> bool:
    """Whether an assessment's scores are other ones, or in another order, after it was scored."""
    given = small(3, 1, 2)
    before = list(given.scores.items())
    it.score(given)
    return list(given.scores.items()) != before


@caught_by("pure", changes)
class Greedy(Weakest):
    """It takes the scores out as it reads them."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        while assessment.scores:
            assessment.scores._found.popitem()
        return outcome


@caught_by("pure", lambda it: (given := small(2, 2, 2), it.score(given), given.notes)[2] != "")
class Annotates(Weakest):
    """It leaves a note in the assessment, frozen or not."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        mine = evolve(assessment)
        object.__setattr__(assessment, "notes", "seen")
        return evolve(outcome, assessment=mine)


def dyed(it: Any) -> bool:
    """Whether a grade that it scored is labelled in another way afterwards."""
    given: Assessment = pickle.loads(pickle.dumps(GREAT))
    it.score(given)
    return str(given.scores["a"]) == "Seen"


@caught_by("pure", dyed)
class Dyes(Weakest):
    """It marks the grades that it has seen, and so everybody's."""

    def score(self, assessment: Assessment) -> Outcome:
        for _, score in assessment.marks:
            if isinstance(score, Grade):
                object.__setattr__(score, "label", "Seen")
        return super().score(assessment)


# -- sealed --------------------------------------------------------------------------------------------------


@caught_by("sealed", uses("now"))
class Yearly(Weakest):
    """It asks what day it is."""

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if datetime.now().year > 2000 else None  # type: ignore[return-value]  # noqa: DTZ005


@caught_by("sealed", uses("ticks"))
class Timed(Weakest):
    """It looks at a clock under another name."""

    def score(self, assessment: Assessment) -> Outcome:
        start = ticks()
        outcome = super().score(assessment)
        return outcome if ticks() >= start else None  # type: ignore[return-value]


@caught_by("sealed", lambda it: it.reader() > 1_000_000_000)
class Indirect(Weakest):
    """It has a clock read by a function of the standard library."""

    reader = staticmethod(lambda: max(map(apply, (time.time,))))

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if self.reader() > 0 else None  # type: ignore[return-value]


def apply(function: Callable[[], float]) -> float:
    return function()


@caught_by("sealed", uses("read_bytes"))
class Bookish(Weakest):
    """It reads its table again each time."""

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if Path(__file__).read_bytes() else None  # type: ignore[return-value]


@caught_by("sealed", uses("exists"))
class Peeping(Weakest):
    """It looks whether a file is there."""

    def score(self, assessment: Assessment) -> Outcome:
        return super().score(assessment) if Path(__file__).exists() else None  # type: ignore[return-value]


@caught_by("sealed", uses("socket"))
class Chatty(Weakest):
    """It opens a line to the outside."""

    def score(self, assessment: Assessment) -> Outcome:
        with socket.socket():
            return super().score(assessment)


# -- deterministic -------------------------------------------------------------------------------------------


@caught_by("deterministic", lambda it: says(it, GREAT) != says(it, GREAT), also=("stateless",))
class Counting(Weakest):
    """It numbers its best results."""

    count = 0

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        self.count += 1
        text = f"Result number {self.count}." if all_great(assessment) else "The weakest score is the rating."
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


@caught_by(
    "deterministic",
    lambda it: (says(it, GREAT), says(it, POOR), says(it, GREAT))[0::2] != (says(it, GREAT),) * 2,
    also=("stateless",),
)
class Remembering(Weakest):
    """What it says of the best result depends on what it scored before."""

    last = ""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"Before it: {self.last}." if all_great(assessment) else "The weakest score is the rating."
        self.last = repr(assessment.marks)
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


@caught_by(
    "deterministic",
    lambda it: len({says(it, GREAT) for _ in range(9)}) > 1,
    blocks=("threads", "processes", "pickles"),
    also=("sealed", "surroundings"),
)
class Rolling(Weakest):
    """It rolls dice for its words."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"Rolled: {random.random()}"  # noqa: S311
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


# -- threads -------------------------------------------------------------------------------------------------


def fails_in_a_thread(it: Any) -> bool:
    """Whether it can be used only in the thread that made it."""
    found: list[type[Exception] | None] = []
    thread = threading.Thread(target=lambda: found.append(raises(it, GREAT)))
    thread.start()
    thread.join()
    return found[0] is not None and raises(it, GREAT) is None


@caught_by("threads", fails_in_a_thread)
class Homebound(Weakest):
    """It keeps a setting in the thread that made it."""

    def __init__(self) -> None:
        self.here = threading.local()
        self.here.text = "The weakest score is the rating."

    def __reduce__(self) -> tuple[type[Homebound], tuple[()]]:
        return Homebound, ()

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text=self.here.text, references=(RULE,))


# -- processes -----------------------------------------------------------------------------------------------


def differs_by(variable: str, *values: str) -> Witness:
    """A witness that scores in processes which differ in an environment variable."""

    def differs(it: Any) -> bool:
        code = "import pickle, sys; it, a = pickle.load(sys.stdin.buffer); print(it.score(a).trace.parts[0].text)"
        path = os.pathsep.join(entry for entry in sys.path if entry)
        said = {
            subprocess.run(
                [sys.executable, "-c", code],
                input=pickle.dumps((it, GREAT)),
                env={**os.environ, "PYTHONPATH": path, variable: value},
                capture_output=True,
                check=True,
            ).stdout
            for value in values
        }
        return len(said) > 1

    return differs


@caught_by("processes", differs_by("PYTHONHASHSEED", "1", "2"))
class Hashed(Weakest):
    """It names a result by a hash that every process makes anew."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text=f"Result {hash('weakest')}", references=(RULE,))


@caught_by("processes", differs_by("TZ", "Pacific/Kiritimati", "Pacific/Pago_Pago"))
class Zoned(Weakest):
    """It says in which time zone it is."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text=f"In {time.tzname}", references=(RULE,))


# -- pickles -------------------------------------------------------------------------------------------------


def cannot_be_pickled(it: Any) -> bool:
    try:
        pickle.dumps(it)
    except (AttributeError, pickle.PicklingError):
        return True
    return False


@caught_by("pickles", cannot_be_pickled)
class Closed(Weakest):
    """It holds a function that has no name."""

    def __init__(self) -> None:
        self.choose: Any = lambda low: low

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return super().made(assessment, self.choose(low), high)


@caught_by("pickles", lambda it: says(it.__copy__(), GREAT) != says(it, GREAT))
class LosesItself(Weakest):
    """A copy of it is not what it was."""

    def __init__(self, text: str = "Set up with care.") -> None:
        self.text = text

    def __copy__(self) -> LosesItself:
        return LosesItself("As it comes.")

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text=self.text, references=(RULE,))


# -- round-trip ----------------------------------------------------------------------------------------------


@frozen(repr=False)
class Richer(Outcome):
    """An outcome with a field more."""

    peers: int = 0


@caught_by("round-trip", lambda it: "peers" not in it.score(GREAT).to_dict() and it.score(GREAT).peers == 153)
class Enriching(Weakest):
    """What it adds to an outcome is lost when that is written."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        names = [field.name for field in fields(Outcome)]
        return Richer(**{name: getattr(outcome, name) for name in names}, peers=153)


def cannot_be_encoded(it: Any) -> bool:
    try:
        says(it, GREAT).encode()
    except UnicodeEncodeError:
        return True
    return False


@caught_by("round-trip", cannot_be_encoded)
class HalfALetter(Weakest):
    """Its words hold half a character, which no file can."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        return Outcome.of(self, assessment, low, high, text="Half: \ud83d", references=(RULE,))
