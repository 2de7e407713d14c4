"""What a council owes: remedies that a decision asks for, and promises that it made to its members."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from careassure.model.dates import PartialDate
from careassure.model.showing import short_repr
from careassure.workspaces.plan import quantity

REMEDY_KINDS = ("payment", "apology", "action")
"""What a remedy is: money, words, or something else that is to be done, such as a change of a procedure."""

YES_NO = ("yes", "no")


def pounds(amount: Fraction) -> str:
    """A sum of money, with its pence where it has any.

    >>> pounds(Fraction(6000)), pounds(Fraction("500.5"))
    ('£6,000', '£500.50')
    """
    said = quantity(amount, "£")
    whole, point, pence = said.partition(".")
    return f"{whole}{point}{pence:0<2}" if point else said


def pounds_number(amount: Fraction) -> str:
    """A sum as a number for programs, exact, with two places where it has pence.

    >>> pounds_number(Fraction(6000)), pounds_number(Fraction("1150.5"))
    ('6000', '1150.50')
    """
    return pounds(amount).replace("£", "").replace(",", "")


@frozen
class Remedy:
    """What is to be paid, said or done after a complaint was upheld.

    Args:
        id: Its name in the workspace.
        event: The id of the event that asks for it, such as an ombudsman's decision.
        kind: One of `REMEDY_KINDS`.
        text: What is to be paid or done; no personal data.
        to: To whom, by role: the man, or his mother; never a name.
        amount: Of a payment, the pounds; None where that is not known.
        roughly: Whether the amount was printed as a round one, such as almost £6,000.
        due: Until when.
        done: When it was done; None where it was not, or not yet.
        evidence: The ids of the evidence that shows it.
        note: What should be known.
    """

    id: str
    event: str
    kind: str
    text: str
    to: str = ""
    amount: Fraction | None = None
    roughly: bool = False
    due: PartialDate | None = None
    done: PartialDate | None = None
    evidence: tuple[str, ...] = ()
    note: str = ""

    __repr__ = short_repr

    @property
    def sum(self) -> str:
        """The amount in words; empty where it is no payment."""
        if self.kind != "payment":
            return ""
        return "amount not known" if self.amount is None else f"{'about ' if self.roughly else ''}{pounds(self.amount)}"


@frozen
class Promise:
    """Something that the council promised its members.

    Args:
        id: Its name in the workspace.
        date: When.
        text: What was promised; no personal data.
        role: The role of whoever promised it; never a name.
        meeting: To which meeting or members.
        statements: The ids of the statements that it is about; empty where it is about none of them.
        due: Until when.
        kept: When it was kept; None where it was not, or not yet.
        withdrawn: When the members let it go; None where they did not.
        evidence: The ids of the evidence that shows it.
        source: Where it is written.
        note: What should be known.
    """

    id: str
    date: PartialDate
    text: str
    role: str = ""
    meeting: str = ""
    statements: tuple[str, ...] = ()
    due: PartialDate | None = None
    kept: PartialDate | None = None
    withdrawn: PartialDate | None = None
    evidence: tuple[str, ...] = ()
    source: str = ""
    note: str = ""

    __repr__ = short_repr
