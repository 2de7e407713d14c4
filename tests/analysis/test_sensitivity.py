"""What a rating owes to weights, lines and rounding."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.choices import CAUTION, sensitivities, sensitivity
from careassure.errors import InvalidInputError
from careassure.methods.conditions import AtLeast, Threshold
from careassure.methods.method import Method, Node, Rung
from careassure.model.rounding import Rounding
from helpers import few

METHOD = ca.scorer("single-word").method
assert METHOD is not None
STATEMENTS = [statement.id for statement in ca.framework("cqc-la").statements]
profiles = st.lists(st.integers(1, 4), min_size=9, max_size=9)
factors = st.fractions(Fraction(0), Fraction(9), max_denominator=12)


def weighted(weights: dict[str, Fraction], rounding: Rounding | None = None) -> Method:
    """The method with other weights, made as a method file would make it."""
    assert METHOD is not None
    measure = METHOD.measures[0]
    other = evolve(measure, weights=tuple(weights.items()), rounding=rounding or measure.rounding)

    def onto(rung: Rung) -> Rung:
        assert isinstance(rung.when, AtLeast)
        return evolve(rung, when=evolve(rung.when, measure=other))

    def replaced(node: Node) -> Node:
        ladders = tuple(evolve(ladder, rungs=tuple(map(onto, ladder.rungs))) for ladder in node.ladders)
        return evolve(node, ladders=ladders)

    return evolve(METHOD, measures=(other,), nodes=tuple(map(replaced, METHOD.nodes)))


def lined(grade: str, at: Fraction) -> Method:
    """The method with the line of one grade at another place."""
    assert METHOD is not None

    def moved(rung: Rung) -> Rung:
        assert isinstance(rung.when, AtLeast)
        return evolve(rung, when=evolve(rung.when, threshold=Threshold(at))) if rung.grade == grade else rung

    def replaced(node: Node) -> Node:
        ladders = tuple(evolve(ladder, rungs=tuple(map(moved, ladder.rungs))) for ladder in node.ladders)
        return evolve(node, ladders=ladders)

    return evolve(METHOD, nodes=tuple(map(replaced, METHOD.nodes)))


def rated(scores: list[int], method: Method) -> str:
    """The rating by a method."""
    found = ca.assess(ca.Assessment.of("York", scores), method).rating
    assert found is not None
    return found.key


@few
@given(profiles, st.sampled_from(STATEMENTS), factors)
def test_a_weight_gives_the_rating_of_its_span(scores: list[int], name: str, weight: Fraction) -> None:
    """With any weight of one statement, the method with that weight gives the rating of the span that it lies in."""
    spans = sensitivity(ca.Assessment.of("York", scores)).weights[name]
    span = next(
        span
        for span in spans
        if (span.low < weight or (span.low == weight and span.with_low))
        and (span.high is None or weight < span.high or (weight == span.high and span.with_high))
    )
    assert rated(scores, weighted({name: weight})) == span.grade.key


@few
@given(profiles, st.sampled_from(STATEMENTS))
def test_spans_are_whole_and_turn(scores: list[int], name: str) -> None:
    """The spans of a weight follow each other without a gap or a common weight, and neighbours differ."""
    spans = sensitivity(ca.Assessment.of("York", scores)).weights[name]
    assert spans[0].low == 0
    assert spans[0].with_low
    assert spans[-1].high is None
    for one, other in itertools.pairwise(spans):
        assert one.high == other.low
        assert one.with_high != other.with_low
        assert one.grade != other.grade


@few
@given(profiles, st.lists(st.fractions(Fraction(1, 2), Fraction(2), max_denominator=4), min_size=9, max_size=9))
def test_no_weights_within_the_bounds_leave_the_range(scores: list[int], weights: list[Fraction]) -> None:
    """With all weights between a half and twice their own, the rating stays between the lowest and the highest."""
    found = sensitivity(ca.Assessment.of("York", scores))
    method = weighted(dict(zip(STATEMENTS, weights, strict=True)))
    rating = ca.assess(ca.Assessment.of("York", scores), method).rating
    assert rating is not None
    assert found.least.rank <= rating.rank <= found.most.rank


@few
@given(profiles)
def test_the_ends_of_the_range_are_reached(scores: list[int]) -> None:
    """Both ends come of weights that are each a half or twice their own: the high scores heavy, or the low ones."""
    found = sensitivity(ca.Assessment.of("York", scores))
    by_cut = set()
    for cut in range(1, 5):
        for high, low in ((2, Fraction(1, 2)), (Fraction(1, 2), 2)):
            weights = [Fraction(high if score > cut else low) for score in scores]
            by_cut.add(rated(scores, weighted(dict(zip(STATEMENTS, weights, strict=True)))))
    assert {found.least.key, found.most.key} <= by_cut


@few
@given(profiles, st.sampled_from(get_args(Rounding)))
def test_another_rounding_gives_what_the_method_with_it_gives(scores: list[int], rounding: Rounding) -> None:
    """The rating under another rounding is that of the method with that rounding."""
    found = sensitivity(ca.Assessment.of("York", scores))
    assert found.roundings[rounding].key == rated(scores, weighted({}, rounding))


@few
@given(profiles)
def test_a_line_turns_at_the_number_that_was_reached(scores: list[int]) -> None:
    """A grade is reached exactly if its line is at or below the number, which is the one that is printed."""
    found = sensitivity(ca.Assessment.of("York", scores))
    for line in found.lines:
        assert line.reached == (line.at <= line.turns)
        assert line.turns == found.outcome.score


@few
@given(profiles)
def test_only_the_lines_beside_the_rating_are_said_to_turn(scores: list[int]) -> None:
    """What is said of a line holds if it alone moves: that of the rating, and the next. Of others nothing is said."""
    found = sensitivity(ca.Assessment.of("York", scores))
    held = found.outcome.rating
    assert held is not None
    said = [words for words in str(found).splitlines() if "with a line" in words]
    assert len(said) == sum(line.grade.rank in (held.rank, held.rank + 1) for line in found.lines)
    for line in found.lines:
        if line.grade.rank in (held.rank, held.rank + 1):
            moved = rated(scores, lined(line.grade.key, line.turns if line.grade != held else line.turns + 1))
            ranks = {each.key: each.rank for each in ca.framework("cqc-la").scale("cqc-rating")}
            assert moved == line.grade.key if line.grade != held else ranks[moved] < held.rank


@few
@given(profiles)
def test_printing_gives_the_words(scores: list[int]) -> None:
    """A result is printed in words: its lines, its rounding, every weight, the range and the caution."""
    found = sensitivity(ca.Assessment.of("York", scores))
    said = str(found).splitlines()
    assert said[0] == f"York: {found.outcome.result}"
    assert said[-1] == CAUTION
    assert sum(line.startswith("  ") for line in said) >= len(found.weights) + len(found.lines)
    assert all(any(str(line.grade) in words for words in said) for line in found.lines)


def test_york_hangs_on_the_rounding() -> None:
    """York's 14 of 36 are Requires improvement rounded up and Inadequate rounded down; no other council turns so."""
    (york,) = ca.published("York")
    roundings = sensitivity(york).roundings
    assert (roundings["up"].key, roundings["down"].key) == ("requires_improvement", "inadequate")
    turned = [s for s in sensitivities(ca.published()) if s.roundings["up"] != s.roundings["down"]]
    assert [str(s.outcome.assessment.council) for s in turned] == ["York"]


def test_what_is_refused() -> None:
    """A score that is not known, a method of several sums, and bounds that are none are refused in words."""
    with pytest.raises(InvalidInputError, match="a score is not known"):
        sensitivity(ca.Assessment.of("York", [3, None, 3, 3, 3, 3, 3, 3, 3]))
    with pytest.raises(InvalidInputError, match="are not bounds"):
        sensitivity(ca.Assessment.of("York", [3] * 9), within=(2, 1))
