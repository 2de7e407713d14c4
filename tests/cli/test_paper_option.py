"""The option ``--paper``: every command with a result writes it as a paper too, and prints what it prints without."""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main
from careassure.cli.commands import COMMANDS

NINE = ("3", "3", "4", "3", "4", "4", "3", "4", "4")
WITH: dict[str, tuple[str, ...]] = {
    "assess": NINE,
    "compare": NINE,
    "benchmark": ("--council", "York"),
    "next": ("-", *NINE[1:]),
    "stability": NINE,
    "what-if": (*NINE, "--set", "equity=3"),
    "reasons": NINE,
    "nearest": NINE,
    "bunching": (),
    "currency": ("READINGS", "--service", "measure", "--rated", "date", "--at", "2026-10-01"),
    "panel": ("--both", "3", "--before", "5", "--after", "6"),
    "survey": ("READINGS", "--name", "value"),
    "check-claim": ("28.4 %", "--from", "57.4", "--to", "73.7"),
    "ages": ("READINGS", "--column", "service=measure", "--column", "rated=date", "--at", "2026-10-01"),
    "backlog": ("YEARS",),
    "dols": ("DOLS", "--at", "2026-10-01"),
    "sensitivity": NINE,
    "indicator": ("1A", "--council", "York"),
    "waits": ("FIGURES", "--wait", "denominator", "--over", "28", "--threshold", "5"),
    "published": ("York",),
    "programme": ("--at", "2025-02"),
    "agreement": ("FOLDER", "--council", "York"),
    "diff-methods": ("single-word", "single-word"),
    "status": ("FOLDER", "--at", "2026-10-01"),
    "statement": ("FOLDER", "safeguarding"),
    "progress": ("FOLDER", "--at", "2026-10-01"),
    "duties": ("FOLDER", "--at", "2026-10-01"),
    "hopes": ("FOLDER", "--at", "2026-10-01"),
    "predicted": ("FOLDER", "--at", "2026-10-01"),
    "findings": ("FOLDER", "--at", "2026-10-01"),
    "events": ("FOLDER", "--at", "2026-10-01"),
    "remedies": ("FOLDER", "--at", "2026-10-01"),
    "promises": ("FOLDER", "--at", "2026-10-01"),
    "diff": ("FOLDER", "2026-01-01", "2026-10-01"),
    "timeline": ("FOLDER", "--at", "2026-10-01"),
    "draw": ("FOLDER", "--seed", "1", "--stages", "9,3"),
    "cases": ("FOLDER", "--picked", "route", "--threshold", "5"),
    "count-cases": ("FOLDER", "--rows", "age_band", "--columns", "route", "--threshold", "5"),
}
"""Each command that takes the option, with what it is asked."""
WITHOUT = {
    "assess-table", "indicators", "read", "report", "workbook", "councils", "frameworks", "scorers", "check", "init",
    "returns", "completion", "plugins", "new-plugin",
}  # fmt: skip
"""Those that list what there is, or make a file themselves."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files that stand for words of a command."""
    path = tmp_path_factory.mktemp("example") / "w"
    ca.workspaces.init_example(path)
    (path / "dols.txt").write_text("id,received,kind\nD1,2026-01-05,urgent\n", encoding="utf-8")
    (path / "years.txt").write_text("year,received,completed,open\n2026,5,4,1\n", encoding="utf-8")
    names = {
        "FOLDER": "",
        "READINGS": "readings.csv",
        "DOLS": "dols.txt",
        "YEARS": "years.txt",
        "FIGURES": "values.csv",
    }
    return {word: str(path / name) for word, name in names.items()}


def typed(name: str, places: dict[str, str]) -> list[str]:
    """A command with what it is asked."""
    return [name, *(places.get(word, word) for word in WITH[name])]


def test_every_command_has_the_option_or_lists_what_there_is() -> None:
    """No command is forgotten."""
    assert set(WITH) | WITHOUT == set(COMMANDS)
    assert not set(WITH) & WITHOUT


@pytest.mark.parametrize("name", WITH)
def test_a_command_writes_its_answer_as_a_paper_too(
    name: str, places: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it prints is the same with a paper and without; where the paper is, is said aside."""
    words = typed(name, places)
    assert main(words[:-2] if name == "cases" else words) == 0  # what is small is only said of a paper
    plain = capsys.readouterr()
    target = tmp_path / "paper.md"
    assert main([*typed(name, places), "--paper", str(target)]) == 0
    printed = capsys.readouterr()
    assert printed.out == plain.out
    assert f"Written: {target.resolve()}\n" in printed.err
    assert target.read_text("utf-8").startswith("# ")


def test_a_paper_that_cannot_be_written_stops_the_command_before_it_prints(
    places: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another ending, nothing to write about and options without a paper are said before anything else."""
    assert main(["assess", *NINE, "--paper", str(tmp_path / "paper.pdf")]) == 1
    assert main(["assess", *NINE, "--picture", "2"]) == 2
    assert main(["published", "York", "--status", "differs", "--paper", str(tmp_path / "paper.md")]) == 1
    assert main(["cases", places["FOLDER"], "--paper", str(tmp_path / "paper.md")]) == 2
    assert main(["cases", places["FOLDER"], "--threshold", "5"]) == 2
    assert main([*typed("waits", places)[:-2], "--paper", str(tmp_path / "paper.md")]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert [line.partition(". ")[0] for line in err.splitlines()] == [
        f"careassure: {tmp_path / 'paper.pdf'}: the ending .pdf is not known for a paper",
        "careassure: --picture is about a paper",
        f"careassure: {tmp_path / 'paper.md'}: there is nothing to write about",
        "careassure: a paper about cases leaves small numbers out, and nobody says which are small",
        "careassure: --threshold is about a paper",
        "careassure: the paper about waits: rules: every number is exact, and small ones may tell of a person",
    ]
    assert not list(tmp_path.iterdir())


def test_no_paper_about_cases_or_applications_names_one(places: dict[str, str], tmp_path: Path) -> None:
    """The ids of cases and applications stand in no paper: they are counted."""
    ids = {case.id for case in ca.workspaces.read(places["FOLDER"]).cases} | {"D1"}
    for name in ("draw", "cases", "count-cases", "dols"):
        target = tmp_path / f"{name}.md"
        assert main([*typed(name, places), "--paper", str(target)]) == 0
        words = set(target.read_text("utf-8").replace("|", " ").replace(",", " ").split())
        assert not ids & words
