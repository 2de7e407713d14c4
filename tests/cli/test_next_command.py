"""The command that says what to find out next: short enough to be read aloud, all of it where that is wanted."""

from __future__ import annotations

import csv
import io
import json
from textwrap import dedent

import pytest

import careassure as ca
from analysis.every import SCORERS
from careassure.cli import main

BLANKS = ("next", "2", "2", "2", "-", "3", "-", "-", "2", "3", "--council", "Leicester")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        BLANKS,
        (*BLANKS, "--scorer", str(SCORERS["ofsted"]), "--by", "expected"),
        ("next", *"-" * 9),
        ("next", *"222333322"),
        ("next", "--council", "York"),
    ],
)
def test_it_can_be_read_aloud(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    """At most 40 lines of 80 columns, and the caution at the end."""
    lines = run(capsys, *words).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert lines[-2].startswith("It says which score the method needs first")


def test_what_it_says_of_leicester(capsys: pytest.CaptureFixture[str]) -> None:
    """The result as far as it goes, the statement, and how many at the most; with --all, every question."""
    out = run(capsys, *BLANKS)
    assert out.startswith(
        dedent("""\
        Leicester: Requires improvement to Good, 48 to 73 out of 100

        Find out next: Care provision, integration and continuity.
        Each of the others is as good.
        At the most 3 of the 3 scores not known must be found out to settle the rating.
          Were every score equally likely, it would be 2.56 on average.
        """)
    )
    assert "And so on: see it whole with --all." in out
    found = ca.next_question(ca.Assessment.of("Leicester", [2, 2, 2, None, 3, None, None, 2, 3]))
    assert str(found.tree) in run(capsys, *BLANKS, "--all")


def test_data_are_exact(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON is what the library gives; CSV has a row for each score that could be found out, the best first."""
    scorer = str(SCORERS["ofsted"])
    blanks = ("next", "2", "2", "2", "-", "-", "-", "-", "2", "3")
    found = ca.next_question(
        ca.Assessment.of(ca.Body("unnamed", "Unnamed council", "example"), [2, 2, 2, None, None, None, None, 2, 3]),
        scorer=scorer,
    )
    assert json.loads(run(capsys, *blanks, "--scorer", scorer, "--format", "json")) == found.to_dict()
    rows = list(csv.DictReader(io.StringIO(run(capsys, *blanks, "--scorer", scorer, "--format", "csv"))))
    assert rows[0]["statement"] == found.statement == "safeguarding"
    assert {row["statement"]: (row["worst_case"], row["expected"]) for row in rows} == {
        one.statement: (str(one.worst_case), str(one.expected)) for one in found.options
    }


def test_a_report_card_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """It has no rating to settle."""
    assert main([*BLANKS, "--scorer", str(SCORERS["report-card"])]) == 1
    assert "the method gives no overall rating" in capsys.readouterr().err
