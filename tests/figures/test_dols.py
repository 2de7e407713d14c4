"""Applications for deprivation of liberty: priorities, clocks, and what is kept of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from careassure_checklist import triage
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures.applications import Application, Criterion, read_applications, read_criteria
from careassure.figures.dols_queue import NO_CRITERION, dols
from helpers import few

AT = dt.date(2026, 9, 30)
DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31))
CRITERIA = (
    Criterion("Objects", "High"),
    Criterion("Sedated", "High"),
    Criterion("New", "Medium"),
    Criterion("Old", "Low"),
)
ANSWERS = st.fixed_dictionaries({item.title: st.sampled_from([True, False, None]) for item in CRITERIA})


@st.composite
def applications(draw: st.DrawFn) -> list[Application]:
    """Applications with any answers, open or completed."""
    found = []
    for number in range(draw(st.integers(1, 12))):
        received, kind = draw(DAYS), draw(st.sampled_from(["standard", "urgent"]))
        later = draw(st.none() | st.integers(0, 300))
        found.append(
            Application(
                f"D{number}",
                received,
                kind,  # type: ignore[arg-type]
                draw(st.sampled_from(["", "dementia", "other"])),
                None if later is None else received + dt.timedelta(days=later),
                extended=draw(st.integers(0, 7)) if kind == "urgent" else 0,
                criteria=draw(ANSWERS).items(),
            )
        )
    return found


@few
@given(ANSWERS)
def test_priorities_are_those_of_a_triage(answers: dict[str, bool | None]) -> None:
    """The highest priority of any criterion that is met wins, as in a triage of the same criteria."""
    scheme = triage({"High": ["Objects", "Sedated"], "Medium": ["New"], "Low": ["Old"]}, ["Low", "Medium", "High"])
    (found,) = dols([Application("D1", AT, criteria=answers.items())], AT, CRITERIA).open
    outcome = scheme.assess("D1", answers)
    assert (found.lowest, found.highest) == (str(outcome.low), str(outcome.high))


@given(applications())
def test_nobody_is_lost(found: list[Application]) -> None:
    """Each application is open, completed or received later; months and priorities add up to the same."""
    queue = dols(found, AT, CRITERIA)
    assert sorted([item.application.id for item in queue.every] + [item.id for item in queue.later]) == sorted(
        item.id for item in found
    )
    assert sum(row["Open"] for row in queue.by_priority()) == len(queue.open)  # type: ignore[misc]
    backlog = queue.backlog()
    if backlog is None:
        assert not queue.every
    else:
        assert sum(period.stock.received for period in backlog.periods) == len(queue.every)
        assert backlog.periods[-1].stock.closing == len(queue.open)
        assert all(period.stock.reconciles for period in backlog.periods)
    for waits, items in zip(queue.waits(), (queue.completed, queue.open), strict=True):
        assert (waits.everyone.people if waits else 0) == len(items)


@given(applications())
def test_the_order_is_priority_then_clock(found: list[Application]) -> None:
    """What may be of a higher priority stands first, and of one priority what is due first."""
    queue = dols(found, AT, CRITERIA)
    order = {name: rank for rank, name in enumerate(queue.priorities)}
    keys = [(order[item.highest], order[item.lowest], item.due) for item in queue.open]
    assert keys == sorted(keys)
    for item in queue.open:
        assert item.over == max(0, (AT - item.due).days)
        assert item.certain == (None not in dict(item.application.criteria).values() or item.lowest == item.highest)


@pytest.mark.parametrize(
    ("application", "due"),
    [
        (Application("D", dt.date(2026, 3, 1)), "2026-03-21"),
        (Application("D", dt.date(2026, 3, 1), "urgent"), "2026-03-07"),
        (Application("D", dt.date(2026, 3, 1), "urgent", extended=7), "2026-03-14"),
        (Application("D", dt.date(2026, 3, 1), "urgent", urgent_from=dt.date(2026, 2, 27), extended=3), "2026-03-08"),
    ],
)
def test_the_clocks(application: Application, due: str) -> None:
    """A standard request has 21 days from receipt; an urgent authorisation seven, and once up to seven more."""
    assert application.due == dt.date.fromisoformat(due)


def test_authorisations_end() -> None:
    """One that covers the day and ends within 28 days is listed, and so is one of more than twelve months."""
    begun = dt.date(2025, 10, 1)
    whole = Application("D1", begun, authorised_from=begun, authorised_to=dt.date(2026, 9, 30))
    longer = Application("D2", begun, authorised_from=begun, authorised_to=dt.date(2026, 10, 1))
    queue = dols([whole, longer], AT)
    assert [item.id for item in queue.ending] == ["D1", "D2"]
    assert [item.id for item in queue.too_long] == ["D2"]
    assert "2 standard authorisations cover the day." in queue.words
    assert [row["Priority"] for row in queue.by_priority()] == [""]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Application("D", AT, completed=dt.date(2026, 9, 29)),
        lambda: Application("D", AT, "urgent", extended=8),
        lambda: Application("D", AT, extended=1),
        lambda: Application("D", AT, urgent_from=AT),
        lambda: Application("D", AT, authorised_from=AT),
        lambda: Application("D", AT, authorised_from=AT, authorised_to=dt.date(2026, 1, 1)),
        lambda: dols([Application("D", AT), Application("D", AT)], AT),
        lambda: dols([Application("D", AT, criteria=[("Unheard of", True)])], AT, CRITERIA),
    ],
)
def test_what_cannot_be_is_refused(make: object) -> None:
    """Days out of order, an extension of more than seven days or of a standard request, and strangers are refused."""
    with pytest.raises(InvalidInputError):
        make()  # type: ignore[operator]


def files(tmp_path: Path, *rows: str) -> tuple[Path, Path]:
    criteria, table = tmp_path / "criteria.csv", tmp_path / "applications.csv"
    criteria.write_text("criterion,priority\nObjects to it,High\nNew placement,Low\n", encoding="utf-8")
    head = "id,received,kind,group,completed,extended,Objects to it,New placement,Worker"
    table.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return criteria, table


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("TRUE", "FALSE"), ("1", "0"), ("Y", "n"), ("Met", "not met")])
def test_yes_and_no_in_any_words(tmp_path: Path, yes: str, no: str) -> None:
    """True and false, yes and no, 1 and 0 are read; a blank is not known."""
    criteria, table = files(tmp_path, f"D1,2026-09-01,Standard,,,,{yes},{no},x", f"D2,01/09/2026,urgent,,,yes,,{yes},x")
    read = read_applications(table, read_criteria(criteria))
    assert [dict(item.criteria) for item in read.applications] == [
        {"Objects to it": True, "New placement": False},
        {"Objects to it": None, "New placement": True},
    ]
    assert read.applications[1].extended == 7
    assert read.unused == ("Worker",)
    queue = dols(read.applications, AT, read_criteria(criteria))
    assert [item.priority for item in queue.open] == ["High", "Low to High"]
    assert queue.priorities == ("High", "Low", NO_CRITERION)


def test_every_fault_is_told_with_its_place(tmp_path: Path) -> None:
    """Blank codes, days, kinds, answers and what does not fit are told at once, and so is personal data."""
    criteria, table = files(
        tmp_path,
        ",2026-09-01,standard,,,,yes,no,",
        "D2,soon,fast,,,,maybe,no,",
        "D3,2026-09-01,standard,,2026-08-01,,yes,no,",
        "D4,2026-09-01,standard,,,3,yes,no,",
        "D5,2026-09-01,standard,943 476 5919,,,yes,no,",
        "D5,2026-09-01,standard,,,,yes,no,",
    )
    with pytest.raises(InvalidInputError) as caught:
        read_applications(table, read_criteria(criteria))
    assert [(each.where.row, each.where.column) for each in caught.value.problems] == [
        (2, "id"),
        (3, "received"),
        (3, "kind"),
        (3, "Objects to it"),
        (4, "completed"),
        (5, "extended"),
        (6, "group"),
        (7, "id"),
    ]


def test_a_criterion_needs_its_column(tmp_path: Path) -> None:
    """A criterion without a column is refused, and so is one that is named twice."""
    criteria, table = files(tmp_path, "D1,2026-09-01,standard,,,,yes,no,")
    with criteria.open("a", encoding="utf-8") as file:
        file.write("Sedation,High\n")
    with pytest.raises(InvalidInputError, match="Sedation"):
        read_applications(table, read_criteria(criteria))
    with criteria.open("a", encoding="utf-8") as file:
        file.write("sedation,Low\n,Low\n")
    with pytest.raises(InvalidInputError) as caught:
        read_criteria(criteria)
    assert [(each.where.row, each.where.column) for each in caught.value.problems] == [
        (5, "criterion"),
        (6, "criterion"),
    ]


def test_no_message_repeats_what_is_personal(tmp_path: Path) -> None:
    """An NHS number is refused, and no message says it, be it a code that is there twice or a kind of application."""
    path = tmp_path / "a.csv"
    path.write_text("id,received,kind\n943 476 5919,2026-01-05,standard\n943 476 5919,2026-01-06,urgent\n", "utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_applications(path)
    assert [(each.where.row, each.where.column) for each in caught.value.problems] == [(2, "id"), (3, "id"), (3, "id")]
    assert "943 476 5919" not in str(caught.value)
    path.write_text("id,received,kind\nD1,2026-01-05,943 476 5919\n", "utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_applications(path)
    assert "943 476 5919" not in str(caught.value)
