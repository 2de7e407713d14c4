"""A result that was published is one in every verb of a workspace, and a blank row is none in any."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import careassure as ca

from .folders import add

SIF = next(Path(__file__).parents[2].glob("plugins/*/src/*/ofsted-sif.framework.toml"))


@pytest.fixture
def leicester(tmp_path: Path) -> Path:
    """A new workspace of Leicester, whose result CQC published in July 2025."""
    ca.workspaces.init(tmp_path / "l", "Leicester", today="2025-01-10")
    return tmp_path / "l"


def test_a_published_result_is_told_by_every_verb(leicester: Path) -> None:
    """The month in which CQC published is no month in which nothing changed."""
    result = "Requires improvement, 56 out of 100"
    (entry,) = ca.workspaces.timeline(leicester)
    assert (str(entry.date)[:7], entry.result) == ("2025-07", result)
    (change,) = [item for item in ca.workspaces.diff(leicester, "2025-06-30", "2025-08-31").items if item.about]
    assert (change.subject, change.about) == ("event", entry.id)
    assert change.words.endswith(f"published assessment: {result}")
    after, before = (ca.workspaces.status(leicester, day) for day in ("2025-08-31", "2025-06-30"))
    assert (after.results, before.results) == ((entry,), ())
    assert f"On record: {entry.words}" in after.head
    assert "From its own scores: no scores yet" in after.head


def test_nothing_changed_where_nothing_did(leicester: Path) -> None:
    """The blank rows of a new workspace are no result, on no day."""
    assert str(ca.workspaces.diff(leicester, "2025-01-01", "2025-02-01")).endswith("nothing changed.\n")
    assert ca.workspaces.diff(leicester, "2025-09-01", "2026-09-01").items == ()
    work = ca.workspaces.read(leicester)
    assert work.assessment().assessed is None
    assert ca.workspaces.assess(work).result == "no scores are known"


def test_a_blank_that_ends_a_score_is_told(leicester: Path) -> None:
    """A score that is not known any more is a change, and the page of its statement says since when."""
    add("scores.csv", date="2025-02-01", statement="equity", score="3")(leicester)
    add("scores.csv", date="2025-03-01", statement="equity")(leicester)
    found = str(ca.workspaces.diff(leicester, "2025-02-10", "2025-03-10"))
    assert "Equity in experience and outcomes: 3 to not known" in found
    page = str(ca.workspaces.statement(leicester, "equity"))
    assert "  1 February 2025: 3\n  1 March 2025: not known\n" in page


def test_results_of_another_regulator_are_not_shown_as_this_ones(tmp_path: Path) -> None:
    """What CQC published of Leicester is no result under Ofsted's framework."""
    ca.workspaces.init(tmp_path / "w", "Leicester", framework=SIF, today="2025-01-10")
    assert ca.workspaces.timeline(tmp_path / "w") == ()
    assert ca.workspaces.status(tmp_path / "w", dt.date(2025, 8, 31)).results == ()


def test_the_latest_result_of_each_kind_is_on_record(leicester: Path) -> None:
    """A self-assessment with a result stands in the status beside the published one; what was replaced does not."""
    add("events.csv", id="A", kind="self_assessment", date="2023-03", title="first", result="good")(leicester)
    add("events.csv", id="B", kind="self_assessment", date="2023-08", title="refreshed", result="good",
        supersedes="A")(leicester)  # fmt: skip
    found = ca.workspaces.status(leicester, "2025-08-31")
    assert [entry.id for entry in found.results][:1] == ["B"]
    assert len(found.results) == 2
