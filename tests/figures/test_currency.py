"""How long ratings stand before the next."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures import currency
from helpers import few

AT = dt.date(2026, 1, 1)
# Freireich and others (1963): weeks in remission of 21 patients on 6-MP; a negative number was still in remission.
# The printed estimates are those of every textbook, such as Kleinbaum and Klein, Survival Analysis, table 2.1.
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35]
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
ERRORS = {6: 0.076, 7: 0.087, 10: 0.096, 13: 0.107, 16: 0.114, 22: 0.128, 23: 0.135}


def patient(number: int) -> tuple[list[dt.date], dt.date | None]:
    """A history in which the first rating stood so many days, and what followed."""
    start = dt.date(2000, 1, 1)
    last = start + dt.timedelta(days=abs(number))
    return ([start, last], last) if number > 0 else ([start], last)


def test_the_textbook() -> None:
    """The shares and their standard errors are those printed for the 21 patients of Freireich and others."""
    histories, ended = {}, {}
    for at, number in enumerate(WEEKS):
        days, last = patient(number)
        histories[str(at)] = days
        if last:
            ended[str(at)] = last
    found = currency(histories, AT, ended)
    # The second rating of a history stands no day at all, and falls on no step.
    assert {step.days: round(float(step.share), 3) for step in found.steps} == PRINTED
    assert {step.days: round(float(step.variance) ** 0.5, 3) for step in found.steps} == ERRORS
    assert found.median == 23


dates = st.dates(dt.date(2015, 1, 1), AT)
histories = st.dictionaries(
    st.text(min_size=1, max_size=3), st.lists(dates, min_size=1, max_size=5), min_size=1, max_size=8
)


@few
@given(histories)
def test_every_rating_is_counted(given_days: dict[str, list[dt.date]]) -> None:
    """Each rating is replaced or waits; the share falls from 1 and is never below 0; those at risk become fewer."""
    found = currency(given_days, AT)
    assert found.ratings == sum(len(set(days)) for days in given_days.values())
    assert found.waiting == len(given_days)
    assert found.replaced + found.waiting == found.ratings
    shares = [Fraction(1), *(step.share for step in found.steps)]
    assert shares == sorted(shares, reverse=True)
    assert min(shares) >= 0
    assert [step.at_risk for step in found.steps] == sorted((s.at_risk for s in found.steps), reverse=True)
    assert found.share(0) == (found.steps[0].share if found.steps and found.steps[0].days == 0 else 1)
    assert found.share(found.longest + 1) is None


@few
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=30))
def test_without_any_that_wait_it_is_the_plain_share(stood: list[int]) -> None:
    """Where every first rating was replaced and no second one is seen, the share is that of those that stood longer."""
    start = dt.date(2000, 1, 1)
    ends = {str(n): start + dt.timedelta(days=days) for n, days in enumerate(stood)}
    found = currency({name: [start, end] for name, end in ends.items()}, AT, ends)
    for step in found.steps:
        assert step.share == Fraction(sum(days > step.days for days in stood), len(stood))


def test_faults_are_told_at_once() -> None:
    """Days after the last day that is looked at are named, all of them; no rating at all is refused."""
    late = dt.date(2026, 2, 1)
    with pytest.raises(InvalidInputError) as raised:
        currency({"a": [late], "b": [dt.date(2020, 1, 1)]}, AT, {"b": dt.date(2019, 1, 1)})
    assert len(raised.value.problems) == 2
    with pytest.raises(InvalidInputError, match="there is no rating in it"):
        currency({}, AT)
