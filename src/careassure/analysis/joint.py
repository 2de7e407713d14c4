"""How two methods come out together, counted over every combination of complete scores without going through them.

Scores are added up one after the other, and what the rules cannot tell apart is counted together. A theme is graded as
soon as its scores are in, and forgotten but for its grade. Two methods of one sum each, over nine scores of 1 to 4:

    after one score     1 2 3 4             four states, one way each
    after nine          9 to 36             28 states for 262,144 combinations

Beside the count each state keeps the plainest combination that leads to it: all scores alike but for the fewest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from attrs import field, frozen

from careassure.methods.fit import fit
from careassure.methods.formulas import Budget
from careassure.methods.lowering import lower_method
from careassure.methods.method import Method
from careassure.methods.plan import Every, FactPlan, MethodPlan, NodePlan, Opposite, Reaches, Some, Test
from careassure.model.framework import Framework
from careassure.model.showing import short_repr

MOST_STEPS = 600_000
"""So many steps are taken to count how two methods come out; beyond that nothing is said. Some six seconds."""

Result = tuple[int, ...]
"""What a method gives a place: the ranks of the lowest and the highest grade and of the suggested one, -1 for none; of
a notice, whether it certainly holds and whether it may."""

State = tuple[int, ...]
_States = dict[tuple[State, tuple[Result, Result]], tuple[int, ...]]
"""For each state with what was graded so far: how many ways lead to it, and the plainest for each usual rank."""


@frozen
class Plain:
    """The plainest combination of scores that leads somewhere: most scores have one rank, and the fewest another.

    Args:
        others: How many have another rank.
        usual: The rank that most have.
        ranks: The rank of every score, in order.
    """

    others: int
    usual: int
    ranks: tuple[int, ...]

    __repr__ = short_repr


@frozen
class Joint:
    """How two methods come out together at one place.

    Args:
        counts: For each pair of results, how many combinations of scores and facts give it.
        plainest: For each pair, the plainest scores that give it, and the facts that go with them.
        total: How many combinations there are.
    """

    counts: Mapping[tuple[Result, Result], int]
    plainest: Mapping[tuple[Result, Result], tuple[Plain, Mapping[str, bool]]]
    total: int

    __repr__ = short_repr


class Sides:
    """Two methods on one framework, lowered, as far as a place needs them.

    Args:
        methods: The methods.
        framework: What they score.

    Raises:
        InvalidMethodError: A method does not fit the framework.
        CannotLowerError: A weight is negative.
    """

    def __init__(self, methods: tuple[Method, Method], framework: Framework) -> None:
        self.methods = methods
        self.framework = framework
        one, other = (lower_method(fit(method, framework), states=False) for method in methods)
        self.plans = (one, other)

    def node(self, side: int, target: str) -> NodePlan | None:
        """What a method grades there; None where it grades nothing."""
        return next((node for node in self.plans[side].nodes if node.target == target), None)

    def joint(self, target: str, budget: Budget) -> Joint:
        """How both grade a place.

        Raises:
            TooManyError: It takes more steps than there are left.
        """
        tests = [_Wanted(plan, [target], None) for plan in self.plans]
        return self._counted((tests[0], tests[1]), budget)

    def joint_flag(self, flag: str, budget: Budget) -> Joint:
        """How both give a notice; a method without it never gives it.

        Raises:
            TooManyError: It takes more steps than there are left.
        """
        tests = [_Wanted(plan, [], dict(plan.flags).get(flag, Some(()))) for plan in self.plans]
        return self._counted((tests[0], tests[1]), budget)

    def _counted(self, wanted: tuple[_Wanted, _Wanted], budget: Budget) -> Joint:
        names = sorted({name for side in wanted for name in side.facts})
        leaves = self.plans[0].fitted.framework.leaves
        counts: dict[tuple[Result, Result], int] = {}
        plainest: dict[tuple[Result, Result], tuple[Plain, Mapping[str, bool]]] = {}
        for values in product((False, True), repeat=len(names)):
            facts = dict(zip(names, values, strict=True))
            for key, (count, plain) in _Run(self.framework, leaves, wanted, facts, budget).results().items():
                counts[key] = counts.get(key, 0) + count
                if key not in plainest or _order(plain) < _order(plainest[key][0]):
                    plainest[key] = (plain, facts)
        sizes = prod(len(self.framework.scale_of(leaf)) for leaf in leaves)
        return Joint(counts, plainest, sizes * 2 ** len(names))


def _order(plain: Plain) -> tuple[int, int, tuple[int, ...]]:
    return plain.others, plain.usual, plain.ranks


@frozen(eq=False)
class _Wanted:
    """What of a method is worked out: the nodes that a place rests on, in order, or a notice."""

    plan: MethodPlan
    targets: list[str]
    flag: Test | None
    nodes: tuple[NodePlan, ...] = field(init=False)
    facts: frozenset[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        by_source = {node.source: node for node in self.plan.nodes}
        open_ = [node.source for node in self.plan.nodes if node.target in self.targets]
        if self.flag is not None:
            open_ += [place for amount in self.plan.amounts_of([self.flag]) for place, _ in amount.parts]
        needed: set[int] = set()
        while open_:
            place = open_.pop()
            if place in by_source and place not in needed:
                needed.add(place)
                open_ += by_source[place].inputs
        nodes = tuple(node for node in self.plan.nodes if node.source in needed)
        tests = [rung for node in nodes for ladder in node.ladders for rung in ladder.rungs]
        tests += [self.flag] if self.flag is not None else []
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "facts", frozenset(name for test in tests for name in _facts(test)))

    def tests(self, node: NodePlan | None) -> list[Test]:
        """The conditions of a node, or of the notice."""
        if node is None:
            return [self.flag] if self.flag is not None else []
        return [rung for ladder in node.ladders for rung in ladder.rungs]


def _facts(test: Test) -> list[str]:
    match test:
        case FactPlan(name, _, _):
            return [name]
        case Opposite(part):
            return _facts(part)
        case Every(parts) | Some(parts):
            return [name for part in parts for name in _facts(part)]
        case Reaches():
            return []


@frozen
class _Number:
    """A number of the state: a sum, at worst or at best.

    Args:
        leaves: What each rank of each score adds, by the score's place.
        nodes: What each rank of each grade that is worked out adds, by side and source.
        best: Whether grades that are open count as the best they can be.
    """

    leaves: tuple[tuple[int, tuple[int, ...]], ...]
    nodes: tuple[tuple[int, int, tuple[int, ...]], ...]
    best: bool


class _Run:
    """One count, with the facts settled."""

    def __init__(
        self,
        framework: Framework,
        leaves: Sequence[str],
        wanted: tuple[_Wanted, _Wanted],
        facts: Mapping[str, bool],
        budget: Budget,
    ) -> None:
        self.wanted = wanted
        self.facts = facts
        self.budget = budget
        self.sizes = [len(framework.scale_of(leaf)) for leaf in leaves]
        self.place_of = {leaf: place for place, leaf in enumerate(leaves)}
        self.numbers: dict[_Number, int] = {}
        self.known: dict[tuple[int, int, bool], int] = {}
        self.users: dict[int, set[int]] = {}
        self.least: dict[int, set[int]] = {}
        self.steps = [(side, node) for side in (0, 1) for node in (*wanted[side].nodes, None)]
        for step, (side, node) in enumerate(self.steps):
            for test in wanted[side].tests(node):
                self._meet(side, step, test)
        self.last = self._last_leaves()

    def _meet(self, side: int, step: int, test: Test) -> None:
        """Note which numbers a condition looks at, and what it holds them against."""
        match test:
            case Reaches(index, least):
                for best in (False, True):
                    number = self._number(side, index, best=best)
                    self.users.setdefault(number, set()).add(step)
                    self.least.setdefault(number, set()).add(least)
            case Opposite(part):
                self._meet(side, step, part)
            case Every(parts) | Some(parts):
                for part in parts:
                    self._meet(side, step, part)
            case FactPlan():
                pass

    def _number(self, side: int, index: int, *, best: bool) -> int:
        """The place of a number in the state."""
        key = (side, index, best)
        if key not in self.known:
            self.known[key] = self._new_number(side, index, best=best)
        return self.known[key]

    def _new_number(self, side: int, index: int, *, best: bool) -> int:
        plan = self.wanted[side].plan
        parts = plan.amounts[index].parts
        leaves = tuple(
            sorted((self.place_of[plan.sources[place].id], adds) for place, adds in parts if plan.sources[place].given)
        )
        nodes = tuple((side, place, adds) for place, adds in parts if not plan.sources[place].given)
        # A sum of scores alone is the same at worst and at best, and in both methods.
        return self.numbers.setdefault(_Number(leaves, nodes, best and bool(nodes)), len(self.numbers))

    def _last_leaves(self) -> list[int]:
        """For each step, the score after which it can be taken."""
        found: list[int] = []
        known: dict[tuple[int, int], int] = {}
        for step, (side, node) in enumerate(self.steps):
            last = -1
            for number, place in self.numbers.items():
                if step in self.users[place]:
                    last = max([last, *(leaf for leaf, _ in number.leaves)])
                    last = max([last, *(known[s, source] for s, source, _ in number.nodes)])
            if node is not None:
                known[side, node.source] = last
            found.append(last)
        return found

    # -- going through the scores ---------------------------------------------------------------------

    def results(self) -> dict[tuple[Result, Result], tuple[int, Plain]]:
        """For each pair of results how many combinations give it, and the plainest of them."""
        bits = max(size - 1 for size in self.sizes).bit_length()
        width = bits * len(self.sizes)
        bases = range(max(self.sizes))
        start: State = (0,) * len(self.numbers)
        states: _States = {(start, ((), ())): (1, *(0 for _ in bases))}
        states = self._graded(states, -1)
        for leaf, size in enumerate(self.sizes):
            gains = [self._gain(leaf, rank) for rank in range(size)]
            # The plainest scores are kept as one number: how many differ from the usual rank, then the ranks.
            shift = bits * (len(self.sizes) - 1 - leaf)
            more = [[(int(rank != base) << width) + (rank << shift) for base in bases] for rank in range(size)]
            ends = self._ends(leaf)
            self.budget.spend(len(states) * size * (2 + len(start) // 4))
            after: _States = {}
            for (state, found), value in states.items():
                for gain, plainer in zip(gains, more, strict=True):
                    new = tuple(
                        min(max(old + add, low), high) for old, add, (low, high) in zip(state, gain, ends, strict=True)
                    )
                    _put(after, (new, found), (value[0], *map(int.__add__, value[1:], plainer)))
            states = self._graded(after, leaf)

        def plain(codes: Sequence[int]) -> Plain:
            usual = min(bases, key=lambda base: (codes[base] >> width, base))
            others, code = divmod(codes[usual], 1 << width)
            places = range(len(self.sizes))
            return Plain(others, usual, tuple((code >> bits * (len(places) - 1 - at)) % (1 << bits) for at in places))

        return {found: (value[0], plain(value[1:])) for (_, found), value in states.items()}

    def _gain(self, leaf: int, rank: int) -> State:
        return tuple(dict(number.leaves).get(leaf, (0,) * (rank + 1))[rank] for number in self.numbers)

    def _ends(self, leaf: int) -> list[tuple[int, int]]:
        """Between which ends each number still matters: beyond them all that asks for it has its answer."""
        ends: list[tuple[int, int]] = []
        for number, place in self.numbers.items():
            rest = [adds for at, adds in number.leaves if at > leaf]
            rest += [adds for side, source, adds in number.nodes if self._when(side, source) >= leaf]
            least = self.least[place]
            ends.append((min(least) - 1 - sum(map(max, rest)), max(least) - sum(map(min, rest))))
        return ends

    def _when(self, side: int, source: int) -> int:
        return next(
            self.last[step]
            for step, (own, node) in enumerate(self.steps)
            if own == side and node is not None and node.source == source
        )

    # -- grading --------------------------------------------------------------------------------------

    def _graded(self, states: _States, leaf: int) -> _States:
        """The states with every grade worked out that can be after a score, and forgotten what led to it."""
        for step, (side, node) in enumerate(self.steps):
            if self.last[step] != leaf:
                continue
            done = [
                all((self.last[other], other) <= (leaf, step) for other in self.users[place])
                for place in range(len(self.numbers))
            ]
            after: _States = {}
            for (state, found), value in states.items():
                low, high, suggested = self._results(side, node, state)
                new = list(state)
                if node is not None:
                    for number, place in self.numbers.items():
                        for own, source, adds in number.nodes:
                            if (own, source) == (side, node.source):
                                new[place] += adds[high if number.best else low]
                kept = tuple(0 if gone else old for old, gone in zip(new, done, strict=True))
                told = found
                if self._is_asked(side, node):
                    result = (low, high, suggested) if node is not None else (low, high)
                    told = (result, found[1]) if side == 0 else (found[0], result)
                _put(after, (kept, told), value)
            states = after
        return states

    def _is_asked(self, side: int, node: NodePlan | None) -> bool:
        wanted = self.wanted[side]
        return wanted.flag is not None if node is None else node.target in wanted.targets and wanted.flag is None

    def _results(self, side: int, node: NodePlan | None, state: State) -> tuple[int, int, int]:
        if node is None:
            flag = self.wanted[side].flag
            low, high = (False, False) if flag is None else self._holds(side, flag, state)
            return int(low), int(high), -1
        heights = {
            ladder.name: [_height([self._holds(side, rung, state)[end] for rung in ladder.rungs]) for end in (0, 1)]
            for ladder in node.ladders
        }
        first = next(iter(heights.values()))
        least, most = heights.get("must", first)[0], heights.get("may", first)[1]
        suggested = heights.get("suggest", [0, 1])
        return least, most, min(max(suggested[0], least), most) if suggested[0] == suggested[1] else -1

    def _holds(self, side: int, test: Test, state: State) -> tuple[bool, bool]:
        """Whether a condition holds at worst and at best."""
        match test:
            case Reaches(index, least):
                low, high = (state[self._number(side, index, best=best)] for best in (False, True))
                return low >= least, high >= least
            case Opposite(part):
                low_, high_ = self._holds(side, part, state)
                return not high_, not low_
            case Every(parts):
                both = [self._holds(side, part, state) for part in parts]
                return all(low for low, _ in both), all(high for _, high in both)
            case Some(parts):
                both = [self._holds(side, part, state) for part in parts]
                return any(low for low, _ in both), any(high for _, high in both)
            case FactPlan(name, value, _):
                holds = self.facts[name] is value
                return holds, holds


def _put(states: _States, key: tuple[State, tuple[Result, Result]], value: tuple[int, ...]) -> None:
    """Count ways to a state together, and keep the plainest of them."""
    old = states.get(key)
    states[key] = value if old is None else (old[0] + value[0], *map(min, old[1:], value[1:]))


def _height(held: Sequence[bool]) -> int:
    return next((rank for rank, holds in enumerate(held) if not holds), len(held))
