"""Which score settles a rating soonest: every order of asking, gone through by what the method sees of the answers.

Each blank has one of the grades of its scale as its answer. A rating is settled when no answer to what is still blank
can change it. Two blanks that every sum counts alike are one as good as the other, and two sets of answers that add up
to the same sums leave the same questions. So this is gone through and not the answers one by one:

    what the answers so far add to each sum    how many blanks of each kind are left

Nine blanks of four grades have 1,953,125 partial answers, and 145 of these.

The most that may have to be asked is the fewest over all statements that can be asked next, of one more than the most
over its answers; what is asked on average likewise, with every answer as likely as any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Literal

from attrs import field, frozen

from careassure.analysis.spread import TooMuchError
from careassure.analysis.standing import Ends, Standing

MOST_STATES = 50_000
"""So many sets of answers are told apart; beyond that it is refused. Some seconds."""

Aim = Literal["worst", "expected"]
"""What is kept low: how many have to be asked at the most, or on average."""
State = tuple[tuple[int, ...], tuple[int, ...]]
"""What the answers so far add to each sum of the plan, and how many blanks of each kind are left."""


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
        most_states: How many sets of answers may be told apart.
    """

    standing: Standing
    blanks: tuple[int, ...]
    most_states: int = MOST_STATES
    _found: dict[State, Ask] = field(factory=dict, init=False)
    _settled: dict[State, bool] = field(factory=dict, init=False)

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

    def settled(self, state: State) -> bool:
        """Whether no answer to what is left can change the rating."""
        found = self._settled.get(state)
        if found is None:
            found = self._settled[state] = self.rating(state, best=False) == self.rating(state, best=True)
        return found

    def rating(self, state: State, *, best: bool) -> Ends:
        """The lowest and the highest rating where every blank that is left has its lowest answer, or its highest.

        Both are one where nothing else is open and the rules settle the rating. A method may ask what was answered: at
        worst, for the lowest rating, a blank never is.
        """
        low, high = (fixed.copy() for fixed in self._fixed)
        answered, left = state
        for at, index in enumerate(self.sums):
            low[index] += answered[at]
            high[index] += answered[at]
            for kind, number in zip(self.kinds, left, strict=True):
                if number:
                    low[index] += number * (kind.adds[-1] if best else kind.never)[at]
                    high[index] += number * kind.adds[-1 if best else 0][at]
        return self.standing.climbed(low, high)

    def ask(self, state: State) -> Ask:
        """What is best asked next.

        Raises:
            TooMuchError: There are too many sets of answers to be told apart.
        """
        found = self._found.get(state)
        if found is not None:
            return found
        if self.settled(state):
            return SETTLED
        if len(self._found) >= self.most_states:
            raise TooMuchError(
                f"Finding the next question means telling more than {self.most_states:,} sets of answers apart",
                hint="Give more scores first",
            )
        options: list[tuple[int, int, Fraction]] = []
        for kind, number in enumerate(state[1]):
            if number:
                answers = [self.ask(after) for after in self.after(state, kind)]
                on_average = sum((answer.expected for answer in answers), Fraction(0)) / len(answers)
                options.append((kind, 1 + max(answer.worst for answer in answers), 1 + on_average))
        worst, expected = min(worst for _, worst, _ in options), min(expected for *_, expected in options)
        found = self._found[state] = Ask(worst, expected, tuple(options))
        return found
