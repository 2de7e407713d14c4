"""The next question about nine blanks, and about every partial profile that differs for CQC's method: at most 20 ms.

    python bench/bench_questions.py

It is the time of the processor, so that what else the machine does is not counted.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from statistics import median

from timing import in_units, verdict

import careassure as ca

GOAL = 0.02
PROFILES = [
    ca.Assessment.of("York", [1 + min(3, max(0, total - 3 * at)) for at in range(known)] + [None] * (9 - known))
    for known in range(10)
    for total in range(3 * known + 1)
]
EMPTY = ca.Assessment.of("York", [None] * 9)


def seconds(assessments: Iterable[ca.Assessment]) -> float:
    """The mean time for one of some assessments, nothing kept in between."""
    asked = list(assessments)
    start = time.process_time()
    for assessment in asked:
        ca.next_question(assessment)
    return (time.process_time() - start) / len(asked)


for name, profiles in (("nine blanks", [EMPTY] * 5), (f"mean of {len(PROFILES)} partial profiles", PROFILES)):
    seconds(profiles)
    found = median(seconds(profiles) for _ in range(15))
    print(f"next_question, {name}: {in_units(found)}; goal at most 20 ms: {verdict(found, GOAL)}")
