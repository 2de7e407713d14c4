"""Ofsted's report card for schools."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.methods.scorer import MethodScorer

FRAMEWORK = ca.framework("ofsted-report-card")
GRADES = [grade.key for grade in FRAMEWORK.scale("ofsted-report-card")]
AREAS = [statement.id for statement in FRAMEWORK.statements if statement.id != "safeguarding"]
PHASES = {"early_years", "sixth_form"}


@st.composite
def schools(draw: st.DrawFn) -> dict[str, str]:
    """The grades of a school; it may have no early years and no sixth form."""
    found = {area: draw(st.sampled_from([*GRADES, *(["Not applicable"] if area in PHASES else [])])) for area in AREAS}
    return found | {"safeguarding": draw(st.sampled_from(["met", "not met"]))}


def card(scores: dict[str, str]) -> ca.Outcome:
    """The report card by the framework's own method."""
    return ca.assess(ca.Assessment.of("Oak School", scores, framework=FRAMEWORK))


def test_the_grades_are_in_order() -> None:
    """Five grades from urgent improvement to exceptional."""
    assert GRADES == ["urgent_improvement", "needs_attention", "expected_standard", "strong_standard", "exceptional"]


def test_the_areas_are_those_of_the_report_card() -> None:
    """Six areas for every school, two where it has them, and safeguarding."""
    assert len(AREAS) == 8
    assert set(AREAS) > PHASES
    assert [grade.key for grade in FRAMEWORK.scale_of("safeguarding")] == ["not_met", "met"]


def test_the_method_is_sound() -> None:
    """The method is proved sound on its framework."""
    scorer = ca.scorer("ofsted-report-card")
    assert isinstance(scorer.scorer, MethodScorer)
    assert ca.check(scorer.scorer.method, FRAMEWORK).ok


@settings(deadline=None)
@given(schools())
def test_there_is_no_overall_and_the_grades_are_as_given(scores: dict[str, str]) -> None:
    """The profile is the result: each area has the grade that it was given."""
    outcome = card(scores)
    assert outcome.kind == "profile"
    for area in AREAS:
        entry = outcome.profile[area]
        if scores[area] == "Not applicable":
            assert entry.grade is None
            assert entry.state == ca.NotRated("not_applicable")
        else:
            assert entry.grade is not None
            assert entry.grade.key == scores[area]


@settings(deadline=None)
@given(schools())
def test_the_notices_hold_exactly_when_they_say(scores: dict[str, str]) -> None:
    """The categories of concern and the monitoring appear with their conditions and not without."""
    found = [GRADES.index(scores[area]) for area in AREAS if scores[area] in GRADES]
    graver = scores["leadership_governance"] == "urgent_improvement"
    expected = {
        "requires-significant-improvement": not graver and (min(found) == 0 or scores["safeguarding"] == "not met"),
        "special-measures": graver,
        "monitoring": min(found) < GRADES.index("expected_standard"),
    }
    outcome = card(scores)
    assert {flag.id for flag in outcome.flags} == {name for name, holds in expected.items() if holds}
    assert all(flag.certain for flag in outcome.flags)


@settings(deadline=None)
@given(schools())
def test_the_graver_category_stands_alone(scores: dict[str, str]) -> None:
    """A school in special measures is not said to require significant improvement as well."""
    flags = {flag.id for flag in card(scores).flags}
    assert not {"special-measures", "requires-significant-improvement"} <= flags


def test_an_area_that_is_not_there_is_no_low_area() -> None:
    """An area marked as not applicable sets off no notice; one that is not mentioned may."""
    good = dict.fromkeys(AREAS, "expected_standard") | {"safeguarding": "met"}
    assert card(good | dict.fromkeys(PHASES, "Not applicable")).flags == ()
    flags = card({area: grade for area, grade in good.items() if area not in PHASES}).flags
    assert [(flag.id, flag.certain) for flag in flags] == [
        ("requires-significant-improvement", False),
        ("monitoring", False),
    ]


def test_leadership_in_no_state_to_be_graded_brings_no_special_measures() -> None:
    """A state in the place of the leadership grade is left out, and does not pass for the lowest grade."""
    scores = dict.fromkeys(AREAS, "expected_standard") | {"safeguarding": "met", "leadership_governance": "Not judged"}
    assert card(scores).flags == ()
