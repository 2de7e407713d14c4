"""Assessments by the thousand: copies, every combination of scores in order, or walks from one to its neighbours."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from attrs import evolve, fields, frozen

from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.marks import Score
from careassure.testing.cases import case_of

Facts = tuple[tuple[str, bool], ...]
Marks = tuple[tuple[str, Score], ...]

_STEPS = 20
_MISSING = -1


@frozen(eq=False)
class Maker:
    """Makes assessments that differ in scores and facts alone, without looking again at what is known to be right.

    Args:
        template: An assessment under the framework in which each leaf is scored by itself.
        choices: For each leaf, every mark that it can have: missing, then its grades from the lowest.
        fixed: What sets each other field, and its value, which is the same in all.
    """

    template: Assessment
    choices: tuple[tuple[tuple[str, Score], ...], ...]
    fixed: tuple[tuple[Callable[[object, object], None], object], ...]

    @classmethod
    def of(cls, framework: Framework) -> Maker:
        """The maker for a framework."""
        choices = tuple(
            tuple((leaf, score) for score in (None, *framework.scale_of(leaf).grades)) for leaf in framework.leaves
        )
        template = case_of(framework, dict.fromkeys(framework.leaves))
        fixed = tuple((put, getattr(template, name)) for name, put in _PUT.items() if name not in ("marks", "facts"))
        return cls(template, choices, fixed)

    def made(self, places: Sequence[int], facts: Facts = ()) -> Assessment:
        """The assessment in which each leaf has the score at its place; 0 is missing."""
        return self.marked(tuple([found[place] for found, place in zip(self.choices, places, strict=True)]), facts)

    def marked(self, marks: Marks, facts: Facts = ()) -> Assessment:
        """The assessment with these marks."""
        new: Assessment = _new(Assessment)
        for put, value in self.fixed:
            put(new, value)
        _put_marks(new, marks)
        _put_facts(new, facts)
        return new

    def is_sound(self) -> bool:
        """Whether what it makes is what the class itself would have made."""
        lowest = self.made([1] * len(self.choices))
        checked = evolve(self.template, marks=lowest.marks)
        return lowest == checked and list(lowest.scores.items()) == list(checked.scores.items())

    @property
    def complete(self) -> int:
        """How many combinations of scores there are where none is missing."""
        return prod(len(found) - 1 for found in self.choices)

    @property
    def all(self) -> int:
        """How many there are where any may be missing too."""
        return prod(map(len, self.choices))

    def every(self, facts: Facts = (), *, missing: bool) -> Iterator[Assessment]:
        """The assessments with every combination of scores, the last leaf changing fastest."""
        marked, first = self.marked, 0 if missing else 1
        return (marked(marks, facts) for marks in product(*(found[first:] for found in self.choices)))

    def walks(self, number: int, *, missing: int, seed: int = 1) -> Iterator[tuple[tuple[int, ...], int | None]]:
        """Different combinations, each but the first of a walk one step beside the one before.

        Args:
            number: How many.
            missing: In how many of a hundred steps a score goes missing, or comes to be known.
            seed: Where chance begins: the same each time.

        Yields:
            The places of the scores, and which of them is another than before; None where a walk begins.
        """
        dice = random.Random(seed)  # noqa: S311  (a sample, not a secret)
        most = [len(found) - 1 for found in self.choices]
        seen: set[tuple[int, ...]] = set()
        tries = 0
        while len(seen) < number and tries < 20 * number:
            pool = dice.sample(range(1, max(most) + 1), dice.randint(1, min(3, max(most))))
            places = [min(dice.choice(pool), top) for top in most]
            moved: int | None = None
            for _ in range(_STEPS):
                tries += 1
                found = tuple(places)
                if found in seen:
                    moved = None  # what is beside it was left out
                else:
                    seen.add(found)
                    yield found, moved
                    if len(seen) == number:
                        return
                    moved = dice.randrange(len(most))
                leaf = dice.randrange(len(most)) if moved is None else moved
                places[leaf] = _moved(dice, places[leaf], most[leaf], missing)


def _moved(dice: random.Random, place: int, most: int, missing: int) -> int:
    if not place:
        return dice.randint(1, most)
    beside = [near for near in (place - 1, place + 1) if 1 <= near <= most]
    return 0 if not beside or dice.randrange(100) < missing else dice.choice(beside)


_new = object.__new__
_PUT: dict[str, Callable[[object, object], None]] = {
    one.name: vars(Assessment)[one.name].__set__ for one in fields(Assessment)
}
"""What sets each field of an assessment. Taken from the class once, it is not slowed by what watches the fields."""
_put_marks, _put_facts = _PUT["marks"], _PUT["facts"]
_COPIED = tuple((vars(Assessment)[name].__get__, put) for name, put in _PUT.items())


def fresh(assessment: Assessment) -> Assessment:
    """A copy of an assessment that shares nothing with it which could be changed.

    It was looked at when it was made, and is not looked at again: that took longer than most scorers do.
    """
    new: Assessment = _new(Assessment)
    for get, put in _COPIED:
        put(new, get(assessment))
    return new


def altered(assessment: Assessment, changes: Mapping[str, object]) -> Assessment:
    """A copy of an assessment with other values in some fields, of which it is known that they are right."""
    new = fresh(assessment)
    for name, value in changes.items():
        _PUT[name](new, value)
    return new
