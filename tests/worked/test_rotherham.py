"""Rotherham's improvement work: five areas from the council's minutes, and figures that lack what they need.

https://moderngov.rotherham.gov.uk/mgAi.aspx?ID=99755
"""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.figures.model import Indicator
from careassure.figures.panels import panel

PAGE = (Path(__file__).parents[2] / "docs" / "worked" / "rotherham.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["equity", "safeguarding", "assessing_needs", "care_provision", "partnerships"])
def test_the_areas_bear_on_statements(name: str) -> None:
    """Each of the five areas is set beside a statement of CQC's framework."""
    assert ca.framework("cqc-la").statement(name).title in PAGE


def test_a_percentage_without_its_denominator_is_refused() -> None:
    """86 % within five days lacks its source, its denominator and its date, and all three are asked for."""
    with pytest.raises(InvalidInputError) as caught:
        Indicator("rotherham", "2024-25", "W5", "Assessments within five days", "%", "higher", "ours", "", "", None)
    assert [str(problem.where) for problem in caught.value.problems] == ["source", "denominator", "date"]


def test_a_cut_by_half_hides_its_size() -> None:
    """From eight days to four and from eighty to forty are the same 50 %."""
    cuts = [panel({"wait": old}, {"wait": new}, additive=False).members[0].percent for old, new in ((8, 4), (80, 40))]
    assert cuts == [-50, -50]


def test_the_page_says_what_was_not_found() -> None:
    """The page prints the three reported figures and says that their page was not found."""
    assert all(figure in PAGE for figure in ("30 days", "86 %", "50 %"))
    assert "We did not find the page that prints them" in PAGE
