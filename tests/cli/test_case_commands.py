"""The commands ``draw``, ``cases`` and ``count-cases``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main
from workspaces.folders import rows, save, swap


@pytest.fixture
def folder(tmp_path: Path) -> str:
    ca.workspaces.init_example(tmp_path / "example")
    return str(tmp_path / "example")


def drawn(folder: str, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert main(["draw", folder, "--format", "json", *more]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_draw_is_repeated_by_its_seed(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same seed draws the same cases whatever the order of the rows; another draws others."""
    first = drawn(folder, capsys, "--seed", "7")
    path = Path(folder) / "cases.csv"
    head, *lines = path.read_text().splitlines()
    path.write_text("\n".join([head, *reversed(lines)]) + "\n")
    assert drawn(folder, capsys, "--seed", "7") == first
    assert drawn(folder, capsys, "--seed", "8") != first
    assert [row["stage"] for row in first] == [1] * 50 + [2] * 10 + [3] * 6


def test_least_numbers_are_kept(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each stage holds at least the numbers that were asked for."""
    found = drawn(folder, capsys, "--seed", "7", "--at-least", "route=transition:2", "--stages", "20,4")
    for stage in (1, 2):
        assert sum(row["route"] == "transition" for row in found if row["stage"] == stage) >= 2


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--stages", "many"], 2, "not sizes of stages"),
        (["--at-least", "route:2"], 2, "does not say how many of what"),
        (["--strata", "rout"], 1, "Did you mean route"),
        (["--at-least", "route=transition:40"], 1, "at least 40 asked for"),
        (["--stages", "6,50"], 1, "stages"),
    ],
)
def test_what_is_wrong_is_said(
    arguments: list[str], status: int, words: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong command ends with 2 and a wrong input with 1, and both say what to do."""
    assert main(["draw", folder, "--seed", "1", *arguments]) == status
    assert words in capsys.readouterr().err


def test_a_table_of_cases_hides_small_numbers(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No number from 1 to the threshold is printed, in either form."""
    ask = ["count-cases", folder, "--rows", "age_band", "--columns", "route", "--threshold", "7"]
    assert main([*ask, "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0][-1] == "Total"
    assert rows[-1][0] == "Total"
    numbers = [cell for row in rows[1:] for cell in row[1:] if cell != "[c]"]
    assert numbers
    assert all(int(cell) > 7 or cell == "0" for cell in numbers)
    assert main([*ask, "--round-to", "5"]) == 0
    out = capsys.readouterr().out
    assert "[c] hides a count from 1 to 7" in out
    assert "rounded to the nearest 5" in out
    assert main([*ask, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["threshold"], len(plain["cells"]), plain["note"][:9]) == (7, len(plain["rows"]), "[c] hides")
    for small, said in (("0", "no small number would be left out"), ("1", "a mark that stands for 1 alone tells it")):
        assert main([*ask[:-1], small]) == 1
        assert said in capsys.readouterr().err


def test_a_workspace_without_cases_is_said_to_have_none(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without cases there is nothing to draw from or to count."""
    (Path(folder) / "cases.csv").unlink()
    evidence = Path(folder) / "evidence.csv"
    evidence.write_text(evidence.read_text().replace("C007; C019; C023; C031; C044; C058", ""))
    assert main(["draw", folder, "--seed", "1"]) == 1
    assert "it lists no cases" in capsys.readouterr().err


def test_an_attribute_called_like_a_column_takes_no_place(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An attribute that is called as the column of the stages stands under a name of its own."""
    swap("workspace.toml", "[cases.route]", "[cases.stage]")(Path(folder))
    table = rows(Path(folder), "cases.csv")
    save(Path(folder), "cases.csv", [["stage" if head == "route" else head for head in table[0]], *table[1:]])
    assert main(["draw", folder, "--seed", "1", "--stages", "3,2", "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert [row["stage"] for row in found] == list("11122")
    assert all(row["attribute_stage"] for row in found)


def picked(folder: str) -> None:
    """Code who was picked and who agreed into the example."""
    six, ten = {"C007", "C019", "C023"}, {"C007", "C019", "C023", "C001", "C002"}
    table = rows(Path(folder), "cases.csv")
    coded = [
        [*row, "followed" if row[0] in six else "short" if row[0] in ten else "no", "yes" if row[0] in six else "ill"]
        for row in table[1:]
    ]
    save(Path(folder), "cases.csv", [[*table[0], "pick", "consent"], *coded])
    with (Path(folder) / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[cases.pick]\ncodes = { no = "not picked", short = "shortlisted", followed = "followed" }\n'
            '\n[cases.consent]\ncodes = { yes = "agreed", ill = "refused: not well" }\n'
        )


def test_somebody_elses_pick(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A pick is counted step by step with who agreed, compared with all, and shows what each case showed."""
    picked(folder)
    assert main(["cases", folder, "--picked", "pick", "--consent", "consent"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Of 60 cases, 5 reached 'shortlisted' and 3 reached 'followed'." in out
    for line in ("all listed 60 3 57", "shortlisted 5 3 2", "followed 3 3 0"):
        assert line in out
    assert "followed: 3 cases compared with 60. Age band:" in out
    assert "pick: " not in out  # what they were picked by is not compared
    assert "C007 followed E05 Six people followed" in out
    assert "C001 shortlisted nothing is recorded" in out
    assert out.count("only part of the doubt") == 1
    assert main(["cases", folder, "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert len(found) == 60
    assert [row["id"] for row in found if row["showed"]] == ["C007", "C019", "C023", "C031", "C044", "C058"]


def test_the_doubt_is_said_once(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Under a draw and its comparison with all the doubt that is left stands once."""
    assert main(["draw", folder, "--seed", "7"]) == 0
    assert " ".join(capsys.readouterr().out.split()).count("only part of the doubt") == 1


@pytest.mark.parametrize("more", [["--picked", "rout"], ["--consent", "nothing"]])
def test_a_name_that_is_no_attribute_is_refused(
    more: list[str], folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pick or a consent that is no attribute of the cases is refused with those that there are."""
    assert main(["cases", folder, *more]) == 1
    assert "is not an attribute of the cases" in capsys.readouterr().err
