"""Two methods over many assessments: who moves, how far they agree, and what one word leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import log2
from typing import Literal

from attrs import frozen

from careassure.analysis.coefficients import TwoRaters
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess, published
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.rounding import decimal
from careassure.model.scale import Grade
from careassure.model.showing import clipped, short_repr
from careassure.model.text import join, plural

FORMAT = "careassure.method-comparison/1"
_NO_OVERALL = "no overall rating"


@frozen
class Moved:
    """An assessment that two methods rate otherwise.

    Args:
        label: Whose it is, and when.
        first: The grade by the first method.
        second: The grade by the second.
        way: Whether the second is higher or lower; ``other`` where their scales differ.
    """

    label: str
    first: Grade
    second: Grade
    way: Literal["higher", "lower", "other"]

    __repr__ = short_repr


@frozen
class Information:
    """What one word leaves out: how many different profiles stand behind the ratings of a method.

    Args:
        method: The method.
        assessments: How many assessments were rated, each by one grade.
        profiles: How many different profiles of scores they have.
        behind: For each grade that was given, how many assessments have it and how many different profiles.
        bits_of_profiles: How many bits it takes on average to say which profile it is.
        bits_of_ratings: How many of them the rating tells.
    """

    method: str
    assessments: int
    profiles: int
    behind: tuple[tuple[str, int, int], ...]
    bits_of_profiles: float
    bits_of_ratings: float

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """It in a sentence or two."""
        if not self.assessments:
            return f"{self.method} gives none of them one grade."
        each = join([f"{profiles} behind {label} ({count})" for label, count, profiles in self.behind])
        tells = f"The rating tells {self.bits_of_ratings:.1f} of the {self.bits_of_profiles:.1f} bits in the scores."
        return f"{self.method}: {plural(self.profiles, 'different profile')}; {each}. {tells}"


@frozen(repr=False)
class MethodComparison:
    """What two methods make of the same assessments.

    Args:
        first: The first method's name.
        second: The second's.
        outcomes: What each makes of every assessment.
    """

    first: str
    second: str
    outcomes: tuple[tuple[Outcome, Outcome], ...]

    def __repr__(self) -> str:
        return clipped(f"<MethodComparison of {self.first} and {self.second}: {len(self.moved)} of {self.rated} move>")

    @property
    def rated(self) -> int:
        """How many assessments both give one grade."""
        return len(self._both())

    def _both(self) -> list[tuple[Outcome, Grade, Grade]]:
        return [(one, one.rating, two.rating) for one, two in self.outcomes if one.rating and two.rating]

    @property
    def alike(self) -> bool:
        """Whether both rate on scales with the same grades in the same order."""
        return len({keys for pair in self.outcomes if (keys := _keys(pair[0])) and keys == _keys(pair[1])}) == 1

    @property
    def table(self) -> tuple[tuple[str, str, int], ...]:
        """How many assessments have each pair of results, ranges and missing ratings among them; commonest first."""
        found = Counter((_said(one), _said(two)) for one, two in self.outcomes)
        return tuple(sorted(((*pair, count) for pair, count in found.items()), key=lambda row: (-row[2], row)))

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The assessments that the two rate otherwise, by name."""
        found: list[Moved] = []
        for one, first, second in self._both():
            if first.key != second.key:
                way: Literal["higher", "lower", "other"] = "higher" if second.rank > first.rank else "lower"
                found.append(Moved(one.assessment.label, first, second, way if self.alike else "other"))
        return tuple(sorted(found, key=lambda item: item.label))

    @property
    def agreement(self) -> TwoRaters | None:
        """How far their ratings agree; None where their scales differ, or nothing is rated by both."""
        pairs = [(first.rank, second.rank) for _, first, second in self._both()]
        size = next((len(keys) for one, _ in self.outcomes if (keys := _keys(one))), 0)
        return TwoRaters.of(pairs, size) if self.alike and pairs else None

    @property
    def information(self) -> tuple[Information, Information]:
        """What one word of each method leaves out of the scores."""
        sides = list(zip(*self.outcomes, strict=True)) or [(), ()]
        return _information(self.first, sides[0]), _information(self.second, sides[1])

    @property
    def words(self) -> str:
        """Who moves, how far they agree, and what one word leaves out, a line each."""
        return "\n".join(self.lines())

    def lines(self, most: int | None = None) -> tuple[str, ...]:
        """The comparison, a sentence or two each.

        Args:
            most: How many of those that move are named; all of them where None.
        """
        many = plural(len(self.outcomes), "assessment")
        said = [f"{self.first} and {self.second}: {many}, {self.rated} with one grade by both."]
        if self.rated < len(self.outcomes):
            said.append("The others have a range or no overall rating by one of them; they stand in the table only.")
        moved = self.moved
        if self.rated and not self.alike:
            said.append("Their scales differ, so neither grade is higher, and agreement cannot be said.")
        elif self.rated:
            ways = [f"{count} {way}" for way in ("higher", "lower") if (count := sum(m.way == way for m in moved))]
            said.append(f"{len(moved)} of {self.rated} move by {self.second}{f': {join(ways)}' if ways else ''}.")
        named = moved[:most]
        said += [f"  {item.label}: {item.first} to {item.second}" for item in named]
        said += [f"  and {len(moved) - len(named)} more"] if len(named) < len(moved) else []
        if self.agreement is not None:
            said.append(agreement_words(self.agreement))
        return (*said, *(found.words for found in self.information if found.assessments))

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, object]:
        """It as plain values that JSON can hold, in the form ``careassure.method-comparison/1``."""
        found = self.agreement
        return {
            "format": FORMAT,
            "first": self.first,
            "second": self.second,
            "assessments": len(self.outcomes),
            "rated_by_both": self.rated,
            "table": [{"first": one, "second": two, "count": count} for one, two, count in self.table],
            "moved": [
                {"label": item.label, "first": item.first.key, "second": item.second.key, "way": item.way}
                for item in self.moved
            ],
            "agreement": None if found is None else agreement_to_dict(found),
            "information": [
                {
                    "method": item.method, "assessments": item.assessments, "profiles": item.profiles,
                    "behind": [{"grade": g, "assessments": n, "profiles": p} for g, n, p in item.behind],
                    "bits_of_profiles": item.bits_of_profiles, "bits_of_ratings": item.bits_of_ratings,
                }
                for item in self.information
            ],
        }  # fmt: skip


def agreement_words(found: TwoRaters) -> str:
    """How far two raters agree, in sentences that say what the numbers assume."""
    said = [f"The same grade for {found.same} of {found.total}."]
    for name, value, which in (("kappa", found.kappa, "kappa"), ("AC2", found.ac2, "ac2")):
        if value is not None:
            between = found.interval("kappa" if which == "kappa" else "ac2")
            span = f" ({between[0]:.2f} to {between[1]:.2f})" if between else ""
            said.append(f"{name} {decimal(value)}{span}.")
    if found.kappa is not None or found.ac2 is not None:
        said.append("1 is full agreement and 0 is chance; the ranges are 95 % intervals, were these a random sample.")
    return " ".join(said)


def agreement_to_dict(found: TwoRaters) -> dict[str, object]:
    """How far two raters agree, as plain values."""
    between = {"kappa": found.interval("kappa"), "ac2": found.interval("ac2")}
    return {
        "total": found.total,
        "same": found.same,
        "kappa": None if found.kappa is None else str(found.kappa),
        "kappa_interval": between["kappa"],
        "ac2": None if found.ac2 is None else str(found.ac2),
        "ac2_interval": between["ac2"],
    }


def _keys(outcome: Outcome) -> tuple[str, ...]:
    """The grades of the scale on which an outcome is rated; empty where it is not, or the scale is the method's own."""
    if outcome.low is None:
        return ()
    found = [scale for scale in outcome.assessment.framework.scales if scale.id == outcome.low.scale]
    return tuple(grade.key for grade in found[0].grades) if found else (outcome.low.scale,)


def _said(outcome: Outcome) -> str:
    if outcome.low is None or outcome.high is None:
        return _NO_OVERALL
    return str(outcome.low) if outcome.low == outcome.high else f"{outcome.low} to {outcome.high}"


def _information(name: str, outcomes: Sequence[Outcome]) -> Information:
    rated = [(item.assessment.marks, item.rating) for item in outcomes if item.rating and item.assessment.complete]
    profiles = Counter(marks for marks, _ in rated)
    ratings = Counter(rating for _, rating in rated)
    behind = [
        (str(rating), count, len({marks for marks, found in rated if found == rating}))
        for rating, count in sorted(ratings.items(), key=lambda pair: pair[0].rank)
    ]
    return Information(
        name, len(rated), len(profiles), tuple(behind), _bits(profiles.values()), _bits(ratings.values())
    )


def _bits(counts: Iterable[int]) -> float:
    """The entropy of a distribution in bits."""
    found = list(counts)
    total = sum(found)
    return sum(-float(Fraction(count, total)) * log2(Fraction(count, total)) for count in sorted(found)) + 0.0


@checked
def compare_methods(
    assessments: Iterable[Assessment] | None, first: ScorerLike, second: ScorerLike
) -> MethodComparison:
    """What two methods make of the same assessments: who moves, and how far they agree.

    Args:
        assessments: What both rate; every published assessment that ships where None.
        first: A scorer: its name, itself, a method, or the file of one.
        second: Another.

    Raises:
        UnknownScorerError: There is no such scorer, or it does not score an assessment's framework.
    """
    found = published() if assessments is None else tuple(assessments)
    pairs = tuple((assess(item, first), assess(item, second)) for item in found)
    names = [_name(scorer) for scorer in (first, second)]
    if pairs:
        names = [outcome.scorer for outcome in pairs[0]]
        if names[0] == names[1]:
            names = [f"{outcome.scorer} {outcome.scorer_version}" for outcome in pairs[0]]
    return MethodComparison(names[0], names[1], pairs)


def _name(scorer: ScorerLike) -> str:
    return str(getattr(scorer, "name", getattr(scorer, "id", scorer)))
