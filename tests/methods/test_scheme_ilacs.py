"""Ofsted's inspections of councils' services for children from 2018: judgement between bounds, and a suggestion."""

from __future__ import annotations

from itertools import product
from statistics import median_low

import pytest

from careassure.methods.check import check

from .frames import HEAD, plain_frame

WORDS = ("inadequate", "requires_improvement", "good", "outstanding")
GRADES = " ".join(WORDS)
SHORT = dict(zip("IRGO", WORDS, strict=True))

ILACS = plain_frame("all: leaders protection in_care care_leavers", GRADES)
ILACS_METHOD = (
    HEAD
    + """
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]

[[nodes.must.rungs]]
grade = "requires_improvement"
when = { every = "statements" }
sentence = "No area is inadequate."
reference = "rules"

[[nodes.must.rungs]]
grade = "good"
when = { every = "statements" }
sentence = "Every area is good."
reference = "rules"

[[nodes.must.rungs]]
grade = "outstanding"
when = { every = "statements" }
sentence = "Every area is outstanding."
reference = "rules"

[nodes.may]

[[nodes.may.rungs]]
grade = "requires_improvement"
when = { count = "statements", at_least = 0 }
sentence = "Judgement."
reference = "rules"

[[nodes.may.rungs]]
grade = "good"
when = { area = "leaders" }
sentence = "Never above the leaders."
reference = "rules"

[[nodes.may.rungs]]
grade = "outstanding"
when = { area = "leaders" }
sentence = "Never above the leaders."
reference = "rules"

[[nodes.may.limits]]
cap = "inadequate"
when = { any = ["protection", "in_care", "care_leavers"], at_most = "inadequate" }
sentence = "An inadequate practice area makes the whole inadequate."
reference = "rules"

[nodes.suggest]

[[nodes.suggest.rungs]]
grade = "requires_improvement"
when = { count = "statements", at_least = { share = "1/2", rounding = "down", plus = 1 } }
sentence = "The lower median."
reference = "rules"

[[nodes.suggest.rungs]]
grade = "good"
when = { count = "statements", at_least = { share = "1/2", rounding = "down", plus = 1 } }
sentence = "The lower median."
reference = "rules"

[[nodes.suggest.rungs]]
grade = "outstanding"
when = { count = "statements", at_least = { share = "1/2", rounding = "down", plus = 1 } }
sentence = "The lower median."
reference = "rules"
"""
)


def test_ilacs_is_sound() -> None:
    """Its bounds never cross, and each grade can come about."""
    assert check(ILACS.load(ILACS_METHOD), ILACS.framework).ok


def test_ilacs_on_every_profile() -> None:
    """A practice area is a hard cap, the leaders a soft one, and the lower median is offered between the bounds."""
    method = ILACS.load(ILACS_METHOD)
    for leaders, *practice in product(range(4), repeat=4):
        outcome = ILACS.words(method, WORDS[leaders], *(WORDS[grade] for grade in practice))
        most = 0 if 0 in practice else max(1, leaders)
        least = min(leaders, *practice)
        middle = min(max(median_low([leaders, *practice]), least), most)
        assert outcome.low is not None
        assert outcome.high is not None
        assert outcome.suggested is not None
        assert (outcome.low.rank, outcome.high.rank, outcome.suggested.rank) == (least, most, middle)


# Outcomes that Ofsted published; a dash where care leavers were not yet a judgement of their own.
PUBLISHED = [
    ("Barking and Dagenham, April 2019", "RRR-", "R"),
    ("Barnsley, November 2018", "GGG-", "G"),
    ("Camden, June 2022", "OGO-", "O"),
    ("Brighton and Hove, August 2018", "GRG-", "G"),
    ("Leicestershire, November 2019", "GRG-", "R"),
    ("Bournemouth, August 2018", "IRR-", "R"),
    ("Trafford, May 2019", "IRR-", "I"),
    ("Devon, March 2020", "IRI-", "I"),
    ("Slough, March 2023", "IRRR", "R"),
    ("Bexley, March 2023", "OGGO", "O"),
    ("Cheshire East, May 2024", "RRRI", "I"),
    ("Harrow, March 2025", "RGGI", "I"),
    ("Portsmouth, July 2023", "GOGR", "G"),
    ("Wigan, November 2025", "GROO", "G"),
    ("Kent, February 2026", "GGOR", "G"),
    ("Warrington, July 2024", "OGOG", "G"),
]


@pytest.mark.parametrize(("name", "areas", "overall"), PUBLISHED, ids=[name for name, _, _ in PUBLISHED])
def test_ilacs_on_published_results(name: str, areas: str, overall: str) -> None:
    """What Ofsted printed lies between what it must and what it may be, with or without care leavers."""
    outcome = ILACS.words(ILACS.load(ILACS_METHOD), *(SHORT.get(letter) for letter in areas))
    assert outcome.low is not None
    assert outcome.high is not None
    assert outcome.low.rank <= "IRGO".index(overall) <= outcome.high.rank
