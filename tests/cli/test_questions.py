"""The commands for the questions that a rating raises: why, what would change it, what if."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from plain_words import too_long

NINE = ["2", "3", "2", "3", "3", "2", "3", "2", "3"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was complained about."""
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def rows(text: str) -> list[dict[str, str]]:
    """The rows of CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def fits_a_page(text: str) -> bool:
    """At most 40 lines of 80 columns, save for addresses."""
    lines = text.splitlines()
    return len(lines) <= 40 and all(len(line) <= 80 or "https://" in line for line in lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 4) | st.none(), min_size=9, max_size=9), st.sampled_from(("points", "statements")))
def test_whatever_the_scores_are_it_fits_a_page(
    capsys: pytest.CaptureFixture[str], scores: list[int | None], by: str
) -> None:
    """Each answer has at most 40 lines of 80 columns, and no sentence that is too long."""
    typed = ["?" if score is None else str(score) for score in scores]
    for arguments in (["reasons", *typed], ["nearest", *typed, "--by", by]):
        status, out, err = run(capsys, *arguments)
        assert (status, err) == (0, "")
        assert fits_a_page(out)
        assert "Take note" in out
        said = [part for part in out.split("\n\n") if not part.startswith(("The scores", "The rules"))]
        assert [line for part in said for line in part.split("\n  ") if too_long(line.replace("\n", " "))] == []


@pytest.mark.slow
def test_councils_fit_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """All councils at once: the nearest first, how many more there are, and none is lost with --all."""
    status, out, _ = run(capsys, "nearest", "--published")
    assert status == 0
    assert fits_a_page(out)
    assert "more; --all prints every one" in out
    assert "1 point is enough for" in out
    every = run(capsys, "nearest", "--published", "--all")[1]
    assert all(item.council.name.split()[0] in every for item in ca.published() if len(item.missing) < 9)
    found = rows(run(capsys, "nearest", "--published", "--format", "csv")[1])
    assert len({row["code"] + row["published"] for row in found}) == len(ca.published())
    assert {row["direction"] for row in found} == {"up", "down"}


def test_reasons_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds the sets as they are grouped, CSV each set in a row; both are those of the library."""
    found = ca.reasons(ca.assess(ca.Assessment.of("York", [int(score) for score in NINE])))
    told = json.loads(run(capsys, "reasons", *NINE, "--council", "York", "--format", "json")[1])
    assert (told["format"], told["count"], told["size"]) == ("careassure.reasons/1", found.count, found.size)
    assert sum(kind["sets"] for kind in told["could_change"]) == len(found.could_change)
    lines = rows(run(capsys, "reasons", *NINE, "--format", "csv")[1])
    sets = [frozenset(row["scores"].split()) for row in lines if row["what"] == "enough"]
    assert tuple(sets) == found.sets
    assert all(int(row["size"]) == len(row["scores"].split()) for row in lines)


def test_changes_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds every change as the library has it, CSV each in a row with a column for each score."""
    found = ca.nearest_change(ca.Assessment.of("York", [int(score) for score in NINE]), "good")
    told = json.loads(run(capsys, "nearest", *NINE, "--to", "good", "--format", "json")[1])
    assert [change for way in told["ways"] for change in way["changes"]] == list(found.changes)
    lines = rows(run(capsys, "nearest", *NINE, "--to", "good", "--format", "csv")[1])
    assert [{k: int(v) for k, v in list(row.items())[5:] if v} for row in lines] == list(found.changes)
    assert {row["cost"] for row in lines} == {str(found.cost)}


def test_costs_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    """Costs are typed as STATEMENT=NUMBER; a cost that says nothing is a wrong command."""
    for half in ("1/2", "0.5"):
        status, out, _ = run(capsys, "nearest", *NINE, "--to", "outstanding", "--cost", f"Safeguarding={half}")
        assert status == 0
        assert "a cost of" in out
    status, _, err = run(capsys, "nearest", *NINE, "--cost", "Safeguarding")
    assert (status, "Write STATEMENT=NUMBER" in err) == (2, True)
    status, _, err = run(capsys, "nearest", *NINE, "--published")
    assert (status, "Leave out the scores and --council" in err) == (2, True)
    status, _, err = run(capsys, "reasons", *NINE, "--of", "leadership")
    assert (status, "Ask for overall" in err) == (1, True)


def test_what_if_shows_only_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    """The scores that change and what follows from them, and no line that stays as it is."""
    status, out, _ = run(capsys, "what-if", *NINE, "--set", "safeguarding=4", "--set", "equity=2")
    assert status == 0
    assert fits_a_page(out)
    assert "Equity" not in out
    assert "Safeguarding" in out
    assert "This is a what-if, not a forecast." in out
    lines = rows(run(capsys, "what-if", *NINE, "--set", "safeguarding=4", "--format", "csv")[1])
    found = ca.what_if(ca.Assessment.of("York", [int(score) for score in NINE]), {"safeguarding": 4})
    assert [tuple(row.values()) for row in lines] == list(found.differences)
    assert all(before != after for _, before, after in found.differences)
    told = json.loads(run(capsys, "what-if", *NINE, "--set", "safeguarding=4", "--format", "json")[1])
    assert told["after"]["score"] == found.after.score
    assert "Nothing would change" in run(capsys, "what-if", *NINE, "--set", "safeguarding=3")[1]
    status, _, err = run(capsys, "what-if", *NINE, "--set", "safeguarding")
    assert (status, "Write STATEMENT=SCORE" in err) == (2, True)
    status, _, err = run(capsys, "what-if", *NINE, "--set", "safegarding=4")
    assert (status, "is not a statement of" in err) == (1, True)
