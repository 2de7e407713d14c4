"""SIF: every published outcome that ships, and every combination of key judgements."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

import careassure as ca
from careassure.methods.scorer import MethodScorer
from careassure_ofsted import outcomes

GRADES = ["inadequate", "requires_improvement", "good", "outstanding"]
KEY = ["help_protection", "children_looked_after", "leadership"]
INSIDE = ["adoption_performance", "care_leavers"]
ALL = outcomes("sif")


def ranks(item: ca.Assessment, names: list[str]) -> list[int]:
    """The ranks of those of some judgements that were graded."""
    scores = [item.scores[name] for name in names]
    return [score.rank for score in scores if isinstance(score, ca.Grade)]


def stated(item: ca.Assessment) -> ca.Grade:
    """The overall that Ofsted published."""
    assert item.stated.rating is not None
    return item.stated.rating


def reference(name: str) -> str:
    """What a reference of the method says."""
    scorer = ca.scorer("sif").scorer
    assert isinstance(scorer, MethodScorer)
    return next(reference.section for reference in scorer.method.references if reference.id == name)


def named(item: object) -> str:
    """A name for a case."""
    return item.id if isinstance(item, ca.Assessment) else str(item)


def test_every_row_of_the_table_is_there() -> None:
    """The table has 167 inspections, each with an overall."""
    assert len(ALL) == 167
    assert Counter(stated(item).key for item in ALL) == dict(zip(GRADES, [39, 71, 54, 3], strict=True))
    assert len({item.id for item in ALL}) == len(ALL)


@pytest.mark.parametrize("item", ALL, ids=named)
def test_the_published_overall_lies_within_the_range(item: ca.Assessment) -> None:
    """Every overall that Ofsted published is one that the method holds possible."""
    outcome = ca.assess(item)
    assert outcome.scorer == "sif"
    assert outcome.low is not None
    assert outcome.high is not None
    assert outcome.low <= stated(item) <= outcome.high


def test_an_inadequate_key_judgement_makes_the_overall_inadequate() -> None:
    """The overall is inadequate if and only if one of the three key judgements is, leadership among them."""
    found = [item for item in ALL if min(ranks(item, KEY)) == 0]
    for item in ALL:
        outcome = ca.assess(item)
        assert (stated(item).rank == 0) == (item in found) == (outcome.low is not None and outcome.low.rank == 0)
        assert (outcome.rating is not None and outcome.rating.rank == 0) == (item in found)
    count = len(found)
    assert reference("outcomes") == (
        f"with a key judgement inadequate, {count} of {count} overalls are inadequate, and none of the other "
        f"{len(ALL) - count} is; these lie between the lowest and the highest key judgement"
    )


def test_inadequate_adoption_or_care_leavers_hold_permanence_down() -> None:
    """With a judgement inside it inadequate, permanence was never above requires improvement, so no row is flagged."""
    found = [item for item in ALL if 0 in ranks(item, INSIDE)]
    assert max(ranks(item, ["children_looked_after"])[0] for item in found) == 1
    assert [flag.id for item in ALL for flag in ca.assess(item).flags] == []
    assert f"none of {len(found)} judgements on permanence" in reference("inside")


@pytest.mark.parametrize("inside", INSIDE)
@pytest.mark.parametrize("permanence", GRADES)
def test_a_breach_of_that_is_said_and_alters_nothing(inside: str, permanence: str) -> None:
    """With adoption or care leavers inadequate and permanence good, a flag says so and the range stays as it is."""
    scores = dict.fromkeys([*KEY, *INSIDE], "good") | {"children_looked_after": permanence}
    before = ca.assess(ca.Assessment.of("A council", scores, framework="ofsted-sif"))
    after = ca.assess(ca.Assessment.of("A council", scores | {inside: "inadequate"}, framework="ofsted-sif"))
    assert before.flags == ()
    above = permanence in ("good", "outstanding")
    assert [flag.id for flag in after.flags] == (["permanence-above-limit"] if above else [])
    assert (before.low, before.high, before.suggested) == (after.low, after.high, after.suggested)


def test_the_suggestion_agrees_with_most_published_overalls() -> None:
    """Where no key judgement is inadequate, the suggestion is the published overall in at least 9 of 10."""
    sound = [item for item in ALL if min(ranks(item, KEY)) > 0]
    wrong = [item for item in sound if ca.assess(item).suggested != stated(item)]
    assert {str(item.council) for item in wrong} == {
        "Bradford", "Brighton and Hove", "Bury", "Portsmouth", "Sheffield",
    }  # fmt: skip
    right = len(sound) - len(wrong)
    assert right / len(sound) >= 0.9
    assert reference("suggestion").endswith(f"agrees with {right} of {len(sound)} published overalls as shipped")


def test_the_profiles_that_got_different_overalls_are_known() -> None:
    """Two profiles of key judgements were given different overalls: no rule on these could reproduce both."""
    by_profile: dict[tuple[int, ...], Counter[str]] = {}
    for item in ALL:
        by_profile.setdefault(tuple(ranks(item, KEY)), Counter())[stated(item).key] += 1
    assert {profile: dict(counts) for profile, counts in by_profile.items() if len(counts) > 1} == {
        (1, 2, 2): {"good": 15, "requires_improvement": 3},  # help and protection, looked after, leadership
        (2, 1, 2): {"good": 5, "requires_improvement": 2},
    }


def test_not_judged_is_a_state_and_is_left_out() -> None:
    """The Isles of Scilly were not judged on permanence: that is a state, no low grade, and the overall is good."""
    item = next(item for item in ALL if any(isinstance(score, ca.NotRated) for score in item.scores.values()))
    assert item.id == "sif-isles-of-scilly-2016-06-27"
    states = {name: score for name, score in item.scores.items() if isinstance(score, ca.NotRated)}
    assert states == dict.fromkeys(["children_looked_after", *INSIDE], ca.NotRated("not_judged"))
    outcome = ca.assess(item)
    assert outcome.rating == stated(item)
    assert str(outcome.rating) == "Good"
    assert outcome.profile["children_looked_after"].state == ca.NotRated("not_judged")


def test_every_combination_of_key_judgements_gives_what_the_rules_say() -> None:
    """For all combinations, range and suggestion are those of the rules written out once more."""
    framework = ca.framework("ofsted-sif")
    for found in product(range(4), repeat=3):
        scores = dict(zip(KEY, (GRADES[rank] for rank in found), strict=True)) | dict.fromkeys(INSIDE, "good")
        outcome = ca.assess(ca.Assessment.of("A council", scores, framework=framework))
        grades = (outcome.low, outcome.high, outcome.suggested)
        expected = (0, 0, 0) if min(found) == 0 else (min(found), max(found), sorted(found)[1])
        assert tuple(grade.rank for grade in grades if grade is not None) == expected
