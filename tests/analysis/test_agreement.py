"""How far assessments of the same councils agree: bias by statement, and coefficients over all of them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from helpers import told
from plain_words import struck_out, too_long

NAMES = ("York", "Camden", "Leicester", "Derby")
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
row = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)
tables = st.lists(st.tuples(row, row), min_size=1, max_size=len(NAMES))


@given(tables)
def test_bias_is_the_mean_difference_where_both_scored(table: list[tuple[list[int | None], list[int | None]]]) -> None:
    """For each statement, over the councils for which both raters have a score."""
    items = [
        item
        for name, (mine, theirs) in zip(NAMES, table, strict=False)
        for item in (ca.Assessment.of(name, mine, kind="self"), ca.Assessment.of(name, theirs, kind="peer"))
    ]
    found = ca.analysis.agreement(items)
    (pair,) = found.pairs
    every: list[tuple[int, int]] = []
    for number, bias in enumerate(pair.bias):
        known = [(a, b) for mine, theirs in table if (a := mine[number]) and (b := theirs[number])]
        every += known
        assert (bias.id, bias.councils, bias.total) == (IDS[number], len(known), sum(b - a for a, b in known))
        assert bias.mean == (Fraction(bias.total, len(known)) if known else None)
    assert pair.agreement.total == len(every) == found.units
    assert pair.agreement.same == sum(a == b for a, b in every)
    assert ca.analysis.agreement({"self": items[::2], "peer": items[1::2]}) == found


def test_three_raters_one_with_gaps() -> None:
    """Alpha counts every score that two raters or more gave."""
    own = ca.Assessment.of("Leicester", [3, 3, 2, 2, 3, 3, 3, 3, 3], kind="self")
    peer = ca.Assessment.of("Leicester", [3, 2, 2, None, 3, 2, 3, 3, 3], kind="peer")
    found = ca.analysis.agreement([own, peer, ca.published("Leicester")[-1]])
    assert found.raters == ("self", "peer", "published")
    assert found.units == 9
    assert [pair.agreement.total for pair in found.pairs] == [8, 9, 8]
    assert "9 scores are few" in found.words
    lines = found.words.replace(", ", "; ").splitlines()  # a list of statements is as long as they are
    assert [what for line in lines for what in (*struck_out(line), *too_long(line))] == []
    data = json.loads(json.dumps(found.to_dict()))
    assert (data["units"], len(data["pairs"])) == (9, 3)


def test_raters_that_agree() -> None:
    """Raters with the same scores have no bias, and alpha is 1."""
    own, peer = (ca.Assessment.of("York", [3, 3, 2, 2, 3, 3, 3, 3, 4]) for _ in range(2))
    found = ca.analysis.agreement({"self": own, "peer": peer})
    assert found.alpha == 1
    assert found.pairs[0].mean_bias == 0
    assert "peer scores as self" in found.words


def test_raters_with_nothing_in_common() -> None:
    """Where nothing was scored by both, it is said."""
    found = ca.analysis.agreement({"one": ca.Assessment.of("York", [3] * 9), "two": ca.Assessment.of("Derby", [3] * 9)})
    assert (found.alpha, found.pairs[0].mean_bias, found.units) == (None, None, 0)
    assert "one and two scored nothing in common." in found.words


def test_what_cannot_be_compared_is_refused() -> None:
    """One rater, two assessments of a council by one rater, and other frameworks are named."""
    york = ca.Assessment.of("York", [3] * 9)
    assert told(lambda: ca.analysis.agreement([york]))[0][1] == "they are by fewer than two raters"
    other = ca.Assessment.of("York", [2] * 9)
    assert told(lambda: ca.analysis.agreement({"one": [york, other], "two": [york]})) == [
        ("York", "there are two by one", "Keep one, or name the raters")
    ]
    older = ca.Assessment.of("York", dict.fromkeys(IDS, 3), version="2023")
    assert told(lambda: ca.analysis.agreement({"one": york, "two": older}))[0][1] == "it is of another framework"
    with pytest.raises(InvalidInputError):
        ca.analysis.agreement([])
