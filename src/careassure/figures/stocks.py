"""Work that comes in, is done and waits: whether published figures of it fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen

from careassure.errors import Problem, collecting
from careassure.model.arguments import checked_after
from careassure.model.numbers import Number, exact
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr


def _optional(number: Number | None) -> Fraction | None:
    return None if number is None else exact(number)


@frozen
class Stock:
    """What was open, came in, was completed and is open, over a period.

    Args:
        received: How many came in.
        completed: How many were completed.
        closing: How many were open at the end.
        opening: How many were open at the start; None where it is not known.
        months: How long the period is.
        rounded_to: What the figures are rounded to, such as 5; 0 where they are exact.

    Raises:
        InvalidInputError: A figure is below 0, or the period has no length.
    """

    received: Fraction = field(converter=exact, kw_only=True)
    completed: Fraction = field(converter=exact, kw_only=True)
    closing: Fraction = field(converter=exact, kw_only=True)
    opening: Fraction | None = field(default=None, converter=_optional, kw_only=True)
    months: Fraction = field(default=Fraction(12), converter=exact, kw_only=True)
    rounded_to: Fraction = field(default=Fraction(0), converter=exact, kw_only=True)

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the stock") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for name in ("opening", "received", "completed", "closing", "rounded_to"):
            number: Fraction | None = getattr(self, name)
            if number is not None and number < 0:
                yield Problem(name, f"{decimal(number)} is below 0")
        if self.months <= 0:
            yield Problem("months", f"{decimal(self.months)} months are not a period", "Give 12 for a year")

    @property
    def implied_opening(self) -> Fraction:
        """How many were open at the start if the other three figures are right."""
        return self.closing - self.received + self.completed

    @property
    def implied_closing(self) -> Fraction | None:
        """How many would be open at the end by the other three figures; None where the opening is not known."""
        return None if self.opening is None else self.opening + self.received - self.completed

    @property
    def unexplained(self) -> Fraction | None:
        """The printed closing less the implied one: below 0 where cases went without being counted as completed."""
        return None if self.implied_closing is None else self.closing - self.implied_closing

    @property
    def slack(self) -> Fraction:
        """The most that rounding of four figures can explain: half a step of each."""
        return 2 * self.rounded_to

    @property
    def reconciles(self) -> bool | None:
        """Whether the four figures fit each other within their rounding; None where the opening is not known."""
        return None if self.unexplained is None else abs(self.unexplained) <= self.slack

    @property
    def months_of_work(self) -> Fraction | None:
        """How long the closing stock takes at the period's rate if nothing more came in; None where none was done."""
        return self.closing * self.months / self.completed if self.completed else None

    @property
    def share_closed(self) -> Fraction | None:
        """The completed as a share of all that could be, open at the start or received; from 0 to 1.

        It is above 1 only where the figures do not reconcile. None where the opening is not known, or is 0 with
        nothing received.
        """
        total = None if self.opening is None else self.opening + self.received
        return self.completed / total if total else None

    @property
    def words(self) -> str:
        """Whether the figures fit, and how much work is left, in sentences."""
        end = f"{_said(self.closing)} open at the end"
        said = [f"{_said(self.received)} received, {_said(self.completed)} completed, {end}."]
        if self.opening is None or self.unexplained is None or self.implied_closing is None:
            said.append(f"If these are right, {_said(self.implied_opening)} were open at the start; it is not known.")
        elif self.reconciles:
            said.append(f"With {_said(self.opening)} open at the start the figures reconcile.")
        else:
            more = "more" if self.unexplained > 0 else "fewer"
            said.append(
                f"With {_said(self.opening)} open at the start {_said(self.implied_closing)} would be open: "
                f"{_said(abs(self.unexplained))} {more} are, and nothing in the figures explains it."
            )
            if self.slack:
                said.append(f"Rounding to {decimal(self.rounded_to)} explains at most {_said(self.slack)}.")
        if self.months_of_work is not None:
            months = decimal(self.months_of_work, 1)
            said.append(f"At this rate that is {months} months of work, if nothing more came in.")
        if self.share_closed is not None:
            said.append(f"{decimal(100 * self.share_closed, 1)} % of what was open or came in was completed.")
        return " ".join(said)

    def to_dict(self) -> dict[str, object]:
        """The stock as plain values; exact numbers are text."""
        given = ("opening", "received", "completed", "closing", "months")
        worked_out = ("implied_opening", "implied_closing", "unexplained", "months_of_work", "share_closed")
        numbers = {name: getattr(self, name) for name in (*given, *worked_out)}
        return {
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            "reconciles": self.reconciles,
            "words": self.words,
        }

    def __str__(self) -> str:
        return self.words


def _said(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else decimal(number)


@checked_after
def stock(
    *,
    received: Number,
    completed: Number,
    closing: Number,
    opening: Number | None = None,
    months: Number = 12,
    rounded_to: Number = 0,
) -> Stock:
    """See whether what was open, came in, was completed and is open fit each other: the fields of a `Stock`.

    An opening that is not known is left out.

    >>> stock(opening=100, received=50, completed=60, closing=85).unexplained
    Fraction(-5, 1)

    Raises:
        InvalidInputError: A figure is not an exact number or below 0, or the period has no length.
    """
    return Stock(
        received=received, completed=completed, closing=closing, opening=opening, months=months, rounded_to=rounded_to
    )
