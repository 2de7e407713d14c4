"""The places that councils can have among each other, where a score may be known only to lie between two ends.

Councils with equal scores share their places: nothing puts one of them first. So a council has a first and a last
place, and with scores that are not certain the best and the worst of them over every way in which the scores can be
filled in. These sets hold for all councils at once, whatever the scores turn out to be, and none of them can be made
narrower: each end comes up in some filling. (Mogstad, Romano, Shaikh and Wilhelm ask for sets for all ranks at once,
"Inference for Ranks", Review of Economic Studies 91, 2024. Between known ends they need no sampling.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

Places = tuple[int, int]
"""The best and the worst place, from 1 for the highest score."""


def rank_sets(spans: Mapping[K, tuple[int, int]]) -> dict[K, Places]:
    """The best and the worst place of each, over every way in which the scores can be filled in.

    >>> rank_sets({"a": (3, 3), "b": (2, 2), "c": (2, 2), "d": (1, 3)})
    {'a': (1, 2), 'b': (2, 4), 'c': (2, 4), 'd': (1, 4)}

    Args:
        spans: The lowest and the highest score of each; more is better.
    """
    lows = sorted(low for low, _ in spans.values())
    highs = sorted(high for _, high in spans.values())
    count = len(spans)
    return {
        # Above it for certain is whoever is at least higher than it can be; at worst all that can reach it go first.
        name: (count - bisect_right(lows, high) + 1, count - bisect_left(highs, low))
        for name, (low, high) in spans.items()
    }
