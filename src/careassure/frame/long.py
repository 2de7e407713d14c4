"""Long tables: one row for each score."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from careassure.model.arguments import explained


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@explained
@frozen
class Long:
    """A table with one row for each score.

    Args:
        key: The columns that tell assessments apart, such as a council's code and a date.
        statement: The column that names what was scored: by id, title or alias, ``statement/part`` for parts.
        score: The column of the scores.
    """

    key: tuple[str, ...] = field(converter=_names)
    statement: str = "statement"
    score: str = "score"
