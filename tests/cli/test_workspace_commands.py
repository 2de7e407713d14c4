"""The commands on a workspace: what they print, where, and with which exit status."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main
from careassure.workspaces.sheets import SHEETS
from workspaces.folders import DAY, drop, example, problems, put

AT = str(DAY)


class Day(dt.date):
    """A clock that stands."""

    @classmethod
    def today(cls) -> Day:
        """The day of the tests."""
        return cls(DAY.year, DAY.month, DAY.day)


@pytest.fixture(autouse=True)
def stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the day of the tests wherever a command asks for the day."""
    clock = types.SimpleNamespace(date=Day)
    monkeypatch.setattr("careassure.workspaces.opening.dt", clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example in a folder."""
    return example(tmp_path / "w")


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained about."""
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def gaps(folder: Path) -> list[dict[str, str]]:
    """The gaps of the workspace in a folder, as rows."""
    found = ca.workspaces.status(ca.workspaces.read(folder, today=DAY), DAY).gaps
    return [{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found]


def test_init_makes_the_example(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --example the folder of the example is made, and the next command is named, which works."""
    status, out, err = run(capsys, "init", tmp_path / "new", "--example")
    assert (status, err) == (0, "")
    assert out.endswith(f"  careassure status {tmp_path / 'new'}\n")
    assert run(capsys, *out.splitlines()[-1].split()[1:])[0] == 0


def test_init_makes_a_workspace(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With a council a new workspace is made under the version that was named."""
    status, out, _ = run(capsys, "init", tmp_path / "new", "--council", "york", "--framework-version", "2023")
    assert status == 0
    assert "a workspace of York for CQC's assessment of local authorities,\nversion 2023." in out
    assert ca.workspaces.read(tmp_path / "new", today=DAY).framework.version == "2023"


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ((), 2, "Give --council or --example"),
        (("--example", "--council", "York"), 2, "Give --council or --example"),
        (("--council", "Atlantis"), 1, "'Atlantis' is not a council"),
        (("--council", "York", "--framework", "cqc"), 1, "there is no framework 'cqc'"),
        (("--council", " ", "--body", "example"), 1, "the name of the example is missing"),
    ],
)
def test_init_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, ...], status: int, said: str
) -> None:
    """A wrong command ends with 2 and a wrong name with 1; nothing is printed as a result, and nothing is made."""
    found, out, err = run(capsys, "init", tmp_path / "new", *options)
    assert (found, out) == (status, "")
    assert err.startswith("careassure: ")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_init_keeps_what_is_there(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A folder that is not empty is refused, and stays as it is."""
    assert run(capsys, "init", folder, "--example") == (
        1, "", f"careassure: {folder}: it exists and is not empty. Name a new folder\n",
    )  # fmt: skip
    assert problems(folder) == ()


def test_check_says_that_it_is_sound(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A sound workspace is said to be so, with how much it holds."""
    assert run(capsys, "check", folder) == (
        0, f"{folder} is sound: 12 scores, 23 pieces of evidence, 4 actions, 60 cases.\n", "",
    )  # fmt: skip


@pytest.mark.parametrize("command", ["check", "status", "assess", "diff", "timeline", "returns", "findings"])
def test_every_command_lists_what_is_wrong(capsys: pytest.CaptureFixture[str], folder: Path, command: str) -> None:
    """Each command on a faulty workspace ends with 1, prints nothing as a result, and lists every fault."""
    put("scores.csv", 2, score="9")(folder)
    put("updates.csv", 6, evidence="E99")(folder)
    more = ["2026-01-01", AT] if command == "diff" else []
    status, out, err = run(capsys, command, folder, *more)
    assert (status, out) == (1, "")
    assert err.startswith(f"careassure: {folder}: 2 problems\n  1. scores.csv, row 2, column score: 9 is not a grade")
    assert "\n  2. updates.csv, row 6, column evidence: there is no 'E99' in evidence" in err


@pytest.mark.parametrize("command", ["status", "diff", "timeline", "returns", "findings"])
def test_a_folder_that_is_no_workspace_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:  # fmt: skip
    """A folder without settings, or one that is not there, is refused with how to make one."""
    more = ["2026-01-01", AT] if command == "diff" else []
    for path in (tmp_path, tmp_path / "gone"):
        status, out, err = run(capsys, command, path, *more)
        assert (status, out) == (1, "")
        assert err.endswith("Make one with: careassure init\n")


@pytest.mark.parametrize(
    "arguments",
    [("status", "w", "--at", "soon"), ("diff", "w", "2026-13-01"), ("diff", "w"), ("status",),
     ("timeline", "w", "--format", "xml"), ("diff", "w", "2026-01-01", "--format", "csv")],
)  # fmt: skip
def test_a_wrong_command_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """A day that is none, a missing argument and an unknown format are faults of the command."""
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    out, err = capsys.readouterr()
    assert (raised.value.code, out) == (2, "")
    assert err


def test_assess_rates_the_latest_scores(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A workspace is rated by its latest scores, and says why, and since when they stand."""
    status, out, err = run(capsys, "assess", folder)
    assert (status, err) == (0, "")
    why, _, dates = out.rpartition("\n\n")
    assert f"{why}\n" == ca.workspaces.assess(ca.workspaces.read(folder, today=DAY)).explain()
    assert dates.startswith("Scores are of 2 March 2026 (Assessing needs) to 14 September 2026")
    assert "Good, 70 out of 100" in out


def test_status_as_json_and_csv_holds_every_gap(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The JSON and the CSV of a status hold every gap, and the text has a line for each."""
    put("updates.csv", 6, evidence="")(folder)
    put("evidence.csv", 2, date="", summary='waits, "long"\nones')(folder)
    expected = gaps(folder)
    assert {gap["kind"] for gap in expected} >= {"missing", "contradictory", "unanswered", "unshown", "stale"}
    assert json.loads(run(capsys, "status", folder, "--at", AT, "--format", "json")[1])["gaps"] == expected
    table = io.StringIO(run(capsys, "status", folder, "--at", AT, "--format", "csv")[1], newline="")
    assert list(csv.DictReader(table)) == expected
    text = " ".join(run(capsys, "status", folder, "--at", AT)[1].split())
    assert all(" ".join(gap["words"].split()) in text for gap in expected)


def test_status_of_a_workspace_without_scores(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """Before anything was scored, the status says so and lists what is missing."""
    status, out, _ = run(capsys, "status", folder, "--at", "2026-01-01")
    assert status == 0
    assert out.startswith("Exampleshire on 1 January 2026\nFrom its own scores: no scores yet\n")
    assert "Missing (10)\n" in out


def test_diff_says_what_changed(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The text and the JSON of a diff hold every change; without the second day it is today."""
    found = ca.workspaces.diff(ca.workspaces.read(folder, today=DAY), dt.date(2026, 3, 10), DAY)
    status, out, _ = run(capsys, "diff", folder, "2026-03-10", AT)
    assert status == 0
    assert " ".join(out.split()) == " ".join(found.words.split())
    assert run(capsys, "diff", folder, "2026-03-10")[1] == out
    rows = json.loads(run(capsys, "diff", folder, "2026-03-10", AT, "--format", "json")[1])
    assert [row["words"] for row in rows] == [item.words for item in found.items]


def test_diff_of_days_in_the_wrong_order_is_refused(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The second day cannot be before the first."""
    status, out, err = run(capsys, "diff", folder, AT, "2026-01-01")
    assert (status, out) == (1, "")
    assert "Give the earlier one first" in err


def test_timeline_in_every_form(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """The table, the CSV and the JSON of a timeline hold each event, in order."""
    titles = [entry.title for entry in ca.workspaces.timeline(ca.workspaces.read(folder, today=DAY))]
    assert [row["title"] for row in json.loads(run(capsys, "timeline", folder, "--format", "json")[1])] == titles
    table = io.StringIO(run(capsys, "timeline", folder, "--format", "csv")[1], newline="")
    assert [row["title"] for row in csv.DictReader(table)] == titles
    assert run(capsys, "timeline", folder)[0] == 0
    for name in ("findings", "events", "follow_ups", "remedies", "replies"):
        drop(f"{name}.csv")(folder)
    put("actions.csv", 2, findings="")(folder)
    put("actions.csv", 3, findings="")(folder)
    put("actions.csv", 4, findings="")(folder)
    assert run(capsys, "timeline", folder) == (0, "The timeline is empty.\n", "")
    assert json.loads(run(capsys, "timeline", folder, "--format", "json")[1]) == []


def test_timeline_of_a_council_has_its_published_results(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The timeline of a council has what CQC published about it, the replaced result with what replaced it."""
    ca.workspaces.init(tmp_path / "w", "Swindon", today=DAY)
    rows = json.loads(run(capsys, "timeline", tmp_path / "w", "--format", "json")[1])
    assert [row["what"] for row in rows] == ["Published assessment", "Rating review"]
    assert (rows[0]["result"], rows[0]["superseded_by"]) == ("Requires improvement, 62 out of 100", "that of 2026")
    assert [row["kind"] for row in rows] == ["published_assessment", "rating_review"]


def past(folder: Path) -> Path:
    """The example, all of it six years earlier, so that it is past on every computer."""
    put("evidence.csv", 2, indicator="")(folder)
    for sheet in SHEETS:
        path = folder / sheet.file
        if sheet.file in ("indicators.csv", "values.csv"):
            path.unlink()
        else:
            text = path.read_text(encoding="utf-8").replace("2026", "2020").replace("2025", "2019")
            path.write_text(text, encoding="utf-8")
    return folder


def start(
    *arguments: object,
    flags: tuple[str, ...] = (),
    program: tuple[str, ...] = ("-m", "careassure"),
    **environment: str,
) -> tuple[int, bytes, bytes]:
    """Run the command line, or a program that calls it, with this Python."""
    done = subprocess.run(
        [sys.executable, *flags, *program, *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout, done.stderr


COMMANDS = (
    ("check",), ("assess",), ("status", "--at", "2020-10-01"), ("status", "--at", "2020-10-01", "--format", "json"),
    ("diff", "2020-03-10", "2020-10-01"), ("timeline",),
)  # fmt: skip


IN_TURN = (
    "import json, sys\nfrom careassure.cli import main\n"
    "for words in json.loads(sys.argv[1]):\n    print(words[0], main(words), flush=True)\n"
)
"""A program that runs commands one after the other, and says how each ended."""


@pytest.mark.slow
def test_nothing_around_changes_what_is_printed(folder: Path) -> None:
    """Locale, hash seed, time zone, width of the terminal and optimised Python change nothing of what is printed."""
    past(folder)
    commands = json.dumps([(name, str(folder), *more) for name, *more in COMMANDS])

    def started(*flags: str, **environment: str) -> tuple[int, bytes, bytes]:
        return start(commands, flags=flags, program=("-c", IN_TURN), **environment)

    expected = started(PYTHONHASHSEED="0")
    assert expected[0] == 0, expected[2].decode()
    for name, *_ in COMMANDS:
        assert f"\n{name} 0\n".encode() in expected[1]
    for environment in ({"LC_ALL": "C", "PYTHONHASHSEED": "1"}, {"LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "77"},
                        {"COLUMNS": "20", "TZ": "Pacific/Kiritimati"}):  # fmt: skip
        assert started(**environment) == expected
    assert started("-OO") == expected


def test_refusals_do_not_rest_on_assertions(folder: Path) -> None:
    """Optimised Python refuses the same workspace with the same words."""
    put("scores.csv", 2, score="9", date="03/13/2020")(past(folder))
    plain, optimised = start("check", folder), start("check", folder, flags=("-O",))
    assert plain == optimised
    assert plain[0] == 1
    assert plain[1] == b""
    assert b"'03/13/2020' is not a date" in plain[2]


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("option", ["--council", "--framework", "--framework-version"])
def test_a_workspace_says_itself_whose_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, option: str, form: str
) -> None:
    """A council or framework beside a folder is refused in every format: it would have no effect."""
    assert run(capsys, "init", tmp_path / "w", "--example")[0] == 0
    status, out, err = run(capsys, "assess", tmp_path / "w", option, "Leeds", "--format", form)
    assert (status, out) == (2, "")
    assert "a file or folder says itself what it is about" in err


def test_check_says_which_facts_are_not_used(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """A fact for which the method does not ask is said to be unused, and stands in the status all the same."""
    settings = folder / "workspace.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[facts]\nbreach = true\n", "utf-8")
    status, out, err = run(capsys, "check", folder)
    assert (status, err) == (0, "")
    said = " ".join(out.split())
    assert "Not used: the fact breach. The method that rates this workspace does not ask for it" in said
    assert "\nFacts: breach\n" in run(capsys, "status", folder, "--at", AT)[1]
