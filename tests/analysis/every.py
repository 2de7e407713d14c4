"""Every profile of nine scores, as arrays, and what each shipped method makes of it: for trying everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache, reduce
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

import careassure as ca

IDS = [statement.id for statement in ca.framework("cqc-la").statements]
PLUGINS = Path(__file__).parents[2] / "plugins"
SCORERS: dict[str, str | Path] = {
    "single-word": "single-word",
    "ofsted": PLUGINS / "careassure-ofsted/src/careassure_ofsted/ofsted.method.toml",
    "report-card": PLUGINS / "careassure-report-card/src/careassure_report_card/report-card.toml",
}
"""The methods for CQC's framework that ship, some of them with a plugin."""
PROFILES: NDArray[np.int64] = np.indices((4,) * 9).reshape(9, -1)
"""The ranks of all 262,144 profiles, a row for each statement."""


@cache
def results(scorer: str) -> dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The lowest and the highest rank of every place that a method grades, for every profile.

    They are worked out by the tables, which know nothing of probabilities.
    """
    frame = pl.DataFrame({name: ranks + 1 for name, ranks in zip(IDS, PROFILES, strict=True)})
    found: dict[str, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
    for place, chances in ca.stability(ca.Assessment.of("York", [2] * 9), scorer=SCORERS[scorer]).places.items():
        columns = ("low", "high") if place == "overall" else ("profile",)
        rated = ca.assess_frame(frame, scorer=SCORERS[scorer], outputs=columns)
        names = columns if place == "overall" else (f"profile_{place}",) * 2
        ranks = {grade.key: grade.rank for grade in chances.scale}
        low, high = (rated[name].replace_strict(ranks, return_dtype=pl.Int64).to_numpy() for name in names)
        found[place] = (low, high)
    return found


def often(weights: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """How often each of the 262,144 profiles comes about: the product of the weights of its scores."""
    return reduce(np.multiply.outer, [np.array(row, np.int64) for row in weights]).ravel()


def tried(
    times: NDArray[np.int64], ends: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> dict[tuple[int, int], Fraction]:
    """How likely each pair of lowest and highest rank is, by adding up all profiles, each as often as it comes."""
    every = int(times.sum())
    low, high = ends
    pairs = 16 * low + high
    found = {int(pair): int(times[pairs == pair].sum()) for pair in np.flatnonzero(np.bincount(pairs))}
    return {divmod(pair, 16): Fraction(number, every) for pair, number in found.items() if number}


def chances_of(found: Mapping[str, ca.analysis.Chances]) -> dict[str, dict[tuple[int, int], Fraction]]:
    return {place: {(low, high): chance for low, high, chance in one.found} for place, one in found.items()}
