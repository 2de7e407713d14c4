"""The counting rules of CQC's rating principles, against a second telling of them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca

HOME = ca.Body("1-1", "A home", "provider")
KEYS = ("inadequate", "requires_improvement", "good", "outstanding")
ALL = list(product(range(4), repeat=5))


def told_again(ranks: tuple[int, ...], *, breach: bool) -> int:
    """CQC's principles, told from the bottom and by counting words."""
    weak, outstanding = ranks.count(1), ranks.count(3)
    if ranks.count(0) >= 2:
        return 0
    if ranks.count(0) == 1 or weak >= 2 or breach:
        return 1
    return 3 if outstanding >= 2 and weak == 0 else 2


def assessment(ranks: tuple[int | None, ...], **facts: bool) -> ca.Assessment:
    words = [None if rank is None else KEYS[rank] for rank in ranks]
    return ca.Assessment.of(HOME, words, framework="cqc-provider", facts=facts)


def rank(ranks: tuple[int, ...], **facts: bool) -> int:
    outcome = ca.assess(assessment(ranks, **facts))
    assert outcome.rating is not None
    return outcome.rating.rank


@pytest.mark.parametrize("breach", [False, True])
def test_every_profile_gets_the_rating_that_the_counting_rules_give(breach: bool) -> None:
    assert len(ALL) == 1024
    assert [rank(ranks, breach=breach) for ranks in ALL] == [told_again(ranks, breach=breach) for ranks in ALL]


def test_a_breach_is_not_taken_for_granted_and_the_trace_says_so() -> None:
    good = (2, 2, 2, 2, 2)
    assert rank(good) == 2
    assert "a regulation is breached (not stated, taken as the default)" in " ".join(
        ca.assess(assessment(good)).explain().split()
    )
    assert rank(good, breach=True) == 1


def test_one_inadequate_beside_four_good_requires_improvement_and_says_that_this_is_inferred() -> None:
    outcome = ca.assess(assessment((2, 2, 2, 2, 0)))
    assert outcome.rating is not None
    assert outcome.rating.key == "requires_improvement"
    assert [flag.id for flag in outcome.flags] == ["single-inadequate"]
    assert [reference.basis for flag in outcome.flags for reference in flag.references] == ["inferred"]
    assert ca.assess(assessment((2, 2, 2, 0, 0))).flags == ()


@pytest.mark.parametrize(
    ("fact", "flag"),
    [
        ("no_registered_manager", "no-registered-manager"),
        ("condition_unmet", "condition-unmet"),
        ("notifications_missing", "notifications-missing"),
        ("information_not_returned", "information-not-returned"),
    ],
)
def test_a_limiter_of_well_led_contradicts_a_good_rating_and_alters_none(fact: str, flag: str) -> None:
    too_good = ca.assess(assessment((2, 2, 2, 2, 2), **{fact: True}))
    assert [item.id for item in too_good.flags] == [flag]
    assert too_good.rating is not None
    assert too_good.rating.key == "good"
    assert ca.assess(assessment((2, 2, 2, 2, 1), **{fact: True})).flags == ()
    assert ca.assess(assessment((2, 2, 2, 2, 2))).flags == ()


ranks_of_five = st.tuples(*[st.integers(0, 3)] * 5)


@given(ranks_of_five, st.integers(0, 4), st.booleans())
@settings(deadline=None)
def test_a_better_key_question_never_lowers_the_rating(ranks: tuple[int, ...], place: int, breach: bool) -> None:
    raised = tuple(min(r + (i == place), 3) for i, r in enumerate(ranks))
    assert rank(raised, breach=breach) >= rank(ranks, breach=breach)


@given(st.permutations(range(5)), ranks_of_five)
@settings(deadline=None)
def test_the_key_questions_count_equally(order: list[int], ranks: tuple[int, ...]) -> None:
    assert rank(tuple(ranks[place] for place in order)) == rank(ranks)


@given(st.tuples(*[st.none() | st.integers(0, 3)] * 5), st.booleans())
@settings(deadline=None)
def test_unknown_ratings_give_exactly_the_range_of_what_they_could_be(
    ranks: tuple[int | None, ...], breach: bool
) -> None:
    full = [told_again(filled, breach=breach) for filled in product(*(range(4) if r is None else [r] for r in ranks))]
    outcome = ca.assess(assessment(ranks, breach=breach))
    assert outcome.low is not None
    assert outcome.high is not None
    assert (outcome.low.rank, outcome.high.rank) == (min(full), max(full))


def test_a_state_is_a_rating_that_is_not_known() -> None:
    words = ["good", "Inspected but not rated", "good", "good", "requires improvement"]
    outcome = ca.assess(ca.Assessment.of(HOME, words, framework="cqc-provider"))
    assert outcome.result == "Requires improvement to Good"
    assert str(outcome.profile["effective"].state) == "Inspected but not rated"


@pytest.mark.parametrize("word", ["Requires improvement", "Requires Improvement", "REQUIRES IMPROVEMENT", "RI"])
def test_words_are_read_in_any_case(word: str) -> None:
    found = ca.Assessment.of(HOME, [word] * 5, framework="cqc-provider")
    assert {score.key for score in found.scores.values() if isinstance(score, ca.Grade)} == {"requires_improvement"}


def test_the_method_is_sound() -> None:
    method = ca.scorer("kloe").scorer.method  # type: ignore[attr-defined]
    for framework in next(item for item in ca.frameworks() if item.id == "cqc-provider").versions:
        report = ca.check(method, framework)
        assert report.ok, report


def test_the_scorer_comes_from_this_distribution() -> None:
    assert ca.scorer("cqc-provider:kloe").distribution == "careassure-cqc-provider"
    assert ca.framework("cqc-provider").scorer == "kloe"
    assert [s.id for s in ca.framework("cqc-provider").statements] == [
        "safe",
        "effective",
        "caring",
        "responsive",
        "well_led",
    ]
