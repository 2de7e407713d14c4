"""The states of carrying no grade."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import UnknownGradeError
from careassure.model.scale import NOT_RATED_REASONS, NotRated
from careassure.model.text import fold
from careassure.model.vocabulary import STATE_SIGNS, odd_sign
from careassure.testing.strategies import states, texts

WORDS = [(reason, word) for reason, words in NOT_RATED_REASONS.items() for word in (reason, *words)]
LA = ca.framework("cqc-la")


@given(st.sampled_from(WORDS), st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["", " ", "."]))
def test_every_word_of_the_vocabulary_is_a_state(pair: tuple[str, str], case: Callable[[str], str], end: str) -> None:
    """Every word for a missing rating, in any case, gives the state with its reason."""
    reason, word = pair
    assert NotRated.parse(case(word) + end) == NotRated(reason)


@given(states())
def test_states_are_read_back_from_how_they_print(state: NotRated) -> None:
    """A state prints as words from which it can be read again."""
    assert NotRated.parse(str(state)) == state


@pytest.mark.parametrize("word", [word for _, word in WORDS])
def test_no_state_is_a_grade_of_cqc(word: str) -> None:
    """On no scale of CQC is a word for a missing rating a grade."""
    for scale in LA.scales:
        with pytest.raises(UnknownGradeError):
            scale.parse(word)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Inspected but not rated", "inspected_not_rated"),
        ("Insufficient evidence to rate", "insufficient_evidence"),
        ("No published rating", "no_published_rating"),
        ("Not yet inspected", "not_yet_inspected"),
        ("Do not include in report", "not_in_report"),
        ("Unrated", "not_rated"),
    ],
)
def test_words_of_cqc_files(words: str, reason: str) -> None:
    """The words that CQC's own ratings files use for a missing rating are states with their reasons."""
    assert NotRated.parse(words) == NotRated(reason)


@given(texts())
def test_other_words_are_no_state(text: str) -> None:
    """Other words mean no state, but for signs such as ``:``; a known word with an odd sign means none."""
    known = {fold(word) for _, word in WORDS}
    said = text.strip().casefold() in STATE_SIGNS or (fold(text) in known and not odd_sign(text))
    assert (NotRated.parse(text) is not None) is said


@given(texts())
def test_unknown_reasons_are_refused_with_the_known_ones(text: str) -> None:
    """A reason that is not known is refused and every known one is listed."""
    with pytest.raises(UnknownGradeError) as raised:
        NotRated(text + "!")
    assert all(reason in raised.value.hint for reason in NOT_RATED_REASONS)


@given(states(), states())
def test_states_have_no_order(one: NotRated, other: NotRated) -> None:
    """Two states are equal when their reasons are, and have no order."""
    assert (one == other) is (one.reason == other.reason)
    orderings: list[Callable[[Any, Any], Any]] = [operator.lt, operator.le, operator.gt, operator.ge]
    for compare in orderings:
        with pytest.raises(TypeError):
            compare(one, other)
