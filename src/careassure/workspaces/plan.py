"""An improvement plan: what will be done, by which role, until when, and by what it is measured."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.model.showing import short_repr

STATUSES = ("not_started", "in_progress", "complete", "cancelled")
"""Where an action stands."""

DIRECTIONS = ("higher", "lower")
"""Which way a measure gets better."""


@frozen
class Action:
    """Something that the council will do.

    Args:
        id: Its name in the workspace.
        title: What will be done.
        statements: The ids of the statements that it is to improve.
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
        direction: ``higher`` or ``lower``: which way is better.
        actions: The ids of the actions that it measures.
        unit: The unit, such as ``%`` or ``days``.
        baseline: Its value before.
        baseline_date: When that was.
        target: The value to be reached.
        target_date: Until when.
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

    __repr__ = short_repr


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
