"""Checks of what a scorer promises: its names, what it accepts, that it always answers, and that it signs."""

from __future__ import annotations

import pickle

from attrs import evolve

from careassure.catalogue.cqc import cqc_la
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.ids import is_slug
from careassure.model.outcome import Outcome
from careassure.model.text import join, plural
from careassure.testing.bench import Bench, RaisedError
from careassure.testing.cases import case_of, described, elsewhere
from careassure.testing.check import CheckFailedError
from careassure.testing.image import difference, inside
from careassure.testing.profiles import fresh


def well_named(bench: Bench) -> str:
    """The name can be asked for; version and title are text on one line; all three stay as they are."""
    scorer = bench.scorer
    for what in ("name", "version", "title"):
        value: object = getattr(scorer, what)
        if not isinstance(value, str) or not value.strip():
            raise CheckFailedError(f"its {what} is {value!r}", hint="It is text and not empty")
        if value != value.strip() or not value.isprintable():
            raise CheckFailedError(f"its {what} is {value!r}", hint="It is one line without blanks around it")
        if getattr(scorer, what) != value:
            raise CheckFailedError(f"its {what} changes from one reading to the next")
    if not is_slug(scorer.name):
        raise CheckFailedError(f"its name is {scorer.name!r}", hint="Use lower-case letters, digits and hyphens")
    return f"{scorer.name} {scorer.version}"


def accepts(bench: Bench) -> str:
    """It says the same whenever it is asked, and scores what it accepts; the rest never reaches it."""
    others = [elsewhere(), *cqc_la(), *(() if bench.framework else bench.installed)]
    known = tuple(dict.fromkeys((*bench.frameworks, *others)))
    answers = [_answer(bench, framework) for framework in known]
    for framework, answer in reversed(list(zip(known, answers, strict=True))):
        for again in (framework, evolve(framework), pickle.loads(pickle.dumps(framework))):  # noqa: S301  (its own)
            if _answer(bench, again) is not answer:
                raise CheckFailedError(f"whether it accepts {_name(framework)} changes from one asking to the next")
    for framework, answer in zip(known, answers, strict=True):
        if answer and framework not in bench.frameworks:
            _check_scored(bench, framework)
    accepted = [_name(framework) for framework, answer in zip(known, answers, strict=True) if answer]
    return f"it accepts {join(accepted)}"


def _answer(bench: Bench, framework: Framework) -> bool:
    try:
        answer = bench.asked("accepts", bench.scorer.accepts, framework)
    except RaisedError as error:
        raise CheckFailedError(f"asked whether it accepts {_name(framework)} it raised {error}") from error
    if not isinstance(answer, bool):
        raise CheckFailedError(f"asked whether it accepts {_name(framework)} it said {answer!r}, not True or False")
    return answer


def _check_scored(bench: Bench, framework: Framework) -> None:
    assessment = _lowest(framework)
    try:
        found = bench.scored(assessment)
    except RaisedError as error:
        raise CheckFailedError(
            f"it says that it accepts {_name(framework)}, and scoring raised {error}",
            hint="Accept only what it can score",
        ) from error
    if not isinstance(found, Outcome):
        raise CheckFailedError(f"it says that it accepts {_name(framework)}, and gave {found!r} instead of an Outcome")


def _lowest(framework: Framework) -> Assessment:
    return case_of(framework, {leaf: framework.scale_of(leaf).lowest for leaf in framework.leaves})


def total(bench: Bench) -> str:
    """Whatever the scores, also where they are missing or not rated, there is an outcome."""
    answered = {id(assessment) for assessment, outcome in bench.gallery if outcome is not None}

    def one(assessment: Assessment) -> bool:
        if id(assessment) in answered:
            return True
        try:
            found = bench.scored(fresh(assessment))
        except RaisedError as error:
            raise CheckFailedError(f"it raised {error}", where=described(assessment)) from error
        if not isinstance(found, Outcome):
            raise CheckFailedError(f"it gave {found!r}, not an Outcome", where=described(assessment))
        return True

    return plural(bench.each(one), "assessment")


def signed(bench: Bench) -> str:
    """Every outcome names its scorer, the scorer's version and title, and holds the assessment that was scored."""
    scorer = bench.scorer

    def one(assessment: Assessment, outcome: Outcome) -> bool:
        for what, value in (("scorer", scorer.name), ("scorer_version", scorer.version), ("title", scorer.title)):
            if getattr(outcome, what) != value:
                raise CheckFailedError(
                    f"its outcome has the {what} {getattr(outcome, what)!r}, it is {value!r}",
                    where=described(assessment),
                )
        other = difference(inside(assessment), inside(outcome.assessment))
        if other:
            raise CheckFailedError(f"its outcome is of another assessment: {other}", where=described(assessment))
        return True

    return bench.each_outcome(one)


def _name(framework: Framework) -> str:
    return f"{framework.id} {framework.version}"
