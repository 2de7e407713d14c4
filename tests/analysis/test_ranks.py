"""The places that are possible: held against every way in which open scores can come out."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from careassure.analysis.ranks import rank_sets

spans = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)).map(lambda pair: (min(pair), max(pair))), max_size=5)


def by_enumeration(given_spans: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Every filling of the scores, every order of those that tie: the first and the last place that each ever has."""
    found: dict[int, list[int]] = {number: [] for number in range(len(given_spans))}
    for scores in product(*(range(low, high + 1) for low, high in given_spans)):
        for number, score in enumerate(scores):
            above = sum(other > score for other in scores)
            level = sum(other == score for other in scores)
            found[number] += [above + 1, above + level]
    return {number: (min(places), max(places)) for number, places in found.items()}


@given(spans)
def test_places_are_those_of_every_filling(given_spans: list[tuple[int, int]]) -> None:
    """The best and the worst place are the best and the worst over all fillings: each end comes up, nothing beyond."""
    assert rank_sets(dict(enumerate(given_spans))) == by_enumeration(given_spans)


@given(spans.flatmap(lambda found: st.tuples(st.just(found), st.permutations(range(len(found))))))
def test_the_order_of_the_input_decides_nothing(case: tuple[list[tuple[int, int]], list[int]]) -> None:
    """However the scores are put in order, each has the same places; two with the same ends have the same places."""
    given_spans, names = case
    found = rank_sets(dict(enumerate(given_spans)))
    assert rank_sets({name: given_spans[name] for name in names}) == found
    by_span: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for name, places in found.items():
        by_span.setdefault(given_spans[name], set()).add(places)
    assert all(len(places) == 1 for places in by_span.values())


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_known_scores_share_the_places_of_their_tie(scores: list[int]) -> None:
    """Where every score is known, the places of a tie are as many as its members, and the ties cover all places."""
    found = rank_sets({number: (score, score) for number, score in enumerate(scores)})
    groups = set(found.values())
    assert sum(last - first + 1 for first, last in groups) == len(scores)
    for first, last in groups:
        assert list(found.values()).count((first, last)) == last - first + 1
