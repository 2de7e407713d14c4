"""Statutory clocks: the day of receipt is the first."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures.statutory_clocks import clocks, due


def test_the_clocks_and_how_sure_they_are() -> None:
    """Each clock has its length, what starts it, what ends it, and how sure each source is."""
    lengths = {kind: clock.days or f"{clock.months} months" for kind, clock in clocks().items()}
    assert lengths == {"standard": 21, "urgent": 7, "extension": 7, "authorisation": "12 months"}
    assert [reference.basis for reference in clocks()["standard"].references] == ["law", "official"]
    assert [reference.basis for reference in clocks()["urgent"].references] == ["law", "inferred"]
    assert [reference.basis for reference in clocks()["extension"].references] == ["law", "press", "inferred"]
    assert all(clock.starts and clock.what for clock in clocks().values())


@pytest.mark.parametrize(
    ("received", "kind", "last"),
    [
        ("2026-03-01", "standard", "2026-03-21"),
        ("2024-02-10", "standard", "2024-03-01"),  # a leap year
        ("2025-02-10", "standard", "2025-03-02"),
        ("2026-12-24", "standard", "2027-01-13"),
        ("2010-02-22", "urgent", "2010-02-28"),
        ("2026-12-28", "urgent", "2027-01-03"),
        ("2027-01-04", "extension", "2027-01-10"),
        ("2026-03-01", "authorisation", "2027-02-28"),
        ("2024-02-29", "authorisation", "2025-02-27"),
    ],
)
def test_the_last_day(received: str, kind: str, last: str) -> None:
    """The day on which a clock starts is its first."""
    assert due(dt.date.fromisoformat(received), kind) == dt.date.fromisoformat(last)


@settings(deadline=None)
@given(st.dates(max_value=dt.date(9999, 12, 1)), st.sampled_from(["standard", "urgent"]))
def test_from_the_first_to_the_last_there_are_as_many_days_as_the_law_gives(received: dt.date, kind: str) -> None:
    """Both ends count."""
    days = [received + dt.timedelta(days=n) for n in range((due(received, kind) - received).days + 1)]
    assert len(days) == {"standard": 21, "urgent": 7, "extension": 7}[kind]


@pytest.mark.parametrize("received", ["1 March", 20260301, None])
def test_anything_but_a_date_is_refused(received: object) -> None:
    """A text that is no date, a number and nothing are no days."""
    with pytest.raises(InvalidInputError):
        due(received)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["extended", "", "Standard"])
def test_other_clocks_are_refused(kind: str) -> None:
    """The message names the clocks that there are."""
    with pytest.raises(InvalidInputError, match="Use standard, urgent, extension or authorisation"):
        due(dt.date(2026, 3, 1), kind)
