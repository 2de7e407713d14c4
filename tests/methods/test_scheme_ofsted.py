"""Ofsted's single framework to 2018, and its scheme for homes and agencies: hard caps, soft caps and a limit inside."""

from __future__ import annotations

from itertools import product

import pytest

from careassure.methods.check import check

from .frames import HEAD, plain_frame

WORDS = ("inadequate", "requires_improvement", "good", "outstanding")
GRADES = " ".join(WORDS)
SHORT = dict(zip("IRGO", WORDS, strict=True))

# ------------------------------------------------------- the single framework before it, to 2018

SIF = plain_frame("key: protection permanence leadership; graded: adoption care_leavers", GRADES)
KEYS = '["protection", "permanence", "leadership"]'
SIF_METHOD = (
    HEAD
    + """
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]

[[nodes.must.rungs]]
grade = "requires_improvement"
when = { all_of = [{ every = KEYS }, { any = KEYS }] }
sentence = "No key judgement is inadequate."
reference = "rules"

[[nodes.must.rungs]]
grade = "good"
when = { all_of = [{ every = KEYS }, { any = KEYS }] }
sentence = "All are good."
reference = "rules"

[[nodes.must.rungs]]
grade = "outstanding"
when = { all_of = [{ every = "statements" }, { any = KEYS }] }
sentence = "All are outstanding."
reference = "rules"

[nodes.may]

[[nodes.may.rungs]]
grade = "requires_improvement"
when = { any = KEYS }
sentence = "One is."
reference = "rules"

[[nodes.may.rungs]]
grade = "good"
when = { any = KEYS }
sentence = "One is good."
reference = "rules"

[[nodes.may.rungs]]
grade = "outstanding"
when = { any = KEYS }
sentence = "One is outstanding."
reference = "rules"

[[nodes.may.limits]]
cap = "inadequate"
when = { any = KEYS, at_most = "inadequate" }
sentence = "An inadequate key judgement makes the whole inadequate."
reference = "rules"

[[flags]]
id = "above-its-cap"
when = { all_of = [
  { any = ["adoption", "care_leavers"], at_most = "inadequate" },
  { area = "permanence", at_least = "good" },
] }
sentence = "Permanence is above what an inadequate judgement inside it allows."
reference = "rules"
""".replace("KEYS", KEYS)
)


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
SCCIF_METHOD = (
    HEAD
    + """
[[nodes]]
for = "overall"
scale = "r"

[nodes.must]

[[nodes.must.rungs]]
grade = "requires_improvement"
when = { count = "statements", at_least = 3 }
sentence = "Never by rule."
reference = "rules"

[[nodes.must.rungs]]
grade = "good"
when = { count = "statements", at_least = 3 }
sentence = "Never by rule."
reference = "rules"

[[nodes.must.rungs]]
grade = "outstanding"
when = { count = "statements", at_least = 3 }
sentence = "Never by rule."
reference = "rules"

[nodes.may]

[[nodes.may.rungs]]
grade = "requires_improvement"
when = { count = "statements", at_least = 0 }
sentence = "Judgement."
reference = "rules"

[[nodes.may.rungs]]
grade = "good"
when = { count = "statements", at_least = 0 }
sentence = "Judgement."
reference = "rules"

[[nodes.may.rungs]]
grade = "outstanding"
when = { count = "statements", at_least = 0 }
sentence = "Judgement."
reference = "rules"

[[nodes.may.limits]]
cap = "requires_improvement"
when = { area = "leaders", at_most = "inadequate" }
sentence = "Inadequate leaders: never better than this."
reference = "rules"

[[nodes.may.limits]]
cap = "inadequate"
when = { area = "protection", at_most = "inadequate" }
sentence = "The limiting judgement."
reference = "rules"
"""
)


def test_sccif_on_every_profile() -> None:
    """Inadequate protection settles the whole; inadequate leaders only keep it from rising above the next grade."""
    method = SCCIF.load(SCCIF_METHOD)
    assert check(method, SCCIF.framework).ok
    for protection, leaders in product(range(4), repeat=2):
        outcome = SCCIF.words(method, WORDS[protection], WORDS[leaders])
        assert outcome.low is not None
        assert outcome.high is not None
        most = 0 if protection == 0 else 1 if leaders == 0 else 3
        assert (outcome.low.rank, outcome.high.rank) == (0, most)
        assert (outcome.kind == "rating") == (protection == 0)
