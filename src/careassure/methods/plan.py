"""The plan of a method: sums of whole numbers, which is what a table of scores needs, on any engine.

`careassure.methods.evaluate` says what a method means. A plan says the same thing with nothing in it but
additions and comparisons: each condition asks whether a sum over scores reaches a whole number, and a
grade is the number of rungs that hold. There is no division and no fraction, so there is nothing that two
engines could round in two ways.

Nine scores of 1 to 4 add up to 36 at most. "At least 88 % of it" is then "the sum of the nine is at least 32", since
100 * 31 / 36 is 86.1 and 100 * 32 / 36 is 88.9:

    Amount(parts=((0, (1, 2, 3, 4)), (1, (1, 2, 3, 4)), ...))    what each rank of each score adds
    Reaches(index=0, least=32)                                   whether that amount is enough
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from careassure.methods.fit import Fitted
from careassure.model.rounding import Rounding
from careassure.model.scale import Scale

Span = tuple[int, int]
"""The lowest and the highest rank that something can have."""

FURTHEST = 2**50
"""No sum of a plan that engines work out is further from 0: what they do with it then fits into 64 bits."""


@frozen
class Source:
    """Something that carries a rank: a score, or the grade that the method gives to a statement or theme.

    Args:
        id: The id of a leaf, a statement or a theme.
        scale: The scale on which the rank is one.
        given: Whether it is given, not worked out.
        unknown: The ranks that it can have where it is not known.
        state: The ranks that it can have where it carries a state such as "not judged"; None: it is left out.
        withheld: The ranks that it can have where it is only not shown, as behind ``[c]``.
        lacking: Whether it may be left out in this plan.
    """

    id: str
    scale: Scale
    given: bool
    unknown: Span
    state: Span | None
    withheld: Span
    lacking: bool


@frozen(cache_hash=True)
class Amount:
    """A sum over sources: for each, what every rank adds. What is left out adds nothing.

    Args:
        parts: Pairs of a source's place in the plan and what each of its ranks adds.
        known: Whether it counts what is there: at worst what is known, at best all that is not left out.
    """

    parts: tuple[tuple[int, tuple[int, ...]], ...]
    known: bool = False

    def value(self, ranks: Sequence[int]) -> int:
        """The sum where every source is there and has one of these ranks."""
        return sum(adds[ranks[place]] for place, adds in self.parts)

    @property
    def least(self) -> int:
        """The least that it can be, or less."""
        return sum(min(0, *adds) for _, adds in self.parts)

    @property
    def most(self) -> int:
        """The most that it can be, or more."""
        return sum(max(0, *adds) for _, adds in self.parts)

    @property
    def reach(self) -> int:
        """Nothing that comes up while it is added up is further from 0, whatever is left out."""
        return sum(max(map(abs, adds)) for _, adds in self.parts)


@frozen
class Reaches:
    """Whether the sum of that number is ``least`` or more."""

    index: int
    least: int


@frozen
class Every:
    """Whether all parts hold."""

    parts: tuple[Test, ...]


@frozen
class Some:
    """Whether any part holds."""

    parts: tuple[Test, ...]


@frozen
class Opposite:
    """Whether the part does not hold."""

    part: Test


@frozen
class FactPlan:
    """Whether a fact has a value."""

    name: str
    value: bool
    default: bool


Test: TypeAlias = Reaches | Every | Some | Opposite | FactPlan
"""A condition that is lowered: it asks nothing but whether sums reach whole numbers, and for facts."""


def holds(test: Test, sums: Sequence[int], facts: Mapping[str, bool]) -> bool:
    """Whether a lowered condition holds, by the sums that it looks at."""
    match test:
        case Reaches(index, least):
            return sums[index] >= least
        case Every(parts):
            return all(holds(part, sums, facts) for part in parts)
        case Some(parts):
            return any(holds(part, sums, facts) for part in parts)
        case Opposite(part):
            return not holds(part, sums, facts)
        case FactPlan(name, value, default):
            return facts.get(name, default) is value


def height(rungs: Sequence[Test], sums: Sequence[int], facts: Mapping[str, bool]) -> int:
    """How many rungs of a ladder hold, up to the first that fails."""
    return next((rank for rank, rung in enumerate(rungs) if not holds(rung, sums, facts)), len(rungs))


@frozen
class LadderPlan:
    """The rungs of a ladder.

    Args:
        name: Which of the node's ladders it is.
        rungs: What has to hold for each grade above the lowest.
        nested: Whether it was proved that no rung can hold above one that does not.
    """

    name: str
    rungs: tuple[Test, ...]
    nested: bool


@frozen
class NodePlan:
    """A place that gets a grade.

    Args:
        target: Its id.
        source: Its place among the plan's sources.
        scale: The scale of its grade.
        inputs: The places of all sources that it looks at; where all are left out, it has no grade.
        ladders: Its ladders.
    """

    target: str
    source: int
    scale: Scale
    inputs: tuple[int, ...]
    ladders: tuple[LadderPlan, ...]


@frozen
class Headline:
    """The percentage that is printed: 100 times one sum divided by another.

    Args:
        part: The sum that is divided.
        whole: The sum that it is divided by, or a number that is the same for all.
        inputs: The places of all sources that it looks at.
        rounding: How it is rounded to the displayed score; ``none``: no score is displayed.
    """

    part: Amount
    whole: Amount | int
    inputs: tuple[int, ...]
    rounding: Rounding


@frozen
class MethodPlan:
    """A method on a framework, lowered.

    Args:
        fitted: The method on its framework.
        sources: Scores first, then what is worked out, each after everything that it rests on.
        amounts: The sums.
        nodes: What gets a grade, in the order in which it can be worked out; ``overall`` last, if it gets one.
        settled: Whether it was proved that every combination of scores has one result: rungs nested, bounds in order.
        flags: The condition of each notice, by its id.
        one_way: Whether every score counts in one way only in each notice. Only then the conditions of a notice at
            worst and at best say all that there is to say.
        headline: The printed percentage of the overall; None where there is none.
    """

    fitted: Fitted
    sources: tuple[Source, ...]
    amounts: tuple[Amount, ...]
    nodes: tuple[NodePlan, ...]
    settled: bool
    flags: tuple[tuple[str, Test], ...]
    one_way: bool
    headline: Headline | None

    @property
    def overall(self) -> NodePlan | None:
        """The node of the overall grade; None where the method gives none."""
        return self.nodes[-1] if self.nodes and self.nodes[-1].target == "overall" else None

    @property
    def leaves(self) -> tuple[Source, ...]:
        """The sources that are given."""
        return tuple(source for source in self.sources if source.given)

    @property
    def reach(self) -> int:
        """Nothing that an engine works out is further from 0, but for factors that `FURTHEST` leaves room for."""
        amounts = list(self.amounts)
        fixed = 0
        if self.headline is not None:
            part, whole = self.headline.part, self.headline.whole
            # Rounding to the nearest doubles 100 times the part and adds the whole.
            amounts.append(Amount(((0, (200 * part.reach,)),)))
            fixed = whole if isinstance(whole, int) else whole.reach
        points = sum(source.scale.highest.value for source in self.leaves)  # margins add the scores themselves up
        return max([fixed, points, *(amount.reach for amount in amounts)])

    def needed(self, *, flags: bool, profile: bool) -> frozenset[int]:
        """The places of the sources on which the overall results rest, with ``flags`` the notices, ``profile`` all.

        A node that was not proved to be sound counts as needed: its faults must be seen.
        """
        by_source = {node.source: node for node in self.nodes}
        open_ = [node.source for node in self.nodes if profile or not self.settled or node is self.overall]
        if self.headline is not None:
            open_ += self.headline.inputs
        if flags:
            tests = [test for _, test in self.flags]
            open_ += [place for amount in self.amounts_of(tests) for place, _ in amount.parts]
        found: set[int] = set()
        while open_:
            place = open_.pop()
            if place not in found:
                found.add(place)
                open_ += by_source[place].inputs if place in by_source else ()
        return frozenset(found)

    def amounts_of(self, tests: Iterable[Test]) -> list[Amount]:
        """The sums that some conditions look at."""
        found: list[Amount] = []
        for test in tests:
            match test:
                case Reaches(index, _):
                    found.append(self.amounts[index])
                case Opposite(part):
                    found += self.amounts_of([part])
                case Every(parts) | Some(parts):
                    found += self.amounts_of(parts)
                case FactPlan():
                    pass
        return found
