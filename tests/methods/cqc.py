"""CQC's method for councils in the tests' own words: points of 36, not percentages."""

from __future__ import annotations

from collections.abc import Sequence

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


def council(scores: Sequence[int | None] | dict[str, object], **more: object) -> ca.Outcome:
    """The outcome for nine statement scores, by the method in force."""
    return ca.assess(ca.Assessment.of("Camden", scores, **more))


def earlier(scores: object) -> ca.Outcome:
    """The outcome by the method under which evidence categories were scored."""
    assert isinstance(scores, dict)
    return ca.assess(ca.Assessment.of("Camden", scores, version="2023"))


STATEMENTS = tuple(statement.id for statement in ca.framework("cqc-la").statements)
CATEGORIES = ("experience", "staff", "partners", "processes")
