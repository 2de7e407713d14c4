"""How far the programme of assessments has come."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from careassure.model.dates import PartialDate
from helpers import few


@few
@given(st.builds(PartialDate, st.integers(2022, 2028), st.integers(1, 12)))
def test_every_council_is_counted_once(day: PartialDate) -> None:
    """On any day each of the 153 councils is published, perhaps published, or left, and is so once."""
    found = ca.analysis.programme(day)
    codes = [item.council.code for item in (*found.latest, *found.perhaps)] + [council.code for council in found.left]
    assert sorted(codes) == sorted(council.code for council in ca.councils())
    assert found.councils == 153
    assert sum(count for _, count in found.pace) <= len(found.latest)


@few
@given(st.integers(2022, 2027), st.integers(1, 11))
def test_nobody_is_left_again(year: int, month: int) -> None:
    """Who was left on a day was left on every day before it; only a withdrawal can take a result away."""
    earlier, later = (
        ca.analysis.programme(PartialDate(year, month)),
        ca.analysis.programme(PartialDate(year, month + 1)),
    )
    gone = {item.council for item in later.withdrawn}
    assert {item.council for item in earlier.latest} - gone <= {item.council for item in later.latest}
    assert set(later.left) - gone <= set(earlier.left)


def test_cqcs_first_nine_and_first_26() -> None:
    """The register has CQC's first nine, its first 26, and the means that a reader of the first nine worked out."""
    three, september, nine, first = ca.analysis.programme("2025-02-28").tallies
    assert september.agrees
    assert (three.councils, three.found, [str(item.council) for item in three.perhaps]) == (3, 2, ["West Berkshire"])
    assert nine.agrees
    assert (nine.found, nine.found_ratings["good"], nine.found_ratings["requires_improvement"]) == (9, 6, 3)
    assert [float(printed) for _, printed, _ in nine.means] == [2.6, 2.2]
    assert first.agrees
    assert list(first.found_ratings.values()) == [1, 14, 11, 0]


def test_a_count_that_the_register_does_not_meet_is_said() -> None:
    """Of the later counts the difference is named, not hidden."""
    tally = ca.analysis.programme().tallies[-1]
    assert not tally.agrees
    assert tally.words.startswith("By December 2025: 88 councils (3 outstanding, 58 good, 25 requires improvement and ")
    assert f"The register has {tally.found} councils" in tally.words


def test_a_count_that_the_register_may_meet_is_said_with_what_is_not_sure() -> None:
    """A result that is dated too loosely for the day of a count is named beside those that are sure."""
    (three,) = ca.analysis.programme("2024-05-21").tallies
    assert three.words.endswith("The register has 2 councils (2 good), and perhaps West Berkshire (2024-05).")


def test_a_withdrawn_result_counts_until_it_was_withdrawn() -> None:
    """Bromley's result counts in January 2026, and not in March."""
    assert "Bromley" in {str(item.council) for item in ca.analysis.programme("2026-01").latest}
    march = ca.analysis.programme("2026-03")
    assert [str(item.council) for item in march.withdrawn] == ["Bromley"]
    assert "Bromley" in {str(council) for council in march.left}


def test_the_command_in_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """The command fits 40 lines, and says what is sure, what is not, and what was not found."""
    assert main(["programme", "--at", "2025-02-28"]) == 0
    out = capsys.readouterr().out
    flat = " ".join(out.split())
    assert flat.startswith(
        "By 28 February 2025, 26 of 153 councils had a published result "
        "(1 outstanding, 14 good and 11 requires improvement)."
    )
    assert "Not dated closely enough to say: " in flat
    assert "may have a report that was not" in flat
    assert len(out.splitlines()) <= 40
    assert max(map(len, out.splitlines())) <= 80


def test_the_command_as_rows(capsys: pytest.CaptureFixture[str]) -> None:
    """As CSV and JSON every council has a row with its state."""
    assert main(["programme", "--at", "2025-02-28", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["programme", "--at", "2025-02-28", "--format", "json"]) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)] == [row["code"] for row in rows]
    assert len(rows) == 153
    assert sum(row["state"] == "published" for row in rows) == 26
