"""The indicators that ship, every published line of theirs, and CQC's metrics."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import get_args

import pytest

from careassure.catalogue.councils import register
from careassure.catalogue.resources import read_rows
from careassure.errors import AmbiguousNameError, NameLookupError, UnknownStatementError
from careassure.figures.catalogue import england_values, indicator, indicator_values, indicators, metrics
from careassure.figures.model import Indicator, IndicatorKey
from careassure.model.reference import Basis

ALL = indicators()
VALUES = [value for item in ALL for value in indicator_values(item)]
FORMER = {"Bournemouth", "Cumbria", "Dorset County", "Northamptonshire", "Poole"}
by_item = pytest.mark.parametrize("item", ALL, ids=lambda item: item.code)


def test_there_are_25_lines() -> None:
    """The list has 25 lines, each under a key of its own."""
    assert len(ALL) == 25
    assert len({item.key for item in ALL}) == 25
    assert {(item.set, item.year) for item in ALL} == {("ascof", "2024-25")}


@by_item
def test_every_indicator_says_where_it_is_from(item: Indicator) -> None:
    """Each has references, a licence, a warning, and a polarity that is called our reading."""
    assert [reference.url.startswith("https://www.gov.uk/") for reference in item.references] == [True, True]
    assert item.licence == "OGL-UK-3.0"
    assert "how effective" in item.warning
    assert item.polarity_basis in {"inferred", "ours"}
    assert all(bearing.basis in get_args(Basis) for bearing in item.statements)


def test_client_level_data_begins_a_series() -> None:
    """The ten lines from client-level data are in development and comparable from 2024-25 on; no others are."""
    fresh = [item for item in ALL if item.source == "CLD"]
    assert len(fresh) == 10
    assert all(item.in_development is (item in fresh) for item in ALL)
    assert all(item.comparable_from == ("2024-25" if item in fresh else None) for item in ALL)


def test_which_way_is_better() -> None:
    """Lower is better in three lines, three give context, and higher is better in the rest."""
    assert Counter(item.polarity for item in ALL) == {"higher": 19, "lower": 3, "context": 3}
    assert [item.code for item in ALL if item.polarity == "lower"] == ["2B", "2C", "6A"]


def test_every_line_of_the_table_is_there() -> None:
    """All 3,886 lines are there, each once, none of them dropped."""
    assert len(VALUES) == len(read_rows("ascof_2024_25_values.csv")) == 3886
    assert len({(value.indicator, value.area, value.period) for value in VALUES}) == 3886


def test_every_area_is_known() -> None:
    """Every code is that of a council or of a former area that is listed; former ones keep their printed name."""
    codes = {*register().by_code, *(old.code for old in register().former)}
    assert {value.area for value in VALUES} <= codes
    assert {value.name for value in VALUES if value.council is None} == FORMER
    assert sum(value.council is None for value in VALUES) == 64


def test_old_codes_of_whole_councils_find_them() -> None:
    """Barnsley and Sheffield stand under codes no longer in use, and are found."""
    for name in ("Barnsley", "Sheffield"):
        (value,) = [value for value in indicator_values("1A") if value.name == name]
        assert value.council == register().find(name)
        assert value.area != register().find(name).code


@by_item
def test_no_council_has_two_lines(item: Indicator) -> None:
    """No council stands twice in a line of the list, and at most Dorset is not there, under its former code."""
    found = Counter(value.council.name for value in indicator_values(item) if value.council)
    assert set(found.values()) == {1}
    missing = {council.name for council in register().councils} - set(found)
    assert missing == ({"Dorset"} if item.code in {"4B", "6A", "6B"} else set())


def test_marks_are_counted() -> None:
    """The table has 57 marks [z], 44 [c] and 25 [x], and no other line without a number."""
    marks = Counter(str(value.value) for value in VALUES if value.number is None)
    assert marks == {"[z]": 57, "[c]": 44, "[x]": 25}


def test_values_are_exact_and_keep_their_printed_text() -> None:
    """Every printed text is kept, and the number is exactly it."""
    rows = read_rows("ascof_2024_25_values.csv")
    by_line = {(row["indicator"], row["area"]): row["value"] for row in rows}
    for value in VALUES:
        assert value.printed == by_line[value.indicator.code, value.area]
        if value.number is None:
            assert str(value.value) == value.printed
        else:
            assert value.number == Fraction(value.printed)
            assert len(value.printed) <= 6


@pytest.mark.parametrize(
    ("code", "latest", "before"),
    [
        ("1A", "19.0", "19.1"),
        ("1D", "65.1", "65.4"),
        ("3A", "77.3", "77.6"),
        ("1E", "36.7", "36.3"),
        ("2C", "592.5", None),
        ("2D(1)", "60.7", None),
        ("4A", "70.1", "71.1"),
        ("6A", "23.7", "24.8"),
        ("6B", "81.7", None),
    ],
)
def test_england_as_printed(code: str, latest: str, before: str | None) -> None:
    """England's figures stand as they were printed, with the year before where it was."""
    found = [value.printed for value in england_values(indicator(code, year="2024-25"))]
    assert found == [latest, *([before] if before else [])]


def test_a_code_with_another_meaning_needs_its_year() -> None:
    """3A was satisfaction in 2022-23 and is control in 2024-25, so it is refused without a year."""
    with pytest.raises(AmbiguousNameError, match="in 2022-23 3A was what is now 1D"):
        indicator("3A")
    control = indicator("3A", year="2024-25")
    assert "control" in control.title
    assert indicator("3a", year="2024 to 2025") is indicator("ascof 2024-25 3A") is control
    assert control.aliases == (IndicatorKey("ascof", "2022-23", "1B"),)
    for code in ("4B", "2A", "3C(1)", "1E"):
        with pytest.raises(AmbiguousNameError):
            indicator(code)
    assert indicator("1A") is ALL[0]


def test_direct_payments_kept_their_part() -> None:
    """3D was 1C, and its parts 1a and 2a were 1a and 2a: 1b was the carers' (NHS England, SALT sources for ASCOF)."""
    for part in ("1a", "2a"):
        now = indicator(f"3D({part})", year="2024-25")
        assert now.aliases == (IndicatorKey("ascof", "2022-23", f"1C({part})"),)


def test_lists_that_do_not_ship_are_refused() -> None:
    """A code of another year's list is refused, and the error names today's code where it is known."""
    with pytest.raises(NameLookupError, match="3A of that year is 1D of 2024-25"):
        indicator("3A", year="2022-23")
    for code, year in (("3A", "2021-22"), ("9Z", None), ("2D", None), ("other 2024-25 3A", None)):
        with pytest.raises(NameLookupError):
            indicator(code, year=year)


def test_values_of_another_period_are_refused() -> None:
    """Values are found by period, and a period without any is refused with those there are."""
    assert len(indicator_values("1A", "2024 to 2025")) == 158
    with pytest.raises(NameLookupError, match="There are values for 2024-25"):
        indicator_values("1A", "2023-24")
    own = Indicator("ours", "2024-25", "W1", "Weeks", "weeks", "lower", "ours", "Cases", "cases", "2025")
    with pytest.raises(NameLookupError, match="values of ours 2024-25 W1"):
        indicator_values(own)


def test_metrics_are_known_for_two_statements() -> None:
    """CQC's list is whole for the first statement, cut off after five in the second, and not known for the rest."""
    first, second = metrics("QS1"), metrics("supporting_healthier_lives")
    assert (first.state, len(first.metrics)) == ("complete", 16)
    assert Counter(metric.survey for metric in first.metrics) == {"ASCS": 4, "SACE": 11, "ASC-FR and SALT": 1}
    assert (second.state, len(second.metrics)) == ("cut off", 5)
    for name in ("equity", "QS4", "QS5", "QS6", "safeguarding", "governance", "QS9"):
        found = metrics(name)
        assert (found.state, found.metrics) == ("not known", ())
        assert "not known" in str(found)
    with pytest.raises(UnknownStatementError):
        metrics("waiting lists")


def test_two_metrics_run_the_other_way() -> None:
    """Of the first statement's metrics lower is better in two, and that is our reading."""
    lower = [metric for metric in metrics("QS1").metrics if metric.polarity == "lower"]
    assert [metric.number for metric in lower] == [8, 9]
    assert {metric.polarity_basis for metric in lower} == {"ours"}


def test_metrics_name_indicators_that_ship() -> None:
    """Where a metric names an indicator it ships, and bears on the same statement."""
    linked = [metric for name in ("QS1", "QS2") for metric in metrics(name).metrics if metric.indicator]
    assert len(linked) == 7
    for metric in linked:
        item = indicator(str(metric.indicator))
        assert metric.statement in {bearing.statement for bearing in item.statements}
