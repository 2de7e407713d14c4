"""What is known in an assessment, put on the plan of its method: grades of places from sums, at worst and at best.

`careassure.methods.plan` says a method in sums of whole numbers. Here each score of one assessment has its place in
that plan, as the lowest and the highest rank that it can have:

    given 3 on a scale of 1 to 4     (2, 2)
    a blank                          (0, 3)
    not judged, and left out         None

`careassure.analysis.spread` lets scores vary around that, `careassure.analysis.questions` fills the blanks in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from careassure.api.lookup import ScorerLike, find_scorer
from careassure.errors import InvalidMethodError, Problem, UnknownScorerError
from careassure.methods.fit import Fitted, fit
from careassure.methods.lowering import lower_method
from careassure.methods.method import Method
from careassure.methods.plan import (
    Every,
    FactPlan,
    LadderPlan,
    MethodPlan,
    NodePlan,
    Opposite,
    Reaches,
    Some,
    Test,
    holds,
)
from careassure.methods.plan import height as climb
from careassure.model.assessment import Assessment
from careassure.model.scale import Grade, NotRated
from careassure.model.showing import short_repr

Ends = tuple[int, int]
"""The lowest and the highest rank of something."""


@frozen(eq=False)
class Standing:
    """An assessment on the plan of a method.

    Args:
        plan: The plan.
        facts: The facts beside the scores.
        ends: For each source, the ranks that it can have; None where it is left out. A grade that is worked out
            has all ranks of its scale here.
        known: For each source, whether it is a score that is known.
    """

    plan: MethodPlan
    facts: Mapping[str, bool]
    ends: tuple[Ends | None, ...]
    known: tuple[bool, ...]

    __repr__ = short_repr

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each score in the plan, by its id."""
        return {source.id: place for place, source in enumerate(self.plan.sources) if source.given}

    @cached_property
    def nodes(self) -> dict[int, NodePlan]:
        """What gets a grade and is not left out, by its place in the plan; each after what it rests on."""
        return {node.source: node for node in self.plan.nodes if self.ends[node.source] is not None}

    @cached_property
    def overall(self) -> NodePlan | None:
        """The place of the overall rating; None where there is none."""
        node = self.plan.overall
        return node if node is not None and node.source in self.nodes else None

    @cached_property
    def comparisons(self) -> dict[int, tuple[Reaches, ...]]:
        """The comparisons in the rungs of each place that decide between what it must and what it may be."""
        return {
            place: tuple(found for both in _bounds(node) for rung in both.rungs for found in comparisons_in(rung))
            for place, node in self.nodes.items()
        }

    @cached_property
    def looked_at(self) -> dict[int, tuple[int, ...]]:
        """The sums that these look at, by place."""
        return {place: tuple(sorted({one.index for one in found})) for place, found in self.comparisons.items()}

    @cached_property
    def resting_on(self) -> dict[int, tuple[int, ...]]:
        """What each place is worked out from, by its place in the plan, without what is left out."""
        return {
            place: tuple(
                sorted(
                    {
                        source
                        for index in indices
                        for source, _ in self.plan.amounts[index].parts
                        if self.ends[source] is not None
                    }
                )
            )
            for place, indices in self.looked_at.items()
        }

    @cached_property
    def beneath(self) -> tuple[int, ...]:
        """The places of all grades on which the overall rating rests, itself the last; none where there is none."""
        found: set[int] = set()
        open_ = [self.overall.source] if self.overall is not None else []
        while open_:
            place = open_.pop()
            if place in self.nodes and place not in found:
                found.add(place)
                open_ += self.resting_on[place]
        return tuple(place for place in self.nodes if place in found)

    @cached_property
    def _parts(self) -> list[dict[int, tuple[int, ...]]]:
        return [dict(amount.parts) for amount in self.plan.amounts]

    def adds(self, index: int, source: int, ends: Ends) -> Ends:
        """What a source adds to a sum at worst and at best, where it has these ranks."""
        ranks = self._parts[index].get(source)
        if ranks is None:
            return 0, 0
        low, high = ranks[ends[0]], ranks[ends[1]]
        return (0 if self.plan.amounts[index].known and not self.known[source] else low), high

    def grade(self, node: NodePlan, low: Sequence[int], high: Sequence[int]) -> Ends:
        """What a place must be at least and may be at most, by the sums of the plan at worst and at best.

        Raises:
            InvalidMethodError: The rungs of the place are not nested, or its bounds are out of order.
        """
        must, may = _bounds(node)
        if not self.plan.settled:
            self._refuse_faults(node, must, may, (low, high))
        return climb(must.rungs, low, self.facts), climb(may.rungs, high, self.facts)

    def climbed(self, low: list[int], high: list[int]) -> dict[int, Ends]:
        """The overall rating, and the grades on which it rests, by what scores add to the sums at worst and at best.

        The grades that are worked out are added to both lists, each place before those that rest on it.
        """
        found: dict[int, Ends] = {}
        for place in self.beneath:
            ends = found[place] = self.grade(self.nodes[place], low, high)
            for index in self._seen_in[place]:
                worst, best = self.adds(index, place, ends)
                low[index] += worst
                high[index] += best
        return found

    @cached_property
    def _seen_in(self) -> dict[int, tuple[int, ...]]:
        """The sums in which each grade counts that is worked out."""
        return {place: tuple(at for at, parts in enumerate(self._parts) if place in parts) for place in self.nodes}

    def _refuse_faults(self, node: NodePlan, must: LadderPlan, may: LadderPlan, sides: Iterable[Sequence[int]]) -> None:
        """What was not proved of a method is looked at, as it is when the method rates an assessment."""
        for sums in sides:
            for ladder in (must, may):
                held = [holds(rung, sums, self.facts) for rung in ladder.rungs]
                if held != sorted(held, reverse=True):
                    self._refuse(node, "a rung holds although one below it does not")
            if climb(must.rungs, sums, self.facts) > climb(may.rungs, sums, self.facts):
                self._refuse(node, "what it must be is above what it may be")

    def _refuse(self, node: NodePlan, what: str) -> None:
        name = self.plan.fitted.method.id
        raise InvalidMethodError(f"the method {name}", [Problem(node.target, what, "Run its check")])


def standing_of(assessment: Assessment, scorer: ScorerLike | None) -> Standing:
    """An assessment on the plan of a method.

    Raises:
        UnknownScorerError: There is no such scorer, it does not score this framework, or it has no rules to look into.
        CannotLowerError: The method says something that cannot be put as sums.
    """
    plan = plan_of(assessment, fit(rules_of(assessment, scorer), assessment.framework))
    marks = dict(assessment.marks)
    ends: list[Ends | None] = []
    for source in plan.sources:
        score = marks.get(source.id) if source.given else None
        if isinstance(score, Grade):
            ends.append((score.rank, score.rank))
        elif isinstance(score, NotRated):
            ends.append(source.withheld if score.withheld else source.state)
        else:
            ends.append(source.unknown)
    for node in plan.nodes:
        if node.inputs and all(ends[place] is None for place in node.inputs):
            ends[node.source] = None
    known = tuple(source.given and isinstance(marks.get(source.id), Grade) for source in plan.sources)
    return Standing(plan, dict(assessment.facts), tuple(ends), known)


def rules_of(assessment: Assessment, scorer: ScorerLike | None) -> Method:
    """The method by which an assessment is rated.

    Raises:
        UnknownScorerError: There is no such scorer, it does not score this framework, or it has no rules to look into.
    """
    found = find_scorer(scorer, assessment.framework)
    if found.method is None:
        raise UnknownScorerError(
            f"{found.name} is written in Python, so it has no rules to look into",
            hint="Use a scorer that is a method",
        )
    return found.method


def plan_of(assessment: Assessment, fitted: Fitted) -> MethodPlan:
    """The plan of a method for what an assessment holds: states, and statements given as a whole.

    Raises:
        CannotLowerError: The method says something that cannot be put as sums.
    """
    wholes = frozenset(leaf for leaf, _ in assessment.marks if "/" not in leaf and fitted.statements[leaf].parts)
    states = any(isinstance(score, NotRated) for _, score in assessment.marks)
    return lower_method(fitted, wholes, states=states)


def _bounds(node: NodePlan) -> tuple[LadderPlan, LadderPlan]:
    """The ladders of what a place must and may be; one and the same where the rules settle its grade."""
    by_name = {ladder.name: ladder for ladder in node.ladders}
    return by_name.get("must", node.ladders[0]), by_name.get("may", node.ladders[0])


def comparisons_in(test: Test) -> Iterable[Reaches]:
    """The comparisons of sums that a lowered condition is made of."""
    match test:
        case Reaches():
            yield test
        case Opposite(part):
            yield from comparisons_in(part)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from comparisons_in(part)
        case FactPlan():
            return
