"""The commands ``indicators``, ``indicator`` and ``waits``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main

Said = pytest.CaptureFixture[str]


def printed(capsys: Said, *words: str) -> str:
    """What a command prints, its lines joined."""
    assert main([*words]) == 0
    return " ".join(capsys.readouterr().out.split())


def refused(capsys: Said, *words: str, status: int = 1) -> str:
    """What a command complains of."""
    try:
        found = main([*words])
    except SystemExit as stop:
        found = int(stop.code or 0)
    assert found == status
    return capsys.readouterr().err


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A workspace of Rotherham with an indicator of its own, written with codes."""
    path = tmp_path / "w"
    ca.workspaces.init(path, "Rotherham")
    (path / "indicators.csv").write_text(
        "code,year,title,unit,polarity,source,denominator,date\nVAC,2023-24,vacancies,%,lower,records,posts,2024-07\n"
    )
    (path / "values.csv").write_text(
        "indicator,year,period,area,value,scope,challenged_by,challenge\n"
        "VAC,2023-24,2023-24,E08000018,23,care staff too,,\n"
        "VAC,2023-24,2022-23,E08000018,20,care staff too,,\n"
        "VAC,2023-24,2023-24,E92000001,10,social workers,scrutiny,it is of two professions\n"
    )
    return str(path)


def test_every_indicator_is_listed_in_every_form(capsys: Said, folder: str) -> None:
    """The 25 that ship are listed, with the workspace's own before them, in the table, JSON and CSV alike."""
    assert printed(capsys, "indicators").count(" higher ") >= 15
    rows = json.loads(printed(capsys, "indicators", "--council", folder, "--format", "json"))
    assert len(rows) == 26
    assert (rows[0]["key"], rows[0]["value"], rows[0]["same_people"]) == ("own 2023-24 VAC", "23", False)
    table = printed(capsys, "indicators", "--council", folder)
    assert "VAC vacancies lower 2023-24 23 % 10 %, challenged counts others" in table
    assert main(["indicators", "--council", "Camden", "--format", "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    control = next(line for line in lines if line["key"] == "ascof 2024-25 3A")
    assert (control["value"], control["england"], control["gap"]) == ("74.1", "77.3", "-3.2")
    assert control["better_than_england"] == "False"


def test_an_indicator_of_a_workspace(capsys: Said, folder: str) -> None:
    """Codes print as names; what counts others is not compared; the way over the years and a challenge are said."""
    for key in ("VAC", "own 2023-24 vac", "Vacancies"):
        said = printed(capsys, "indicator", key, "--council", folder)
        assert said.startswith("vacancies, Rotherham, 2023-24: 23 %. Counted: care staff too. England: 10 %.")
        assert "Challenged by scrutiny: it is of two professions." in said
        assert "The two do not count the same people, so they are not compared." in said
        assert "Rising: from 20 % in 2022-23 to 23 % in 2023-24, up 3 points, the worse way" in said
    whole = json.loads(printed(capsys, "indicator", "VAC", "--council", folder, "--format", "json"))
    assert (whole["gap"], whole["england_value"]["challenge"]) == (None, "it is of two professions")
    assert main(["indicator", "VAC", "--council", folder, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["role"] for row in rows if row["value"]] == ["council", "England", "trend", "trend"]
    assert sum(row["role"] == "peer without a line" for row in rows) == 14


PAIRS = """area,indicator,period,value
Camden,reablement,2023-24,4.7
England,reablement,2023-24,2.9
Camden,vacancies,2023-24,16.8
England,vacancies,2023-24,8.1
"""


def test_a_file_that_holds_several_indicators(tmp_path: Path, capsys: Said) -> None:
    """Of several measures in a file that one is taken which is called like the indicator; else it is asked."""
    file = tmp_path / "pairs.csv"
    file.write_text(PAIRS)
    words = ("--council", "Camden", "--values", str(file), "--unit", "%", "--better", "lower")
    assert "That is 8.7 points above England, on the worse side" in printed(capsys, "indicator", "vacancies", *words)
    assert "the file holds 2 measures" in refused(capsys, "indicator", "turnover", *words)
    said = printed(capsys, "indicator", "turnover", "--measure", "reablement", *words)
    assert said.startswith("turnover, Camden, 2023-24: 4.7 %. England: 2.9 %.")


def test_what_a_person_may_get_wrong(tmp_path: Path, capsys: Said, folder: str) -> None:
    """Each mistake has a sentence that says what to do, without a word of Python."""
    assert "Give the whole key: 'ascof 2024-25 3A' means" in refused(capsys, "indicator", "3A", "--council", "York")
    assert "has no indicator 'XX'" in refused(capsys, "indicator", "XX", "--council", folder)
    assert "--unit and --better go together" in refused(
        capsys, "indicator", "x", "--council", "York", "--unit", "%", status=2)  # fmt: skip
    assert "--measure is about a file" in refused(
        capsys, "indicator", "1A", "--council", "York", "--measure", "x", status=2)  # fmt: skip
    assert "is not the folder of a workspace" in refused(capsys, "indicators", "--council", str(tmp_path))
    assert "'Nowhere'" in refused(capsys, "indicator", "1A", "--council", "York", "--peers", "Leeds; Nowhere")


def test_personal_data_of_a_file_is_not_handed_on(tmp_path: Path, capsys: Said) -> None:
    """A name in the words of a file is refused in JSON and CSV, unless it is allowed."""
    file = tmp_path / "v.csv"
    file.write_text("area,period,value,challenged_by,challenge\nCamden,2023-24,4.7,Mrs Ada Example,it is wrong\n")
    words = ("indicator", "x", "--council", "Camden", "--values", str(file), "--unit", "%", "--better", "lower")
    for form in ("json", "csv"):
        said = refused(capsys, *words, "--format", form)
        assert "Camden, challenged_by" in said
        assert "Ada Example" not in said
    assert "Mrs Ada Example" in printed(capsys, *words, "--format", "json", "--allow", "Mrs Ada Example")


def test_waits_by_group(tmp_path: Path, capsys: Said) -> None:
    """The table has each group, the mean, the longest and the share over each limit; small numbers can be left out."""
    file = tmp_path / "w.csv"
    file.write_text("team,days\n" + "North,3\n" * 9 + 'North,"1,204"\n' + "South,45\n" * 8 + "South,\n" * 8)
    words = ("waits", str(file), "--wait", "days", "--over", "28", "--by", "team")
    said = printed(capsys, *words)
    assert "North 10 10 123.1 3 1,204 1 (10 %)" in said
    assert "Every number is exact" in said
    safe = printed(capsys, *words, "--threshold", "5")
    assert "1,204" not in safe
    assert "North 10 10 123.1 3 [c] [c]" in safe
    assert "[c] hides a number of people from 1 to 5" in safe
    assert json.loads(printed(capsys, *words, "--format", "json"))["all"]["longest"] == "1204"
    assert refused(capsys, "waits", str(file), "--over", "28", status=2)
    assert "is not a number from 0 on" in refused(capsys, *words, "--over", "x", status=2)
    assert "--round-to goes with --threshold" in refused(capsys, *words, "--round-to", "5", status=2)
