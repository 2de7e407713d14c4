"""Places among others with any weights within bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.places_by_weight import weighted_places
from careassure.errors import InvalidInputError
from helpers import few

tables = st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), min_size=1, max_size=6)
weights = st.lists(st.fractions(Fraction(1, 2), Fraction(2), max_denominator=5), min_size=9, max_size=9)


@few
@given(tables, weights)
def test_no_weights_give_a_place_outside(table: list[list[int]], drawn: list[Fraction]) -> None:
    """With any weights within the bounds, as many are ahead as the best place says, and no more than the worst."""
    places = weighted_places([ca.Assessment.of("York", scores) for scores in table])
    totals = [sum(w * s for w, s in zip(drawn, scores, strict=True)) for scores in table]
    for place, total in zip(places, totals, strict=True):
        assert place.best <= 1 + sum(other > total for other in totals)
        assert sum(other >= total for other in totals) <= place.worst


@few
@given(tables)
def test_with_no_room_the_places_are_those_of_the_totals(table: list[list[int]]) -> None:
    """Where weights cannot move, places are those of the totals, ties sharing theirs."""
    places = weighted_places([ca.Assessment.of("York", scores) for scores in table], within=(1, 1))
    totals = [sum(scores) for scores in table]
    for place, total in zip(places, totals, strict=True):
        assert place.best == 1 + sum(other > total for other in totals)
        assert place.worst == sum(other >= total for other in totals)


def test_who_is_better_in_everything_is_ahead() -> None:
    """A result that is nowhere lower and somewhere higher is ahead whatever the weights."""
    one, other = (ca.Assessment.of("York", [score] + [2] * 8) for score in (3, 2))
    assert [(place.best, place.worst) for place in weighted_places([one, other])] == [(1, 1), (2, 2)]
    assert str(weighted_places([one])[0]) == "York: place 1 of 1"


def test_versions_are_not_mixed() -> None:
    """Results of two versions are refused."""
    other = ca.framework("cqc-la", "2023")
    whole = {statement.id: 3 for statement in other.statements}
    with pytest.raises(InvalidInputError, match="several versions"):
        weighted_places([ca.Assessment.of("York", [3] * 9), ca.Assessment.of("York", whole, framework=other)])
