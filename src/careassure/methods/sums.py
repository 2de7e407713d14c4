"""Lower conditions to comparisons of sums: no division, no fraction, the same answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby
from math import ceil, floor, gcd

from attrs import evolve

from careassure.errors import CareAssureError
from careassure.methods.conditions import AtLeast, Condition, FactIs, Input, Measure, folded
from careassure.methods.plan import Amount, Every, FactPlan, Opposite, Reaches, Some, Source, Test
from careassure.methods.weights import whole_weights
from careassure.model.rounding import Rounding


class CannotLowerError(CareAssureError):
    """A scorer, or a part of it, cannot be put as comparisons of whole numbers; the message names it."""


class Sums:
    """Conditions lowered to comparisons of sums over numbered sources.

    Args:
        sources: What carries the ranks that are added up; it may grow.
        place: The number of the source that an input looks at.
    """

    def __init__(self, sources: Sequence[Source], place: Callable[[Input], int]) -> None:
        self.sources = sources
        self.place = place
        self.amounts: dict[Amount, int] = {}

    def test(self, condition: Condition) -> Test:
        """A condition as comparisons of the plan's sums."""

        def end(atom: AtLeast | FactIs) -> Test:
            if isinstance(atom, FactIs):
                return FactPlan(atom.name, atom.value, atom.default)
            return self._by_count(atom.measure, atom.threshold.value, strict=atom.strict)

        return folded(condition, end, Opposite, lambda parts: Every(tuple(parts)), lambda parts: Some(tuple(parts)))

    def _by_count(self, measure: Measure, wanted: Callable[[int], Fraction], *, strict: bool) -> Test:
        """A comparison whose threshold may depend on how many of the inputs are there."""
        n = len(measure.inputs)
        places = [self.place(item) for item in measure.inputs]
        steady = sum(not self.sources[place].lacking for place in places)
        if measure.kind == "answered":  # all of them are asked, whatever is there
            steady = n
        runs = [(value, list(counts)) for value, counts in groupby(range(steady, n + 1), wanted)]
        if len(runs) == 1:
            return self._reaches(measure, runs[0][0], strict=strict)
        there = Amount(tuple((place, (1,) * len(self.sources[place].scale)) for place in places))
        return Some(
            tuple(
                Every(
                    (
                        self._at_least(there, counts[0]),
                        Opposite(self._at_least(there, counts[-1] + 1)),
                        self._reaches(measure, value, strict=strict),
                    )
                )
                for value, counts in runs
            )
        )

    def _reaches(self, measure: Measure, wanted: Fraction, *, strict: bool) -> Test:
        """Whether a measure reaches a number: its factor times one sum, compared with that number of another."""
        bound, strict = unrounded(wanted, measure.rounding, strict=strict)
        if bound < 0 or (bound == 0 and not strict):
            return Every(())  # no measure is below 0
        part, whole, factor = self.measured(measure)
        if isinstance(whole, int):
            least = bound * whole / factor
            return self._at_least(part, floor(least) + 1 if strict else ceil(least))
        upper, lower = factor * bound.denominator, bound.numerator
        of_whole = dict(whole.parts)
        rest = tuple(
            (place, tuple(upper * a - lower * b for a, b in zip(adds, of_whole[place], strict=True)))
            for place, adds in part.parts
        )
        test = self._at_least(Amount(rest), 1 if strict else 0)
        return test if strict else Every((self._at_least(whole, 1), test))

    def _at_least(self, amount: Amount, least: int) -> Reaches:
        """Whether a sum reaches a number, both without what they have in common, the number not beyond the sum."""
        amount, common = _reduced(amount)
        least = min(max(-(-least // common), amount.least), amount.most + 1)
        return Reaches(self.index(amount), least)

    def index(self, amount: Amount) -> int:
        """The place of a sum among all, which it gets where it has none yet."""
        return self.amounts.setdefault(_reduced(amount)[0], len(self.amounts))

    def measured(self, measure: Measure) -> tuple[Amount, Amount | int, int]:
        """A measure as a factor times a sum, divided by another sum or by a number that is the same for all."""
        if any(item.weight < 0 for item in measure.inputs):
            raise CannotLowerError(f"the measure {measure.id or measure.kind} has a negative weight")
        places = [self.place(item) for item in measure.inputs]
        scales = [self.sources[place].scale for place in places]
        ones = Amount(tuple((place, (1,) * len(scale)) for place, scale in zip(places, scales, strict=True)))
        if measure.kind == "answered":
            return evolve(ones, known=True), len(places), 100
        if measure.kind in ("count", "share"):
            reached = Amount(
                tuple(
                    (place, tuple(int(rank >= item.at) for rank in range(len(scale))))
                    for place, scale, item in zip(places, scales, measure.inputs, strict=True)
                )
            )
            return (reached, 1, 1) if measure.kind == "count" else (reached, self._fixed(ones), 100)
        weights, scaling = whole_weights(measure)
        part = Amount(
            tuple(
                (place, tuple(weight * grade.value for grade in scale))
                for place, scale, weight in zip(places, scales, weights, strict=True)
            )
        )
        if measure.kind == "total":
            return part, scaling, 1
        most = [w * (scale.highest.value if measure.kind == "percentage" else 1)
                for scale, w in zip(scales, weights, strict=True)]  # fmt: skip
        whole = Amount(tuple((place, (m,) * len(scale)) for place, scale, m in zip(places, scales, most, strict=True)))
        return part, self._fixed(whole), 100 if measure.kind == "percentage" else 1

    def _fixed(self, whole: Amount) -> Amount | int:
        """The number that a sum is for all, where nothing in it may be left out; 1 in the place of 0."""
        if any(self.sources[place].lacking for place, _ in whole.parts):
            return whole
        return whole.most or 1


def _reduced(amount: Amount) -> tuple[Amount, int]:
    """A sum without the factor that all that is added has in common, and that factor."""
    common = gcd(*(add for _, adds in amount.parts for add in adds)) or 1
    if common == 1:
        return amount, 1
    parts = tuple((place, tuple(add // common for add in adds)) for place, adds in amount.parts)
    return evolve(amount, parts=parts), common


def unrounded(wanted: Fraction, rounding: Rounding, *, strict: bool) -> tuple[Fraction, bool]:
    """What an exact number has to be for its rounded value to be at least ``wanted``, or ``strict``: above it.

    Returns:
        A bound, and whether the number has to be above it.

    >>> unrounded(Fraction(63), "up", strict=False), unrounded(Fraction(63), "half_up", strict=False)
    ((Fraction(62, 1), True), (Fraction(125, 2), False))
    """
    if rounding == "none":
        return wanted, strict
    least = floor(wanted) + 1 if strict else ceil(wanted)
    if rounding == "up":
        return Fraction(least - 1), True
    if rounding == "down":
        return Fraction(least), False
    half = Fraction(2 * least - 1, 2)
    return half, rounding == "half_even" and least % 2 == 1
