"""Secure fit, with criteria of one's own."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidFrameworkError, InvalidInputError
from careassure_report_card import SecureFit, secure_fit
from careassure_report_card.criteria import GRADES

KEYS = [grade.key for grade in GRADES][1:]
THREE = ca.Scale.of("three", "Three grades", ("low", "Low"), ("middle", "Middle"), ("high", "High"))
ONE_EACH = {key: [f"Criterion of {key}"] for key in KEYS}


@st.composite
def fits(draw: st.DrawFn) -> tuple[SecureFit, dict[str, dict[str, str | None]]]:
    """One or two areas with one to three criteria for each grade, and what was found about each."""
    areas = {
        f"Area {name}": {key: [f"{name} {key} {number}" for number in range(draw(st.integers(1, 3)))] for key in KEYS}
        for name in "ab"[: draw(st.integers(1, 2))]
    }
    found = {
        area: {
            text: draw(st.sampled_from(["met", "met", "met", "not met", None]))
            for found in by.values()
            for text in found
        }
        for area, by in areas.items()
    }
    return secure_fit(areas), found


def reached(framework: ca.Framework, area: str, found: dict[str, str | None], unknown: str) -> int:
    """The rank of an area, worked out by hand: the last grade up to which no criterion fails."""
    statement = next(statement for statement in framework.statements if statement.title == area)
    rank = 0
    for key in KEYS:
        texts = [part.title for part in statement.parts if key in part.tags]
        if any((found[text] or unknown) != "met" for text in texts):
            break
        rank += 1
    return rank


@settings(deadline=None)
@given(fits())
def test_an_area_has_the_highest_grade_whose_criteria_are_all_met(
    case: tuple[SecureFit, dict[str, dict[str, str | None]]],
) -> None:
    """The grade is cumulative, and criteria that are not known leave it open exactly as far as they matter."""
    (framework, method), found = case
    assert ca.check(method, framework).ok
    outcome = ca.assess(ca.Assessment.of("Oak School", found, framework=framework), method)
    assert outcome.kind == "profile"
    for area, by_criterion in found.items():
        entry = outcome.profile[framework.resolve(area)]
        assert entry.low is not None
        assert entry.high is not None
        assert entry.low.rank == reached(framework, area, by_criterion, "not met")
        assert entry.high.rank == reached(framework, area, by_criterion, "met")


def test_one_criterion_drops_the_area_below_its_grade() -> None:
    """Each criterion that is not met holds the area just below its grade, whatever else is met."""
    framework, method = secure_fit({"Inclusion": ONE_EACH})
    for key in KEYS:
        found = {f"Criterion of {other}": "not met" if other == key else "met" for other in KEYS}
        grade = (
            ca.assess(ca.Assessment.of("Oak School", {"Inclusion": found}, framework=framework), method)
            .profile["inclusion"]
            .grade
        )
        assert grade is not None
        assert grade.rank == KEYS.index(key)


def test_all_combinations_of_a_scale_of_ones_own() -> None:
    """With another scale, and grades given by their words, every combination gives what it should."""
    framework, method = secure_fit({"Care": {"High": ["three"], "middle": ["one", "two"]}}, scale=THREE, id="mine")
    assert (framework.id, method.id) == ("mine", "mine")
    for one, two, three in product(["met", "not met"], repeat=3):
        found = ca.Assessment.of("A home", {"care": {"one": one, "two": two, "three": three}}, framework=framework)
        grade = ca.assess(found, method).profile["care"].grade
        assert grade is not None
        assert grade.key == ("low" if "not met" in (one, two) else "middle" if three == "not met" else "high")


def test_the_five_grades_are_those_of_the_framework_that_ships() -> None:
    """Grades of a secure fit compare with those of the report card of a school."""
    scale = ca.framework("ofsted-report-card").scale("ofsted-report-card")
    assert [(g, g.label, g.rank, g.value, g.aliases) for g in GRADES] == [
        (g, g.label, g.rank, g.value, g.aliases) for g in scale
    ]


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ({}, "there is none"),
        ({"Inclusion": {}}, "no criteria for Needs attention, Expected standard, Strong standard, Exceptional"),
        ({"Inclusion": ONE_EACH | {"Exceptional": []}}, "before under another name"),
        ({"Inclusion": ONE_EACH | {"good": ["x"]}}, "'good' is not a grade"),
        ({"Inclusion": ONE_EACH | {"urgent_improvement": ["x"]}}, "the lowest grade needs no criteria"),
        ({"Inclusion": ONE_EACH | {"exceptional": "one text"}}, "should be a list of criteria"),
        ({"Inclusion": ONE_EACH | {"exceptional": ["A.", "a"]}}, "appears twice"),
        ({"Inclusion": ONE_EACH | {"exceptional": ["..."]}}, "no letters or digits"),
        ({"!": ONE_EACH}, "its name has no letters or digits"),
    ],
)
def test_wrong_criteria_are_refused(areas: dict[str, dict[str, list[str]]], words: str) -> None:
    """Everything that is wrong is said in an error of careassure's."""
    with pytest.raises(InvalidInputError, match=words):
        secure_fit(areas)


def test_two_areas_of_one_name_are_refused() -> None:
    """Names that differ only in case or punctuation would be one area."""
    with pytest.raises(InvalidFrameworkError, match="appears twice"):
        secure_fit({"Inclusion": ONE_EACH, "inclusion!": ONE_EACH})
