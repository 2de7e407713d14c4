"""A workspace that real LibreOffice opened and saved is still the same, or what changed is named with its cell."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from attrs import evolve

import careassure as ca
from careassure.cli import main
from careassure.workspaces.workspace import Workspace
from libreoffice import need_libreoffice

from .folders import DAY, add, example, problems, rows

pytestmark = pytest.mark.slow
TEXT = "csv:Text - txt - csv (StarCalc):59,34,{},1,,1033,false,true"
"""Delimited text with semicolons, in an encoding by LibreOffice's number for it, each cell as it is shown."""
KINDS = {"csv": TEXT.format(76), "cp1252": TEXT.format(1), "ods": "ods", "xls": "xls", "xlsx": "xlsx"}
ONE = {statement.id: 3 + number % 2 for number, statement in enumerate(ca.framework("cqc-la").statements)}


def read(folder: Path) -> Workspace:
    return evolve(ca.workspaces.read(folder, today=DAY), folder="")


def original(folder: Path) -> Path:
    """The example, with letters that not every encoding has, and every form of a date."""
    made = example(folder)
    add("evidence.csv", id="E90", summary="Caf\u00e9 visits cost \u00a340 each", category="experience",
        statements="equity; learning", source="visit log", date="2025-11")(made)  # fmt: skip
    add("evidence.csv", id="E91", summary="A panel met", category="staff", statements="equity", date="2026")(made)
    return made


@pytest.fixture(
    scope="module", params=[pytest.param(kind, marks=pytest.mark.xdist_group(f"saved as {kind}")) for kind in KINDS]
)
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The kind, and a folder of all tables and of one council's scores as LibreOffice saved them, in one call."""
    kind: str = request.param
    base = tmp_path_factory.mktemp(kind)
    given = original(base / "given")
    down = [["Scores of Camden"], [], ["Statement", "Score"], *([name, str(score)] for name, score in ONE.items())]
    for name, table in {"across": [["Council", *ONE], ["Camden", *map(str, ONE.values())]], "down": down}.items():
        (given / f"one_{name}.csv").write_text("\n".join(map(",".join, table)) + "\n", "utf-8")
    command = [need_libreoffice(), f"-env:UserInstallation=file://{base / 'profile'}", "--headless",
               "--infilter=Text - txt - csv (StarCalc):44,34,76,1", "--convert-to", KINDS[kind], "--outdir",
               str(base / "saved"), *map(str, sorted(given.glob("*.csv")))]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return kind, base


def folder_of(base: Path, target: Path) -> Path:
    """A workspace whose tables are the saved ones."""
    target.mkdir()
    shutil.copy(base / "given" / "workspace.toml", target)
    for path in (base / "saved").iterdir():
        if not path.name.startswith("one_"):
            shutil.copy(path, target)
    return target


def test_what_was_saved_is_the_same_workspace(saved: tuple[str, Path], tmp_path: Path) -> None:
    """Dates, numbers, letters and lists are what they were; an encoding that loses letters is named with its cure."""
    kind, base = saved
    before = read(shutil.copytree(base / "given", tmp_path / "before", ignore=shutil.ignore_patterns("one_*")))
    folder = folder_of(base, tmp_path / "after")
    if kind == "cp1252":
        (problem,) = problems(folder)
        assert problem.where.file == "evidence.csv"
        assert "is not UTF-8 text" in problem.message
        assert problem.hint == 'Save it as "CSV UTF-8"'
        return
    assert read(folder) == before


def test_what_was_saved_can_be_edited_and_saved_again(saved: tuple[str, Path], tmp_path: Path) -> None:
    """A score that is changed in the saved text is changed in the workspace, and in nothing else."""
    kind, base = saved
    if kind != "csv":
        pytest.skip("edited as text")
    folder = folder_of(base, tmp_path / "after")
    before = read(folder)
    path = folder / "scores.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("assessing_needs;2;", "assessing_needs;3;", 1), "utf-8")
    assert rows(folder, "scores.csv")[0][0].count(";") > 5
    after = read(folder)
    assert after.scores[0].score == 3
    assert evolve(after, scores=before.scores) == before


@pytest.mark.parametrize("shape", ["across", "down"])
def test_one_council_is_rated(shape: str, saved: tuple[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Nine scores in a file of its own, across or down, titles above."""
    kind, base = saved
    ending = "csv" if kind == "cp1252" else kind
    assert main(["assess", str(base / "saved" / f"one_{shape}.{ending}"), "--council", "Camden"]) == 0
    assert "Good" in capsys.readouterr().out
