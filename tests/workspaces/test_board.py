"""How a plan stands on a day, and what its hopes would come to."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim
from careassure.model.scale import Grade
from careassure.workspaces.measuring import MeasureProgress
from careassure.workspaces.plan import STATUSES, Action, Measure, Reading, Update
from careassure.workspaces.workspace import ScoreEntry, Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces

DAY = dt.date(2026, 10, 1)
IDS = [statement.id for statement in cqc().statements]


def kept(
    *actions: Action, updates: tuple[Update, ...] = (), scores: tuple[int | None, ...] = (), **more: object
) -> Workspace:
    """A workspace with this plan and these scores."""
    entries = tuple(
        ScoreEntry(PartialDate(2026, 1), name, score) for name, score in zip(IDS, scores, strict=False)
    )  # fmt: skip
    return Workspace(
        ca.council("York"), cqc(), cqc(), actions=actions, updates=updates, scores=entries, **more  # type: ignore[arg-type]
    )  # fmt: skip


def update(status: str, date: str = "2026-03", action: str = "P", evidence: tuple[str, ...] = ()) -> Update:
    """Where an action stood."""
    return Update(action, PartialDate.parse(date), status, evidence)


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        ("2026-09-30", "in_progress", True),
        ("2026-10-01", "in_progress", False),
        ("2026-09", "not_started", True),
        ("2026-10", "in_progress", False),
        ("2025", "in_progress", True),
        ("2026", "in_progress", False),
        ("2020", "complete", False),
        ("2020", "cancelled", False),
        (None, "in_progress", False),
        ("2020", None, True),
    ],
)
def test_overdue_is_past_its_date_and_not_ended(due: str | None, status: str | None, *, overdue: bool) -> None:
    """An action is overdue once the last day that its date can mean has passed, unless it is complete or cancelled."""
    action = Action("P", "do", ("equity",), due=PartialDate.parse(due) if due else None)
    (found,) = ca.workspaces.progress(kept(action, updates=(update(status),) if status else ()), DAY).actions
    assert found.overdue == overdue
    assert ("overdue since" in found.words) == overdue
    assert found.words.startswith((status or "no update yet").replace("_", " "))  # nobody said that it had not begun


@few
@given(workspaces(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)))
def test_a_cancelled_action_is_never_overdue(workspace: Workspace, day: dt.date) -> None:
    """Whatever the day, what is cancelled or complete is not overdue, and only what is complete can lack evidence."""
    for found in ca.workspaces.progress(workspace, day).actions:
        assert found.status in STATUSES
        assert not (found.overdue and found.status in ("cancelled", "complete"))
        assert not found.unshown or found.status == "complete"
        assert found.latest is None or found.latest.date.earliest <= day


@few
@given(workspaces(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)), st.dates(dt.date(2025, 1, 1)))
def test_what_is_overdue_stays_so_until_it_ends(workspace: Workspace, one: dt.date, other: dt.date) -> None:
    """An overdue action is overdue on every later day, unless it was completed or cancelled by then."""
    early, late = min(one, other), max(one, other)
    then = {item.action.id: item for item in ca.workspaces.progress(workspace, late).actions}
    for item in ca.workspaces.progress(workspace, early).actions:
        now = then[item.action.id]
        assert not item.overdue or now.overdue or now.status in ("complete", "cancelled")


@pytest.mark.parametrize(
    ("status", "evidence", "unshown"),
    [("complete", (), True), ("complete", ("E1",), False), ("in_progress", (), False), ("cancelled", (), False)],
)
def test_complete_needs_evidence(status: str, evidence: tuple[str, ...], *, unshown: bool) -> None:
    """An action that is called complete without evidence is marked so."""
    (found,) = ca.workspaces.progress(
        kept(Action("P", "do", ("equity",)), updates=(update(status, evidence=evidence),)), DAY
    ).actions
    assert found.unshown == unshown
    assert found.words.endswith(", without evidence") == unshown


@given(
    st.permutations([update("in_progress", "2026-02"), update("complete", "2026-05"), update("cancelled", "2026-09")])
)
def test_the_latest_update_counts(updates: list[Update]) -> None:
    """The latest update by date counts, wherever its row stands, and only those of before the day."""
    workspace = kept(Action("P", "do", ("equity",)), updates=tuple(updates))
    days = {dt.date(2026, 1, 1): "not_started", dt.date(2026, 4, 1): "in_progress", dt.date(2026, 8, 31): "complete",
            dt.date(2026, 9, 1): "cancelled"}  # fmt: skip
    assert {day: ca.workspaces.progress(workspace, day).actions[0].status for day in days} == days


def test_an_action_counts_from_the_day_it_was_agreed() -> None:
    """Before it was agreed an action is not in the plan."""
    workspace = kept(Action("P", "do", ("equity",), agreed=PartialDate(2026, 5, 4)))
    assert ca.workspaces.progress(workspace, dt.date(2026, 5, 3)).actions == ()
    assert len(ca.workspaces.progress(workspace, dt.date(2026, 5, 4)).actions) == 1


def measured(direction: str, baseline: int | None, target: int | None, value: int | None) -> MeasureProgress:
    """A measure with these values."""
    known = [None if number is None else Fraction(number) for number in (baseline, target, value)]
    measure = Measure("M", "waits", direction, ("P",), "days", known[0], None, known[1], None)
    return MeasureProgress(measure, None if known[2] is None else Reading("M", PartialDate(2026, 9), known[2]))


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "value", "way", "met"),
    [
        ("higher", 40, 90, 90, Fraction(1), True),
        ("higher", 40, 90, 65, Fraction(1, 2), False),
        ("higher", 40, 90, 100, Fraction(6, 5), True),
        ("higher", 40, 90, 30, Fraction(-1, 5), False),
        ("lower", 71, 30, 30, Fraction(1), True),
        ("lower", 71, 31, 51, Fraction(1, 2), False),
        ("lower", 71, 31, 91, Fraction(-1, 2), False),
        ("lower", 71, 31, 11, Fraction(3, 2), True),
        ("lower", None, 30, 29, None, True),
        ("lower", 30, 30, 31, None, False),
        ("higher", 40, None, 50, None, None),
        ("higher", 40, 90, None, None, None),
    ],
)
def test_the_way_and_whether_it_is_met(
    direction: str, baseline: int | None, target: int | None, value: int | None, way: Fraction | None, met: object
) -> None:
    """A measure's way goes from baseline to target, below 0 where it got worse; met is the target or better."""
    found = measured(direction, baseline, target, value)
    assert (found.way, found.met) == (way, met)
    if met is not None:
        assert found.words.endswith("met" if met else "not met")


@given(st.sampled_from(["higher", "lower"]), *[st.integers(-50, 50)] * 3)
def test_met_is_the_whole_way(direction: str, start: int, gain: int, value: int) -> None:
    """Where the target is better than the baseline, it is met when all of the way is done, and worse is below 0."""
    better = abs(gain) + 1 if direction == "higher" else -abs(gain) - 1
    found = measured(direction, start, start + better, value)
    assert found.way is not None
    assert found.met == (found.way >= 1)
    assert (found.way < 0) == (value < start if direction == "higher" else value > start)


@few
@given(workspaces())
def test_hopes_never_lower_a_score(workspace: Workspace) -> None:
    """What would be once the plan is complete has no lower score than now, keeps what is higher, and is no forecast."""
    found = ca.workspaces.if_complete(workspace)
    before, after = found.before.assessment.scores, found.after.assessment.scores
    assert list(before) == list(after)
    for leaf, score in before.items():
        new = after[leaf]
        if isinstance(score, Grade):
            assert isinstance(new, Grade)
            assert new.rank >= score.rank
    assert {leaf for leaf, _, _ in found.changes} == {leaf for leaf in before if before[leaf] != after[leaf]}
    assert ("not a forecast" in found.words) == bool(found.changes)
    assert found.words.startswith("Nothing would change: ") or found.changes


def test_of_two_hopes_the_higher_counts() -> None:
    """Where two actions hope for different scores the higher counts, in any order; what is higher already stays."""
    low = Action("L", "do", ("equity", "learning"), moves=(Claim("equity", 3), Claim("learning", 1)))
    high = Action("H", "do", ("equity",), moves=(Claim("equity", 4),))
    for actions in ((low, high), (high, low)):
        found = ca.workspaces.if_complete(kept(*actions, scores=(2,) * 9))
        assert [(leaf, str(old), str(new)) for leaf, old, new in found.changes] == [
            ("equity", "some shortfalls", "exceptional standard")
        ]


@pytest.mark.parametrize(("status", "counts"), [("complete", False), ("cancelled", False), ("in_progress", True)])
def test_what_ended_is_no_longer_hoped_for(status: str, *, counts: bool) -> None:
    """Without names, only the actions count that are neither complete nor cancelled; a name counts always."""
    action = Action("P", "do", ("equity",), moves=(Claim("equity", 4),))
    workspace = kept(action, updates=(update(status),), scores=(2,) * 9)
    assert bool(ca.workspaces.if_complete(workspace).changes) == counts
    assert ca.workspaces.if_complete(workspace, ["P"]).changes
    assert not ca.workspaces.if_complete(workspace, []).changes


def test_an_unknown_action_is_refused() -> None:
    """An action that is not in the plan is named, with near ones."""
    with pytest.raises(InvalidInputError, match=r"there is no action 'P01'. Did you mean P1\?"):
        ca.workspaces.if_complete(kept(Action("P1", "do", ("equity",))), ["P01"])
