"""Time things in turn and give the ratio, so that a change of the machine's speed falls on both sides."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

# Compiled modules are kept, as they are for everybody who installs a package.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def process(*arguments: str) -> Callable[[], float]:
    """A whole Python process with these arguments, in seconds of wall time."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
        return time.perf_counter() - start

    return run


def calls(function: Callable[[], object], count: int) -> Callable[[], float]:
    """One call of a function, in seconds, as the mean of ``count`` calls."""

    def run() -> float:
        start = time.perf_counter()
        for _ in range(count):
            function()
        return (time.perf_counter() - start) / count

    return run


def in_turn(repeats: int, *timed: Callable[[], float]) -> list[tuple[float, float]]:
    """The median of each, and the median of the first one's ratios to it, round by round.

    One round more comes first and is not counted.
    """
    for each in timed:
        each()
    rounds = [[each() for each in timed] for _ in range(repeats)]
    medians = [statistics.median(times) for times in zip(*rounds, strict=True)]
    ratios = [statistics.median(times[0] / times[place] for times in rounds) for place in range(len(timed))]
    return list(zip(medians, ratios, strict=True))


def verdict(ratio: float, goal: float) -> str:
    """Whether a goal was met."""
    return "met" if ratio <= goal else "MISSED"


def compare(name: str, ours: Callable[[], float], other_name: str, other: Callable[[], float], goal: float) -> None:
    """Print the medians of both and the median of the ratios, pair by pair."""
    (left, _), (right, ratio) = in_turn(15, ours, other)
    print(f"{name}: {in_units(left)}; {other_name}: {in_units(right)}; ratio {ratio:.3g}, goal at most {goal:g}: "
          f"{verdict(ratio, goal)}")  # fmt: skip


def in_units(seconds: float) -> str:
    """A time as people read it."""
    if seconds > 10:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds > 1e-3 else f"{seconds * 1e6:.1f} us"
