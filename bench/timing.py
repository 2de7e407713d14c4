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


def compare(name: str, ours: Callable[[], float], other_name: str, other: Callable[[], float], goal: float) -> None:
    """Print the medians of both and the median of the ratios, pair by pair."""
    ours(), other()
    pairs = [(ours(), other()) for _ in range(15)]
    left, right = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(one / two for one, two in pairs)
    verdict = "met" if ratio <= goal else "MISSED"
    print(f"{name}: {_time(left)}; {other_name}: {_time(right)}; ratio {ratio:.2f}, goal at most {goal:g}: {verdict}")


def _time(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms" if seconds > 1e-3 else f"{seconds * 1e6:.1f} us"
