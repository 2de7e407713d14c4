"""Lower a whole method to sums of whole numbers: what a table of scores needs, on any engine.

`careassure.methods.evaluate` says what a method means. A plan says the same thing with nothing in it but
additions and comparisons: each condition asks whether a sum over scores reaches a whole number, and a
grade is the number of rungs that hold. There is no division and no fraction, so there is nothing that two
engines could round in two ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, pairwise
from math import ceil, floor, gcd

from attrs import evolve, frozen

from careassure.errors import CareAssureError
from careassure.methods.check import check
from careassure.methods.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FactIs,
    Input,
    Measure,
    Not,
    facts_in,
    measures_in,
)
from careassure.methods.fit import Fitted
from careassure.methods.lower import Every, FactPlan, Opposite, Reaches, Some, Test, holds
from careassure.methods.method import Ladder, Node
from careassure.methods.notices import is_one_way
from careassure.methods.weights import whole_weights
from careassure.model.rounding import Rounding
from careassure.model.scale import Scale

Span = tuple[int, int]
"""The lowest and the highest rank that something can have."""


FURTHEST = 2**50
"""No sum of a plan that engines work out is further from 0: what they do with it then fits into 64 bits."""


class CannotLowerError(CareAssureError):
    """A scorer, or a part of it, cannot be put as comparisons of whole numbers; the message names it."""


@frozen
class Source:
    """Something that carries a rank: a score, or the grade that the method gives to a statement or theme.

    Args:
        id: The id of a leaf, a statement or a theme.
        scale: The scale on which the rank is one.
        given: Whether it is given, not worked out.
        unknown: The ranks that it can have where it is not known.
        state: The ranks that it can have where it carries a state such as "not judged"; None: it is left out.
        lacking: Whether it may be left out in this plan.
    """

    id: str
    scale: Scale
    given: bool
    unknown: Span
    state: Span | None
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


@lru_cache(maxsize=64)
def lower_method(fitted: Fitted, wholes: frozenset[str] = frozenset(), *, states: bool = True) -> MethodPlan:
    """Lower a method.

    Args:
        fitted: The method on its framework.
        wholes: The statements with parts that are given as a whole.
        states: Whether scores may carry a state such as "not judged". Where they cannot, the plan of a
            method that leaves such scores out is simpler.

    Raises:
        CannotLowerError: A weight is negative, or a statement given as a whole is on another scale than its grade.
    """
    return _Lowering(fitted, wholes, states=states).plan()


class _Lowering:
    def __init__(self, fitted: Fitted, wholes: frozenset[str], *, states: bool) -> None:
        self.fitted = fitted
        self.framework = fitted.framework
        self.wholes = wholes
        self.leave_out = fitted.method.not_rated == "leave_out"
        self.states = states
        self.settled = check(fitted.method, fitted.framework).ok
        self.graded = {node.target: node for node in fitted.nodes if node.ladders}
        self.headlines = dict(fitted.headlines)
        self.inside = ""
        self.sources: list[Source] = []
        self.places: dict[tuple[str, bool], int] = {}
        self.amounts: dict[Amount, int] = {}

    def plan(self) -> MethodPlan:
        for statement in self.framework.statements:
            inside = [f"{statement.id}/{part.id}" for part in statement.parts]
            if statement.id in self.wholes and statement.id not in self.graded:
                self._add_leaf(statement.id)
            for leaf in inside or [statement.id]:
                self._add_leaf(leaf, hidden=statement.id in self.wholes)
        nodes = [found for node in self.graded.values() if (found := self._node(node))]
        self.inside = ""
        flags = tuple((flag.id, self._test(flag.when)) for flag in self.fitted.flags)
        headline = self._headline(self.headlines["overall"]) if "overall" in self.headlines else None
        one_way = all(is_one_way(self.fitted, flag.when) for flag in self.fitted.flags)
        return MethodPlan(
            self.fitted, tuple(self.sources), tuple(self.amounts), tuple(nodes), self.settled, flags, one_way, headline
        )

    # -- sources and nodes ----------------------------------------------------------------------------

    def _add(self, source: Source) -> int:
        self.places[source.id, source.given] = len(self.sources)
        self.sources.append(source)
        return len(self.sources) - 1

    def _add_leaf(self, leaf: str, *, hidden: bool = False) -> None:
        """A score; ``hidden``: it lies inside a statement that is given as a whole, and is never known."""
        scale = self.framework.scale_of(leaf)
        span = (0, len(scale) - 1)
        left_out = self.leave_out and not hidden
        self._add(Source(leaf, scale, True, span, None if left_out else span, left_out and self.states))

    def _node(self, node: Node) -> NodePlan | None:
        self.inside = node.target
        measures = [m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)]
        if node.target in self.headlines:
            measures.append(self.headlines[node.target])
        inputs = tuple(dict.fromkeys(self._place(item) for rule in measures for item in rule.inputs))
        ladders = tuple(self._ladder(ladder) for ladder in node.ladders)
        scale = self.fitted.scale(node)
        if node.target in self.wholes:
            self._add_whole(node, scale, ladders)
            return None
        lacking = bool(inputs) and all(self.sources[place].lacking for place in inputs)
        place = self._add(Source(node.target, scale, False, (0, len(scale) - 1), None, lacking))
        return NodePlan(node.target, place, scale, inputs, ladders)

    def _add_whole(self, node: Node, scale: Scale, ladders: tuple[LadderPlan, ...]) -> None:
        """A statement whose grade is given. Where it is not known, neither is anything inside it."""
        own = self.framework.scale_of(node.target)
        if own.id != scale.id:
            raise CannotLowerError(
                f"{node.target} is given as a whole, and {self.fitted.method.id} grades it on {scale.id}",
                hint="Give the scores inside it",
            )
        if any(True for ladder in node.ladders for rung in ladder.rungs for _ in facts_in(rung.when)):
            raise CannotLowerError(f"{node.target} is given as a whole, and its grade rests on a fact")
        if not self.settled:
            raise CannotLowerError(f"{node.target} is given as a whole, and the method was not proved to be sound")
        by_name = {ladder.name: ladder for ladder in ladders}
        low = self._climb(by_name.get("must", ladders[0]), best=False)
        high = self._climb(by_name.get("may", ladders[0]), best=True)
        state = None if self.leave_out else (0, len(own) - 1)
        place = self._add(Source(node.target, own, True, (low, high), state, self.leave_out and self.states))
        self.places[node.target, False] = place

    def _climb(self, ladder: LadderPlan, *, best: bool) -> int:
        """The grade where nothing is known, at worst or at best."""
        ranks = [len(source.scale) - 1 if best else 0 for source in self.sources]
        state = tuple(0 if amount.known and not best else amount.value(ranks) for amount in self.amounts)
        held = [holds(rung, state, {}) for rung in ladder.rungs]
        return held.index(False) if False in held else len(held)

    def _place(self, item: Input) -> int:
        statement, _, part = item.id.partition("/")
        if part and statement in self.wholes and self.inside != statement and self.leave_out and self.states:
            raise CannotLowerError(f"what is inside {statement} is left out in some rows, with the whole of it")
        return self.places[item.id, item.given]

    # -- ladders and conditions -----------------------------------------------------------------------

    def _ladder(self, ladder: Ladder) -> LadderPlan:
        rungs = tuple(self._test(rung.when) for rung in ladder.rungs)
        nested = self.settled or all(
            isinstance(lower, Reaches)
            and isinstance(upper, Reaches)
            and lower.index == upper.index
            and lower.least <= upper.least
            for lower, upper in pairwise(rungs)
        )
        return LadderPlan(ladder.name, rungs, nested)

    def _test(self, condition: Condition) -> Test:
        """A condition as comparisons of the plan's sums."""
        match condition:
            case AtLeast(measure, threshold, strict):
                return self._by_count(measure, threshold.value, strict=strict)
            case Not(part):
                return Opposite(self._test(part))
            case AllOf(parts):
                return Every(tuple(self._test(part) for part in parts))
            case AnyOf(parts):
                return Some(tuple(self._test(part) for part in parts))
            case FactIs(name, value, default):
                return FactPlan(name, value, default)

    def _by_count(self, measure: Measure, wanted: Callable[[int], Fraction], *, strict: bool) -> Test:
        """A comparison whose threshold may depend on how many of the inputs are there."""
        n = len(measure.inputs)
        places = [self._place(item) for item in measure.inputs]
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
        part, whole, factor = self._sums(measure)
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
        common = gcd(*(add for _, adds in amount.parts for add in adds)) or 1
        if common > 1:
            parts = tuple((place, tuple(add // common for add in adds)) for place, adds in amount.parts)
            amount, least = evolve(amount, parts=parts), -(-least // common)
        least = min(max(least, amount.least), amount.most + 1)
        return Reaches(self.amounts.setdefault(amount, len(self.amounts)), least)

    def _sums(self, measure: Measure) -> tuple[Amount, Amount | int, int]:
        """A measure as a factor times a sum, divided by another sum or by a number that is the same for all."""
        if any(item.weight < 0 for item in measure.inputs):
            raise CannotLowerError(f"the measure {measure.id or measure.kind} has a negative weight")
        places = [self._place(item) for item in measure.inputs]
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

    def _headline(self, rule: Measure) -> Headline | None:
        if rule.kind not in ("percentage", "share", "answered"):
            return None
        part, whole, _ = self._sums(rule)
        node = next(node for node in self.fitted.nodes if node.target == "overall")
        rules = [rule, *(m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when))]
        inputs = tuple(dict.fromkeys(self._place(item) for rule in rules for item in rule.inputs))
        return Headline(part, whole, inputs, rule.rounding)


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
