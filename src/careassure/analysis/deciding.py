"""What a place comes to when some scores are what they are, some are others, and the rest are not known.

Reasons and changes ask this again and again. Where the rules are data it is answered by adding whole numbers; a scorer
that is written in Python is asked itself. Either way an unknown score is the worst for the lowest grade and the best
for the highest, as for every outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import evolve

from careassure.errors import InvalidInputError, Problem
from careassure.methods.complete import CompleteNode, complete_nodes
from careassure.methods.conditions import direction, measures_in
from careassure.methods.fit import Fitted, Key, fit
from careassure.methods.states import State
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade, NotRated, Scale
from careassure.plugins.offers import InstalledScorer

Ranks = Sequence[int | None]
"""The rank of each known score, in the order of ``leaves``; None: as if it were not known."""


def deciding(scorer: InstalledScorer, outcome: Outcome, place: str) -> Deciding:
    """What answers for a place, by what the scorer is."""
    method = scorer.method
    if method is not None and place in (fitted := fit(method, outcome.assessment.framework)).graded:
        ruled = Ruled(fitted, outcome.assessment, place)
        if ruled.can_answer:
            return ruled
    return Asked(scorer, outcome.assessment, place)


def ends(outcome: Outcome, place: str) -> tuple[Grade, Grade] | None:
    """The lowest and the highest grade of a place; None where it has none."""
    if place == "overall":
        low, high = outcome.low, outcome.high
    else:
        low, high = next(((e.low, e.high) for e in outcome.profile if e.id == place), (None, None))
    return None if low is None or high is None else (low, high)


def scale_at(scorer: InstalledScorer, outcome: Outcome, place: str) -> Scale:
    """The scale of a place's grade.

    Raises:
        InvalidInputError: A scorer written in Python uses a scale that it does not bring.
    """
    found = ends(outcome, place)
    name = found[0].scale if found is not None else ""
    method = scorer.method
    own = method.scales if method is not None else scorer.scales
    for scale in (*own, *outcome.assessment.framework.scales):
        if scale.id == name:
            return scale
    problem = Problem("", f"the grades of its scale {name} are not known", "Ask for a place on another scale")
    raise InvalidInputError(f"the scorer {scorer.name}", [problem])


class Ruled:
    """The answer of rules that are data, by sums of whole numbers.

    Args:
        fitted: The method on its framework.
        assessment: What was found.
        place: The place that is asked about.

    Attributes:
        leaves: The known scores on which the place can rest.
        ranks: Their ranks.
        effort: How much an answer takes, in sums of two numbers.
    """

    def __init__(self, fitted: Fitted, assessment: Assessment, place: str) -> None:
        self.fitted = fitted
        self.place = place
        self.facts = dict(assessment.facts)
        self.scores = dict(assessment.marks)
        self.absent = frozenset(self._absent())
        self.nodes: Mapping[str, CompleteNode] = complete_nodes(fitted, self.absent)
        self.under = tuple(dict.fromkeys(self._under(place)))
        seen = dict.fromkeys(
            key[0] for target in self.under for key in self.inputs(target) if self.leaf_of(key) is not None
        )
        known = [leaf for leaf, score in assessment.marks if leaf in seen and isinstance(score, Grade)]
        self.leaves = tuple(known)
        self.ranks = tuple(score.rank for leaf in known if isinstance(score := self.scores[leaf], Grade))
        self.at = {leaf: number for number, leaf in enumerate(known)}
        self.effort = 2 * sum(len(self.inputs(target)) for target in self.under)

    # -- what is there --------------------------------------------------------------------------------

    def is_whole(self, name: str) -> bool:
        """Whether a statement with parts was given as a whole."""
        statement = self.fitted.statements.get(name)
        return statement is not None and bool(statement.parts) and name in self.scores

    def leaf_of(self, key: Key) -> str | None:
        """The score that an input is; None where it is a grade that is worked out."""
        name, given = key
        return name if given or name not in self.fitted.graded or self.is_whole(name) else None

    def inputs(self, target: str) -> tuple[Key, ...]:
        """What a place looks at."""
        return self.nodes[target].inputs if target in self.nodes else ()

    def _absent(self) -> set[Key]:
        """Inputs that are left out, by a state such as "not judged", with what rests on nothing else."""
        found: set[Key] = set()
        # A score that is only not shown is not left out: it is not known.
        out = {leaf for leaf, score in self.scores.items() if isinstance(score, NotRated) and not score.withheld}
        if not out or self.fitted.method.not_rated != "leave_out":
            return found
        for statement in self.fitted.framework.statements:
            inside = statement.leaves if statement.parts else ()
            whole = statement.id in out
            found |= {(leaf, True) for leaf in inside if whole or leaf in out}
            found |= {(statement.id, True), (statement.id, False)} if whole else set()
        for target in self.fitted.graded:
            keys = self.fitted.looked_at(target)
            if keys and all(key in found for key in keys) and not self.is_whole(target):
                found.add((target, False))
        return found

    def _under(self, target: str) -> Iterator[str]:
        """A place and every place on which it rests."""
        yield target
        for key in self.inputs(target):
            if self.leaf_of(key) is None:
                yield from self._under(key[0])

    @cached_property
    def can_answer(self) -> bool:
        """Whether sums alone say what the place comes to: every rung can only come true, and all were lowered."""
        if self.is_whole(self.place):
            return False
        for target in self.under:
            if target not in self.nodes or (target, False) in self.absent:
                return False
            for ladder in self.fitted.graded[target].ladders:
                for rung in ladder.rungs:
                    if direction(rung.when) not in ("up", "fixed"):
                        return False
                    if any(measure.kind == "answered" for measure in measures_in(rung.when)):
                        return False
        return True

    # -- what it comes to -----------------------------------------------------------------------------

    def ladder(self, target: str, *, best: bool) -> int:
        """Which ladder gives the lowest, or ``best`` the highest, grade of a place."""
        names = [ladder.name for ladder in self.fitted.graded[target].ladders]
        wanted = "may" if best else "must"
        return names.index(wanted) if wanted in names else 0

    def end(self, leaf: str, *, best: bool) -> int:
        """The rank of a score that is not known, at worst or at best."""
        return len(self.fitted.scale_of(leaf, given=True)) - 1 if best else 0

    def rank(self, ranks: Ranks, *, best: bool) -> int:
        """The lowest grade that the place can have, or ``best``: the highest."""
        return self._rank(self.place, ranks, best)

    def _rank(self, target: str, ranks: Ranks, best: bool) -> int:
        node = self.nodes[target]
        inner = [self.input_rank(key, ranks, best=best) for key in node.inputs]
        return node.rank(node.state(inner), self.facts, self.ladder(target, best=best))

    def input_rank(self, key: Key, ranks: Ranks, *, best: bool) -> int:
        """The lowest or highest rank of an input: a score, or a grade that is worked out."""
        leaf = self.leaf_of(key)
        if leaf is None:
            return self._rank(key[0], ranks, best)
        found = ranks[self.at[leaf]] if leaf in self.at else None
        return self.end(leaf, best=best) if found is None else found

    @cached_property
    def alike(self) -> tuple[tuple[int, ...], ...]:
        """Scores that are the same and add the same to every sum of every place."""
        told = self._told
        groups: dict[object, list[int]] = {}
        for number, leaf in enumerate(self.leaves):
            values = tuple(grade.value for grade in self.fitted.scale_of(leaf, given=True))
            groups.setdefault((self.ranks[number], values, *told[leaf, True]), []).append(number)
        return tuple(map(tuple, groups.values()))

    @cached_property
    def _told(self) -> dict[Key, list[tuple[str, tuple[State, ...]]]]:
        """For each score, and each grade that is worked out, what it adds to the sums of every place."""
        found: dict[Key, list[tuple[str, tuple[State, ...]]]] = {(leaf, True): [] for leaf in self.leaves}
        for target in self.under:
            node = self.nodes[target]
            for key, gains in zip(node.inputs, node.gains, strict=True):
                leaf = self.leaf_of(key)
                found.setdefault((leaf, True) if leaf is not None else key, []).append((target, gains))
        return found

    def likeness(self, statement: str) -> object:
        """What is the same for statements whose known parts are the same, and that count the same."""
        node = self.nodes.get(statement)
        if node is None or statement not in self.under:
            return statement
        parts: list[tuple[int, tuple[State, ...]]] = []
        for key, gains in zip(node.inputs, node.gains, strict=True):
            leaf = self.leaf_of(key)
            if leaf is None or len(self._told[leaf, True]) != 1:
                return statement  # something else looks inside it
            parts.append((self.ranks[self.at[leaf]] if leaf in self.at else -1, gains))
        return (node.ladders, tuple(sorted(parts)), *self._told.get((statement, False), ()))

    def together(self, names: Iterable[str]) -> list[list[str]]:
        """Statements with parts that are the same and count the same, together."""
        groups: dict[object, list[str]] = {}
        for name in names:
            groups.setdefault(self.likeness(name), []).append(name)
        return list(groups.values())


class Asked:
    """The answer of a scorer that is asked again for every set of scores.

    Args:
        scorer: The scorer.
        assessment: What was found.
        place: The place that is asked about.

    Attributes:
        leaves: The known scores.
        ranks: Their ranks.
        alike: Each of them by itself, for nobody knows which count the same.
        effort: How much an answer takes, in sums of two numbers.
    """

    effort = 500

    def __init__(self, scorer: InstalledScorer, assessment: Assessment, place: str) -> None:
        self.scorer = scorer
        self.assessment = assessment
        self.place = place
        known = [(leaf, score) for leaf, score in assessment.marks if isinstance(score, Grade)]
        self.leaves = tuple(leaf for leaf, _ in known)
        self.ranks = tuple(score.rank for _, score in known)
        self.alike = tuple((number,) for number in range(len(known)))
        self.scales = [assessment.framework.scale_of(leaf) for leaf in self.leaves]
        self._found: dict[tuple[int | None, ...], tuple[int, int]] = {}

    def together(self, names: Iterable[str]) -> list[list[str]]:
        """Each statement by itself."""
        return [[name] for name in names]

    def rank(self, ranks: Ranks, *, best: bool) -> int:
        """The lowest grade that the place can have, or ``best``: the highest."""
        key = tuple(ranks)
        if key not in self._found:
            tried = {
                leaf: None if rank is None else scale.grades[rank]
                for leaf, scale, rank in zip(self.leaves, self.scales, key, strict=True)
            }
            marks = tuple((leaf, tried.get(leaf, score)) for leaf, score in self.assessment.marks)
            found = ends(self.scorer.score(evolve(self.assessment, marks=marks)), self.place)
            if found is None:
                problem = Problem(self.place, "it has no grade once some of the scores are not known")
                raise InvalidInputError(f"the scorer {self.scorer.name}", [problem])
            self._found[key] = (found[0].rank, found[1].rank)
        return self._found[key][best]


Deciding: TypeAlias = Ruled | Asked
"""What answers for a place."""
