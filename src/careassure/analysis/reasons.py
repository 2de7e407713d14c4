"""Why a result is what it is, in the fewest scores: what alone settles it, what every way needs, what does not matter.

A set of known scores settles a result where the method gives the same with all other scores unknown. The smallest such
sets are the reasons. The other way round: a set of scores could change the result where it is open once they are
unknown. The smallest of these meet every reason, and the reasons meet every one of these.

A result that is open between several grades has reasons as well: what alone settles its lowest and highest grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from attrs import frozen

from careassure.analysis.deciding import Deciding, deciding, ends
from careassure.analysis.minimal import Numbers, families, how_many, joined, sets_of
from careassure.analysis.spread import TooMuchError
from careassure.api.lookup import ScorerLike, find_scorer
from careassure.errors import InvalidInputError, Problem
from careassure.methods.formulas import Budget, TooManyError
from careassure.model.arguments import checked
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.showing import clipped, short_repr
from careassure.model.text import join
from careassure.model.trace import Step
from careassure.plugins.offers import InstalledScorer

MOST_LISTED = 100_000
"""So many sets are listed; where there are more, it is said how many."""
MOST_STEPS = 1_000_000
"""So much is gone through for the reasons of one result, in sums of two numbers: seconds at the most."""


@frozen
class Reason:
    """Sets of scores that are alike: so many of these, and so many of those.

    Args:
        groups: Pairs of some scores, by their ids, and how many of them are taken, whichever they are.
    """

    groups: tuple[tuple[tuple[str, ...], int], ...]

    __repr__ = short_repr

    @property
    def size(self) -> int:
        """How many scores each of its sets holds."""
        return sum(number for _, number in self.groups)

    @property
    def count(self) -> int:
        """How many sets it stands for."""
        return how_many([names for names, _ in self.groups], tuple(number for _, number in self.groups))

    def sets(self) -> Iterator[frozenset[str]]:
        """Its sets, one after the other."""
        return sets_of([names for names, _ in self.groups], tuple(number for _, number in self.groups))


@frozen(repr=False)
class Reasons:
    """Why a result is what it is, in the fewest scores.

    Args:
        outcome: The result.
        place: What it is the result of: ``overall``, or the id of a theme or statement.
        low: The lowest grade that it can have.
        high: The highest; the same where the result is a rating.
        known: What is known, by its ids: scores, or statements that are scored in parts.
        enough: The smallest sets that settle it, those that are alike together.
        changing: The smallest sets that could change it, those that are alike together.
        rules: The rules that give these grades: for each, whether it holds, and its source.
    """

    outcome: Outcome
    place: str
    low: Grade
    high: Grade
    known: tuple[str, ...]
    enough: tuple[Reason, ...]
    changing: tuple[Reason, ...]
    rules: tuple[Step, ...]

    @cached_property
    def sets(self) -> tuple[frozenset[str], ...]:
        """All smallest sets of scores that alone settle the result, those with the fewest scores first.

        Raises:
            TooMuchError: There are too many to be listed; `enough` has them together.
        """
        return _listed(self.enough, self.known)

    @cached_property
    def could_change(self) -> tuple[frozenset[str], ...]:
        """All smallest sets of scores that could change the result, were they others, those with the fewest first.

        Raises:
            TooMuchError: There are too many to be listed; `changing` has them together.
        """
        return _listed(self.changing, self.known)

    @property
    def count(self) -> int:
        """How many sets settle it."""
        return sum(reason.count for reason in self.enough)

    @property
    def size(self) -> int:
        """How many scores are enough: those of a set with the fewest."""
        return min(reason.size for reason in self.enough)

    @cached_property
    def core(self) -> frozenset[str]:
        """What every set needs."""
        always = [
            {name for names, number in reason.groups if number == len(names) for name in names}
            for reason in self.enough
        ]
        return frozenset(set(self.known).intersection(*always))

    @cached_property
    def irrelevant(self) -> frozenset[str]:
        """What no set needs: whatever these scores are, the result is the same."""
        used = {name for reason in self.enough for names, number in reason.groups if number for name in names}
        return frozenset(self.known) - used

    @property
    def words(self) -> str:
        """All of it in words, with the source of each rule."""
        from careassure.analysis.saying import reasons_text

        return reasons_text(self)

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        where = "" if self.place == "overall" else f", {self.place}"
        return clipped(
            f"<Reasons of {self.outcome.assessment.label}{where}: {self.count:,} sets of {self.size} or more>"
        )

    def _repr_html_(self) -> str:
        from careassure.model.notebook import preformatted

        return preformatted(self.words)


@checked
def reasons(
    outcome: Outcome, scorer: ScorerLike | None = None, of: str = "overall", parts: bool | None = None
) -> Reasons:
    """Why a result is what it is: all smallest sets of scores that alone settle it.

    Where statements are scored in parts, a set holds statements, each with all of its parts that are known.

    Args:
        outcome: The result.
        scorer: The scorer that gave it, where it is not installed.
        of: The place whose result is meant: a theme or statement that gets a grade, by its id, title or alias.
        parts: Whether sets hold single parts instead, as ``statement/part``; where None, only if the place is a
            statement.

    Raises:
        InvalidInputError: The place has no grade, or the scorer does not give this result.
        TooMuchError: There is too much to go through.
        UnknownScorerError: The scorer is not installed.
        UnknownStatementError: There is no such theme or statement.
    """
    asked = scorer_of(outcome, scorer)
    place = place_of(outcome, of)
    low, high = grades_of(outcome, place)
    decider = deciding(asked, outcome, place)
    statements = {statement.id for statement in outcome.assessment.framework.statements}
    by_part = place in statements if parts is None else parts
    elements = _elements(decider, by_part=by_part)
    try:
        smallest, lost = settling(decider, [[inside for _, inside in group] for group in elements])
    except TooManyError:
        what = f"{outcome.assessment.label}: its reasons are too many to be found"
        raise TooMuchError(what, hint="Ask for those of one theme or statement") from None
    names = [tuple(name for name, _ in group) for group in elements]
    known = (leaf for leaf, score in outcome.assessment.marks if isinstance(score, Grade))
    order = tuple(dict.fromkeys(leaf if by_part else leaf.partition("/")[0] for leaf in known))
    return Reasons(
        outcome,
        place,
        low,
        high,
        order,
        _together(names, smallest, order),
        _together(names, lost, order),
        tuple(_rules(outcome, place)),
    )


def _elements(decider: Deciding, *, by_part: bool) -> list[list[tuple[str, tuple[int, ...]]]]:
    """What sets are made of, those that are alike together: scores, or statements with the parts that are known."""
    inside: dict[str, list[int]] = {}
    found: list[list[tuple[str, tuple[int, ...]]]] = []
    for group in decider.alike:
        alone = [number for number in group if by_part or "/" not in decider.leaves[number]]
        if alone:
            found.append([(decider.leaves[number], (number,)) for number in alone])
        for number in group:
            if number not in alone:
                inside.setdefault(decider.leaves[number].partition("/")[0], []).append(number)
    return found + [[(name, tuple(inside[name])) for name in group] for group in decider.together(inside)]


def scorer_of(outcome: Outcome, scorer: ScorerLike | None) -> InstalledScorer:
    """The scorer that gave a result, asked for it once more.

    Raises:
        InvalidInputError: It gives another result now.
        UnknownScorerError: It is not installed.
    """
    found = find_scorer(outcome.scorer if scorer is None else scorer, outcome.assessment.framework)
    again = found.score(outcome.assessment)
    if (again.low, again.high, again.profile) != (outcome.low, outcome.high, outcome.profile):
        what = f"{found.name} {found.version} gives another result: {again.result}"
        problem = Problem("", what, f"Give the scorer itself, {outcome.scorer} {outcome.scorer_version}")
        raise InvalidInputError(f"the result {outcome.result} of {outcome.assessment.label}", [problem])
    return found


def place_of(outcome: Outcome, of: str) -> str:
    """The id of a place, by its name."""
    return of if of == "overall" else outcome.assessment.framework.resolve(of)


def grades_of(outcome: Outcome, place: str) -> tuple[Grade, Grade]:
    """The lowest and the highest grade of a place.

    Raises:
        InvalidInputError: It has none; the places that have one are named.
    """
    found = ends(outcome, place)
    if found is not None and (place == "overall" or place not in outcome.assessment.scores):
        return found
    framework = outcome.assessment.framework
    leaves = outcome.assessment.scores
    graded = [entry.id for entry in outcome.profile if entry.low is not None and entry.id not in leaves]
    if place == "overall":
        what = f"{outcome.scorer} gives no overall rating"
    elif found is not None:
        what = f"{framework.title_of(place)} is a score that was given, and not worked out"
    else:
        what = f"{outcome.scorer} gives no grade to {framework.title_of(place)}"
    places = [*(["overall"] if outcome.low is not None else []), *graded]
    hint = f"Ask for {join(places[:9], 'or')}" if places else "Its result is the scores themselves"
    raise InvalidInputError(outcome.assessment.label, [Problem("", what, hint)])


def settling(decider: Deciding, groups: Sequence[Sequence[tuple[int, ...]]]) -> tuple[list[Numbers], list[Numbers]]:
    """How many of each group settle what a place comes to, and how many could change it: the smallest of both.

    Args:
        decider: What answers for the place.
        groups: What is alike, together: for each the places of its scores.

    Raises:
        TooManyError: There is too much to go through.
    """
    sizes = tuple(map(len, groups))
    low, high = (decider.rank(decider.ranks, best=best) for best in (False, True))
    budget = Budget(MOST_STEPS)

    def enough(numbers: Numbers) -> bool:
        budget.spend(decider.effort)
        ranks: list[int | None] = [None] * len(decider.leaves)
        for group, number in zip(groups, numbers, strict=True):
            for inside in group[:number]:
                for place in inside:
                    ranks[place] = decider.ranks[place]
        return decider.rank(ranks, best=False) == low and decider.rank(ranks, best=True) == high

    smallest, largest = families(sizes, enough, budget)
    return smallest, [tuple(map(int.__sub__, sizes, numbers)) for numbers in largest]


def _together(names: list[tuple[str, ...]], family: list[Numbers], order: Sequence[str]) -> tuple[Reason, ...]:
    """A family with as few lines as can be, the shortest sets first."""
    at = {name: number for number, name in enumerate(order)}
    groups, rows = joined(names, family)
    tidy = [tuple(sorted(group, key=at.__getitem__)) for group in groups]
    found = [
        Reason(
            tuple(
                sorted(
                    ((group, number) for group, number in zip(tidy, numbers, strict=True) if number),
                    key=lambda pair: (len(pair[0]) != pair[1], at[pair[0][0]]),
                )
            )
        )
        for numbers in rows
    ]
    return tuple(sorted(found, key=lambda reason: reason.size))


def _listed(found: Iterable[Reason], known: Sequence[str]) -> tuple[frozenset[str], ...]:
    several = tuple(found)
    count = sum(reason.count for reason in several)
    if count > MOST_LISTED:
        what = f"There are {count:,} sets of scores, and at most {MOST_LISTED:,} are listed"
        raise TooMuchError(what, hint="Ask for those of one theme or statement")
    at = {name: number for number, name in enumerate(known)}
    every = [one for reason in several for one in islice(reason.sets(), MOST_LISTED)]
    return tuple(sorted(every, key=lambda one: (len(one), sorted(at[name] for name in one))))


def _rules(outcome: Outcome, place: str) -> Iterator[Step]:
    """The last rule that holds for the lowest grade, and the first that does not for the highest."""
    node = next((step for step in outcome.trace.parts if step.id == place and step.kind in ("node", "note")), None)
    if node is None:
        return
    ladders = {step.id: step for step in node.parts if step.kind == "ladder"}
    if not ladders:
        yield node
        return
    first = next(iter(ladders.values()))
    must, may = (ladders.get(name, first) for name in ("must", "may"))
    held = [rung for rung in must.parts if rung.low is True]
    failed = [rung for rung in may.parts if rung.high is not True]
    yield from (*held[-1:], *failed[:1])
