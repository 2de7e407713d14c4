"""The commands ``dols`` and ``backlog``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from careassure.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with applications of two groups, one of which is given low priorities, and the criteria."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "criteria.csv").write_text("criterion,priority\nobjects,High\nnew,Medium\n", encoding="utf-8")
    rows = [f"A{n},2026-0{n % 6 + 1}-10,standard,one,{'2026-07-01' if n % 3 else ''},yes,no,x" for n in range(40)]
    rows += [f"B{n},2026-0{n % 6 + 1}-10,urgent,two,,no,{'yes' if n % 4 else ''},x" for n in range(40)]
    head = "id,received,kind,need,completed,objects,new,worker"
    (tmp_path / "a.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return tmp_path


ASK = ["dols", "a.csv", "--criteria", "criteria.csv", "--at", "2026-06-30", "--column", "group=need"]


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("folder")
def test_the_queue(capsys: pytest.CaptureFixture[str]) -> None:
    """The list is counted by priority, cut to twenty, and says what was not used and what a priority cannot do."""
    assert main(ASK) == 0
    out = printed(capsys)
    for said in (
        "80 rows read: 80 applications. Columns not used: worker.",
        "On 30 June 2026: 80 applications, 0 completed and 80 open.",
        "High 40 34 171",
        "20 of 80. The others with --all.",
        "A low priority does not lengthen a clock",
        "Standard: 21 days from the day on which the supervisory body receives the request.",
    ):
        assert said in out
    assert main([*ASK, "--all"]) == 0
    assert "with --all" not in printed(capsys)


@pytest.mark.usefixtures("folder")
def test_every_application_is_in_the_other_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV and JSON hold each application with its state on the day, those received later too."""
    assert main([*ASK[:-4], "--at", "2026-05-31", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert len(rows) == 80
    assert {row["state"] for row in rows} == {"open", "received later"}
    assert {row["criterion_new"] for row in rows} == {"True", "False", ""}
    assert main([*ASK, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 80


@pytest.mark.usefixtures("folder")
def test_groups_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Waits stand by group; priorities are compared with the exact chance and the caution that belongs to it."""
    assert main([*ASK, "--by", "group"]) == 0
    out = printed(capsys)
    assert "two (30): 0 % High (all: 57 %), 100 % Medium (all: 43 %)" in out
    assert "2 of 2 groups differ so much that chance does it in fewer than one draw in twenty: one and two." in out
    assert "A difference between groups does not prove that they are treated unfairly" in out
    assert "Left out, as their priority is not certain: 10." in out
    assert main([*ASK, "--by", "group", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [(row["group"], row["priority_high"]) for row in rows] == [("one", "1"), ("two", "0"), ("All", "")]


@pytest.mark.usefixtures("folder")
def test_months(capsys: pytest.CaptureFixture[str]) -> None:
    """The backlog by month ends with what is open on the day."""
    assert main(["dols", "a.csv", "--at", "2026-07-31", "--by", "month"]) == 0
    out = printed(capsys)
    assert "2026-07 0 26 54" in out
    assert "What was open before the first application of the table is not in it." in out


def test_a_file_of_years(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The printed figures of two years are held against each other, and the unknown opening is left out."""
    path = tmp_path / "years.csv"
    path.write_text(
        'Year,Received,Completed,Open\n2022-23,"300,765","289,150","126,100"\n2023-24,332455,323870,123790\n',
        encoding="utf-8",
    )
    assert main(["backlog", str(path), "--rounded-to", "5"]) == 0
    out = printed(capsys)
    assert "2022-23 300,765 289,150 126,100 not known not known 5.2" in out
    assert "2023-24 332,455 323,870 123,790 134,685 -10,895 4.6" in out
    assert "How many were open at the start is not known." in out
    assert main(["backlog", str(path), "--format", "json"]) == 0
    assert [row["unexplained"] for row in json.loads(capsys.readouterr().out)] == [None, "-10895"]
    assert main(["backlog", str(path), "--months", "x"]) == 1
    assert "'x'" in capsys.readouterr().err
