"""How measures and statutory duties stand on a day, and how their values ran."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.dates import PartialDate
from careassure.tables.written_dates import read_date
from careassure.workspaces.measuring import MeasureProgress
from careassure.workspaces.plan import Measure, Reading, quantity
from careassure.workspaces.workspace import Workspace
from helpers import few
from workspaces.folders import DAY, example, problems, save
from workspaces.strategies import cqc, workspaces

BOARD = dt.date(2025, 2, 1)


def kept(measure: Measure, *values: tuple[str, int | Fraction]) -> MeasureProgress:
    """A measure with these values, as it stands on the day of the board."""
    readings = tuple(Reading(measure.id, PartialDate.parse(date), Fraction(value)) for date, value in values)
    work = Workspace(ca.council("Rotherham"), cqc(), cqc(), measures=(measure,), readings=readings)
    (found,) = ca.workspaces.measures(work, BOARD)
    return found


@given(st.integers(1, 10_000), st.integers(1, 99), st.booleans(), st.integers(-20_000, 20_000))
def test_a_change_is_counted_from_the_baseline(start: int, change: int, fall: bool, value: int) -> None:
    """A target of so many per cent less or more is met when the value is so much below or above the baseline."""
    way = -1 if fall else 1
    measure = Measure("M", "waits", "lower" if fall else "higher", baseline=Fraction(start),
                      target_change=Fraction(change * way))  # fmt: skip
    found = kept(measure, ("2024-07", value))
    aim = start * Fraction(100 + change * way, 100)
    assert measure.aim == aim
    assert found.met == ((value - aim) * way >= 0)
    assert f"{change} % {'less' if fall else 'more'} than before ({quantity(aim)})" in measure.goal


def test_rotherhams_halved_wait() -> None:
    """*At least a 50 % reduction* is a target against the baseline, and by how much it fell is said as well."""
    measure = Measure("M", "Wait for a care assessment", "lower", unit="index", baseline=Fraction(100),
                      target_change=Fraction(-50))  # fmt: skip
    assert kept(measure, ("2024-07-25", 48)).words == (
        "Wait for a care assessment: 48 on 25 July 2024, from 100 (52 % less); target 50 % less than before (50) met"
    )


def test_a_passed_target_names_the_last_value() -> None:
    """A target date that passed without a value of then is said with the last value and its date, and not as missed."""
    measure = Measure("M", "Longest wait", "nobody_above", unit="days", target=Fraction(30),
                      target_date=PartialDate.parse("2024-12-25"))  # fmt: skip
    found = kept(measure, ("2024-05", 64), ("2024-07-25", 44))
    assert found.unread
    assert found.words.endswith(
        "target nobody above 30 by 25 December 2024, which has passed: no value of then is known, "
        "the last is 44 days on 25 July 2024"
    )
    assert not kept(measure, ("2024-12-26", 31)).unread
    assert kept(measure, ("2024-12-26", 31)).met is False


@pytest.mark.parametrize(
    ("values", "stands"),
    [((), "not known"), ((("2024-07", 1),), "met"), ((("2024-07", 1), ("2024-10", 0)), "not met")],
)
def test_a_duty_is_met_not_met_or_not_known(values: tuple[tuple[str, int], ...], stands: str) -> None:
    """A statutory duty stands as its latest value says, and is not known where there is none: never met by silence."""
    measure = Measure("M", "24-hour cover", "met", duty="Mental Health Act 1983, section 13")
    assert kept(measure, *values).stands == stands


def test_duties_are_the_measures_that_name_one() -> None:
    """The list of duties has every measure that names one, in its order, and no other."""
    items = (Measure("A", "cover", "met", duty="Mental Health Act 1983, section 13"), Measure("B", "waits", "lower"),
             Measure("C", "due regard", "met", duty="Equality Act 2010, section 149"))  # fmt: skip
    work = Workspace(ca.council("Swindon"), cqc(), cqc(), measures=items)
    assert [item.measure.id for item in ca.workspaces.duties(work, BOARD)] == ["A", "C"]
    risks = ca.workspaces.progress(work, BOARD).risks
    assert [line[:1] for line in risks] == ["A", "B", "C"]
    assert "the duty (Mental Health Act 1983, section 13) is not known to be met" in risks[0]


@few
@given(workspaces(), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)))
def test_the_course_counts_every_value(work: Workspace, day: dt.date) -> None:
    """Every value until the day stands in the series, and better, worse and the same add up to one less than values."""
    for item in ca.workspaces.measures(work, day):
        assert len(item.series) == len(item.readings)
        for line, reading in zip(item.series, item.readings, strict=True):
            assert line.startswith(reading.date.words)
            assert item.measure.said(reading.value) in line
        if len(item.readings) > 1:
            ran = item.course.split("; ")[1].split(", ")
            counts = [part.removesuffix(" times").rsplit(" ", 1)[1] for part in ran]
            assert sum(1 if count == "once" else int(count) for count in counts) == len(item.readings) - 1
        else:
            assert item.course == ""


def test_bars_are_as_long_as_values() -> None:
    """The bar beside a value is as long as the value is high, and there is none where a value is below 0."""
    measure = Measure("M", "staff", "higher", unit="people")
    found = kept(measure, ("2024-01", 4), ("2024-05", 2), ("2024-07", 1))
    assert [line.count("#") for line in found.series] == [20, 10, 5]
    assert found.course == (
        "3 values: from 4 people in January 2024 to 1 people in July 2024; worse 2 times; "
        "lowest 1 people, highest 4 people"
    )
    assert not any("#" in line for line in kept(measure, ("2024-01", 4), ("2024-05", -2), ("2024-07", 1)).series)


@pytest.mark.parametrize(
    ("written", "value"), [("met", 1), ("Not met", 0), ("yes", 1), ("no", 0), ("TRUE", 1), ("0", 0)]
)
def test_met_may_be_written_in_several_ways(written: str, value: int, tmp_path: Path) -> None:
    """What is met or not met may be written as a person or a spreadsheet writes it; any other word is refused."""
    folder = example(tmp_path / "w")
    save(folder, "measures.csv", [["id", "title", "direction", "duty"], ["D", "cover", "met", "section 13"]])
    save(folder, "readings.csv", [["date", "measure", "value"], ["2026-01", "D", written]])
    assert ca.workspaces.read(folder, today=DAY).readings[0].value == value
    save(folder, "readings.csv", [["date", "measure", "value"], ["2026-01", "D", "85"]])
    assert [problem.message for problem in problems(folder)] == ["'85' does not say whether it is met"]


def test_a_word_is_no_number_of_days(tmp_path: Path) -> None:
    """*Met* is refused as the value of a measure that counts something: it is not 1 day."""
    folder = example(tmp_path / "w")
    save(folder, "readings.csv", [["date", "measure", "value"], ["2026-01", "M1", "met"]])
    assert [problem.message for problem in problems(folder)] == ["'met' is not a number"]


@pytest.mark.parametrize("text", ["2017-18", "2017/18", "2017-2018", "1999-00", "2011/12"])
def test_a_financial_year_is_no_date(text: str) -> None:
    """A financial year is refused with the months that it ran; a year and its twelfth month stay a month."""
    with pytest.raises(ca.CareAssureError) as found:
        read_date(text)
    assert "is a financial year and not a date" in str(found.value)
    assert str(read_date("2011-12")) == "2011-12"


def test_in_code_what_is_neither_met_nor_not_is_refused() -> None:
    """A workspace that was made in Python is held to the same: a duty that is half met has no value."""
    measure = Measure("M", "cover", "met")
    work = Workspace(ca.council("Swindon"), cqc(), cqc(), measures=(measure,),
                     readings=(Reading("M", PartialDate(2024), Fraction(1, 2)),))  # fmt: skip
    assert [problem.message for problem in ca.workspaces.check(work)] == ["0.5 is neither met nor not met"]
    assert ca.workspaces.check(evolve(work, readings=())) == ()
