"""The language of rules: what is looked at, what is measured, and the conditions on it.

Everything a published scheme says can be put as *for each grade above the lowest, the condition for
reaching at least that grade*. These are the pieces from which such a condition is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm
from typing import Literal, TypeAlias, TypeVar

from attrs import evolve, frozen

from careassure.model.reference import Reference
from careassure.model.rounding import ONE, Rounding, apply_rounding, whole
from careassure.model.showing import short_repr

T = TypeVar("T")

InputLevel = Literal["scores", "statements", "themes", "areas"]
"""What a measure looks at, among what lies below its node: ``scores`` as they were given, for statements or
their parts; ``statements`` or ``themes`` with the grade that the method gives them; ``areas``: either of these."""

# What each kind is there for; none is without a scheme. The sources stand in the method files that are named.
# percentage  CQC, How we determine ratings (local authorities): nine scores of 1 to 4, "the percentage of the maximum",
#             bands 25-38, 39-62, 63-87, 88 and above (single-word.toml); the same of evidence categories
#             (evidence-category.toml) and of providers (saf-2023.toml, saf-2024.toml)
# count       CQC, rating principles for adult social care services, principles 3 to 6: "two or more key questions are
#             outstanding" (kloe.toml); Ofsted's judgements, counted (ilacs.method.toml)
# answered, share   checklists, of which some councils never reply: the replies, and how many of them say "met"
# total, mean       self-assessment tools that add up or average points from 0, often with weights
MeasureKind = Literal["percentage", "total", "mean", "count", "share", "answered"]
"""``percentage`` of the most that could be scored; ``total``; ``mean``; ``count`` of inputs that reach a
grade; ``share`` of them in per cent; ``answered``: the share of inputs that carry a grade at all. A score that
is not known may yet be given or may never be, so it counts as not answered at worst and as answered at best."""


@frozen
class Selection:
    """Which inputs a measure looks at.

    Args:
        level: What kind of input.
        only: If given, these ids alone.
        without: Ids left out.
        themes: If given, what belongs to these themes alone.
        tags: If given, what carries one of these tags.
    """

    level: InputLevel
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    __repr__ = short_repr


@frozen
class Input:
    """One thing that a measure looks at, found in a framework.

    Args:
        id: The id of a theme, a statement, or a part ``statement/part``.
        given: Whether the score as it was given is meant, not a grade that the method works out.
        weight: What it counts in a sum.
        at: The rank from which it counts in a ``count`` or ``share``.
    """

    id: str
    given: bool
    weight: Fraction = ONE
    at: int = 0

    __repr__ = short_repr


@frozen
class Measure:
    """A number that is worked out from scores.

    Args:
        id: Its name in the method.
        kind: How it is worked out.
        over: What it looks at.
        weights: Pairs of an id and its weight; 1 for all others.
        rounding: How the number is rounded before it is compared.
        grade: For ``count`` and ``share``: the grade that an input has to reach; empty: any grade at all.
        beyond: Whether it has to be above that grade instead.
        label: What one value of it is called, such as ``a score``, for the sentences of bands.
        text: What it is, in a sentence.
        references: Where the rule stands.
        inputs: What was selected; empty until the method is fitted to a framework.
    """

    id: str
    kind: MeasureKind
    over: Selection
    weights: tuple[tuple[str, Fraction], ...] = ()
    rounding: Rounding = "none"
    grade: str = ""
    beyond: bool = False
    label: str = ""
    text: str = ""
    references: tuple[Reference, ...] = ()
    inputs: tuple[Input, ...] = ()

    __repr__ = short_repr

    @cached_property
    def whole(self) -> tuple[tuple[int, ...], int]:
        """The weights of its inputs as whole numbers, and what they were multiplied by."""
        scaling = lcm(*(item.weight.denominator for item in self.inputs))
        return tuple(int(item.weight * scaling) for item in self.inputs), scaling


@frozen
class Threshold:
    """A number to compare with, fixed or depending on the number of inputs ``n``.

    ``constant``, plus the value of the last of ``steps`` whose start is at most n, plus ``share`` of n
    rounded by ``rounding``.
    """

    constant: Fraction = Fraction(0)
    # CQC, Ratings principles: NHS trusts: one outstanding rating of 1 to 3 makes the whole outstanding, two of 4 to 8,
    # three of 9 or more (nhs-trust.toml).
    steps: tuple[tuple[int, Fraction], ...] = ()
    # "All but one" is a share of 1 and a constant of -1: principles 4 to 6 for adult social care services (kloe.toml).
    # "More than half" is a half, rounded down, and 1: the lower median that ilacs.method.toml suggests.
    share: Fraction = Fraction(0)
    rounding: Rounding = "none"

    __repr__ = short_repr

    def value(self, n: int) -> Fraction:
        """The number for ``n`` inputs."""
        found = self.constant
        if self.steps:
            found += next((value for start, value in reversed(self.steps) if start <= n), Fraction(0))
        if self.share:
            part = whole(n) if self.share == 1 else apply_rounding(self.share * n, self.rounding)
            found = found + part if found else part
        return found


@frozen
class AtLeast:
    """Whether a measure is at least a threshold, or ``strict``: above it."""

    measure: Measure
    threshold: Threshold
    strict: bool = False
    text: str = ""

    __repr__ = short_repr


@frozen
class AllOf:
    """Whether all of the conditions hold."""

    parts: tuple[Condition, ...]
    text: str = ""
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@frozen
class AnyOf:
    """Whether any of the conditions holds."""

    parts: tuple[Condition, ...]
    text: str = ""
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@frozen
class Not:
    """Whether the condition does not hold."""

    part: Condition
    text: str = ""
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@frozen
class FactIs:
    """Whether a fact beside the scores has a value; ``default`` is taken where the assessment is silent."""

    name: str
    value: bool = True
    default: bool = False
    text: str = ""

    __repr__ = short_repr


Condition: TypeAlias = AtLeast | AllOf | AnyOf | Not | FactIs

Direction = Literal["up", "down", "fixed", "mixed"]
"""How a condition answers to a raised score, or to one that is given at last: it can only come true (``up``), only
fail (``down``), never changes (``fixed``), or may do either (``mixed``)."""

_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up", "fixed": "fixed", "mixed": "mixed"}


def direction(condition: Condition) -> Direction:
    """How the condition answers to a raised score, read off its structure."""

    def end(atom: AtLeast | FactIs) -> Direction:
        if isinstance(atom, FactIs):
            return "fixed"
        return "fixed" if atom.measure.kind == "count" and not atom.measure.grade else "up"

    def together(parts: Iterator[Direction]) -> Direction:
        found: set[Direction] = {part for part in parts if part != "fixed"}
        return found.pop() if len(found) == 1 else "mixed" if found else "fixed"

    return folded(condition, end, _OPPOSITE.__getitem__, together, together)


def atoms(condition: Condition) -> Iterator[AtLeast | FactIs]:
    """What a condition is made of at its ends, in order, with repeats."""

    def end(atom: AtLeast | FactIs) -> Iterator[AtLeast | FactIs]:
        return iter((atom,))

    return folded(condition, end, iter, chain.from_iterable, chain.from_iterable)


def mapped(condition: Condition, change: Callable[[AtLeast | FactIs], Condition]) -> Condition:
    """The condition with something else in the place of each of its ends, taken in order."""
    match condition:
        case AtLeast() | FactIs():
            return change(condition)
        case Not(part):
            return evolve(condition, part=mapped(part, change))
        case AllOf(parts) | AnyOf(parts):
            return evolve(condition, parts=tuple(mapped(part, change) for part in parts))


def folded(
    condition: Condition,
    end: Callable[[AtLeast | FactIs], T],
    opposite: Callable[[T], T],
    every: Callable[[Iterator[T]], T],
    some: Callable[[Iterator[T]], T],
) -> T:
    """What a condition comes to, worked out from its ends.

    Args:
        condition: The condition.
        end: What a comparison, or a question for a fact, comes to.
        opposite: What "not" makes of what its part came to.
        every: What "all of" makes of its parts, which are worked out as it takes them.
        some: What "any of" makes of its parts, likewise.
    """
    match condition:
        case AtLeast() | FactIs():
            return end(condition)
        case Not(part):
            return opposite(folded(part, end, opposite, every, some))
        case AllOf(parts):
            return every(folded(part, end, opposite, every, some) for part in parts)
        case AnyOf(parts):
            return some(folded(part, end, opposite, every, some) for part in parts)


def measures_in(condition: Condition) -> Iterator[Measure]:
    """Every measure that the condition uses, in order, with repeats."""
    return (atom.measure for atom in atoms(condition) if isinstance(atom, AtLeast))


def facts_in(condition: Condition) -> Iterator[FactIs]:
    """Every fact that the condition asks for."""
    return (atom for atom in atoms(condition) if isinstance(atom, FactIs))
