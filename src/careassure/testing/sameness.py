"""Checks that a result is the same again: called twice, in a thread, in another process, copied, written and read."""

from __future__ import annotations

import copy
import json
import pickle
import random
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any, cast

from attrs import frozen
from hypothesis import strategies as st

from careassure.errors import CareAssureError
from careassure.io.formats import parse
from careassure.io.records import outcome_from
from careassure.model.assessment import Assessment
from careassure.model.council import Body, Council
from careassure.model.dates import DateInput
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.snapshot import Snapshot
from careassure.model.text import plural
from careassure.testing.bench import Bench, RaisedError, for_all, require
from careassure.testing.cases import described
from careassure.testing.check import CheckBlockedError, CheckFailedError, NotOfferedError
from careassure.testing.image import difference
from careassure.testing.process import Answer, TooFarError, outcomes_elsewhere
from careassure.testing.profiles import fresh
from careassure.testing.soundness import type_faults

SAMPLE = 10
_OF_METHODS = 4
THREADS = 12

# -- called again ----------------------------------------------------------------------------------------


def deterministic(bench: Bench) -> str:
    """The same scores give the same outcome, whatever was scored before."""

    def again(assessment: Assessment, before: Outcome | None) -> bool:
        other = difference(before, bench.outcome(assessment))
        if other:
            raise CheckFailedError(f"scored again, {other}", where=described(assessment))
        return before is not None

    def one(assessments: list[Assessment]) -> bool:
        first = [(assessment, bench.outcome(assessment)) for assessment in assessments]
        found = [again(assessment, before) for assessment, before in reversed(first)]
        return any(found)

    looked = 0
    for framework in bench.frameworks:
        several = st.lists(bench.cases(framework, missing=True, unrated=True), min_size=2, max_size=3)
        looked += for_all(several, one, examples=5)
    looked += sum(again(assessment, outcome) for assessment, outcome in reversed(bench.habitual))
    require(looked, "total")
    return plural(looked, "outcome")


def _steady(bench: Bench, size: int = SAMPLE) -> list[tuple[Assessment, Outcome]]:
    """Some assessments that get the same outcome twice; those that do not are the business of another check."""
    some = bench.sample(min(size, _OF_METHODS) if bench.applies_method else size)
    pairs = [(assessment, bench.outcome(assessment)) for assessment in some]
    steady = [
        (assessment, before)
        for assessment, before in reversed(pairs)
        if before is not None and not difference(before, bench.outcome(assessment))
    ]
    require(len(steady), "total and deterministic")
    return steady


# -- in threads ------------------------------------------------------------------------------------------


def threads(bench: Bench) -> str:
    """Several threads at once get what one gets alone."""
    steady = _steady(bench)
    interval = sys.getswitchinterval()
    together = Barrier(THREADS, action=lambda: sys.setswitchinterval(1e-5))  # from here on they interrupt each other

    def work(number: int) -> list[tuple[Assessment, str]]:
        mine = list(steady)
        random.Random(number).shuffle(mine)  # noqa: S311  (an order, not a secret)
        together.wait(timeout=60)
        return [(assessment, difference(before, bench.outcome(assessment))) for assessment, before in mine]

    try:
        with ThreadPoolExecutor(THREADS) as pool:
            done = list(pool.map(work, range(THREADS)))
    finally:
        sys.setswitchinterval(interval)
    for assessment, other in (found for results in done for found in results):
        if other:
            raise CheckFailedError(f"in another thread {other}", where=described(assessment))
    return f"{plural(len(steady), 'outcome')} in {THREADS} threads"


# -- in another process ----------------------------------------------------------------------------------


def processes(bench: Bench) -> str:
    """Another process, with another seed for hashes, other settings and in another time zone, gets the same."""
    steady, answers = _elsewhere(bench)
    require(len(steady), "total and deterministic")
    for answer in answers:
        for (assessment, before), after in zip(steady, answer.outcomes, strict=True):
            other = difference(before, after)
            if other:
                raise CheckFailedError(f"in a process with {answer.where} {other}", where=described(assessment))
    return f"{plural(len(steady), 'outcome')} in {plural(len(answers), 'other process', 'other processes')}"


def imports(bench: Bench) -> str:
    """Importing the scorer's modules asks no clock, chance or setting, and no file outside their own package."""
    own = bench.own or next((module.partition(".")[0] for module in bench.modules), "careassure")
    if own == "careassure":
        return "it is given as data, and nothing is imported for it"
    _, answers = _elsewhere(bench)
    for line in (line for answer in answers for line in answer.imported):
        raise CheckFailedError(
            f"importing {own} used {line}", hint="Ship a file inside the package, or give the scorer what it needs"
        )
    return f"{own} in {plural(len(answers), 'other process', 'other processes')}"


Steady = list[tuple[Assessment, Outcome]]


def _elsewhere(bench: Bench) -> tuple[Steady, list[Answer]]:
    """Some assessments with their outcomes here, and what other processes make of them; asked once."""
    if "elsewhere" not in bench.kept:
        bench.kept["elsewhere"] = _asked(bench)
    found: Any = bench.kept["elsewhere"]
    return cast("tuple[Steady, list[Answer]]", found)


def _asked(bench: Bench) -> tuple[Steady, list[Answer]]:
    try:
        steady = _steady(bench)
    except CheckBlockedError:
        steady = []
    try:
        payload = pickle.dumps((bench.scorer, [assessment for assessment, _ in steady]))
    except Exception as error:
        raise NotOfferedError(f"it cannot be sent to another process: {type(error).__name__}: {error}") from error
    own = bench.own or next((module.partition(".")[0] for module in bench.modules), "careassure")
    try:
        return steady, outcomes_elsewhere(payload, "" if own == "careassure" else own, bench.modules)
    except TooFarError as error:
        raise NotOfferedError(f"another process cannot import it: {error}") from error


# -- changed by it ---------------------------------------------------------------------------------------


def pure(bench: Bench) -> str:
    """Scoring changes nothing in the assessment, nor in the framework and the grades that others use too."""

    def one(assessment: Assessment) -> bool:
        given = fresh(assessment)
        before = Snapshot.of(given)
        try:
            bench.scored(given)
        except RaisedError:
            return False
        changed = before.change()
        if changed:
            before.restore()
            raise CheckFailedError(f"scoring changed the assessment: {changed}", where=described(assessment))
        return True

    among = [assessment for assessment, _ in bench.habitual]
    bench.put_back()  # what was changed while the gallery was made
    looked = bench.each(one, among)
    if bench.changed:
        raise CheckFailedError(f"scoring changed what others use too: {bench.changed[0]}")
    require(looked, "total")
    return plural(looked, "assessment")


# -- copied ----------------------------------------------------------------------------------------------


def _pickled(protocol: int, value: object) -> Any:  # noqa: ANN401
    return pickle.loads(pickle.dumps(value, protocol))  # noqa: S301  (its own)


_COPIES: dict[str, Callable[[Any], Any]] = {
    "copied": copy.copy,
    "copied with all inside it": copy.deepcopy,
    **{
        f"pickled by protocol {protocol}": partial(_pickled, protocol)
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    },
}


def pickles(bench: Bench) -> str:
    """The scorer and its outcomes can be copied and pickled, and stay what they are."""
    steady = _steady(bench, 4)
    for how, made in _COPIES.items():
        twin = Bench(_copied(made, bench.scorer, "the scorer", how), bench.framework)
        for assessment, before in steady:
            other = difference(before, twin.outcome(assessment))
            if other:
                raise CheckFailedError(f"when the scorer is {how}, {other}", where=described(assessment))
            outcome = bench.outcome(assessment)
            other = difference(before, _copied(made, outcome, "an outcome", how))
            if other:
                raise CheckFailedError(f"when its outcome is {how}, {other}", where=described(assessment))
    return f"{plural(len(steady), 'outcome')}, each {len(_COPIES)} times"


def _copied(made: Callable[[Any], Any], value: object, what: str, how: str) -> Any:  # noqa: ANN401
    try:
        return made(value)
    except Exception as error:
        raise CheckFailedError(f"{what} cannot be {how}: {type(error).__name__}: {error}") from error


# -- written and read ------------------------------------------------------------------------------------


@frozen
class _Lookup:
    """Finds the one framework that an outcome is about, installed or not."""

    assessment: Assessment

    def framework(self, _id: str, _version: str | None, /) -> Framework:
        """The framework of the assessment."""
        return self.assessment.framework

    def subject(self, _name: str, _framework: Framework, _at: DateInput | None = None, /) -> Council | Body:
        """Whom the assessment is of."""
        return self.assessment.council

    def council(self, _code: str, /) -> Council | None:
        """The same, where it is a council."""
        found = self.assessment.council
        return found if isinstance(found, Council) else None


def round_trip(bench: Bench) -> str:
    """An outcome written in the form careassure.outcome/1 and read again is the same outcome."""

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        if any(type_faults(outcome)):
            return False  # another check's business
        try:
            text = json.dumps(outcome.to_dict(), allow_nan=False)
            again = outcome_from(json.loads(text), _Lookup(outcome.assessment))
        except Exception as error:
            raise CheckFailedError(
                f"it cannot be written and read again: {type(error).__name__}: {error}", where=described(assessment)
            ) from error
        other = difference(outcome, again)
        if other:
            raise CheckFailedError(f"written and read again, {other}", where=described(assessment))
        return True

    looked = bench.each_outcome(one, bench.sample(6 if bench.applies_method else 16), "total and exact-types")
    _check_files(bench)
    return looked


def _check_files(bench: Bench) -> None:
    """The same with files in a folder of its own."""
    from careassure.files import write

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "outcome.json")
        for assessment in bench.sample(3):
            outcome = bench.outcome(assessment)
            if outcome is None or any(type_faults(outcome)):
                continue
            try:
                write(outcome, path)
                again = outcome_from(parse(path.read_text(encoding="utf-8")), _Lookup(outcome.assessment))
            except (CareAssureError, ValueError) as error:
                raise CheckFailedError(
                    f"it cannot be written to a file: {error}", where=described(assessment)
                ) from error
            other = difference(outcome, again)
            if other:
                raise CheckFailedError(f"read from a file, {other}", where=described(assessment))
