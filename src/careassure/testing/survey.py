"""The survey: every combination of scores where they are not too many, and many thousands of them otherwise.

It is made once for a scorer and a framework. Whatever is wrong with one of the outcomes is kept under the name of the
check whose business it is, and that check fails.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import product
from time import process_time
from typing import Any

from attrs import field, frozen

from careassure.errors import CareAssureError
from careassure.methods.check import check
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.text import join
from careassure.testing.bench import BESIDE, Bench, RaisedError
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError
from careassure.testing.compare import contains, never_falls
from careassure.testing.context import HINT, fields_read
from careassure.testing.profiles import Facts, Maker
from careassure.testing.soundness import (
    declared_flags,
    flag_faults,
    range_faults,
    trace_faults,
    type_faults,
    uncited,
)
from careassure.testing.table import Table
from careassure.testing.watch import watched

EVERY = 300_000
"""Of so many combinations of scores every one is tried."""

MANY = 20_000
"""Where there are more, so many are tried; and so many where scores may be missing too."""

PATIENCE = 180.0
"""Seconds of the processor. Where every combination would take longer, `MANY` are tried; and where those with scores
missing, which come first, show that there is something to mend."""

SURVEYED = (
    *("total", "signed", "exact-types", "range", "flags", "trace", "cited", "missing", "context", "sealed"),
    "deterministic",
)
"""The checks that the survey serves, beside `monotone`, which may be declared not to hold."""

_FEW = 2_000
_SMALL = 20
_PROVED = 300
_WITH_GAPS = 4_000
_TRIAL = 200
_EVERY_SO_MANY = 197
_MOST_KINDS = 2_000


@frozen(eq=False)
class Survey:
    """What came of trying many combinations of scores under one framework.

    Args:
        framework: The framework.
        how: How it was done: by proof, every combination, or some of them.
        tried: How many combinations without a missing score were tried.
        gaps: How many with one.
        among: How many combinations without a missing score there are.
        with_gaps: How many with one there are.
        faults: The first fault that was found, by the check whose business it is.
    """

    framework: Framework
    how: str
    tried: int
    gaps: int
    among: int
    with_gaps: int
    faults: dict[str, CheckFailedError]

    def __str__(self) -> str:
        name = f"{self.framework.id} {self.framework.version}"
        if self.how == "proof":
            return f"{name}: all {self.among:,} by proof, and {self.tried + self.gaps:,} worked out"
        every = "all" if self.tried == self.among else f"{self.tried:,} of"
        gaps = f", and {self.gaps:,} with scores missing" if self.gaps else ""
        return f"{name}: {every} {self.among:,}{gaps}"


def surveys(bench: Bench) -> tuple[Survey, ...]:
    """The surveys of every framework that a scorer is tested with, made once."""
    kept: Any = bench.kept
    if "surveys" not in kept:
        kept["surveys"] = tuple(
            _Surveyor(bench, framework, Maker.of(framework)).survey() for framework in bench.frameworks
        )
    found: tuple[Survey, ...] = kept["surveys"]
    return found


def nothing_found(bench: Bench, name: str) -> None:
    """Refuse a scorer with a fault that the survey found and that is the business of a check.

    Raises:
        CheckFailedError: There is one.
    """
    for survey in surveys(bench):
        if name in survey.faults:
            raise survey.faults[name]


Places = tuple[int, ...]


@frozen(eq=False)
class _Surveyor:
    bench: Bench
    framework: Framework
    maker: Maker
    faults: dict[str, CheckFailedError] = field(factory=dict[str, CheckFailedError])
    kinds: set[object] = field(factory=set[object])
    read: list[str] = field(factory=list[str])
    noted: list[str] = field(factory=list[str])

    def survey(self) -> Survey:
        """Try what can be tried."""
        maker, told = self.maker, self._facts()
        proved = self._is_proved()
        if proved and maker.all * len(told) > _FEW:
            number = _PROVED if len(maker.choices) <= _SMALL else _PROVED // 10
            gaps = self.walk(number, 20)
            return self._made("proof", number - gaps, gaps)
        free = tuple(name for name in BESIDE if name not in self.bench.reads)
        quick = maker.complete <= EVERY and self._is_quick()
        with fields_read(free) as read, watched(self.bench.own, closely=False) as noted:
            whole = _Surveyor(self.bench, self.framework, maker, self.faults, self.kinds, read, noted)
            if maker.all * len(told) <= MANY:
                for facts in told:
                    whole.table(facts, missing=True)
                return self._made("every", maker.complete, maker.all - maker.complete)
            gaps = whole.walk(_WITH_GAPS, 40)
            if quick and not self._is_wrong():
                for facts in told:
                    whole.table(facts, missing=False)
                return self._made("every", maker.complete, gaps)
            whole.walk(min(MANY, maker.complete), 0)
            return self._made("some", min(MANY, maker.complete), gaps)

    def _made(self, how: str, tried: int, gaps: int) -> Survey:
        among = self.maker.complete
        return Survey(self.framework, how, tried, gaps, among, self.maker.all - among, self.faults)

    def _is_proved(self) -> bool:
        """Whether the rules were proved to be sound for every combination of scores."""
        method = self.bench.method
        if not self.bench.applies_method or method is None:
            return False
        try:
            return check(method, self.framework).ok
        except CareAssureError:
            return False

    def _facts(self) -> list[Facts]:
        names = sorted(self.bench.facts)
        if self.maker.complete * 3 ** len(names) > EVERY:
            return [()]
        return [
            tuple((name, so) for name, so in zip(names, told, strict=True) if so is not None)
            for told in product((None, True, False), repeat=len(names))
        ]

    def _is_quick(self) -> bool:
        """Whether the scorer is quick enough for every combination to be tried."""
        if self.bench.thorough:
            return True
        start, tried = process_time(), 0
        for places, _ in self.maker.walks(_TRIAL, missing=0, seed=2):
            self.bench.outcome_of(self.maker.made(places))
            tried += 1
        return (process_time() - start) * self.maker.complete <= PATIENCE * tried

    def _is_wrong(self) -> bool:
        """Whether there is something to mend already: until then, not every combination need be tried."""
        bench = self.bench
        declared = {"monotone"} if getattr(bench.scorer, "non_monotone", False) is True else set[str]()
        return not bench.thorough and bool(self.faults.keys() - declared - bench.expected)

    # -- one outcome ----------------------------------------------------------------------------------

    def outcome(self, assessment: Assessment, *, closely: bool) -> Outcome | None:
        """What the scorer makes of an assessment; what is wrong with it is kept."""
        try:
            found = self.bench.scored(assessment)
        except RaisedError as error:
            self._keep("total", f"it raised {error}", assessment)
            return None
        if self.noted:
            self._keep("sealed", f"scoring used {join(list(dict.fromkeys(self.noted)))}", assessment)
            self.noted.clear()
        if self.read:
            self._keep("context", f"scoring reads {join(self.read)} of the assessment", assessment, HINT)
            self.read.clear()
        if not isinstance(found, Outcome):
            self._keep("total", f"it gave {found!r}, not an Outcome", assessment)
            return None
        kind = _kind(found)
        if closely or (kind not in self.kinds and len(self.kinds) < _MOST_KINDS):
            self.kinds.add(kind)
            self._look(assessment, found)
        return found

    def _look(self, assessment: Assessment, outcome: Outcome) -> None:
        """Look at everything in an outcome."""
        scorer = self.bench.scorer
        if (outcome.scorer, outcome.scorer_version, outcome.title) != (scorer.name, scorer.version, scorer.title):
            self._keep("signed", "its outcome has another name, version or title than it has", assessment)
        for fault in type_faults(outcome):
            self._keep("exact-types", fault, assessment)
            return
        for name, faults in (
            ("range", range_faults(outcome)),
            ("trace", trace_faults(assessment, outcome)),
            ("cited", uncited(outcome)),
            ("flags", flag_faults(outcome, declared_flags(self.bench))),
        ):
            for fault in faults:
                self._keep(name, fault, assessment)

    def _keep(self, name: str, fault: str, assessment: Assessment, hint: str = "") -> None:
        if name not in self.faults:
            self.faults[name] = CheckFailedError(fault, where=described(assessment), hint=hint)

    # -- many of them ---------------------------------------------------------------------------------

    def walk(self, number: int, missing: int) -> int:
        """Walk from one combination of scores to its neighbours, and compare each with the one before.

        Args:
            number: How many combinations are tried.
            missing: In how many of a hundred steps a score goes missing, or comes to be known.

        Returns:
            How many of them had a score missing.
        """
        last: tuple[Places, Assessment, Outcome | None] | None = None
        gaps = 0
        for count, (places, moved) in enumerate(self.maker.walks(number, missing=missing)):
            assessment = self.maker.made(places, self._told(count))
            outcome = self.outcome(assessment, closely=count % _EVERY_SO_MANY == 0)
            gaps += 0 in places
            if last is not None and moved is not None and last[1].facts == assessment.facts:
                this = places, assessment, outcome
                before, after = (last, this) if last[0][moved] < places[moved] else (this, last)
                check, compare = ("missing", contains) if not before[0][moved] else ("monotone", never_falls)
                self._compare(check, compare, before, after)
            last = places, assessment, outcome
        return gaps

    def _told(self, count: int) -> Facts:
        """The facts of one walk: none at first, then each in turn."""
        names = sorted(self.bench.facts)
        turn = count // 64
        return tuple((name, bool(turn >> place & 1)) for place, name in enumerate(names)) if turn % 2 else ()

    def _compare(
        self,
        name: str,
        compare: Callable[[Outcome | None, Outcome | None, Assessment, Assessment], bool],
        before: tuple[Places, Assessment, Outcome | None],
        after: tuple[Places, Assessment, Outcome | None],
    ) -> None:
        if name not in self.faults:
            try:
                compare(before[2], after[2], before[1], after[1])
            except CheckFailedError as fault:
                self.faults[name] = fault

    def table(self, facts: Facts, *, missing: bool) -> None:
        """Try every combination of scores in order, and compare each with all of its neighbours."""
        sizes = [len(found) - (not missing) for found in self.maker.choices]
        table = Table(sizes, missing=missing)
        for count, assessment in enumerate(self.maker.every(facts, missing=missing)):
            table.add(self.outcome(assessment, closely=count % _EVERY_SO_MANY == 0))
            if count % MANY == 0:
                gc.collect(1)  # what was made since the last time, and not all that the process holds
        for count in range(table.size - 1, -1, -_EVERY_SO_MANY):
            assessment = self.maker.made(table.places(count), facts)
            if not table.is_same(count, self.outcome(assessment, closely=False)):
                self._keep("deterministic", "scored again after many others, it gives something else", assessment)
        for name, compare in (("monotone", never_falls), ("missing", contains)):
            for one, other in table.faults(name):
                pair = [self.maker.made(table.places(count), facts) for count in (one, other)]
                found = [self.outcome(assessment, closely=False) for assessment in pair]
                self._compare(
                    name, compare, (table.places(one), pair[0], found[0]), (table.places(other), pair[1], found[1])
                )
                self._keep(name, table.words(one, other), pair[0])
                break


def _kind(outcome: Outcome) -> object:
    """What tells one kind of outcome from another, but for its numbers and its profile."""
    low, high, suggested = outcome.low, outcome.high, outcome.suggested
    return (
        type(outcome),
        getattr(low, "key", low),
        getattr(high, "key", high),
        getattr(suggested, "key", suggested),
        type(outcome.percentage_low),
        type(outcome.percentage_high),
        type(outcome.score_low),
        type(outcome.score_high),
        type(outcome.flags),
        tuple([flag.id for flag in outcome.flags]),
        outcome.scorer,
        outcome.scorer_version,
        outcome.trace.low is low or outcome.trace.low == low,
    )
