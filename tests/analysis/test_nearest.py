"""The nearest changes against trying every other set of scores, and against the margin of the same result."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from analysis.small_methods import Asking, known, sound_cases, with_scores
from careassure.analysis.deciding import ends
from careassure.analysis.nearest import By, nearest_change
from careassure.analysis.spread import TooMuchError
from careassure.errors import InvalidInputError, UnknownGradeError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.scale import Grade
from methods.effort import runs
from workspaces.strategies import cqc

IDS = [statement.id for statement in cqc().statements]
BY = st.sampled_from(("points", "statements"))
Change = frozenset[tuple[str, int]]


def tried(scorer: Asking, assessment: Assessment, place: str) -> list[tuple[dict[str, Grade], Grade, Grade]]:
    """Every other set of known scores, with the lowest and the highest grade that it gives to a place."""
    scores = known(assessment)
    scales = [assessment.framework.scale_of(leaf).grades for leaf in scores]
    found = []
    for grades in product(*scales):
        other = {leaf: grade for leaf, grade in zip(scores, grades, strict=True) if grade != scores[leaf]}
        span = ends(scorer.score(with_scores(assessment, {**other})), place)
        assert span is not None
        found.append((other, *span))
    return found


def cost_of(change: Mapping[str, Grade], now: Mapping[str, Grade], by: By, costs: Mapping[str, Fraction]) -> Fraction:
    """What a change takes."""
    return sum(
        (costs.get(leaf, Fraction(1)) * (abs(grade.value - now[leaf].value) if by == "points" else 1))
        for leaf, grade in change.items()
    ) + Fraction(0)


@runs(0.7)
@given(sound_cases(profiles=300), BY, st.data())
def test_they_are_what_trying_everything_finds(case: tuple[Method, Assessment], by: By, data: st.DataObject) -> None:
    """All changes that take the least, for every grade and both directions, with costs or without."""
    method, assessment = case
    outcome = MethodScorer(method).score(assessment)
    if outcome.low is None:
        return
    now = known(assessment)
    names = [leaf for leaf in now if "/" not in leaf]
    costs = (
        data.draw(st.dictionaries(st.sampled_from(names), st.fractions("1/4", 3, max_denominator=4))) if names else {}
    )
    scorer = Asking(method)
    everything = tried(scorer, assessment, "overall")
    scale = next(s for s in (*method.scales, *assessment.framework.scales) if s.id == outcome.low.scale)
    for to in scale:
        found = nearest_change(assessment, to, by, costs, method)
        way = found.ways[0]
        assert way.up == (to >= outcome.low)
        reached = [
            (cost_of(change, now, by, costs), change, low if way.up else high)
            for change, low, high in everything
            if (low >= to if way.up else high <= to)
        ]
        if not reached:
            assert (way.cost, way.count, way.changes, found.cost) == (None, 0, (), None)
            continue
        least = min(cost for cost, _, _ in reached)
        wanted = [(change, grade) for cost, change, grade in reached if cost == least]
        assert way.cost == found.cost == least
        assert {frozenset(c.items()) for c in found.changes} == {
            frozenset((leaf, grade.value) for leaf, grade in change.items()) for change, _ in wanted
        }
        assert len(found.changes) == way.count == len(wanted)
        assert set(way.gives) == {grade for _, grade in wanted}
        asked = nearest_change(assessment, to, by, costs, scorer)
        assert (asked.cost, {frozenset(c.items()) for c in asked.changes}) == (
            least, {frozenset(c.items()) for c in found.changes},
        )  # fmt: skip


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_the_points_are_those_of_the_margin(scores: list[int]) -> None:
    """What a change takes at the least is the margin of the result, and every change does what it says."""
    assessment = ca.Assessment.of("York", scores)
    outcome = ca.assess(assessment)
    found = ca.nearest_change(assessment)
    assert (found.up.cost if found.up else None, found.down.cost if found.down else None) == (
        outcome.margin.up, outcome.margin.down,
    )  # fmt: skip
    for way in found.ways:
        for change in way.changes[:3]:
            after = ca.what_if(assessment, change).after
            assert after.rating is not None
            assert after.rating >= way.grade if way.up else after.rating <= way.grade


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_what_changes_a_rating_meets_every_reason(scores: list[int]) -> None:
    """The statements of a change that gives another rating hold one of the smallest sets that could change it."""
    assessment = ca.Assessment.of("York", scores)
    could = ca.reasons(ca.assess(assessment)).could_change
    for change in ca.nearest_change(assessment, by="statements").changes[:20]:
        assert any(one <= set(change) for one in could)


def test_a_council_in_words() -> None:
    """How many points, in how many ways, by which rule, and no advice."""
    found = ca.nearest_change(ca.published("Leicester")[-1])
    for said in (
        "To reach Good\n  3 points more, on whichever of the 9 scores: 140 ways.",
        "To fall to Inadequate\n  7 points less, on whichever of the 9 scores: 183 ways.",
        "no   At least Good: a score of 63 or more. [1] [2]",
        "It is not a\n  forecast, and not a reason to change a score.",
    ):
        assert said in str(found)
    assert repr(found) == "<NearestChange of Leicester, July 2025, points: at least Good: 3; at most Inadequate: 7>"
    assert "<pre>Leicester" in found._repr_html_()
    assert len(found.changes) == 140 + 183
    some = ca.nearest_change(ca.published("Leicester")[-1], "good", "statements")
    assert (some.cost, len(some.changes)) == (2, 77)
    assert "any 2 of the 7 scores of 2 become 4 (21 ways)" in str(some)


def test_ends_of_the_scale_and_what_is_so_already() -> None:
    """Nothing is above the highest grade; what is held already takes no change; no change is an answer."""
    best = ca.nearest_change(ca.Assessment.of("York", [4] * 9))
    assert best.up is None
    assert "There is no grade higher than Outstanding." in str(best)
    held = ca.nearest_change(ca.Assessment.of("York", [4] * 9), "outstanding")
    assert (held.cost, held.changes) == (0, ({},))
    assert "It is so already." in str(held)
    blank = ca.nearest_change(ca.Assessment.of("York", [1, *[None] * 8]), "outstanding")
    assert (blank.cost, blank.changes) == (None, ())
    assert "No change of the known scores does it." in str(blank)


def test_costs_say_which_change_is_cheapest() -> None:
    """Where a point of one statement costs half, it is raised first; costs may be named by title."""
    york = ca.Assessment.of("York", [3] * 9)
    found = ca.nearest_change(york, "outstanding", cost={"Safeguarding": "0.5", "equity": Fraction(2, 3)})
    assert found.cost == Fraction(1, 2) + Fraction(2, 3) + 3
    assert all({"safeguarding", "equity"} <= set(change) for change in found.changes)
    assert "a cost of 4.17" in str(found)


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        ({"safegarding": 1}, "is not a statement"),
        ({"equity": 0}, "its cost is not above 0"),
        ({"equity": 0.5}, "not an exact number"),
        ({"equity": 1, "Equity in experience and outcomes": 2}, "was given before under another name"),
    ],
)
def test_costs_that_do_not_fit_are_refused(cost: dict[str, float], said: str) -> None:
    """An unknown statement, a cost that is not above 0, a float, and one that is given twice."""
    with pytest.raises(InvalidInputError, match=said):
        ca.nearest_change(ca.Assessment.of("York", [3] * 9), cost=cost)


def test_a_grade_that_does_not_exist_is_refused() -> None:
    """A word that is not on the scale is named, with what would be right."""
    with pytest.raises(UnknownGradeError, match="'great' is not a grade"):
        ca.nearest_change(ca.Assessment.of("York", [3] * 9), "great")


def test_every_published_council_in_one_go() -> None:
    """All at once they are what they are one by one; how many ratings one point decides."""
    everyone = ca.analysis.nearest_changes()
    assert len(everyone) == len(ca.published())
    assert everyone[5].ways == ca.nearest_change(everyone[5].outcome.assessment).ways
    known_in_full = [item for item in everyone if item.outcome.assessment.complete]
    assert sum(item.cost == 1 for item in known_in_full) == 24
    assert "West Berkshire, May 2024: Good; 9 points more to Outstanding and 1 point less to" in str(everyone)
    assert repr(everyone) == f"<NearestChanges of {len(everyone)} results>"


def test_too_many_changes_are_counted_and_not_listed() -> None:
    """Where there are more changes than are listed, their number and cost are exact all the same."""
    framework = ca.framework("cqc-la", version="2023")
    scores = {s.id: {part.id: 2 for part in s.parts} for s in framework.statements}
    found = ca.nearest_change(ca.Assessment.of("York", scores, version="2023"), "good")
    way = found.ways[0]
    assert way.count > 100_000
    assert "These are too many to be listed." in str(found)
    with pytest.raises(TooMuchError, match="and at most 100,000 are listed"):
        len(way.changes)
