"""The figures of a workspace: names, England beside, what replaces what, and faults with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import InvalidWorkspaceError

from .folders import save

HEAD = ["indicator", "year", "period", "area", "value", "numerator", "denominator", "source", "scope", "supersedes",
        "challenged_by", "challenge"]  # fmt: skip
Row = tuple[str, ...]


def folder(path: Path, *values: Row, council: str = "Rotherham") -> Path:
    """A workspace with one indicator and some values: period, area, value and what else the head names."""
    ca.workspaces.init(path, council)
    save(path, "indicators.csv", [
        ["code", "year", "title", "unit", "polarity", "source", "denominator", "date", "statements"],
        ["VAC", "2024-25", "vacancies", "%", "lower", "records", "posts", "2024-07", "governance"],
    ])  # fmt: skip
    rows = [["VAC", "2024-25", *row, *[""] * (len(HEAD) - 2 - len(row))] for row in values]
    save(path, "values.csv", [HEAD, *rows])
    return path


def page(path: Path) -> str:
    """The page of the statement on which the indicator bears."""
    return str(ca.workspaces.statement(path, "governance"))


@pytest.mark.parametrize(("own", "whole"), [("E08000018", "E92000001"), ("Rotherham", "England")])
def test_names_and_codes_print_as_names_with_england_beside(own: str, whole: str, tmp_path: Path) -> None:
    """The page of a statement prints names, England's figure, the gap in points and the side, for names and codes."""
    text = page(folder(tmp_path / "w", ("2023-24", own, "23"), ("2023-24", whole, "10")))
    assert "  Rotherham, 2023-24: 23 %\n" in text
    assert "  England, 2023-24: 10 %\n" in text
    assert "2023-24: 23 %, and England 10 %. That is 13 points above England, on the worse side" in text
    assert "E08000018" not in text


def test_figures_that_count_others_have_no_gap(tmp_path: Path) -> None:
    """23 % and 10 % of other people stand beside each other, and it is said that they are not compared."""
    rows = (("2023-24", "Rotherham", "23", "", "", "", "care staff too"),
            ("2023-24", "England", "10", "", "", "", "social workers"))  # fmt: skip
    text = page(folder(tmp_path / "w", *rows))
    assert "(counted: care staff too)" in text
    assert "The two do not count the same people, so they are not compared." in text
    assert "points" not in text


def test_what_is_replaced_and_challenged_is_shown_as_such(tmp_path: Path) -> None:
    """A census that the next replaces, and who disputes a figure, stand on the page; two sources are both kept."""
    rows = (
        ("2011-12", "Rotherham", "8.1", "", "", "Census 2011", "", "", "scrutiny commission", "it is out of date"),
        ("2021-22", "Rotherham", "11.7", "", "", "Census 2021", "", "census 2011"),
        ("2021-22", "Rotherham", "12", "", "", "survey"),
    )
    path = folder(tmp_path / "w", *rows)
    text = page(path)
    assert "superseded by that of 2021-22, Census 2021; challenged by scrutiny commission: it is out of date" in text
    assert "(Census 2021; replaces census 2011)" in text
    assert "Rotherham, 2021-22: 12 % (survey)" in text


def test_faults_of_what_is_replaced_have_their_places(tmp_path: Path) -> None:
    """A figure twice, one that replaces nothing, two that replace each other and half a challenge: all at once."""
    rows = (
        ("2022-23", "Rotherham", "1", "", "", "A", "", "2019-20"),
        ("2022-23", "E08000018", "2", "", "", "a"),
        ("2023-24", "Rotherham", "3", "", "", "C", "", "D"),
        ("2023-24", "Rotherham", "4", "", "", "D", "", "C"),
        ("2024-25", "Rotherham", "5", "", "", "", "", "", "scrutiny"),
    )
    with pytest.raises(InvalidWorkspaceError) as refused:
        ca.workspaces.read(folder(tmp_path / "w", *rows))
    said = [str(problem) for problem in refused.value.problems]
    for part in (
        "values.csv, row 2, column supersedes: Rotherham has no value with the period or source '2019-20'",
        "values.csv, row 3: this indicator, area and period appear twice",
        "values.csv, row 4, column supersedes: the two values replace each other",
        "values.csv, row 6, column challenged_by: it is said who disputes the figure, and not why",
    ):
        assert any(text.startswith(part) for text in said), (part, said)


def test_evidence_that_names_a_shipped_indicator_shows_it_beside_england(tmp_path: Path) -> None:
    """Where evidence names an indicator that ships, the page has the council's value, England's and the gap."""
    path = folder(tmp_path / "w", ("2023-24", "Rotherham", "23"))
    save(path, "evidence.csv", [
        ["id", "summary", "category", "statements", "date", "indicator"],
        ["E1", "Fewer have control", "processes", "equity", "2025-12", "ascof 2024-25 3A"],
    ])  # fmt: skip
    text = str(ca.workspaces.statement(path, "equity"))
    assert "2024-25: 77 %, and England 77.3 %. That is 0.3 points below England, on the worse side" in text
    assert "3A" not in page(path)
