"""The command ``sensitivity``."""

from __future__ import annotations

import csv
import io
import json

import pytest

from careassure.cli import main


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints; it ends well."""
    assert main(["sensitivity", *words]) == 0
    return capsys.readouterr().out


def test_it_fits_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """One council, and all of them, fit 45 and 40 lines of 80 columns."""
    for words, most in ((("--council", "York"), 45), (("--published",), 40)):
        out = printed(capsys, *words)
        assert len(out.splitlines()) <= most
        assert max(map(len, out.splitlines())) <= 80
        assert "not that other choices would be better" in " ".join(out.split())


def test_all_formats_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has exact numbers; CSV has a row for each statement, and for each council."""
    data = json.loads(printed(capsys, "--council", "York", "--format", "json"))
    assert data["roundings"]["down"] == "inadequate"
    assert data["weights"]["assessing_needs"][1]["low"] == "21/13"
    rows = list(csv.DictReader(io.StringIO(printed(capsys, "--council", "York", "--format", "csv"))))
    assert rows[0]["statement"] == "Assessing needs"
    assert len(rows) == 9
    councils = list(csv.DictReader(io.StringIO(printed(capsys, "--published", "--format", "csv"))))
    assert [row["council"] for row in councils if row["with_another_rounding"]] == ["York"]


def test_the_whole_table_names_those_that_stay(capsys: pytest.CaptureFixture[str]) -> None:
    """With --all every council stands in the table."""
    assert "Camden" in printed(capsys, "--published", "--all")


def test_one_and_all_do_not_go_together(capsys: pytest.CaptureFixture[str]) -> None:
    """--published is about all councils."""
    assert main(["sensitivity", "--published", "--council", "York"]) == 2
    assert "Leave out the scores and --council" in capsys.readouterr().err
