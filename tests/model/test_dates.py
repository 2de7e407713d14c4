"""Dates of which only the year or the month may be known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate, months_after
from careassure.model.ids import shown
from careassure.testing.strategies import days, partial_dates, texts
from careassure.testing.values import partial
from helpers import tried

# Few years, so that dates often share one.
close = st.builds(partial, st.dates(dt.date(2023, 11, 1), dt.date(2025, 3, 31)), st.sampled_from((1, 2, 3)))


@given(partial_dates())
def test_text_is_read_back(date: PartialDate) -> None:
    """A partial date is read back from its text, and is taken as it is."""
    assert PartialDate.parse(str(date)) == date
    assert PartialDate.parse(date) is date


@given(days())
def test_days_of_the_calendar_are_taken(day: dt.date) -> None:
    """A day of the calendar is a partial date whose first and last day are that day."""
    date = PartialDate.parse(day)
    assert (date.earliest, date.latest, str(date)) == (day, day, day.isoformat())


@given(partial_dates(), days())
def test_a_date_spans_the_days_it_can_mean(date: PartialDate, day: dt.date) -> None:
    """The days from earliest to latest are exactly those that share every known part of the date."""
    known = [(date.year, day.year), (date.month, day.month), (date.day, day.day)]
    shares = all(part is None or part == other for part, other in known)
    assert (date.earliest <= day <= date.latest) is shares


@given(close, close)
def test_order_is_total(one: PartialDate, other: PartialDate) -> None:
    """Of two dates exactly one holds: before, equal, after; and the other comparisons follow from that."""
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) is (one < other or one == other)
    assert (one >= other) is (not one < other)
    assert (hash(one) == hash(other)) or one != other


@given(close, close, close)
def test_order_is_transitive(one: PartialDate, other: PartialDate, third: PartialDate) -> None:
    """Sorting puts every date before all that come later, so the order is transitive."""
    first, second, last = sorted([one, other, third])
    assert first <= second <= last
    assert first <= last


@given(close, close)
def test_order_agrees_with_the_calendar(one: PartialDate, other: PartialDate) -> None:
    """A date that is over before another can begin comes first, and of the same first day the vaguer comes first."""
    if one.latest < other.earliest:
        assert one < other
    if one.earliest == other.earliest and one.latest > other.latest:
        assert one < other


@given(st.integers(-1, 13), st.integers(-1, 32), st.integers(1, 9999))
def test_impossible_days_are_refused(month: int, day: int, year: int) -> None:
    """A day is accepted exactly when the calendar has it."""
    try:
        dt.date(year, month, day)
    except ValueError:
        with pytest.raises(InvalidInputError, match="not a date"):
            PartialDate(year, month, day)
    else:
        assert PartialDate(year, month, day).earliest == dt.date(year, month, day)


@pytest.mark.parametrize(
    "text",
    [
        "2025-00", "2025-13", "2025-02-29", "2025-04-31", "2025-01-00", "0000", "25", "2025-5", "2025-05-1",
        "22/05/2025", "May 2025", "2025-05-22T10:00", " 2025", "2025\n", "", "2025-W05", "-2025", "2025-05-", 25,
        20250522, -1, 2025.0, True, None,
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: object) -> None:
    """Months and days that do not exist, other ways of writing and other types are refused with the right way."""
    with pytest.raises(InvalidInputError) as raised:
        PartialDate.parse(text)  # type: ignore[arg-type]
    assert "is not a date. Write a year, year-month or year-month-day" in str(raised.value)


@pytest.mark.parametrize("parts", [(2025, None, 3), (True,), (2025, True), ("2025",), (2025.0,), (0,), (10_000,)])
def test_parts_that_make_no_date_are_refused(parts: tuple[int, ...]) -> None:
    """A day without its month, truth values, text and years outside the calendar make no date."""
    with pytest.raises(InvalidInputError, match="not a date"):
        PartialDate(*parts)


@given(texts())
@example("0000-00")
@example("2026-02-30")
def test_any_text_is_a_date_or_refused_by_our_error(text: str) -> None:
    """Reading any text gives a date or the library's own error."""
    found = tried(lambda: PartialDate.parse(text))
    assert isinstance(found, PartialDate) or (isinstance(found, InvalidInputError) and shown(text) in str(found))


@pytest.mark.parametrize(
    ("text", "words"),
    [("2025-05-22", "22 May 2025"), ("2025-05", "May 2025"), ("2025", "2025"), ("2023-11-01", "1 November 2023")],
)
def test_dates_print_as_readers_write_them(text: str, words: str) -> None:
    """A date has the words in which a reader would write it."""
    assert PartialDate.parse(text).words == words


@given(partial_dates())
def test_words_name_every_known_part(date: PartialDate) -> None:
    """The words hold the year, the day where it is known, and the month's own name where that is."""
    found = date.words.split()
    assert found[-1] == str(date.year)
    assert len(found) == 1 + (date.month is not None) + (date.day is not None)
    if date.month is not None:
        assert found[-2] == dt.date(2000, date.month, 1).strftime("%B")


def test_dates_do_not_compare_with_other_types() -> None:
    """A partial date and a day of the calendar have no order, since one of them may be vague."""
    with pytest.raises(TypeError):
        assert PartialDate(2025) < dt.date(2025, 1, 1)


def test_a_whole_number_is_a_year() -> None:
    """A whole number of four digits is read as a year, as TOML files hold it."""
    assert PartialDate.parse(2025) == PartialDate(2025)


def test_months_later_and_earlier() -> None:
    """The same day of another month, the last where it has no such day, and never before the first year."""
    for day, months, expected in (
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 3, 31), -13, (2025, 2, 28)),
        ((2026, 11, 15), 1, (2026, 12, 15)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 5, 7), 0, (2026, 5, 7)),
        ((1, 2, 3), -1, (1, 1, 3)),
        ((1, 1, 3), -1, (1, 1, 1)),
        ((1, 12, 31), -12, (1, 1, 1)),
    ):
        assert months_after(dt.date(*day), months) == dt.date(*expected)
