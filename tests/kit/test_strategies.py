"""The strategies give valid values, go where methods go wrong, and are known to Hypothesis."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidAssessmentError
from careassure.methods.conditions import facts_in
from careassure.methods.evaluate import evaluate
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.reference import Reference
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.statements import Part, Statement, Theme
from careassure.testing import strategies
from careassure.testing.assessments import standing
from careassure.testing.bench import for_all
from careassure.testing.cases import case_of
from careassure.testing.schemes import _takes

strategies.register()

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


SMALL_FRAMEWORKS = strategies.frameworks()
DIRECT = ca.framework("cqc-la")
WITH_PARTS = ca.framework("cqc-la", "2023")
Regions = dict[str, Callable[[Any], bool]]
REGIONS: dict[str, tuple[st.SearchStrategy[Any], Regions]] = {
    "scales": (
        strategies.scales(),
        {
            "two grades": lambda s: len(s) == 2,
            "six grades": lambda s: len(s) == 6,
            "values from 0": lambda s: s.lowest.value == 0,
            "a gap": lambda s: s.highest.value - s.lowest.value >= len(s),
            "aliases": lambda s: any(g.aliases for g in s),
        },
    ),
    "dates": (
        strategies.partial_dates(),
        {
            "a leap day": lambda d: (d.month, d.day) == (2, 29),
            "a year alone": lambda d: d.month is None,
        },
    ),
    "texts": (
        strategies.texts(),
        {
            "quotes": lambda t: '"' in t,
            "a line break": lambda t: "\n" in t,
            "beyond Latin": lambda t: any(ord(letter) > 0x2000 for letter in t),
        },
    ),
    "frameworks": (
        SMALL_FRAMEWORKS,
        {
            "one statement": lambda f: len(f.statements) == 1,
            "three themes": lambda f: len(f.themes) == 3,
            "parts": lambda f: any("/" in leaf for leaf in f.leaves),
            "another scale": lambda f: any(f.scale_of(leaf).id != f.score_scale for leaf in f.leaves),
        },
    ),
    "assessments": (
        strategies.assessments(DIRECT),
        {
            "all lowest": lambda a: all(score == DIRECT.scale_of(leaf).lowest for leaf, score in a.marks),
            "all highest": lambda a: all(score == DIRECT.scale_of(leaf).highest for leaf, score in a.marks),
            "nothing known": lambda a: len(a.missing) == len(a.marks),
            "a state": lambda a: any(isinstance(score, NotRated) for _, score in a.marks),
            "evidence": lambda a: bool(a.evidence),
            "a disagreement": lambda a: bool(a.disagreements),
            "a fact": lambda a: ("breach", True) in a.facts,
        },
    ),
    "assessments with parts": (
        strategies.assessments(WITH_PARTS),
        {
            "a statement as a whole": lambda a: any("/" not in leaf for leaf, _ in a.marks),
            "parts": lambda a: all("/" in leaf for leaf, _ in a.marks),
        },
    ),
    "methods": (
        strategies.methods(DIRECT),
        {
            "judgement": lambda m: any(len(node.ladders) == 3 for node in m.nodes),
            "no overall": lambda m: not m.nodes,
            "fractions": lambda m: any(w.denominator > 1 for measure in m.measures for _, w in measure.weights),
            "half to even": lambda m: any(measure.rounding == "half_even" for measure in m.measures),
            "themes": lambda m: [node.target for node in m.nodes] == ["themes", "overall"],
            "a cap on a fact": lambda m: any(list(facts_in(condition)) for _, condition in m.conditions()),
        },
    ),
    "outcomes": (
        strategies.outcomes(DIRECT),
        {
            "a range": lambda o: o.kind == "range",
            "no overall": lambda o: o.kind == "profile",
            "an uncertain flag": lambda o: any(not flag.certain for flag in o.flags),
            "margins on both sides": lambda o: o.margin.up is not None and o.margin.down is not None,
        },
    ),
}


@pytest.mark.parametrize("name", REGIONS)
def test_it_goes_where_methods_go_wrong(name: str) -> None:
    """Each of these comes up before long."""
    strategy, regions = REGIONS[name]
    open_regions = dict(regions)

    def look(value: Any) -> bool:
        for region, test in list(open_regions.items()):
            if test(value):
                del open_regions[region]
        return True

    for examples in (80, 150):  # the fewer are enough today
        if open_regions:
            for_all(strategy, look, examples)
    assert list(open_regions) == []


# -- that they are valid ---------------------------------------------------------------------------------


@FEW
@given(strategies.scales(), st.data())
def test_a_grade_is_of_its_scale(scale: Scale, data: st.DataObject) -> None:
    """Every grade that is drawn of a scale is read as itself."""
    grade = data.draw(strategies.grades(scale))
    assert scale.parse(grade.key) == scale.parse(grade) == grade


@FEW
@given(st.data(), st.sampled_from([True, False]))
def test_complete_means_complete(data: st.DataObject, complete: bool) -> None:
    """Asked for complete assessments there are grades alone; asked for others something is missing."""
    assessment = data.draw(strategies.assessments(complete=complete))
    assert assessment.complete is complete
    assert not complete or all(isinstance(score, Grade) for _, score in assessment.marks)


@FEW
@given(strategies.frameworks(parts=False, max_statements=3, one_scale=True), st.data())
def test_frameworks_are_as_they_were_asked_for(framework: Framework, data: st.DataObject) -> None:
    """No parts, few statements, one scale; and what is drawn for a framework is for it."""
    assert not any(statement.parts for statement in framework.statements)
    assert len(framework.statements) <= 3
    assert len(framework.scales) == 1
    found = data.draw(strategies.evidence(framework))
    assert set(found.statements) <= {statement.id for statement in framework.statements}
    assert data.draw(strategies.assessments(framework, facts={"breach": True})).facts == (("breach", True),)


@FEW
@given(strategies.frameworks(max_statements=2).flatmap(strategies.schemes))
def test_methods_are_sound(drawn: tuple[Framework, Method]) -> None:
    """Tried on every combination of scores: no raised score lowers a grade, and every grade is reached."""
    framework, method = drawn
    scales = {leaf: framework.scale_of(leaf).grades for leaf in framework.leaves}
    if len(scales) > 3:
        return
    lows: dict[tuple[int, ...], int] = {}
    every: set[int] = set()
    for facts in ({}, {"breach": True}, {"exemplary": True}):
        for ranks in product(*(range(len(grades)) for grades in scales.values())):
            scores = {leaf: grades[rank] for (leaf, grades), rank in zip(scales.items(), ranks, strict=True)}
            outcome = evaluate(method, case_of(framework, scores, facts))
            if outcome.low is None or outcome.high is None:
                assert not any(node.target == "overall" for node in method.nodes)
                continue
            every.update(range(outcome.low.rank, outcome.high.rank + 1))
            if not facts:
                lows[ranks] = outcome.low.rank
    for ranks, low in lows.items():
        for place, rank in enumerate(ranks):
            assert lows.get((*ranks[:place], rank + 1, *ranks[place + 1 :]), low) >= low
    overall = next((node for node in method.nodes if node.target == "overall"), None)
    if overall is not None:
        scale = next(s for s in (*method.scales, *framework.scales) if s.id == overall.scale)
        assert every == set(range(len(scale)))


@FEW
@given(strategies.frameworks(max_statements=3).flatmap(strategies.outcomes))
def test_outcomes_add_up(outcome: Outcome) -> None:
    """Every step of a drawn outcome follows from its parts."""
    assert outcome.trace.audit() == ()


TWO_SCALES = Framework(
    "two-scales",
    "1",
    "A statement of another scale than its part",
    "A regulator",
    (
        Scale.of("part", "Parts", ("no", "No"), ("yes", "Yes")),
        Scale.of("whole", "Wholes", ("low", "Low"), ("top", "Top")),
    ),
    "part",
    (Theme("t", "Theme", (Statement("s", "Statement", parts=(Part("p", "Part"),), scale="whole"),)),),
)


def _grades_statements(method: Method) -> bool:
    return any(node.target == "statements" and node.ladders for node in method.nodes)


@settings(FEW, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(
    strategies.methods(TWO_SCALES).filter(_grades_statements) | strategies.methods(TWO_SCALES),
    strategies.assessments(TWO_SCALES).filter(lambda found: isinstance(found.scores.get("s"), Grade))
    | strategies.assessments(TWO_SCALES),
)
def test_outcomes_are_those_of_assessments_that_the_method_takes(method: Method, assessment: Assessment) -> None:
    """A statement given as a whole on one scale is not drawn for a method that grades it on another."""
    refused = _grades_statements(method) and isinstance(assessment.scores.get("s"), Grade)
    with pytest.raises(InvalidAssessmentError, match="given as a whole") if refused else nullcontext():
        if refused or _takes(method, assessment):
            evaluate(method, assessment)
    assert not (refused and _takes(method, assessment))


# -- that Hypothesis knows them --------------------------------------------------------------------------

KNOWN = (Assessment, Body, Council, ca.Evidence, Framework, Grade, Method, NotRated, Outcome, PartialDate, Reference,
         Scale)  # fmt: skip


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_types_are_known_to_hypothesis(kind: type) -> None:
    """A value of a public type is drawn by its type alone."""
    assert for_all(st.from_type(kind), lambda found: isinstance(found, kind), 3) == 3


@settings(max_examples=5)
@given(...)
def test_annotations_are_enough(assessment: ca.Assessment, grade: ca.Grade) -> None:
    """A property can be written with annotations and nothing else."""
    assert evolve(assessment) == assessment
    assert grade.rank >= 0


def run(code: str) -> str:
    """What code prints in a process of its own, any warning being an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_the_strategies_may_be_imported_before_hypothesis() -> None:
    """Whichever of the two comes first, Hypothesis finds what it calls."""
    code = "import careassure.testing.strategies as s; s.register(); import hypothesis; print(s.scales is not None)"
    assert run(code) == "True\n"


def test_registering_reads_no_data_and_makes_no_strategy() -> None:
    """Whoever imports Hypothesis pays for the classes alone."""
    code = (
        "import sys, hypothesis, careassure.testing.strategies as s; s.register(); "
        "print([m for m in sys.modules if m.startswith(('careassure.catalogue', 'careassure.testing.', 'careassure.io',"
        " 'careassure.plugins', 'careassure.methods.evaluate', 'cattrs', 'pluggy'))])"
    )
    assert run(code) == "['careassure.testing.strategies']\n"


def test_registering_survives_what_is_missing() -> None:
    """A part of careassure that cannot be imported breaks neither Hypothesis nor the rest."""
    code = (
        "import sys; sys.modules['careassure.model.outcome'] = None; "
        "import careassure.testing.strategies as s; s.register(); "
        "from hypothesis import strategies as st; import careassure as ca; print(st.from_type(ca.Scale) is not None)"
    )
    assert run(code) == "True\n"


def test_an_unknown_strategy_is_no_attribute() -> None:
    """A name that is none raises what it should; the list of names is whole."""
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = strategies.nonsense
    assert set(strategies.__all__) <= set(dir(strategies))
    assert all(callable(getattr(strategies, name)) for name in strategies.__all__)


@FEW
@given(st.data(), strategies.partial_dates())
def test_whoever_stands_on_a_day_can_be_assessed_on_it(data: st.DataObject, day: PartialDate) -> None:
    """No council is drawn for a day before it began or after it ended, so that it can be assessed then."""
    who = data.draw(standing("council", day))
    given = ca.Assessment.of(who, [3] * 9, assessed=day)
    assert given.council == who
