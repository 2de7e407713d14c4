"""CQC's method for councils in the tests' own words: points of 36, not percentages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

import careassure as ca

LOWEST_TOTALS = {"Inadequate": 9, "Requires improvement": 14, "Good": 23, "Outstanding": 32}
"""The least sum of nine scores for each rating; 36 is the most."""

PARTS = {
    2: {1: (2, 3), 2: (4, 4), 3: (5, 6), 4: (7, 8)},
    3: {1: (3, 4), 2: (5, 7), 3: (8, 10), 4: (11, 12)},
    4: {1: (4, 6), 2: (7, 9), 3: (10, 13), 4: (14, 16)},
}
"""By number of evidence categories: the sums that give each statement score."""


def rating_of(total: int) -> str:
    """The rating that a sum of nine scores gives."""
    return max((least, word) for word, least in LOWEST_TOTALS.items() if least <= total)[1]


def council(scores: Sequence[int | None] | Mapping[str, object]) -> ca.Outcome:
    """The outcome for nine statement scores, by the method in force."""
    return ca.assess(ca.Assessment.of("Camden", scores))


def earlier(scores: Mapping[str, object]) -> ca.Outcome:
    """The outcome by the method under which evidence categories were scored."""
    return ca.assess(ca.Assessment.of("Camden", scores, version="2023"))


STATEMENTS = tuple(statement.id for statement in ca.framework("cqc-la").statements)
CATEGORIES = ("experience", "staff", "partners", "processes")

Scores = dict[str, Any]
score = st.integers(1, 4)
open_score = st.one_of(score, score, score, st.none())


@st.composite
def direct(draw: st.DrawFn, value: st.SearchStrategy[int | None] = open_score) -> Scores:
    """Statement scores by the statements' ids."""
    return {name: draw(value) for name in STATEMENTS}


@st.composite
def by_category(draw: st.DrawFn) -> Scores:
    """Category scores, some missing or left out; some statements scored as a whole."""
    category = st.one_of(open_score, open_score, st.just(ca.NotRated("not_rated")))
    inside = st.fixed_dictionaries(dict.fromkeys(CATEGORIES, category))
    return {name: draw(st.one_of(inside, inside, inside, score)) for name in STATEMENTS}


Case = tuple[Callable[[Scores], ca.Outcome], Scores]
either: st.SearchStrategy[Case] = st.one_of(
    st.tuples(st.just(council), direct()), st.tuples(st.just(earlier), by_category())
)
