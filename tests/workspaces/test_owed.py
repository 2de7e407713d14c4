"""What followed from events: remedies with their sums, promises, follow-ups, replies, and findings over time."""

from __future__ import annotations

import datetime as dt
import itertools
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from careassure.errors import InvalidInputError
from careassure.workspaces.happened import FINDING_KINDS
from careassure.workspaces.owed import pounds
from careassure.workspaces.workspace import Workspace
from helpers import few

from .folders import save
from .strategies import workspaces

days = st.dates(dt.date(2024, 12, 1), dt.date(2028, 1, 1))
COLUMNS = {
    "events": "id,kind,date,title,statements,result,notes",
    "findings": "id,event,kind,text,bodies,finds_again,closes",
    "follow_ups": "date,finding,status,body,evidence,note",
    "remedies": "id,event,kind,text,to,amount,roughly,due,done",
    "replies": "event,group,asked,replied,roughly",
    "promises": "id,date,text,role,meeting,due,kept,withdrawn",
}


def folder(place: Path, council: str, **tables: list[str]) -> Path:
    """A workspace of a council with some rows."""
    ca.workspaces.init(place, council, today="2024-01-10")
    for name, rows in tables.items():
        save(place, f"{name}.csv", [COLUMNS[name].split(","), *(row.split("|") for row in rows)])
    return place


@pytest.fixture
def somerset(tmp_path: Path) -> Path:
    """What the ombudsman asked of Somerset in 2015, and what its board for safeguarding adults found in 2018."""
    return folder(
        tmp_path / "s",
        "Somerset",
        events=[
            "O|ombudsman decision|2015-06|14 months without direct payments|assessing_needs|Upheld|",
            "S|safeguarding_review|2018-02-09|Mendip House|safeguarding||more than 30 bodies had placed people",
        ],
        findings=[
            "A|S|recommendation|consult on commissioning|Department of Health and Social Care; NHS England||",
            "B|S|recommendation|name a lead commissioner|Somerset County Council; NHS England||",
        ],
        follow_ups=["2018-03|A|accepted|NHS England||", "2018-04|B|partly accepted|||", "2018-05|B|done|NHS England||"],
        remedies=[
            "1|O|payment|direct payments that he did not have|the man|£6,000|yes|2015-09|2015-08",
            "2|O|payment|stress and anxiety|his mother|500||2015-09|2015-11",
            "3|O|action|review how contracts are monitored||||2016-01|",
        ],
    )


def test_several_remedies_of_one_decision_are_added_up(somerset: Path) -> None:
    """A sum that was printed roughly makes a rough total; what is paid and what is done are counted by the day."""
    found = ca.workspaces.remedies(somerset, "2016-02-01")
    assert (found.total, found.paid, found.roughly, found.unknown) == (Fraction(6500), Fraction(6500), True, 0)
    assert [item.state for item in found.items] == ["done", "done", "overdue"]
    assert found.words == "about £6,500 to be paid, about £6,500 of it paid; 2 of 3 remedies done; 1 overdue"
    before = ca.workspaces.remedies(somerset, "2015-10-01")
    assert [item.state for item in before.items] == ["done", "overdue", "open"]
    assert "payment of £500 to his mother: stress and anxiety (due September 2015; not done, overdue)" in str(before)
    assert ca.workspaces.remedies(somerset, "2015-05-31").items == ()


def test_an_amount_that_is_not_known_stays_beside_the_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A payment without an amount is counted and not taken for nothing, and pence are exact in every form."""
    rows = ["1|C|payment|arrears|the person|||2026-07|", "2|C|payment|worry|his sister|1,150.5|||2025-07-10"]
    place = folder(tmp_path / "c", "York", events=["C|complaint_upheld|2025-06|late|||"], remedies=rows)
    found = ca.workspaces.remedies(place, "2025-10-01")
    assert found.words == (
        "£1,150.50 to be paid, £1,150.50 of it paid; beside it 1 payment of an amount not known; 1 of 2 remedies done"
    )
    for form, said in (("csv", ",1150.50,"), ("json", '"pounds_paid": "1150.50"'), ("text", "payment of £1,150.50 to")):
        assert main(["remedies", str(place), "--at", "2025-10-01", "--format", form]) == 0
        assert said in capsys.readouterr().out


def test_a_recommendation_to_others_is_theirs(somerset: Path) -> None:
    """What is for other bodies is shown with their names and answers, and is no gap; what is for the council too is."""
    theirs, both = ca.workspaces.findings(somerset, "2018-12-01", review="Mendip House")
    assert (theirs.ours, theirs.unanswered) == (False, False)
    assert theirs.words.endswith("for Department of Health and Social Care and NHS England; NHS England: accepted in "
                                 "March 2018")  # fmt: skip
    assert "; the council: partly accepted in April 2018; NHS England: done in May 2018; " in both.words
    assert (both.ours, both.unanswered) == (True, True)  # what NHS England has done is no answer of the council's
    gaps = ca.workspaces.status(somerset, "2018-12-01").of("unanswered")
    assert [gap.about for gap in gaps] == ["B"]


def test_a_change_is_told_once_it_comes(somerset: Path) -> None:
    """What was found, said, paid and passed its date between two days stands in what changed."""
    said = {(item.subject, item.about) for item in ca.workspaces.diff(somerset, "2015-08-31", "2018-03-31").items}
    assert {("event", "S"), ("finding", "A"), ("finding", "B"), ("remedy", "2"), ("remedy", "3")} <= said
    assert ("remedy", "1") not in said
    later = ca.workspaces.diff(somerset, "2018-03-31", "2018-06-30")
    assert [item.words for item in later.items if item.subject == "finding"] == [
        "B name a lead commissioner: the council: partly accepted in April 2018",
        "B name a lead commissioner: NHS England: done in May 2018",
    ]


@pytest.fixture
def rotherham(tmp_path: Path) -> Path:
    """Two reviews of Rotherham: that of December 2023, with its areas, strengths and tips, and a later one."""
    areas = ("feedback and communication", "DoLS assessments", "carers' assessments", "the market", "care fund")
    tips = (
        "a lead for regulation",
        "learning from services for children",
        "strong partnership",
        "the resident's voice",
    )
    return folder(
        tmp_path / "r",
        "Rotherham",
        events=["P|peer_review|2023-12|LGA peer review|||", "D|peer_review|2025-01|ADASS peer review|||"],
        findings=[
            *(f"A{n}|P|improvement|{text}|||" for n, text in enumerate(areas, 1)),
            *(f"S{n}|P|strength|strength {n}|||" for n in range(1, 13)),
            *(f"T{n}|P|consideration|{text}|||" for n, text in enumerate(tips, 1)),
            "D1|D|improvement|carers still wait||A3|",
            "D2|D|strength|everyone hears the news|||A1",
            "D3|D|improvement|a plan for housing|||",
        ],
        promises=["C|2024-07-25|share current census data|assistant director|the commission on health|2024-09||"],
    )


def test_findings_come_out_by_kind_and_review(rotherham: Path) -> None:
    """Five areas, twelve strengths and four tips of one review can each be asked for, by its id or its title."""
    for kind, count in (("improvement", 5), ("Strength", 12), ("consideration", 4), ("priority-action", 0)):
        assert len(ca.workspaces.findings(rotherham, "2024-06-01", kind=kind, review="lga peer review")) == count
    assert len(ca.workspaces.findings(rotherham, "2025-06-01", review="P")) == 21


def test_a_later_review_finds_again_closes_and_adds(rotherham: Path) -> None:
    """Of an earlier review each finding was found again, was closed, or nothing was said of it; the rest is new."""
    found = ca.workspaces.compare_reviews(rotherham, "P", "ADASS peer review", "2025-06-01")
    assert [(old.id, [each.id for each in said]) for old, said in found.found_again] == [("A3", ["D1"])]
    assert [(old.id, [each.id for each in said]) for old, said in found.closed] == [("A1", ["D2"])]
    assert [item.id for item in found.new] == ["D3"]
    assert (len(found.silent), len(found.rows())) == (19, 22)
    by_id = {item.finding.id: item for item in ca.workspaces.findings(rotherham, "2025-06-01")}
    assert by_id["D1"].seen == by_id["A3"].seen == "found in December 2023 (A3), found again in January 2025 (D1)"
    assert by_id["A1"].seen == "found in December 2023 (A1), closed in January 2025 (D2)"
    assert [by_id[name].unanswered for name in ("A1", "A2", "A3", "D1", "D2")] == [False, True, False, True, False]


def test_a_finding_stands_for_itself_until_the_later_review(rotherham: Path) -> None:
    """What a later review says is not known before that review."""
    by_id = {item.finding.id: item for item in ca.workspaces.findings(rotherham, "2024-06-01")}
    assert (by_id["A1"].unanswered, by_id["A3"].unanswered, by_id["A3"].seen) == (True, True, "")


def test_a_promise_is_open_until_it_is_kept_or_its_date_has_passed(rotherham: Path) -> None:
    """A promise past its date is a gap, and the day before it is not."""
    for day, state in (("2024-09-30", "open"), ("2024-10-01", "overdue")):
        (promise,) = ca.workspaces.promises(rotherham, day)
        assert promise.state == state
        assert [gap.about for gap in ca.workspaces.status(rotherham, day).of("unkept")] == ["C"] * (state == "overdue")
    assert ca.workspaces.promises(rotherham, "2024-07-24") == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["C|providers||3496|", "C|professionals||3831|"],
         "providers: 3,496; professionals: 3,831; all together: 7,327, if nobody is in two groups"),
        (["C|children||4325|", "C|||20000|yes"], "all together: about 20,000; children: 4,325"),
        (["C|people|200|140|"], "people: 140 of 200 asked (70 %)"),
        (["C|people|0|0|"], "people: 0 of 0 asked"),
        (["C|a|10|5|", "C|b|30|5|yes"],
         ("a: 5 of 10 asked (50 %); b: about 5 of 30 asked (about 16.7 %); "
          "all together: about 10 of 40 asked (about 25 %), if nobody is in two groups")),
    ],
)  # fmt: skip
def test_replies_are_told_by_group_and_together(tmp_path: Path, rows: list[str], said: str) -> None:
    """A printed total is kept; where there is none the groups are added up, as far as nobody is in two."""
    place = folder(tmp_path / "c", "York", events=["C|consultation|2017-10|new regulator|||"], replies=rows)
    (event,) = ca.workspaces.events(place, "2020-01-01")
    assert f"  Replies: {said}" in event.lines
    (entry,) = ca.workspaces.timeline(place, (), at="2020-01-01")
    assert entry.followed == (f"replies: {said}",)


@pytest.mark.parametrize(
    ("amount", "said"),
    [("6000", "£6,000"), ("500.5", "£500.50"), ("0.07", "£0.07"), ("1234567.89", "£1,234,567.89")],
)
def test_sums_are_printed_with_their_pence(amount: str, said: str) -> None:
    """Pounds alone where there are no pence, or two places."""
    assert pounds(Fraction(amount)) == said


@few
@given(workspaces(), days)
def test_every_day_each_thing_stands_once_and_the_sums_are_exact(workspace: Workspace, day: dt.date) -> None:
    """What was asked or promised by a day is listed once, and no payment is left out of the sums."""
    found = ca.workspaces.remedies(workspace, day)
    then = workspace.at(day)
    assert sorted(item.remedy.id for item in found.items) == sorted(item.id for item in then.remedies)
    payments = [item for item in then.remedies if item.kind == "payment"]
    assert found.total == sum(item.amount or 0 for item in payments)
    assert found.unknown == sum(item.amount is None for item in payments)
    assert found.paid <= found.total
    assert sorted(item.promise.id for item in ca.workspaces.promises(workspace, day)) == sorted(
        item.id for item in then.promises
    )
    events = ca.workspaces.events(workspace, day)
    assert [item.event.date for item in events] == sorted(item.event.date for item in events)
    assert sum(len(item.findings) for item in events) == len(then.findings)
    assert sum(len(item.remedies.items) for item in events) == len(then.remedies)
    assert sum(len(item.replies) for item in events) == len(then.replies)


@few
@given(workspaces(), days)
def test_kinds_and_reviews_divide_all_findings(workspace: Workspace, day: dt.date) -> None:
    """Each finding is of one kind and of one review: the lists by kind, and those by review, make up all."""
    every = sorted(item.finding.id for item in ca.workspaces.findings(workspace, day))
    by_kind = [item for kind in FINDING_KINDS for item in ca.workspaces.findings(workspace, day, kind=kind)]
    assert sorted(item.finding.id for item in by_kind) == every
    reviews = [event.id for event in workspace.at(day).events]
    by_review = [item for name in reviews for item in ca.workspaces.findings(workspace, day, review=name)]
    assert sorted(item.finding.id for item in by_review) == every


@few
@given(workspaces())
def test_two_reviews_account_for_every_finding(workspace: Workspace) -> None:
    """Each finding of the earlier review is found again, closed or not spoken of; each later one is linked or new."""
    events = sorted(workspace.events, key=lambda event: event.date)
    for first, second in itertools.pairwise(events):
        found = ca.workspaces.compare_reviews(workspace, first.id, second.id, "2100-01-01")
        told = {old.id for old, _ in (*found.found_again, *found.closed)}
        assert told | {item.id for item in found.silent} == {i.id for i in workspace.findings if i.event == first.id}
        assert told.isdisjoint(item.id for item in found.silent)
        linked = {item.id for _, said in (*found.found_again, *found.closed) for item in said}
        assert linked | {item.id for item in found.new} == {i.id for i in workspace.findings if i.event == second.id}
        assert str(found).count("\n") >= 5


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda work: ca.workspaces.findings(work, kind="tip"), "'tip' is not a kind of finding. Use strength"),
        (lambda work: ca.workspaces.findings(work, review="R9"), "there is no event 'R9'"),
        (lambda work: ca.workspaces.events(work, kind="peerreview"), "is not a kind of event. Did you mean peer"),
        (lambda work: ca.workspaces.compare_reviews(work, "P", "P"), "they are the same event"),
        (lambda work: ca.workspaces.compare_reviews(work, "D", "P"), "P (2023-12) is before D (2025-01)"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_by_name(rotherham: Path, call: object, said: str) -> None:
    """A kind or a review that there is not is named, with those that there are."""
    with pytest.raises(InvalidInputError) as caught:
        call(rotherham)  # type: ignore[operator]
    assert said in str(caught.value)


def test_two_events_of_one_title_are_named_by_their_ids(tmp_path: Path) -> None:
    """Where several events have one title, a title names none of them."""
    place = folder(tmp_path / "t", "York", events=["A|board|2024-01|board|||", "B|board|2024-02|board|||"])
    with pytest.raises(InvalidInputError, match=r"several are called 'Board': A and B\. Name one by its id"):
        ca.workspaces.findings(place, review="Board")
