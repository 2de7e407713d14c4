"""What a plan would give, and which of its actions are needed for it."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.workspaces.plan import Action
from careassure.workspaces.workspace import ScoreEntry, Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces

DAY = dt.date(2026, 10, 1)
IDS = [statement.id for statement in cqc().statements]


def kept(scores: list[int | None], **moves: dict[str, int]) -> Workspace:
    """A workspace with these scores, and an action for each name with what it hopes for."""
    entries = tuple(ScoreEntry(PartialDate(2026, 1), name, score) for name, score in zip(IDS, scores, strict=True))
    actions = tuple(
        Action(name, "do", tuple(hope), moves=tuple(Claim(*pair) for pair in hope.items()))
        for name, hope in moves.items()
    )
    return Workspace(ca.council("York"), cqc(), cqc(), actions=actions, scores=entries)


@few
@given(workspaces(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)))
def test_what_is_needed_is_in_every_smallest_set(work: Workspace, day: dt.date) -> None:
    """What is certain of a part of the plan is no better than of all; what is needed is in every smallest set."""
    found = ca.workspaces.hopes(work, day)
    low = found.everything.after.low
    needed = {item.action.id for item in found.actions if item.needed}
    assert all(needed <= set(names) for names in found.enough)
    for item in found.actions:
        for part in (item.alone.after, item.without.after):
            assert part.low is None or low is None or part.low <= low
    assert len(found.rows()) == 1 + len(found.others) + 2 * len(found.actions)
    assert not found.actions or "This is a what-if, not a forecast." in found.sentence


def test_either_of_two_actions_is_enough() -> None:
    """Where each of two actions alone reaches the grade neither is needed, and both stand among the smallest sets."""
    work = kept([2, 2, 3, 3, 3, 2, 3, 2, 2], A={"assessing_needs": 3}, B={"learning": 3})
    found = ca.workspaces.hopes(work, DAY)
    assert [item.needed for item in found.actions] == [False, False]
    assert found.enough == (("A",), ("B",))
    assert found.sentence == (
        "If every open action did what is hoped: Good, 67 out of 100. Now: Requires improvement, 62 out of 100. "
        "This is a what-if, not a forecast."
    )
    assert "Fewest actions that give as good a rating: A or B\n" in found.words


def test_a_needed_action_is_said_to_be_needed() -> None:
    """Where the rating falls without an action it is needed, and the smallest set holds it."""
    work = kept([2, 2, 3, 3, 2, 2, 3, 2, 2], A={"assessing_needs": 3, "partnerships": 3}, B={"learning": 3})
    found = ca.workspaces.hopes(work, DAY)
    assert str(found.everything.after.rating) == "Good"
    assert [item.needed for item in found.actions] == [True, False]
    assert found.enough == (("A",),)
    assert found.fewest == "A"


def test_unknown_scores_keep_the_range() -> None:
    """A score that is not known and that no action hopes for stays not known: what the plan gives is a range."""
    found = ca.workspaces.hopes(kept([None, 3, 3, 3, 3, 3, 3, 3, None], A={"learning": 3}), DAY)
    assert found.everything.after.low != found.everything.after.high or found.everything.after.score is None
    assert "learning" in {leaf for leaf, _, _ in found.everything.changes}


def test_hopes_that_are_not_counted_are_said() -> None:
    """A hope that is reached already is left out and named with the reason; so is an action that hopes for nothing."""
    found = ca.workspaces.hopes(kept([3] * 9, A={"equity": 2}, B={}), DAY)
    assert found.left_out == ("A: Equity in experience and outcomes 2, as it is scored 3 already",)
    assert [action.id for action in found.silent] == ["B"]
    assert found.fewest == "none, as the rating is as good without"
    assert ca.workspaces.hopes(kept([3] * 9), DAY).sentence == "No open action hopes for a score."
