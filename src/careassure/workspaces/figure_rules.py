"""What must hold between the values of a workspace's own indicators: each figure once, and each replaces another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careassure.figures.alike import replaced_by, where_of
from careassure.figures.model import Value
from careassure.model.ids import shown
from careassure.model.text import fold


def value_key(value: Value) -> tuple[str, ...]:
    """What tells a figure from every other: two of one source that count the same people are one figure."""
    return (str(value.indicator), where_of(value), value.period, fold(value.scope), fold(value.source))


def value_faults(values: Sequence[Value]) -> Iterator[tuple[int, str, str, str]]:
    """What is wrong with what values replace: the row, its column, what it is, and what to do."""
    for at, value in enumerate(values):
        if not value.supersedes:
            continue
        found = list(replaced_by(value, values))
        others = sorted({other.period for other in values if other is not value and _beside(other, value)})
        if not found:
            hint = f"There are values of {', '.join(others)}" if others else "It has no other value"
            yield (
                at,
                "supersedes",
                f"{value.label} has no value with the period or source {shown(value.supersedes)}",
                hint,
            )
        elif len(found) > 1:
            yield (
                at,
                "supersedes",
                f"{shown(value.supersedes)} is said of {len(found)} values",
                "Name one by its source",
            )
        elif found[0].period > value.period:
            yield at, "supersedes", f"the value of {found[0].period} is later than this one", "Turn the two round"
        elif value in replaced_by(found[0], values):
            yield at, "supersedes", "the two values replace each other", "Say it in one of the two rows"


def _beside(one: Value, other: Value) -> bool:
    return one.indicator == other.indicator and where_of(one) == where_of(other)
