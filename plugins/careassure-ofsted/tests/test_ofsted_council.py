"""Ofsted's style, applied to a council's adult social care."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.methods.scorer import MethodScorer

NINE = st.lists(st.integers(1, 4), min_size=9, max_size=9)
THEMES = {"working_with_people": (0, 3), "providing_support": (3, 5), "ensuring_safety": (5, 7), "leadership": (7, 9)}
SAFEGUARDING = 6


def outcome_of(scores: list[int]) -> ca.Outcome:
    """What the style makes of nine scores."""
    return ca.assess(ca.Assessment.of("Camden", scores), "ofsted")


def judged(scores: list[int]) -> dict[str, int]:
    """The rank of each theme by the rule, worked out by hand."""
    found: dict[str, int] = {}
    for theme, (start, end) in THEMES.items():
        inside = scores[start:end]
        ones = sum(score == 1 for score in inside)
        rank = 0 if ones > len(inside) / 2 else 1
        for score in (3, 4):
            if sum(given >= score for given in inside) > len(inside) / 2:
                rank = score - 1
        found[theme] = rank
    return found


def grades(outcome: ca.Outcome) -> tuple[int, ...]:
    """The ranks of what the overall is at least, at most and suggested to be."""
    return tuple(grade.rank for grade in (outcome.low, outcome.high, outcome.suggested) if grade is not None)


@settings(deadline=None)
@given(NINE)
def test_themes_are_judged_by_most_of_their_statements(scores: list[int]) -> None:
    """A theme is inadequate if most of it is scored 1, and has a higher grade if most of it is scored so."""
    profile = outcome_of(scores).profile
    for theme, rank in judged(scores).items():
        grade = profile[theme].grade
        assert grade is not None
        assert grade.rank == rank


@settings(deadline=None)
@given(NINE)
def test_the_range_and_the_suggestion_are_those_of_the_rules(scores: list[int]) -> None:
    """The rules written out once more give the same range and suggestion."""
    themes = judged(scores)
    leadership = themes["leadership"]
    others = [rank for theme, rank in themes.items() if theme != "leadership"]
    if scores[SAFEGUARDING] == 1 or min(others) == 0:
        expected = (0, 0, 0)
    elif leadership == 0:
        expected = (0, 1, 0)
    else:
        expected = (min(themes.values()), leadership, min(sorted(themes.values())[1], leadership))
    assert grades(outcome_of(scores)) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([4, 4, 4, 4, 4, 4, 4, 4, 4], (3, 3, 3)),
        ([3, 3, 3, 3, 3, 3, 3, 3, 3], (2, 2, 2)),
        ([4, 4, 4, 4, 4, 4, 1, 4, 4], (0, 0, 0)),  # safeguarding
        ([4, 4, 4, 4, 4, 4, 4, 1, 1], (0, 1, 0)),  # leadership
        ([4, 4, 4, 4, 1, 4, 4, 4, 4], (1, 3, 3)),  # one statement of another theme
        ([4, 4, 4, 1, 1, 4, 4, 4, 4], (0, 0, 0)),  # the whole of another theme
        ([4, 4, 4, 4, 4, 4, 4, 3, 3], (2, 2, 2)),  # not above leadership
        ([3, 3, 3, 3, 3, 3, 3, 4, 4], (2, 3, 2)),
    ],
)
def test_some_results_one_can_follow_by_eye(scores: list[int], expected: tuple[int, ...]) -> None:
    """The limiting judgement, the softer limit and the ceiling do what they say."""
    assert grades(outcome_of(scores)) == expected


def test_every_rule_is_called_ours() -> None:
    """No rule of the transfer rests on a page alone, as if somebody had published it for adult social care."""
    scorer = ca.scorer("ofsted")
    assert isinstance(scorer.scorer, MethodScorer)
    rungs = [rung for node in scorer.scorer.method.nodes for ladder in node.ladders for rung in ladder.rungs]
    assert all("ours" in [reference.basis for reference in rung.references] for rung in rungs)


@pytest.mark.parametrize("name", ["York", "Warrington"])
def test_councils_with_a_safeguarding_score_of_1_would_be_inadequate(name: str) -> None:
    """The two published councils that CQC scored 1 for safeguarding require improvement by CQC's method."""
    item = ca.published(name)[-1]
    assert str(ca.assess(item).rating) == "Requires improvement"
    assert str(ca.assess(item, "ofsted").rating) == "Inadequate"
