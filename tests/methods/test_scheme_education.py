"""Report cards: every criterion of a grade must be met for it, and categories of concern stand beside the profile."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from careassure.methods.check import check
from careassure.model.outcome import Outcome

from .frames import HEAD, Frame, Item, scale_of

LEVELS = ("urgent_improvement", "needs_attention", "expected", "strong", "exceptional")
CRITERIA = tuple(Item(level, tags=(level,)) for level in LEVELS[1:])
AREAS = ("inclusion", "leadership")
CARD = Frame(
    (
        Item("evaluation_areas", tuple(Item(name, CRITERIA) for name in AREAS)),
        Item("apart", (Item("safeguarding", (Item("met"),)),)),
    ),
    {"m": scale_of("not_met", "met"), "level": scale_of(*LEVELS), "s": scale_of("not_met", "met")},
)


def rungs() -> Iterable[str]:
    """One rung for each level: every criterion of that level and of those below it is met."""
    for place, level in enumerate(LEVELS[1:], 2):
        yield f"""
[[nodes.rungs]]
grade = "{level}"
when = {{ every = {{ level = "scores", tags = {list(LEVELS[1:place])} }}, at_least = "met" }}
sentence = "Every criterion up to this level is met."
reference = "rules"
"""


METHOD = (
    HEAD
    + """
[[nodes]]
for = "statements"
scale = "level"
RUNGS

[[nodes]]
for = "safeguarding"
scale = "m"

[[nodes.rungs]]
grade = "met"
when = { every = "scores", at_least = "met" }
sentence = "Met."
reference = "rules"

[[flags]]
id = "special-measures"
when = { area = "leadership", at_most = "urgent_improvement" }
sentence = "Leadership itself is at the lowest level."
reference = "rules"

[[flags]]
id = "significant-improvement"
sentence = "An area is at the lowest level, or safeguarding is not met, and leadership is above that."
reference = "rules"
[flags.when]
all_of = [
  { any_of = [
    { area = "inclusion", at_most = "urgent_improvement" },
    { area = "safeguarding", at_most = "not_met" },
  ] },
  { not = { area = "leadership", at_most = "urgent_improvement" } },
]
""".replace("RUNGS", "\n".join(rungs()))
)


def assessed(met: tuple[int, ...]) -> Outcome:
    return CARD.assess(CARD.load(METHOD), dict(zip(CARD.leaves, met, strict=True)))


def secure(met: tuple[int, ...]) -> int:
    """How many criteria from the lowest upwards are met without a gap."""
    return met.index(0) if 0 in met else len(met)


def test_an_area_has_the_grade_up_to_which_all_criteria_are_met() -> None:
    """One criterion that is not met holds the area below its grade, whatever is met above; there is no overall."""
    for met in product((0, 1), repeat=4):
        outcome = assessed((*met, 1, 1, 1, 1, 1))
        grade = outcome.profile["inclusion"].grade
        assert grade is not None
        assert grade.key == LEVELS[secure(met)]
        assert outcome.kind == "profile"
        assert outcome.low is outcome.high is outcome.rating is None


def test_categories_of_concern_stand_beside_the_profile() -> None:
    """The lowest level anywhere, or safeguarding not met, is a category; lowest leadership makes it the graver one."""
    for met in product((0, 1), repeat=9):
        inclusion, leadership, safeguarding = met[:4], met[4:8], met[8]
        flags = [flag.id for flag in assessed(met).flags]
        if secure(leadership) == 0:
            assert flags == ["special-measures"]
        else:
            concern = secure(inclusion) == 0 or not safeguarding
            assert flags == ["significant-improvement"] * concern


def test_a_grade_has_a_scale_of_its_own() -> None:
    """Safeguarding is met or not met, in words that the other areas do not share."""
    outcome = assessed((1,) * 8 + (0,))
    assert [str(outcome.profile[name].grade) for name in (*AREAS, "safeguarding")] == ["exceptional"] * 2 + ["not met"]


def test_a_criterion_that_is_not_known_opens_the_area() -> None:
    """An area whose criterion for a grade is not known lies between the grade below it and all that is met above."""
    ranks = dict.fromkeys(CARD.leaves, 1) | {"inclusion/expected": None}
    entry = CARD.assess(CARD.load(METHOD), ranks).profile["inclusion"]
    assert (str(entry.low), str(entry.high)) == ("needs attention", "exceptional")


def test_the_report_card_is_sound() -> None:
    """Every level of every area can be reached, and no criterion met lowers one."""
    assert check(CARD.load(METHOD), CARD.framework).ok
