"""A plan walked through at worst and at best, whatever carries its numbers: arrays, or expressions of an engine.

What a condition means, which ladders have to be climbed and when a place has no grade is said here once. What a
carrier has to say is only how its numbers are added up, compared and put in the place of others.

A rank at worst and a rank at best are carried through as a pair. Take a score from 1 to 4 that is blank in the second
of three rows; its ranks count from 0::

    given   3  .  4
    low     2  0  3
    high    2  3  3

Every rung is then asked twice, once of the low ends and once of the high ones, and what does not hold at worst is what
holds at best turned around.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import gcd
from typing import Any, Generic, Literal, TypeVar, cast

from attrs import frozen

from careassure.methods.plan import (
    Amount,
    Every,
    FactPlan,
    LadderPlan,
    MethodPlan,
    NodePlan,
    Opposite,
    Reaches,
    Some,
    Test,
)
from careassure.model.rounding import Rounding

Side = Literal["low", "high"]
SIDES: tuple[Side, Side] = ("low", "high")
"""At worst and at best."""

T = TypeVar("T")


@frozen(eq=False)
class Bounds(Generic[T]):
    """What something is at worst and at best.

    Args:
        low: At worst.
        high: At best.
        same: Whether both are known to be the same in every row. Then only one of them needs to be looked at.
    """

    low: T
    high: T
    same: bool

    @classmethod
    def one(cls, value: T) -> Bounds[T]:
        """What is the same at worst and at best."""
        return cls(value, value, same=True)

    def at(self, side: Side) -> T:
        """One of the ends."""
        return self.low if side == "low" else self.high


# -- sums ---------------------------------------------------------------------------------------------


@frozen
class Linear:
    """A sum in its simplest form: ``slope * X + offset``, X a sum of ranks or of tests of ranks.

    Three scores from 1 to 4, each worth 25 times its value, come to ``25 * X + 75``, where X, the sum of their ranks,
    lies between 0 and 9 and so fits into eight bits.

    Args:
        terms: A source's place, the rank that it has to reach (0: the rank itself counts), and a factor.
        slope: What X is multiplied by; above 0.
        offset: What is added.
        most: The most that X can be; the least is 0.
    """

    terms: tuple[tuple[int, int, int], ...]
    slope: int
    offset: int
    most: int

    def reaching(self, wanted: int) -> int:
        """The least X with which the sum reaches a number."""
        return -((self.offset - wanted) // self.slope)


def linear(amount: Amount) -> Linear:
    """Put a sum into its simplest form."""
    terms: list[tuple[int, int, int]] = []
    offset = 0
    for place, adds in amount.parts:
        offset += adds[0]
        steps = [after - before for before, after in pairwise(adds)]
        if len(set(steps)) == 1:
            terms += [(place, 0, steps[0])] if steps[0] else []
        else:
            terms += [(place, at, step) for at, step in enumerate(steps, 1) if step]
    slope = gcd(*(factor for _, _, factor in terms)) or 1
    sizes = {place: len(adds) - 1 for place, adds in amount.parts}
    terms = [(place, at, factor // slope) for place, at, factor in terms]
    most = sum(factor * (1 if at else sizes[place]) for place, at, factor in terms)
    return Linear(tuple(terms), slope, offset, most)


def tells_apart(slope: int, whole: int, rounding: Rounding) -> bool:
    """Whether different X always give different values of ``slope * X / whole``, rounded: each step is one or more.

    Rounding halves to even can make one of two numbers that are just one apart, as 1.5 and 2.5.
    """
    return slope > whole if rounding == "half_even" else slope >= whole


# -- conditions that may be the same for every row ----------------------------------------------------


def invert(truth: T | bool) -> T | bool:
    """Where a condition does not hold."""
    if isinstance(truth, bool):
        return not truth
    varying: Any = truth
    return cast("T", ~varying)


def together(truths: Iterable[T | bool], *, empty: bool) -> T | bool:
    """All (``empty`` true) or any of some conditions; arrays and expressions both know & and |."""
    found: Any = empty
    for truth in truths:
        if isinstance(found, bool):
            found = truth if found is empty else found
        elif isinstance(truth, bool):
            found = found if truth is empty else truth
        else:
            found = found & truth if empty else found | truth
    return cast("T | bool", found)


# -- the walk -----------------------------------------------------------------------------------------


def ends_of(node: NodePlan) -> tuple[LadderPlan, LadderPlan]:
    """The ladders of the lowest and of the highest grade that a place can have."""
    by_name = {ladder.name: ladder for ladder in node.ladders}
    return by_name.get("must", node.ladders[0]), by_name.get("may", node.ladders[0])


class Walk(ABC, Generic[T]):
    """A plan worked out over some carrier.

    Args:
        plan: The plan.
        outputs: Which results are wanted, by the keys of their columns.
    """

    def __init__(self, plan: MethodPlan, outputs: Iterable[str]) -> None:
        self.plan = plan
        self.outputs = tuple(outputs)
        self.bounds: list[Bounds[T]] = []
        """The ranks of each source of the plan."""
        self.absent: list[T | None] = []
        """Where each source is left out; None where that is nowhere."""
        self.unsure: list[T | None] = []
        """Where no score of a source is known, be it open or left out; None where that is nowhere."""
        self._forms: dict[Amount, Linear] = {}
        kinds = {name.partition(" ")[0].partition("_")[0] for name in self.outputs}
        self.needed = plan.needed(flags="flag" in kinds, profile="profile" in kinds)

    # -- what a carrier has to say --------------------------------------------------------------------

    @abstractmethod
    def steps(self, amount: Amount, side: Side) -> T:
        """The X of a sum in its simplest form, more by `lift`."""

    @abstractmethod
    def scaled(self, amount: Amount, side: Side, times: int) -> T:
        """What a sum of everything comes to, ``times`` as much, in numbers with room for all that comes up."""

    @abstractmethod
    def constant(self, number: int) -> T:
        """A number for every row."""

    @abstractmethod
    def counted(self, where: T, number: int) -> T:
        """A number where something holds, and 0 elsewhere."""

    @abstractmethod
    def fact(self, test: FactPlan) -> T | bool:
        """Where a fact has a value."""

    @abstractmethod
    def climb(self, node: NodePlan, ladder: LadderPlan, side: Side) -> T:
        """How many rungs of a ladder hold, from the bottom up; none where the place is left out."""

    def at_least(self, numbers: T, least: int) -> T:
        """Where numbers come to so much."""
        varying: Any = numbers
        return cast("T", varying >= least)

    def lift(self, amount: Amount) -> int:  # noqa: ARG002
        """By how much `steps` lies above X."""
        return 0

    # -- sums and conditions --------------------------------------------------------------------------

    def form(self, amount: Amount) -> Linear:
        """A sum in its simplest form."""
        found = self._forms.get(amount)
        if found is None:
            found = self._forms[amount] = linear(amount)
        return found

    def same(self, amount: Amount) -> bool:
        """Whether a sum is the same at worst and at best in every row."""
        return all(self.bounds[place].same for place, _ in amount.parts)

    def whole(self, amount: Amount) -> bool:
        """Whether nothing that is added up is left out."""
        return all(self.absent[place] is None for place, _ in amount.parts)

    def value(self, amount: Amount, side: Side, times: int = 1) -> T:
        """What a sum comes to, with what is left out or not known taken off where it has to be.

        Args:
            amount: The sum.
            side: At worst or at best.
            times: What it is multiplied by.
        """
        total: Any
        if amount.known:  # at worst what is known counts, at best also what is open
            total = self.constant(times * sum(adds[0] for _, adds in amount.parts))
            masks = self.unsure if side == "low" else self.absent
        else:
            total = self.scaled(amount, side, times)
            masks = self.absent
        for place, adds in amount.parts:
            missing = masks[place]
            if missing is not None and adds[0]:  # the rank of what is missing is 0, so this is what it added
                total = total - self.counted(missing, times * adds[0])
        return cast("T", total)

    def _reaches(self, test: Reaches, side: Side) -> T | bool:
        amount = self.plan.amounts[test.index]
        if amount.known or not self.whole(amount):
            return self.at_least(self.value(amount, side), test.least)
        form = self.form(amount)
        least = form.reaching(test.least)
        if least <= 0 or least > form.most:
            return least <= 0
        return self.at_least(self.steps(amount, side), least + self.lift(amount))

    def holds(self, test: Test, side: Side) -> T | bool:
        """Where a condition holds at worst or at best."""
        match test:
            case Reaches():
                return self._reaches(test, side)
            case Opposite(part):
                return invert(self.holds(part, "high" if side == "low" else "low"))
            case Every(parts):
                return together([self.holds(part, side) for part in parts], empty=True)
            case Some(parts):
                return together([self.holds(part, side) for part in parts], empty=False)
            case FactPlan():
                return self.fact(test)

    # -- places that get a grade ----------------------------------------------------------------------

    def suggests(self) -> LadderPlan | None:
        """The ladder of the grade that is suggested; None where there is none, or where none is asked for."""
        if self.plan.overall is None or "suggested" not in self.outputs:
            return None
        return next((ladder for ladder in self.plan.overall.ladders if ladder.name == "suggest"), None)

    def wanted(self, node: NodePlan, ladder: LadderPlan, side: Side) -> bool:
        """Whether a ladder has to be climbed on a side: for its grade, or to see whether its rungs are nested."""
        must, may = ends_of(node)
        if not ladder.nested or (side == "low" and ladder is must) or (side == "high" and ladder is may):
            return True
        if ladder is must or ladder is may:  # each is held against the other on either side
            return not self.plan.settled
        return node is self.plan.overall and ladder is self.suggests()

    def is_known(self, node: NodePlan) -> bool:
        """Whether everything that a place looks at is the same at worst and at best in every row."""
        return all(self.bounds[place].same for place in node.inputs)

    def is_one(self, node: NodePlan) -> bool:
        """Whether a place has the same grade at worst and at best in every row."""
        must, may = ends_of(node)
        return must is may and self.is_known(node)

    def all_absent(self, places: Sequence[int]) -> T | None:
        """Where all of some sources are left out; None where that is nowhere."""
        masks = [mask for place in places if (mask := self.absent[place]) is not None]
        if not masks or len(masks) < len(places):
            return None
        found = together(masks, empty=True)
        return None if isinstance(found, bool) else found

    def grade(self, node: NodePlan) -> None:
        """Work out the lowest and the highest grade of a place."""
        must, may = ends_of(node)
        self.absent[node.source] = self.all_absent(node.inputs)
        low = self.climb(node, must, "low")
        known = self.is_one(node)
        self.bounds[node.source] = Bounds(low, low if known else self.climb(node, may, "high"), known)
