"""The next question about nine blanks, and about every partial profile that differs for CQC's method: at most 20 ms.

python bench/bench_questions.py
"""

from __future__ import annotations

from timing import calls, in_turn, in_units, verdict

import careassure as ca

GOAL = 0.02
PROFILES = [
    ca.Assessment.of("York", [1 + min(3, max(0, total - 3 * at)) for at in range(known)] + [None] * (9 - known))
    for known in range(10)
    for total in range(3 * known + 1)
]
EMPTY = ca.Assessment.of("York", [None] * 9)


def every() -> None:
    """One after the other, nothing kept in between."""
    for assessment in PROFILES:
        ca.next_question(assessment)


(alone, _), (mean, _) = in_turn(
    15, calls(lambda: ca.next_question(EMPTY), 5), lambda: calls(every, 1)() / len(PROFILES)
)
for name, seconds in (("nine blanks", alone), (f"mean of {len(PROFILES)} partial profiles", mean)):
    print(f"next_question, {name}: {in_units(seconds)}; goal at most 20 ms: {verdict(seconds, GOAL)}")
