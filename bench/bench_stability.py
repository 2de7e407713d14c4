"""Exact probabilities of ratings for 153 councils, against drawing each council's scores 100,000 times with NumPy.

    python bench/bench_stability.py

All do the same: nine scores a council, each one step off with a probability of 1/10, rated by CQC's bands. There are
two ways to draw. The plain one is what one writes, in NumPy's own kinds of numbers; the tuned one has the smallest
kinds and the fewest passes that do. The exact probabilities are timed as the verb gives them, with its value, and as
they are worked out from scores, which is all that the draws do.
"""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np
from timing import calls, compare

import careassure as ca
from careassure.analysis.line import line_of
from careassure.analysis.standing import rules_of
from careassure.methods.fit import fit

DRAWS = 100_000
ERROR = Fraction(1, 10)
RNG = random.Random(153)
COUNCILS = [ca.Assessment.of(council, RNG.choices((1, 2, 3, 4), (3, 45, 47, 5), k=9)) for council in ca.councils()]
RANKS = [[score.rank for score in assessment.scores.values() if isinstance(score, ca.Grade)] for assessment in COUNCILS]
POINTS = [np.array(ranks) + 1 for ranks in RANKS]
LINES = (14, 23, 32)
"""The points, of 36, from which on a rating is the next one."""
DICE = np.random.default_rng(153)


def verb() -> list[dict[str, Fraction]]:
    """One council after the other, from its assessment to its probabilities."""
    return [ca.stability(assessment, ERROR).probabilities for assessment in COUNCILS]


def worked_out() -> list[tuple[tuple[int, int, Fraction], ...]]:
    """The same from scores to probabilities, with no value around them."""
    line = line_of(fit(rules_of(COUNCILS[0], None), COUNCILS[0].framework), ERROR)
    assert line is not None
    return [line.chances(ranks) for ranks in RANKS]


def shares(totals: np.ndarray) -> list[float]:
    """The share of draws with each rating."""
    least = [1.0, *(np.count_nonzero(totals >= line) / len(totals) for line in LINES), 0.0]
    return [float(low - high) for low, high in itertools.pairwise(least)]


def plainly(points: np.ndarray) -> list[float]:
    """All draws of a council at once, as one writes it."""
    dice = DICE.random((DRAWS, 9))
    off = np.where(dice < 0.05, -1, np.where(dice < 0.1, 1, 0))
    off = np.where((points == 1) | (points == 4), np.abs(off), off)  # an end of the scale has one neighbour
    return shares((points + np.where(points == 4, -off, off)).sum(axis=1))


def tuned(points: np.ndarray) -> list[float]:
    """The same in small numbers and few passes."""
    dice = DICE.random((9, DRAWS), np.float32)
    down = np.where(points == 4, 0.1, np.where(points == 1, 0, 0.05)).astype(np.float32)[:, None]
    up = np.where(points == 1, 0.9, np.where(points == 4, 2, 0.95)).astype(np.float32)[:, None]
    steps = (dice >= up).view(np.int8) - (dice < down).view(np.int8)
    return shares(steps.sum(axis=0, dtype=np.int8) + np.int8(points.sum()))


def plain_draws() -> list[list[float]]:
    """For one council after the other."""
    return [plainly(points) for points in POINTS]


def tuned_draws() -> list[list[float]]:
    """For one council after the other."""
    return [tuned(points) for points in POINTS]


# All must say the same, the draws within what chance allows.
for exactly, *drawn in zip(verb(), plain_draws(), tuned_draws(), strict=True):
    for way in drawn:
        for chance, share in zip(exactly.values(), way, strict=True):
            assert abs(float(chance) - share) < 0.01, (exactly, way)

PLAIN, TUNED = calls(plain_draws, 1), calls(tuned_draws, 1)
NAME = f"{DRAWS:,} draws for each of 153 councils"
compare("stability, the verb", calls(verb, 20), f"{NAME}, plainly", PLAIN, 1 / 400)
compare("worked out from scores", calls(worked_out, 20), f"{NAME}, tuned", TUNED, 1 / 400)
compare("stability, the verb", calls(verb, 20), f"{NAME}, tuned", TUNED, 1 / 100)
