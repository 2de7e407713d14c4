"""What a council said of itself, beside what was published of it."""

from __future__ import annotations

import datetime as dt

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.dates import PartialDate
from careassure.workspaces.happened import Event, Finding
from careassure.workspaces.workspace import ScoreEntry, Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces

DAY = dt.date(2026, 1, 1)
AUGUST = PartialDate(2023, 8)
IDS = [statement.id for statement in cqc().statements]
LEICESTER = Workspace(
    ca.council("Leicester"), cqc(), cqc(),
    scores=tuple(ScoreEntry(AUGUST, name, 3) for name in IDS),
    events=(
        Event("S1", "self_assessment", PartialDate(2023, 3), "begun"),
        Event("S2", "self_assessment", AUGUST, "refreshed", result="good", supersedes="S1"),
    ),
    findings=(
        Finding("F1", "S2", "strength", ("safeguarding",), "safeguarding arrangements"),
        Finding("F2", "S2", "strength", ("learning",), "willing to learn"),
        Finding("F3", "S2", "improvement", ("partnerships",), "works alone"),
        Finding("F4", "S2", "improvement", ("equity",), "does not know whom it misses"),
        Finding("F5", "S2", "improvement", (), "money"),
    ),
)  # fmt: skip
"""What Leicester said in 2023; its result of July 2025 (2 2 2 2 3 2 2 2 3, 56) ships."""


def test_leicesters_good_is_held_against_what_came() -> None:
    """Each self-assessment stands beside the first result after it, the one that was superseded too."""
    first, second = ca.workspaces.predicted(LEICESTER, DAY).items
    assert first.superseded == "S2 refreshed of August 2023"
    assert first.gap is None
    assert second.overall == (
        "Said in August 2023: Good. Its scores then: Good, 75 out of 100. "
        "Published in July 2025: Requires improvement, 56 out of 100, 1 grade lower."
    )
    assert [item.gap for item in second.scores] == [-1, -1, -1, -1, 0, -1, -1, -1, 0]
    assert [item.finding.id for item in second.strengths] == ["F1"]
    assert [item.finding.id for item in second.doubts] == ["F3"]
    assert second.unplaced == ("F5",)
    assert "Strengths that were scored 2 or less (1)" in str(ca.workspaces.predicted(LEICESTER, DAY))
    assert "Areas to improve that were scored 3 or more (1)" in str(ca.workspaces.predicted(LEICESTER, DAY))


def test_before_it_came_nothing_is_held_against_it() -> None:
    """On a day before the result was published, it is not known."""
    (_, second) = ca.workspaces.predicted(LEICESTER, "2025-06-30").items
    assert second.published_on is None
    assert second.overall.endswith("No result has been published since.")


def test_scores_alone_are_a_prediction() -> None:
    """Without a self-assessment the scores of the day before the result are held against it."""
    bare = evolve(LEICESTER, events=(), findings=())
    (found,) = ca.workspaces.predicted(bare, DAY).items
    assert (found.date, len(found.scores)) == (AUGUST, 9)
    later = evolve(bare, scores=tuple(evolve(entry, date=PartialDate(2025, 8)) for entry in bare.scores))
    assert ca.workspaces.predicted(later, DAY).items == ()


def test_a_result_of_ones_own_is_used_where_none_ships() -> None:
    """A published result that only the workspace records is held against as well; no statement is made up for it."""
    event = Event("P", "published_assessment", PartialDate(2025, 1), "report", result="good", score=70, source="letter")
    work = evolve(LEICESTER, council=ca.council("Rotherham"), events=(*LEICESTER.events, event))
    (_, second) = ca.workspaces.predicted(work, DAY).items
    assert (second.published, second.gap, second.scores, second.strengths) == ("Good, 70 out of 100", 0, (), ())


@few
@given(workspaces(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)))
def test_every_self_assessment_of_then_is_there(work: Workspace, day: dt.date) -> None:
    """Every self-assessment until the day is there once, and none is held against a result of before it."""
    found = ca.workspaces.predicted(work, day)
    told = [event.id for event in work.at(day).events if event.kind == "self_assessment"]
    assert not told or sorted(item.title.partition(" ")[0] for item in found.items) == sorted(told)
    for item in found.items:
        assert item.published_on is None or item.published_on >= item.date
        assert all((score.gap < 0) == (score.published < score.own) for score in item.scores)
