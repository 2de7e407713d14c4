"""What holds for every assessment, complete or not, under both of CQC's methods for councils."""

from __future__ import annotations

from itertools import product
from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca

from .cqc import CATEGORIES, STATEMENTS, Case, Scores, by_category, council, direct, earlier, either, score
from .effort import runs

FEW = runs(0.4)


def raised(scores: Scores, random: Random) -> Scores:
    """One known score below 4, wherever it is, is one point higher; the same scores where there is none."""
    places = [
        (name, part)
        for name, value in scores.items()
        for part, inner in (value.items() if isinstance(value, dict) else [("", value)])
        if isinstance(inner, int) and inner < 4
    ]
    if not places:
        return scores
    name, part = random.choice(places)
    if not part:
        return {**scores, name: scores[name] + 1}
    return {**scores, name: {**scores[name], part: scores[name][part] + 1}}


def figures(outcome: ca.Outcome) -> list[int | None]:
    """Every grade and number of an outcome that more points may not lower."""
    grades = [outcome.low, outcome.high]
    for entry in outcome.profile:
        grades += [entry.low, entry.high]
    numbers = [outcome.percentage_low, outcome.percentage_high, outcome.score_low, outcome.score_high]
    return [grade.rank if grade else None for grade in grades] + [
        None if number is None else int(number * 1000) for number in numbers
    ]


@FEW
@given(either, st.randoms(use_true_random=False))
def test_a_raised_score_lowers_nothing(case: Case, random: Random) -> None:
    """When a score is raised, no percentage, printed score, grade of a statement or rating falls."""
    assess, scores = case
    before, after = figures(assess(scores)), figures(assess(raised(scores, random)))
    assert [value is None for value in before] == [value is None for value in after]
    assert all(low <= high for low, high in zip(before, after, strict=True) if low is not None and high is not None)


@FEW
@given(either, st.randoms(use_true_random=False))
def test_the_order_in_which_scores_are_given_is_nothing(case: Case, random: Random) -> None:
    """Scores given by name give one outcome in whatever order they stand."""
    assess, scores = case
    names = list(scores)
    random.shuffle(names)
    assert assess({name: scores[name] for name in names}) == assess(scores)


@FEW
@given(either)
def test_an_assessment_is_scored_the_same_every_time(case: Case) -> None:
    """Scoring twice gives equal outcomes, and what was scored stays as it was."""
    assess, scores = case
    outcome = assess(scores)
    copy = evolve(outcome.assessment)
    assert ca.assess(outcome.assessment) == outcome
    assert outcome.assessment == copy
    assert outcome.assessment.marks == copy.marks


@runs(0.2)
@given(direct(score), st.sets(st.sampled_from(STATEMENTS), min_size=1, max_size=4))
def test_a_missing_score_opens_exactly_what_it_could_give(scores: Scores, gone: set[str]) -> None:
    """With scores missing, everything lies between the least and the most that filling them in can give."""
    outcome = council(scores | dict.fromkeys(gone))
    every = [
        council(scores | dict(zip(sorted(gone), values, strict=True)))
        for values in product((1, 2, 3, 4), repeat=len(gone))
    ]
    assert outcome.low == min(item.low for item in every if item.low)
    assert outcome.high == max(item.high for item in every if item.high)
    assert outcome.percentage_low == min(item.percentage or 0 for item in every)
    assert outcome.percentage_high == max(item.percentage or 0 for item in every)
    assert outcome.score_low == min(item.score or 0 for item in every)
    assert outcome.score_high == max(item.score or 0 for item in every)
    known = {flag.id for flag in outcome.flags if flag.certain}
    assert known == set.intersection(*({flag.id for flag in item.flags} for item in every))
    assert {flag.id for flag in outcome.flags} == set.union(*({flag.id for flag in item.flags} for item in every))


@FEW
@given(by_category(), st.sampled_from(STATEMENTS), st.sets(st.sampled_from(CATEGORIES), min_size=1, max_size=3))
def test_missing_categories_open_exactly_what_they_could_give(scores: Scores, name: str, gone: set[str]) -> None:
    """With category scores missing, statement and rating lie between what filling them in can give."""
    whole: Scores = dict.fromkeys(STATEMENTS, 3)
    inside = scores[name] if isinstance(scores[name], dict) else dict.fromkeys(CATEGORIES, 2)
    known = {category: 2 if value is None else value for category, value in inside.items()}
    outcome = earlier({**whole, name: known | dict.fromkeys(gone)})
    every = [
        earlier({**whole, name: known | dict(zip(sorted(gone), values, strict=True))})
        for values in product((1, 2, 3, 4), repeat=len(gone))
    ]
    entry = outcome.profile[name]
    assert entry.low == min(item.profile[name].low for item in every)  # type: ignore[type-var]
    assert entry.high == max(item.profile[name].high for item in every)  # type: ignore[type-var]
    assert outcome.low == min(item.low for item in every if item.low)
    assert outcome.high == max(item.high for item in every if item.high)


def moves(scores: Scores, points: int, way: int) -> list[Scores]:
    """Two ways to gain or lose so many points: on as few statements as possible, and on as many."""
    found = []
    for step in (3, 1):
        left, moved = points, dict(scores)
        for _ in range(3):
            for name in STATEMENTS:
                room = min(step, left, 4 - moved[name] if way > 0 else moved[name] - 1)
                moved[name] += way * room
                left -= room
        if not left:
            found.append(moved)
    return found


@FEW
@given(direct(score))
def test_the_margin_is_enough_and_nothing_less_is(scores: Scores) -> None:
    """So many points, gained or lost anywhere, change the rating, and fewer do not; without a margin none do."""
    outcome = council(scores)
    assert outcome.low is not None
    for way, points, grade in (
        (1, outcome.margin.up, outcome.margin.above),
        (-1, outcome.margin.down, outcome.margin.below),
    ):
        for less in range(1, points if points is not None else 28):
            assert all(council(moved).rating == outcome.rating for moved in moves(scores, less, way))
        assert (points is None) == (grade is None)
        if points is not None:
            changed = moves(scores, points, way)
            assert changed
            assert all(council(moved).rating == grade != outcome.rating for moved in changed)
