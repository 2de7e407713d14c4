"""Lower a whole method to a plan."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from careassure.methods.check import check
from careassure.methods.conditions import Input, Measure, measures_in
from careassure.methods.fit import Fitted
from careassure.methods.method import Ladder, Node
from careassure.methods.notices import is_one_way
from careassure.methods.plan import Headline, LadderPlan, MethodPlan, NodePlan, Reaches, Source, height
from careassure.methods.sums import CannotLowerError, Sums
from careassure.model.scale import Scale


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
        self.sums = Sums(self.sources, self._place)

    def plan(self) -> MethodPlan:
        for statement in self.framework.statements:
            if statement.id in self.wholes and statement.id not in self.graded:
                self._add_leaf(statement.id)
            for leaf in statement.leaves:
                self._add_leaf(leaf, hidden=statement.id in self.wholes)
        nodes = [found for node in self.graded.values() if (found := self._node(node))]
        self.inside = ""
        flags = tuple((flag.id, self.sums.test(flag.when)) for flag in self.fitted.flags)
        headline = self._headline(self.headlines["overall"]) if "overall" in self.headlines else None
        one_way = all(is_one_way(self.fitted, flag.when) for flag in self.fitted.flags)
        return MethodPlan(
            self.fitted,
            tuple(self.sources),
            tuple(self.sums.amounts),
            tuple(nodes),
            self.settled,
            flags,
            one_way,
            headline,
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
        self._add(Source(leaf, scale, True, span, None if left_out else span, span, left_out and self.states))

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
        span = (0, len(scale) - 1)
        place = self._add(Source(node.target, scale, False, span, None, span, lacking))
        return NodePlan(node.target, place, scale, inputs, ladders)

    def _add_whole(self, node: Node, scale: Scale, ladders: tuple[LadderPlan, ...]) -> None:
        """A statement whose grade is given. Where it is not known, neither is anything inside it."""
        own = self.framework.scale_of(node.target)
        if own.id != scale.id:
            raise CannotLowerError(
                f"{node.target} is given as a whole, and {self.fitted.method.id} grades it on {scale.id}",
                hint="Give the scores inside it",
            )
        if any(ladder.asks_facts for ladder in node.ladders):
            raise CannotLowerError(f"{node.target} is given as a whole, and its grade rests on a fact")
        if not self.settled:
            raise CannotLowerError(f"{node.target} is given as a whole, and the method was not proved to be sound")
        by_name = {ladder.name: ladder for ladder in ladders}
        low = self._climb(by_name.get("must", ladders[0]), best=False)
        high = self._climb(by_name.get("may", ladders[0]), best=True)
        span = (0, len(own) - 1)
        state = None if self.leave_out else span
        place = self._add(Source(node.target, own, True, (low, high), state, span, self.leave_out and self.states))
        self.places[node.target, False] = place

    def _climb(self, ladder: LadderPlan, *, best: bool) -> int:
        """The grade where nothing is known, at worst or at best."""
        ranks = [len(source.scale) - 1 if best else 0 for source in self.sources]
        state = tuple(0 if amount.known and not best else amount.value(ranks) for amount in self.sums.amounts)
        return height(ladder.rungs, state, {})

    def _place(self, item: Input) -> int:
        statement, _, part = item.id.partition("/")
        if part and statement in self.wholes and self.inside != statement and self.leave_out and self.states:
            raise CannotLowerError(f"what is inside {statement} is left out in some rows, with the whole of it")
        return self.places[item.id, item.given]

    # -- ladders and conditions -----------------------------------------------------------------------

    def _ladder(self, ladder: Ladder) -> LadderPlan:
        rungs = tuple(self.sums.test(rung.when) for rung in ladder.rungs)
        nested = self.settled or all(
            isinstance(lower, Reaches)
            and isinstance(upper, Reaches)
            and lower.index == upper.index
            and lower.least <= upper.least
            for lower, upper in pairwise(rungs)
        )
        return LadderPlan(ladder.name, rungs, nested)

    def _headline(self, rule: Measure) -> Headline | None:
        if rule.kind not in ("percentage", "share", "answered"):
            return None
        part, whole, _ = self.sums.measured(rule)
        node = next(node for node in self.fitted.nodes if node.target == "overall")
        rules = [rule, *(m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when))]
        inputs = tuple(dict.fromkeys(self._place(item) for rule in rules for item in rule.inputs))
        return Headline(part, whole, inputs, rule.rounding)
