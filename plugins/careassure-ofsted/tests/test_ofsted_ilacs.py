"""ILACS: every published outcome that ships, and every combination of judgements."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

import careassure as ca
from careassure.methods.scorer import MethodScorer
from careassure_ofsted import outcomes

I, R, G, O = "inadequate", "requires_improvement", "good", "outstanding"  # noqa: E741
GRADES = [I, R, G, O]
ALL = outcomes("ilacs")
RATED = [item for item in ALL if item.stated.rating is not None]
SOUND = [item for item in RATED if "inadequate" not in {str(score).lower() for score in item.scores.values()}]


def rank(item: ca.Assessment, name: str) -> int:
    """The rank of a judgement, 0 for inadequate."""
    score = item.scores[name]
    assert isinstance(score, ca.Grade)
    return score.rank


def stated(item: ca.Assessment) -> ca.Grade:
    """The overall that Ofsted published."""
    assert item.stated.rating is not None
    return item.stated.rating


def practice(item: ca.Assessment) -> list[int]:
    """The ranks of the judgements of practice."""
    return [rank(item, name) for name in item.scores if name != "leaders"]


def reference(name: str) -> str:
    """What a reference of the method says."""
    scorer = ca.scorer("ilacs").scorer
    assert isinstance(scorer, MethodScorer)
    return next(reference.section for reference in scorer.method.references if reference.id == name)


def named(item: object) -> str:
    """A name for a case."""
    return item.id if isinstance(item, ca.Assessment) else str(item)


def test_every_row_of_the_table_is_there() -> None:
    """The table has 324 inspections: 168 of version 2018, 145 of 2023 and 11 of 2026."""
    assert len(ALL) == 324
    assert Counter(item.framework.version for item in ALL) == {"2018": 168, "2023": 145, "2026": 11}
    assert len(RATED) == 313
    assert len({item.id for item in ALL}) == len(ALL)


@pytest.mark.parametrize("item", RATED, ids=named)
def test_the_published_overall_lies_within_the_range(item: ca.Assessment) -> None:
    """Every overall that Ofsted published is one that the method holds possible."""
    outcome = ca.assess(item)
    assert outcome.scorer == "ilacs"
    assert outcome.low is not None
    assert outcome.high is not None
    assert outcome.low <= stated(item) <= outcome.high


def test_inadequate_practice_makes_the_overall_inadequate() -> None:
    """With any judgement of practice inadequate, the published overall is inadequate, and so is the method's."""
    found = [item for item in RATED if min(practice(item)) == 0]
    assert {stated(item).key for item in found} == {I}
    for item in found:
        outcome = ca.assess(item)
        assert outcome.rating is not None
        assert outcome.rating.key == I
        assert [flag.id for flag in outcome.flags] == ["monitored"]
    count = len(found)
    assert reference("practice") == f"with a practice judgement inadequate, {count} of {count} overalls are inadequate"


def test_inadequate_leaders_alone_hold_the_overall_at_requires_improvement() -> None:
    """With only leaders inadequate, the overall was at most requires improvement; the method leaves it open."""
    found = [item for item in RATED if rank(item, "leaders") == 0 and min(practice(item)) > 0]
    counts = Counter(stated(item).key for item in found)
    assert set(counts) == {I, R}
    for item in found:
        outcome = ca.assess(item)
        assert [str(grade and grade.key) for grade in (outcome.low, outcome.high)] == [I, R]
        assert outcome.flags == ()
    assert reference("leaders") == (
        f"with only leaders inadequate, {counts[R]} of {len(found)} overalls require improvement "
        f"and {counts[I]} is inadequate"
    )


def test_without_an_inadequate_the_overall_is_never_inadequate_and_never_above_leaders() -> None:
    """With nothing inadequate, no overall, published or worked out, is inadequate or above the leaders' grade."""
    for item in SOUND:
        outcome = ca.assess(item)
        assert outcome.low is not None
        assert outcome.high is not None
        assert 0 < outcome.low.rank <= stated(item).rank <= outcome.high.rank == rank(item, "leaders")
        assert stated(item).rank >= min(rank(item, name) for name in item.scores)


def test_equal_judgements_give_their_grade() -> None:
    """Where all judgements are equal, the overall is the same, published and worked out."""
    found = [item for item in RATED if len(set(item.scores.values())) == 1]
    for item in found:
        outcome = ca.assess(item)
        assert outcome.rating == stated(item) == item.scores["leaders"]
    sound = len([item for item in found if item in SOUND])
    assert reference("ceiling") == (
        f"with nothing inadequate, none of {len(SOUND)} overalls is inadequate, above the leaders' grade, or below the "
        f"lowest judgement; where all are equal, {sound} of {sound} overalls are the same"
    )


def test_the_suggestion_agrees_with_nearly_every_published_overall() -> None:
    """Among inspections with nothing inadequate, the suggestion is the published overall in at least 96 of 100."""
    wrong = [item.id for item in SOUND if ca.assess(item).suggested != stated(item)]
    assert wrong == [
        "ilacs-dudley-2018-12-10",
        "ilacs-leicestershire-2019-11-04",
        "ilacs-hertfordshire-2023-03-10",
        "ilacs-bexley-2023-03-24",
        "ilacs-hillingdon-2023-11-20",
        "ilacs-northumberland-2024-07-12",
        "ilacs-tower-hamlets-2025-01-13",
        "ilacs-walsall-2025-07-08",
        "ilacs-haringey-2026-02-24",
    ]
    right = len(SOUND) - len(wrong)
    assert right / len(SOUND) >= 0.96
    assert reference("suggestion").endswith(f"agrees with {right} of {len(SOUND)} published overalls as shipped")


def test_the_profiles_that_got_different_overalls_are_known() -> None:
    """Four profiles of judgements were given different overalls: no rule could reproduce both."""
    by_profile: dict[tuple[str, ...], Counter[str]] = {}
    for item in RATED:
        profile = tuple(GRADES[rank(item, name)] for name in item.scores)
        by_profile.setdefault(profile, Counter())[stated(item).key] += 1
    assert {profile: dict(counts) for profile, counts in by_profile.items() if len(counts) > 1} == {
        (I, R, R): {R: 3, I: 1},  # leaders, help and protection, in care
        (G, R, G): {G: 10, R: 2},
        (O, G, G, O): {O: 3, G: 2},  # the fourth is care leavers
        (O, G, O, G): {O: 3, G: 2},
    }


def test_where_published_overalls_differ_the_method_leaves_it_open() -> None:
    """A profile that was given two overalls has a range that holds both, and so never one computed word."""
    for profile in ((I, R, R), (G, R, G), (O, G, G, O), (O, G, O, G)):
        version = "2018" if len(profile) == 3 else "2023"
        outcome = ca.assess(ca.Assessment.of("A council", list(profile), framework="ofsted-ilacs", version=version))
        assert outcome.kind == "range"


@pytest.mark.parametrize("item", [item for item in ALL if item.framework.version == "2026"], ids=named)
def test_since_april_2026_there_is_a_profile_and_no_overall(item: ca.Assessment) -> None:
    """An inspection since April 2026 has four judgements and no overall, published or worked out."""
    outcome = ca.assess(item)
    assert item.stated.rating is None
    assert outcome.scorer == "ilacs-2026"
    assert outcome.kind == "profile"
    assert [entry.grade for entry in outcome.profile if entry.level == "statement"] == list(item.scores.values())


def test_trafford_2026_mixes_inadequate_and_good() -> None:
    """Trafford in August 2026 has leaders and protection inadequate, children in care good, and no overall."""
    item = next(item for item in ALL if item.id == "ilacs-trafford-2026-08-03")
    assert [GRADES[rank(item, name)] for name in item.scores] == [I, I, G, R]


@pytest.mark.parametrize(("version", "count"), [("2018", 3), ("2023", 4)])
def test_every_combination_of_judgements_gives_what_the_rules_say(version: str, count: int) -> None:
    """For all combinations, range and suggestion are those of the rules written out once more."""
    framework = ca.framework("ofsted-ilacs", version)
    for ranks in product(range(4), repeat=count):
        leaders, *others = ranks
        low = min(ranks)
        high = 0 if min(others) == 0 else max(leaders, 1)
        suggested = min(sorted(ranks)[(count - 1) // 2], high)
        outcome = ca.assess(ca.Assessment.of("A council", [GRADES[r] for r in ranks], framework=framework))
        assert outcome.low is not None
        assert outcome.high is not None
        assert outcome.suggested is not None
        assert (outcome.low.rank, outcome.high.rank, outcome.suggested.rank) == (low, high, suggested)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2018", ["leaders", "help_protection", "children_in_care"]),
        ("2023", ["leaders", "help_protection", "children_in_care", "care_leavers"]),
        ("2026", ["leaders", "help_protection", "children_in_care", "care_leavers"]),
    ],
)
def test_each_version_has_its_own_judgements(version: str, expected: list[str]) -> None:
    """Care leavers are a judgement of their own since 2023; before, they stand in the name of another."""
    framework = ca.framework("ofsted-ilacs", version)
    assert [statement.id for statement in framework.statements] == expected
    both = "children in care and care leavers"
    if version == "2018":
        assert framework.resolve(both) == "children_in_care"
    else:
        with pytest.raises(ca.CareAssureError):
            framework.resolve(both)


def test_versions_are_in_order() -> None:
    """The oldest version is first and the newest is used where none is named."""
    found = next(item for item in ca.frameworks() if item.id == "ofsted-ilacs")
    assert [version.version for version in found.versions] == ["2018", "2023", "2026"]
    assert ca.framework("ofsted-ilacs").version == "2026"


@pytest.mark.parametrize(
    "word",
    ["Requires improvement to be good", "Require improvement", "Requires Improvement", "requires_improvement", "RI"],
)
def test_every_way_of_writing_requires_improvement_is_read(word: str) -> None:
    """Reports write the second grade in several ways; all are one grade."""
    item = ca.Assessment.of("A council", [word] * 4, framework="ofsted-ilacs", version="2023")
    assert {score.key for score in item.scores.values() if isinstance(score, ca.Grade)} == {R}


@pytest.mark.parametrize("name", ["Northamptonshire", "Cumbria", "Bournemouth", "Slough Children First"])
def test_councils_that_no_longer_exist_can_be_assessed(name: str) -> None:
    """Any name of a children's services authority is taken as it is, also that of a council of the past or a trust."""
    item = ca.Assessment.of(name, [G, G, G], framework="ofsted-ilacs", version="2018")
    assert isinstance(item.council, ca.Body)
    assert item.council.name == name
