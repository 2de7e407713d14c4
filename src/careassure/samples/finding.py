"""What was found in a few cases, in words that never leave the doubt out."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from careassure.model.arguments import explained
from careassure.model.numbers import as_shown
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.samples.arguments import Share
from careassure.samples.intervals import CAUTION, Interval, IntervalMethod, interval
from careassure.samples.sizes import chance_of_missing_share
from careassure.samples.wording import chance_words, part_words


@explained
@frozen
class SampleFinding:
    """What was found in a sample, with the doubt that is left, in words that never leave the doubt out.

    Args:
        good: How many of the sample were good.
        sample: How many were looked at; at least 1.
        population: How many there are in all; None where they are taken to be without number.
        method: How the interval is worked out.
        level: How often such intervals are to hold the true share.
        faults: The shares for which to say how often such a sample misses a fault that affects so many.

    Raises:
        InvalidInputError: The numbers do not fit together.
    """

    good: int
    sample: int
    population: int | None = None
    method: IntervalMethod = "wilson"
    level: Share = 0.95
    faults: tuple[Share, ...] = field(default=(Fraction(1, 10), Fraction(1, 5)), converter=tuple[Share, ...])

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        _ = self.interval, self.missed  # working them out proves that the numbers fit

    @property
    def interval(self) -> Interval:
        """The shares of all that fit the finding, were the sample drawn at random."""
        return interval(self.good, self.sample, method=self.method, level=self.level, population=self.population)

    @property
    def missed(self) -> tuple[tuple[Share, Fraction], ...]:
        """For each share of `faults` the probability that a random sample of this size misses such a fault."""
        return tuple((share, chance_of_missing_share(share, self.sample, self.population)) for share in self.faults)

    @property
    def words(self) -> str:
        """The interval, what such a sample misses, and that chosen cases support neither."""
        size = plural(self.sample, "case")
        missed = [
            f"{size} drawn at random would miss a fault that affects {part_words(as_shown(share), 2)} of people "
            f"with probability {chance_words(chance)}"
            for share, chance in self.missed
        ]
        return " ".join(f"{sentence}." for sentence in [self.interval.words, *missed]) + f" {CAUTION}"

    def __str__(self) -> str:
        return self.words
