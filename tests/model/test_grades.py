"""Grades: an order within a scale, and none across scales."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import ScaleMismatchError
from careassure.model.scale import Grade, NotRated, Scale
from careassure.testing.strategies import grades, scales, texts

ORDERINGS: list[Callable[[Any, Any], Any]] = [operator.lt, operator.le, operator.gt, operator.ge]
RATING = ca.framework("cqc-la").scale("cqc-rating")

two_of_one_scale = scales().flatmap(lambda scale: st.tuples(grades(scale), grades(scale)))
not_grades = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), texts(), st.binary(max_size=4), st.just(NotRated())
)


@given(two_of_one_scale)
def test_order_is_that_of_the_ranks(pair: tuple[Grade, Grade]) -> None:
    """Within a scale every comparison of grades is the comparison of their ranks."""
    one, other = pair
    for compare in (*ORDERINGS, operator.eq, operator.ne):
        assert compare(one, other) is compare(one.rank, other.rank)


@given(scales())
def test_sorting_gives_the_scale(scale: Scale) -> None:
    """Sorting the grades of a scale, from any order, gives the scale from its lowest to its highest."""
    assert tuple(sorted({*scale.grades})) == scale.grades
    assert min(scale) is scale.lowest
    assert max(scale) is scale.highest


@given(scales().flatmap(grades), scales().flatmap(grades))
def test_scales_never_compare(one: Grade, other: Grade) -> None:
    """Ordering grades of two scales raises an error that is also a TypeError, names both and says what has an order."""
    assume(one.scale != other.scale)
    for compare in ORDERINGS:
        with pytest.raises(ScaleMismatchError, match="scales differ") as raised:
            compare(one, other)
        assert isinstance(raised.value, TypeError)
        assert isinstance(raised.value, ca.CareAssureError)
        assert {one.key, one.scale, other.key, other.scale} <= set(
            raised.value.message.replace("(", "").replace(")", "").replace(":", "").split()
        )
        assert raised.value.hint == "Only grades of one scale have an order"


@given(scales().flatmap(grades), not_grades)
def test_nothing_else_has_an_order(grade: Grade, other: object) -> None:
    """Ordering a grade and anything that is no grade raises, whichever side it stands on."""
    for compare in ORDERINGS:
        for pair in ((grade, other), (other, grade)):
            with pytest.raises(ScaleMismatchError):
                compare(*pair)


any_grade = st.builds(
    Grade, st.sampled_from("st"), st.sampled_from("ab"), st.sampled_from("AB"), st.integers(0, 1), st.integers(1, 2),
    st.sampled_from([(), ("x",)]),
)  # fmt: skip


@given(any_grade, any_grade | scales().flatmap(grades) | not_grades)
def test_equality_is_scale_key_rank_and_value(grade: Grade, other: object) -> None:
    """A grade equals a grade of the same scale, key, rank and value and nothing else; then they hash alike."""

    def told(one: Grade) -> tuple[object, ...]:
        return one.scale, one.key, one.rank, one.value

    same = isinstance(other, Grade) and told(grade) == told(other)
    assert (grade == other) is same
    assert (other == grade) is same
    assert (grade != other) is not same
    assert not same or hash(grade) == hash(other)
    assert ({grade: 1}.get(other) == 1) is same  # type: ignore[call-overload]


@given(any_grade)
def test_grades_survive_being_pickled(grade: Grade) -> None:
    """A grade that was pickled is equal, hashes alike and prints the same."""
    again = pickle.loads(pickle.dumps(grade))
    assert again == grade
    assert hash(again) == hash(grade)
    assert str(again) == str(grade)


def test_equal_words_of_two_scales_differ() -> None:
    """The same word on another scale is another grade, as "Good" of CQC and "Good" of Ofsted are."""
    ofsted = Scale.of("ofsted", "Ofsted's judgements", ("inadequate", "Inadequate"), ("good", "Good"))
    assert ofsted["good"] != RATING["good"]
    assert len({ofsted["good"], RATING["good"]}) == 2
    with pytest.raises(ScaleMismatchError):
        max(ofsted["good"], RATING["good"])


@pytest.mark.parametrize("change", [lambda g: setattr(g, "rank", 9), lambda g: delattr(g, "key")])
def test_grades_do_not_change(change: Callable[[Grade], None]) -> None:
    """A grade cannot be altered."""
    grade = RATING["good"]
    with pytest.raises(AttributeError):
        change(grade)
    assert (grade.key, grade.rank) == ("good", 2)


def test_grades_print_as_their_words() -> None:
    """A grade prints as a reader would see it, and shows its scale where a developer looks."""
    assert str(RATING["requires_improvement"]) == "Requires improvement"
    assert repr(RATING["good"]) == "<Grade good of cqc-rating>"
