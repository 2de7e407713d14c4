"""Checks that a result rests on scores and declared facts alone, whoever was assessed, when and by whom."""

from __future__ import annotations

import _thread
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar, get_args

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from careassure.model.assessment import Assessment, AssessmentKind, Disagreement, Stated
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.reference import Confidence
from careassure.model.text import join, plural
from careassure.testing.assessments import beside, standing
from careassure.testing.bench import BESIDE, Bench, require
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError
from careassure.testing.image import difference
from careassure.testing.profiles import altered
from careassure.testing.reach import constants

_BASES = 6
_MOST = 48
"""So many of the changes that are tried on a scorer in Python are tried where a method is given as data."""

HINT = "Look at scores and declared facts alone, or declare what else the rule reads: reads = (...)"
T = TypeVar("T")
_ident = _thread.get_ident
_frame: Callable[[int], FrameType] = getattr(sys, "_getframe")  # noqa: B009  (its one name has an underscore)


def context(bench: Bench) -> str:
    """Who was assessed, when, by whom and on what evidence changes nothing, but for what the scorer says it reads."""
    free = tuple(name for name in BESIDE if name not in bench.reads)
    words, numbers = constants(bench.scorer)
    looked = 0
    for given in bench.sample(1 if bench.applies_method else _BASES):
        changes = [change for change in variations(given, words, numbers) if not change.keys() - {*free}]
        looked += _tried(bench, free, given, (altered(given, change) for change in _some(bench, changes)))
    for framework in bench.frameworks:

        def one(two: tuple[Assessment, Assessment]) -> bool:
            return _tried(bench, free, two[0], [two[1]]) > 0

        looked += bench.for_all(framework, _told_otherwise(bench, framework, free), one)
    require(looked, "total and deterministic")
    note = f"; it declares that it reads {join(bench.reads)}" if bench.reads else ""
    return f"{plural(looked, 'change')} beside the scores{note}"


def _some(bench: Bench, changes: list[T]) -> list[T]:
    """All changes for a scorer in Python; some, from all over the list, for a method that is given as data."""
    return changes[:: -(-len(changes) // _MOST)] if bench.applies_method and changes else changes


def _tried(bench: Bench, free: tuple[str, ...], given: Assessment, others: Iterable[Assessment]) -> int:
    """With how many others an assessment was compared: they differ from it in fields that the scorer does not read.

    Raises:
        CheckFailedError: One has another outcome, or such a field is read.
    """
    first = bench.outcome(given)
    if first is None:
        return 0
    looked = 0
    with fields_read(free) as read:
        for other in others:
            found = bench.outcome(other)
            asked = join(read)
            differs = difference(first, found) if found is not None else "there is no outcome"
            if differs and not difference(first, bench.outcome(given)):
                change = join([name for name in free if getattr(given, name) != getattr(other, name)])
                raise CheckFailedError(f"with other {change}, {differs}", where=described(given), hint=HINT)
            if asked:
                raise CheckFailedError(f"scoring reads {asked} of the assessment", where=described(given), hint=HINT)
            read.clear()
            looked += 1
    return looked


@st.composite
def _told_otherwise(
    draw: DrawFn, bench: Bench, framework: Framework, free: Sequence[str]
) -> tuple[Assessment, Assessment]:
    """An assessment, and the same with other values in the fields that a scorer does not read."""
    given = draw(bench.cases(framework, missing=True))
    told = {name: value for name, value in draw(beside(framework)).items() if name in free}
    day = told.get("assessed", given.assessed) or told.get("published", given.published)
    if "council" in free:
        told["council"] = draw(standing(framework.subject, day))
    elif day and isinstance(given.council, Council) and not given.council.stood(day):
        told = {name: value for name, value in told.items() if name not in ("assessed", "published")}
    return given, evolve(given, **told)


def facts(bench: Bench) -> str:
    """A fact that the scorer does not declare changes nothing."""
    words, _ = constants(bench.scorer)
    names = sorted({"breach", "careassure_kit", *words} - {*bench.facts})
    looked = 0
    for given in bench.sample(1 if bench.applies_method else _BASES):
        first = bench.outcome(given)
        told = dict(given.facts)
        changes = _some(bench, [{name: value} for name in names for value in (True, False)])
        for more in (*changes, dict.fromkeys(names, True), dict.fromkeys(names, False)):
            other = bench.outcome_of(altered(given, {"facts": tuple(sorted({**told, **more}.items()))}))
            differs = difference(first, other) if other is not None else "there is no outcome"
            if first is not None and differs and not difference(first, bench.outcome(given)):
                fact = next(iter(more)) if len(more) == 1 else "some fact"
                raise CheckFailedError(
                    f"with the fact {fact!r}, which it does not declare, {differs}",
                    where=described(given),
                    hint="Declare it: facts = (...)",
                )
            looked += first is not None
    require(looked, "total and deterministic")
    declared = join(bench.facts) if bench.facts else "none"
    return f"{plural(looked, 'fact')} told; it declares {declared}"


# -- what else could be told -----------------------------------------------------------------------------


def variations(given: Assessment, words: frozenset[str], numbers: frozenset[int]) -> Iterator[dict[str, Any]]:
    """Other values for each field beside scores and facts, among them what stands in the scorer's own code."""
    framework = given.framework
    rating = min(framework.scales, key=lambda scale: scale.id == framework.score_scale)
    yield from ({"council": council} for council in _others(given.council, words))
    yield from ({"kind": kind} for kind in get_args(AssessmentKind))
    yield from ({"confidence": confidence} for confidence in get_args(Confidence))
    yield {"indicative": True}
    years = sorted({1990, 2023, 2024, 2025, 2026, 2031, 2099, *(n for n in numbers if 1900 <= n <= 2100)})
    dates = [PartialDate(year, month, day) for year in years for month, day in ((1, 1), (7, 15))]
    for date in dates:
        yield from ({name: date} for name in ("published", "assessed", "withdrawn"))
    for grade in rating.grades:
        yield from ({"stated": Stated(grade, score)} for score in (None, 0, 100))
    yield from ({"stated": Stated(None, score)} for score in {50, *(n for n in numbers if 0 <= n <= 100)})
    sizes = sorted({1, 2, 3, 5, 10, 30, *(n + 1 for n in numbers if 0 < n < 200)})
    yield from ({"evidence": _evidence(framework, size)} for size in sizes)
    texts = ("another", *sorted(words))
    for text in texts:
        yield from ({name: text} for name in ("id", "supersedes", "notes", "licence"))
        yield {"sources": (text,)}
        yield {"disagreements": (Disagreement("rating", text, text),)}


def _others(council: Council | Body, words: frozenset[str]) -> Iterator[Council | Body]:
    """Every council, or bodies of many names."""
    if isinstance(council, Council):
        from careassure.catalogue.councils import register

        yield from register().councils
        kind = "council"
    else:
        kind = council.kind
    for name in ("Another", "another", "Z", "St. Élsewhere-upon-Sea", "A" * 60, *sorted(words)):
        yield Body("x", name, kind)
        yield Body(name, "An example", kind)


def _evidence(framework: Framework, size: int) -> tuple[Evidence, ...]:
    category = next((category.id for category in framework.categories if category.accepted), "")
    ids = [statement.id for statement in framework.statements]
    return tuple(Evidence(f"e{n}", f"Finding {n}", category, (ids[n % len(ids)],)) for n in range(size))


# -- which fields are read -------------------------------------------------------------------------------


@contextmanager
def fields_read(names: tuple[str, ...]) -> Generator[list[str]]:
    """Note which of some fields of assessments this thread reads while the block runs.

    To copy, compare or hash an assessment is not to read it.

    Args:
        names: The fields.

    Yields:
        A list that each field that is read is added to, once.
    """
    found: list[str] = []
    kind: Any = Assessment
    real = {name: vars(Assessment)[name] for name in names}
    for name, member in real.items():
        setattr(kind, name, _Read(name, member, found))
    try:
        yield found
    finally:
        for name, member in real.items():
            setattr(kind, name, member)


class _Read:
    """Stands in the place of a field and notes when it is read."""

    def __init__(self, name: str, member: Any, found: list[str]) -> None:  # noqa: ANN401  (a slot, which has no type)
        self.name = name
        self.member = member
        self.found = found
        self.thread = _ident()

    def __get__(self, instance: object, kind: type | None = None) -> object:
        if instance is None:
            return self.member
        if self.name not in self.found and _ident() == self.thread and not _copies(_frame(1)):
            self.found.append(self.name)
        value: object = self.member.__get__(instance, kind)
        return value

    def __set__(self, instance: object, value: object) -> None:
        self.member.__set__(instance, value)

    def __delete__(self, instance: object) -> None:
        self.member.__delete__(instance)


def _copies(frame: FrameType) -> bool:
    """Whether attrs or `copy` asks, or an assessment that is being made looks at itself."""
    code = frame.f_code
    module = str(frame.f_globals.get("__name__", ""))
    if code.co_filename.startswith("<attrs generated") or module.partition(".")[0] in ("attr", "copy", "copyreg"):
        return True
    if module.startswith("careassure.testing."):
        return True
    before = frame
    while str(before.f_globals.get("__name__", "")) == Assessment.__module__ and before.f_back is not None:
        if before.f_code.co_name == "__attrs_post_init__":
            return True
        before = before.f_back
    return False
