"""Since when scores stand: a rating made of several years is seen, and a method can limit it."""

from __future__ import annotations

from attrs import frozen

from careassure.model.dates import PartialDate, months_after
from careassure.model.showing import short_repr

MIXED_DATES = "mixed_dates"
"""The fact that holds where scores are further apart than a limit that the user sets."""


@frozen
class ScoreDates:
    """Since when the oldest and the newest of some scores stand.

    Args:
        oldest: Since when the oldest stands.
        oldest_title: What it is a score of.
        newest: Since when the newest stands.
        newest_title: What it is a score of.
    """

    oldest: PartialDate
    oldest_title: str
    newest: PartialDate
    newest_title: str

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """Both dates in a sentence."""
        if self.oldest == self.newest:
            return f"All scores are of {self.oldest.words}"
        return f"Scores are of {self.oldest.words} ({self.oldest_title}) to {self.newest.words} ({self.newest_title})"

    def mixed(self, months: int) -> bool | None:
        """Whether they are more than so many months apart; None where the dates are not known closely enough."""
        if months_after(self.oldest.latest, months) < self.newest.earliest:
            return True
        return False if self.newest.latest <= months_after(self.oldest.earliest, months) else None

    def to_dict(self) -> dict[str, object]:
        """Both dates as plain values that JSON can hold."""
        return {"oldest": str(self.oldest), "newest": str(self.newest), "words": self.words}

    def __str__(self) -> str:
        return self.words
