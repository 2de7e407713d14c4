"""What a method makes of other scores: before and after, and no word on what will come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidAssessmentError, UnknownScorerError
from workspaces.strategies import cqc

IDS = [statement.id for statement in cqc().statements]
scores = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)
tried = st.dictionaries(st.sampled_from(IDS), st.integers(1, 4))


@given(scores, tried)
def test_before_and_after_are_what_the_method_says(known: list[int | None], other: dict[str, int]) -> None:
    """Before is what the method makes of the scores, after what it makes of those with the changes in them."""
    assessment = ca.Assessment.of("York", known)
    found = ca.what_if(assessment, other)
    changed = dict(zip(IDS, known, strict=True)) | other
    assert found.before == ca.assess(assessment)
    assert found.after == ca.assess(ca.Assessment.of("York", changed))
    assert {leaf for leaf, _, _ in found.changes} == {
        name for name, old in zip(IDS, known, strict=True) if changed[name] != old
    }
    assert found.before.assessment == assessment


@given(scores)
def test_no_other_score_changes_nothing(known: list[int | None]) -> None:
    """With no scores to try, or the same ones, nothing would change, and it is said so."""
    assessment = ca.Assessment.of("York", known)
    same = {name: score for name, score in zip(IDS, known, strict=True) if score is not None}
    for other in ({}, same):
        found = ca.what_if(assessment, other)
        assert (found.before, found.changes) == (found.after, ())
        assert str(found) == f"Nothing would change: {found.before.result}."


def test_it_says_that_it_is_no_forecast() -> None:
    """The sentence names what was changed, both results, and that it is no forecast."""
    found = ca.what_if(ca.Assessment.of("York", [2] * 9), {"Equity in experience and outcomes": 3, "learning": "good"})
    assert str(found) == (
        "With Equity in experience and outcomes 2 to 3 and Learning, improvement and innovation 2 to 3, it would be "
        "Requires improvement, 56 out of 100, and not Requires improvement, 50 out of 100. This is a what-if, not a "
        "forecast."
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"safegarding": 3}, "'safegarding' is not a statement of"),
        ({"equity": 9}, "9 is not a grade"),
        ({"equity/staff": 3}, "has no scores inside a statement"),
        ({"equity": 3, "Equity in experience and outcomes": 3}, "was given before under another name"),
    ],
)
def test_scores_that_do_not_fit_are_refused(other: dict[str, object], said: str) -> None:
    """An unknown statement, a score off the scale and a part where there is none are named."""
    with pytest.raises(InvalidAssessmentError, match=said):
        ca.what_if(ca.Assessment.of("York", [2] * 9), other)


def test_what_is_scored_otherwise_is_refused() -> None:
    """Where a statement is scored in parts it cannot be tried as a whole, and the other way round."""
    parts = ca.Assessment.of("York", {"equity": {"staff": 2}}, version="2023")
    whole = ca.Assessment.of("York", {"equity": 2}, version="2023")
    for assessment, other in ((parts, {"equity": 3}), (whole, {"equity/staff": 3})):
        with pytest.raises(InvalidAssessmentError, match="the assessment scores it otherwise: as a whole, or in parts"):
            ca.what_if(assessment, other)
    assert ca.what_if(parts, {"equity/staff": 3}).changes
    assert ca.what_if(whole, {"equity": 3}).changes


def test_a_scorer_that_does_not_fit_is_refused() -> None:
    """A scorer of another version is refused."""
    with pytest.raises(UnknownScorerError, match="evidence-category does not score"):
        ca.what_if(ca.Assessment.of("York", [2] * 9), {}, "evidence-category")
