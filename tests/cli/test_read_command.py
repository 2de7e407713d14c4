"""The command that says what a file is: what it prints, and the command that it says is for the file."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from tables.spreadsheets import openpyxl_file

QS = [f"QS{number}" for number in range(1, 10)]
HEAD = ["council", *QS]
MANY = [["York", *"333433344"], ["Leeds", *"222222222"], ["Hull", *"343434343"]]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was said beside it."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def text(rows: list[list[str]], separator: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def typed(out: str) -> list[str]:
    """The last line of an output after its first words: the command, as a shell cuts it, without its own name."""
    command = shlex.split(out.splitlines()[-1].partition(": ")[2])
    assert command[0] == "careassure"
    return command[1:]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_table_of_many_councils_is_told_with_its_command(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "many.csv").write_text(text([["Scores"], [*HEAD, "Note"], *([*row, "x"] for row in MANY)]))
    status, out, err = run(capsys, "read", "many.csv")
    assert (status, err) == (0, "")
    assert " ".join(out.split()) == (
        "A table of scores: CQC's assessment of local authorities, a row for each council; 3 assessments. "
        'The column headers are in row 2. Left out above them: "Scores". '
        "3 rows read: 3 of its form, 0 refused. "
        "Columns of scores: QS1, QS2, QS3, QS4, QS5, QS6, QS7, QS8 and QS9. "
        "Whose they are stands in council. Other columns: Note. "
        "Rate each: careassure assess-table many.csv many-rated.csv --key council"
    )
    assert main(typed(out)) == 0
    rated = list(csv.DictReader(io.StringIO((here / "many-rated.csv").read_text())))
    assert [row["rating"] for row in rated] == ["good", "requires_improvement", "good"]


NAMES = st.text(st.sampled_from("ab c,;[]'\"$&=é%"), min_size=1, max_size=6).map(str.strip).filter(bool)
WHO = NAMES.filter(lambda name: not {*"[{="} & {*name})  # what begins so is JSON or TOML


@pytest.mark.slow
@settings(max_examples=8)  # each reads and rates a file
@given(
    file=st.text(st.sampled_from("ab c,[]'\"$&=é!~*"), min_size=1, max_size=6),
    who=WHO,
    names=st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]),
    separator=st.sampled_from(",;\t|"),
    shape=st.sampled_from(["wide", "less", "long"]),
    refused=st.booleans(),
)
def test_the_command_that_is_named_can_be_typed(
    file: str,
    who: str,
    names: tuple[str, str],
    separator: str,
    shape: str,
    refused: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Whatever files and columns are called, the command does what was said: it rates every row of its form."""
    folder = tmp_path_factory.mktemp("read")
    who = f"{who} Council"
    if shape == "long":
        columns = [f"{names[0]} Statement", f"{names[1]} Score"]
        rows = [[who, *columns], *([row[0], name, row[at]] for row in MANY for at, name in enumerate(QS, 1))]
    else:
        count = 9 if shape == "wide" else 7
        rows = [[who, *QS[:count]], *(row[: count + 1] for row in MANY)]
    if refused:
        rows.append(["Source: returns", *[""] * (len(rows[0]) - 1)])
    (folder / f"{file}.csv").write_text(text(rows, separator), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, pytest.MonkeyPatch.context() as quiet:
        patch.chdir(folder)
        out = io.StringIO()
        quiet.setattr("sys.stdout", out)
        assert main(["read", f"{file}.csv"]) == 0
        command = typed(out.getvalue())
        assert main(command) == 0
    with (folder / command[2]).open(encoding="utf-8", newline="") as stream:
        assert len(list(csv.reader(stream))) == 4
    assert (folder / f"{file}-refused.csv").exists() == refused


def test_a_column_that_is_missing_is_said_to_be_none(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "less.csv").write_text(text([HEAD[:8], *(row[:8] for row in MANY), ["Note: draft", *[""] * 7]]))
    _, out, _ = run(capsys, "read", "less.csv")
    assert "No column holds governance and learning." in out
    assert "Refused: less.csv, row 5: it looks like a note on the table" in " ".join(out.split())
    assert main(typed(out)) == 0
    assert len((here / "less-rated.csv").read_text().splitlines()) == 4
    assert len((here / "less-refused.csv").read_text().splitlines()) == 2


def test_years_tell_the_assessments_of_one_council_apart(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["council", "year", "statement", "score"]]
    rows += [["York", year, name, "3"] for year in ("2025", "2026") for name in QS]
    (here / "long.csv").write_text(text(rows))
    _, out, _ = run(capsys, "read", "long.csv")
    assert "a row for each score; 2 assessments." in " ".join(out.split())
    assert typed(out)[-2:] == ["--key", "council,year"]
    assert main(typed(out)) == 0


def test_what_was_said_of_the_layout_is_said_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl_file(here / "b.xlsx", {"Old": [HEAD, *MANY], "New one": [["x", "y"], HEAD, *MANY]})
    assert run(capsys, "read", "b.xlsx")[0] == 1
    _, out, _ = run(capsys, "read", "b.xlsx", "--sheet", "New one", "--header-row", "2")
    assert typed(out)[3:] == ["--header-row", "2", "--sheet", "New one", "--key", "council"]
    assert main(typed(out)) == 0


def test_the_scores_of_one_council_are_an_assessment(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "o n e.csv").write_text(text([HEAD, MANY[0]]))
    _, out, _ = run(capsys, "read", "o n e.csv")
    assert "of local authorities: 9 of 9 scores." in " ".join(out.split())
    assert "The scores stand in row 2, a column for each statement." in out
    assert typed(out) == ["assess", "o n e.csv"]


def test_a_wrong_score_of_one_council_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "one.csv").write_text(text([HEAD, ["York", *"333433349"]]))
    status, out, err = run(capsys, "read", "one.csv")
    assert (status, out) == (1, "")
    assert "one.csv, row 2, column QS9: 9 is not a grade" in err


def test_names_of_councils_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "c.csv").write_text(text([["id", "LA name"], ["1", "York"], ["2", "Leeds"], ["3", "Nowhere"]]))
    _, out, _ = run(capsys, "read", "c.csv")
    assert out.splitlines()[0] == "A table with councils in the column LA name."
    assert typed(out) == ["councils", "c.csv", "--column", "LA name"]
    assert main(typed(out)) == 0


def test_other_tables_are_known_to_nobody(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "u.csv").write_text("a,b\n1,2\n")
    status, out, err = run(capsys, "read", "u.csv")
    assert (status, out) == (1, "")
    assert "no reader knows this table, with the columns 'a' and 'b'" in err


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_program_gets_the_command_too(form: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "many.csv").write_text(text([HEAD, *MANY]))
    _, out, err = run(capsys, "read", "many.csv", "--format", form)
    (row,) = json.loads(out) if form == "json" else csv.DictReader(io.StringIO(out))
    assert row["use"] == "Rate each: careassure assess-table many.csv many-rated.csv --key council"
    assert "3 rows read: 3 of its form, 0 refused." in err


FIGURES = "area_code,area_name,period,indicator,value\n" + "".join(
    f"E06000014,York,{year},i{year},{year % 7}\n" for year in range(2001, 2015)
)


def test_a_file_of_the_sector_is_told_with_its_first_rows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "f.csv").write_text(FIGURES + "E06000014,York,2020,x,many\n")
    status, out, err = run(capsys, "read", "f.csv")
    assert (status, err) == (0, "")
    assert "Read by tidy-indicators, from careassure " in out
    assert "15 rows read: 14 kept, 1 refused." in out
    assert "Refused: f.csv, row 16" in " ".join(out.split())
    assert "4 more. All of them: --format csv or --format json." in out
    _, out, err = run(capsys, "read", "f.csv", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 14
    assert "15 rows read: 14 kept, 1 refused." in err


def test_of_many_problems_the_first_are_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = "".join(f"E06000014,York,20{at},x,many\n" for at in range(10, 25))
    (here / "f.csv").write_text(FIGURES + bad)
    _, out, _ = run(capsys, "read", "f.csv")
    assert out.count("Refused: f.csv") == 10
    assert "Refused: 5 more." in out


def test_our_own_files_are_told_with_their_commands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An assessment, an outcome, a method, a framework and a workspace."""
    made = ca.Assessment.of("York", [3] * 8 + [None])
    ca.write(made, here / "a b.toml")
    ca.write(ca.assess(made), here / "o.json")
    ca.workspaces.init_example(here / "w")
    cases = {
        "a b.toml": ("An assessment of York", '"a b.toml"', "assess"),
        "o.json": ("An outcome of York: ", "o.json", "assess"),
        "w": ("The folder of a workspace.", "w", "status"),
    }
    for name, (what, word, command) in cases.items():
        status, out, _ = run(capsys, "read", name)
        assert status == 0
        assert out.startswith(what)
        assert out.splitlines()[-1].endswith(f": careassure {command} {word}")
        assert main(typed(out)) == 0
        capsys.readouterr()
