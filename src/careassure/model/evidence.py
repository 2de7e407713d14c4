"""Evidence: something found, for one or more statements, with where it is from and when."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from careassure.model.dates import PartialDate


def _several(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


@frozen
class Evidence:
    """Something found that bears on one or more statements.

    Args:
        id: Its name within the assessment.
        summary: What was found, in a sentence; no personal data.
        category: The id of its evidence category.
        statements: The ids of the statements it bears on; at least one.
        source: Where it is from.
        date: When it was found or published.
    """

    id: str
    summary: str
    category: str
    statements: tuple[str, ...] = field(converter=_several)
    source: str = ""
    date: PartialDate | None = None
