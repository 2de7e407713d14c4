"""The command that says how sure a rating is: short enough to be read aloud, exact where data are wanted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from textwrap import dedent

import pytest

import careassure as ca
from analysis.every import SCORERS
from careassure.cli import main
from workspaces.folders import example

YORK = ("stability", "--council", "York")


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(word) for word in arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    status = main([str(word) for word in arguments])
    return status, capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        YORK,
        ("stability", "3", "3", "-", "2", "2", "3", "2", "3", "3", "--error", "20 %"),
        (*YORK, "--scorer", str(SCORERS["ofsted"])),
        (*YORK, "--scorer", str(SCORERS["report-card"])),
        ("stability", *"-" * 9),
    ],
)
def test_it_can_be_read_aloud(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """At most 40 lines of 80 columns, and the caution at the end."""
    lines = run(capsys, *words).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert lines[-3].startswith("This is not a corrected rating.")


def test_what_it_says_of_york(capsys: pytest.CaptureFixture[str]) -> None:
    """The rating as it stands, what is assumed, the probabilities, and on which scores it hangs."""
    assert run(capsys, *YORK).startswith(
        dedent("""\
        York, 5 December 2025: Requires improvement, 39 out of 100

        Assumed: each score, by itself, is one step too low or too high with a
          probability of 10 %.

        Rating                Probability
        --------------------  ---------------
        Inadequate            12.8 %
        Requires improvement  87.2 %
        Good                  less than 0.1 %
        Outstanding           0 %
        """)
    )


def test_data_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON is what the library gives; CSV has a row for each grade, with fractions, and with --all for each place."""
    found = ca.stability(ca.published("York")[-1], "1/5")
    given = (*YORK, "--error", "0.2")
    assert json.loads(run(capsys, *given, "--format", "json")) == found.to_dict()
    rows = list(csv.DictReader(io.StringIO(run(capsys, *given, "--format", "csv"))))
    assert {row["grade"]: row["least_probability"] for row in rows} == {
        k: str(v) for k, v in found.probabilities.items()
    }
    more = run(capsys, *given, "--all", "--format", "csv", "--scorer", SCORERS["ofsted"])
    assert {row["place"] for row in csv.DictReader(io.StringIO(more))} == {
        "working_with_people", "providing_support", "ensuring_safety", "leadership", "overall"
    }  # fmt: skip


def test_a_blank_may_be_given_probabilities(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said of a statement takes the place of what is not known."""
    blank = ("stability", "3", "3", "-", "2", "2", "3", "2", "3", "3")
    assert "Nothing is assumed of 1 score that is not known." in run(capsys, *blank)
    known = run(capsys, *blank, "--likely", "Equity=1:0.4,3:0.6", "--error", "0")
    assert "For 1 score the" in known
    assert "Requires improvement  40 %" in known


def test_a_workspace_records_confidence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each word of confidence gets the probability that is typed for it."""
    folder = example(tmp_path / "w")
    typed = [part for word in ("low=0.5", "medium=0.2", "high=0", "=0.1") for part in ("--error", word)]
    workspace = ca.workspaces.read(folder)
    assessment = workspace.assessment(workspace.base)
    confidence = {
        leaf: entry.confidence for leaf, entry in workspace.latest_scores.items() if leaf in assessment.scores
    }
    by_word = {"low": "0.5", "medium": "0.2", "high": "0", "": "0.1"}
    found = ca.stability(assessment, by_word, confidence=confidence)
    assert json.loads(run(capsys, "stability", folder, *typed, "--format", "json")) == found.to_dict()
    assert len({len(chances) for _, chances in found.scores}) > 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((*YORK, "--error", "2"), 1, "'2' is not from 0 to 1"),
        ((*YORK, "--error", "often"), 1, "'often' is not a probability"),
        ((*YORK, "--error", "0.1", "--error", "0.2"), 2, "--error was given twice"),
        ((*YORK, "--error", "low=0.1"), 2, "only a workspace records confidence"),
        ((*YORK, "--likely", "equity"), 2, "--likely 'equity' is not a statement with scores"),
        ((*YORK, "--likely", "equity=2:0.4,3:0.6,2:0.1"), 2, "--likely says two things of '2'"),
        ((*YORK, "--likely", "equity=2:1", "--likely", "equity=3:1"), 2, "--likely says two things of 'equity'"),
        ((*YORK, "--likely", "equity=2:1", "--likely", "QS3=3:1"), 1, "equity was given before under another name"),
        ((*YORK, "--likely", "equity=3:0.5"), 1, "the probabilities add up to 1/2, not to 1"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, said: str
) -> None:
    """Wrong numbers end with 1, wrong commands with 2."""
    found, complaint = refused(capsys, *words)
    assert found == status
    assert said in complaint
