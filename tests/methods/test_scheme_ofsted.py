"""Ofsted's schemes for children's services, written as method files: hard caps, soft caps, judgement between bounds."""

from __future__ import annotations

from itertools import product
from statistics import median_low

import pytest

from careassure.methods.check import check

from .frames import HEAD, plain_frame

WORDS = ("inadequate", "requires_improvement", "good", "outstanding")
GRADES = " ".join(WORDS)
SHORT = dict(zip("IRGO", WORDS, strict=True))

# ------------------------------------------------------- inspections of local authorities from 2018

ILACS = plain_frame("all: leaders protection in_care care_leavers", GRADES)
ILACS_METHOD = f"""{HEAD}
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]
rungs = [
  {{ id = "must-1", grade = "requires_improvement", when = {{ every = "statements" }}, sentence = "No area is inadequate.", reference = "rules" }},
  {{ id = "must-2", grade = "good", when = {{ every = "statements" }}, sentence = "Every area is good.", reference = "rules" }},
  {{ id = "must-3", grade = "outstanding", when = {{ every = "statements" }}, sentence = "Every area is outstanding.", reference = "rules" }},
]

[nodes.may]
rungs = [
  {{ id = "may-1", grade = "requires_improvement", when = {{ count = "statements", at_least = 0 }}, sentence = "Judgement.", reference = "rules" }},
  {{ id = "may-2", grade = "good", when = {{ area = "leaders" }}, sentence = "Never above the leaders.", reference = "rules" }},
  {{ id = "may-3", grade = "outstanding", when = {{ area = "leaders" }}, sentence = "Never above the leaders.", reference = "rules" }},
]
limits = [
  {{ cap = "inadequate", when = {{ any = ["protection", "in_care", "care_leavers"], at_most = "inadequate" }}, sentence = "An inadequate practice area makes the whole inadequate.", reference = "rules" }},
]

[nodes.suggest]
rungs = [
  {{ id = "median-1", grade = "requires_improvement", when = {{ count = "statements", at_least = {{ share = "1/2", rounding = "down", plus = 1 }} }}, sentence = "The lower median.", reference = "rules" }},
  {{ id = "median-2", grade = "good", when = {{ count = "statements", at_least = {{ share = "1/2", rounding = "down", plus = 1 }} }}, sentence = "The lower median.", reference = "rules" }},
  {{ id = "median-3", grade = "outstanding", when = {{ count = "statements", at_least = {{ share = "1/2", rounding = "down", plus = 1 }} }}, sentence = "The lower median.", reference = "rules" }},
]
"""


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


# ------------------------------------------------------- the single framework before it, to 2018

SIF = plain_frame("key: protection permanence leadership; graded: adoption care_leavers", GRADES)
KEYS = '["protection", "permanence", "leadership"]'
SIF_METHOD = f"""{HEAD}
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]
rungs = [
  {{ id = "must-1", grade = "requires_improvement", when = {{ all_of = [{{ every = {KEYS} }}, {{ any = {KEYS} }}] }}, sentence = "No key judgement is inadequate.", reference = "rules" }},
  {{ id = "must-2", grade = "good", when = {{ all_of = [{{ every = {KEYS} }}, {{ any = {KEYS} }}] }}, sentence = "All are good.", reference = "rules" }},
  {{ id = "must-3", grade = "outstanding", when = {{ all_of = [{{ every = "statements" }}, {{ any = {KEYS} }}] }}, sentence = "All are outstanding.", reference = "rules" }},
]

[nodes.may]
rungs = [
  {{ id = "may-1", grade = "requires_improvement", when = {{ any = {KEYS} }}, sentence = "One is.", reference = "rules" }},
  {{ id = "may-2", grade = "good", when = {{ any = {KEYS} }}, sentence = "One is good.", reference = "rules" }},
  {{ id = "may-3", grade = "outstanding", when = {{ any = {KEYS} }}, sentence = "One is outstanding.", reference = "rules" }},
]
limits = [
  {{ cap = "inadequate", when = {{ any = {KEYS}, at_most = "inadequate" }}, sentence = "An inadequate key judgement makes the whole inadequate.", reference = "rules" }},
]

[[flags]]
id = "above-its-cap"
when = {{ all_of = [{{ any = ["adoption", "care_leavers"], at_most = "inadequate" }}, {{ area = "permanence", at_least = "good" }}] }}
sentence = "Permanence is above what an inadequate judgement inside it allows."
reference = "rules"
"""


def test_sif_on_every_profile() -> None:
    """Any inadequate key judgement, leadership included, makes the whole inadequate; a graded one inside does not."""
    method = SIF.load(SIF_METHOD)
    assert check(method, SIF.framework).ok
    for *keys, adoption, leavers in product(range(4), repeat=5):
        outcome = SIF.words(method, *(WORDS[grade] for grade in (*keys, adoption, leavers)))
        assert outcome.low is not None
        assert outcome.high is not None
        least = min(keys) if min(keys) < 3 or min(adoption, leavers) == 3 else 2
        assert (outcome.low.rank, outcome.high.rank) == (least, max(keys) if min(keys) else 0)
        broken = min(adoption, leavers) == 0 and keys[1] >= 2
        assert [flag.id for flag in outcome.flags] == ["above-its-cap"] * broken


@pytest.mark.parametrize(
    ("name", "areas", "overall"),
    [
        ("Isles of Scilly, June 2016", "G-G--", "G"),
        ("Birmingham, November 2016", "IRIRR", "I"),
        ("Norfolk, October 2015", "RIRRI", "I"),
        ("Rochdale, December 2014", "RRRRI", "R"),
        ("Calderdale, March 2015", "RRRIR", "R"),
        ("Suffolk, February 2016", "RGGGR", "G"),
        ("Kensington and Chelsea, March 2016", "GOOOO", "O"),
    ],
)
def test_sif_on_published_results(name: str, areas: str, overall: str) -> None:
    """What Ofsted printed lies within the bounds, and a block that was not judged counts neither way."""
    outcome = SIF.words(SIF.load(SIF_METHOD), *(SHORT.get(letter) for letter in areas))
    assert outcome.low is not None
    assert outcome.high is not None
    assert outcome.low.rank <= "IRGO".index(overall) <= outcome.high.rank
    assert outcome.flags == ()


# ------------------------------------------------------- children's homes and agencies

SCCIF = plain_frame("all: protection leaders", GRADES)
SCCIF_METHOD = f"""{HEAD}
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]
rungs = [
  {{ id = "must-1", grade = "requires_improvement", when = {{ count = "statements", at_least = 3 }}, sentence = "Never by rule.", reference = "rules" }},
  {{ id = "must-2", grade = "good", when = {{ count = "statements", at_least = 3 }}, sentence = "Never by rule.", reference = "rules" }},
  {{ id = "must-3", grade = "outstanding", when = {{ count = "statements", at_least = 3 }}, sentence = "Never by rule.", reference = "rules" }},
]

[nodes.may]
rungs = [
  {{ id = "may-1", grade = "requires_improvement", when = {{ count = "statements", at_least = 0 }}, sentence = "Judgement.", reference = "rules" }},
  {{ id = "may-2", grade = "good", when = {{ count = "statements", at_least = 0 }}, sentence = "Judgement.", reference = "rules" }},
  {{ id = "may-3", grade = "outstanding", when = {{ count = "statements", at_least = 0 }}, sentence = "Judgement.", reference = "rules" }},
]
limits = [
  {{ cap = "requires_improvement", when = {{ area = "leaders", at_most = "inadequate" }}, sentence = "Inadequate leaders: never better than this.", reference = "rules" }},
  {{ cap = "inadequate", when = {{ area = "protection", at_most = "inadequate" }}, sentence = "The limiting judgement.", reference = "rules" }},
]
"""


def test_sccif_on_every_profile() -> None:
    """Inadequate protection settles the whole; inadequate leaders only keep it from being better than the next grade."""
    method = SCCIF.load(SCCIF_METHOD)
    assert check(method, SCCIF.framework).ok
    for protection, leaders in product(range(4), repeat=2):
        outcome = SCCIF.words(method, WORDS[protection], WORDS[leaders])
        assert outcome.low is not None
        assert outcome.high is not None
        most = 0 if protection == 0 else 1 if leaders == 0 else 3
        assert (outcome.low.rank, outcome.high.rank) == (0, most)
        assert (outcome.kind == "rating") == (protection == 0)
