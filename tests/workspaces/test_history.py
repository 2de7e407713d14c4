"""The timeline: everything that happened, the oldest first, and which result stands."""

from __future__ import annotations

import pytest
from hypothesis import given

import careassure as ca
from careassure.model.dates import PartialDate
from careassure.workspaces.happened import EVENT_KIND, EVENT_KINDS, Event, Finding
from careassure.workspaces.workspace import Workspace
from helpers import few
from workspaces.strategies import cqc, workspaces


def kept(*events: Event, council: str = "York", findings: tuple[Finding, ...] = ()) -> Workspace:
    """A workspace with these events."""
    return Workspace(ca.council(council), cqc(), cqc(), events=events, findings=findings)


def event(id: str, kind: str, date: str, result: str = "", supersedes: str = "") -> Event:
    """An event of this kind."""
    return Event(id, kind, PartialDate.parse(date), f"title of {id}", result=result, supersedes=supersedes)


@few
@given(workspaces())
def test_the_timeline_holds_every_event_in_order(workspace: Workspace) -> None:
    """Each event stands once, the oldest first; kinds that give no result have none."""
    found = ca.workspaces.timeline(workspace, ())
    dates = [entry.date for entry in found]
    assert dates == sorted(dates)
    assert sorted(entry.title for entry in found) == sorted(item.title for item in workspace.events)
    graded = {kind.title for kind in EVENT_KINDS if kind.result}
    assert all(not entry.result for entry in found if entry.kind not in graded)
    assert sum(entry.findings for entry in found) == len(workspace.findings)
    superseded = {item.supersedes for item in workspace.events} - {""}
    assert sum(bool(entry.superseded) for entry in found) == len(superseded)


@pytest.mark.parametrize("kind", ["peer_review", "monitoring_visit", "focused_visit"])
def test_visits_and_peer_reviews_carry_no_result(kind: str) -> None:
    """A visit or a peer review stands on the timeline with what it found and without a grade."""
    finding = Finding("F1", "V", "improvement", ("equity",), "found")
    (entry,) = ca.workspaces.timeline(kept(event("V", kind, "2026-03"), findings=(finding,)), ())
    assert (entry.result, entry.findings, entry.superseded) == ("", 1, "")
    assert entry.words == f"March 2026: {EVENT_KIND[kind].title.lower()}, title of V (1 finding)"


def test_a_review_supersedes_what_it_names() -> None:
    """A rating review replaces the result of the assessment that it names, which stays and says by what."""
    old, new = ca.workspaces.timeline(
        kept(
            event("B", "rating_review", "2026-05", "good", supersedes="A"),
            event("A", "published_assessment", "2025-05-20", "RI"),
        ),
        (),
    )
    assert (old.result, old.superseded) == ("Requires improvement", "title of B of May 2026")
    assert (new.result, new.superseded) == ("Good", "")
    assert old.words.endswith(": Requires improvement [superseded by title of B of May 2026]")


def test_published_results_are_merged() -> None:
    """The results that ship are added to a council's own events, in order, with the review over what it replaced."""
    own = event("S", "self_assessment", "2025-11", "good")
    found = ca.workspaces.timeline(kept(own, council="Swindon"), ca.published("Swindon"))
    assert [(entry.kind, entry.result) for entry in found] == [
        ("Published assessment", "Requires improvement, 62 out of 100"),
        ("Self-assessment", "Good"),
        ("Rating review", "Good"),
    ]
    assert [entry.superseded for entry in found] == ["that of 2026", "", ""]
    assert all(entry.source for entry in found if entry.kind != "Self-assessment")


@pytest.mark.parametrize(
    "events",
    [
        (event("R", "rating_review", "2026-02", "good"),),
        (event("A", "published_assessment", "2025-05", "RI"),),
        (event("A", "published_assessment", "2025-05", "RI"), event("R", "rating_review", "2026-02", "good")),
        (
            event("A", "published_assessment", "2025-05", "RI"),
            event("R", "rating_review", "2026-02", "good", supersedes="A"),
        ),
    ],
)
def test_published_results_are_not_doubled(events: tuple[Event, ...]) -> None:
    """A published result that the council recorded itself stands once, and the older one still says that it was
    replaced, whoever recorded which."""
    old, new = ca.workspaces.timeline(kept(*events, council="Swindon"), ca.published("Swindon"))
    assert (old.kind, new.kind) == ("Published assessment", "Rating review")
    assert old.superseded
    assert not new.superseded


def test_every_published_council_has_a_timeline() -> None:
    """Each published assessment with a date stands on its council's timeline, once."""
    for council in {item.council for item in ca.published()}:
        shipped = ca.published(council.name)
        found = ca.workspaces.timeline(Workspace(council, cqc(), cqc()), shipped)
        assert len(found) == sum(item.published is not None for item in shipped)


def test_an_opinion_keeps_the_words_of_the_auditor() -> None:
    """What an auditor wrote stays as it was written."""
    (entry,) = ca.workspaces.timeline(
        kept(event("A", "audit_opinion", "2026-05", "Good progress, limited assurance")), ()
    )
    assert entry.result == "Good progress, limited assurance"


def test_visits_are_counted_since_the_last_result() -> None:
    """A visit says which it is since the regulator's last result; without such a result it says nothing."""
    found = ca.workspaces.timeline(
        kept(
            event("M0", "monitoring_visit", "2016-03"),
            event("J", "published_assessment", "2016-12", "inadequate"),
            event("M1", "monitoring_visit", "2017-05"),
            event("S", "self_assessment", "2017-06", "good"),
            event("F1", "focused_visit", "2017-07"),
            event("M2", "monitoring_visit", "2017-09"),
            event("K", "rating_review", "2018-01", "good"),
            event("M3", "monitoring_visit", "2018-05"),
        ),
        (),
    )
    assert [(entry.id, entry.order) for entry in found if "visit" in entry.kind.lower()] == [
        ("M0", ""),
        ("M1", "the first recorded since the result of December 2016"),
        ("F1", "the first recorded since the result of December 2016"),
        ("M2", "the second recorded since the result of December 2016"),
        ("M3", "the first recorded since the result of January 2018"),
    ]
    assert found[-1].details == "the first recorded since the result of January 2018"


def test_a_visit_that_may_be_before_the_result_is_not_counted_as_sure() -> None:
    """Of a visit dated by its year it may not be known whether it came before the result: the number is a range."""
    found = ca.workspaces.timeline(
        kept(
            event("M1", "monitoring_visit", "2017"),
            event("J", "published_assessment", "2017-06-13", "inadequate"),
            event("M2", "monitoring_visit", "2018-01"),
            event("K", "published_assessment", "2019", "good"),
            event("M3", "monitoring_visit", "2019-05"),
            event("M4", "monitoring_visit", "2020-05"),
        ),
        (),
    )
    assert [(entry.id, entry.order) for entry in found if "visit" in entry.kind.lower()] == [
        ("M1", ""),
        ("M2", "the first or second recorded since the result of 13 June 2017"),
        ("M3", "perhaps the first recorded since the result of 2019"),
        ("M4", "the first or second recorded since the result of 2019"),
    ]
