"""The command ``ages``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from careassure.cli import main

ROWS = [
    "1-1,2012-01-01,Good,2018-06-01,Residential social care,Rotherham",
    "1-2,2012-01-01,Outstanding,2023-06-01,Community based adult social care services,Rotherham",
    "1-3,2022-01-01,,,Community based adult social care services,York",
    "1-4,2024-05-01,,,Community based adult social care services,York",
    "1-5,2012-01-01,Inadequate,2015-06-01,Residential social care,York",
]
HEADS = (
    "Location ID,Location HSCA start date,Location Latest Overall Rating,Publication Date,"
    "Location Primary Inspection Category,Location Local Authority"
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "locations.csv"
    path.write_text("\n".join([HEADS, *ROWS, ""]), encoding="utf-8")
    return str(path)


def test_the_counts_of_all(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Bands, never rated and both together stand with their shares, and who has waited for more than 18 months."""
    assert main(["ages", table, "--at", "2024-06-30"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for said in (
        "Under 4 years 1 (20 %)",
        "4 to under 8 years 1 (20 %)",
        "8 years and over 1 (20 %)",
        "Never rated 2 (40 %)",
        "Never rated, or 4 years and over 4 (80 %)",
        "Of 2 never rated with a known registration 1 (50 %) had been registered for more than 18 months.",
        "Ratings known: 3. Of them good or outstanding: 2 (66.7 %).",
    ):
        assert said in out


def test_by_area_and_only_some(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each area has its share of good ratings; rows left out by --only are counted."""
    assert main(["ages", table, "--at", "2024-06-30", "--by", "area", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["area"], row["services"], row["good_share"]) for row in rows] == [
        ("Rotherham", "2", "1"),
        ("York", "3", "0"),
    ]
    assert {(row["rows_read"], row["notes"]) for row in rows} == {
        ("5", "2 rows with neither a rating nor a day: counted as never rated.")
    }
    only = "Location Primary Inspection Category=residential social care"
    assert main(["ages", table, "--at", "2024-06-30", "--by", "kind", "--only", only]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "5 rows read: 2 services." in out
    assert "3 rows left out, as another text stands where you asked for one." in out


@pytest.mark.parametrize(
    ("more", "status", "words"),
    [
        (["--column", "rated"], 2, "not in two parts"),
        (["--column", "colour=Good"], 1, "nothing that is read of a service"),
        (["--column", "rated=Nowhere"], 1, "not the header of a column"),
        (["--by", "kind", "--column", "kind=Publication Date", "--column", "area=x"], 1, "not the header of a column"),
        (["--bands", "4,x"], 2, "not years"),
        (["--bands", "8,4"], 1, "do not rise"),
        (["--only", "Nowhere=x"], 1, "not the header of a column"),
    ],
)
def test_what_is_wrong_is_said(
    more: list[str], status: int, words: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong command ends with 2, and a wrong input with 1."""
    assert main(["ages", table, "--at", "2024-06-30", *more]) == status
    assert words in capsys.readouterr().err


def test_a_group_that_no_column_says_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a column of kinds there is nothing to group by, and the message says how to name one."""
    path = tmp_path / "own.csv"
    path.write_text("Service,Rated\na,2020-01-01\n", encoding="utf-8")
    assert main(["ages", str(path), "--by", "kind"]) == 1
    assert "no column says the kind of a service. Name it with --column kind=NAME" in capsys.readouterr().err
