"""Marks behind numbers: a provisional number is a number, and everybody who reads a result is told what it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.figures.catalogue import indicator
from careassure.figures.model import Indicator, IndicatorKey, Value
from careassure.figures.panels import panel
from careassure.figures.peers import compare_indicator
from careassure.figures.years import year_on_year
from careassure.model.shorthand import Suppressed
from careassure.model.vocabulary import MARKS, Mark
from careassure.workspaces.opening import read

KEY = IndicatorKey("ours", "2024-25", "W1")
OWN = Indicator("ours", "2024-25", "W1", "Weeks waited", "%", "lower", "ours", "Case system", "new cases", "2025")
COUNCILS = ca.councils()
MARK = st.sampled_from(sorted(MARKS))


@given(st.decimals(-(10**6), 10**6, places=3), st.lists(MARK, max_size=3), st.sampled_from(["", " ", "%", " %"]))
def test_text_is_taken_apart(number: object, marks: list[Mark], unit: str) -> None:
    """The number with its unit, and every mark behind it in its order; said again, it reads back as it was."""
    text = f"{number}{unit}" + " ".join(f"[{mark}]" for mark in marks).upper()
    found = Value(KEY, "a", "2024-25", text)
    assert (found.value, found.marks) == (Fraction(str(number)), tuple(marks))
    assert found == Value(KEY, "a", "2024-25", found.value, marks=marks)
    assert Value(KEY, "a", "2024-25", found.said(" %", 3)) == found


@pytest.mark.parametrize("text", ["12.3 [q]", "[c] [p]", "[p] 12", "12 [1]", "x [p]", " [p][e] "])
def test_what_is_no_number_with_marks(text: str) -> None:
    """A note, a mark before a number, and two marks without a number are refused."""
    with pytest.raises(InvalidInputError, match="is not an exact number"):
        Value(KEY, "a", "2024-25", text)


def test_marks_that_cannot_be() -> None:
    """Marks that nobody knows, and marks behind a mark."""
    with pytest.raises(InvalidInputError, match="marks: 'q' is not a mark"):
        Value(KEY, "a", "2024-25", 3, marks=["q"])  # type: ignore[list-item]
    with pytest.raises(InvalidInputError, match="and no number before it"):
        Value(KEY, "a", "2024-25", Suppressed("c"), marks=["p"])
    with pytest.raises(InvalidInputError, match="margin_of_error: '3 \\[p\\]' is not an exact number"):
        Value(KEY, "a", "2024-25", 3, margin_of_error="3 [p]")


def test_a_comparison_tells_marks() -> None:
    """The council's own, England's and the peers', in words and as data; the numbers are those without marks."""
    texts = ["12.3 [p]", "11 [e][r]", "10 [p]", "[c]", "9", "8", "7"]
    values = [Value(KEY, c.code, "2024-25", text) for c, text in zip(COUNCILS, texts, strict=False)]
    england = Value(KEY, "E92000001", "2024-25", "10.5 [r]")
    found = compare_indicator(OWN, COUNCILS[0], values=values, england=england)
    one, two, three = (council.name for council in COUNCILS[:3])
    assert f"Weeks waited, {one}, 2024-25: 12.3 % [p]." in found.words
    assert "England: 10.5 % [r]." in found.words
    said = f"[p] provisional: {one} and {three}; [r] revised: England and {two}; [e] estimated: {two}."
    assert f"Marks behind numbers: {said}" in found.words
    assert found.to_dict()["marks"] == {one: ["p"], "England": ["r"], two: ["e", "r"], three: ["p"]}
    bare = [Value(KEY, v.area, v.period, v.value) for v in values]
    plain = compare_indicator(OWN, COUNCILS[0], values=bare, england=Value(KEY, "E92000001", "2024-25", "10.5"))
    assert "[p]" not in plain.words
    assert (plain.median, plain.mad, plain.rank, plain.distance) == (
        found.median,
        found.mad,
        found.rank,
        found.distance,
    )


def test_a_change_tells_marks() -> None:
    """A mark at either date stands beside the change, once."""
    found = panel({"A": "12 [p]", "B": "30", "C": "[c]"}, {"A": "13 [p]", "B": "40 [b]", "C": "3"})
    assert [found.before, found.after] == [42, 53]
    assert "Marks behind numbers: [p] provisional: A; [b] break in the series: B." in found.words
    assert found.to_dict()["marks"] == {"A": ["p"], "B": ["b"]}
    old, new = ([Value(KEY, c.code, period, text) for c in COUNCILS[:2]]
                for period, text in (("2023-24", "5 [u]"), ("2024-25", "6")))  # fmt: skip
    years = year_on_year(OWN, old, new)
    assert len(years.members) == 2
    assert years.to_dict()["marks"] == {member.name: ["u"] for member in years.members}


def test_what_ships_has_no_marks_behind_numbers() -> None:
    """So no comparison of what ships says any."""
    assert "Marks behind" not in compare_indicator(indicator("3A", year="2024-25"), "Camden").words


def test_a_workspace_keeps_them(tmp_path: Path) -> None:
    """``values.csv`` takes a number with a mark, and the page of its statement shows it."""
    ca.workspaces.init(tmp_path / "ours", "Camden")
    ids = "code,year,title,unit,polarity,source,denominator,date,statements\n"
    (tmp_path / "ours" / "indicators.csv").write_text(
        f"{ids}W1,2024-25,Share waiting,%,lower,Case system,new cases,2025,equity\n", "utf-8"
    )
    (tmp_path / "ours" / "values.csv").write_text(
        "indicator,year,period,area,value\nW1,2024-25,2024-25,E09000007,38% [p]\nW1,2024-25,2023-24,E09000007,[low]\n",
        "utf-8",
    )
    work = read(tmp_path / "ours")
    assert [(value.value, value.marks) for value in work.values] == [(38, ("p",)), (Suppressed("low"), ())]
    said = ca.workspaces.statement(work, "equity").words
    assert "38 % [p]" in said
    assert "[low]" in said
