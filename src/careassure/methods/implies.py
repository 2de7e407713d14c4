"""What follows from what by the form of conditions alone, without trying any scores."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Input, Not

MOST_PAIRS = 50_000
"""So many pairs of parts are compared; what is not seen by then is not seen from the form."""
FEW = 16


def implies(upper: Condition, lower: Condition, *, partly: bool = False) -> bool:
    """Whether ``lower`` holds wherever ``upper`` does, as far as their structure shows it. Both must be fitted.

    Args:
        upper: The condition that holds.
        lower: The condition that follows.
        partly: Whether it has to follow whatever is left out of the scores, too.
    """
    return _Forms(partly=partly).implies(upper, lower)


class _Forms:
    """Pairs of parts, each compared once: conditions may nest deeply, and a part may stand in many others."""

    def __init__(self, *, partly: bool) -> None:
        self.partly = partly
        self.known: dict[tuple[int, int], bool] = {}
        self.forms: dict[int, int] = {}
        self.numbers: dict[object, int] = {}
        self.alike: dict[int, dict[object, list[Condition]]] = {}

    def form(self, condition: Condition) -> int:
        """A number that is the same for conditions that say the same."""
        if id(condition) not in self.forms:
            told: object
            match condition:
                case AtLeast(measure, threshold, strict):
                    told = (measure.kind, measure.inputs, measure.rounding, threshold, strict)
                case FactIs(name, value, default):
                    told = (name, value, default)
                case Not(part):
                    told = ("not", self.form(part))
                case AllOf(parts) | AnyOf(parts):
                    told = (type(condition), tuple(self.form(part) for part in parts))
            self.forms[id(condition)] = self.numbers.setdefault(told, len(self.numbers))
        return self.forms[id(condition)]

    def likely(self, upper: AllOf, lower: Condition) -> Iterable[Condition]:
        """The parts of an "all", those first that look at the same as ``lower``: there may be thousands."""
        if not isinstance(lower, AtLeast) or len(upper.parts) < FEW:
            return upper.parts
        if id(upper) not in self.alike:
            self.alike[id(upper)] = {}
            for part in upper.parts:
                if isinstance(part, AtLeast):
                    self.alike[id(upper)].setdefault(_looked_at(part), []).append(part)
        found = self.alike[id(upper)].get(_looked_at(lower), [])
        return chain(found, (part for part in upper.parts if part not in found))

    def implies(self, upper: Condition, lower: Condition) -> bool:
        pair = (self.form(upper), self.form(lower))
        if pair not in self.known:
            if len(self.known) >= MOST_PAIRS:
                return False
            self.known[pair] = pair[0] == pair[1]
            self.known[pair] = self.known[pair] or self._follows(upper, lower)
        return self.known[pair]

    def _follows(self, upper: Condition, lower: Condition) -> bool:
        if isinstance(lower, AllOf):
            return all(self.implies(upper, part) for part in lower.parts)
        if isinstance(upper, AnyOf):
            return all(self.implies(part, lower) for part in upper.parts)
        if isinstance(lower, AnyOf) and any(self.implies(upper, part) for part in lower.parts):
            return True
        if isinstance(upper, AllOf):
            return any(self.implies(part, lower) for part in self.likely(upper, lower))
        if isinstance(upper, Not) and isinstance(lower, Not):
            return self.implies(lower.part, upper.part)
        return isinstance(upper, AtLeast) and isinstance(lower, AtLeast) and _compares(upper, lower, self.partly)


def _looked_at(condition: AtLeast) -> object:
    return condition.measure.kind, tuple((item.id, item.given) for item in condition.measure.inputs)


def _compares(upper: AtLeast, lower: AtLeast, partly: bool) -> bool:
    one, other = upper.measure, lower.measure
    same = (one.kind, one.inputs, one.rounding) == (other.kind, other.inputs, other.rounding)
    if not same and (one.kind != "count" or other.kind != "count" or upper.strict or lower.strict):
        return False
    many, more = len(one.inputs), len(other.inputs)
    highs = {n: upper.threshold.value(n) for n in range(0 if partly else many, many + 1)}
    lows = {n: lower.threshold.value(n) for n in range(0 if partly else more, more + 1)}
    if same:
        level = upper.strict or not lower.strict
        return all(high > lows[n] or (high == lows[n] and level) for n, high in highs.items())
    if all(high == n for n, high in highs.items()) and _covers(one.inputs, other.inputs):
        return all(low <= n for n, low in lows.items())
    return min(highs.values()) >= max(lows.values()) and _covers(other.inputs, one.inputs, lower=True)


def _covers(wide: tuple[Input, ...], narrow: tuple[Input, ...], *, lower: bool = False) -> bool:
    """Whether each of ``narrow`` is in ``wide``, from a rank that is at least (or ``lower``: at most) its own."""
    ranks = {(item.id, item.given): item.at for item in wide}
    return all(
        (item.id, item.given) in ranks
        and (ranks[item.id, item.given] <= item.at if lower else ranks[item.id, item.given] >= item.at)
        for item in narrow
    )
