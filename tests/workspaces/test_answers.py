"""What reviews found, and which actions answer it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from careassure import workspaces as verbs
from careassure.workspaces.example import EXAMPLE_DAY
from careassure.workspaces.workspace import Workspace
from workspaces.strategies import workspaces

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))


@given(workspaces(), DAYS)
def test_every_finding_of_the_day_is_there_once_with_its_answers(workspace: Workspace, day: dt.date) -> None:
    """What was found by the day is listed, by date, each with just the actions of that day that name it."""
    found = verbs.findings(workspace, day)
    then = workspace.at(day)
    assert sorted(item.finding.id for item in found) == sorted(item.id for item in then.findings)
    assert [item.event.date for item in found] == sorted(item.event.date for item in found)
    for item in found:
        assert item.event.id == item.finding.event
        assert [each.action for each in item.actions] == [a for a in then.actions if item.finding.id in a.findings]


@given(workspaces(), DAYS)
def test_what_nothing_answers_is_what_the_status_says(workspace: Workspace, day: dt.date) -> None:
    """The findings without an answer are the gaps of that kind."""
    gaps = [gap.about for gap in verbs.status(workspace, day).of("unanswered")]
    assert sorted(gaps) == sorted(item.finding.id for item in verbs.findings(workspace, day) if item.unanswered)


def test_the_example_in_words(tmp_path: Path) -> None:
    """A strength needs no answer; what is answered says how that stands; what is not says so."""
    verbs.init_example(tmp_path / "w")
    strength, answered, *_, last = verbs.findings(tmp_path / "w", EXAMPLE_DAY)
    assert str(strength) == "F1 (strength): health and the council plan discharge as one"
    assert answered.words.startswith("F2 (improvement): the wait for a first assessment is too long; P1 ")
    assert str(last).endswith("each week; no action answers it")
    assert [item.unanswered for item in (strength, answered, last)] == [False, False, True]
