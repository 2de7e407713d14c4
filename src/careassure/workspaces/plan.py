"""An improvement plan: what will be done, by which role, until when, and by what it is measured."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr

STATUSES = ("not_started", "in_progress", "complete", "cancelled")
"""Where an action stands."""

ENDED = ("complete", "cancelled")
"""The statuses after which an action is no longer open."""

DIRECTIONS = ("higher", "lower", "at_least", "at_most", "nobody_above", "met")
"""Which way a measure gets better. ``at_least`` and ``at_most`` say the same of its target; of ``nobody_above`` the
value is the highest that was found, such as the longest wait. ``met``: its values are *met* and *not met*."""

MET, NOT_MET = "met", "not met"
"""The values of a measure that is met or not met; they count as 1 and 0."""

_COUNTS = ("number", "count", "index")
"""Units that say no more than the number does."""
_MOST_PLACES = 15


def quantity(value: Fraction, unit: str = "") -> str:
    """A value with its unit: commas between its thousands, and no digit of what was put in left out.

    >>> quantity(Fraction(16000), "number"), quantity(Fraction(6000), "£"), quantity(Fraction("574.25"), "days")
    ('16,000', '£6,000', '574.25 days')
    """
    text = decimal(abs(value), _MOST_PLACES)
    if Fraction(text) != abs(value):
        text = decimal(abs(value))
    whole, point, rest = text.partition(".")
    number = f"{'-' if value < 0 else ''}{'£' if unit == '£' else ''}{int(whole):,}{point}{rest}"
    return number if unit == "£" or unit.casefold() in ("", *_COUNTS) else f"{number} {unit}"


@frozen
class Action:
    """Something that the council will do.

    Args:
        id: Its name in the workspace.
        title: What will be done.
        statements: The ids of the statements that it is to improve; empty where it is about none of them.
        findings: The ids of the findings that it answers.
        owner: The role that answers for it; never a name.
        due: Until when.
        agreed: Since when it stands in the plan; None: from the beginning.
        moves: The scores that those who wrote it hope for once it is complete. They are used for a what-if, and
            never as a forecast.
    """

    id: str
    title: str
    statements: tuple[str, ...]
    findings: tuple[str, ...] = ()
    owner: str = ""
    due: PartialDate | None = None
    agreed: PartialDate | None = None
    moves: tuple[Claim, ...] = ()

    __repr__ = short_repr


@frozen
class Update:
    """Where an action stood on a date.

    Args:
        action: The action's id.
        date: When.
        status: One of `STATUSES`.
        evidence: The ids of the evidence that shows it.
        note: What was said.
    """

    action: str
    date: PartialDate
    status: str
    evidence: tuple[str, ...] = ()
    note: str = ""

    __repr__ = short_repr


@frozen
class Measure:
    """By what an action's effect is measured.

    Args:
        id: Its name in the workspace.
        title: What is counted.
        direction: One of `DIRECTIONS`: which way is better.
        actions: The ids of the actions that it measures; empty where it stands by itself.
        unit: The unit, such as ``%``, ``days`` or ``working days``; it is text, and no day is counted by it.
        baseline: Its value before.
        baseline_date: When that was.
        target: The value to be reached; None where there is none, or where it is set by ``target_change``.
        target_date: Until when.
        scope: Who or what is counted.
        duty: The statutory duty that it shows, with its place in the law; empty where it shows none.
        reference: Where the target is set.
        target_change: By how many per cent of the baseline the value is to change; below 0: to fall.
    """

    id: str
    title: str
    direction: str
    actions: tuple[str, ...] = ()
    unit: str = ""
    baseline: Fraction | None = None
    baseline_date: PartialDate | None = None
    target: Fraction | None = None
    target_date: PartialDate | None = None
    scope: str = ""
    duty: str = ""
    reference: str = ""
    target_change: Fraction | None = None

    __repr__ = short_repr

    @property
    def upward(self) -> bool:
        """Whether it gets better as it grows."""
        return self.direction in ("higher", "at_least", "met")

    @property
    def better(self) -> str:
        """Which way is better, in words."""
        if self.direction == "met":
            return "met or not met"
        return "higher is better" if self.upward else "lower is better"

    @property
    def aim(self) -> Fraction | None:
        """The value to be reached, worked out from the baseline where it is set as a change; None where none is."""
        if self.direction == "met":
            return Fraction(1)
        if self.target_change is None or self.target is not None:
            return self.target
        return None if self.baseline is None else self.baseline * (1 + self.target_change / 100)

    @property
    def goal(self) -> str:
        """The value to be reached, in words; empty where none was set."""
        if self.direction == "met":
            return MET
        word = self.direction.replace("_", " ")
        before = "" if word in ("higher", "lower") else f"{word} "
        if self.target_change is not None and self.target is None:
            side = "less" if self.target_change < 0 else "more"
            worked_out = "" if self.aim is None else f" ({before}{quantity(self.aim)})"
            return f"{quantity(abs(self.target_change))} % {side} than before{worked_out}"
        return "" if self.target is None else f"{before}{quantity(self.target)}"

    def reaches(self, value: Fraction) -> bool | None:
        """Whether a value is the target or better; None where no target was set."""
        aim = self.aim
        if aim is None:
            return None
        return value >= aim if self.upward else value <= aim

    def said(self, value: Fraction) -> str:
        """A value of it in words, with its unit."""
        if self.direction == "met":
            return MET if value >= 1 else NOT_MET
        return quantity(value, self.unit)


@frozen
class Reading:
    """The value of a measure on a date.

    Args:
        measure: The measure's id.
        date: When.
        value: The value, exact.
        source: Where it is from.
    """

    measure: str
    date: PartialDate
    value: Fraction
    source: str = ""

    __repr__ = short_repr
