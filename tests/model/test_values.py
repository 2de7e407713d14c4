"""All values of the model: frozen, equal by value, and able to be copied, pickled and kept in sets."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import careassure as ca
from careassure.model.framework import Framework
from careassure.model.scale import Grade, Scale
from careassure.testing.assessments import beside
from careassure.testing.strategies import (
    assessments,
    bodies,
    councils,
    cqc_frameworks,
    evidence,
    frameworks,
    grades,
    partial_dates,
    scales,
    states,
)
from helpers import few

ALL: dict[str, SearchStrategy[object]] = {
    "grade": scales().flatmap(grades),
    "not rated": states(),
    "scale": scales(),
    "date": partial_dates(),
    "framework": frameworks(),
    "cqc framework": cqc_frameworks(),
    "council": councils(),
    "body": bodies(),
    "evidence": cqc_frameworks().flatmap(evidence),
    "disagreement": cqc_frameworks()
    .flatmap(beside)
    .flatmap(lambda found: st.sampled_from(found["disagreements"]) if found["disagreements"] else st.nothing()),
    "assessment": assessments(),
    "assessment of any framework": assessments(frameworks()),
    "outcome": assessments(cqc_frameworks()).map(ca.assess),
}


@pytest.mark.parametrize("name", ALL)
@few
@given(data=st.data())
def test_values_survive_copies_and_do_not_change(name: str, data: st.DataObject) -> None:
    """A copied or pickled value equals the first, hashes alike and takes its place in a set; no field can be set."""
    value = data.draw(ALL[name])
    survives_copies(value)
    does_not_change(value)


def survives_copies(value: object) -> None:
    """A copied or pickled value equals the first, hashes alike, and takes its place in a set."""
    hash(value)
    for other in (
        copy.copy(value),
        copy.deepcopy(value),
        *(pickle.loads(pickle.dumps(value, protocol)) for protocol in (2, 5)),
    ):
        assert other == value
        assert hash(other) == hash(value)
        assert {value: 1}[other] == 1
        assert type(other) is type(value)
        assert repr(other) == repr(value)


def does_not_change(value: object) -> None:
    """No field of a value can be set or removed, and none can be added."""
    for field in attrs.fields(type(value)):  # type: ignore[arg-type]
        with pytest.raises(AttributeError):
            setattr(value, field.name, None)
        with pytest.raises(AttributeError):
            delattr(value, field.name)
    with pytest.raises(AttributeError):
        value.another = 1  # type: ignore[attr-defined]


@few
@given(frameworks())
def test_what_is_worked_out_survives_a_copy(framework: Framework) -> None:
    """What a value works out once and keeps is the same on a copy, whether it was asked for before or after."""
    before = pickle.loads(pickle.dumps(framework))
    expected = (framework.statements, framework.leaves, framework.contexts)
    after = pickle.loads(pickle.dumps(framework))
    assert (before.statements, before.leaves, before.contexts) == expected
    assert (after.statements, after.leaves, after.contexts) == expected


@given(scales())
def test_pickled_grades_keep_their_order(scale: Scale) -> None:
    """Grades that come back from a pickle compare with those that stayed."""
    for grade in scale:
        other: Grade = pickle.loads(pickle.dumps(grade))
        assert other <= grade <= other
        assert attrs.astuple(other) == attrs.astuple(grade)
