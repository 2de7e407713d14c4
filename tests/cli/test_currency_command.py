"""The command ``currency``, and the reading of histories."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.api.histories import read_histories
from careassure.cli import main
from careassure.errors import InvalidInputError
from helpers import few

TABLE = """Location ID,Report date,Closed
1-1,2015-01-23,
1-1,02/04/2016,
1-2,2016-05-01,2017-05-01
1-3,2016-05-01,
1-3,2018-05-01,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small table of ratings."""
    path = tmp_path / "ratings.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_curve(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The curve is printed with how many are still seen, and the closed service is seen until its end."""
    words = [str(table), "--service", "location id", "--rated", "Report date", "--at", "2020-01-01"]
    assert main(["currency", *words, "--ended", "closed"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("5 rows read: 3 services, 5 ratings.")
    assert "2 replaced by another, 3 still stood." in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80
    assert main(["currency", *words, "--ended", "closed", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    # The closed service was seen for 365 days alone, and the newest rating for 610.
    assert [(row["days"], row["at_risk"], row["share"]) for row in rows] == [("435", "4", "3/4"), ("730", "2", "3/8")]


def test_every_fault_is_told_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Blank names, days that are none or not whole, and two ends of one service are told at once, with their rows."""
    path = tmp_path / "r.csv"
    rows = ("id,day,end", ",2020-01-01,", "a,2020-01,", "a,nonsense,", "b,,", "c,2020-01-01,2021-01-01")
    path.write_text("\n".join([*rows, "c,2020-02-01,2022-01-01", ""]))
    assert main(["currency", str(path), "--service", "id", "--rated", "day", "--ended", "end"]) == 1
    said = capsys.readouterr().err
    for place in ("2, column id", "3, column day", "4, column day", "5, column day", "7, column end"):
        assert f"row {place}" in said


def test_a_column_that_is_not_there(table: Path) -> None:
    """A wrong column is told with those that look like it."""
    with pytest.raises(InvalidInputError, match="Did you mean Location ID"):
        read_histories(table, "Locaton ID", "Report date")


DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))


@few
@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS), min_size=1, max_size=9))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, dt.date]]) -> None:
    """Every row of a table is in the history of its service."""
    path = tmp_path_factory.getbasetemp() / "histories.csv"
    path.write_text("id,day\n" + "".join(f"{name},{day.isoformat()}\n" for name, day in rows))
    found = read_histories(path, "id", "day")
    assert found.rows == len(rows) == sum(map(len, found.days.values()))
    assert {name: list(days) for name, days in found.days.items()} == {
        name: [day for other, day in rows if other == name] for name, _ in rows
    }
