"""NHS trusts: what is known of the rule for any number of ratings, and a range for the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidFrameworkError
from careassure_cqc_provider import underlying

TRUST = ca.Body("R0", "A trust", "NHS trust")
KEYS = ("inadequate", "requires_improvement", "good", "outstanding")
METHOD = ca.scorer("nhs-trust").scorer.method  # type: ignore[attr-defined]


def spread(ranks: list[int], **facts: bool) -> tuple[int, int]:
    framework = underlying([f"Service {number}" for number in range(len(ranks))])
    outcome = ca.assess(ca.Assessment.of(TRUST, [KEYS[r] for r in ranks], framework=framework, facts=facts))
    assert outcome.low is not None
    assert outcome.high is not None
    return outcome.low.rank, outcome.high.rank


def told_again(ranks: list[int]) -> tuple[int, int]:
    """Between the worst and the best, and outstanding by the table."""
    least = 1 if len(ranks) <= 3 else 2 if len(ranks) <= 8 else 3
    if ranks.count(3) >= least and min(ranks) >= 2:
        return 3, 3
    return min([*ranks, 2]), min(max(ranks), 2)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
@settings(deadline=None)
def test_the_range_is_what_is_known_and_no_more(ranks: list[int]) -> None:
    assert spread(ranks) == told_again(ranks)


@pytest.mark.parametrize(("n", "least"), [(1, 1), (3, 1), (4, 2), (8, 2), (9, 3), (12, 3)])
def test_how_many_must_be_outstanding_depends_on_how_many_there_are(n: int, least: int) -> None:
    assert spread([3] * least + [2] * (n - least)) == (3, 3)
    if least > 1:
        assert spread([3] * (least - 1) + [2] * (n - least + 1)) == (2, 2)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=10), st.data())
@settings(deadline=None)
def test_a_better_rating_never_lowers_either_end(ranks: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(ranks) - 1))
    raised = [min(r + (i == place), 3) for i, r in enumerate(ranks)]
    (low, high), (new_low, new_high) = spread(ranks), spread(raised)
    assert new_low >= low
    assert new_high >= high


def test_ratings_that_are_not_there_do_not_count_towards_the_number() -> None:
    framework = underlying(["A", "B", "C", "D"])
    words = ["Outstanding", "Good", "Good", "Not rated"]
    assert ca.assess(ca.Assessment.of(TRUST, words, framework=framework)).result == "Outstanding"


@pytest.mark.parametrize("n", range(1, 13))
def test_the_method_is_sound_for_any_number(n: int) -> None:
    report = ca.check(METHOD, underlying([f"Service {number}" for number in range(n)]))
    assert report.ok, report


def test_the_method_is_sound_on_the_versions_that_ship() -> None:
    for framework in next(item for item in ca.frameworks() if item.id == "cqc-nhs-trust").versions:
        assert ca.check(METHOD, framework).ok


def test_notices_contradict_ratings_that_they_should_have_limited() -> None:
    framework = ca.framework("cqc-nhs-trust")

    def flags(words: list[str], **facts: bool) -> list[str]:
        outcome = ca.assess(ca.Assessment.of(TRUST, words, framework=framework, facts=facts))
        return [flag.id for flag in outcome.flags]

    assert flags(["good"] * 5) == []
    assert flags(["good"] * 5, requirement_notice=True) == ["requirement-notice"]
    assert flags(["good"] * 4 + ["requires improvement"], requirement_notice=True) == []
    assert flags(["good"] * 4 + ["requires improvement"], warning_notice=True) == ["warning-notice"]
    assert flags(["good"] * 4 + ["inadequate"], warning_notice=True) == []


def test_names_that_are_alike_or_missing_are_refused() -> None:
    with pytest.raises(InvalidFrameworkError):
        underlying(["Surgery", "surgery"])
    with pytest.raises(InvalidFrameworkError):
        underlying([])
