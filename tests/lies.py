"""A scorer in Python that uses all that an outcome can hold, and every way in which an outcome can lie."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
from attrs import evolve

import careassure as ca
from careassure import errors
from careassure.model.outcome import Flag, Margin, Measure, Outcome, Profile, ProfileEntry
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.trace import Step

RULE = ca.Reference("rule", "A rule for tests", basis="ours")
CAMDEN = ca.Assessment.of("Camden", [1, 3, 4, 3, 4, 4, 3, 4, "Not judged"])
RATINGS = CAMDEN.framework.scale("cqc-rating")
SCORES = CAMDEN.framework.scale("cqc-score")
OWN = Scale.of("own", "Its own", ("low", "Low"), ("high", "High"))
Change = Callable[[Any], Any]


class Full:
    """A scorer that uses all that an outcome can hold, rightly."""

    name, version, title = "full", "2", "Everything"
    scales = (OWN,)

    def accepts(self, framework: ca.Framework) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> Outcome:
        spans = assessment.spans
        inputs = tuple(Step("input", leaf, leaf, *span) for leaf, span in spans.items())
        low, high = (Fraction(100 * sum(span[end].value for span in spans.values()), 36) for end in (0, 1))
        exact = Step("percentage", "points", "Points", low, high, inputs, (RULE,), maximum=Fraction(36))
        down = tuple(Fraction(int(value)) for value in (low, high))
        shown = Step("rounded", "points", "Rounded down", down[0], down[1], (exact,), (RULE,), rounding="down")
        theme = assessment.framework.themes[0]
        node = Step("node", theme.id, theme.title, OWN["low"], OWN["high"], (), (RULE,))
        ratings = assessment.framework.scale("cqc-rating")
        entries = [
            evolve(entry, low=OWN["low"], high=OWN["high"], score=int(down[0]) if down[0] == down[1] else None)
            if entry.id == theme.id
            else entry
            for entry in Profile.of(assessment)
        ]
        return Outcome.of(
            self,
            assessment,
            ratings["requires_improvement"],
            ratings["good"],
            text="A rule.",
            references=(RULE,),
            steps=(shown, node),
            suggested=ratings["good"],
            percentage_low=low,
            percentage_high=high,
            score_low=int(down[0]),
            score_high=int(down[1]),
            margin=Margin(2, 3, ratings["inadequate"], ratings["outstanding"]),
            profile=Profile(tuple(entries)),
            flags=(Flag("poor", "A score is poor.", references=(RULE,)), Flag("maybe", "It may be.", certain=False)),
            measures=(Measure("points", "Points", down[0], down[1]),),
        )


FULL = Full().score(CAMDEN)


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
LIES: dict[str, tuple[Change, type[errors.ScorerError], str]] = {
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
    "another assessment": (
        lambda o: evolve(o, assessment=ca.Assessment.of("York", [1] * 9)),
        errors.ScorerReturnError,
        "of another",
    ),
    "an assessment of its own kind": (
        lambda o: evolve(o, assessment=made_of(ca.Assessment, CAMDEN, __eq__=lambda *_: True)),
        errors.ScorerReturnError,
        "assessment is of the class LyingAssessment",
    ),
    "another's name": (
        lambda o: evolve(o, scorer="single-word"),
        errors.ScorerReturnError,
        "'single-word', not 'full'",
    ),
    "another version": (lambda o: evolve(o, scorer_version="9"), errors.ScorerReturnError, "'9', not '2'"),
    "another title": (lambda o: evolve(o, title="CQC"), errors.ScorerReturnError, "'CQC', not 'Everything'"),
    "another's name in the trace": (trace(id="single-word"), errors.ScorerReturnError, "'single-word', not 'full'"),
    "low above high": (lambda o: evolve(o, low=HIGH), errors.ScorerReturnError, "low Outstanding above high Good"),
    "only low": (lambda o: evolve(o, high=None), errors.ScorerReturnError, "only one of low and high"),
    "only high": (lambda o: evolve(o, low=None), errors.ScorerReturnError, "only one of low and high"),
    "a suggestion above": (lambda o: evolve(o, suggested=HIGH), errors.ScorerReturnError, "suggests Outstanding"),
    "a suggestion below": (
        lambda o: evolve(o, suggested=RATINGS["inadequate"]),
        errors.ScorerReturnError,
        "suggests Inadequate",
    ),
    "a suggestion of nothing": (
        lambda o: evolve(o, low=None, high=None),
        errors.ScorerReturnError,
        "suggests Good and has no grade",
    ),
    "a suggestion of another scale": (
        lambda o: evolve(o, suggested=OWN["low"]),
        errors.ForeignGradeError,
        "cqc-rating and own",
    ),
    "a grade of no scale": (
        lambda o: evolve(o, suggested=None, low=Grade("x", "super", "Super", 1, 2), high=Grade("x", "y", "Y", 1, 2)),
        errors.ForeignGradeError,
        "super is of the scale x, which cqc-la does not have",
    ),
    "a grade with another place": (
        lambda o: evolve(o, high=evolve(HIGH, rank=99)),
        errors.ForeignGradeError,
        "with the place 99",
    ),
    "a grade with another value": (
        lambda o: evolve(o, high=evolve(HIGH, value=99)),
        errors.ForeignGradeError,
        "the value 99 is not a grade of cqc-rat",
    ),
    "a grade with another label": (
        lambda o: evolve(o, low=evolve(o.low, label="Outstanding")),
        errors.ForeignGradeError,
        "requires_improvement",
    ),
    "a grade with another key": (
        lambda o: evolve(o, high=evolve(HIGH, key="super")),
        errors.ForeignGradeError,
        "super with the place 3",
    ),
    "a foreign grade in a margin": (
        lambda o: evolve(o, margin=evolve(o.margin, above=evolve(HIGH, rank=99))),
        errors.ForeignGradeError,
        "place 99",
    ),
    "a foreign grade in the profile": (
        entry(CAMDEN.framework.themes[0].id, suggested=evolve(OWN["high"], label="Super")),
        errors.ForeignGradeError,
        "not a grade of own",
    ),
    "a foreign grade in a step": (
        more_steps(Step("note", "x", "x", grade=evolve(HIGH, rank=99))),
        errors.ForeignGradeError,
        "place 99",
    ),
    "a foreign grade as a step's value": (
        more_steps(Step("note", "x", "x", evolve(HIGH, rank=98), HIGH)),
        errors.ForeignGradeError,
        "place 98",
    ),
    "percentage: low above high": (
        lambda o: evolve(o, percentage_low=o.percentage_high + 1),
        errors.ScorerReturnError,
        "the percentage has low",
    ),
    "percentage: only low": (
        lambda o: evolve(o, percentage_high=None),
        errors.ScorerReturnError,
        "the percentage has only one",
    ),
    "percentage: below 0": (
        lambda o: evolve(o, percentage_low=Fraction(-1)),
        errors.ScorerReturnError,
        "outside 0 to 100",
    ),
    "percentage: above 100": (
        lambda o: evolve(o, percentage_high=Fraction(101)),
        errors.ScorerReturnError,
        "outside 0 to 100",
    ),
    "percentage: from nowhere": (
        lambda o: evolve(o, percentage_low=Fraction(1)),
        errors.ScorerReturnError,
        "no step of its trace gives the perc",
    ),
    "score: 5000000 to -3": (
        lambda o: evolve(o, score_low=5000000, score_high=-3),
        errors.ScorerReturnError,
        "low 5000000 above high -3",
    ),
    "score: only high": (lambda o: evolve(o, score_low=None), errors.ScorerReturnError, "the score has only one"),
    "score: above 100": (lambda o: evolve(o, score_high=101), errors.ScorerReturnError, "outside 0 to 100"),
    "score: from nowhere": (
        lambda o: evolve(o, score_low=1),
        errors.ScorerReturnError,
        "no step of its trace gives the score 1",
    ),
    "score: of another percentage": (
        lambda o: evolve(
            more_steps(Step("note", "x", "x", Fraction(99), Fraction(99)))(o),
            score_low=99,
            score_high=99,
        ),
        errors.ScorerReturnError,
        "the score 99 is not the percentage",
    ),
    "measure: from nowhere": (
        lambda o: evolve(o, measures=(Measure("points", "x", Fraction(1), Fraction(2)),)),
        errors.ScorerReturnError,
        "no step of its trace gives the measure 'points'",
    ),
    "measure: of another name": (
        lambda o: evolve(o, measures=(evolve(o.measures[0], id="x"),)),
        errors.ScorerReturnError,
        "the measure 'x'",
    ),
    "measure: low above high": (
        lambda o: evolve(o, measures=(evolve(o.measures[0], low=Fraction(99)),)),
        errors.ScorerReturnError,
        "low 99",
    ),
    "measure: twice": (
        lambda o: evolve(o, measures=o.measures * 2),
        errors.ScorerReturnError,
        "the measure 'points' appears twice",
    ),
    "profile: of nothing": (entry("equity", id="x"), errors.ScorerReturnError, "has 'x', which cqc-la does not have"),
    "profile: another title": (entry("equity", title="Safety"), errors.ScorerReturnError, "calls equity the statement"),
    "profile: another level": (entry("equity", level="theme"), errors.ScorerReturnError, "calls equity the theme"),
    "profile: twice": (entries(lambda e: [e[0], *e]), errors.ScorerReturnError, "twice or out of order"),
    "profile: out of order": (entries(lambda e: e[::-1]), errors.ScorerReturnError, "twice or out of order"),
    "profile: a better score": (
        entry("assessing_needs", low=SCORES.highest, high=SCORES.highest),
        errors.ScorerReturnError,
        "no step of its",
    ),
    "profile: a theme from nowhere": (
        entry(CAMDEN.framework.themes[1].id, low=HIGH, high=HIGH),
        errors.ScorerReturnError,
        "no step of its trace gives",
    ),
    "profile: low above high": (
        entry(CAMDEN.framework.themes[0].id, low=OWN["high"], high=OWN["low"]),
        errors.ScorerReturnError,
        "above high",
    ),
    "profile: two scales": (
        entry(CAMDEN.framework.themes[0].id, high=HIGH),
        errors.ForeignGradeError,
        "cqc-rating and own",
    ),
    "profile: a state that was not given": (
        entry("equity", low=None, high=None, state=NotRated()),
        errors.ScorerReturnError,
        "may have a grade",
    ),
    "profile: another state": (entry("learning", state=NotRated("no_reply")), errors.ScorerReturnError, "Not judged"),
    "profile: a score from nowhere": (entry("equity", score=99), errors.ScorerReturnError, "equity the score 99"),
    "flag: from nowhere": (
        lambda o: evolve(o, flags=(*o.flags, Flag("x", "x"))),
        errors.ScorerReturnError,
        "no step of its trace gives",
    ),
    "flag: left out": (lambda o: evolve(o, flags=o.flags[:1]), errors.ScorerReturnError, "gives the flag 'maybe', and"),
    "flag: twice": (lambda o: evolve(o, flags=o.flags * 2), errors.ScorerReturnError, "appears twice"),
    "flag: sure of what is not": (
        lambda o: evolve(o, flags=(o.flags[0], evolve(o.flags[1], certain=True))),
        errors.ScorerReturnError,
        "'maybe'",
    ),
    "flag: unsure of what is": (
        lambda o: evolve(o, flags=(evolve(o.flags[0], certain=False), o.flags[1])),
        errors.ScorerReturnError,
        "'poor'",
    ),
    "flag: another text": (
        lambda o: evolve(o, flags=(evolve(o.flags[0], text="x"), o.flags[1])),
        errors.ScorerReturnError,
        "'poor'",
    ),
    "margin: points without a grade": (
        lambda o: evolve(o, margin=Margin(down=1)),
        errors.ScorerReturnError,
        "points without a grade",
    ),
    "margin: a grade without points": (
        lambda o: evolve(o, margin=Margin(above=HIGH)),
        errors.ScorerReturnError,
        "up has points without",
    ),
    "margin: no points": (
        lambda o: evolve(o, margin=evolve(o.margin, up=0)),
        errors.ScorerReturnError,
        "0 points up give Outstanding",
    ),
    "margin: more points than there are": (
        lambda o: evolve(o, margin=evolve(o.margin, down=99)),
        errors.ScorerReturnError,
        "99 points down",
    ),
    "margin: more points up than there are": (
        lambda o: evolve(o, margin=evolve(o.margin, up=99)),
        errors.ScorerReturnError,
        "99 points up",
    ),
    "margin: the same grade": (
        lambda o: evolve(o, margin=evolve(o.margin, below=o.low)),
        errors.ScorerReturnError,
        "give Requires improvement",
    ),
    "margin: the same grade above": (
        lambda o: evolve(o, margin=evolve(o.margin, above=o.high)),
        errors.ScorerReturnError,
        "up give Good",
    ),
    "margin: another scale": (
        lambda o: evolve(o, margin=evolve(o.margin, above=OWN["high"])),
        errors.ScorerReturnError,
        "up give High",
    ),
    "margin: of no overall": (
        lambda o: evolve(
            trace(low=None, high=None, parts=(evolve(o.trace.parts[0], low=None, high=None), *o.trace.parts[1:]))(o),
            low=None,
            high=None,
            suggested=None,
        ),
        errors.ScorerReturnError,
        "the result is None",
    ),
    "trace: ends elsewhere": (
        lambda o: evolve(o, high=HIGH, margin=Margin()),
        errors.TraceError,
        "ends in Requires improvement to Good",
    ),
    "trace: does not add up": (
        more_steps(Step("total", "t", "t", Fraction(1), Fraction(1))),
        errors.TraceError,
        "does not add up",
    ),
    "trace: cannot be worked out": (
        more_steps(Step("rounded", "t", "t", Fraction(1), Fraction(1), rounding="up")),
        errors.TraceError,
        "again",
    ),
    "trace: reads another score": (
        more_steps(Step("input", "equity", "x", SCORES.lowest, SCORES.lowest)),
        errors.TraceError,
        "reads equity as",
    ),
    "trace: too deep": (more_steps(deep(250)), errors.TraceError, "too long"),
    "trace: far too deep": (more_steps(deep(100_000)), errors.ScorerReturnError, "nested too deeply"),
    "trace: too many steps": (more_steps(wide(60)), errors.TraceError, "at most 100,000 steps, 200 deep"),
    "trace: inside itself": (more_steps(endless()), errors.TraceError, "a step is a part of itself"),
}
