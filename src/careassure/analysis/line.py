"""A rating that hangs on one sum of scores: its probabilities by one product of long numbers.

How often each value of a score comes about is written into one number, each in a slot of its own; the product of such
numbers holds how often each sum comes about. With slots of three decimal digits, and two scores that are 2 with weight
8 and 1 or 3 with weight 1 each:

    1,008,001 x 1,008,001 = 1,016,066,016,001      sums of 2 to 6: 1, 16, 66, 16, 1

It says the same as `careassure.analysis.spread`, which holds for every method.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import prod

from attrs import frozen

from careassure.analysis.uncertain import Distribution, one_step, weighed
from careassure.methods.fit import Fitted
from careassure.methods.lowering import lower_method
from careassure.methods.plan import Reaches
from careassure.model.scale import Scale
from careassure.model.showing import short_repr


@frozen(eq=False)
class Line:
    """A rating by one sum, where every score is one step off with the same probability.

    Args:
        scale: The scale of the rating.
        scores: For each score and each rank, how likely which grade is.
        numbers: For each score and each rank, how often it adds what, in one number.
        powers: Where all scores count alike, for each rank the numbers of none, one, two ... scores that have it.
        slot: How many bits each of the numbers has.
        starts: For each grade above the lowest, the bit at which its slots begin.
    """

    scale: Scale
    scores: tuple[tuple[Distribution, ...], ...]
    numbers: tuple[tuple[int, ...], ...]
    powers: tuple[tuple[int, ...], ...]
    slot: int
    starts: tuple[int, ...]

    __repr__ = short_repr

    def chances(self, ranks: Sequence[int]) -> tuple[tuple[int, int, Fraction], ...]:
        """The probability of each grade that is possible at all, as its rank twice and the probability."""
        if self.powers:
            product = prod([powers[ranks.count(rank)] for rank, powers in enumerate(self.powers)])
        else:
            product = prod([row[rank] for row, rank in zip(self.numbers, ranks, strict=True)])
        # A number less than its base less 1 is what its digits add up to, modulo that: casting out nines.
        nines = (1 << self.slot) - 1
        every = least = product % nines
        found: list[tuple[int, int, Fraction]] = []
        for rank, start in enumerate(self.starts):
            more = (product >> start) % nines
            if more != least:
                found.append((rank, rank, Fraction(least - more, every)))
                least = more
        if least:
            found.append((len(self.starts), len(self.starts), Fraction(least, every)))
        return tuple(found)


@lru_cache(maxsize=64)
def line_of(fitted: Fitted, error: Fraction) -> Line | None:
    """The line of a method; None where its rating does not hang on one sum of scores alone."""
    plan = lower_method(fitted, states=False)
    node = plan.overall
    if node is None or len(node.ladders) != 1 or not plan.settled:
        return None
    rungs = [rung for rung in node.ladders[0].rungs if isinstance(rung, Reaches)]
    if len(rungs) < len(node.ladders[0].rungs) or len({rung.index for rung in rungs}) != 1:
        return None
    amount = plan.amounts[rungs[0].index]
    parts = dict(amount.parts)
    if amount.known or not all(plan.sources[place].given for place in parts):
        return None
    leaves = [(place, source.scale) for place, source in enumerate(plan.sources) if source.given]
    adds = [parts.get(place, (0,) * len(scale)) for place, scale in leaves]
    scores = tuple(tuple(one_step(scale, rank, error) for rank in range(len(scale))) for _, scale in leaves)
    weights = [[weighed(chances) for chances in row] for row in scores]
    slot = prod(max(sum(ranks.values()) for ranks in row) for row in weights).bit_length() + 1
    numbers = tuple(
        tuple(sum(times << (slot * (add[rank] - min(add))) for (rank, _), times in ranks.items()) for ranks in row)
        for add, row in zip(adds, weights, strict=True)
    )
    least = sum(map(min, adds))
    starts = tuple(slot * max(0, rung.least - least) for rung in rungs)
    alike = len(set(numbers)) == 1
    powers = tuple(tuple(number**times for times in range(len(numbers) + 1)) for number in numbers[0]) if alike else ()
    return Line(node.scale, scores, numbers, powers, slot, starts)
