"""Triage: the highest band of any criterion that is met."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure_checklist import Item, Scheme, triage

BANDS = ("Low", "Medium", "High")
CRITERIA = {"High": ["h1", "h2"], "Medium": ["m1", "m2"], "Low": ["l1", "l2"]}
ORDER = ("l1", "l2", "m1", "m2", "h1", "h2")
SCHEME = triage(CRITERIA, BANDS)


def told_again(met: set[str]) -> int:
    """The highest band of any met criterion; 0 where none is met."""
    return max([1 + "lmh".index(name[0]) for name in met], default=0)


def spread(answers: dict[str, bool | None], scheme: Scheme = SCHEME) -> tuple[int, int]:
    outcome = scheme.assess("request", answers)
    assert outcome.low is not None
    assert outcome.high is not None
    return outcome.low.rank, outcome.high.rank


def test_every_combination_of_criteria() -> None:
    for values in product((False, True), repeat=6):
        answers = dict(zip(ORDER, values, strict=True))
        rank = told_again({name for name, value in answers.items() if value})
        assert spread(dict(answers)) == (rank, rank)


@given(st.lists(st.none() | st.booleans(), min_size=6, max_size=6))
@settings(deadline=None)
def test_what_is_not_known_leaves_exactly_the_bands_that_it_could_give(values: list[bool | None]) -> None:
    answers = dict(zip(ORDER, values, strict=True))
    sure = {name for name, value in answers.items() if value}
    possible = {name for name, value in answers.items() if value is not False}
    assert spread(answers) == (told_again(sure), told_again(possible))


@given(st.lists(st.booleans(), min_size=6, max_size=6), st.sampled_from(ORDER))
@settings(deadline=None)
def test_meeting_one_more_criterion_never_lowers_the_band(values: list[bool], name: str) -> None:
    answers: dict[str, bool | None] = dict(zip(ORDER, values, strict=True))
    assert spread(answers | {name: True})[0] >= spread(answers)[0]


@pytest.mark.parametrize("bands", [("High",), ("Low", "High"), BANDS, ("1", "2", "3", "4", "5")])
def test_what_is_made_is_sound(bands: tuple[str, ...]) -> None:
    made = triage({band: [f"criterion of {band}"] for band in bands}, bands)
    report = ca.check(made.method, made.framework)
    assert report.ok, report


def test_no_criterion_met_is_said_so() -> None:
    assert SCHEME.assess("request", dict.fromkeys(ORDER, False)).result == "No criterion met"
    own = triage(CRITERIA, BANDS, nothing="No priority")
    assert own.assess("request", dict.fromkeys(ORDER, False)).result == "No priority"


def test_items_that_carry_their_band_make_the_same_scheme() -> None:
    items = [Item(name, band=band) for band, names in CRITERIA.items() for name in names]
    made = triage(items, BANDS)
    assert made.method == SCHEME.method
    assert made.framework == SCHEME.framework


def test_answers_in_a_list_stand_in_the_order_of_the_criteria() -> None:
    assert [statement.id for statement in SCHEME.framework.statements] == ["h1", "h2", "m1", "m2", "l1", "l2"]
    assert SCHEME.assess("request", [False, False, False, True, False, False]).result == "Medium"


def test_a_method_is_handed_to_careassure_as_it_is() -> None:
    answers = dict.fromkeys(ORDER, "no") | {"m2": "yes"}
    assessment = ca.Assessment.of("request 7", answers, framework=SCHEME.framework)
    assert ca.assess(assessment, scorer=SCHEME.method).result == "Medium"


@pytest.mark.parametrize(
    ("criteria", "bands", "message"),
    [
        ({"High": ["a"]}, ["Low", "High"], "no criterion leads to it"),
        ({"High": ["a"], "Red": ["b"]}, ["High"], "its band 'Red' is not one of them"),
        ({"High": ["a"]}, ["High", "high"], "not names that differ"),
        ({"High": ["a"]}, [], "not names that differ"),
        ({"High": ["a"]}, "High", "not names that differ"),
        ({"None": ["a"]}, ["None"], "not names that differ"),
        ({"High": ["a", "A"]}, ["High"], "appears twice"),
        ({}, ["High"], "there is none"),
    ],
)
def test_wrong_criteria_and_bands_are_refused(criteria: dict[str, list[str]], bands: list[str], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        triage(criteria, bands)


@pytest.mark.parametrize(("yes", "no"), [(True, False), ("true", "FALSE"), ("Yes", "no"), ("met", "not met")])
def test_answers_in_any_words(yes: object, no: object) -> None:
    """A table has true and false, or yes and no, as spreadsheets and people write them."""
    scheme = triage({"High": ["a"], "Low": ["b"]}, ["Low", "High"])
    assert scheme.assess("request", {"a": no, "b": yes}).result == "Low"
