"""How likely each grade of each place is, where scores are uncertain: exact, by adding up, not by trying.

Scores vary independently of each other. What a method sees of them are sums, so it is enough to carry along how
often each value of its sums comes about. Two scores that are 2 with weight 8 and 1 or 3 with weight 1 each, added up:

    sum      2    3    4    5    6
    weight   1   16   66   16    1      of 100

Nine scores are 19,683 combinations and 19 sums. All numbers are whole; a probability is a weight divided by the weight
of everything. A place that rests on others meets their grades. Where two inputs of a place rest on the same score they
are not independent of each other, so the scores beneath them are added up together.

The same way back gives what is expected where one score is known, all scores at once: what an end is worth is handed
back through the sums, as a derivative is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial

from attrs import frozen

from careassure.analysis.standing import Ends, Standing
from careassure.errors import CareAssureError
from careassure.methods.plan import NodePlan
from careassure.model.showing import short_repr

MOST_STEPS = 3_000_000
"""So many steps are taken to work probabilities out, which is some seconds."""

Weighed = Mapping[Ends, int]
"""How often a score, or a grade that is worked out, has these ranks."""
Vector = tuple[int, ...]
"""What something adds to each sum of a chain."""


class TooMuchError(CareAssureError):
    """There is too much to go through; the message says how much is gone through at most."""


class Steps:
    """So many steps may be taken, and no more.

    Args:
        what: What takes the steps, for the message.
        most: How many.
    """

    def __init__(self, what: str, most: int) -> None:
        self.what = what
        self.most = most
        self.left = most

    def take(self, steps: int) -> None:
        """Take some.

        Raises:
            TooMuchError: They are used up.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuchError(
                f"{self.what} takes more than {self.most:,} steps", hint="Make more scores certain, or known"
            )


@frozen(eq=False)
class Chain:
    """Inputs that are added up one by one. Vectors of sums are packed into one whole number each.

    Args:
        inputs: For each input, what each of its values adds, with how often that is.
        shifts: Where each sum stands in the packed number, in bits.
        offsets: What each sum is where the packed one is 0.
        steps: How many steps may be taken.
    """

    inputs: tuple[tuple[tuple[Ends, int, int], ...], ...]
    shifts: tuple[int, ...]
    offsets: tuple[int, ...]
    steps: Steps

    __repr__ = short_repr

    @classmethod
    def of(cls, inputs: Iterable[tuple[Weighed, Callable[[Ends], Vector]]], width: int, steps: Steps) -> Chain:
        """A chain of inputs, each as its values and what each of them adds."""
        vectors = [[(ends, weight, adds(ends)) for ends, weight in values.items()] for values, adds in inputs]
        lows = [[min(vector[at] for _, _, vector in one) for at in range(width)] for one in vectors]
        highs = [[max(vector[at] for _, _, vector in one) for at in range(width)] for one in vectors]
        shifts = [0]
        for at in range(width):
            shifts.append(shifts[-1] + sum(h[at] - low[at] for h, low in zip(highs, lows, strict=True)).bit_length())
        packed = tuple(
            tuple(
                (ends, sum((vector[at] - low[at]) << shifts[at] for at in range(width)), weight)
                for ends, weight, vector in one
            )
            for one, low in zip(vectors, lows, strict=True)
        )
        return cls(packed, tuple(shifts), tuple(sum(low[at] for low in lows) for at in range(width)), steps)

    @cached_property
    def layers(self) -> list[dict[int, int]]:
        """How often each packed sum comes about, before the first input and after each."""
        found: list[dict[int, int]] = [{0: 1}]
        for options in self.inputs:
            merged: dict[int, int] = {}
            for _, gain, weight in options:
                merged[gain] = merged.get(gain, 0) + weight
            self.steps.take(len(found[-1]) * len(merged))
            after: dict[int, int] = {}
            for state, times in found[-1].items():
                for gain, weight in merged.items():
                    new = state + gain
                    after[new] = after.get(new, 0) + times * weight
            found.append(after)
        return found

    def vector(self, packed: int) -> list[int]:
        """The sums of a packed number."""
        pairs = zip(self.shifts, self.shifts[1:], strict=False)
        return [
            ((packed >> start) & ((1 << (end - start)) - 1)) + offset
            for (start, end), offset in zip(pairs, self.offsets, strict=True)
        ]

    def worths(self, ends: Mapping[int, int]) -> list[dict[Ends, int]]:
        """What each value of each input is worth, from what each sum at the end is worth.

        It is the worth of the ends that it leads to, each as often as the other inputs give it.
        """
        found: list[dict[Ends, int]] = []
        after = ends
        for options, states in zip(reversed(self.inputs), reversed(self.layers[:-1]), strict=True):
            self.steps.take(2 * len(states) * len(options))
            found.append({
                value: sum(times * after[state + gain] for state, times in states.items()) for value, gain, _ in options
            })  # fmt: skip
            after = {state: sum(weight * after[state + gain] for _, gain, weight in options) for state in states}
        return found[::-1]


@frozen
class Block:
    """Inputs of a place that rest on the same scores.

    Args:
        inputs: Their places in the plan.
        scores: The places of the scores beneath them that are added up together; empty for a single input.
        beneath: The places of the grades beneath them, or among them, each after what it rests on.
    """

    inputs: tuple[int, ...]
    scores: tuple[int, ...]
    beneath: tuple[int, ...]

    __repr__ = short_repr


@frozen(eq=False)
class Together:
    """Scores that are added up together, beneath inputs that hang together.

    Args:
        chain: The scores, added up.
        adds: What the inputs add to the sums of their place, by the packed sums at the end of the chain.
    """

    chain: Chain
    adds: dict[int, Vector]

    __repr__ = short_repr

    @cached_property
    def numbers(self) -> dict[Vector, int]:
        """A number for each thing that the inputs can add."""
        return {vector: number for number, vector in enumerate(dict.fromkeys(self.adds.values()))}

    def ends(self) -> list[tuple[int, int]]:
        """Pairs of the packed sums at an end of the chain and the number of what the inputs then add."""
        return [(packed, self.numbers[vector]) for packed, vector in self.adds.items()]

    def weighed(self) -> Weighed:
        """How often the inputs add what, by its number."""
        found: dict[Ends, int] = {}
        for packed, number in self.ends():
            found[number, number] = found.get((number, number), 0) + self.chain.layers[-1][packed]
        return found

    def vector(self, number: Ends) -> Vector:
        """What the inputs add, by its number."""
        return next(vector for vector, found in self.numbers.items() if found == number[0])


class Spread:
    """The probabilities of every place of a method, for one assessment.

    Args:
        standing: The assessment on the method's plan.
        scores: How often each score that is uncertain has which ranks, by its place in the plan.
        steps: How many steps may be taken.
    """

    def __init__(self, standing: Standing, scores: Mapping[int, Weighed], steps: int = MOST_STEPS) -> None:
        self.standing = standing
        self.scores = scores
        self.steps = Steps("Working the probabilities out", steps)
        self._rests: dict[int, frozenset[int]] = {}
        self._grades: dict[int, dict[Ends, int]] = {}
        self._chains: dict[int, tuple[Chain, list[tuple[Block, Together | None]]]] = {}

    # -- what rests on what -----------------------------------------------------------------------------

    def rests(self, place: int) -> frozenset[int]:
        """The uncertain scores that a place rests on."""
        if place not in self._rests:
            if place in self.standing.nodes:
                below = self.standing.resting_on[place]
                self._rests[place] = frozenset().union(*(self.rests(one) for one in below))
            else:
                self._rests[place] = frozenset({place} if len(self.scores.get(place, ())) > 1 else ())
        return self._rests[place]

    def _blocks(self, place: int) -> list[Block]:
        groups: list[tuple[list[int], frozenset[int]]] = []
        for one in self.standing.resting_on[place]:
            rests = self.rests(one)
            joined = [group for group in groups if group[1] & rests]
            groups = [group for group in groups if not group[1] & rests]
            members = [member for group in joined for member in group[0]]
            groups.append(([*members, one], rests.union(*(group[1] for group in joined))))
        return [self._block(tuple(sorted(members))) for members, _ in groups]

    def _block(self, inputs: tuple[int, ...]) -> Block:
        if len(inputs) == 1:
            return Block(inputs, (), ())
        beneath: set[int] = set()
        scores: set[int] = set()
        open_ = list(inputs)
        while open_:
            one = open_.pop()
            if one not in self.standing.nodes:
                scores.add(one)
            elif one not in beneath:
                beneath.add(one)
                open_ += self.standing.resting_on[one]
        return Block(inputs, tuple(sorted(scores)), tuple(node for node in self.standing.nodes if node in beneath))

    # -- adding up ----------------------------------------------------------------------------------------

    def weighed(self, place: int) -> Weighed:
        """How often a source of the plan has which ranks."""
        if place in self.standing.nodes:
            return self.grades(place)
        ends = self.standing.ends[place]
        found = self.scores.get(place)
        return found if found is not None else {ends: 1} if ends is not None else {}

    def grades(self, place: int) -> dict[Ends, int]:
        """How often a place has which grades."""
        if place not in self._grades:
            node = self.standing.nodes[place]
            chain = self._chain(place)[0]
            found: dict[Ends, int] = {}
            for packed, times in chain.layers[-1].items():
                ends = self._ends(node, chain.vector(packed))
                found[ends] = found.get(ends, 0) + times
            self._grades[place] = found
        return self._grades[place]

    def _ends(self, node: NodePlan, sums: Sequence[int]) -> Ends:
        """The grades of a place by the sums that it looks at: those at worst, then those at best."""
        indices = self.standing.looked_at[node.source]
        low = [0] * len(self.standing.plan.amounts)
        high = low.copy()
        for at, index in enumerate(indices):
            low[index], high[index] = sums[at], sums[at + len(indices)]
        return self.standing.grade(node, low, high)

    def _adds(self, indices: Sequence[int], source: int, ends: Ends) -> Vector:
        pairs = [self.standing.adds(index, source, ends) for index in indices]
        return (*(low for low, _ in pairs), *(high for _, high in pairs))

    def _chain(self, place: int) -> tuple[Chain, list[tuple[Block, Together | None]]]:
        if place not in self._chains:
            indices = self.standing.looked_at[place]
            blocks = [
                (block, self._together(place, block) if len(block.inputs) > 1 else None)
                for block in self._blocks(place)
            ]
            inputs = [
                (together.weighed(), together.vector) if together is not None
                else (self.weighed(block.inputs[0]), partial(self._adds, indices, block.inputs[0]))
                for block, together in blocks
            ]  # fmt: skip
            self._chains[place] = Chain.of(inputs, 2 * len(indices), self.steps), blocks
        return self._chains[place]

    def _together(self, place: int, block: Block) -> Together:
        """The scores beneath inputs that hang together, and what the inputs add to the sums of the place at each end.

        The sums of every place between are carried along with those of the place itself.
        """
        standing = self.standing
        own = standing.looked_at[place]
        homes = (place, *block.beneath)
        sizes = [2 * len(standing.looked_at[home]) for home in homes]

        def adds(score: int) -> Callable[[Ends], Vector]:
            def adding(ends: Ends) -> Vector:
                mine = self._adds(own, score, ends) if score in block.inputs else (0,) * sizes[0]
                below = (self._adds(standing.looked_at[home], score, ends) for home in block.beneath)
                return (*mine, *(item for vector in below for item in vector))

            return adding

        chain = Chain.of([(self.weighed(one), adds(one)) for one in block.scores], sum(sizes), self.steps)
        found: dict[int, Vector] = {}
        for packed in chain.layers[-1]:
            sums = chain.vector(packed)
            starts = [sum(sizes[:at]) for at in range(len(homes))]
            vectors = {home: sums[start : start + size] for home, start, size in zip(homes, starts, sizes, strict=True)}
            for home in block.beneath:
                ends = self._ends(standing.nodes[home], vectors[home])
                for above in (*block.beneath, *([place] if home in block.inputs else [])):
                    more = self._adds(standing.looked_at[above], home, ends)
                    vectors[above] = [old + new for old, new in zip(vectors[above], more, strict=True)]
            found[packed] = tuple(vectors[place])
        return Together(chain, found)

    # -- the way back -------------------------------------------------------------------------------------

    def expected(self, place: int, worth: Callable[[Ends], int]) -> dict[int, dict[Ends, int]]:
        """What is expected of a place where one score is known, for each uncertain score and each of its values.

        Args:
            place: The place.
            worth: What its grades are worth.

        Returns:
            By score and value, the worth of each way to have all others, added up.
        """
        found: dict[int, dict[Ends, int]] = {}
        self._hand_back(place, {ends: worth(ends) for ends in self.grades(place)}, found)
        return found

    def _hand_back(self, place: int, worth: Mapping[Ends, int], found: dict[int, dict[Ends, int]]) -> None:
        chain, blocks = self._chain(place)
        node = self.standing.nodes[place]
        ends = {packed: worth[self._ends(node, chain.vector(packed))] for packed in chain.layers[-1]}
        for (block, together), worths in zip(blocks, chain.worths(ends), strict=True):
            one = block.inputs[0]
            if together is not None:
                inside = {packed: worths[number, number] for packed, number in together.ends()}
                below = zip(block.scores, together.chain.worths(inside), strict=True)
                found.update((score, values) for score, values in below if self.rests(score))
            elif one in self.standing.nodes and self.rests(one):
                self._hand_back(one, worths, found)
            elif self.rests(one):
                found[one] = worths
