"""Waits from a table with a row for each person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures import read_waits
from helpers import few

AT = dt.date(2025, 6, 1)
days = st.dates(dt.date(2024, 1, 1), AT)


@few
@given(rows=st.lists(st.tuples(days, st.none() | st.integers(0, 400)), min_size=1, max_size=8), at=days)
def test_everybody_counts_up_to_the_day(
    rows: list[tuple[dt.date, int | None]], at: dt.date, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Who waited on the day counts with the wait up to it; who began later is left out and counted; nobody is lost."""
    path = tmp_path_factory.mktemp("waits") / "w.csv"
    ends = [None if size is None else min(first + dt.timedelta(size), AT) for first, size in rows]
    lines = [f"{first},{end or ''}" for (first, _), end in zip(rows, ends, strict=True)]
    path.write_text("\n".join(["asked,done", *lines]))
    found = read_waits(path, since="asked", until="done", at=at)
    begun = [(first, end) for (first, _), end in zip(rows, ends, strict=True) if first <= at]
    assert found.later == len(rows) - len(begun)
    assert list(found.waits) == [(min(end or at, at) - first).days for first, end in begun]
    assert found.waiting == sum(end is None or end > at for _, end in begun)


def test_a_column_of_waits(tmp_path: Path) -> None:
    """Numbers may have commas, and a blank or a mark is not known; groups are taken as they stand."""
    path = tmp_path / "w.csv"
    path.write_text('team,days\nNorth,3\n,"1,204"\nSouth,\nSouth,[x]\n')
    found = read_waits(path, wait="Days", by="team")
    assert list(found.waits) == [3, 1204, None, None]
    assert found.groups == ("North", "", "South", "South")


def test_every_fault_is_told_with_its_row(tmp_path: Path) -> None:
    """What is no number, below 0, no whole day, in the future or before its beginning is told at once, by row."""
    path = tmp_path / "w.csv"
    path.write_text("days,asked,done\nsoon,2025-05,\n-1,2025-05-02,2025-05-01\n,,2999-01-01\n")
    with pytest.raises(InvalidInputError) as refused:
        read_waits(path, wait="days")
    assert [problem.where.row for problem in refused.value.problems] == [2, 3]
    with pytest.raises(InvalidInputError) as refused:
        read_waits(path, since="asked", until="done", at=AT)
    places = [(problem.where.row, problem.where.column) for problem in refused.value.problems]
    assert places == [(2, "asked"), (3, "done"), (4, "done")]
    for columns in ({}, {"wait": "days", "since": "asked", "until": "done"}, {"since": "asked"}):
        with pytest.raises(InvalidInputError, match="a column with waits or two with days are needed"):
            read_waits(path, **columns)  # type: ignore[arg-type]
