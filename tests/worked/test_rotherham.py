"""Rotherham's improvement work: five areas from the council's minutes, and figures that lack what they need.

https://moderngov.rotherham.gov.uk/mgAi.aspx?ID=99755
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.figures.model import Indicator
from careassure.figures.panels import panel

PAGE = (Path(__file__).parents[2] / "docs" / "worked" / "rotherham.md").read_text(encoding="utf-8")


FOLDER = Path(__file__).parents[2] / "docs" / "worked" / "rotherham"


def test_the_areas_bear_on_statements() -> None:
    """The folder has five areas, twelve strengths and four tips, and each area bears on a statement of CQC's."""
    found = [item.finding for item in ca.workspaces.findings(FOLDER, "2024-07-31", review="R1")]
    assert Counter(item.kind for item in found) == {"improvement": 5, "strength": 12, "consideration": 4}
    assert all(item.statements for item in found if item.kind == "improvement")


def test_a_percentage_without_its_denominator_is_refused() -> None:
    """86 % within five days lacks its source, its denominator and its date, and all three are asked for."""
    with pytest.raises(InvalidInputError) as caught:
        Indicator("rotherham", "2024-25", "W5", "Assessments within five days", "%", "higher", "ours", "", "", None)
    assert [str(problem.where) for problem in caught.value.problems] == ["source", "denominator", "date"]


def test_a_cut_by_half_hides_its_size() -> None:
    """From eight days to four and from eighty to forty are the same 50 %."""
    cuts = [panel({"wait": old}, {"wait": new}, additive=False).members[0].percent for old, new in ((8, 4), (80, 40))]
    assert cuts == [-50, -50]


def test_the_page_says_where_its_figures_are_from() -> None:
    """The page prints the three figures that the minutes report, which have their source by now."""
    assert all(figure in PAGE for figure in ("30 days", "86 %", "50 %"))
    assert "https://moderngov.rotherham.gov.uk/mgAi.aspx?ID=99755" in PAGE
    assert "We did not find the page that prints them" not in PAGE
