"""The command that lists councils, looks one up, and matches a column of a table with them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.api.matching import match_file
from careassure.cli import main
from careassure.errors import CareAssureError

NAMES = [
    "Camden London Boro",
    "E06000016",
    "Leicester (E06000016)",
    "Poole",
    "Sussex",
    "Total",
    "E12000007",
    "nobody",
    "",
]


def written(path: Path, names: list[str], *, header: str = "Council") -> Path:
    """A table with a column of names, and one of numbers."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerows([["No", header], *([str(number), name] for number, name in enumerate(names, 1))])
    return path


def test_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """With codes, regions and kinds, as data."""
    assert main(["councils", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["code"] for row in rows] == [council.code for council in ca.councils()]
    assert next(row for row in rows if row["council"] == "Dorset")["former_codes"] == "E10000009"


@pytest.mark.parametrize(("at", "code"), [([], "E06000058"), (["--at", "2016"], "E06000029")])
def test_one_is_looked_up(capsys: pytest.CaptureFixture[str], at: list[str], code: str) -> None:
    """As it is today, or was on a day."""
    assert main(["councils", "811-Poole UA", *at, "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["code"] == code


@pytest.mark.parametrize("name", ["E12000007", "Camdem", "Sussex", "East Surrey", "no-file.csv"])
def test_what_is_no_council_is_an_error(capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The message says why."""
    assert main(["councils", name]) == 1
    assert capsys.readouterr().err.startswith("careassure: ")


def test_a_column_is_matched_and_every_row_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was not found stands there with its row, what it is, and what it could be."""
    path = written(tmp_path / "n.csv", NAMES)
    assert main(["councils", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Column Council of n.csv: 9 rows." in out
    assert "4 found: 1 by name without titles or notes, 1 by code, 1 by name and code and 1 by former name." in out
    assert "1 could be several, 3 not known and 1 blank." in out
    assert "East Sussex or West Sussex" in out
    assert main(["councils", str(path), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["given"] for row in rows] == NAMES
    assert [row["row"] for row in rows] == [str(number) for number in range(2, 11)]
    assert {row["how"] for row in rows if not row["code"]} == {"ambiguous", "unknown", "blank"}


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12))
def test_counts_add_up(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    """Found, several, unknown and blank are all rows, in their order."""
    path = written(tmp_path_factory.mktemp("c") / "n.csv", names)
    found = match_file(path, "council").matches
    assert found.matched + found.ambiguous + found.unknown + found.blank == len(names)
    assert found.councils == ca.tables.match_councils(names).councils


def test_the_column_is_found_or_named(tmp_path: Path) -> None:
    """That with most councils, whatever its header is; a header that is not there is an error with a hint."""
    path = written(tmp_path / "n.csv", ["Camden", "York"], header="Where")
    assert match_file(path).column == "Where"
    with pytest.raises(CareAssureError, match="Did you mean Where"):
        match_file(path, "Wher")
    with pytest.raises(CareAssureError, match="no column holds names or codes of councils"):
        match_file(written(tmp_path / "m.csv", ["red", "green"]))


def test_a_row_with_a_cell_too_few_is_told(tmp_path: Path) -> None:
    """It is counted, and finds nothing."""
    path = written(tmp_path / "n.csv", ["Camden", "York"])
    path.write_text(path.read_text(encoding="utf-8") + "3\n", encoding="utf-8")
    found = match_file(path).matches
    assert (found.matched, found.unknown, found.lines[-1].row) == (2, 1, 4)
