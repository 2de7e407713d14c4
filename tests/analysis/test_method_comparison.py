"""Two methods over many assessments: who moves, how far they agree, what one word leaves out."""

from __future__ import annotations

import json
from collections import Counter
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from analysis.test_method_diff import written
from helpers import few
from plain_words import struck_out, too_long

COMPLETE = [item for item in ca.published() if item.complete]
scores = st.lists(st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9), max_size=6)


@pytest.fixture(scope="module")
def stricter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A method by which good begins one point higher."""
    return written(tmp_path_factory.mktemp("methods"), "stricter", ("good = 63", 'good = "129/2"'))


def test_the_councils_on_the_line_move(stricter: Path) -> None:
    """With the line one point higher exactly the published councils with 23 of 36 points move, and all down."""
    found = ca.analysis.compare_methods(COMPLETE, "single-word", stricter)
    on_the_line = [
        item.label for item in COMPLETE if sum(s.value for s in item.scores.values() if isinstance(s, ca.Grade)) == 23
    ]
    assert [item.label for item in found.moved] == sorted(on_the_line)
    assert {item.way for item in found.moved} == {"lower"}
    assert sum(count for *_, count in found.table) == found.rated == len(COMPLETE)
    assert found.agreement is not None
    assert found.agreement.same == len(COMPLETE) - len(on_the_line)


@few
@given(scores)
def test_every_assessment_is_counted(stricter: Path, table: list[list[int | None]]) -> None:
    """The table holds each assessment once, open ones among them, and who moves was rated by both."""
    items = [ca.Assessment.of("York", row) for row in table]
    found = ca.analysis.compare_methods(items, "single-word", stricter)
    assert sum(count for *_, count in found.table) == len(items)
    both = [(one.rating, two.rating) for one, two in found.outcomes if one.rating and two.rating]
    assert found.rated == len(both)
    assert len(found.moved) == sum(one != two for one, two in both)
    information = found.information[0]
    rated = [tuple(row) for row in table if None not in row]
    assert (information.assessments, information.profiles) == (len(rated), len(set(rated)))
    expected = -sum(n / len(rated) * log2(n / len(rated)) for n in Counter(rated).values())
    assert information.bits_of_profiles == pytest.approx(expected, abs=1e-9)
    assert information.bits_of_ratings <= information.bits_of_profiles + 1e-9
    assert sum(profiles for *_, profiles in information.behind) == len(set(rated))


def test_a_method_agrees_with_itself() -> None:
    """Nobody moves, and both coefficients are 1."""
    found = ca.analysis.compare_methods(None, "single-word", "single-word")
    assert found.moved == ()
    assert len(found.outcomes) == len(ca.published())
    assert found.agreement is not None
    assert found.agreement.kappa == 1
    assert found.agreement.ac2 == 1


def test_nothing_to_compare_is_no_error() -> None:
    """Without assessments nothing is said but that there are none."""
    found = ca.analysis.compare_methods([], "single-word", "single-word")
    assert (found.rated, found.moved, found.agreement) == (0, (), None)
    assert "0 assessments" in found.words


def test_words_are_short_and_json_holds_all(stricter: Path) -> None:
    """No sentence is too long, and the plain values count what the words count."""
    found = ca.analysis.compare_methods(None, "single-word", stricter)
    assert [what for line in found.lines() for what in (*too_long(line), *struck_out(line))] == []
    data = json.loads(json.dumps(found.to_dict()))
    assert sum(row["count"] for row in data["table"]) == len(ca.published())
    assert len(data["moved"]) == len(found.moved)
    assert found.lines(1)[-3 if found.agreement else -1]
    assert "<MethodComparison of single-word and stricter" in repr(found)
