"""One rating with its whole trace, against a hand-written function that gives the rating alone."""

from __future__ import annotations

from timing import calls, compare

import careassure as ca

SCORES = [3, 3, 4, 3, 4, 4, 3, 4, 4]
ASSESSMENT = ca.Assessment.of("Camden", SCORES)
SCORER = ca.scorer("single-word").scorer


def by_hand() -> str:
    """The bands, and nothing of why."""
    if len(SCORES) != 9 or any(type(score) is not int or not 1 <= score <= 4 for score in SCORES):
        raise ValueError(SCORES)
    percentage = -(-100 * sum(SCORES) // 36)
    if percentage >= 88:
        return "outstanding"
    if percentage >= 63:
        return "good"
    return "requires_improvement" if percentage >= 39 else "inadequate"


HAND = calls(by_hand, 20_000)
compare("assess, with its trace", calls(lambda: ca.assess(ASSESSMENT), 300), "by hand", HAND, 1000)
compare(
    "scorer.score",
    calls(lambda: SCORER.score(ASSESSMENT), 300),
    "assess",
    calls(lambda: ca.assess(ASSESSMENT), 300),
    1.05,
)
compare("Assessment.of", calls(lambda: ca.Assessment.of("Camden", SCORES), 300), "by hand", HAND, 1000)
