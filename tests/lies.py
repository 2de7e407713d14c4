"""Every way in which an outcome can lie, and what is said of it."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

import careassure as ca
from careassure import errors
from careassure.model.outcome import Flag, Margin, Measure
from careassure.model.scale import Grade, NotRated
from careassure.model.trace import Step
from false_kinds import (
    FALSE_KINDS,
    HIGH,
    Change,
    deep,
    endless,
    entries,
    entry,
    made_of,
    more_steps,
    trace,
    wide,
)
from full import CAMDEN, OWN, RATINGS, SCORES

LIES: dict[str, tuple[Change, type[errors.ScorerError], str]] = {
    **FALSE_KINDS,
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
