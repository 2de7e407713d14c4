"""What a workspace lacks on a day: each kind of gap where it is made, and gone where it is mended."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.figures import Indicator, Value
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim, Evidence
from careassure.workspaces.happened import Event, Finding, FollowUp
from careassure.workspaces.overview import HEADINGS
from careassure.workspaces.owed import Promise, Remedy
from careassure.workspaces.plan import Action, Measure, Reading, Update
from careassure.workspaces.returns import ReturnItem
from careassure.workspaces.workspace import ScoreEntry, Settings, Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces

DAY = dt.date(2026, 10, 1)
JUNE = PartialDate(2026, 6)
IDS = tuple(statement.id for statement in cqc().statements)
KINDS = ("experience", "staff", "partners", "processes")
SOUND = Workspace(
    ca.council("York"),
    cqc(),
    cqc(),
    settings=Settings(18),
    scores=tuple(ScoreEntry(JUNE, name, 3) for name in IDS),
    evidence=tuple(Evidence(f"E{kind}", f"seen by {kind}", kind, IDS, date=JUNE) for kind in KINDS),
    events=(Event("R", "peer_review", JUNE, "review"),),
    findings=(Finding("F", "R", "improvement", ("equity",), "found"),),
    actions=(Action("P", "do", ("equity",), ("F",), due=PartialDate(2026, 9)),),
    updates=(Update("P", JUNE, "complete", ("Estaff",)),),
    returns=(ReturnItem("QS1", "IR1", "waits", status="ready", evidence=("Estaff",)),),
)
"""A workspace that lacks nothing on `DAY`."""


def gaps(workspace: Workspace) -> set[tuple[str, str]]:
    """The kind of each gap and what it is about."""
    return {(gap.kind, gap.about) for gap in ca.workspaces.status(workspace, DAY).gaps}


def scored(score: int | None, confidence: str = "") -> Workspace:
    """The sound workspace with another score of equity."""
    entry = ScoreEntry(PartialDate(2026, 7), "equity", score, confidence=confidence)
    return evolve(SOUND, scores=(*SOUND.scores, entry))


def recorded(**changes: object) -> Workspace:
    """The sound workspace with one more piece of evidence."""
    item = evolve(Evidence("X", "another", "staff", ("equity",), date=JUNE), **changes)  # type: ignore[arg-type]
    return evolve(SOUND, evidence=(*SOUND.evidence, item))


def updated(status: str, *evidence: str) -> Workspace:
    """The sound workspace with another update."""
    return evolve(SOUND, updates=(*SOUND.updates, Update("P", PartialDate(2026, 8), status, evidence)))


def measured(**changes: object) -> Workspace:
    """The sound workspace with a measure of no action, whose value was 4 in June and should be 5."""
    item = evolve(Measure("M", "duty staff", "higher", target=Fraction(5)), **changes)  # type: ignore[arg-type]
    return evolve(SOUND, measures=(item,), readings=(Reading("M", JUNE, Fraction(4)),))


def judged(reason: str) -> Workspace:
    """The sound workspace, which judges itself outstanding where its scores come to good."""
    event = Event("S", "self_assessment", PartialDate(2026, 7), "self-assessment", result="outstanding", reason=reason)
    return evolve(SOUND, events=(*SOUND.events, event))


def returned(status: str) -> Workspace:
    """The sound workspace with another item of the return, which names no evidence."""
    return evolve(SOUND, returns=(*SOUND.returns, ReturnItem("QS3", "IR1", "groups", status=status)))


def figured(area: str = "York", period: str = "2025-26", **changes: object) -> Workspace:
    """The sound workspace with a value of an indicator of its own: 38 %, which is 412 of 1,084."""
    item = Indicator("own", "2025-26", "W", "waits", "%", "lower", "ours", "list", "people", "2026")
    more = {"numerator": 412, "denominator": 1084, **changes}
    value = Value(item.key, area, period, **{"value": "38", **more})  # type: ignore[arg-type]
    return evolve(SOUND, indicators=(item,), values=(value,))


def limited(months: int, workspace: Workspace) -> Workspace:
    """The same workspace with another limit for its indicator."""
    return evolve(workspace, indicators=tuple(evolve(item, stale_after_months=months) for item in workspace.indicators))


def followed(status: str) -> Workspace:
    """The sound workspace with a finding that no action answers, and what the council said to it."""
    finding = Finding("G", "R", "recommendation", ("equity",), "also")
    said = FollowUp("G", JUNE, status)
    return evolve(SOUND, findings=(*SOUND.findings, finding), follow_ups=(said,))


def reviewed(kind: str = "improvement", **links: tuple[str, ...]) -> Workspace:
    """The sound workspace with a later review, and no action any more."""
    events = (*SOUND.events, Event("S", "peer_review", PartialDate(2026, 8), "second"))
    later = evolve(Finding("G", "S", kind, (), "seen"), **links)  # type: ignore[arg-type]
    return evolve(SOUND, events=events, findings=(*SOUND.findings, later), actions=(), updates=())


def decided(kind: str, result: str = "", *remedies: Remedy) -> Workspace:
    """The sound workspace with a complaint, and what is to be done after it."""
    events = (*SOUND.events, Event("C", kind, JUNE, "late", result=result))
    return evolve(SOUND, events=events, remedies=remedies)


def remedied(**changes: object) -> Workspace:
    """The sound workspace with a complaint that was upheld, and an apology."""
    remedy = evolve(Remedy("M", "C", "apology", "a letter"), **changes)  # type: ignore[arg-type]
    return decided("complaint_upheld", "", remedy)


def promised(**changes: object) -> Workspace:
    """The sound workspace with a promise of June."""
    promise = evolve(Promise("Q", JUNE, "a report"), **changes)  # type: ignore[arg-type]
    return evolve(SOUND, promises=(promise,))


MADE = {
    "an old figure": (figured(period="2023-24"), ("stale", "W")),
    "a figure that is old by its own limit": (limited(3, figured()), ("stale", "W")),
    "a figure that its counts contradict": (figured(value="88"), ("contradictory", "W")),
    "a figure of others that its counts contradict": (figured("Leeds", value="88"), ("contradictory", "W")),
    "a challenged figure": (figured(challenged_by="scrutiny", challenge="old census"), ("challenged", "W")),
    "evidence that is old by its own limit": (recorded(stale_after_months=2), ("stale", "X")),
    "no score": (scored(None), ("missing", "equity")),
    "no evidence for a statement": (
        evolve(SOUND, evidence=tuple(evolve(item, statements=IDS[1:]) for item in SOUND.evidence)),
        ("unsupported", IDS[0]),
    ),
    "a category without evidence": (evolve(SOUND, evidence=SOUND.evidence[1:]), ("unsupported", "equity")),
    "old evidence": (recorded(date=PartialDate(2025, 3, 31)), ("stale", "X")),
    "evidence that may be old": (recorded(date=PartialDate(2025)), ("stale", "X")),
    "undated evidence": (recorded(date=None), ("stale", "X")),
    "evidence against the score": (recorded(says=(Claim("equity", 2),)), ("contradictory", "equity")),
    "evidence twice": (recorded(summary="Seen by staff!"), ("repeated", "X")),
    "an unanswered finding": (
        evolve(SOUND, findings=(*SOUND.findings, Finding("G", "R", "priority_action", ("equity",), "also"))),
        ("unanswered", "G"),
    ),
    "a finding that was called done": (followed("done"), ("unshown", "G")),
    "a finding that was only accepted": (followed("accepted"), ("unanswered", "G")),
    "a complaint of which nothing followed": (decided("complaint_upheld"), ("unsettled", "C")),
    "a decision of which nothing followed": (decided("ombudsman_decision", "partly_upheld"), ("unsettled", "C")),
    "a decision that was not recorded": (decided("ombudsman_decision"), ("unsettled", "C")),
    "a remedy past its date": (remedied(due=PartialDate(2026, 9)), ("unremedied", "M")),
    "a remedy that nothing shows": (remedied(done=JUNE), ("unshown", "M")),
    "a promise past its date": (promised(due=PartialDate(2026, 9)), ("unkept", "Q")),
    "a promise that nothing shows": (promised(kept=JUNE), ("unshown", "Q")),
    "an overdue action": (updated("in_progress"), ("overdue", "P")),
    "an action that nothing shows": (updated("complete"), ("unshown", "P")),
    "a target date without a value": (measured(target_date=PartialDate(2026, 9)), ("unread", "M")),
    "a target that was not met": (measured(target_date=PartialDate(2026, 6)), ("missed", "M")),
    "a duty that is not met": (measured(duty="Care Act 2014, section 42"), ("unmet", "M")),
    "a judgement without a reason": (judged(""), ("unreasoned", "S")),
    "scores that may be of one year or two": (
        evolve(scored(3), settings=Settings(18, mixed_after_months=1)),
        ("unclear", "mixed_dates"),
    ),
    "low confidence": (scored(3, "low"), ("unsure", "equity")),
    "a missing item": (returned("missing"), ("missing", "QS3 - IR1")),
    "a ready item without evidence": (returned("ready"), ("unshown", "QS3 - IR1")),
    "a sent item without evidence": (returned("sent"), ("unshown", "QS3 - IR1")),
}
MENDED = {
    "a new figure": figured(),
    "an old figure of another area": figured("Leeds", "2011-12"),
    "a census": limited(180, figured(period="2021-22")),
    "evidence of a census": recorded(date=PartialDate(2021, 3, 21), stale_after_months=130),
    "old evidence that other evidence replaces": evolve(
        recorded(date=PartialDate(2011, 3, 27), says=(Claim("equity", 2),)),
        evidence=(
            *recorded(date=PartialDate(2011, 3, 27), says=(Claim("equity", 2),)).evidence,
            Evidence("Y", "the next census", "staff", ("equity",), date=JUNE, supersedes="X"),
        ),
    ),
    "a finding that was rejected": followed("rejected"),
    "a finding for others": evolve(
        SOUND,
        findings=(*SOUND.findings, Finding("G", "R", "recommendation", (), "buy well", ("NHS England",))),
    ),
    "a finding that was closed": reviewed(closes=("F",), kind="strength"),
    "a decision against the complaint": decided("ombudsman_decision", "not_upheld"),
    "a remedy on its last day": remedied(due=PartialDate(2026, 10)),
    "a remedy that was done and is shown": remedied(due=JUNE, done=PartialDate(2026, 8), evidence=("Estaff",)),
    "a promise without a date": promised(),
    "a promise that was let go": promised(due=JUNE, withdrawn=PartialDate(2026, 8)),
    "the same score again": scored(3, "high"),
    "evidence for the score": recorded(says=(Claim("equity", 3),)),
    "evidence on its last day": recorded(date=PartialDate(2025, 4, 1)),
    "a strength needs no action": evolve(
        SOUND, findings=(*SOUND.findings, Finding("G", "R", "strength", ("equity",), "good"))
    ),
    "a cancelled action": updated("cancelled"),
    "a complete action that is shown": updated("complete", "Eexperience"),
    "a target that was met": measured(target=Fraction(4), target_date=PartialDate(2026, 6)),
    "a judgement with its reason": judged("leaders are strong"),
    "a duty that is met": measured(duty="Care Act 2014, section 42", target=Fraction(4)),
    "a target date that has not come": measured(target_date=PartialDate(2026, 10)),
    "an item in draft": returned("draft"),
    "an item that does not apply": returned("not_applicable"),
    "a review of after the day": evolve(
        SOUND,
        events=(*SOUND.events, Event("L", "peer_review", PartialDate(2026, 11), "later")),
        findings=(*SOUND.findings, Finding("G", "L", "improvement", ("equity",), "later")),
    ),
    "no age at which evidence is old": evolve(recorded(date=None), settings=Settings(None)),
}


def test_a_sound_workspace_lacks_nothing() -> None:
    """Where everything is scored, supported, answered and shown, there is no gap, and it is said so."""
    assert str(ca.workspaces.status(SOUND, DAY)) == "Nothing is missing, old or contradictory.\n"


@pytest.mark.parametrize(("workspace", "gap"), MADE.values(), ids=MADE)
def test_each_gap_appears_where_it_is_made(workspace: Workspace, gap: tuple[str, str]) -> None:
    """One thing that is lacking makes a gap of its kind about what lacks it, with a heading and a sentence."""
    found = ca.workspaces.status(workspace, DAY)
    assert gap in gaps(workspace)
    assert {kind for kind, _ in gaps(workspace)} == {gap[0]}
    assert f"{HEADINGS[gap[0]]} ({len(found.of(gap[0]))})\n  " in found.words
    assert all(f"  {item.words}\n" in found.words for item in found.gaps)


@pytest.mark.parametrize("workspace", MENDED.values(), ids=MENDED)
def test_what_is_mended_is_no_gap(workspace: Workspace) -> None:
    """What is in order, or is not yet there on the day, is no gap."""
    assert gaps(workspace) == set()


def test_every_kind_of_gap_is_made() -> None:
    """Each kind that has a heading is made by some case here."""
    assert {kind for _, (kind, _) in MADE.values()} == set(HEADINGS)


@few
@given(workspaces(), st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)))
def test_any_workspace_has_a_status_on_any_day(workspace: Workspace, day: dt.date) -> None:
    """On each day every gap has a known kind and a sentence, stands once, and what lacks a score is among them."""
    found = ca.workspaces.status(workspace, day)
    assert found.workspace == workspace.at(day)
    assert {gap.kind for gap in found.gaps} <= set(HEADINGS)
    assert len(set(found.gaps)) == len(found.gaps)
    kinds = list(HEADINGS)
    assert [gap.kind for gap in found.gaps] == sorted((gap.kind for gap in found.gaps), key=kinds.index)
    lacking = set(workspace.at(day).assessment().missing)
    assert lacking == {gap.about for gap in found.of("missing")} - {item.key for item in workspace.returns}
