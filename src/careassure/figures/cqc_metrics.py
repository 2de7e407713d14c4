"""The metrics that CQC says it looks at under its statements."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from careassure.figures.model import IndicatorKey, Polarity
from careassure.model.reference import Basis, Reference
from careassure.model.showing import short_repr

ListState = Literal["complete", "cut off", "not known"]
"""How much of a list was seen: all of it, its beginning, or nothing."""


@frozen
class Metric:
    """A metric that CQC says it looks at under a statement.

    Args:
        statement: The statement's id.
        number: Its place in the list, from 1.
        survey: Where its values come from: a survey or a return.
        title: What it measures, in our words.
        polarity: Which way is better; a reading of ours.
        polarity_basis: How sure that is.
        indicator: The indicator that seems to be the same; None where none is known.
    """

    statement: str
    number: int
    survey: str
    title: str
    polarity: Polarity
    polarity_basis: Basis
    indicator: IndicatorKey | None = None

    __repr__ = short_repr


@frozen
class MetricList:
    """The metrics of a statement, as far as the list was seen.

    Args:
        statement: The statement's id.
        state: How much of the list was seen.
        metrics: What was seen, in order.
        references: Where.
        note: What the reader should know.
    """

    statement: str
    state: ListState
    metrics: tuple[Metric, ...] = ()
    references: tuple[Reference, ...] = ()
    note: str = ""

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """How many metrics are known, and whether that is all, in a sentence."""
        if self.state == "not known":
            return f"CQC's metrics for {self.statement} are not known: {self.note}"
        extent = "the whole list" if self.state == "complete" else "the beginning of the list"
        return f"{len(self.metrics)} of CQC's metrics for {self.statement} are known: {extent}. {self.note}".rstrip()

    def __str__(self) -> str:
        return self.words
