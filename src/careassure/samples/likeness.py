"""How far a few cases look like all of them: by attribute, against the exact chance that a random draw differs more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from careassure.errors import Place, Problem, collecting
from careassure.model.arguments import checked, checked_after
from careassure.model.numbers import as_shown
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.samples.arguments import Share
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
from careassure.samples.distances import chance_with_replacement, chance_without_replacement
from careassure.samples.intervals import CAUTION
from careassure.samples.wording import chance_words, percent

Shares = Mapping[str, Mapping[str, Share]]
"""The share of each code in a population, by attribute; those of an attribute sum to about 1."""

_ROUNDED = Fraction(2, 100)


@frozen
class CodeShare:
    """How often one code is found in the population and in the sample.

    Args:
        code: The code.
        population: Its share of the population, from 0 to 1.
        count: How many cases of the sample have it.
        sample: Its share of the sample, from 0 to 1.
    """

    code: Code
    population: Fraction
    count: int
    sample: Fraction

    __repr__ = short_repr

    @property
    def points(self) -> Fraction:
        """The sample's share less the population's, in percentage points."""
        return (self.sample - self.population) * 100


@frozen
class AttributeShares:
    """How far a sample differs from the population in one attribute.

    Args:
        attribute: The attribute.
        shares: Each of its codes.
        distance: The total variation distance: the share of the sample that would have to have another code for the
            two to be alike. 0 where they are, at most 1.
        chance: The exact probability that a random sample of this size differs at least so much; None where there
            are too many ways to differ, so that it was not worked out.
    """

    attribute: CaseAttribute
    shares: tuple[CodeShare, ...]
    distance: Fraction
    chance: Fraction | None

    __repr__ = short_repr

    @property
    def absent(self) -> tuple[Code, ...]:
        """The codes that are found in the population and not in the sample."""
        return tuple(found.code for found in self.shares if found.population and not found.count)

    @property
    def words(self) -> str:
        """The distance, its chance and the codes that are absent, in a sentence."""
        chance = (
            "how often a random sample would differ so much was not worked out"
            if self.chance is None
            else f"a random sample would differ at least this much with probability {chance_words(self.chance)}"
        )
        absent = f"; absent: {join([str(code) for code in self.absent])}" if self.absent else ""
        return f"{self.attribute}: {percent(self.distance)} of the cases differ; {chance}{absent}."

    def __str__(self) -> str:
        return self.words


@frozen
class Representation:
    """How far a sample looks like its population.

    Args:
        sample: How many cases it holds.
        population: How many there are in all; None where only shares are known, of a population of any size.
        attributes: Each attribute.
    """

    sample: int
    population: int | None
    attributes: tuple[AttributeShares, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Every attribute in a sentence, and what chosen cases do not support."""
        of = "a population of any size" if self.population is None else f"{self.population:,}"
        lines = [f"{plural(self.sample, 'case')} compared with {of}.", *(found.words for found in self.attributes)]
        return " ".join([*lines, CAUTION])

    def __str__(self) -> str:
        return self.words


@frozen
class CriterionCount:
    """How many cases have a code of an attribute that is a criterion.

    Args:
        attribute: The attribute.
        code: The code.
        listed: How many of all cases have it.
        sampled: How many of the sample have it.
    """

    attribute: CaseAttribute
    code: Code
    listed: int
    sampled: int

    __repr__ = short_repr


@checked
def criteria_covered(sample: Iterable[Case], cases: CaseList) -> tuple[CriterionCount, ...]:
    """For every code of every criterion, how many of all cases and how many of the sample have it.

    Args:
        sample: Some of the cases.
        cases: All of them.

    Raises:
        InvalidInputError: The sample holds a case twice, one that is not listed, or none.
    """
    chosen = _chosen(sample, cases)
    counts = [
        (attribute, Counter(case.code(attribute.id) for case in cases.cases), _count(chosen, attribute.id))
        for attribute in cases.attributes
        if attribute.criterion
    ]
    return tuple(
        CriterionCount(attribute, code, listed[code.id], sampled[code.id])
        for attribute, listed, sampled in counts
        for code in attribute.codes
    )


@checked_after
def represent(
    sample: Iterable[Case], population: CaseList | Shares, *, leave_out: Collection[str] = ()
) -> Representation:
    """Compare a sample with its population, attribute by attribute.

    With a list of cases the probability is that of a draw without replacement from them (multivariate
    hypergeometric). With shares the population is taken to be without number (multinomial).

    Args:
        sample: The cases of the sample.
        population: All the cases, or the share of each code by attribute. Shares may be rounded: they must sum to 1
            within two hundredths, and are divided by their sum.
        leave_out: The ids of attributes that are not compared, such as the one by which the sample was picked.

    Raises:
        InvalidInputError: The sample is empty or does not belong to the population, or shares are not shares; all is
            listed.
    """
    if isinstance(population, CaseList):
        chosen = _chosen(sample, population)
        found: list[AttributeShares] = []
        for attribute in population.attributes:
            if attribute.id in leave_out:
                continue
            held = Counter(case.code(attribute.id) for case in population.cases)
            counts = [held[code.id] for code in attribute.codes]
            sampled = _count(chosen, attribute.id)
            found.append(_compare(attribute, counts, sampled, chance_without_replacement))
        return Representation(len(chosen), len(population), tuple(found))
    chosen = tuple(sample)
    exact = _exact_shares(chosen, population)
    found = []
    for name, shares in exact.items():
        if name in leave_out:
            continue
        attribute = CaseAttribute(name, codes=[Code(code) for code in shares])
        unit = math.lcm(*(share.denominator for share in shares.values()))
        parts = [int(share * unit) for share in shares.values()]
        found.append(_compare(attribute, parts, _count(chosen, name), chance_with_replacement))
    return Representation(len(chosen), None, tuple(found))


def _compare(
    attribute: CaseAttribute,
    held: list[int],
    sampled: Counter[str],
    chance: Callable[[list[int], list[int]], Fraction | None],
) -> AttributeShares:
    total, size = sum(held), sampled.total()
    shares = tuple(
        CodeShare(code, Fraction(count, total), sampled[code.id], Fraction(sampled[code.id], size))
        for code, count in zip(attribute.codes, held, strict=True)
    )
    distance = sum((abs(found.sample - found.population) for found in shares), Fraction()) / 2
    return AttributeShares(attribute, shares, distance, chance(held, [found.count for found in shares]))


def _count(cases: Iterable[Case], attribute: str) -> Counter[str]:
    return Counter(case.code(attribute) for case in cases)


def _chosen(sample: Iterable[Case], population: CaseList) -> tuple[Case, ...]:
    """The cases of a sample, each found in the population once."""
    chosen = tuple(sample)
    known = {case.id: case for case in population.cases}
    with collecting("the sample of cases") as problems:
        problems.extend(_sample_problems(chosen))
        problems += [
            Problem(
                Place(row=f"case {case.id}"), "it is not one of the population", "Take the sample from the same list"
            )
            for case in chosen
            if known.get(case.id) is None or dict(known[case.id].attributes) != dict(case.attributes)
        ]
    return chosen


def _sample_problems(chosen: tuple[Case, ...]) -> list[Problem]:
    problems = [] if chosen else [Problem("", "there are no cases", "Give at least one")]
    twice = [name for name, count in Counter(case.id for case in chosen).items() if count > 1]
    return problems + [Problem(Place(row=f"case {name}"), "it is in the sample twice", "Keep one") for name in twice]


def _exact_shares(chosen: tuple[Case, ...], population: Shares) -> dict[str, dict[str, Fraction]]:
    """The shares as exact numbers that sum to 1; every problem of theirs and of the sample at once."""
    with collecting("the sample of cases") as problems:
        problems.extend(_sample_problems(chosen))
        exact: dict[str, dict[str, Fraction]] = {}
        for name, shares in population.items():
            wrong = [code for code, share in shares.items() if not _is_share(share)]
            problems += [
                Problem(f"{name}, {code}", f"{shares[code]!r} is not a share", "Give a number from 0 to 1")
                for code in wrong
            ]
            if not wrong:
                parts = {code: as_shown(share) for code, share in shares.items()}
                total = sum(parts.values(), Fraction())
                if abs(total - 1) > _ROUNDED:
                    message = f"the shares sum to {float(total):.4g}, not to 1"
                    problems.append(Problem(name, message, "Give the share of every code"))
                else:
                    exact[name] = {code: part / total for code, part in parts.items()}
            for case in chosen:
                code = dict(case.attributes).get(name)
                if code is None:
                    problems.append(
                        Problem(Place(row=f"case {case.id}", path=name), "there is no value", "Give one of its codes")
                    )
                elif not wrong and not shares.get(code):
                    message = "its code has no share of the population"
                    problems.append(
                        Problem(Place(row=f"case {case.id}", path=name), message, "Give the share of every code")
                    )
    return exact


def _is_share(share: object) -> bool:
    return isinstance(share, Fraction | int | float) and not isinstance(share, bool) and 0 <= share <= 1
