"""What some conditions can see of their inputs: a few sums and counts, put together into one whole number.

Two sets of scores with the same number cannot be told apart by the conditions. Adding the numbers of all inputs
gives the number of the whole, so combinations can be counted without going through them one by one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm
from operator import or_

from attrs import frozen

from careassure.methods.conditions import AtLeast, Condition, Input, Measure, Threshold, measures_in
from careassure.methods.fit import Fitted, Key
from careassure.methods.formulas import Formula, Formulas
from careassure.model.rounding import Rounding, apply_rounding, decimal
from careassure.model.scale import Scale

Packed = int
"""The sums and counts of some inputs, each less the least that it can be, side by side in one number."""

_Gains = tuple[tuple[Key, tuple[int, ...]], ...]
"""For each input that adds to a sum, what it adds: left out, unanswered, and by its rank."""


@frozen
class _Place:
    """Where a sum stands in the number: its first bit, a mask as wide as it is, and the least that it can be."""

    shift: int
    mask: int
    least: int

    def of(self, packed: Packed) -> int:
        return (packed >> self.shift & self.mask) + self.least


@frozen
class _Seen:
    """A measure, and the places of what it is worked out from.

    Args:
        measure: The measure.
        amount: Its sum or count.
        whole: What it is divided by; a number where that is the same for all.
        there: How many of its inputs are there; a number where that is all of them.
        scaling: What its weights were multiplied by to make them whole.
    """

    measure: Measure
    amount: _Place
    whole: _Place | int
    there: _Place | int
    scaling: int

    def value(self, amount: int, whole: int, there: int) -> Fraction:
        """Its exact value."""
        match self.measure.kind:
            case "total":
                return Fraction(amount, self.scaling)
            case "mean":
                return Fraction(amount, whole or 1)
            case "count":
                return Fraction(amount)
            case "percentage":
                return Fraction(100 * amount, whole or 1)
            case "share":
                return Fraction(100 * amount, there or 1)
            case "answered":
                return Fraction(100 * amount, len(self.measure.inputs))


class Sight:
    """The conditions of one place, and what they see.

    Args:
        fitted: The method on its framework.
        formulas: Where its formulas are made.
        groups: The conditions, such as those of each ladder.
        partly: Whether inputs may be left out.
        before: How many bits of the number are taken by others.
    """

    def __init__(
        self,
        fitted: Fitted,
        formulas: Formulas,
        groups: Sequence[Sequence[Condition]],
        *,
        partly: bool,
        before: int = 0,
    ) -> None:
        self.formulas = formulas
        self.partly = partly
        self.first_bit = self.bits = before
        measures = [measure for group in groups for condition in group for measure in measures_in(condition)]
        self.inputs: tuple[Key, ...] = tuple(
            dict.fromkeys((item.id, item.given) for measure in measures for item in measure.inputs)
        )
        self.scales: dict[Key, Scale] = {key: fitted.scale_of(*key) for key in self.inputs}
        self.replies = frozenset(item.id for m in measures if m.kind == "answered" for item in m.inputs)
        self._gains: dict[Key, list[tuple[int, tuple[int, ...]]]] = {key: [] for key in self.inputs}
        self._places: dict[_Gains, _Place] = {}
        self._seen: dict[tuple[str, tuple[Input, ...]], _Seen] = {}
        self._thresholds: list[tuple[_Seen, Rounding, list[tuple[int, Threshold, bool]]]] = []
        self._atoms: dict[tuple[int, Rounding, Threshold, bool], Formula] = {}
        self._by_rule: dict[tuple[int, Rounding], int] = {}
        self._steps: dict[tuple[int, int], _Steps] = {}
        self._masks: dict[tuple[int, int, int, int, Rounding], int] = {}
        self._anything = self._place([(key, self._ones(key)) for key in self.inputs]) if partly else None
        self.groups: tuple[tuple[Formula, ...], ...] = tuple(
            tuple(formulas.of(condition, self._atom) for condition in group) for group in groups
        )
        self._packed: dict[tuple[Key, int], Packed] = {}

    # -- putting together -----------------------------------------------------------------------------

    def _ones(self, key: Key) -> tuple[int, ...]:
        return (0, *([1] * (len(self.scales[key]) + 1)))

    def _place(self, gains: list[tuple[Key, tuple[int, ...]]]) -> _Place:
        """The place of a sum, which is the same for all that add up the same."""
        told = tuple(gains)
        if told not in self._places:
            spans = [(min(adds[not self.partly :]), max(adds)) for _, adds in told]
            width = sum(most - least for least, most in spans).bit_length()
            self._places[told] = _Place(self.bits, (1 << width) - 1, sum(least for least, _ in spans))
            for (key, adds), (least, _) in zip(told, spans, strict=True):
                self._gains[key].append((self.bits, tuple(add - least for add in adds)))
            self.bits += width
        return self._places[told]

    def _atom(self, condition: AtLeast) -> Formula:
        measure, threshold, strict = condition.measure, condition.threshold, condition.strict
        seen = self._measure(measure)
        rule = self._by_rule.setdefault((id(seen), measure.rounding), len(self._thresholds))
        if rule == len(self._thresholds):
            self._thresholds.append((seen, measure.rounding, []))
        key = (rule, measure.rounding, threshold, strict)
        if key not in self._atoms:
            number = len(self._atoms)
            self._atoms[key] = self.formulas.atom(number)
            self._thresholds[rule][2].append((number, threshold, strict))
        return self._atoms[key]

    def _measure(self, measure: Measure) -> _Seen:
        key = (measure.kind, measure.inputs)
        if key not in self._seen:
            self._seen[key] = self._look(measure)
        return self._seen[key]

    def _look(self, measure: Measure) -> _Seen:
        scaling = lcm(*(item.weight.denominator for item in measure.inputs))
        items = [((item.id, item.given), item) for item in measure.inputs]
        amount: list[tuple[Key, tuple[int, ...]]] = []
        whole: list[tuple[Key, tuple[int, ...]]] = []
        for key, item in items:
            grades = self.scales[key].grades
            weight = int(item.weight * scaling)
            if measure.kind == "answered":
                amount.append((key, (0, 0, *([1] * len(grades)))))
            elif measure.kind in ("count", "share"):
                by_rank = [int(rank >= item.at) for rank in range(len(grades))]
                amount.append((key, (0, by_rank[0], *by_rank)))
            else:
                by_rank = [weight * grade.value for grade in grades]
                amount.append((key, (0, by_rank[0], *by_rank)))
                most = weight * (grades[-1].value if measure.kind == "percentage" else 1)
                whole.append((key, (0, *([most] * (len(grades) + 1)))))
        fixed = not self.partly
        return _Seen(
            measure,
            self._place(amount),
            sum(adds[-1] for _, adds in whole) if fixed or measure.kind == "total" else self._place(whole),
            len(items)
            if fixed or measure.kind == "answered"
            else self._place([(key, self._ones(key)) for key, _ in items]),
            scaling,
        )

    # -- looking --------------------------------------------------------------------------------------

    def adds(self, key: Key, option: int) -> Packed:
        """What an input adds: a rank, or `UNANSWERED` or `LEFT_OUT`. Nothing where it is not seen."""
        found = self._packed.get((key, option))
        if found is None:
            found = sum(adds[option + 2] << shift for shift, adds in self._gains.get(key, ()))
            self._packed[key, option] = found
        return found

    def seen_by(self, atom: int) -> tuple[Key, ...]:
        """What a comparison looks at."""
        seen = next(seen for seen, _, told in self._thresholds if any(number == atom for number, _, _ in told))
        return tuple((item.id, item.given) for item in seen.measure.inputs)

    @property
    def field(self) -> Packed:
        """The bits of the number that are its own."""
        return (1 << self.bits) - (1 << self.first_bit)

    def is_empty(self, packed: Packed) -> bool:
        """Whether nothing at all is there."""
        return self._anything is not None and bool(self.inputs) and self._anything.of(packed) == 0

    def truths(self, packed: Packed, rounding: Rounding | None = None) -> int:
        """The bit of each comparison that holds; ``rounding`` takes the place of every declared one."""
        found = 0
        for rule, (seen, declared, _) in enumerate(self._thresholds):
            how = declared if rounding is None or declared == "none" else rounding
            amount, whole, there = self._amounts(seen, packed)
            key = (rule, amount, whole, there, how)
            if key not in self._masks:
                self._masks[key] = self._compared(rule, apply_rounding(seen.value(amount, whole, there), how), there)
            found |= self._masks[key]
        return found

    def _amounts(self, seen: _Seen, packed: Packed) -> tuple[int, int, int]:
        whole = seen.whole if isinstance(seen.whole, int) else seen.whole.of(packed)
        there = seen.there if isinstance(seen.there, int) else seen.there.of(packed)
        return seen.amount.of(packed), whole, there

    def _compared(self, rule: int, value: Fraction, there: int) -> int:
        if (rule, there) not in self._steps:
            self._steps[rule, there] = _Steps.of(self._thresholds[rule][2], there)
        return self._steps[rule, there].reached(value)

    def reader(self, measure: Measure) -> Callable[[Packed], Fraction]:
        """What works out the exact value of a measure before it is rounded; which one it is, is looked up once."""
        seen = self._measure(measure)
        return lambda packed: seen.value(*self._amounts(seen, packed))

    def amount(self, measure: Measure, packed: Packed) -> str:
        """A measure in words, such as "14 of 36 (38.89 %)"."""
        seen = self._measure(measure)
        amount, whole, _ = self._amounts(seen, packed)
        value = decimal(self.reader(measure)(packed))
        whole_points = measure.kind == "percentage" and seen.scaling == 1
        return f"{amount} of {whole} ({value} %)" if whole_points else f"{measure.id} {value}"


@frozen
class _Steps:
    """Thresholds in order, so that a value finds all that it reaches at once."""

    least: tuple[Fraction, ...]
    least_masks: tuple[int, ...]
    above: tuple[Fraction, ...]
    above_masks: tuple[int, ...]

    @classmethod
    def of(cls, thresholds: Iterable[tuple[int, Threshold, bool]], n: int) -> _Steps:
        told = sorted((threshold.value(n), number, strict) for number, threshold, strict in thresholds)
        sides: list[tuple[tuple[Fraction, ...], tuple[int, ...]]] = []
        for side in (False, True):
            chosen = [(value, number) for value, number, strict in told if strict is side]
            masks = accumulate((1 << number for _, number in chosen), or_, initial=0)
            sides.append((tuple(value for value, _ in chosen), tuple(masks)))
        return cls(*sides[0], *sides[1])

    def reached(self, value: Fraction) -> int:
        return self.least_masks[bisect_right(self.least, value)] | self.above_masks[bisect_left(self.above, value)]
