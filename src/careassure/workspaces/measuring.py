"""How far the measures of an improvement plan have come on a day, and how statutory duties stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from careassure.model.arguments import DayLike, checked
from careassure.model.rounding import decimal
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.plan import MET, NOT_MET, Measure, Reading
from careassure.workspaces.workspace import Workspace

_WIDEST = 20
"""The longest bar of a series, in characters."""


@frozen
class MeasureProgress:
    """How far a measure has come.

    Args:
        measure: The measure.
        latest: Its latest value, with the date; None where there is none.
        readings: Every value until then, the oldest first.
        unread: Whether its target date has passed and no value of that date or later is known.
        passed: Whether its target date has passed.
    """

    measure: Measure
    latest: Reading | None
    readings: tuple[Reading, ...] = ()
    unread: bool = False
    passed: bool = False

    __repr__ = short_repr

    @property
    def change(self) -> Fraction | None:
        """The latest value less the baseline, in the measure's unit."""
        if self.latest is None or self.measure.baseline is None:
            return None
        return self.latest.value - self.measure.baseline

    @property
    def way(self) -> Fraction | None:
        """How much of the way from baseline to target is done, as a share; below 0 where it got worse."""
        target, start = self.measure.aim, self.measure.baseline
        if self.change is None or target is None or start is None or target == start:
            return None
        return self.change / (target - start)

    @property
    def met(self) -> bool | None:
        """Whether the latest value is the target or better; None where either is not known."""
        return None if self.latest is None else self.measure.reaches(self.latest.value)

    @property
    def stands(self) -> str:
        """*met*, *not met* or *not known*, by the latest value."""
        return {True: MET, False: NOT_MET, None: "not known"}[self.met]

    @property
    def words(self) -> str:
        """Where it stands, in a sentence."""
        measure = self.measure
        title = f"{measure.title} (of {measure.scope})" if measure.scope else measure.title
        if self.latest is None:
            said = f"{title}: no value yet"
        else:
            said = f"{title}: {measure.said(self.latest.value)} {self.latest.date.when}"
        then = f" {measure.baseline_date.when}" if measure.baseline_date else ""
        if measure.baseline is not None:
            said += f", from {measure.said(measure.baseline)}{then}{self._share}"
        elif then:
            said += f", from a value not known{then}"
        return said + self._goal

    @property
    def _share(self) -> str:
        """By how many per cent of the baseline it changed, where that is what the target is about."""
        start = self.measure.baseline
        if self.measure.target_change is None or not self.change or not start:
            return ""
        return f" ({decimal(abs(self.change / start * 100))} % {'less' if self.change < 0 else 'more'})"

    @property
    def _goal(self) -> str:
        """The target with its date, and whether it is met."""
        measure = self.measure
        until = measure.target_date
        by = f" by {until.words}" if until else ""
        if not measure.goal and until is None:
            return ""
        if measure.direction == "met":
            said = f"; to be met{by}" if until else ""
        else:
            said = f"; target {measure.goal or 'not known'}{by}"
        if self.unread:
            last = f"the last is {measure.said(self.latest.value)} {self.latest.date.when}" if self.latest else ""
            return f"{said}, which has passed: no value of then is known" + (f", {last}" if last else "")
        return said if self.met is None or measure.direction == "met" else f"{said} {self.stands}"

    @property
    def course(self) -> str:
        """How its values ran, in a sentence: the first and the last, how often it got better and worse, and the ends.

        Empty where fewer than two are known.
        """
        if len(self.readings) < 2:
            return ""
        values = [item.value for item in self.readings]
        first, last = self.readings[0], self.readings[-1]
        way = 1 if self.measure.upward else -1
        steps = [(later - earlier) * way for earlier, later in pairwise(values)]
        counts = ((sum(step > 0 for step in steps), "better"), (sum(step < 0 for step in steps), "worse"),
                  (sum(step == 0 for step in steps), "the same"))  # fmt: skip
        ran = ", ".join(f"{word} {'once' if count == 1 else f'{count:,} times'}" for count, word in counts if count)
        said = self.measure.said
        ends = ""
        if self.measure.direction != "met" and len(values) > 2:
            ends = f"; lowest {said(min(values))}, highest {said(max(values))}"
        return (
            f"{plural(len(values), 'value')}: from {said(first.value)} {first.date.when} "
            f"to {said(last.value)} {last.date.when}; {ran}{ends}"
        )

    @property
    def values(self) -> tuple[str, ...]:
        """Every value with its date and its source."""
        return tuple(
            ": ".join([item.date.words, self.measure.said(item.value)]) + (f" ({item.source})" if item.source else "")
            for item in self.readings
        )

    @property
    def series(self) -> tuple[str, ...]:
        """Every value on a line, with its date, its source, and a bar as long as it is, beside the numbers."""
        said = [(item.date.words, self.measure.said(item.value)) for item in self.readings]
        wide, high = (max((len(pair[at]) for pair in said), default=0) for at in (0, 1))
        bars = _bars([item.value for item in self.readings]) if self.measure.direction != "met" else [""] * len(said)
        longest = max(map(len, bars), default=0)
        return tuple(
            "  ".join([f"{date:<{wide}}", f"{value:>{high}}", *([f"{bar:<{longest}}"] if longest else []),
                       *([item.source] if item.source else [])]).rstrip()
            for (date, value), bar, item in zip(said, bars, self.readings, strict=True)
        )  # fmt: skip

    def __str__(self) -> str:
        return self.words


def _bars(values: Sequence[Fraction]) -> list[str]:
    """A bar for each value, from 0 on; none where fewer than three are known or one is below 0."""
    most = max(values, default=Fraction(0))
    if len(values) < 3 or most <= 0 or min(values) < 0:
        return [""] * len(values)
    return ["#" * int(value * _WIDEST / most + Fraction(1, 2)) for value in values]


@checked
def measures(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[MeasureProgress, ...]:
    """How far each measure has come at the end of a day, whether an action names it or not.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The date of the board; today where None.
    """
    day = day_or_today(at)
    return measured(opened(workspace).at(day), day)


@checked
def duties(workspace: WorkspaceLike, at: DayLike | None = None) -> tuple[MeasureProgress, ...]:
    """The measures that show a statutory duty, as they stand at the end of a day: met, not met or not known.

    Whether one is met is what its latest value says, however old that is; the value comes with its date.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    return tuple(item for item in measures(workspace, at) if item.measure.duty)


def measured(then: Workspace, day: dt.date) -> tuple[MeasureProgress, ...]:
    """How far each measure has come, of what was held at the end of a day."""
    series: dict[str, list[Reading]] = {}
    for reading in sorted(then.readings, key=lambda item: item.date):
        series.setdefault(reading.measure, []).append(reading)
    return tuple(_measure(item, tuple(series.get(item.id, ())), day) for item in then.measures)


def _measure(measure: Measure, readings: tuple[Reading, ...], day: dt.date) -> MeasureProgress:
    latest, until = readings[-1] if readings else None, measure.target_date
    passed = until is not None and until.latest < day
    known = until is not None and any(item.date.latest >= until.earliest for item in readings)
    return MeasureProgress(measure, latest, readings, passed and measure.aim is not None and not known, passed)
