"""Outcomes that hold values of other classes than their own, and ways to change a right one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
from attrs import evolve

import careassure as ca
from careassure import errors
from careassure.model.outcome import Flag, Margin, Measure, Outcome, Profile, ProfileEntry
from careassure.model.scale import Grade, NotRated
from careassure.model.trace import Step
from full import FULL, RATINGS, RULE

Change = Callable[[Any], Any]


def made_of(kind: Any, value: Any, **space: Any) -> Any:
    """The same value as an object of a subclass with some things of its own."""
    liar: Any = type(f"Lying{kind.__name__}", (kind,), {"__slots__": (), **space})
    made: Any = object.__new__(liar)
    for field in attrs.fields(kind):
        object.__setattr__(made, field.name, getattr(value, field.name))
    if kind is ca.Method:
        object.__setattr__(made, "_attrs_cached_hash", None)
    return made


class Text(str):
    """Text that could say anything."""

    __slots__ = ()


class Whole(int):
    """A number that could be any."""


class Pair(tuple[Any, ...]):
    """A tuple that could hold anything."""

    __slots__ = ()


def tampered(**parts: Any) -> Fraction:
    value = Fraction(1, 2)
    for name, part in parts.items():
        setattr(value, f"_{name}", part)
    return value


def bare() -> Outcome:
    return Outcome.__new__(Outcome)


def entry(name: str, /, **change: Any) -> Change:
    return lambda o: evolve(
        o, profile=Profile(tuple(evolve(e, **change) if e.id == name else e for e in o.profile.entries))
    )


def entries(change: Callable[[list[ProfileEntry]], list[ProfileEntry]]) -> Change:
    return lambda o: evolve(o, profile=Profile(tuple(change(list(o.profile.entries)))))


def trace(**change: Any) -> Change:
    return lambda o: evolve(o, trace=evolve(o.trace, **change))


def more_steps(*steps: Step) -> Change:
    return lambda o: evolve(o, trace=evolve(o.trace, parts=(*o.trace.parts, *steps)))


def deep(levels: int) -> Step:
    step = Step("note", "x", "x")
    for _ in range(levels):
        step = Step("note", "x", "x", parts=(step,))
    return step


def wide(levels: int) -> Step:
    step = Step("note", "x", "x")
    for _ in range(levels):
        step = Step("note", "x", "x", parts=(step, step))
    return step


def endless() -> Step:
    step = Step("note", "x", "x")
    object.__setattr__(step, "parts", (step,))
    return step


HIGH = RATINGS["outstanding"]
FALSE_KINDS: dict[str, tuple[Change, type[errors.ScorerError], str]] = {
    "nothing": (lambda _: None, errors.ScorerReturnError, "returned NoneType"),
    "a dictionary": (lambda o: o.to_dict(), errors.ScorerReturnError, "returned dict"),
    "a subclass": (
        lambda o: made_of(Outcome, o, rating=property(lambda _: HIGH), result="Outstanding"),
        errors.ScorerReturnError,
        "returned LyingOutcome, not an Outcome",
    ),
    "an empty outcome": (lambda _: bare(), errors.ScorerReturnError, "assessment is missing"),
    "a grade of its own kind": (
        lambda o: evolve(o, low=made_of(Grade, o.low, __str__=lambda _: "Super")),
        errors.ScorerReturnError,
        "low is of the class LyingGrade, not a Grade or None",
    ),
    "a margin of its own kind": (
        lambda o: evolve(o, margin=made_of(Margin, o.margin)),
        errors.ScorerReturnError,
        "not exactly Margin",
    ),
    "a profile of its own kind": (
        lambda o: evolve(o, profile=made_of(Profile, o.profile)),
        errors.ScorerReturnError,
        "not exactly Profile",
    ),
    "an entry of its own kind": (
        entries(lambda e: [made_of(ProfileEntry, e[0]), *e[1:]]),
        errors.ScorerReturnError,
        "profile.entries[0] is",
    ),
    "a flag of its own kind": (
        lambda o: evolve(o, flags=(made_of(Flag, o.flags[0]),)),
        errors.ScorerReturnError,
        "flags[0] is",
    ),
    "a measure of its own kind": (
        lambda o: evolve(o, measures=(made_of(Measure, o.measures[0]),)),
        errors.ScorerReturnError,
        "measures[0] is",
    ),
    "a trace of its own kind": (
        lambda o: evolve(o, trace=made_of(Step, o.trace, audit=lambda _: ())),
        errors.ScorerReturnError,
        "trace is",
    ),
    "a step of its own kind": (
        trace(parts=(made_of(Step, FULL.trace.parts[0]), *FULL.trace.parts[1:])),
        errors.ScorerReturnError,
        "trace.parts[0] is",
    ),
    "a source of its own kind": (
        trace(references=(made_of(ca.Reference, RULE),)),
        errors.ScorerReturnError,
        "trace.references[0] is",
    ),
    "a state of its own kind": (
        entry("learning", state=made_of(NotRated, NotRated("not_judged"))),
        errors.ScorerReturnError,
        "state is",
    ),
    "text of its own kind": (lambda o: evolve(o, scorer=Text("full")), errors.ScorerReturnError, "scorer is of"),
    "a number of its own kind": (lambda o: evolve(o, score_low=Whole(70)), errors.ScorerReturnError, "score_low is of"),
    "a tuple of its own kind": (lambda o: evolve(o, flags=Pair(o.flags)), errors.ScorerReturnError, "flags is of"),
    "a list": (lambda o: evolve(o, flags=list(o.flags)), errors.ScorerReturnError, "flags is of the class list"),
    "a float": (lambda o: evolve(o, percentage_low=77.5), errors.ScorerReturnError, "percentage_low is 77.5, not a Fr"),
    "true for a score": (lambda o: evolve(o, score_low=True), errors.ScorerReturnError, "not a whole number"),
    "text in halves": (lambda o: evolve(o, title="\ud800"), errors.ScorerReturnError, "cannot be written down"),
    "a fraction of a float": (
        lambda o: evolve(o, percentage_low=tampered(numerator=0.5)),
        errors.ScorerReturnError,
        "tampered",
    ),
    "a fraction not reduced": (
        lambda o: evolve(o, percentage_low=tampered(numerator=2, denominator=4)),
        errors.ScorerReturnError,
        "tampered",
    ),
    "a fraction below nothing": (
        lambda o: evolve(o, percentage_low=tampered(denominator=0)),
        errors.ScorerReturnError,
        "tampered",
    ),
    "a fraction upside down": (
        lambda o: evolve(o, percentage_low=tampered(denominator=-1)),
        errors.ScorerReturnError,
        "tampered",
    ),
    "a number without an end": (
        lambda o: evolve(o, score_high=10**5000),
        errors.ScorerReturnError,
        "thousands of digits",
    ),
    "a fraction without an end": (
        lambda o: evolve(o, percentage_low=Fraction(1, 10**5000)),
        errors.ScorerReturnError,
        "thousands of digits",
    ),
    "a level that is none": (entry("equity", level="part"), errors.ScorerReturnError, "not 'theme' or 'statement'"),
}
