"""The commands on one assessment, given a table of scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from careassure.cli import main

TABLE = """Leicester City Council self-assessment,,
Statement,Score,Owner
""" + "".join(f"QS {number},3,me\n" for number in range(1, 10))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was said beside it."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A table of one council's scores."""
    found = tmp_path / "scores[1].csv"
    found.write_text("".join(TABLE.splitlines(keepends=True)[1:]), encoding="utf-8")
    return str(found)


def test_a_table_is_rated_and_what_was_decided_is_said(capsys: pytest.CaptureFixture[str], path: str) -> None:
    """The result is that of the nine numbers; what was decided of the table stands beside it."""
    status, out, err = run(capsys, "assess", path)
    assert (status, out) == (0, run(capsys, "assess", *"333333333")[1])
    assert err == (
        "The scores stand in the column 'Score', the statements in 'Statement'.\nColumns left alone: Owner.\n"
    )


def test_json_and_other_commands_take_tables_too(capsys: pytest.CaptureFixture[str], path: str) -> None:
    """Standard output holds data alone, and a comparison takes the same file."""
    status, out, _ = run(capsys, "assess", path, "--council", "Leicester", "--format", "json")
    assert status == 0
    assert json.loads(out)["assessment"]["council"] == "Leicester"
    assert run(capsys, "compare", path)[:2] == run(capsys, "compare", *"333333333")[:2]


def test_what_is_wrong_is_said_in_words_of_the_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A cell that is no score is named by row and column; nothing is said of TOML."""
    path = tmp_path / "scores.csv"
    path.write_text("Statement,Score\nQS1,#REF!\nQS2,3\n", encoding="utf-8")
    status, out, err = run(capsys, "assess", str(path))
    assert (status, out) == (1, "")
    assert "scores.csv, row 2, column Score: '#REF!'" in err
    assert "TOML" not in err


def test_options_of_tables_go_with_tables(capsys: pytest.CaptureFixture[str], path: str) -> None:
    """A layout is said of a table alone, and then it counts."""
    assert run(capsys, "assess", *"333333333", "--sheet", "One")[0] == 2
    assert run(capsys, "assess", path, "--header-row", "1")[0] == 0
