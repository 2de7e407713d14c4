"""All the ways in which the inputs of some conditions can come about together, counted and not gone through.

Inputs that rest on the same scores or facts, as a theme and a statement in it may, are followed up from these
scores: score by score, and from each place to the next, with everything merged that looks the same from above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import prod

from attrs import frozen

from careassure.methods.conditions import Condition, FactIs, facts_in
from careassure.methods.counted import NOTHING, Counted, Options, merged, options_of
from careassure.methods.fit import Fitted, Key
from careassure.methods.formulas import FALSE, TRUE, Budget, Formula, Formulas
from careassure.methods.method import Method, Node
from careassure.methods.sight import Packed, Sight
from careassure.methods.states import LEFT_OUT, UNANSWERED

Answers = Mapping[Formula, Formula]
"""What some questions about facts come to."""


@frozen(eq=False)
class World:
    """What there is to go through, where it is not everything.

    Args:
        scores: What a score can be, from the worst to the best: `UNANSWERED`, ranks, or `LEFT_OUT` alone.
        grades: What the grade of a place can be, likewise.
        whole: What the grade of a statement can be that is given as a whole; None where it is worked out.
        is_absent: Whether nothing in a place carries a grade.
        fact: Whether a fact is so, by its name and its default.
    """

    scores: Callable[[str], Sequence[int]]
    grades: Callable[[str], Sequence[int]]
    whole: Callable[[str], Sequence[int] | None]
    is_absent: Callable[[str], bool]
    fact: Callable[[FactIs], bool]


@frozen(eq=False)
class Block:
    """Inputs that rest on the same scores or facts.

    Args:
        inputs: The inputs.
        nodes: What the places below them see, each after those below it; empty where the block is one input that
            can be anything.
        statements: The scores on which it rests, by statement; empty likewise.
    """

    inputs: tuple[Key, ...]
    nodes: Mapping[str, Sight]
    statements: Mapping[str, Sequence[str]]


class Ways:
    """The ways in which the inputs of some conditions come about.

    Args:
        fitted: The method on its framework.
        groups: The conditions, such as those of each ladder.
        partly: Whether scores may be left out.
        budget: How much may be gone through.
        world: What there is to go through; everything where it is None.
        apart: Whether to take every input as if nothing linked it to others, which may add ways.
        ranks: The ranks that a place below can have at all, and those of them that complete scores can give; None
            where the latter is not known.
    """

    def __init__(
        self,
        fitted: Fitted,
        groups: Sequence[Sequence[Condition]],
        *,
        partly: bool,
        budget: Budget,
        world: World | None = None,
        apart: bool = False,
        ranks: Callable[[str], tuple[frozenset[int], frozenset[int] | None]] | None = None,
    ) -> None:
        self.fitted = fitted
        self.partly = partly
        self.budget = budget
        self.world = world
        self.apart = apart
        self.ranks = ranks
        self.exact = not apart
        self.formulas = Formulas(unsure_facts(fitted.method), world.fact if world is not None else None)
        self.top = Sight(fitted, self.formulas, groups, partly=partly)
        self.names: dict[str, int] = {}
        self._order = {target: number for number, target in enumerate(fitted.graded)}
        self._facts: dict[str, frozenset[str]] = {}
        own = frozenset(fact.name for group in groups for condition in group for fact in facts_in(condition))
        self.blocks = self._blocks(own)
        self.questions = self._questions()

    @property
    def looks_twice(self) -> bool:
        """Whether some inputs rest on the same scores or facts, or on a statement that may be given as a whole."""
        return any(block.nodes or len(block.inputs) > 1 for block in self.blocks)

    @property
    def combinations(self) -> int:
        """How many combinations of scores, or of grades below, there are."""
        return prod(
            len(self.fitted.scale_of(leaf, given=True))
            for block in self.blocks
            for leaves in block.statements.values()
            for leaf in leaves
        ) * prod(len(self.top.scales[block.inputs[0]]) for block in self.blocks if not block.statements)

    # -- blocks ---------------------------------------------------------------------------------------

    def _facts_under(self, key: Key) -> frozenset[str]:
        """The facts on which an input rests."""
        name, given = key
        if given:
            return frozenset()
        if name not in self._facts:
            own = {
                f.name for lad in self.fitted.graded[name].ladders for rung in lad.rungs for f in facts_in(rung.when)
            }
            self._facts[name] = frozenset(own.union(*map(self._facts_under, self.fitted.inputs_of(name))))
        return self._facts[name]

    def _blocks(self, own: frozenset[str]) -> list[Block]:
        if self.apart:
            return [Block((key,), {}, {}) for key in self.top.inputs]
        home: dict[str, int] = {}
        members: dict[int, list[Key]] = {}
        for number, key in enumerate(self.top.inputs):
            joined = sorted({home[leaf] for leaf in self.fitted.leaves_under(key) if leaf in home})
            members[number] = [*(other for one in joined for other in members.pop(one)), key]
            for member in members[number] if joined else [key]:
                home |= dict.fromkeys(self.fitted.leaves_under(member), number)
        facts = {number: frozenset().union(*map(self._facts_under, keys)) for number, keys in members.items()}
        told = Counter(name for names in (own, *facts.values()) for name in names)
        free = self.world is None
        return [
            Block(tuple(keys), {}, {})
            if free and len(keys) == 1 and all(told[name] == 1 for name in facts[number])
            else self._linked(keys)
            for number, keys in members.items()
        ]

    def _linked(self, keys: list[Key]) -> Block:
        places: dict[str, None] = {}
        for key in keys:
            places |= self._places(key)
        nodes: dict[str, Sight] = {}
        bits = self.top.bits  # of one block at a time
        for target in sorted(places, key=self._order.__getitem__):
            rungs = groups_of(self.fitted.graded[target])
            nodes[target] = Sight(self.fitted, self.formulas, rungs, partly=self.partly, before=bits)
            bits = nodes[target].bits
        # A statement whose grade rests on facts alone has no scores and is worked out all the same.
        statements: dict[str, list[str]] = {target: [] for target in nodes if target in self.fitted.statements}
        for leaf in dict.fromkeys(leaf for key in keys for leaf in self.fitted.leaves_under(key)):
            statements.setdefault(leaf.partition("/")[0], []).append(leaf)
        return Block(tuple(keys), nodes, statements)

    def _places(self, key: Key) -> dict[str, None]:
        """The places that are worked out for an input, itself among them."""
        name, given = key
        if given:
            return {}
        found: dict[str, None] = {name: None}
        for inner in self.fitted.inputs_of(name):
            found |= self._places(inner)
        return found

    def _questions(self) -> tuple[Formula, ...]:
        """What has to be known of the facts on which more than one place hangs, as few questions as can be."""
        sights = [self.top, *(sight for block in self.blocks for sight in block.nodes.values())]
        asked: dict[Formula, None] = {}
        names: list[set[str]] = []
        for sight in sights:
            found = [one for group in sight.groups for formula in group for one in self.formulas.questions(formula)]
            asked |= dict.fromkeys(found)
            names.append({name for one in found for name in self.formulas.facts(one)})
        told = Counter(name for one in names for name in one)
        shared = {name for name, times in told.items() if times > 1}
        chosen: dict[Formula, None] = {}
        grows = bool(shared)
        while grows:  # what hangs on a fact of a question is asked together with it
            found = [one for one in asked if one not in chosen and shared.intersection(self.formulas.facts(one))]
            chosen |= dict.fromkeys(found)
            shared.update(name for one in found for name in self.formulas.facts(one))
            grows = bool(found)
        return tuple(chosen)

    # -- going through --------------------------------------------------------------------------------

    def through(self) -> Iterator[tuple[int, tuple[tuple[Formula, ...], ...], Counted]]:
        """For each way in which the shared facts can matter: their settings, the conditions then, and the states.

        Raises:
            TooManyError: There are too many.
        """
        settings = self.formulas.settings(self.questions, self.budget)
        same: dict[int, Options] = {}
        for values, count in settings.items():
            answers = dict(zip(self.questions, values, strict=True))
            states = NOTHING
            for number, block in enumerate(self.blocks):
                steady = not any(self._asks(sight) for sight in block.nodes.values())
                if number not in same or not steady:
                    same[number] = self._block(block, answers)
                states = merged(states, same[number], self.budget)
            yield count, self.answered(self.top, answers), states

    def _asks(self, sight: Sight) -> bool:
        return bool(self.questions) and any(self.formulas.facts(f) for group in sight.groups for f in group)

    def answered(self, sight: Sight, answers: Answers) -> tuple[tuple[Formula, ...], ...]:
        """Conditions when some questions about facts are answered."""
        if not answers:
            return sight.groups
        return tuple(tuple(self.formulas.replaced(f, answers) for f in group) for group in sight.groups)

    def _bit(self, name: str) -> int:
        return 1 << self.names.setdefault(name, len(self.names))

    def named(self, bits: int) -> list[str]:
        """The names of what is left out."""
        return [name for name, number in self.names.items() if bits >> number & 1]

    def _block(self, block: Block, answers: Answers) -> Options:
        if not block.nodes and len(block.inputs) == 1:
            return self._alone(block.inputs[0])
        sights = [self.top, *block.nodes.values()]
        rules = {target: self.answered(sight, answers) for target, sight in block.nodes.items()}
        replies = frozenset().union(*(sight.replies for sight in sights))
        statements = list(block.statements)
        themes = [target for target in block.nodes if target not in self.fitted.statements]
        states = NOTHING
        for statement in statements:
            inside = NOTHING
            for leaf in block.statements[statement]:
                adds = self._score(leaf, leaf in replies)
                seen = [(self._added(sights, (leaf, True), option), ways, left) for option, ways, left in adds]
                inside = merged(inside, seen, self.budget)
            if statement in block.nodes:
                inside = self._given_or_found(statement, block, sights, rules[statement], inside)
            states = merged(states, options_of(inside), self.budget)
        for theme in themes:
            states = self._found(theme, block.nodes[theme], sights, rules[theme], states)
        return options_of(states)

    def _added(self, sights: Iterable[Sight], key: Key, option: int) -> Packed:
        return sum(sight.adds(key, option) for sight in sights if key in sight.scales)

    def _alone(self, key: Key) -> Options:
        """An input that nothing links to others can be anything on its scale."""
        name, given = key
        if given:
            found = self._score(name, name in self.top.replies)
            return [(self.top.adds(key, option), ways, left) for option, ways, left in found]
        ranks, reached = frozenset(range(len(self.top.scales[key]))), None
        if self.ranks is not None and not self.apart:
            ranks, reached = self.ranks(name)
        self.exact = self.exact and reached is not None
        options = [(self.top.adds(key, rank), int(reached is None or rank in reached), 0) for rank in sorted(ranks)]
        return [*options, *([(self.top.adds(key, LEFT_OUT), 0, self._bit(name))] if self.partly else [])]

    def _score(self, leaf: str, replies: bool) -> list[tuple[int, int, int]]:
        """What a score can be, with the number of ways of complete scores and what is left out."""
        if self.world is not None:
            options = self.world.scores(leaf)
            needless = not replies and len(options) > 1  # then a score that never comes is as good as the lowest
            return [(option, 1, 0) for option in options if option != UNANSWERED or not needless]
        found = [(rank, 1, 0) for rank in range(len(self.fitted.scale_of(leaf, given=True)))]
        return [
            *found,
            *([(UNANSWERED, 0, 0)] if replies else []),
            *([(LEFT_OUT, 0, self._bit(leaf))] if self.partly else []),
        ]

    # -- places below ---------------------------------------------------------------------------------

    def _found(
        self,
        target: str,
        sight: Sight,
        sights: Sequence[Sight],
        rules: Sequence[Sequence[Formula]],
        states: Counted,
    ) -> Counted:
        """The states when a place is worked out: what it saw is forgotten, and what it comes to is added."""
        memo: dict[Packed, list[tuple[Packed, int]]] = {}
        after: Counted = {}
        for state, (count, left) in states.items():
            own = state & sight.field
            if own not in memo:
                found = self._ranks(target, sight, rules, own)
                memo[own] = [(self._added(sights, (target, False), rank), ways) for rank, ways in found.items()]
            self.budget.spend(len(memo[own]))
            for adds, ways in memo[own]:
                new = (state ^ own) + adds
                before = after.get(new, (0, left))
                fewer = left if left.bit_count() < before[1].bit_count() else before[1]
                after[new] = (before[0] + count * ways, fewer)
        return after

    def _ranks(self, target: str, sight: Sight, rules: Sequence[Sequence[Formula]], own: Packed) -> dict[int, int]:
        """The ranks that rules, facts and judgement can give to a place, with the number of ways."""
        found: Counter[int] = Counter()
        if sight.is_empty(own):
            if self.world.is_absent(target) if self.world is not None else not self.fitted.is_hollow(target):
                return {LEFT_OUT: 1}
            if self.world is None:  # its headline alone would tell whether it is left out as well
                found.update([LEFT_OUT])
                self.exact = self.exact and not self.partly
        names = [ladder.name for ladder in self.fitted.graded[target].ladders]
        low = names.index("must") if "must" in names else 0
        high = names.index("may") if "may" in names else 0
        for held, ways in held_in(self.formulas, rules, sight.truths(own), self.budget).items():
            first, last = height(held[low]), height(held[high])
            for rank in range(first, max(first, last) + 1):
                found[rank] += ways
        return found

    def _given_or_found(
        self,
        statement: str,
        block: Block,
        sights: Sequence[Sight],
        rules: Sequence[Sequence[Formula]],
        inside: Counted,
    ) -> Counted:
        """A statement worked out from its parts, or given as a whole: then these are open, at worst or at best."""
        sight = block.nodes[statement]
        whole = self.world.whole(statement) if self.world is not None else None
        found = NOTHING if whole is not None else self._found(statement, sight, sights, rules, inside)
        others = [other for other in sights if other is not sight]
        if whole is not None:
            # Nothing is known inside it, so all its parts are open to the full.
            found = {}
            for state, (count, left) in inside.items():
                for rank in whole:
                    found[(state & ~sight.field) + self._added(others, (statement, False), rank)] = (count, left)
            return found
        scale = self.fitted.scale_of(statement, given=False)
        if self.world is None and self.fitted.can_be_whole(statement):
            leaves = block.statements[statement]
            tops = {leaf: len(self.fitted.scale_of(leaf, given=True)) - 1 for leaf in leaves}
            ranks = [*range(len(scale)), *([LEFT_OUT] if self.partly else [])]
            for rank in ranks:
                grade = self._added(others, (statement, False), rank)
                left = self._bit(statement) if rank == LEFT_OUT else 0
                for best in (False, True):
                    ends = {leaf: LEFT_OUT if left else tops[leaf] if best else UNANSWERED for leaf in leaves}
                    inner = sum(self._added(others, (leaf, True), end) for leaf, end in ends.items())
                    found.setdefault(grade + inner, (0, left))
        return found


def held_in(
    formulas: Formulas, rules: Sequence[Sequence[Formula]], truths: int, budget: Budget
) -> dict[tuple[tuple[Formula, ...], ...], int]:
    """Every way in which the conditions of some ladders can come out when the comparisons are known."""
    flat = [rule for ladder in rules for rule in ladder]
    budget.spend(len(flat))
    left = formulas.worked_out(flat, truths)
    ways = {left: 1} if all(one in (FALSE, TRUE) for one in left) else formulas.settings(left, budget)
    spare = 2 ** (len(formulas.all_facts(flat)) - len(formulas.all_facts(left)))  # facts that matter no more
    bounds = [0]
    for ladder in rules:
        bounds.append(bounds[-1] + len(ladder))
    return {tuple(way[start:end] for start, end in pairwise(bounds)): count * spare for way, count in ways.items()}


def height(held: Sequence[Formula]) -> int:
    """The number of rungs up to the first that does not hold."""
    return held.index(FALSE) if FALSE in held else len(held)


def groups_of(node: Node) -> list[list[Condition]]:
    """The conditions of each ladder of a node."""
    return [[rung.when for rung in ladder.rungs] for ladder in node.ladders]


def unsure_facts(method: Method) -> frozenset[str]:
    """The facts that are taken to be so in one place and not so in another where an assessment says nothing."""
    defaults: dict[str, set[bool]] = {}
    for _, condition in method.conditions():
        for fact in facts_in(condition):
            defaults.setdefault(fact.name, set()).add(fact.default)
    return frozenset(name for name, found in defaults.items() if len(found) > 1)
