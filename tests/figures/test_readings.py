"""Values and peers out of the sector's own files: what is taken, what is counted, and what is never guessed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError, IncomparableError, InvalidInputError, NameLookupError
from careassure.figures import (
    FileValues,
    Indicator,
    Suppressed,
    compare_indicator,
    read_neighbours,
    read_values,
    values_in,
)
from careassure.tables import Figure, Reading
from careassure.tables.table import Audit

FIELD = Path(__file__).parents[1] / "tables" / "data" / "field"
OWN = Indicator("ours", "2024-25", "W1", "Weeks waited", "weeks", "lower", "ours", "Case system", "cases", "2025")
ASCOF = (
    "Geographical Code,Geographical Description,ONS Area Code,Year,ASCOF Measure Code,Disaggregation Level,"
    "Measure Type,Measure Value,Measure Group Description\n"
)
COUNCILS = ca.councils()
NEIGHBOURS = "area_code,area_name\nE06000030,Swindon\nE08000009,Trafford\nE10000006,Cumbria\nE08000016,Barnsley\n"


def taken(folder: Path, text: str, **more: Any) -> FileValues:
    path = folder / "file.csv"
    path.write_text(text, "utf-8")
    return read_values(path, OWN, **more)


def test_a_value_under_a_code_that_is_no_longer_used() -> None:
    """Barnsley's value stands under E08000016, and Barnsley finds it; the peers of the list have theirs."""
    found = read_values(FIELD / "indicator_values_old_code.csv", OWN, period="2024-25")
    assert len(found) == 6
    for name in ("Barnsley", "E08000016", "E08000038"):
        compared = compare_indicator(OWN, name, [v.area for v in found if v.area != "E08000016"], values=found)
        assert [compared.own.value, compared.own.area, compared.own.label] == [9, "E08000016", "Barnsley"]
        assert [value.value for value in compared.peers] == [7] * 5
    assert {value.source for value in found} == {str(FIELD / "indicator_values_old_code.csv")}


def test_a_file_without_years_needs_one() -> None:
    """Nothing says what a number is about but whoever asks."""
    with pytest.raises(NameLookupError, match="the file says no year"):
        read_values(FIELD / "indicator_values_old_code.csv", OWN)


def test_parts_of_a_measure_go_with_its_number(tmp_path: Path) -> None:
    """ASCOF's file has a row for each part: the number, its numerator and denominator, its base and its margin."""
    parts = {"Outcome": "38 [p]", "Numerator": "412", "Denominator": "1,084", "Base": "77", "Margin of Error": "4.5",
             "Sum of Weights": "1084"}  # fmt: skip
    rows = [f'202,Camden,E09000007,2024-25,3A,Total,{part},"{text}",Satisfaction' for part, text in parts.items()]
    rows += ["301,Barnet,E09000003,2024-25,3A,Total,Outcome,[c],Satisfaction",
             "302,Bexley,E09000004,2024-25,3A,Total,Outcome,,Satisfaction",
             ".,England,E92000001,2024-25,3A,Total,Outcome,40,Satisfaction"]  # fmt: skip
    found = taken(tmp_path, ASCOF + "\n".join(rows) + "\n")
    camden, barnet, england = found.values
    assert [camden.value, camden.marks, camden.base, camden.margin_of_error] == [38, ("p",), 77, Fraction(9, 2)]
    assert [camden.numerator, camden.denominator, camden.printed] == [412, 1084, "38 [p]"]
    assert barnet.value == Suppressed("c")
    assert found.england == (england,)
    assert "1 row with other parts of the measure: not used." in found.notes
    assert "1 row without a value: not used." in found.notes
    compared = compare_indicator(OWN, "Camden", values=found)
    assert compared.england == england
    assert taken(tmp_path, ASCOF + "\n".join(rows) + "\n", part="numerator").values[0].value == 412


def test_what_is_meant_is_never_guessed(tmp_path: Path) -> None:
    """Two measures, two groups, a part that is not there, another year: each is asked for, with what there is."""
    row = "202,Camden,E09000007,{},{},{},Outcome,{},{}\n".format
    two = ASCOF + row("2024-25", "3A", "Total", 1, "One") + row("2023-24", "3B", "Total", 2, "Two")
    with pytest.raises(IncomparableError, match=r"2 measures\. Say which by measure: '3A: One' or '3B: Two'"):
        taken(tmp_path, two)
    for asked in ("3b", "two"):
        found = taken(tmp_path, two, measure=asked)
        assert {value.period: value.value for value in found} == {"2023-24": Fraction(2)}
        assert found.notes[0] == "1 row of other measures: not used."
    with pytest.raises(NameLookupError, match=r"no measure '4A'\. It has '3A: One' and '3B: Two'"):
        taken(tmp_path, two, measure="4A")
    groups = ASCOF + row("2024-25", "3A", "Women", 1, "One") + row("2024-25", "3A", "Men", 2, "One")
    with pytest.raises(IncomparableError, match="2 groups"):
        taken(tmp_path, groups)
    assert [value.value for value in taken(tmp_path, groups, group="men")] == [2]
    with pytest.raises(NameLookupError, match="no part 'Base'"):
        taken(tmp_path, groups, group="men", part="Base")
    with pytest.raises(NameLookupError, match=r"no values of 2020-21\. It has 2024-25"):
        taken(tmp_path, groups, group="men", period="2020-21")


def test_months_are_taken_one_at_a_time(tmp_path: Path) -> None:
    """A month is not a financial year: which one is meant, and of which year it is, is said."""
    head = "area_code,area_name,period,indicator,measure,unit,value\n"
    text = head + "E09000007,Camden,Nov 2023,Good,%,Homes,78.8\nE09000007,Camden,Dec 2023,Good,%,Homes,79\n"
    with pytest.raises(InvalidInputError, match="'Nov 2023' is not a financial year"):
        taken(tmp_path, text)
    found = taken(tmp_path, text, at="Dec 2023", period="2023-24")
    assert {value.period: value.value for value in found} == {"2023-24": Fraction(79)}
    for wrong in ({"at": "Jan 2024", "period": "2023-24"}, {"at": "Dec 2023"}):
        with pytest.raises(NameLookupError):
            taken(tmp_path, text, **wrong)


@given(st.lists(st.tuples(st.sampled_from(COUNCILS), st.fractions(0, 100, max_denominator=100)),
                unique_by=lambda pair: pair[0].code),
       st.lists(st.sampled_from(["2021/22", "2022-23", "2023 to 2024"]), min_size=1, unique=True))  # fmt: skip
def test_every_row_is_a_value_or_is_counted(rows: list[tuple[ca.Council, Fraction]], years: list[str]) -> None:
    """Whatever is asked for: values and rows that were not used are all rows of the file."""
    figures = [Figure(council.code, council.name, year, "m", number, str(number))
               for year in years for council, number in rows]  # fmt: skip
    figures += [Figure("E09000007", "Camden", "2022-23", "other", Fraction(1), "1"),
                Figure("E10000009", "Dorset", "2022-23", "m", None, "")]  # fmt: skip
    reading = Reading("A file.", figures, Audit(len(figures), len(figures), 0))
    for period in (None, *years):
        try:
            found = values_in(reading, OWN, measure="m", period=period)
        except NameLookupError:
            assert not rows
            assert period != "2022-23"
            continue
        left = sum(int(note.split()[0]) for note in found.notes)
        assert len(found) + left == len(figures)
        wanted = [f for f in figures if f.indicator == "m" and f.value is not None and period in (None, f.period)]
        assert [(value.area, value.value) for value in found] == [(f.area, f.value) for f in wanted]


# -- peers -------------------------------------------------------------------------------------------------


def test_neighbours_are_peers(tmp_path: Path) -> None:
    """In the order of the list, without the council itself and without areas that are no councils of today."""
    path = tmp_path / "list.csv"
    path.write_text(NEIGHBOURS, "utf-8")
    assert [council.name for council in read_neighbours(path, "Trafford")] == ["Swindon", "Barnsley"]
    many = tmp_path / "many.json"
    many.write_text('{"E08000016": ["E09000007", "E08000016"], "E09000003": ["E09000002"]}', "utf-8")
    assert [council.name for council in read_neighbours(many, "Barnsley")] == ["Camden"]
    with pytest.raises(InvalidInputError, match="it has no neighbours of Leeds"):
        read_neighbours(many, "Leeds")
    with pytest.raises(InvalidInputError, match="it does not hold a list of councils"):
        read_neighbours(FIELD / "indicator_values_old_code.csv", "Leeds")
    with pytest.raises(NameLookupError, match=r"the file holds no figures\. A list of 4 areas"):
        read_values(path, OWN)
    values = read_values(FIELD / "indicator_values_old_code.csv", OWN, period="2024-25")
    found = compare_indicator(OWN, "Barnsley", read_neighbours(path, "Trafford"), values=values)
    assert found.missing == ("Swindon",)


def test_what_ships_is_found_by_its_code(tmp_path: Path) -> None:
    """The values of a shipped indicator go by its whole key; a code alone that is ambiguous is refused."""
    path = tmp_path / "file.csv"
    path.write_text("area,period,value\nCamden,2024/25,70\n", "utf-8")
    [value] = read_values(path, "ascof 2024-25 3A")
    assert (value.area, value.label, value.period) == ("Camden", "Camden", "2024-25")
    with pytest.raises(CareAssureError, match="ambiguous"):
        read_values(path, "3A")


TIDY = "area_code,area_name,period,indicator,value\n"


@pytest.mark.parametrize(("head", "row", "at"), [
    (TIDY, "{code},{name},2024/25,W1,60", 2),
    ("area,area label,area long label,2024/25\n", "{code},{name},x,60", 2),
])  # fmt: skip
def test_a_code_and_a_name_of_two_councils_are_refused(head: str, row: str, at: int, tmp_path: Path) -> None:
    """One of them is a slip, and the number may be of either."""
    with pytest.raises(InvalidInputError, match=f"row {at}: E09000007 is Camden, and the name beside it is 'Barnet'"):
        taken(tmp_path, head + row.format(code="E09000007", name="Barnet") + "\n")
    for name in ("Camden", "LB Camden", "Nowhere", ""):
        found = taken(tmp_path, head + row.format(code="E09000007", name=name) + "\n")
        assert [value.number for value in found] == [60]


def test_where_every_row_was_refused_their_reasons_are_told(tmp_path: Path) -> None:
    """That a file holds no figures says nothing of why."""
    with pytest.raises(InvalidInputError, match="row 2, column value: 'many' is not a number"):
        taken(tmp_path, TIDY + "E09000007,Camden,2024/25,W1,many\n")
    found = taken(tmp_path, TIDY + "E09000007,Camden,2024/25,W1,many\nE09000003,Barnet,2024/25,W1,6\n")
    assert "Refused: file.csv, row 2, column value: 'many' is not a number" in str(found)


def test_codes_in_small_letters_are_codes(tmp_path: Path) -> None:
    """England's too."""
    rows = "e09000007,Camden,2024/25,W1,60\ne92000001,,2024/25,W1,55\n"
    found = taken(tmp_path, TIDY + rows)
    assert [value.council and value.council.name for value in found] == ["Camden", None]
    assert [value.number for value in found.england] == [55]


def test_what_is_no_council_of_today_is_told_as_its_value_has_none(tmp_path: Path) -> None:
    """Bournemouth's number is not that of the council that took its place."""
    found = taken(tmp_path, TIDY + "E06000028,Bournemouth,2017/18,W1,60\n")
    assert [value.council for value in found] == [None]
    assert "Not a council of today: Bournemouth." in str(found)
