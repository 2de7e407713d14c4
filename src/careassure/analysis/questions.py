"""Which score settles a rating soonest: every order of asking, gone through by what the method sees of the answers.

Each blank has one of the grades of its scale as its answer. A rating is settled when no answer to what is still blank
can change it. Two blanks that every sum counts alike are one as good as the other, and two sets of answers that add up
to the same sums leave the same questions. So this is gone through and not the answers one by one:

    what the answers so far add to each sum    how many blanks of each kind are left

Nine blanks of four grades have 1,953,125 partial answers, and 145 of these. Where a place rests on others, two of these
are one as well if nothing that can still change tells them apart: a theme whose grade is settled needs no questions.

The most that may have to be asked is the fewest over all statements that can be asked next, of one more than the most
over its answers; what is asked on average likewise, with every answer as likely as any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from attrs import field, frozen

from careassure.analysis.spread import TooMuchError
from careassure.analysis.standing import Ends, Standing
from careassure.model.showing import short_repr

MOST_STATES = 30_000
"""So many sets of answers are looked at; beyond that it is refused. Some seconds."""

Aim = Literal["worst", "expected"]
"""What is kept low: how many have to be asked at the most, or on average."""
State = tuple[tuple[int, ...], tuple[int, ...]]
"""What the answers so far add to each sum of the plan, and how many blanks of each kind are left."""

Key = tuple[tuple[int, ...], ...]
"""What the rest hangs on: how many blanks matter of each kind, and for each comparison what is to be seen of it."""


class Look(NamedTuple):
    """What is to be seen of a state.

    Args:
        rating: The lowest and the highest rating where they are settled; None where an answer can change them.
        key: What the rest hangs on; empty where the rating is settled.
    """

    rating: Ends | None
    key: Key


@frozen(eq=False)
class Kind:
    """Blanks that are one as good as the other: every sum counts them alike.

    Args:
        places: Their places in the plan.
        adds: What each answer adds to each sum.
        never: What one of them adds at worst as long as it is not answered.
    """

    places: tuple[int, ...]
    adds: tuple[tuple[int, ...], ...]
    never: tuple[int, ...]

    __repr__ = short_repr

    @cached_property
    def moves(self) -> frozenset[int]:
        """The sums that hang on the answer, by their number among those of the questions."""
        return frozenset(
            at for at, column in enumerate(zip(self.never, *self.adds, strict=True)) if len(set(column)) > 1
        )


@frozen(eq=False)
class Ask:
    """What can be asked in a state.

    Args:
        worst: How many more have to be asked at the most, where that is kept as low as it can be.
        expected: How many more are asked on average, where that is kept as low as it can be.
        options: For each kind that can be asked next, its number and what both then are.
    """

    worst: int
    expected: Fraction
    options: tuple[tuple[int, int, Fraction], ...] = ()

    __repr__ = short_repr

    def best(self, by: Aim) -> int:
        """The kind that is best asked next. Where several are as good, the other aim decides, then their order."""
        at = (1, 2) if by == "worst" else (2, 1)
        return min(self.options, key=lambda option: (option[at[0]], option[at[1]]))[0]


SETTLED = Ask(0, Fraction(0))


@frozen(eq=False)
class Questions:
    """All orders in which blanks can be asked.

    Args:
        standing: The assessment on the plan of a method.
        blanks: The places of the blanks that can be asked, in the order of the framework.
        most_states: How many sets of answers may be looked at.
    """

    standing: Standing
    blanks: tuple[int, ...]
    most_states: int = MOST_STATES
    _found: dict[Key, Ask] = field(factory=dict, init=False)
    _looked: dict[State, Look] = field(factory=dict, init=False)
    _rests: dict[tuple[int, ...], tuple[Sequence[int], ...]] = field(factory=dict, init=False)

    __repr__ = short_repr

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The blanks by kind, each kind where its first blank is."""
        amounts = [self.standing.plan.amounts[index] for index in self.sums]
        parts = [dict(amount.parts) for amount in amounts]
        found: dict[tuple[tuple[int, ...], ...], list[int]] = {}
        for place in self.blanks:
            size = len(self.standing.plan.sources[place].scale)
            none = (0,) * size
            columns = [part.get(place, none) for part in parts]
            adds = tuple(tuple(column[rank] for column in columns) for rank in range(size))
            found.setdefault(adds, []).append(place)
        return tuple(
            Kind(
                tuple(places),
                adds,
                tuple(0 if amount.known else add for amount, add in zip(amounts, adds[0], strict=True)),
            )
            for adds, places in found.items()
        )

    def next_of(self, state: State, kind: int) -> int:
        """The place of the blank of a kind that is asked next: the first that was not."""
        places = self.kinds[kind].places
        return places[len(places) - state[1][kind]]

    @cached_property
    def start(self) -> State:
        """The state before anything is asked."""
        return (0,) * len(self.sums), tuple(len(kind.places) for kind in self.kinds)

    @cached_property
    def sums(self) -> tuple[int, ...]:
        """The numbers of the sums of the plan on which the overall rating hangs."""
        looked_at = self.standing.looked_at
        return tuple(sorted({index for place in self.standing.beneath for index in looked_at[place]}))

    @cached_property
    def _fixed(self) -> tuple[list[int], list[int]]:
        """What everything but the blanks adds to each sum, at worst and at best, without grades that are worked out."""
        plan, standing = self.standing.plan, self.standing
        low, high = [0] * len(plan.amounts), [0] * len(plan.amounts)
        for index in self.sums:
            for place, _ in plan.amounts[index].parts:
                ends = standing.ends[place]
                if ends is not None and plan.sources[place].given and place not in self.blanks:
                    worst, best = standing.adds(index, place, ends)
                    low[index] += worst
                    high[index] += best
        return low, high

    def after(self, state: State, kind: int) -> Iterator[State]:
        """The states after each answer to a blank of a kind, from the lowest grade up."""
        sums, left = state
        fewer = (*left[:kind], left[kind] - 1, *left[kind + 1 :])
        for adds in self.kinds[kind].adds:
            yield tuple(map(int.__add__, sums, adds)), fewer

    def look(self, state: State) -> Look:
        """What is to be seen of a state; looked at once.

        Raises:
            TooMuchError: Too many sets of answers were looked at.
        """
        found = self._looked.get(state)
        if found is None:
            if len(self._looked) >= self.most_states:
                raise TooMuchError(
                    f"Finding the next question means looking at more than {self.most_states:,} sets of answers",
                    hint="Give more scores first",
                )
            found = self._looked[state] = self._look(state)
        return found

    def _look(self, state: State) -> Look:
        """Every blank that is left has its lowest answer at worst, and its highest at best.

        A method may ask what was answered: at worst, for the lowest rating, a blank never is.
        """
        overall = self.standing.beneath[-1]
        worst, best = ([fixed.copy() for fixed in self._fixed] for _ in range(2))
        answered, left = state
        never, least, most = self._rest(left)
        for at, index in enumerate(self.sums):
            now = answered[at]
            worst[0][index] += now + never[at]
            worst[1][index] += now + least[at]
            best[0][index] += now + most[at]
            best[1][index] += now + most[at]
        below, above = self.standing.climbed(*worst), self.standing.climbed(*best)
        if below[overall] == above[overall]:
            return Look(below[overall], ())
        return Look(None, self._key(left, worst, best[1], {place for place in below if below[place] != above[place]}))

    def _rest(self, left: tuple[int, ...]) -> tuple[Sequence[int], ...]:
        """What the blanks that are left add to each sum: never answered, with the lowest answers, with the highest."""
        found = self._rests.get(left)
        if found is None:
            ways = [(kind.never, kind.adds[0], kind.adds[-1]) for kind in self.kinds]
            found = self._rests[left] = tuple(
                [
                    sum(number * way[end][at] for number, way in zip(left, ways, strict=True))
                    for at in range(len(self.sums))
                ]
                for end in range(3)
            )
        return found

    def _key(self, left: Sequence[int], worst: Sequence[Sequence[int]], most: Sequence[int], open_: set[int]) -> Key:
        """All that the rest hangs on: the same for states in which every answer has the same consequences.

        Of a sum that no answer can lift over a line it matters only which lines it is over, and of a grade that no
        answer can change nothing but what it adds.
        """
        standing = self.standing
        wanted = {standing.beneath[-1]}
        moving: set[int] = set()
        parts: list[tuple[int, ...]] = []
        for place in reversed(standing.beneath):
            if place not in wanted or place not in open_:
                continue
            for one in standing.comparisons[place]:
                low, high = worst[0][one.index], worst[1][one.index]
                if low < one.least <= most[one.index]:
                    moving.add(one.index)
                    parts.append((place, one.index, low, high))
                    wanted.update(source for source, _ in standing.plan.amounts[one.index].parts)
                else:
                    parts.append((place, one.index, int(low >= one.least)))
        at = [place for place, index in enumerate(self.sums) if index in moving]
        counts = tuple(
            number if any(place in kind.moves for place in at) else 0
            for kind, number in zip(self.kinds, left, strict=True)
        )
        return (counts, *parts)

    def settled(self, state: State) -> bool:
        """Whether no answer to what is left can change the rating."""
        return self.look(state).rating is not None

    def ask(self, state: State) -> Ask:
        """What is best asked next: of the kinds that can still change anything.

        Raises:
            TooMuchError: Too many sets of answers were looked at.
        """
        look = self.look(state)
        if look.rating is not None:
            return SETTLED
        found = self._found.get(look.key)
        if found is not None:
            return found
        options: list[tuple[int, int, Fraction]] = []
        for kind, number in enumerate(look.key[0]):
            if number:
                answers = [self.ask(after) for after in self.after(state, kind)]
                on_average = sum((answer.expected for answer in answers), Fraction(0)) / len(answers)
                options.append((kind, 1 + max(answer.worst for answer in answers), 1 + on_average))
        worst, expected = min(worst for _, worst, _ in options), min(expected for *_, expected in options)
        found = self._found[look.key] = Ask(worst, expected, tuple(options))
        return found
