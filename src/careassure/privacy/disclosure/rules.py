"""The rules of disclosure control: which counts are left out, and how the others are rounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, get_args

from attrs import frozen

from careassure.errors import Problem, collecting
from careassure.model.arguments import explained
from careassure.model.showing import short_repr

Zeros = Literal["show", "suppress"]
"""Whether a count of 0 is shown or hidden as a small number is."""


def _whole(value: object) -> bool:
    return type(value) is int and value >= 0


@explained
@frozen
class Rules:
    """Settings of disclosure control. There is no default: which rule holds is for whoever publishes to say.

    Args:
        threshold: Counts from 1 to this are left out; at least 2, or 1 where zeros are left out too.
        round_to: Every number that is shown is rounded to the nearest multiple of this, a half upwards; 1 leaves
            it exact. Totals are rounded on their own, so rounded numbers need not add up.
        secondary: Whether more is left out where a number could otherwise be worked out.
        zeros: Whether a 0 is shown.

    Raises:
        InvalidInputError: A setting is not a whole number, the threshold is below 1, one of 1 would tell what it
            hides, or the rounding is so coarse that a number above the threshold would be shown as 0.
    """

    threshold: int
    round_to: int = 1
    secondary: bool = True
    zeros: Zeros = "show"

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the rules of disclosure control") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        if not _whole(self.threshold):
            yield Problem("threshold", f"{self.threshold!r} is not a count", "Give a whole number, such as 5")
        elif self.threshold == 0:
            least = 1 if self.zeros == "suppress" else 2
            yield Problem("threshold", "with 0 no small number would be left out", f"Give {least} or more")
        elif self.threshold == 1 and self.zeros == "show":
            yield Problem("threshold", "a mark that stands for 1 alone tells it", "Give a higher one")
        if not _whole(self.round_to) or self.round_to == 0:
            yield Problem("round_to", f"{self.round_to!r} is not a number to round to", "Give 1 or more")
        elif _whole(self.threshold) and 0 < self.threshold < (self.round_to - 1) // 2:
            hint = f"Round to at most {2 * self.threshold + 2}"
            yield Problem("round_to", f"{self.threshold + 1}, which is not hidden, would be shown as 0", hint)
        if self.zeros not in get_args(Zeros):
            yield Problem("zeros", f"{self.zeros!r} is not a setting", 'Give "show" or "suppress"')
        if type(self.secondary) is not bool:
            yield Problem("secondary", f"{self.secondary!r} is neither True nor False", "Give one of them")

    def hides(self, count: int) -> bool:
        """Whether a count is left out for its own sake."""
        return 1 <= count <= self.threshold or (count == 0 and self.zeros == "suppress")

    def shown(self, count: int) -> int:
        """A count as it is shown: rounded to the nearest multiple, a half upwards."""
        return (2 * count + self.round_to) // (2 * self.round_to) * self.round_to

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and the most that a number shown can stand for, to a reader who knows these rules."""
        low, high = shown - self.round_to // 2, shown + (self.round_to - 1) // 2
        return (0, 0) if shown == 0 and self.zeros == "show" else (max(low, self.threshold + 1), high)

    def words(self, *, hidden: bool) -> str:
        """What a reader of a table by these rules is told, in sentences.

        >>> Rules(5).words(hidden=True)
        '[c] hides a count from 1 to 5, or one from which such a count could be worked out.'

        Args:
            hidden: Whether any number of the table is left out.
        """
        least, most = self.small
        small = f"a count from {least} to {most:,}"
        more = ", or one from which such a count could be worked out" if self.secondary else ""
        said = [f"[c] hides {small}{more}." if hidden else f"No number is hidden: none is {small}."]
        if not self.secondary and hidden:
            said.append("Some of them may be worked out from the rest.")
        if self.round_to > 1:
            others = "All others are" if hidden else "Every number is"
            said.append(f"{others} rounded to the nearest {self.round_to:,}, totals too, so they need not add up.")
        return " ".join(said)

    @property
    def small(self) -> tuple[int, int]:
        """The least and the most that a count can be that is left out for its own sake."""
        return (0 if self.zeros == "suppress" else 1), self.threshold


NHS_SUBNATIONAL: Final = Rules(threshold=7, round_to=5)
"""Counts of 1 to 7 left out, all others rounded to the nearest 5: NHS hospital statistics below the national level
since September 2018.

Source: https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/\
change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018. That page itself was not read: 1 to 7 was
read in a re-post of the method, the rounding in another note of the NHS. Neither speaks of secondary suppression. It
is on here, and does something only where a number could be worked out in spite of the rounding.
"""

OLDER_NHS: Final = Rules(threshold=5)
"""Counts of 1 to 5 left out, with secondary suppression and no rounding: as reported, the practice before September
2018. The page that laid it down was not read."""

ASCOF_SURVEY_BASE: Final = 3
"""Measures of the Adult Social Care Outcomes Framework that come from a survey are blank where fewer people than this
are in their base. Source: the notes of the published tables, *Measures from the Adult Social Care Outcomes Framework*.
It is about what a percentage is a share of, and so no preset of `Rules`; for counts it would be a threshold of 2."""
