"""The places that results can have among others with any weights within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from careassure.analysis.choices import WeightedMean, bounds_of, mean_of
from careassure.api.lookup import ScorerLike
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.numbers import Number
from careassure.model.showing import short_repr


@frozen
class WeightedPlace:
    """The places that one result can have among all.

    Args:
        assessment: Whose it is.
        best: The best place: behind all those that are ahead of it whatever the weights.
        worst: The worst place: ahead of all those that are behind it whatever the weights.
        of: How many results there are.
    """

    assessment: Assessment
    best: int
    worst: int
    of: int

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The places in a sentence."""
        places = f"place {self.best}" if self.best == self.worst else f"any place from {self.best} to {self.worst}"
        return f"{self.assessment.label}: {places} of {self.of}"

    def __str__(self) -> str:
        return self.words


@checked
def weighted_places(
    assessments: Iterable[Assessment],
    scorer: ScorerLike | None = None,
    within: tuple[Number, Number] = ("0.5", 2),
) -> tuple[WeightedPlace, ...]:
    """The places of results among each other, with any weights of the statements within bounds.

    Two results are compared under the same weights. One is ahead of another for certain where its weighted sum is the
    greater at the weights that are worst for it. So for every pair the answer is exact. No place outside the bounds can
    be had; both ends need not be had at the same weights as those of another result.

    Args:
        assessments: Results whose scores are all known, of one version of a framework; others are left out.
        scorer: The scorer, whose weights are varied; the framework's own where None.
        within: The lowest and the highest multiple of its own weight that each statement may have, all at once.

    Raises:
        InvalidInputError: They are of several versions, the method is of another kind, or the bounds are none.
        UnknownScorerError: There is no such scorer, or it is not a method.
    """
    low, high = bounds_of(within)
    known = [item for item in assessments if item.complete]
    if len({(item.framework.id, item.framework.version) for item in known}) > 1:
        problem = Problem("assessments", "they are of several versions of a framework", "Give those of one")
        raise InvalidInputError("the results to compare", [problem])
    sums = [mean_of(item, scorer) for item in known]
    places: list[WeightedPlace] = []
    for item, own in zip(known, sums, strict=True):
        ahead = sum(_always_ahead(other, own, low, high) for other in sums)
        behind = sum(_always_ahead(own, other, low, high) for other in sums)
        places.append(WeightedPlace(item, 1 + ahead, len(known) - behind, len(known)))
    return tuple(places)


def _always_ahead(one: WeightedMean, other: WeightedMean, low: Fraction, high: Fraction) -> bool:
    """Whether one is ahead of another with all weights within bounds: its lead is least at an end of each."""
    least = Fraction(0)
    for weight, mine, theirs in zip(one.weights, one.points, other.points, strict=True):
        lead = mine - theirs
        least += weight * (low if lead > 0 else high) * lead
    return least > 0
