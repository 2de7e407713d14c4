"""What a workspace held on a day, and what changed between two."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate
from careassure.model.evidence import Evidence
from careassure.workspaces.happened import Event, Finding
from careassure.workspaces.plan import Action
from careassure.workspaces.workspace import ScoreEntry, Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces

days = st.dates(dt.date(2024, 12, 1), dt.date(2026, 12, 31))


def kept(*scores: tuple[str, int | None]) -> Workspace:
    """A workspace with these scores of equity: the date and the score."""
    entries = tuple(ScoreEntry(PartialDate.parse(date), "equity", score) for date, score in scores)
    return Workspace(ca.council("York"), cqc(), cqc(), scores=entries)


def said(workspace: Workspace, since: str, until: str) -> list[str]:
    """What is said to have changed in scores."""
    found = ca.workspaces.diff(workspace, dt.date.fromisoformat(since), dt.date.fromisoformat(until))
    return [item.words.partition(": ")[2] for item in found.items if item.subject == "score"]


@few
@given(workspaces(), days)
def test_nothing_changes_within_a_day(workspace: Workspace, day: dt.date) -> None:
    """From the end of a day to the end of the same day nothing changed, and it is said so."""
    found = ca.workspaces.diff(workspace, day, day)
    assert found.items == ()
    assert found.words.endswith(f"{day.day} {day:%B %Y} nothing changed.\n")


@few
@given(workspaces(), st.lists(days, min_size=3, max_size=3).map(sorted))
def test_two_spans_cover_the_whole(workspace: Workspace, three: list[dt.date]) -> None:
    """What changed in a score, an event or the evidence from a first day to a last changed before or after any day
    between."""
    first, middle, last = three
    parts = [ca.workspaces.diff(workspace, first, middle), ca.workspaces.diff(workspace, middle, last)]
    whole = ca.workspaces.diff(workspace, first, last)
    for subject in ("score", "event"):
        seen = {item.about for part in parts for item in part.items if item.subject == subject}
        assert {item.about for item in whole.items if item.subject == subject} <= seen
    added = [any(item.subject == "evidence" for item in found.items) for found in (*parts, whole)]
    assert added[2] == (added[0] or added[1])


@few
@given(workspaces(), days, days)
def test_what_stood_there_on_a_day_still_does_later(workspace: Workspace, one: dt.date, other: dt.date) -> None:
    """Looking back twice is looking back to the earlier day; on a later day there is nothing less of what was added."""
    early, late = min(one, other), max(one, other)
    assert workspace.at(late).at(early) == workspace.at(early)
    assert workspace.at(early).at(late) == workspace.at(early)
    for table in ("scores", "evidence", "events", "findings", "actions", "updates", "readings"):
        assert set(getattr(workspace.at(early), table)) <= set(getattr(workspace.at(late), table))
    assert workspace.at(dt.date(2100, 1, 1)) == workspace


@given(st.permutations([("2026-01", 1), ("2026-02-03", 2), ("2026-02", 4), ("2026-04", None), ("2026-05", 3)]))
def test_the_latest_score_counts_whatever_the_order(scores: list[tuple[str, int | None]]) -> None:
    """The latest score by date stands, wherever its row is; of one first day the more exact date is the later."""
    workspace = kept(*scores)
    for day, score in (
        ("2026-01-31", 1),
        ("2026-02-02", 4),
        ("2026-02-03", 2),
        ("2026-04-01", None),
        ("2026-06-01", 3),
    ):
        assert workspace.at(dt.date.fromisoformat(day)).latest_scores["equity"].score == score


def test_a_blank_row_withdraws_a_score() -> None:
    """A later row without a score makes the score unknown from then on, and that is a change."""
    workspace = kept(("2026-01", 3), ("2026-04", None))
    assert workspace.at(dt.date(2026, 3, 1)).assessment().missing == tuple(
        name for name in workspace.assessment().missing if name != "equity"
    )
    assert "equity" in workspace.assessment().missing
    assert said(workspace, "2026-03-01", "2026-05-01") == ["3 to not known"]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([("2026-02", None)], []),
        ([("2026-02", 2)], ["first scored, 2"]),
        ([("2026-01", None), ("2026-02", 2)], ["first scored, 2"]),
        ([("2026-01", None), ("2026-02", None)], []),
        ([("2025", 2), ("2026-02", 3)], ["2 to 3"]),
        ([("2025", 2), ("2026-02", 2)], ["2 confirmed"]),
        ([("2025", 2), ("2025-06", None), ("2026-02", 3)], ["not known to 3"]),
        ([("2025", 2), ("2025-06", None), ("2026-02", None)], []),
        ([("2025", 2)], []),
    ],
)
def test_a_change_of_score_is_said_as_it_is(scores: list[tuple[str, int | None]], words: list[str]) -> None:
    """A first score, a change, a confirmation and a score after a blank are told apart; a blank alone is no change."""
    assert said(kept(*scores), "2026-01-31", "2026-03-01") == words


def test_days_in_the_wrong_order_are_refused() -> None:
    """The second day cannot be before the first."""
    with pytest.raises(InvalidInputError, match=r"2026-01-01 is before 2026-01-02\. Give the earlier one first"):
        ca.workspaces.diff(kept(), dt.date(2026, 1, 2), dt.date(2026, 1, 1))


def test_what_hangs_on_something_later_is_later() -> None:
    """A finding is there from the day of its event on, an action from the day on which it was agreed, and evidence
    from the day on which it was recorded, however old it is."""
    june = PartialDate(2026, 6, 15)
    workspace = evolve(
        kept(),
        evidence=(Evidence("E", "seen", "staff", "equity", date=PartialDate(2020), added=june),),
        events=(Event("V", "peer_review", june, "review"),),
        findings=(Finding("F", "V", "improvement", ("equity",), "found"),),
        actions=(Action("P", "do", ("equity",), agreed=june), Action("Q", "do", ("equity",))),
    )
    before, after = workspace.at(dt.date(2026, 6, 14)), workspace.at(dt.date(2026, 6, 15))
    assert (before.evidence, before.events, before.findings) == ((), (), ())
    assert [item.id for item in before.actions] == ["Q"]
    assert after == workspace
