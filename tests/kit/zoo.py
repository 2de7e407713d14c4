"""A zoo of wrong scorers: each is wrong in one way, and each has a witness that proves it without the kit."""

from __future__ import annotations

import os
import pickle
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter as ticks
from typing import Any

from attrs import evolve, fields, frozen

import careassure as ca
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework, Statement, Theme
from careassure.model.outcome import Flag, Outcome
from careassure.model.scale import Grade
from careassure.model.trace import Step

from .methods import POINTS, STRICT
from .scorers import RULE, SCORES, SMALL, Even, Percent, Table, Weakest, ratings_of, small

Witness = Callable[[Any], bool]


@dataclass(frozen=True)
class Animal:
    """A wrong scorer, the check that is meant for it, and a proof that it is wrong.

    ``blocks`` are checks that can look at nothing as long as it is wrong in this way.
    """

    make: Callable[[], Any]
    check: str
    witness: Witness
    blocks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.check}: {self.make.__name__}"


ZOO: list[Animal] = []


def caught_by(check: str, witness: Witness, blocks: tuple[str, ...] = ()) -> Callable[[type], type]:
    """Put a class of scorers into the zoo."""

    def add(kind: type) -> type:
        ZOO.append(Animal(kind, check, witness, blocks))
        return kind

    return add


def all_great(assessment: Assessment) -> bool:
    return {score for _, score in assessment.marks} == {SCORES.highest}


GREAT = small(3, 3, 3)
POOR = small(1, 1, 1)

# -- well-named ------------------------------------------------------------------------------------------


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


# -- accepts ---------------------------------------------------------------------------------------------


def raises(it: Any, assessment: Assessment) -> type[Exception] | None:
    """What scoring raises, or None."""
    try:
        it.score(assessment)
    except Exception as error:  # noqa: BLE001  (whatever it is)
        return type(error)
    return None


ALL = Theme("t", "T", (Statement("s", "S"),))
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


# -- total -----------------------------------------------------------------------------------------------


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


# -- signed ----------------------------------------------------------------------------------------------


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


# -- exact-types -----------------------------------------------------------------------------------------


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


# -- range -----------------------------------------------------------------------------------------------


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


# -- flags -----------------------------------------------------------------------------------------------


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


# -- trace -----------------------------------------------------------------------------------------------


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


# -- cited -----------------------------------------------------------------------------------------------


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


# -- monotone --------------------------------------------------------------------------------------------


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


# -- missing ---------------------------------------------------------------------------------------------


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


# -- order -----------------------------------------------------------------------------------------------


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
    found = [ca.Evidence(f"e{name}", "Found", "any", name) for name in statements]
    return evolve(small(2, 2, 2), evidence=tuple(found))


@caught_by("order", lambda it: it.score(with_evidence("a", "b")).flags != it.score(with_evidence("b", "a")).flags)
class FirstFound(Weakest):
    """It looks at the first piece of evidence only."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        if not assessment.evidence or "a" not in assessment.evidence[0].statements:
            return outcome
        return evolve(outcome, flags=(Flag("about-a", "There is evidence about A.", references=(RULE,)),))


# -- lowering --------------------------------------------------------------------------------------------


@caught_by("lowering", lambda it: it.score(small(2, 2, 1)).low != MethodScorer(it.method).score(small(2, 2, 1)).low)
@frozen
class Impostor(MethodScorer):
    """It shows the rules of one method and applies another."""

    method: ca.Method = POINTS

    def score(self, assessment: Assessment, /) -> Outcome:
        outcome = MethodScorer(STRICT).score(assessment)
        return evolve(outcome, scorer=self.name, scorer_version=self.version, title=self.title)


# -- pure ------------------------------------------------------------------------------------------------


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
            assessment.scores.popitem()
        return outcome


@caught_by("pure", lambda it: (given := small(2, 2, 2), it.score(given), given.notes)[2] != "")
class Annotates(Weakest):
    """It leaves a note in the assessment, frozen or not."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        mine = evolve(assessment)
        object.__setattr__(assessment, "notes", "seen")
        return evolve(outcome, assessment=mine)


# -- sealed ----------------------------------------------------------------------------------------------


def uses(name: str) -> Witness:
    """A witness that looks into the code for a name."""
    return lambda it: name in type(it).score.__code__.co_names


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


# -- deterministic ---------------------------------------------------------------------------------------


def says(it: Any, assessment: Assessment) -> str:
    """The sentence of the overall rating."""
    text: str = it.score(assessment).trace.find("node", "overall").text
    return text


@caught_by("deterministic", lambda it: says(it, GREAT) != says(it, GREAT))
class Counting(Weakest):
    """It numbers its best results."""

    count = 0

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        self.count += 1
        text = f"Result number {self.count}." if all_great(assessment) else "The weakest score is the rating."
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


@caught_by(
    "deterministic", lambda it: (says(it, GREAT), says(it, POOR), says(it, GREAT))[0::2] != (says(it, GREAT),) * 2
)
class Remembering(Weakest):
    """What it says of the best result depends on what it scored before."""

    last = ""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"Before it: {self.last}." if all_great(assessment) else "The weakest score is the rating."
        self.last = repr(assessment)
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


@caught_by(
    "deterministic",
    lambda it: len({says(it, GREAT) for _ in range(9)}) > 1,
    blocks=("threads", "processes", "pickles"),
)
class Rolling(Weakest):
    """It rolls dice for its words."""

    def made(self, assessment: Assessment, low: Grade | None, high: Grade | None) -> Outcome:
        text = f"Rolled: {random.random()}"  # noqa: S311
        return Outcome.of(self, assessment, low, high, text=text, references=(RULE,))


# -- threads ---------------------------------------------------------------------------------------------


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


# -- processes -------------------------------------------------------------------------------------------


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


# -- pickles ---------------------------------------------------------------------------------------------


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


# -- round-trip ------------------------------------------------------------------------------------------


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
