"""Ways of scores counted by what is seen of them, and put together without going through them one by one."""

from __future__ import annotations

from collections.abc import Sequence

from careassure.methods.formulas import Budget
from careassure.methods.sight import Packed

Counted = dict[Packed, tuple[int, int]]
"""For what is seen: in how many ways of complete scores it comes about, and what is left out in the way with the
fewest left out, as the bits of names."""
Options = Sequence[tuple[Packed, int, int]]
"""What can be added, each with its number of ways and what is left out."""
NOTHING: Counted = {0: (1, 0)}


def merged(states: Counted, options: Options, budget: Budget) -> Counted:
    """Every state with every option added to it."""
    long = max((count.bit_length() for count, _ in states.values()), default=0) // 200  # long numbers take longer
    budget.spend(len(states) * len(options) * (1 + long))
    after: Counted = {}
    for state, (count, left) in states.items():
        for adds, ways, names in options:
            new = state + adds
            found = after.get(new)
            if found is None:
                after[new] = count * ways, left | names
            else:
                fewer = found[1]
                if fewer and (left | names).bit_count() < fewer.bit_count():
                    fewer = left | names
                after[new] = found[0] + count * ways, fewer
    return after


def options_of(states: Counted) -> Options:
    """States as what can be added."""
    return [(state, count, left) for state, (count, left) in states.items()]
