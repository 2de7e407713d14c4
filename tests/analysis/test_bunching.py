"""Results just above and just below a line."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.line_splits import CAUTION, LineSplit, bunching
from careassure.cli import main
from helpers import few

GOOD = ca.framework("cqc-la").scale("cqc-rating").parse("good")
(YORK,) = ca.published("York")
SOME = ca.assess(YORK)


def split(above: int, below: int) -> LineSplit:
    """A split with so many results on each side."""
    return LineSplit(GOOD, (SOME,) * above, (SOME,) * below)


@pytest.mark.parametrize(("above", "below"), list(product(range(6), range(6))))
def test_the_chance_is_that_of_every_way_to_fall(above: int, below: int) -> None:
    """The chance equals the share, among all ways to fall on two sides, of those that are as uneven or more."""
    count = above + below
    ways = [sum(sides) for sides in product((0, 1), repeat=count)]
    uneven = sum(abs(2 * up - count) >= abs(above - below) for up in ways)
    assert split(above, below).chance == Fraction(uneven, len(ways))


@few
@given(st.integers(0, 60), st.integers(0, 60))
def test_both_sides_are_treated_alike(above: int, below: int) -> None:
    """Turned round, a split is as likely; an even one is certain to be so uneven or more."""
    assert split(above, below).chance == split(below, above).chance
    if above == below:
        assert split(above, below).chance == 1


@few
@given(st.lists(st.lists(st.integers(1, 4), min_size=9, max_size=9), max_size=12))
def test_who_is_near_a_line(profiles: list[list[int]]) -> None:
    """Just above the line of good are totals of 23 of 36, just below those of 22; likewise at 32 and at 14."""
    found = bunching([ca.Assessment.of("York", scores) for scores in profiles])
    totals = [sum(scores) for scores in profiles]
    for line, at in zip(found.lines, (14, 23, 32), strict=False):
        assert len(line.just_above) == totals.count(at)
        assert len(line.just_below) == totals.count(at - 1)


def test_the_register() -> None:
    """More published results lie just above the line of good than just below; those without scores are counted."""
    found = bunching()
    assert (found.results, found.left_out) == (83, 41)
    good = next(line for line in found.lines if line.grade == GOOD)
    totals = [sum(s.value for s in a.scores.values() if isinstance(s, ca.Grade)) for a in ca.published() if a.complete]
    assert (len(good.just_above), len(good.just_below)) == (totals.count(23), totals.count(22))
    assert found.words.endswith(CAUTION)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """It fits a screen and ends with its caution; as rows it has one for each line."""
    assert main(["bunching"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert " ".join(out.split()).endswith(CAUTION)
    assert main(["bunching", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "grade,just_above,just_below,chance"
